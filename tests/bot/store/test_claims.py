"""An activity is worked once, whoever else got it too."""

import asyncio
from datetime import timedelta

from bot.store.claims import KEPT, Claims
from bot.store.database import Database
from tests.bot.store.ageing import pass_time


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


async def test_the_longest_ids(database: Database) -> None:
    """Ids as long as the door lets in have room in the tables."""
    assert await Claims(database).claim("c" * 511, "あ" * 511)
