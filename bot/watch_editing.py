"""A watch that is changed: what of its options was said, and what it knows afterwards. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.watch_options import Said
from bot.watching import Standing
from cards.mention import Mention
from tracing.model import Last, TraceQuery
from tracing.quiet import Quiet
from tracing.timetable import Timetable
from tracing.watch import Watch

_LATE = timedelta(minutes=1)
"""A watch that is due later than its interval says, by more than this, was snoozed."""


@dataclass(frozen=True)
class Wanted:
    """What a watch is to be."""

    watch: Watch
    quiet: Quiet
    mentions: tuple[Mention, ...]


def reworded(watch: Watch, query: TraceQuery | None, said: Said, zone: str) -> Watch:
    """*watch* with the conditions of *query*, None for its own, and what was *said*, by the clocks of *zone*.

    The time in which rows count as together follows the interval while it is as long.
    """
    every = said.every or watch.every
    within = said.within or (every if watch.within == watch.every else watch.within)
    changed = replace(
        watch,
        query=query or watch.query,
        every=every,
        within=within,
        more_than=watch.more_than if said.more_than is None else said.more_than,
        percent=watch.percent if said.percent is None else said.percent,
    )
    if said.times is not None:
        weekday, at = said.times
        changed = replace(changed, timetable=Timetable(at, zone, weekday), more_than=0, percent=0)
    if changed.timetable is not None:
        period = Last(timedelta(days=changed.timetable.days))
        changed = replace(changed, query=replace(changed.query, period=period))
    return changed


def is_same(watch: Watch, other: Watch) -> bool:
    """Whether both look for the same mail, however far back and in whatever way they tell of it."""
    alike = replace(other.query, period=watch.query.period) == watch.query
    return alike and watch.mine == other.mine and (watch.timetable is None) == (other.timetable is None)


def amended(standing: Standing, wanted: Wanted, now: datetime) -> Standing:
    """*standing* as it goes on as *wanted*: it knows what it knew where it looks for the same, else nothing.

    Where it looks further back than it did, what lies there is no news. What it had to say of other mail
    is no longer said.
    """
    after = replace(standing, watch=wanted.watch, quiet=wanted.quiet, mentions=wanted.mentions)
    if not is_same(standing.watch, wanted.watch):
        return replace(
            after,
            troubles=(),
            outbox=(),
            fault="",
            blind_since=None,
            blind_told=False,
            unsure=False,
            known_from=None,
            digest=None,
            digested=None,
        )
    if _days(wanted.watch) != _days(standing.watch):
        # A week has more mail than a day.
        after = replace(after, digested=None)
    if wanted.watch.span <= standing.watch.span:
        return after
    last = min(at for at in (now, standing.last_run, standing.blind_since) if at is not None)
    looked = last - standing.watch.span
    return replace(after, known_from=max(looked, standing.known_from or looked))


def _days(watch: Watch) -> int:
    return watch.timetable.days if watch.timetable else 0


def is_snoozed(standing: Standing, due_at: datetime) -> bool:
    """Whether the watch, due then, sleeps longer than it would by itself."""
    if standing.last_run is None or standing.watch.timetable is not None:
        return standing.watch.timetable is not None
    return due_at > standing.last_run + standing.watch.every + _LATE
