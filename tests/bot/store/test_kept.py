"""What people keep: saved searches by name, the last ten by themselves, each person's own alone."""

from datetime import timedelta

import pytest

from bot.store.database import Database
from bot.store.kept import MAX_RECENT, MAX_SAVED, KeptSearches, NameTaken, Question, TooManySaved
from cards.kept import MAX_NAME
from tests.bot.store.ageing import pass_time
from tests.bot.store.test_states import FULL
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import AddressPattern, TraceQuery

ANNA, UWE = "22222222-2222-4222-8222-222222222220", "22222222-2222-4222-8222-222222222221"


def question(number: int = 0, mine: bool = False) -> Question:
    return Question(TraceQuery(senders=(AddressPattern(f"u{number}@x.jp"),)), mine)


@pytest.fixture
def kept(database: Database) -> KeptSearches:
    return KeptSearches(database)


@pytest.mark.parametrize(
    "asked",
    [
        Question(FULL, mine=True),
        Question(TraceQuery(Calendar(CalendarUnit.WEEK, 1, "America/New_York")), mine=False),
    ],
)
async def test_kept_as_spoken(kept: KeptSearches, asked: Question) -> None:
    """A question comes back as it was put: last week stays last week, whoever's zone."""
    await kept.save(ANNA, "x", asked)
    await kept.remember(ANNA, asked)

    assert [one.question for one in (*await kept.saved(ANNA), *await kept.recent(ANNA))] == [asked, asked]


async def test_last_ten(kept: KeptSearches) -> None:
    """The last ten are kept, the newest first; what is asked again moves up and keeps its id."""
    for number in range(MAX_RECENT + 2):
        await kept.remember(ANNA, question(number))
    before = await kept.recent(ANNA)
    await kept.remember(ANNA, question(5))
    after = await kept.recent(ANNA)

    assert [one.question for one in before] == [question(n) for n in range(MAX_RECENT + 1, 1, -1)]
    assert len(after) == MAX_RECENT
    assert after[0] == next(one for one in before if one.question == question(5))
    assert await kept.saved(ANNA) == []


async def test_names(kept: KeptSearches) -> None:
    """A name is found however it is written; saved again, it holds the new question under the old id."""
    assert not await kept.save(ANNA, "Ｍonthly  Invoices", question(1))
    first = await kept.find_named(ANNA, "monthly invoices")
    assert await kept.save(ANNA, "monthly INVOICES", question(2))
    second = await kept.find_named(ANNA, "MONTHLY invoices")

    assert first is not None
    assert second is not None
    assert (second.id, second.name, second.question) == (first.id, "monthly INVOICES", question(2))
    assert len(await kept.saved(ANNA)) == 1


async def test_rename(kept: KeptSearches) -> None:
    """A search takes another name, even the same in other letters, but not one that is in use."""
    await kept.save(ANNA, "a", question(1))
    await kept.save(ANNA, "b", question(2))
    a = await kept.find_named(ANNA, "a")
    assert a is not None
    with pytest.raises(NameTaken):
        await kept.rename(ANNA, a.id, "B")
    await kept.rename(ANNA, a.id, "A")
    await kept.rename(ANNA, a.id, "c")

    assert [one.name for one in await kept.saved(ANNA)] == ["b", "c"]


async def test_each_their_own(kept: KeptSearches) -> None:
    """Nobody finds, renames, replaces or deletes what another keeps."""
    await kept.save(ANNA, "a", question(1))
    await kept.remember(ANNA, question(1))
    (saved,), (recent,) = await kept.saved(ANNA), await kept.recent(ANNA)
    await kept.save(UWE, "a", question(2))
    await kept.remember(UWE, question(1))
    await kept.rename(UWE, saved.id, "b")
    await kept.forget(UWE, saved.id)
    await kept.forget(UWE, recent.id)

    assert await kept.find(UWE, saved.id) is None
    assert await kept.find(ANNA, saved.id) == saved
    assert await kept.recent(ANNA) == [recent]


async def test_forget(kept: KeptSearches) -> None:
    """What is deleted is gone, be it saved or recent."""
    await kept.save(ANNA, "a", question(1))
    await kept.remember(ANNA, question(1))
    for one in (*await kept.saved(ANNA), *await kept.recent(ANNA)):
        await kept.forget(ANNA, one.id)

    assert (await kept.saved(ANNA), await kept.recent(ANNA)) == ([], [])


async def test_bounded(kept: KeptSearches) -> None:
    """Beyond so many none is saved; one that is there is still replaced."""
    for number in range(MAX_SAVED):
        await kept.save(ANNA, f"s{number}", question(number))
    with pytest.raises(TooManySaved):
        await kept.save(ANNA, "one more", question(1))

    assert await kept.save(ANNA, "s1", question(99))
    assert not await kept.save(UWE, "one more", question(1))


@pytest.mark.parametrize(
    "name", ["'; DROP TABLE kept_searches; --", "\ufdfa" * MAX_NAME, "%", "😀" * MAX_NAME, "[a](b)"]
)
async def test_hostile_names(kept: KeptSearches, name: str) -> None:
    """A name is text and nothing else, however long it becomes where it is compared."""
    await kept.save(ANNA, name, question(1))
    found = await kept.find_named(ANNA, name)

    assert found is not None
    assert found.name == name


async def test_recent_ones_age(kept: KeptSearches, database: Database) -> None:
    """What was asked more than ninety days ago is forgotten; what was saved stays."""
    await kept.save(ANNA, "a", question(1))
    await kept.remember(ANNA, question(1))
    await pass_time(database, timedelta(days=91))
    await kept.remember(ANNA, question(2))
    await kept.sweep()

    assert [one.question for one in await kept.recent(ANNA)] == [question(2)]
    assert [one.name for one in await kept.saved(ANNA)] == ["a"]
