"""One engine for SQLite and PostgreSQL, its tables made or migrated at the start."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Table, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from tracing.model import Clock

BUSY_TIMEOUT_SECONDS = 15
_MIGRATION_LOCK = 0x6D61696C
"""Replicas that start together migrate one after the other."""


class Database:
    """The installation's database; `clock` is asked where the database itself has none that is shared."""

    def __init__(self, url: str, clock: Clock) -> None:
        self.is_postgresql = make_url(url).get_backend_name() == "postgresql"
        self._clock = clock
        if self.is_postgresql:
            self.engine: AsyncEngine = create_async_engine(url, pool_pre_ping=True)
        else:
            self.engine = create_async_engine(url, connect_args={"timeout": BUSY_TIMEOUT_SECONDS})
            _prepare_sqlite(self.engine)

    async def migrate(self) -> None:
        """Bring the tables to the newest revision."""
        async with self.engine.begin() as connection:
            await self.lock(connection, _MIGRATION_LOCK)
            await connection.run_sync(_upgrade)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """One transaction; on SQLite it holds the write lock from its first moment."""
        async with self.engine.begin() as connection:
            yield connection

    async def lock(self, connection: AsyncConnection, key: int) -> None:
        """Wait for the lock *key*, held to the end of the transaction; on SQLite each holds the only one."""
        if self.is_postgresql:
            await connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})

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


def _prepare_sqlite(engine: AsyncEngine) -> None:
    """WAL, and transactions that begin as writers: two that both read first would deadlock on the upgrade.

    Source: https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#pysqlite-serializable
    """

    def connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=NORMAL")
        cursor.close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", connected)
    event.listen(engine.sync_engine, "begin", begun)


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
