"""Reading a list request the way the message trace service does, which is not the way OData says.

Of a `$filter` the service takes one value per property, the last one, and ANDs what it took. The words
`or` and `not` change nothing; a condition with `ne` or `in`, or a function over an address, is accepted
and has no effect.
"""

import base64
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import contains, eq

from demo.events import EPOCH, Row, instant

MAX_TOP = 5000  # https://learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces
DEFAULT_TOP = 1000
DEFAULT_PERIOD = timedelta(hours=48)
MAX_PERIOD = timedelta(days=10)
HISTORY = timedelta(days=90)
SECOND = 10_000_000  # of the service's 100 ns

PARAMETERS = {
    "senderAddress": "SenderAddress",
    "recipientAddress": "RecipientAddress",
    "subject": "Subject",
    "status": "Status",
    "messageId": "MessageId",
    "id": "MessageTraceId",
    "fromIP": "FromIP",
    "toIP": "ToIP",
}
"""Property → the parameter of the cmdlet behind the endpoint, the name under which a token carries it."""
UNFILTERABLE = ("receivedDateTime", "size")
_CONDITION = re.compile(
    r"""\b(?P<function>contains|startswith|endswith)\s*\(\s*(?P<inside>\w+)\s*,\s*
            '(?P<part>(?:[^']|'')*)'\s*\)(?:\s+eq\s+true)?
      | \b(?P<listed>\w+)\s+in\s*\((?:\s*'(?:[^']|'')*'\s*,?)*\)
      | \b(?P<property>\w+)\s+(?P<operator>eq|ne|ge|le|gt|lt)\s+
            (?:[\w.]*'(?P<text>(?:[^']|'')*)'|(?P<bare>[^\s()']+))""",
    re.VERBOSE,
)
_GLUE = re.compile(r"(?:\s|\(|\)|\b(?:and|or|not)\b)*")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?(Z|[+-]\d\d:\d\d)")


class BadQuery(Exception):
    """Answered with 400; the text is the service's."""


@dataclass(frozen=True)
class Query:
    """What is asked for: rows from *start* to *end*, both included, in 100 ns since 1970.

    `after` names the recipient and trace id of the last row given before, at `end`.
    """

    start: int
    end: int
    top: int = DEFAULT_TOP
    parameters: Mapping[str, str] = field(default_factory=dict)
    after: tuple[str, str] | None = None


def parse(params: Mapping[str, str], now: datetime) -> Query:
    """Read the query parameters of a list request. Raises: BadQuery."""
    if token := params.get("$skiptoken"):
        return decode_token(token)
    top = params.get("$top", str(DEFAULT_TOP))
    if not re.fullmatch(r"\d+", top) or not 1 <= int(top) <= MAX_TOP:
        raise BadQuery("ResultSize is invalid")
    bounds, parameters = parse_filter(params.get("$filter", ""))
    start, end = _window(bounds.get("ge"), bounds.get("le"), now)
    return Query(start, end, int(top), parameters)


def parse_filter(text: str) -> tuple[dict[str, int], dict[str, str]]:
    """The time bounds and the conditions of *text* that count: the last of each. Raises: BadQuery."""
    bounds: dict[str, int] = {}
    parameters: dict[str, str] = {}
    rest = 0
    for found in _CONDITION.finditer(text):
        _expect_glue(text, rest, found.start())
        rest = found.end()
        name = found["property"] or found["inside"] or found["listed"]
        if name not in PARAMETERS and name not in UNFILTERABLE:
            raise BadQuery(
                f"Could not find a property named '{name}' on type 'microsoft.graph.exchangeMessageTrace'."
            )
        if name == "receivedDateTime" and found["operator"]:
            bounds[found["operator"]] = _bound(found["bare"])
        elif found["operator"] == "eq" and name in PARAMETERS:
            parameters[PARAMETERS[name]] = _unquoted(found["text"] or found["bare"] or "")
            if name == "subject":
                parameters["SubjectFilterType"] = "eq"
        elif found["function"] and name == "subject":
            parameters |= {"Subject": _unquoted(found["part"]), "SubjectFilterType": found["function"]}
    _expect_glue(text, rest, len(text))
    return bounds, parameters


def _expect_glue(text: str, start: int, end: int) -> None:
    if not _GLUE.fullmatch(text, start, end):
        raise BadQuery(f"Invalid filter clause: There is a syntax error at position {start} in '{text}'.")


def _unquoted(text: str) -> str:
    return text.replace("''", "'")


def _bound(bare: str | None) -> int:
    if bare is None:
        raise BadQuery(
            "Invalid filter clause: A binary operator with incompatible types was detected. "
            "Found operand types 'Edm.DateTimeOffset' and 'Edm.String'."
        )
    return read_instant(bare)


def _window(start: int | None, end: int | None, now: datetime) -> tuple[int, int]:
    if start is None and end is None:
        return instant(now - DEFAULT_PERIOD), instant(now)
    if start is None:
        raise BadQuery("StartDate is required when an EndDate is entered.")
    if end is None:
        raise BadQuery("EndDate is required when a StartDate is entered.")
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if start < instant(midnight - HISTORY):
        raise BadQuery("Invalid StartDate value. The StartDate can't be older than 90 days from today.")
    if end > instant(now):
        raise BadQuery("Invalid EndDate value. The EndDate can't be later than the current date.")
    if start > end:
        raise BadQuery("|System.ArgumentException|The StartDate can't be later than the EndDate.")
    if end - start > MAX_PERIOD.total_seconds() * SECOND:
        raise BadQuery(
            "|System.ArgumentException|The interval between StartDate and EndDate "
            "can't be longer than 10 days."
        )
    return start, end


def page(rows: Iterable[Row], query: Query) -> tuple[list[Row], Query | None]:
    """The next rows for *query* out of *rows*, and the query for those that follow, if any do.

    *rows* come newest first, and no further than needed are they read.
    """
    conditions = _conditions(query.parameters)
    meeting = (row for row in rows if _due(row, query) and all(test(row) for test in conditions))
    given = list(islice(meeting, query.top))
    if next(meeting, None) is None:
        return given, None
    last = given[-1]
    return given, replace(query, end=last.instant, after=_place(last))


def _place(row: Row) -> tuple[str, str]:
    return row.recipient_address.lower(), row.message_trace_id


def _due(row: Row, query: Query) -> bool:
    """Whether *row* lies in the window, and after the last row given before."""
    if not query.start <= row.instant <= query.end:
        return False
    return query.after is None or row.instant != query.end or _place(row) > query.after


Condition = Callable[[Row], bool]
_COLUMNS: dict[str, Callable[[Row], str]] = {
    "SenderAddress": lambda row: row.sender_address,
    "RecipientAddress": lambda row: row.recipient_address,
    "Subject": lambda row: row.subject,
    "Status": lambda row: row.status,
    "MessageId": lambda row: row.message_id,
    "MessageTraceId": lambda row: row.message_trace_id,
    "FromIP": lambda row: row.from_ip,
    "ToIP": lambda row: row.to_ip,
}


def _conditions(parameters: Mapping[str, str]) -> list[Condition]:
    kind = parameters.get("SubjectFilterType", "")
    return [
        _condition(_COLUMNS[name], value.lower(), _comparison(name, value, kind))
        for name, value in parameters.items()
        if name != "SubjectFilterType"
    ]


def _condition(column: Callable[[Row], str], value: str, compare: Callable[[str, str], bool]) -> Condition:
    return lambda row: compare(column(row).lower(), value)


def _comparison(name: str, value: str, kind: str) -> Callable[[str, str], bool]:
    """How the service compares its own value with the one asked for, both in small letters.

    `*@domain` takes a domain; any other pattern is compared as it stands, and so finds nothing.
    """
    if name.endswith("Address") and value.startswith("*@") and "*" not in value[1:]:
        return lambda own, asked: own.endswith(asked[1:])
    if name == "Subject" and kind in _OF_SUBJECTS:
        return _OF_SUBJECTS[kind]
    return eq


_OF_SUBJECTS: dict[str, Callable[[str, str], bool]] = {
    "contains": contains,
    "startswith": str.startswith,
    "endswith": str.endswith,
}


# --- instants and tokens ---------------------------------------------------------------------------


def read_instant(text: str) -> int:
    """An `Edm.DateTimeOffset` in 100 ns since 1970. Raises: BadQuery."""
    found = _INSTANT.fullmatch(text)
    try:
        whole = datetime.fromisoformat(found[1] + found[3]) if found else None
    except ValueError:
        whole = None
    if found is None or whole is None:
        raise BadQuery(f"Invalid filter clause: The time '{text}' is not valid.")
    return instant(whole) + int((found[2] or "").ljust(7, "0"))


def write_instant(moment: int, *, full: bool = False) -> str:
    """*moment* as Graph writes it: up to seven decimals, without the zeros at the end unless *full*."""
    seconds, fraction = divmod(moment, SECOND)
    decimals = f"{fraction:07}" if full else f"{fraction:07}".rstrip("0")
    return f"{EPOCH + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S}{'.' if decimals else ''}{decimals}Z"


def encode_token(query: Query, *, quoted_twice: bool = False) -> str:
    """The `$skiptoken` that asks for *query*: base64 of JSON, without padding.

    *quoted_twice* writes it with the service's fault: quotes inside the values.
    Source: https://github.com/elastic/integrations/issues/18134
    """
    recipient, trace = query.after or ("", "")
    fields = {
        "StartDate": write_instant(query.start, full=True),
        "EndDate": write_instant(query.end, full=True),
        "StartingRecipientAddress": recipient,
    }
    if quoted_twice:
        fields = {name: f'"{value}"' for name, value in fields.items()}
    fields |= {"StartingMessageTraceId": trace, "ResultSize": str(query.top), **query.parameters}
    return base64.b64encode(json.dumps(fields).encode()).decode().rstrip("=")


def decode_token(token: str) -> Query:
    """The query in a `$skiptoken`, padded or not. Raises: BadQuery."""
    try:
        fields = json.loads(base64.b64decode(token + "=" * (-len(token) % 4), validate=True))
        start, end = fields.pop("StartDate"), fields.pop("EndDate")
        after = fields.pop("StartingRecipientAddress"), fields.pop("StartingMessageTraceId")
        top = int(fields.pop("ResultSize"))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadQuery("Skip token is not valid.") from None
    for name, value in (("StartDate", start), ("EndDate", end)):
        if not _INSTANT.fullmatch(value):
            raise BadQuery(
                f"Cannot process argument transformation on parameter '{name}'. "
                f'Cannot convert value "{value}" to type "System.DateTime".'
            )
    return Query(read_instant(start), read_instant(end), top, fields, after if after[1] else None)
