"""The desk behind the door: takes turns on, works them as jobs, answers in the right place.

A message is acknowledged at once and answered in a card that first says “looking”. A tap is answered within
three seconds. In a channel or group chat the answer goes to the asker's 1:1, and the place gets one line.
"""

import logging
import math
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot import forms
from bot.access import Ground
from bot.answering import Answering, Asked, Work
from bot.commands import ShowForm, Stop
from bot.denials import refused
from bot.dialogs import Dialogs
from bot.handlers import Handlers
from bot.homes import Homes
from bot.jobs import Busy, Jobs
from bot.limits import Limits, TooMany
from bot.meters import Meters, NoMeters
from bot.moving import Moving
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


class Claims(Protocol):
    """Who came first with an activity."""

    async def claim(self, conversation_id: str, activity_id: str) -> bool: ...


class Delivery(Protocol):
    """What becomes of a consent to a file."""

    async def consent(self, consented: Consented, reader: Reader) -> None: ...


class Desk:
    """Meets `bot.turns.Desk`."""

    def __init__(
        self,
        handlers: Handlers,
        notifier: Notifier,
        jobs: Jobs,
        claims: Claims,
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
        self._jobs = jobs
        self._claims = claims
        self._answering = answering
        self._where = Where(handlers, places, answering)
        self._taps = Taps(answering, jobs, self._send_late, pace or Pace())
        self._delivery = delivery
        self._time_zone = time_zone

    async def hear(self, turn: Said | Tapped) -> None:
        """Take a message on, once; its answer follows as messages of its own."""
        if (much := self._too_much(turn, "message")) is not None:
            await self._send_too_much(turn, much)
            return
        if not await self._claims.claim(turn.place.conversation_id, turn.activity_id):
            return
        try:
            self._start_message(turn, told=turn.targeted or turn.place.kind is PlaceKind.PERSONAL)
        except Busy:
            await self._send_safely(turn.place, Notice(self._reader(turn).say("fault.busy.what")))

    async def tap(self, tapped: Tapped) -> Post:
        """The answer to a tap: the card, or a progress card that the answer will replace."""
        try:
            return await self._tap(tapped, self._reader(tapped))
        except DatabaseUnusable as error:
            log.warning("a tap needs the database: %s", error)
            damaged = isinstance(error, DatabaseDamaged)
            return Notice(self._reader(tapped).say("away.tap.damaged" if damaged else "away.tap"))

    async def _tap(self, tapped: Tapped, reader: Reader) -> Post:
        if (much := self._too_much(tapped, "tap")) is not None:
            return much
        if not await self._claims.claim(tapped.place.conversation_id, tapped.activity_id):
            return Notice(reader.say("notice.repeat"))
        try:
            command = forms.read(tapped.verb, tapped.data)
        except forms.BadPress:
            return refused("bad_tap", reader)
        if isinstance(command, Stop):
            return await self._answering.stop(command, tapped, reader)
        place = await self._where.of_tap(tapped, command, reader)
        if place is not None:
            work = self._answering.begin(tapped, place, reader, tapped.card_activity_id)
            return await self._taps.on_own_card(tapped, command, work)
        if await self._places.is_approved(tapped.place):
            work = self._answering.begin(tapped, tapped.place, reader, ground=Ground.APPROVED)
            return await self._taps.on_shared_card(tapped, command, work)
        return self._tap_in_public(tapped, reader)

    async def consent(self, consented: Consented) -> None:
        """Take a yes or no to a file on, once; what comes of it follows as messages."""
        if (much := self._too_much(consented, "file")) is not None:
            await self._send_too_much(consented, much)
            return
        if not await self._claims.claim(consented.place.conversation_id, consented.activity_id):
            return
        reader = self._reader(consented)

        async def failed(fault: Exception, reference: str) -> None:
            await self._notifier.send(consented.place, error.render(fault, None, None, reference, reader))

        try:
            self._jobs.start(consented.key, lambda: self._delivery.consent(consented, reader), failed)
        except Busy:
            await self._send_safely(consented.place, Notice(reader.say("fault.busy.what")))

    async def arrive(self, arrived: Arrived) -> None:
        """Say hello where the bot was installed; in a channel, how to be heard."""
        if not await self._claims.claim(arrived.place.conversation_id, arrived.activity_id):
            return
        reader = self._reader(arrived)

        async def failed(fault: Exception, reference: str) -> None:
            log.warning("no welcome could be given, reference %s", reference)

        try:
            self._jobs.start(arrived.key, lambda: self._welcome(arrived, reader), failed)
        except Busy:
            log.warning("too busy for a welcome")

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
        if not await self._claims.claim(submitted.place.conversation_id, submitted.activity_id):
            return Notice(reader.say("notice.repeat"))
        work = self._answering.begin(submitted, submitted.place, reader)
        return await self._dialogs.submit(submitted, work.asker)

    def compose(self, composing: Composing) -> Notice:
        """Where to look instead."""
        return Notice(self._reader(composing).say("compose.what"))

    def _start_submitted(self, submitted: Submitted) -> Notice:
        tapped = Tapped(
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
        return self._tap_in_public(tapped, self._reader(submitted))

    async def depart(self, departed: Departed) -> None:
        """Nothing is sent any more to where the bot was removed."""
        await self._presence.left(departed)

    def _start_message(self, turn: Said | Tapped, *, told: bool) -> None:
        """Answer *turn* to its author alone; not *told*, the place gets a line too. Raises: Busy."""
        reader = self._reader(turn)
        works: list[Work] = []

        async def failed(fault: Exception, reference: str) -> None:
            for work in works:
                await self._answering.fail(fault, work, reference)
            if not works:
                await self._notifier.send(turn.place, Notice(reader.say("fault.unexpected.title")))
            elif not told and works[-1].place.kind is PlaceKind.PERSONAL:
                # What went wrong waits there as an answer would.
                await self._notifier.send(turn.place, Notice(reader.say("notice.private")))

        async def answered() -> None:
            await self._places.learn(turn)
            ground = await self._where.ground(turn.place)
            asked = self._answering.understand(turn, reader)
            if isinstance(turn, Said) and await self._where.shows_here(turn, asked, ground, reader):
                works.append(self._answering.begin(turn, turn.place, reader, ground=ground, shared=True))
                await self._answering.answer(asked, works[0])
                return
            aside = await self._where.goes_aside(turn)
            if aside and await self._answer_aside(turn, asked, works, reader, ground):
                if not told:
                    await self._notifier.send(turn.place, Notice(reader.say("notice.aside")))
                return
            try:
                home = await self._homes.of(turn.author, turn.place)
                works[:] = [self._answering.begin(turn, home, reader, ground=ground)]
                await self._answering.answer(asked, works[0])
            except SendRefused as refusal:
                log.warning("no private answer: %s %s", refusal.status, refusal.code)
                if not told:
                    await self._notifier.send(turn.place, Notice(self._not_reached(reader)))
                return
            if not told:
                await self._notifier.send(turn.place, Notice(reader.say("notice.private")))

        self._jobs.start(turn.key, answered, failed)

    async def _answer_aside(
        self, turn: Said | Tapped, asked: Asked, works: list[Work], reader: Reader, ground: Ground
    ) -> bool:
        """Answer where it was asked, to the asker alone; False where Teams does not take that.

        Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
        """
        works.append(self._answering.begin(turn, turn.aside, reader, ground=ground))
        try:
            await self._answering.answer(asked, works[0])
        except SendRefused as refusal:
            if works[0].slot.activity_id:
                raise
            log.info("no targeted answer: %s %s", refusal.status, refusal.code)
            return False
        return True

    def _not_reached(self, reader: Reader) -> str:
        """The line for somebody for whom the bot is not installed."""
        if not self._install_link:
            return reader.say("notice.private_refused")
        return reader.say("notice.install", link=self._install_link)

    def _tap_in_public(self, tapped: Tapped, reader: Reader) -> Notice:
        """One person's tap never rewrites the card everybody sees: its answer goes to their 1:1."""
        try:
            self._start_message(tapped, told=True)
        except Busy:
            return Notice(reader.say("fault.busy.what"))
        return Notice(reader.say("notice.private"))

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


def _person(turn: Turn) -> str:
    return turn.author.aad_object_id or turn.author.teams_id


def _wait(many: TooMany, now: datetime, reader: Reader) -> Notice:
    """From when on messages are taken again, by the reader's clock, in whole seconds and not too early."""
    seconds = math.ceil((many.until - now).total_seconds())
    at = reader.clock(now + timedelta(seconds=seconds))
    wait = reader.duration(timedelta(seconds=seconds))
    return Notice(reader.say("notice.too_many", n=many.most, at=at, wait=wait))
