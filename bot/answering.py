"""One question on its way to its answer: the card that says “looking”, how far it is, and the last word.

Which question, from whom, and where its answer stands is decided at the desk.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot import forms
from bot.access import Ground
from bot.asking import Asker
from bot.commands import Approve, Command, Mine, Refine, Revoke, RunAgain, Stop, Trace
from bot.denials import refused
from bot.handlers import Handlers
from bot.jobs import Slot
from bot.moments import When
from bot.owed import owed_id
from bot.parse import ParseError, parse
from bot.places import Places
from bot.progress import Pace, Searches
from bot.reports import Begun
from bot.searching import Search
from bot.store.answers import OpenAnswer
from bot.store.faults import DatabaseDamaged, DatabaseUnusable, Unrecorded
from bot.store.states import CardState
from bot.turns import Notice, Notifier, Place, Post, Said, SendRefused, Tapped, Turn
from cards import away, notes
from cards import error as error_card
from cards.elements import Card
from cards.reader import Reader, reader_of
from tracing.errors import GraphError, QueryError
from tracing.model import Clock, Progress, TraceQuery

log = logging.getLogger(__name__)


Asked = Command | ParseError | forms.BadPress
"""The command of the turn, or the error that kept it from being known."""


class Failures(Protocol):
    """Counts what had to be done without the database; `bot.health.Health`."""

    failures: int
    unrecorded: bool


class OpenAnswers(Protocol):
    """The cards whose last word is owed."""

    async def open(self, answer: OpenAnswer, debt_id: str = "") -> str: ...

    async def show(self, debt_id: str, activity_id: str) -> None: ...

    async def close(self, answer_id: str) -> None: ...

    async def stop(self, state_id: str, person: str) -> bool: ...

    async def is_stopped(self, answer_id: str) -> bool: ...

    async def find_overdue(self, older_than: timedelta) -> Sequence[tuple[str, OpenAnswer]]: ...


@dataclass(eq=False)
class Work:
    """One question on its way to its answer, with the facts that an error card needs.

    `debt_id` is the debt of its turn. `again`: a retry, which first shows “looking” to find out whether
    Teams accepts messages.
    """

    asker: Asker
    place: Place
    locale: str
    slot: Slot
    debt_id: str = ""
    again: bool = False
    command: Command | None = None
    query: TraceQuery | None = None
    state_id: str | None = None
    answer_id: str | None = None
    begun: Begun | None = None
    anew: bool = False
    failures: int = 0


class Answering:
    """Answers questions into cards."""

    def __init__(
        self,
        handlers: Handlers,
        notifier: Notifier,
        answers: OpenAnswers,
        places: Places,
        clock: Clock,
        time_zone: ZoneInfo,
        health: Failures,
        pace: Pace | None = None,
    ) -> None:
        self._handlers = handlers
        self._notifier = notifier
        self._answers = answers
        self._places = places
        self._clock = clock
        self._time_zone = time_zone
        self._health = health
        self._pace = pace or Pace()
        self._searches = Searches(self._pace)
        self._looking: set[Work] = set()

    def begin(
        self,
        turn: Turn,
        place: Place,
        reader: Reader,
        card_activity_id: str | None = None,
        *,
        ground: Ground = Ground.PRIVATE,
        shared: bool = False,
        again: bool = False,
    ) -> Work:
        """The question of *turn*, to be answered in *place*.

        *shared*: everyone there sees the answer. *again*: a retry.
        """
        asker = Asker(
            turn.author.aad_object_id,
            reader,
            place.binding,
            turn.author.name,
            ground,
            turn.place,
            turn.author,
            place=place,
            locale=turn.locale,
            time_zone=turn.time_zone,
            shared=shared,
            mentioned=turn.mentioned if isinstance(turn, Said) else (),
            asked=owed_id(turn),
        )
        slot = Slot(self._notifier, place, card_activity_id)
        failures = self._health.failures
        return Work(asker, place, turn.locale, slot, asker.asked, again, failures=failures)

    def understand(self, turn: Said | Tapped, reader: Reader) -> Asked:
        """What *turn* asks, or why it cannot be read. Read once, whichever place the answer goes to."""
        try:
            if isinstance(turn, Said):
                return parse(turn.text, When(self._clock.now(), reader.zone), turn.mentioned_names)
            return forms.read(turn.verb, turn.data)
        except (ParseError, forms.BadPress) as wrong:
            return wrong

    async def answer(self, asked: Asked, work: Work) -> None:
        """Carry out *asked*, from the rights check to the last card."""
        if isinstance(asked, ParseError):
            await work.slot.finish(await self._handlers.not_understood(asked, work.asker))
            return
        if isinstance(asked, forms.BadPress):
            await work.slot.finish(refused("bad_tap", work.asker.reader))
            return
        card = await self.card_of(asked, work, announce=True)
        governs = isinstance(asked, Approve | Revoke)
        if work.asker.shared and not governs:
            # Members, the approval or the role may have changed during the lookup.
            may = await self._handlers.shows_here(asked, work.asker)
            shows = may and await self._places.shows(work.place)
            card = card if shows else refused("outsiders", work.asker.reader)
        await self.end(self.told(card, work), work)
        await self.go_on(work)

    def told(self, card: Card, work: Work) -> Card:
        """*card*, with a word where the database was away while it was made."""
        return away.below(card, work.asker.reader) if self._health.failures > work.failures else card

    async def card_of(self, command: Command, work: Work, *, announce: bool = False) -> Card:
        """The card that answers *command*; *announce* puts “looking” up before a search."""
        work.command = command
        prepared = await self._prepare(command, work, announce=announce)
        if isinstance(prepared, Begun):
            return await self._begin_errand(prepared, work)
        if not isinstance(prepared, Search):
            return prepared
        work.query = prepared.shown
        work.state_id = work.state_id or await self._handlers.listing.keep(prepared.question, work.asker)
        if announce and work.slot.activity_id is None:
            await self._look(work)
        if announce:
            await self.owe(work, work.state_id)
        return await self._run(prepared, work.state_id, work)

    async def owe(self, work: Work, state_id: str | None) -> None:
        """Note that the card now shown still waits for its final content.

        If the card has a question behind it, the card is owed instead of the turn; otherwise the turn keeps
        the card's id.
        """
        self._looking.add(work)
        if not work.slot.activity_id or work.answer_id is not None:
            return
        if state_id is None:
            await self._answers.show(work.debt_id, work.slot.activity_id)
            return
        owed = OpenAnswer(work.place, work.slot.activity_id, state_id, work.locale, work.asker.aad_object_id)
        work.answer_id = await self._answers.open(owed, work.debt_id)

    async def end(self, card: Card, work: Work) -> None:
        """Put *card* up: in place, or where nobody looks any more as a message of its own."""
        self._looking.discard(work)
        if work.anew and work.slot.activity_id:
            await work.slot.conclude(card, notes.below(work.asker.reader))
        else:
            await work.slot.finish(card)
        if work.answer_id is not None:
            await self._answers.close(work.answer_id)

    async def fail(self, fault: Exception, work: Work, reference: str) -> None:
        """Say what went wrong."""
        work.anew = False
        await self.end(await self.failed(fault, work, reference), work)

    async def go_on(self, work: Work) -> None:
        """What was begun goes on now that its card is shown."""
        if work.begun is not None and work.slot.activity_id:
            await self._handlers.reports.shown(work.begun, work.slot.activity_id)

    async def failed(self, fault: Exception, work: Work, reference: str) -> Card:
        """Describe the error: above the list if a tap on a list caused it, else on a card of its own."""
        tapped, reader = forms.on_list(work.command), work.asker.reader
        if tapped is not None and not isinstance(fault, DatabaseUnusable):
            known = "" if isinstance(fault, QueryError) else reference
            try:
                still = await self._handlers.listing.still(tapped.page, work.asker)
            except (GraphError, DatabaseUnusable) as error:
                log.info("list not shown again after an error: error=%s", type(error).__name__)
            else:
                card = still and error_card.above(still, fault, tapped.again, known, reader)
                if card is not None:
                    return card
        return self._fault_card(fault, work, reference)

    def _fault_card(self, fault: Exception, work: Work, reference: str) -> Card:
        """What went wrong, what to do next, and the conditions kept."""
        reader = work.asker.reader
        tapped = forms.on_list(work.command)
        again = tapped.again if tapped else None
        if work.state_id:
            again = forms.press(RunAgain(work.state_id))
        if isinstance(fault, DatabaseUnusable):
            return away.render(work.query, again, reference, reader, self._away(fault))
        if isinstance(fault, TimeoutError) and again is not None:
            return notes.interrupted("interrupted.late", again, reader)
        known = "" if isinstance(fault, QueryError) else reference
        refine = forms.press(Refine(work.state_id)) if work.state_id else None
        back = forms.press(tapped.page) if tapped and tapped.of_row else None
        return error_card.render(fault, work.query, again, known, reader, refine=refine, back=back)

    def _away(self, fault: DatabaseUnusable) -> str:
        """The last part of the key of the text for this database error."""
        if isinstance(fault, DatabaseDamaged):
            return "damaged"
        return "unrecorded" if isinstance(fault, Unrecorded) or self._health.unrecorded else "what"

    async def stop(self, command: Stop, tapped: Tapped, reader: Reader) -> Post:
        """Stop a search, whichever process runs it; who has none is told that it has ended."""
        state_id, person = command.state_id, tapped.author.aad_object_id
        if not self._searches.stop(state_id, person) and not await self._answers.stop(state_id, person):
            return Notice(reader.say("notice.not_running"))
        return notes.interrupted("interrupted.stopped", forms.press(RunAgain(state_id)), reader)

    async def interrupt(self) -> None:
        """Say of what this process leaves open, as it stops, that it was interrupted."""
        for work in [one for one in self._looking if one.state_id]:
            again = forms.press(RunAgain(work.state_id or ""))
            try:
                await self.owe(work, work.state_id)
                await self.end(notes.interrupted("interrupted.note", again, work.asker.reader), work)
            except (SendRefused, DatabaseUnusable) as fault:
                log.warning("a card is left to the next start: %r", fault)

    async def mend(self, older_than: timedelta) -> None:
        """Give the cards that were left open their last word: interrupted, run again.

        Two processes may both do so, which nobody sees; a card that Teams cannot take now keeps its turn.
        """
        for answer_id, owed in await self._answers.find_overdue(older_than):
            reader = reader_of(owed.locale, "", self._time_zone)
            again = forms.press(RunAgain(owed.state_id))
            try:
                await Slot(self._notifier, owed.place, owed.activity_id).finish(
                    notes.interrupted("interrupted.note", again, reader)
                )
            except SendRefused as refusal:
                log.warning("a card could not be mended: %s %s", refusal.status, refusal.code)
                if refusal.may_pass:
                    continue
            await self._answers.close(answer_id)

    async def _prepare(self, command: Command, work: Work, *, announce: bool) -> Search | Card | Begun:
        """What *command* asks for; where the directory takes its time, nobody waits in silence."""
        preparing = asyncio.ensure_future(self._handlers.prepare(command, work.asker))
        try:
            silence = timedelta(0) if work.again else self._pace.silence
            await asyncio.wait({preparing}, timeout=silence.total_seconds() if announce else None)
            if not preparing.done():
                if isinstance(command, Trace | Mine):
                    question = CardState(command.query, mine=isinstance(command, Mine))
                    work.state_id = await self._handlers.listing.keep(question, work.asker)
                await self._look(work)
                # At once: a process that dies in between leaves a card that no record names.
                await self.owe(work, work.state_id or forms.state_of(command))
            return await preparing
        finally:
            preparing.cancel()

    async def _look(self, work: Work) -> None:
        """Put “looking” up."""
        self._looking.add(work)
        try:
            await work.slot.show(notes.looking(work.query, work.asker.reader))
        except SendRefused:
            self._looking.discard(work)
            raise

    async def _begin_errand(self, begun: Begun, work: Work) -> Card:
        """Show the card of a task that runs on by itself; if its card is elsewhere, say so.

        The card must be on a message that the task has recorded, so that the process which runs the task can
        finish it.
        """
        if begun.place.conversation_id == work.place.conversation_id:
            if not work.slot.activity_id:
                await self._look(work)
                # Record it for the turn too, so that a second attempt continues on this card.
                await self.owe(work, None)
            await self._handlers.reports.name(begun, work.slot.activity_id or "")
            work.begun = begun
            return begun.card
        reader = work.asker.reader
        shown = await self._notifier.send(begun.place, notes.looking(None, reader))
        await self._handlers.reports.name(begun, shown)
        await self._notifier.update(begun.place, shown, begun.card)
        await self._handlers.reports.shown(begun, shown)
        return notes.told(reader.say("notice.private"), reader)

    async def _run(self, search: Search, state_id: str, work: Work) -> Card:
        """Run *search*; while it takes long its card says how far it is, and can stop it."""
        again, reader = forms.press(RunAgain(state_id)), work.asker.reader
        ended = await self._searches.run(
            state_id,
            work.asker.aad_object_id,
            lambda watch: self._handlers.searching.run(search, replace(work.asker, watch=watch)),
            self._shows(search, state_id, work),
            lambda: notes.interrupted("interrupted.stopped", again, reader),
            lambda: self._is_stopped(work),
        )
        work.anew = ended.anew
        return ended.card

    def _shows(self, search: Search, state_id: str, work: Work) -> Callable[[Progress], Awaitable[None]]:
        """What shows how far *search* is, on the card of *work*, if it has one by then."""
        query, reader, stop = search.shown, work.asker.reader, forms.press(Stop(state_id))
        counted = search.person.helpdesk and not work.asker.shared

        async def show(progress: Progress) -> None:
            if not work.slot.activity_id:
                return
            try:
                await work.slot.show(notes.progress(query, progress, stop, reader, counted=counted))
            except SendRefused as refusal:
                # The answer is what counts.
                log.info("how far a search is was not shown: %s %s", refusal.status, refusal.code)

        return show

    async def _is_stopped(self, work: Work) -> bool:
        return work.answer_id is not None and await self._answers.is_stopped(work.answer_id)
