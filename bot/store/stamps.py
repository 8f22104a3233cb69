"""The tenant's quota as a table of stamps, so that it survives a restart and replicas share it."""

from datetime import timedelta

from sqlalchemy import delete, func, insert, select

from bot.store.database import Database
from bot.store.tables import request_stamps
from tracing.quota import LIMIT, ROLLING_WINDOW, wait

_LOCK = 0x71756F74


class StampBudget:
    """`tracing.quota.Budget` over the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def left(self) -> int:
        """How many requests may still be made now."""
        async with self._database.transaction() as connection:
            since = await self._database.now(connection) - ROLLING_WINDOW
            count = select(func.count()).where(request_stamps.c.made_at > since)
            return max(0, LIMIT - (await connection.execute(count)).scalar_one())

    async def take(self) -> timedelta:
        """Spend one request and return zero, or spend nothing and return how long to wait."""
        async with self._database.transaction() as connection:
            await self._database.lock(connection, _LOCK)
            now = await self._database.now(connection)
            made_at = request_stamps.c.made_at
            await connection.execute(delete(request_stamps).where(made_at <= now - ROLLING_WINDOW))
            stamps = (await connection.execute(select(made_at))).scalars().all()
            pause = wait(stamps, now)
            if not pause:
                await connection.execute(insert(request_stamps).values(made_at=now))
            return pause
