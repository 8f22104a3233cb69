"""The verdict of Microsoft's filter from a message's headers: spam or not, why, and the submitting server.

Source: https://learn.microsoft.com/defender-office-365/message-headers-eop-mdo
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tracing.authentication import results_of

_CELL = re.compile(r"(?:^|[;\s])([A-Z]{2,8}):([^;]{0,200})(?=;|$)")
_SCL_FIELDS = ("x-ms-exchange-organization-scl", "x-ms-exchange-antispam-scl")
_SPAM = 5
"""From this level on a message counts as spam; 7 and above with high confidence."""


class Judged(StrEnum):
    """The verdicts, the gravest first; `allowed` and `blocked` are due to a list."""

    MALWARE = "malware"
    PHISH = "phish"
    SPOOF = "spoof"
    IMPERSONATION = "impersonation"
    HIGH_SPAM = "high_spam"
    BULK = "bulk"
    SPAM = "spam"
    MARKED_SPAM = "marked_spam"
    BLOCKED = "blocked"
    OUTBOUND_SPAM = "outbound_spam"
    RELEASED = "released"
    ALLOWED = "allowed"
    CLEAN = "clean"
    UNAUTHENTICATED = "unauthenticated"
    AUTHENTICATED = "authenticated"


BAD = frozenset(Judged) - {Judged.RELEASED, Judged.ALLOWED, Judged.CLEAN, Judged.AUTHENTICATED}

_BY_CATEGORY: Mapping[str, Judged] = {
    "MALW": Judged.MALWARE,
    "AMP": Judged.MALWARE,
    "SAP": Judged.MALWARE,
    "FTBP": Judged.MALWARE,
    "PHSH": Judged.PHISH,
    "HPHSH": Judged.PHISH,
    "HPHISH": Judged.PHISH,
    "SPOOF": Judged.SPOOF,
    "INTOS": Judged.SPOOF,
    "BIMP": Judged.IMPERSONATION,
    "DIMP": Judged.IMPERSONATION,
    "UIMP": Judged.IMPERSONATION,
    "GIMP": Judged.IMPERSONATION,
    "HSPM": Judged.HIGH_SPAM,
    "BULK": Judged.BULK,
    "SPM": Judged.SPAM,
    "OSPM": Judged.OUTBOUND_SPAM,
}
_BY_FILTER: Mapping[str, Judged] = {
    "BLK": Judged.BLOCKED,
    "SKB": Judged.BLOCKED,
    "SKS": Judged.MARKED_SPAM,
    "SPM": Judged.SPAM,
    "SKQ": Judged.RELEASED,
    "SFE": Judged.ALLOWED,
    "SKA": Judged.ALLOWED,
    "SKN": Judged.ALLOWED,
    "SKI": Judged.ALLOWED,
    "NSPM": Judged.CLEAN,
}


@dataclass(frozen=True)
class Judgement:
    """`judged` is None if nothing tells. `marks` are the fields behind the verdict, as in the headers: `SCL
    5`.

    `client_ip` submitted the message, named `host` in DNS. `authentication` holds method and result.
    """

    judged: Judged | None
    marks: tuple[str, ...] = ()
    client_ip: str = ""
    host: str = ""
    authentication: tuple[tuple[str, str], ...] = ()


def judgement_of(named: Sequence[tuple[str, str]], from_address: str) -> Judgement:
    """The verdict in the fields *named*, for a message from *from_address*."""
    first: dict[str, str] = {}
    for name, value in named:
        first.setdefault(name, value)
    report = first.get("x-forefront-antispam-report", "")
    if not report and "SCL:" in first.get("cip", ""):
        # Once a client lost the fold, its continued line looks like a new field.
        report = f"CIP:{first['cip']}"
    cells = {name: value.strip() for name, value in _CELL.findall(report)}
    level = cells.get("SCL", "") or next((first[name].strip() for name in _SCL_FIELDS if name in first), "")
    authentication = results_of(named, from_address)
    judged = _judged(cells.get("CAT", ""), cells.get("SFV", ""), _number(level))
    told = (("SCL", level), ("SFV", cells.get("SFV", "")), ("CAT", cells.get("CAT", "")))
    return Judgement(
        judged or _by_authentication(dict(authentication)),
        tuple(f"{name} {value}" for name, value in told if value),
        cells.get("CIP", ""),
        cells.get("PTR", "") or cells.get("H", ""),
        authentication,
    )


def _judged(category: str, verdict: str, level: int | None) -> Judged | None:
    by_list = _BY_FILTER.get(verdict)
    if by_list in (Judged.RELEASED, Judged.ALLOWED, Judged.BLOCKED):
        return by_list
    by_category = _BY_CATEGORY.get(category)
    if by_category is not None:
        return by_category
    if by_list in (Judged.SPAM, None) and level is not None and level > _SPAM + 1:
        return Judged.HIGH_SPAM
    if by_list is not None:
        return by_list
    if level is None:
        return None
    return Judged.SPAM if level >= _SPAM else Judged.ALLOWED if level < 0 else Judged.CLEAN


def _by_authentication(results: Mapping[str, str]) -> Judged | None:
    """Without a filter's verdict, whether the sender is authentic: by DMARC, else by SPF and DKIM."""
    dmarc = results.get("dmarc", "")
    if dmarc in ("pass", "bestguesspass"):
        return Judged.AUTHENTICATED
    if dmarc == "fail":
        return Judged.UNAUTHENTICATED
    told = [results[method] for method in ("spf", "dkim") if method in results]
    if not told:
        return None
    if "pass" in told:
        return Judged.AUTHENTICATED
    return Judged.UNAUTHENTICATED if any(one.endswith("fail") for one in told) else None


def _number(value: str) -> int | None:
    return int(value) if re.fullmatch(r"-?\d{1,2}", value) else None
