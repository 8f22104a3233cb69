"""The desk behind the door: takes turns on, works them as jobs, answers in the right place.

A message is acknowledged at once and answered in a card that first says “looking”. A tap is answered within
three seconds. In a channel or group chat the answer goes to the asker's 1:1, and the place gets one line.
"""

import asyncio
import logging
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, assert_never
from zoneinfo import ZoneInfo

from bot import forms
from bot.access import Ground
from bot.answering import Answering, Asked, Work
from bot.commands import ShowForm, Stop
from bot.debts import Debts, Settled
from bot.denials import refused
from bot.dialogs import Dialogs
from bot.handlers import Handlers
from bot.homes import Homes
from bot.jobs import Busy
from bot.limits import Limits, TooMany
from bot.meters import Meters, NoMeters
from bot.moving import Moving
from bot.owed import Owable
from bot.places import Places
from bot.presence import Presence
from bot.progress import Pace
from bot.store.faults import DatabaseDamaged, DatabaseUnusable
from bot.taps import Taps
from bot.turns import (
    Arrived,
    Composing,
    Consented,
    Departed,
    Notice,
    Notifier,
    Opened,
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
from tracing.model import Clock

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Again:
    """A turn that was begun before: the card it has, "" for none, and who is told how it ends."""

    card_id: str
    settled: Settled


class Delivery(Protocol):
    """What becomes of a consent to a file."""

    async def consent(self, consented: Consented, reader: Reader) -> None: ...


class Desk:
    """Meets `bot.turns.Desk`."""

    def __init__(
        self,
        handlers: Handlers,
        notifier: Notifier,
        debts: Debts,
        answering: Answering,
        delivery: Delivery,
        clock: Clock,
        time_zone: ZoneInfo,
        places: Places,
        homes: Homes,
        presence: Presence,
        limits: Limits,
        install_link: str = "",
        pace: Pace | None = None,
        meters: Meters | None = None,
    ) -> None:
        self._meters = meters or NoMeters()
        self._places = places
        self._homes = homes
        self._presence = presence
        self._limits = limits
        self._install_link = install_link
        self._clock = clock
        self._handlers = handlers
        self._dialogs = Dialogs(handlers, homes, self._start_submitted)
        self._notifier = notifier
        self._debts = debts
        self._answering = answering
        self._where = Where(handlers, places, answering)
        self._taps = Taps(answering, debts, self._send_late, pace or Pace())
        self._delivery = delivery
        self._time_zone = time_zone

    async def hear(self, turn: Said | Tapped) -> None:
        """Take a message on, once; its answer follows as messages of its own."""
        if (much := self._too_much(turn, "message")) is not None:
            await self._send_too_much(turn, much)
            return
        if not await self._debts.take(turn):
            return
        try:
            self._start(turn)
        except Busy:
            await self._send_safely(turn.place, Notice(self._reader(turn).say("fault.busy.what")))
            await self._debts.close(turn)

    async def resume(self, turn: Owable, card_id: str) -> SendRefused | None:
        """Answer *turn*, which was begun before, on its card if it has one; why Teams did not take it.

        Raises: Busy; InvalidStateError: it ended without a word.
        """
        ended: asyncio.Future[SendRefused | None] = asyncio.get_running_loop().create_future()

        async def settled(refusal: SendRefused | None) -> None:
            ended.set_result(refusal)

        await self._start(turn, Again(card_id, settled))
        return ended.result()

    async def tap(self, tapped: Tapped) -> Post:
        """The answer to a tap: the card, or a progress card that the answer will replace."""
        try:
            return await self._tap(tapped, self._reader(tapped))
        except DatabaseUnusable as error:
            log.warning("a tap needs the database: %s", error)
            await self._debts.close(tapped)
            damaged = isinstance(error, DatabaseDamaged)
            return Notice(self._reader(tapped).say("away.tap.damaged" if damaged else "away.tap"))

    async def _tap(self, tapped: Tapped, reader: Reader) -> Post:
        if (much := self._too_much(tapped, "tap")) is not None:
            return much
        if not await self._debts.take(tapped):
            return Notice(reader.say("notice.repeat"))
        try:
            command = forms.read(tapped.verb, tapped.data)
        except forms.BadPress:
            await self._debts.close(tapped)
            return refused("bad_tap", reader)
        if isinstance(command, Stop):
            await self._debts.close(tapped)
            return await self._answering.stop(command, tapped, reader)
        try:
            place = await self._where.of_tap(tapped, command, reader)
            if place is not None:
                work = self._answering.begin(tapped, place, reader, tapped.card_activity_id)
                return await self._taps.on_own_card(tapped, command, work)
            if await self._places.is_approved(tapped.place):
                work = self._answering.begin(tapped, tapped.place, reader, ground=Ground.APPROVED)
                return await self._taps.on_shared_card(tapped, command, work)
            self._start_message(tapped, told=True)
        except Busy:
            await self._debts.close(tapped)
            return Notice(reader.say("fault.busy.what"))
        return Notice(reader.say("notice.private"))

    async def consent(self, consented: Consented) -> None:
        """Take a yes or no to a file on, once; what comes of it follows as messages."""
        if (much := self._too_much(consented, "file")) is not None:
            await self._send_too_much(consented, much)
            return
        if not await self._debts.take(consented):
            return
        try:
            self._start(consented)
        except Busy:
            await self._send_safely(consented.place, Notice(self._reader(consented).say("fault.busy.what")))
            await self._debts.close(consented)

    async def arrive(self, arrived: Arrived) -> None:
        """Say hello where the bot was installed; in a channel, how to be heard."""
        if not await self._debts.take(arrived):
            return
        try:
            self._start(arrived)
        except Busy:
            log.warning("too busy for a welcome")
            await self._debts.close(arrived)

    async def open_dialog(self, opened: Opened) -> Post:
        """The form, for this person alone."""
        reader = self._reader(opened)
        if (much := self._too_much(opened, "dialog")) is not None:
            return much
        return await self._dialogs.open(opened, self._answering.begin(opened, opened.place, reader).asker)

    async def submit_dialog(self, submitted: Submitted) -> Post:
        """The faults of the form in it, or the search on its way to the 1:1."""
        reader = self._reader(submitted)
        if (much := self._too_much(submitted, "dialog")) is not None:
            return much
        if not await self._debts.take(submitted):
            return Notice(reader.say("notice.repeat"))
        work = self._answering.begin(submitted, submitted.place, reader)
        post, started = await self._dialogs.submit(submitted, work.asker)
        if not started:
            await self._debts.close(submitted)
        return post

    def compose(self, composing: Composing) -> Notice:
        """Where to look instead."""
        return Notice(self._reader(composing).say("compose.what"))

    def _start_submitted(self, submitted: Submitted) -> bool:
        """Have it answered in its author's 1:1; False when as much runs as may."""
        try:
            self._start(submitted)
        except Busy:
            return False
        return True

    async def depart(self, departed: Departed) -> None:
        """Nothing is sent any more to where the bot was removed."""
        await self._presence.left(departed)

    def _start(self, turn: Owable, again: Again | None = None) -> asyncio.Task[None]:
        """Begin the job that answers *turn*. Raises: Busy."""
        match turn:
            case Submitted():
                return self._start_message(_tap_of(turn), told=True, again=again)
            case Tapped(invoked=True) if again is not None:
                return self._start_tap(turn, again)
            case Said() | Tapped():
                told = turn.targeted or turn.place.kind is PlaceKind.PERSONAL
                return self._start_message(turn, told=told, again=again)
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
            log.warning("no welcome could be given, reference %s", reference)

        settled = again.settled if again else None
        return self._debts.start(arrived, lambda: self._welcome(arrived, reader), failed, settled)

    def _start_tap(self, tapped: Tapped, again: Again) -> asyncio.Task[None]:
        """Answer a tap that nobody waits for any more: on its card, or as `_send_late` does. Raises: Busy."""
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
            place = await self._where.of_tap(tapped, command, reader)
            if place is not None:
                works.append(self._answering.begin(tapped, place, reader, tapped.card_activity_id))
                await self._answering.answer(command, works[0])
            elif await self._places.is_approved(tapped.place):
                work = self._answering.begin(tapped, tapped.place, reader, ground=Ground.APPROVED)
                await self._send_late(await self._answering.card_of(command, work), tapped, work)
            else:
                await self._answer_message(tapped, works, again, told=True)

        return self._debts.start(tapped, answered, failed, again.settled)

    def _start_message(
        self, turn: Said | Tapped, *, told: bool, again: Again | None = None
    ) -> asyncio.Task[None]:
        """Answer *turn* to its author alone; not *told*, the place gets a line too. Raises: Busy."""
        works: list[Work] = []

        async def failed(fault: Exception, reference: str) -> None:
            for work in works:
                await self._answering.fail(fault, work, reference)
            if not works:
                line = self._reader(turn).say("fault.unexpected.title")
                await self._notifier.send(turn.place, Notice(line))
            elif not told and works[-1].place.kind is PlaceKind.PERSONAL:
                # What went wrong waits there as an answer would.
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
        """The whole way of a message; *works* is what a fault is told to."""
        reader, card_id = self._reader(turn), again.card_id if again else ""

        def begin(place: Place, *, shared: bool = False) -> Work:
            return self._answering.begin(
                turn, place, reader, card_id or None, ground=ground, shared=shared, again=again is not None
            )

        await self._places.learn(turn)
        ground = await self._where.ground(turn.place)
        asked = self._answering.understand(turn, reader)
        if isinstance(turn, Said) and await self._where.shows_here(turn, asked, ground, reader):
            works.append(begin(turn.place, shared=True))
            await self._answering.answer(asked, works[0])
            return
        if await self._where.goes_aside(turn):
            works.append(begin(turn.aside))
            if await self._answer_aside(asked, works[0]):
                if not told:
                    await self._notifier.send(turn.place, Notice(reader.say("notice.aside")))
                return
        try:
            works[:] = [begin(await self._homes.of(turn.author, turn.place))]
            await self._answering.answer(asked, works[0])
        except SendRefused as refusal:
            log.warning("no private answer: %s %s", refusal.status, refusal.code)
            if refusal.is_passing or told:
                raise
            await self._notifier.send(turn.place, Notice(self._not_reached(reader)))
            return
        if not told:
            await self._notifier.send(turn.place, Notice(reader.say("notice.private")))

    async def _answer_aside(self, asked: Asked, work: Work) -> bool:
        """Answer where it was asked, to the asker alone; False where Teams does not take that.

        Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
        """
        try:
            await self._answering.answer(asked, work)
        except SendRefused as refusal:
            if work.slot.activity_id:
                raise
            log.info("no targeted answer: %s %s", refusal.status, refusal.code)
            return False
        return True

    def _not_reached(self, reader: Reader) -> str:
        """The line for somebody for whom the bot is not installed."""
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

    async def _send_late(self, card: Card, tapped: Tapped, work: Work) -> None:
        """What a tap brought too late for its own answer, as a message that the tapper alone sees."""
        reader = work.asker.reader
        try:
            if await self._places.takes_aside(tapped.place):
                await self._notifier.send(tapped.aside, card)
                return
        except SendRefused as refusal:
            log.info("no targeted answer: %s %s", refusal.status, refusal.code)
        try:
            private = await self._homes.of(tapped.author, tapped.place)
            target = self._answering.begin(tapped, private, reader).asker
            moved = await Moving(self._handlers.states, work.asker, target).card(card)
            await self._notifier.send(private, moved)
        except SendRefused as refusal:
            log.warning("no private answer: %s %s", refusal.status, refusal.code)
            if refusal.is_passing:
                raise
            await self._send_safely(tapped.place, Notice(self._not_reached(reader)))

    def _too_much(self, turn: Turn, kind: str) -> Notice | None:
        """Count *turn*; where it is one too many, the line that says when its author may go on."""
        now = self._clock.now()
        many = self._limits.take(_person(turn), now)
        if many is None:
            return None
        self._meters.over_limit(kind)
        return _wait(many, now, self._reader(turn))

    async def _send_too_much(self, turn: Turn, notice: Notice) -> None:
        """Say so in a message, unless that was said as often as there may be messages."""
        if self._limits.tell(_person(turn), self._clock.now()):
            await self._send_safely(turn.place, notice)

    async def _send_safely(self, place: Place, post: Post) -> None:
        try:
            await self._notifier.send(place, post)
        except SendRefused as refusal:
            log.warning("a line could not be sent: %s %s", refusal.status, refusal.code)

    def _reader(self, turn: Turn) -> Reader:
        return reader_of(turn.locale, turn.time_zone, self._time_zone)


def _tap_of(submitted: Submitted) -> Tapped:
    """A dialog that was sent off as the tap that it stands for, on no card."""
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


def _person(turn: Turn) -> str:
    return turn.author.aad_object_id or turn.author.teams_id


def _wait(many: TooMany, now: datetime, reader: Reader) -> Notice:
    """From when on messages are taken again, by the reader's clock, in whole seconds and not too early."""
    seconds = math.ceil((many.until - now).total_seconds())
    at = reader.clock(now + timedelta(seconds=seconds))
    wait = reader.duration(timedelta(seconds=seconds))
    return Notice(reader.say("notice.too_many", n=many.most, at=at, wait=wait))
