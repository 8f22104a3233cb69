"""Dialogs on the demo's page: what the bot gets of them, and what comes back."""

from typing import Any

import pytest

from demo.company import JOHN, SATO, TANAKA
from demo.connector import CARD, CHANNEL
from demo.dialogs import read_dialog
from tests.demo.talking import Demo, Json, card, with_card

FORM = card("Fill this in")
TASK = {"type": "continue", "value": {"title": "Search", "card": {"contentType": CARD, "content": FORM}}}
OPENS = {"type": "Action.Submit", "data": {"verb": "form", "msteams": {"type": "task/fetch"}}}


async def test_button_opens_a_dialog(demo: Demo) -> None:
    """A button that asks for a dialog is a `task/fetch`, no message; the card that comes back is shown."""
    demo.bot.reply = lambda _: with_card(card("hello", OPENS))
    demo.bot.invoke = lambda _: {"task": TASK}
    await demo.say("hi")
    told = await demo.tap(OPENS)
    sent = demo.bot.got[-1]

    assert told["dialog"] == {"title": "Search", "card": FORM}
    assert (sent["type"], sent["name"]) == ("invoke", "task/fetch")
    assert sent["value"]["data"] == OPENS["data"]
    assert sent["replyToId"] == demo.bot.last_id


async def test_sent_off(demo: Demo) -> None:
    """What was filled in arrives as a `task/submit`; a line ends the dialog."""
    demo.bot.invoke = lambda _: {"task": {"type": "message", "value": "On its way."}}
    said = await demo.say("hi")
    told = await demo.ask("send_off", {"message": said["id"], "data": {"verb": "search", "sender": "a@x.jp"}})
    sent = demo.bot.got[-1]

    assert told["dialog"] == {"text": "On its way."}
    assert sent["name"] == "task/submit"
    assert sent["value"]["data"] == {"verb": "search", "sender": "a@x.jp"}


async def test_trace_this_mail(demo: Demo) -> None:
    """The action in a message's menu brings its words as Teams marks them up, and who wrote is no matter."""
    demo.bot.invoke = lambda _: {"task": TASK}
    said = await demo.say("<b> nothing from suzuki@hoge.com", TANAKA, CHANNEL.id)
    told = await demo.ask("trace_message", {"message": said["id"]}, SATO, CHANNEL.id)
    sent = demo.bot.got[-1]
    await demo.ask("send_off", {"message": said["id"], "data": {}, "onMessage": True}, SATO, CHANNEL.id)

    assert told["dialog"]["card"] == FORM
    assert sent["name"] == "composeExtension/fetchTask"
    assert sent["value"]["commandId"] == "traceMessage"
    body = sent["value"]["messagePayload"]["body"]
    assert body["contentType"] == "html"
    assert "&lt;b&gt;" in body["content"]
    assert sent["from"]["id"] == SATO.teams_id
    assert demo.bot.got[-1]["name"] == "composeExtension/submitAction"


async def test_bot_does_not_answer(demo: Demo) -> None:
    """A dialog says why there is none."""
    said = await demo.say("hi")
    demo.bot.status = 500
    told = await demo.ask("trace_message", {"message": said["id"]})

    assert told["dialog"]["error"]["code"] == "status"


async def test_somebody_elses_message(demo: Demo) -> None:
    """A message that one does not see has no menu."""
    said = await demo.say("hi")
    told = await demo.ask("trace_message", {"message": said["id"]}, JOHN)

    assert told["status"] == 404


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (None, {"text": ""}),
        ({"task": None}, {"text": ""}),
        ({"task": {"type": "message", "value": 7}}, {"text": ""}),
        ({"task": {"type": "continue", "value": {"card": {"contentType": "other"}}}}, {"text": ""}),
        (
            {"task": {"type": "continue", "value": {"card": {"contentType": CARD}}}},
            {"title": "", "card": None},
        ),
    ],
)
def test_strange_answers(body: Any, shown: Json) -> None:
    """Whatever a bot answers ends the dialog, or is drawn as a card that cannot be drawn."""
    assert read_dialog(body) == shown
