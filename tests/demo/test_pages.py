"""Pages, details and the quota behave as the live service was measured to."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import quote

import pytest
from aiohttp import web
from yarl import URL

from demo.company import SATO, TANAKA
from demo.events import To, mail
from demo.mailbox import CASES, Mailbox
from demo.tenant import THROTTLED, Tenant, graph_app
from tests.demo.asking import (
    LIST,
    MAILBOX,
    NOW,
    WEEK,
    Client,
    Clock,
    details,
    error,
    flood,
    refused,
    rows,
    token_of,
    walk,
)


async def test_pages(graph: Client) -> None:
    """Following the links gives every row once, in the order of one large page."""
    link = str(
        graph.make_url(LIST).with_query(
            {"$filter": f"{WEEK} and senderAddress eq '*@contoso.co.jp'", "$top": "7"}
        )
    )

    found = await walk(graph, link)
    assert found == await rows(graph, "senderAddress eq '*@contoso.co.jp'")
    assert len(found) > 21


async def test_page_inside_a_message(graph: Client, tenant: Tenant) -> None:
    """Rows of one instant are not lost or doubled where a page ends among them."""
    tenant.mailbox = Mailbox([flood(25)])

    found = await walk(graph, str(graph.make_url(LIST).with_query({"$top": "10"})))
    assert len({row["recipientAddress"] for row in found}) == len(found) == 25


async def test_stable_pages(graph: Client, clock: Clock, tenant: Tenant) -> None:
    """Mail that arrives between two pages does not shift the second."""
    first = await (await graph.get(LIST, params={"$top": "10"})).json()
    tenant.mailbox = MAILBOX.with_mail(mail("new", NOW, "a@b.jp", "new", To(TANAKA.mail, "delivered", ())))
    clock.now += timedelta(minutes=30)

    rest = await walk(graph, first["@odata.nextLink"])
    idents = [(row["id"], row["recipientAddress"]) for row in first["value"] + rest]
    assert len(set(idents)) == len(idents)
    assert "new" not in {row["subject"] for row in rest}


async def test_next_link(graph: Client) -> None:
    """A nextLink is a whole URL with a `$skiptoken`: base64 of JSON, without padding."""
    body = await (await graph.get(LIST, params={"$top": "1", "$filter": WEEK})).json()

    link = body["@odata.nextLink"]
    assert link.startswith(str(graph.make_url(LIST)) + "?$skiptoken=")
    fields = token_of(link)
    assert fields["StartDate"] == "2026-10-08T03:00:00.0000000Z"
    assert fields["StartingRecipientAddress"] == body["value"][0]["recipientAddress"]
    assert fields["ResultSize"] == "1"
    assert not link.endswith("=")


@pytest.mark.parametrize("token", ["!", "bm9uc2Vuc2U", "e30", "W10"])
async def test_bad_token(graph: Client, token: str) -> None:
    """A cursor the service did not write is refused."""
    assert await refused(graph, skiptoken=token) == "Skip token is not valid."


async def test_mounted(
    aiohttp_client: Callable[[web.Application], Awaitable[Client]], tenant: Tenant
) -> None:
    """Mounted under a prefix, links lead back through it, and unknown paths stay Graph's."""
    app = web.Application()
    app.add_subapp("/graph", graph_app(tenant))
    client = await aiohttp_client(app)

    body = await (await client.get("/graph" + LIST, params={"$top": "20"})).json()
    assert body["@odata.nextLink"].startswith(str(client.make_url("/graph/v1.0/admin/")))
    assert len(await walk(client, body["@odata.nextLink"])) > 0
    assert (await error(await client.get("/graph/v1.0/nothing")))[1] == "BadRequest"


async def test_public_url(graph: Client, tenant: Tenant) -> None:
    """Behind a proxy the links can be told what they begin with."""
    tenant.public_url = "https://bot.example/graph/v1.0"

    body = await (await graph.get(LIST, params={"$top": "1"})).json()
    assert body["@odata.nextLink"].startswith("https://bot.example/graph/v1.0/admin/exchange/tracing/")


async def test_details(graph: Client) -> None:
    """Events come with Graph's names; every one repeats the id of its message."""
    key = CASES["blocked by dlp"]

    value = (await (await graph.get(details(key))).json())["value"]
    assert [event["event"] for event in value] == ["Receive", "Submit", "Fail", "DLP rule"]
    assert value[0].keys() == {"id", "messageId", "dateTime", "event", "action", "description", "data"}
    assert {event["id"] for event in value} == {key[0]}
    assert value[2]["dateTime"] == "2026-10-14T00:00:02.1Z"


@pytest.mark.parametrize(
    "encode",
    [
        str,
        lambda text: quote(text, safe="@"),
        lambda text: quote(text, safe=""),
        lambda text: quote(text, safe="'"),
    ],
)
async def test_address_in_the_path(graph: Client, encode: Callable[[str], str]) -> None:
    """The address in the path has its quotes doubled, and may be percent-encoded or not."""
    url = URL(
        str(graph.make_url("/")).rstrip("/") + details(CASES["quote in the address"], encode), encoded=True
    )
    value = (await (await graph.session.get(url)).json())["value"]
    assert [event["event"] for event in value][-1] == "Send external"


async def test_whole_call_encoded(graph: Client) -> None:
    """Parentheses and quotes may be percent-encoded too."""
    path = LIST + quote(details(CASES["quote in the address"]).removeprefix(LIST))
    url = URL(str(graph.make_url("/")).rstrip("/") + path, encoded=True)
    assert (await (await graph.session.get(url)).json())["value"]


async def test_details_of_nothing(graph: Client) -> None:
    """An unknown id or recipient has an empty list, not an error; another function is one."""
    ident = CASES["junk"][0]

    for key in ((ident, "nobody@contoso.co.jp"), ("00000000-0000-0000-0000-000000000000", TANAKA.mail)):
        response = await graph.get(details(key))
        assert (response.status, (await response.json())["value"]) == (200, [])
    assert (await graph.get(f"{LIST}/{ident}/getDetails()")).status == 400


async def test_quota(graph: Client, clock: Clock, tenant: Tenant) -> None:
    """A hundred traces and details in any five minutes; directory calls are free."""
    for _ in range(50):
        await graph.get(LIST, params={"$top": "1"})
        await graph.get(details(CASES["junk"]))
    clock.now += timedelta(seconds=100)

    response = await graph.get(LIST)
    assert (await error(response))[::2] == (429, THROTTLED)
    assert response.headers["Retry-After"] == "200"
    assert (await graph.get(f"/v1.0/users/{SATO.mail}")).status == 200
    clock.now += timedelta(seconds=200)
    assert (await graph.get(LIST)).status == 200


async def test_requests(graph: Client, tenant: Tenant) -> None:
    """Every call is written down with what it asked and what it got."""
    await graph.get(LIST, params={"$top": "0"})
    await graph.get(details(CASES["junk"]))
    await graph.get("/v1.0/users/nobody")

    log = [(one.method, one.kind, one.status) for one in tenant.requests]
    assert log == [("GET", "list", 400), ("GET", "details", 200), ("GET", "directory", 404)]
    assert tenant.requests[0].params == {"$top": "0"}
    assert tenant.requests[0].path == LIST
