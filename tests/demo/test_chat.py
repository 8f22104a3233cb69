"""The chat page's server: what the bot gets, what it may do, and what people see of it."""

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Page, async_playwright, expect

from demo import renderer
from demo.chat import Chat, add_chat
from demo.company import BOT_ID, JOHN, SATO, TANAKA, TENANT_ID
from demo.connector import CARD, CHANNEL, GROUP_CHAT, MESSAGES_PER_PLACE, TEAM_ID, personal_id

Json = dict[str, Any]
SATO_CHAT = personal_id(SATO)
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def card(text: str, *actions: Json, body: list[Json] | None = None) -> Json:
    said = {"type": "TextBlock", "text": text, "wrap": True}
    return {"type": "AdaptiveCard", "version": "1.5", "body": [said, *(body or [])], "actions": list(actions)}


def with_card(content: Json) -> Json:
    return {"type": "message", "attachments": [{"contentType": CARD, "content": content}]}


def execute(title: str, verb: str, **data: Any) -> Json:
    return {"type": "Action.Execute", "title": title, "verb": verb, "data": data}


@dataclass
class Bot:
    """A bot of a few lines: keeps what it got and answers as `reply` and `invoke` say."""

    url: str = ""
    got: list[Json] = field(default_factory=list)
    headers: list[Any] = field(default_factory=list)
    reply: Callable[[Json], Json | None] = lambda activity: None
    invoke: Callable[[Json], Any] = lambda activity: None
    status: int = 0
    pause: float = 0.0
    last_id: str = ""

    async def messages(self, request: web.Request) -> web.Response:
        activity = await request.json()
        self.got.append(activity)
        self.headers.append(request.headers)
        await asyncio.sleep(self.pause)
        if self.status:
            return web.Response(status=self.status)
        if activity["type"] == "invoke":
            return web.json_response(self.invoke(activity))
        if activity["type"] == "message" and (answer := self.reply(activity)):
            self.last_id = (await self.post(activity, answer))["id"]
        return web.Response(status=202)

    async def call(self, method: str, path: str, body: Json | None = None) -> tuple[int, Any]:
        """The connector's answer: status and body."""
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, f"{self.url}/_connector/v3/{path}", json=body) as response,
        ):
            text = await response.text()
            return response.status, json.loads(text) if text else None

    async def post(self, to: Json, answer: Json) -> Any:
        path = f"conversations/{quote(to['conversation']['id'], safe='')}/activities"
        return (await self.call("POST", path, answer))[1]

    def kinds(self) -> list[str]:
        return [activity["type"] for activity in self.got]


@dataclass
class Demo:
    """The page's server with its bot, and the page's own calls."""

    chat: Chat
    bot: Bot
    client: TestClient[web.Request, web.Application]

    async def ask(self, path: str, body: Json, person: Any = SATO, place: str = SATO_CHAT) -> Json:
        who = {"person": person.aad_object_id, "place": place, "locale": "ja-JP", "timezone": "Asia/Tokyo"}
        async with self.client.post(f"/chat/{path}", json=who | body) as response:
            answer: Json = await response.json()
            return answer | {"status": response.status}

    async def say(self, text: str, person: Any = SATO, place: str = SATO_CHAT, **more: Any) -> Json:
        return await self.ask("say", {"text": text, **more}, person, place)

    async def tap(self, action: Json, person: Any = SATO, place: str = SATO_CHAT) -> Json:
        body = {"message": self.bot.last_id, "attachment": 0, "action": action}
        return await self.ask("tap", body, person, place)

    def seen(self, person: Any = SATO, place: str = SATO_CHAT) -> list[Json]:
        return [message for message in self.chat.conversations.seen_by(person) if message["place"] == place]


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    bot, chat, app = Bot(), Chat(), web.Application()
    app.router.add_post("/api/messages", bot.messages)
    add_chat(app, chat)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        bot.url = str(client.make_url("")).rstrip("/")
        chat.bot_url, chat.service_url = f"{bot.url}/api/messages", f"{bot.url}/_connector"
        yield Demo(chat, bot, client)


# --- what the bot gets ---


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
    await asyncio.sleep(0.05)
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


# --- the connector ---


async def test_reply_goes_to_its_thread(demo: Demo) -> None:
    """An answer to a thread's conversation, or to a message in it, stays in the thread."""
    said = await demo.say("go", place=CHANNEL.id, mention=True)
    path = f"conversations/{quote(CHANNEL.id + ';messageid=' + said['id'], safe='')}/activities"
    await demo.bot.call("POST", path, {"type": "message", "text": "one"})
    path = f"conversations/{quote(CHANNEL.id, safe='')}/activities/{said['id']}"
    await demo.bot.call("POST", path, {"type": "message", "text": "two"})

    assert [message["thread"] for message in demo.seen(SATO, CHANNEL.id)] == [said["id"]] * 3


async def test_bot_opens_a_chat(demo: Demo) -> None:
    """A 1:1 is made with the member's id and the tenant; asking twice gives the same."""
    body = {"members": [{"id": TANAKA.teams_id}], "channelData": {"tenant": {"id": TENANT_ID}}}

    assert await demo.bot.call("POST", "conversations", body) == (201, {"id": personal_id(TANAKA)})
    assert await demo.bot.call("POST", "conversations", body) == (201, {"id": personal_id(TANAKA)})


async def test_bot_opens_a_thread(demo: Demo) -> None:
    """A new thread is made with the channel and its first activity."""
    body = {"channelData": {"channel": {"id": CHANNEL.id}}, "activity": {"type": "message", "text": "alert"}}
    status, created = await demo.bot.call("POST", "conversations", body)

    assert status == 201
    assert created["id"] == f"{CHANNEL.id};messageid={created['activityId']}"
    assert demo.seen(TANAKA, CHANNEL.id)[0]["text"] == "alert"


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("POST", "conversations/a%3Anobody/activities", {"type": "message"}, 404, "ConversationNotFound"),
        ("GET", "conversations/a%3Anobody/members", None, 404, "ConversationNotFound"),
        (
            "POST",
            "conversations/a%3A1kimura-sales/activities",
            {"type": "message"},
            403,
            "BotNotInConversationRoster",
        ),
        (
            "PUT",
            f"conversations/{quote(SATO_CHAT, safe='')}/activities/1",
            {"type": "message"},
            404,
            "ActivityNotFoundInConversation",
        ),
        (
            "POST",
            f"conversations/{quote(SATO_CHAT, safe='')}/activities",
            {"type": "message", "text": "x" * 60_000},
            413,
            "MessageSizeTooBig",
        ),
        ("POST", "conversations", {"members": [{"id": SATO.teams_id}]}, 403, "TenantNotAllowed"),
        ("POST", "conversations", {"members": [], "tenantId": TENANT_ID}, 400, "BadArgument"),
        (
            "GET",
            f"conversations/{quote(SATO_CHAT, safe='')}/members/nobody",
            None,
            404,
            "MemberNotFoundInConversation",
        ),
    ],
)
async def test_refusals_wear_the_envelope(
    demo: Demo, method: str, path: str, body: Json | None, status: int, code: str
) -> None:
    """What the connector refuses has the status and the code that Teams gives it."""
    got, answer = await demo.bot.call(method, path, body)

    assert (got, answer["error"]["code"]) == (status, code)


async def test_members(demo: Demo) -> None:
    """A conversation's members come with their accounts, all or one, by either id."""
    path = f"conversations/{quote(GROUP_CHAT.id, safe='')}/members"
    _, everyone = await demo.bot.call("GET", path)
    _, one = await demo.bot.call("GET", f"{path}/{quote(TANAKA.teams_id, safe='')}")
    _, same = await demo.bot.call("GET", f"{path}/{TANAKA.aad_object_id}")

    assert [account["aadObjectId"] for account in everyone] == [SATO.aad_object_id, TANAKA.aad_object_id]
    assert one == same
    assert one["email"] == TANAKA.mail


async def test_bot_deletes_its_own_only(demo: Demo) -> None:
    """A bot takes back what it said, never what a person said."""
    demo.bot.reply = lambda activity: {"type": "message", "text": "oops"}
    said = await demo.say("go")
    path = f"conversations/{quote(SATO_CHAT, safe='')}/activities"

    assert (await demo.bot.call("DELETE", f"{path}/{said['id']}"))[0] == 403
    assert (await demo.bot.call("DELETE", f"{path}/{demo.bot.last_id}"))[0] == 200
    assert [message["text"] for message in demo.seen()] == ["go"]


async def test_targeted_message_has_one_reader(demo: Demo) -> None:
    """A targeted message is seen by its recipient alone."""
    activity = {"type": "message", "text": "psst", "recipient": {"id": SATO.teams_id, "isTargeted": True}}
    await demo.bot.call("POST", f"conversations/{quote(GROUP_CHAT.id, safe='')}/activities", activity)

    assert [message["text"] for message in demo.seen(SATO, GROUP_CHAT.id)] == ["psst"]
    assert not demo.seen(TANAKA, GROUP_CHAT.id)


async def test_messages_are_bounded(demo: Demo) -> None:
    """The oldest message goes when a place is full."""
    for number in range(MESSAGES_PER_PLACE + 5):
        demo.chat.conversations.post(SATO_CHAT, {"type": "message", "text": str(number)})

    assert len(demo.seen()) == MESSAGES_PER_PLACE
    assert demo.seen()[0]["text"] == "5"


# --- the web side ---


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "[::1"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("path", ["/", "/chat/company", "/_connector/v3/conversations/x/members"])
async def test_loopback_only(demo: Demo, headers: dict[str, str], path: str) -> None:
    """A foreign name or a foreign page is refused, whatever it asks for."""
    async with demo.client.get(path, headers=headers) as response:
        assert response.status == 403


async def test_own_page_is_welcome(demo: Demo) -> None:
    """The page's own Origin passes, and the policy lets no inline script run."""
    async with demo.client.get("/", headers={"Origin": demo.bot.url}) as response:
        policy = response.headers["Content-Security-Policy"]

    assert response.status == 200
    assert "unsafe-inline" not in policy
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_page_without_renderer_names_the_content_network(
    demo: Demo, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the renderer is not installed, the pinned files come from afar, held to their hashes."""
    monkeypatch.setattr(renderer, "locate", lambda: None)
    app = web.Application()
    add_chat(app, Chat())
    async with TestClient(TestServer(app, host="127.0.0.1")) as client, client.get("/") as response:
        text, policy = await response.text(), response.headers["Content-Security-Policy"]

    assert f"script-src 'self' {renderer.CONTENT_NETWORK};" in policy
    for file in renderer.FILES:
        assert f'"{file.far_url}" integrity="{file.integrity}" crossorigin="anonymous"' in text


async def test_events_start_with_everything(demo: Demo) -> None:
    """A page that connects gets what there is, then what changes, and typing."""
    await demo.say("before")
    seen = []
    async with demo.client.get(f"/chat/events?person={SATO.aad_object_id}") as response:
        while b"snapshot" not in (line := await response.content.readline()):
            assert line
        seen.append(json.loads((await response.content.readline())[6:])[0]["text"])
        path = f"conversations/{quote(SATO_CHAT, safe='')}/activities"
        await demo.bot.call("POST", path, {"type": "typing"})
        await demo.bot.call("POST", path, {"type": "message", "text": "after"})
        async for line in response.content:
            if line.startswith(b"event: "):
                seen.append(line[7:].decode().strip())
            if line.startswith(b"event: message"):
                break

    assert seen == ["before", "typing", "message"]


# --- the page itself ---


def chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    pytest.fail("no Chromium here: install one, e.g. `apt-get install chromium`")


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    renderer.install()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        context = await browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
        yield await context.new_page()
        await browser.close()


async def test_page_types_taps_and_updates(page: Page, demo: Demo) -> None:
    """Typed, answered by a card, tapped with an input, replaced, updated: with no error and no stranger."""
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if demo.bot.url not in asked.url else None)
    field_ = {"type": "Input.Text", "id": "who", "label": "Who"}
    demo.bot.reply = lambda activity: with_card(
        card("found **3**", execute("開く", "open", n=1), body=[field_])
    )
    demo.bot.invoke = lambda activity: {
        "statusCode": 200,
        "type": CARD,
        "value": card(f"opened for {activity['value']['action']['data']['who']}"),
    }

    await page.goto(f"{demo.bot.url}/?lang=ja&theme=dark&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("追跡 <b>x</b>")
    await page.get_by_test_id("composer").press("Enter")
    shown = page.get_by_test_id("card")
    await expect(shown).to_contain_text("found 3")
    await expect(page.get_by_text("追跡 <b>x</b>")).to_be_visible()
    await shown.get_by_role("textbox").fill("me@x.jp")
    await shown.get_by_role("button", name="開く").click()
    await expect(shown).to_contain_text("opened for me@x.jp")
    path = f"conversations/{quote(SATO_CHAT, safe='')}/activities/{demo.bot.last_id}"
    await demo.bot.call("PUT", path, with_card(card("all done")))
    await expect(shown).to_contain_text("all done")

    assert demo.bot.got[-1]["value"]["action"]["data"] == {"n": 1, "who": "me@x.jp"}
    assert demo.bot.got[-1]["localTimezone"] == "Asia/Tokyo"
    assert not complaints


async def test_page_says_what_went_wrong(page: Page, demo: Demo) -> None:
    """A bot that answers with an error is told where the tap and the message stand."""
    demo.bot.reply = lambda activity: with_card(card("list", execute("Open", "open")))
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id("suggestion").first.click()
    await expect(page.get_by_test_id("card")).to_contain_text("list")
    demo.bot.status = 500
    await page.get_by_test_id("card").get_by_role("button", name="Open").click()
    await expect(page.get_by_test_id("note")).to_contain_text("error (500)")
    await page.get_by_test_id("composer").fill("mine")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("failed")).to_contain_text("Not delivered")


async def test_page_keeps_people_and_places_apart(page: Page, demo: Demo) -> None:
    """In the channel a missing mention is told; another person has their own places."""
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id(f"place-{CHANNEL.id}").click()
    await page.get_by_test_id("mention").click()
    await page.get_by_test_id("composer").fill("hello all")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("unmentioned")).to_contain_text("mention it")
    await page.get_by_test_id(f"person-{JOHN.aad_object_id}").click()
    await expect(page.get_by_test_id(f"place-{CHANNEL.id}")).to_have_count(0)
    await expect(page.get_by_test_id("message")).to_have_count(0)

    assert "message" not in demo.bot.kinds()


async def test_page_refreshes_for_those_named(page: Page, demo: Demo) -> None:
    """A card that names its reader for a refresh is refreshed once, unasked, and for that reader."""
    asks = card("for all") | {"refresh": {"action": execute("", "mine"), "userIds": [SATO.teams_id]}}
    demo.bot.reply = lambda activity: with_card(asks)
    demo.bot.invoke = lambda activity: {"statusCode": 200, "type": CARD, "value": asks | card("for you")}
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("go")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("card")).to_contain_text("for you")
    await page.get_by_test_id("theme-toggle").click()
    await expect(page.get_by_test_id("card")).to_contain_text("for you")

    assert [activity["value"]["trigger"] for activity in demo.bot.got if activity["type"] == "invoke"] == [
        "automatic"
    ]


async def test_page_keeps_what_is_typed_into_a_card(page: Page, demo: Demo) -> None:
    """A message that comes while a form is filled leaves the form and the focus alone."""
    form = card("form", body=[{"type": "Input.Text", "id": "who", "label": "Who"}])
    demo.bot.reply = lambda activity: with_card(form)
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("go")
    await page.get_by_test_id("send").click()
    box = page.get_by_test_id("card").get_by_role("textbox")
    await box.fill("half")
    demo.chat.conversations.post(SATO_CHAT, {"type": "message", "text": "news"})
    await expect(page.get_by_text("news")).to_be_visible()

    await expect(box).to_have_value("half")
    await expect(box).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
async def test_page_fits(page: Page, demo: Demo, width: int) -> None:
    """Nothing is wider than the window, on a telephone or a desk."""
    demo.bot.reply = lambda activity: with_card(card("x" * 400, execute("Open", "open")))
    await page.set_viewport_size({"width": width, "height": 740})
    await page.goto(f"{demo.bot.url}/?lang=ja&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("y" * 400)
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("card")).to_be_visible()

    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.getElementById('scroll').scrollWidth <= innerWidth")
