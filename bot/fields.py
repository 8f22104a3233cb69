"""Who sees which field of a message, and so who may ask by it. Pure; one table for every way to ask.

Who may ask by a field often enough can read it: an address by halving its range, a word by its letters. So
nobody may ask by a field that they are not shown, not even of their own mail.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from tracing.model import TraceQuery


class Seen(StrEnum):
    """Who is shown a field of a row that they may see."""

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
"""Every field of rows and their events that a card or a file shows."""

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
"""A query's condition → the field it asks by. Nothing asks by the others."""

ASKS_NOTHING = frozenset({"domains", "confined_to", "ticket", "apart"})
"""What a query holds besides conditions."""

HELPDESK_INPUTS = frozenset(field for field, seen in SEEN_BY.items() if seen is Seen.HELPDESK)
"""The inputs of forms, by the names of their fields, that the help desk alone is shown."""


def unseen(query: TraceQuery) -> Sequence[str]:
    """The conditions of *query* that the help desk alone may ask by, in the order of the table."""
    return [name for name, field in ASKS_BY.items() if field in HELPDESK_INPUTS and getattr(query, name)]


def seen(query: TraceQuery) -> TraceQuery:
    """*query* with the conditions that everybody may ask by."""
    empty = TraceQuery()
    return replace(query, **{name: getattr(empty, name) for name in unseen(query)})
