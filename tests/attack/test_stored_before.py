"""What was stored before all of this opens: its cards answer taps, and what was owed is brought to its end.

`tests/samples/stored_before.json.gz` was made by commit 8bc29f3 at `tests.line.NOW`: the SQLite file as SQL,
and the cards as they then stood, one of a search and one of a report under way. SERVICE is the connector.
"""

import gzip
import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, insert

import bot.store
from bot.store.database import Database
from bot.store.states import LIFETIME, CardState, CardStates, pack
from bot.store.tables import card_states
from cards.texts import TEXTS
from demo.company import SATO, TANAKA
from demo.connector import Json, personal_id
from demo.tenant import Tenant
from tests.bot.store.test_states import ANNA, FULL, HERE
from tests.line import Line, Message, buttons, sample_mailbox
from tests.signing import HeldClock
from tracing.model import Answer, Window

SAMPLE = Path(__file__).parents[1] / "samples" / "stored_before.json.gz"
REFUSALS = {
    TEXTS[key]["en"]
    for key in ("refused.expired", "refused.bad_tap", "fault.unexpected.title", "report.gone.title")
}


class Reopened(Line):
    """A line on what was stored before; `cards` are those messages."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, Tenant(sample_mailbox(), clock=lambda: self.clock.now()))
        self._stored = folder / "line.sqlite3"
        self.cards: list[Message] = []

    def _application(self) -> web.Application:
        if not self._stored.exists():
            text = gzip.decompress(SAMPLE.read_bytes()).decode().replace("SERVICE", self.service_url)
            sample: Json = json.loads(text)
            with closing(sqlite3.connect(self._stored)) as database:
                database.executescript(sample["dump"])
            self.cards = [Message(m["id"], m["conversation"], [m["activity"]]) for m in sample["messages"]]
            self.connector.messages += [one for one in self.cards if one.summary]
            self.connector.sent = 100
        return super()._application()

    def card(self, summary: str) -> Message:
        return next(one for one in self.cards if one.versions[0].get("summary", "").startswith(summary))


async def test_cards_of_before_answer_taps(tmp_path: Path) -> None:
    """Every button of every card answers as it did; none is called expired, forged or a fault."""
    answers: dict[str, list[str]] = {}
    async with Reopened(tmp_path) as line:
        for found in line.cards:
            person = TANAKA if found.conversation_id == personal_id(TANAKA) else SATO
            for press in buttons(found.card):
                # The report that is under way may have come to its end by now.
                if found.summary != TEXTS["report.writing.summary"]["en"]:
                    told = await line.tap(person, found, press)
                    answers.setdefault(press["verb"], []).append(told.words)

    said = [(verb, one) for verb, all_ in answers.items() for one in all_]
    assert [(verb, one) for verb, one in said if REFUSALS & set(one.splitlines())] == []
    assert all("Back to results" in one for one in answers["open"])
    assert {"page", "again", "refine", "begin_report", "change_watch", "run", "tell"} <= answers.keys()


async def test_what_was_owed_before_comes_to_its_end(tmp_path: Path) -> None:
    """A search that was cut off says so and runs again; a report under way is finished and offered."""
    async with Reopened(tmp_path) as line:
        looking, writing = line.card("Tracing mail"), line.card("Writing the report")
        await line.until(lambda: len(looking.versions) > 1)
        line.clock.pass_time(timedelta(minutes=30))
        await line.until(lambda: writing.summary == TEXTS["report.ready.title"]["en"])
        again = await line.tap(SATO, looking, "Run again")

    assert looking.summary == TEXTS["interrupted.title"]["en"]
    assert "Message trace" in again.words


async def test_a_state_of_before_is_found_after_the_migration(database_url: str, clock: HeldClock) -> None:
    """A state that was kept with its payload in its own row opens beside those that share theirs."""
    window = Window(clock.now() - timedelta(days=1), clock.now())
    state = CardState(FULL, mine=True, answer=Answer((), window, clock.now(), 1, 0))

    def up_to_then(connection: Connection) -> None:
        config = Config(attributes={"connection": connection})
        config.set_main_option("script_location", str(Path(bot.store.__file__).parent / "migrations"))
        command.upgrade(config, "0013")

    database = Database(database_url, clock)
    async with database.transaction() as connection:
        await connection.run_sync(up_to_then)
        row = {
            "id": "before",
            "reader": ANNA,
            "conversation_id": HERE,
            "payload": pack(state),
        }
        expires = await database.now(connection) + LIFETIME
        await connection.execute(insert(card_states).values(**row, expires_at=expires))
    await database.migrate()
    states = CardStates(database)
    after = await states.save(state, ANNA, HERE)
    await states.sweep()

    assert await states.find("before", ANNA, HERE) == state
    assert await states.find(after, ANNA, HERE) == state
    await database.close()
