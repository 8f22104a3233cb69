"""The options of a watch among the words it was asked with, wherever they stand."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.cursor import ParseError
from bot.days import read_time
from bot.timetable_words import DIGEST, read_times
from bot.tokens import SEPARATORS, Token
from bot.values import read_duration
from bot.vocabulary import (
    ALL_DAYS,
    EVERY,
    EVERY_ENDINGS,
    ME,
    MENTION,
    NONE,
    QUIET,
    THRESHOLD,
    WORKING_DAYS,
    key_of,
)
from tracing.quiet import Quiet
from tracing.threshold import MOST_PERCENT
from tracing.timetable import USUAL_TIME
from tracing.watch import LEAST_EVERY, LONGEST_LOOK, MOST_EVERY

_MOST_WORDS = 2
"""`15 minutes`"""
MOST_ROWS = 10_000
_COUNTED = ("of", "all", "mail", "mails", "messages", "failures", "rows")
"""Behind a number, and skipped: the conditions say what is counted."""
_PERCENT = ("%", "percent", "パーセント")
_OVER = r"(?:超|を超えたら|より多い)"
_MORE = re.compile(rf"(\d{{1,5}})(件|%|パーセント){_OVER}")
_TO = re.compile(r"[-–—~〜]|から|\bto\b|\buntil\b")
_MOST_CLOCKS = 3
"""`22:00 - 7:00`"""
MAX_MENTIONS = 3
_AND = ("and", "と", ",", "、")
_WITHIN = re.compile(r"(.+?)(?:に|で|以内に?)")


def read_hours(words: str) -> tuple[time, time] | None:
    """The two times of day that *words* name, which differ, in whole minutes."""
    parts = [part.strip() for part in _TO.split(words.removesuffix("まで"))]
    clocks = [read_time(f"{part}:00" if part.isdecimal() else part) for part in parts]
    if len(clocks) != 2 or None in clocks or clocks[0] == clocks[1]:
        return None
    start, end = (clock.replace(second=0) for clock in clocks if clock is not None)
    return start, end


@dataclass(frozen=True)
class Said:
    """The options that were said; None for one that was not."""

    every: timedelta | None = None
    more_than: int | None = None
    percent: int | None = None
    within: timedelta | None = None
    hours: tuple[time, time] | None = None
    working_days: bool | None = None
    times: tuple[int | None, time] | None = None
    mentions: tuple[str, ...] | None = None

    def quiet(self, now: Quiet) -> Quiet:
        """*now* with what was said."""
        start, end = self.hours or (now.start, now.end)
        days = now.working_days if self.working_days is None else self.working_days
        return replace(now, start=start, end=end, working_days=days)

    @property
    def of_alerts(self) -> bool:
        """Whether something was said that concerns alerts alone."""
        return any(one is not None for one in (self.every, self.more_than, self.percent, self.within))


class Options:
    """The options among *words* of *text*, and what is `left` of them. Raises: ParseError.

    *names* are those of people whom it mentions.
    """

    def __init__(self, text: str, words: list[Token], names: Sequence[str]) -> None:
        self.left: list[Token] = []
        self._text = text
        self._rest = list(words)
        self._every: timedelta | None = None
        self._more_than: int | None = None
        self._percent: int | None = None
        self._within: timedelta | None = None
        self._hours: tuple[time, time] | None = None
        self._working_days: bool | None = None
        self._times: tuple[int | None, time] | None = None
        self._mentions: tuple[str, ...] | None = None
        self._names = {tuple(key_of(name).split()): name for name in names}
        while self._rest:
            self._take(self._rest.pop(0))

    @property
    def said(self) -> Said:
        return Said(
            self._every,
            self._more_than,
            self._percent,
            self._within,
            self._hours,
            self._working_days,
            self._times,
            self._mentions,
        )

    def _take(self, token: Token) -> None:
        ending = next((one for one in EVERY_ENDINGS if token.key.endswith(one)), "")
        over, within = _MORE.fullmatch(token.key), _WITHIN.fullmatch(token.key)
        times = read_times(token, self._rest)
        if times is not None:
            self._times = times
        elif token.key in DIGEST:
            self._times = self._times or (None, USUAL_TIME)
        elif token.key in EVERY:
            self._every = self._often(token)
        elif ending and read_duration(token.key.removesuffix(ending)):
            self._every = self._bounded(token, read_duration(token.key.removesuffix(ending)))
        elif over:
            self._over(token, over[1], over[2])
        elif within and self._rest and _MORE.fullmatch(self._rest[0].key) and read_duration(within[1]):
            self._within = self._stretch(token, read_duration(within[1]))
        elif token.key == "more" and self._rest and self._rest[0].key == "than":
            self._more(self._rest.pop(0))
        elif token.key in THRESHOLD or token.key.removesuffix("なし") in THRESHOLD:
            self._no_threshold(token)
        elif token.key in QUIET:
            self._hours = self._clocks(token)
        elif token.key in MENTION:
            self._mentions = self._people(token)
        elif not self._days(token):
            self.left.append(token)

    def _days(self, token: Token) -> bool:
        """`working days`, `all days`: whether *token* is taken."""
        key = token.key
        if key in ("working", "all") and self._rest and self._rest[0].key == "days":
            self._rest.pop(0)
            key = WORKING_DAYS[0] if key == "working" else ALL_DAYS[0]
        if key in WORKING_DAYS or key in ALL_DAYS:
            self._working_days = key in WORKING_DAYS
            return True
        return False

    def _people(self, mention: Token) -> tuple[str, ...]:
        """`me`, `me @Sato`, `nobody`: names as they stand in the message, "" for whoever asks."""
        first = self._rest[0] if self._rest else Token("", mention.end, 0)
        found: list[str] = []
        while self._rest:
            key = self._rest[0].key
            # Of `Sato` and `Sato Misaki` the longer: the other leaves a word over.
            length = max((len(name) for name in self._names if self._is_next(name)), default=0)
            if length:
                found.append(self._names[self._keys(length)])
            elif key in ME:
                found.append("")
            elif not (key in NONE and not found) and not (key in _AND and found):
                break
            del self._rest[: length or 1]
            if key in NONE:
                return ()
        if not found or len(set(found)) > MAX_MENTIONS:
            raise ParseError(self._text, first.position, first.length, "mention")
        return tuple(dict.fromkeys(found))

    def _is_next(self, name: tuple[str, ...]) -> bool:
        return self._keys(len(name)) == name

    def _keys(self, count: int) -> tuple[str, ...]:
        words = [token.key.strip(SEPARATORS) for token in self._rest[:count]]
        return (words[0].removeprefix("@"), *words[1:]) if words else ()

    def _clocks(self, quiet: Token) -> tuple[time, time]:
        """`22:00-7:00`, `22時〜7時`, `off`"""
        first = self._rest[0] if self._rest else Token("", quiet.end, 0)
        if first.key in NONE:
            self._rest.pop(0)
            return time(), time()
        for count in range(min(_MOST_CLOCKS, len(self._rest)), 0, -1):
            hours = read_hours(" ".join(token.key for token in self._rest[:count]))
            if hours is not None:
                del self._rest[:count]
                return hours
        raise ParseError(self._text, first.position, first.length, "quiet")

    def _often(self, token: Token) -> timedelta:
        first = self._rest[0] if self._rest else Token("", token.end, 0)
        return self._bounded(first, self._length())

    def _over(self, token: Token, digits: str, unit: str) -> None:
        """`10件超`, `20%超 1時間`"""
        if unit == "件":
            self._more_than = self._number(token, digits, MOST_ROWS)
        else:
            self._percent = self._number(token, digits, MOST_PERCENT)
        first = self._rest[0] if self._rest else token
        length = self._length()
        if length is not None:
            self._within = self._stretch(first, length)

    def _more(self, than: Token) -> None:
        """`more than 10 failures in 15m`, `more than 20 % of mail in 1h`"""
        if not self._rest:
            raise ParseError(self._text, than.end, 0, "threshold")
        token = self._rest.pop(0)
        digits, unit = token.key, self._rest[0].key if self._rest else ""
        if digits.endswith("%"):
            self._percent = self._number(token, digits.removesuffix("%"), MOST_PERCENT)
        elif unit in _PERCENT:
            self._rest.pop(0)
            self._percent = self._number(token, digits, MOST_PERCENT)
        else:
            self._more_than = self._number(token, digits, MOST_ROWS)
        while self._rest and self._rest[0].key in _COUNTED:
            self._rest.pop(0)
        if self._rest and self._rest[0].key in ("in", "within"):
            self._within = self._stretch(self._rest.pop(0), self._length())

    def _no_threshold(self, token: Token) -> None:
        """`threshold off`, `しきい値なし`"""
        if token.key in THRESHOLD:
            first = self._rest[0] if self._rest else Token("", token.end, 0)
            if first.key not in NONE:
                raise ParseError(self._text, first.position, first.length, "threshold")
            self._rest.pop(0)
        self._more_than = self._percent = 0

    def _number(self, token: Token, digits: str, most: int) -> int:
        if not digits.isdecimal() or not 0 < int(digits) <= most:
            raise ParseError(self._text, token.position, token.length, "threshold")
        return int(digits)

    def _stretch(self, token: Token, length: timedelta | None) -> timedelta:
        """*length* as the time in which rows count as together: no longer than is looked back."""
        if length is None or length > LONGEST_LOOK:
            raise ParseError(self._text, token.position, token.length, "within")
        return length

    def _length(self) -> timedelta | None:
        """The length of time that comes next, and is taken; None where there is none."""
        for count in range(min(_MOST_WORDS, len(self._rest)), 0, -1):
            words = " ".join(token.key for token in self._rest[:count])
            length = read_duration(words) or read_duration(words.removesuffix("以内"))
            if length is not None:
                del self._rest[:count]
                return length
        return None

    def _bounded(self, token: Token, length: timedelta | None) -> timedelta:
        if length is None or not LEAST_EVERY <= length <= MOST_EVERY:
            raise ParseError(self._text, token.position, token.length, "every")
        return length
