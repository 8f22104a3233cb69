"""What the bot gets of what people type, tap and allow."""

import asyncio
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.markup import spoken
from demo.chat import Chat, add_chat
from demo.company import BOT_ID, JOHN, SATO, TANAKA, TENANT_ID
from demo.connector import CARD, CHANNEL, GROUP_CHAT, TEAM_ID
from tests.demo.talking import SATO_CHAT, Bot, Demo, Json, card, execute, with_card
from tests.line import until


async def test_message_is_shaped_like_teams(demo: Demo) -> None:
    """What is typed in a 1:1 arrives with everything a Teams message carries."""
    await demo.say("mine")

    (got,) = demo.bot.got
    assert got["type"] == "message"
    assert got["text"] == "mine"
    assert got["textFormat"] == "plain"
    assert got["channelId"] == "msteams"
    assert got["serviceUrl"] == demo.chat.service_url
    assert got["from"] == {"id": SATO.teams_id, "name": SATO.name, "aadObjectId": SATO.aad_object_id}
    assert got["recipient"]["id"] == BOT_ID
    assert got["conversation"] == {"id": SATO_CHAT, "conversationType": "personal", "tenantId": TENANT_ID}
    assert got["locale"] == "ja-JP"
    assert got["localTimezone"] == "Asia/Tokyo"
    assert got["localTimestamp"].endswith("+09:00")
    assert got["timestamp"].endswith("Z")
    assert got["entities"][0]["country"] == "JP"
    assert got["channelData"] == {"tenant": {"id": TENANT_ID}}
    assert got["attachments"] == [{"contentType": "text/html", "content": "<p>mine</p>"}]


async def test_text_loses_what_teams_loses(demo: Demo) -> None:
    """In a 1:1 angle brackets are gone from the text, and escaped in its html twin."""
    await demo.say("trace <CAF1@mail> & more\nline")

    assert demo.bot.got[0]["text"] == "trace  & more\nline"
    html = demo.bot.got[0]["attachments"][0]["content"]
    assert html == "<p>trace &lt;CAF1@mail&gt; &amp; more<br>line</p>"


async def test_mention_in_channel(demo: Demo) -> None:
    """A mention in the channel arrives with its entity, its team, and a thread of its own."""
    said = await demo.say("@Mail Trace trace failed", place=CHANNEL.id)

    (got,) = demo.bot.got
    assert got["text"] == "<at>Mail Trace</at> trace failed"
    assert got["entities"][0]["mentioned"]["id"] == BOT_ID
    assert got["conversation"]["id"] == f"{CHANNEL.id};messageid={said['id']}"
    assert got["conversation"]["isGroup"] is True
    assert got["channelData"]["team"] == {"id": TEAM_ID}
    assert got["channelData"]["channel"] == {"id": CHANNEL.id}
    assert "schema.skype.com/Mention" in got["attachments"][0]["content"]


@pytest.mark.parametrize("place", [CHANNEL.id, GROUP_CHAT.id])
async def test_unmentioned_post_stays_among_people(demo: Demo, place: str) -> None:
    """Without a mention nothing reaches the bot, and the post says so; the others still see it."""
    said = await demo.say("good morning", place=place)

    assert said["delivery"] == "unmentioned"
    assert not demo.bot.got
    assert demo.seen(TANAKA, place)[0]["text"] == "good morning"


async def test_first_opening_installs(demo: Demo) -> None:
    """The first opening of a place tells the bot that it was installed; later ones do not."""
    for _ in range(2):
        await demo.ask("open", {})

    assert demo.bot.kinds() == ["installationUpdate", "conversationUpdate"]
    assert demo.bot.got[0]["action"] == "add"
    assert [member["id"] for member in demo.bot.got[1]["membersAdded"]] == [SATO.teams_id, BOT_ID]


async def test_channel_installs_in_its_team(demo: Demo) -> None:
    """In the channel the bot joins the team."""
    await demo.ask("open", {}, place=CHANNEL.id)

    assert demo.bot.got[0]["channelData"]["settings"] == {"selectedChannel": {"id": CHANNEL.id}}
    assert demo.bot.got[1]["channelData"]["eventType"] == "teamMemberAdded"
    assert demo.bot.got[1]["conversation"]["id"] == TEAM_ID


async def test_failed_installation_is_tried_again(demo: Demo) -> None:
    """A bot that was away at the first opening hears of it at the next."""
    demo.bot.status = 500
    assert (await demo.ask("open", {}))["error"] == {"kind": "error", "code": "status", "detail": "500"}
    demo.bot.status = 0
    await demo.ask("open", {})

    assert demo.bot.kinds() == ["installationUpdate", "installationUpdate", "conversationUpdate"]


async def test_authorization_is_sent(demo: Demo) -> None:
    """Where the bot wants a token, every activity brings one."""
    demo.chat.authorization = lambda: "Bearer made-up"
    await demo.say("mine")

    assert demo.bot.headers[0]["Authorization"] == "Bearer made-up"


# --- taps ---


async def test_execute_is_shaped_like_teams(demo: Demo) -> None:
    """A tap arrives as an invoke that names the message and carries verb, data and inputs."""
    demo.bot.reply = lambda activity: with_card(card("one"))
    await demo.say("go")
    await demo.tap(execute("Open", "detail", row=3))

    got = demo.bot.got[-1]
    assert (got["type"], got["name"]) == ("invoke", "adaptiveCard/action")
    assert got["replyToId"] == demo.bot.last_id
    assert got["value"] == {"action": execute("Open", "detail", row=3)}
    assert got["channelData"]["source"] == {"name": "message"}


async def test_answered_card_is_for_who_tapped(demo: Demo) -> None:
    """An invoke's card replaces the old one for the person who tapped, for nobody else."""
    demo.bot.reply = lambda activity: with_card(card("list"))
    demo.bot.invoke = lambda activity: {"statusCode": 200, "type": CARD, "value": card("detail")}
    await demo.say("go", place=CHANNEL.id, mention=True)
    await demo.tap(execute("Open", "detail"), place=CHANNEL.id)

    def shown(person: Any) -> str:
        text: str = demo.seen(person, CHANNEL.id)[-1]["attachments"][0]["content"]["body"][0]["text"]
        return text

    assert (shown(SATO), shown(TANAKA)) == ("detail", "list")


async def test_update_is_for_everybody(demo: Demo) -> None:
    """An activity update replaces the card for all and ends what single persons saw."""
    demo.bot.reply = lambda activity: with_card(card("list"))
    demo.bot.invoke = lambda activity: {"statusCode": 200, "type": CARD, "value": card("detail")}
    await demo.say("go", place=CHANNEL.id, mention=True)
    await demo.tap(execute("Open", "detail"), place=CHANNEL.id)
    path = f"conversations/{quote(CHANNEL.id, safe='')}/activities/{demo.bot.last_id}"

    assert (await demo.bot.call("PUT", path, with_card(card("done"))))[0] == 200
    for person in (SATO, TANAKA):
        assert demo.seen(person, CHANNEL.id)[-1]["attachments"][0]["content"] == card("done")


async def test_update_beats_a_late_answer(demo: Demo) -> None:
    """An update that overtakes the invoke's answer stays: it is the newer card."""
    demo.bot.reply = lambda activity: with_card(card("list"))
    await demo.say("go")
    demo.bot.pause = 0.2
    demo.bot.invoke = lambda activity: {"statusCode": 200, "type": CARD, "value": card("working")}
    path = f"conversations/{quote(SATO_CHAT, safe='')}/activities/{demo.bot.last_id}"
    tapped = asyncio.create_task(demo.tap(execute("Run", "run")))
    await until(lambda: "invoke" in demo.bot.kinds())
    await demo.bot.call("PUT", path, with_card(card("done")))
    await tapped

    assert demo.seen()[-1]["attachments"][0]["content"] == card("done")


@pytest.mark.parametrize(
    ("answer", "note"),
    [
        (
            {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "Saved"},
            {"kind": "said", "text": "Saved"},
        ),
        (
            {"statusCode": 403, "type": "application/vnd.microsoft.error", "value": {"message": "not yours"}},
            {"kind": "error", "code": "status", "detail": "403 not yours"},
        ),
        ({}, None),
    ],
)
async def test_other_answers_stand_below(demo: Demo, answer: Json, note: Json | None) -> None:
    """A text or an error stands below the card, which stays."""
    demo.bot.reply = lambda activity: with_card(card("list"))
    demo.bot.invoke = lambda activity: answer
    await demo.say("go")
    await demo.tap(execute("Open", "detail"))

    assert demo.seen()[-1]["note"] == note
    assert demo.seen()[-1]["attachments"][0]["content"] == card("list")


async def test_submit_is_a_message_with_a_value(demo: Demo) -> None:
    """Action.Submit arrives as a message without text that answers the card."""
    demo.bot.reply = lambda activity: with_card(card("form")) if activity.get("text") else None
    await demo.say("go")
    await demo.tap({"type": "Action.Submit", "data": {"n": 1}})

    got = demo.bot.got[-1]
    assert (got["type"], got["value"], got["replyToId"]) == ("message", {"n": 1}, demo.bot.last_id)
    assert "text" not in got


async def test_submit_can_type(demo: Demo) -> None:
    """A submit with imBack says its text in the person's name."""
    demo.bot.reply = lambda activity: with_card(card("form")) if activity["text"] == "go" else None
    await demo.say("go")
    await demo.tap({"type": "Action.Submit", "data": {"msteams": {"type": "imBack", "value": "help"}}})

    assert demo.bot.got[-1]["text"] == "help"
    assert demo.seen()[-1]["text"] == "help"


async def test_nobody_taps_a_card_they_cannot_see(demo: Demo) -> None:
    """A tap on a card of another's conversation is refused, and the bot hears nothing."""
    demo.bot.reply = lambda activity: with_card(card("list"))
    await demo.say("go")
    before = len(demo.bot.got)

    assert (await demo.tap(execute("Open", "detail"), JOHN))["status"] == 404
    assert len(demo.bot.got) == before


async def test_silent_bot_is_told(demo: Demo) -> None:
    """A bot that does not answer in time, or at all, leaves a visible reason on the message."""
    demo.chat.bot_url = "http://127.0.0.1:9/api/messages"
    said = await demo.say("mine")

    assert said["delivery"] == "failed"
    assert demo.seen()[-1]["reason"]["code"] == "unreachable"


async def test_slow_bot_is_told() -> None:
    """Past the time Teams waits, the tap ends in an error."""
    bot, chat, app = Bot(pause=5), Chat(answer_within=0.1), web.Application()
    app.router.add_post("/api/messages", bot.messages)
    add_chat(app, chat)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        chat.bot_url = str(client.make_url("/api/messages"))
        said = await Demo(chat, bot, client).say("mine")

    assert said["error"]["code"] == "timeout"


async def test_file_is_asked_for_and_given(demo: Demo) -> None:
    """An allowed file gets an address to upload to, and can be fetched from there."""
    consent = {
        "contentType": "application/vnd.microsoft.teams.card.file.consent",
        "name": "報告.csv",
        "content": {"description": "report", "sizeInBytes": 3, "acceptContext": {"n": 1}},
    }
    demo.bot.reply = lambda activity: {"type": "message", "attachments": [consent]}
    await demo.say("report")
    await demo.ask("consent", {"message": demo.bot.last_id, "attachment": 0, "accept": True})
    value = demo.bot.got[-1]["value"]
    async with aiohttp.ClientSession() as session:
        async with session.put(value["uploadInfo"]["uploadUrl"], data=b"a,b") as response:
            assert response.status == 201
        async with session.get(value["uploadInfo"]["contentUrl"]) as response:
            content, disposition = await response.read(), response.headers["Content-Disposition"]

    assert demo.bot.got[-1]["name"] == "fileConsent/invoke"
    assert (value["action"], value["context"]) == ("accept", {"n": 1})
    assert content == b"a,b"
    assert disposition.startswith("attachment")
    assert demo.seen()[-1]["note"] == {"kind": "accept"}


async def test_file_comes_in_fragments(demo: Demo) -> None:
    """A large file is taken in order, in whole units, and is there when its last byte is."""
    unit, file_id = 320 * 1024, demo.chat.files.allow("large.csv")
    data = bytes(unit) + b"the end"
    path = f"/_files/{file_id}"

    async def put(first: int, last: int) -> int:
        headers = {"Content-Range": f"bytes {first}-{last}/{len(data)}"}
        async with demo.client.put(path, data=data[first : last + 1], headers=headers) as response:
            return response.status

    assert await put(0, 99) == 400
    assert await put(unit, len(data) - 1) == 416
    assert await put(0, unit - 1) == 202
    async with demo.client.get(path) as early:
        assert early.status == 404
    assert await put(unit, len(data) - 1) == 201
    async with demo.client.get(path) as whole:
        assert await whole.read() == data


# --- as Teams' box marks it up ---


@pytest.mark.parametrize(
    ("said", "text", "body"),
    [
        (
            "trace from *@a.com to *@b.com",
            "trace from @a.com to @b.com",
            "trace from <em>@a.com to </em>@b.com",
        ),
        ("trace sender *@hoge.com", "trace sender *@hoge.com", "trace sender *@hoge.com"),
        ("5 * 3 * 2", "5 * 3 * 2", "5 * 3 * 2"),
        ("**now** *@a.com", "now *@a.com", "<strong>now</strong> *@a.com"),
        ("*@a.com\n*@b.com", "*@a.com\n*@b.com", "*@a.com<br>*@b.com"),
        (
            "trace a.b@x.jp",
            "trace a.b@x.jp",
            'trace <a href="mailto:a.b@x.jp">a.b@x.jp</a>',
        ),
    ],
)
async def test_box_marks_up(demo: Demo, said: str, text: str, body: str) -> None:
    """Two asterisk-led words lose their asterisks to emphasis, one keeps its own; an address is a link."""
    await demo.say(said)

    assert demo.bot.got[0]["text"] == text
    assert demo.bot.got[0]["attachments"][0]["content"] == f"<p>{body}</p>"


@pytest.mark.parametrize(
    "said",
    [
        "trace from *@a.com to *@b.com",
        "trace from *@a.com,*@b.com to c@d.jp",
        "追跡 送信者 *@a.com 宛先 *@b.com 期間 2日",
        "explain <CAF.1@mail.example.com>",
    ],
)
@pytest.mark.parametrize("place", [SATO_CHAT, GROUP_CHAT.id])
async def test_bot_reads_what_was_typed(demo: Demo, said: str, place: str) -> None:
    """What Teams makes of a command, the bot makes undone: it reads what the person typed."""
    await demo.say(said, place=place, mention=True)

    [got] = demo.bot.got
    assert spoken(got["text"], got["attachments"][0]["content"], ["Mail Trace"]) == said
