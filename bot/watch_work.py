"""The work of a watch: an errand of kind `watch` that looks, saves what it has to tell, and tells it.

Looking and telling are steps of their own. What a look brought is saved before any of it is said, and each
message is a step: a kill costs at most the one that was on its way, which is said again and marked as such.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import ClassVar, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.access import Person, Refusal, decide, decide_mine
from bot.commands import Acknowledge, ChangeWatch, RunAgain, ShowWatches, WatchChange, WatchId
from bot.directory import Directory
from bot.errands import Again, Errand, Next, Stopped
from bot.narrowing import Narrowing
from bot.places import Places
from bot.record import Entry, Kind, Record, Who
from bot.sight import Hidden, see
from bot.spelling import spell
from bot.store.states import EVERYBODY, CardState
from bot.store.watched import Acknowledged
from bot.turns import Author, Notifier, Place, PlaceKind, Post, SendRefused
from bot.watch_reads import WatchReads
from bot.watching import (
    AGAIN,
    PLACE_GONE,
    Standing,
    Telling,
    Thread,
    memory_of,
    read_standing,
    rest,
    saw,
    saw_nothing,
    told,
    write_standing,
)
from cards import alert
from cards.elements import Card
from cards.reader import Reader
from tracing.errors import GraphError, QueryError, Throttled
from tracing.explain import explain
from tracing.model import (
    AddressPattern,
    Answer,
    Clock,
    DeliveryStatus,
    MessageTrace,
    Source,
    Spender,
    TraceQuery,
    decode_status,
)
from tracing.watch import (
    Advance,
    Mark,
    Memory,
    Seen,
    Trouble,
    advance,
    fresh_rows,
    mark_of,
    to_look_into,
)
from tracing.watch import asked as period_of

log = logging.getLogger(__name__)

LIFETIME = timedelta(days=90)
"""A watch that did not run for so long is forgotten."""

LOOK = timedelta(seconds=60)
"""The longest a look takes, waiting for the quota included: a step has an end."""

MAX_CONTINUED = 3
"""How often a look goes on where one question's worth of requests did not bring all."""

_FAULTLESS = (DeliveryStatus.DELIVERED, DeliveryStatus.EXPANDED, DeliveryStatus.GETTING_STATUS)
"""States whose events tell no cause that anybody would be alerted by."""

_GONE = frozenset({403, 404})
"""What Teams says where the bot was removed, or the conversation deleted."""

_PASSING = frozenset({0, 412, 429})


class Threads(Notifier, Protocol):
    """Sends into conversations, and begins threads in channels."""

    async def create_thread(self, place: Place, post: Post) -> tuple[Place, str]:
        """Begin a thread in a channel with *post*: where replies go, and the activity's id.

        Raises: SendRefused.
        """


class States(Protocol):
    async def save(self, state: CardState, reader: str, conversation_id: str) -> str: ...


class Memories(Protocol):
    """What watches know; `bot.store.watched.Watched`."""

    async def load(self, watch_id: str) -> tuple[datetime | None, Mapping[Mark, Seen]]: ...

    async def write(self, connection: AsyncConnection, watch_id: str, step: Advance) -> None: ...

    async def acknowledge(self, watch_id: str, trouble: int, name: str) -> Acknowledged: ...

    async def acknowledged(self, watch_id: str, trouble: int) -> Acknowledged | None: ...


class Stranded(Exception):
    """A watch that cannot go on; *reason* is the last part of a text's key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class _Found:
    """What a look found; `causes` are those of rows that were looked into."""

    rows: Sequence[MessageTrace]
    causes: Mapping[Mark, str]
    requests: int
    whole: bool
    as_of: datetime


@dataclass(frozen=True)
class WatchWork:
    """Meets `bot.errands.Work`. *reader* is made of a locale and a zone."""

    kind: ClassVar[str] = "watch"

    source: Source
    reads: WatchReads
    directory: Directory
    narrowing: Narrowing
    states: States
    record: Record
    watched: Memories
    places: Places
    notifier: Threads
    clock: Clock
    reader: Callable[[str, str], Reader]

    async def step(self, errand: Errand) -> Next:
        """Say the next thing there is to say, or look. Raises: SendRefused, DatabaseUnusable."""
        # It was resumed, whatever it rested for.
        standing = replace(read_standing(errand.payload), paused="")
        try:
            if standing.leaving:
                raise Stranded(standing.leaving)
            if standing.outbox:
                return await self._tell(errand, standing)
            return await self._look(errand, standing)
        except Stranded as stranded:
            return await self._strand(errand, standing, stranded.reason)
        except SendRefused as refusal:
            if refusal.status not in _GONE:
                raise
            return await self._strand(errand, standing, PLACE_GONE)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """A watch goes on: what it could not say, or could not save that it said, is said soon."""
        standing = read_standing(errand.payload)
        name = f"{type(fault).__name__} {reference}"
        failed = replace(standing, fault=name, unsure=bool(standing.outbox))
        return self._again(failed, min(standing.watch.every, AGAIN))

    # --- looking ---------------------------------------------------------------------------------

    async def _look(self, errand: Errand, standing: Standing) -> Next:
        now = self.clock.now()
        covered_to, seen = await self.watched.load(errand.id)
        memory = memory_of(standing, Memory(covered_to, seen=seen))
        try:
            async with asyncio.timeout(LOOK.total_seconds()):
                found = await self._read(errand, standing, memory, now)
        except (GraphError, QueryError, TimeoutError) as fault:
            log.warning("watch could not look: %s", type(fault).__name__)
            blind = saw_nothing(standing, type(fault).__name__, now)
            wait = (fault.retry_after or timedelta(0)) if isinstance(fault, Throttled) else timedelta(0)
            return self._again(blind, max(wait, rest(blind, now)))
        step = advance(standing.watch, memory, found.rows, found.causes, found.whole, found.as_of)
        after = replace(saw(standing, step, found.requests, found.as_of, whole=found.whole), last_run=now)

        async def write(connection: AsyncConnection) -> None:
            await self.watched.write(connection, errand.id, step)

        again = self._again(after, rest(after, self.clock.now()))
        return replace(again, write=write)

    async def _read(self, errand: Errand, standing: Standing, memory: Memory, now: datetime) -> _Found:
        """The rows that are new and that its owner may be told of; in the first run, all there are."""
        person = await self.directory.who(errand.owner)
        query, own = await self._allowed(standing, person, errand.place, memory, now)
        spender = Spender(errand.owner, background=True)
        answer = await self.reads.trace(query, spender)
        for _ in range(MAX_CONTINUED):
            if answer.rest:
                answer = await self.reads.resume(query, answer, spender)
        whole = not (answer.shortfalls or answer.rest or answer.unchecked)
        if memory.covered_to is None:
            return _Found(answer.rows, {}, answer.requests, whole, answer.as_of)
        fresh = replace(answer, rows=fresh_rows(memory, answer.rows), requests=0)
        shown, proofs = await self._visible(fresh, query, person, own)
        causes, looks = await self._causes(shown, spender)
        if shown:
            await self._note(errand, standing, person, len(shown), answer.requests + proofs + looks)
        requests = answer.requests + proofs + looks
        return _Found(shown, causes, requests, whole, answer.as_of)

    async def _allowed(
        self, standing: Standing, person: Person | None, place: Place, memory: Memory, now: datetime
    ) -> tuple[TraceQuery, bool]:
        """What its owner may have of it now. Raises: Stranded."""
        watch = standing.watch
        asked = replace(watch.query, period=period_of(watch, memory, now))
        decided = decide_mine if watch.mine else decide
        decision = decided(person, asked, now, self.narrowing.look_back)
        if isinstance(decision, Refusal):
            raise Stranded("left" if person is None or person.guest else "not_allowed")
        if decision.own and place.kind is not PlaceKind.PERSONAL:
            # Whoever left the help desk has only their own mail watched, and that is for nobody else.
            raise Stranded("not_allowed")
        query = decision.query
        if query.direction is not None:
            query = replace(query, domains=await self.directory.domains())
        return query, decision.own

    async def _visible(
        self, fresh: Answer, query: TraceQuery, person: Person | None, own: bool
    ) -> tuple[Sequence[MessageTrace], int]:
        terms = await self.narrowing.terms(person)
        narrowed = await self.narrowing.narrow(fresh, query, terms, background=True)
        seen = [see(row, terms, proven=own) for row in narrowed.rows]
        return [row for row in seen if not isinstance(row, Hidden) and row.recipient_address], (
            narrowed.requests - fresh.requests
        )

    async def _causes(self, shown: Sequence[MessageTrace], spender: Spender) -> tuple[dict[Mark, str], int]:
        causes: dict[Mark, str] = {}
        looked = to_look_into([row for row in shown if row.status not in _FAULTLESS])
        for row in looked:
            try:
                events = await self.source.details(row.message_trace_id, row.recipient_address, spender)
            except GraphError as error:
                # The alert matters more than its reason.
                log.warning("a cause could not be looked up: %s", type(error).__name__)
                continue
            causes[mark_of(row)] = explain(events, row.status).cause.value
        return causes, len(looked)

    async def _note(
        self, errand: Errand, standing: Standing, person: Person | None, rows: int, requests: int
    ) -> None:
        # Before anything is shown: what cannot be recorded is not looked at.
        who = Who(
            errand.owner, person.name if person else "", errand.place.conversation_id, errand.place.kind.value
        )
        asked = spell(standing.watch.query, "mine" if standing.watch.mine else "trace")
        await self.record.note(Entry(Kind.WATCH, who, asked, rows=rows, requests=requests))

    # --- telling ---------------------------------------------------------------------------------

    async def _tell(self, errand: Errand, standing: Standing) -> Next:
        telling = standing.outbox[0]
        place = await self._place(errand)
        thread = standing.thread_of(telling.trouble.number) if telling.trouble else None
        if telling.trouble is None:
            reader = self.reader_for(errand)
            card = alert.sight(telling.event, telling.since or telling.as_of, standing.number, reader)
            await self.notifier.send(place, card)
        elif thread is None:
            thread = await self._begin(errand, standing, telling, telling.trouble, place)
        else:
            thread = await self._follow(errand, standing, telling, thread)
        after = told(standing, thread)
        return self._again(after, rest(after, self.clock.now()))

    async def _begin(
        self, errand: Errand, standing: Standing, telling: Telling, trouble: Trouble, place: Place
    ) -> Thread:
        """The first message of a trouble; in a channel, a thread of its own."""
        rows_state = await self._rows_state(errand, standing, trouble)
        thread = Thread(trouble, telling.as_of, place.conversation_id, "", rows_state)
        card = await self.card(errand, standing, thread, again=errand.attempts > 1 or standing.unsure)
        if place.kind is PlaceKind.CHANNEL:
            where, activity_id = await self.notifier.create_thread(place, card)
            return replace(thread, conversation_id=where.conversation_id, activity_id=activity_id)
        return replace(thread, activity_id=await self.notifier.send(place, card))

    async def _follow(self, errand: Errand, standing: Standing, telling: Telling, thread: Thread) -> Thread:
        """A count is edited into the first message; growth and the end are replies, and edits too."""
        assert telling.trouble is not None
        ended = telling.event == "ended"
        thread = replace(thread, trouble=telling.trouble, as_of=telling.as_of, ended=ended)
        where = replace(errand.place, conversation_id=thread.conversation_id)
        if telling.event != "counted":
            shown = alert.Alert(
                standing.number, telling.trouble, telling.as_of, standing.watch.query, telling.event
            )
            reply = alert.reply(shown, forms.press(RunAgain(thread.rows_state)), self.reader_for(errand))
            await self.notifier.send(where, reply)
        try:
            card = await self.card(errand, standing, thread)
            await self.notifier.update(where, thread.activity_id, card)
        except SendRefused as refusal:
            if _passes(refusal):
                # The reply was said; its count is mended with the next.
                log.warning("an alert could not be edited: %s %s", refusal.status, refusal.code)
            elif refusal.status == 403:
                raise
        return thread

    async def card(self, errand: Errand, standing: Standing, thread: Thread, *, again: bool = False) -> Card:
        """The first message of *thread* as it is now; *again*: it may have been sent before."""
        taken = await self.watched.acknowledged(errand.id, thread.trouble.number)
        return self.render(errand, standing, thread, taken, again=again)

    def render(
        self,
        errand: Errand,
        standing: Standing,
        thread: Thread,
        taken: Acknowledged | None,
        *,
        again: bool = False,
    ) -> Card:
        """The same with who took it on."""
        view = alert.Alert(
            standing.number,
            thread.trouble,
            thread.as_of,
            standing.watch.query,
            "ended" if thread.ended else "started",
            taken=None if taken is None else (taken.name, taken.at),
            again=again,
        )
        return alert.render(
            view,
            forms.press(RunAgain(thread.rows_state)),
            forms.press(Acknowledge(errand.id, thread.trouble.number)),
            self.reader_for(errand),
        )

    async def _rows_state(self, errand: Errand, standing: Standing, trouble: Trouble) -> str:
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

    # --- where, and what ends it -----------------------------------------------------------------

    async def place(self, errand: Errand) -> Place | None:
        """Where it may speak now, None when nowhere but to its owner. Raises: SendRefused."""
        try:
            return await self._place(errand)
        except Stranded:
            return None

    async def _place(self, errand: Errand) -> Place:
        """Where it may speak now. Raises: Stranded, SendRefused."""
        if errand.place.kind is PlaceKind.PERSONAL:
            return errand.place
        try:
            lacks = await self.places.lacks(errand.place)
        except SendRefused as refusal:
            if _passes(refusal):
                raise
            raise Stranded(PLACE_GONE) from refusal
        if lacks:
            raise Stranded(lacks)
        return errand.place

    async def _strand(self, errand: Errand, standing: Standing, reason: str) -> Next:
        """Rest, and say why to its owner alone; what is not said yet is kept for when it goes on."""
        log.info("a watch rests: %s", reason)
        reader = self.reader_for(errand)
        shown = forms.press(ShowWatches(errand.id))
        here = None
        if errand.place.kind is not PlaceKind.PERSONAL:
            here = forms.press(ChangeWatch(WatchId(errand.id), WatchChange.MOVE))
        card = alert.stranded(
            standing.number, standing.watch.query, reason, standing.place_name, shown, here, reader
        )
        try:
            place = errand.place
            if place.kind is not PlaceKind.PERSONAL:
                owner = Author(standing.owner_teams_id, errand.owner, "")
                place = await self.notifier.open_private(place, owner)
            await self.notifier.send(place, card)
        except SendRefused as refusal:
            if _passes(refusal) and errand.attempts < 4:
                raise
            log.warning("the owner of a watch could not be told: %s %s", refusal.status, refusal.code)
        return Stopped(write_standing(replace(standing, paused=reason, leaving="")))

    def _again(self, standing: Standing, after: timedelta) -> Again:
        return Again(write_standing(standing), after, lifetime=LIFETIME)

    def reader_for(self, errand: Errand) -> Reader:
        """How whoever took the watch on reads."""
        return self.reader(errand.locale, errand.time_zone)


def _passes(refusal: SendRefused) -> bool:
    return refusal.status in _PASSING or refusal.status >= 500
