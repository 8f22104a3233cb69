"""What came to the door, kept for another process."""

from pathlib import Path

import pytest

from bot.signs import Sign
from bot.store.database import Database, DatabaseUnusable
from bot.store.signs import Signs
from tests.signing import HeldClock


async def test_kept(database: Database) -> None:
    """What was seen is there for its own process at once, for others once it was written, however often."""
    witness = Signs(database)
    witness.saw(Sign.ARRIVED)
    witness.saw(Sign.ASKED)
    witness.saw(Sign.ASKED)
    before = await Signs(database).all()
    at_once = await witness.all()
    await witness.sweep()
    witness.saw(Sign.ASKED)
    await witness.sweep()
    await witness.sweep()

    assert before == frozenset()
    assert at_once == {"arrived", "asked"}
    assert await Signs(database).all() == {"arrived", "asked"}


async def test_database_away(tmp_path: Path) -> None:
    """What could not be written is written the next time."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'later.sqlite3'}", HeldClock())
    witness = Signs(database)
    witness.saw(Sign.ARRIVED)
    with pytest.raises(DatabaseUnusable):
        await witness.sweep()
    await database.migrate()
    await witness.sweep()

    assert await Signs(database).all() == {"arrived"}
    await database.close()
