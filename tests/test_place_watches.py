"""The watches of a channel: listed for the help desk, who may pause and stop another's, on record."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from cards.texts import TEXTS
from demo.activities import Client
from demo.company import AUDITOR, HELPDESK_TIER_2_GROUP_ID, JOHN, SATO, TANAKA
from demo.connector import CHANNEL, account_of, personal_id
from tests.line import ENGLISH, JAPANESE, Message, nodes
from tests.test_watches import EVERY, WATCH, Watching, failing

HELPDESK_JOHN = replace(JOHN, groups=(HELPDESK_TIER_2_GROUP_ID,))


class Desk(Watching):
    """John of the help desk has a watch in the channel, Sato one in the channel and one in private."""

    async def begin(self) -> None:
        self.tenant.people = tuple(
            HELPDESK_JOHN if person == JOHN else person for person in self.tenant.people
        )
        self.connector.members.append(account_of(JOHN))
        for person, typed in ((SATO, "approve"), (JOHN, WATCH), (SATO, "watch pending every 1h")):
            await self.say(person, typed, CHANNEL)
            await self.answer(CHANNEL)
        await self.ask(SATO, "watch quarantined every 1h")
        await self.runs(timedelta(0))

    def told(self) -> list[Message]:
        """What John was told in his 1:1."""
        return self.connector.said_in(personal_id(JOHN))


@pytest.mark.parametrize(("client", "language"), [(ENGLISH, "en"), (JAPANESE, "ja")])
async def test_listed(tmp_path: Path, client: Client, language: Literal["ja", "en"]) -> None:
    """In a channel the help desk sees what speaks there, and whose it is; in a 1:1 one sees one's own."""
    async with Desk(tmp_path, []) as line:
        await line.begin()
        here = await line.ask(SATO, "watches", CHANNEL, client)
        mine = await line.ask(SATO, "watches", client=client)

    owner = TEXTS["watch.owner"][language]
    assert owner.format(name=JOHN.name) in here.words
    assert owner.format(name=SATO.name) not in here.words
    assert "*@partner.co" in here.words
    assert TEXTS["status.pending"][language] in here.words
    assert TEXTS["status.quarantined"][language] not in here.words
    assert TEXTS["status.quarantined"][language] in mine.words
    assert JOHN.name not in mine.words
    limits = TEXTS["watch.limits"][language].format(own=20, mine=2, place=20, here=2)
    assert limits in here.words


async def test_to_an_employee(tmp_path: Path) -> None:
    """Others learn how many there are, and may open or change none."""
    async with Desk(tmp_path, [failing("a", EVERY)]) as line:
        await line.begin()
        listed = await line.ask(TANAKA, "watches", CHANNEL)
        of_desk = await line.ask(SATO, "watches", CHANNEL)
        opens = next(one for one in _opens(of_desk) if one["data"]["watch"])
        opened = await line.tap(TANAKA, listed, opens)
        stop = {**opens, "verb": "change_watch", "data": {"watch": opens["data"]["watch"], "do": "stop"}}
        stopped = await line.tap(TANAKA, listed, stop)
        after = await line.ask(SATO, "watches", CHANNEL)

    assert TEXTS["watch.others"]["en"].split("|")[1].format(n=2) in listed.words
    for seen in (listed, opened, stopped):
        assert JOHN.name not in seen.words
        assert TEXTS["status.pending"]["en"] not in seen.words
    assert JOHN.name in after.words


@pytest.mark.parametrize(("title", "change"), [("Pause", "pause"), ("Stop watching", "stop")])
async def test_changed_by_the_help_desk(tmp_path: Path, title: str, change: str) -> None:
    """Whoever pauses or stops another's watch is on record, and its owner is told who did."""
    async with Desk(tmp_path, [failing("a", EVERY)]) as line:
        await line.begin()
        listed = await line.ask(SATO, "watches", CHANNEL)
        opens = _opens_of_john(listed)
        opened = await line.tap(SATO, listed, opens)
        changed = await line.tap(SATO, listed, title, opened.card)
        await line.runs(EVERY, EVERY)
        record = await line.ask(AUDITOR, "audit last 1d")

    said = TEXTS[f"watch.of.{change}"]["en"].format(owner=JOHN.name, number=1)
    assert said in changed.words
    assert TEXTS[f"watch.by.{change}"]["en"].format(name=SATO.name, number=1) in line.told()[-1].words
    assert f"{change} watch 1 of {JOHN.name}" in record.words
    assert line.alerts(CHANNEL) == []


async def test_resumed(tmp_path: Path) -> None:
    """What the help desk paused it can let go on."""
    async with Desk(tmp_path, [failing("a", EVERY)]) as line:
        await line.begin()
        listed = await line.ask(SATO, "watches", CHANNEL)
        opened = await line.tap(SATO, listed, _opens_of_john(listed))
        paused = await line.tap(SATO, listed, "Pause", opened.card)
        resumed = await line.tap(SATO, listed, "Resume", paused.card)
        back = await line.tap(SATO, listed, TEXTS["watch.place_list.unnamed"]["en"], resumed.card)
        await line.runs(EVERY, EVERY)

    assert TEXTS["watch.paused.by_you"]["en"] in paused.words
    assert JOHN.name in back.words
    assert len(line.alerts(CHANNEL)) == 1


async def test_what_is_private(tmp_path: Path) -> None:
    """A watch in somebody's 1:1 is nobody else's, whoever has its id."""
    async with Desk(tmp_path, []) as line:
        await line.begin()
        mine = await line.ask(SATO, "watches")
        ids = {one["data"]["watch"] for one in _opens(mine)}
        here = {one["data"]["watch"] for one in _opens(await line.ask(SATO, "watches", CHANNEL))}
        (private,) = ids - here - {""}
        first = await line.ask(JOHN, "watches")
        action = {**_opens(mine)[0], "data": {"watch": private, "page": 0, "around": ""}}
        opened = await line.tap(JOHN, first, action)
        around = {**action, "data": {"watch": "", "page": 0, "around": private}}
        listed = await line.tap(JOHN, first, around)

    assert TEXTS["status.quarantined"]["en"] not in opened.words + listed.words


def _opens(message: Message) -> list[dict[str, dict[str, str]]]:
    """The taps that open a watch."""
    found = [node["selectAction"] for node in nodes(message.card) if "selectAction" in node]
    return [dict(one) for one in found if one.get("verb") == "watches"]


def _opens_of_john(message: Message) -> dict[str, dict[str, str]]:
    """The tap on John's: one's own come first."""
    return _opens(message)[-1]
