"""`python app.py` as an operator meets it: real processes, their exit codes, lines and signals."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
import zipfile
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest
from aiohttp import ClientError, ClientSession
from aiohttp.test_utils import TestServer

import app
from bot.jobs import DEADLINE
from bot.reach import GRAPH_TIMEOUT
from cards.texts import TEXTS
from demo.activities import Scene, typed
from demo.company import HELPDESK_GROUP_ID, SATO, TENANT_ID
from demo.connector import GROUP_CHAT, Place
from demo.mailbox import make_mailbox
from demo.tenant import Tenant, graph_app
from tests.line import ENGLISH, Message, RecordingConnector, place_of, until
from tests.signing import APP_ID
from tracing.client import ATTEMPTS

APP = Path(app.__file__)
SOON = 30.0
"""Seconds a process may take for anything; a busy machine starts Python slowly."""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(**settings: str) -> dict[str, str]:
    """What the process gets: nothing of this one's but what Python needs."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": str(APP.parent), "PYTHONDONTWRITEBYTECODE": "1"} | settings


@dataclass
class Process:
    """A running `python app.py`; its standard error goes into a file, and so does what it writes."""

    process: asyncio.subprocess.Process
    log_path: Path

    @property
    def log(self) -> str:
        return self.log_path.read_text()

    async def ended(self) -> int:
        async with asyncio.timeout(SOON):
            return await self.process.wait()


async def start(
    folder: Path, settings: Mapping[str, str], *arguments: str, program: Sequence[str] = (str(APP),)
) -> Process:
    log_path = folder / "log.txt"
    with log_path.open("ab") as log, (folder / "out.txt").open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *program,
            *arguments,
            cwd=folder,
            env=environment(**settings),
            stdout=out,
            stderr=log,
        )
    return Process(process, log_path)


@asynccontextmanager
async def started(
    folder: Path, settings: Mapping[str, str], *arguments: str, program: Sequence[str] = (str(APP),)
) -> AsyncIterator[Process]:
    """A process that is killed when the block ends, if it still runs."""
    process = await start(folder, settings, *arguments, program=program)
    try:
        yield process
    finally:
        if process.process.returncode is None:
            process.process.kill()
            await process.process.wait()


async def refused(folder: Path, settings: Mapping[str, str], *arguments: str) -> tuple[int, list[str]]:
    """The exit code and the lines of a process that is not to run."""
    async with started(folder, settings, *arguments) as process:
        code = await process.ended()
    return code, process.log.splitlines()


@dataclass
class Surroundings:
    """What a process in *folder* talks to, and how it is told so."""

    folder: Path
    tenant: Tenant
    connector: RecordingConnector
    connector_url: str
    settings: dict[str, str]
    session: ClientSession

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings['PORT']}"

    async def healthy(self) -> None:
        async with asyncio.timeout(SOON):
            while True:
                try:
                    async with self.session.get(f"{self.url}/healthz") as response:
                        assert await response.json() == {"status": "ok"}
                        return
                except ClientError:
                    await asyncio.sleep(0.05)

    async def ask(self, text: str, place: Place | None = None) -> Message:
        """Ask, and see the card that answers: a search's as soon as it says that it looks.

        In a *place* it is a slash command, which nobody else sees.
        """
        count = len(self.connector.messages)
        scene = Scene(SATO, place or place_of(SATO), ENGLISH, self.connector_url, datetime.now(UTC))
        said = typed(scene, text)
        said["recipient"]["isTargeted"] = place is not None
        async with self.session.post(f"{self.url}/api/messages", json=said) as response:
            assert response.status == 200
        await until(lambda: len(self.connector.messages) > count, SOON)
        return self.connector.messages[-1]

    async def ask_slow_graph(self, seconds: float, place: Place | None = None) -> Message:
        """The card of a search that Graph takes so long for; the directory has been asked before."""
        await self.ask("help")
        self.tenant.faults.slow = timedelta(seconds=seconds)
        card = await self.ask("trace sender *@hoge.com", place)
        assert card.is_looking
        # The card is shown first and noted then; a kill between the two would leave it as it is.
        await until(lambda: self.owed() == 1, SOON)
        return card

    def owed(self) -> int:
        """How many cards the process has noted as waiting for their last word."""
        with closing(sqlite3.connect(self.folder / "mail-trace.sqlite3", timeout=10)) as database:
            count: int = database.execute("SELECT count(*) FROM open_answers").fetchone()[0]
        return count


@pytest.fixture
async def around(tmp_path: Path) -> AsyncIterator[Surroundings]:
    tenant = Tenant(make_mailbox(datetime.now(UTC)))
    connector = RecordingConnector()
    graph_server, connector_server = TestServer(graph_app(tenant)), TestServer(connector.application())
    await graph_server.start_server()
    await connector_server.start_server()
    settings = {
        "PORT": str(free_port()),
        "MicrosoftAppTenantId": TENANT_ID,
        "TRACE_GRAPH_URL": str(graph_server.make_url("/v1.0")),
        "TRACE_HELPDESK_GROUPS": HELPDESK_GROUP_ID,
    }
    async with ClientSession() as session:
        yield Surroundings(
            tmp_path, tenant, connector, str(connector_server.make_url("")).rstrip("/"), settings, session
        )
    await graph_server.close()
    await connector_server.close()
    assert not connector.faults


REGISTERED = {"MicrosoftAppTenantId": TENANT_ID, "MicrosoftAppId": APP_ID, "MicrosoftAppPassword": "secret"}
LOCAL = {"MicrosoftAppTenantId": TENANT_ID, "TRACE_GRAPH_URL": "http://127.0.0.1:9/v1.0"}


async def test_wrong_settings(tmp_path: Path) -> None:
    """Wrong settings stop the start with code 2 and one line for each, `.env` included."""
    (tmp_path / ".env").write_text("PORT=http\nTRACE_DOMAINS=*.contoso.com\n# a comment\n")
    code, lines = await refused(tmp_path, LOCAL | {"TRACE_TIME_ZONE": "JST", "TRACE_DOMAINS": "contoso.com"})

    assert code == 2
    assert lines == [
        "PORT: expected a port, 1 to 65535",
        "TRACE_TIME_ZONE: expected an IANA time zone such as Asia/Tokyo",
    ]


async def test_a_strange_file(tmp_path: Path) -> None:
    """A `.env` that is no UTF-8 is said to be none."""
    (tmp_path / ".env").write_bytes("TRACE_DOMAINS=日本.jp".encode("shift-jis"))
    code, lines = await refused(tmp_path, LOCAL)

    assert (code, lines) == (2, [".env: expected a readable file in UTF-8"])


async def test_package(tmp_path: Path) -> None:
    """`package` writes the app package where it is told, with the settings of `.env`, and runs no bot."""
    (tmp_path / ".env").write_text(
        "TRACE_ORGANIZATION=Contoso IT\nTRACE_WEBSITE_URL=https://contoso.co.jp/\n"
    )
    code, lines = await refused(tmp_path, REGISTERED, "package", "--out", "app.zip", "--version", "1.2.3")
    with zipfile.ZipFile(tmp_path / "app.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))

    assert (code, lines) == (0, [])
    assert (manifest["version"], manifest["developer"]["name"]) == ("1.2.3", "Contoso IT")


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (["package"], 2, "TRACE_ORGANIZATION: "),
        (["package", "--version", "0.1.0"], 2, "--version: "),
        (["package", "--out", "nowhere/app.zip"], 1, "--out: nowhere/app.zip"),
        (["pack"], 2, "usage: "),
    ],
)
async def test_no_package(tmp_path: Path, arguments: list[str], code: int, named: str) -> None:
    """What keeps a package from being made is one line."""
    pages = {"TRACE_WEBSITE_URL": "https://contoso.co.jp/"}
    pages |= {"TRACE_ORGANIZATION": "Contoso IT"} if len(arguments) > 1 else {}
    ended, lines = await refused(tmp_path, REGISTERED | pages, *arguments)

    assert ended == code
    assert lines[0].startswith(named)
    assert named == "usage: " or len(lines) == 1


def test_slow_is_told_in_time() -> None:
    """All attempts at a silent Graph end before a search is cut off, so that what it was can be told."""
    pauses = sum(2**attempt for attempt in range(1, ATTEMPTS))

    assert ATTEMPTS * (GRAPH_TIMEOUT.read or 0) + pauses < DEADLINE.total_seconds()


async def test_port_in_use(tmp_path: Path) -> None:
    """A port that somebody else has is one line."""
    with closing(socket.create_server(("127.0.0.1", 0))) as other:
        port = other.getsockname()[1]
        code, lines = await refused(tmp_path, LOCAL | {"PORT": str(port)})

    assert code == 1
    assert lines == [f"PORT: {port} is in use; stop what uses it or set another"]


@pytest.mark.parametrize(
    "url", ["sqlite+aiosqlite:////nowhere/mail.sqlite3", "postgresql://u:s3cret@127.0.0.1:9/mail"]
)
async def test_out_of_reach(tmp_path: Path, url: str) -> None:
    """A database out of reach is one line, without its password."""
    code, lines = await refused(tmp_path, LOCAL | {"TRACE_DATABASE_URL": url})

    assert code == 1
    assert len(lines) == 1
    assert lines[0].startswith("TRACE_DATABASE_URL: ")
    assert "s3cret" not in lines[0]


async def test_starts(tmp_path: Path, around: Surroundings) -> None:
    """A start needs no step before: the tables are made, the port answers, `.env` is read as it stands."""
    (tmp_path / ".env").write_text(
        'TRACE_DATABASE_URL="sqlite+aiosqlite:///in ${HOME}.sqlite3"\nPORT=1\n', encoding="utf-8-sig"
    )
    (tmp_path / "in ${HOME}.sqlite3").touch()
    async with started(tmp_path, around.settings) as process:
        await around.healthy()
        with closing(sqlite3.connect(tmp_path / "in ${HOME}.sqlite3")) as database:
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        process.process.send_signal(signal.SIGTERM)
        code = await process.ended()

    assert code == 0
    assert tables >= {"card_states", "open_answers", "alembic_version"}
    assert f"listening on {around.url}" in process.log
    assert "Traceback" not in process.log


async def test_drained(tmp_path: Path, around: Surroundings) -> None:
    """A stop waits for the searches that run, delivers their answers, and takes no new ones."""
    async with started(tmp_path, around.settings) as process:
        await around.healthy()
        card = await around.ask_slow_graph(1.5)
        began = monotonic()
        process.process.send_signal(signal.SIGTERM)
        code = await process.ended()
        took = monotonic() - began

    assert code == 0
    assert took < 20
    assert not card.is_looking
    assert "suzuki@hoge.com" in card.words
    assert "Traceback" not in process.log


@pytest.mark.parametrize("place", [None, GROUP_CHAT], ids=["1:1", "slash command"])
async def test_mended(tmp_path: Path, around: Surroundings, place: Place | None) -> None:
    """A card that a kill left looking says after the next start that it was interrupted."""
    async with started(tmp_path, around.settings) as process:
        await around.healthy()
        card = await around.ask_slow_graph(4, place)
        process.process.send_signal(signal.SIGKILL)
        await process.ended()
    around.tenant.faults.clear()
    async with started(tmp_path, around.settings):
        await until(lambda: not card.is_looking and around.owed() == 0, SOON)
        mended = card.summary

    assert mended == TEXTS["interrupted.title"]["en"]
    assert "Run again" in card.words
    assert card.only_for == (SATO.teams_id if place else "")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_second_signal(tmp_path: Path, around: Surroundings, number: signal.Signals) -> None:
    """A second signal ends a stop that waits, at once and quietly; the next start mends what it left."""
    async with started(tmp_path, around.settings) as process:
        await around.healthy()
        card = await around.ask_slow_graph(60)
        process.process.send_signal(number)
        await until(lambda: "stopping" in process.log, SOON)
        process.process.send_signal(number)
        code = await process.ended()
        owed = around.owed()
    around.tenant.faults.clear()
    async with started(tmp_path, around.settings):
        await until(lambda: not card.is_looking, SOON)

    assert code == 128 + number
    assert owed == 1
    assert "Traceback" not in process.log
    assert card.summary == TEXTS["interrupted.title"]["en"]


@pytest.mark.parametrize("times", [1, 2])
async def test_the_demo_ends(tmp_path: Path, around: Surroundings, times: int) -> None:
    """Ctrl+C ends the demo without a traceback, however often it is pressed."""
    async with started(tmp_path, around.settings, program=("-m", "demo")) as process:
        await around.healthy()
        for _ in range(times):
            process.process.send_signal(signal.SIGINT)
        code = await process.ended()

    # The last of the interpreter's own end falls back on what the system does.
    assert code in (0, 128 + signal.SIGINT, -signal.SIGINT)[: 1 if times == 1 else 3]
    assert process.log == ""
