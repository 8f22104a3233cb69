"""The cards of a watch's troubles: its first message as it stands, and what follows it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.commands import (
    RunAgain,
)
from bot.errands import Errand
from bot.outbox import Glimpse, Telling
from bot.store.states import EVERYBODY, CardState
from bot.store.watched import Acknowledged
from bot.turns import PlaceKind
from bot.watch_commands import (
    Acknowledge,
)
from bot.watching import Standing, Thread
from cards import alert
from cards.elements import Card
from cards.mention import Mention
from cards.reader import Reader
from tracing.model import AddressPattern, DeliveryStatus, decode_status
from tracing.watch import Advance, Mark, Seen, Trouble


class States(Protocol):
    async def save(self, state: CardState, reader: str, conversation_id: str) -> str: ...


class Memories(Protocol):
    """What watches know; `bot.store.watched.Watched`."""

    async def load(self, watch_id: str) -> tuple[datetime | None, Mapping[Mark, Seen]]: ...

    async def write(self, connection: AsyncConnection, watch_id: str, step: Advance) -> None: ...

    async def forget(self, connection: AsyncConnection, watch_id: str) -> None: ...

    async def acknowledge(self, watch_id: str, trouble: int, name: str) -> Acknowledged: ...

    async def acknowledged(self, watch_id: str, trouble: int) -> Acknowledged | None: ...


class Details(Protocol):
    """Whether an alert may hold mails; `bot.watch_details.WatchDetails`."""

    async def may_be_kept(self, errand: Errand) -> bool: ...

    async def shown(self, errand: Errand, glimpses: Sequence[Glimpse]) -> Sequence[Glimpse]: ...


class NoDetails:
    """Nowhere."""

    async def may_be_kept(self, errand: Errand) -> bool:
        return False

    async def shown(self, errand: Errand, glimpses: Sequence[Glimpse]) -> Sequence[Glimpse]:
        return ()


@dataclass(frozen=True)
class WatchAlerts:
    """Makes the cards. *reader* is made of a locale and a zone."""

    states: States
    watched: Memories
    reader: Callable[[str, str], Reader]
    details: Details = field(default_factory=NoDetails)

    async def first(
        self,
        errand: Errand,
        standing: Standing,
        thread: Thread,
        *,
        again: bool = False,
        mentions: tuple[Mention, ...] = (),
    ) -> Card:
        """The first message of *thread* as it is now; *again*: it may have been sent before."""
        taken = await self.watched.acknowledged(errand.id, thread.trouble.number)
        shown = await self.details.shown(errand, thread.glimpses)
        return self.render(errand, standing, thread, taken, shown, again=again, mentions=mentions)

    def render(
        self,
        errand: Errand,
        standing: Standing,
        thread: Thread,
        taken: Acknowledged | None,
        shown: Sequence[Glimpse] = (),
        *,
        again: bool = False,
        mentions: tuple[Mention, ...] = (),
    ) -> Card:
        """The same with who took it on; *shown* are mails that may be shown there now.

        An edit has no *mentions*: it tells nobody anything.
        """
        view = alert.Alert(
            standing.number,
            thread.trouble,
            thread.as_of,
            standing.watch.query,
            thread.event,
            taken=None if taken is None else (taken.name, taken.at),
            again=again,
            held_since=thread.held_since,
            mentions=mentions,
            mails=mails_of(shown),
        )
        return alert.render(
            view,
            forms.press(RunAgain(thread.rows_state)),
            forms.press(Acknowledge(errand.id, thread.trouble.number)),
            self.reader_for(errand),
        )

    def reply(
        self,
        errand: Errand,
        standing: Standing,
        thread: Thread,
        telling: Telling,
        mentions: tuple[Mention, ...],
        shown: Sequence[Glimpse] = (),
    ) -> Card:
        """What follows in *thread*: that it grew, or is over."""
        view = alert.Alert(
            standing.number,
            thread.trouble,
            thread.as_of,
            standing.watch.query,
            telling.event,
            held_since=telling.held_since,
            mentions=mentions,
            mails=mails_of(shown),
        )
        return alert.reply(view, forms.press(RunAgain(thread.rows_state)), self.reader_for(errand))

    async def rows_state(self, errand: Errand, standing: Standing, trouble: Trouble) -> str:
        """The question behind “show the mails”; who taps it asks as themselves."""
        query = replace(standing.watch.query, recipients=(AddressPattern(f"*@{trouble.domain}"),))
        if standing.watch.query.recipients and all(
            one.domain == trouble.domain for one in standing.watch.query.recipients
        ):
            query = replace(query, recipients=standing.watch.query.recipients)
        status = decode_status(trouble.status)
        if isinstance(status, DeliveryStatus):
            query = replace(query, statuses=(status,))
        shared = errand.place.kind is not PlaceKind.PERSONAL
        state = CardState(query, standing.watch.mine, shared=shared)
        keeper = EVERYBODY if shared else errand.owner
        return await self.states.save(state, keeper, errand.place.conversation_id)

    def reader_for(self, errand: Errand) -> Reader:
        """How whoever took the watch on reads."""
        return self.reader(errand.locale, errand.time_zone)


def mails_of(shown: Sequence[Glimpse]) -> tuple[alert.Mail, ...]:
    return tuple(
        alert.Mail(one.received_date_time, one.sender_address, one.recipient_address, one.subject)
        for one in shown
    )
