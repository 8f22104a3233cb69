"""Words taken one after another: a value, a list of them, one of several words; and where a fault stands."""

import re
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING, TypeVar

from bot.tokens import SEPARATORS, Token, values_in
from bot.vocabulary import key_of
from tracing.model import TraceQuery

if TYPE_CHECKING:
    from bot.sentences import Sentence

MAX_VALUES = 50
OR = ("or", "または")
AND = ("and", "&", "/", "・", "と", "や", "および", "及び")
"""Separators between values of one list, if a value follows."""
_GLUED = re.compile("または|および|及び|[/&・／＆とやか]")
"""The same without a space, inside a word that is no value as a whole: a@x.jpとb@x.jp."""
_T = TypeVar("_T")


class ParseError(Exception):
    """*text* was not understood from *position* on, *length* characters; *expected* names what belongs there.

    *suggestion* is the nearest known word, or ""; *understood* is the rest, and
    *report* the kind of file asked for, or "". *sentence* is the whole text read as a sentence,
    or None when it asks for nothing.
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
        """The same, or None without consuming anything; *reach* is the number of words it may span."""
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
        joins: Collection[str] = AND,
    ) -> tuple[_T, ...]:
        """The values behind *field*: joined by separators, or further words that can be nothing else.

        *continues* tells which words those are; by default all that *read* accepts. *joins* are the words
        allowed between two of them.
        """
        values: list[_T] = []
        open_list = True
        goes_on = continues or (lambda word: read(word) is not None)
        while self._rest and (open_list or self._continues(goes_on, joins)):
            token = self._rest[0]
            if open_list and values and self._is_field(token.key):
                break
            if values and self._joins(goes_on, joins):
                self.take()
                open_list = True
                continue
            self.take()
            open_list = token.text.endswith(tuple(SEPARATORS)) and not token.quoted
            for word, position in values_in(token):
                if values and key_of(word) in (*OR, *joins):
                    open_list = True
                    continue
                found = read_glued(word, read)
                if not found:
                    raise ParseError(self.text, position, len(word), expected)
                values += found
        if not values:
            raise ParseError(self.text, field.end, 0, expected)
        if len(values) > MAX_VALUES:
            raise self.wrong(field, "fewer")
        return once(tuple(values))

    def unite(self, is_one: Callable[[str], bool], most: int) -> None:
        """Merge words that together form one of those: `unknown recipient`. Stops at the next field."""
        place = 0
        while place < len(self._rest) and not self._is_field(self.ahead(place)):
            for count in range(min(most, len(self._rest) - place), 1, -1):
                if self._has_value(place + count - 1):
                    continue
                first, last = self._rest[place], self._rest[place + count - 1]
                text = self.text[first.position : last.end]
                whole = Token(text, first.position, len(text))
                if all(is_one(word) for word, _ in values_in(whole)):
                    self._rest[place : place + count] = [whole]
                    break
            place += 1

    def _has_value(self, place: int) -> bool:
        """Whether the next word is a field with a value: `rule "Macros"`, but not `mail flow rule`."""
        if place + 1 >= len(self._rest) or not self._is_field(self.ahead(place)):
            return False
        behind = self.ahead(place + 1)
        return not self._is_field(behind) and behind not in (*OR, *AND)

    def _continues(self, goes_on: Callable[[str], bool], joins: Collection[str]) -> bool:
        token = self._rest[0]
        if token.text[:1] in SEPARATORS or self._joins(goes_on, joins):
            return True
        return not self._is_field(token.key) and goes_on(token.text)

    def _joins(self, goes_on: Callable[[str], bool], joins: Collection[str]) -> bool:
        """Whether the next word joins two values."""
        key = self.ahead(0).strip(SEPARATORS)
        if key in OR:
            return len(self._rest) > 1
        if key not in joins or len(self._rest) < 2 or self._is_field(self.ahead(1)):
            return False
        return any(goes_on(word) for word, _ in values_in(self._rest[1])[:1])

    def wrong(self, token: Token, expected: str, suggestion: str = "") -> ParseError:
        """The fault that *token* is where *expected* belongs."""
        return ParseError(self.text, token.position, token.length, expected, suggestion)


def read_glued(word: str, read: Callable[[str], _T | None]) -> list[_T]:
    """The value that *word* is, or the values joined in it; empty if it is neither."""
    if (value := read(word)) is not None:
        return [value]
    parts = [read(part) for part in _GLUED.split(word)]
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else []


def once(values: tuple[_T, ...]) -> tuple[_T, ...]:
    """*values*, each where it stood first."""
    return tuple(dict.fromkeys(values))
