"""One engine for SQLite and PostgreSQL, its tables made or migrated at the start."""

import asyncio
import logging
import os
import secrets
import shutil
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import aiosqlite
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Table, delete, event, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.store.faults import OURS, DatabaseDamaged, DatabaseFull, unusable
from bot.store.faults import DatabaseUnusable as DatabaseUnusable
from bot.store.tables import card_states
from tracing.age import instant
from tracing.model import Clock

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=15)
"""How long a transaction waits for its turn: for the pool, and for a file that another program has locked."""
_PAUSE = 0.02
"""Seconds between two tries to change the mode of a file."""
MIN_FREE = 1024 * 1024
"""Bytes that must be free on the disk of a SQLite file; with less, the next write may fail."""
EXAMINED = timedelta(seconds=10)
"""The longest time spent reading a file through."""
_STEPS = 100_000
"""Instructions of SQLite's virtual machine between two checks of the time."""
_PROBE = 8 * 1024
"""Bytes that a probe writes: more than fits into free pages."""
_MIGRATION_LOCK = 0x6D61696C
"""Replicas that start together migrate one after the other."""


class Revision(StrEnum):
    """How the tables stand to this program."""

    NEW = "new"
    OLD = "old"
    CURRENT = "current"
    NEWER = "newer"


class Database:
    """The installation's database; `clock` is used when the database has no shared clock of its own.

    `damage` is the first damage found since the start, "" if none.
    """

    def __init__(self, url: str, clock: Clock, patience: timedelta = PATIENCE) -> None:
        parts = make_url(url)
        self.is_postgresql = parts.get_backend_name() == "postgresql"
        self.damage = ""
        self._file = None if self.is_postgresql else parts.database
        self._opened: tuple[int, int] | None = None
        self._patience = patience
        self._clock = clock
        self._asked = instant(clock)
        seconds = patience.total_seconds()
        if self.is_postgresql:
            connecting: dict[str, Any] = {"connect_timeout": max(2, int(seconds))}
            self.engine: AsyncEngine = create_async_engine(
                url, pool_pre_ping=True, pool_timeout=seconds, connect_args=connecting
            )
        else:
            # One writes at a time anyway; the pool's queue is fair, the file's lock is not.
            connecting = {"timeout": seconds, "async_creator_fn": _open}
            self.engine = create_async_engine(
                url, pool_size=1, max_overflow=0, pool_timeout=seconds, connect_args=connecting
            )
            _prepare_sqlite(self.engine)

    async def migrate(self) -> None:
        """Bring the tables to the newest revision. Raises: DatabaseUnusable."""
        if self._file is not None:
            await asyncio.to_thread(_prepare_file, self._file, self._patience)
        try:
            async with self.transaction() as connection:
                await self.lock(connection, _MIGRATION_LOCK)
                await connection.run_sync(_upgrade)
        except CommandError as error:
            # The tables are of a later version of this program.
            raise DatabaseUnusable(str(error)) from error
        except DBAPIError as error:
            raise unusable(error) from error
        if self._file is not None:
            self._opened = await asyncio.to_thread(_identity, Path(self._file))

    async def probe(self) -> None:
        """Write something and remove it again. Raises: DatabaseUnusable: nothing can be stored."""
        await self._look_at_file()
        if self.damage:
            raise DatabaseDamaged(self.damage)
        probe = card_states.c.id == (name := f"probe {secrets.token_hex(16)}")
        async with self.transaction() as connection:
            expired = await self.now(connection)
            values = {"id": name, "reader": "", "conversation_id": "", "payload": bytes(_PROBE)}
            await connection.execute(insert(card_states).values(**values, expires_at=expired))
        # In its own transaction: a row removed in the same one is never written.
        async with self.transaction() as connection:
            await connection.execute(delete(card_states).where(probe))

    async def _look_at_file(self) -> None:
        """Raises: DatabaseFull. Writes into a deleted file are lost when the process ends."""
        if self._file is None or self.damage:
            return
        file = Path(self._file)
        if self._opened not in (None, await asyncio.to_thread(_identity, file)):
            self._damaged(DatabaseDamaged(f"{file} was removed or replaced since the start"))
        elif await asyncio.to_thread(_free, file) < MIN_FREE:
            raise DatabaseFull("the disk is full")

    def _damaged(self, fault: DatabaseDamaged) -> None:
        """Keep the first damage found, and log it once."""
        if not self.damage:
            self.damage = str(fault)
            log.error("database damaged, stop the bot and restore a backup: %s", fault)

    async def examine(self) -> None:
        """Read a SQLite file through, within the time allowed. Raises: DatabaseDamaged, DatabaseFull."""
        if self._file is not None:
            await asyncio.to_thread(_examine, self._file)

    async def revision(self) -> Revision:
        """How the tables stand; nothing is made or changed. Raises: DatabaseUnusable."""
        if self._file is not None and not await asyncio.to_thread(_is_there, Path(self._file)):
            return Revision.NEW
        async with self.transaction() as connection:
            return await connection.run_sync(_revision)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction; on SQLite it holds the write lock from its first moment.

        Raises: DatabaseUnusable: for every database failure except bad values.
        """
        try:
            async with self.engine.begin() as connection:
                yield connection
        except OURS:
            raise
        except (DBAPIError, PoolTimeout) as error:
            fault = unusable(error)
            if isinstance(fault, DatabaseDamaged):
                self._damaged(fault)
            raise fault from error

    async def lock(self, connection: AsyncConnection, key: int) -> None:
        """Wait for the lock *key*, held to the end of the transaction; on SQLite each holds the only one."""
        if self.is_postgresql:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})

    @contextmanager
    def set_back(self) -> Iterator[timedelta]:
        """How far the clock was set back since a block of this last succeeded; zero on a server with its own
        clock."""
        before, asked = self._asked, instant(self._clock)
        passed = timedelta(seconds=asked.steady - before.steady)
        yield timedelta(0) if self.is_postgresql else max(before.wall + passed - asked.wall, timedelta(0))
        self._asked = asked

    async def now(self, connection: AsyncConnection) -> datetime:
        """The time all processes on this database agree on."""
        if not self.is_postgresql:
            return self._clock.now()
        moment: datetime = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        return moment

    def insert(self, table: Table) -> Any:
        """An INSERT of this database's dialect, which knows ON CONFLICT."""
        return postgresql.insert(table) if self.is_postgresql else sqlite.insert(table)

    async def close(self) -> None:
        await self.engine.dispose()


def _examine(file: str) -> None:
    """Raises: DatabaseUnusable. A file too large to read through in time counts as intact."""
    if not Path(file).exists():
        return
    if _free(Path(file)) < MIN_FREE:
        raise DatabaseFull("the disk is full")
    until = time.monotonic() + EXAMINED.total_seconds()
    try:
        with closing(sqlite3.connect(f"{Path(file).absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
            (said,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_INTERRUPT:
            return
        raise unusable(error) from error
    if said != "ok":
        raise DatabaseDamaged(" ".join(said.split()))


def _identity(file: Path) -> tuple[int, int] | None:
    """The identity of the file with that name; None if there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _free(file: Path) -> int:
    """The free bytes on the disk of *file*."""
    try:
        return shutil.disk_usage(file.parent).free
    except OSError as error:
        raise DatabaseUnusable(f"{file.parent}: {error.strerror}") from error


def _prepare_file(file: str, patience: timedelta) -> None:
    """Open, or make, a SQLite *file* and have it keep a write-ahead log.

    Once, and not by the engine: connections that change the mode together fail, and one that cannot open
    leaves a thread behind that reports to a loop which has gone.
    Source: https://sqlite.org/wal.html
    """
    until = time.monotonic() + patience.total_seconds()
    try:
        with closing(sqlite3.connect(file, timeout=patience.total_seconds())) as connection:
            while not _keeps_log(connection, until):
                time.sleep(_PAUSE)
    except sqlite3.Error as error:
        raise unusable(error) from error


def _keeps_log(connection: sqlite3.Connection, until: float) -> bool:
    """Whether the file has its write-ahead log; False while another process changes the mode.

    Of two that change it together SQLite refuses one at once, whatever its timeout: they could wait for each
    other. Raises: sqlite3.Error: it cannot be had, or not *until* then.
    """
    try:
        connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
            raise
        return False
    return True


async def _open(*arguments: Any, **options: Any) -> aiosqlite.Connection:
    """A connection that is open, or closed again: its thread opens the file though nobody waits any more."""
    connection = aiosqlite.connect(*arguments, **options)
    # As SQLAlchemy's own way to open one has it: a thread that was forgotten keeps no process alive.
    connection._thread.daemon = True
    opening = asyncio.ensure_future(_opened(connection))
    try:
        return await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(sqlite3.Error):
            await (await opening).close()
        raise


async def _opened(connection: aiosqlite.Connection) -> aiosqlite.Connection:
    try:
        return await connection
    except sqlite3.Error:
        # A connection that could not be opened still has a callback to run, which needs the loop.
        await asyncio.to_thread(connection._thread.join)
        raise


def _prepare_sqlite(engine: AsyncEngine) -> None:
    """Transactions that begin as writers: two that both read first would deadlock on the upgrade.

    One that is cut off is rolled back: its connection is closed, but SQLite keeps what is closed, and its
    lock, for as long as a statement is unfinished, and the exception that cut it off holds the statement.
    Source: https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable,
    https://sqlite.org/c3ref/close.html
    """

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def given_up(connection: Any, _record: object, _error: object) -> None:
        # What cannot be rolled back is closed all the same.
        with suppress(sqlite3.Error):
            connection.rollback()

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)
    event.listen(engine.sync_engine, "invalidate", given_up)


def _is_there(file: Path) -> bool:
    """Whether the file is there; opening one to look would make it."""
    if not file.exists() and not os.access(file.parent, os.W_OK):
        raise DatabaseUnusable(f"{file.parent} is not there, or cannot be written")
    return file.exists()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> Revision:
    current = MigrationContext.configure(connection).get_current_revision()
    scripts = ScriptDirectory.from_config(_config())
    if current is None:
        return Revision.NEW
    if current == scripts.get_current_head():
        return Revision.CURRENT
    known = {script.revision for script in scripts.walk_revisions()}
    return Revision.OLD if current in known else Revision.NEWER
