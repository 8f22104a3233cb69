"""The enhanced status codes that mail systems document, by vendor, with their causes.

A code not on its vendor's list is read by the words beside it, then by class and subject (RFC 3463).

Source: https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online
(codes and page names; the causes are ours) and https://www.rfc-editor.org/rfc/rfc3463 for class and subject.
"""

import re
from collections.abc import Mapping

from tracing.causes import Cause
from tracing.code_entry import Listed
from tracing.exchange_codes import EXCHANGE
from tracing.vendor_codes import BY_VENDOR
from tracing.vendors import Vendor

LISTED: Mapping[Vendor, tuple[Listed, ...]] = {Vendor.EXCHANGE: EXCHANGE, **BY_VENDOR}

GENERIC_CODES = frozenset({"5.0.350", "5.0.0", "4.0.0", "5.5.0", "4.4.7", "5.4.300"})
"""Codes that say little or only introduce the other side's code; any other code beside them says more."""

_SINGLE: Mapping[tuple[Vendor, str], Listed] = {
    (vendor, entry.codes): entry
    for vendor, entries in LISTED.items()
    for entry in entries
    if "-" not in entry.codes
}
_RANGES: Mapping[tuple[Vendor, str], tuple[Listed, ...]] = {
    (vendor, start): found
    for vendor, entries in LISTED.items()
    for start in ("4.7", "5.4", "5.7")
    if (found := tuple(e for e in entries if "-" in e.codes and e.codes.startswith(f"{start}.")))
}
_CODE = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")

_BY_SUBJECT: Mapping[str, Cause] = {
    "1": Cause.RECIPIENT_NOT_FOUND,
    "4": Cause.UNREACHABLE,
    "6": Cause.SIZE_OR_FORMAT,
}
"""RFC 3463, 3.2 to 3.8; for the other subjects (2, 3, 5, 7) the subject alone gives no cause."""


def find_code(code: str, vendor: Vendor = Vendor.EXCHANGE) -> Listed | None:
    """The entry of *code* in *vendor*'s list, an exact one before a range; None if there is none."""
    read = _CODE.fullmatch(code)
    if read is None:
        return None
    ranges = _RANGES.get((vendor, f"{read[1]}.{read[2]}"), ())
    single = _SINGLE.get((vendor, code))
    return single or next((entry for entry in ranges if entry.holds(int(read[3]))), None)


def cause_of_class(code: str) -> Cause | None:
    """What an unlisted code tells by its class and subject alone; None when that is nothing."""
    read = _CODE.fullmatch(code)
    if read is None:
        return None
    if read[1] == "5":
        return _BY_SUBJECT.get(read[2])
    return Cause.ACCEPTED_REMOTE if read[1] == "2" else Cause.DELAYED


def subject_of(code: str) -> str:
    """The code's subject, `0` to `7`; "" when it has none that RFC 3463 knows."""
    read = _CODE.fullmatch(code)
    return read[2] if read and len(read[2]) == 1 and read[2] <= "7" else ""
