"""Files in the making: chunk by chunk, offered once, forgotten in time."""

import asyncio

import pytest

from bot.store.database import Database
from bot.store.reports import KEPT, Gone, Reports
from cards.report_file import ReportKind
from tests.bot.store.ageing import pass_time

PARTS = (b"a" * 10, "長い".encode() * 500, b"z")
WHOLE = b"".join(PARTS)


@pytest.fixture
def reports(database: Database) -> Reports:
    return Reports(database)


async def written(reports: Reports, database: Database) -> None:
    """A report of three chunks."""
    await reports.open("r", "anna", ReportKind.ENHANCED, "x.csv", full=True)
    start = 0
    for number, part in enumerate(PARTS, 1):
        async with database.transaction() as connection:
            ready = number == len(PARTS)
            await reports.appending("r", start, part, number, ready=ready)(connection)
        start += len(part)


async def test_read_back(database: Database, reports: Reports) -> None:
    """Any stretch of the file is read as it was written, wherever the chunks meet."""
    await written(reports, database)
    report = await reports.find("r", "anna")

    assert report is not None
    assert (report.size, report.rows, report.ready, report.full) == (len(WHOLE), 6, True, True)
    for start in (0, 5, 10, 11, len(WHOLE) - 1, len(WHOLE)):
        for length in (1, 9, 10, 100, len(WHOLE)):
            assert await reports.read("r", start, length) == WHOLE[start : start + length]


async def test_nothing_twice(database: Database, reports: Reports) -> None:
    """A chunk that does not begin where the file ends is refused, and leaves nothing."""
    await written(reports, database)
    with pytest.raises(Gone):
        async with database.transaction() as connection:
            await reports.appending("r", 10, b"again", 1, ready=False)(connection)
    await reports.open("r", "anna", ReportKind.EXTENDED, "other.csv", full=False)

    assert await reports.read("r", 0, 1 << 20) == WHOLE


async def test_offered_once(database: Database, reports: Reports) -> None:
    """Of several who answer one offer at a time one is heard; a newer offer makes the older void."""
    await written(reports, database)
    old, new = await reports.offer("r"), await reports.offer("r")

    assert await reports.take_offer(old, "anna") is None
    assert await reports.take_offer(new, "uwe") is None
    assert await reports.take_offer("", "anna") is None
    answers = await asyncio.gather(*(reports.take_offer(new, "anna") for _ in range(4)))
    assert sum(answer is not None for answer in answers) == 1


async def test_forgotten(database: Database, reports: Reports) -> None:
    """What expired is neither found nor kept; what was dropped neither."""
    await written(reports, database)
    await pass_time(database, KEPT)
    assert await reports.find("r", "anna") is None
    await reports.sweep()
    assert await reports.read("r", 0, 1 << 20) == b""
    await written(reports, database)
    await reports.drop("r")

    assert await reports.find("r", "anna") is None
    assert await reports.read("r", 0, 1 << 20) == b""
