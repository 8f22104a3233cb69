"""The work of a watch: an errand of kind `watch` that looks, saves what it has to tell, and tells it.

Looking and telling are steps of their own. What a look brought is saved before any of it is said, and each
message is a step: a kill costs at most the one that was on its way, which is said again and marked as such.
"""

import logging
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.digest_work import DigestWork
from bot.errands import Again, Errand, Next, Stopped, Undo
from bot.glimpses import with_glimpses
from bot.outbox import PASSED, Telling
from bot.places import Places
from bot.turns import Author, Notifier, Place, PlaceKind, Post, SendRefused
from bot.watch_alerts import Memories, WatchAlerts
from bot.watch_commands import (
    ChangeWatch,
    ShowWatches,
    WatchChange,
    WatchId,
)
from bot.watch_looks import Stranded, WatchLooks
from bot.watching import (
    AGAIN,
    PLACE_GONE,
    Standing,
    Thread,
    held,
    memory_of,
    read_standing,
    rest,
    saw,
    saw_nothing,
    told,
    write_standing,
)
from cards import alert
from cards.mention import Mention
from tracing.errors import GraphError, QueryError, Throttled
from tracing.model import (
    Clock,
)
from tracing.watch import (
    Memory,
    Trouble,
    advance,
)

log = logging.getLogger(__name__)

LIFETIME = timedelta(days=90)
"""A watch that did not run for so long is forgotten."""

_GONE = frozenset({403, 404})
"""What Teams says where the bot was removed, or the conversation deleted."""

_PASSING = frozenset({0, 412, 429})


class Threads(Notifier, Protocol):
    """Sends into conversations, begins threads in channels, and takes back what was sent."""

    async def delete(self, place: Place, activity_id: str) -> None:
        """Take back, from everybody, what was sent as *activity_id*. Raises: SendRefused."""

    async def create_thread(self, place: Place, post: Post) -> tuple[Place, str]:
        """Begin a thread in a channel with *post*: where replies go, and the activity's id.

        Raises: SendRefused.
        """


@dataclass(frozen=True)
class WatchWork:
    """Meets `bot.errands.Work`."""

    kind: ClassVar[str] = "watch"

    looks: WatchLooks
    alerts: WatchAlerts
    watched: Memories
    places: Places
    notifier: Threads
    clock: Clock

    @property
    def digests(self) -> DigestWork:
        """Those that speak at set times."""
        return DigestWork(
            self.looks,
            self.alerts.states,
            self.watched,
            self.notifier,
            self.clock,
            self.alerts.reader,
            LIFETIME,
        )

    async def step(self, errand: Errand) -> Next:
        """Say the next thing there is to say, or look. Raises: SendRefused, DatabaseUnusable."""
        # It was resumed, whatever it rested for.
        standing, now = replace(read_standing(errand.payload), paused=""), self.clock.now()
        silent = standing.quiet.covers(now)
        if silent:
            standing = held(standing, now, again=errand.attempts > 1)
        try:
            if standing.leaving:
                raise Stranded(standing.leaving)
            if standing.watch.timetable is not None and (silent or not standing.outbox):
                return await self.digests.step(errand, standing, self._place)
            if standing.outbox and not silent:
                return await self._tell(errand, standing)
            return await self._look(errand, standing)
        except Stranded as stranded:
            if silent:
                # That it rests can wait too; until then it looks at nothing.
                return self._again(standing, standing.quiet.until(now) - now)
            return await self._strand(errand, standing, stranded.reason)
        except SendRefused as refusal:
            if refusal.status not in _GONE:
                raise
            return await self._strand(errand, standing, PLACE_GONE)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """A watch goes on: what it could not say, or could not save that it said, is said soon."""
        standing = read_standing(errand.payload)
        name = f"{type(fault).__name__} {reference}"
        silent = standing.quiet.covers(self.clock.now())
        unsaid = standing.digest is not None or (standing.outbox and not silent)
        failed = replace(standing, fault=name, unsure=standing.unsure or bool(unsaid))
        return self._again(failed, min(standing.watch.every, AGAIN))

    # --- looking ---------------------------------------------------------------------------------

    async def _look(self, errand: Errand, standing: Standing) -> Next:
        now = self.clock.now()
        covered_to, seen = await self.watched.load(errand.id)
        memory = memory_of(standing, Memory(covered_to, seen=seen))
        try:
            found = await self.looks.look(errand, standing, memory, now)
        except (GraphError, QueryError, TimeoutError) as fault:
            log.warning("watch could not look: %s", type(fault).__name__)
            blind = saw_nothing(standing, type(fault).__name__, now)
            wait = (fault.retry_after or timedelta(0)) if isinstance(fault, Throttled) else timedelta(0)
            return self._again(blind, max(wait, rest(blind, now)))
        step = advance(
            standing.watch, memory, found.rows, found.causes, found.whole, found.as_of, found.counted
        )
        after = replace(saw(standing, step, found.requests, found.as_of, whole=found.whole), last_run=now)
        if await self.alerts.details.may_be_kept(errand):
            after = with_glimpses(after, found.rows, found.causes)

        async def write(connection: AsyncConnection) -> None:
            await self.watched.write(connection, errand.id, step)

        again = self._again(after, rest(after, self.clock.now()))
        return replace(again, write=write)

    # --- telling ---------------------------------------------------------------------------------

    async def _tell(self, errand: Errand, standing: Standing) -> Next:
        telling = standing.outbox[0]
        place = await self._place(errand)
        thread = standing.thread_of(telling.trouble.number) if telling.trouble else None
        if telling.trouble is None:
            reader = self.alerts.reader_for(errand)
            card = alert.sight(telling.event, telling.since or telling.as_of, standing.number, reader)
            await self.notifier.send(place, card)
        elif thread is None:
            thread = await self._begin(errand, standing, telling, telling.trouble, place)
        else:
            thread = await self._follow(errand, standing, telling, thread)
        after = told(standing, thread)
        again = self._again(after, rest(after, self.clock.now()))
        return again if thread is None else replace(again, undo=self._undo(errand, telling, thread))

    def _undo(self, errand: Errand, telling: Telling, thread: Thread) -> Undo | None:
        """What takes the message back that was just sent: unsaved, it is in the outbox and said once more."""
        activity_id = thread.activity_id if thread.reply_id == "" else thread.reply_id
        if telling.event == "counted":
            return None
        where = replace(errand.place, conversation_id=thread.conversation_id)

        async def undo(payload: str) -> None:
            if not read_standing(payload).holds(activity_id):
                log.info("an alert that is said once more was taken back")
                await self.notifier.delete(where, activity_id)

        return undo

    async def _begin(
        self, errand: Errand, standing: Standing, telling: Telling, trouble: Trouble, place: Place
    ) -> Thread:
        """The first message of a trouble; in a channel, a thread of its own."""
        rows_state = await self.alerts.rows_state(errand, standing, trouble)
        thread = Thread(
            trouble,
            telling.as_of,
            place.conversation_id,
            "",
            rows_state,
            ended=telling.event in ("ended", PASSED),
            held_since=telling.held_since,
            glimpses=telling.glimpses,
        )
        again = errand.attempts > 1 or standing.unsure
        mentions = await self._mentions(standing, place, telling)
        card = await self.alerts.first(errand, standing, thread, again=again, mentions=mentions)
        if place.kind is PlaceKind.CHANNEL:
            where, activity_id = await self.notifier.create_thread(place, card)
            return replace(thread, conversation_id=where.conversation_id, activity_id=activity_id)
        return replace(thread, activity_id=await self.notifier.send(place, card))

    async def _follow(self, errand: Errand, standing: Standing, telling: Telling, thread: Thread) -> Thread:
        """A count is edited into the first message; growth and the end are replies, and edits too."""
        assert telling.trouble is not None
        ended = telling.event in ("ended", PASSED)
        thread = replace(
            thread,
            trouble=telling.trouble,
            as_of=telling.as_of,
            ended=ended,
            glimpses=telling.glimpses or thread.glimpses,
        )
        where = replace(errand.place, conversation_id=thread.conversation_id)
        if telling.event != "counted":
            mentions = await self._mentions(standing, where, telling)
            shown = await self.alerts.details.shown(errand, telling.glimpses)
            reply = self.alerts.reply(errand, standing, thread, telling, mentions, shown)
            thread = replace(thread, reply_id=await self.notifier.send(where, reply))
        try:
            card = await self.alerts.first(errand, standing, thread)
            await self.notifier.update(where, thread.activity_id, card)
        except SendRefused as refusal:
            if _passes(refusal):
                # The reply was said; its count is mended with the next.
                log.warning("an alert could not be edited: %s %s", refusal.status, refusal.code)
            elif refusal.status == 403:
                raise
        return thread

    async def _mentions(self, standing: Standing, place: Place, telling: Telling) -> tuple[Mention, ...]:
        """Who is told of a start and of growth: by name alone where they are no longer in *place*."""
        if place.kind is PlaceKind.PERSONAL or telling.event not in ("started", "grown"):
            return ()
        return tuple(
            [
                one if await self.places.has_member(place, one.teams_id) else replace(one, teams_id="")
                for one in standing.mentions
            ]
        )

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
        reader = self.alerts.reader_for(errand)
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


def _passes(refusal: SendRefused) -> bool:
    return refusal.status in _PASSING or refusal.status >= 500
