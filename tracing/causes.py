"""The closed list of what can become of a mail; docs/causes.md says what each rests on."""

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
    REMOVED_LATER = "removed_later"
    IN_PROGRESS = "in_progress"
    AWAITING_APPROVAL = "awaiting_approval"
    DELAYED = "delayed"
    BLOCKED_DLP = "blocked_dlp"
    BLOCKED_RULE = "blocked_rule"
    DELETED_BY_RULE = "deleted_by_rule"
    QUARANTINED_BY_RULE = "quarantined_by_rule"
    BLOCKED_TENANT_LIST = "blocked_tenant_list"
    BLOCKED_POLICY = "blocked_policy"
    MALWARE = "malware"
    QUARANTINED = "quarantined"
    RECIPIENT_NOT_FOUND = "recipient_not_found"
    RECIPIENT_NOT_FOUND_REMOTE = "recipient_not_found_remote"
    MAILBOX_FULL = "mailbox_full"
    MAILBOX_FULL_REMOTE = "mailbox_full_remote"
    SENDER_NOT_ALLOWED = "sender_not_allowed"
    NOT_APPROVED = "not_approved"
    SEND_AS_DENIED = "send_as_denied"
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

WAITING = frozenset({Cause.IN_PROGRESS, Cause.AWAITING_APPROVAL, Cause.DELAYED})

AT_THE_REMOTE: Mapping[Cause | None, Cause] = {
    Cause.RECIPIENT_NOT_FOUND: Cause.RECIPIENT_NOT_FOUND_REMOTE,
    Cause.MAILBOX_FULL: Cause.MAILBOX_FULL_REMOTE,
    Cause.BLOCKED_POLICY: Cause.REJECTED_REMOTE,
    Cause.BLOCKED_RULE: Cause.REJECTED_REMOTE,
    Cause.BLOCKED_TENANT_LIST: Cause.REJECTED_REMOTE,
}
"""What a code stands for when the other side gave it; a cause that is missing here stays as it is."""
