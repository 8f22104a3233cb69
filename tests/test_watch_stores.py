"""A database that cannot be written: watches wait for it, say so in the log, and go on where they were."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errands import Again
from bot.store.database import Database, DatabaseUnusable
from bot.store.errands import Errands
from bot.store.watched import Watched
from tests.bot.store.test_errands import ERRAND, claimed
from tests.bot.store.test_watched import FAILED, step
from tests.signing import HeldClock
from tracing.watch import Advance, Seen


def numbered(number: int) -> Seen:
    return Seen((f"id-{number}", "bob@partner.com", "failed"), FAILED.received_date_time)


def written(watched: Watched, brought: Advance, payload: str = "1") -> Again:
    """A step that keeps what a look *brought*."""

    async def write(connection: AsyncConnection) -> None:
        await watched.write(connection, ERRAND.id, brought)

    return Again(payload, write=write)


async def check(database: Database) -> str:
    """What SQLite says of its file."""
    async with database.engine.connect() as connection:
        return str((await connection.exec_driver_sql("PRAGMA integrity_check")).scalar_one())


def url(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


async def test_a_locked_file(tmp_path: Path) -> None:
    """While another program holds the file a step is refused by name and nothing kept; then it goes on."""
    file = tmp_path / "test.sqlite3"
    database = Database(url(file), HeldClock(), patience=timedelta(milliseconds=50))
    await database.migrate()
    errands, watched = Errands(database), Watched(database)
    await errands.add(ERRAND)
    await errands.show(ERRAND.id, "")
    claim = await claimed(errands)
    with closing(sqlite3.connect(file, isolation_level=None)) as holder:
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseUnusable, match="locked"):
            await errands.save(claim, written(watched, step(FAILED)))
        holder.execute("ROLLBACK")
    nothing = await watched.load(ERRAND.id)
    await errands.save(claim, written(watched, step(FAILED)))
    known = await watched.load(ERRAND.id)
    await database.close()

    assert nothing == (None, {})
    assert set(known[1]) == {FAILED.mark}


async def test_a_full_disk(tmp_path: Path) -> None:
    """A step that finds no room is refused by name, nothing half done; with room again it is kept."""
    file = tmp_path / "test.sqlite3"
    database = Database(url(file), HeldClock())
    await database.migrate()
    errands, watched = Errands(database), Watched(database)
    await errands.add(ERRAND)
    await errands.show(ERRAND.id, "")
    claim = await claimed(errands)
    many = [FAILED, *(numbered(n) for n in range(5_000))]
    async with database.engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseUnusable, match="full"):
        await errands.save(claim, written(watched, step(*many), "half"))
    nothing = await watched.load(ERRAND.id)
    untouched = await errands.get(ERRAND.id)
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    await errands.save(claim, written(watched, step(*many), "whole"))
    known = await watched.load(ERRAND.id)
    intact = await check(database)
    await database.close()

    assert nothing == (None, {})
    assert untouched is not None
    assert untouched.errand.payload == ERRAND.payload
    assert len(known[1]) == len(many)
    assert intact == "ok"
