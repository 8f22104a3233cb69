"""The people's side of the demo's Teams: a page to type and tap on, in front of one bot.

What is typed or tapped becomes an activity (`demo.activities`) and is sent by real HTTP to the bot's
messaging endpoint; what the bot says comes back through `demo.connector`. The page hears of everything
through server-sent events. Loopback only: a foreign Host or Origin is refused, on the bot's own routes too.
"""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
from aiohttp import web
from aiohttp.typedefs import Handler

from demo import renderer
from demo.activities import MENTION, Client, Scene, arrival, invoked, pressed, typed
from demo.company import BOT_NAME, EMPLOYEES, Employee
from demo.connector import CARD, PLACES, Conversations, Json, Message, Place, Refused, add_connector

ANSWER_WITHIN = 15.0
"""Seconds a person waits for the bot's HTTP answer before Teams says that it did not respond."""
TEXT_LENGTH = 28_000
ANSWER_BYTES = 1024 * 1024
FILES_KEPT = 20
FILE_BYTES = 8 * 1024 * 1024
HEARTBEAT = 15.0
LOCALES = ("en-US", "ja-JP")
PAGE_FILES = {
    "chat.css": "text/css",
    "chat.js": "text/javascript",
    "cards.js": "text/javascript",
    "messages.js": "text/javascript",
    "words.js": "text/javascript",
    "host-light.json": "application/json",
    "host-dark.json": "application/json",
}


@dataclass(frozen=True)
class Answer:
    """What came back from the bot: its body, or why there is none (`code`, `detail`)."""

    body: Any = None
    code: str | None = None
    detail: str = ""

    @property
    def error(self) -> Json | None:
        return None if self.code is None else {"kind": "error", "code": self.code, "detail": self.detail}


@dataclass
class Upload:
    """A file a person allowed the bot to send; `content` is None until it comes."""

    name: str
    content: bytes | None = None


@dataclass
class Chat:
    """The chat client around one bot.

    `bot_url` is the bot's messaging endpoint; `service_url` where the bot finds the connector, without a
    trailing slash (`http://127.0.0.1:3978/_connector`). Both may be set any time before the first message.
    `authorization` gives the Authorization header of a request to the bot, where the bot wants one.
    """

    bot_url: str = "http://127.0.0.1:3978/api/messages"
    service_url: str = "http://127.0.0.1:3978/_connector"
    authorization: Callable[[], str] | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    answer_within: float = ANSWER_WITHIN
    conversations: Conversations = field(init=False)
    _session: aiohttp.ClientSession | None = field(default=None, init=False)
    _opened: set[str] = field(default_factory=set, init=False)
    _uploads: dict[str, Upload] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.conversations = Conversations(self.clock)

    async def running(self, _app: web.Application) -> AsyncIterator[None]:
        """Hold the connections to the bot while the application runs."""
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self.answer_within)) as session:
            self._session = session
            yield
        self._session = None

    # --- what a person does ---

    async def open(self, person: Employee, place: Place, client: Client) -> Json | None:
        """Come to *place*: the first time, Teams installs the bot there and says so. None, or the error."""
        if place.id in self._opened:
            return None
        self._opened.add(place.id)
        for activity in arrival(self._scene(person, place, None, client)):
            answer = await self._send(activity)
            if answer.error:
                self._opened.discard(place.id)
                return answer.error
        return None

    async def say(
        self,
        person: Employee,
        place: Place,
        text: str,
        client: Client,
        *,
        mention: bool = False,
        thread: str | None = None,
    ) -> Message:
        """Show what *person* typed, and send it to the bot if it is meant for the bot."""
        if text.startswith(MENTION):
            text, mention = text.removeprefix(MENTION).strip(), True
        alone = place.kind == "personal"
        message_id = self.conversations.new_id()
        thread = (thread or message_id) if place.kind == "channel" else None
        shown = {"type": "message", "text": text, "mention": mention and not alone}
        heard = alone or mention
        message = Message(message_id, place, thread, person, shown, self.clock().astimezone(UTC))
        message.delivery = "sending" if heard else "unmentioned"
        self.conversations.add(message)
        if heard:
            answer = await self._send(typed(self._scene(person, place, thread, client), text))
            message.delivery = "failed" if answer.error else "sent"
            message.reason = answer.error
            self.conversations.changed(message)
        return message

    async def tap(self, person: Employee, message: Message, index: int, action: Json, client: Client) -> None:
        """Do what a button on the card in attachment *index* says; *action* carries the inputs in `data`."""
        if action.get("type") == "Action.Execute":
            kept = {key: action[key] for key in ("type", "title", "verb") if action.get(key) is not None}
            value = {"action": kept | {"data": action.get("data") or {}}}
            if action.get("trigger"):
                value["trigger"] = action["trigger"]
            scene = self._scene(person, message.place, message.thread, client)
            revision = message.revision
            answer = await self._send(invoked(scene, message.id, "adaptiveCard/action", value))
            note, card = _read_invoke_answer(answer)
            view = message.view(person)
            view.note = note
            # an update that came while the answer was on its way is newer than the answer
            if card is not None and message.revision == revision:
                view.cards[index] = card
            self.conversations.changed(message)
            return
        await self._submit(person, message, action.get("data"), client)

    async def _submit(self, person: Employee, message: Message, data: Any, client: Client) -> None:
        """An Action.Submit: a message with a value, or what its `msteams` part asks for instead."""
        found = data.get("msteams") if isinstance(data, dict) else None
        asked = found if isinstance(found, dict) else {}
        kind = asked.get("type")
        if kind == "imBack":
            text = str(asked.get("value", ""))
            await self.say(person, message.place, text, client, mention=True, thread=message.thread)
            return
        scene = self._scene(person, message.place, message.thread, client)
        activity = pressed(scene, message.id, data)
        if kind == "messageBack":
            activity |= {"text": str(asked.get("text", "")), "value": asked.get("value")}
        error = (await self._send(activity)).error
        if kind == "task/fetch":
            error = {"kind": "error", "code": "dialog", "detail": ""}
        message.view(person).note = error
        self.conversations.changed(message)

    async def consent(
        self, person: Employee, message: Message, index: int, accept: bool, client: Client
    ) -> None:
        """Allow or refuse the file that attachment *index* offers."""
        attachment = message.activity["attachments"][index]
        content = attachment.get("content") or {}
        value: Json = {"type": "fileUpload", "action": "accept" if accept else "decline"}
        value["context"] = content.get("acceptContext" if accept else "declineContext")
        if accept:
            file_id, name = uuid.uuid4().hex, str(attachment.get("name") or "file")
            self._uploads[file_id] = Upload(name)
            while len(self._uploads) > FILES_KEPT:
                del self._uploads[next(iter(self._uploads))]
            url = self.service_url.rsplit("/", 1)[0] + f"/_files/{file_id}"
            value["uploadInfo"] = {
                "contentUrl": url,
                "name": name,
                "uploadUrl": url,
                "uniqueId": file_id,
                "fileType": name.rpartition(".")[2],
            }
        scene = self._scene(person, message.place, message.thread, client)
        answer = await self._send(invoked(scene, message.id, "fileConsent/invoke", value))
        message.view(person).note = answer.error or {"kind": value["action"]}
        self.conversations.changed(message)

    # --- what the bot gets ---

    def _scene(self, person: Employee, place: Place, thread: str | None, client: Client) -> Scene:
        return Scene(person, place, client, self.service_url, self.clock(), thread)

    async def _send(self, activity: Json) -> Answer:
        """POST *activity* to the bot."""
        headers = {"Authorization": self.authorization()} if self.authorization else {}
        if self._session is None:
            raise RuntimeError("the application does not run")
        try:
            async with self._session.post(self.bot_url, json=activity, headers=headers) as response:
                body = await response.content.read(ANSWER_BYTES)
                if response.status >= 400:
                    return Answer(code="status", detail=str(response.status))
        except TimeoutError:
            return Answer(code="timeout", detail=f"{self.answer_within:g}")
        except aiohttp.ClientError:
            return Answer(code="unreachable")
        try:
            return Answer(json.loads(body) if body.strip() else None)
        except ValueError:
            return Answer()

    # --- the files a bot uploads ---

    async def take_file(self, request: web.Request) -> web.Response:
        upload = self._upload(request)
        content = await request.content.read(FILE_BYTES + 1)
        while chunk := await request.content.read(FILE_BYTES + 1):
            content += chunk
            if len(content) > FILE_BYTES:
                break
        if len(content) > FILE_BYTES:
            raise web.HTTPRequestEntityTooLarge(FILE_BYTES, len(content))
        upload.content = content
        return web.json_response({"name": upload.name}, status=201)

    async def give_file(self, request: web.Request) -> web.Response:
        upload = self._upload(request)
        if upload.content is None:
            raise web.HTTPNotFound
        response = web.Response(body=upload.content, content_type="application/octet-stream")
        disposition = aiohttp.helpers.content_disposition_header("attachment", filename=upload.name)
        response.headers["Content-Disposition"] = disposition
        return response

    def _upload(self, request: web.Request) -> Upload:
        upload = self._uploads.get(request.match_info["file"])
        if upload is None:
            raise web.HTTPNotFound
        return upload


def _read_invoke_answer(answer: Answer) -> tuple[Json | None, Json | None]:
    """What the one who tapped sees: a word below the card, another card, or neither."""
    if answer.error:
        return answer.error, None
    body = answer.body if isinstance(answer.body, dict) else {}
    status, value = body.get("statusCode", 200), body.get("value")
    if isinstance(status, int) and status >= 400:
        said = value.get("message") if isinstance(value, dict) else value
        return {"kind": "error", "code": "status", "detail": f"{status} {said or ''}".strip()}, None
    if body.get("type") == CARD and isinstance(value, dict):
        return None, value
    if body.get("type") == "application/vnd.microsoft.activity.message" and value:
        return {"kind": "said", "text": str(value)}, None
    return None, None


# --- the web side ---


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse names that are not this machine's (a rebound one, say) and pages from elsewhere."""
    try:
        host = urlsplit(f"//{request.host}").hostname
    except ValueError:
        host = None
    origin = request.headers.get("Origin")
    if host not in ("localhost", "127.0.0.1", "::1"):
        raise web.HTTPForbidden(text="this demo answers to localhost only\n")
    if origin is not None and origin != f"{request.scheme}://{request.host}":
        raise web.HTTPForbidden(text="this demo answers to its own page only\n")
    return await handler(request)


def _page(installed: bool) -> tuple[str, str]:
    """The page, and the policy that goes with it: the content network only when it is needed."""
    tags = []
    for file in renderer.FILES:
        url = f"/renderer/{file.name}" if installed else file.far_url
        checked = "" if installed else f' integrity="{file.integrity}" crossorigin="anonymous"'
        if file.name.endswith(".css"):
            tags.append(f'<link rel="stylesheet" href="{url}"{checked}>')
        else:
            tags.append(f'<script defer src="{url}"{checked}></script>')
    source = "'self'" if installed else f"'self' {renderer.CONTENT_NETWORK}"
    policy = (
        f"default-src 'none'; script-src {source}; style-src {source}; img-src 'self' data:; font-src data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    text = (renderer.PAGE / "index.html").read_text("utf-8")
    return text.replace("<!-- renderer -->", "\n".join(tags)), policy


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


def _person(aad_object_id: str) -> Employee:
    for person in EMPLOYEES:
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
        await self.chat.tap(person, message, index, action, client)
        return {}

    async def consent(self, body: Json, person: Employee, client: Client) -> Json:
        message, index = self._card_of(body, person)
        await self.chat.consent(person, message, index, body.get("accept") is True, client)
        return {}

    def _card_of(self, body: Json, person: Employee) -> tuple[Message, int]:
        message = self.chat.conversations.find(_place_of(person, body), str(body.get("message")))
        index, attachments = body.get("attachment"), message.activity.get("attachments") or []
        if (
            not isinstance(index, int)
            or index not in range(len(attachments))
            or not message.visible_to(person)
        ):
            raise Refused(404, "NoSuchCard", "This message has no such card.")
        return message, index

    async def company(self, _request: web.Request) -> web.Response:
        people = [
            {
                "id": person.aad_object_id,
                "teamsId": person.teams_id,
                "name": person.name,
                "mail": person.mail,
                "role": "engineer" if person.groups else "employee",
                "places": [
                    {"id": place.id, "kind": place.kind, "names": place.names}
                    for place in PLACES
                    if person in place.members
                ],
            }
            for person in EMPLOYEES
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


def add_chat(app: web.Application, chat: Chat) -> None:
    """Serve the page at `/`, and the connector, on *app*; the guard covers all of its routes."""
    routes = PageRoutes(chat)

    async def hang_up(_app: web.Application) -> None:
        chat.conversations.hang_up()

    app.middlewares.append(loopback_only)
    app.cleanup_ctx.append(chat.running)
    app.on_shutdown.append(hang_up)
    app.router.add_get("/chat/company", routes.company)
    app.router.add_get("/chat/events", routes.events)
    for act in (routes.open, routes.say, routes.tap, routes.consent):
        app.router.add_post(f"/chat/{act.__name__}", _served(act))
    app.router.add_put("/_files/{file}", chat.take_file)
    app.router.add_get("/_files/{file}", chat.give_file)
    _add_page(app)
    add_connector(app, chat.conversations)


def _add_page(app: web.Application) -> None:
    """Serve the page's own files and, where it is installed, the renderer."""
    installed = renderer.locate()
    fresh = {"Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}

    async def page(_request: web.Request) -> web.Response:
        text, policy = _page(installed is not None)
        headers = fresh | {"Content-Security-Policy": policy, "Referrer-Policy": "no-referrer"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    async def page_file(request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        if name not in PAGE_FILES:
            raise web.HTTPNotFound
        return web.FileResponse(renderer.PAGE / name, headers=fresh | {"Content-Type": PAGE_FILES[name]})

    async def renderer_file(request: web.Request) -> web.StreamResponse:
        path = (installed or {}).get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        kind = "text/css" if path.suffix == ".css" else "text/javascript"
        return web.FileResponse(path, headers=fresh | {"Content-Type": kind})

    app.router.add_get("/", page)
    app.router.add_get("/page/{name}", page_file)
    app.router.add_get("/renderer/{name}", renderer_file)
