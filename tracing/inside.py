"""Read what only a message's events hold: the client IP address, the cause, the mail flow rule.

Events call it ClientIP, CIP or ProxiedClientIPAddress; a filter's values hold it as `CIP:203.0.113.9;`.
"""

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from tracing.causes import AT_THE_REMOTE, SUCCESSES, Cause
from tracing.explain import explain
from tracing.model import DeliveryStatus, MessageTrace, TraceEvent, TraceQuery
from tracing.reason import Told

MAX_LOOKED_INTO = 50
"""Rows of one answer whose events are read for it; each costs a request."""

_NAMES = re.compile(r"cip|.*client_?ip(address)?", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:CIP|ProxiedClientIPAddress)[:=]([0-9a-fA-F.:]+)")
_ADDRESS = re.compile(r"[0-9a-fA-F.:]+")


_ENDED_WELL = frozenset({DeliveryStatus.DELIVERED, DeliveryStatus.EXPANDED, DeliveryStatus.RECALLED})


def asks_inside(query: TraceQuery) -> bool:
    """Whether *query* has conditions that only events can answer."""
    return query.client_ip is not None or bool(query.causes or query.rule)


def may_fit(query: TraceQuery, row: MessageTrace) -> bool:
    """Whether the events of *row* may hold a cause asked for; delivered mail has no failure causes."""
    good = any(cause in SUCCESSES for cause in query.causes)
    return not (query.causes or query.rule) or good or row.status not in _ENDED_WELL


def fits(query: TraceQuery, row: MessageTrace, events: Sequence[TraceEvent]) -> bool:
    """Whether *events*, those of *row*, meet the conditions of *query*."""
    if query.client_ip is not None and not names_client(events, query.client_ip):
        return False
    if not query.causes and not query.rule:
        return True
    outcome = explain(events, str(row.status))
    named = {one for cause in query.causes for one in _meant(cause)}
    if named and not named & {outcome.cause, outcome.why}:
        return False
    rules = {rule.name.casefold() for rule in outcome.rules}
    return not query.rule or query.rule.casefold() in rules


def _meant(cause: Cause) -> set[Cause]:
    """*cause* on either side; for a rule also deletion and quarantine."""
    by_rule = {Cause.DELETED_BY_RULE, Cause.QUARANTINED_BY_RULE} if cause is Cause.BLOCKED_RULE else set()
    theirs = AT_THE_REMOTE.get(cause, cause)
    return {cause, *by_rule, *({theirs} if theirs is not Cause.REJECTED_REMOTE else set())}


def names_client(events: Iterable[TraceEvent], network: IPv4Network | IPv6Network) -> bool:
    """Whether any of *events* names an address of *network* as the client's."""
    return any(_is_in(text, network) for event in events for text in _clients(event))


def _clients(event: TraceEvent) -> Iterable[str]:
    for name, value in Told(event).data.items():
        if _NAMES.fullmatch(name):
            yield from _ADDRESS.findall(value)
        else:
            yield from _WITHIN.findall(value)


def _is_in(text: str, network: IPv4Network | IPv6Network) -> bool:
    try:
        return ip_address(text) in network
    except ValueError:
        return False
