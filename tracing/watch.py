"""A trace that stands: when it looks, at what, and what of it is news. Pure.

Rows appear up to an hour late and change their state for days. Each run therefore reads back over what the
last one read; every row is remembered by message, recipient and state, so that it is told of once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tracing.model import (
    DEFAULT_PERIOD,
    Between,
    Last,
    MessageTrace,
    Period,
    TraceQuery,
    Window,
    trouble_rank,
)
from tracing.threshold import Census, Part, Rows, Threshold, Verdict, candidates, to_read, weigh
from tracing.timetable import Timetable

LEAST_EVERY, MOST_EVERY, USUAL_EVERY = timedelta(minutes=5), timedelta(hours=24), timedelta(minutes=15)
LATENESS = timedelta(minutes=60)
"""How late a row may appear; Microsoft says that data is there within 5 to 10 minutes, at times later.
https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-faq"""

LONGEST_LOOK = DEFAULT_PERIOD.duration
"""How far back a run looks at most: Exchange Online gives up on a mail after a day, and so states rest."""

GROWTH = 10
"""A trouble is told of again each time it is so many times as large."""

MAX_TROUBLES = 50
"""The most problems open at once; further ones are counted with the last of them."""

LOOKS = 3
"""Rows of one kind in one run whose events are read to learn their cause."""
MAX_LOOKS = 9
"""The same of all kinds: each is a request of the quota."""

Mark = tuple[str, str, str]
"""A row in one state: message, recipient in lower case, state."""
Kind = tuple[str, str]
"""What can be told of a row without its events: its state and its recipient's domain."""


@dataclass(frozen=True)
class Watch:
    """`query` as it was spoken, read every so often. `mine`: over the owner's own mail.

    A trouble is told of once more than `more_than` rows of a kind were received within `within`, and those
    are more than `percent` of all mail to their destination, 0 for any part. With a `timetable` it tells
    of no trouble but sends a digest at its times.
    """

    query: TraceQuery
    every: timedelta = USUAL_EVERY
    mine: bool = False
    more_than: int = 0
    within: timedelta = USUAL_EVERY
    percent: int = 0
    timetable: Timetable | None = None

    @property
    def threshold(self) -> Threshold:
        return Threshold(self.more_than, self.percent, self.within)

    @property
    def span(self) -> timedelta:
        """How far back each run looks: as was said, but no less than rows are late nor more than of use."""
        said = self.query.period
        back = said.duration if isinstance(said, Last) else LONGEST_LOOK
        return min(max(back, LATENESS + self.every, LATENESS + self.within), LATENESS + LONGEST_LOOK)

    @property
    def quiet(self) -> timedelta:
        """A trouble is over when no row came for so long: as long as one may still be late."""
        return max(LATENESS, 2 * self.every)


@dataclass(frozen=True)
class Seen:
    """A row that is remembered."""

    mark: Mark
    received_date_time: datetime

    @property
    def kind(self) -> Kind:
        return self.mark[2], self.mark[1].rpartition("@")[2]


@dataclass(frozen=True)
class Trouble:
    """Rows of one state, destination and `cause`, "" if unknown. `number` is the watch's.

    The cause was read for `known` of them, not for the others. `others` are rows of further states and
    destinations that came while MAX_TROUBLES were open. `first` and `last` are when the first and the last
    of its `count` rows were received, `heard_at` when the last became known; `told` is its size when that
    was last told of, 0 before the first time. `part` is how much of all mail it was then, None if not
    asked; not `weighed`: not known yet.
    """

    number: int
    status: str
    domain: str
    cause: str
    count: int
    first: datetime
    last: datetime
    heard_at: datetime
    told: int = 0
    part: Part | None = None
    weighed: bool = True
    known: int = 1
    others: int = 0

    @property
    def kind(self) -> Kind:
        return self.status, self.domain

    @property
    def size(self) -> int:
        """All rows reported with it."""
        return self.count + self.others


@dataclass(frozen=True)
class Memory:
    """What a watch knows. All rows up to `covered_to` are known, None before the first run.

    Of what was received before `known_from` nothing is news: the watch did not look so far back.
    """

    covered_to: datetime | None = None
    troubles: tuple[Trouble, ...] = ()
    numbers: int = 0
    seen: Mapping[Mark, Seen] = field(default_factory=dict)
    known_from: datetime | None = None


@dataclass(frozen=True)
class News:
    """What of a trouble is to be told; `event`: started, grown, ended, or counted, which notifies nobody."""

    event: str
    trouble: Trouble


@dataclass(frozen=True)
class Advance:
    """What a run brought: the memory from now on, its news, and which rows are new in it and gone from it."""

    memory: Memory
    news: tuple[News, ...]
    fresh: tuple[Seen, ...]
    gone_before: datetime


def mark_of(row: MessageTrace) -> Mark:
    return *row.key, str(row.status)


def due(watch: Watch, last_run: datetime | None, now: datetime) -> timedelta:
    """How long until *watch* is to look again: nothing when it is late. A run that took long delays none."""
    if last_run is None:
        return timedelta(0)
    if watch.timetable is not None:
        return max(timedelta(0), watch.timetable.after(last_run) - now)
    return max(timedelta(0), last_run + watch.every - now)


def asked(watch: Watch, memory: Memory, now: datetime) -> Period:
    """What to ask for at *now*: but for a gap, alike watches ask the same and so share a read."""
    if memory.covered_to is not None and memory.covered_to - LATENESS < now - watch.span:
        return window(watch, memory, now)
    return Last(watch.span)


def window(watch: Watch, memory: Memory, now: datetime) -> Between:
    """What to read at *now*: back over all that may still be late or change, and over any gap."""
    start = now - watch.span
    if memory.covered_to is not None:
        start = min(start, memory.covered_to - LATENESS)
    return Between(start, now)


def fresh_rows(memory: Memory, rows: Iterable[MessageTrace]) -> tuple[MessageTrace, ...]:
    """Those of *rows* that are not remembered in the state they have; none in the first run."""
    if memory.covered_to is None:
        return ()
    since = memory.known_from
    late = (row for row in rows if since is None or row.received_date_time >= since)
    return tuple(row for row in late if mark_of(row) not in memory.seen)


def to_look_into(fresh: Sequence[MessageTrace]) -> tuple[MessageTrace, ...]:
    """Rows whose events tell the causes of *fresh*: some of each kind, the newest, trouble first."""
    newest = sorted(fresh, key=lambda row: row.received_date_time, reverse=True)
    kinds: dict[Kind, list[MessageTrace]] = {}
    for row in sorted(newest, key=lambda row: trouble_rank(row.status)):
        kinds.setdefault(_seen(row).kind, []).append(row)
    # One of each kind before a second of any.
    ranked = [rows[at] for at in range(LOOKS) for rows in kinds.values() if at < len(rows)]
    return tuple(ranked[:MAX_LOOKS])


def to_count(
    watch: Watch,
    memory: Memory,
    rows: Sequence[MessageTrace],
    causes: Mapping[Mark, str],
    now: datetime,
) -> Mapping[str, tuple[Window, ...]]:
    """Of which destinations all mail is to be counted, and over which windows, to judge *rows* by.

    Nothing but where a watch asks for a part, and a trouble that was not told of may have become that large.
    """
    if not watch.percent:
        return {}
    fresh, _, seen = _known_now(watch, memory, rows, now)
    stretches: dict[str, list[Window]] = {}
    for trouble in _sorted_in(memory, fresh, causes, now)[0]:
        if trouble.told == 0:
            found = candidates(watch.threshold, _rows_of(trouble, seen, fresh))
            stretches.setdefault(trouble.domain, []).extend(stretch for stretch, _ in found)
    return {domain: to_read(some) for domain, some in stretches.items() if some}


def advance(
    watch: Watch,
    memory: Memory,
    rows: Sequence[MessageTrace],
    causes: Mapping[Mark, str],
    whole: bool,
    now: datetime,
    counted: Mapping[str, Census] | None = None,
) -> Advance:
    """What *rows*, read over `window` as of *now*, change. *causes* are those of rows that were looked into.

    *whole*: all of the window was read. Before that, nothing is taken for covered, and no trouble for ended.
    *counted* is what came of `to_count`, by destination.
    """
    start = window(watch, memory, now).start
    fresh, noted, seen = _known_now(watch, memory, rows, now)
    troubles, numbers = _sorted_in(memory, fresh, causes, now)
    told = []
    for trouble in troubles:
        verdict = None
        if trouble.told == 0:
            known = (counted or {}).get(trouble.domain, Census())
            verdict = weigh(watch.threshold, _rows_of(trouble, seen, fresh), known)
        told.append(_told(watch, trouble, verdict, whole, now))
    after = Memory(
        max(now, memory.covered_to or now) if whole else memory.covered_to,
        tuple(trouble for trouble, _, over in told if not over),
        numbers,
        seen,
        memory.known_from,
    )
    return Advance(after, tuple(news for _, news, _ in told if news is not None), noted, start)


def _known_now(
    watch: Watch, memory: Memory, rows: Sequence[MessageTrace], now: datetime
) -> tuple[tuple[Seen, ...], tuple[Seen, ...], Mapping[Mark, Seen]]:
    """What of *rows* is news and what is to be noted of them; and all that is remembered with it."""
    start = window(watch, memory, now).start
    fresh = tuple({seen.mark: seen for seen in map(_seen, fresh_rows(memory, rows))}.values())
    noted = tuple(map(_seen, rows)) if memory.covered_to is None else fresh
    seen = {mark: one for mark, one in memory.seen.items() if one.received_date_time >= start}
    return fresh, noted, seen | {one.mark: one for one in noted}


def _rows_of(trouble: Trouble, seen: Mapping[Mark, Seen], fresh: Iterable[Seen]) -> Rows:
    """The rows of the trouble's kind while it lasted, news among them; all are where it was not weighed."""
    times = [
        one.received_date_time
        for one in seen.values()
        if one.kind == trouble.kind and trouble.first <= one.received_date_time <= trouble.last
    ]
    news = [one.received_date_time for one in fresh if one.kind == trouble.kind] if trouble.weighed else times
    return Rows(times, news)


def _seen(row: MessageTrace) -> Seen:
    return Seen(mark_of(row), row.received_date_time)


def _sorted_in(
    memory: Memory, fresh: Sequence[Seen], causes: Mapping[Mark, str], now: datetime
) -> tuple[list[Trouble], int]:
    """The troubles with *fresh* among them; a row nobody looked into goes with the last of its kind."""
    troubles, numbers = list(memory.troubles), memory.numbers
    latest = {seen.kind: causes[seen.mark] for seen in reversed(fresh) if seen.mark in causes}
    for seen in sorted(fresh, key=lambda one: one.received_date_time):
        cause = causes.get(seen.mark, latest.get(seen.kind))
        looked = int(seen.mark in causes)
        at = _place(troubles, seen.kind, cause)
        if at is not None:
            troubles[at] = _with(troubles[at], seen, looked, now)
        elif len(troubles) >= MAX_TROUBLES:
            troubles[-1] = replace(troubles[-1], others=troubles[-1].others + 1, heard_at=now)
        else:
            numbers += 1
            received = seen.received_date_time
            troubles.append(
                Trouble(numbers, *seen.kind, cause or "", 1, received, received, now, known=looked)
            )
    return troubles, numbers


def _with(trouble: Trouble, seen: Seen, looked: int, now: datetime) -> Trouble:
    """*trouble* with one more row of its kind; *looked* is 1 if this row's own cause was read."""
    return replace(
        trouble,
        count=trouble.count + 1,
        known=trouble.known + looked,
        first=min(trouble.first, seen.received_date_time),
        last=max(trouble.last, seen.received_date_time),
        heard_at=now,
    )


def _place(troubles: Sequence[Trouble], kind: Kind, cause: str | None) -> int | None:
    """Where the trouble of *kind* and *cause* is; of no known cause, the last of its kind."""
    fits = [
        at for at, one in enumerate(troubles) if one.kind == kind and (cause is None or one.cause == cause)
    ]
    return fits[-1] if fits else None


def _told(
    watch: Watch, trouble: Trouble, verdict: Verdict | None, whole: bool, now: datetime
) -> tuple[Trouble, News | None, bool]:
    """*trouble* after what is to be told of it, that, and whether it is over; *verdict* on one untold."""
    over = whole and now - trouble.heard_at >= watch.quiet
    if verdict is not None:
        if verdict.many:
            begun = replace(trouble, told=trouble.size, part=verdict.part, weighed=True)
            return begun, News("started", begun), False
        # What could not be weighed yet is kept however long that takes.
        return replace(trouble, weighed=verdict.known), None, over and verdict.known
    if over:
        return trouble, News("ended", trouble), True
    if trouble.size >= GROWTH * trouble.told:
        grown = replace(trouble, told=trouble.size)
        return grown, News("grown", grown), False
    # A count that stands is no news.
    return trouble, News("counted", trouble) if trouble.heard_at == now else None, False
