"""Where people are reached."""

import asyncio

from bot.store.database import Database
from bot.store.references import References
from bot.turns import Author, Place, PlaceKind

ANNA = Author("29:anna", "22222222-2222-4222-8222-222222222220", "Anna")
UWE = Author("29:uwe", "22222222-2222-4222-8222-222222222221", "Uwe")
OLD = Place("https://smba.trafficmanager.net/emea", "a:old", PlaceKind.PERSONAL, "tenant", "28:bot")
NEW = Place("https://smba.trafficmanager.net/amer", "a:new", PlaceKind.PERSONAL, "tenant", "28:other")


async def test_found_again(database: Database) -> None:
    """A person is reached where they last wrote from."""
    references = References(database)
    await references.save(ANNA, OLD)
    first = await references.find(ANNA, "tenant")
    await references.save(ANNA, NEW)

    assert first == OLD
    assert await references.find(ANNA, "tenant") == NEW


async def test_nobody_elses(database: Database) -> None:
    """Nobody is reached at somebody else's place, nor at their own in another tenant."""
    references = References(database)
    await references.save(ANNA, OLD)

    assert await references.find(UWE, "tenant") is None
    assert await references.find(ANNA, "other tenant") is None


async def test_saved_at_once(database: Database) -> None:
    """Messages that arrive together do not trip over each other's reference."""
    references = References(database)

    await asyncio.gather(*(references.save(ANNA, place) for place in (OLD, NEW) * 10))

    assert await references.find(ANNA, "tenant") in (OLD, NEW)


async def test_the_longest_ids(database: Database) -> None:
    """Ids as long as the door lets in have room in the table."""
    author = Author("2" * 511, "", "")
    place = Place("s" * 511, "c" * 511, PlaceKind.PERSONAL, "t" * 36, "b" * 511)
    await References(database).save(author, place)

    assert await References(database).find(author, "t" * 36) == place


async def test_forgotten(database: Database) -> None:
    """Who removed the bot is reached nowhere; others are."""
    references = References(database)
    before = await references.any()
    await references.save(ANNA, OLD)
    await references.save(UWE, NEW)

    await references.forget(ANNA, "tenant")
    assert await references.find(ANNA, "tenant") is None
    assert await references.find(UWE, "tenant") == NEW
    assert (before, await references.any()) == (False, True)
