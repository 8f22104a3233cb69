"""The record: nothing in it is changed, and what is past its time is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from bot.record import AuditQuery, Entry, Kind, Who
from bot.store.database import Database, DatabaseUnusable
from bot.store.record import StoredRecord
from bot.store.tables import record
from tests.bot.store.ageing import pass_time
from tests.signing import HeldClock
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import Between, Last

SATO = Who("22222222-2222-4222-8222-222222222201", "佐藤 美咲", "a:1", "personal")
TANAKA = Who("22222222-2222-4222-8222-222222222202", "Tanaka", "19:x", "channel")
LOOK = Entry(Kind.TRACE, SATO, "trace from *@hoge.com last 2d", 12, 3, timedelta(seconds=1.5), "INC1", "")
EVERYTHING = AuditQuery(Last(timedelta(days=90)))


async def test_noted(database: Database) -> None:
    """What was noted stands there as it was, the newest first."""
    stored = StoredRecord(database)
    entries = [LOOK, Entry(Kind.REFUSAL, TANAKA, outcome="not_yours")]
    for entry in entries:
        await stored.note(entry)
    count, newest = await stored.count(EVERYTHING)
    found = await stored.find(EVERYTHING, newest, 0, 10)

    assert count == 2
    assert [noted.entry for noted in found] == entries[::-1]
    assert found[0].number == newest > found[1].number


@pytest.mark.parametrize(
    ("asked", "kinds"),
    [
        (AuditQuery(by="佐藤"), [Kind.TRACE]),
        (AuditQuery(by="tanaka"), [Kind.REFUSAL]),
        (AuditQuery(by=TANAKA.aad_object_id.upper()), [Kind.REFUSAL]),
        (AuditQuery(by="%"), []),
        (AuditQuery(kind="trace"), [Kind.TRACE]),
        (AuditQuery(ticket="inc1"), [Kind.TRACE]),
        (AuditQuery(Calendar(CalendarUnit.MONTH, 2, "UTC")), []),
        (AuditQuery(Last(timedelta(hours=1))), [Kind.REFUSAL]),
    ],
    ids=str,
)
async def test_asked(database: Database, asked: AuditQuery, kinds: list[Kind]) -> None:
    """The record is asked by person, kind, ticket and time."""
    stored = StoredRecord(database)
    await stored.note(LOOK)
    await pass_time(database, timedelta(hours=2))
    await stored.note(Entry(Kind.REFUSAL, TANAKA, outcome="not_yours"))
    count, newest = await stored.count(asked)

    assert [noted.entry.kind for noted in await stored.find(asked, newest, 0, 10)] == kinds
    assert count == len(kinds)


async def test_between(database: Database) -> None:
    """A stretch of time holds what was noted in it."""
    stored = StoredRecord(database)
    await stored.note(LOOK)
    _, newest = await stored.count(EVERYTHING)
    at = (await stored.find(EVERYTHING, newest, 0, 1))[0].at
    around = AuditQuery(Between(at - timedelta(seconds=1), at + timedelta(seconds=1)))
    before = AuditQuery(Between(at - timedelta(days=2), at - timedelta(seconds=1)))

    assert (await stored.count(around))[0] == 1
    assert (await stored.count(before))[0] == 0


async def test_pages_stay(database: Database) -> None:
    """Pages of what was there stay the same while more is noted."""
    stored = StoredRecord(database)
    for number in range(5):
        await stored.note(Entry(Kind.TRACE, SATO, str(number)))
    _, newest = await stored.count(EVERYTHING)
    await stored.note(Entry(Kind.TRACE, SATO, "later"))
    pages = [await stored.find(EVERYTHING, newest, first, 2) for first in (0, 2, 4)]

    assert [n.entry.conditions for page in pages for n in page] == ["4", "3", "2", "1", "0"]
    assert (await stored.count(EVERYTHING, newest))[0] == 5


async def test_nothing_is_changed(database: Database) -> None:
    """The database itself refuses to change what was noted."""
    stored = StoredRecord(database)
    await stored.note(LOOK)
    with pytest.raises((DBAPIError, DatabaseUnusable)):
        async with database.transaction() as connection:
            await connection.execute(update(record).values(name="nobody"))
    _, newest = await stored.count(EVERYTHING)

    assert [noted.entry for noted in await stored.find(EVERYTHING, newest, 0, 9)] == [LOOK]


async def test_retention(database: Database, clock: HeldClock) -> None:
    """What is older than it is to be kept is forgotten; what is not stays."""
    stored = StoredRecord(database, timedelta(days=30))
    await stored.note(LOOK)
    await pass_time(database, timedelta(days=20))
    await stored.note(LOOK)
    await stored.sweep()
    kept = (await stored.count(EVERYTHING))[0]
    await pass_time(database, timedelta(days=20))
    await stored.sweep()

    assert kept == 2
    assert (await stored.count(EVERYTHING))[0] == 1


async def test_long_texts(database: Database) -> None:
    """Whatever length names and conditions have, the look is noted."""
    who = Who("x" * 100, "n" * 1_000, "c" * 1_000, "k" * 100)
    await StoredRecord(database).note(
        Entry(Kind.TRACE, who, "q" * 10_000, ticket="t" * 100, outcome="o" * 100)
    )

    assert (await StoredRecord(database).count(EVERYTHING))[0] == 1
