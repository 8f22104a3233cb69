"""Graph over httpx: tokens, paging, retries. The shell around `plan` and `graph`."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, NoReturn

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from tracing.credentials import TokenProvider
from tracing.errors import GraphError, GraphGarbled, GraphSlow, GraphUnavailable, Throttled
from tracing.graph import (
    HEADERS,
    PAGE_SIZE,
    TRACE_PERMISSION,
    CursorLost,
    TokenExpired,
    decode_details,
    decode_error,
    decode_rows,
    encode,
    encode_details,
    next_page,
)
from tracing.model import MAX_ROWS, Answer, Clock, MessageTrace, Shortfall, TraceEvent, TraceQuery
from tracing.plan import TraceRequest, meets, plan
from tracing.quota import Budget

log = logging.getLogger(__name__)

SCOPE = "https://graph.microsoft.com/.default"
PATIENCE = timedelta(seconds=20)
"""The longest wait for a quota that a person sits through; longer ones are told."""
ATTEMPTS = 3
MAX_REQUESTS = 40
"""What one question may spend of the tenant's hundred in five minutes."""
_INSTANT = timedelta(microseconds=1)
MAX_BODY = 32 * 1024 * 1024
"""Bytes; a full page of 5,000 rows has about two million."""


@dataclass(frozen=True)
class Call:
    """One request: `needed` is the permission it documents; `before` runs ahead of every try."""

    method: str
    url: str
    needed: str
    content: Mapping[str, Any] | None = None
    before: Callable[[], Awaitable[None]] | None = None


class GraphHttp:
    """Calls of Graph with a token, one renewal, and retries of what can heal.

    *tokens* is None where no token may be sent: an unauthenticated Graph on loopback.
    """

    def __init__(
        self, http: httpx.AsyncClient, root: str, tokens: TokenProvider | None, clock: Clock
    ) -> None:
        self.root = root.rstrip("/")
        self._http = http
        self._tokens = tokens
        self._clock = clock

    async def send(self, call: Call) -> Any:
        """The decoded JSON of the answer. Raises: GraphError."""
        retrying = AsyncRetrying(
            retry=retry_if_exception(_can_heal),
            wait=_pause,
            stop=stop_after_attempt(ATTEMPTS),
            sleep=self._clock.sleep,
            reraise=True,
        )
        return await retrying(self._with_token, call)

    async def _with_token(self, call: Call) -> Any:
        if self._tokens is None:
            return await self._once(call, None)
        try:
            return await self._once(call, await self._tokens.get(SCOPE))
        except TokenExpired:
            return await self._once(call, await self._tokens.renew(SCOPE))

    async def _once(self, call: Call, token: str | None) -> Any:
        if call.before is not None:
            await call.before()
        headers = HEADERS | ({"Authorization": f"Bearer {token}"} if token else {})
        try:
            async with self._http.stream(
                call.method, call.url, json=call.content, headers=headers
            ) as response:
                body = await _read(response)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise _fault(error) from error
        if not response.is_success:
            raise decode_error(response.status_code, response.headers, body, call.needed, self._clock.now())
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise GraphGarbled("an answer that is not JSON") from error


class GraphSource:
    """Message traces of a tenant, read from Graph: the first `Source`."""

    def __init__(self, graph: GraphHttp, budget: Budget, clock: Clock, page_size: int = PAGE_SIZE) -> None:
        self._page_size = page_size
        self._graph = graph
        self._budget = budget
        self._clock = clock

    async def trace(self, query: TraceQuery) -> Answer:
        """Everything Graph has for *query*; what is missing stands in `shortfalls`.

        Raises: QueryError; GraphError when not even one page could be read.
        """
        as_of = self._clock.now()
        todo = plan(query, as_of)
        reading = _Reading(query)
        shortfalls = set(todo.shortfalls)
        for request in todo.requests:
            try:
                await self._list(request, reading)
            except _Stopped as stop:
                shortfalls.add(stop.shortfall)
                break
            except GraphError as error:
                if reading.pages == 0:
                    raise
                # What was read is worth more than nothing, as long as the answer says that it is not all.
                log.warning("a trace was cut short: %s", type(error).__name__)
                shortfalls.add(Shortfall.THROTTLED if isinstance(error, Throttled) else Shortfall.INTERRUPTED)
                break
        found = sorted(reading.rows.values(), key=lambda row: row.received_date_time, reverse=True)
        return Answer(
            tuple(found), todo.window, as_of, reading.requests, reading.scanned, frozenset(shortfalls)
        )

    async def details(self, message_trace_id: str, recipient_address: str) -> tuple[TraceEvent, ...]:
        """The events of one message on its way to one recipient, as they came. Raises: GraphError."""
        link: str | None = encode_details(message_trace_id, recipient_address, self._graph.root)
        events: list[TraceEvent] = []
        seen: set[str] = set()
        while link is not None:
            if link in seen or len(seen) >= MAX_REQUESTS:
                raise GraphGarbled("events without an end")
            seen.add(link)
            body = await self._get(link, self._spend)
            events += decode_details(body)
            try:
                link = next_page(body, self._graph.root)
            except CursorLost as error:
                raise GraphGarbled("events that cannot be followed") from error
        return tuple(events)

    async def _list(self, request: TraceRequest, reading: "_Reading") -> None:
        """Read every page of *request*; taken up again by time where the service loses its own cursor.

        Raises: _Stopped: a limit, or no way forward; GraphError.
        """
        link: str | None = encode(request, self._graph.root, self._page_size)
        last = request.window.end
        started, read = {link}, set[str]()

        async def spend() -> None:
            await self._spend()
            reading.requests += 1

        while link is not None:
            if reading.requests >= MAX_REQUESTS:
                raise _Stopped(Shortfall.REQUEST_LIMIT)
            try:
                body = await self._get(link, spend)
                read.add(link)
                rows = decode_rows(body)
                # The service counts seven decimals, a datetime six: up, or the border's rows are lost.
                last = min(rows[-1].received_date_time, last - _INSTANT) + _INSTANT if rows else last
                reading.add(rows)
                link = next_page(body, self._graph.root)
                lost = link in read
            except CursorLost:
                lost = True
            if lost:
                # Ask again from the last row's time; rows held already are known by their key.
                # github.com/elastic/integrations/issues/18985
                rest = replace(request, window=replace(request.window, end=last))
                link = encode(rest, self._graph.root, self._page_size)
                if link in started:
                    reading.stand_still()
                started.add(link)

    async def _get(self, url: str, before: Callable[[], Awaitable[None]]) -> Any:
        body = await self._graph.send(Call("GET", url, TRACE_PERMISSION, before=before))
        return body if isinstance(body, dict) else {}

    async def _spend(self) -> None:
        """Wait for a request of the budget. Raises: Throttled: longer than a person sits through."""
        waited = timedelta(0)
        while wait := await self._budget.take():
            waited += wait
            if waited > PATIENCE:
                raise Throttled(wait)
            await self._clock.sleep(wait.total_seconds())


@dataclass
class _Stopped(Exception):
    shortfall: Shortfall


class _Reading:
    """What one question has read so far."""

    def __init__(self, query: TraceQuery) -> None:
        self.query = query
        self.rows: dict[tuple[str, str], MessageTrace] = {}
        self.requests = self.pages = self.scanned = 0

    def stand_still(self) -> NoReturn:
        """Time has not moved on either. Raises: _Stopped; GraphUnavailable where nothing was read at all."""
        if self.pages == 0:
            raise GraphGarbled("a list that cannot be read")
        raise _Stopped(Shortfall.INTERRUPTED)

    def add(self, rows: tuple[MessageTrace, ...]) -> None:
        self.pages += 1
        self.scanned += len(rows)
        for row in rows:
            if meets(self.query, row):
                if row.key not in self.rows and len(self.rows) >= MAX_ROWS:
                    raise _Stopped(Shortfall.ROW_LIMIT)
                self.rows[row.key] = row


def _fault(error: Exception) -> GraphUnavailable:
    """What became of a connection; an error's text may hold the URL, so only its kind is kept."""
    kind = type(error).__name__
    return GraphSlow(kind) if isinstance(error, httpx.ReadTimeout) else GraphUnavailable(kind)


async def _read(response: httpx.Response) -> bytes:
    body = bytearray()
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > MAX_BODY:
                raise GraphGarbled("an answer beyond any page")
    except (httpx.RemoteProtocolError, httpx.DecodingError) as error:
        raise GraphGarbled("an answer that broke off") from error
    return bytes(body)


def _can_heal(error: BaseException) -> bool:
    if isinstance(error, Throttled):
        return error.retry_after is None or error.retry_after <= PATIENCE
    return isinstance(error, GraphUnavailable)


def _pause(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, Throttled) and error.retry_after is not None:
        return error.retry_after.total_seconds()
    return float(min(2**state.attempt_number, 8))
