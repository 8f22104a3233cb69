"""The installation of docs/install.md followed step by step; and what `doctor` says of a step left out."""

import asyncio
import json
import re
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

import app
import cards.doctor
from bot import terminal
from bot.command_line import reader_from
from bot.doctor.consulting import lines_of
from bot.doctor.findings import Finding, Severity, worst
from bot.settings import WrongSettings, read_settings
from demo.company import HELPDESK_GROUP_ID
from demo.connector import CHANNEL
from demo.mailbox import Mailbox
from tests.installing import (
    ROOT,
    STEPS,
    STRANGER,
    Installation,
    permissions,
    step_of,
    steps_of_the_page,
    steps_of_the_readme,
)
from tests.signing import APP_ID, APP_SECRET, pem
from tests.test_app import refused


@pytest.fixture
async def at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Installation]:
    async with Installation(tmp_path) as installation:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(installation.ca_path))
        yield installation


class HastyClock:
    """Meets `tracing.model.Clock`: the time is right, and waiting takes none of it."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)


def install(at: Installation, *, but: int = 0) -> None:
    for number, step in STEPS.items():
        if number != but:
            step(at)


async def examine(at: Installation) -> dict[str, Finding]:
    """What is found, by the reason; settings that do not start the bot are what is found then."""
    try:
        found = await terminal.examine(read_settings(at.settings), HastyClock())
    except WrongSettings as wrong:
        found = [Finding("settings", "settings_wrong", {"why": fault}) for fault in wrong.faults]
    return {finding.reason: finding for finding in found}


def test_steps_are_the_same() -> None:
    """The README has the page's steps, in short; each says which role it needs, and how it is done."""
    page = steps_of_the_page()

    assert list(page) == list(range(1, 10))
    assert {n: title.lower() for n, title in steps_of_the_readme().items()} == {
        n: title.lower() for n, title in page.items()
    }
    assert all("**Needs**" in step_of(n) for n in page)
    assert all(
        "**In the portal**" in step_of(n) and "**By command**" in step_of(n) for n in (1, 2, 3, 4, 5, 8)
    )


def test_permissions_are_granted_by_command() -> None:
    """The commands of step 3, and those for a managed identity, grant what the README has one grant."""
    named = re.search(r"^for name in (.+); do$", step_of(3), re.MULTILINE)
    deploy = (ROOT / "deploy/README.md").read_text("utf-8")
    identity = re.search(r"^foreach \(\$name in (.+)\) \{$", deploy, re.MULTILINE)

    assert named
    assert set(named[1].split()) == permissions()
    assert identity
    assert set(re.findall(r"'([\w.]+)'", identity[1])) == permissions()


async def test_all_steps(at: Installation) -> None:
    """After all steps there is nothing to mend; what may not be seen is said."""
    install(at)
    await at.live()

    found = await examine(at)
    assert worst(found.values()) is Severity.NOTE, found
    assert {reason for reason, one in found.items() if one.severity is Severity.NOTE} == {"expiry_unseen"}
    assert found["behaviour_fine"]
    assert found["teams_fine"]


async def test_everything_seen(at: Installation) -> None:
    """With the optional permission nothing is left open."""
    install(at)
    await at.live()
    at.tenant.permissions |= {"Application.Read.All"}

    assert worst((await examine(at)).values()) is Severity.FINE


LEFT_OUT = [
    (1, "login_no_app"),
    (2, "teams_silent"),
    (3, "role_trace"),
    (3, "role_users"),
    (3, "role_groups"),
    (3, "role_organization"),
    (4, "principal_unseen"),
    (5, "groups_none"),
    (6, "settings_wrong"),
    (8, "teams_unpacked"),
    (9, "teams_untried"),
]
"""A step → what is found where it was left out."""


@pytest.mark.parametrize("step", sorted({step for step, _ in LEFT_OUT}))
async def test_step_left_out(at: Installation, step: int) -> None:
    """A step left out is named by its number, in words that the page quotes, and no other step is."""
    install(at, but=step)
    await at.live()

    found = await examine(at)
    for reason in (reason for number, reason in LEFT_OUT if number == step):
        assert found[reason].step == step
        assert in_words(found[reason]) in step_of(step).replace("\n", " ")
    amiss = [one for one in found.values() if one.severity in (Severity.FAULT, Severity.WARNING)]
    # Without a registration there is no Azure Bot either.
    assert {one.step for one in amiss} <= {0, step, *([2] if step == 1 else [])}


def in_words(finding: Finding) -> str:
    [line] = lines_of([finding])
    return cards.doctor.words(line, reader_from({}))["what"]


def test_every_step_can_be_left_out() -> None:
    """Each step of the page is one of these, but for the examination itself."""
    assert set(steps_of_the_page()) - {7} == {step for step, _ in LEFT_OUT} == set(STEPS)


async def test_only_in_a_channel(at: Installation) -> None:
    """An app that is in a team alone can give nobody an answer in private: step 8 is not done."""
    install(at, but=9)
    await at.live(CHANNEL)

    assert (await examine(at))["teams_nobody"].step == 8


@pytest.mark.parametrize(
    ("setting", "reason", "step"),
    [("MicrosoftAppId", "teams_other_bot", 2), ("MicrosoftAppTenantId", "teams_other_tenant", 6)],
)
async def test_teams_is_refused(at: Installation, setting: str, reason: str, step: int) -> None:
    """A door that shuts Teams out, as a setting is another's, says so afterwards."""
    install(at)
    right, at.settings[setting] = at.settings[setting], STRANGER
    await at.live(bot_id=APP_ID)
    at.settings[setting] = right

    assert (await examine(at))[reason].step == step


async def test_endpoint(at: Installation) -> None:
    """The door is knocked at where Teams is to: it shuts strangers out, is another's, or is not there."""
    install(at)
    served = TestServer(app.create_app(read_settings(at.settings)))
    await served.start_server()
    at.settings["TRACE_PUBLIC_URL"] = str(served.make_url("/")).rstrip("/")
    answering = await examine(at)
    at.settings["TRACE_PUBLIC_URL"] = at.settings["TRACE_GRAPH_URL"]
    elsewhere = await examine(at)
    await served.close()
    at.settings["TRACE_PUBLIC_URL"] = "https://127.0.0.1:9"
    nowhere = await examine(at)

    assert answering["endpoint_fine"].facts["url"].endswith("/api/messages")
    assert (elsewhere["endpoint_other"].facts["status"], elsewhere["endpoint_other"].step) == ("404", 6)
    assert (nowhere["endpoint_unreachable"].facts["why"], nowhere["endpoint_unreachable"].step) == (
        "connection_refused",
        6,
    )


async def test_principal_seen_missing(at: Installation) -> None:
    """With the optional permission a missing service principal is told from one on its way."""
    install(at, but=4)
    at.tenant.permissions |= {"Application.Read.All"}
    missing = await examine(at)
    STEPS[4](at)
    at.tenant.faults.prerequisite_missing, at.tenant.faults.prerequisite_status = 10, 403
    on_its_way = await examine(at)

    assert "New-MgServicePrincipal" in missing["principal_missing"].facts["command"]
    assert "principal_propagating" in on_its_way


def answer(code: int) -> web.Response:
    said = {"error": "invalid_client", "error_description": f"AADSTS{code}: because.", "error_codes": [code]}
    return web.json_response(said, status=401)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (7000222, "login_expired"),
        (7000215, "login_wrong"),
        (700027, "login_certificate"),
        (700024, "login_clock"),
        (90002, "login_no_tenant"),
        (700016, "login_no_app"),
        (50034, "login_refused"),
    ],
)
async def test_refused_at_login(at: Installation, code: int, reason: str) -> None:
    """Entra's refusals are said in words, for Graph and for Teams alike; Graph is then not asked."""
    install(at)
    at.login.answer = lambda: answer(code)

    found = await examine(at)
    assert found[reason].facts["code"] == f"AADSTS{code}"
    assert at.tenant.requests == []


async def test_unreachable(at: Installation) -> None:
    """Services that are not there are told apart: login, keys."""
    install(at)
    at.settings |= {
        "TRACE_LOGIN_URL": "https://localhost:9",
        "TRACE_OPENID_METADATA_URL": "http://127.0.0.1:9/",
    }

    assert {"login_unreachable", "keys_unreachable"} <= set(await examine(at))


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("throttle", "trace_throttled"),
        ("token_expired", "trace_token"),
        ("server_error", "trace_unavailable"),
        ("dropped", "trace_unavailable"),
        ("half_page", "trace_unavailable"),
        ("permission_missing", "principal_propagating"),
    ],
)
async def test_fault_of_graph(at: Installation, fault: str, reason: str) -> None:
    """What Graph does in the stead of an answer is said in words."""
    install(at)
    setattr(at.tenant.faults, fault, 99)
    at.tenant.faults.retry_after = 0
    at.tenant.faults.server_error_status = 503

    assert reason in await examine(at)


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ("order", {"behaviour_order"}),
        ("domains", {"behaviour_sender", "behaviour_recipient"}),
        ("values", {"behaviour_values"}),
    ],
)
async def test_service_changed(at: Installation, changed: str, reasons: set[str]) -> None:
    """Each measured behaviour behind the planner is looked at, and a change of it told."""
    install(at)
    at.tenant.faults.changed = changed

    found = await examine(at)
    assert {reason for reason in found if reason.startswith("behaviour")} == reasons


async def test_probes_are_few(at: Installation) -> None:
    """An examination spends seven requests of the tenant's hundred at most."""
    install(at)
    await examine(at)

    assert 0 < sum(record.kind == "list" for record in at.tenant.requests) <= 7
    assert not any(record.kind == "details" for record in at.tenant.requests)


async def test_empty_mailbox(at: Installation) -> None:
    """Without mail there is nothing to probe with, which is said."""
    install(at)
    at.tenant.mailbox = Mailbox([])

    assert "behaviour_unasked" in await examine(at)


@pytest.mark.parametrize(("days", "reason"), [(200, "expiry_fine"), (29, "expiry_soon"), (-1, "expiry_past")])
async def test_secret_ends(at: Installation, days: int, reason: str) -> None:
    """Where it may be seen, the end of the secret in use is told thirty days ahead."""
    install(at)
    at.tenant.permissions |= {"Application.Read.All"}
    at.tenant.secrets = {
        APP_SECRET[:3]: datetime.now(UTC) + timedelta(days=days, hours=1),
        "zzz": datetime.now(UTC),
    }

    assert (await examine(at))[reason].facts["what"] == "secret"


async def test_certificate_ends(at: Installation) -> None:
    """A certificate's end is read off its file."""
    install(at)
    path = at.folder / "app.pem"
    path.write_bytes(pem("app", at.login.certificate))
    at.settings["TRACE_CERTIFICATE_PATH"] = str(path)

    assert (await examine(at))["expiry_soon"].facts["what"] == "certificate"


def federate(at: Installation, **claims: str) -> Path:
    """No secret, but a token of Kubernetes in a file; what it says of itself is *claims*."""
    path = at.folder / "token"
    path.write_text(jwt.encode(claims, "a key that nobody looks at, of a good length"), "ascii")
    at.settings["MicrosoftAppPassword"] = ""
    at.settings["AZURE_FEDERATED_TOKEN_FILE"] = str(path)
    return path


async def test_federated(at: Installation) -> None:
    """With a federated token there is no secret that could end, and all else is as it was."""
    install(at)
    await at.live()
    at.login.trusted = {federate(at, iss="https://oidc.example").read_text("ascii")}

    found = await examine(at)
    assert worst(found.values()) is Severity.FINE, found
    assert found["expiry_none"]


async def test_federated_and_not_trusted(at: Installation) -> None:
    """A token that the app registration does not know is described, so that it can be registered."""
    install(at)
    federate(at, iss="https://oidc.example", sub="system:serviceaccount:mail:trace", aud="api://x")
    at.login.trusted = set()

    found = (await examine(at))["login_federation"]
    assert found.step == 1
    assert found.facts == {
        "code": "AADSTS700213",
        "issuer": "https://oidc.example",
        "subject": "system:serviceaccount:mail:trace",
        "audience": "api://x",
    }


async def test_group_is_not_there(at: Installation) -> None:
    """A group id that names nothing is told."""
    install(at)
    other = HELPDESK_GROUP_ID.replace("3", "4")
    at.settings["TRACE_HELPDESK_GROUPS"] += f",{other}"

    assert (await examine(at))["group_missing"].facts["group"] == other


async def test_clock_is_wrong(at: Installation) -> None:
    """A clock apart from Microsoft's is told, with how far."""
    install(at)
    at.tenant.clock = lambda: datetime.now(UTC) - timedelta(hours=1)

    assert 3_590 <= int((await examine(at))["clock_off"].facts["seconds"]) <= 3_610


@pytest.mark.parametrize(
    ("file", "reason"), [("there.sqlite3", "database_new"), ("nowhere/at/all.sqlite3", "database_unusable")]
)
async def test_database(at: Installation, file: str, reason: str) -> None:
    """A database that is not there yet is in order where it can be made; looking does not make it."""
    install(at)
    path = at.folder / file
    at.settings["TRACE_DATABASE_URL"] = f"sqlite+aiosqlite:///{path}"

    assert reason in await examine(at)
    assert not path.exists()


async def test_other_tenant(at: Installation) -> None:
    """A token of another tenant than the one that is set is a fault."""
    install(at)
    at.login.said = lambda: {"tid": "99999999-9999-4999-8999-999999999999", "roles": []}

    assert "tenant_other" in await examine(at)


async def test_strange_token(at: Installation) -> None:
    """A token that cannot be read is used all the same."""
    install(at)
    at.login.said = None

    assert {"roles_unread", "trace_fine"} <= set(await examine(at))


async def test_command(at: Installation, tmp_path: Path) -> None:
    """`python app.py doctor` ends with 1 and says what to do; `--json` says the same to programs."""
    install(at, but=4)
    settings = at.settings | {"REQUESTS_CA_BUNDLE": str(at.ca_path)}
    code, lines = await refused(tmp_path, settings, "doctor", "--json")
    told = json.loads((tmp_path / "out.txt").read_text("utf-8"))

    assert (code, lines) == (1, [])
    assert told["worst"] == "fault"
    assert told["findings"][0]["step"] == 4
    assert "New-MgServicePrincipal" in told["findings"][0]["do"]


async def test_command_in_japanese(tmp_path: Path) -> None:
    """Wrong settings are findings too, with 2 in the end; a Japanese terminal reads Japanese."""
    code, _ = await refused(tmp_path, {"LANG": "ja_JP.UTF-8"}, "doctor")
    told = (tmp_path / "out.txt").read_text("utf-8")

    assert code == 2
    assert "MicrosoftAppTenantId" in told
    assert "対処" in told
