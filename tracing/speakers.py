"""Find which side's mail system gave a reply."""

import re
from collections.abc import Collection, Sequence

from tracing.causes import AT_THE_REMOTE, Cause
from tracing.codes import find_code
from tracing.ndr_words import EXCHANGE_REPORT
from tracing.replies import code_of
from tracing.reply_words import cause_by_words, last_guess
from tracing.vendors import Vendor, has_component, is_of_others, vendor_of

_OF_POLICY = {Cause.BLOCKED_POLICY, Cause.BLOCKED_RULE, Cause.BLOCKED_TENANT_LIST}
_OF_RECIPIENTS = AT_THE_REMOTE.keys() - _OF_POLICY | {Cause.SENDER_NOT_ALLOWED, Cause.RECIPIENT_LIMIT}
"""Causes about a recipient, reported by the side that hosts the recipient."""
_REFUSED = re.compile(
    r"(?:<|\b(?:recipient|user|mailbox) )[\w.!#$%&'*+/=?^`{|}~-]{1,64}@((?:[\w-]{1,63}\.){1,8}[a-z]{2,63})",
    re.IGNORECASE | re.ASCII,
)
"""The domain of the refused recipient."""

_OF_SENDER = re.compile(r"\bsender|\bfrom\b", re.IGNORECASE)
_OF_SENDING = re.compile(r"\b(?:TRANSPORT\.RULES|SMTPSEND|QUEUE|ROUTING|STOREDRV\.Subm)")
"""Components of Exchange that act before a message leaves: only our own Exchange reports them."""


def domain_refused(reply: str) -> str:
    """The domain, in lower case, of the recipient that *reply* refuses; "" if it names none."""
    named = _REFUSED.search(reply)
    return named[1].lower() if named else ""


def is_foreign(reply: str, code: str, named: str, domains: Collection[str]) -> bool:
    """Whether *reply*, without its bounce, is another side's: by the refused domain, its marks or its
    code."""
    if domains and named and not _OF_SENDER.search(reply):
        return named not in domains
    if has_component(reply):
        return False
    vendor = vendor_of(reply)
    if vendor is Vendor.STANDARD:
        told = cause_by_words(reply) or last_guess(reply)
        return "." not in code or is_of_others(reply) or (told is not None and find_code(code) is None)
    return vendor is not Vendor.EXCHANGE


def is_remote(
    reply: str, recipients: Sequence[str], domains: Collection[str], server: str, head: str
) -> bool:
    """Whether the other side gave *reply*: by the recipients' domains, then by the server named."""
    elsewhere = [one for one in recipients if one.rpartition("@")[2].lower() not in domains]
    if domains and recipients and not elsewhere:
        return False
    if server and not server.lower().endswith(tuple(f".{domain}" for domain in domains)):
        return bool(domains) or not has_component(reply)
    if _OF_SENDING.search(reply):
        return False
    if has_component(reply):
        return bool(domains and elsewhere)
    if vendor_of(reply) not in (Vendor.EXCHANGE, Vendor.STANDARD):
        return True
    entry = find_code(code_of(reply)) if EXCHANGE_REPORT.search(head) else None
    # Exchange's documented codes about a sender are its own finding; those about a remote recipient are
    # another's.
    return entry is None or entry.vague or entry.cause in _OF_RECIPIENTS
