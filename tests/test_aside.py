"""For one pair of eyes among many: where an answer goes that must not stand where it was asked."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import forms
from bot.commands import OfferFile, OpenRow
from cards.texts import TEXTS
from demo.company import SATO, TANAKA, Employee
from demo.connector import CHANNEL, GROUP_CHAT, Json, Place, personal_id
from tests.line import PATIENT, Line, Message, button, buttons
from tests.test_access_line import INVOICE, shown_in_channel

ASKED = "trace sender *@hoge.com"
WAITING = "trace to info@contoso.co.jp"
SLOW = replace(PATIENT, in_place=timedelta(0))
"""Every tap in an approved place takes too long."""


def said(key: str) -> str:
    return TEXTS[key]["en"]


def picked(line: Line, person: Employee, text: str, place: Place) -> Json:
    """*person* picks a slash command: a message that they alone see."""
    activity = line.typed(person, text, place)
    activity["recipient"]["isTargeted"] = True
    return activity


async def shown_that_it_can(line: Line, place: Place = CHANNEL) -> None:
    """Teams has brought a targeted message once, and so knows them."""
    await line.send(picked(line, SATO, "help", place))
    await line.answer(place)


def in_private(line: Line, person: Employee) -> list[Message]:
    return line.connector.said_in(personal_id(person))


# --- a mention where results do not show ---


@pytest.mark.parametrize("place", [CHANNEL, GROUP_CHAT], ids=["channel", "group chat"])
async def test_a_mention_is_answered_aside(tmp_path: Path, place: Place) -> None:
    """Where Teams knows targeted messages a mention is answered by one; the place gets one neutral line."""
    async with Line(tmp_path) as line:
        await shown_that_it_can(line, place)
        await line.restart()
        await line.say(SATO, ASKED, place)
        found, neutral = await line.answer(place), await line.answer(place)

    assert found.only_for == SATO.teams_id
    assert INVOICE in found.words
    assert len(found.versions) > 1
    assert (neutral.only_for, neutral.text) == ("", said("notice.aside"))
    assert not in_private(line, SATO)


async def test_nobody_knows_whether_it_can(tmp_path: Path) -> None:
    """Before Teams has shown that it knows targeted messages none is risked: one might show to everybody."""
    async with Line(tmp_path) as line:
        await line.say(SATO, ASKED, CHANNEL)
        neutral, found = await line.answer(CHANNEL), await line.answer(SATO)

    assert neutral.text == said("notice.private")
    assert INVOICE in found.words
    assert not [message for message in line.connector.messages if message.only_for]


async def test_a_mention_that_cannot_be_answered_aside(tmp_path: Path) -> None:
    """Where Teams refuses the targeted answer it comes to the 1:1; without one, the place gets a way in."""
    async with Line(tmp_path) as line:
        await shown_that_it_can(line)
        line.connector.refusals = [403]
        await line.say(SATO, ASKED, CHANNEL)
        neutral, found = await line.answer(CHANNEL), await line.answer(SATO)
        line.connector.strangers.add(TANAKA.teams_id)
        line.connector.refusals = [403]
        await line.say(TANAKA, ASKED, CHANNEL)
        install = await line.answer(CHANNEL)

    assert neutral.text == said("notice.private")
    assert INVOICE in found.words
    assert install.text == said("notice.private_refused")
    assert not in_private(line, TANAKA)


# --- what arrives later ---


async def test_a_file_is_offered_at_home(tmp_path: Path) -> None:
    """A file is offered in its owner's 1:1, wherever somebody taps what would offer it."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        found = await shown_in_channel(line)
        await line.ask(SATO, "report enhanced sender *@hoge.com")
        await line.offered(SATO)
        verb, written = forms.press(OfferFile("")).verb, in_private(line, SATO)[0]
        await line.until(lambda: any(tap["verb"] == verb for tap in buttons(written.card)))
        await line.tap(SATO, found, next(tap for tap in buttons(written.card) if tap["verb"] == verb))
        await line.offered(SATO, 2)

    assert line.connector.said_in(CHANNEL.id) == [found]


# --- a tap in an approved place that takes long ---


@pytest.mark.parametrize("aside", [True, False])
async def test_a_slow_tap(tmp_path: Path, aside: bool) -> None:
    """What a tap in a place brings late comes to the tapper alone, and its buttons work there."""
    async with Line(tmp_path, pace=SLOW, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        if aside:
            await shown_that_it_can(line)
        found = await shown_in_channel(line)
        tapped = await line.tap(SATO, found, INVOICE)
        late = await line.answer(CHANNEL if aside else SATO)
        back = await line.tap(SATO, late, "Back")
        back_words = (await line.answer(CHANNEL)).words if aside else back.words

    assert tapped.words == said("notice.later")
    assert "550 5.1.10" in late.words
    assert late.only_for == (SATO.teams_id if aside else "")
    assert INVOICE in back_words
    assert len(found.versions) == 2
    assert all(m.only_for or m is found for m in line.connector.said_in(CHANNEL.id))


async def test_a_slow_tap_of_an_employee(tmp_path: Path) -> None:
    """However late, it is decided for the one who tapped; who cannot be reached learns how."""
    async with Line(tmp_path, pace=SLOW, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        found = await shown_in_channel(line)
        await line.tap(TANAKA, found, INVOICE)
        late = await line.answer(TANAKA)
        line.connector.strangers.add(SATO.teams_id)
        await line.tap(SATO, found, INVOICE)
        install = await line.answer(CHANNEL)

    assert said("refused.not_yours") in late.words
    assert "keiri" not in late.words
    assert install.text == said("notice.private_refused")


async def test_nothing_moves_for_others(tmp_path: Path) -> None:
    """However slow a tap is, it opens nothing that was kept for somebody else, or for another place."""
    async with Line(tmp_path, pace=SLOW, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        own = await line.ask(SATO, ASKED)
        press = forms.press(OpenRow(button(own.card, INVOICE)["data"]["state"], 0, 0, ""))
        found = await shown_in_channel(line)
        forged = {**button(found.card, INVOICE), "verb": press.verb, "data": dict(press.data)}
        for person in (SATO, TANAKA):
            await line.tap(person, found, forged)
        refused = [await line.answer(person) for person in (SATO, TANAKA)]

    assert all("expired" in answer.words for answer in refused)
