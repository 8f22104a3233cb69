"""The closed list of what can become of a mail, and which enhanced status code stands for which.

Source: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online
and RFC 3463 for the classes.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Cause(StrEnum):
    """What became of a message on its way to one recipient, and why."""

    DELIVERED = "delivered"
    DELIVERED_JUNK = "delivered_junk"
    ACCEPTED_REMOTE = "accepted_remote"
    HANDED_ON_PREMISES = "handed_on_premises"
    EXPANDED = "expanded"
    REDIRECTED = "redirected"
    RECALLED = "recalled"
    IN_PROGRESS = "in_progress"
    DELAYED = "delayed"
    BLOCKED_DLP = "blocked_dlp"
    BLOCKED_RULE = "blocked_rule"
    BLOCKED_TENANT_LIST = "blocked_tenant_list"
    BLOCKED_POLICY = "blocked_policy"
    MALWARE = "malware"
    QUARANTINED = "quarantined"
    RECIPIENT_NOT_FOUND = "recipient_not_found"
    RECIPIENT_NOT_FOUND_REMOTE = "recipient_not_found_remote"
    MAILBOX_FULL = "mailbox_full"
    MAILBOX_FULL_REMOTE = "mailbox_full_remote"
    SENDER_NOT_ALLOWED = "sender_not_allowed"
    SENDER_AUTHENTICATION = "sender_authentication"
    SENDING_LIMIT = "sending_limit"
    SENDER_BLOCKED = "sender_blocked"
    FORWARDING_BLOCKED = "forwarding_blocked"
    RELAY_DENIED = "relay_denied"
    ROUTING_LOOP = "routing_loop"
    UNREACHABLE = "unreachable"
    TLS_PROBLEM = "tls_problem"
    EXPIRED = "expired"
    SIZE_OR_FORMAT = "size_or_format"
    REJECTED_REMOTE = "rejected_remote"
    DROPPED = "dropped"
    OTHER = "other"


SUCCESSES = frozenset(
    {
        Cause.DELIVERED,
        Cause.DELIVERED_JUNK,
        Cause.ACCEPTED_REMOTE,
        Cause.HANDED_ON_PREMISES,
        Cause.EXPANDED,
        Cause.REDIRECTED,
    }
)

WAITING = frozenset({Cause.IN_PROGRESS, Cause.DELAYED})

_BY_CODE: tuple[tuple[str, Cause], ...] = (
    (r"2\.1\.5", Cause.EXPANDED),
    (r"5\.1\.(1|10|2|3)|5\.5\.0|5\.7\.50[45]", Cause.RECIPIENT_NOT_FOUND),
    (r"5\.1\.351", Cause.RECIPIENT_NOT_FOUND_REMOTE),
    (r"5\.1\.90|5\.2\.12[12]|5\.7\.(23[236]|508|705)|4\.3\.2|4\.5\.3", Cause.SENDING_LIMIT),
    (r"5\.2\.2", Cause.MAILBOX_FULL),
    (r"5\.2\.3|5\.3\.4|5\.6\.\d+|5\.1\.20|5\.7\.512", Cause.SIZE_OR_FORMAT),
    (r"5\.4\.(6|1[0-9]|20)", Cause.ROUTING_LOOP),
    (r"5\.7\.520", Cause.FORWARDING_BLOCKED),
    (r"[45]\.7\.(23|25|26|509|514)", Cause.SENDER_AUTHENTICATION),
    (r"[45]\.7\.32[1-5]|4\.4\.8", Cause.TLS_PROBLEM),
    (r"5\.7\.(12|13|60|12[4-9]|13[3-6])", Cause.SENDER_NOT_ALLOWED),
    (r"5\.7\.703", Cause.BLOCKED_TENANT_LIST),
    (r"5\.7\.1(71)?|5\.3\.190", Cause.BLOCKED_POLICY),
    (r"5\.7\.(57|64|367)|5\.4\.1", Cause.RELAY_DENIED),
    (
        r"4\.7\.(5\d\d|6\d\d|8[5-9]\d)|5\.7\.(50[1236]|51[13]|6\d\d|7\d\d|800)|5\.1\.[08]",
        Cause.SENDER_BLOCKED,
    ),
    (r"5\.7\.9\d\d", Cause.BLOCKED_RULE),
    (r"4\.4\.7|5\.4\.3(00|16)", Cause.EXPIRED),
    (r"[45]\.4\.(4|31[0-9]|2)", Cause.UNREACHABLE),
    (r"5\.0\.350|5\.7\.5(07|10)", Cause.REJECTED_REMOTE),
)


def cause_of_code(code: str) -> Cause | None:
    """What an enhanced status code stands for on its own; None when it says too little."""
    for pattern, cause in _BY_CODE:
        if re.fullmatch(pattern, code):
            return cause
    return None


AT_THE_REMOTE: Mapping[Cause | None, Cause] = {
    Cause.RECIPIENT_NOT_FOUND: Cause.RECIPIENT_NOT_FOUND_REMOTE,
    Cause.MAILBOX_FULL: Cause.MAILBOX_FULL_REMOTE,
    Cause.BLOCKED_POLICY: Cause.REJECTED_REMOTE,
    Cause.BLOCKED_RULE: Cause.REJECTED_REMOTE,
    Cause.BLOCKED_TENANT_LIST: Cause.REJECTED_REMOTE,
}
"""What a code stands for when the other side gave it; a cause that is missing here stays as it is."""
