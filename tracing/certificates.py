"""Which fault of TLS or of a certificate a reply tells of, so that somebody knows what to renew.

Source: https://learn.microsoft.com/purview/how-smtp-dane-works and
https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class TlsFault(StrEnum):
    """What was wrong with a connection's encryption."""

    EXPIRED = "expired"
    MISMATCH = "mismatch"
    UNTRUSTED = "untrusted"
    REVOKED = "revoked"
    NO_TLS = "no_tls"
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
            r"starttls|tls (?:is )?(?:required|not (?:available|supported|offered))"
            r"|(?:must|requires?) .{0,20}\btls\b",
            TlsFault.NO_TLS,
        ),
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
    """The fault that *reply* names, or that Exchange's *code* stands for."""
    known = _BY_CODE.get(code[2:])
    return known or next((fault for words, fault in _BY_WORDS if words.search(reply)), TlsFault.OTHER)
