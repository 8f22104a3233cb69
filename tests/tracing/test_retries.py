"""What a call of Graph does about refusals: renew once, retry what heals, wait no longer than a person."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest
from aiohttp import web

from demo.mailbox import CASES, Mailbox
from demo.tenant import ALWAYS, Faults
from tests.signing import HeldClock
from tests.tracing.tenants import NOW, SOMEBODY, TOKEN, PlainBudget, Reading, Tokens, flood, keys, visible
from tracing.client import ATTEMPTS, Call, GraphHttp
from tracing.errors import (
    CredentialsRefused,
    GraphError,
    GraphGarbled,
    GraphRefused,
    GraphSlow,
    GraphUnavailable,
    NotPermitted,
    PrerequisiteMissing,
    Throttled,
)
from tracing.model import Answer, Shortfall, Spender, TraceQuery
from tracing.quota import LIMIT
from tracing.source import GraphSource

SECOND = timedelta(seconds=1)


async def refusal(reading: Reading) -> GraphError:
    with pytest.raises(GraphError) as caught:
        await reading.source.trace(TraceQuery(), SOMEBODY)
    return caught.value


# --- waiting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faults", "slept"),
    [
        (Faults(throttle=1, retry_after=17), [17]),
        (Faults(throttle=2, retry_after=5), [5, 5]),
        (Faults(throttle=1, retry_after=17, retry_after_as_date=True), [17]),
        (Faults(throttle=1, retry_after=0), [0]),
        (Faults(throttle=2, retry_after=None), [2, 4]),
        (Faults(server_error=2), [2, 4]),
        (Faults(server_error=1, server_error_status=504), [2]),
        (Faults(dropped=1), [2]),
        (Faults(half_page=1), [2]),
    ],
)
async def test_heals(faults: Faults, slept: list[float]) -> None:
    """What heals is tried again after the wait Graph names, or a growing one of our own."""
    async with Reading(faults=faults) as reading:
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert answer.rows
    assert not answer.shortfalls
    assert reading.clock.slept == slept
    assert answer.requests == len(reading.budget.stamps) == len(reading.tenant.requests) == len(slept) + 1


@pytest.mark.parametrize(
    ("faults", "expected", "tries"),
    [
        (Faults(throttle=ALWAYS, retry_after=21), Throttled, 1),
        (Faults(throttle=ALWAYS, retry_after=20), Throttled, ATTEMPTS),
        (Faults(throttle=ALWAYS, retry_after=None), Throttled, ATTEMPTS),
        (Faults(server_error=ALWAYS), GraphUnavailable, ATTEMPTS),
        (Faults(server_error=ALWAYS, server_error_status=502), GraphUnavailable, ATTEMPTS),
        (Faults(dropped=ALWAYS), GraphUnavailable, ATTEMPTS),
        (Faults(half_page=ALWAYS), GraphGarbled, ATTEMPTS),
        (Faults(permission_missing=ALWAYS), NotPermitted, 1),
        (Faults(prerequisite_missing=ALWAYS), PrerequisiteMissing, 1),
        (Faults(prerequisite_missing=ALWAYS, prerequisite_status=403), PrerequisiteMissing, 1),
        (Faults(token_expired=ALWAYS), CredentialsRefused, 2),
    ],
)
async def test_gives_up(faults: Faults, expected: type[GraphError], tries: int) -> None:
    """What does not heal, or not in a person's time, is told after as many tries as make sense."""
    async with Reading(faults=faults) as reading:
        error = await refusal(reading)

    assert isinstance(error, expected)
    assert len(reading.tenant.requests) == len(reading.budget.stamps) == tries


async def test_how_long() -> None:
    """A wait beyond patience is told, not waited for."""
    async with Reading(faults=Faults(throttle=1, retry_after=90)) as reading:
        error = await refusal(reading)

    assert isinstance(error, Throttled)
    assert error.retry_after == 90 * SECOND
    assert reading.clock.slept == []


@pytest.mark.parametrize(
    ("faults", "shortfall"),
    [
        (Faults(throttle=ALWAYS, retry_after=60), Shortfall.THROTTLED),
        (Faults(server_error=ALWAYS), Shortfall.INTERRUPTED),
        (Faults(permission_missing=ALWAYS), Shortfall.INTERRUPTED),
    ],
)
async def test_midway(faults: Faults, shortfall: Shortfall) -> None:
    """What was read before a refusal is told, and that it is not all."""
    mailbox = Mailbox(flood(5, f"flood {n}", timedelta(hours=n + 1)) for n in range(4))
    async with Reading(mailbox, page_size=6) as reading:
        answer = await _refused_after(reading, 1, faults)

    assert answer.shortfalls == {shortfall}
    assert len(answer.rows) == 6
    assert keys(answer.rows) < keys(visible(mailbox, NOW))


async def _refused_after(reading: Reading, pages: int, faults: Faults) -> Answer:
    """A trace whose tenant turns bad once it has answered *pages* times."""

    class Turning(PlainBudget):
        async def take(self, spender: Spender) -> timedelta:
            if len(self.stamps) == pages:
                reading.tenant.faults = faults
            return await super().take(spender)

    source = GraphSource(reading.graph, Turning(reading.clock), reading.clock, page_size=6)
    return await source.trace(TraceQuery(), SOMEBODY)


# --- the purse -------------------------------------------------------------------------------------


async def test_purse_empty() -> None:
    """With the purse empty for long, nothing is sent and the wait is told."""
    async with Reading() as reading:
        reading.budget.stamps = [NOW] * LIMIT
        error = await refusal(reading)

    assert isinstance(error, Throttled)
    assert error.retry_after == 300 * SECOND
    assert reading.tenant.requests == []
    assert reading.clock.slept == []


async def test_purse_soon_full() -> None:
    """With the purse empty for a moment, the moment is waited for."""
    async with Reading() as reading:
        reading.budget.stamps = [NOW - 290 * SECOND] * LIMIT
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert answer.rows
    assert reading.clock.slept == [5, 5]
    assert len(reading.tenant.requests) == 1


async def test_purse_empty_midway() -> None:
    """A purse that empties between two pages leaves what was read, and says so."""
    mailbox = Mailbox([flood(20)])
    async with Reading(mailbox, page_size=6) as reading:
        reading.budget.stamps = [NOW] * (LIMIT - 2)
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert answer.shortfalls == {Shortfall.THROTTLED}
    assert len(answer.rows) == 12


async def test_details_wait_no_longer() -> None:
    """Details too are refused without a call when the purse is empty for long."""
    async with Reading() as reading:
        reading.budget.stamps = [NOW] * LIMIT
        with pytest.raises(Throttled):
            await reading.source.details(*CASES["junk"], SOMEBODY)

    assert reading.tenant.requests == []


# --- tokens ----------------------------------------------------------------------------------------


async def test_renewed_once() -> None:
    """A token that has expired is renewed once, and the call goes through."""
    async with Reading(tokens=Tokens("old", TOKEN)) as reading:
        reading.tenant.required_token = TOKEN
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert answer.rows
    assert reading.tokens.renewals == 1
    assert answer.requests == 2


async def test_renewal_does_not_help() -> None:
    """A new token that is refused as well says that the credentials are no good; there is no third try."""
    async with Reading(tokens=Tokens("old", "new", TOKEN)) as reading:
        reading.tenant.required_token = TOKEN
        error = await refusal(reading)

    assert isinstance(error, CredentialsRefused)
    assert error.code == "InvalidAuthenticationToken"
    assert len(reading.tenant.requests) == 2


async def test_without_token() -> None:
    """Without credentials no token is sent: a Graph on loopback that asks for none."""
    async with Reading() as reading:
        bare = GraphHttp(reading.http, reading.graph.root + "/", None, reading.clock)
        body = await bare.send(Call("GET", f"{bare.root}/organization", "x"))
        reading.tenant.required_token = TOKEN
        with pytest.raises(CredentialsRefused):
            await bare.send(Call("GET", f"{bare.root}/organization", "x"))

    assert body["value"]
    assert len(reading.tenant.requests) == 2


# --- answers from elsewhere ------------------------------------------------------------------------


def answering(*bodies: bytes, status: int = 200, **headers: str) -> web.Application:
    """An application that gives *bodies* one after the other, the last of them for ever."""
    left = list(bodies)

    async def answer(request: web.Request) -> web.Response:
        body = left.pop(0) if len(left) > 1 else left[0]
        body = body.replace(b"ROOT", str(request.url.origin()).encode() + b"/v1.0")
        return web.Response(status=status, body=body, headers=headers, content_type="application/json")

    application = web.Application()
    application.router.add_route("*", "/{path:.*}", answer)
    return application


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"7",
        b'"text"',
        b"{}",
        b'{"value": null}',
        b'{"value": {}}',
        b'{"value": [null]}',
        b'{"value": [[]]}',
        b'{"value": [{"id": "x"}]}',
        b"\xff\xfe",
        b"[" * 200_000,
        b'{"value": ' + b"[" * 200_000,
        b"9" * 10_000,
        b"<html>",
    ],
)
async def test_hostile_answers(body: bytes) -> None:
    """Whatever comes instead of a page is Graph's fault, and no other error."""
    async with Reading(application=answering(body)) as reading:
        assert isinstance(await refusal(reading), GraphUnavailable)
        with pytest.raises(GraphUnavailable):
            await reading.source.details("x", "y", SOMEBODY)


@pytest.mark.parametrize(
    "link",
    [
        b"ROOT/x y",
        b"ROOT/\\ud800",
        b"ROOT/\\u0000",
        b"ROOT/[",
        b"ROOT/?$skiptoken=%",
        b"http://[::1/v1.0",
        b"x",
    ],
)
async def test_hostile_links(link: bytes) -> None:
    """A nextLink that leads nowhere ends in a shortfall or with all rows, never in another error."""
    first = b'{"value": [%s], "@odata.nextLink": "%s"}' % (ROW, link)
    async with Reading(application=answering(first, b'{"value": []}')) as reading:
        answer = await reading.source.trace(TraceQuery(), SOMEBODY)

    assert len(answer.rows) == 1


ROW = (
    b'{"id": "x", "recipientAddress": "a@b", "receivedDateTime": "9999-12-31T23:59:59.9999999Z", '
    b'"size": 1, "subject": "cut \\ud83d"}'
)


async def test_events_without_an_end() -> None:
    """Details whose nextLink leads in a circle, or away, are no answer: a part could mislead."""
    for link in (b"ROOT/again", b"https://example.com/"):
        body = b'{"value": [], "@odata.nextLink": "%s"}' % link
        async with Reading(application=answering(body)) as reading:
            with pytest.raises(GraphUnavailable):
                await reading.source.details("x", "y", SOMEBODY)


async def test_events_on_two_pages() -> None:
    """Details that go on are followed."""
    event = b'{"dateTime": "2026-10-15T03:00:00Z", "event": "Receive"}'
    first = b'{"value": [%s], "@odata.nextLink": "ROOT/more"}' % event
    async with Reading(application=answering(first, b'{"value": [%s]}' % event)) as reading:
        assert len(await reading.source.details("x", "y", SOMEBODY)) == 2


async def test_first_page_refused() -> None:
    """A list that is refused as if its cursor were lost, from the start on, is no empty answer."""
    body = b'{"error": {"code": "x", "message": "Invalid starting recipient address"}}'
    async with Reading(application=answering(body, status=400)) as reading:
        assert isinstance(await refusal(reading), GraphUnavailable)


async def test_redirect() -> None:
    """A redirect is not followed: the token stays where it was meant to go."""
    application = answering(b"", status=302, Location="https://example.com/")
    async with Reading(application=application) as reading:
        error = await refusal(reading)

    assert isinstance(error, GraphRefused)
    assert error.status == 302


async def test_too_large() -> None:
    """An answer beyond any page is not read to its end."""

    async def flow(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b" " * 4_000_000)
        except ConnectionError:
            return response

    application = web.Application()
    application.router.add_get("/{path:.*}", flow)
    async with Reading(application=application) as reading:
        assert isinstance(await refusal(reading), GraphUnavailable)


async def test_slow() -> None:
    """An answer that does not come in time is no answer."""
    async with Reading(faults=Faults(slow=timedelta(seconds=5)), timeout=0.05) as reading:
        error = await refusal(reading)

    assert isinstance(error, GraphUnavailable)
    assert "timeout" in error.reason


async def test_nobody_there() -> None:
    """Nobody listening is no answer either."""
    async with Reading() as reading:
        nowhere = GraphHttp(reading.http, "http://127.0.0.1:9/v1.0", None, HeldClock())
        with pytest.raises(GraphUnavailable):
            await nowhere.send(Call("GET", f"{nowhere.root}/x", "x"))


async def test_cancelled() -> None:
    """A trace that is cancelled stops at once and leaves nothing behind."""
    async with Reading(faults=Faults(slow=timedelta(seconds=5))) as reading:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(reading.source.trace(TraceQuery(), SOMEBODY), 0.05)


async def test_kinds_of_silence() -> None:
    """No answer in time is slow, an answer that breaks off is garbled, no connection is neither."""

    class Broken(httpx.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield b'{"value": ['
            raise httpx.RemoteProtocolError("peer closed connection")

    def silent(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    def absent(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("offline")

    def cut(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, stream=Broken())

    for answer, kind in ((silent, GraphSlow), (cut, GraphGarbled), (absent, GraphUnavailable)):
        async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as http:
            graph = GraphHttp(http, "http://localhost", None, HeldClock())
            with pytest.raises(GraphUnavailable) as fault:
                await graph.send(Call("GET", "http://localhost/x", "x"))
        assert type(fault.value) is kind
