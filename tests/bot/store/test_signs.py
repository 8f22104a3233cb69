"""What came to the door, kept for another process."""

from bot.signs import Sign
from bot.store.database import Database
from bot.store.signs import Signs


async def test_kept(database: Database) -> None:
    """What was seen is there once it was written, for whoever looks, however often it was seen."""
    witness = Signs(database)
    witness.saw(Sign.ARRIVED)
    witness.saw(Sign.ASKED)
    witness.saw(Sign.ASKED)
    before = await Signs(database).all()
    await witness.sweep()
    witness.saw(Sign.ASKED)
    await witness.sweep()
    await witness.sweep()

    assert before == frozenset()
    assert await Signs(database).all() == {"arrived", "asked"}
