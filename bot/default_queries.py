"""The admin center's five default queries.

Source: https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-modern-eac
"""

from collections.abc import Sequence
from datetime import timedelta

from tracing.model import DEFAULT_PERIOD, AddressPattern, DeliveryStatus, Last, TraceQuery

_DAY = Last(timedelta(days=1))
_WEEK = Last(timedelta(days=7))

ASKS_DOMAINS = frozenset({"sent", "received", "pending"})
"""The queries that say whose mail by its domain."""


def default_query(name: str, domains: Sequence[str]) -> TraceQuery:
    """The query called *name* in `vocabulary.PRESETS`; *domains* are ours, the primary first."""
    ours = tuple(AddressPattern(f"*@{domain}") for domain in domains)
    match name:
        case "sent":
            return TraceQuery(_DAY, senders=ours[:1])
        case "received":
            return TraceQuery(_DAY, recipients=ours[:1])
        case "pending":
            return TraceQuery(DEFAULT_PERIOD, recipients=ours, statuses=(DeliveryStatus.PENDING,))
        case "quarantined":
            return TraceQuery(_WEEK, statuses=(DeliveryStatus.QUARANTINED,))
        case _:
            return TraceQuery(_WEEK, statuses=(DeliveryStatus.FAILED,))
