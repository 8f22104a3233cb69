"""The side at fault, where the reply itself tells, no matter which side gave it."""

import re

from tracing.causes import Cause, Side
from tracing.certificates import TlsFault

_OURS = re.compile(r"\bTenantAttribution\b|TlsCertificateName of the SendConnector")
"""Our connector is missing, does not match, or names a certificate that is not there."""

_OF_CONNECTORS = frozenset({Cause.RELAY_DENIED, Cause.TLS_PROBLEM})

_THEIRS = re.compile(
    r"customer block ?list|envelope blocked|blocked by (?:the )?(?:recipient|user|customer|tenant)\b"
    r"|(?:recipient|user|addressee)\S{0,2} .{0,20}block(?:ed)?[ -]?(?:senders? )?list",
    re.IGNORECASE,
)
"""The other side's own block list, which our delisting requests do not change."""


def side_told(reply: str, cause: Cause | None, tls: TlsFault | None) -> Side | None:
    """The side that *reply*, read as *cause* and *tls*, itself names; None if it names none."""
    if tls is TlsFault.DEMANDED or (cause in _OF_CONNECTORS and _OURS.search(reply)):
        return Side.OURS
    return Side.THEIRS if cause is Cause.SENDER_BLOCKED and _THEIRS.search(reply) else None
