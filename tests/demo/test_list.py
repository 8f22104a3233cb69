"""The list of traces behaves as the live service was measured to."""

from datetime import UTC, datetime

import pytest

from demo.company import TANAKA
from demo.events import To, mail
from demo.mailbox import CASES, Mailbox
from demo.tenant import Tenant
from tests.demo.asking import LIST, MAILBOX, NOW, WEEK, Client, flood, refused, rows


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
