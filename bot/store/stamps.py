"""The tenant's quota as tables: what was spent, who waits. It survives a restart, and replicas share it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Row, and_, delete, func, insert, or_, select, update

from bot.store.database import Database
from bot.store.lives import is_over
from bot.store.tables import request_stamps, waiting_tickets
from tracing.model import Spender
from tracing.quota import LIMIT, PATIENCE, ROLLING_WINDOW, Stamp, Ticket, decide

_LOCK = 0x71756F74
TICKET_LIFE = timedelta(seconds=15)
"""A place that nobody asks for again is given up: its process died, or its owner went."""
LEAVE = ROLLING_WINDOW
"""How long after the time they were told an employee keeps their place ahead of later ones."""


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
        values = [{"made_at": one.made_at, **_columns(one.spender)} for one in stamps]
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
            # A time in the future was written before the clock was set back, perhaps a moment ago. Count it
            # as now:
            # people may wait five minutes once, but the tenant's limit cannot be exceeded.
            await connection.execute(update(request_stamps).where(made_at > now).values(made_at=now))
            back_until = waiting_tickets.c.back_until
            away = or_(back_until.is_(None), is_over(back_until, ROLLING_WINDOW + LEAVE, now))
            gone = and_(is_over(expires_at, TICKET_LIFE, now), away)
            await connection.execute(delete(waiting_tickets).where(gone))
            spent = (await connection.execute(select(request_stamps))).all()
            waiting = (await connection.execute(select(waiting_tickets))).all()
            stamps = [Stamp(row.made_at, _spender(row)) for row in spent]
            tickets = [Ticket(_spender(row), row.since, row.expires_at > now) for row in waiting]
            pause = decide(stamps, tickets, spender, now)
            if not pause:
                spent_now = insert(request_stamps).values(made_at=now, **_columns(spender))
                await connection.execute(spent_now)
                await connection.execute(delete(waiting_tickets).where(mine))
            elif spender.background or spender.employee or pause <= PATIENCE:
                here = spender.background or pause <= PATIENCE
                until = {
                    "expires_at": now + TICKET_LIFE if here else now,
                    "back_until": now + pause + LEAVE if spender.employee else None,
                    "employee": spender.employee,
                }
                kept = self._database.insert(waiting_tickets).values(since=now, **until, **_key(spender))
                await connection.execute(
                    kept.on_conflict_do_update(
                        index_elements=["who", "background"],
                        set_=until,
                    )
                )
            return pause


def _key(spender: Spender) -> dict[str, Any]:
    return {"who": spender.who, "background": spender.background}


def _columns(spender: Spender) -> dict[str, Any]:
    return _key(spender) | {"employee": spender.employee}


def _spender(row: Row[Any]) -> Spender:
    return Spender(row.who, row.background, row.employee)
