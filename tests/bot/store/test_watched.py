"""What watches know is kept by row and state, with the window it covers, and goes when they go."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.store.database import Database
from bot.store.errands import Errands
from bot.store.watched import Watched
from tests.bot.store.test_errands import ERRAND
from tracing.watch import Advance, Memory, Seen

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
START = NOW - timedelta(days=2)
FAILED = Seen(("id-1", "ann@partner.com", "failed"), NOW)
PENDING = Seen(("id-1", "ann@partner.com", "pending"), NOW)
OLD = Seen(("id-0", "bob@partner.com", "failed"), START - timedelta(seconds=1))


def step(*seen: Seen, covered_to: datetime | None = NOW, gone_before: datetime = START) -> Advance:
    return Advance(Memory(covered_to), (), seen, gone_before)


@pytest.fixture
def watched(database: Database) -> Watched:
    return Watched(database)


async def write(database: Database, watched: Watched, *steps: Advance, watch_id: str = "one") -> None:
    for each in steps:
        async with database.transaction() as connection:
            await watched.write(connection, watch_id, each)


async def test_before_the_first_run(watched: Watched) -> None:
    """Nothing is known, and that is told from having looked and found nothing."""
    assert await watched.load("one") == (None, {})


async def test_known_by_state(database: Database, watched: Watched) -> None:
    """A row is kept once for each state it was seen in, whoever writes it again; what is past goes."""
    later = step(PENDING, FAILED, covered_to=NOW + timedelta(minutes=15))
    await write(database, watched, step(FAILED, OLD, gone_before=START - timedelta(days=1)), later)

    covered_to, seen = await watched.load("one")
    assert covered_to == NOW + timedelta(minutes=15)
    assert seen == {FAILED.mark: FAILED, PENDING.mark: PENDING}


async def test_not_covered_yet(database: Database, watched: Watched) -> None:
    """Rows of a window that was not read whole are kept, and cover nothing."""
    await write(database, watched, step(FAILED, covered_to=None))

    assert await watched.load("one") == (None, {FAILED.mark: FAILED})


async def test_forgotten(database: Database, watched: Watched) -> None:
    """A watch that looks for other mail knows nothing, whatever others know."""
    await write(database, watched, step(FAILED))
    await write(database, watched, step(PENDING), watch_id="two")
    async with database.transaction() as connection:
        await watched.forget(connection, "one")

    assert await watched.load("one") == (None, {})
    assert await watched.load("two") == (NOW, {PENDING.mark: PENDING})


async def test_each_watch_its_own(database: Database, watched: Watched) -> None:
    """What one watch knows is new to another."""
    await write(database, watched, step(FAILED))

    assert await watched.load("two") == (None, {})


async def test_the_first_takes_it_on(watched: Watched) -> None:
    """Of two who acknowledge, the first is named, to both."""
    first = await watched.acknowledge("one", 1, "佐藤 美咲")
    second = await watched.acknowledge("one", 1, "田中 太郎")

    assert first.name == second.name == "佐藤 美咲"
    assert await watched.acknowledged("one", 1) == first
    assert await watched.acknowledged("one", 2) is None


async def test_goes_with_its_watch(database: Database, watched: Watched) -> None:
    """What belonged to a watch that is no more is forgotten; what belongs to one that is stays."""
    await Errands(database).add(ERRAND)
    for watch_id in (ERRAND.id, "gone"):
        await write(database, watched, step(FAILED), watch_id=watch_id)
        await watched.acknowledge(watch_id, 1, "佐藤 美咲")
    await watched.sweep()

    assert await watched.load("gone") == (None, {})
    assert await watched.acknowledged("gone", 1) is None
    assert await watched.acknowledged(ERRAND.id, 1) is not None
    assert await watched.load(ERRAND.id) == (NOW, {FAILED.mark: FAILED})
