"""The troubles that the chat page can simulate: what the tenant does, and who may ask for them."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientError, web
from aiohttp.test_utils import TestClient, TestServer

from demo.chat import Chat, add_chat
from demo.company import SATO, TANAKA
from demo.connector import CHANNEL
from demo.faults import Faults
from demo.tenant import Tenant
from demo.troubles import RETRY_AFTER, SMALL_PAGE, TROUBLES, SignIn, Troubles
from tests.demo.asking import LIST, WEEK, Client, error, walk
from tests.demo.talking import Demo
from tracing.errors import CredentialsRefused


@pytest.fixture
def troubles(tenant: Tenant) -> Troubles:
    return Troubles(tenant.faults)


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("throttled", 429, "TooManyRequests"),
        ("refused", 401, "InvalidAuthenticationToken"),
        ("permission", 403, "Authorization_RequestDenied"),
        ("prerequisite", 401, "UnknownError"),
    ],
)
async def test_refusals(graph: Client, troubles: Troubles, name: str, status: int, code: str) -> None:
    """A trouble lasts until it is switched off, and then nothing is left of it."""
    troubles.switch(name, True)

    for _ in range(3):
        response = await graph.get(LIST)
        assert (await error(response))[:2] == (status, code)
    assert response.headers.get("Retry-After") == (str(RETRY_AFTER) if status == 429 else None)
    troubles.switch(name, False)
    assert (await graph.get(LIST)).status == 200


async def test_secret(troubles: Troubles) -> None:
    """An expired secret is the sign-in's trouble; otherwise it hands out nothing, as Graph wants none."""
    signed_in = SignIn(troubles.faults)
    assert await signed_in.renew("scope") == ""

    troubles.switch("secret", True)

    with pytest.raises(CredentialsRefused, match="AADSTS7000222"):
        await signed_in.get("scope")


async def test_offline(graph: Client, troubles: Troubles) -> None:
    """Offline, connections are cut."""
    troubles.switch("offline", True)

    with pytest.raises(ClientError):
        await graph.get(LIST)


async def test_half_page(graph: Client, troubles: Troubles) -> None:
    """Half a page is no JSON, however often it is asked for."""
    troubles.switch("halfPage", True)

    for _ in range(2):
        with pytest.raises(ValueError, match=r"Unterminated|Expecting|delimiter"):
            await (await graph.get(LIST)).json()


async def test_slow(graph: Client, tenant: Tenant, troubles: Troubles) -> None:
    """Slow, an answer takes seconds."""
    troubles.switch("slow", True)

    assert tenant.faults.slow.total_seconds() > 5
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await graph.get(LIST)


async def test_paging(graph: Client, tenant: Tenant, troubles: Troubles) -> None:
    """Pages are small and their links are quoted twice; the whole is still there behind them."""
    troubles.switch("paging", True)
    body = await (await graph.get(LIST, params={"$filter": WEEK, "$top": "5000"})).json()

    assert len(body["value"]) == SMALL_PAGE
    assert (await graph.session.get(body["@odata.nextLink"])).status == 400
    tenant.faults.token_quoted_twice = tenant.faults.invalid_starting_recipient = 0
    whole = await walk(graph, str(graph.make_url(LIST).with_query({"$filter": WEEK})))
    assert len(whole) > 200
    assert whole[:SMALL_PAGE] == body["value"]


def test_several() -> None:
    """Troubles come together, end one by one, and all at once."""
    troubles = Troubles(Faults())
    for name in ("slow", "throttled"):
        troubles.switch(name, True)

    assert troubles.state == {name: name in ("slow", "throttled") for name in TROUBLES}
    troubles.switch("slow", False)
    assert troubles.faults == Faults(throttle=troubles.faults.throttle, retry_after=RETRY_AFTER)
    troubles.reset()
    assert troubles.faults == Faults()
    with pytest.raises(KeyError):
        troubles.switch("fire", True)


# --- asked for by the page ---


async def test_page_asks(demo: Demo) -> None:
    """The page switches one trouble, and ends them all; a trouble nobody knows is refused."""
    assert (await demo.ask("trouble", {"name": "slow", "on": True}))["troubles"]["slow"] is True
    assert (await demo.ask("trouble", {"name": "fire", "on": True}))["status"] == 400
    assert (await demo.ask("trouble", {"name": ["slow"], "on": True}))["status"] == 400
    assert not any((await demo.ask("trouble", {}))["troubles"].values())


async def test_every_page_hears(demo: Demo) -> None:
    """Whoever watches hears of a trouble, as they come and when it changes."""
    watched: dict[Any, list[str]] = {SATO: [], TANAKA: []}
    came = {person: asyncio.Event() for person in watched}

    async def watch(person: Any) -> None:
        async with demo.client.get(f"/chat/events?person={person.aad_object_id}") as response:
            async for line in response.content:
                if line.startswith(b"event: troubles"):
                    watched[person].append((await response.content.readline()).decode())
                    came[person].set()
                if len(watched[person]) == 2:
                    return

    tasks = [asyncio.create_task(watch(person)) for person in watched]
    await asyncio.wait_for(asyncio.gather(*(come.wait() for come in came.values())), 5)
    await demo.ask("trouble", {"name": "offline", "on": True}, place=CHANNEL.id)
    await asyncio.wait_for(asyncio.gather(*tasks), 5)

    for first, then in watched.values():
        assert '"offline": false' in first
        assert '"offline": true' in then


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}])
async def test_strangers_cannot_ask(demo: Demo, headers: dict[str, str]) -> None:
    """A foreign page or name switches nothing."""
    body = {"person": SATO.aad_object_id, "name": "offline", "on": True}
    async with demo.client.post("/chat/trouble", json=body, headers=headers) as response:
        assert response.status == 403
    async with demo.client.post("/chat/trouble", data=body) as response:
        assert response.status == 415

    assert demo.chat.troubles is not None
    assert not any(demo.chat.troubles.state.values())


async def test_without_a_tenant() -> None:
    """A page without a tenant behind it has no troubles to offer."""
    app = web.Application()
    add_chat(app, Chat())
    body = {"person": SATO.aad_object_id, "name": "offline", "on": True}
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        assert (await client.post("/chat/trouble", json=body)).status == 404
