"""Cards that are owed a last word."""

from dataclasses import replace
from datetime import timedelta

from bot.store.answers import KEPT, OpenAnswer, OpenAnswers
from bot.store.database import Database
from bot.turns import Place, PlaceKind
from tests.bot.store.ageing import pass_time
from tests.signing import HeldClock

PLACE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
OWED = OpenAnswer(PLACE, "activity", "state", "ja-JP", "sato")
AGE = timedelta(minutes=4)


async def test_found_until_closed(database: Database) -> None:
    """What was left open is found, as it was, until it had its last word."""
    answers = OpenAnswers(database)
    await answers.open(OWED)
    await pass_time(database, AGE)

    [(answer_id, owed)] = await answers.find_overdue(AGE)
    found_again = await answers.find_overdue(AGE)
    await answers.close(answer_id)

    assert owed == OWED
    assert len(found_again) == 1
    assert await answers.find_overdue(timedelta(0)) == []


async def test_forgotten_after_a_day(database: Database) -> None:
    """A card that nobody could be told of for a day is given up."""
    answers = OpenAnswers(database)
    await answers.open(OWED)
    await answers.sweep()
    assert await answers.find_overdue(timedelta(0))
    await pass_time(database, KEPT)

    await answers.sweep()

    assert await answers.find_overdue(timedelta(0)) == []


async def test_not_before_its_time(database: Database) -> None:
    """A search that may still be running is left to it."""
    answers = OpenAnswers(database)
    await answers.open(OWED)
    await pass_time(database, AGE - timedelta(seconds=30))

    assert await answers.find_overdue(AGE) == []
    assert len(await answers.find_overdue(timedelta(0))) == 1


async def test_closed(database: Database) -> None:
    """What had its last word is not taken over; the others of the same conversation are."""
    answers = OpenAnswers(database)
    closed = await answers.open(OWED)
    await answers.open(OWED)
    await answers.close(closed)
    await answers.close("never opened")
    await pass_time(database, AGE)

    assert len(await answers.find_overdue(AGE)) == 1


async def test_the_longest_ids(database: Database) -> None:
    """Whatever a client says has room in the table, or is cut."""
    place = Place("s" * 511, "c" * 511, PlaceKind.PERSONAL, "t" * 36, "b" * 511)
    await OpenAnswers(database).open(OpenAnswer(place, "a" * 512, "i" * 64, "x" * 200))

    assert len(await OpenAnswers(database).find_overdue(timedelta(0))) == 1


async def test_who_alone_sees_it(database: Database) -> None:
    """A card that one person sees is found as theirs alone: its last word is nobody else's to read."""
    aside = replace(OWED, place=replace(PLACE, reader_id="29:sato"))
    await OpenAnswers(database).open(aside)

    assert [owed for _, owed in await OpenAnswers(database).find_overdue(timedelta(0))] == [aside]


async def test_stop(database: Database, database_url: str, clock: HeldClock) -> None:
    """Any process can be asked to stop a search, by who asked for it, until it has its last word."""
    here, there = OpenAnswers(database), OpenAnswers(other := Database(database_url, clock))
    answer_id = await here.open(OWED)
    before = await here.is_stopped(answer_id)
    refused = [await there.stop("state", "tanaka"), await there.stop("other", "sato")]
    taken = await there.stop("state", "sato")
    stopped = await here.is_stopped(answer_id)
    await here.close(answer_id)
    late = await there.stop("state", "sato")
    await other.close()

    assert (before, refused, taken, stopped, late) == (False, [False, False], True, True, False)
    assert not await here.is_stopped(answer_id)
