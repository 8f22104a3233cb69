"""A bot of a few lines behind the chat page, and what a person does on the page."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from demo.chat import Chat, add_chat
from demo.company import SATO
from demo.connector import CARD, personal_id
from demo.faults import Faults
from demo.troubles import Troubles

Json = dict[str, Any]
SATO_CHAT = personal_id(SATO)


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


@asynccontextmanager
async def served() -> AsyncIterator[Demo]:
    """The page's server, with a bot behind it, on loopback."""
    bot, chat, app = Bot(), Chat(troubles=Troubles(Faults())), web.Application()
    app.router.add_post("/api/messages", bot.messages)
    add_chat(app, chat)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        bot.url = str(client.make_url("")).rstrip("/")
        chat.bot_url, chat.service_url = f"{bot.url}/api/messages", f"{bot.url}/_connector"
        yield Demo(chat, bot, client)
