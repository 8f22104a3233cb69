"""What a watch looks at: all mail is counted when there is something to weigh, and never guessed."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.errands import Errand
from bot.narrowing import Narrowing
from bot.turns import Place, PlaceKind
from bot.watch_looks import READ, WatchLooks
from bot.watch_reads import WatchReads
from bot.watching import INCOMPLETE, Standing, saw
from tests.line import HastyClock
from tests.watch_worker import Everybody, NoRecord
from tracing.errors import GraphUnavailable
from tracing.model import (
    Answer,
    Batch,
    Between,
    DeliveryStatus,
    MessageTrace,
    Spender,
    SubjectFilter,
    SubjectMode,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    Window,
)
from tracing.plan import plan
from tracing.threshold import Part
from tracing.watch import Memory, Watch, advance

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FAILED = TraceQuery(statuses=(DeliveryStatus.FAILED,))
STANDING = Standing(1, Watch(FAILED, within=HOUR, percent=20), NOW, "29:sato")
ERRAND = Errand("w", "watch", "sato", Place("https://x", "a:1", PlaceKind.PERSONAL, "t", "b"), "", "", "")


def mails(count: int, status: DeliveryStatus) -> tuple[MessageTrace, ...]:
    return tuple(
        MessageTrace(f"{status}{n}", "<x>", NOW, "a@x.jp", f"r{n}@partner.com", "merger", 1, status, "", "")
        for n in range(count)
    )


@dataclass
class Counting:
    """18 failures, and with them `others`; all mail is read as far as `how` says."""

    others: int
    how: str = "whole"
    asked: list[TraceQuery] = field(default_factory=list)

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        self.asked.append(query)
        todo = plan(query, NOW)
        failed = Answer(mails(18, DeliveryStatus.FAILED), todo.window, NOW, 1, 18)
        if query.statuses:
            return failed
        if self.how == "not at all":
            raise GraphUnavailable("down")
        every = replace(failed, rows=(*failed.rows, *mails(self.others, DeliveryStatus.DELIVERED)))
        if self.how == "unchecked":
            return replace(every, unchecked=mails(1, DeliveryStatus.PENDING))
        return every if self.how == "whole" else replace(every, rest=todo.requests)

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        if self.how == "for ever":
            await asyncio.Event().wait()
        return answer

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        yield Batch((), (), Window(NOW, NOW), 0, 0, 0)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        return ()


@dataclass
class Protecting(Everybody):
    """The same, with protected people."""

    addresses: frozenset[str] = frozenset()

    async def protected(self) -> frozenset[str]:
        return self.addresses


def looks_at(
    source: Counting, patience: timedelta = READ, protected: frozenset[str] = frozenset()
) -> WatchLooks:
    clock, people = HastyClock(NOW), Protecting(protected)
    reads = WatchReads(source, clock)
    return WatchLooks(source, reads, people, Narrowing(source, people, clock), NoRecord(), patience)


@pytest.mark.parametrize(
    ("how", "others", "part", "fault"),
    [
        ("whole", 43, Part(18, 61, HOUR), ""),
        ("whole", 90, None, ""),
        ("in part", 43, None, INCOMPLETE),
        ("in part", 90, None, ""),
        ("unchecked", 43, None, INCOMPLETE),
        ("not at all", 43, None, INCOMPLETE),
    ],
)
async def test_all_mail(how: str, others: int, part: Part | None, fault: str) -> None:
    """What could not be counted rings nothing and is said not to be seen; a part can be enough for a no."""
    source = Counting(others, how)
    looks = looks_at(source)
    found = await looks.look(ERRAND, STANDING, Memory(NOW - HOUR), NOW)
    step = advance(
        STANDING.watch, Memory(NOW - HOUR), found.rows, {}, found.whole, found.as_of, found.counted
    )
    after = saw(STANDING, step, found.requests, NOW, whole=found.whole)

    assert [news.trouble.part for news in step.news] == [part] * (part is not None)
    assert after.fault == fault
    assert [bool(query.statuses) for query in source.asked] == [True, False]


async def test_more_than_can_be_read() -> None:
    """What was read in time is told of as a part; it is not lost over the rest."""
    everything = replace(STANDING, watch=Watch(TraceQuery()))
    looks = looks_at(Counting(30, "for ever"), timedelta(0))
    period = Between(NOW - HOUR, NOW)
    digest = await looks.survey(ERRAND, everything, period, lambda rows: rows)
    alerts = await looks.look(ERRAND, everything, Memory(NOW - HOUR), NOW)

    assert (len(digest.rows), digest.whole) == (48, False)
    assert (len(alerts.rows), alerts.whole) == (48, False)


@pytest.mark.parametrize("asked", ["", "merger"])
async def test_protected_mail_is_not_counted(asked: str) -> None:
    """Mail of protected people counts neither among what failed nor among all, whatever is asked."""
    subject = SubjectFilter(SubjectMode.CONTAINS, asked) if asked else None
    watch = replace(STANDING.watch, query=replace(FAILED, subject=subject))
    looks = looks_at(Counting(43), protected=frozenset(f"r{n}@partner.com" for n in range(20, 43)))
    found = await looks.look(ERRAND, replace(STANDING, watch=watch), Memory(NOW - HOUR), NOW)
    step = advance(watch, Memory(NOW - HOUR), found.rows, {}, found.whole, found.as_of, found.counted)

    assert [news.trouble.part for news in step.news] == [Part(18, 38, HOUR)]
