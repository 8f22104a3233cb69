"""Alerts with details: only where the help desk approved them, and only as long as they are."""

from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from cards.texts import TEXTS
from demo.activities import Client
from demo.company import AUDITOR, SATO, TANAKA
from demo.connector import CHANNEL
from tests.line import ENGLISH, JAPANESE, Message
from tests.test_watches import EVERY, WATCH, Watching, failing, several

ADDRESS, SUBJECT = "ann@partner.com", "件名 a"


async def watching(line: Watching, *typed: str) -> None:
    """The channel is governed as *typed*, and watched."""
    for text in typed:
        await line.say(SATO, text, CHANNEL)
        await line.answer(CHANNEL)
    await line.say(SATO, WATCH, CHANNEL)
    await line.answer(CHANNEL)
    await line.runs(timedelta(0))


def is_detailed(message: Message) -> bool:
    """Whether who and what is on it; both or neither."""
    assert (ADDRESS in message.words) == (SUBJECT in message.words)
    return ADDRESS in message.words


@pytest.mark.parametrize(
    ("typed", "detailed"),
    [
        (("approve",), False),
        (("approve details",), True),
        (("承認 詳細",), True),
        (("approve", "approve details"), True),
        (("approve details", "approve"), False),
        (("approve details", "revoke details"), False),
        (("承認 詳細", "承認取消 詳細"), False),
    ],
    ids=str,
)
async def test_where_approved(tmp_path: Path, typed: tuple[str, ...], detailed: bool) -> None:
    """The last word of the help desk counts; results show there either way, and so do alerts."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await watching(line, *typed)
        await line.runs(EVERY, EVERY)
        (alert,) = line.alerts(CHANNEL)

    assert is_detailed(alert) is detailed
    assert "@" not in alert.summary


@pytest.mark.parametrize(("client", "language"), [(ENGLISH, "en"), (JAPANESE, "ja")])
async def test_said(tmp_path: Path, client: Client, language: Literal["ja", "en"]) -> None:
    """What was approved is said where it was, in the words of whoever did."""
    async with Watching(tmp_path, []) as line:
        await line.say(SATO, "approve details", CHANNEL, client)
        approved = await line.answer(CHANNEL)
        await line.say(SATO, "revoke details", CHANNEL, client)
        revoked = await line.answer(CHANNEL)
        record = await line.ask(AUDITOR, "audit last 1d")

    for message, key in ((approved, "details"), (revoked, "details_revoked")):
        assert TEXTS[f"place.{key}"][language].format(name=SATO.name) in message.words
    assert record.words.count("details") == 2


async def test_growth_and_acknowledging(tmp_path: Path) -> None:
    """What follows holds the newest mails too; whoever takes it on changes nothing of that."""
    mails = [failing("a", EVERY), *several(12, 3 * EVERY)]
    async with Watching(tmp_path, mails) as line:
        await watching(line, "approve details")
        await line.runs(EVERY, EVERY)
        (first,) = line.alerts(CHANNEL)
        await line.tap(SATO, first, "I am on it", place=CHANNEL)
        taken = first.words
        await line.runs(EVERY, EVERY)
        _, grown = line.alerts(CHANNEL)

    assert ADDRESS in taken
    assert SATO.name in taken
    assert "@partner.com" in grown.words
    assert TEXTS["alert.more"]["en"].format(n=10) in grown.words


async def test_revoked_meanwhile(tmp_path: Path) -> None:
    """Once details are revoked, what is said or edited holds none, also where it did before."""
    mails = [failing("a", EVERY), failing("b", 3 * EVERY, "bob@partner.com")]
    async with Watching(tmp_path, mails) as line:
        await watching(line, "approve details")
        await line.runs(EVERY, EVERY)
        (alert,) = line.alerts(CHANNEL)
        before = is_detailed(alert)
        await line.say(SATO, "revoke details", CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(EVERY, EVERY)

    assert before
    assert "@partner.com" not in alert.words.replace("*@partner.com", "")
    assert len(alert.versions) > 1


async def test_by_configuration(tmp_path: Path) -> None:
    """Settings can approve a place for details; nobody there can take that back."""
    async with Watching(tmp_path, [failing("a", EVERY)], detailed_places=CHANNEL.id) as line:
        await line.say(SATO, "revoke details", CHANNEL)
        refused = await line.answer(CHANNEL)
        await watching(line)
        await line.runs(EVERY, EVERY)
        (alert,) = line.alerts(CHANNEL)

    assert TEXTS["place.configured"]["en"].format(name=SATO.name) in refused.words
    assert is_detailed(alert)


async def test_an_employee(tmp_path: Path) -> None:
    """Approving is the help desk's."""
    async with Watching(tmp_path, []) as line:
        refused = await line.ask(TANAKA, "approve details", CHANNEL)

    assert TEXTS["refused.not_helpdesk"]["en"] in refused.words
