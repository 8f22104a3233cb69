"""Dates and times as people type them → instants in their zone.

    moment = date [time] | time | now | 今 | 2 hours ago | 30分前          date and time as in `days`
    or ISO 8601 with a zone: 2026-11-20T09:00+09:00

A time of day that a change of clocks skips is the instant as far behind the change; of one that comes twice,
a start is the first and an end the second.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as TimeOfDay
from zoneinfo import ZoneInfo

from bot.days import read_day, read_time
from bot.time_words import COUNTS, any_of, count_of
from tracing.calendar import day_begins

ISO = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)
AGO = re.compile(
    rf"(?P<n>\d{{1,4}}|{any_of(COUNTS)}) ?(?:(?P<hours>hours?|hrs?|h|時間)|minutes?|mins?|min|m|分)"
    r"(?: ago|(?:ほど|くらい)?前)"
)
_NOW = ("now", "今", "現在")
_ATTACHED = re.compile(r"(?<=[日曜])の?(?=\d{1,2}[時:]|午[前後])|(?<=\d)の(?=\d)|(?<=[日曜])の (?=\d|午)")
"""Japanese writes a day and its time without a space: 昨日の9時, 11月20日午後2時."""


@dataclass(frozen=True)
class When:
    """The present, and the zone in which a person means their times."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Moment:
    """What was said: a day, and a time of day unless the whole day was meant; with a zone, an `instant`."""

    day: date
    time: TimeOfDay | None
    zone: ZoneInfo
    instant: datetime | None = None

    @property
    def start(self) -> datetime:
        """The instant, or the day's first, in UTC."""
        if self.instant is not None:
            return self.instant
        if self.time is None:
            return day_begins(self.day, self.zone)
        return self._at(self.time, fold=0)

    @property
    def end(self) -> datetime:
        """The instant, or the end of the day, in UTC."""
        if self.instant is not None:
            return self.instant
        if self.time is None:
            return day_begins(self.day + timedelta(days=1), self.zone)
        return max(self._at(self.time, fold=0), self._at(self.time, fold=1))

    def _at(self, clock: TimeOfDay, fold: int) -> datetime:
        return datetime.combine(self.day, clock.replace(fold=fold), self.zone).astimezone(UTC)


def read_moment(words: str, when: When) -> Moment | None:
    """The moment that *words* name, None when they name none or one that does not exist."""
    plain = " ".join(unicodedata.normalize("NFKC", words).split())
    try:
        if ISO.fullmatch(plain):
            said = datetime.fromisoformat(plain.upper())
            instant = said.astimezone(UTC) if said.tzinfo else None
            local = said.astimezone(when.zone) if said.tzinfo else said
            return Moment(local.date(), local.time(), when.zone, instant)
        plain = plain.casefold()
        return _ago(plain, when) or _together(_ATTACHED.sub(" ", plain).split(" "), when)
    except (ValueError, OverflowError):
        return None


def _ago(plain: str, when: When) -> Moment | None:
    """`2 hours ago`: an instant, unlike days ago, which are whole days."""
    match = AGO.fullmatch(plain)
    if match is None and plain not in _NOW:
        return None
    instant = (when.now - (length_ago(match) if match else timedelta(0))).astimezone(UTC)
    local = instant.astimezone(when.zone)
    return Moment(local.date(), local.time(), when.zone, instant)


def length_ago(said: re.Match[str]) -> timedelta:
    """How long ago it is that AGO found."""
    return count_of(said["n"]) * (timedelta(hours=1) if said["hours"] else timedelta(minutes=1))


def _together(words: list[str], when: When) -> Moment | None:
    """A day and perhaps a time; a time alone is of today."""
    for count in range(len(words), -1, -1):
        clock = " ".join(words[count:])
        at = read_time(clock) if clock else None
        if clock and at is None:
            continue
        day = read_day(" ".join(words[:count]), when.today) if count else when.today
        if day is not None and (count or clock):
            return Moment(day, at, when.zone)
    return None
