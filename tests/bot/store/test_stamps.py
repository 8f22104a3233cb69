"""The tenant's quota: one purse for all processes, never overspent, not even by a restart."""

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.store.database import Database
from bot.store.stamps import TICKET_LIFE, StampBudget
from bot.store.tables import request_stamps, waiting_tickets
from tests.bot.store.ageing import pass_time
from tests.signing import HeldClock
from tracing.model import Spender
from tracing.quota import EMPLOYEE_SHARE, LIMIT, ROLLING_WINDOW

NONE = timedelta(0)
SOMEBODY = Spender("somebody")


async def take(budget: StampBudget, times: int) -> int:
    """How many of so many takes at once were granted; the others are told to wait a sensible time."""
    waits = await asyncio.gather(*(budget.take(Spender(f"person {number}")) for number in range(times)))
    assert all(NONE <= wait <= ROLLING_WINDOW for wait in waits)
    return waits.count(NONE)


async def stamps(database: Database) -> list[datetime]:
    async with database.transaction() as connection:
        return list((await connection.execute(select(request_stamps.c.made_at))).scalars())


async def pass_until(database: Database, left: timedelta) -> None:
    """Let time pass until the first stamp counts for no more than *left*, however long it took to spend."""
    async with database.transaction() as connection:
        now = await database.now(connection)
    await pass_time(database, min(await stamps(database)) + ROLLING_WINDOW - left - now)


async def test_never_more_than_the_limit(database: Database) -> None:
    """A hundred takes at once are granted up to the limit and no further; the rest know how long to wait."""
    budget = StampBudget(database)

    assert await take(budget, 100) == LIMIT
    assert await take(budget, 10) == 0
    assert await budget.take(SOMEBODY) > ROLLING_WINDOW - timedelta(minutes=1)


async def test_the_window_rolls(database: Database) -> None:
    """What is spent comes back five minutes later, neither sooner nor all at once."""
    budget = StampBudget(database)
    early = await take(budget, 40)
    await pass_time(database, timedelta(minutes=3))
    late = await take(budget, 100)
    await pass_until(database, timedelta(seconds=30))
    too_soon = await take(budget, 10)
    await pass_time(database, timedelta(minutes=1))

    assert (early, late, too_soon) == (40, LIMIT - 40, 0)
    assert await take(budget, 100) == 40


async def test_stamps_do_not_pile_up(database: Database) -> None:
    """What no longer counts is forgotten."""
    budget = StampBudget(database)
    await take(budget, 30)
    await pass_time(database, ROLLING_WINDOW)
    await budget.take(SOMEBODY)

    assert len(await stamps(database)) == 1


async def test_a_restart_forgets_nothing(database_url: str, clock: HeldClock) -> None:
    """A new process spends from the purse that the last one left."""
    before = Database(database_url, clock)
    await before.migrate()
    spent = await take(StampBudget(before), 60)
    await before.close()

    after = Database(database_url, clock)
    await after.migrate()
    granted = await take(StampBudget(after), 60)
    await after.close()
    assert (spent, granted) == (60, LIMIT - 60)


async def test_two_processes_share(database_url: str, clock: HeldClock) -> None:
    """Two processes at once do not spend the same request twice."""
    databases = [Database(database_url, clock) for _ in range(2)]
    await databases[0].migrate()

    granted = await asyncio.gather(*(take(StampBudget(database), 70) for database in databases))

    for database in databases:
        await database.close()
    assert sum(granted) == LIMIT


async def test_places(database: Database) -> None:
    """Who is told to wait a moment keeps a place."""
    budget = StampBudget(database)
    await take(budget, LIMIT)
    await pass_until(database, timedelta(seconds=18))
    waits = [await budget.take(Spender(name)) for name in ("anna", "new", "anna")]

    assert all(NONE < wait <= timedelta(seconds=20) for wait in waits)
    assert await places(database) == {"anna", "new"}


async def test_the_dead_wait_for_nothing(database: Database) -> None:
    """A place that is not asked for again is given up; one who was told to come later has none."""
    budget = StampBudget(database)
    await take(budget, LIMIT)
    await budget.take(Spender("too long"))
    early = await places(database)
    await pass_until(database, timedelta(seconds=18))
    await budget.take(Spender("gone"))
    waiting = await places(database)
    await pass_time(database, TICKET_LIFE + timedelta(seconds=1))
    await budget.take(Spender("another"))

    assert (early, waiting) == (set(), {"gone"})
    assert "gone" not in await places(database)


async def test_an_employee_is_remembered(database: Database) -> None:
    """An employee who was told to come later finds their place again, for a while after that time."""
    budget, mari = StampBudget(database), Spender("mari", employee=True)
    for number in range(EMPLOYEE_SHARE):
        await budget.take(Spender(f"e{number}", employee=True))
    told = await budget.take(mari)
    first = await since(database, "mari")
    await pass_time(database, timedelta(seconds=30))
    await budget.take(mari)
    again = await since(database, "mari")
    await pass_time(database, 3 * ROLLING_WINDOW)
    await budget.take(SOMEBODY)

    assert told > timedelta(seconds=20)
    assert again == first - timedelta(seconds=30)
    assert "mari" not in await places(database)


async def since(database: Database, who: str) -> datetime:
    async with database.transaction() as connection:
        query = select(waiting_tickets.c.since).where(waiting_tickets.c.who == who)
        moment: datetime = (await connection.execute(query)).scalar_one()
    return moment


async def test_background_keeps_its_place(database: Database) -> None:
    """What runs in the background waits as long as it takes, and once served waits no more."""
    budget, report = StampBudget(database), Spender("anna", background=True)
    await take(budget, LIMIT)
    await budget.take(report)
    waiting = await places(database)
    await pass_time(database, ROLLING_WINDOW)

    assert waiting == {"anna"}
    assert await budget.take(report) == NONE
    assert await places(database) == set()


async def places(database: Database) -> set[str]:
    async with database.transaction() as connection:
        return set((await connection.execute(select(waiting_tickets.c.who))).scalars())
