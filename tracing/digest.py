"""What a day or a week brought, in numbers: by state, by trouble, and against the time before. Pure.

Each digest goes on where the last one ended. Rows appear up to an hour late: those of the last hour before
that end which were not there yet are counted with the next.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracing.model import TROUBLED, DeliveryStatus, MessageTrace, Window
from tracing.timetable import Timetable
from tracing.watch import LATENESS, LOOKS, MAX_LOOKS, Kind, Mark, Memory, Seen, mark_of

MAX_GROUPS = 5
"""Problems named in a digest, by state and destination; messages of others are only counted."""

PUNCTUAL = timedelta(minutes=15)
"""A digest that comes later than this says so."""

UNSETTLED = (DeliveryStatus.PENDING, DeliveryStatus.GETTING_STATUS)
"""States that will still change."""


@dataclass(frozen=True)
class Group:
    """Messages of one state to one destination; `cause` is "" if none was read.

    The cause was read for `known` of them. It also stands for the others if it is the only one found.
    """

    status: str
    domain: str
    cause: str
    count: int
    known: int = 1


@dataclass(frozen=True)
class Digest:
    """What was received from `start` to `end`, up to when data were read. It was `due_at`.

    `counts` are of states, trouble first; `groups` the largest troubles, and `others` mails of smaller ones.
    `before` are the counts of the digest before, None for the first one. Not `whole`: there is more.
    """

    start: datetime
    end: datetime
    due_at: datetime
    counts: tuple[tuple[str, int], ...]
    groups: tuple[Group, ...] = ()
    others: int = 0
    whole: bool = True
    before: tuple[tuple[str, int], ...] | None = None

    @property
    def trouble(self) -> int:
        """Mails in states that need somebody."""
        return sum(count for status, count in self.counts if status in TROUBLED)

    @property
    def unsettled(self) -> int:
        """Mails whose state will still change."""
        return sum(count for status, count in self.counts if status in UNSETTLED)

    @property
    def is_late(self) -> bool:
        return self.end - self.due_at > PUNCTUAL

    def change(self, status: str) -> int | None:
        """How many more there are than the time before; None when there was none."""
        if self.before is None:
            return None
        return dict(self.counts).get(status, 0) - dict(self.before).get(status, 0)


def start_of(timetable: Timetable, covered_to: datetime | None, begun_at: datetime) -> datetime:
    """From when on a digest counts: where the last one ended, or the last time before it was begun."""
    return covered_to or timetable.before(begun_at)


def read_from(start: datetime, covered_to: datetime | None) -> datetime:
    """From when on rows are read for it: also what may have come late."""
    return start if covered_to is None else start - LATENESS


def uncounted(memory: Memory, rows: Iterable[MessageTrace], start: datetime) -> list[MessageTrace]:
    """Those of *rows* that no digest before counted."""
    known = {mark[:2] for mark in memory.seen}
    return [row for row in rows if row.received_date_time > start or row.key not in known]


def to_remember(rows: Iterable[MessageTrace], end: datetime) -> tuple[Seen, ...]:
    """Those of *rows* that the next digest reads again."""
    last = end - LATENESS
    return tuple(Seen(mark_of(row), row.received_date_time) for row in rows if row.received_date_time >= last)


def ranked(rows: Sequence[MessageTrace]) -> list[tuple[Kind, list[MessageTrace]]]:
    """*rows* in trouble by state and destination, the largest group first, the newest row first in each."""
    groups: dict[Kind, list[MessageTrace]] = {}
    for row in sorted(rows, key=lambda row: row.received_date_time, reverse=True):
        if row.status in TROUBLED:
            groups.setdefault((str(row.status), row.recipient_address.rpartition("@")[2].lower()), []).append(
                row
            )
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def to_explain(rows: Sequence[MessageTrace]) -> list[MessageTrace]:
    """The *rows* whose events are read for causes: the newest of each large problem, then further ones."""
    groups = [some for _, some in ranked(rows)[:MAX_GROUPS]]
    return [some[at] for at in range(LOOKS) for some in groups if at < len(some)][:MAX_LOOKS]


def _by_cause(kind: Kind, rows: Sequence[MessageTrace], causes: Mapping[Mark, str]) -> list[Group]:
    """The messages of one state and destination by cause; unread ones are a group if several causes exist."""
    known = Counter(cause for row in rows if (cause := causes.get(mark_of(row), "")))
    if len(known) == 1:
        [(cause, looked)] = known.items()
        return [Group(*kind, cause, len(rows), looked)]
    groups = [Group(*kind, cause, count, count) for cause, count in known.most_common()]
    unseen = len(rows) - known.total()
    return [*groups, Group(*kind, "", unseen, 0)] if unseen else groups


def digested(
    rows: Sequence[MessageTrace],
    causes: Mapping[Mark, str],
    window: Window,
    due_at: datetime,
    before: tuple[tuple[str, int], ...] | None,
    *,
    whole: bool,
) -> Digest:
    """The digest of *rows*, received in *window*; *causes* are those of rows whose events were read."""
    counts = Counter(str(row.status) for row in rows)
    groups = ranked(rows)
    named = tuple(group for kind, some in groups[:MAX_GROUPS] for group in _by_cause(kind, some, causes))
    return Digest(
        window.start,
        window.end,
        due_at,
        tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0]))),
        named,
        sum(len(some) for _, some in groups[MAX_GROUPS:]),
        whole,
        before,
    )
