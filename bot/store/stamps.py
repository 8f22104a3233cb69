"""The tenant's quota as tables: what was spent, who waits. It survives a restart, and replicas share it."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import and_, delete, func, insert, select, update

from bot.store.database import Database
from bot.store.lives import is_over
from bot.store.tables import request_stamps, waiting_tickets
from tracing.model import Spender
from tracing.quota import LIMIT, PATIENCE, ROLLING_WINDOW, Stamp, Ticket, decide

_LOCK = 0x71756F74
TICKET_LIFE = timedelta(seconds=15)
"""A place that nobody asks for again is given up: its process died, or its owner went."""


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

    async def settle(self, stamps: Sequence[Stamp]) -> None:
        """Take down what was spent while nobody could ask here."""
        values = [
            {"made_at": one.made_at, "who": one.spender.who, "background": one.spender.background}
            for one in stamps
        ]
        async with self._database.transaction() as connection:
            await connection.execute(insert(request_stamps), values)

    async def take(self, spender: Spender) -> timedelta:
        """Spend one request and return zero, or spend nothing and return how long to wait."""
        mine = and_(waiting_tickets.c.who == spender.who, waiting_tickets.c.background == spender.background)
        async with self._database.transaction() as connection:
            await self._database.lock(connection, _LOCK)
            now = await self._database.now(connection)
            made_at, expires_at = request_stamps.c.made_at, waiting_tickets.c.expires_at
            await connection.execute(delete(request_stamps).where(made_at <= now - ROLLING_WINDOW))
            # What lies ahead was made before the clock was set back, perhaps this moment: then so it counts,
            # which may cost five minutes once. As if never made, the tenant's limit could be met twice over.
            await connection.execute(update(request_stamps).where(made_at > now).values(made_at=now))
            await connection.execute(delete(waiting_tickets).where(is_over(expires_at, TICKET_LIFE, now)))
            spent = (await connection.execute(select(request_stamps))).all()
            waiting = (await connection.execute(select(waiting_tickets))).all()
            stamps = [Stamp(row.made_at, Spender(row.who, row.background)) for row in spent]
            tickets = [Ticket(Spender(row.who, row.background), row.since) for row in waiting]
            pause = decide(stamps, tickets, spender, now)
            values = {"who": spender.who, "background": spender.background}
            if not pause:
                await connection.execute(insert(request_stamps).values(made_at=now, **values))
                await connection.execute(delete(waiting_tickets).where(mine))
            elif spender.background or pause <= PATIENCE:
                expires = now + TICKET_LIFE
                kept = self._database.insert(waiting_tickets).values(since=now, expires_at=expires, **values)
                await connection.execute(
                    kept.on_conflict_do_update(
                        index_elements=["who", "background"], set_={"expires_at": expires}
                    )
                )
            return pause
