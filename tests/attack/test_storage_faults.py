"""Storage that fails under the running bot: damaged pages, a full disk, a full file."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.store.database import Database
from bot.store.faults import DatabaseDamaged, DatabaseFull, DatabaseUnusable, unusable
from cards.texts import TEXTS
from demo.company import SATO
from tests.line import Line
from tests.signing import HeldClock

QUESTION = "trace sender *@hoge.com"
MAIL = "【至急】10月度請求書の件"
WHAT, UNRECORDED, DAMAGED = (TEXTS[f"away.{one}"]["en"] for one in ("what", "unrecorded", "damaged"))


def overwrite(file: Path) -> None:
    """Put nonsense in place of every page but the first, where the bot's next look finds it."""
    with closing(sqlite3.connect(file, timeout=10)) as other:
        # What is in the log is in the file then, and what the bot has read before is not valid any more.
        other.execute("CREATE TABLE changed (one)")
        other.commit()
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with file.open("r+b") as pages:
        size = os.fstat(pages.fileno()).st_size
        pages.seek(4096)
        pages.write(b"\xa5" * (size - 4096))


async def ready(line: Line) -> tuple[int, str]:
    """The status of `/readyz`, and its word for the database."""
    async with ClientSession() as session, session.get(f"{line.bot_url}/readyz") as response:
        return response.status, str((await response.json())["database"])


async def test_damaged_pages_are_a_database_that_is_away(tmp_path: Path) -> None:
    """Pages are overwritten while it runs: traces are answered, what needs the pages says that they are
    damaged, and `/readyz` says no, for as long as the process lives."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, QUESTION)
        before = await ready(line)
        await asyncio.to_thread(overwrite, tmp_path / "line.sqlite3")
        found = await line.ask(SATO, "trace sender *@partner.com")
        saved = await line.ask(SATO, "saved")
        after = await ready(line)

    assert before == (200, "ok")
    assert TEXTS["away.line"]["en"] in found.words
    assert DAMAGED in saved.words
    assert after == (503, "damaged")


async def test_a_file_that_is_no_database_any_more(tmp_path: Path) -> None:
    """The first page goes too: nothing is answered with 500 and silence."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "help")
        await asyncio.to_thread(overwrite, tmp_path / "line.sqlite3")
        with (tmp_path / "line.sqlite3").open("r+b") as pages:
            pages.write(b"nonsense" * 512)
        found = await line.ask(SATO, QUESTION)
        saved = await line.ask(SATO, "saved")
        status, _ = await ready(line)

    assert MAIL in found.words
    assert WHAT in saved.words or DAMAGED in saved.words
    assert status == 503


@pytest.mark.parametrize("way", ["removed", "replaced"])
async def test_a_file_that_was_taken_away(way: str, tmp_path: Path) -> None:
    """What is written into a file without a name is lost: `/readyz` says no though the bot writes on."""
    file = tmp_path / "line.sqlite3"
    async with Line(tmp_path) as line:
        await line.ask(SATO, "help")
        before = await ready(line)
        if way == "replaced":
            shutil.copy(file, tmp_path / "backup")
            (tmp_path / "backup").rename(file)
        else:
            file.unlink()
        after = await ready(line)
        found = await line.ask(SATO, QUESTION)

    assert before == (200, "ok")
    assert after == (503, "damaged")
    assert MAIL in found.words


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of four megabytes; skipped where none may be mounted."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", str(folder)]
    if mount is None or os.geteuid() or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("no file system may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> None:
    """Leave no byte free."""
    with (folder / "fill").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


async def test_a_full_disk_shows_nothing_unrecorded(small_disk: Path) -> None:
    """The disk of database and spool is full: nothing is shown, nothing promised; with room all goes on."""
    async with Line(small_disk) as line:
        await line.ask(SATO, QUESTION)
        before = await ready(line)
        fill(small_disk)
        refused = await line.ask(SATO, "trace sender *@partner.com")
        saved = await line.ask(SATO, "saved")
        full = await ready(line)
        (small_disk / "fill").unlink()
        again = await line.ask(SATO, QUESTION)
        after = await ready(line)

    assert before == after == (200, "ok")
    assert UNRECORDED in refused.words
    assert WHAT not in saved.words
    assert full == (503, "full")
    assert MAIL in again.words
    assert list((small_disk / "spool").glob("*")) == []


async def test_ready_writes(tmp_path: Path, clock: HeldClock) -> None:
    """A probe writes: a file that may not grow is full, one that may is not, and nothing is left behind."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'full.sqlite3'}", clock)
    await database.migrate()
    with closing(sqlite3.connect(tmp_path / "full.sqlite3")) as other:
        other.execute("VACUUM")
    async with database.engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DatabaseFull):
        await database.probe()
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    await database.probe()
    async with database.transaction() as connection:
        left = (await connection.exec_driver_sql("SELECT count(*) FROM card_states")).scalar_one()
    await database.close()

    assert left == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_what_postgresql_refuses(database: Database) -> None:
    """A server that takes no writes, and tables that are gone, are a database that is away."""
    async with database.transaction() as connection:
        await connection.exec_driver_sql("SET default_transaction_read_only = on")
    with pytest.raises(DatabaseUnusable):
        await database.probe()
    async with database.transaction() as connection:
        await connection.exec_driver_sql("SET default_transaction_read_only = off")
    await database.probe()
    async with database.transaction() as connection:
        await connection.exec_driver_sql("DROP TABLE card_states")
    with pytest.raises(DatabaseUnusable):
        await database.probe()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (sqlite3.SQLITE_CORRUPT, DatabaseDamaged),
        (sqlite3.SQLITE_NOTADB, DatabaseDamaged),
        (sqlite3.SQLITE_CORRUPT_INDEX, DatabaseDamaged),
        (sqlite3.SQLITE_FULL, DatabaseFull),
        (sqlite3.SQLITE_IOERR, DatabaseUnusable),
        (sqlite3.SQLITE_READONLY, DatabaseUnusable),
    ],
)
def test_each_code_means_one_thing(code: int, kind: type[DatabaseUnusable]) -> None:
    """Damaged, full or away, by SQLite's own code."""
    error = sqlite3.DatabaseError("no\nmatter")
    error.sqlite_errorcode = code

    assert type(unusable(error)) is kind
    assert str(unusable(error)) == "no matter"
