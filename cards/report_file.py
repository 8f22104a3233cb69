"""Reports as CSV: rows and events in, text out.

The columns have the names of the admin center's own reports, in either language, so that programs for those
read these too. Remarks about the file are below the rows, in lines that begin with `#`.
Source: https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-modern-eac
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from enum import StrEnum

from cards.csv_file import MARK, lines
from cards.reader import Reader
from cards.words import period
from tracing.model import Between, MessageTrace, TraceEvent, TraceQuery, direction_of
from tracing.reason import Told


class ReportKind(StrEnum):
    """The admin center's reports that are files."""

    ENHANCED = "enhanced"
    EXTENDED = "extended"


_ROW = (
    "origin_timestamp_utc",
    "origin_timestamp_local",
    "sender_address",
    "recipient_address",
    "recipient_status",
    "delivery_status",
    "message_subject",
    "total_bytes",
    "message_id",
    "network_message_id",
    "directionality",
)
_ROW_FULL = ("original_client_ip", "to_ip")
_EVENT = ("date_time_utc", "date_time_local", "event_id", "action")
_EVENT_FULL = (
    "description",
    "source",
    "source_context",
    "client_ip",
    "server_hostname",
    "connector_id",
    "recipient_count",
    "event_recipient_status",
    "custom_data",
)
_DATA = {
    "source": ("Source",),
    "source_context": ("SourceContext",),
    "client_ip": ("ClientIP", "CIP"),
    "server_hostname": ("ServerHostName", "MailboxServer"),
    "connector_id": ("ConnectorId",),
    "recipient_count": ("RcptCount",),
    "event_recipient_status": ("RecipientStatus",),
    "custom_data": ("CustomData",),
}
"""The columns that stand in an event's data, by its names for them."""

MISSING = {
    ReportKind.ENHANCED: ("connector_id", "delivery_priority"),
    ReportKind.EXTENDED: (
        "client_hostname",
        "server_ip",
        "internal_message_id",
        "related_recipient_address",
        "reference",
        "return_path",
        "message_info",
        "tenant_id",
        "original_server_ip",
    ),
}
"""The admin center's columns of which Graph says nothing."""


@dataclass(frozen=True)
class Sheet:
    """How it is written: `domains` are ours, in lower case; `full`: with what the help desk alone sees."""

    kind: ReportKind
    zone: tzinfo
    domains: Collection[str]
    full: bool

    @property
    def columns(self) -> tuple[str, ...]:
        row = _ROW + (_ROW_FULL if self.full else ())
        if self.kind is ReportKind.ENHANCED:
            return row
        return row + _EVENT + (_EVENT_FULL if self.full else ())

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the report does not have because its reader may not see it."""
        if self.full:
            return ()
        return _ROW_FULL if self.kind is ReportKind.ENHANCED else _ROW_FULL + _EVENT_FULL


def head(sheet: Sheet) -> str:
    """The first line, behind the mark."""
    return MARK + lines([sheet.columns])


def rows(sheet: Sheet, found: Iterable[MessageTrace]) -> str:
    """A line for each row."""
    return lines(_row(sheet, row) for row in found)


def events(sheet: Sheet, row: MessageTrace, found: Sequence[TraceEvent]) -> str:
    """A line for each event of *row*, earliest first; one without an event where there is none."""
    begin = _row(sheet, row)
    if not found:
        return lines([[*begin, *("" for _ in sheet.columns[len(begin) :])]])
    ordered = sorted(found, key=lambda event: event.date_time)
    return lines([*begin, *_event(sheet, event)] for event in ordered)


def notes(sentences: Iterable[str]) -> str:
    """What is said of the file, a line each, below the rows."""
    return lines([f"# {sentence}"] for sentence in sentences)


def foot(
    sheet: Sheet, count: int, query: TraceQuery, shortfalls: Sequence[str], reader: Reader, now: datetime
) -> str:
    """The remarks about the file of *query*; *shortfalls* are sentences about what it lacks and why."""
    sentences = [
        reader.say("report.file.count", n=count),
        reader.say("report.file.searched", period=_searched(query, reader)),
        reader.say("report.file.written", time=_both(now, reader)),
        *(shortfalls or [reader.say("report.file.whole")]),
        reader.say("report.file.missing", columns=", ".join(MISSING[sheet.kind])),
    ]
    if sheet.left_out:
        sentences.append(reader.say("report.file.left_out", columns=", ".join(sheet.left_out)))
    return notes(sentences)


def _searched(query: TraceQuery, reader: Reader) -> str:
    """The time range of *query*, which a report has fixed; with the year, since files are kept."""
    match query.period:
        case Between(start, end) if end is not None:
            return f"{_local(start, reader.zone)} – {_local(end, reader.zone)}"
        case _:
            return period(query, reader)


def _row(sheet: Sheet, row: MessageTrace) -> list[str]:
    # Of a message whose recipients may not be told, nothing of any of them stands here.
    to_somebody = bool(row.recipient_address)
    way = ""
    if sheet.domains and to_somebody:
        way = direction_of(row.sender_address, row.recipient_address, sheet.domains)
    cells = [
        _utc(row.received_date_time),
        _local(row.received_date_time, sheet.zone),
        row.sender_address,
        row.recipient_address,
        f"{row.recipient_address}##{row.status}" if to_somebody else "",
        row.status,
        row.subject,
        str(row.size),
        row.message_id,
        row.message_trace_id,
        way,
    ]
    return cells + ([row.from_ip, row.to_ip] if sheet.full else [])


def _event(sheet: Sheet, event: TraceEvent) -> list[str]:
    cells = [
        _utc(event.date_time),
        _local(event.date_time, sheet.zone),
        event.event,
        event.action,
    ]
    if not sheet.full:
        return cells
    data = Told(event).data
    known = (next((data[name] for name in names if data.get(name)), "") for names in _DATA.values())
    return [*cells, event.description, *known]


def _utc(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _local(value: datetime, zone: tzinfo) -> str:
    return value.astimezone(zone).isoformat(sep=" ", timespec="seconds")


def _both(value: datetime, reader: Reader) -> str:
    return f"{_local(value, reader.zone)}, {_utc(value)}"
