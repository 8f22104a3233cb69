"""The enhanced status codes that Exchange Online documents: what each stands for, and the page about it.

A code that is not listed is read by its class and subject (RFC 3463), and by the words beside it.

Source: https://learn.microsoft.com/troubleshoot/exchange/email-delivery/ndr/non-delivery-reports-in-exchange-online
(codes and page names; the causes are ours) and https://www.rfc-editor.org/rfc/rfc3463 for class and subject.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracing.causes import Cause

_LOOP_PAGE = "fix-error-code-5-4-6-through-5-4-20-in-exchange-online"
_TENANT_PAGE = "fix-error-code-5-7-700-through-5-7-750"
_FOLDER_PAGE = "fix-error-code-5-7-13-or-5-7-135-in-exchange-online"


@dataclass(frozen=True)
class Listed:
    """One entry: `codes` is a code or a range such as `5.7.606-649`, both ends included; `page` may be ""."""

    codes: str
    cause: Cause
    page: str = ""


LISTED: tuple[Listed, ...] = (
    Listed("2.1.5", Cause.EXPANDED),
    Listed("4.3.2", Cause.SENDING_LIMIT),
    Listed("4.4.2", Cause.UNREACHABLE),
    Listed("4.4.7", Cause.EXPIRED, "fix-error-code-550-4-4-7-in-exchange-online"),
    Listed("4.4.8", Cause.TLS_PROBLEM),
    Listed("4.4.316", Cause.UNREACHABLE),
    Listed("4.4.317", Cause.UNREACHABLE),
    Listed("4.5.3", Cause.SENDING_LIMIT),
    Listed("4.7.0", Cause.DELAYED),
    Listed("4.7.26", Cause.SENDER_AUTHENTICATION),
    Listed("4.7.321", Cause.TLS_PROBLEM),
    Listed("4.7.322", Cause.TLS_PROBLEM),
    Listed("4.7.323", Cause.TLS_PROBLEM),
    Listed("4.7.324", Cause.TLS_PROBLEM),
    Listed("4.7.325", Cause.TLS_PROBLEM),
    Listed("4.7.500-699", Cause.SENDER_BLOCKED, "fix-error-code-451-4-7-500-699-asxxx-in-exchange-online"),
    Listed("4.7.850-899", Cause.SENDER_BLOCKED),
    Listed("5.0.350", Cause.REJECTED_REMOTE, "fix-error-code-550-5-0-350-in-exchange-online"),
    Listed("5.1.0", Cause.SENDER_BLOCKED, "fix-error-code-550-5-1-0-in-exchange-online"),
    Listed("5.1.1", Cause.RECIPIENT_NOT_FOUND, "fix-error-code-550-5-1-1-through-5-1-20-in-exchange-online"),
    Listed("5.1.8", Cause.SENDER_BLOCKED, "fix-error-code-5-1-8-in-exchange-online"),
    Listed("5.1.10", Cause.RECIPIENT_NOT_FOUND, "fix-error-code-550-5-1-10-in-exchange-online"),
    Listed("5.1.20", Cause.SIZE_OR_FORMAT),
    Listed("5.1.90", Cause.SENDING_LIMIT),
    Listed("5.1.351", Cause.RECIPIENT_NOT_FOUND_REMOTE),
    Listed("5.2.1", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.2.2", Cause.MAILBOX_FULL),
    Listed("5.2.3", Cause.SIZE_OR_FORMAT),
    Listed("5.2.121", Cause.SENDING_LIMIT),
    Listed("5.2.122", Cause.SENDING_LIMIT),
    Listed("5.3.4", Cause.SIZE_OR_FORMAT),
    Listed("5.3.190", Cause.BLOCKED_POLICY),
    Listed("5.4.1", Cause.RELAY_DENIED, "fix-error-code-550-5-4-1-in-exchange-online"),
    Listed("5.4.4", Cause.UNREACHABLE),
    Listed("5.4.6", Cause.ROUTING_LOOP, _LOOP_PAGE),
    Listed("5.4.7-20", Cause.ROUTING_LOOP, _LOOP_PAGE),
    Listed("5.4.14", Cause.ROUTING_LOOP, _LOOP_PAGE),
    Listed("5.4.300", Cause.EXPIRED),
    Listed("5.4.310", Cause.UNREACHABLE),
    Listed("5.4.312", Cause.UNREACHABLE),
    Listed("5.4.316", Cause.EXPIRED),
    Listed("5.5.0", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.6.11", Cause.SIZE_OR_FORMAT, "fix-error-code-550-5-6-11-in-exchange-online"),
    Listed("5.7.1", Cause.BLOCKED_POLICY, "fix-error-code-550-5-7-1-in-exchange-online"),
    Listed("5.7.12", Cause.SENDER_NOT_ALLOWED, "fix-error-code-5-7-12-in-exchange-online"),
    Listed("5.7.13", Cause.SENDER_NOT_ALLOWED, _FOLDER_PAGE),
    Listed("5.7.23", Cause.SENDER_AUTHENTICATION, "fix-error-code-5-7-23-in-exchange-online"),
    Listed("5.7.25", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.26", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.57", Cause.RELAY_DENIED, "fix-error-code-5-7-57-in-exchange-online"),
    Listed("5.7.60", Cause.SEND_AS_DENIED),
    Listed("5.7.64", Cause.RELAY_DENIED, "fix-error-code-5-7-64-in-exchange-online"),
    Listed("5.7.124", Cause.SENDER_NOT_ALLOWED, "fix-error-code-5-7-124-in-exchange-online"),
    Listed("5.7.133", Cause.SENDER_NOT_ALLOWED, "fix-error-code-5-7-133-in-exchange-online"),
    Listed("5.7.134", Cause.SENDER_NOT_ALLOWED, "fix-error-code-5-7-134-in-exchange-online"),
    Listed("5.7.135", Cause.SENDER_NOT_ALLOWED, _FOLDER_PAGE),
    Listed("5.7.136", Cause.SENDER_NOT_ALLOWED, "fix-error-code-5-7-136-in-exchange-online"),
    Listed("5.7.171", Cause.BLOCKED_POLICY),
    Listed("5.7.232", Cause.SENDING_LIMIT),
    Listed("5.7.233", Cause.SENDING_LIMIT),
    Listed("5.7.236", Cause.SENDING_LIMIT),
    Listed("5.7.321", Cause.TLS_PROBLEM),
    Listed("5.7.322", Cause.TLS_PROBLEM),
    Listed("5.7.323", Cause.TLS_PROBLEM),
    Listed("5.7.324", Cause.TLS_PROBLEM),
    Listed("5.7.325", Cause.TLS_PROBLEM),
    Listed("5.7.367", Cause.RELAY_DENIED),
    Listed("5.7.501", Cause.SENDER_BLOCKED),
    Listed("5.7.502", Cause.SENDER_BLOCKED),
    Listed("5.7.503", Cause.SENDER_BLOCKED),
    Listed("5.7.504", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.505", Cause.RECIPIENT_NOT_FOUND),
    Listed("5.7.506", Cause.SENDER_BLOCKED),
    Listed("5.7.507", Cause.REJECTED_REMOTE),
    Listed("5.7.508", Cause.SENDING_LIMIT),
    Listed("5.7.509", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.510", Cause.REJECTED_REMOTE),
    Listed("5.7.511", Cause.SENDER_BLOCKED),
    Listed("5.7.512", Cause.SIZE_OR_FORMAT),
    Listed("5.7.513", Cause.SENDER_BLOCKED),
    Listed("5.7.514", Cause.SENDER_AUTHENTICATION),
    Listed("5.7.520", Cause.FORWARDING_BLOCKED),
    Listed("5.7.606-649", Cause.SENDER_BLOCKED),
    Listed("5.7.700-750", Cause.SENDER_BLOCKED, _TENANT_PAGE),
    Listed("5.7.703", Cause.BLOCKED_TENANT_LIST),
    Listed("5.7.705", Cause.SENDING_LIMIT, _TENANT_PAGE),
    Listed("5.7.708", Cause.SENDER_BLOCKED, _TENANT_PAGE),
    Listed("5.7.750", Cause.SENDER_BLOCKED, _TENANT_PAGE),
    Listed("5.7.800", Cause.SENDER_BLOCKED),
    Listed("5.7.900-999", Cause.BLOCKED_RULE),
)

GENERIC_CODES = frozenset({"5.0.350", "5.0.0", "4.0.0"})
"""Codes that say nothing, or only announce the other side's own."""

_SINGLE: Mapping[str, Listed] = {entry.codes: entry for entry in LISTED if "-" not in entry.codes}
_RANGES: Mapping[str, tuple[Listed, ...]] = {
    start: tuple(entry for entry in LISTED if "-" in entry.codes and entry.codes.startswith(f"{start}."))
    for start in ("4.7", "5.4", "5.7")
}
_CODE = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")

_BY_SUBJECT: Mapping[str, Cause] = {
    "1": Cause.RECIPIENT_NOT_FOUND,
    "4": Cause.UNREACHABLE,
    "6": Cause.SIZE_OR_FORMAT,
    "7": Cause.BLOCKED_POLICY,
}
"""RFC 3463, 3.2 to 3.8; of mailbox, system and protocol (2, 3, 5) the subject alone tells no cause."""


def find_code(code: str) -> Listed | None:
    """The entry of *code*: its own before that of a range it lies in; None when it is not listed."""
    read = _CODE.fullmatch(code)
    if read is None:
        return None
    ranges = _RANGES.get(f"{read[1]}.{read[2]}", ())
    return _SINGLE.get(code) or next((entry for entry in ranges if _holds(entry, int(read[3]))), None)


def cause_of_code(code: str) -> Cause | None:
    """What an enhanced status code stands for on its own; None when it says too little."""
    entry = find_code(code)
    return entry.cause if entry else None


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


def _holds(entry: Listed, detail: int) -> bool:
    first, last = entry.codes.rpartition(".")[2].split("-")
    return int(first) <= detail <= int(last)
