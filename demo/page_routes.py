"""What the chat page asks of its server."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web
from aiohttp.typedefs import Handler

from demo.activities import Client
from demo.company import AUDITOR, BOT_NAME, EXECUTIVES, ON_THE_PAGE, SATO, Employee
from demo.conversations import PLACES, Json, Message, Place, Refused
from demo.messenger import Chat

TEXT_LENGTH = 28_000
HEARTBEAT = 15.0
LOCALES = ("en-US", "ja-JP")


async def _asked(request: web.Request) -> tuple[Json, Employee, Client]:
    """The page's request: its body, who asks, from which client."""
    if request.content_type != "application/json":
        raise Refused(415, "BadSyntax", "JSON is wanted.")
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "BadSyntax", "The body is not a JSON object.")
    zone = str(body.get("timezone"))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = "UTC"
    locale = body.get("locale")
    client = Client(locale if locale in LOCALES else LOCALES[0], zone)
    return body, _person(str(body.get("person"))), client


_ROLES = {SATO: "engineer", AUDITOR: "auditor", **dict.fromkeys(EXECUTIVES, "executive")}
"""What somebody is to the bot, as the page's word for it."""


def _person(aad_object_id: str) -> Employee:
    for person in ON_THE_PAGE:
        if person.aad_object_id == aad_object_id:
            return person
    raise Refused(404, "NoSuchPerson", "Nobody here has this id.")


def _place_of(person: Employee, body: Json) -> Place:
    for place in PLACES:
        if place.id == body.get("place") and person in place.members:
            return place
    raise Refused(404, "NoSuchPlace", "This person has no such conversation.")


@dataclass(frozen=True)
class PageRoutes:
    """What the page asks of the server."""

    chat: Chat

    async def open(self, body: Json, person: Employee, client: Client) -> Json:
        return {"error": await self.chat.open(person, _place_of(person, body), client)}

    async def say(self, body: Json, person: Employee, client: Client) -> Json:
        text = str(body.get("text", "")).strip()
        if not text or len(text) > TEXT_LENGTH:
            raise Refused(400, "BadText", f"Type 1 to {TEXT_LENGTH} characters.")
        place, thread = _place_of(person, body), body.get("thread")
        message = await self.chat.say(
            person,
            place,
            text,
            client,
            mention=body.get("mention") is True,
            thread=thread if isinstance(thread, str) and thread.isdigit() else None,
        )
        return {"id": message.id, "delivery": message.delivery, "error": message.reason}

    async def tap(self, body: Json, person: Employee, client: Client) -> Json:
        message, index = self._card_of(body, person)
        action = body.get("action")
        if not isinstance(action, dict):
            raise Refused(400, "BadAction", "No action was given.")
        return {"dialog": await self.chat.tap(person, message, index, action, client)}

    async def trace_message(self, body: Json, person: Employee, client: Client) -> Json:
        return {"dialog": await self.chat.trace_message(person, self._message_of(body, person), client)}

    async def send_off(self, body: Json, person: Employee, client: Client) -> Json:
        message, on_message = self._message_of(body, person), body.get("onMessage") is True
        shown = await self.chat.send_off(person, message, body.get("data"), client, on_message=on_message)
        return {"dialog": shown}

    async def consent(self, body: Json, person: Employee, client: Client) -> Json:
        message, index = self._card_of(body, person)
        await self.chat.consent(person, message, index, body.get("accept") is True, client)
        return {}

    async def trouble(self, body: Json, person: Employee, client: Client) -> Json:
        """Switch one trouble on or off, or, without a name, all of them off; every open page hears of it."""
        troubles, name = self.chat.troubles, body.get("name")
        if troubles is None:
            raise Refused(404, "NoTroubles", "There is no tenant to trouble.")
        if name is None:
            troubles.reset()
        elif isinstance(name, str) and name in troubles.state:
            troubles.switch(name, body.get("on") is True)
        else:
            raise Refused(400, "NoSuchTrouble", "There is no such trouble.")
        self.chat.conversations.tell_all(("troubles", troubles.state))
        return {"troubles": troubles.state}

    def _card_of(self, body: Json, person: Employee) -> tuple[Message, int]:
        message = self._message_of(body, person)
        index, attachments = body.get("attachment"), message.activity.get("attachments") or []
        if not isinstance(index, int) or index not in range(len(attachments)):
            raise Refused(404, "NoSuchCard", "This message has no such card.")
        return message, index

    def _message_of(self, body: Json, person: Employee) -> Message:
        message = self.chat.conversations.find(_place_of(person, body), str(body.get("message")))
        if not message.visible_to(person):
            raise Refused(404, "NoSuchCard", "This message has no such card.")
        return message

    async def company(self, _request: web.Request) -> web.Response:
        people = [
            {
                "id": person.aad_object_id,
                "teamsId": person.teams_id,
                "name": person.name,
                "mail": person.mail,
                "role": _ROLES.get(person, "employee"),
                "places": [
                    {"id": place.id, "kind": place.kind, "names": place.names}
                    for place in PLACES
                    if person in place.members
                ],
            }
            for person in ON_THE_PAGE
        ]
        return web.json_response({"bot": BOT_NAME, "people": people})

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events: first everything the person may read, then what changes."""
        conversations = self.chat.conversations
        try:
            listener = conversations.listen(_person(request.query.get("person", "")))
        except Refused as refused:
            return web.Response(status=refused.status, text=str(refused))
        response = web.StreamResponse(headers={"Cache-Control": "no-store"})
        response.content_type = "text/event-stream"

        async def write(name: str, data: Any) -> None:
            await response.write(f"event: {name}\ndata: {json.dumps(data)}\n\n".encode())

        try:
            await response.prepare(request)
            await response.write(b"retry: 1000\n\n")
            if self.chat.troubles is not None:
                await write("troubles", self.chat.troubles.state)
            await write("snapshot", conversations.seen_by(listener.person))
            while True:
                try:
                    event = await asyncio.wait_for(listener.queue.get(), HEARTBEAT)
                except TimeoutError:
                    await response.write(b": still here\n\n")
                    continue
                if event is None:
                    break
                await write(*event)
        except ConnectionResetError:
            pass  # the page was closed
        finally:
            conversations.leave(listener)
        return response


def _served(act: Callable[[Json, Employee, Client], Awaitable[Json]]) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        try:
            return web.json_response(await act(*await _asked(request)))
        except Refused as refused:
            error = {"code": refused.code, "detail": str(refused)}
            return web.json_response({"error": error}, status=refused.status)

    return answer


def add_page_routes(app: web.Application, chat: Chat) -> None:
    routes = PageRoutes(chat)
    app.router.add_get("/chat/company", routes.company)
    app.router.add_get("/chat/events", routes.events)
    acts = (routes.open, routes.say, routes.tap, routes.consent, routes.trouble)
    for act in (*acts, routes.trace_message, routes.send_off):
        app.router.add_post(f"/chat/{act.__name__}", _served(act))
