"""One read serves all the watches it can, and is never wider than it may be."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.watch_reads import TOO_MANY, WIDE, WatchReads, wide_of
from tests.line import HastyClock
from tracing.model import (
    AddressPattern,
    Answer,
    Batch,
    Between,
    DeliveryStatus,
    Last,
    MessageTrace,
    Shortfall,
    Spender,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    Window,
)
from tracing.shared import SharedSource

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
WHO = Spender("anna", background=True)
FAILED = TraceQuery(Last(DAY), statuses=(DeliveryStatus.FAILED,))
PARTNER = replace(FAILED, recipients=(AddressPattern("*@partner.com"),))
OTHER = replace(FAILED, recipients=(AddressPattern("*@other.example"),))


def row(number: int, domain: str, at: datetime = NOW) -> MessageTrace:
    return MessageTrace(f"{number}", "<x>", at, "a@x.jp", f"r@{domain}", "", 1, DeliveryStatus.FAILED, "", "")


ROWS = (row(1, "partner.com"), row(2, "other.example"), row(3, "partner.com", NOW - DAY * 1.5))


@dataclass
class Counted:
    """A source that answers anything with ROWS, and notes what it was asked."""

    clock: HastyClock
    full: bool = False
    asked: list[TraceQuery] = field(default_factory=list)

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        self.asked.append(query)
        now = self.clock.now()
        short = frozenset({Shortfall.REQUEST_LIMIT}) if self.full and not query.recipients else frozenset()
        return Answer(ROWS, Window(now - WIDE.duration, now), now, 3, 3, short)

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        return replace(answer, requests=9)

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        yield Batch((), (), Window(NOW, NOW), 0, 0, 0)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        return ()


@pytest.fixture
def clock() -> HastyClock:
    return HastyClock(NOW)


@pytest.fixture
def source(clock: HastyClock) -> Counted:
    return Counted(clock)


@pytest.fixture
def reads(source: Counted, clock: HastyClock) -> WatchReads:
    return WatchReads(SharedSource(source, clock), clock)


async def test_one_read_for_many(reads: WatchReads, source: Counted, clock: HastyClock) -> None:
    """Watches of the same states share a read: each gets its own rows, the second one for nothing."""
    first = await reads.trace(PARTNER, WHO)
    clock.pass_time(timedelta(seconds=20))
    second = await reads.trace(OTHER, WHO)

    assert source.asked == [TraceQuery(WIDE, statuses=(DeliveryStatus.FAILED,))]
    assert [one.message_trace_id for one in first.rows] == ["1"]
    assert [one.message_trace_id for one in second.rows] == ["2"]
    assert (first.requests, second.requests) == (3, 0)
    assert first.window.start == NOW - DAY


async def test_too_many_to_share(reads: WatchReads, source: Counted, clock: HastyClock) -> None:
    """Where a wide read is not whole, watches read for themselves, and it is tried again hours later."""
    source.full = True
    for _ in range(2):
        answer = await reads.trace(PARTNER, WHO)
        clock.pass_time(timedelta(minutes=5))
    clock.pass_time(TOO_MANY)
    await reads.trace(PARTNER, WHO)

    assert not answer.shortfalls
    assert [bool(query.recipients) for query in source.asked] == [False, True, True, False, True]
    assert (await reads.resume(PARTNER, answer, WHO)).requests == 9


@pytest.mark.parametrize(
    "query",
    [
        replace(FAILED, confined_to=(AddressPattern("tanaka@contoso.co.jp"),)),
        replace(FAILED, statuses=()),
        replace(FAILED, statuses=(DeliveryStatus.FAILED, DeliveryStatus.DELIVERED)),
        replace(FAILED, period=Between(NOW - DAY, NOW)),
        replace(FAILED, message_trace_ids=("x",)),
    ],
    ids=["own mail", "any state", "delivered too", "a gap", "one message"],
)
def test_never_wider(query: TraceQuery) -> None:
    """What is one's own is read no wider, nor what would bring far more than was asked for."""
    assert wide_of(query) is None
