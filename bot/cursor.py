"""Words taken one after another: a value, a list of them, one of several words; and where a fault stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from bot.tokens import SEPARATORS, Token, values_in
from tracing.model import TraceQuery

if TYPE_CHECKING:
    from bot.sentences import Sentence

MAX_VALUES = 50
_OR = ("or", "または")
_T = TypeVar("_T")


class ParseError(Exception):
    """*text* was not understood from *position* on, *length* characters; *expected* names what belongs there.

    *suggestion* is the nearest word that would have been understood, or ""; *understood* is the rest, and
    *report* the kind of file that was asked for, "" for none. *sentence* is what the whole may ask for, read
    as a sentence, None when nothing.
    """

    def __init__(self, text: str, position: int, length: int, expected: str, suggestion: str = "") -> None:
        super().__init__(expected)
        self.text = text
        self.position = position
        self.length = length
        self.expected = expected
        self.suggestion = suggestion
        self.understood = TraceQuery()
        self.report = ""
        self.sentence: Sentence | None = None


class Cursor:
    """The words of *text* that are still to be read; what *is_field* calls a field ends a list of values.

    Each reading raises ParseError with what was expected.
    """

    def __init__(self, text: str, tokens: list[Token], is_field: Callable[[str], bool]) -> None:
        self.text = text
        self._rest = tokens
        self._is_field = is_field

    def __len__(self) -> int:
        return len(self._rest)

    def take(self) -> Token:
        """The next word; there must be one."""
        return self._rest.pop(0)

    def put_back(self, token: Token) -> None:
        self._rest.insert(0, token)

    def ahead(self, place: int) -> str:
        """The key of the word at *place* from here, "" behind the last and for what is quoted."""
        return self._rest[place].key if place < len(self._rest) else ""

    def value(self, field: Token, expected: str) -> Token:
        """The next word, whatever it is."""
        if not self._rest:
            raise ParseError(self.text, field.end, 0, expected)
        return self.take()

    def one(self, field: Token, expected: str, read: Callable[[str], _T | None]) -> _T:
        """The next word as *read* understands it."""
        token = self.value(field, expected)
        value = read(token.text)
        if value is None:
            raise self.wrong(token, expected)
        return value

    def words(
        self,
        field: Token,
        expected: str,
        read: Callable[[str], _T | None],
        most: int,
        reach: Callable[[str], int] | None = None,
    ) -> _T:
        """A value of up to *most* words, the longest that can be read: `7d`, `7 days`, `11月20日 9時`."""
        value = self.maybe(read, most, reach)
        if value is None:
            raise self.wrong(self.value(field, expected), expected)
        return value

    def maybe(
        self, read: Callable[[str], _T | None], most: int, reach: Callable[[str], int] | None = None
    ) -> _T | None:
        """The same, or None, and then nothing was taken; *reach*: how many of the words it may be at all."""
        for count in range(self._reached(most, reach), 0, -1):
            value = read(" ".join(token.text for token in self._rest[:count]))
            if value is not None:
                del self._rest[:count]
                return value
        return None

    def foresees(
        self, is_one: Callable[[str], bool], most: int, reach: Callable[[str], int] | None = None
    ) -> bool:
        """Whether the next words, up to *most* of them, are together what *is_one* says."""
        return any(
            is_one(" ".join(token.text for token in self._rest[:count]))
            for count in range(self._reached(most, reach), 0, -1)
        )

    def _reached(self, most: int, reach: Callable[[str], int] | None) -> int:
        most = min(most, len(self._rest))
        return most if reach is None else reach(" ".join(token.text for token in self._rest[:most]))

    def values(
        self,
        field: Token,
        expected: str,
        read: Callable[[str], _T | None],
        continues: Callable[[str], bool] | None = None,
    ) -> tuple[_T, ...]:
        """The values behind *field*: joined by separators, or further words that can be nothing else.

        *continues* says which words those are; without it, all that *read* understands.
        """
        values: list[_T] = []
        open_list = True
        goes_on = continues or (lambda word: read(word) is not None)
        while self._rest and (open_list or self._continues(self._rest[0], goes_on)):
            token = self._rest[0]
            if open_list and values and self._is_field(token.key):
                break
            self.take()
            if values and token.key in _OR and self._rest:
                open_list = True
                continue
            open_list = token.text.endswith(tuple(SEPARATORS)) and not token.quoted
            for word, position in values_in(token):
                value = read(word)
                if value is None:
                    raise ParseError(self.text, position, len(word), expected)
                values.append(value)
        if not values:
            raise ParseError(self.text, field.end, 0, expected)
        if len(values) > MAX_VALUES:
            raise self.wrong(field, "fewer")
        return once(tuple(values))

    def _continues(self, token: Token, goes_on: Callable[[str], bool]) -> bool:
        if token.text[:1] in SEPARATORS or token.key in _OR:
            return True
        return not self._is_field(token.key) and goes_on(token.text)

    def wrong(self, token: Token, expected: str, suggestion: str = "") -> ParseError:
        """The fault that *token* is where *expected* belongs."""
        return ParseError(self.text, token.position, token.length, expected, suggestion)


def once(values: tuple[_T, ...]) -> tuple[_T, ...]:
    """*values*, each where it stood first."""
    return tuple(dict.fromkeys(values))
