"""Graph's message trace without I/O: encode requests; decode pages, details and errors.

Source: https://learn.microsoft.com/graph/api/resources/exchangemessagetrace
"""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from tracing.errors import (
    CredentialsRefused,
    GraphError,
    GraphGarbled,
    GraphRefused,
    GraphUnavailable,
    NotPermitted,
    PrerequisiteMissing,
    Throttled,
)
from tracing.model import MessageTrace, SubjectFilter, SubjectMode, TraceEvent, TraceRequest, decode_status

PAGE_SIZE = 5000
"""The most `$top` takes."""

TRACE_PERMISSION = "ExchangeMessageTrace.Read.All"
PREREQUISITE_APP_ID = "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"
"""“Transport Data Platform”: https://learn.microsoft.com/graph/api/resources/exchangemessagetrace"""

HEADERS = {"Prefer": "include-unknown-enum-members"}
"""Without it, `recalled` comes as `unknownFutureValue`."""

_LONGEST_WAIT = timedelta(days=1)

_COLLECTION = "/admin/exchange/tracing/messageTraces"


class TokenExpired(CredentialsRefused):
    """401 `InvalidAuthenticationToken`: renewing the token once may heal it."""


class CursorLost(GraphError):
    """A nextLink that the service itself refuses; the list can be taken up again by time."""


def encode(request: TraceRequest, root: str, page_size: int = PAGE_SIZE) -> str:
    """The URL of the first page of *request* under *root* (`https://graph.microsoft.com/v1.0`)."""
    conditions = [
        f"receivedDateTime ge {_instant(request.window.start)}",
        f"receivedDateTime le {_instant(request.window.end)}",
    ]
    for name, value in (
        ("senderAddress", request.sender),
        ("recipientAddress", request.recipient),
        ("status", request.status),
        ("messageId", request.message_id),
        ("id", request.message_trace_id),
        ("fromIP", request.from_ip),
    ):
        if value is not None:
            conditions.append(f"{name} eq '{_literal(value)}'")
    if request.subject is not None:
        conditions.append(_subject(request.subject))
    parameters = {"$filter": " and ".join(conditions), "$top": str(page_size)}
    return f"{root}{_COLLECTION}?{urlencode(parameters, quote_via=quote, safe='$')}"


def _subject(subject: SubjectFilter) -> str:
    text = _literal(subject.text)
    if subject.mode is SubjectMode.EQUALS:
        return f"subject eq '{text}'"
    return f"{subject.mode}(subject,'{text}')"


def encode_details(message_trace_id: str, recipient_address: str, root: str) -> str:
    """The URL of the events of one message on its way to one recipient."""
    recipient = quote(_literal(recipient_address), safe="@")
    path = f"{_COLLECTION}/{quote(message_trace_id, safe='')}"
    return f"{root}{path}/getDetailsByRecipient(recipientAddress='{recipient}')"


def decode_rows(body: object) -> tuple[MessageTrace, ...]:
    """The rows of one page, newest first. Raises: GraphUnavailable: it is not what Graph documents."""
    return tuple(_row(item) for item in _items(body))


def decode_details(body: object) -> tuple[TraceEvent, ...]:
    """The events of one answer, in the order they came. Raises: GraphUnavailable."""
    return tuple(_event(item) for item in _items(body))


def next_page(body: object, root: str) -> str | None:
    """The mended nextLink of an answer. Raises: CursorLost: it leads to another origin."""
    link = body.get("@odata.nextLink") if isinstance(body, dict) else None
    if not isinstance(link, str) or not link:
        return None
    # The token goes with every request: a link to anywhere else would hand it over.
    if not link.startswith(root + "/") or not link.isascii():
        raise CursorLost("foreign origin")
    return mend_link(link)


def mend_link(link: str) -> str:
    """*link* with a `$skiptoken` whose values are quoted twice put right; any other comes back as it is.

    Source: https://github.com/elastic/integrations/issues/18134
    """
    parts = urlsplit(link)
    query = parse_qsl(parts.query, keep_blank_values=True)
    mended = [(name, _mend_token(value) if name == "$skiptoken" else value) for name, value in query]
    if mended == query:
        return link
    return urlunsplit(parts._replace(query=urlencode(mended, quote_via=quote, safe="$")))


def decode_error(
    status: int, headers: Mapping[str, str], body: bytes, needed: str, now: datetime
) -> GraphError:
    """The error that an answer other than 2xx stands for; *needed* is the permission the call documents."""
    code, message = _error_of(body)
    text = f"{code} {message}"
    if status == 429:
        return Throttled(_retry_after(headers, now))
    if status in (401, 403) and PREREQUISITE_APP_ID in text:
        return PrerequisiteMissing(PREREQUISITE_APP_ID)
    if status == 401 and "Service principal-less authentication failed" in text:
        return PrerequisiteMissing(PREREQUISITE_APP_ID)
    if status == 401:
        return TokenExpired("InvalidAuthenticationToken")
    if status == 403:
        return NotPermitted(needed)
    if status == 400 and ("Invalid starting recipient address" in text or "Cannot process argument" in text):
        return CursorLost(message)
    if status >= 500:
        return GraphUnavailable(f"HTTP {status} {code}")
    return GraphRefused(status, text.strip()[:500])


def _items(body: object) -> list[Any]:
    if not isinstance(body, dict) or not isinstance(body.get("value"), list):
        raise GraphGarbled("an answer without a list of values")
    return list(body["value"])


def _row(item: object) -> MessageTrace:
    row = item if isinstance(item, dict) else {}
    return MessageTrace(
        message_trace_id=_required(row, "id"),
        message_id=_text(row, "messageId"),
        received_date_time=_date_time(row, "receivedDateTime"),
        sender_address=_text(row, "senderAddress"),
        recipient_address=_required(row, "recipientAddress"),
        subject=_text(row, "subject"),
        size=_number(row, "size"),
        status=decode_status(_text(row, "status")),
        from_ip=_text(row, "fromIP"),
        to_ip=_text(row, "toIP"),
    )


def _event(item: object) -> TraceEvent:
    event = item if isinstance(item, dict) else {}
    return TraceEvent(
        date_time=_date_time(event, "dateTime", "date"),
        event=_text(event, "event"),
        action=_text(event, "action"),
        description=_text(event, "description"),
        data=_text(event, "data"),
    )


def _text(item: Mapping[str, object], name: str) -> str:
    value = item.get(name)
    if not isinstance(value, str):
        return ""
    # Half a surrogate pair, such as a cut emoji leaves behind, is JSON but could never be stored or sent.
    return value if value.isascii() else value.encode(errors="replace").decode()


def _number(item: Mapping[str, object], name: str) -> int:
    value = item.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _required(item: Mapping[str, object], name: str) -> str:
    value = _text(item, name)
    if not value:
        raise GraphGarbled(f"a row without {name}")
    return value


def _date_time(item: Mapping[str, object], *names: str) -> datetime:
    for name in names:
        try:
            value = datetime.fromisoformat(_text(item, name))
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        except (ValueError, OverflowError):
            continue
    raise GraphGarbled(f"a row without {names[0]}")


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _literal(value: str) -> str:
    """*value* inside an OData string: a quote is doubled."""
    return value.replace("'", "''")


def _mend_token(token: str) -> str:
    try:
        values = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        return token
    if not isinstance(values, dict):
        return token
    mended = {name: _unquote(value) for name, value in values.items()}
    if mended == values:
        return token
    return base64.urlsafe_b64encode(json.dumps(mended).encode()).decode().rstrip("=")


def _unquote(value: object) -> object:
    if isinstance(value, str) and len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def _error_of(body: bytes) -> tuple[str, str]:
    try:
        error = json.loads(body).get("error")
        return str(error.get("code", "")), str(error.get("message", ""))
    except (ValueError, AttributeError, RecursionError):
        return "", body[:500].decode(errors="replace")


def _retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    value = headers.get("Retry-After", "").strip()
    try:
        digits = value.isascii() and value.isdigit()
        wait = timedelta(seconds=int(value)) if digits else parsedate_to_datetime(value) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta(0)), _LONGEST_WAIT)
