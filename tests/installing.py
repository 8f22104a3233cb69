"""The installation of docs/install.md, step by step, on stand-ins for Microsoft: what each step does.

async with Installation(tmp_path) as installation:
    for step in STEPS.values():
        step(installation)
    await installation.live()
    findings = await examine(read_settings(installation.settings))
"""

import io
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Self
from zipfile import ZipFile

from aiohttp import ClientSession
from aiohttp.test_utils import TestServer
from dotenv import dotenv_values

import app
from bot.settings import Settings, WrongSettings, read_settings
from demo.activities import Client, Scene, arrival, typed
from demo.company import HELPDESK_GROUP_ID, HELPDESK_TIER_2_GROUP_ID, TANAKA
from demo.connector import Place, personal_id
from demo.mailbox import make_mailbox
from demo.tenant import Tenant, graph_app
from manifest.package import package
from tests.signing import APP_ID, APP_SECRET, TENANT_ID, LocalTls, LoginService, OpenIdServer, SigningKey

ROOT = Path(__file__).parent.parent
STRANGER = "bbbbbbbb-0000-4000-8000-000000000002"
README = (ROOT / "README.md").read_text("utf-8")
PAGE = (ROOT / "docs/install.md").read_text("utf-8")


class Installation:
    """A tenant before anything was done, a host's settings, and Teams. REQUESTS_CA_BUNDLE is to be `ca_path`.

    Teams knows `azure_bots`, app id → the path of the endpoint. With `uploaded` the app package is made and
    installed for Tanaka, and what he then `tries` is typed.
    """

    def __init__(self, folder: Path) -> None:
        tls = LocalTls(folder)
        self.ca_path = tls.ca_path
        self.folder = folder
        self.login = LoginService(tls)
        self.login.said = self._said
        self.key = SigningKey()
        self.openid = OpenIdServer(self.key)
        self.tenant = Tenant(
            make_mailbox(datetime.now(UTC)), permissions=frozenset(), principals=frozenset(), groups={}
        )
        self.settings: dict[str, str] = {}
        self.azure_bots: dict[str, str] = {}
        self.uploaded = False
        self.tries: str | None = None
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

    async def live(self, place: Place | None = None, bot_id: str = "") -> None:
        """The bot runs for a while, and in Teams happens what the steps so far let happen: in Tanaka's 1:1 or
        *place*, with the bot of the package or *bot_id*."""
        try:
            settings = read_settings(self.settings)
        except WrongSettings:
            return
        bot = TestServer(app.create_app(settings))
        await bot.start_server()
        async with ClientSession() as session:
            for activity in self._happens(place or Place(personal_id(TANAKA), "personal", ())):
                await self._deliver(session, bot, bot_id or self._packed(settings), activity)
        await bot.close()

    def _happens(self, place: Place) -> list[Mapping[str, object]]:
        if not self.uploaded:
            return []
        # Tokens go to Microsoft's hosts alone: what the bot would answer here it keeps to itself.
        scene = Scene(TANAKA, place, Client(), "http://127.0.0.1:9/", datetime.now(UTC))
        said = [] if self.tries is None else [typed(scene, self.tries)]
        return [*arrival(scene), *said]

    def _packed(self, settings: Settings) -> str:
        """The bot that the app package names."""
        with ZipFile(io.BytesIO(package(settings, app.BOT_NAME))) as packed:
            return str(json.loads(packed.read("manifest.json"))["bots"][0]["botId"])

    async def _deliver(
        self, session: ClientSession, bot: TestServer, bot_id: str, activity: Mapping[str, object]
    ) -> None:
        """What Bot Framework does: look the bot up, and sign for it."""
        if (path := self.azure_bots.get(bot_id)) is None:
            return
        bearer = self.key.bearer(datetime.now(UTC), aud=bot_id, serviceurl=activity["serviceUrl"])
        async with session.post(bot.make_url(path), json=activity, headers={"Authorization": bearer}):
            pass


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


def make_azure_bot(at: Installation) -> None:
    """2: the Azure Bot of that registration, its endpoint and its channel."""
    endpoint = re.search(r"--endpoint https://<host>(/\S+)", step_of(2))
    assert endpoint
    assert "az bot msteams create" in step_of(2)
    if "MicrosoftAppId" in at.settings:
        at.azure_bots = {APP_ID: endpoint[1]}


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
    at.tenant.groups = {HELPDESK_GROUP_ID: (HELPDESK_TIER_2_GROUP_ID,)}
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


def upload(at: Installation) -> None:
    """8: the app package, made, uploaded, and installed for people."""
    assert "app.py package" in step_of(8)
    at.settings |= dict(
        zip(re.findall(r"`(TRACE_\w+)`", step_of(8)), ("Contoso", "https://x.test"), strict=True)
    )
    at.uploaded = True


def try_it(at: Installation) -> None:
    """9: the first of what is to be typed."""
    first = re.search(r"In the 1:1 chat `(\w+)`", step_of(9))
    assert first
    at.tries = first[1]


STEPS: dict[int, Callable[[Installation], None]] = {
    1: register,
    2: make_azure_bot,
    3: grant,
    4: create_principal,
    5: choose_group,
    6: fill_settings,
    8: upload,
    9: try_it,
}
"""7 is the examination itself."""
