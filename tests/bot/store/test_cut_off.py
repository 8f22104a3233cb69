"""Work that is cancelled in the midst of a transaction leaves nothing behind: no lock, no open connection."""

import asyncio
import gc
from pathlib import Path

import pytest
from sqlalchemy import event, text

from bot.store.claims import Claims
from bot.store.database import Database
from tests.signing import HeldClock

COUNTING = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
SLOW = {True: "SELECT pg_sleep(0.3)", False: f"{COUNTING} SELECT max(i) FROM n"}
"""A statement that is under way for a while, by whether the database is PostgreSQL."""


async def test_no_lock(database: Database) -> None:
    """A statement that is cut off holds nobody up, even while its end is still being told."""
    slow, under_way = SLOW[database.is_postgresql], asyncio.Event()

    async def write() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("DELETE FROM card_states"))
            await connection.execute(text(slow))

    def seen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement == slow:
            under_way.set()

    event.listen(database.engine.sync_engine, "before_cursor_execute", seen)
    task = asyncio.create_task(write())
    await under_way.wait()
    task.cancel()
    # What was raised knows the frames it came through, and they the statement.
    with pytest.raises(asyncio.CancelledError) as ending:
        await task

    assert await Claims(database).claim("a:1", "activity")
    assert ending.value


async def test_cut_off_while_opening(tmp_path: Path, clock: HeldClock) -> None:
    """A connection that nobody waits for any more is closed, whenever its opening is cut off."""
    for turns in range(12):
        database = Database(f"sqlite+aiosqlite:///{tmp_path / str(turns)}.sqlite3", clock)
        task = asyncio.create_task(_begin(database))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await database.close()
    # The interpreter tells of what was not closed when it is forgotten.
    gc.collect()


async def _begin(database: Database) -> None:
    async with database.transaction():
        pass
