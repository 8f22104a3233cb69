"""Mail related to a message: of the same Message-ID, sender, recipient, subject or source, near its time."""

from collections.abc import Sequence
from datetime import timedelta
from ipaddress import ip_network
from typing import assert_never

from bot.commands import Shared
from bot.sight import MASK
from bot.values import read_ip
from tracing.model import (
    AddressPattern,
    Between,
    MessageTrace,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)

AROUND = timedelta(days=5)
"""On each side of the message: together one window of Graph, and so one request."""

_NO_HOP = ip_network("255.255.255.255")


def offered(row: MessageTrace, *, full: bool) -> Sequence[Shared]:
    """What can be asked for beside *row*; *full* readers may see where mail came from."""
    shared = [one for one in Shared if full or one is not Shared.FROM_IP]
    return [one for one in shared if related_query(row, one) is not None]


def related_query(row: MessageTrace, shared: Shared) -> TraceQuery | None:
    """The mails that share this with *row*; None where it has none, or none that can be asked for."""
    period = Between(row.received_date_time - AROUND, row.received_date_time + AROUND)
    match shared:
        case Shared.MESSAGE_ID:
            return TraceQuery(period, message_ids=(row.message_id,)) if row.message_id else None
        case Shared.SENDER:
            sender = _exactly(row.sender_address)
            return TraceQuery(period, senders=sender) if sender else None
        case Shared.RECIPIENT:
            recipient = _exactly(row.recipient_address)
            return TraceQuery(period, recipients=recipient) if recipient else None
        case Shared.SUBJECT:
            same = SubjectFilter(SubjectMode.EQUALS, row.subject)
            return TraceQuery(period, subject=same) if row.subject.strip() not in ("", MASK) else None
        case Shared.FROM_IP:
            network = read_ip(row.from_ip)
            # Whatever no server brought here shares that address.
            return TraceQuery(period, from_ips=(network,)) if network and network != _NO_HOP else None
        case _:
            assert_never(shared)


def _exactly(address: str) -> tuple[AddressPattern, ...]:
    """The address alone; one that reads as a pattern would bring others' mail."""
    pattern = AddressPattern(address.lower())
    return (pattern,) if address and pattern.is_exact else ()
