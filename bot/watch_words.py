"""`watch`, `watches`, `unwatch 3` and the like, and the options of a watch → commands."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.commands import ChangeWatch, Command, Numbered, ShowWatches, Until, WatchChange, WatchTrace
from bot.conditions import read_conditions
from bot.cursor import ParseError
from bot.moments import When
from bot.tokens import Token
from bot.values import read_duration
from bot.vocabulary import COMMANDS, EVERY, EVERY_ENDINGS, TOMORROW, find
from tracing.model import DEFAULT_PERIOD, Last
from tracing.watch import LEAST_EVERY, MOST_EVERY, USUAL_EVERY, Watch

_CHANGES: Mapping[str, WatchChange] = {
    "unwatch": WatchChange.STOP,
    "pause": WatchChange.PAUSE,
    "resume": WatchChange.RESUME,
    "snooze": WatchChange.SNOOZE,
    "test": WatchChange.TEST,
}
WATCH_COMMANDS = ("watch", "watches", *_CHANGES)

_MOST_WORDS = 2
"""`15 minutes`"""
_MOST_ROWS = 10_000
_COUNTED = ("mails", "messages", "failures", "rows")
"""Behind a number, and skipped: the conditions say what is counted."""
_OVER = re.compile(r"(\d{1,5})件(?:超|を超えたら|より多い)")


def read_watch(
    command: str | None, text: str, said: Token, rest: list[Token], unclosed: Token | None, when: When
) -> Command:
    """The command that *said* names, of WATCH_COMMANDS; *rest* is what follows it. Raises: ParseError."""
    if command == "watches" or (command == "watch" and not rest and unclosed is None):
        return ShowWatches()
    change = _CHANGES.get(command or "")
    if change is not None:
        return _change(change, text, said, rest)
    words = _Options(text, rest)
    mine = bool(words.left) and find(COMMANDS, words.left[0].key) == "mine"
    if words.left and (mine or find(COMMANDS, words.left[0].key) == "trace"):
        del words.left[0]
    query = read_conditions(text, words.left, unclosed, when, DEFAULT_PERIOD)
    if not isinstance(query.period, Last):
        # What lies between two days brings nothing new.
        raise ParseError(text, said.position, said.length, "watch_period")
    every = words.every or USUAL_EVERY
    query = replace(query, ticket="")
    return WatchTrace(Watch(query, every, mine, words.more_than, words.within or every))


def _change(change: WatchChange, text: str, said: Token, rest: list[Token]) -> ChangeWatch:
    if not rest:
        raise ParseError(text, said.end, 0, "watch_number")
    number = re.fullmatch(r"#?(\d{1,4})", rest[0].key)
    if number is None:
        raise ParseError(text, rest[0].position, rest[0].length, "watch_number")
    tomorrow = any(token.key.removesuffix("まで") in TOMORROW for token in rest[1:])
    return ChangeWatch(Numbered(int(number[1])), change, Until.TOMORROW if tomorrow else Until.HOUR)


class _Options:
    """The options among *words*, wherever they stand, and the conditions that are left."""

    def __init__(self, text: str, words: list[Token]) -> None:
        self.every: timedelta | None = None
        self.within: timedelta | None = None
        self.more_than = 0
        self.left: list[Token] = []
        self._text = text
        self._rest = list(words)
        while self._rest:
            self._take(self._rest.pop(0))

    def _take(self, token: Token) -> None:
        over = _OVER.fullmatch(token.key)
        ending = next((one for one in EVERY_ENDINGS if token.key.endswith(one)), "")
        if token.key in EVERY:
            self.every = self._often(token)
        elif ending and read_duration(token.key.removesuffix(ending)):
            self.every = self._bounded(token, read_duration(token.key.removesuffix(ending)))
        elif over:
            self.more_than = self._number(token, over[1])
        elif token.key == "more" and self._rest and self._rest[0].key == "than":
            self._more(self._rest.pop(0))
        else:
            self.left.append(token)

    def _often(self, token: Token) -> timedelta:
        first = self._rest[0] if self._rest else Token("", token.end, 0)
        return self._bounded(first, self._length())

    def _more(self, than: Token) -> None:
        if not self._rest:
            raise ParseError(self._text, than.end, 0, "threshold")
        token = self._rest.pop(0)
        self.more_than = self._number(token, token.key)
        if self._rest and self._rest[0].key in _COUNTED:
            self._rest.pop(0)
        if self._rest and self._rest[0].key in ("in", "within"):
            first = self._rest.pop(0)
            self.within = self._length()
            if self.within is None:
                raise ParseError(self._text, first.position, first.length, "threshold")

    def _number(self, token: Token, digits: str) -> int:
        if not digits.isdecimal() or not 0 < int(digits) <= _MOST_ROWS:
            raise ParseError(self._text, token.position, token.length, "threshold")
        return int(digits)

    def _length(self) -> timedelta | None:
        """The length of time that comes next, and is taken; None where there is none."""
        for count in range(min(_MOST_WORDS, len(self._rest)), 0, -1):
            length = read_duration(" ".join(token.key for token in self._rest[:count]))
            if length is not None:
                del self._rest[:count]
                return length
        return None

    def _bounded(self, token: Token, length: timedelta | None) -> timedelta:
        if length is None or not LEAST_EVERY <= length <= MOST_EVERY:
            raise ParseError(self._text, token.position, token.length, "every")
        return length
