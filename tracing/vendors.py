"""Recognize the mail system that gave a reply, by its server's name or by marks in the reply.

Codes depend on the vendor: `5.2.1` is a disabled mailbox here and a limit there.
"""

import re
from enum import StrEnum


class Vendor(StrEnum):
    """Mail systems with known codes; STANDARD is any other, read by RFC 3463 and its registry."""

    EXCHANGE = "exchange"
    GMAIL = "gmail"
    OUTLOOK_COM = "outlook_com"
    YAHOO = "yahoo"
    ICLOUD = "icloud"
    DOCOMO = "docomo"
    AU = "au"
    SOFTBANK = "softbank"
    PROOFPOINT = "proofpoint"
    MIMECAST = "mimecast"
    BARRACUDA = "barracuda"
    IRONPORT = "ironport"
    POSTFIX = "postfix"
    EXIM = "exim"
    STANDARD = "standard"


NAMES = {
    Vendor.EXCHANGE: "Exchange Online",
    Vendor.GMAIL: "Gmail",
    Vendor.OUTLOOK_COM: "Outlook.com",
    Vendor.YAHOO: "Yahoo",
    Vendor.ICLOUD: "iCloud",
    Vendor.DOCOMO: "NTT docomo",
    Vendor.AU: "au",
    Vendor.SOFTBANK: "SoftBank",
    Vendor.PROOFPOINT: "Proofpoint",
    Vendor.MIMECAST: "Mimecast",
    Vendor.BARRACUDA: "Barracuda",
    Vendor.IRONPORT: "Cisco (IronPort)",
    Vendor.POSTFIX: "Postfix",
    Vendor.EXIM: "Exim",
    Vendor.STANDARD: "",
}
"""The vendors' names, the same in every language; "" if unknown."""

_SERVERS = tuple(
    (re.compile(rf"(?:^|\.)(?:{hosts})\.?$", re.IGNORECASE), vendor)
    for hosts, vendor in (
        (r"olc\.protection\.outlook\.com|hotmail\.com|live\.com", Vendor.OUTLOOK_COM),
        (r"outlook\.com|office365\.com|mx\.microsoft|outlook\.cn|office365\.us", Vendor.EXCHANGE),
        (r"google\.com|googlemail\.com|gmail\.com|psmtp\.com", Vendor.GMAIL),
        (r"yahoodns\.net|yahoo\.com|yahoo\.co\.jp|aol\.com|ymail\.ne\.jp", Vendor.YAHOO),
        (r"icloud\.com|me\.com|mac\.com|apple\.com", Vendor.ICLOUD),
        (r"docomo\.ne\.jp|spmode\.ne\.jp", Vendor.DOCOMO),
        (r"au\.com|ezweb\.ne\.jp|kddi\.ne\.jp|uqmobile\.jp", Vendor.AU),
        (r"softbank\.(?:ne\.)?jp|vodafone\.ne\.jp|ymobile1?\.ne\.jp|disney\.ne\.jp", Vendor.SOFTBANK),
        (r"pphosted\.com|ppe-hosted\.com|proofpoint\.com", Vendor.PROOFPOINT),
        (r"mimecast(?:-offshore)?\.(?:com|co\.za)", Vendor.MIMECAST),
        (r"barracudanetworks\.com|barracuda\.com", Vendor.BARRACUDA),
        (r"iphmx\.com|ironport\.com", Vendor.IRONPORT),
    )
)
_MARKS = tuple(
    (re.compile(mark, re.IGNORECASE), vendor)
    for mark, vendor in (
        (r"\(S\d{4}\)|mail\.live\.com|olc\.protection\.outlook\.com", Vendor.OUTLOOK_COM),
        (
            r"\.(?:prod|mail)\.(?:protection\.)?outlook\.com\b|\bAS\(?\d{4,}|\bATTR\d+"
            r"|go\.microsoft\.com|aka\.ms/"
            r"|STOREDRV|UnifiedGroupAgent|TenantAttribution|TenantInboundAttribution|office\.com\b|LastAttemptedServerName",
            Vendor.EXCHANGE,
        ),
        (
            r"\bgsmtp\b|receiving mail at a rate|user you are trying to contact"
            r"|account that you tried to reach|(?:support|mail)\.google\.com|\bgcdp\b|\bG?Suite\b",
            Vendor.GMAIL,
        ),
        (r"\[TSS?\d+\]|(?:yahoo(?:inc)?|aol)\.com/|yahoo\.co\.jp/|\bdd (?:This|Requested)", Vendor.YAHOO),
        (r"\[(?:CS|HME|HM)\d*\]|support\.apple\.com", Vendor.ICLOUD),
        (r"proofpoint", Vendor.PROOFPOINT),
        (r"mimecast", Vendor.MIMECAST),
        (r"barracuda", Vendor.BARRACUDA),
        (r"ironport|senderbase|\bSBRS\b|talosintelligence|\b5\d\d #5\.", Vendor.IRONPORT),
        (
            r"\bX-Postfix\b|\(in reply to (?:end of )?\w+|rejected: User unknown in \w+"
            r"|(?:Client host|Helo command|Sender address|Recipient address) rejected:",
            Vendor.POSTFIX,
        ),
        (
            r"\bUnrouteable (?:address|mail domain)|SMTP error from remote mail server"
            r"|retry time(?:out)? (?:exceeded|not reached)"
            r"|all relevant MX records|lowest numbered MX record",
            Vendor.EXIM,
        ),
    )
)
_COMPONENT = re.compile(
    r"\b(?:RESOLVER|Resolver|STOREDRV|TRANSPORT|QUEUE|SMTPSEND|APPROVAL|ROUTING|CAT|ORAR|HOLD|PICKUP|REPLAY"
    r"|DSNGENERATION|NONSMTPGW|DELIVERYAGENT)\.[A-Z]\w"
)
"""Exchange's signature is in capitals; `queue.example.com` is a server."""


_OF_OTHERS = re.compile(
    r"spam ?assassin|rspamd|amavis|clamav|post ?grey|gr[ea]y-?list|mailscanner|fortiguard|trend ?micro"
    r"|symantec|messagelabs|sophos|cloudmark|sendmail|exim\b|maildir|\bRBL\b",
    re.IGNORECASE,
)
"""Products and words that never occur in Exchange Online."""

_ABOUT_OTHERS = re.compile(r"(?<![\d.])[45]\.(?:0\.350|1\.351|4\.3\d\d|7\.3[26]\d)(?![\d.])")
"""Codes with which Exchange itself reports about another server, whatever its name."""


def vendor_of(reply: str, server: str = "") -> Vendor:
    """The vendor of *reply*, given by *server* if known; STANDARD if neither tells."""
    if has_component(reply) or _ABOUT_OTHERS.search(reply):
        return Vendor.EXCHANGE
    named = next((vendor for hosts, vendor in _SERVERS if server and hosts.search(server)), None)
    return named or next((vendor for mark, vendor in _MARKS if mark.search(reply)), Vendor.STANDARD)


def has_component(reply: str) -> bool:
    """Whether *reply* has the mark of an Exchange component, such as `RESOLVER.ADR.RecipientNotFound`."""
    return _COMPONENT.search(reply) is not None


def is_of_others(reply: str) -> bool:
    """Whether *reply* has words used only by mail systems other than Exchange Online."""
    return _OF_OTHERS.search(reply) is not None
