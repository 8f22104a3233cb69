"""Dates and times as people type them → instants in their zone.

    moment = date [time] | time | named-day [time]
    date   = 2026-11-20 | 2026/11/20 | 11/20 | 2026年11月20日 | 11月20日
    time   = 9:00 | 09:00:30 | 9時 | 9時30分
    named  = today | yesterday | 今日 | 昨日 | 一昨日 | おととい
    or ISO 8601 with a zone: 2026-11-20T09:00+09:00

A date without a year is the last such day, unless traces no longer reach back to it: then it is this year's,
and may lie ahead. A time of day that a change of clocks skips is the instant as far behind the change; of one
that comes twice, a start is the first and an end the second.
"""

import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from datetime import time as TimeOfDay
from zoneinfo import ZoneInfo

from bot.values import LONGEST
from tracing.calendar import day_begins

NAMED_DAYS = {"today": 0, "今日": 0, "本日": 0, "yesterday": 1, "昨日": 1, "一昨日": 2, "おととい": 2}

_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})"),
)
_TIMES = (
    re.compile(r"(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}))?"),
    re.compile(r"(?P<h>\d{1,2})時(?:(?P<min>\d{1,2})分)?"),
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?", re.IGNORECASE)


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
    time: time | None
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
    plain = unicodedata.normalize("NFKC", words).strip()
    try:
        if _ISO.fullmatch(plain):
            said = datetime.fromisoformat(plain.upper())
            instant = said.astimezone(UTC) if said.tzinfo else None
            local = said.astimezone(when.zone) if said.tzinfo else said
            return Moment(local.date(), local.time(), when.zone, instant)
        day, _, clock = plain.casefold().partition(" ")
        return _together(day, clock.strip(), when)
    except (ValueError, OverflowError):
        return None


def _together(day: str, clock: str, when: When) -> Moment | None:
    on = _day(day, when)
    if on is None:
        at = read_time(day)
        return None if at is None or clock else Moment(when.today, at, when.zone)
    if not clock:
        return Moment(on, None, when.zone)
    at = read_time(clock)
    return None if at is None else Moment(on, at, when.zone)


def _day(word: str, when: When) -> date | None:
    if word in NAMED_DAYS:
        return when.today - timedelta(days=NAMED_DAYS[word])
    for pattern in _DATES:
        match = pattern.fullmatch(word)
        if match:
            parts = match.groupdict()
            month, day = int(parts["m"]), int(parts["d"])
            if parts.get("y"):
                return date(int(parts["y"]), month, day)
            return _yearless(month, day, when.today)
    return None


def _yearless(month: int, day: int, today: date) -> date:
    """The last such day; beyond the history, this year's. Raises: ValueError: there is none."""
    days = []
    for year in (today.year, today.year - 1):
        # A 29th of February is in one of them at most.
        with suppress(ValueError):
            days.append(date(year, month, day))
    past = next((one for one in days if one <= today), None)
    if past is not None and today - past <= LONGEST:
        return past
    return days[0] if days else date(today.year, month, day)


def read_time(word: str) -> time | None:
    """The time of day that *word* names, None when it names none or one that does not exist."""
    for pattern in _TIMES:
        match = pattern.fullmatch(word)
        if match:
            parts = match.groupdict()
            with suppress(ValueError):
                return time(int(parts["h"]), int(parts["min"] or 0), int(parts.get("s") or 0))
    return None
