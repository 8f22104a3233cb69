"""The installation of docs/install.md, step by step, on stand-ins for Microsoft: what each step does.

async with Installation(tmp_path) as installation:
    for step in STEPS:
        step(installation)
    findings = await app.examine(read_settings(installation.settings))
"""

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self

from aiohttp.test_utils import TestServer
from dotenv import dotenv_values

from demo.company import HELPDESK_GROUP_ID
from demo.mailbox import make_mailbox
from demo.tenant import Tenant, graph_app
from tests.signing import APP_ID, APP_SECRET, TENANT_ID, LocalTls, LoginService, OpenIdServer, SigningKey

ROOT = Path(__file__).parent.parent
STRANGER = "bbbbbbbb-0000-4000-8000-000000000002"
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs/install.md").read_text("utf-8")


class Installation:
    """A tenant before anything was done, and a host's settings. REQUESTS_CA_BUNDLE is to be `ca_path`."""

    def __init__(self, folder: Path) -> None:
        tls = LocalTls(folder)
        self.ca_path = tls.ca_path
        self.folder = folder
        self.login = LoginService(tls)
        self.login.said = self._said
        self.openid = OpenIdServer(SigningKey())
        self.tenant = Tenant(
            make_mailbox(datetime.now(UTC)), permissions=frozenset(), principals=frozenset(), groups={}
        )
        self.settings: dict[str, str] = {}
        self._graph = TestServer(graph_app(self.tenant))

    async def __aenter__(self) -> Self:
        await self.login.__aenter__()
        await self.openid.__aenter__()
        await self._graph.start_server()
        self.settings |= {
            "TRACE_LOGIN_URL": self.login.url,
            "TRACE_GRAPH_URL": str(self._graph.make_url("/v1.0")),
            "TRACE_OPENID_METADATA_URL": self.openid.metadata_url,
            "TRACE_DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'mail-trace.sqlite3'}",
        }
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._graph.close()
        await self.openid.__aexit__(*exc)
        await self.login.__aexit__(*exc)

    def _said(self) -> dict[str, object]:
        return {"tid": TENANT_ID, "roles": sorted(self.tenant.permissions)}


def step_of(number: int) -> str:
    """What docs/install.md says under the *number* of its installation."""
    return PAGE.partition(f"\n## Step {number}: ")[2].partition("\n## ")[0]


def steps_of_the_readme() -> dict[int, str]:
    """The README's short form: number → title."""
    short = README.partition("\n## Into a real tenant\n")[2].partition("\n## ")[0]
    return {int(number): title for number, title in re.findall(r"^(\d+)\. \*\*(.+?)\.\*\*", short, re.M)}


def steps_of_the_page() -> dict[int, str]:
    """What docs/install.md has one do: number → title."""
    return {int(number): title for number, title in re.findall(r"^## Step (\d+): (.+)$", PAGE, re.M)}


def permissions() -> frozenset[str]:
    """What the README has one grant; what it calls optional is left out."""
    table = README.partition("\n## Permissions\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \| (.+)$", table, re.MULTILINE)
    return frozenset(name for name, rest in rows if not rest.startswith("Optional"))


def register(at: Installation) -> None:
    """1: the app registration and its secret."""
    at.settings |= {"MicrosoftAppId": APP_ID, "MicrosoftAppPassword": APP_SECRET}
    at.tenant.secrets = {APP_SECRET[:3]: datetime.now(UTC) + timedelta(days=180)}


def grant(at: Installation) -> None:
    """3: the permissions of the table, with admin consent."""
    assert "Grant admin consent" in step_of(3)
    at.tenant.permissions = permissions()


def create_principal(at: Installation) -> None:
    """4: the service principal that the command names."""
    found = re.search(r"New-MgServicePrincipal -AppId (\S+)", step_of(4))
    assert found
    at.tenant.principals |= {found[1]}


def choose_group(at: Installation) -> None:
    """5: the help desk's group, and its id in the settings."""
    assert "`TRACE_HELPDESK_GROUPS`" in step_of(5)
    at.tenant.groups = {HELPDESK_GROUP_ID: ()}
    at.settings["TRACE_HELPDESK_GROUPS"] = HELPDESK_GROUP_ID


def fill_settings(at: Installation) -> None:
    """6: `.env` from the example, filled in."""
    assert "cp .env.example .env" in step_of(6)
    example = dotenv_values(stream=io.StringIO((ROOT / ".env.example").read_text("utf-8")))
    at.settings = {name: value or "" for name, value in example.items()} | at.settings
    at.settings["MicrosoftAppTenantId"] = TENANT_ID
    # Whoever left step 1 out fills in something of which the tenant knows nothing.
    at.settings["MicrosoftAppId"] = at.settings["MicrosoftAppId"] or STRANGER
    at.settings["MicrosoftAppPassword"] = at.settings["MicrosoftAppPassword"] or "secret"


STEPS: dict[int, Callable[[Installation], None]] = {
    1: register,
    3: grant,
    4: create_principal,
    5: choose_group,
    6: fill_settings,
}
"""The steps that can be taken without Teams: 2 and 8 are Teams' own, and seen by what comes from there."""
