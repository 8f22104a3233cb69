"""Activities are worked once: the connector may send one again when an answer is late."""

from datetime import timedelta

from sqlalchemy import delete

from bot.store.database import Database
from bot.store.tables import claimed_activities

KEPT = timedelta(days=1)


class Claims:
    """Who came first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, conversation_id: str, activity_id: str) -> bool:
        """Whether this is the first time that the activity is seen."""
        async with self._database.transaction() as connection:
            statement = (
                self._database.insert(claimed_activities)
                .values(
                    conversation_id=conversation_id,
                    activity_id=activity_id,
                    claimed_at=await self._database.now(connection),
                )
                .on_conflict_do_nothing()
                .returning(claimed_activities.c.activity_id)
            )
            return (await connection.execute(statement)).first() is not None

    async def sweep(self) -> None:
        """Forget what no connector repeats any more."""
        async with self._database.transaction() as connection:
            before = await self._database.now(connection) - KEPT
            await connection.execute(
                delete(claimed_activities).where(claimed_activities.c.claimed_at < before)
            )
