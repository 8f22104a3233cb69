"""Somebody who sends too much: each time they are told when to go on, and that is no flood of its own."""

import json
from datetime import timedelta
from pathlib import Path

from bot import forms
from bot.commands import Mine
from demo.activities import invoked
from demo.company import SATO, TANAKA
from demo.connector import CHANNEL, personal_id
from tests.line import Line
from tests.test_operations import asked, values

LIMIT = 60


async def test_each_is_told(tmp_path: Path) -> None:
    """Every message, tap and dialog over the limit is told when the next is taken, and that is true."""
    async with Line(tmp_path, TRACE_MESSAGES_PER_MINUTE=str(LIMIT)) as line:
        for number in range(LIMIT):
            line.clock.pass_time(timedelta(seconds=0 if number else 1))
            await line.say(TANAKA, "nonsense")
        line.clock.pass_time(timedelta(seconds=20))
        for _ in range(3):
            await line.say(TANAKA, "mine")
        press = forms.press(Mine())
        value = {"action": {"type": "Action.Execute", "verb": press.verb, "data": dict(press.data)}}
        tapped = await line.send(invoked(line.scene(TANAKA), "1", "adaptiveCard/action", value))
        opened = await line.send(invoked(line.scene(TANAKA), "2", "task/fetch", {"data": {"verb": "form"}}))
        said = [json.dumps(await one.json()) for one in (tapped, opened)]
        told = [m.text for m in line.connector.said_in(personal_id(TANAKA)) if m.text]
        line.clock.pass_time(timedelta(seconds=40))
        after = await line.ask(TANAKA, "help")
        counted = values((await asked(line, "/metrics"))[1])

    assert len(told) == 3
    assert all("12:01:01" in one and "40 seconds" in one for one in (*told, *said))
    assert after.card
    assert counted['mail_trace_over_limit_total{kind="message"}'] == 3
    assert counted['mail_trace_over_limit_total{kind="tap"}'] == 1
    assert counted['mail_trace_over_limit_total{kind="dialog"}'] == 1


async def test_no_flood(tmp_path: Path) -> None:
    """However much one person sends, they are told as often a minute as they are answered, and all counts."""
    async with Line(tmp_path, TRACE_MESSAGES_PER_MINUTE=str(LIMIT)) as line:
        for _ in range(3 * LIMIT):
            await line.say(SATO, "nonsense", CHANNEL)
        other = await line.ask(TANAKA, "help")
        told = [m for m in line.connector.said_in(CHANNEL.id) if "a minute" in m.text]
        counted = values((await asked(line, "/metrics"))[1])

    assert len(told) == LIMIT
    assert other.card
    assert counted['mail_trace_over_limit_total{kind="message"}'] == 2 * LIMIT
