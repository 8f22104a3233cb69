"""A process killed at any moment, and a Teams that takes no answer: a question is never lost in silence."""

import asyncio
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientError, web

from cards.texts import TEXTS
from demo.activities import Scene, arrival, typed
from demo.company import SATO
from demo.connector import CHANNEL, Json
from demo.tenant import Tenant
from tests.line import ENGLISH, Line, RecordingConnector, place_of, sample_mailbox, until
from tests.test_app import SOON, Surroundings, around, started

__all__ = ["around"]

QUESTION = "trace sender *@hoge.com"
MAIL = "【至急】10月度請求書の件"
INTERRUPTED, UNANSWERED = (TEXTS[f"interrupted.{one}"]["en"] for one in ("title", "unanswered"))
WRITING, SAVED = TEXTS["report.writing.title"]["en"], TEXTS["report.ready.title"]["en"]
AGAIN = TEXTS["button.again"]["en"]


def debts(folder: Path, name: str = "line.sqlite3") -> int:
    """How many turns are owed an answer."""
    with closing(sqlite3.connect(folder / name, timeout=10)) as database:
        return int(database.execute("SELECT count(*) FROM errands WHERE kind = 'turn'").fetchone()[0])


def line_in(folder: Path) -> Line:
    """A bot whose sample tenant lives at the same time."""
    line: Line = Line(folder, Tenant(sample_mailbox(), clock=lambda: line.clock.now()))
    return line


async def later(line: Line, true: Callable[[], object]) -> None:
    """Let time pass until it is so: a few seconds at a time, so that nothing that is due is missed."""
    async with asyncio.timeout(SOON * 2):
        while not true():
            line.clock.pass_time(timedelta(seconds=5))
            await asyncio.sleep(0.1)


# --- a Teams that refuses ---------------------------------------------------------------------------


@pytest.mark.parametrize("text", [QUESTION, "help", "saved", "watch failed"])
@pytest.mark.parametrize("status", [403, 500, 503, 401])
async def test_a_first_post_that_is_refused_comes_later(status: int, text: str, tmp_path: Path) -> None:
    """Teams refuses whatever is sent for a while: the answer comes when it takes one, once."""
    async with line_in(tmp_path) as line:
        line.connector.refusals = [status] * 3
        await line.say(SATO, text)
        await later(line, lambda: line.connector.messages)
        found = await line.answer(SATO)
        await line.until(lambda: debts(tmp_path) == 0)

    assert len(line.connector.messages) == 1
    assert AGAIN not in found.words


async def test_too_much_at_once(tmp_path: Path) -> None:
    """A long 429, over every attempt of one call, is waited out too."""
    async with line_in(tmp_path) as line:
        line.connector.refusals = [429] * 8
        await line.say(SATO, QUESTION)
        await later(line, lambda: line.connector.messages)
        found = await line.answer(SATO)

    assert MAIL in found.words


async def test_a_channel_without_an_answer(tmp_path: Path) -> None:
    """The same where the answer goes to the asker's 1:1, and the place gets a line."""
    async with line_in(tmp_path) as line:
        await line.ask(SATO, "help")
        line.connector.refusals = [500] * 2
        await line.say(SATO, QUESTION, CHANNEL)
        await later(line, lambda: len(line.connector.messages) > 1)
        found = await line.answer(SATO)

    assert MAIL in found.words


async def test_beyond_the_deadline_it_is_said(tmp_path: Path) -> None:
    """Teams takes nothing for longer than an answer is tried: that is said when it can be, with a button."""
    async with line_in(tmp_path) as line:
        line.connector.refusals = [403] * 3
        await line.say(SATO, QUESTION)
        await line.until(lambda: len(line.connector.refusals) <= 2)
        line.clock.pass_time(timedelta(minutes=20))
        await later(line, lambda: line.connector.messages)
        told = await line.answer(SATO)
        tap = await line.tap(SATO, told, AGAIN)
        await line.until(lambda: debts(tmp_path) == 0)

    assert UNANSWERED in told.words
    assert MAIL in tap.words


async def test_a_card_that_cannot_be_edited_until_the_deadline(tmp_path: Path) -> None:
    """A turn was taken up on a card that says “looking”, and no edit is taken: with the apology the card says
    that what follows is below, and looks no longer."""
    connector = NoEdits()
    line: Line = Line(tmp_path, Tenant(sample_mailbox(), clock=lambda: line.clock.now()), connector)
    async with line:
        connector.refusals = [500]
        await line.say(SATO, "saved")
        await later(line, lambda: connector.refused)
        line.clock.pass_time(timedelta(minutes=20))
        connector.edits = True
        await later(line, lambda: debts(tmp_path) == 0)

    looked, told = connector.messages
    assert TEXTS["notice.unanswered"]["en"].partition("{")[0] in told.words
    assert not looked.is_looking


@pytest.mark.parametrize("status", [401, 403])
async def test_the_last_word_without_a_right_to_say_it(status: int, tmp_path: Path) -> None:
    """The right to edit is gone when the answer comes and when the card is mended first: once it is there
    again, the card has its last word."""
    connector = NoEdits(status=status)
    line: Line = Line(tmp_path, Tenant(sample_mailbox(), clock=lambda: line.clock.now()), connector)
    async with line:
        await line.say(SATO, QUESTION)
        await later(line, lambda: connector.refused >= 3)
        connector.edits = True
        await later(line, lambda: not connector.messages[0].is_looking)

    assert INTERRUPTED in connector.messages[0].words


@dataclass
class NoEdits(RecordingConnector):
    """Takes new messages, and no edits unless it is to; `refused` counts those."""

    edits: bool = False
    refused: int = 0
    status: int = 500

    async def _taken(
        self, method: str, conversation_id: str, activity_id: str, body: Json
    ) -> web.Response | None:
        if method == "PUT" and not self.edits:
            self.refused += 1
            return web.json_response({}, status=self.status)
        return await super()._taken(method, conversation_id, activity_id, body)


async def test_the_last_word_that_is_refused(tmp_path: Path) -> None:
    """“Looking” is up, and the answer is refused: the card says later that it was interrupted."""
    async with line_in(tmp_path) as line:
        connector = line.connector
        await line.say(SATO, QUESTION)
        await line.until(lambda: connector.messages)
        connector.refusals = [500] * 1
        await line.until(lambda: connector.refusals == [] or not connector.messages[0].is_looking)
        await later(line, lambda: not connector.messages[0].is_looking)
        found = connector.messages[0]

    assert MAIL in found.words or INTERRUPTED in found.words


async def test_nothing_is_kept_of_what_is_answered(tmp_path: Path) -> None:
    """The words of a question are in the database until it is answered, and no longer."""
    async with line_in(tmp_path) as line:
        line.connector.refusals = [500]
        await line.say(SATO, "help with-a-secret-word")
        await line.until(lambda: line.connector.refusals == [])
        await line.until(lambda: "with-a-secret-word" in kept(tmp_path))
        await later(line, lambda: line.connector.messages)
        await line.answer(SATO)
        await line.until(lambda: debts(tmp_path) == 0)

    assert "with-a-secret-word" not in kept(tmp_path)


def kept(folder: Path) -> str:
    """What is kept of all turns that are owed."""
    with closing(sqlite3.connect(folder / "line.sqlite3", timeout=10)) as database:
        return str(database.execute("SELECT payload FROM errands WHERE kind = 'turn'").fetchall())


# --- a process that is killed -----------------------------------------------------------------------


def activity(around: Surroundings, text: str) -> dict[str, Any]:
    """*text*, as Teams sends it."""
    scene = Scene(SATO, place_of(SATO), ENGLISH, around.connector_url, datetime.now(UTC))
    return dict(typed(scene, text))


async def send(around: Surroundings, what: dict[str, Any]) -> bool:
    """Whether the bot took *what*."""
    try:
        async with around.session.post(f"{around.url}/api/messages", json=what) as response:
            return response.status == 200
    except ClientError:
        return False


def answered(around: Surroundings, conversation_id: str) -> bool:
    """Whether some card there has its last word."""
    said = around.connector.said_in(conversation_id)
    return any(not message.is_looking for message in said)


@pytest.mark.parametrize("text", [QUESTION, "help"])
@pytest.mark.parametrize("count", [1, 2, 3, 4, 7, 12])
async def test_killed_at_a_statement(around: Surroundings, text: str, count: int) -> None:
    """It dies around and after the commit of the claim; after the next start, and Teams' repeat, there is an
    answer or an interrupted card, and nothing is owed."""
    what = activity(around, text)
    dying = ("-m", "tests.attack.dying", "INSERT INTO claimed_activities", str(count))
    async with started(around.folder, around.settings, program=dying) as process:
        await around.healthy()
        taken = await send(around, what)
        # A statement that is never reached is no kill; the answer is there then.
        await until(lambda: process.process.returncode is not None or whole(around, what), SOON)
    async with started(around.folder, around.settings):
        await around.healthy()
        again = await send(around, what)
        await until(lambda: answered(around, what["conversation"]["id"]), SOON)
        await until(lambda: debts(around.folder, "mail-trace.sqlite3") == 0, SOON)

    assert again
    assert taken or count <= 4


def whole(around: Surroundings, what: dict[str, Any]) -> bool:
    """Whether *what* is answered and closed."""
    there = answered(around, what["conversation"]["id"])
    return there and debts(around.folder, "mail-trace.sqlite3") == 0


async def test_killed_at_random(around: Surroundings) -> None:
    """Six kills within the first moments of a question: each is answered after the next start."""
    chance = random.Random(12)
    for number in range(6):
        what = activity(around, f"{QUESTION} subject {number}")
        said = len(around.connector.messages)
        async with started(around.folder, around.settings) as process:
            await around.healthy()
            sending = asyncio.create_task(send(around, what))
            await asyncio.sleep(chance.random() * 0.25)
            process.process.kill()
            await process.ended()
            taken = await sending
        async with started(around.folder, around.settings):
            await around.healthy()
            if not taken:
                assert await send(around, what)
            await until(lambda: new_words(around, said), SOON)  # noqa: B023 - it is waited for here


def new_words(around: Surroundings, said: int) -> bool:
    """Whether a last word came beyond the first *said* messages."""
    return any(not message.is_looking for message in around.connector.messages[said:])


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5, 6])
async def test_a_report_killed_at_a_statement(around: Surroundings, count: int) -> None:
    """It dies while a report begins: afterwards there is one report, and no card says for ever that it is
    being written."""
    what = activity(around, "report enhanced sender *@hoge.com last 10d")
    dying = ("-m", "tests.attack.dying", "INSERT INTO reports", str(count))
    async with started(around.folder, around.settings, program=dying) as process:
        await around.healthy()
        # Files come to a 1:1 that is known.
        for one in arrival(Scene(SATO, place_of(SATO), ENGLISH, around.connector_url, datetime.now(UTC))):
            await send(around, dict(one))
        await send(around, what)
        await until(lambda: process.process.returncode is not None or offers(around), SOON)
    async with started(around.folder, around.settings):
        await around.healthy()
        await until(lambda: offers(around), 2 * SOON)
        await until(lambda: not any(is_writing(one.words) for one in cards(around)), SOON)

    assert len(offers(around)) == 1


def cards(around: Surroundings) -> list[Any]:
    return [one for one in around.connector.messages if one.offer is None]


def offers(around: Surroundings) -> list[Any]:
    """The files that were offered."""
    return [one for one in around.connector.messages if one.offer is not None]


def is_writing(words: str) -> bool:
    return WRITING in words
