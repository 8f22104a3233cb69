"""The causes that Exchange's components state in a reply: `RESOLVER.FWD.Forwarded; …`.

`250 2.1.5` is Exchange's code for everything it handled itself; the words after it decide.
"""

import re

from tracing.causes import Cause

_DONE: tuple[tuple[re.Pattern[str], Cause], ...] = tuple(
    (re.compile(rf"\b(?:RESOLVER\.)?(?:{tokens})", re.IGNORECASE), cause)
    for tokens, cause in (
        (r"GRP\.ToOwner", Cause.REDIRECTED),
        (r"GRP\.Expan", Cause.EXPANDED),
        (r"FWD\.|CON\.", Cause.FORWARDED_WITHOUT_COPY),
        (r"OOF\.|MSGTYPE\.(?:AR|OOF)\b", Cause.AUTO_REPLY_SUPPRESSED),
        (r"MSGTYPE\.AF\b", Cause.AUTO_FORWARD_STOPPED),
        (r"MSGTYPE\.|MER\.|GRP\.", Cause.NOTICE_SUPPRESSED),
        (r"CAT\.|ADR\.AlreadyExpanded", Cause.DUPLICATE),
        (r"RST\.|ADR\.RecipOverLimit", Cause.DISCARDED_BY_LIMIT),
        (r"MT\.", Cause.AWAITING_APPROVAL),
    )
)
"""Components with a success code, mostly 250 2.1.5: Exchange handled the message, by family."""

_BY_COMPONENT: tuple[tuple[re.Pattern[str], Cause], ...] = tuple(
    (re.compile(rf"\b(?:{tokens})", re.IGNORECASE), cause)
    for tokens, cause in (
        (r"(?:RESOLVER\.)?MT\.ModerationLoop", Cause.ROUTING_LOOP),
        (r"(?:RESOLVER\.)?MT\.[A-Z]|APPROVAL\.", Cause.NOT_APPROVED),
        # Refused by a rule, a restriction or a limit.
        (r"5\.7\.60 .{0,20}Client does not have permissions", Cause.SEND_AS_DENIED),
        (r"TRANSPORT\.RULES\.DeleteMessage", Cause.DELETED_BY_RULE),
        (r"TRANSPORT\.RULES\.", Cause.BLOCKED_RULE),
        (r"failed MTA-STS|MTA-STS validation|\bsts-[a-z]+-", Cause.TLS_PROBLEM),
        (r"TenantInboundAttribution; Direct Send", Cause.DIRECT_SEND_REFUSED),
        (r"Tenant(?:Inbound)?Attribution;", Cause.RELAY_DENIED),
        (r"RESOLVER\.RST\.\w{0,20}SizeLimit|\w{1,20}\.(?:Message|Header)Size\b", Cause.SIZE_OR_FORMAT),
        (r"(?:SMTPSEND|ROUTING|QUEUE)\.\w{0,30}(?:Advertised|SizeLimit|Priority)", Cause.SIZE_OR_FORMAT),
        (r"(?:RESOLVER\.ADR|PICKUP)\.RecipLimit", Cause.TOO_MANY_RECIPIENTS),
        (r"(?:RESOLVER\.)?RST\.|RESOLVER\.GRP\.Blocked|RESOLVER\.FWD\.Blocked", Cause.SENDER_NOT_ALLOWED),
        (r"\w{0,40}SubmissionQuotaExceeded|Submission quota exceeded", Cause.SENDING_LIMIT),
        (r"\w{0,40}SendAsDenied", Cause.SEND_AS_DENIED),
        (r"\w{0,40}MessageRateLimit|recipient thread limit|mailbox .{0,30}rate limit", Cause.RECIPIENT_LIMIT),
        (r"\w{0,40}(?<!Submission)QuotaExceeded|STOREDRV.{0,40}mailbox (?:is )?full", Cause.MAILBOX_FULL),
        # The recipient in the directory.
        (r"RESOLVER\.FWD\.Loop", Cause.ROUTING_LOOP),
        (r"RESOLVER\.ADR\.(?:\w{0,10}InSmtp|\w{0,20}NotFound|Ambiguous)", Cause.RECIPIENT_NOT_FOUND),
        (r"RESOLVER\.(?:ADR|CON|FWD|PF|GRP)\.", Cause.RECIPIENT_NOT_FOUND),
        (r"5\.4\.1 .{0,80}Recipient address(?:es)? rejected ?: Access denied", Cause.RECIPIENT_NOT_FOUND),
        (r"STOREDRV.{0,60}(?:MailboxDisabled|AccountDisabled|mailbox disabled)", Cause.RECIPIENT_NOT_FOUND),
        (r"STOREDRV.{0,60}(?:poison|corrupt|InvalidContent|ConversionFailed)", Cause.SIZE_OR_FORMAT),
        # Routing.
        (r"QUEUE\.Expired", Cause.EXPIRED),
        (r"SMTPSEND\.DNS\.|ROUTING\.(?:No|Invalid)", Cause.UNREACHABLE),
        (r"SMTPSEND\.\w{0,10}Utf8|SMTPSEND\.Bare|SMTPSEND\.\w{0,10}Long|CAT\.Invalid", Cause.SIZE_OR_FORMAT),
    )
)


def cause_by_component(code: str, reply: str) -> Cause | None:
    """The cause that a component of Exchange states in *reply*, with *code*; None if there is none."""
    table = _DONE if code.startswith("2.") else _BY_COMPONENT
    return next((cause for tokens, cause in table if tokens.search(reply)), None)
