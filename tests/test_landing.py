"""“Tell me when it lands”: from the tap to the news, on a clock that moves on."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.landing import PATIENCE
from cards.texts import TEXTS
from demo.activities import Client, plain
from demo.company import SATO, TANAKA, Employee
from demo.connector import CHANNEL, GROUP_CHAT, Place, personal_id
from demo.faults import ALWAYS
from demo.mailbox import Mailbox
from demo.tenant import LIST, Tenant
from tests.line import ENGLISH, JAPANESE, NOW, Line, Message, buttons, sample_mailbox, words

WAITING = "納期回答のお願い"
"""Pending at NOW, in the mailbox three hours after it was sent."""
TELL = {"en-US": "Tell me when it lands", "ja-JP": "結果が出たら知らせる"}
SETTLED = timedelta(hours=4)


class Waiting(Line):
    """A line whose tenant lives by the same clock, unless *tenant_now* holds it back."""

    def __init__(self, folder: Path, tenant_now: Callable[[], datetime] | None = None) -> None:
        super().__init__(folder, Tenant(sample_mailbox(), clock=tenant_now or self._moment))

    def _moment(self) -> datetime:
        return self.clock.now()

    async def wish(self, person: Employee, command: str, title: str, client: Client = ENGLISH) -> Message:
        """*person* finds the mail and asks to be told; the message that now holds the promise."""
        found = await self.ask(person, command, client=client)
        detail = await self.tap(person, found, title, client=client)
        promise = await self.tap(person, found, TELL[client.locale], detail.card, client=client)
        self.promise = promise.card
        await self.rests()
        return found

    async def looked(self) -> None:
        """Until the tenant was asked once more."""
        before = self.lists()
        await self.until(lambda: self.lists() > before)

    def lists(self) -> int:
        return sum(request.kind == LIST for request in self.tenant.requests)


@pytest.mark.parametrize(
    ("client", "news", "verdict"),
    [
        (ENGLISH, "The mail you are waiting for", f"Delivered — {TEXTS['cause.delivered.name']['en']}"),
        (JAPANESE, "お待ちのメールの結果が出ました", f"配信済み — {TEXTS['cause.delivered.name']['ja']}"),
    ],
)
async def test_told_when_it_landed(tmp_path: Path, client: Client, news: str, verdict: str) -> None:
    """Once the state is final a new message says so, and opens the events."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING, client)
        line.clock.pass_time(SETTLED)
        told = await line.answer(SATO)
        detail = await line.tap(SATO, told, buttons(told.card)[0])

    assert news in told.words
    assert verdict in told.words
    assert WAITING in told.words
    assert len(told.versions) == 1
    assert "@" not in told.summary
    assert WAITING in words(detail.card)


async def test_nothing_is_said_before(tmp_path: Path) -> None:
    """While the state may still change it is looked at, and nothing is said."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        line.clock.pass_time(timedelta(minutes=2))
        await line.looked()

    assert len(line.connector.said_in(personal_id(SATO))) == 1


async def test_told_after_a_restart(tmp_path: Path) -> None:
    """A promise outlives the process that made it."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        await line.restart()
        line.clock.pass_time(SETTLED)
        told = await line.answer(SATO)

    assert "Delivered" in told.words


async def test_taken_back(tmp_path: Path) -> None:
    """Who stops it is told nothing more, and nothing more is asked of the tenant."""
    async with Waiting(tmp_path) as line:
        found = await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        stopped = await line.tap(SATO, found, "Stop watching", line.promise)
        lists = line.lists()
        line.clock.pass_time(SETTLED)
        await line.ask(SATO, "help")

    assert "I have stopped watching" in stopped.words
    assert line.lists() == lists
    assert not any("waiting for" in said.words for said in line.connector.messages)


async def test_ends_with_a_word(tmp_path: Path) -> None:
    """After two days without a final state the waiting ends, and says so."""
    async with Waiting(tmp_path, tenant_now=lambda: NOW) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        line.clock.pass_time(PATIENCE)
        told = await line.answer(SATO)

    assert "Still no final state" in told.words
    assert "“Pending”" in told.words


async def test_asked_twice(tmp_path: Path) -> None:
    """Who asks twice is told that it is promised, and then told once."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        again = words(line.promise)
        line.clock.pass_time(SETTLED)
        await line.answer(SATO)
        await line.ask(SATO, "help")

    assert "being watched already" in again
    assert sum("The mail you are waiting for" in said.words for said in line.connector.messages) == 1


async def test_an_employee(tmp_path: Path) -> None:
    """An employee is told of their own mail, in their words."""
    async with Waiting(tmp_path) as line:
        await line.wish(TANAKA, "mine", "Pending: 打合せ議事録")
        line.clock.pass_time(timedelta(hours=30))
        told = await line.answer(TANAKA)

    assert "kim@fabrikam.example" in told.words
    assert "Original error" not in told.words


async def test_a_right_that_was_lost(tmp_path: Path) -> None:
    """Who may not see the mail any more when it lands is told nothing."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        line.tenant.groups = {}
        line.tenant.people = [replace(one, groups=()) for one in line.tenant.people]
        line.clock.pass_time(SETTLED)
        await line.looked()
        await line.ask(SATO, "help")

    assert not any("waiting for" in said.words for said in line.connector.messages)


async def test_it_cannot_be_looked_at(tmp_path: Path) -> None:
    """What no waiting mends ends the waiting, with a word and a reference."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        line.tenant.faults.permission_missing = ALWAYS
        line.clock.pass_time(timedelta(minutes=2))
        told = await line.answer(SATO)

    assert "could not be read from Exchange Online" in told.words
    assert re.search(r"Reference [0-9a-f]{8}", told.words)


async def test_it_is_gone(tmp_path: Path) -> None:
    """A mail that is in no list any more ends the waiting when patience does, and says so."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        line.tenant.mailbox = Mailbox(())
        line.clock.pass_time(PATIENCE)
        told = await line.answer(SATO)

    assert "no longer in the trace" in told.words


async def test_nothing_to_wait_for(tmp_path: Path) -> None:
    """A mail whose state is final offers no waiting."""
    async with Waiting(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com status failed")
        detail = await line.tap(SATO, found, "【至急】10月度請求書の件")

    assert not any(TELL["en-US"] == one.get("title") for one in buttons(detail.card))


@pytest.mark.parametrize("picked", [GROUP_CHAT, CHANNEL], ids=["slash command", "approved channel"])
async def test_wherever_it_was_asked_for(tmp_path: Path, picked: Place) -> None:
    """The news is for who asked: it comes to their 1:1, whoever else is where they tapped."""
    async with Waiting(tmp_path) as line:
        await line.say(SATO, "approve", CHANNEL)
        await line.answer(CHANNEL)
        said = line.typed(SATO, "trace to info@contoso.co.jp", picked)
        said["recipient"]["isTargeted"] = picked == GROUP_CHAT
        await line.send(said)
        found = await line.answer(picked)
        detail = await line.tap(SATO, found, WAITING)
        promise = await line.tap(SATO, found, TELL["en-US"], detail.card)
        count = len(line.connector.said_in(picked.id))
        await line.rests()
        line.clock.pass_time(SETTLED)
        told = await line.answer(SATO)
        opened = await line.tap(SATO, told, buttons(told.card)[0])

    assert "I will tell you" in promise.words
    assert "The mail you are waiting for" in told.words
    assert WAITING in opened.words
    assert len(line.connector.said_in(picked.id)) == count


async def test_who_cannot_be_told(tmp_path: Path) -> None:
    """Nothing is promised to whom nobody can write in private."""
    async with Waiting(tmp_path) as line:
        line.connector.strangers = {SATO.teams_id}
        said = line.typed(SATO, "trace to info@contoso.co.jp", GROUP_CHAT)
        said["recipient"]["isTargeted"] = True
        await line.send(said)
        found = await line.answer(GROUP_CHAT)
        detail = await line.tap(SATO, found, WAITING)
        promise = await line.tap(SATO, found, TELL["en-US"], detail.card)

    assert "could not write to you" in promise.words


async def test_removed_and_back(tmp_path: Path) -> None:
    """While the bot is removed from a 1:1 nothing is looked for; back again, the promise holds."""
    async with Waiting(tmp_path) as line:
        await line.wish(SATO, "trace to info@contoso.co.jp", WAITING)
        await line.send(plain(line.scene(SATO), "installationUpdate") | {"action": "remove"})
        lists = line.lists()
        line.clock.pass_time(SETTLED)
        await line.ask(TANAKA, "help")
        still = line.lists()
        await line.arrive(SATO)
        await line.until(lambda: any("waiting for" in said.words for said in line.connector.messages))

    assert still == lists
