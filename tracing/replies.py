"""Read an SMTP reply: its codes, its vendor, its cause, and how sure that is.

One reader serves events, bounces and bare codes. Exchange's components count first, then the code on its
vendor's list, then the words, then the code's class. Otherwise there is no cause. Source:
https://www.rfc-editor.org/rfc/rfc5321#section-4.2 and https://www.rfc-editor.org/rfc/rfc3463
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tracing.causes import AT_THE_REMOTE, SUCCESSES, WAITING, Cause, Certainty, Side
from tracing.certificates import TlsFault, fault_of
from tracing.codes import GENERIC_CODES, cause_of_class, find_code
from tracing.components import cause_by_component
from tracing.reply_words import cause_by_words, last_guess
from tracing.sides import side_told
from tracing.vendors import Vendor, vendor_of

_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)(?![a-zA-Z])")
_BASIC = re.compile(r"(?<![\d.:])([45][0-5]\d)(?=[ #:-]|$)(?! ?\d{1,2}[/:]\d)")
_QUOTED = re.compile(r"^\W{0,4}5\.\d\.\d - [\w ()-]{4,60} ([45]\d\d[ -].{0,4}[A-Za-z\d<].{3,400})", re.DOTALL)
"""IronPort: `5.1.0 - Unknown address error 550-'5.7.1 Access denied'`; its own words are always the same."""

_LETTERS = re.compile(r"[^\W\d_]{2}")

_BY_BASIC: Mapping[str, Cause] = {
    "551": Cause.RECIPIENT_NOT_FOUND,
    "552": Cause.MAILBOX_FULL,
    "553": Cause.RECIPIENT_NOT_FOUND,
}


@dataclass(frozen=True)
class Reply:
    """A parsed reply. `cause` is None if unknown; `tls` is the fault if it is one of TLS.

    `side` is None unless the reply itself tells who is at fault. `passing`: its code is in the class that is
    retried.
    """

    cause: Cause | None
    code: str
    vendor: Vendor
    certainty: Certainty
    tls: TlsFault | None = None
    side: Side | None = None

    @property
    def passing(self) -> bool:
        return self.code.startswith("4")


def codes_in(reply: str) -> Iterator[str]:
    """The enhanced status codes of *reply*, in order."""
    return (found[1] for found in _CODE.finditer(reply))


def quoted_in(reply: str) -> str:
    """The other side's words if a gateway added its own before them; otherwise *reply*."""
    quoted = _QUOTED.search(reply)
    return quoted[1] if quoted else reply


def code_of(reply: str) -> str:
    """The code that says most; a three-digit one where there is no other, "" where there is none."""
    codes = list(codes_in(quoted_in(reply))) or list(codes_in(reply))
    telling = next((code for code in codes if code not in GENERIC_CODES), "")
    if telling or codes:
        return telling or codes[0]
    basic = _BASIC.search(reply)
    return basic[1] if basic else ""


def read_reply(reply: str, *, remote: bool, code: str | None = None, server: str = "") -> Reply:
    """Parse *reply*, given by *server* if known; *remote*: by the other side.

    *code* overrides the one in the text, unless it is "".
    """
    code = code_of(reply) if code is None else code
    reply = quoted_in(reply)
    vendor = vendor_of(reply, server)
    if vendor is Vendor.STANDARD and not remote:
        vendor = Vendor.EXCHANGE
    cause, certainty = _cause(code, reply, vendor, bare=not _LETTERS.search(reply))
    if remote:
        cause = AT_THE_REMOTE.get(cause, cause) if cause else None
    tls = fault_of(code, reply) if cause is Cause.TLS_PROBLEM else None
    return Reply(cause, code, vendor, certainty, tls, side_told(reply, cause, tls))


def _cause(code: str, reply: str, vendor: Vendor, *, bare: bool) -> tuple[Cause | None, Certainty]:
    spoken = cause_by_component(code, reply)
    if spoken is not None:
        return spoken, Certainty.CERTAIN
    listed = find_code(code, vendor)
    if listed is not None and not listed.vague:
        sure = vendor is not Vendor.STANDARD and not bare
        return listed.cause, Certainty.CERTAIN if sure else Certainty.LIKELY
    worded = cause_by_words(reply)
    if worded is not None:
        return worded, Certainty.LIKELY
    if listed is None and vendor is not Vendor.EXCHANGE:
        # Registered codes have their registered meaning unless a vendor defines them differently.
        listed = find_code(code, Vendor.STANDARD)
    if listed is not None:
        return listed.cause, Certainty.UNKNOWN if bare else Certainty.LIKELY
    guessed = last_guess(reply) or cause_of_class(code) or _BY_BASIC.get(code)
    return guessed, Certainty.LIKELY if guessed else Certainty.UNKNOWN


def final(read: Reply, *, remote: bool) -> tuple[Cause, Certainty]:
    """The cause of a message given up with *read*: a temporary error that lasted until time ran out."""
    if read.cause is Cause.AWAITING_APPROVAL:
        return Cause.NOT_APPROVED, read.certainty
    if read.cause in WAITING or (read.cause is None and read.passing):
        return Cause.EXPIRED, Certainty.LIKELY
    if read.cause is None or (read.cause in SUCCESSES and read.certainty is not Certainty.CERTAIN):
        return Cause.REJECTED_REMOTE if remote else Cause.OTHER, Certainty.UNKNOWN
    return read.cause, read.certainty
