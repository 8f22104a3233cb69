"""Read an SMTP reply: its codes, and the cause its code and words stand for.

Every server words its refusals itself; what most of them say is known here, in English as replies are.
Source: https://www.rfc-editor.org/rfc/rfc5321#section-4.2 and https://www.rfc-editor.org/rfc/rfc3463
"""

import re
from collections.abc import Iterator, Mapping

from tracing.causes import AT_THE_REMOTE, SUCCESSES, WAITING, Cause
from tracing.codes import GENERIC_CODES, cause_of_class, cause_of_code

_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)(?![a-zA-Z])")
_BASIC = re.compile(r"(?<![\d.:])([45][0-5]\d)(?=[ #:-]|$)(?! ?[\d/:]{2})")
_OUR_WORDS = re.compile(
    r"\b(?:RESOLVER|STOREDRV|TRANSPORT\.RULES|QUEUE|SMTPSEND|APPROVAL|ROUTING|CAT|ORAR|HOLD)\.", re.IGNORECASE
)

_VAGUE = frozenset({"5.5.0", "5.7.1", "5.4.1", "5.1.0"})
"""Codes that servers give for anything: the words beside them say more."""

_WORDS: tuple[tuple[re.Pattern[str], Cause], ...] = tuple(
    (re.compile(words, re.IGNORECASE), cause)
    for words, cause in (
        (r"\b(?:RESOLVER\.)?RST\.NotAuthorized", Cause.SENDER_NOT_ALLOWED),
        (r"TRANSPORT\.RULES\.", Cause.BLOCKED_RULE),
        (r"SendAsDenied|not allowed to send as", Cause.SEND_AS_DENIED),
        (r"\bvirus\b|malware", Cause.MALWARE),
        (
            r"(?:mail)?box (?:is )?(?:almost )?full|over ?quota|quota (?:is )?(?:full|exceed)"
            r"|exceeded .{0,20}quota|insufficient (?:system )?storage"
            r"|out of (?:storage|space)|storage (?:allocation|space)",
            Cause.MAILBOX_FULL,
        ),
        (
            r"\b(?:user|recipient|mailbox|account|address)\b.{0,60}"
            r"\b(?:unknown|not (?:found|exist|known)|doesn.?t exist"
            r"|disabled|inactive|no longer|suspended|invalid|unavailable)"
            r"|\b(?:unknown|no such|invalid|nonexistent|bad destination|not a (?:known|valid)) (?:local )?"
            r"(?:user|recipient|mailbox|account|address|email)|does not like recipient|no mailbox here"
            r"|(?:doesn.?t|does not) have an? .{0,40}account"
            r"|recipient address rejected(?!:? (?:greylist|policy|spf))",
            Cause.RECIPIENT_NOT_FOUND,
        ),
        (
            r"\bSPF\b|\bDKIM\b|\bDMARC\b|unauthenticated (?:mail|email)|reverse DNS",
            Cause.SENDER_AUTHENTICATION,
        ),
        (
            r"block ?list|black ?list|spamhaus|spamcop|\bRBL\b|\bDNSBL\b|blocked using"
            r"|listed (?:in|at|on|by)\b|reputation|banned send|part of their network",
            Cause.SENDER_BLOCKED,
        ),
        (r"\brelay", Cause.RELAY_DENIED),
        (
            r"too (?:large|big)|size (?:limit|exceed)|exceeds? .{0,30}\bsize|message size",
            Cause.SIZE_OR_FORMAT,
        ),
        (r"\bloop|too many hops|hop count", Cause.ROUTING_LOOP),
        (r"STARTTLS|\bTLS\b|certificate|\bSSL\b", Cause.TLS_PROBLEM),
        (
            r"\b(?:host|domain|name service)\b.{0,30}\b(?:not found|unknown|error)|no MX|NXDOMAIN"
            r"|DNS (?:error|fail)|connection (?:refused|timed out)"
            r"|(?:can ?not|can.?t|could ?n.?t|unable to|could not) connect"
            r"|network is unreachable|no route to host|connect to \S+:25",
            Cause.UNREACHABLE,
        ),
        (
            r"too many (?:messages|connections|recipients|emails)|rate limit|limit exceeded",
            Cause.SENDING_LIMIT,
        ),
        (r"expired|retry timeout|too old|in queue too long", Cause.EXPIRED),
    )
)

_BY_BASIC: Mapping[str, Cause] = {
    "550": Cause.REJECTED_REMOTE,
    "551": Cause.RECIPIENT_NOT_FOUND,
    "552": Cause.MAILBOX_FULL,
    "553": Cause.RECIPIENT_NOT_FOUND,
    "554": Cause.REJECTED_REMOTE,
}


def codes_in(reply: str) -> Iterator[str]:
    """The enhanced status codes of *reply*, in order."""
    return (found[1] for found in _CODE.finditer(reply))


def code_of(reply: str) -> str:
    """The code that says most; a three-digit one where there is no other, "" where there is none."""
    codes = list(codes_in(reply))
    telling = next((code for code in codes if code not in GENERIC_CODES), "")
    if telling or codes:
        return telling or codes[0]
    basic = _BASIC.search(reply)
    return basic[1] if basic else ""


def is_ours(reply: str) -> bool:
    """Whether *reply* bears the mark of Exchange's own parts, and so was given by no other mail system."""
    return _OUR_WORDS.search(reply) is not None


def cause_of_reply(code: str, reply: str, *, remote: bool) -> Cause | None:
    """What *code* and the words of *reply* stand for; *remote*: the other side gave it.

    Returns: None when neither tells.
    """
    listed = cause_of_code(code)
    vague = listed is None or code in _VAGUE or code in GENERIC_CODES
    cause = (cause_by_words(reply) if vague else None) or listed or cause_of_class(code)
    if cause is None:
        cause = _BY_BASIC.get(code) if remote else None
    if cause is None and code[:1] == "4":
        cause = Cause.DELAYED
    if not remote or cause in SUCCESSES | WAITING:
        return cause
    return AT_THE_REMOTE.get(cause, cause or Cause.REJECTED_REMOTE)


def cause_by_words(reply: str) -> Cause | None:
    """What the words of *reply* tell, whatever its code."""
    return next((cause for words, cause in _WORDS if words.search(reply)), None)
