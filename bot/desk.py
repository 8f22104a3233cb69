"""Accept turns, each once, and say so when one is refused.

A message is acknowledged at once and answered later by `TurnAnswers`. A tap is answered within three seconds.
"""

import logging
import math
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import forms
from bot.access import Ground
from bot.answering import Answering
from bot.commands import Stop
from bot.debts import Debts
from bot.denials import refused
from bot.dialogs import Dialogs
from bot.handlers import Handlers
from bot.homes import Homes
from bot.jobs import Busy
from bot.limits import Limits, TooMany
from bot.meters import Meters, NoMeters
from bot.places import Places
from bot.presence import Presence
from bot.progress import Pace
from bot.store.faults import DatabaseDamaged, DatabaseUnusable
from bot.taps import Taps
from bot.turn_answers import TurnAnswers, send_safely
from bot.turns import (
    Arrived,
    Composing,
    Consented,
    Departed,
    Notice,
    Notifier,
    Opened,
    Post,
    Said,
    Submitted,
    Tapped,
    Turn,
)
from cards.reader import Reader, reader_of
from tracing.model import Clock

log = logging.getLogger(__name__)


class Desk:
    """Meets `bot.turns.Desk`."""

    def __init__(
        self,
        handlers: Handlers,
        notifier: Notifier,
        debts: Debts,
        answering: Answering,
        answers: TurnAnswers,
        clock: Clock,
        time_zone: ZoneInfo,
        places: Places,
        homes: Homes,
        presence: Presence,
        limits: Limits,
        pace: Pace | None = None,
        meters: Meters | None = None,
    ) -> None:
        self._meters = meters or NoMeters()
        self._places = places
        self._presence = presence
        self._limits = limits
        self._clock = clock
        self._dialogs = Dialogs(handlers, homes, self._start_submitted)
        self._notifier = notifier
        self._debts = debts
        self._answering = answering
        self._answers = answers
        self._taps = Taps(answering, debts, answers.send_late, pace or Pace())
        self._time_zone = time_zone

    async def hear(self, turn: Said | Tapped) -> None:
        """Take a message on, once; its answer follows as messages of its own."""
        await self._take_on(turn, "message")

    async def consent(self, consented: Consented) -> None:
        """Accept an answer to a file consent, once; the result follows as messages."""
        await self._take_on(consented, "file")

    async def _take_on(self, turn: Said | Tapped | Consented, kind: str) -> None:
        if (much := self._too_much(turn, kind)) is not None:
            # Limited like messages.
            if self._limits.tell(_person(turn), self._clock.now()):
                await send_safely(self._notifier, turn.place, much)
            return
        if not await self._debts.take(turn):
            return
        try:
            self._answers.start(turn)
        except Busy:
            await send_safely(self._notifier, turn.place, Notice(self._reader(turn).say("fault.busy.what")))
            await self._debts.close(turn)

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
            place = await self._answers.where.of_tap(tapped, command, reader)
            if place is not None:
                work = self._answering.begin(tapped, place, reader, tapped.card_activity_id)
                return await self._taps.on_own_card(tapped, command, work)
            if await self._places.is_approved(tapped.place):
                work = self._answering.begin(tapped, tapped.place, reader, ground=Ground.APPROVED)
                return await self._taps.on_shared_card(tapped, command, work)
            self._answers.start_message(tapped, told=True)
        except Busy:
            await self._debts.close(tapped)
            return Notice(reader.say("fault.busy.what"))
        return Notice(reader.say("notice.private"))

    async def arrive(self, arrived: Arrived) -> None:
        """Say hello where the bot was installed; in a channel, how to be heard."""
        if not await self._debts.take(arrived):
            return
        try:
            self._answers.start(arrived)
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
        """Answer in the author's 1:1 chat; False when too many jobs run."""
        try:
            self._answers.start(submitted)
        except Busy:
            return False
        return True

    async def depart(self, departed: Departed) -> None:
        """Stop sending to a place the bot was removed from."""
        await self._presence.left(departed)

    def _too_much(self, turn: Turn, kind: str) -> Notice | None:
        """Count *turn*; if the limit is exceeded, return the line that says when the author may go on."""
        now = self._clock.now()
        many = self._limits.take(_person(turn), now)
        if many is None:
            return None
        self._meters.over_limit(kind)
        return _wait(many, now, self._reader(turn))

    def _reader(self, turn: Turn) -> Reader:
        return reader_of(turn.locale, turn.time_zone, self._time_zone)


def _person(turn: Turn) -> str:
    return turn.author.aad_object_id or turn.author.teams_id


def _wait(many: TooMany, now: datetime, reader: Reader) -> Notice:
    """When messages are accepted again: the reader's local time, rounded up to a second."""
    seconds = math.ceil((many.until - now).total_seconds())
    at = reader.clock(now + timedelta(seconds=seconds))
    wait = reader.duration(timedelta(seconds=seconds))
    return Notice(reader.say("notice.too_many", n=many.most, at=at, wait=wait))
