"""From how much mail on a trouble is told of: so many rows together, or a part of all mail. Pure.

A part is taken of what was received within a length of time up to a row of the trouble: that stretch is over
when the row is known, so that a burst is held against all of an hour, not against its own minutes.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tracing.model import AddressPattern, MessageTrace, TraceQuery, Window

LEAST = 10
"""Of fewer mails no part is taken: one of one is all of them, and says nothing."""

MOST_PERCENT = 99

_GRID = timedelta(minutes=15)
"""Stretches begin and end with a quarter of an hour: watches that look at nearly the same ask the same."""
_EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True)
class Threshold:
    """Told of is what has more than `more_than` rows and, with `percent`, is more of all mail, `within`."""

    more_than: int
    percent: int
    within: timedelta


@dataclass(frozen=True)
class Part:
    """`rows` of `whole`, the mails to one destination `within` a length of time."""

    rows: int
    whole: int
    within: timedelta

    @property
    def percent(self) -> int:
        return round(100 * self.rows / self.whole)


@dataclass(frozen=True)
class Census:
    """When mail of one destination was received, in whatever state, and the windows of which all was read."""

    times: tuple[datetime, ...] = ()
    whole: tuple[Window, ...] = ()

    def counted(self, stretch: Window) -> tuple[int, bool]:
        """How many of *stretch* are known, and whether those are all."""
        known = bisect_right(self.times, stretch.end) - bisect_left(self.times, stretch.start)
        return known, any(one.start <= stretch.start and stretch.end <= one.end for one in self.whole)


@dataclass(frozen=True)
class Verdict:
    """What a trouble is: `many`, so that it is told of, with its largest `part`; not `known`, ask again."""

    many: bool
    known: bool = True
    part: Part | None = None


def census(domain: str, reads: Iterable[tuple[Sequence[MessageTrace], Window]]) -> Census:
    """What *reads*, each of rows and of the window of which those are all, tell of mail to *domain*."""
    received: dict[tuple[str, str], datetime] = {}
    whole = []
    for rows, window in reads:
        there = (row for row in rows if row.key[1].rpartition("@")[2] == domain)
        received |= {row.key: row.received_date_time for row in there}
        whole.append(window)
    return Census(tuple(sorted(received.values())), tuple(whole))


@dataclass(frozen=True)
class Rows:
    """When the rows of a trouble were received, and which of those are news: only these can change a part."""

    times: Sequence[datetime]
    news: Sequence[datetime]


def candidates(threshold: Threshold, rows: Rows) -> tuple[tuple[Window, int], ...]:
    """Stretches that may be more than *threshold*, with how many rows each holds; oldest first."""
    times, news = sorted(rows.times), sorted(rows.news)
    found = []
    for at, end in enumerate(times):
        start = end - threshold.within
        count = at + 1 - bisect_left(times, start)
        new = bisect_right(news, end) - bisect_left(news, start)
        if new and count > threshold.more_than and 100 * count > threshold.percent * LEAST:
            found.append((Window(start, end), count))
    return tuple(found)


def to_read(stretches: Iterable[Window]) -> tuple[Window, ...]:
    """The windows to read for *stretches*, few and wide enough."""
    merged: list[Window] = []
    for stretch in sorted(stretches, key=lambda one: one.start):
        window = Window(_down(stretch.start), _down(stretch.end) + _GRID)
        if merged and window.start <= merged[-1].end:
            window = Window(merged[-1].start, max(merged.pop().end, window.end))
        merged.append(window)
    return tuple(merged)


def weigh(threshold: Threshold, rows: Rows, known: Census) -> Verdict:
    """What *rows* are by *threshold*, as far as the *known* of their destination tells.

    What was read of a stretch is the least there is: enough for a no, but only the whole for a yes.
    """
    if not threshold.percent:
        return Verdict(is_many(threshold, rows.times))
    largest, open_ = None, False
    for stretch, count in candidates(threshold, rows):
        mails, whole = known.counted(stretch)
        mails = max(mails, count)
        if 100 * count <= threshold.percent * mails or (whole and mails < LEAST):
            continue
        if not whole:
            open_ = True
        elif largest is None or count >= largest.rows:
            largest = Part(count, mails, threshold.within)
    return Verdict(largest is not None, largest is not None or not open_, largest)


def is_many(threshold: Threshold, times: Iterable[datetime]) -> bool:
    """Whether more than the rows that may pass were received together."""
    times = sorted(times)
    ahead = zip(times, times[threshold.more_than :], strict=False)
    return any(last - first <= threshold.within for first, last in ahead)


def everything(query: TraceQuery, domain: str) -> TraceQuery:
    """What asks for all mail to *domain* that *query* would find in one state or another."""
    there = tuple(one for one in query.recipients if one.domain in (None, domain))
    return replace(query, statuses=(), recipients=there or (AddressPattern(f"*@{domain}"),))


def _down(at: datetime) -> datetime:
    return at - (at - _EPOCH.replace(tzinfo=at.tzinfo)) % _GRID
