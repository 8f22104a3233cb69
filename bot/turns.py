"""What arrives from a chat and what leaves for it, in this program's own types.

`bot/teams/` makes the first from Bot Framework activities and carries the second to its connector; nothing
else in the program knows either.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from cards.elements import Card


class PlaceKind(StrEnum):
    """The vendor's `conversationType`."""

    PERSONAL = "personal"
    GROUP_CHAT = "groupChat"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Place:
    """A conversation. In a channel, `conversation_id` carries `;messageid=` and so names the thread.

    With `reader_id`, a Teams id, what is sent here is a targeted message, which this person alone sees.
    `team_id` is the team of a channel, "" where that is not known.
    """

    service_url: str
    conversation_id: str
    kind: PlaceKind
    tenant_id: str
    bot_id: str
    reader_id: str = ""
    name: str = field(default="", compare=False)
    team_id: str = field(default="", compare=False)

    @property
    def whole(self) -> str:
        """The conversation without its thread: a card belongs to its channel, whichever thread it is in."""
        return self.conversation_id.partition(";messageid=")[0]

    @property
    def binding(self) -> str:
        """What the state behind a card here is bound to: the place, and whether one person alone sees it."""
        return f"{self.whole} aside" if self.reader_id else self.whole


@dataclass(frozen=True)
class Author:
    """Who acted: `teams_id` is `from.id` (`29:…`), `aad_object_id` the Entra object id, "" when absent."""

    teams_id: str
    aad_object_id: str
    name: str


@dataclass(frozen=True)
class Turn:
    """What every turn has. `locale` is the client's (`ja-JP`), `time_zone` an IANA name; either may be "".

    `targeted`: nobody else in the place saw it, as with a slash command picked from Teams' list.
    """

    activity_id: str
    place: Place
    author: Author
    locale: str
    time_zone: str
    targeted: bool = field(default=False, kw_only=True)

    @property
    def key(self) -> str:
        """What tells it from every other turn."""
        return f"{self.place.conversation_id} {self.activity_id}"

    @property
    def aside(self) -> Place:
        """The place, for the author's eyes alone."""
        return replace(self.place, reader_id=self.author.teams_id)


@dataclass(frozen=True)
class Said(Turn):
    """A message: `text` is what the person meant, the bot's mention cut, markup read.

    `mentioned` are the others whom it mentions, by the names that stand in it.
    """

    text: str
    mentioned: tuple[Author, ...] = ()

    @property
    def mentioned_names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.mentioned)


@dataclass(frozen=True)
class Tapped(Turn):
    """A button or a row: `verb` and `data` are whatever the client sent, not to be trusted.

    `card_activity_id` is the message the card hangs on. `invoked` is true for `Action.Execute`, whose answer
    goes into the HTTP response, and false for the `Action.Submit` fallback, answered with a message.
    """

    card_activity_id: str
    verb: str
    data: object
    invoked: bool


@dataclass(frozen=True)
class Upload:
    """Where Teams would have a file, as the client says: not to be trusted."""

    upload_url: str
    content_url: str
    name: str
    unique_id: str
    file_type: str


@dataclass(frozen=True)
class Consented(Turn):
    """A yes or no to a file. `offer` is what the consent card held, `upload` None for a no."""

    card_activity_id: str
    offer: str
    upload: Upload | None


@dataclass(frozen=True)
class Arrived(Turn):
    """The bot was installed here, or added."""


@dataclass(frozen=True)
class Opened(Turn):
    """A dialog is asked for; `text` is the message it is asked for on, "" when on none."""

    text: str


@dataclass(frozen=True)
class Submitted(Turn):
    """A dialog was sent off: `verb` and `data` are whatever the client sent."""

    verb: str
    data: object


@dataclass(frozen=True)
class Composing(Turn):
    """Somebody looks for something from the compose box."""


@dataclass(frozen=True)
class Departed(Turn):
    """The bot is heard here no more; `whole_team`: nor in any other channel of the team."""

    whole_team: bool


@dataclass(frozen=True)
class Notice:
    """A line of plain text."""

    text: str


Post = Card | Notice
"""What can be sent into a place, or be the answer to a tap."""


@dataclass(frozen=True)
class FileOffer:
    """Asks a person, alone with the bot, whether a file of *size* bytes may be put into their OneDrive."""

    name: str
    description: str
    size: int
    offer: str
    summary: str


@dataclass(frozen=True)
class FileGiven:
    """Shows a file that was put there."""

    upload: Upload
    summary: str


Message = Post | FileOffer | FileGiven
"""What can be sent as a message."""


class Desk(Protocol):
    """The program behind the door."""

    async def hear(self, turn: Said | Tapped) -> None:
        """Take on a message; the answer follows as messages of its own."""

    async def tap(self, tapped: Tapped) -> Post:
        """The answer to a tap, within three seconds."""

    async def consent(self, consented: Consented) -> None:
        """Take a yes or no to a file on; what comes of it follows as messages."""

    async def arrive(self, arrived: Arrived) -> None:
        """Say hello."""

    async def open_dialog(self, opened: Opened) -> Post:
        """What a dialog shows: a card, or a line."""

    async def submit_dialog(self, submitted: Submitted) -> Post:
        """What it shows next; a line ends it."""

    def compose(self, composing: Composing) -> Notice:
        """What to say to somebody who looks in the wrong place."""

    async def depart(self, departed: Departed) -> None:
        """Forget where this was."""


class SendRefused(Exception):
    """Teams refused the message with *status* and *code* (403 `BotNotInConversationRoster`).

    `retry_after` is how long it asked to wait, None if it did not say.
    """

    def __init__(self, status: int, code: str, retry_after: timedelta | None = None) -> None:
        super().__init__(status, code)
        self.status = status
        self.code = code
        self.retry_after = retry_after

    @property
    def is_passing(self) -> bool:
        """Whether the cause is not the message: no connection, too many requests, an error at Teams."""
        return self.status in (0, 408, 412, 425, 429) or self.status >= 500

    @property
    def may_pass(self) -> bool:
        """Whether a later attempt may succeed, also after a right, a token or an installation is restored."""
        return self.is_passing or self.status in (401, 403)


class Notifier(Protocol):
    """Sends into conversations; every method raises SendRefused."""

    async def send(self, place: Place, post: Message) -> str:
        """Send *post* and return its activity id."""

    async def update(self, place: Place, activity_id: str, post: Post) -> None:
        """Replace, for everybody, what was sent as *activity_id*."""

    async def open_private(self, place: Place, author: Author) -> Place:
        """The 1:1 of *author* with the bot that stands in *place*."""


class Drive(Protocol):
    """Puts files where a consent allows; every method raises SendRefused."""

    def accepts(self, upload_url: str) -> bool:
        """Whether anything may be sent there at all."""

    async def put(self, upload_url: str, data: bytes, start: int, total: int) -> int:
        """Send *data*, the bytes of a file of *total* from *start* on; from where on it wants more."""
