"""A database that goes away: questions are answered, cards say what is degraded, nothing is forgotten."""

import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from cards.texts import TEXTS
from demo.activities import Client
from demo.company import SATO
from demo.connector import CHANNEL
from tests.line import ENGLISH, JAPANESE, Line, until

PATIENCE = timedelta(seconds=1)
QUESTION = "trace sender *@hoge.com"
MAIL = "【至急】10月度請求書の件"
AWAY, NEEDED, TAP = (TEXTS[f"away.{one}"]["en"] for one in ("line", "what", "tap"))


@asynccontextmanager
async def locked(folder: Path) -> AsyncIterator[None]:
    """Another program holds the database file."""
    with closing(sqlite3.connect(folder / "line.sqlite3", timeout=0, isolation_level=None)) as holder:
        await until(lambda: _holds(holder))
        yield
        holder.execute("ROLLBACK")


def _holds(holder: sqlite3.Connection) -> bool:
    """Whether *holder* has the file now; the bot, which may have it, is not kept from going on."""
    with suppress(sqlite3.OperationalError):
        holder.execute("BEGIN EXCLUSIVE")
    return holder.in_transaction


def recorded(folder: Path) -> list[tuple[str, int]]:
    """The kinds of what is on record, and whether each came late."""
    with closing(sqlite3.connect(folder / "line.sqlite3")) as connection:
        return connection.execute("SELECT kind, late FROM record ORDER BY number").fetchall()


def claimed(folder: Path) -> int:
    """How many activities the database knows: also those that it was told of too late."""
    with closing(sqlite3.connect(folder / "line.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM claimed_activities").fetchone()[0])


def waiting(folder: Path) -> list[Path]:
    return sorted((folder / "spool").glob("*.json"))


@pytest.mark.parametrize(("client", "language"), [(ENGLISH, "en"), (JAPANESE, "ja")])
async def test_answered(tmp_path: Path, client: Client, language: Literal["ja", "en"]) -> None:
    """A question is answered, says that the database is away, and was noted on disk first."""
    async with Line(tmp_path, patience=PATIENCE) as line, locked(tmp_path):
        found = await line.ask(SATO, QUESTION, client=client)
        (entry,) = waiting(tmp_path)
        noted, mode = json.loads(entry.read_text())["entry"], entry.stat().st_mode & 0o777

    assert MAIL in found.words
    assert TEXTS["away.line"][language] in found.words
    assert (noted["who"]["name"], mode) == (SATO.name, 0o600)
    assert noted["conditions"].startswith("trace from *@hoge.com")


async def test_back_again(tmp_path: Path) -> None:
    """What waited on disk goes into the record first; cards made meanwhile keep their buttons."""
    async with Line(tmp_path, patience=PATIENCE) as line:
        async with locked(tmp_path):
            found = await line.ask(SATO, QUESTION)
            opened = await line.tap(SATO, found, MAIL)
            waited = len(waiting(tmp_path))
        await line.until(lambda: len(recorded(tmp_path)) == 2 and claimed(tmp_path))
        after = await line.ask(SATO, "trace sender *@partner.com")
        await line.restart()
        again = await line.tap(SATO, found, MAIL)

    assert waited == 2
    assert AWAY in opened.words
    assert AWAY not in after.words
    assert MAIL in again.words
    assert AWAY not in again.words
    assert waiting(tmp_path) == []
    # What was tried first may still have been written, once the file was free: then it is there once as well.
    assert [kind for kind, _ in recorded(tmp_path)] == ["trace", "detail", "trace", "detail"]


async def test_killed_meanwhile(tmp_path: Path) -> None:
    """What waits on disk when a process ends is taken over by the next one."""
    async with Line(tmp_path, patience=PATIENCE) as line:
        async with locked(tmp_path):
            await line.ask(SATO, QUESTION)
            left = waiting(tmp_path)[0].read_text()
        await line.until(lambda: len(recorded(tmp_path)) == 1)
        (tmp_path / "spool" / "00001-x.json").write_text(left)
        await line.restart()
        await line.until(lambda: waiting(tmp_path) == [])

    assert [kind for kind, _ in recorded(tmp_path)] == ["trace"]


@pytest.mark.parametrize("typed", [f"{QUESTION} ticket INC1", "saved"])
async def test_what_needs_it(tmp_path: Path, typed: str) -> None:
    """Mail that a ticket opens, and what was kept, are not shown without the database, which is said."""
    async with Line(tmp_path, patience=PATIENCE) as line, locked(tmp_path):
        refused = await line.ask(SATO, typed)

    assert NEEDED in refused.words
    assert MAIL not in refused.words


async def test_nowhere_to_note_it(tmp_path: Path) -> None:
    """What can be noted neither in the database nor on disk is not shown."""
    async with Line(tmp_path, patience=PATIENCE) as line, locked(tmp_path):
        (tmp_path / "spool").write_text("not a folder")
        refused = await line.ask(SATO, QUESTION)

    assert TEXTS["away.unrecorded"]["en"] in refused.words
    assert MAIL not in refused.words


async def test_older_buttons(tmp_path: Path) -> None:
    """A button whose card was made before says that it needs the database, and works again later."""
    async with Line(tmp_path, patience=PATIENCE) as line:
        found = await line.ask(SATO, QUESTION)
        async with locked(tmp_path):
            tap = await line.tap(SATO, found, MAIL)
        await line.until(lambda: claimed(tmp_path) == 2)
        later = await line.tap(SATO, found, MAIL)

    assert NEEDED in tap.words
    assert MAIL in later.words


async def test_repeats(tmp_path: Path) -> None:
    """An activity that is sent again meanwhile is worked once, also when it was first sent before."""
    async with Line(tmp_path, patience=PATIENCE) as line:
        before = line.typed(SATO, QUESTION)
        await line.send(before)
        await line.answer(SATO)
        async with locked(tmp_path):
            once = line.typed(SATO, QUESTION)
            for activity in (before, once, once):
                await line.send(activity)
            await line.answer(SATO)

    assert len(line.connector.messages) == 2


async def test_in_a_channel(tmp_path: Path) -> None:
    """Where nobody can say whether a channel is approved, the answer goes to the asker alone."""
    async with Line(tmp_path, patience=PATIENCE) as line:
        await line.say(SATO, "approve", CHANNEL)
        await line.answer(CHANNEL)
        await line.say(SATO, QUESTION, CHANNEL)
        shown = await line.answer(CHANNEL)
        async with locked(tmp_path):
            found = await line.ask(SATO, QUESTION, CHANNEL)
            tap = await line.tap(SATO, shown, MAIL, place=CHANNEL)

    assert MAIL in found.words
    assert tap.words == TAP
