"""What is said once more, by whoever took the watch over, is taken back by whoever said it first."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from cards.texts import TEXTS
from demo.company import SATO
from demo.events import Mail
from demo.mailbox import Mailbox
from demo.tenant import Tenant
from tests.line import Line, RecordingConnector, until
from tests.test_watches import EVERY, WATCH, Watching, failing, several

AGAIN = TEXTS["alert.again"]["en"]


class Thieving(RecordingConnector):
    """While it takes the messages whose numbers are in `thefts`, somebody takes the watch over."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self.thefts: list[int] = []

    async def _send(self, request: web.Request) -> web.Response:
        response = await super()._send(request)
        if len(self.messages) in self.thefts:
            self.thefts.remove(len(self.messages))
            await until(self._steal)
        return response

    def _steal(self) -> bool:
        """Whether it could: the bot, which may hold the file, is not kept from going on."""
        taken = "UPDATE errands SET lease = 'thief', leased_until = '2000-01-01 00:00:00.000000'"
        with closing(sqlite3.connect(self._file, timeout=0)) as connection:
            try:
                connection.execute(taken)
                connection.commit()
            except sqlite3.OperationalError:
                return False
        return True


class Stolen(Watching):
    """A line at whose connector watches are taken over."""

    def __init__(self, folder: Path, mails: Sequence[Mail]) -> None:
        tenant = Tenant(Mailbox(mails), clock=lambda: self.clock.now())
        self.thief = Thieving(folder / "line.sqlite3")
        Line.__init__(self, folder, tenant, self.thief)

    def deleted(self) -> list[str]:
        return [call.activity_id for call in self.connector.calls if call.method == "DELETE"]


@pytest.mark.parametrize(
    ("command", "wait"), [(WATCH, EVERY), ("watch failed daily at 9:00", timedelta(hours=21))]
)
async def test_first_messages(tmp_path: Path, command: str, wait: timedelta) -> None:
    """An alert or a digest whose save came too late is deleted; the one that stays says so."""
    async with Stolen(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, command)
        await line.runs(timedelta(0))
        line.thief.thefts.append(2)
        await line.runs(wait, EVERY)
        answer, kept = line.connector.messages

    assert line.deleted() == ["m2"]
    assert "Watch 1 has begun" in answer.words
    assert AGAIN in kept.words


async def test_replies(tmp_path: Path) -> None:
    """The same of a reply that a trouble has grown."""
    async with Stolen(tmp_path, [failing("a", EVERY), *several(12, 3 * EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0), EVERY, EVERY)
        line.thief.thefts.append(3)
        await line.runs(EVERY, EVERY)
        grown = [m for m in line.alerts() if "grown" in m.summary]

    assert line.deleted() == ["m3"]
    assert len(grown) == 1
