"""Dates and times as people type them → instants in their zone.

    moment = date [time] | time | named-day [time]
    date   = 2026-11-20 | 2026/11/20 | 11/20 | 2026年11月20日 | 11月20日
    time   = 9:00 | 09:00:30 | 9時 | 9時30分
    named  = today | yesterday | 今日 | 昨日 | 一昨日 | おととい
    or ISO 8601 with a zone: 2026-11-20T09:00+09:00

A date without a year is the last such day. A time of day that a change of clocks skips is the instant as far
behind the change.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

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
    zone: tzinfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Moment:
    """What was said: a day, and a time of day unless the whole day was meant."""

    day: date
    time: time | None
    zone: tzinfo

    @property
    def start(self) -> datetime:
        """The instant, or the day's first, in UTC."""
        return datetime.combine(self.day, self.time or time(), self.zone).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The instant, or the end of the day, in UTC."""
        if self.time is not None:
            return self.start
        return datetime.combine(self.day + timedelta(days=1), time(), self.zone).astimezone(UTC)


def read_moment(words: str, when: When) -> Moment | None:
    """The moment that *words* name, None when they name none or one that does not exist."""
    plain = unicodedata.normalize("NFKC", words).strip()
    try:
        if _ISO.fullmatch(plain):
            said = datetime.fromisoformat(plain.upper())
            local = said.astimezone(when.zone) if said.tzinfo else said
            return Moment(local.date(), local.time().replace(tzinfo=None), when.zone)
        day, _, clock = plain.casefold().partition(" ")
        return _together(day, clock.strip(), when)
    except (ValueError, OverflowError):
        return None


def _together(day: str, clock: str, when: When) -> Moment | None:
    on = _day(day, when)
    if on is None:
        at = _time(day)
        return None if at is None or clock else Moment(when.today, at, when.zone)
    if not clock:
        return Moment(on, None, when.zone)
    at = _time(clock)
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
            # A day that has not come yet this year was meant of the last one.
            this_year = date(when.today.year, month, day)
            return this_year if this_year <= when.today else date(when.today.year - 1, month, day)
    return None


def _time(word: str) -> time | None:
    for pattern in _TIMES:
        match = pattern.fullmatch(word)
        if match:
            parts = match.groupdict()
            return time(int(parts["h"]), int(parts["min"] or 0), int(parts.get("s") or 0))
    return None
