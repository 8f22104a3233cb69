"""What a person can ask about watches, whether typed or tapped."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.watch_options import Said
from cards.form import Fields
from cards.watch_form import WatchFields
from tracing.model import TraceQuery
from tracing.quiet import Quiet
from tracing.watch import Watch


@dataclass(frozen=True)
class WatchTrace:
    """`watch failed to *@partner.com every 15m`: a trace that stands, and tells here what is new.

    `watch … more than 10 in 15m`: only once there are more. `watch mine`: over one's own mail. `watch …
    quiet 22:00-7:00 working days`: what is found then is told afterwards; the zone is the asker's. `watch …
    mention me @Sato`: who is told by Teams, by the names in the message, "" for the asker.
    """

    watch: Watch
    quiet: Quiet = field(default_factory=Quiet)
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class WatchResults:
    """A tap on “watch this” under a list: the form of a watch over the list's question.

    `begin`: start the watch that a sentence asked for, as offered; a second tap starts no other.
    """

    state_id: str
    begin: bool = False


@dataclass(frozen=True)
class ShowWatches:
    """`watches`, or `watch` alone: what one has watched, and how it goes; one of them with a tap on it.

    In a shared place, those that speak there. `page` counts from 0. `around`: those of the place where that
    watch speaks.
    """

    watch_id: str = ""
    page: int = 0
    around: str = ""


@dataclass(frozen=True)
class Numbered:
    """A watch by the number that its owner sees."""

    number: int


@dataclass(frozen=True)
class WatchId:
    """A watch by its id: what a button carries."""

    watch_id: str


WatchRef = Numbered | WatchId


class WatchChange(StrEnum):
    """What can be done with a watch."""

    STOP = "stop"
    PAUSE = "pause"
    RESUME = "resume"
    SNOOZE = "snooze"
    TEST = "test"
    MOVE = "move"


class Until(StrEnum):
    """How long a watch is snoozed."""

    HOUR = "hour"
    TOMORROW = "tomorrow"


@dataclass(frozen=True)
class ChangeWatch:
    """`unwatch 3`, `pause 3`, `resume 3`, `snooze 3`, `snooze 3 tomorrow`, `test 3`; “Tell me here”."""

    watch: WatchRef
    change: WatchChange
    until: Until = Until.HOUR


@dataclass(frozen=True)
class EditWatch:
    """`edit 3 every 30m`, `edit 3 failed to *@other.example`: change what was said of a watch; `edit 3`, or a
    tap on “change”: the form, filled. `query` is None where no condition was said; `zone` is the asker's.
    """

    watch: WatchRef
    said: Said = field(default_factory=Said)
    query: TraceQuery | None = None
    zone: str = "UTC"


@dataclass(frozen=True)
class SubmitWatch:
    """The button of a watch's form: begin one over the question of `state_id`, or change that of `watch_id`.

    `fields` and `options` are as the client sent them.
    """

    state_id: str
    watch_id: str
    fields: Fields
    options: WatchFields


@dataclass(frozen=True)
class Acknowledge:
    """A tap on “I am on it” under an alert; everybody sees who."""

    watch_id: str
    trouble: int


WatchCommand = WatchTrace | WatchResults | ShowWatches | ChangeWatch | EditWatch | SubmitWatch | Acknowledge
