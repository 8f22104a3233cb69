"""Tables that are made once, by whoever comes first, and transactions that wait their turn."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text

from bot.store.claims import Claims
from bot.store.database import Database, DatabaseUnusable
from bot.store.errands import Errands
from bot.store.stamps import StampBudget
from bot.store.tables import metadata
from tests.signing import HeldClock
from tracing.model import Spender


def differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def table_names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_migrations_make_the_tables(database: Database) -> None:
    """What the migrations make is what `tables` declares: no table, column or index more or less."""
    async with database.transaction() as connection:
        found = await connection.run_sync(differences)
        names = await connection.run_sync(table_names)

    assert found == []
    assert names == {*metadata.tables, "alembic_version"}


async def test_migrating_again(database: Database) -> None:
    """A second start leaves the tables and what they hold as they are."""
    await Claims(database).claim("a:1", "activity")

    await database.migrate()

    assert not await Claims(database).claim("a:1", "activity")


async def test_starting_at_once(database_url: str, clock: HeldClock) -> None:
    """Processes that start together on an empty database all find their tables."""
    databases = [Database(database_url, clock) for _ in range(6)]

    # Without the lock they wait for each other's catalogue rows, some for ever.
    async with asyncio.timeout(60):
        await asyncio.gather(*(database.migrate() for database in databases))

    claims = await asyncio.gather(*(Claims(database).claim("a:1", "activity") for database in databases))
    for database in databases:
        await database.close()
    assert claims.count(True) == 1


async def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    """What a transaction wrote before it failed is not there."""

    async def fail() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("DELETE FROM alembic_version"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()

    async with database.transaction() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM alembic_version"))).scalar_one() == 1


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_read_only(database: Database) -> None:
    """A database that takes nothing now, for want of space or as a replica, is away as one that is down."""
    mode = "SET SESSION CHARACTERISTICS AS TRANSACTION READ"
    async with database.transaction() as connection:
        await connection.execute(text(f"{mode} ONLY"))
    with pytest.raises(DatabaseUnusable):
        await Claims(database).claim("a:1", "activity")
    with pytest.raises(DatabaseUnusable):
        await Errands(database).claim()
    async with database.transaction() as connection:
        await connection.execute(text(f"{mode} WRITE"))

    assert await Claims(database).claim("a:1", "activity")


async def test_time_is_aware(database: Database, clock: HeldClock) -> None:
    """The time all processes agree on is an aware one: on SQLite this process's, else the database's own."""
    async with database.transaction() as connection:
        now = await database.now(connection)

    assert now.utcoffset() == timedelta(0)
    assert (now == clock.now()) is not database.is_postgresql


async def test_many_at_once(database: Database) -> None:
    """Three hundred writers in one process all get their turn."""
    claims = Claims(database)

    taken = await asyncio.gather(*(claims.claim("a:1", str(number)) for number in range(300)))

    assert all(taken)


async def test_two_processes_write(database_url: str, clock: HeldClock) -> None:
    """Writers of two processes wait for each other; nobody is told that the database is locked."""
    databases = [Database(database_url, clock) for _ in range(2)]
    await databases[0].migrate()

    taken = await asyncio.gather(
        *(Claims(databases[n % 2]).claim("a:1", f"{n // 2}") for n in range(200)),
        *(StampBudget(databases[n % 2]).take(Spender("somebody")) for n in range(40)),
    )

    for database in databases:
        await database.close()
    assert taken[:200].count(True) == 100


async def test_given_up_midway(database: Database) -> None:
    """Work that is cancelled inside a transaction neither leaves a lock behind nor a broken connection."""

    async def hold() -> None:
        async with database.transaction() as connection:
            await connection.execute(text("DELETE FROM alembic_version"))
            await asyncio.sleep(60)

    for pause in (0, 0.001, 0.005, 0.02):
        tasks = [asyncio.create_task(hold()) for _ in range(5)]
        await asyncio.sleep(pause)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    taken = await asyncio.gather(*(Claims(database).claim("a:1", str(number)) for number in range(30)))
    assert all(taken)


def sqlite(folder: Path, clock: HeldClock, patience: timedelta = timedelta(seconds=15)) -> Database:
    return Database(f"sqlite+aiosqlite:///{folder / 'test.sqlite3'}", clock, patience)


async def test_sqlite_writes_ahead(tmp_path: Path, clock: HeldClock) -> None:
    """SQLite keeps a write-ahead log, so that whoever reads the file does not hold up the bot."""
    database = sqlite(tmp_path, clock)
    await database.migrate()

    async with database.transaction() as connection:
        mode = (await connection.execute(text("PRAGMA journal_mode"))).scalar_one()
    with closing(sqlite3.connect(tmp_path / "test.sqlite3")) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM claimed_activities").fetchall()
        taken = await Claims(database).claim("a:1", "activity")

    await database.close()
    assert mode == "wal"
    assert taken


async def test_sqlite_locked(tmp_path: Path, clock: HeldClock) -> None:
    """A file that another program holds locked is an error after the patience, and good again when freed."""
    database = sqlite(tmp_path, clock, patience=timedelta(seconds=0.2))
    await database.migrate()
    with closing(sqlite3.connect(tmp_path / "test.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        async with asyncio.timeout(5):
            with pytest.raises(DatabaseUnusable, match="locked"):
                await Claims(database).claim("a:1", "activity")

    taken = await Claims(database).claim("a:1", "activity")
    await database.close()
    assert taken


@pytest.mark.parametrize(
    "url",
    [
        "sqlite+aiosqlite:////nowhere/at/all/test.sqlite3",
        "postgresql+psycopg://somebody:s3cret@127.0.0.1:9/nothing",
    ],
)
async def test_out_of_reach(url: str, clock: HeldClock) -> None:
    """A database that cannot be opened is named as such, without the password."""
    database = Database(url, clock)
    with pytest.raises(DatabaseUnusable) as fault:
        await database.migrate()

    await database.close()
    assert "s3cret" not in str(fault.value)


async def test_no_database(tmp_path: Path, clock: HeldClock) -> None:
    """A file that is something else is left alone."""
    (tmp_path / "test.sqlite3").write_text("Dear diary, " * 100)
    database = sqlite(tmp_path, clock)

    with pytest.raises(DatabaseUnusable, match="not a database"):
        await database.migrate()

    await database.close()


async def test_of_a_later_version(database: Database) -> None:
    """Tables that a later version of the program made are left alone."""
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseUnusable, match="9999"):
        await database.migrate()


async def test_not_permitted(tmp_path: Path, clock: HeldClock) -> None:
    """A file that cannot be written is named as such at the start, not at the first question."""
    (tmp_path / "test.sqlite3").mkdir()
    database = sqlite(tmp_path, clock)
    with pytest.raises(DatabaseUnusable, match="unable to open"):
        await database.migrate()

    await database.close()
