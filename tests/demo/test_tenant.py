"""The sample tenant behaves as the live service was measured to: real HTTP, on loopback."""

import base64
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from aiohttp import ClientError, ClientResponse, ClientTimeout, web
from aiohttp.test_utils import TestClient
from yarl import URL

from demo.company import GUEST, HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID, JOHN, SATO, TANAKA
from demo.events import Mail, To, deliver, mail
from demo.mailbox import CASES, Mailbox, make_mailbox
from demo.tenant import ALWAYS, EVERYWHERE, FAULT_NAMES, THROTTLED, Faults, Tenant, graph_app

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
LIST = "/v1.0/admin/exchange/tracing/messageTraces"
MAILBOX = make_mailbox(NOW)
WEEK = "receivedDateTime ge 2026-10-08T03:00:00Z and receivedDateTime le 2026-10-15T03:00:00Z"

Client = TestClient[web.Request, web.Application]
Serve = Callable[[Tenant], Awaitable[Client]]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tenant(clock: Clock) -> Tenant:
    return Tenant(MAILBOX, clock=clock)


@pytest.fixture
async def graph(aiohttp_client: Callable[[web.Application], Awaitable[Client]], tenant: Tenant) -> Client:
    return await aiohttp_client(graph_app(tenant))


async def rows(
    graph: Client, condition: str = "", window: str = WEEK, **headers: str
) -> list[dict[str, Any]]:
    """Every row that one page of 5000 gives for a filter."""
    text = " and ".join(part for part in (window, condition) if part)
    response = await graph.get(LIST, params={"$filter": text, "$top": "5000"}, headers=headers)
    assert response.status == 200, await response.text()
    value: list[dict[str, Any]] = (await response.json())["value"]
    return value


async def error(response: ClientResponse) -> tuple[int, str, str]:
    body = (await response.json())["error"]
    assert body["innerError"].keys() == {"date", "request-id", "client-request-id"}
    return response.status, body["code"], body["message"]


async def refused(graph: Client, **params: str) -> str:
    status, code, message = await error(await graph.get(LIST, params={f"${k}": v for k, v in params.items()}))
    assert (status, code) == (400, "BadRequest")
    return message


def token_of(link: str) -> dict[str, str]:
    token = parse_qs(urlsplit(link).query)["$skiptoken"][0]
    fields: dict[str, str] = json.loads(base64.b64decode(token + "=" * (-len(token) % 4)))
    return fields


# --- the list --------------------------------------------------------------------------------------


async def test_row(graph: Client) -> None:
    """A row carries what Graph documents, in its names, and times in UTC with up to seven decimals."""
    ident, recipient = CASES["recipient unknown here"]

    [row] = await rows(graph, f"id eq '{ident}'")
    assert row.keys() == {
        *("id", "messageId", "receivedDateTime", "senderAddress", "recipientAddress"),
        *("subject", "size", "status", "fromIP", "toIP"),
    }
    assert row["recipientAddress"] == recipient
    assert row["messageId"].startswith("<")
    assert row["receivedDateTime"].startswith("2026-10-15T00:00:00.")
    assert row["receivedDateTime"].endswith("Z")
    assert row["subject"] == "【至急】10月度請求書の件"


async def test_envelope(graph: Client) -> None:
    """An answer is an OData collection; a call can be followed by its id."""
    response = await graph.get(LIST)

    body = await response.json()
    assert body["@odata.context"].endswith("/v1.0/$metadata#admin/exchange/tracing/messageTraces")
    assert response.headers["Content-Type"].startswith("application/json;odata.metadata=minimal")
    assert response.headers["request-id"]


async def test_newest_first(graph: Client) -> None:
    """Rows come newest first whatever `$orderby`, `$select` and `$count` ask."""
    params = {"$filter": WEEK, "$orderby": "receivedDateTime asc", "$select": "id", "$count": "true"}
    body = await (await graph.get(LIST, params=params)).json()

    times = [row["receivedDateTime"][:19] for row in body["value"]]
    assert times == sorted(times, reverse=True)
    assert "subject" in body["value"][0]
    assert "@odata.count" not in body


async def test_default_period(graph: Client) -> None:
    """Without a time condition the last 48 hours count, with other conditions too."""
    everything = (await (await graph.get(LIST)).json())["value"]
    failed = await rows(graph, "status eq 'failed'", window="")

    assert {row["receivedDateTime"] >= "2026-10-13T03:00:00" for row in everything + failed} == {True}
    assert 0 < len(failed) < len(everything)


async def test_bounds_included(graph: Client, tenant: Tenant) -> None:
    """Both bounds belong to the window: a row on a seam comes in either one."""
    at = datetime(2026, 10, 10, 1, 2, 3, tzinfo=UTC)
    seam = mail("seam", at, "a@b.example", "seam", To(TANAKA.mail, "delivered", ()))
    [row] = Mailbox([seam]).rows
    tenant.mailbox = Mailbox([seam])
    exact = f"{at:%Y-%m-%dT%H:%M:%S}.{row.received_date_time.microsecond:06}{row.tick}Z"

    before = f"receivedDateTime ge 2026-10-09T00:00:00Z and receivedDateTime le {exact}"
    after = f"receivedDateTime ge {exact} and receivedDateTime le 2026-10-11T00:00:00Z"
    assert len(await rows(graph, window=before)) == 1
    assert len(await rows(graph, window=after)) == 1


async def test_seventh_decimal(graph: Client, tenant: Tenant) -> None:
    """The service keeps 100 ns: `le` with the microseconds of a row alone may leave the row out."""
    row = next(row for row in MAILBOX.visible(NOW) if row.tick)
    cut = f"{row.received_date_time.isoformat().removesuffix('+00:00')}Z"

    window = f"receivedDateTime ge 2026-10-10T00:00:00Z and receivedDateTime le {cut}"
    assert row.message_trace_id not in {found["id"] for found in await rows(graph, window=window)}


async def test_offset_in_a_time(graph: Client) -> None:
    """A time may carry an offset instead of Z."""
    tokyo = "receivedDateTime ge 2026-10-08T12:00:00+09:00 and receivedDateTime le 2026-10-15T12:00:00+09:00"

    assert await rows(graph, window=tokyo) == await rows(graph)


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("receivedDateTime ge 2026-10-14T00:00:00Z", "EndDate is required when a StartDate is entered."),
        ("receivedDateTime le 2026-10-14T00:00:00Z", "StartDate is required"),
        (
            "receivedDateTime ge 2026-10-13T00:00:00Z and receivedDateTime lt 2026-10-14T00:00:00Z",
            "EndDate is required when a StartDate is entered.",
        ),
        (
            "receivedDateTime ge 2026-10-01T00:00:00Z and receivedDateTime le 2026-10-11T00:00:01Z",
            "The interval between StartDate and EndDate can't be longer than 10 days.",
        ),
        (
            "receivedDateTime ge 2026-07-16T23:59:59Z and receivedDateTime le 2026-07-20T00:00:00Z",
            "The StartDate can't be older than 90 days from today.",
        ),
        (
            "receivedDateTime ge 2026-10-14T00:00:00Z and receivedDateTime le 2026-10-15T03:00:01Z",
            "The EndDate can't be later",
        ),
        (
            "receivedDateTime ge 2026-10-14T00:00:00Z and receivedDateTime le 2026-10-13T00:00:00Z",
            "The StartDate can't be later than the EndDate",
        ),
        ("receivedDateTime ge '2026-10-14T00:00:00Z'", "incompatible types"),
        ("receivedDateTime ge yesterday", "is not valid"),
        ("receivedDateTime ge 2026-13-14T00:00:00Z", "is not valid"),
        ("senderAddress eq 'o'brien@partner.com'", "syntax error"),
        ("senderAddress like 'a'", "syntax error"),
        ("sender eq 'a'", "Could not find a property named 'sender'"),
    ],
)
async def test_bad_filter(graph: Client, condition: str, message: str) -> None:
    """A filter the service cannot honour is refused in its words."""
    assert message in await refused(graph, filter=condition)


async def test_widest_window(graph: Client) -> None:
    """Ten days exactly, and ninety days back to 00:00 UTC, are still allowed."""
    ten = "receivedDateTime ge 2026-10-05T03:00:00Z and receivedDateTime le 2026-10-15T03:00:00Z"
    old = "receivedDateTime ge 2026-07-17T00:00:00Z and receivedDateTime le 2026-07-27T00:00:00Z"

    assert await rows(graph, window=ten)
    assert await rows(graph, window=old)


@pytest.mark.parametrize("top", ["0", "5001", "-1", "many", ""])
async def test_bad_top(graph: Client, top: str) -> None:
    """A page holds 1 to 5000 rows."""
    assert await refused(graph, top=top) == "ResultSize is invalid"


async def test_default_top(graph: Client, tenant: Tenant) -> None:
    """A page holds 1000 rows unless told otherwise."""
    tenant.mailbox = Mailbox([flood(1001)])

    body = await (await graph.get(LIST)).json()
    assert len(body["value"]) == 1000
    assert "@odata.nextLink" in body


def flood(count: int) -> Mail:
    """One message to *count* recipients: they share the instant of reception."""
    to = (To(f"m{number:04}@partner.com", "delivered", (deliver(2),)) for number in range(count))
    return mail("flood", NOW - timedelta(hours=1), TANAKA.mail, "flood", *to)


# --- conditions ------------------------------------------------------------------------------------


async def test_last_value_counts(graph: Client) -> None:
    """Of several values for one property the last one counts, `or` or not."""
    last = await rows(graph, f"recipientAddress eq '{TANAKA.mail}'")

    asked = ("a@b.jp", SATO.mail, TANAKA.mail)
    one = "recipientAddress eq '{}'"
    three = f"({' or '.join(one.format(address) for address in asked)})"
    assert last
    assert await rows(graph, three) == last
    assert await rows(graph, three.replace(" or ", " and ")) == last


async def test_properties_are_anded(graph: Client) -> None:
    """`or` between two properties is read as `and`."""
    both = await rows(graph, f"senderAddress eq '*@hoge.com' or recipientAddress eq '{TANAKA.mail}'")

    assert both
    assert all(row["senderAddress"].endswith("@hoge.com") for row in both)
    assert all(row["recipientAddress"] == TANAKA.mail for row in both)


@pytest.mark.parametrize(
    "condition",
    [
        "status ne 'delivered'",
        "status in ('failed','pending')",
        "startswith(senderAddress,'suzuki')",
        "endswith(senderAddress, '@hoge.com')",
        "contains(recipientAddress, 'tanaka')",
        "size gt 100000",
    ],
)
async def test_ignored(graph: Client, condition: str) -> None:
    """These are accepted and have no effect: every row comes back."""
    assert await rows(graph, condition) == await rows(graph)


async def test_not_is_ignored(graph: Client) -> None:
    """`not` changes nothing: the condition behind it counts."""
    assert await rows(graph, "not (status eq 'failed')") == await rows(graph, "status eq 'failed'")


@pytest.mark.parametrize("name", ["senderAddress", "recipientAddress"])
async def test_domain_pattern(graph: Client, name: str) -> None:
    """`*@domain` takes the addresses of that domain, and not of those under it."""
    found = await rows(graph, f"{name} eq '*@Contoso.co.jp'")

    assert found
    assert {row[name].rpartition("@")[2] for row in found} == {"contoso.co.jp"}


@pytest.mark.parametrize("pattern", ["john*@contoso.co.jp", "*", "*@*", "*@contoso.*", "tanaka@*"])
async def test_other_patterns(graph: Client, pattern: str) -> None:
    """Any other pattern finds nothing, and says nothing of it."""
    assert await rows(graph, f"senderAddress eq '{pattern}'") == []
    assert await rows(graph, f"recipientAddress eq '{pattern}'") == []


async def test_address_in_other_capitals(graph: Client) -> None:
    """Addresses are compared whatever their capitals; a quote in one is doubled."""
    assert await rows(graph, "recipientAddress eq 'TANAKA@contoso.CO.JP'")
    [row] = await rows(graph, "recipientAddress eq 'o''brien+jp@partner.com'")
    assert row["recipientAddress"] == "o'brien+jp@partner.com"


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("subject eq '【至急】10月度請求書の件'", True),
        ("subject eq '【至急】'", False),
        ("contains(subject, '請求書')", True),
        ("contains(subject,'INVOICE') eq true", True),
        ("startswith(subject, '【至急】')", True),
        ("startswith(subject, '請求書の件')", False),
        ("endswith(subject, '請求書の件')", True),
        ("contains(subject, 'Season''s')", True),
    ],
)
async def test_subject(graph: Client, condition: str, found: bool) -> None:
    """The subject is compared as asked, whatever the capitals."""
    assert bool(await rows(graph, condition)) is found


@pytest.mark.parametrize("name", ["status", "messageId", "id", "fromIP", "toIP"])
async def test_single_values(graph: Client, name: str) -> None:
    """These take one value, whatever its capitals."""
    everything = await rows(graph)
    sample = next(row[name] for row in everything if row[name])

    found = await rows(graph, f"{name} eq '{sample.upper()}'")
    assert 0 < len(found) < len(everything)
    assert {row[name].lower() for row in found} == {sample.lower()}


async def test_status_in_other_capitals(graph: Client) -> None:
    """One status is written in several ways; asking for it finds them all."""
    written = {row["status"] for row in await rows(graph, "status eq 'delivered'")}

    assert written == {"delivered", "Delivered"}


async def test_recalled(graph: Client) -> None:
    """`recalled` shows only to those who ask for unknown members; others get `unknownFutureValue`."""
    condition = f"id eq '{CASES['recalled'][0]}'"

    [hidden] = await rows(graph, condition)
    [shown] = await rows(graph, condition, Prefer="include-unknown-enum-members")
    assert (hidden["status"], shown["status"]) == ("unknownFutureValue", "recalled")


async def test_late_rows(graph: Client, clock: Clock, tenant: Tenant) -> None:
    """A row shows some minutes after its mail, and its details with it."""
    fresh = mail(
        "fresh", NOW - timedelta(minutes=1), "a@hoge.com", "fresh", To(TANAKA.mail, "delivered", (deliver(),))
    )
    tenant.mailbox = MAILBOX.with_mail(fresh)
    [row] = fresh.rows
    url = f"{LIST}/{row.message_trace_id}/getDetailsByRecipient(recipientAddress='{TANAKA.mail}')"

    assert await rows(graph, "subject eq 'fresh'", window="") == []
    assert (await (await graph.get(url)).json())["value"] == []
    clock.now += timedelta(minutes=10)
    assert len(await rows(graph, "subject eq 'fresh'", window="")) == 1
    assert len((await (await graph.get(url)).json())["value"]) == 1


# --- pages -----------------------------------------------------------------------------------------


async def walk(graph: Client, link: str | None) -> list[dict[str, Any]]:
    found = []
    while link is not None:
        body = await (await graph.session.get(link)).json()
        found += body["value"]
        link = body.get("@odata.nextLink")
    return found


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


# --- details ---------------------------------------------------------------------------------------


def details(key: tuple[str, str], encode: Callable[[str], str] = str) -> str:
    recipient = encode(key[1].replace("'", "''"))
    return f"{LIST}/{key[0]}/getDetailsByRecipient(recipientAddress='{recipient}')"


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


# --- the quota -------------------------------------------------------------------------------------


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


# --- the directory ---------------------------------------------------------------------------------


async def test_user(graph: Client) -> None:
    """A user is found by object id or UPN, and gives what is selected, aliases in small letters."""
    select = {"$select": "id,displayName,mail,userPrincipalName,proxyAddresses,userType"}

    by_id = await (await graph.get(f"/v1.0/users/{TANAKA.aad_object_id}", params=select)).json()
    by_name = await (await graph.get("/v1.0/users/Tanaka@contoso.co.jp", params=select)).json()
    assert by_id == by_name
    assert by_id["id"] == TANAKA.aad_object_id
    assert by_id["userType"] == "Member"
    assert by_id["proxyAddresses"] == [
        "SMTP:tanaka@contoso.co.jp",
        "smtp:ichiro.tanaka@contoso.co.jp",
        "smtp:tanaka@sales.contoso.co.jp",
    ]
    assert "/$entity" in by_id["@odata.context"]


async def test_user_defaults(graph: Client) -> None:
    """Without `$select` a user keeps aliases and type to itself."""
    body = await (await graph.get(f"/v1.0/users/{JOHN.aad_object_id}")).json()

    assert body.keys() == {"@odata.context", "id", "displayName", "mail", "userPrincipalName"}


async def test_guest(graph: Client) -> None:
    """A guest has a UPN of another shape, and says that it is one."""
    name = quote(GUEST.user_principal_name, safe="")
    url = URL(f"{graph.make_url('/v1.0/users/')}{name}?$select=userType,mail", encoded=True)
    body = await (await graph.session.get(url)).json()
    assert (body["userType"], body["mail"]) == ("Guest", "kato@hoge.com")


@pytest.mark.parametrize("path", ["/v1.0/users/nobody", f"/v1.0/users/{TANAKA.aliases[0]}"])
async def test_unknown_user(graph: Client, path: str) -> None:
    """Neither a stranger nor an alias is a user."""
    status, code, message = await error(await graph.get(path))

    assert (status, code) == (404, "Request_ResourceNotFound")
    assert path.rpartition("/")[2] in message


async def member_of(graph: Client, person: str, body: object) -> ClientResponse:
    return await graph.post(f"/v1.0/users/{person}/checkMemberGroups", json=body)


async def test_member_groups(graph: Client) -> None:
    """Membership is transitive: the groups asked about that hold the person, however deep."""
    asked = {"groupIds": [HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID, "other"]}

    engineer = await (await member_of(graph, SATO.aad_object_id, asked)).json()
    employee = await (await member_of(graph, TANAKA.aad_object_id, asked)).json()
    assert engineer["value"] == [HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID]
    assert employee["value"] == []


async def test_bad_member_groups(graph: Client) -> None:
    """Twenty groups at most, a body that says them, and somebody who exists."""
    assert (await member_of(graph, SATO.mail, {"groupIds": ["g"] * 20})).status == 200
    assert (await member_of(graph, SATO.mail, {"groupIds": ["g"] * 21})).status == 400
    assert (await member_of(graph, SATO.mail, [])).status == 400
    assert (await member_of(graph, "nobody", {"groupIds": []})).status == 404


async def test_organization(graph: Client) -> None:
    """The verified domains: one default, one initial, and one that carries no mail."""
    response = await graph.get("/v1.0/organization", params={"$select": "verifiedDomains"})

    [organization] = (await response.json())["value"]
    assert organization.keys() == {"verifiedDomains"}
    domains = {domain["name"]: domain for domain in organization["verifiedDomains"]}
    assert [name for name, domain in domains.items() if domain["isDefault"]] == ["contoso.co.jp"]
    assert [name for name, domain in domains.items() if domain["isInitial"]] == ["contoso.onmicrosoft.com"]
    assert [name for name, domain in domains.items() if "Email" not in domain["capabilities"]] == [
        "intranet.contoso.co.jp"
    ]


# --- tokens, the log -------------------------------------------------------------------------------


async def test_required_token(graph: Client, tenant: Tenant) -> None:
    """Where a token is required, none and another one get 401, for the directory too."""
    tenant.required_token = "right"

    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic right"}):
        response = await graph.get(f"/v1.0/users/{SATO.mail}", headers=headers)
        assert (await error(response))[:2] == (401, "InvalidAuthenticationToken")
        assert response.headers["WWW-Authenticate"] == "Bearer"
    assert (await graph.get(LIST, headers={"Authorization": "Bearer right"})).status == 200


async def test_requests(graph: Client, tenant: Tenant) -> None:
    """Every call is written down with what it asked and what it got."""
    await graph.get(LIST, params={"$top": "0"})
    await graph.get(details(CASES["junk"]))
    await graph.get("/v1.0/users/nobody")

    log = [(one.method, one.kind, one.status) for one in tenant.requests]
    assert log == [("GET", "list", 400), ("GET", "details", 200), ("GET", "directory", 404)]
    assert tenant.requests[0].params == {"$top": "0"}
    assert tenant.requests[0].path == LIST


# --- faults ----------------------------------------------------------------------------------------


async def test_throttled(graph: Client, tenant: Tenant) -> None:
    """A refusal for haste says when to come back in seconds, as a date, or not at all."""
    tenant.faults = Faults(throttle=3, retry_after=17)

    response = await graph.get(LIST)
    assert (await error(response))[::2] == (429, THROTTLED)
    assert response.headers["Retry-After"] == "17"
    tenant.faults.retry_after_as_date = True
    response = await graph.get(LIST)
    assert parsedate_to_datetime(response.headers["Retry-After"]) == NOW + timedelta(seconds=17)
    tenant.faults.retry_after = None
    assert "Retry-After" not in (await graph.get(LIST)).headers
    assert (await graph.get(LIST)).status == 200


@pytest.mark.parametrize(
    ("faults", "status", "text"),
    [
        (Faults(prerequisite_missing=1), 401, "Service principal-less authentication failed"),
        (Faults(prerequisite_missing=1), 401, "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"),
        (Faults(prerequisite_missing=1, prerequisite_status=403), 403, "Service principal-less"),
        (Faults(token_expired=1), 401, "InvalidAuthenticationToken"),
        (Faults(permission_missing=1), 403, "Authorization_RequestDenied"),
        (Faults(server_error=1), 503, "ServiceNotAvailable"),
        (Faults(server_error=1, server_error_status=500), 500, "InternalServerError"),
        (Faults(server_error=1, server_error_status=504), 504, "<html>"),
    ],
)
async def test_refusals(graph: Client, tenant: Tenant, faults: Faults, status: int, text: str) -> None:
    """A fault shows once for each time it is set, on traces; the directory is spared."""
    tenant.faults = faults

    assert (await graph.get(f"/v1.0/users/{SATO.mail}")).status == 200
    response = await graph.get(LIST)
    assert response.status == status
    assert text in await response.text()
    assert (await graph.get(LIST)).status == 200


async def test_everywhere(graph: Client, tenant: Tenant) -> None:
    """Faults may be sent to the directory too, and may go on until they are cleared."""
    tenant.faults = Faults(permission_missing=ALWAYS, where=EVERYWHERE)

    for _ in range(3):
        assert (await graph.get("/v1.0/organization")).status == 403
    tenant.faults.clear()
    assert (await graph.get("/v1.0/organization")).status == 200


async def test_dropped(graph: Client, tenant: Tenant) -> None:
    """The connection is cut without an answer."""
    tenant.faults = Faults(dropped=ALWAYS)

    with pytest.raises(ClientError):
        await graph.get(LIST)
    assert tenant.requests[0].status == 0
    tenant.faults.clear()
    assert (await graph.get(LIST)).status == 200


async def test_half_page(graph: Client, tenant: Tenant) -> None:
    """The JSON ends in the middle of a page that says it is whole."""
    tenant.faults = Faults(half_page=1)

    response = await graph.get(LIST)
    text = await response.text(errors="replace")
    assert response.status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


async def test_slow(graph: Client, tenant: Tenant) -> None:
    """Every call takes longer."""
    tenant.faults = Faults(slow=timedelta(seconds=0.2))

    with pytest.raises(TimeoutError):
        await graph.get(LIST, timeout=ClientTimeout(total=0.05))


async def test_token_quoted_twice(graph: Client, tenant: Tenant) -> None:
    """A nextLink's values come quoted twice; sent back unmended they are refused, mended they work."""
    tenant.faults = Faults(token_quoted_twice=1)
    link = (await (await graph.get(LIST, params={"$top": "5"})).json())["@odata.nextLink"]

    fields = token_of(link)
    assert fields["StartDate"].startswith('"')
    status, _, message = await error(await graph.session.get(link))
    assert status == 400
    assert "Cannot process argument transformation on parameter 'StartDate'" in message
    mended = json.dumps({name: value.strip('"') for name, value in fields.items()})
    token = base64.b64encode(mended.encode()).decode()
    assert len((await (await graph.get(LIST, params={"$skiptoken": token})).json())["value"]) == 5


@pytest.mark.parametrize("times", [1, ALWAYS])
async def test_invalid_starting_recipient(graph: Client, tenant: Tenant, times: int) -> None:
    """A cursor is refused, once or always; a list taken up anew by time is not."""
    tenant.faults = Faults(invalid_starting_recipient=times)
    link = (await (await graph.get(LIST, params={"$top": "5"})).json())["@odata.nextLink"]

    status, _, message = await error(await graph.session.get(link))
    assert (status, message) == (400, "|System.ArgumentException|Invalid starting recipient address")
    assert (await graph.session.get(link)).status == (200 if times == 1 else 400)
    assert (await graph.get(LIST)).status == 200


async def test_repeated_cursor(graph: Client, tenant: Tenant) -> None:
    """A nextLink leads to the page it came with, again and again."""
    tenant.faults = Faults(repeated_cursor=ALWAYS)

    first = await (await graph.get(LIST, params={"$top": "5"})).json()
    again = await (await graph.session.get(first["@odata.nextLink"])).json()
    assert again == first


async def test_foreign_origin(graph: Client, tenant: Tenant) -> None:
    """A nextLink leads to another host."""
    tenant.faults = Faults(foreign_origin=1)

    body = await (await graph.get(LIST, params={"$top": "5"})).json()
    assert urlsplit(body["@odata.nextLink"]).hostname == "graph.microsoft.example"


async def test_unknown_status(graph: Client, tenant: Tenant) -> None:
    """A status that no page describes may come any day."""
    tenant.faults = Faults(unknown_status=1)

    assert [row["status"] for row in await rows(graph)].count("futureState") == 1
    assert "futureState" not in {row["status"] for row in await rows(graph)}


async def test_data_faults(graph: Client, tenant: Tenant) -> None:
    """The data of events may be blank, or XML that ends in the middle."""
    tenant.faults = Faults(blank_data=1, broken_data=0)
    url = details(CASES["junk"])

    blank = (await (await graph.get(url)).json())["value"]
    tenant.faults = Faults(broken_data=1)
    broken = (await (await graph.get(url)).json())["value"]
    assert {event["data"] for event in blank} == {""}
    assert not any(event["data"].endswith("</root>") for event in broken)


def test_fault_names() -> None:
    """The counters are listed, so that a page can offer them all."""
    assert {"throttle", "half_page", "broken_data", "token_quoted_twice"} <= set(FAULT_NAMES)
    assert not {"where", "retry_after", "slow", "server_error_status"} & set(FAULT_NAMES)
