"""What people do in the demo's Teams, as the bot hears of it, and what they see of its answers."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp import web

from demo.activities import MENTION, Client, Scene, arrival, invoked, pressed, typed
from demo.company import Employee
from demo.conversations import CARD, Conversations, Json, Message, Place
from demo.dialogs import action_on, fetch_of, read_dialog, sent_off
from demo.files import Files
from demo.troubles import Troubles

ANSWER_WITHIN = 15.0
"""Seconds a person waits for the bot's HTTP answer before Teams says that it did not respond."""
ANSWER_BYTES = 1024 * 1024


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
class Chat:
    """The chat client around one bot.

    `bot_url` is the bot's messaging endpoint; `service_url` where the bot finds the connector, without a
    trailing slash (`http://127.0.0.1:3978/_connector`). Both may be set any time before the first message.
    `authorization` gives the Authorization header of a request to the bot, where the bot wants one.
    `troubles` are those that the page can simulate, where there is a tenant to trouble.
    """

    bot_url: str = "http://127.0.0.1:3978/api/messages"
    service_url: str = "http://127.0.0.1:3978/_connector"
    authorization: Callable[[], str] | None = None
    troubles: Troubles | None = None
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    answer_within: float = ANSWER_WITHIN
    conversations: Conversations = field(init=False)
    files: Files = field(default_factory=Files, init=False)
    _session: aiohttp.ClientSession | None = field(default=None, init=False)
    _opened: set[str] = field(default_factory=set, init=False)

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

    async def tap(
        self, person: Employee, message: Message, index: int, action: Json, client: Client
    ) -> Json | None:
        """Do what a button on the card in attachment *index* says; *action* carries the inputs in `data`.

        Returns: the dialog that it opens, None when it opens none.
        """
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
            return None
        return await self._submit(person, message, action.get("data"), client)

    async def trace_message(self, person: Employee, message: Message, client: Client) -> Json:
        """The dialog of “Trace this mail” in the menu of *message*."""
        return await self._dialog(person, message, action_on(message), client)

    async def send_off(
        self, person: Employee, message: Message, data: Any, client: Client, *, on_message: bool
    ) -> Json:
        """What a dialog shows next, once it is sent off with *data*."""
        return await self._dialog(person, message, sent_off(data, on_message=on_message), client)

    async def _dialog(
        self, person: Employee, message: Message, asked: tuple[str, Json], client: Client
    ) -> Json:
        scene = self._scene(person, message.place, message.thread, client)
        answer = await self._send(invoked(scene, message.id, *asked))
        return {"error": answer.error} if answer.error else read_dialog(answer.body)

    async def _submit(self, person: Employee, message: Message, data: Any, client: Client) -> Json | None:
        """An Action.Submit: a message with a value, or what its `msteams` part asks for instead."""
        found = data.get("msteams") if isinstance(data, dict) else None
        asked = found if isinstance(found, dict) else {}
        kind = asked.get("type")
        if kind == "imBack":
            text = str(asked.get("value", ""))
            await self.say(person, message.place, text, client, mention=True, thread=message.thread)
            return None
        if kind == "task/fetch":
            return await self._dialog(person, message, fetch_of(data), client)
        scene = self._scene(person, message.place, message.thread, client)
        activity = pressed(scene, message.id, data)
        if kind == "messageBack":
            activity |= {"text": str(asked.get("text", "")), "value": asked.get("value")}
        error = (await self._send(activity)).error
        message.view(person).note = error
        self.conversations.changed(message)
        return None

    async def consent(
        self, person: Employee, message: Message, index: int, accept: bool, client: Client
    ) -> None:
        """Allow or refuse the file that attachment *index* offers."""
        attachment = message.activity["attachments"][index]
        content = attachment.get("content") or {}
        value: Json = {"type": "fileUpload", "action": "accept" if accept else "decline"}
        value["context"] = content.get("acceptContext" if accept else "declineContext")
        if accept:
            name = str(attachment.get("name") or "file")
            file_id = self.files.allow(name)
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
