"""Answer accepted turns: a job for each, in the right place, with a fallback when Teams refuses.

A message first gets a card that says “looking”, which the answer replaces. In a channel or group chat the
answer goes to the asker's 1:1 chat, and the place gets one line. A retry works the same way.
"""

import asyncio
import logging
from dataclasses import dataclass
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from bot import forms
from bot.access import Ground
from bot.answering import Answering, Asked, Work
from bot.commands import ShowForm, Stop
from bot.debts import Debts, Settled
from bot.handlers import Handlers
from bot.homes import Homes
from bot.moving import Moving
from bot.owed import Owable
from bot.places import Places
from bot.presence import Presence
from bot.turns import (
    Arrived,
    Consented,
    Notice,
    Notifier,
    Place,
    PlaceKind,
    Post,
    Said,
    SendRefused,
    Submitted,
    Tapped,
    Turn,
)
from bot.where import Where
from cards import error, welcome
from cards.elements import Card
from cards.reader import Reader, reader_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Again:
    """A retry of a turn: its card, or "", and the callback for the result."""

    card_id: str
    settled: Settled


class Delivery(Protocol):
    """Delivers a file after its consent."""

    async def consent(self, consented: Consented, reader: Reader) -> None: ...


class TurnAnswers:
    """Answers turns as jobs, which close or postpone their debts at the end."""

    def __init__(
        self,
        handlers: Handlers,
        notifier: Notifier,
        debts: Debts,
        answering: Answering,
        delivery: Delivery,
        time_zone: ZoneInfo,
        places: Places,
        homes: Homes,
        presence: Presence,
        install_link: str = "",
    ) -> None:
        self._handlers = handlers
        self._notifier = notifier
        self._debts = debts
        self._answering = answering
        self._delivery = delivery
        self._time_zone = time_zone
        self._places = places
        self._homes = homes
        self._presence = presence
        self._install_link = install_link
        self.where = Where(handlers, places, answering)

    async def resume(self, turn: Owable, card_id: str) -> SendRefused | None:
        """Answer *turn*, a retry, on its card if it has one; return the refusal if Teams did not accept it.

        Raises: Busy; InvalidStateError: the job ended without a result.
        """
        ended: asyncio.Future[SendRefused | None] = asyncio.get_running_loop().create_future()

        async def settled(refusal: SendRefused | None) -> None:
            ended.set_result(refusal)

        await self.start(turn, Again(card_id, settled))
        return ended.result()

    def start(self, turn: Owable, again: Again | None = None) -> asyncio.Task[None]:
        """Start the job that answers *turn*. Raises: Busy."""
        match turn:
            case Submitted():
                return self.start_message(_tap_of(turn), told=True, again=again)
            case Tapped(invoked=True) if again is not None:
                return self._start_tap(turn, again)
            case Said() | Tapped():
                told = turn.targeted or turn.place.kind is PlaceKind.PERSONAL
                return self.start_message(turn, told=told, again=again)
            case Consented():
                reader, settled = self._reader(turn), again.settled if again else None

                async def failed(fault: Exception, reference: str) -> None:
                    await self._notifier.send(turn.place, error.render(fault, None, None, reference, reader))

                return self._debts.start(turn, lambda: self._delivery.consent(turn, reader), failed, settled)
            case Arrived():
                return self._start_welcome(turn, again)
            case _:
                assert_never(turn)

    def _start_welcome(self, arrived: Arrived, again: Again | None) -> asyncio.Task[None]:
        reader = self._reader(arrived)

        async def failed(fault: Exception, reference: str) -> None:
            log.warning("welcome not sent: reference=%s", reference)

        settled = again.settled if again else None
        return self._debts.start(arrived, lambda: self._welcome(arrived, reader), failed, settled)

    def _start_tap(self, tapped: Tapped, again: Again) -> asyncio.Task[None]:
        """Answer a tap after its time limit: on its card, or as `send_late` does. Raises: Busy."""
        reader = self._reader(tapped)
        works: list[Work] = []

        async def failed(fault: Exception, reference: str) -> None:
            for work in works:
                await self._answering.fail(fault, work, reference)

        async def answered() -> None:
            try:
                command = forms.read(tapped.verb, tapped.data)
            except forms.BadPress:
                return
            if isinstance(command, Stop):
                return
            place = await self.where.of_tap(tapped, command, reader)
            if place is not None:
                works.append(self._answering.begin(tapped, place, reader, tapped.card_activity_id))
                await self._answering.answer(command, works[0])
            elif await self._places.is_approved(tapped.place):
                work = self._answering.begin(tapped, tapped.place, reader, ground=Ground.APPROVED)
                await self.send_late(await self._answering.card_of(command, work), tapped, work)
            else:
                await self._answer_message(tapped, works, again, told=True)

        return self._debts.start(tapped, answered, failed, again.settled)

    def start_message(
        self, turn: Said | Tapped, *, told: bool, again: Again | None = None
    ) -> asyncio.Task[None]:
        """Answer *turn* to its author only; unless *told*, the place gets a line too. Raises: Busy."""
        works: list[Work] = []

        async def failed(fault: Exception, reference: str) -> None:
            for work in works:
                await self._answering.fail(fault, work, reference)
            if not works:
                line = self._reader(turn).say("fault.unexpected.title")
                await self._notifier.send(turn.place, Notice(line))
            elif not told and works[-1].place.kind is PlaceKind.PERSONAL:
                # The error is there, like an answer.
                await self._notifier.send(turn.place, Notice(self._reader(turn).say("notice.private")))

        return self._debts.start(
            turn,
            lambda: self._answer_message(turn, works, again, told=told),
            failed,
            again.settled if again else None,
        )

    async def _answer_message(
        self, turn: Said | Tapped, works: list[Work], again: Again | None, *, told: bool
    ) -> None:
        """Answer a message from start to end; *works* collects the work that an error is reported on."""
        reader, card_id = self._reader(turn), again.card_id if again else ""

        def begin(place: Place, *, shared: bool = False) -> Work:
            return self._answering.begin(
                turn, place, reader, card_id or None, ground=ground, shared=shared, again=again is not None
            )

        await self._places.learn(turn)
        ground = await self.where.ground(turn.place)
        asked = self._answering.understand(turn, reader)
        if isinstance(turn, Said) and await self.where.shows_here(turn, asked, ground, reader):
            works.append(begin(turn.place, shared=True))
            await self._answering.answer(asked, works[0])
            return
        if await self.where.goes_aside(turn):
            works.append(begin(turn.aside))
            if await self._answer_aside(asked, works[0]):
                if not told:
                    await self._notifier.send(turn.place, Notice(reader.say("notice.aside")))
                return
        try:
            works[:] = [begin(await self._homes.of(turn.author, turn.place))]
            await self._answering.answer(asked, works[0])
        except SendRefused as refusal:
            log.warning("private answer not sent: status=%s code=%s", refusal.status, refusal.code)
            if refusal.is_passing or told:
                raise
            await self._notifier.send(turn.place, Notice(self._not_reached(reader)))
            return
        if not told:
            await self._notifier.send(turn.place, Notice(reader.say("notice.private")))

    async def _answer_aside(self, asked: Asked, work: Work) -> bool:
        """Answer where it was asked, visible to the asker only; False if Teams refuses that.

        Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
        """
        try:
            await self._answering.answer(asked, work)
        except SendRefused as refusal:
            if work.slot.activity_id:
                raise
            log.info("targeted answer not sent: status=%s code=%s", refusal.status, refusal.code)
            return False
        return True

    def _not_reached(self, reader: Reader) -> str:
        """The line for a person who does not have the bot installed."""
        if not self._install_link:
            return reader.say("notice.private_refused")
        return reader.say("notice.install", link=self._install_link)

    async def _welcome(self, arrived: Arrived, reader: Reader) -> None:
        await self._presence.returned(arrived)
        if arrived.place.kind is not PlaceKind.PERSONAL:
            card = welcome.render(self._handlers.bot_name, forms.press(ShowForm()), reader)
            await self._notifier.send(arrived.place, card)
            return
        work = self._answering.begin(arrived, await self._homes.of(arrived.author, arrived.place), reader)
        await work.slot.finish(await self._handlers.help(work.asker, "welcome.title"))

    async def send_late(self, card: Card, tapped: Tapped, work: Work) -> None:
        """Send the late answer to a tap as a message that only the tapper sees."""
        reader = work.asker.reader
        try:
            if await self._places.takes_aside(tapped.place):
                await self._notifier.send(tapped.aside, card)
                return
        except SendRefused as refusal:
            log.info("targeted answer not sent: status=%s code=%s", refusal.status, refusal.code)
        try:
            private = await self._homes.of(tapped.author, tapped.place)
            target = self._answering.begin(tapped, private, reader).asker
            moved = await Moving(self._handlers.states, work.asker, target).card(card)
            await self._notifier.send(private, moved)
        except SendRefused as refusal:
            log.warning("private answer not sent: status=%s code=%s", refusal.status, refusal.code)
            if refusal.is_passing:
                raise
            await send_safely(self._notifier, tapped.place, Notice(self._not_reached(reader)))

    def _reader(self, turn: Turn) -> Reader:
        return reader_of(turn.locale, turn.time_zone, self._time_zone)


async def send_safely(notifier: Notifier, place: Place, post: Post) -> None:
    """Send *post*; if that fails, only log it."""
    try:
        await notifier.send(place, post)
    except SendRefused as refusal:
        log.warning("line not sent: status=%s code=%s", refusal.status, refusal.code)


def _tap_of(submitted: Submitted) -> Tapped:
    """The tap that a submitted dialog stands for; it has no card."""
    return Tapped(
        submitted.activity_id,
        submitted.place,
        submitted.author,
        submitted.locale,
        submitted.time_zone,
        card_activity_id="",
        verb=submitted.verb,
        data=submitted.data,
        invoked=True,
    )
