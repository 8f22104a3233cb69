"""“Tell me when it lands”: a row that is looked at again until its state is final. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tracing.model import Between, DeliveryStatus, MessageTrace, TraceQuery

PATIENCE = timedelta(hours=48)
"""After so long the watch ends with a word; Exchange Online itself gives up on a mail after a day.

https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online
"""

FIRST_REST, LONGEST_REST = timedelta(minutes=3), timedelta(hours=1)
"""Between looks: states change within minutes at first, and each look is a request of the tenant's purse."""

_UNSETTLED = frozenset({DeliveryStatus.PENDING, DeliveryStatus.GETTING_STATUS})
_AROUND = timedelta(minutes=1)
"""All rows of a message share their time; a window must have a length."""


@dataclass(frozen=True)
class Landing:
    """What is waited for: one message on its way to one recipient; `looks` have been taken since *asked_at*.

    `own` and `ticket` are by what leave it is looked at: as the reader's own mail, and with which ticket.
    """

    message_trace_id: str
    recipient_address: str
    received_date_time: datetime
    asked_at: datetime
    looks: int = 0
    own: bool = False
    ticket: str = ""


def is_settled(status: str) -> bool:
    """Whether a row's state is final; one that nobody knows counts, as its reader has to be told."""
    return status not in _UNSETTLED


def query_of(landing: Landing) -> TraceQuery:
    """The trace that finds the row: one request of Graph."""
    at = landing.received_date_time
    return TraceQuery(Between(at - _AROUND, at + _AROUND), message_trace_ids=(landing.message_trace_id,))


def row_of(landing: Landing, rows: tuple[MessageTrace, ...]) -> MessageTrace | None:
    """The row that is waited for, among those of its message."""
    recipient = landing.recipient_address.lower()
    return next((row for row in rows if row.recipient_address.lower() == recipient), None)


def rest(landing: Landing, now: datetime) -> timedelta | None:
    """How long until the next look: twice as long each time, never past PATIENCE; None: it is over."""
    left = landing.asked_at + PATIENCE - now
    if left <= timedelta(0):
        return None
    return min(FIRST_REST * (1 << min(landing.looks, 10)), LONGEST_REST, left)
