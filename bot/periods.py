"""Lengths of time, days and weeks as people type them → a period, kept as it was spoken.

    period   = [ "in" | "on" … ] [ "the" ] ( length | calendar | moment | range )
    length   = [ "last" | "past" | 過去 | 直近 ] duration [以内]
    duration = 30m | 48h | 7d | 2w | 3 months | 48時間 | 7日 | 2週間 | 3か月     up to now; a month is 30 days
    calendar = today | yesterday | this week | last week | this month | last month
             | 今日 | 昨日 | きのう | 一昨日 | 今週 | 先週 | 今月 | 先月                from Monday to Sunday
    range    = ["between"] moment ( "-" | "–" | "〜" | "~" | "to" | "and" | から ) ( moment | time ) [まで]
                                                                    11/20 9:00-12:00
    moment   as in `moments`: a day, or from that time on

What a calendar names is judged in the asker's zone, and anew each time it is asked.
"""

import re
from dataclasses import replace

from bot.days import read_time
from bot.moments import Moment, When, read_moment
from bot.spoken_times import plain_of, time_at
from bot.time_words import CALENDAR, DAYS_AGO
from bot.values import read_duration
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import Between, Last, Period

MOST_WORDS = 10
"""`between Nov 20 9:00 am and Nov 21 5 pm`"""

_CALENDAR = {
    **{word: (CalendarUnit.DAY, ago) for word, ago in DAYS_AGO.items()},
    **{word: (unit, ago) for word, (unit, ago) in CALENDAR.items() if ago < 2},
}
_BEHIND_LAST = {"week": "last week", "month": "last month"}
"""`last week` is a week of the calendar, `last 1w` the time up to now; so is `last hour`, `last day`."""

_BETWEEN = re.compile(
    r"\s*(?:[〜~–—]|から|\s(?:-|to|and|until|till)\s|(?<=[\d分時日])-(?=\d{1,4}[:/.年月時]))\s*"
)
_LEAD = re.compile(r"(?:(?:in|within|over|during|for|on|at|between) )?(?:the )?")
_LAST = re.compile(r"^(?:last |past |(?:過去|直近|ここ) ?(?=\d))")
_EARLY = re.compile(r"(?:1[01]|0?[1-9])[時:]")
_OPEN_END = re.compile(r"(?:から|以降)$")


class BackwardRange(Exception):
    """A range that ends before it starts."""


def read_period(words: str, when: When) -> Period | None:
    """The period that *words* name without a word before them. Raises: BackwardRange."""
    plain = _LEAD.sub("", plain_of(words), count=1)
    named = _CALENDAR.get(plain)
    if named is not None:
        return Calendar(*named, zone=when.zone.key)
    length = _LAST.sub("", plain, count=1)
    said = length != plain or length[:1].isdigit()
    duration = read_duration(length.removesuffix("以内")) if said else None
    return Last(duration) if duration else _range(plain, when) or _spoken(plain, when)


def _spoken(plain: str, when: When) -> Period | None:
    """Read *plain* as a part of a day, a date with its weekday, hours in a zone and the like.

    A time in a program's format is that of one message, so the period is close around it.
    """
    found = time_at(plain, 0, when, loose=True)
    return found.period if found is not None and found.end == len(plain) and not found.odd else None


def read_length(words: str, when: When) -> Period | None:
    """The same behind `last` or 期間, where `week` alone is a length too. Raises: BackwardRange."""
    plain = plain_of(words)
    if plain in _BEHIND_LAST:
        return read_period(_BEHIND_LAST[plain], when)
    duration = read_duration(plain)
    return Last(duration) if duration else read_period(words, when)


def _range(plain: str, when: When) -> Period | None:
    whole = read_moment(_OPEN_END.sub("", plain), when)
    if whole is not None:
        open_end = whole.time is not None or _OPEN_END.search(plain)
        return Between(whole.start, None if open_end else whole.end)
    parts = _BETWEEN.split(plain.removesuffix("まで"))
    if len(parts) != 2:
        return None
    since = read_moment(parts[0], when)
    until = since and _until(_afternoon(parts[0], parts[1]), since, when)
    if since is None or until is None:
        return None
    if until.end <= since.start:
        raise BackwardRange
    return Between(since.start, until.end)


def _afternoon(since: str, until: str) -> str:
    """午後2時〜3時 ends in the same afternoon."""
    return f"午後{until}" if "午後" in since and _EARLY.match(until) else until


def _until(words: str, since: Moment, when: When) -> Moment | None:
    """The end of a range; a time alone is of the day on which it began."""
    clock = read_time(words)
    return read_moment(words, when) if clock is None else replace(since, time=clock, instant=None)
