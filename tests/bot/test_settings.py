"""What an installation may decide, and what stops it from starting."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.environment import is_loopback
from bot.settings import WrongSettings, read_settings
from tests.signing import APP_ID, APP_SECRET, TENANT_ID, certificate, pem
from tracing.proofs import Certificate, FederatedIdentity, FederatedToken, ManagedIdentity, Secret

OTHER_ID = "aaaaaaaa-0000-4000-8000-000000000002"
OTHER_TENANT_ID = "11111111-1111-4111-8111-111111111112"
GROUP_ID = "33333333-3333-4333-8333-333333333333"
REAL = {"MicrosoftAppId": APP_ID, "MicrosoftAppPassword": APP_SECRET, "MicrosoftAppTenantId": TENANT_ID}
SECRETLESS = {name: value for name, value in REAL.items() if name != "MicrosoftAppPassword"}
LOCAL = {"MicrosoftAppTenantId": TENANT_ID, "TRACE_GRAPH_URL": "http://127.0.0.1:8000/v1.0"}


def faults(environment: dict[str, str]) -> list[str]:
    with pytest.raises(WrongSettings) as wrong:
        read_settings(environment)
    return wrong.value.faults


@pytest.fixture
def pem_path(tmp_path: Path) -> Path:
    path = tmp_path / "app.pem"
    path.write_bytes(pem("app", certificate("app")))
    return path


def test_the_least() -> None:
    """Three settings are enough; everything else has a default."""
    settings = read_settings(REAL)

    assert settings.authenticated
    assert (settings.app_id, settings.app_password, settings.app_tenant_id) == (APP_ID, APP_SECRET, TENANT_ID)
    assert (settings.host, settings.port) == ("127.0.0.1", 3978)
    assert settings.graph_url == "https://graph.microsoft.com/v1.0"
    assert settings.login_url == "https://login.microsoftonline.com"
    assert settings.openid_metadata_url == (
        "https://login.botframework.com/v1/.well-known/openidconfiguration"
    )
    assert (settings.client_id, settings.tenant_id) == (APP_ID, TENANT_ID)
    assert (settings.client_secret, settings.certificate_path) == (None, None)
    assert (settings.domains, settings.helpdesk_groups) == ((), ())
    assert settings.time_zone == ZoneInfo("UTC")
    assert settings.database_url == "sqlite+aiosqlite:///mail-trace.sqlite3"


def test_everything(pem_path: Path) -> None:
    """Every setting is read, ids and domains in lower case, a list without its repeats."""
    settings = read_settings(
        REAL
        | {
            "MicrosoftAppType": "singletenant",
            "HOST": "0.0.0.0",
            "PORT": "8080",
            "TRACE_GRAPH_URL": "https://graph.microsoft.us/v1.0/",
            "TRACE_CLIENT_ID": OTHER_ID.upper(),
            "TRACE_CERTIFICATE_PATH": str(pem_path),
            "TRACE_TENANT_ID": OTHER_TENANT_ID,
            "TRACE_DOMAINS": " Contoso.co.jp, sales.contoso.co.jp,,contoso.co.jp, *.Hoge.com ",
            "TRACE_HELPDESK_GROUPS": f"{GROUP_ID.upper()},{GROUP_ID}",
            "TRACE_AUDITOR_GROUPS": OTHER_ID,
            "TRACE_PROTECTED_GROUPS": OTHER_ID.upper(),
            "TRACE_SHARED_MAILBOXES": f"Info@contoso.co.jp={GROUP_ID.upper()}, a@x.jp={OTHER_ID}",
            "TRACE_APPROVED_PLACES": "19:Abc@thread.tacv2, 19:d@thread.v2",
            "TRACE_LOOK_BACK_DAYS": "14",
            "TRACE_RECORD_DAYS": "730",
            "TRACE_MESSAGES_PER_MINUTE": "120",
            "TRACE_TIME_ZONE": "Asia/Tokyo",
            "TRACE_DATABASE_URL": "postgresql+psycopg://bot:p%40ss@db/mail",
            "TRACE_LOGIN_URL": "https://login.microsoftonline.us",
            "TRACE_OPENID_METADATA_URL": "https://login.botframework.azure.us/v1/.well-known/openidconfiguration",
        }
    )

    assert (settings.host, settings.port) == ("0.0.0.0", 8080)
    assert settings.graph_url == "https://graph.microsoft.us/v1.0"
    assert (settings.client_id, settings.tenant_id) == (OTHER_ID, OTHER_TENANT_ID)
    assert settings.certificate_path == pem_path
    assert settings.domains == ("contoso.co.jp", "sales.contoso.co.jp", "*.hoge.com")
    assert settings.helpdesk_groups == (GROUP_ID,)
    assert settings.auditor_groups == settings.protected_groups == (OTHER_ID,)
    assert settings.shared_mailboxes == (
        ("info@contoso.co.jp", GROUP_ID),
        ("a@x.jp", OTHER_ID),
    )
    assert settings.approved_places == ("19:Abc@thread.tacv2", "19:d@thread.v2")
    assert (settings.look_back.days, settings.record_kept.days, settings.messages_a_minute) == (14, 730, 120)
    assert settings.time_zone == ZoneInfo("Asia/Tokyo")
    assert settings.database_url == "postgresql+psycopg://bot:p%40ss@db/mail"
    assert settings.login_url == "https://login.microsoftonline.us"
    assert settings.openid_metadata_url.startswith("https://login.botframework.azure.us/")


def test_empty_is_absent() -> None:
    """A setting that is there and empty, as `.env` files have them, counts as absent."""
    blank = dict.fromkeys(("PORT", "HOST", "TRACE_GRAPH_URL", "TRACE_DOMAINS", "TRACE_TIME_ZONE"), "  ")

    assert read_settings(REAL | blank) == read_settings(REAL)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("MicrosoftAppId", value) for value in ("bot", APP_ID[:-1], f"{APP_ID}0", f"{{{APP_ID}}}")),
        ("MicrosoftAppTenantId", "contoso.onmicrosoft.com"),
        *(("MicrosoftAppType", value) for value in ("MultiTenant", "SystemAssignedMSI", "single")),
        *(("PORT", value) for value in ("0", "65536", "-1", "80 80", "８０", "http", "1e3", "9" * 5000)),
        *(
            (name, value)
            for name in ("TRACE_GRAPH_URL", "TRACE_LOGIN_URL", "TRACE_OPENID_METADATA_URL")
            for value in (
                "graph.microsoft.com",
                "http://graph.microsoft.com/v1.0",
                "http://localhost.example.com",
                "http://127.0.0.1.example.com",
                "http://10.0.0.1",
                "ftp://127.0.0.1",
                "https://",
                "https:///v1.0",
                "https://user:secret@graph.microsoft.com",
                "https://graph.microsoft.com:99999",
                "https://graph microsoft.com",
                "https://graph.micro\nsoft.com",
                "https://graph.microsoft.com/v1.0?x=1",
                "https://graph.microsoft.com/v1.0#x",
                "https://[::1",
            )
        ),
        ("TRACE_AUDITOR_GROUPS", "auditors"),
        ("TRACE_PROTECTED_GROUPS", "executives"),
        *(("TRACE_SHARED_MAILBOXES", value) for value in ("a@x.jp", f"*@x.jp={GROUP_ID}", "a@x.jp=desk")),
        ("TRACE_APPROVED_PLACES", "the help desk's"),
        *(
            ("TRACE_TICKET_PATTERN", value)
            for value in ("(", "[", "*", ".*", "(INC", "(a+)+", "(a|b){9}", "a+b+c+d+e+", "x" * 101, "[[a]]")
        ),
        *(("TRACE_LOOK_BACK_DAYS", value) for value in ("0", "91", "-1", "30d", "1.5")),
        *(("TRACE_RECORD_DAYS", value) for value in ("0", "3651", "9" * 5000)),
        *(("TRACE_MESSAGES_PER_MINUTE", value) for value in ("59", "many")),
        ("TRACE_LOGIN_URL", "http://127.0.0.1:8000"),
        ("TRACE_CLIENT_ID", "client"),
        ("TRACE_TENANT_ID", "tenant"),
        *(("TRACE_CERTIFICATE_PATH", value) for value in ("/nowhere/app.pem", "/", "\0", __file__)),
        *(
            ("TRACE_DOMAINS", value)
            for value in ("*contoso.com", "a.*.contoso.com", "@contoso.com", "a.jp b.jp", "contoso", "-.jp")
        ),
        *(("TRACE_HELPDESK_GROUPS", value) for value in ("Help desk", f"{GROUP_ID};{GROUP_ID}")),
        *(("TRACE_TIME_ZONE", value) for value in ("JST+9", "Asia", "../../etc/passwd", "東京", "\0")),
        *(
            ("TRACE_DATABASE_URL", value)
            for value in (
                "mail.sqlite3",
                "mysql://db/mail",
                "postgresql+asyncpg://db/mail",
                "postgresql://db",
                "postgresql+psycopg://u:p@db:port/mail",
                "sqlite+aiosqlite://",
                "sqlite+aiosqlite:///:memory:",
                "://",
            )
        ),
    ],
)
def test_one_fault(name: str, value: str) -> None:
    """A wrong value is one line that begins with the setting's name, without the value, maybe a secret."""
    found = faults(REAL | {name: value})

    assert len(found) == 1
    assert found[0].startswith(f"{name}: expected ")
    assert "\n" not in found[0]
    assert "secret" not in found[0]


def test_app_type_says_why() -> None:
    """Who still has a multi-tenant bot learns that it will not do, and what does."""
    (fault,) = faults(REAL | {"MicrosoftAppType": "MultiTenant"})

    assert "SingleTenant" in fault
    assert "multi-tenant" in fault
    assert "UserAssignedMSI" in fault


def test_managed_identity() -> None:
    """With a managed identity there is no secret: none is needed, and none may be left lying about."""
    kind = {"MicrosoftAppType": "UserAssignedMSI"}

    assert read_settings(SECRETLESS | kind).managed
    assert not read_settings(REAL).managed
    assert [fault.partition(":")[0] for fault in faults(REAL | kind)] == ["MicrosoftAppPassword"]
    left = {"TRACE_CLIENT_SECRET": "s", "TRACE_CLIENT_ID": "bbbbbbbb-0000-4000-8000-000000000002"}
    assert [f.partition(":")[0] for f in faults(SECRETLESS | kind | left)] == list(left)


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "token"
    path.write_text("of Kubernetes", "ascii")
    return path


def test_federated_token_stands_in(token_file: Path) -> None:
    """A token in a file stands in for each secret that is not set; a platform that sets it does no harm."""
    file = {"AZURE_FEDERATED_TOKEN_FILE": str(token_file)}
    bare, other = read_settings(SECRETLESS | file), {"TRACE_CLIENT_ID": OTHER_ID}

    assert bare.bot_proof == bare.graph_proof == FederatedToken(token_file)
    assert read_settings(REAL | file).graph_proof == Secret(APP_SECRET)
    assert read_settings(REAL | file | other).graph_proof == FederatedToken(token_file)
    assert read_settings(REAL | file | other | {"TRACE_CLIENT_SECRET": "s"}).graph_proof == Secret("s")
    managed = read_settings(SECRETLESS | file | {"MicrosoftAppType": "UserAssignedMSI"})
    assert managed.bot_proof == managed.graph_proof == ManagedIdentity()


def test_federated_identity_stands_in(pem_path: Path) -> None:
    """So does a managed identity that the app registration trusts; a certificate still goes before it."""
    settings = read_settings(SECRETLESS | {"TRACE_FEDERATED_IDENTITY": OTHER_ID.upper()})
    certified = read_settings(
        SECRETLESS | {"TRACE_FEDERATED_IDENTITY": OTHER_ID, "TRACE_CERTIFICATE_PATH": str(pem_path)}
    )

    assert settings.bot_proof == settings.graph_proof == FederatedIdentity(OTHER_ID)
    assert (certified.bot_proof, certified.graph_proof) == (
        FederatedIdentity(OTHER_ID),
        Certificate(pem_path),
    )


def test_federation_is_one(token_file: Path, tmp_path: Path) -> None:
    """A file that cannot be read is one fault; so are two federations, or one beside a managed identity."""
    file, identity = {"AZURE_FEDERATED_TOKEN_FILE": str(token_file)}, {"TRACE_FEDERATED_IDENTITY": OTHER_ID}
    missing = {"AZURE_FEDERATED_TOKEN_FILE": str(tmp_path / "nowhere")}
    managed = {"MicrosoftAppType": "UserAssignedMSI"}

    assert [f.partition(":")[0] for f in faults(SECRETLESS | missing)] == list(missing)
    assert [f.partition(":")[0] for f in faults(SECRETLESS | file | identity)] == list(identity)
    assert [f.partition(":")[0] for f in faults(SECRETLESS | managed | identity)] == list(identity)


def test_demonstration_proves_nothing() -> None:
    """Without an app id nobody is asked for a proof."""
    settings = read_settings(LOCAL)

    assert settings.bot_proof is settings.graph_proof is None


def test_every_fault_at_once() -> None:
    """All faults are named in one go, each once."""
    found = faults(
        {
            "MicrosoftAppId": "x",
            "MicrosoftAppTenantId": "x",
            "PORT": "x",
            "TRACE_GRAPH_URL": "x",
            "TRACE_DATABASE_URL": "x",
        }
    )

    assert sorted(fault.partition(":")[0] for fault in found) == [
        "MicrosoftAppId",
        "MicrosoftAppTenantId",
        "PORT",
        "TRACE_DATABASE_URL",
        "TRACE_GRAPH_URL",
    ]


def test_nothing_set() -> None:
    """Who has set nothing is told what to begin with."""
    assert [fault.partition(":")[0] for fault in faults({})] == ["MicrosoftAppTenantId", "MicrosoftAppId"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.8.8", "LOCALHOST"])
def test_without_an_app_id(host: str) -> None:
    """Without an app id the bot runs, on loopback against a Graph on loopback."""
    url = f"http://[{host}]:1/v1.0" if ":" in host else f"http://{host}:1/v1.0"

    assert not read_settings(LOCAL | {"HOST": host, "TRACE_GRAPH_URL": url}).authenticated


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"HOST": "0.0.0.0"}, ["HOST"]),
        ({"HOST": "::"}, ["HOST"]),
        ({"HOST": "bot.contoso.com"}, ["HOST"]),
        ({"TRACE_GRAPH_URL": "https://graph.example.com/v1.0"}, ["TRACE_GRAPH_URL"]),
        ({"TRACE_GRAPH_URL": ""}, ["MicrosoftAppId"]),
        ({"HOST": "0.0.0.0", "TRACE_GRAPH_URL": "https://10.0.0.1"}, ["HOST", "TRACE_GRAPH_URL"]),
        ({"MicrosoftAppPassword": "secret"}, ["MicrosoftAppId"]),
    ],
)
def test_without_an_app_id_elsewhere(changes: dict[str, str], named: list[str]) -> None:
    """Without an app id only this machine is allowed; a forgotten id is not taken for a demonstration."""
    assert [fault.partition(":")[0] for fault in faults(LOCAL | changes)] == named


def test_secrets_that_belong_together(pem_path: Path) -> None:
    """An app id needs its secret; another app for Graph needs a credential of its own, and only one."""
    bare = {name: value for name, value in REAL.items() if name != "MicrosoftAppPassword"}
    both = {"TRACE_CLIENT_SECRET": "x", "TRACE_CERTIFICATE_PATH": str(pem_path)}

    assert [f.partition(":")[0] for f in faults(bare)] == ["MicrosoftAppPassword"]
    assert [f.partition(":")[0] for f in faults(REAL | {"TRACE_CLIENT_ID": OTHER_ID})] == [
        "TRACE_CLIENT_SECRET"
    ]
    assert [f.partition(":")[0] for f in faults(REAL | both)] == ["TRACE_CLIENT_SECRET"]
    assert (
        read_settings(REAL | {"TRACE_CLIENT_ID": OTHER_ID, "TRACE_CLIENT_SECRET": "x"}).client_secret == "x"
    )


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u:p@db:5432/mail", "postgresql+psycopg://u:p@db:5432/mail"),
        ("postgresql://db/mail?sslmode=require", "postgresql+psycopg://db/mail?sslmode=require"),
        ("postgresql+psycopg://u@/mail?host=/tmp/s", "postgresql+psycopg://u@/mail?host=%2Ftmp%2Fs"),
        ("sqlite:///mail.sqlite3", "sqlite+aiosqlite:///mail.sqlite3"),
        ("sqlite+aiosqlite:////var/lib/mail.sqlite3", "sqlite+aiosqlite:////var/lib/mail.sqlite3"),
    ],
)
def test_database_urls(given: str, used: str) -> None:
    """Addresses as hosts hand them out work too; the driver is the one that is installed."""
    assert read_settings(REAL | {"TRACE_DATABASE_URL": given}).database_url == used


def test_secrets_stay_out_of_logs() -> None:
    """Neither the settings nor what is wrong with them show a secret."""
    secrets = {
        "MicrosoftAppPassword": "s3cret-1",
        "TRACE_CLIENT_SECRET": "s3cret-2",
        "TRACE_DATABASE_URL": "postgresql://u:s3cret-3@db/mail",
    }

    shown = repr(read_settings(REAL | secrets)) + str(read_settings(REAL | secrets))
    shown += str(faults(REAL | secrets | {"TRACE_DATABASE_URL": "mysql://u:s3cret-4@db/mail", "PORT": "x"}))
    assert "s3cret" not in shown


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("", False),
        ("0.0.0.0", False),
        ("::", False),
        ("localhost.example.com", False),
        ("127.1", False),
        ("2130706433", False),
    ],
)
def test_loopback(host: str, local: bool) -> None:
    """Only what is this machine for certain counts as loopback."""
    assert is_loopback(host) is local
