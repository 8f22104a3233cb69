"""A second process on the installation of one that runs: it says whose that is, and touches nothing of it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.faults import DatabaseUnusable
from bot.store.installation import Held, held, holder_of
from cards.texts import TEXTS
from tests.line import until
from tests.test_app import SOON, Surroundings, around, free_port, refused, started

__all__ = ["around"]

INTERRUPTED = TEXTS["interrupted.title"]["en"]


def leases(folder: Path) -> list[tuple[str, str]]:
    """Which errand is whose."""
    with closing(sqlite3.connect(folder / "mail-trace.sqlite3", timeout=10)) as database:
        return database.execute("SELECT id, lease FROM errands ORDER BY id").fetchall()


def lease(folder: Path) -> None:
    """Put down that somebody works on an errand, for ever."""
    with closing(sqlite3.connect(folder / "mail-trace.sqlite3", timeout=10)) as database:
        database.execute(
            "INSERT INTO errands VALUES ('held', 'watch', 'o', 'https://x', 'a:1', 'personal', 't', 'b',"
            " 'en', '', '{}', '', 1, 'theirs', '2999-01-01 00:00:00', '2000-01-01 00:00:00',"
            " '2999-01-01 00:00:00', '')"
        )
        database.commit()


@pytest.mark.parametrize("same_port", [True, False])
async def test_the_first_is_left_alone(around: Surroundings, *, same_port: bool) -> None:
    """The running card is not interrupted, the leases stay; the second names the first and ends with 1."""
    async with started(around.folder, around.settings) as first:
        await around.healthy()
        card = await around.ask_slow_graph(60)
        lease(around.folder)
        before = leases(around.folder)
        port = around.settings["PORT"] if same_port else str(free_port())
        second = around.folder / "second"
        second.mkdir()
        url = f"sqlite+aiosqlite:///{around.folder / 'mail-trace.sqlite3'}"
        settings = around.settings | {"PORT": port, "TRACE_DATABASE_URL": url}
        code, lines = await refused(second, settings)
        after = leases(around.folder)
        owed = around.owed()
        await around.healthy()

    assert code == 1
    assert f"process {first.process.pid} on " in lines[-1]
    assert lines[-1].startswith("PORT:" if same_port else "TRACE_DATABASE_URL:")
    assert before == after
    assert owed == 1
    assert INTERRUPTED not in card.words


async def test_commands_beside_a_running_bot(around: Surroundings) -> None:
    """`doctor` and `audit` need no lock."""
    async with started(around.folder, around.settings):
        await around.healthy()
        doctor, _ = await refused(around.folder, around.settings, "doctor")
        audit, _ = await refused(around.folder, around.settings, "audit", "--out", "a.csv")

    assert (doctor, audit) == (0, 0)
    assert (around.folder / "a.csv").exists()


async def test_after_a_kill_the_next_one_starts(around: Surroundings) -> None:
    """The lock goes with its process, however that ends, and the cards it left are mended then."""
    async with started(around.folder, around.settings) as first:
        await around.healthy()
        card = await around.ask_slow_graph(60)
        first.process.kill()
        await first.ended()
        async with started(around.folder, around.settings):
            await around.healthy()
            await until(lambda: INTERRUPTED in card.words, SOON)


def test_one_holder(tmp_path: Path) -> None:
    """Of two one gets it, the other hears who; given back, the next one gets it."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'x.sqlite3'}"
    with held(url, "127.0.0.1:1"):
        named = holder_of(url)
        with pytest.raises(Held, match=r"127\.0\.0\.1:1"), held(url, "127.0.0.1:2"):
            pass
    free = holder_of(url)
    with held(url, "127.0.0.1:2"):
        again = holder_of(url)

    assert named.endswith("for 127.0.0.1:1")
    assert (free, again.endswith("for 127.0.0.1:2")) == ("", True)


@pytest.mark.parametrize("way", ["a link", "a link to its folder", "a second name", "the lock taken away"])
def test_by_whatever_name(way: str, tmp_path: Path) -> None:
    """The file is held under each of its names, and though somebody cleared the lock beside it away."""
    folder = tmp_path / "data"
    folder.mkdir()
    file = folder / "x.sqlite3"
    with held(f"sqlite+aiosqlite:///{file}", "127.0.0.1:1"):
        other = file
        match way:
            case "a link":
                (other := tmp_path / "y.sqlite3").symlink_to(file)
            case "a link to its folder":
                (tmp_path / "other").symlink_to(folder)
                other = tmp_path / "other" / file.name
            case "a second name":
                (other := tmp_path / "z.sqlite3").hardlink_to(file)
            case _:
                (folder / "x.sqlite3.lock").unlink()
        with pytest.raises(Held), held(f"sqlite+aiosqlite:///{other}", "127.0.0.1:2"):
            pass
        with closing(sqlite3.connect(file, timeout=1)) as database:
            database.execute("PRAGMA journal_mode=WAL")
            database.execute("CREATE TABLE written (one)")


def test_nobody_holds_a_shared_database() -> None:
    """Replicas share one PostgreSQL."""
    url = "postgresql+psycopg://bot@db/trace"
    with held(url, "127.0.0.1:1"), held(url, "127.0.0.1:2"):
        assert holder_of(url) == ""


def test_no_place_for_the_lock(tmp_path: Path) -> None:
    """Where no lock can be, no database can be either."""
    with pytest.raises(DatabaseUnusable), held(f"sqlite+aiosqlite:///{tmp_path}/no/x.sqlite3", "x"):
        pass
