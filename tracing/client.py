"""Graph over httpx: tokens and retries."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from tracing.credentials import TokenProvider
from tracing.errors import GraphGarbled, GraphSlow, GraphUnavailable, Throttled
from tracing.graph import HEADERS, TokenExpired, decode_error
from tracing.model import Clock
from tracing.quota import PATIENCE
from tracing.reaching import why

SCOPE = "https://graph.microsoft.com/.default"
ATTEMPTS = 3
MAX_BODY = 32 * 1024 * 1024
"""Bytes; a full page of 5,000 rows has about two million."""


@dataclass(frozen=True)
class Call:
    """One request: `needed` is its documented permission; `before` runs ahead of every try.

    `headers` are those that its documentation requires.
    """

    method: str
    url: str
    needed: str
    content: Mapping[str, Any] | None = None
    before: Callable[[], Awaitable[None]] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


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
        headers = {**HEADERS, **call.headers, **({"Authorization": f"Bearer {token}"} if token else {})}
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


def _fault(error: Exception) -> GraphUnavailable:
    """What became of a connection; an error's text may hold the URL, so only its kind is kept."""
    kind = GraphSlow if isinstance(error, httpx.ReadTimeout) else GraphUnavailable
    return kind("Graph", why(error))


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
