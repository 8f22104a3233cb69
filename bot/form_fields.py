"""The form's inputs ↔ the conditions of a trace; the validation is the one behind typed words.

Inputs arrive as text in the reader's zone; an empty one asks nothing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar, assert_never

from bot.moments import Moment, When, read_moment
from bot.tokens import SEPARATORS
from bot.values import GUID, read_address, read_ip, read_message_id
from cards.form import ANY, Fields
from tracing.model import (
    DEFAULT_PERIOD,
    AddressPattern,
    Between,
    DeliveryStatus,
    Direction,
    IpFilter,
    Last,
    Period,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)
from tracing.plan import oldest

_T = TypeVar("_T")
_APART = re.compile(rf"[\s{SEPARATORS}]+")


class FormFaults(Exception):
    """Inputs that cannot be read: *faults* maps a field to what it expects, the last part of a text's key."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(faults)
        self.faults = faults


def read_query(fields: Fields, when: When) -> TraceQuery:
    """The conditions that stand in *fields*. Raises: FormFaults: with every fault there is."""
    reader = _Reader(when)
    ids = reader.each(fields.message_id, "message_id", _id)
    query = TraceQuery(
        period=reader.period(fields),
        senders=reader.each(fields.sender, "sender", read_address, "address"),
        recipients=reader.each(fields.recipient, "recipient", read_address, "address"),
        subject=reader.subject(fields),
        statuses=reader.statuses(fields),
        message_ids=tuple(word for word in ids if not GUID.fullmatch(word)),
        message_trace_ids=tuple(dict.fromkeys(word.lower() for word in ids if GUID.fullmatch(word))),
        direction=reader.choice(fields.direction, "direction", Direction, "direction"),
        from_ips=reader.from_ips(fields),
    )
    if reader.faults:
        raise FormFaults(reader.faults)
    return query


def fields_of(query: TraceQuery, when: When) -> Fields:
    """What the inputs hold for *query*; an address that may be on either side stands as the sender."""
    either = tuple(pattern for group in query.involving for pattern in group)
    start, end = _bounds(query.period, when)
    return Fields(
        sender=_joined(query.senders + either),
        recipient=_joined(query.recipients),
        subject=query.subject.text if query.subject else "",
        subject_mode=(query.subject.mode if query.subject else SubjectMode.CONTAINS).value,
        statuses=tuple(status.value for status in query.statuses),
        message_id=", ".join((*query.message_ids, *query.message_trace_ids)),
        direction=query.direction.value if query.direction else "",
        from_ip=", ".join(map(str, query.from_ips)),
        start_date=start.strftime("%Y-%m-%d") if start else "",
        start_time=start.strftime("%H:%M") if start else "",
        end_date=end.strftime("%Y-%m-%d") if end else "",
        end_time=end.strftime("%H:%M") if end else "",
    )


def _bounds(period: Period, when: When) -> tuple[datetime | None, datetime | None]:
    match period:
        case Last(duration):
            return None if period == DEFAULT_PERIOD else (when.now - duration).astimezone(when.zone), None
        case Between(start, end):
            return start.astimezone(when.zone), end.astimezone(when.zone) if end else None
        case _:
            assert_never(period)


def _joined(patterns: tuple[AddressPattern, ...]) -> str:
    return ", ".join(pattern.text for pattern in patterns)


def _id(word: str) -> str | None:
    return word if GUID.fullmatch(word) else read_message_id(word)


class _Reader:
    """Reads inputs one by one and keeps the faults; a faulty one asks nothing."""

    def __init__(self, when: When) -> None:
        self._when = when
        self.faults: dict[str, str] = {}

    def each(
        self, text: str, field: str, read: Callable[[str], _T | None], expected: str = ""
    ) -> tuple[_T, ...]:
        values = [read(word) for word in _APART.split(text) if word]
        if None in values:
            self.faults[field] = expected or field
        return tuple(dict.fromkeys(value for value in values if value is not None))

    def from_ips(self, fields: Fields) -> tuple[IpFilter, ...]:
        network = read_ip(fields.from_ip)
        if network is None and fields.from_ip.strip():
            self.faults["from_ip"] = "ip"
        return () if network is None else (network,)

    def choice(self, text: str, field: str, kind: Callable[[str], _T], expected: str) -> _T | None:
        if text in ("", ANY):
            return None
        try:
            return kind(text)
        except ValueError:
            self.faults[field] = expected
            return None

    def statuses(self, fields: Fields) -> tuple[DeliveryStatus, ...]:
        chosen = (self.choice(value, "statuses", DeliveryStatus, "status") for value in fields.statuses)
        return tuple(dict.fromkeys(status for status in chosen if status is not None))

    def subject(self, fields: Fields) -> SubjectFilter | None:
        mode = self.choice(fields.subject_mode, "subject", SubjectMode, "subject") or SubjectMode.CONTAINS
        text = fields.subject.strip()
        return SubjectFilter(mode, text) if text else None

    def period(self, fields: Fields) -> Period:
        since = self._moment(fields.start_date, fields.start_time, "start_date")
        until = self._moment(fields.end_date, fields.end_time, "end_date")
        if since is None and until is None:
            return DEFAULT_PERIOD
        now = self._when.now
        end = until.end if until else None
        start = since.start if since else (end or now) - DEFAULT_PERIOD.duration
        if end is not None and start >= end:
            self.faults.setdefault("end_date", "range")
        elif start >= now:
            self.faults.setdefault("start_date", "future")
        elif end is not None and end <= oldest(now):
            self.faults.setdefault("end_date", "too_old")
        return Between(start, end)

    def _moment(self, day: str, clock: str, field: str) -> Moment | None:
        words = f"{day.strip()} {clock.strip()}".strip()
        if not words:
            return None
        # A time alone says no day: in a form, unlike in a sentence, it was forgotten rather than meant.
        moment = read_moment(words, self._when) if day.strip() else None
        if moment is None:
            self.faults[field] = "date_time"
        return moment
