"""Encode and decode without I/O: what is asked of Graph, and what any answer becomes."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from tracing.errors import (
    GraphRefused,
    GraphUnavailable,
    NotPermitted,
    PrerequisiteMissing,
    Throttled,
)
from tracing.graph import (
    PREREQUISITE_APP_ID,
    CursorLost,
    TokenExpired,
    decode_details,
    decode_error,
    decode_rows,
    encode,
    encode_details,
    mend_link,
    next_page,
)
from tracing.model import DeliveryStatus, SubjectFilter, SubjectMode, TraceRequest, Window

ROOT = "https://graph.microsoft.com/v1.0"
NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=2), NOW)
TIMES = "receivedDateTime ge 2026-10-13T03:00:00Z and receivedDateTime le 2026-10-15T03:00:00Z"
ROW = {
    "id": "11111111-2222-4333-8444-555555555555",
    "messageId": "<a@hoge.com>",
    "receivedDateTime": "2026-10-15T02:59:58.1234567Z",
    "senderAddress": "suzuki@hoge.com",
    "recipientAddress": "tanaka@contoso.co.jp",
    "subject": "見積",
    "size": 48213,
    "status": "Delivered",
    "fromIP": "192.0.2.10",
    "toIP": "",
}


def page(*rows: object, **more: object) -> dict[str, object]:
    return {"value": list(rows), **more}


# --- asking ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("request_", "condition"),
    [
        (TraceRequest(WINDOW), ""),
        (TraceRequest(WINDOW, sender="a@b"), " and senderAddress eq 'a@b'"),
        (TraceRequest(WINDOW, recipient="o'brien+jp@b"), " and recipientAddress eq 'o''brien+jp@b'"),
        (TraceRequest(WINDOW, status=DeliveryStatus.FILTERED_AS_SPAM), " and status eq 'filteredAsSpam'"),
        (TraceRequest(WINDOW, message_id="<a&b=c@d>"), " and messageId eq '<a&b=c@d>'"),
        (TraceRequest(WINDOW, message_trace_id="x"), " and id eq 'x'"),
        (TraceRequest(WINDOW, from_ip="192.0.2.1"), " and fromIP eq '192.0.2.1'"),
        (
            TraceRequest(WINDOW, subject=SubjectFilter(SubjectMode.EQUALS, "it's 50% #1")),
            " and subject eq 'it''s 50% #1'",
        ),
        *(
            (TraceRequest(WINDOW, subject=SubjectFilter(mode, "it's")), f" and {mode}(subject,'it''s')")
            for mode in (SubjectMode.CONTAINS, SubjectMode.STARTS_WITH, SubjectMode.ENDS_WITH)
        ),
        (TraceRequest(WINDOW, "a@b", "*@c"), " and senderAddress eq 'a@b' and recipientAddress eq '*@c'"),
    ],
)
def test_encode(request_: TraceRequest, condition: str) -> None:
    """Both bounds, one value per property, quotes doubled, nothing else."""
    parts = urlsplit(encode(request_, ROOT))

    assert parts.path == "/v1.0/admin/exchange/tracing/messageTraces"
    assert parse_qs(parts.query) == {"$filter": [TIMES + condition], "$top": ["5000"]}


def test_encode_fraction() -> None:
    """A bound keeps its microseconds and is written in UTC, whatever its zone."""
    tokyo = datetime.fromisoformat("2026-10-15T12:00:00.000001+09:00")

    text = unquote(encode(TraceRequest(Window(NOW - timedelta(days=1), tokyo)), ROOT))
    assert "receivedDateTime le 2026-10-15T03:00:00.000001Z" in text


@pytest.mark.parametrize(
    ("recipient", "written"),
    [
        ("a@b.jp", "a@b.jp"),
        ("o'brien+jp@b.jp", "o%27%27brien%2Bjp@b.jp"),
        ("a/b?c#d@b.jp", "a%2Fb%3Fc%23d@b.jp"),
        ("田中@例え.jp", "%E7%94%B0%E4%B8%AD@%E4%BE%8B%E3%81%88.jp"),
    ],
)
def test_encode_details(recipient: str, written: str) -> None:
    """An address keeps its meaning in the path: quotes doubled, everything else escaped."""
    url = encode_details("a/../b", recipient, ROOT)

    start = f"{ROOT}/admin/exchange/tracing/messageTraces/a%2F..%2Fb/"
    assert url == f"{start}getDetailsByRecipient(recipientAddress='{written}')"


# --- rows ------------------------------------------------------------------------------------------


def test_decode_row() -> None:
    """A row in Graph's names becomes ours; the seventh decimal is cut, the state folded."""
    [row] = decode_rows(page(ROW))

    assert row.received_date_time == datetime(2026, 10, 15, 2, 59, 58, 123456, tzinfo=UTC)
    assert row.status is DeliveryStatus.DELIVERED
    assert (row.size, row.subject, row.message_trace_id) == (48213, "見積", ROW["id"])


@pytest.mark.parametrize(
    ("change", "name", "expected"),
    [
        ({"status": "futureState"}, "status", "futureState"),
        ({"status": "FILTEREDasSPAM"}, "status", DeliveryStatus.FILTERED_AS_SPAM),
        ({"subject": None}, "subject", ""),
        ({"subject": 7}, "subject", ""),
        ({"subject": "cut \ud83d"}, "subject", "cut ?"),
        ({"subject": "whole 😀"}, "subject", "whole 😀"),
        ({"size": "12"}, "size", 0),
        ({"size": True}, "size", 0),
        ({"fromIP": None}, "from_ip", ""),
        ({"receivedDateTime": "2026-10-15T12:00:00+09:00"}, "received_date_time", NOW),
        ({"receivedDateTime": "2026-10-15T03:00:00"}, "received_date_time", NOW),
        ({"senderAddress": ""}, "sender_address", ""),
    ],
)
def test_odd_row(change: dict[str, object], name: str, expected: object) -> None:
    """What a row lacks is blank; what it has beyond our knowledge survives."""
    [row] = decode_rows(page(ROW | change))

    assert getattr(row, name) == expected


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "value",
        7,
        {},
        {"value": None},
        {"value": {}},
        page(None),
        page([]),
        page(ROW | {"id": ""}),
        page(ROW | {"id": 7}),
        page(ROW | {"recipientAddress": None}),
        page(ROW | {"receivedDateTime": "yesterday"}),
        page(ROW | {"receivedDateTime": 1}),
        page(ROW | {"receivedDateTime": "0001-01-01T00:00:00+14:00"}),
        page(ROW, ROW | {"receivedDateTime": "2026-13-01T00:00:00Z"}),
    ],
)
def test_hostile_rows(body: object) -> None:
    """An answer that is not what Graph documents is Graph's fault, and no other error."""
    with pytest.raises(GraphUnavailable):
        decode_rows(body)


def test_decode_details() -> None:
    """Events keep their order and their repeats; an older name of the time is understood."""
    event = {"dateTime": "2026-10-15T03:00:00Z", "event": "Receive", "data": "<root/>"}
    older = {"date": "2026-10-15T03:00:00Z", "event": "Fail", "description": "Reason"}

    events = decode_details(page(older, event, event))
    assert [(e.event, e.description, e.data) for e in events] == [
        ("Fail", "Reason", ""),
        ("Receive", "", "<root/>"),
        ("Receive", "", "<root/>"),
    ]
    assert decode_details(page()) == ()
    with pytest.raises(GraphUnavailable):
        decode_details(page({"event": "Receive"}))


# --- following -------------------------------------------------------------------------------------

LIST = f"{ROOT}/admin/exchange/tracing/messageTraces"


def token(values: object, *, padded: bool = False) -> str:
    text = base64.urlsafe_b64encode(json.dumps(values).encode()).decode()
    return text if padded else text.rstrip("=")


def values_of(link: str) -> Any:
    text = parse_qs(urlsplit(link).query)["$skiptoken"][0]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


@pytest.mark.parametrize("quote", ['"', "'"])
@pytest.mark.parametrize("padded", [True, False])
def test_mend(quote: str, padded: bool) -> None:
    """Values quoted twice lose one level; the rest of the token and of the link stays."""
    broken = {"StartDate": f"{quote}2026{quote}", "ResultSize": "5", "Count": 7, "Odd": '"'}

    mended = mend_link(f"{LIST}?$top=5&$skiptoken={token(broken, padded=padded)}")
    assert values_of(mended) == broken | {"StartDate": "2026"}
    assert "$top=5&" in mended


@pytest.mark.parametrize(
    "text",
    [
        token({"StartDate": "2026"}),
        token(["StartDate"]),
        "!!!",
        "",
        base64.b64encode(b"no json").decode(),
        base64.b64encode(b"[" * 100_000).decode(),
        "%E7%94%B0",
    ],
)
def test_nothing_to_mend(text: str) -> None:
    """A token that is sound, or that nobody understands, is sent back as it came."""
    link = f"{LIST}?$skiptoken={text}"

    assert mend_link(link) == link


def test_next_page() -> None:
    """A list goes on where its nextLink leads, and ends without one."""
    link = f"{LIST}?$skiptoken={token({'a': 'b'})}"

    assert next_page(page(**{"@odata.nextLink": link}), ROOT) == link
    ends: list[object] = [{}, [], None, {"@odata.nextLink": ""}, {"@odata.nextLink": 7}]
    assert [next_page(body, ROOT) for body in ends] == [None] * 5


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.microsoft.com.example/v1.0/x",
        "https://graph.microsoft.com/v1.0@example.com/x",
        "https://graph.microsoft.com/v1.0",
        "http://graph.microsoft.com/v1.0/x",
        "https://example.com/v1.0/x",
        "/v1.0/x",
        f"{LIST}?$skiptoken=\ud800",
    ],
)
def test_foreign_link(link: str) -> None:
    """A link that does not begin with the configured Graph, or is no URL, is never followed."""
    with pytest.raises(CursorLost):
        next_page(page(**{"@odata.nextLink": link}), ROOT)


# --- refusals --------------------------------------------------------------------------------------


def error_body(code: str = "", message: str = "") -> bytes:
    return json.dumps({"error": {"code": code, "message": message}}).encode()


NO_PRINCIPAL = error_body("UnknownError", "Service principal-less authentication failed: none")
APP = error_body("UnknownError", f"The service principal for App ID {PREREQUISITE_APP_ID} was not found.")


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (401, NO_PRINCIPAL, PrerequisiteMissing),
        (401, APP, PrerequisiteMissing),
        (403, APP, PrerequisiteMissing),
        (401, error_body("InvalidAuthenticationToken", "expired"), TokenExpired),
        (401, b"", TokenExpired),
        (403, error_body("Authorization_RequestDenied", "no"), NotPermitted),
        (400, error_body("x", "|System.ArgumentException|Invalid starting recipient address"), CursorLost),
        (400, error_body("x", "Cannot process argument transformation on parameter 'StartDate'"), CursorLost),
        (400, error_body("x", "ResultSize is invalid"), GraphRefused),
        (404, b"<html>", GraphRefused),
        (302, b"", GraphRefused),
        (429, b"", Throttled),
        (500, b"[]", GraphUnavailable),
        (503, b'{"error": "text"}', GraphUnavailable),
        (504, b"<html>", GraphUnavailable),
        (502, b"[" * 100_000, GraphUnavailable),
        (500, b"\xff\xfe\x00", GraphUnavailable),
    ],
)
def test_error(status: int, body: bytes, expected: type[Exception]) -> None:
    """Every answer other than 2xx is one error of the tree, by its status and words."""
    error = decode_error(status, {}, body, "Some.Read.All", NOW)

    assert type(error) is expected


def test_error_facts() -> None:
    """An error carries what its card must say."""
    denied = decode_error(403, {}, error_body(), "Some.Read.All", NOW)
    missing = decode_error(401, {}, APP, "Some.Read.All", NOW)
    refused = decode_error(400, {}, error_body("BadRequest", "x" * 1000), "Some.Read.All", NOW)

    assert isinstance(denied, NotPermitted)
    assert denied.needed == "Some.Read.All"
    assert isinstance(missing, PrerequisiteMissing)
    assert missing.app_id == PREREQUISITE_APP_ID
    assert isinstance(refused, GraphRefused)
    assert refused.status == 400
    assert refused.text.startswith("BadRequest xxx")
    assert len(refused.text) == 500


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("17", 17),
        (" 0 ", 0),
        ("999999", 86_400),
        ("Thu, 15 Oct 2026 03:00:30 GMT", 30),
        ("Thu, 15 Oct 2026 02:00:00 GMT", 0),
        ("Thu, 15 Oct 2099 02:00:00 GMT", 86_400),
        ("Thu, 15 Oct 2026 03:00:30 -0000", None),
        ("", None),
        (None, None),
        ("soon", None),
        ("-5", None),
        ("１７", None),
        ("9" * 20, None),
        ("9" * 5000, None),
    ],
)
def test_retry_after(value: str | None, seconds: int | None) -> None:
    """Seconds or a date, never negative, a day at most; None when it is missing or makes no sense."""
    error = decode_error(429, {} if value is None else {"Retry-After": value}, b"", "x", NOW)

    assert isinstance(error, Throttled)
    assert error.retry_after == (None if seconds is None else timedelta(seconds=seconds))
