"""Phrases that several cards share: states, conditions, time ranges."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import assert_never

from adaptivecards.baseobject import BareObject

from cards.elements import clean, rich, run
from cards.reader import Reader
from tracing.calendar import Calendar
from tracing.causes import Cause
from tracing.model import (
    HANDED_IN,
    UNCHECKED,
    WITHHELD,
    AddressPattern,
    Between,
    BlankIp,
    DeliveryStatus,
    IpFilter,
    Last,
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

_NO_HOP = ip_network("255.255.255.255")
"""fromIP of mail that no SMTP connection brought from outside."""

_LONGEST_CONDITION = 20


def symbol(status: str) -> str:
    """The sign of a state, which a word always accompanies."""
    if status == WITHHELD:
        return "📤"
    return next((sign for known, sign in SYMBOLS.items() if known == status), "❔")


def cause_words(cause: str, known: int, count: int, reader: Reader) -> str:
    """The cause of *count* messages, where it was read for *known* of them; "" if for none."""
    if cause not in list(Cause):
        return ""
    name = reader.say(f"cause.{cause}.name")
    if known >= count:
        return name
    return reader.say("alert.cause_of", cause=name, known=reader.number(known), total=reader.number(count))


def status_word(status: str, reader: Reader) -> str:
    """The admin center's word for a state; one that Graph added later is shown as it is."""
    if status in list(DeliveryStatus):
        return reader.say(f"status.{DeliveryStatus(status).value}")
    if status in (UNCHECKED, HANDED_IN):
        return reader.say("status.unchecked")
    if status == WITHHELD:
        return reader.say("status.withheld")
    return "".join(c for c in clean(status, 24) if c.isalnum()) or "?"


def conditions(
    query: TraceQuery, reader: Reader, room: int = MAX_CONDITIONS, longest: int = _LONGEST_CONDITION
) -> BareObject:
    """The conditions as they were understood, the time range last, in about *room* characters.

    Words may break after *longest* of them, in a narrow column earlier.
    """
    return _shown([*_conditions(query, reader), ("", period(query, reader))], room, longest)


def sought(
    query: TraceQuery, reader: Reader, room: int = MAX_CONDITIONS, longest: int = _LONGEST_CONDITION
) -> BareObject:
    """The same of a watch, which looks for what is new: without a time range."""
    return _shown(_conditions(query, reader) or [("", reader.say("condition.none"))], room, longest)


def _shown(conditions: Sequence[tuple[str, str]], room: int, longest: int) -> BareObject:
    runs: list[BareObject] = []
    left = room
    for label, value in conditions:
        shown = clean(value, max(left, 16))
        left -= len(label) + len(shown)
        before = (" · " if runs else "") + (f"{label} " if label else "")
        if before:
            runs.append(run(before, isSubtle=True))
        runs.append(run(shown, longest, weight="Bolder"))
    return rich(*runs, spacing="Small")


def _conditions(query: TraceQuery, reader: Reader) -> list[tuple[str, str]]:
    """Label and values of every condition but the time."""
    lists = [
        ("condition.sender", _patterns(query.senders)),
        ("condition.recipient", _patterns(query.recipients)),
        *(("condition.involving", _patterns(group)) for group in query.involving),
        ("condition.status", tuple(status_word(s, reader) for s in query.statuses)),
        ("condition.message_id", query.message_ids),
        ("condition.trace_id", query.message_trace_ids),
        ("condition.ticket", (query.ticket,) if query.ticket else ()),
        ("condition.direction", (reader.say(f"direction.{query.direction}"),) if query.direction else ()),
        ("condition.from_ip", tuple(_ip(asked, reader) for asked in query.from_ips)),
        ("condition.client_ip", (_network(query.client_ip),) if query.client_ip else ()),
    ]
    causes = tuple(reader.say(f"cause.{cause.value}.name") for cause in query.causes)
    lists += [
        ("condition.cause", causes),
        ("condition.rule", (query.rule,) if query.rule else ()),
    ]
    found = [(reader.say(key), _joined(values, reader)) for key, values in lists if values]
    if query.subject is not None:
        how = reader.say(f"condition.subject.{query.subject.mode}", text=clean(query.subject.text, 120))
        found.append((reader.say("condition.subject"), how))
    return found


def period(query: TraceQuery, reader: Reader) -> str:
    """The time range as it was spoken."""
    match query.period:
        case Last(duration):
            return reader.say("condition.last", duration=reader.duration(duration))
        case Between(start, end):
            until = reader.short(end) if end else reader.say("condition.now")
            return reader.say("condition.between", start=reader.short(start), end=until)
        case Calendar(unit, back):
            return reader.say(f"calendar.{unit}.{back}")
        case _:
            assert_never(query.period)


def window(span: Window, reader: Reader) -> str:
    """The instants that were searched, in the reader's zone, which is named at both ends if clocks change."""
    before, after = reader.offset(span.start), reader.offset(span.end)
    return reader.say(
        "results.window" if before == after else "results.window_of_two",
        start=reader.short(span.start),
        end=reader.short(span.end),
        **({"offset": after} if before == after else {"before": before, "after": after}),
    )


def _patterns(patterns: tuple[AddressPattern, ...]) -> tuple[str, ...]:
    return tuple(pattern.text for pattern in patterns)


def _ip(asked: IpFilter, reader: Reader) -> str:
    if isinstance(asked, BlankIp):
        return reader.say("condition.from_ip.blank")
    return reader.say("condition.from_ip.internal") if asked == _NO_HOP else _network(asked)


def _network(network: IPv4Network | IPv6Network) -> str:
    """A single address without the length of its network, which nobody typed."""
    one = network.prefixlen == network.max_prefixlen
    return str(network.network_address if one else network)


def _joined(values: tuple[str, ...], reader: Reader) -> str:
    shown = f" {reader.say('condition.or')} ".join(clean(value, 120) for value in values[:3])
    return f"{shown} +{len(values) - 3}" if len(values) > 3 else shown
