"""Databases that cannot be opened, and what is left of the attempt."""

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from bot.store.database import Database
from bot.store.faults import DatabaseUnusable
from tests.signing import HeldClock


async def test_no_thread_is_left(tmp_path: Path, clock: HeldClock) -> None:
    """Once an attempt to open has failed, its thread has ended: nothing reports to a loop that has gone."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/no/x.sqlite3", clock, timedelta(seconds=1))
    before = set(threading.enumerate())
    left = []
    for _ in range(50):
        with pytest.raises(DatabaseUnusable):
            async with database.transaction():
                pass
        left += [one for one in set(threading.enumerate()) - before if "_connection_worker" in one.name]
    await database.close()

    assert left == []
