"""Whose a fault is where the reply itself tells it, whoever gave it."""

import re

from tracing.causes import Cause, Side
from tracing.certificates import TlsFault

_OURS = re.compile(r"\bTenantAttribution\b|TlsCertificateName of the SendConnector")
"""A connector of ours is missing, does not match, or names a certificate that is not there."""

_OF_CONNECTORS = frozenset({Cause.RELAY_DENIED, Cause.TLS_PROBLEM})

_THEIRS = re.compile(
    r"customer block ?list|envelope blocked|blocked by (?:the )?(?:recipient|user|customer|tenant)\b"
    r"|(?:recipient|user|addressee)\S{0,2} .{0,20}block(?:ed)?[ -]?(?:senders? )?list",
    re.IGNORECASE,
)
"""A list that the other side keeps itself: nothing that we have delisted changes it."""


def side_told(reply: str, cause: Cause | None, tls: TlsFault | None) -> Side | None:
    """The side that *reply*, read as *cause* and *tls*, tells by itself; None where it does not."""
    if tls is TlsFault.DEMANDED or (cause in _OF_CONNECTORS and _OURS.search(reply)):
        return Side.OURS
    return Side.THEIRS if cause is Cause.SENDER_BLOCKED and _THEIRS.search(reply) else None
