"""Phrases that several cards share: states, conditions, time ranges."""

from cards.elements import clean
from cards.reader import Reader
from tracing.model import (
    AddressPattern,
    Between,
    DeliveryStatus,
    Direction,
    Last,
    SubjectFilter,
    TraceQuery,
    Window,
)

SYMBOLS = {
    DeliveryStatus.FAILED: "❌",
    DeliveryStatus.QUARANTINED: "🛡️",
    DeliveryStatus.FILTERED_AS_SPAM: "🚫",
    DeliveryStatus.PENDING: "⏳",
    DeliveryStatus.GETTING_STATUS: "🔄",
    DeliveryStatus.RECALLED: "↩️",
    DeliveryStatus.EXPANDED: "👥",
    DeliveryStatus.DELIVERED: "✅",
}

MAX_ADDRESS = 320
"""Characters of an address: 64 + @ + 255, RFC 5321 4.5.3.1."""

MAX_SUBJECT = 255
"""Characters of a subject that Exchange keeps."""

MAX_MESSAGE_ID = 998
"""Characters of a header line, RFC 5322 2.1.1."""

MAX_CONDITIONS = 300


def symbol(status: str) -> str:
    """The sign of a state, which a word always accompanies."""
    return next((sign for known, sign in SYMBOLS.items() if known == status), "❔")


def status_word(status: str, reader: Reader) -> str:
    """The admin center's word for a state; one that Graph added later is shown as it is."""
    if status in list(DeliveryStatus):
        return reader.say(f"status.{DeliveryStatus(status).value}")
    return clean(status, 40) or "?"


def conditions(query: TraceQuery, reader: Reader) -> str:
    """The conditions as they were understood, the time range last."""
    parts = [
        _condition("condition.sender", _patterns(query.senders), reader),
        _condition("condition.recipient", _patterns(query.recipients), reader),
        *(_condition("condition.involving", _patterns(group), reader) for group in query.involving),
        _subject(query.subject, reader),
        _condition("condition.status", tuple(status_word(s, reader) for s in query.statuses), reader),
        _condition("condition.message_id", query.message_ids, reader),
        _condition("condition.trace_id", (query.message_trace_id,) if query.message_trace_id else (), reader),
        _direction(query.direction, reader),
        _condition("condition.from_ip", (str(query.from_ip),) if query.from_ip else (), reader),
        period(query, reader),
    ]
    return clean(" · ".join(filter(None, parts)), MAX_CONDITIONS)


def period(query: TraceQuery, reader: Reader) -> str:
    """The time range as it was spoken."""
    match query.period:
        case Last(duration):
            return reader.say("condition.last", duration=reader.duration(duration))
        case Between(start, end):
            until = reader.short(end) if end else reader.say("condition.now")
            return reader.say("condition.between", start=reader.short(start), end=until)


def window(span: Window, reader: Reader) -> str:
    """The instants that were searched, in the reader's zone, which is named."""
    return reader.say(
        "results.window",
        start=reader.short(span.start),
        end=reader.short(span.end),
        offset=reader.offset(span.end),
    )


def _subject(asked: SubjectFilter | None, reader: Reader) -> str:
    if asked is None:
        return ""
    return reader.say(f"condition.subject.{asked.mode.value}", text=clean(asked.text, 120))


def _direction(direction: Direction | None, reader: Reader) -> str:
    if direction is None:
        return ""
    return _condition("condition.direction", (reader.say(f"direction.{direction.value}"),), reader)


def _patterns(patterns: tuple[AddressPattern, ...]) -> tuple[str, ...]:
    return tuple(pattern.text for pattern in patterns)


def _condition(key: str, values: tuple[str, ...], reader: Reader) -> str:
    if not values:
        return ""
    shown = f" {reader.say('condition.or')} ".join(clean(value, 120) for value in values[:3])
    more = f" +{len(values) - 3}" if len(values) > 3 else ""
    return f"{reader.say(key)} {shown}{more}"
