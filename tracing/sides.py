"""Whose a fault is where the reply itself tells it, whoever gave it."""

import re

from tracing.causes import Cause, Side
from tracing.certificates import TlsFault

_OURS = re.compile(r"\bTenantAttribution\b")
"""Exchange Online did not know our own server: a connector of ours is missing or does not match."""

_THEIRS = re.compile(
    r"customer block ?list|envelope blocked|blocked by (?:the )?(?:recipient|user|customer|tenant)\b"
    r"|(?:recipient|user|addressee)\S{0,2} .{0,20}block(?:ed)?[ -]?(?:senders? )?list",
    re.IGNORECASE,
)
"""A list that the other side keeps itself: nothing that we have delisted changes it."""


def side_told(reply: str, cause: Cause | None, tls: TlsFault | None) -> Side | None:
    """The side that *reply*, read as *cause* and *tls*, tells by itself; None where it does not."""
    if tls is TlsFault.DEMANDED or (cause is Cause.RELAY_DENIED and _OURS.search(reply)):
        return Side.OURS
    return Side.THEIRS if cause is Cause.SENDER_BLOCKED and _THEIRS.search(reply) else None
