"""Which fields of a message each role sees, and so may search by. Pure; one table for every way to search.

Repeated searches by a field reveal its value: an address by halving its range, a word letter by letter. So a
search may only use fields that its asker is shown, even for their own mail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from tracing.model import TraceQuery


class Seen(StrEnum):
    """The roles that see a field of a row visible to them."""

    ALL = "all"
    HELPDESK = "helpdesk"


SEEN_BY: Mapping[str, Seen] = {
    "received_date_time": Seen.ALL,
    "sender_address": Seen.ALL,
    "recipient_address": Seen.ALL,
    "subject": Seen.ALL,
    "status": Seen.ALL,
    "direction": Seen.ALL,
    "size": Seen.ALL,
    "message_id": Seen.ALL,
    "message_trace_id": Seen.ALL,
    "from_ip": Seen.HELPDESK,
    "to_ip": Seen.HELPDESK,
    "client_ip": Seen.HELPDESK,
    "server_hostname": Seen.HELPDESK,
    "connector_id": Seen.HELPDESK,
    "rule": Seen.HELPDESK,
    "cause": Seen.ALL,
}
"""Every field of rows and events that a card or a file shows."""

ASKS_BY: Mapping[str, str] = {
    "period": "received_date_time",
    "senders": "sender_address",
    "recipients": "recipient_address",
    "involving": "recipient_address",
    "subject": "subject",
    "statuses": "status",
    "direction": "direction",
    "message_ids": "message_id",
    "message_trace_ids": "message_trace_id",
    "from_ips": "from_ip",
    "client_ip": "client_ip",
    "causes": "cause",
    "rule": "rule",
}
"""The field that each condition of a query tests; other parts test none."""

ASKS_NOTHING = frozenset({"domains", "confined_to", "ticket", "apart"})
"""Parts of a query that are not conditions."""

HELPDESK_INPUTS = frozenset(field for field, seen in SEEN_BY.items() if seen is Seen.HELPDESK)
"""Form inputs that only the help desk sees, by field name."""


def unseen(query: TraceQuery) -> Sequence[str]:
    """The conditions of *query* reserved for the help desk, in the order of the table."""
    return [name for name, field in ASKS_BY.items() if field in HELPDESK_INPUTS and getattr(query, name)]


def seen(query: TraceQuery) -> TraceQuery:
    """*query* with only the conditions open to everyone."""
    empty = TraceQuery()
    return replace(query, **{name: getattr(empty, name) for name in unseen(query)})
