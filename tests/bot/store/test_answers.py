"""Cards that are owed a last word."""

import asyncio
from datetime import timedelta

from bot.store.answers import OpenAnswer, OpenAnswers
from bot.store.database import Database
from bot.turns import Place, PlaceKind
from tests.bot.store.ageing import pass_time

PLACE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
OWED = OpenAnswer(PLACE, "activity", "state", "ja-JP")
AGE = timedelta(minutes=4)


async def test_taken_over_once(database: Database) -> None:
    """What was left open is taken over, as it was, by one of those who look for it."""
    answers = OpenAnswers(database)
    await answers.open(OWED)
    await pass_time(database, AGE)

    taken = await asyncio.gather(*(answers.take_overdue(AGE) for _ in range(5)))

    assert [owed for some in taken for owed in some] == [OWED]
    assert await answers.take_overdue(timedelta(0)) == []


async def test_not_before_its_time(database: Database) -> None:
    """A search that may still be running is left to it."""
    answers = OpenAnswers(database)
    await answers.open(OWED)
    await pass_time(database, AGE - timedelta(seconds=30))

    assert await answers.take_overdue(AGE) == []
    assert len(await answers.take_overdue(timedelta(0))) == 1


async def test_closed(database: Database) -> None:
    """What had its last word is not taken over; the others of the same conversation are."""
    answers = OpenAnswers(database)
    closed = await answers.open(OWED)
    await answers.open(OWED)
    await answers.close(closed)
    await answers.close("never opened")
    await pass_time(database, AGE)

    assert len(await answers.take_overdue(AGE)) == 1


async def test_the_longest_ids(database: Database) -> None:
    """Whatever a client says has room in the table, or is cut."""
    place = Place("s" * 511, "c" * 511, PlaceKind.PERSONAL, "t" * 36, "b" * 511)
    await OpenAnswers(database).open(OpenAnswer(place, "a" * 512, "i" * 64, "x" * 200))

    assert len(await OpenAnswers(database).take_overdue(timedelta(0))) == 1
