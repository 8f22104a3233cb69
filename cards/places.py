"""Where to look further: for each cause a place in Microsoft's portals, and Microsoft's page about a code."""

from collections.abc import Mapping
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.elements import link
from cards.reader import Reader
from tracing.causes import Cause
from tracing.codes import find_code
from tracing.vendors import Vendor

_DEFENDER = "https://security.microsoft.com"
_EXCHANGE = "https://admin.exchange.microsoft.com/#"
_NDR_PAGES = "troubleshoot/exchange/email-delivery/ndr"


@dataclass(frozen=True)
class Place:
    """A page of a portal; `name` is the last part of its text's key."""

    name: str
    url: str


QUARANTINE = Place("quarantine", f"{_DEFENDER}/quarantine")
EXPLORER = Place("explorer", f"{_DEFENDER}/threatexplorerv3")
TENANT_LIST = Place("tenant_list", f"{_DEFENDER}/tenantAllowBlockList")
RESTRICTED = Place("restricted", f"{_DEFENDER}/restrictedentities")
SPAM_POLICIES = Place("spam_policies", f"{_DEFENDER}/antispam")
AUTHENTICATION = Place("authentication", f"{_DEFENDER}/authentication")
ALERTS = Place("alerts", f"{_DEFENDER}/alerts")
RULES = Place("rules", f"{_EXCHANGE}/transportrules")
CONNECTORS = Place("connectors", f"{_EXCHANGE}/connectors")
REMOTE_DOMAINS = Place("remote_domains", f"{_EXCHANGE}/remotedomains")
DOMAINS = Place("domains", f"{_EXCHANGE}/accepteddomains")
MAILBOXES = Place("mailboxes", f"{_EXCHANGE}/mailboxes")
GROUPS = Place("groups", f"{_EXCHANGE}/groups")
TRACE = Place("trace", f"{_EXCHANGE}/messagetrace")

PLACES: Mapping[Cause, Place] = {
    Cause.DELIVERED: MAILBOXES,
    Cause.DELIVERED_JUNK: EXPLORER,
    Cause.HANDED_ON_PREMISES: CONNECTORS,
    Cause.EXPANDED: GROUPS,
    Cause.REDIRECTED: MAILBOXES,
    Cause.RECALLED: TRACE,
    Cause.REMOVED_LATER: QUARANTINE,
    Cause.IN_PROGRESS: TRACE,
    Cause.AWAITING_APPROVAL: GROUPS,
    Cause.DELAYED: TRACE,
    Cause.BLOCKED_DLP: ALERTS,
    Cause.BLOCKED_RULE: RULES,
    Cause.DELETED_BY_RULE: RULES,
    Cause.QUARANTINED_BY_RULE: QUARANTINE,
    Cause.BLOCKED_TENANT_LIST: TENANT_LIST,
    Cause.BLOCKED_POLICY: RULES,
    Cause.MALWARE: QUARANTINE,
    Cause.QUARANTINED: QUARANTINE,
    Cause.RECIPIENT_NOT_FOUND: MAILBOXES,
    Cause.MAILBOX_FULL: MAILBOXES,
    Cause.SENDER_NOT_ALLOWED: GROUPS,
    Cause.NOT_APPROVED: GROUPS,
    Cause.SEND_AS_DENIED: MAILBOXES,
    Cause.SENDER_AUTHENTICATION: AUTHENTICATION,
    Cause.SENDING_LIMIT: RESTRICTED,
    Cause.SENDER_BLOCKED: RESTRICTED,
    Cause.FORWARDING_BLOCKED: SPAM_POLICIES,
    Cause.RELAY_DENIED: CONNECTORS,
    Cause.ROUTING_LOOP: DOMAINS,
    Cause.UNREACHABLE: CONNECTORS,
    Cause.TLS_PROBLEM: CONNECTORS,
    Cause.EXPIRED: TRACE,
    Cause.SIZE_OR_FORMAT: MAILBOXES,
    Cause.FORWARDED_WITHOUT_COPY: MAILBOXES,
    Cause.AUTO_FORWARD_STOPPED: REMOTE_DOMAINS,
    Cause.AUTO_REPLY_SUPPRESSED: REMOTE_DOMAINS,
    Cause.NOTICE_SUPPRESSED: REMOTE_DOMAINS,
    Cause.HANDLED: TRACE,
    Cause.DUPLICATE: TRACE,
    Cause.DISCARDED_BY_LIMIT: GROUPS,
    Cause.REJECTED_SPAM: EXPLORER,
    Cause.CONTENT_REFUSED: RULES,
    Cause.RECIPIENT_LIMIT: MAILBOXES,
    Cause.TOO_MANY_RECIPIENTS: MAILBOXES,
    Cause.DIRECT_SEND_REFUSED: CONNECTORS,
    Cause.SIGN_IN_REFUSED: MAILBOXES,
}
"""Source of the addresses: the pages of https://learn.microsoft.com/defender-office-365/ and
https://learn.microsoft.com/exchange/ each name the one that goes directly to theirs."""

_FOR_EVERYBODY = frozenset({Cause.QUARANTINED, Cause.REMOVED_LATER})
"""Causes whose place shows an employee their own mail; the others are for administrators."""


def links(
    cause: Cause, code: str, reader: Reader, *, vendor: Vendor, full: bool, ours: bool
) -> list[BareObject]:
    """Buttons that open the portal for *cause* and the page about *code*; employees get only their own.

    *ours*: our portals show something of it. Microsoft's pages only cover its own codes.
    """
    place = PLACES.get(cause) if ours else None
    buttons = []
    if place is not None and (full or cause in _FOR_EVERYBODY):
        buttons.append(link(reader.say(f"portal.{place.name}"), place.url))
    if full and code and vendor is Vendor.EXCHANGE and (ours or find_code(code)):
        buttons.append(link(reader.say("portal.learn", code=code), learn_page(code, reader.language)))
    return buttons


def learn_page(code: str, language: str) -> str:
    """Microsoft's page about *code*; the list of all codes where it has none of its own."""
    entry = find_code(code)
    page = entry.page if entry and entry.page else "non-delivery-reports-in-exchange-online"
    return f"https://learn.microsoft.com/{'ja-jp' if language == 'ja' else 'en-us'}/{_NDR_PAGES}/{page}"
