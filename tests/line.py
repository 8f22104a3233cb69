"""A Teams to reach the bot through, for end-to-end tests: activities in over HTTP, cards out at a connector.

async with Line(tmp_path) as line:
    await line.say(SATO, "trace sender *@hoge.com")
    found = await line.answer(SATO)
    detail = await line.tap(SATO, found, "【至急】10月度請求書の件")

The bot is `app.create_app`, Graph the sample tenant, both on loopback without tokens. The line's clock stands
still, and what sleeps on it sleeps a hundredth. Every card is held to what Teams bears; `close` raises if one
was not.
"""

import asyncio
import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Self

import httpx
from aiohttp import ClientResponse, ClientSession, web
from aiohttp.test_utils import TestServer

import app as bot
from bot.progress import Pace
from bot.reach import GRAPH_TIMEOUT
from bot.settings import read_settings
from bot.teams.connector import CONSENT_TYPE, FILE_TYPE
from cards.elements import MAX_CARD_BYTES
from cards.texts import TEXTS
from demo.activities import Client, Scene, arrival, invoked, pressed, typed
from demo.company import AUDITOR_GROUP_ID, HELPDESK_GROUP_ID, SATO, TANAKA, TENANT_ID, Employee
from demo.connector import CARD, CHANNEL, GROUP_CHAT, Json, Place, account_of, personal_id
from demo.mailbox import Mailbox, make_mailbox
from demo.tenant import Tenant, graph_app
from demo.troubles import SignIn
from tests.drive import RecordingDrive

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
HASTE = 100
HELD = timedelta(minutes=10)
"""How slow Graph is where a test lets it go on when it has seen enough (`tenant.faults.clear()`)."""
WITHIN = 60.0
"""Seconds; what takes longer will not come, however busy the machine is."""
DATABASE_PATIENCE = timedelta(seconds=WITHIN)
"""A database that a busy machine slows down is not away; tests of one that is away set their own."""
_LONG = timedelta(minutes=5)
PATIENT = Pace(first=_LONG, every=_LONG, anew=_LONG, in_place=_LONG, silence=_LONG, tap=_LONG)
"""People who wait for the answer, so that what they see does not hang on how busy the machine is."""
ENGLISH = Client("en-US", "Asia/Tokyo")
JAPANESE = Client("ja-JP", "Asia/Tokyo")
THREAD = "1795419468880"
"""The thread of the channel in which everybody speaks."""

_LOOKING = set(TEXTS["looking.summary"].values())


class HastyClock:
    """Meets `tracing.model.Clock`: it is *now* until `pass_time`; sleeping takes a hundredth of its time.

    `set_by` moves the wall clock alone, as somebody does who sets it.
    """

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._steady = 0.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._steady

    def set_by(self, duration: timedelta) -> None:
        """The wall clock is set on by *duration*, or back."""
        self._now += duration

    def pass_time(self, duration: timedelta) -> None:
        """It is *duration* later."""
        self._now += duration
        self._steady += duration.total_seconds()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / HASTE)


@cache
def sample_mailbox(now: datetime = NOW) -> Mailbox:
    """The sample mailbox; made once, as it never changes."""
    return make_mailbox(now)


def words(card: Mapping[str, Any]) -> str:
    """Everything on *card* that a person can read, as they read it, one piece a line."""
    pieces = (
        (node, str(node[name]))
        for node in nodes(card)
        for name in ("text", "title", "fallbackText")
        if name in node
    )
    return "\n".join(
        _ESCAPED.sub(r"\1", piece) if node.get("type") == "TextBlock" else piece for node, piece in pieces
    )


_ESCAPED = re.compile(r"\\([^\w\s])")
"""A TextBlock is Markdown; a TextRun is literal."""


def nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """Every object in *value*, however deep, but for what only old clients see."""
    if isinstance(value, Mapping):
        yield value
        for name, part in value.items():
            if name != "fallback":
                yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


def buttons(card: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every `Action.Execute` of *card*, rows and tiles included."""
    return [node for node in nodes(card) if node.get("type") == "Action.Execute"]


def button(card: Mapping[str, Any], title: str) -> Mapping[str, Any]:
    """The first `Action.Execute` of *card* with *title* in its title."""
    for one in buttons(card):
        if title in one.get("title", ""):
            return one
    raise AssertionError(f"no button {title!r} on:\n{words(card)}")


@dataclass
class Message:
    """What the bot said in one place; `versions` are its activities, the newest last."""

    id: str
    conversation_id: str
    versions: list[Json]
    only_for: str = ""

    @property
    def card(self) -> Json:
        """The content of its card, as it is now."""
        content = card_of(self.versions[-1])
        assert content is not None, f"no card: {self.versions[-1]}"
        return content

    @property
    def summary(self) -> str:
        return str(self.versions[-1].get("summary", ""))

    @property
    def text(self) -> str:
        """Its plain text, "" for a card."""
        return str(self.versions[-1].get("text", ""))

    @property
    def offer(self) -> Json | None:
        """The attachment that asks whether a file may be saved, None when there is none."""
        return attached(self.versions[-1], CONSENT_TYPE)

    @property
    def file(self) -> Json | None:
        """The attachment that shows a saved file, None when there is none."""
        return attached(self.versions[-1], FILE_TYPE)

    @property
    def words(self) -> str:
        """What a person reads, be it text or card."""
        return self.text or words(self.card)

    @property
    def is_looking(self) -> bool:
        return self.summary in _LOOKING


def card_of(activity: Mapping[str, Any]) -> Json | None:
    found = attached(activity, CARD)
    return None if found is None else found["content"]


def attached(activity: Mapping[str, Any], kind: str) -> Json | None:
    """The first attachment of that content type."""
    attachments = activity.get("attachments") or []
    return next((a for a in attachments if a.get("contentType") == kind), None)


@dataclass(frozen=True)
class Call:
    """One request of the bot."""

    method: str
    conversation_id: str
    activity_id: str
    body: Json


@dataclass
class RecordingConnector:
    """A Bot Connector that keeps all it is told. The bot is installed for everybody but *strangers*.

    Of conversations that are *gone* it knows nothing. `only_for` of a message names the one who sees it.
    `refusals` holds statuses to answer the next sends and updates with, `delay` holds each back, in seconds.
    """

    strangers: set[str] = field(default_factory=set)
    gone: set[str] = field(default_factory=set)
    refusals: list[int] = field(default_factory=list)
    delay: float = 0.0
    calls: list[Call] = field(default_factory=list)
    members: list[Json] = field(default_factory=lambda: [account_of(SATO), account_of(TANAKA)])
    messages: list[Message] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    sent: int = 0
    drive: RecordingDrive = field(default_factory=RecordingDrive)

    def _new_id(self) -> str:
        """An id that no message has or had."""
        self.sent += 1
        return f"m{self.sent}"

    def application(self) -> web.Application:
        application = web.Application()
        one = "/v3/conversations/{conversation}/activities"
        application.router.add_post("/v3/conversations", self._open)
        application.router.add_post(one, self._send)
        application.router.add_get("/v3/conversations/{conversation}/pagedmembers", self._roster)
        application.router.add_get("/v3/conversations/{conversation}/members/{member}", self._member)
        application.router.add_put(one + "/{activity}", self._update)
        application.router.add_delete(one + "/{activity}", self._delete)
        self.drive.add_to(application)
        return application

    def said_in(self, conversation_id: str) -> list[Message]:
        """The messages of one conversation, oldest first; of a channel, those of every thread."""
        return [m for m in self.messages if m.conversation_id.partition(";")[0] == conversation_id]

    async def _open(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.calls.append(Call("POST", "", "", body))
        if "activity" in body:
            return await self._begin_thread(body)
        teams_id = body["members"][0]["id"]
        if teams_id in self.strangers:
            return _refusal(403, "BotNotInConversationRoster")
        return web.json_response({"id": "a:1" + teams_id.removeprefix("29:")}, status=201)

    async def _begin_thread(self, body: Json) -> web.Response:
        channel, activity = body["channelData"]["channel"]["id"], body["activity"]
        if (refused := await self._taken("POST", channel, "", activity)) is not None:
            return refused
        number = self._new_id()
        conversation_id = f"{channel};messageid={number}"
        self.messages.append(Message(number, conversation_id, [activity]))
        return web.json_response({"id": conversation_id, "activityId": number}, status=201)

    async def _roster(self, request: web.Request) -> web.Response:
        if request.match_info["conversation"] in self.gone:
            return _refusal(404, "ConversationNotFound")
        return web.json_response({"members": self.members})

    async def _member(self, request: web.Request) -> web.Response:
        known = (one for one in self.members if one["id"] == request.match_info["member"])
        found = next(known, None)
        return web.json_response(found) if found else _refusal(404, "MemberNotFoundInConversation")

    async def _send(self, request: web.Request) -> web.Response:
        conversation_id, body = request.match_info["conversation"], await request.json()
        if (refused := await self._taken("POST", conversation_id, "", body)) is not None:
            return refused
        reader = body["recipient"]["id"] if request.query.get("isTargetedActivity") == "true" else ""
        message = Message(self._new_id(), conversation_id, [body], reader)
        self.messages.append(message)
        return web.json_response({"id": message.id}, status=201)

    async def _update(self, request: web.Request) -> web.Response:
        conversation_id, body = request.match_info["conversation"], await request.json()
        activity_id = request.match_info["activity"]
        if (refused := await self._taken("PUT", conversation_id, activity_id, body)) is not None:
            return refused
        known = (m for m in self.messages if (m.id, m.conversation_id) == (activity_id, conversation_id))
        message = next(known, None)
        if message is None:
            return _refusal(404, "ActivityNotFoundInConversation")
        # Teams knows a targeted activity as such only, and lets nobody change whose it is.
        assert bool(message.only_for) == (request.query.get("isTargetedActivity") == "true")
        if message.only_for and "recipient" in body:
            return _refusal(400, "BadArgument")
        message.versions.append(body)
        return web.json_response({"id": message.id})

    async def _delete(self, request: web.Request) -> web.Response:
        conversation_id, activity_id = request.match_info["conversation"], request.match_info["activity"]
        self.calls.append(Call("DELETE", conversation_id, activity_id, {}))
        self.messages = [
            m for m in self.messages if (m.id, m.conversation_id) != (activity_id, conversation_id)
        ]
        return web.Response()

    async def _taken(
        self, method: str, conversation_id: str, activity_id: str, body: Json
    ) -> web.Response | None:
        """Note a call; the refusal that is due."""
        await asyncio.sleep(self.delay)
        self.calls.append(Call(method, conversation_id, activity_id, body))
        if (card := card_of(body)) is not None:
            self.faults += faults_of(card, str(body.get("summary", "")))
        return _refusal(self.refusals.pop(0), "ServiceError") if self.refusals else None


def _refusal(status: int, code: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": code}}, status=status)


def faults_of(card: Json, summary: str) -> list[str]:
    """What Teams, or whoever looks over a shoulder, would have against *card*."""
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    faults = [f"{size} bytes: {summary}"] if size > MAX_CARD_BYTES else []
    if not summary or "@" in summary:
        faults.append(f"not a summary: {summary!r}")
    return faults


@dataclass(frozen=True)
class Tap:
    """What the HTTP answer to a tap said: a card, or a line of text."""

    status: int
    body: Json

    @property
    def card(self) -> Json:
        assert self.body.get("type") == CARD, f"no card: {self.status} {self.body}"
        value: Json = self.body["value"]
        return value

    @property
    def is_looking(self) -> bool:
        return self.body.get("type") == CARD and self.card.get("fallbackText") in _LOOKING

    @property
    def words(self) -> str:
        """What a person reads, be it text or card."""
        return words(self.card) if self.body.get("type") == CARD else str(self.body["value"])


class Line:
    """A running bot, and everybody who talks to it. The database stays in *folder* from one to the next."""

    def __init__(
        self,
        folder: Path,
        tenant: Tenant | None = None,
        connector: RecordingConnector | None = None,
        now: datetime = NOW,
        graph_timeout: httpx.Timeout = GRAPH_TIMEOUT,
        pace: Pace = PATIENT,
        patience: timedelta = DATABASE_PATIENCE,
        **environment: str,
    ) -> None:
        self.tenant = tenant or Tenant(sample_mailbox(), clock=lambda: NOW)
        self.connector = connector or RecordingConnector()
        self.clock = HastyClock(now)
        self.file = folder / "line.sqlite3"
        self._graph_timeout = graph_timeout
        self._pace = pace
        self._patience = patience
        self._environment = {
            "MicrosoftAppTenantId": TENANT_ID,
            "TRACE_HELPDESK_GROUPS": HELPDESK_GROUP_ID,
            "TRACE_AUDITOR_GROUPS": AUDITOR_GROUP_ID,
            # Its clock stands still, and so does the minute in which only so much is taken.
            "TRACE_MESSAGES_PER_MINUTE": "6000",
            "TRACE_TIME_ZONE": "Asia/Tokyo",
            "TRACE_DATABASE_URL": f"sqlite+aiosqlite:///{self.file}",
            "TRACE_SPOOL_DIR": str(folder / "spool"),
            **environment,
        }
        self._graph_server = TestServer(graph_app(self.tenant))
        self._connector_server = TestServer(self.connector.application())
        self._heard: dict[str, int] = {}

    async def __aenter__(self) -> Self:
        await self._graph_server.start_server()
        await self._connector_server.start_server()
        self._environment["TRACE_GRAPH_URL"] = str(self._graph_server.make_url("/v1.0"))
        self._bot_server = TestServer(self._application())
        await self._bot_server.start_server()
        self._session = ClientSession()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.close()

    def _application(self) -> web.Application:
        signed_in = SignIn(self.tenant.faults)
        settings = read_settings(self._environment)
        return bot.create_app(
            settings, self.clock, signed_in, self._graph_timeout, self._pace, self._patience
        )

    async def restart(self) -> None:
        """Stop the bot, and start another on the same database."""
        await self._bot_server.close()
        self._bot_server = TestServer(self._application())
        await self._bot_server.start_server()

    async def close(self) -> None:
        """Stop the bot, which first ends what it has begun: after this nothing more is said."""
        await self._session.close()
        await self._bot_server.close()
        await self._graph_server.close()
        await self._connector_server.close()
        faults = self.connector.faults + self.connector.drive.faults
        assert not faults, faults

    # --- what people do ---

    async def say(
        self, person: Employee, text: str, place: Place | None = None, client: Client = ENGLISH
    ) -> None:
        """*person* types *text*; in a channel or group chat, behind a mention of the bot."""
        await self.send(self.typed(person, text, place, client))

    def typed(
        self, person: Employee, text: str, place: Place | None = None, client: Client = ENGLISH
    ) -> Json:
        """The activity of `say`, with an id of its own each time."""
        return typed(self.scene(person, place, client), text)

    def post(self, place: Place, message: Message) -> Message:
        """The same card as *message*, standing in *place* for everybody to see and tap."""
        shared = Message(f"shared-{message.id}", place.id, [message.versions[-1]])
        if place.kind == "channel":
            shared.conversation_id += f";messageid={THREAD}"
        self.connector.messages.append(shared)
        self._heard[place.id] = self._heard.get(place.id, 0) + 1
        return shared

    async def arrive(self, person: Employee, place: Place | None = None, client: Client = ENGLISH) -> None:
        """*person* installs the bot in *place*."""
        for activity in arrival(self.scene(person, place, client)):
            await self.send(activity)

    async def tap(
        self,
        person: Employee,
        message: Message,
        title: str | Mapping[str, Any],
        card: Json | None = None,
        client: Client = ENGLISH,
        place: Place | None = None,
    ) -> Tap:
        """*person* taps what has *title* on *message*, or on the *card* they see in its stead.

        *title* may be an action, as somebody sends it who copied it from elsewhere, and *place* where they
        say that they are.
        """
        action = title if isinstance(title, Mapping) else button(card or message.card, title)
        scene = self.scene(person, place_of(person, message.conversation_id), client)
        response = await self.send(
            invoked(scene, message.id, "adaptiveCard/action", {"action": dict(action)})
        )
        tap = Tap(response.status, await response.json())
        if tap.body.get("type") == CARD:
            self.connector.faults += faults_of(tap.card, tap.card.get("fallbackText", ""))
        return tap

    async def submit(self, person: Employee, message: Message, title: str, client: Client = ENGLISH) -> None:
        """The same tap from an old client: the `Action.Submit` in the action's stead, sent as a message."""
        data = button(message.card, title)["fallback"]["data"]
        scene = self.scene(person, place_of(person, message.conversation_id), client)
        await self.send(pressed(scene, message.id, data))

    async def consent(
        self,
        person: Employee,
        message: Message,
        *,
        accept: bool = True,
        client: Client = ENGLISH,
        **info: str,
    ) -> None:
        """*person* allows or declines the file that *message* offers; *info* changes what the client says."""
        assert message.offer is not None, f"no offer: {message.versions[-1]}"
        content, name = message.offer["content"], message.offer["name"]
        value: Json = {"type": "fileUpload", "action": "accept" if accept else "decline"}
        value["context"] = content["acceptContext" if accept else "declineContext"]
        if accept:
            url = f"{self.service_url}/drive/{name}"
            value["uploadInfo"] = {"uploadUrl": url, "contentUrl": url, "name": name} | info
            value["uploadInfo"] |= {"uniqueId": "1150D938-8870-4044-9F2C-5BBDEBA70C8C", "fileType": "csv"}
        scene = self.scene(person, place_of(person, message.conversation_id), client)
        await self.send(invoked(scene, message.id, "fileConsent/invoke", value))

    async def send(self, activity: Json) -> ClientResponse:
        """*activity* as it is, and the door's answer, which must be a success."""
        response = await self.knock(json.dumps(activity).encode())
        assert response.status == 200, f"{response.status}: {await response.text()}"
        return response

    async def knock(self, body: bytes) -> ClientResponse:
        """The door's answer to *body*, whatever either is."""
        url = self._bot_server.make_url("/api/messages")
        async with self._session.post(url, data=BytesIO(body)) as response:
            await response.read()
        return response

    @property
    def bot_url(self) -> str:
        """Where the bot listens."""
        return str(self._bot_server.make_url("")).rstrip("/")

    @property
    def service_url(self) -> str:
        """Where the bot finds the connector."""
        return str(self._connector_server.make_url("")).rstrip("/")

    def scene(self, person: Employee, place: Place | None = None, client: Client = ENGLISH) -> Scene:
        """Where *person* is: alone with the bot, unless *place* says otherwise."""
        place = place or place_of(person)
        thread = THREAD if place.kind == "channel" else None
        return Scene(person, place, client, self.service_url, self.clock.now(), thread)

    # --- what people see ---

    async def answer(self, where: Employee | Place) -> Message:
        """The bot's next message in a place, or in a person's 1:1, once it has its last word."""
        conversation_id = where.id if isinstance(where, Place) else personal_id(where)
        count = self._heard.get(conversation_id, 0)
        said = self.connector.said_in

        await self.until(lambda: len(said(conversation_id)) > count)
        message = said(conversation_id)[count]
        await self.until(lambda: not message.is_looking)
        self._heard[conversation_id] = count + 1
        return message

    async def ask(
        self, person: Employee, text: str, place: Place | None = None, client: Client = ENGLISH
    ) -> Message:
        """`say`, then the `answer` in the person's 1:1."""
        await self.say(person, text, place, client)
        return await self.answer(person)

    async def read_on(self, person: Employee, found: Message, most: int = 20) -> Json:
        """The card of *found* once *person* has continued until there is no more to continue."""
        card, title = found.card, "Continue"
        for _ in range(most):
            if not any(one.get("title") == title for one in buttons(card)):
                return card
            # Nobody is held up by what they spent the minute before.
            self.clock.pass_time(timedelta(minutes=1))
            card = (await self.tap(person, found, title, card)).card
        raise AssertionError(f"more is left after {most} taps:\n{words(card)}")

    async def offered(self, person: Employee, after: int = 0) -> Message:
        """The next message, past the first *after*, in which the bot offers *person* a file."""
        said = self.connector.said_in

        def offers() -> list[Message]:
            return [m for m in said(personal_id(person))[after:] if m.offer is not None]

        await self.until(offers)
        return offers()[0]

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for what must come true soon."""
        await until(true)

    async def rests(self) -> None:
        """Wait until no task is due or at work and no turn is open.

        Before time passes: what a step saves after that would be due later by what passed.
        """
        await self.until(self.is_idle)

    def is_idle(self) -> bool:
        """Whether no task is due or at work, and no turn open."""
        with closing(sqlite3.connect(self.file, timeout=WITHIN)) as connection:
            rows = connection.execute("SELECT due_at, lease FROM errands").fetchall()
        now = self.clock.now().replace(tzinfo=None)
        return all(not lease and (not due or datetime.fromisoformat(due) > now) for due, lease in rows)


async def until(true: Callable[[], object], within: float = WITHIN) -> None:
    """Wait for what must come true in so many seconds."""
    async with asyncio.timeout(within):
        # A condition over what many tasks write; an event would have to be set by each of them.
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def place_of(person: Employee, conversation_id: str = "") -> Place:
    """The place with that id; the 1:1 of *person* when it is none of the shared ones."""
    shared = (p for p in (CHANNEL, GROUP_CHAT) if p.id == conversation_id.partition(";")[0])
    return next(shared, Place(personal_id(person), "personal", (person,)))
