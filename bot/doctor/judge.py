"""What was seen → findings. Pure; `examine` does the seeing.

How the service behaves, which the planner relies on, was measured and is not documented: it is looked at
anew each time.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta
from http import HTTPStatus
from itertools import pairwise

from bot.doctor.findings import Finding
from bot.permissions import GROUP_PERMISSION, ORGANIZATION_PERMISSION, USER_PERMISSION
from bot.signs import Sign
from tracing.errors import (
    CredentialsRefused,
    GraphError,
    GraphRefused,
    GraphUnavailable,
    NotPermitted,
    PrerequisiteMissing,
    Throttled,
)
from tracing.graph import PREREQUISITE_APP_ID, TRACE_PERMISSION, TokenExpired
from tracing.model import MessageTrace

SOON = timedelta(days=30)
"""So long before its end a secret or certificate is warned of."""

TOLERANCE = timedelta(minutes=5)
"""What Entra and Bot Framework forgive a clock:
https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication"""

CREATE_PRINCIPAL = f"New-MgServicePrincipal -AppId {PREREQUISITE_APP_ID}"

_LOGIN = {
    "AADSTS7000222": "login_expired",
    "AADSTS7000215": "login_wrong",
    "AADSTS700027": "login_certificate",
    "AADSTS700024": "login_clock",
    "AADSTS90002": "login_no_tenant",
    "AADSTS700016": "login_no_app",
    "certificate_unreadable": "login_certificate_file",
    "federated_token_unreadable": "login_federated_file",
    "managed_identity_refused": "login_identity",
    "AADSTS70021": "login_federation",
    "AADSTS700211": "login_federation",
    "AADSTS700212": "login_federation",
    "AADSTS700213": "login_federation",
}
"""https://learn.microsoft.com/entra/identity-platform/reference-error-codes"""

_ROLES = {
    TRACE_PERMISSION: "role_trace",
    USER_PERMISSION: "role_users",
    GROUP_PERMISSION: "role_groups",
    ORGANIZATION_PERMISSION: "role_organization",
}

_TOO_OLD = "The StartDate can't be older than 90 days"


def needed_roles(*, groups: bool, domains: bool) -> tuple[str, ...]:
    """The permissions an installation needs that sets help desk *groups*, and its *domains* itself."""
    unneeded = {GROUP_PERMISSION: not groups, ORGANIZATION_PERMISSION: domains}
    return tuple(role for role in _ROLES if not unneeded.get(role, False))


def of_login(check: str, error: GraphError | None, presented: Mapping[str, object] | None = None) -> Finding:
    """Whether a token could be had; *presented* is what a federated one that was shown says of itself."""
    if error is None:
        return Finding(check, "login_fine")
    if not isinstance(error, CredentialsRefused):
        lost = str(error).startswith("managed identity")
        return Finding(check, "login_no_host" if lost else "login_unreachable", {"why": _why(error)})
    reason, facts = _LOGIN.get(error.code, "login_refused"), {"code": error.code or "?"}
    if reason != "login_federation":
        return Finding(check, reason, facts)
    if not presented:
        return Finding(check, "login_federation_identity", facts)
    names = {"issuer": "iss", "subject": "sub", "audience": "aud"}
    return Finding(check, reason, facts | {name: str(presented.get(key, "?")) for name, key in names.items()})


def of_claims(claims: Mapping[str, object], needed: Sequence[str], tenant_id: str) -> list[Finding]:
    """What the token says it may, and where; believed for a diagnosis and for nothing else."""
    if not claims:
        return [Finding("roles", "roles_unread")]
    roles = claims.get("roles")
    held = {str(role) for role in roles} if isinstance(roles, list) else set()
    found = [Finding("roles", _ROLES[role], {"role": role}) for role in needed if role not in held]
    found = found or [Finding("roles", "roles_fine")]
    tenant = str(claims.get("tid", ""))
    if tenant.lower() == tenant_id.lower():
        return [*found, Finding("tenant", "tenant_fine")]
    return [*found, Finding("tenant", "tenant_other", {"found": tenant or "?", "wanted": tenant_id})]


def of_principal(seen: bool | None, trace: GraphError | None, *, has_role: bool) -> Finding:
    """Whether Microsoft's trace service is let in; *seen* is None where the directory may not be asked."""
    if trace is None:
        return Finding("principal", "principal_fine")
    facts = {"app_id": PREREQUISITE_APP_ID, "command": CREATE_PRINCIPAL}
    if seen is False:
        return Finding("principal", "principal_missing", facts)
    if isinstance(trace, PrerequisiteMissing):
        return Finding("principal", "principal_propagating" if seen else "principal_unseen", facts)
    if isinstance(trace, NotPermitted) and has_role:
        # Graph says 403 too, while the service principal is on its way.
        return Finding("principal", "principal_propagating", facts)
    return Finding("principal", "principal_fine" if seen else "principal_unknown", {} if seen else facts)


def of_trace(error: GraphError | None) -> Finding:
    """Whether one row could be read."""
    match error:
        case None:
            return Finding("trace", "trace_fine")
        case PrerequisiteMissing() | NotPermitted():
            return Finding("trace", "trace_blocked")
        case TokenExpired():
            return Finding("trace", "trace_token")
        case Throttled():
            return Finding("trace", "trace_throttled")
        case GraphRefused(text=text):
            return Finding("trace", "trace_too_old" if _TOO_OLD in text else "trace_ours", {"why": text})
        case _:
            return Finding("trace", "trace_unavailable", {"why": _why(error)})


def of_order(pages: Sequence[Sequence[MessageTrace]]) -> Finding | None:
    """Whether rows come newest first, from page to page too."""
    times = [row.received_date_time for page in pages for row in page]
    if all(earlier >= later for earlier, later in pairwise(times)):
        return None
    return Finding("behaviour", "behaviour_order")


def of_domain(side: str, domain: str, rows: Sequence[MessageTrace]) -> Finding | None:
    """Whether `*@domain` found mail of the domain and no other; *side* is `sender` or `recipient`."""
    found = [row.sender_address if side == "sender" else row.recipient_address for row in rows]
    if found and all(address.lower().endswith(f"@{domain}") for address in found):
        return None
    return Finding("behaviour", f"behaviour_{side}", {"pattern": f"*@{domain}"})


def of_values(last: str, rows: Sequence[MessageTrace]) -> Finding | None:
    """Whether of two recipients only the *last* one named counts."""
    if rows and all(row.recipient_address.lower() == last.lower() for row in rows):
        return None
    return Finding("behaviour", "behaviour_values")


def of_group(setting: str, group: str, error: GraphError | None, members: object) -> Finding:
    """Whether the *group* in *setting* exists and one of its members could be read."""
    facts = {"group": group, "setting": setting}
    if isinstance(error, GraphRefused) and error.status == HTTPStatus.NOT_FOUND:
        return Finding("groups", "group_missing", facts)
    if error is not None:
        return Finding("groups", "groups_failed", facts | {"why": _why(error)})
    return Finding("groups", "groups_fine" if members else "group_empty", facts)


def of_groups(found: Sequence[Finding], helpdesk: Sequence[str]) -> list[Finding]:
    """One finding for all groups that are fine, and one for each that is not; also whether there is a
    *helpdesk*."""
    fine = [one for one in found if one.reason == "groups_fine"]
    told = [one for one in found if one.reason != "groups_fine"]
    if not helpdesk:
        told.append(Finding("groups", "groups_none"))
    if fine:
        told.append(Finding("groups", "groups_fine", {"count": str(len({f.facts["group"] for f in fine}))}))
    return told


def of_directory(check: str, error: GraphError | None, count: int = 0) -> Finding:
    """Whether people (`users`) or mail domains (`domains`) can be asked for."""
    if error is not None:
        return Finding(check, f"{check}_failed", {"why": _why(error)})
    return Finding(check, f"{check}_fine", {"count": str(count)})


def of_expiry(what: str, ends: datetime | None, now: datetime) -> Finding:
    """How long a credential lives yet; *what* is `secret` or `certificate`, None its end when hidden."""
    if ends is None:
        return Finding("expiry", "expiry_unseen", {"what": what})
    facts = {"what": what, "date": ends.date().isoformat(), "days": str(max((ends - now).days, 0))}
    reason = "expiry_past" if ends <= now else "expiry_soon" if ends - now <= SOON else "expiry_fine"
    return Finding("expiry", reason, facts)


def of_teams(signs: Set[str], *, met: bool, packed: bool) -> Finding:
    """Whether Teams reaches this bot: *signs* of it, whether anybody's 1:1 is known, and a package can be.

    What did come goes before what did not; as long as nothing came, what is known to be missing does.
    """
    if met:
        return Finding("teams", "teams_fine" if Sign.ASKED in signs else "teams_untried")
    if Sign.ARRIVED in signs:
        return Finding("teams", "teams_nobody")
    if Sign.OTHER_AUDIENCE in signs:
        return Finding("teams", "teams_other_bot")
    if Sign.OTHER_TENANT in signs:
        return Finding("teams", "teams_other_tenant")
    return Finding("teams", "teams_silent" if packed else "teams_unpacked")


def of_endpoint(url: str, status: int | None, why: str = "") -> Finding:
    """Whether the door stands where Teams is to knock; *status* is None where nobody answered."""
    if status is None:
        return Finding("endpoint", "endpoint_unreachable", {"url": url, "why": why})
    if status == HTTPStatus.UNAUTHORIZED:
        return Finding("endpoint", "endpoint_fine", {"url": url})
    return Finding("endpoint", "endpoint_other", {"url": url, "status": str(status)})


def of_clock(skew: timedelta | None) -> Finding:
    """Whether this machine's clock agrees with Microsoft's; *skew* is positive where ours is ahead."""
    if skew is None:
        return Finding("clock", "clock_unseen")
    seconds = str(round(abs(skew.total_seconds())))
    if abs(skew) < TOLERANCE:
        return Finding("clock", "clock_fine", {"seconds": seconds})
    return Finding("clock", "clock_off", {"seconds": seconds})


def two_recipients(rows: Sequence[MessageTrace]) -> tuple[str, str] | None:
    """Two recipients to ask for at once, None when there is only one."""
    found = list(dict.fromkeys(row.recipient_address for row in rows if "'" not in row.recipient_address))
    return (found[0], found[1]) if len(found) > 1 else None


def domain_of(address: str) -> str:
    """The domain to probe with, "" where the address has none."""
    return address.rpartition("@")[2].lower()


def ends_of(credentials: Sequence[Mapping[str, object]], secret: str) -> datetime | None:
    """When *secret* expires, by the first three characters that Entra keeps of each; the latest of several.

    Source: https://learn.microsoft.com/graph/api/resources/passwordcredential
    """
    ends = []
    for one in credentials:
        if one.get("hint") == secret[:3] and isinstance(until := one.get("endDateTime"), str):
            try:
                ends.append(datetime.fromisoformat(until))
            except ValueError:
                continue
    return max((end for end in ends if end.tzinfo), default=None)


def _why(error: GraphError) -> str:
    if isinstance(error, NotPermitted):
        return error.needed
    return (isinstance(error, GraphUnavailable) and error.why) or str(error)
