"""An activity is worked once, whoever else got it too."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.owed import HELD, Owed, errand_of
from bot.store.claims import KEPT, Claims
from bot.store.database import Database
from bot.store.errands import Claim, Errands
from bot.turns import Author, Place, PlaceKind, Said
from tests.bot.store.ageing import pass_time

HERE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
SAID = Said("m1", HERE, Author("29:sato", "sato", "Sato"), "ja-JP", "Asia/Tokyo", "help")
DEBT = errand_of(Owed(SAID, datetime(2026, 11, 23, tzinfo=UTC)))


async def test_the_first_wins(database: Database) -> None:
    """Of twenty who claim an activity at once, one gets it."""
    claims = Claims(database)

    taken = await asyncio.gather(*(claims.claim("a:1", "activity") for _ in range(20)))

    assert taken.count(True) == 1


async def test_the_conversation_counts(database: Database) -> None:
    """Activity ids are only unique within a conversation."""
    claims = Claims(database)

    assert await claims.claim("a:1", "activity")
    assert await claims.claim("a:2", "activity")
    assert await claims.claim("a:1", "activity too")
    assert not await claims.claim("a:2", "activity")


async def test_swept(database: Database) -> None:
    """Claims are kept as long as a connector may repeat itself, and then forgotten."""
    claims = Claims(database)
    await claims.claim("a:1", "activity")
    await pass_time(database, KEPT - timedelta(minutes=1))
    await claims.sweep()
    kept = not await claims.claim("a:1", "activity")
    await pass_time(database, timedelta(minutes=2))
    await claims.sweep()

    assert kept
    assert await claims.claim("a:1", "activity")


async def test_who_claims_owes(database: Database) -> None:
    """A repeat runs when nobody works the first one any more, not before, and not once it is answered."""
    claims = Claims(database)
    first = await claims.claim("a:1", "m1", DEBT)
    held = await claims.claim("a:1", "m1", DEBT)
    await pass_time(database, HELD + timedelta(seconds=1))
    lapsed = await claims.claim("a:1", "m1", DEBT)
    again = await claims.claim("a:1", "m1", DEBT)
    await claims.close(DEBT.id)
    await pass_time(database, HELD + timedelta(seconds=1))
    closed = await claims.claim("a:1", "m1", DEBT)

    assert (first, held, lapsed, again, closed) == (True, False, True, False, False)
    assert await Errands(database).get(DEBT.id) is None


async def test_of_many_repeats_one_runs(database: Database) -> None:
    """Of twenty who find a debt that is nobody's, one gets it."""
    claims = Claims(database)
    await claims.claim("a:1", "m1", DEBT)
    await pass_time(database, HELD + timedelta(seconds=1))
    taken = await asyncio.gather(*(claims.claim("a:1", "m1", DEBT) for _ in range(20)))

    assert taken.count(True) == 1


async def test_a_debt_that_is_put_off(database: Database) -> None:
    """It is an errand like others: due after its rest, whose payload says how often it was refused."""
    claims, errands = Claims(database), Errands(database)
    await claims.claim("a:1", "m1", DEBT)
    held = await errands.claim()
    await claims.put_off(replace(DEBT, payload="again"), timedelta(minutes=1))
    waiting = await errands.claim()
    await pass_time(database, timedelta(minutes=1, seconds=1))
    due = await errands.claim()

    assert isinstance(held, timedelta)
    assert isinstance(waiting, timedelta)
    assert isinstance(due, Claim)
    assert (due.errand.id, due.errand.payload, due.errand.attempts) == (DEBT.id, "again", 1)


async def test_the_longest_ids(database: Database) -> None:
    """Ids as long as the door lets in have room in the tables."""
    assert await Claims(database).claim("c" * 511, "あ" * 511)
