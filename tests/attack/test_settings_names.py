"""A setting that is misspelt does not pass for one that is absent: the bot does not start, and names it."""

import os
from pathlib import Path

import pytest

import app
from bot.readiness import Heart, Readiness
from bot.settings import WrongSettings, read_settings
from bot.store.database import Database
from tests.signing import APP_ID, APP_SECRET, TENANT_ID, HeldClock
from tracing.client import SCOPE
from tracing.credentials import AppCredentials
from tracing.proofs import Secret

GROUP_ID = "33333333-3333-4333-8333-333333333333"
REAL = {"MicrosoftAppId": APP_ID, "MicrosoftAppPassword": APP_SECRET, "MicrosoftAppTenantId": TENANT_ID}


def faults(environment: dict[str, str], own: frozenset[str] = frozenset()) -> list[str]:
    try:
        read_settings(REAL | environment, own)
    except WrongSettings as wrong:
        return wrong.faults
    return []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("TRACE_HELPDESK_GROUP", "TRACE_HELPDESK_GROUPS"),
        ("TRACE_PROTECTED_GROUP", "TRACE_PROTECTED_GROUPS"),
        ("TRACE_AUDITORS_GROUPS", "TRACE_AUDITOR_GROUPS"),
        ("TRACE_DOMAIN", "TRACE_DOMAINS"),
        ("trace_helpdesk_groups", "TRACE_HELPDESK_GROUPS"),
        ("Trace_Time_Zone", "TRACE_TIME_ZONE"),
        ("TRACE_TIMEZONE", "TRACE_TIME_ZONE"),
        ("TRACEHELPDESK_GROUPS", "TRACE_HELPDESK_GROUPS"),
        ("ＴＲＡＣＥ_HELPDESK_GROUPS", "TRACE_HELPDESK_GROUPS"),
        ("ＴＲＡＣＥ＿ＨＥＬＰＤＥＳＫ＿ＧＲＯＵＰ", "TRACE_HELPDESK_GROUPS"),
        ("\u3000TRACE_HELPDESK_GROUPS", "TRACE_HELPDESK_GROUPS"),
        ("TARCE_HELPDESK_GROUPS", "TRACE_HELPDESK_GROUPS"),
        ("MicrosoftAppID", "MicrosoftAppId"),
        ("MICROSOFTAPPPASSWORD", "MicrosoftAppPassword"),
        ("MicrosoftTenantId", "MicrosoftAppTenantId"),
        ("MircosoftAppTenantId", "MicrosoftAppTenantId"),
        ("AZURE_FEDERATED_TOKENFILE", "AZURE_FEDERATED_TOKEN_FILE"),
    ],
)
def test_misspelt(wrong: str, right: str) -> None:
    """Each is a fault that names it and the nearest setting."""
    (fault,) = faults({wrong: GROUP_ID})

    assert fault.startswith(f"{wrong}: ")
    assert right in fault


def test_unlike_any() -> None:
    """One that begins as ours do is a fault also where nothing is near it."""
    (fault,) = faults({"TRACE_XYZZY": "1"})

    assert "docs/settings.md" in fault


@pytest.mark.parametrize(("wrong", "right"), [("HOTS", "HOST"), ("host", "HOST"), ("PROT", "PORT")])
def test_short_ones(wrong: str, right: str) -> None:
    """In our own file a short name counts too; in the environment it is anybody's."""
    (fault,) = faults({wrong: "x"}, frozenset({wrong}))

    assert right in fault
    assert faults({wrong: "x"}) == []


@pytest.mark.parametrize(
    "name",
    [
        "HOSTNAME",
        "PATH",
        "AZURE_CLIENT_ID",
        "AZURE_CLIENT_SECRET",
        "AZURE_TENANT_ID",
        "DATABASE_URL",
        "MICROSOFT_PROVIDER_AUTHENTICATION_SECRET",
        "TRACEPARENT",
        "MAIL_TRACE_SERVICE_HOST",
        "MAIL_TRACE_PORT",
        "POSTGRES_PASSWORD",
        "COMPOSE_PROJECT_NAME",
    ],
)
def test_of_others(name: str) -> None:
    """What platforms and other programs set is let be."""
    assert faults({name: "x"}, frozenset({name})) == []


def test_service_called_trace() -> None:
    """So is what Kubernetes says of a service that is called “trace”."""
    links = {
        "TRACE_SERVICE_HOST": "10.0.0.1",
        "TRACE_SERVICE_PORT_HTTP": "80",
        "TRACE_PORT": "tcp://10.0.0.1:80",
    }

    assert faults(links) == []
    assert len(faults(links | {"TRACE_HELPDESK_GROUP": GROUP_ID})) == 1


def run(
    arguments: list[str], folder: Path, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> int:
    """`python app.py` in *folder* with nothing but *environment*."""
    monkeypatch.chdir(folder)
    for name in os.environ:
        monkeypatch.delenv(name)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return app.main(arguments)


@pytest.mark.parametrize("filed", [True, False])
def test_start_and_doctor(
    tmp_path: Path, filed: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In `.env` as in the environment it keeps the bot from starting, and `doctor` names it, once."""
    held = REAL | {"TRACE_HELPDESK_GROUP": GROUP_ID}
    if filed:
        (tmp_path / ".env").write_text("".join(f"{name}={value}\n" for name, value in held.items()))
    started = run([], tmp_path, {} if filed else held, monkeypatch)
    said = capsys.readouterr().err
    examined = run(["doctor"], tmp_path, {} if filed else held, monkeypatch)
    told = capsys.readouterr().out

    assert (started, examined) == (2, 2)
    assert "TRACE_HELPDESK_GROUPS" in said
    assert "TRACE_HELPDESK_GROUP: " in told
    assert "TRACE_HELPDESK_GROUPS" in told


def test_doctor_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of several wrong settings each has one line; what fails and what to do is said once."""
    wrong = {"PORT": "x", "TRACE_TIME_ZONE": "q", "TRACE_DOMAINS": "?", "TRACE_DOMAIN": "x"}
    run(["doctor"], tmp_path, REAL | wrong, monkeypatch)
    lines = capsys.readouterr().out.splitlines()

    assert sum("PORT" in line or "TRACE_" in line for line in lines) == len(wrong)
    assert len(lines) == len(wrong) + 3


def test_doctor_is_quiet(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nobody is reached the findings say so, and no library does beside them."""
    away = {"TRACE_LOGIN_URL": "https://nowhere.invalid", "TRACE_OPENID_METADATA_URL": "https://127.0.0.1:9"}
    run(["doctor"], tmp_path, REAL | away | {"TRACE_PUBLIC_URL": "https://nowhere.invalid"}, monkeypatch)
    out, err = capsys.readouterr()

    assert err == ""
    assert "ConnectionError" not in out
    assert "ConnectError" not in out
    assert out.count("DNS") >= 2


@pytest.mark.parametrize(
    ("login_url", "word"),
    [("https://nowhere.invalid", "name_unresolved"), ("https://127.0.0.1:9", "connection_refused")],
)
async def test_ready_says_why(tmp_path: Path, login_url: str, word: str) -> None:
    """`/readyz` calls a login service that was not reached by what happened: nobody refused a token."""
    clock = HeldClock()
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'ready.sqlite3'}", clock)
    await database.migrate()
    tokens = AppCredentials(APP_ID, TENANT_ID, Secret(APP_SECRET), login_url=login_url, clock=clock)
    parts = await Readiness(database, tokens, SCOPE, Heart()).look()
    await tokens.close()
    await database.close()

    assert parts["token"] == word
