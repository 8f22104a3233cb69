"""Turn a query into requests that Graph honours, and the filter that is left for us.

The service takes one value per property, the last one named; it matches `*@domain` and no other pattern; it
wants both time bounds, ten days apart at most, ninety days back at most. Everything else is read wider and
filtered here by `meets`.
Source: https://learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv4Network, ip_address
from itertools import product
from typing import TypeVar, assert_never

from tracing.calendar import Calendar
from tracing.errors import EmptyWindow, WindowTooOld
from tracing.model import (
    AddressPattern,
    Between,
    BlankIp,
    Direction,
    IpFilter,
    Last,
    MessageTrace,
    Period,
    Shortfall,
    TraceQuery,
    TraceRequest,
    Window,
    direction_of,
)

MAX_WINDOW = timedelta(days=10)
HISTORY = timedelta(days=90)

_T = TypeVar("_T")

_DOMAIN_COST = 4
"""A whole domain costs about as many pages as this many single addresses."""

_MAX_SPLIT = 3
"""Each group that either side may meet doubles the ways to ask; beyond so many they are judged here."""

_MANY_DOMAINS = 3
"""Beyond so many accepted domains, a direction is judged here: one list of everything costs less."""


@dataclass(frozen=True)
class Plan:
    """`requests` newest window first; together they bring every row of `window` that meets the query."""

    window: Window
    requests: tuple[TraceRequest, ...]
    shortfalls: frozenset[Shortfall]


def plan(query: TraceQuery, now: datetime) -> Plan:
    """Cut *query* into requests that Graph honours, newest window first.

    Returns: at least one request per window of at most ten days, unless the conditions exclude each other.
    A query that begins before the history is cut to it and carries the shortfall HISTORY.
    Raises: WindowTooOld: the whole query lies before the history. EmptyWindow: it ends before it starts.
    """
    window, shortfalls = _resolve(query.period, now)
    subject = query.subject if query.subject and query.subject.text else None
    requests = tuple(
        TraceRequest(
            part,
            sender,
            recipient,
            _only(query.statuses),
            message_id,
            message_trace_id,
            subject,
            _single(query.from_ips),
            # A row on the seam comes twice, and is the newer window's.
            before=None if part.end == window.end else part.end,
        )
        for part in _parts(window)
        for sender, recipient, message_id, message_trace_id in ways(query)
    )
    return Plan(window, requests, shortfalls)


def meets(query: TraceQuery, row: MessageTrace) -> bool:
    """Whether *row* fulfils every condition of *query* but the time."""
    return (
        _any(query.senders, row.sender_address)
        and _any(query.recipients, row.recipient_address)
        and all(_any(g, row.sender_address) or _any(g, row.recipient_address) for g in query.involving)
        and (_any(query.confined_to, row.sender_address) or _any(query.confined_to, row.recipient_address))
        and (not query.statuses or row.status in query.statuses)
        and (not query.message_ids or _folded(row.message_id) in map(_folded, query.message_ids))
        and (not query.message_trace_ids or _is_among(row.message_trace_id, query.message_trace_ids))
        and (query.subject is None or query.subject.matches(row.subject))
        and _goes(query, row)
        and (not query.from_ips or any(_within(row.from_ip, asked) for asked in query.from_ips))
        and (query.apart is None or not query.apart.holds(row.sender_address, row.recipient_address))
    )


def _goes(query: TraceQuery, row: MessageTrace) -> bool:
    if query.direction is None:
        return True
    return direction_of(row.sender_address, row.recipient_address, query.domains) is query.direction


def _is_among(ident: str, asked: tuple[str, ...]) -> bool:
    return ident.lower() in (one.lower() for one in asked)


def _within(address: str, asked: IpFilter) -> bool:
    if isinstance(asked, BlankIp):
        return not address.strip()
    try:
        return ip_address(address) in asked
    except ValueError:
        return False


def oldest(now: datetime) -> datetime:
    """The first instant of the history: 00:00 UTC, ninety days back."""
    return now.replace(hour=0, minute=0, second=0, microsecond=0) - HISTORY


def _resolve(period: Period, now: datetime) -> tuple[Window, frozenset[Shortfall]]:
    now = now.replace(microsecond=0)
    match period:
        case Last(duration):
            start, end = now - duration, now
        case Between(start, end_or_now):
            end = min(end_or_now or now, now)
        case Calendar():
            start, end = period.bounds(now)
            end = min(end, now)
        case _:
            assert_never(period)
    first = oldest(now)
    if end <= start:
        raise EmptyWindow
    if end <= first:
        raise WindowTooOld(first)
    if start < first:
        return Window(first, end), frozenset({Shortfall.HISTORY})
    return Window(start, end), frozenset()


def _parts(window: Window) -> Iterator[Window]:
    end = window.end
    while end > window.start:
        start = max(window.start, end - MAX_WINDOW)
        yield Window(start, end)
        end = start


Way = tuple[str | None, str | None, str | None, str | None]
"""One way to ask: sender, recipient, Message-ID, trace id."""


def ways(query: TraceQuery) -> tuple[Way, ...]:
    """Each way to ask. Together they bring every row that meets *query*; none brings all of another's."""
    every = tuple(dict.fromkeys(_ways(query)))
    return tuple(way for way in every if not any(_covers(other, way) for other in every))


def way_of(request: TraceRequest) -> Way:
    """Which way *request* asks."""
    return request.sender, request.recipient, request.message_id, request.message_trace_id


def brings(way: Way, row: MessageTrace) -> bool:
    """Whether Graph gives *row*, in its time, to who asks *way*."""
    sender, recipient, message_id, message_trace_id = way
    return (
        _is_given(sender, row.sender_address)
        and _is_given(recipient, row.recipient_address)
        and (message_id is None or message_id.lower() == row.message_id.lower())
        and message_trace_id in (None, row.message_trace_id.lower())
    )


def _is_given(asked: str | None, address: str) -> bool:
    if asked is None or not asked.startswith("*@"):
        return asked in (None, address.lower())
    return address.lower().endswith(asked[1:])


def _ways(query: TraceQuery) -> Iterator[Way]:
    if query.confined_to:
        yield from _confined(query)
        return
    if query.message_trace_ids or query.message_ids:
        yield from _ids(query)
        return
    from_inside, to_inside = _inside(query)
    groups = query.involving[:_MAX_SPLIT]
    for as_sender in product((True, False), repeat=len(groups)):
        sides = list(zip(groups, as_sender, strict=True))
        senders = _values([query.senders, from_inside, *(group for group, side in sides if side)])
        recipients = _values([query.recipients, to_inside, *(group for group, side in sides if not side)])
        for sender, recipient in _pairs(senders, recipients):
            yield sender, recipient, None, None


def _ids(query: TraceQuery) -> Iterator[Way]:
    """The ids one by one, those of the kind with fewer; one alone of the other kind narrows them.

    An id finds so few rows that addresses are better filtered here than multiplied.
    """
    traces = tuple(dict.fromkeys(ident.lower() for ident in query.message_trace_ids))
    messages = tuple({_folded(ident): f"<{_bare(ident)}>" for ident in query.message_ids}.values())
    if traces and (not messages or len(traces) <= len(messages)):
        for trace in traces:
            yield None, None, _only(messages), trace
    else:
        for message in messages:
            yield None, None, message, _only(traces)


def _confined(query: TraceQuery) -> Iterator[Way]:
    """By each address that may be read, as the sender and as the recipient; other mail is never listed.

    What a reader notices of a search, its length or a limit, then depends on their own mail alone.
    """
    message_ids = tuple({_folded(ident): f"<{_bare(ident)}>" for ident in query.message_ids}.values())
    message_id, trace_id = _only(message_ids), _only(query.message_trace_ids)
    for address in query.confined_to:
        if _any(query.senders, address.text):
            yield address.text, _single_address(query.recipients), message_id, trace_id
        if _any(query.recipients, address.text):
            yield _single_address(query.senders), address.text, message_id, trace_id


def _single_address(patterns: tuple[AddressPattern, ...]) -> str | None:
    only = _only(patterns)
    return only.text if only is not None and only.is_exact else None


def _covers(wide: Way, way: Way) -> bool:
    """Whether *wide*, another way to ask, brings all that *way* does."""
    return wide != way and all(wider in (None, own) for wider, own in zip(wide, way, strict=True))


def _inside(query: TraceQuery) -> tuple[tuple[AddressPattern, ...], tuple[AddressPattern, ...]]:
    """What the direction says of the sender and of the recipient, where asking for it is cheap.

    Of inbound mail it says nothing that can be asked: relayed mail has both sides outside.
    """
    if query.direction in (None, Direction.INBOUND) or len(query.domains) > _MANY_DOMAINS:
        return (), ()
    inside = tuple(AddressPattern(f"*@{domain}") for domain in query.domains)
    return inside, inside if query.direction is Direction.INTERNAL else ()


def _pairs(senders: "_Values", recipients: "_Values") -> Iterator[tuple[str | None, str | None]]:
    """Fan out over the cheaper side; push the other too where it is a single value."""
    if senders == () or recipients == ():
        return
    if _cost(senders) <= _cost(recipients):
        for sender in senders or (None,):
            yield sender, _only(recipients or ())
    else:
        for recipient in recipients or (None,):
            yield _only(senders or ()), recipient


_Values = tuple[str, ...] | None
"""Values that Graph honours for one address property: None asks nothing, () can never be met."""


def _values(groups: list[tuple[AddressPattern, ...]]) -> _Values:
    """The cheapest values that cover every row which meets all of *groups*."""
    asked = [group for group in groups if group]
    best: _Values = None
    for index, group in enumerate(asked):
        others = asked[:index] + asked[index + 1 :]
        possible = [p for p in group if not p.is_exact or all(_any(other, p.text) for other in others)]
        values = _widen(possible)
        if best is None or _cost(values) < _cost(best):
            best = values
    return best


def _widen(patterns: Iterable[AddressPattern]) -> _Values:
    """Each pattern as an address or `*@domain`; None where one has no fixed domain."""
    patterns = tuple(patterns)
    domains = {p.domain for p in patterns if not p.is_exact}
    if None in domains:
        return None
    values = [p.text if p.is_exact and p.domain not in domains else f"*@{p.domain}" for p in patterns]
    return tuple(dict.fromkeys(values))


def _cost(values: _Values) -> float:
    if values is None:
        return float("inf")
    return sum(_DOMAIN_COST if value.startswith("*@") else 1 for value in values)


def _any(patterns: tuple[AddressPattern, ...], address: str) -> bool:
    return not patterns or any(pattern.matches(address) for pattern in patterns)


def _single(asked: tuple[IpFilter, ...]) -> str | None:
    """A single IPv4 address: of IPv6 there is more than one spelling, and the service compares texts."""
    network = _only(asked)
    if isinstance(network, IPv4Network) and network.prefixlen == network.max_prefixlen:
        return str(network.network_address)
    return None


def _only(values: tuple[_T, ...]) -> _T | None:
    return values[0] if len(values) == 1 else None


def _bare(message_id: str) -> str:
    return message_id.strip().removeprefix("<").removesuffix(">")


def _folded(message_id: str) -> str:
    return _bare(message_id).lower()
