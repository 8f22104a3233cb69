"""The form's inputs ↔ the conditions of a trace; the validation is the one behind typed words.

Inputs arrive as text in the reader's zone; an empty one asks nothing.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from itertools import chain
from typing import TypeVar, assert_never

from bot.cursor import AND, OR, once, read_glued
from bot.moments import Moment, When, read_moment
from bot.sentence_words import read_cause
from bot.tokens import SEPARATORS
from bot.values import GUID, read_address, read_id, read_ip, read_ip_filter, read_ticket
from bot.vocabulary import key_of
from cards.form import ANY, DATES, RANGES, Fields
from tracing.calendar import Calendar, CalendarUnit
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
    either = reader.each(fields.either, "either", read_address, "address")
    ids = reader.each(fields.message_id, "message_id", read_id)
    query = TraceQuery(
        period=reader.period(fields),
        senders=reader.each(fields.sender, "sender", read_address, "address"),
        recipients=reader.each(fields.recipient, "recipient", read_address, "address"),
        involving=(either,) if either else (),
        subject=reader.subject(fields),
        statuses=reader.statuses(fields),
        message_ids=tuple(word for word in ids if not GUID.fullmatch(word)),
        message_trace_ids=tuple(word for word in ids if GUID.fullmatch(word)),
        direction=reader.choice(fields.direction, "direction", Direction, "direction"),
        from_ips=reader.each(fields.from_ip, "from_ip", read_ip_filter, "ip"),
        client_ip=reader.client_ip(fields),
        ticket=reader.ticket(fields),
        causes=reader.each(fields.causes, "causes", read_cause, "cause"),
        rule=fields.rule.strip(),
    )
    if reader.faults:
        raise FormFaults(reader.faults)
    return query


def fields_of(query: TraceQuery, when: When) -> Fields:
    """What the inputs hold for *query*; a second group of addresses on either side stands as the sender."""
    either, *others = query.involving or ((),)
    start, end = _bounds(query.period, when)
    return Fields(
        sender=_joined(tuple(chain(query.senders, *others))),
        recipient=_joined(query.recipients),
        subject=query.subject.text if query.subject else "",
        subject_mode=(query.subject.mode if query.subject else SubjectMode.CONTAINS).value,
        statuses=tuple(status.value for status in query.statuses),
        message_id=", ".join((*query.message_ids, *query.message_trace_ids)),
        direction=query.direction.value if query.direction else "",
        from_ip=", ".join(map(_plain, query.from_ips)),
        client_ip=_plain(query.client_ip) if query.client_ip else "",
        ticket=query.ticket,
        causes=", ".join(cause.value for cause in query.causes),
        rule=query.rule,
        either=_joined(either),
        range=_range(query.period, when) or DATES,
        start_date=start.strftime("%Y-%m-%d") if start else "",
        start_time=start.strftime("%H:%M") if start else "",
        end_date=end.strftime("%Y-%m-%d") if end else "",
        end_time=end.strftime("%H:%M") if end else "",
    )


def _plain(asked: IpFilter) -> str:
    """As it is typed: a single address without the length of its network."""
    return str(asked).removesuffix("/32").removesuffix("/128")


def _range(period: Period, when: When) -> str:
    """The name of the range in the form, "" when it has none."""
    named = {_named(one, when): name for name, one in RANGES.items()}
    return named.get(period, "")


def _named(one: Last | tuple[CalendarUnit, int], when: When) -> Period:
    return one if isinstance(one, Last) else Calendar(*one, zone=when.zone.key)


def _bounds(period: Period, when: When) -> tuple[datetime | None, datetime | None]:
    """What the dates and times are; nothing where a name says it."""
    if period == DEFAULT_PERIOD or _range(period, when):
        return None, None
    match period:
        case Last(duration):
            return (when.now - duration).astimezone(when.zone), None
        case Calendar():
            # A day of another zone: somebody travelled since they asked.
            start, end = period.bounds(when.now)
            return start.astimezone(when.zone), end.astimezone(when.zone)
        case Between(start, end):
            return start.astimezone(when.zone), end.astimezone(when.zone) if end else None
        case _:
            assert_never(period)


def _joined(patterns: tuple[AddressPattern, ...]) -> str:
    return ", ".join(pattern.text for pattern in patterns)


class _Reader:
    """Reads inputs one by one and keeps the faults; a faulty one asks nothing."""

    def __init__(self, when: When) -> None:
        self._when = when
        self.faults: dict[str, str] = {}

    def each(
        self, text: str, field: str, read: Callable[[str], _T | None], expected: str = ""
    ) -> tuple[_T, ...]:
        values: list[_T] = []
        for word in _APART.split(text):
            if not word or key_of(word) in (*OR, *AND):
                continue
            if not (found := read_glued(word, read)):
                self.faults[field] = expected or field
            values += found
        return once(tuple(values))

    def client_ip(self, fields: Fields) -> IPv4Network | IPv6Network | None:
        network = read_ip(fields.client_ip)
        if network is None and fields.client_ip.strip():
            self.faults["client_ip"] = "client_ip"
        return network

    def ticket(self, fields: Fields) -> str:
        ticket = read_ticket(fields.ticket)
        if ticket is None and fields.ticket.strip():
            self.faults["ticket"] = "ticket"
        return ticket or ""

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
        named = RANGES.get(fields.range)
        if named is not None:
            if since or until:
                # Which of the two was meant nobody can know.
                self.faults["range"] = "one_range"
            return _named(named, self._when)
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
