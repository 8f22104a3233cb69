"""What was seen, and what is said of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from bot.doctor import judge
from bot.doctor.findings import CHECKS, REASONS, Finding, Severity, worst, worst_first
from cards.texts import TEXTS
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
from tracing.model import DeliveryStatus, MessageTrace

NOW = datetime(2026, 11, 23, 7, 36, tzinfo=UTC)
TENANT = "11111111-1111-4111-8111-111111111111"
ALL = judge.needed_roles(groups=True, domains=False)
MISSING = PrerequisiteMissing(PREREQUISITE_APP_ID)
DENIED = NotPermitted(TRACE_PERMISSION)


def row(sender: str = "a@x.jp", recipient: str = "b@y.jp", minutes: int = 0) -> MessageTrace:
    at = NOW - timedelta(minutes=minutes)
    return MessageTrace("id", "<id>", at, sender, recipient, "", 0, DeliveryStatus.DELIVERED, "", "")


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str) -> None:
    """Whatever is not in order says what fails and what to do; what is in order only what it is."""
    parts = {"what", "fails", "do"} if REASONS[reason].severity is not Severity.FINE else {"what"}
    there = {key.rpartition(".")[2] for key in TEXTS if key.rpartition(".")[0] == f"doctor.{reason}"}

    assert there == parts


def test_every_check_and_severity_has_words() -> None:
    """What is examined has a name, and what comes of it a summary."""
    assert all(f"doctor.check.{check}" in TEXTS for check in CHECKS)
    assert all(f"doctor.{part}.{s}" in TEXTS for part in ("summary", "lead") for s in Severity)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (None, "login_fine"),
        (CredentialsRefused("AADSTS7000222"), "login_expired"),
        (CredentialsRefused("AADSTS7000215"), "login_wrong"),
        (CredentialsRefused("AADSTS700027"), "login_certificate"),
        (CredentialsRefused("AADSTS700024"), "login_clock"),
        (CredentialsRefused("AADSTS90002"), "login_no_tenant"),
        (CredentialsRefused("AADSTS700016"), "login_no_app"),
        (CredentialsRefused("certificate_unreadable"), "login_certificate_file"),
        (CredentialsRefused("AADSTS50034"), "login_refused"),
        (CredentialsRefused(""), "login_refused"),
        (CredentialsRefused("federated_token_unreadable"), "login_federated_file"),
        (CredentialsRefused("managed_identity_refused"), "login_identity"),
        (GraphUnavailable("managed identity: ConnectionError"), "login_no_host"),
        (GraphUnavailable("login: timeout"), "login_unreachable"),
    ],
)
def test_login(error: GraphError | None, reason: str) -> None:
    """Each way in which signing in fails has its own words."""
    assert judge.of_login("login", error).reason == reason


def test_federation() -> None:
    """What a federated token says of itself is told, to be compared; a managed identity's is not at hand."""
    refused = CredentialsRefused("AADSTS700213")
    told = judge.of_login("login", refused, {"iss": "https://oidc", "sub": "system:serviceaccount:a:b"})

    assert (told.reason, told.facts["issuer"]) == ("login_federation", "https://oidc")
    assert (told.facts["subject"], told.facts["audience"]) == ("system:serviceaccount:a:b", "?")
    assert judge.of_login("login", refused).reason == "login_federation_identity"


@pytest.mark.parametrize(
    ("groups", "domains", "count"), [(True, False, 4), (False, False, 3), (True, True, 3), (False, True, 2)]
)
def test_needed_roles(groups: bool, domains: bool, count: int) -> None:
    """No permission is asked for whose use was set aside."""
    assert len(judge.needed_roles(groups=groups, domains=domains)) == count


@pytest.mark.parametrize("role", ALL)
def test_missing_role(role: str) -> None:
    """Each permission that is missing is named, and no other."""
    claims = {"roles": [one for one in ALL if one != role], "tid": TENANT}
    found = judge.of_claims(claims, ALL, TENANT)

    assert [(f.severity, f.facts.get("role")) for f in found if f.check == "roles"] == [("fault", role)]


def test_claims() -> None:
    """All that is needed is granted, in the tenant that is set; other roles do not matter."""
    found = judge.of_claims({"roles": [*ALL, "Mail.Send"], "tid": TENANT.upper()}, ALL, TENANT)

    assert [finding.reason for finding in found] == ["roles_fine", "tenant_fine"]


@pytest.mark.parametrize("claims", [{"tid": TENANT}, {"roles": "all", "tid": TENANT}])
def test_no_roles(claims: dict[str, object]) -> None:
    """A token without roles, as delegated permissions leave it, lacks them all."""
    assert len(judge.of_claims(claims, ALL, TENANT)) == len(ALL) + 1


def test_claims_unread() -> None:
    """A token that cannot be read lets nothing be said."""
    assert [f.reason for f in judge.of_claims({}, ALL, TENANT)] == ["roles_unread"]


def test_other_tenant() -> None:
    """A token of another tenant is a fault."""
    assert judge.of_claims({"roles": list(ALL)}, ALL, TENANT)[1].facts["found"] == "?"
    assert judge.of_claims({"roles": list(ALL), "tid": "else"}, ALL, TENANT)[1].reason == "tenant_other"


@pytest.mark.parametrize(
    ("seen", "error", "has_role", "reason"),
    [
        (True, None, True, "principal_fine"),
        (None, None, True, "principal_fine"),
        (False, MISSING, True, "principal_missing"),
        (False, DENIED, False, "principal_missing"),
        (True, MISSING, True, "principal_propagating"),
        (None, MISSING, True, "principal_unseen"),
        (True, DENIED, True, "principal_propagating"),
        (None, DENIED, True, "principal_propagating"),
        (None, DENIED, False, "principal_unknown"),
        (True, DENIED, False, "principal_fine"),
        (None, GraphUnavailable("x"), True, "principal_unknown"),
    ],
)
def test_principal(seen: bool | None, error: GraphError | None, has_role: bool, reason: str) -> None:
    """Missing, on its way and unknown are told apart by what Graph says and what may be seen."""
    assert judge.of_principal(seen, error, has_role=has_role).reason == reason


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (None, "trace_fine"),
        (MISSING, "trace_blocked"),
        (DENIED, "trace_blocked"),
        (TokenExpired("InvalidAuthenticationToken"), "trace_token"),
        (Throttled(), "trace_throttled"),
        (GraphUnavailable("HTTP 503"), "trace_unavailable"),
        (GraphRefused(400, "EndDate is required when a StartDate is entered."), "trace_ours"),
        (GraphRefused(400, "The interval … can't be longer than 10 days."), "trace_ours"),
        (GraphRefused(400, "ResultSize is invalid"), "trace_ours"),
        (GraphRefused(400, "The StartDate can't be older than 90 days from today."), "trace_too_old"),
    ],
)
def test_trace(error: GraphError | None, reason: str) -> None:
    """Each refusal of Graph has its own words."""
    assert judge.of_trace(error).reason == reason


@pytest.mark.parametrize(
    ("minutes", "fine"), [([[0, 1], [1, 2]], True), ([[1, 0]], False), ([[0, 2], [1]], False)]
)
def test_order(minutes: list[list[int]], fine: bool) -> None:
    """Newest first, within a page and from one to the next."""
    found = judge.of_order([[row(minutes=m) for m in page] for page in minutes])

    assert (found is None) is fine


@pytest.mark.parametrize(
    ("side", "rows", "fine"),
    [
        ("sender", [row(sender="c@X.jp"), row()], True),
        ("sender", [], False),
        ("sender", [row(), row(sender="c@sub.x.jp")], False),
        ("recipient", [row(recipient="d@x.jp")], True),
        ("recipient", [row()], False),
    ],
)
def test_domain(side: str, rows: Sequence[MessageTrace], fine: bool) -> None:
    """A domain's pattern finds its mail and no other."""
    found = judge.of_domain(side, "x.jp", rows)

    assert (found is None) is fine
    assert fine or (found and found.reason == f"behaviour_{side}")


def test_values() -> None:
    """Of two recipients the last one counts; anything else is news."""
    assert judge.of_values("B@y.jp", [row(), row()]) is None
    assert judge.of_values("b@y.jp", [row(), row(recipient="c@y.jp")])
    assert judge.of_values("b@y.jp", [])


def test_groups() -> None:
    """A group that does not exist is named; none at all is warned of; unread ones are a fault."""

    def seen(error: GraphError | None, members: object = ()) -> Finding:
        return judge.of_group("TRACE_HELPDESK_GROUPS", "one", error, members)

    assert [f.reason for f in judge.of_groups((), ())] == ["groups_none"]
    fine = seen(None, [{}])
    told = judge.of_groups([fine, seen(GraphRefused(404, ""))], ["one"])
    assert [f.reason for f in told] == ["group_missing", "groups_fine"]
    assert told[0].facts == {"group": "one", "setting": "TRACE_HELPDESK_GROUPS"}
    assert told[1].facts == {"count": "1"}
    assert seen(None, []).reason == "group_empty"
    assert seen(DENIED).facts["why"] == TRACE_PERMISSION
    assert seen(GraphRefused(400, "no cast")).reason == "groups_failed"
    assert seen(GraphUnavailable("HTTP 503")).facts["why"] == "HTTP 503"


@pytest.mark.parametrize("check", ["users", "domains"])
def test_directory(check: str) -> None:
    """People and domains can be read, or the reason is told."""
    assert judge.of_directory(check, None, 3).reason == f"{check}_fine"
    assert judge.of_directory(check, DENIED).reason == f"{check}_failed"


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        (None, "expiry_unseen"),
        (31, "expiry_fine"),
        (30, "expiry_soon"),
        (1, "expiry_soon"),
        (0, "expiry_past"),
    ],
)
def test_expiry(days: int | None, reason: str) -> None:
    """Thirty days ahead a credential's end is warned of."""
    ends = None if days is None else NOW + timedelta(days=days)

    assert judge.of_expiry("secret", ends, NOW).reason == reason


@pytest.mark.parametrize(
    ("skew", "reason"),
    [
        (None, "clock_unseen"),
        (299, "clock_fine"),
        (-299, "clock_fine"),
        (300, "clock_off"),
        (-9_000, "clock_off"),
    ],
)
def test_clock(skew: int | None, reason: str) -> None:
    """Five minutes are forgiven, either way."""
    found = judge.of_clock(None if skew is None else timedelta(seconds=skew))

    assert found.reason == reason


def test_recipients_to_probe_with() -> None:
    """Two different ones, none of which could end the request's text."""
    assert judge.two_recipients([row(), row(recipient="o'b@y.jp"), row(recipient="c@y.jp")]) == (
        "b@y.jp",
        "c@y.jp",
    )
    assert judge.two_recipients([row(), row()]) is None


def test_domain_to_probe_with() -> None:
    """What stands behind the last sign."""
    assert judge.domain_of("A@X.jp") == "x.jp"


def test_secret_by_its_hint() -> None:
    """The secret in use is told by its first characters; of several alike the longest-lived counts."""
    listed: list[dict[str, object]] = [
        {"hint": "s3c", "endDateTime": "2027-01-01T00:00:00Z"},
        {"hint": "s3c", "endDateTime": "2026-12-01T00:00:00Z"},
        {"hint": "abc", "endDateTime": "2028-01-01T00:00:00Z"},
        {"hint": "s3c", "endDateTime": "some day"},
        {"hint": "s3c", "endDateTime": "2029-01-01T00:00:00"},
        {"hint": "s3c"},
    ]

    assert judge.ends_of(listed, "s3cret") == datetime(2027, 1, 1, tzinfo=UTC)
    assert judge.ends_of(listed, "other") is None


def test_worst_first() -> None:
    """What needs mending is read first; what is alike stays in the order of the installation."""
    found = [
        Finding("clock", "clock_fine"),
        Finding("groups", "groups_none"),
        Finding("trace", "trace_blocked"),
    ]
    found.append(Finding("roles", "role_trace"))

    assert [finding.check for finding in worst_first(found)] == ["roles", "trace", "groups", "clock"]
    assert worst(found) is Severity.FAULT
    assert worst([]) is Severity.FINE


@pytest.mark.parametrize(
    ("signs", "met", "packed", "reason"),
    [
        ({"arrived", "asked"}, True, True, "teams_fine"),
        ({"arrived"}, True, True, "teams_untried"),
        ({"arrived", "asked"}, False, True, "teams_nobody"),
        ({"arrived", "other audience"}, False, True, "teams_nobody"),
        ({"other audience", "other tenant"}, False, True, "teams_other_bot"),
        ({"other tenant"}, False, False, "teams_other_tenant"),
        (set(), False, True, "teams_silent"),
        (set(), False, False, "teams_unpacked"),
    ],
)
def test_teams(signs: set[str], met: bool, packed: bool, reason: str) -> None:
    """What came from Teams tells which step is done; before that, what is known to be missing."""
    assert judge.of_teams(signs, met=met, packed=packed).reason == reason


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, "endpoint_fine"),
        (404, "endpoint_other"),
        (200, "endpoint_other"),
        (None, "endpoint_unreachable"),
    ],
)
def test_endpoint(status: int | None, reason: str) -> None:
    """Only a door that shuts strangers out is ours."""
    assert judge.of_endpoint("https://bot.example.com/api/messages", status, "x").reason == reason
