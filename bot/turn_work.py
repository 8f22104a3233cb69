"""The task that retries an unanswered turn, or apologizes once it is too late.

A task of kind `turn` is created with the claim of an activity. It is free when its process died, and due
again when Teams refused the answer.
"""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot import forms
from bot.answering import Answering
from bot.commands import Mine, RunAgain, Trace
from bot.errands import FIRST_PAUSE, LONGEST_PAUSE, Again, Done, Errand, Next
from bot.handlers import Handlers
from bot.homes import Homes
from bot.jobs import Busy, Slot
from bot.moments import When
from bot.owed import KIND, Owable, Owed, is_late, pause, read_owed, refused_once_more, write_owed
from bot.parse import ParseError, parse
from bot.store.states import CardState
from bot.turns import Notice, Notifier, Place, Post, Said, SendRefused, Submitted, Tapped
from cards import notes
from cards.elements import Press, clean
from cards.reader import Reader
from tracing.model import Clock

log = logging.getLogger(__name__)

_QUOTED = 120
_UNANSWERED = "interrupted.unanswered"


class Answers(Protocol):
    """`bot.turn_answers.TurnAnswers`."""

    async def resume(self, turn: Owable, card_id: str) -> SendRefused | None: ...


@dataclass(frozen=True)
class TurnWork:
    """Implements `bot.errands.Work`. *reader* makes a reader from a locale and a time zone."""

    answers: Answers
    handlers: Handlers
    answering: Answering
    homes: Homes
    notifier: Notifier
    clock: Clock
    reader: Callable[[str, str], Reader]
    kind = KIND

    async def step(self, errand: Errand) -> Next:
        """Answer the turn with the rights that its author has now."""
        try:
            owed = read_owed(errand.payload)
        except ValueError:
            log.error("owed turn not readable: id=%s", errand.id)
            return Done()
        if is_late(owed, errand.attempts, self.clock.now()):
            return await self._apologise(owed, errand)
        try:
            refusal = await self.answers.resume(owed.turn, errand.activity_id)
        except Busy:
            return Again(errand.payload, FIRST_PAUSE)
        except asyncio.InvalidStateError:
            # The job ended without a result, since the database is away. The attempt counts.
            return Again(errand.payload, FIRST_PAUSE)
        if refusal is None:
            return Done()
        log.warning("answer postponed: status=%s code=%s", refusal.status, refusal.code)
        return Again(write_owed(refused_once_more(owed)), pause(owed, refusal.retry_after))

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """Give up silently: there is no way to reach the author."""
        return Done()

    async def _apologise(self, owed: Owed, errand: Errand) -> Next:
        """Say that there was no answer, with a button to ask again if possible."""
        turn = owed.turn
        if not isinstance(turn, Said | Tapped | Submitted):
            return Done()
        try:
            home = await self.homes.of(turn.author, turn.place)
            slot = Slot(self.notifier, home, errand.activity_id or None)
            below = notes.below(self.reader(turn.locale, turn.time_zone))
            await slot.conclude(await self._apology(turn, home), below)
        except SendRefused as refusal:
            if refusal.may_pass:
                return Again(errand.payload, LONGEST_PAUSE)
            log.warning("apology not sent: status=%s code=%s", refusal.status, refusal.code)
        return Done()

    async def _apology(self, turn: Said | Tapped | Submitted, home: Place) -> Post:
        reader = self.reader(turn.locale, turn.time_zone)
        if isinstance(turn, Said):
            return await self._apology_for_words(turn, home, reader)
        try:
            forms.read(turn.verb, turn.data)
        except forms.BadPress:
            return Notice(reader.say("notice.unanswered.tap"))
        data = turn.data if isinstance(turn.data, dict) else {}
        return notes.interrupted(_UNANSWERED, Press(turn.verb, data), reader)

    async def _apology_for_words(self, turn: Said, home: Place, reader: Reader) -> Post:
        try:
            command = parse(turn.text, When(self.clock.now(), reader.zone), turn.mentioned_names)
        except ParseError:
            command = None
        if isinstance(command, Trace | Mine):
            question = CardState(command.query, mine=isinstance(command, Mine))
            asker = self.answering.begin(turn, home, reader).asker
            state_id = await self.handlers.listing.keep(question, asker)
            return notes.interrupted(_UNANSWERED, forms.press(RunAgain(state_id)), reader)
        return Notice(reader.say("notice.unanswered", text=clean(turn.text, _QUOTED)))
