"""Who asks the same shares the run: while it goes on, and for a moment after."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.signing import HeldClock
from tests.tracing.tenants import NOW, SOMEBODY
from tests.tracing.test_model import ROW
from tracing.errors import GraphUnavailable
from tracing.model import (
    Answer,
    Batch,
    Last,
    Shortfall,
    Spender,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    Window,
)
from tracing.shared import MAX_HELD, SERVED, SharedSource

QUERY = TraceQuery()
WINDOW = Window(NOW - timedelta(days=2), NOW)


class Slow:
    """A source whose runs end when told to."""

    def __init__(self, clock: HeldClock) -> None:
        self._clock = clock
        self.gate = asyncio.Event()
        self.gate.set()
        self.begun = self.cancelled = 0
        self.fault: Exception | None = None
        self.answer = Answer((ROW,), WINDOW, NOW, 1, 1)

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        await self._wait()
        return replace(self.answer, as_of=self._clock.now())

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        return replace(answer, requests=answer.requests + 1)

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        yield Batch((ROW,), (), WINDOW, 1, 1, 0)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        await self._wait()
        return (TraceEvent(NOW, message_trace_id),)

    async def _wait(self) -> None:
        self.begun += 1
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.fault:
            raise self.fault


@pytest.fixture
def inner() -> Slow:
    return Slow(HeldClock(NOW))


@pytest.fixture
def shared(inner: Slow) -> SharedSource:
    return SharedSource(inner, inner._clock)


def ask(shared: SharedSource, query: TraceQuery = QUERY) -> "asyncio.Task[Answer]":
    return asyncio.ensure_future(shared.trace(query, SOMEBODY))


async def begin(inner: Slow, *tasks: "asyncio.Task[Answer]") -> None:
    """Let *tasks* come to where they wait."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_one_run(inner: Slow, shared: SharedSource) -> None:
    """Who asks the same at the same time gets the same answer; another question is another run."""
    inner.gate.clear()
    tasks = [ask(shared) for _ in range(3)] + [ask(shared, TraceQuery(Last(timedelta(days=1))))]
    await begin(inner, *tasks)
    inner.gate.set()
    answers = await asyncio.gather(*tasks)

    assert inner.begun == 2
    assert answers[0] is answers[1] is answers[2]


async def test_giving_up(inner: Slow, shared: SharedSource) -> None:
    """One who gives up does not end the others' run; the last one does, and who comes then begins anew."""
    inner.gate.clear()
    first, second = ask(shared), ask(shared)
    await begin(inner, first, second)
    first.cancel()
    await begin(inner, first)
    going_on = inner.cancelled
    second.cancel()
    third = ask(shared)
    await begin(inner, second, third)
    inner.gate.set()

    assert (going_on, inner.cancelled) == (0, 1)
    assert (await third).rows == (ROW,)


async def test_a_moment_later(inner: Slow, shared: SharedSource) -> None:
    """A complete answer serves for a stated while, with the time it was read; then it is read anew."""
    first = await shared.trace(QUERY, SOMEBODY)
    inner._clock.advance(SERVED - timedelta(seconds=1))
    second = await shared.trace(QUERY, Spender("another"))
    inner._clock.advance(timedelta(seconds=1))
    third = await shared.trace(QUERY, SOMEBODY)

    assert second is first
    assert second.as_of == NOW
    assert third.as_of == NOW + SERVED
    assert inner.begun == 2


async def test_refresh(inner: Slow, shared: SharedSource) -> None:
    """Refresh reads anew, and what it found serves those who come after."""
    await shared.trace(QUERY, SOMEBODY)
    anew = await shared.trace(QUERY, SOMEBODY, fresh=True)

    assert inner.begun == 2
    assert await shared.trace(QUERY, SOMEBODY) is anew


async def test_incomplete(inner: Slow, shared: SharedSource) -> None:
    """What is not everything serves nobody else."""
    inner.answer = replace(inner.answer, shortfalls=frozenset({Shortfall.THROTTLED}))
    await shared.trace(QUERY, SOMEBODY)
    await shared.trace(QUERY, SOMEBODY)

    assert inner.begun == 2


async def test_bounded(inner: Slow, shared: SharedSource) -> None:
    """Of finished runs only so many rows are held; the oldest give way."""
    inner.answer = replace(inner.answer, rows=(ROW,) * (MAX_HELD // 2 + 1))
    other = TraceQuery(Last(timedelta(days=1)))
    for query in (QUERY, other, other, QUERY):
        await shared.trace(query, SOMEBODY)

    assert inner.begun == 3


async def test_fault(inner: Slow, shared: SharedSource) -> None:
    """A fault reaches everybody who waits, and is not kept."""
    inner.gate.clear()
    inner.fault = GraphUnavailable("x")
    tasks = [ask(shared), ask(shared)]
    await begin(inner, *tasks)
    inner.gate.set()
    faults = await asyncio.gather(*tasks, return_exceptions=True)
    fault, inner.fault = inner.fault, None

    assert faults == [fault, fault]
    assert (await shared.trace(QUERY, SOMEBODY)).rows == (ROW,)


async def test_details(inner: Slow, shared: SharedSource) -> None:
    """Details are shared while they are read, and read anew after."""
    inner.gate.clear()
    tasks = [asyncio.ensure_future(shared.details("a", "b", SOMEBODY)) for _ in range(2)]
    await asyncio.sleep(0)
    inner.gate.set()
    await asyncio.gather(*tasks)
    await shared.details("a", "b", SOMEBODY)

    assert inner.begun == 2


async def test_passed_on(inner: Slow, shared: SharedSource) -> None:
    """Reading on and long readings are nobody else's."""
    answer = await shared.resume(QUERY, inner.answer, SOMEBODY)
    batches = [batch async for batch in shared.batches(QUERY, SOMEBODY)]

    assert answer.requests == 2
    assert [batch.rows for batch in batches] == [(ROW,)]


async def test_close(inner: Slow, shared: SharedSource) -> None:
    """At the end nothing runs on."""
    inner.gate.clear()
    task = ask(shared)
    await begin(inner, task)
    await shared.close()

    assert inner.cancelled == 1
    assert (await asyncio.gather(task, return_exceptions=True))[0].__class__ is asyncio.CancelledError
