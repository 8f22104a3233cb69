"""The desk behind the door: takes turns on, works them as jobs, answers in the right place.

A message is acknowledged at once and answered in a card that first says “looking”. A tap is answered within
three seconds. In a channel or group chat the answer goes to the asker's 1:1, and the place gets one line.
"""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from bot import forms
from bot.access import Ground, ground_of
from bot.asking import Asker
from bot.commands import (
    Approve,
    Command,
    Mine,
    Refine,
    Revoke,
    RunAgain,
    ShowForm,
    Stop,
    Trace,
)
from bot.denials import refused
from bot.dialogs import Dialogs
from bot.handlers import Handlers
from bot.homes import Homes
from bot.jobs import Busy, Jobs, Slot
from bot.limits import Limits, Taken
from bot.moments import When
from bot.moving import Moving
from bot.parse import ParseError, parse
from bot.places import Places
from bot.presence import Presence
from bot.progress import Pace, Searches
from bot.reports import Begun
from bot.searching import Search
from bot.store.answers import OpenAnswer
from bot.store.database import DatabaseUnusable
from bot.store.states import CardState
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
from cards import away, error, notes, welcome
from cards.elements import Card
from cards.reader import Reader, reader_of
from tracing.errors import GraphError, QueryError
from tracing.model import Clock, Progress, TraceQuery

log = logging.getLogger(__name__)

SILENCE = timedelta(seconds=0.7)
"""The longest a message stays without a sign that it was heard; people are owed one within a second."""

TAP_PATIENCE = timedelta(seconds=2)
"""How long a tap waits for its answer before a progress card; Teams is owed one within three seconds."""


_PASSING = frozenset({0, 412, 429})
"""Refusals that say nothing of the card: no connection, too much at once."""


class Claims(Protocol):
    """Who came first with an activity."""

    async def claim(self, conversation_id: str, activity_id: str) -> bool: ...


class Failures(Protocol):
    """Counts what had to be done without the database; `bot.health.Health`."""

    failures: int


class Delivery(Protocol):
    """What becomes of a consent to a file."""

    async def consent(self, consented: Consented, reader: Reader) -> None: ...


class OpenAnswers(Protocol):
    """The cards whose last word is owed."""

    async def open(self, answer: OpenAnswer) -> str: ...

    async def close(self, answer_id: str) -> None: ...

    async def find_overdue(self, older_than: timedelta) -> Sequence[tuple[str, OpenAnswer]]: ...


@dataclass
class _Work:
    """One question on its way to its answer, and what a fault needs to know of it."""

    asker: Asker
    place: Place
    locale: str
    slot: Slot
    query: TraceQuery | None = None
    state_id: str | None = None
    answer_id: str | None = None
    begun: Begun | None = None
    anew: bool = False
    failures: int = 0


class Desk:
    """Meets `bot.turns.Desk`."""

    def __init__(
        self,
        handlers: Handlers,
        notifier: Notifier,
        jobs: Jobs,
        claims: Claims,
        answers: OpenAnswers,
        delivery: Delivery,
        clock: Clock,
        time_zone: ZoneInfo,
        places: Places,
        homes: Homes,
        presence: Presence,
        limits: Limits,
        health: Failures,
        install_link: str = "",
        pace: Pace | None = None,
    ) -> None:
        self._pace = pace or Pace()
        self._searches = Searches(self._pace)
        self._places = places
        self._homes = homes
        self._presence = presence
        self._limits = limits
        self._health = health
        self._install_link = install_link
        self._clock = clock
        self._handlers = handlers
        self._dialogs = Dialogs(handlers, self._start_submitted)
        self._notifier = notifier
        self._jobs = jobs
        self._claims = claims
        self._answers = answers
        self._delivery = delivery
        self._time_zone = time_zone

    async def hear(self, turn: Said | Tapped) -> None:
        """Take a message on, once; its answer follows as messages of its own."""
        taken = self._limits.take(_person(turn), self._clock.now())
        if taken is not Taken.YES:
            if taken is Taken.SAY_NO:
                await self._send_safely(turn.place, Notice(self._reader(turn).say("notice.too_many")))
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
            return Notice(self._reader(tapped).say("away.tap"))

    async def _tap(self, tapped: Tapped, reader: Reader) -> Post:
        if self._limits.take(_person(tapped), self._clock.now()) is not Taken.YES:
            return Notice(reader.say("notice.too_many"))
        if not await self._claims.claim(tapped.place.conversation_id, tapped.activity_id):
            return Notice(reader.say("notice.repeat"))
        try:
            command = forms.read(tapped.verb, tapped.data)
        except forms.BadPress:
            return refused("bad_tap", reader)
        if isinstance(command, Stop):
            return self._stop(command, tapped, reader)
        place = await self._place_of_tap(tapped, command, reader)
        if place is None and await self._places.is_approved(tapped.place):
            return await self._tap_in_place(tapped, command, reader)
        if place is None:
            return self._tap_in_public(tapped, reader)
        answer: asyncio.Future[Card] = asyncio.get_running_loop().create_future()
        work = self._work(tapped, place, reader, tapped.card_activity_id)

        async def finish(card: Card) -> None:
            if answer.done():
                await self._last_word(card, work)
                await self._close(work)
            else:
                answer.set_result(card)

        async def failed(fault: Exception, reference: str) -> None:
            await finish(self._fault_card(fault, work, reference))

        async def answered() -> None:
            await finish(self._told(await self._card_of(command, work), work))
            await self._go_on(work)

        try:
            self._jobs.start(_key(tapped), answered, failed)
        except Busy:
            return Notice(reader.say("fault.busy.what"))
        await asyncio.wait({answer}, timeout=TAP_PATIENCE.total_seconds())
        if answer.done():
            return answer.result()
        answer.cancel()
        await self._owe(work, work.state_id or forms.state_of(command))
        return notes.looking(work.query, reader)

    async def consent(self, consented: Consented) -> None:
        """Take a yes or no to a file on, once; what comes of it follows as messages."""
        if not await self._claims.claim(consented.place.conversation_id, consented.activity_id):
            return
        reader = self._reader(consented)

        async def failed(fault: Exception, reference: str) -> None:
            await self._notifier.send(consented.place, error.render(fault, None, None, reference, reader))

        try:
            self._jobs.start(_key(consented), lambda: self._delivery.consent(consented, reader), failed)
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
            self._jobs.start(_key(arrived), lambda: self._welcome(arrived, reader), failed)
        except Busy:
            log.warning("too busy for a welcome")

    async def open_dialog(self, opened: Opened) -> Post:
        """The form, for this person alone."""
        return await self._dialogs.open(opened, self._work(opened, opened.place, self._reader(opened)).asker)

    async def submit_dialog(self, submitted: Submitted) -> Post:
        """The faults of the form in it, or the search on its way to the 1:1."""
        reader = self._reader(submitted)
        if not await self._claims.claim(submitted.place.conversation_id, submitted.activity_id):
            return Notice(reader.say("notice.repeat"))
        return await self._dialogs.submit(submitted, self._work(submitted, submitted.place, reader).asker)

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
                if refusal.status in _PASSING or refusal.status >= 500:
                    continue
            await self._answers.close(answer_id)

    def _start_message(self, turn: Said | Tapped, *, told: bool) -> None:
        """Answer *turn* to its author alone; not *told*, the place gets a line too. Raises: Busy."""
        reader = self._reader(turn)
        works: list[_Work] = []

        async def failed(fault: Exception, reference: str) -> None:
            for work in works:
                await work.slot.finish(self._fault_card(fault, work, reference))
                await self._close(work)
            if not works:
                await self._notifier.send(turn.place, Notice(reader.say("fault.unexpected.title")))

        async def answered() -> None:
            await self._places.learn(turn)
            ground = await self._ground(turn.place)
            if isinstance(turn, Said) and await self._shows_here(turn, ground, reader):
                works.append(self._work(turn, turn.place, reader, ground=ground, shared=True))
                await self._answer(turn, works[0])
                return
            if await self._goes_aside(turn) and await self._answer_aside(turn, works, reader, ground):
                if not told:
                    await self._notifier.send(turn.place, Notice(reader.say("notice.aside")))
                return
            try:
                works[:] = [
                    self._work(turn, await self._homes.of(turn.author, turn.place), reader, ground=ground)
                ]
                await self._answer(turn, works[0])
            except SendRefused as refusal:
                log.warning("no private answer: %s %s", refusal.status, refusal.code)
                if not told:
                    await self._notifier.send(turn.place, Notice(self._not_reached(reader)))
                return
            if not told:
                await self._notifier.send(turn.place, Notice(reader.say("notice.private")))

        self._jobs.start(_key(turn), answered, failed)

    async def _goes_aside(self, turn: Said | Tapped) -> bool:
        """Whether to try to answer *turn* where it was said, for its author's eyes alone."""
        return turn.targeted or (isinstance(turn, Said) and await self._places.takes_aside(turn.place))

    async def _answer_aside(
        self, turn: Said | Tapped, works: list[_Work], reader: Reader, ground: Ground
    ) -> bool:
        """Answer where it was asked, to the asker alone; False where Teams does not take that.

        Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
        """
        works.append(self._work(turn, turn.aside, reader, ground=ground))
        try:
            await self._answer(turn, works[0])
        except SendRefused as refusal:
            if works[0].slot.activity_id:
                raise
            log.info("no targeted answer: %s %s", refusal.status, refusal.code)
            return False
        return True

    async def _place_of_tap(self, tapped: Tapped, command: Command, reader: Reader) -> Place | None:
        """Where a tap is answered in place: alone with the bot, or on a card nobody else sees; else None."""
        if tapped.place.kind is PlaceKind.PERSONAL:
            return tapped.place
        state_id = forms.state_of(command)
        asker = self._work(tapped, tapped.aside, reader).asker
        # What was kept for a card that one person alone sees opens on such a card only.
        known = state_id is not None and await self._handlers.holds(state_id, asker)
        return tapped.aside if tapped.targeted or known else None

    async def _ground(self, place: Place) -> Ground:
        approved = place.kind is not PlaceKind.PERSONAL and await self._places.shows(place)
        return ground_of(place.kind, approved=approved)

    async def _shows_here(self, turn: Said, ground: Ground, reader: Reader) -> bool:
        """Whether the answer to *turn* may stand where it was asked; when in doubt it does not."""
        if ground is Ground.PRIVATE or turn.targeted:
            return False
        asker = self._work(turn, turn.place, reader, ground=ground).asker
        try:
            command = parse(turn.text, When(self._clock.now(), reader.zone))
            return await self._handlers.shows_here(command, asker)
        except (ParseError, GraphError):
            return False

    def _not_reached(self, reader: Reader) -> str:
        """The line for somebody for whom the bot is not installed."""
        if not self._install_link:
            return reader.say("notice.private_refused")
        return reader.say("notice.install", link=self._install_link)

    async def _tap_in_place(self, tapped: Tapped, command: Command, reader: Reader) -> Post:
        """Answer a tap to the tapper alone, as themselves; the card that everybody sees stays as it is."""
        answer: asyncio.Future[Card] = asyncio.get_running_loop().create_future()
        work = self._work(tapped, tapped.place, reader, ground=Ground.APPROVED)

        async def finish(card: Card) -> None:
            if answer.done():
                await self._send_late(card, tapped, work)
            else:
                answer.set_result(card)

        async def failed(fault: Exception, reference: str) -> None:
            await finish(self._fault_card(fault, work, reference))

        async def answered() -> None:
            await finish(self._told(await self._card_of(command, work), work))

        try:
            self._jobs.start(_key(tapped), answered, failed)
        except Busy:
            return Notice(reader.say("fault.busy.what"))
        await asyncio.wait({answer}, timeout=self._pace.in_place.total_seconds())
        if answer.done():
            return answer.result()
        answer.cancel()
        return Notice(reader.say("notice.later"))

    async def _send_late(self, card: Card, tapped: Tapped, work: _Work) -> None:
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
            target = self._work(tapped, private, reader).asker
            moved = await Moving(self._handlers.states, work.asker, target).card(card)
            await self._notifier.send(private, moved)
        except SendRefused as refusal:
            log.warning("no private answer: %s %s", refusal.status, refusal.code)
            await self._send_safely(tapped.place, Notice(self._not_reached(reader)))

    async def _answer(self, turn: Said | Tapped, work: _Work) -> None:
        """The whole way from the words to the last card."""
        reader = work.asker.reader
        try:
            if isinstance(turn, Said):
                command = parse(turn.text, When(self._clock.now(), reader.zone))
            else:
                command = forms.read(turn.verb, turn.data)
        except ParseError as wrong:
            await work.slot.finish(await self._handlers.not_understood(wrong, work.asker))
        except forms.BadPress:
            await work.slot.finish(refused("bad_tap", reader))
        else:
            card = await self._card_of(command, work, announce=True)
            governs = isinstance(command, Approve | Revoke)
            if work.asker.shared and not governs:
                # Somebody may have come in, or taken the approval back, while it was looked up.
                shows = await self._places.shows(work.place)
                card = card if shows else refused("outsiders", reader)
            await self._last_word(self._told(card, work), work)
            await self._close(work)
            await self._go_on(work)

    def _told(self, card: Card, work: _Work) -> Card:
        """*card*, with a word where the database was away while it was made."""
        return away.below(card, work.asker.reader) if self._health.failures > work.failures else card

    async def _card_of(self, command: Command, work: _Work, *, announce: bool = False) -> Card:
        """The card that answers *command*; *announce* puts “looking” up before a search."""
        prepared = await self._prepare(command, work, announce=announce)
        if isinstance(prepared, Begun):
            return await self._begin(prepared, work)
        if not isinstance(prepared, Search):
            return prepared
        work.query = prepared.question.query
        work.state_id = work.state_id or await self._handlers.listing.keep(prepared.question, work.asker)
        if announce and work.slot.activity_id is None:
            await work.slot.show(notes.looking(work.query, work.asker.reader))
        await self._owe(work, work.state_id if announce else None)
        return await self._run(prepared, work.state_id, work)

    async def _begin(self, begun: Begun, work: _Work) -> Card:
        """The card of what goes on by itself; where it goes on elsewhere, a word about that."""
        if begun.place.conversation_id == work.place.conversation_id:
            work.begun = begun
            return begun.card
        shown = await self._notifier.send(begun.place, begun.card)
        await self._handlers.reports.shown(begun, shown)
        return notes.told(work.asker.reader.say("notice.private"), work.asker.reader)

    async def _run(self, search: Search, state_id: str, work: _Work) -> Card:
        """Run *search*; while it takes long its card says how far it is, and can stop it."""
        query, reader = search.question.query, work.asker.reader
        counted = search.person.helpdesk and not work.asker.shared
        stop, again = forms.press(Stop(state_id)), forms.press(RunAgain(state_id))

        async def show(progress: Progress) -> None:
            if work.slot.activity_id:
                await work.slot.show(notes.progress(query, progress, stop, reader, counted=counted))

        ended = await self._searches.run(
            state_id,
            work.asker.aad_object_id,
            lambda watch: self._handlers.searching.run(search, replace(work.asker, watch=watch)),
            show,
            lambda: notes.interrupted("interrupted.stopped", again, reader),
        )
        work.anew = ended.anew
        return ended.card

    def _stop(self, command: Stop, tapped: Tapped, reader: Reader) -> Post:
        """Stop a search; whose it is not, or who comes too late, is told that it has ended."""
        if not self._searches.stop(command.state_id, tapped.author.aad_object_id):
            return Notice(reader.say("notice.not_running"))
        return notes.interrupted("interrupted.stopped", forms.press(RunAgain(command.state_id)), reader)

    async def _last_word(self, card: Card, work: _Work) -> None:
        """Put *card* up: in place, or where nobody looks any more as a message of its own."""
        if work.anew and work.slot.activity_id:
            await work.slot.conclude(card, notes.below(work.asker.reader))
        else:
            await work.slot.finish(card)

    async def _prepare(self, command: Command, work: _Work, *, announce: bool) -> Search | Card | Begun:
        """What *command* asks for; where the directory takes its time, nobody waits in silence."""
        preparing = asyncio.ensure_future(self._handlers.prepare(command, work.asker))
        try:
            await asyncio.wait({preparing}, timeout=SILENCE.total_seconds() if announce else None)
            if not preparing.done():
                await work.slot.show(notes.looking(None, work.asker.reader))
                if isinstance(command, Trace | Mine):
                    question = CardState(command.query, mine=isinstance(command, Mine))
                    work.state_id = await self._handlers.listing.keep(question, work.asker)
                await self._owe(work, work.state_id or forms.state_of(command))
            return await preparing
        finally:
            preparing.cancel()

    async def _owe(self, work: _Work, state_id: str | None) -> None:
        """Note that the card shown now still waits for its last word."""
        # A targeted card is not noted: mended after a stop, its last word would be everybody's to read.
        aside = bool(work.place.reader_id)
        if state_id is not None and work.slot.activity_id and work.answer_id is None and not aside:
            owed = OpenAnswer(work.place, work.slot.activity_id, state_id, work.locale)
            work.answer_id = await self._answers.open(owed)

    async def _go_on(self, work: _Work) -> None:
        """What was begun goes on now that its card is shown."""
        if work.begun is not None and work.slot.activity_id:
            await self._handlers.reports.shown(work.begun, work.slot.activity_id)

    async def _close(self, work: _Work) -> None:
        if work.answer_id is not None:
            await self._answers.close(work.answer_id)

    def _fault_card(self, fault: Exception, work: _Work, reference: str) -> Card:
        reader = work.asker.reader
        again = forms.press(RunAgain(work.state_id)) if work.state_id else None
        if isinstance(fault, DatabaseUnusable):
            return away.render(work.query, again, reference, reader)
        if isinstance(fault, TimeoutError) and again is not None:
            return notes.interrupted("interrupted.late", again, reader)
        known = "" if isinstance(fault, QueryError) else reference
        refine = forms.press(Refine(work.state_id)) if work.state_id else None
        return error.render(fault, work.query, again, known, reader, refine=refine)

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
        work = self._work(arrived, await self._homes.of(arrived.author, arrived.place), reader)
        await work.slot.finish(await self._handlers.help(work.asker, "welcome.title"))

    async def _send_safely(self, place: Place, post: Post) -> None:
        try:
            await self._notifier.send(place, post)
        except SendRefused as refusal:
            log.warning("a line could not be sent: %s %s", refusal.status, refusal.code)

    def _work(
        self,
        turn: Turn,
        place: Place,
        reader: Reader,
        card_activity_id: str | None = None,
        *,
        ground: Ground = Ground.PRIVATE,
        shared: bool = False,
    ) -> _Work:
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
        )
        slot = Slot(self._notifier, place, card_activity_id)
        return _Work(asker, place, turn.locale, slot, failures=self._health.failures)

    def _reader(self, turn: Turn) -> Reader:
        return reader_of(turn.locale, turn.time_zone, self._time_zone)


def _person(turn: Turn) -> str:
    return turn.author.aad_object_id or turn.author.teams_id


def _key(turn: Turn) -> str:
    return f"{turn.place.conversation_id} {turn.activity_id}"
