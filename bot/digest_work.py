"""The work of a watch that speaks at set times: look once, save the digest, send it, each in its own step.

As with alerts, what is to be said is saved before it is said; a digest that falls into an outage is sent once
afterwards, over all the time since the last one.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.commands import (
    RunAgain,
)
from bot.errands import Again, Errand, Next
from bot.store.states import EVERYBODY, CardState
from bot.turns import Place, PlaceKind, Post
from bot.watch_commands import (
    ChangeWatch,
    ShowWatches,
    WatchChange,
    WatchId,
)
from bot.watch_looks import WatchLooks
from bot.watching import AGAIN, Standing, next_due, read_standing, saw_nothing, write_standing
from cards import digest
from cards.elements import Press
from cards.reader import Reader
from tracing.digest import Digest, digested, read_from, start_of, to_remember, uncounted
from tracing.errors import GraphError, QueryError, Throttled
from tracing.model import Between, Clock, Window
from tracing.watch import LATENESS, Advance, Mark, Memory, Seen

log = logging.getLogger(__name__)


class Threads(Protocol):
    """Sends into conversations, begins threads in channels, and takes back what was sent."""

    async def send(self, place: Place, post: Post) -> str: ...

    async def create_thread(self, place: Place, post: Post) -> tuple[Place, str]: ...

    async def delete(self, place: Place, activity_id: str) -> None: ...


class Memories(Protocol):
    """Which rows were counted; `bot.store.watched.Watched`."""

    async def load(self, watch_id: str) -> tuple[datetime | None, Mapping[Mark, Seen]]: ...

    async def write(self, connection: AsyncConnection, watch_id: str, step: Advance) -> None: ...


class States(Protocol):
    async def save(self, state: CardState, reader: str, conversation_id: str) -> str: ...


@dataclass(frozen=True)
class DigestWork:
    """Steps of a watch with a timetable; *lifetime* is that of watches."""

    looks: WatchLooks
    states: States
    watched: Memories
    notifier: Threads
    clock: Clock
    reader: Callable[[str, str], Reader]
    lifetime: timedelta

    async def step(
        self, errand: Errand, standing: Standing, place: Callable[[Errand], Awaitable[Place]]
    ) -> Next:
        """Send the digest that is saved, or make the one that is due; *place*: where it may speak now.

        Raises: Stranded, SendRefused, DatabaseUnusable.
        """
        if standing.digest is not None:
            return await self._send(errand, standing, standing.digest, await place(errand))
        timetable = standing.watch.timetable
        assert timetable is not None
        due_at, now = next_due(standing), self.clock.now()
        if due_at > now:
            return self._again(standing, due_at - now)
        # Nothing is looked at for a place that may not hear of it.
        await place(errand)
        return await self._make(errand, standing, timetable.before(now), now)

    async def _make(self, errand: Errand, standing: Standing, due_at: datetime, now: datetime) -> Next:
        covered_to, seen = await self.watched.load(errand.id)
        memory = Memory(covered_to, seen=seen)
        timetable = standing.watch.timetable
        assert timetable is not None
        # One that was changed knows nothing of before, however long ago it was begun.
        start = start_of(timetable, covered_to, standing.last_run or standing.begun_at)
        period = Between(read_from(start, covered_to), now)
        try:
            found = await self.looks.survey(
                errand, standing, period, lambda rows: uncounted(memory, rows, start)
            )
        except (GraphError, QueryError, TimeoutError) as fault:
            log.warning("a digest could not look: %s", type(fault).__name__)
            blind = saw_nothing(standing, type(fault).__name__, now)
            wait = (fault.retry_after or timedelta(0)) if isinstance(fault, Throttled) else timedelta(0)
            says_so = blind.outbox and not standing.quiet.covers(now)
            return self._again(blind, timedelta(0) if says_so else max(wait, AGAIN))
        before = standing.digested.counts if standing.digested else None
        window = Window(start, found.as_of)
        made = digested(found.rows, found.causes, window, due_at, before, whole=found.whole)
        after = replace(
            standing,
            digest=made,
            # That it could not see, if that is still held, is over: the digest says that it is late.
            outbox=(),
            last_run=now,
            last_cost=found.requests,
            cost=standing.cost + found.requests,
            fault="",
            blind_since=None,
            blind_told=False,
        )
        kept = Memory(found.as_of, seen=seen)
        step = Advance(kept, (), to_remember(found.rows, found.as_of), found.as_of - LATENESS)

        async def write(connection: AsyncConnection) -> None:
            await self.watched.write(connection, errand.id, step)

        return replace(self._again(after, timedelta(0)), write=write)

    async def _send(self, errand: Errand, standing: Standing, made: Digest, place: Place) -> Next:
        timetable = standing.watch.timetable
        assert timetable is not None
        again = errand.attempts > 1 or standing.unsure
        card = digest.render(
            made,
            standing.number,
            timetable,
            standing.watch.query,
            await self._buttons(errand, standing, made),
            self.reader(errand.locale, errand.time_zone),
            again=again,
        )
        if place.kind is PlaceKind.CHANNEL:
            where, sent = await self.notifier.create_thread(place, card)
        else:
            where, sent = place, await self.notifier.send(place, card)
        after = replace(standing, digest=None, digested=made, digest_id=sent, unsure=False)

        async def undo(payload: str) -> None:
            if read_standing(payload).digest_id != sent:
                log.info("a digest that is sent once more was taken back")
                await self.notifier.delete(where, sent)

        rest = max(timedelta(0), next_due(after) - self.clock.now())
        return replace(self._again(after, rest), undo=undo)

    async def _buttons(self, errand: Errand, standing: Standing, made: Digest) -> list[tuple[str, Press]]:
        shared = errand.place.kind is not PlaceKind.PERSONAL
        query = replace(standing.watch.query, period=Between(made.start, made.end))
        state = CardState(query, standing.watch.mine, shared=shared)
        keeper = EVERYBODY if shared else errand.owner
        rows = await self.states.save(state, keeper, errand.place.conversation_id)
        taps = [("watch.open", forms.press(ShowWatches(errand.id)))]
        taps.append(("watch.stop", forms.press(ChangeWatch(WatchId(errand.id), WatchChange.STOP))))
        return [("alert.rows", forms.press(RunAgain(rows))), *taps] if made.counts else taps

    def _again(self, standing: Standing, after: timedelta) -> Again:
        return Again(write_standing(standing), after, lifetime=self.lifetime)
