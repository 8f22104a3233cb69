"""A source around one: who asks the same at the same time, or a moment later, shares the run.

What is shared is rows. Whoever asks narrows them to their reader afterwards, and is told when they were read.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from tracing.age import Instant, instant, is_over
from tracing.model import Answer, Batch, Clock, Source, Spender, TraceEvent, TraceQuery, TraceRequest

SERVED = timedelta(seconds=60)
"""How long a finished, complete run serves others; “refresh” reads anew."""
MAX_HELD = 100_000
"""Rows of all finished runs together, about a hundred megabytes; the oldest go first."""

_T = TypeVar("_T")


@dataclass
class _Flight:
    task: asyncio.Task[Any]
    waiters: int = 0


class SharedSource:
    """Meets `Source` around another one. *count* hears of each question whether another's run answered it."""

    def __init__(self, source: Source, clock: Clock, count: Callable[[bool], None] | None = None) -> None:
        self._source = source
        self._clock = clock
        self._count = count or (lambda _: None)
        self._flights: dict[Hashable, _Flight] = {}
        self._finished: dict[TraceQuery, tuple[Instant, Answer]] = {}

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        """What this run or another found for *query*; `as_of` says when. Raises: QueryError, GraphError."""
        self._forget()
        _, known = (None, None) if fresh else self._finished.get(query, (None, None))
        self._count(known is not None or query in self._flights)
        if known is not None:
            return known

        async def run() -> Answer:
            begun = instant(self._clock)
            answer = await self._source.trace(query, spender, fresh=fresh)
            self._remember(query, begun, answer)
            return answer

        return await self._join(query, run)

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        """Not shared: where two read on, their answers differ."""
        return await self._source.resume(query, answer, spender)

    def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        """Not shared: each is written to a file of its own."""
        return self._source.batches(query, spender, rest)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        """Shared while they are read, and not kept: a detail is opened to see how it stands now."""
        return await self._join(
            (message_trace_id, recipient_address),
            lambda: self._source.details(message_trace_id, recipient_address, spender, fresh=fresh),
        )

    async def close(self) -> None:
        """End what still runs."""
        tasks = [flight.task for flight in self._flights.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _join(self, key: Hashable, run: Callable[[], Awaitable[_T]]) -> _T:
        """Wait for the run under *key*, or begin it. Who gives up leaves it to others; the last ends it."""
        flight = self._flights.get(key)
        if flight is None:
            flight = self._flights[key] = _Flight(asyncio.ensure_future(run()))
            flight.task.add_done_callback(lambda task: self._land(key, task))
        flight.waiters += 1
        try:
            result: _T = await asyncio.shield(flight.task)
            return result
        finally:
            flight.waiters -= 1
            if not flight.waiters and not flight.task.done():
                # Nobody may board what is being ended.
                self._flights.pop(key, None)
                flight.task.cancel()
                await asyncio.gather(flight.task, return_exceptions=True)

    def _land(self, key: Hashable, task: asyncio.Task[Any]) -> None:
        flight = self._flights.get(key)
        if flight is not None and flight.task is task:
            del self._flights[key]
        if not task.cancelled():
            task.exception()

    def _remember(self, query: TraceQuery, begun: Instant, answer: Answer) -> None:
        self._finished.pop(query, None)
        if answer.shortfalls or answer.rest or len(answer.rows) > MAX_HELD:
            return
        self._finished[query] = begun, answer
        while sum(len(held.rows) for _, held in self._finished.values()) > MAX_HELD:
            del self._finished[next(iter(self._finished))]

    def _forget(self) -> None:
        now = instant(self._clock)
        for query in [one for one, (begun, _) in self._finished.items() if is_over(begun, now, SERVED)]:
            del self._finished[query]
