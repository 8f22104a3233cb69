"""Every conversation of the demo's Teams: places, messages, what each person sees, and who watches."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from demo.company import BOT_NAME, DIRECTORY, ON_THE_PAGE, SATO, TANAKA, Employee

Json = dict[str, Any]
CARD = "application/vnd.microsoft.card.adaptive"
TEAM_ID = "19:helpdesk-team@thread.tacv2"
TEAM_NAME = "情報システム部 / IT"
TEAM_GROUP_ID = "44444444-4444-4444-8444-444444444444"
MESSAGES_PER_PLACE = 300
LISTENERS = 32
EVENTS_WAITING = 256
MESSAGE_BYTES = 100 * 1024
"""Counted in UTF-16. https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages"""


class Refused(Exception):
    """What the connector answers instead: the status and the code in its error envelope."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True)
class Place:
    """One conversation; `kind` is Teams' conversationType, `names` by language (none in a 1:1)."""

    id: str
    kind: str
    members: tuple[Employee, ...]
    names: dict[str, str] = field(default_factory=dict)


def personal_id(person: Employee) -> str:
    """The id of *person*'s 1:1 with the bot: the same at every start, so that a stored one stays good."""
    return "a:1" + person.teams_id.removeprefix("29:")


CHANNEL = Place(
    "19:helpdesk@thread.tacv2", "channel", (SATO, TANAKA), {"ja": "ヘルプデスク", "en": "Help desk"}
)
GROUP_CHAT = Place(
    "19:mail-migration@thread.v2", "groupChat", (SATO, TANAKA), {"ja": "メール移行", "en": "Mail migration"}
)
PLACES = (
    *(Place(personal_id(person), "personal", (person,)) for person in ON_THE_PAGE),
    CHANNEL,
    GROUP_CHAT,
)


@dataclass
class View:
    """What one person sees instead of what everybody sees: cards by attachment, and a word below."""

    cards: dict[int, Json] = field(default_factory=dict)
    note: Json | None = None


@dataclass
class Message:
    """One message; `sender` None is the bot, `only_for` the reader of a targeted one, `thread` its root."""

    id: str
    place: Place
    thread: str | None
    sender: Employee | None
    activity: Json
    at: datetime
    only_for: Employee | None = None
    edited: bool = False
    revision: int = 0
    delivery: str = "sent"  # or "sending", "unmentioned", "failed"
    reason: Json | None = None
    views: dict[str, View] = field(default_factory=dict)

    def visible_to(self, person: Employee) -> bool:
        return person in self.place.members and self.only_for in (None, person)

    def view(self, person: Employee) -> View:
        return self.views.setdefault(person.aad_object_id, View())

    def seen_by(self, person: Employee) -> Json:
        """The message as the page draws it for *person*."""
        view = self.views.get(person.aad_object_id, View())
        attachments = [
            {**attachment, "content": view.cards[index]} if index in view.cards else attachment
            for index, attachment in enumerate(self.activity.get("attachments") or [])
        ]
        return {
            "id": self.id,
            "place": self.place.id,
            "thread": self.thread,
            "from": {"bot": True, "name": BOT_NAME}
            if self.sender is None
            else {"bot": False, "id": self.sender.aad_object_id, "name": self.sender.name},
            "text": self.activity.get("text") or "",
            "plain": self.sender is not None or self.activity.get("textFormat") == "plain",
            "summary": self.activity.get("summary"),
            "attachments": attachments,
            "at": self.at.isoformat(),
            "revision": self.revision,
            "edited": self.edited,
            "onlyForYou": self.only_for is not None,
            "mention": bool(self.activity.get("mention")),
            "delivery": self.delivery,
            "reason": self.reason,
            "note": view.note,
        }


@dataclass(eq=False)
class Listener:
    """One open page of *person*; None in the queue ends it (the page comes back for the whole state)."""

    person: Employee
    queue: asyncio.Queue[tuple[str, Json] | None] = field(
        default_factory=lambda: asyncio.Queue(EVENTS_WAITING)
    )

    def tell(self, event: tuple[str, Json] | None) -> None:
        if event is None or self.queue.full():
            while not self.queue.empty():
                self.queue.get_nowait()
            event = None
        self.queue.put_nowait(event)


class Conversations:
    """Every place with its messages, and the pages that watch them."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.clock = clock
        self._messages: dict[str, dict[str, Message]] = {place.id: {} for place in PLACES}
        self._listeners: set[Listener] = set()
        self._last_id = 0

    def new_id(self) -> str:
        """A message id as Teams makes them: milliseconds, never the same twice."""
        self._last_id = max(self._last_id + 1, int(self.clock().timestamp() * 1000))
        return str(self._last_id)

    def find_place(self, conversation_id: str) -> tuple[Place, str | None]:
        """The place and thread that *conversation_id* names.

        Raises: Refused: 403 where the bot is not installed, 404 where there is nothing.
        """
        base, _, thread = conversation_id.partition(";messageid=")
        if base == TEAM_ID:  # the team speaks in its one channel
            base = CHANNEL.id
        for place in PLACES:
            if place.id == base:
                return place, (thread or None) if place.kind == "channel" else None
        if base in {personal_id(person) for person in DIRECTORY}:
            raise Refused(
                403, "BotNotInConversationRoster", "The bot is not part of the conversation roster."
            )
        raise Refused(404, "ConversationNotFound", "Conversation not found.")

    def find(self, place: Place, message_id: str) -> Message:
        message = self._messages[place.id].get(message_id)
        if message is None:
            raise Refused(
                404, "ActivityNotFoundInConversation", "The activity is not part of the conversation."
            )
        return message

    def seen_by(self, person: Employee) -> list[Json]:
        """Everything *person* may read, oldest first within a place."""
        return [
            message.seen_by(person)
            for messages in self._messages.values()
            for message in messages.values()
            if message.visible_to(person)
        ]

    def add(self, message: Message) -> None:
        messages = self._messages[message.place.id]
        messages[message.id] = message
        if len(messages) > MESSAGES_PER_PLACE:
            self.remove(messages[next(iter(messages))])
        self.changed(message)

    def remove(self, message: Message) -> None:
        del self._messages[message.place.id][message.id]
        self.tell(message.place, ("deleted", {"id": message.id, "place": message.place.id}))

    def changed(self, message: Message) -> None:
        """Draw *message* again wherever it is seen."""
        for listener in self._listeners:
            if message.visible_to(listener.person):
                listener.tell(("message", message.seen_by(listener.person)))

    def tell(self, place: Place, event: tuple[str, Json]) -> None:
        for listener in self._listeners:
            if listener.person in place.members:
                listener.tell(event)

    def tell_all(self, event: tuple[str, Json]) -> None:
        for listener in self._listeners:
            listener.tell(event)

    def listen(self, person: Employee) -> Listener:
        if len(self._listeners) >= LISTENERS:
            raise Refused(503, "TooManyPages", "Too many chat pages are open.")
        listener = Listener(person)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        self._listeners.discard(listener)

    def hang_up(self) -> None:
        """End every listener: the server is going."""
        for listener in self._listeners:
            listener.tell(None)

    def post(self, conversation_id: str, activity: Json, reply_to: str | None = None) -> str:
        """The bot's *activity*, shown; the id it got."""
        place, thread = self.find_place(conversation_id)
        if reply_to and place.kind == "channel" and thread is None:
            thread = self.find(place, reply_to).thread
        _measure(activity)
        message_id = self.new_id()
        if activity.get("type") == "typing":
            self.tell(place, ("typing", {"place": place.id, "thread": thread}))
        elif activity.get("type") == "message":
            if place.kind == "channel":
                thread = thread or message_id
            reader = _targeted(place, activity)
            self.add(Message(message_id, place, thread, None, activity, self.clock().astimezone(UTC), reader))
        return message_id

    def update(self, conversation_id: str, message_id: str, activity: Json) -> None:
        """Replace the bot's message for everybody; what single persons saw instead is gone."""
        message = self.find_own(conversation_id, message_id)
        _measure(activity)
        message.activity, message.edited, message.views = activity, True, {}
        message.revision += 1
        self.changed(message)

    def find_own(self, conversation_id: str, message_id: str) -> Message:
        message = self.find(self.find_place(conversation_id)[0], message_id)
        if message.sender is not None:
            raise Refused(403, "MessageWritesBlocked", "A bot changes its own messages only.")
        return message


def _measure(activity: Json) -> None:
    if len(json.dumps(activity, ensure_ascii=False)) * 2 > MESSAGE_BYTES:
        raise Refused(413, "MessageSizeTooBig", "Message size too large.")


def _targeted(place: Place, activity: Json) -> Employee | None:
    """The only reader of *activity*, when it says that it has one."""
    recipient = activity.get("recipient")
    if not isinstance(recipient, dict) or not recipient.get("isTargeted"):
        return None
    return member_of(place, str(recipient.get("id")))


def member_of(place: Place, member_id: str) -> Employee:
    for person in place.members:
        if member_id in (person.teams_id, person.aad_object_id):
            return person
    raise Refused(404, "MemberNotFoundInConversation", "Member not found in the conversation.")
