"""What an examination can find: how bad it is, and which step of docs/install.md sets it right. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

CHECKS = (
    "settings",
    "database",
    "login",
    "roles",
    "tenant",
    "principal",
    "trace",
    "behaviour",
    "users",
    "groups",
    "domains",
    "connector",
    "keys",
    "expiry",
    "clock",
    "endpoint",
    "teams",
)
"""What is examined, in the order in which it is told."""


class Severity(StrEnum):
    """How bad, the worst first."""

    FAULT = "fault"
    WARNING = "warning"
    NOTE = "note"
    FINE = "fine"


@dataclass(frozen=True)
class Reason:
    """What a finding means, whoever it is about; `step` is the number in docs/install.md, 0 for none."""

    severity: Severity
    step: int = 0


_FAULT, _WARNING, _NOTE, _FINE = Severity

REASONS: Mapping[str, Reason] = {
    "settings_fine": Reason(_FINE),
    "settings_wrong": Reason(_FAULT, 6),
    "database_current": Reason(_FINE),
    "database_new": Reason(_FINE),
    "database_old": Reason(_FINE),
    "database_newer": Reason(_FAULT, 6),
    "database_unusable": Reason(_FAULT, 6),
    "database_damaged": Reason(_FAULT, 6),
    "database_full": Reason(_FAULT, 6),
    "spool_refused": Reason(_FAULT, 6),
    "login_fine": Reason(_FINE),
    "login_none": Reason(_NOTE),
    "login_expired": Reason(_FAULT, 1),
    "login_wrong": Reason(_FAULT, 1),
    "login_certificate": Reason(_FAULT, 1),
    "login_certificate_file": Reason(_FAULT, 6),
    "login_clock": Reason(_FAULT, 6),
    "login_no_tenant": Reason(_FAULT, 6),
    "login_no_app": Reason(_FAULT, 1),
    "login_refused": Reason(_FAULT, 1),
    "login_unreachable": Reason(_FAULT, 6),
    "login_identity": Reason(_FAULT, 6),
    "login_no_host": Reason(_FAULT, 6),
    "login_federated_file": Reason(_FAULT, 6),
    "login_federation": Reason(_FAULT, 1),
    "login_federation_identity": Reason(_FAULT, 1),
    "roles_fine": Reason(_FINE),
    "roles_unread": Reason(_NOTE),
    "role_trace": Reason(_FAULT, 3),
    "role_users": Reason(_FAULT, 3),
    "role_groups": Reason(_FAULT, 3),
    "role_organization": Reason(_FAULT, 3),
    "tenant_fine": Reason(_FINE),
    "tenant_other": Reason(_FAULT, 6),
    "principal_fine": Reason(_FINE),
    "principal_missing": Reason(_FAULT, 4),
    "principal_propagating": Reason(_FAULT, 4),
    "principal_unseen": Reason(_FAULT, 4),
    "principal_unknown": Reason(_NOTE, 4),
    "trace_fine": Reason(_FINE),
    "trace_blocked": Reason(_FAULT),
    "trace_throttled": Reason(_WARNING),
    "trace_token": Reason(_FAULT, 1),
    "trace_unavailable": Reason(_FAULT, 6),
    "trace_ours": Reason(_FAULT),
    "trace_too_old": Reason(_FAULT),
    "behaviour_fine": Reason(_FINE),
    "behaviour_unasked": Reason(_NOTE),
    "behaviour_order": Reason(_WARNING),
    "behaviour_sender": Reason(_WARNING),
    "behaviour_recipient": Reason(_WARNING),
    "behaviour_values": Reason(_NOTE),
    "users_fine": Reason(_FINE),
    "users_failed": Reason(_FAULT, 3),
    "groups_fine": Reason(_FINE),
    "groups_none": Reason(_WARNING, 5),
    "group_missing": Reason(_FAULT, 5),
    "group_empty": Reason(_WARNING, 5),
    "groups_failed": Reason(_FAULT, 3),
    "domains_fine": Reason(_FINE),
    "domains_set": Reason(_FINE),
    "domains_failed": Reason(_FAULT, 3),
    "domains_none": Reason(_FAULT, 6),
    "keys_fine": Reason(_FINE),
    "keys_unreachable": Reason(_FAULT, 6),
    "expiry_fine": Reason(_FINE),
    "expiry_none": Reason(_FINE),
    "expiry_soon": Reason(_WARNING, 1),
    "expiry_past": Reason(_FAULT, 1),
    "expiry_unseen": Reason(_NOTE, 1),
    "clock_fine": Reason(_FINE),
    "clock_unseen": Reason(_NOTE),
    "clock_off": Reason(_FAULT, 6),
    "teams_fine": Reason(_FINE),
    "teams_silent": Reason(_WARNING, 2),
    "teams_unpacked": Reason(_WARNING, 8),
    "teams_nobody": Reason(_WARNING, 8),
    "teams_other_bot": Reason(_WARNING, 2),
    "teams_other_tenant": Reason(_WARNING, 6),
    "teams_untried": Reason(_NOTE, 9),
    "endpoint_fine": Reason(_FINE),
    "endpoint_unreachable": Reason(_FAULT, 6),
    "endpoint_other": Reason(_FAULT, 6),
}
"""Every reason; `cards/doctor_texts.py` has its words."""


@dataclass(frozen=True)
class Finding:
    """One answer of an examination: `reason` is one of REASONS, `facts` fill its words."""

    check: str
    reason: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        return REASONS[self.reason].severity

    @property
    def step(self) -> int:
        return REASONS[self.reason].step


def worst(findings: Iterable[Finding]) -> Severity:
    """The worst there is among *findings*."""
    order = list(Severity)
    return min((finding.severity for finding in findings), key=order.index, default=Severity.FINE)


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """*findings* as a reader wants them: the worst first, each kind in the order of CHECKS."""
    order = list(Severity)
    return sorted(findings, key=lambda f: (order.index(f.severity), CHECKS.index(f.check)))
