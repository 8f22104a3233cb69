"""One row that nobody can read: whoever it belongs to keeps the others, is told, and can delete it."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert, select

from bot.errands import Amended, Errand
from bot.store.database import Database
from bot.store.errands import Claim, Errands
from bot.store.kept import KeptSearches, Question
from bot.store.places import StoredPlaces
from bot.store.states import CardState, CardStates, pack
from bot.store.tables import UNREADABLE, signs
from bot.turns import Place, PlaceKind
from cards.texts import TEXTS
from demo.company import SATO
from tests.line import Line
from tests.signing import HeldClock
from tracing.model import TraceQuery

MAIL = "【至急】10月度請求書の件"
LOST, DELETE = TEXTS["kept.lost"]["en"].partition("|")[0].format(n=1), TEXTS["kept.lost.delete"]["en"]
WATCH_LOST = TEXTS["watch.lost"]["en"].partition("|")[0].format(n=1)
WATCH_DELETE, WATCH_DELETED = (TEXTS[f"watch.lost.{one}"]["en"] for one in ("delete", "deleted"))
UNEXPECTED = TEXTS["fault.unexpected.title"]["en"]
HERE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
QUESTION = Question(TraceQuery(), mine=False)
NONSENSE = [
    "{",
    "[]",
    "null",
    '{"query": 1}',
    "",
    "\x00",
    '{"query": {"period": {"duration": "P99999999999D"}}}',
]


async def spoil(folder: Path, statement: str, *values: str) -> None:
    """Change what is stored, past the bot."""

    def write() -> int:
        with closing(sqlite3.connect(folder / "line.sqlite3", timeout=10)) as database:
            changed = database.execute(statement, values).rowcount
            database.commit()
            return changed

    assert await asyncio.to_thread(write) == 1


@pytest.mark.parametrize("payload", NONSENSE)
async def test_saved_searches(payload: str, tmp_path: Path) -> None:
    """The others are listed and run, the form opens; the row is counted, and goes with its button."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender *@hoge.com")
        await line.ask(SATO, "save good")
        await line.ask(SATO, "trace sender *@partner.com")
        await line.ask(SATO, "save bad")
        await spoil(tmp_path, "UPDATE kept_searches SET payload = ? WHERE name = 'bad'", payload)
        listed, run = await line.ask(SATO, "saved"), await line.ask(SATO, "run good")
        form, named = await line.ask(SATO, "trace"), await line.ask(SATO, "run bad")
        after = await line.tap(SATO, listed, DELETE)
        again = await line.ask(SATO, "saved")

    assert LOST in listed.words
    assert "good" in listed.words
    assert MAIL in run.words
    assert UNEXPECTED not in form.words + named.words
    assert LOST not in after.words + again.words


async def test_recent_searches(tmp_path: Path) -> None:
    """The same of what was asked last."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender *@hoge.com")
        await line.ask(SATO, "trace sender *@partner.com")
        await spoil(tmp_path, "UPDATE kept_searches SET payload = '{' WHERE number = 1")
        listed = await line.ask(SATO, "recent")
        await line.ask(SATO, "save it")
        after = await line.tap(SATO, listed, DELETE)

    assert LOST in listed.words
    assert "partner" in listed.words
    assert LOST not in after.words


@pytest.mark.parametrize("column", ["payload", "place_kind"])
async def test_watches(column: str, tmp_path: Path) -> None:
    """The others are listed, stopped, new ones begin; the row is counted and can be deleted."""
    async with Line(tmp_path) as line:
        for domain in ("hoge.com", "partner.com"):
            await line.ask(SATO, f"watch failed from *@{domain}")
        await spoil(
            tmp_path,
            # A step that is under way keeps nothing of its own then.
            f"UPDATE errands SET {column} = '{{', lease = '', leased_until = NULL WHERE id IN"
            " (SELECT id FROM errands WHERE kind = 'watch' AND payload LIKE '%partner%')",
        )
        listed, stopped = await line.ask(SATO, "watches"), await line.ask(SATO, "unwatch 1")
        begun = await line.ask(SATO, "watch quarantined")
        after = await line.tap(SATO, listed, WATCH_DELETE)

    assert WATCH_LOST in listed.words
    assert "hoge.com" in listed.words
    assert UNEXPECTED not in stopped.words + begun.words
    assert WATCH_DELETED in after.words
    assert WATCH_LOST not in after.words


async def test_the_state_behind_a_card(tmp_path: Path) -> None:
    """A card whose state cannot be read has expired; the same search, asked again, has one that can be."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        await asyncio.to_thread(_spoil_states, tmp_path)
        tap = await line.tap(SATO, found, MAIL)
        again = await line.tap(SATO, await line.ask(SATO, "trace sender *@hoge.com"), MAIL)

    assert TEXTS["refused.expired"]["en"] in tap.words
    assert MAIL in again.words


def _spoil_states(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "line.sqlite3", timeout=10)) as database:
        assert database.execute("UPDATE state_payloads SET payload = x'00'").rowcount
        database.commit()


async def test_errands_go_on(database: Database) -> None:
    """A row of no kind of place rests, and holds up none that is due; leaving a place meets it too."""
    errands = Errands(database)
    for name in ("bad", "good"):
        await errands.add(Errand(name, "watch", "sato", HERE, "en", "", "{}"))
        await errands.show(name, "")
    async with database.transaction() as connection:
        await connection.exec_driver_sql("UPDATE errands SET place_kind = 'no such' WHERE id = 'bad'")
    claims = [await errands.claim() for _ in range(3)]
    lost = await errands.unreadable("watch", "sato")
    left = await errands.interrupt(HERE, whole_team=False, kind="watch", change=lambda errand: errand.payload)
    amended = await errands.amend("good", "sato", lambda payload: Amended(payload))

    assert [one.errand.id for one in claims if isinstance(one, Claim)] == ["good"]
    assert lost == ["bad"]
    assert [one.errand.id for one in await errands.of("watch", "sato")] == ["good"]
    assert (left, amended) == (1, True)
    assert await errands.find("bad", "sato") is None


async def test_stores_leave_it_out(database: Database, clock: HeldClock) -> None:
    """Kept searches, states and places leave it out, each its own."""
    kept, states, places = KeptSearches(database), CardStates(database), StoredPlaces(database)
    for name in ("a", "b"):
        await kept.save("sato", name, QUESTION)
    await states.keep("s", pack(CardState(TraceQuery(), mine=False)), "sato", "a:1")
    await places.approve(Place("https://x", "19:c", PlaceKind.CHANNEL, "t", "28:b"), "sato")
    async with database.transaction() as connection:
        await connection.exec_driver_sql("UPDATE kept_searches SET payload = '{' WHERE name = 'a'")
        await connection.exec_driver_sql("UPDATE places SET kind = 'no such'")

    assert [one.name for one in await kept.saved("sato")] == ["b"]
    assert len(await kept.unreadable("sato")) == 1
    assert await kept.unreadable("tanaka") == []
    assert await kept.find_named("sato", "a") is None
    assert await states.find("s", "sato", "a:1") is not None
    assert await places.find("19:c") is None
    assert await places.all() == []


@pytest.mark.parametrize("moment", ["0001-01-01 00:00:00.000000", "9999-12-31 23:59:59.999999"])
async def test_times_can_be_reckoned_with(moment: str, database: Database) -> None:
    """A time at the end of all times is read as one that has room on either side, also in another zone."""
    async with database.transaction() as connection:
        await connection.execute(insert(signs).values(name="x", latest_at=UNREADABLE))
        await connection.exec_driver_sql(f"UPDATE signs SET latest_at = '{moment}'")
        (read,) = (await connection.execute(select(signs.c.latest_at))).scalars()

    assert read - timedelta(days=365) < read < read + timedelta(days=365)
    assert read.astimezone(ZoneInfo("Asia/Tokyo")) == read.astimezone(ZoneInfo("America/Lima")) == read
