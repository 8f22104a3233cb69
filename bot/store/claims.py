"""Claims that make each activity run once: the connector may repeat one when an answer is late.

A claim also records that the answer is owed: a task says so until it is answered.
"""

from datetime import timedelta

from sqlalchemy import and_, delete, or_, update

from bot.errands import Errand
from bot.owed import HELD, KIND
from bot.store.database import Database
from bot.store.errands import LIFETIME, lease_of, values_of
from bot.store.tables import claimed_activities, errands

KEPT = timedelta(days=1)


class Claims:
    """Who came first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, conversation_id: str, activity_id: str, debt: Errand | None = None) -> bool:
        """Claim an activity; True the first time, or when the process that claimed it has stopped.

        With a *debt* this process owes the answer, for as long as its lease lasts.
        """
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            statement = (
                self._database.insert(claimed_activities)
                .values(conversation_id=conversation_id, activity_id=activity_id, claimed_at=now)
                .on_conflict_do_nothing()
                .returning(claimed_activities.c.activity_id)
            )
            first = (await connection.execute(statement)).first() is not None
            if debt is None:
                return first
            ours = lease_of(now, HELD) | {"attempts": 1}
            if first:
                values = values_of(debt, now, now + LIFETIME) | ours
                await connection.execute(
                    self._database.insert(errands).values(values).on_conflict_do_nothing()
                )
                return True
            nobodys = or_(errands.c.leased_until.is_(None), errands.c.leased_until <= now)
            known = and_(errands.c.id == debt.id, errands.c.kind == KIND, errands.c.due_at.is_not(None))
            again = {**ours, "attempts": errands.c.attempts + 1}
            return (
                await connection.execute(update(errands).where(known, nobodys).values(again))
            ).rowcount == 1

    async def close(self, debt_id: str) -> None:
        """Note that the answer was given."""
        mine = and_(errands.c.id == debt_id, errands.c.kind == KIND)
        async with self._database.transaction() as connection:
            await connection.execute(delete(errands).where(mine))

    async def put_off(self, debt: Errand, rest: timedelta) -> None:
        """Keep the answer owed; after *rest* the first free process retries it."""
        mine = and_(errands.c.id == debt.id, errands.c.kind == KIND)
        async with self._database.transaction() as connection:
            due_at = await self._database.now(connection) + rest
            values = {"payload": debt.payload, "lease": "", "leased_until": None, "attempts": 0}
            await connection.execute(update(errands).where(mine).values(**values, due_at=due_at))

    async def sweep(self) -> None:
        """Forget what no connector repeats any more."""
        async with self._database.transaction() as connection:
            before = await self._database.now(connection) - KEPT
            await connection.execute(
                delete(claimed_activities).where(claimed_activities.c.claimed_at < before)
            )
