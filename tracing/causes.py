"""The closed list of what can become of a mail; docs/causes.md says what each rests on."""

from collections.abc import Mapping
from enum import StrEnum


class Certainty(StrEnum):
    """How sure a cause is: stated by a component or a documented code, suggested by words, or not known."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class Side(StrEnum):
    """The side that can fix it: our organization or the other one."""

    OURS = "ours"
    THEIRS = "theirs"


class Ending(StrEnum):
    """How far delivery got: arrived, still being tried, given up, or handled on purpose."""

    ARRIVED = "arrived"
    WAITING = "waiting"
    GAVE_UP = "gave_up"
    BY_DESIGN = "by_design"


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
    FORWARDED_WITHOUT_COPY = "forwarded_without_copy"
    AUTO_FORWARD_STOPPED = "auto_forward_stopped"
    AUTO_REPLY_SUPPRESSED = "auto_reply_suppressed"
    NOTICE_SUPPRESSED = "notice_suppressed"
    HANDLED = "handled"
    DUPLICATE = "duplicate"
    DISCARDED_BY_LIMIT = "discarded_by_limit"
    REJECTED_SPAM = "rejected_spam"
    CONTENT_REFUSED = "content_refused"
    RECIPIENT_LIMIT = "recipient_limit"
    TOO_MANY_RECIPIENTS = "too_many_recipients"
    DIRECT_SEND_REFUSED = "direct_send_refused"
    SIGN_IN_REFUSED = "sign_in_refused"
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

BY_DESIGN = frozenset(
    {
        Cause.EXPANDED,
        Cause.REDIRECTED,
        Cause.FORWARDED_WITHOUT_COPY,
        Cause.AUTO_FORWARD_STOPPED,
        Cause.AUTO_REPLY_SUPPRESSED,
        Cause.NOTICE_SUPPRESSED,
        Cause.HANDLED,
        Cause.DUPLICATE,
        Cause.DISCARDED_BY_LIMIT,
    }
)
"""Handled by Exchange as configured: nothing failed, and nothing is retried."""

STANDING = frozenset({Cause.TLS_PROBLEM})
"""Causes that no retry fixes: they are named even while delivery is still being tried."""

AT_THE_REMOTE: Mapping[Cause | None, Cause] = {
    Cause.RECIPIENT_NOT_FOUND: Cause.RECIPIENT_NOT_FOUND_REMOTE,
    Cause.MAILBOX_FULL: Cause.MAILBOX_FULL_REMOTE,
    Cause.BLOCKED_POLICY: Cause.REJECTED_REMOTE,
    Cause.BLOCKED_RULE: Cause.REJECTED_REMOTE,
    Cause.BLOCKED_TENANT_LIST: Cause.REJECTED_REMOTE,
}
"""What a code stands for when the other side gave it; a cause that is missing here stays as it is."""

_THEIRS = frozenset(
    {
        Cause.ACCEPTED_REMOTE,
        Cause.RECIPIENT_NOT_FOUND_REMOTE,
        Cause.MAILBOX_FULL_REMOTE,
        Cause.REJECTED_REMOTE,
        Cause.UNREACHABLE,
        Cause.TLS_PROBLEM,
        Cause.EXPIRED,
    }
)
_OURS = frozenset(
    {
        *(Cause.BLOCKED_DLP, Cause.BLOCKED_RULE, Cause.DELETED_BY_RULE, Cause.QUARANTINED_BY_RULE),
        *(Cause.BLOCKED_TENANT_LIST, Cause.FORWARDING_BLOCKED, Cause.SEND_AS_DENIED),
        *(Cause.DIRECT_SEND_REFUSED, Cause.SIGN_IN_REFUSED, Cause.NOT_APPROVED),
        *(Cause.MAILBOX_FULL, Cause.RECIPIENT_NOT_FOUND, Cause.HANDED_ON_PREMISES),
        # On either side, the message or its sender has to change.
        *(Cause.SENDER_AUTHENTICATION, Cause.SENDER_BLOCKED, Cause.SENDING_LIMIT, Cause.MALWARE),
        *(Cause.SIZE_OR_FORMAT, Cause.TOO_MANY_RECIPIENTS),
    }
)


def side_of(cause: Cause, *, remote: bool) -> Side:
    """The side that *cause* is on, by its nature or by who reported it; *remote*: the other side did."""
    if cause in _OURS or (cause in BY_DESIGN and not remote):
        return Side.OURS
    return Side.THEIRS if cause in _THEIRS or remote else Side.OURS


def ending_of(cause: Cause, *, waiting: bool) -> Ending:
    """How far a message with *cause* got; *waiting*: delivery is still being tried."""
    if waiting or cause in WAITING:
        return Ending.WAITING
    if cause in BY_DESIGN:
        return Ending.BY_DESIGN
    return Ending.ARRIVED if cause in SUCCESSES else Ending.GAVE_UP
