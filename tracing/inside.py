"""Whether a message's events name the machine it was written on, which its row does not.

Events call it ClientIP, CIP or ProxiedClientIPAddress; a filter's values hold it as `CIP:203.0.113.9;`.
"""

import re
from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address

from tracing.model import TraceEvent
from tracing.reason import Told

MAX_LOOKED_INTO = 50
"""Rows of one answer whose events are read for it; each costs a request."""

_NAMES = re.compile(r"cip|.*client_?ip(address)?", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:CIP|ProxiedClientIPAddress)[:=]([0-9a-fA-F.:]+)")
_ADDRESS = re.compile(r"[0-9a-fA-F.:]+")


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
