"""Find which TLS or certificate fault a reply reports, so that it is clear what to renew.

Source: https://learn.microsoft.com/purview/how-smtp-dane-works and
https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class TlsFault(StrEnum):
    """The fault in a connection's encryption; DEMANDED: they require it, and we did not offer it."""

    EXPIRED = "expired"
    MISMATCH = "mismatch"
    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    NO_TLS = "no_tls"
    DEMANDED = "demanded"
    DANE = "dane"
    DNSSEC = "dnssec"
    MTA_STS = "mta_sts"
    OTHER = "other"


_BY_WORDS = tuple(
    (re.compile(words, re.IGNORECASE), fault)
    for words, fault in (
        (
            r"certificate-?host-?mismatch|subject ?mismatch|(?:name|host)\w{0,6} .{0,20}mismatch"
            r"|does not match|common name",
            TlsFault.MISMATCH,
        ),
        (r"cert\w{0,10}.{0,40}expired|expired.{0,20}certificate|CertExpired|NotTimeValid", TlsFault.EXPIRED),
        (
            r"untrusted|self-?signed|unknown (?:ca|authority)|not trusted|ChainFail|PartialChain|issuer",
            TlsFault.UNTRUSTED,
        ),
        (r"revoked", TlsFault.REVOKED),
        (r"dnssec", TlsFault.DNSSEC),
        (r"mta-?sts|sts-policy", TlsFault.MTA_STS),
        (r"tlsa|\bdane\b", TlsFault.DANE),
        (
            r"starttls-not-supported|not offered by|refused to start|is required but unavailable"
            r"|(?:server|host|\w\.[a-z]{2,12}) (?:\S{1,80} )?(?:does ?n[o'’]t|must) (?:support|offer)",
            TlsFault.NO_TLS,
        ),
        (
            r"starttls|not sent over|plain-?text|unencrypted|encryption (?:is )?(?:needed|required)"
            r"|(?:must|only|needs?|requir\w{0,4})\b.{0,40}(?:\bTLS|encrypt)"
            r"|\bTLS\b.{0,20}(?:requir|must|need)"
            r"|TLS ?v?1\.\d.{0,40}(?:not supported|以上|以降)|TLS.{0,20}(?:接続して|必要|必須)"
            r"|暗号化.{0,12}(?:必要|必須)",
            TlsFault.DEMANDED,
        ),
        (r"tls (?:is )?not (?:available|supported|offered)", TlsFault.NO_TLS),
    )
)
_BY_CODE: Mapping[str, TlsFault] = {
    "4.8": TlsFault.MTA_STS,
    "7.321": TlsFault.NO_TLS,
    "7.322": TlsFault.EXPIRED,
    "7.323": TlsFault.DANE,
    "7.324": TlsFault.DNSSEC,
    "7.325": TlsFault.MISMATCH,
}
"""By Exchange Online's codes, without their class."""


def fault_of(code: str, reply: str) -> TlsFault:
    """The fault that *reply* names, or that Exchange's *code* means."""
    known = _BY_CODE.get(code[2:])
    return known or next((fault for words, fault in _BY_WORDS if words.search(reply)), TlsFault.OTHER)
