"""Message traces read from Graph: one reader of pages, and two who read with it.

A person's trace spends a few requests and says what is left; a long reading gives rows out as they come.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import timedelta

from tracing import agenda
from tracing.agenda import Agenda
from tracing.client import Call, GraphHttp
from tracing.errors import AllowanceSpent, GraphError, GraphGarbled, Throttled
from tracing.graph import (
    PAGE_SIZE,
    TRACE_PERMISSION,
    CursorLost,
    decode_details,
    decode_rows,
    encode,
    encode_details,
    next_page,
)
from tracing.inside import MAX_LOOKED_INTO, asks_inside
from tracing.model import (
    MAX_ROWS,
    Answer,
    Batch,
    Clock,
    MessageTrace,
    Progress,
    Spender,
    TraceEvent,
    TraceQuery,
    TraceRequest,
)
from tracing.plan import brings, meets, plan, way_of, ways
from tracing.quota import PATIENCE, Budget
from tracing.reading import Reading

log = logging.getLogger(__name__)

_MAX_PAGES = 40
"""Of the events of one message."""
_POLL = timedelta(seconds=5)
"""Who waits for a request asks again so often: those ahead may have gone."""
_NO_HINT = timedelta(minutes=1)
_THROTTLED_AT_MOST = 5
_LOOKS_AT_ONCE = 4


class GraphSource:
    """Message traces of a tenant, read from Graph: the first `Source`."""

    def __init__(self, graph: GraphHttp, budget: Budget, clock: Clock, page_size: int = PAGE_SIZE) -> None:
        self._page_size = page_size
        self._graph = graph
        self._budget = budget
        self._clock = clock

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        """What the requests of one question bring for *query*; `shortfalls` and `rest` say what is missing.

        Raises: QueryError; GraphError if not even one page could be read.
        """
        as_of = self._clock.now()
        todo = plan(query, as_of)
        begun = Answer((), todo.window, as_of, 0, 0, todo.shortfalls, todo.requests)
        reading = Reading(query, begun, _allowed(spender))
        fault = await self._read_on(reading, self._purse(spender))
        if fault is not None and reading.pages == 0:
            raise fault
        return reading.answer()

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        """*answer* with what one more question brings of its rest."""
        reading = Reading(query, answer, _allowed(spender))
        await self._read_on(reading, self._purse(spender))
        return reading.answer()

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        """See `tracing.model.Source`."""
        todo = plan(query, self._clock.now())
        left = Agenda(query, todo.requests if rest is None else rest)
        purse, every = self._purse(spender), ways(query)
        scanned = throttled = 0
        while left.rest:
            try:
                async with aclosing(self._through(left, purse)) as pages:
                    async for request, rows in pages:
                        throttled = 0
                        scanned += len(rows)
                        # Of several ways that bring a row, the first gives it out.
                        first = every[: every.index(way_of(request))] if way_of(request) in every else ()
                        fit = (row for row in rows if meets(query, row))
                        given = tuple(row for row in fit if not any(brings(way, row) for way in first))
                        yield Batch(
                            given,
                            left.rest,
                            todo.window,
                            purse.requests,
                            scanned,
                            left.left,
                            todo.shortfalls,
                        )
            except Throttled as error:
                throttled += 1
                if not spender.background or throttled >= _THROTTLED_AT_MOST:
                    raise
                await self._clock.sleep((error.retry_after or _NO_HINT).total_seconds())

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        """The events of one message on its way to one recipient, as they came. Raises: GraphError."""
        return await self._events(message_trace_id, recipient_address, self._purse(spender))

    async def _events(
        self, message_trace_id: str, recipient_address: str, purse: "_Purse"
    ) -> tuple[TraceEvent, ...]:
        link: str | None = encode_details(message_trace_id, recipient_address, self._graph.root)
        events: list[TraceEvent] = []
        seen: set[str] = set()
        while link is not None:
            if link in seen or len(seen) >= _MAX_PAGES:
                raise GraphGarbled("events without an end")
            seen.add(link)
            body = await self._get(link, purse)
            events += decode_details(body)
            try:
                link = next_page(body, self._graph.root)
            except CursorLost as error:
                raise GraphGarbled("events that cannot be followed") from error
        return tuple(events)

    async def _read_on(self, reading: Reading, purse: "_Purse") -> GraphError | None:
        """Read as much as a question may cost, trouble separately if needed; return the error that ended
        it."""
        try:
            await self._read(reading, reading.left, purse, MAX_ROWS)
            if reading.turn_to_trouble():
                await self._read(reading, reading.trouble, purse, 2 * MAX_ROWS)
            if asks_inside(reading.query):
                await self._look_inside(reading, purse)
        except AllowanceSpent as error:
            return error
        except GraphError as error:
            # What was read is worth more than nothing, as long as the answer says that it is not all.
            log.warning("a trace was cut short: %s", type(error).__name__)
            reading.cut_short(error)
            return error
        finally:
            reading.requests += purse.requests
        return None

    async def _read(self, reading: Reading, left: Agenda, purse: "_Purse", room: int) -> None:
        if not left.rest or len(reading.rows) >= room or purse.requests >= reading.most:
            return
        async with aclosing(self._through(left, purse)) as pages:
            async for _, rows in pages:
                reading.add(rows)
                purse.tell(reading.progress(left))
                if len(reading.rows) >= room or purse.requests >= reading.allowance(left, purse.requests):
                    return

    async def _look_inside(self, reading: Reading, purse: "_Purse") -> None:
        """Keep the rows whose events meet the conditions; those not read stay unchecked."""
        first, inside = reading.unchecked(), asyncio.Semaphore(_LOOKS_AT_ONCE)

        async def look(row: MessageTrace) -> None:
            async with inside:
                events = await self._events(row.message_trace_id, row.recipient_address, purse)
            reading.checked(row, events)

        most = min(MAX_LOOKED_INTO, purse.left)
        looks = [asyncio.ensure_future(look(row)) for row in first[:most]]
        try:
            await asyncio.gather(*looks)
        finally:
            for one in looks:
                one.cancel()
            await asyncio.gather(*looks, return_exceptions=True)

    async def _through(
        self, left: Agenda, purse: "_Purse"
    ) -> AsyncGenerator[tuple[TraceRequest, tuple[MessageTrace, ...]], None]:
        """The pages of *left*, which is kept up to date ahead of each."""
        while (request := left.next()) is not None:
            async with aclosing(self._pages(request, purse)) as pages:
                async for rows, rest in pages:
                    ahead = left.note(rows, rest)
                    yield request, rows
                    if not ahead:
                        break

    async def _pages(
        self, request: TraceRequest, purse: "_Purse"
    ) -> AsyncGenerator[tuple[tuple[MessageTrace, ...], TraceRequest | None], None]:
        """The rows of every page of *request*, none twice, and what is left behind them.

        Taken up again by time where the service loses its own cursor. Raises: GraphError.
        """
        link: str | None = encode(request, self._graph.root, self._page_size)
        started, read = {link}, set[str]()
        while link is not None:
            rows: tuple[MessageTrace, ...] | None = None
            try:
                body = await self._get(link, purse)
                read.add(link)
                page = decode_rows(body)
                rows = tuple(agenda.unread(request, page))
                request = agenda.cut(request, page)
                link = next_page(body, self._graph.root)
                lost = link in read
            except CursorLost:
                lost = True
            if lost:
                # Ask again from the last row's time: github.com/elastic/integrations/issues/18985
                link = encode(request, self._graph.root, self._page_size)
            if rows is not None:
                yield rows, request if link is not None else None
            if lost and link in started:
                raise GraphGarbled("a list that cannot be followed")
            if lost:
                started.add(link)

    async def _get(self, url: str, purse: "_Purse") -> object:
        return await self._graph.send(Call("GET", url, TRACE_PERMISSION, before=purse.spend))

    def _purse(self, spender: Spender) -> "_Purse":
        return _Purse(spender, self._wait)

    async def _wait(self, spender: Spender) -> None:
        """Wait for a request of the budget. Raises: Throttled: longer than a person sits through."""
        waited = timedelta(0)
        while wait := await self._budget.take(spender):
            if not spender.background and waited + wait > PATIENCE:
                raise Throttled(wait)
            nap = min(wait, _POLL)
            waited += nap
            await self._clock.sleep(nap.total_seconds())


class _Purse:
    """What one reading spends."""

    def __init__(self, spender: Spender, wait: Callable[[Spender], Awaitable[None]]) -> None:
        self._spender = spender
        self._wait = wait
        self.requests = 0

    @property
    def left(self) -> int:
        """The requests the question has left."""
        allowance = self._spender.allowance
        return MAX_LOOKED_INTO if allowance is None else allowance.left

    def tell(self, progress: Progress) -> None:
        """Say how far the reading is to whoever watches."""
        if self._spender.watch is not None:
            self._spender.watch(progress)

    async def spend(self) -> None:
        """Spend one more request. Raises: Throttled, AllowanceSpent."""
        allowance = self._spender.allowance
        if allowance is not None:
            if allowance.left <= 0:
                raise AllowanceSpent
            allowance.left -= 1
        try:
            await self._wait(self._spender)
        except BaseException:
            if allowance is not None:
                allowance.left += 1
            raise
        self.requests += 1


def _allowed(spender: Spender) -> int | None:
    return None if spender.allowance is None else spender.allowance.left
