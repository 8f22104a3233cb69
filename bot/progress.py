"""Searches under way: how far each is, shown now and then, and the way to stop one."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.jobs import DRAIN
from cards.elements import Card
from tracing.model import Progress, Watch


@dataclass(frozen=True)
class Pace:
    """When a search shows how far it is, how often, and when its end is worth a message of its own.

    `at_stop`: how long a search may go on when the process stops.
    `in_place`: how long a tap waits where its card cannot be replaced later, as everybody sees it; Teams
    gives ten seconds or more.
    `silence`: how long a message stays without a sign that it was heard; people are owed one within a second.
    `tap`: how long a tap waits for its answer before a progress card; Teams is owed one within three seconds.

    An edited card notifies nobody: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/update-and-delete-bot-messages
    """

    first: timedelta = timedelta(seconds=3)
    every: timedelta = timedelta(seconds=2)
    anew: timedelta = timedelta(seconds=20)
    in_place: timedelta = timedelta(seconds=8)
    at_stop: timedelta = DRAIN
    silence: timedelta = timedelta(seconds=0.7)
    tap: timedelta = timedelta(seconds=2)


@dataclass(frozen=True)
class Ended:
    """What a search came to; `anew`: after so long that nobody looks at its card any more."""

    card: Card
    anew: bool


@dataclass
class _Running:
    task: asyncio.Future[Card]
    person: str
    stopped: bool = False

    def stop(self) -> None:
        if self.task.cancel():
            self.stopped = True


class Searches:
    """The searches of this process, by the state of their question."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._running: dict[str, _Running] = {}

    def stop(self, state_id: str, person: str) -> bool:
        """End the search of *person* behind *state_id*; whether there was one."""
        found = self._running.get(state_id)
        if found is None or found.person != person:
            return False
        found.stop()
        return True

    async def run(
        self,
        state_id: str,
        person: str,
        search: Callable[[Watch], Awaitable[Card]],
        show: Callable[[Progress], Awaitable[None]],
        stopped: Callable[[], Card],
        wanted: Callable[[], Awaitable[bool]],
    ) -> Ended:
        """Run *search*, and *show* how far it is while it takes long; *stopped* is its card when it was.

        *wanted* says whether another process was asked to stop it.
        """
        began, seen = asyncio.get_running_loop().time(), Progress(None, 0, 0)

        def watch(progress: Progress) -> None:
            nonlocal seen
            seen = progress

        running = self._running[state_id] = _Running(asyncio.ensure_future(search(watch)), person)
        try:
            await asyncio.wait({running.task}, timeout=self._pace.first.total_seconds())
            while not running.task.done():
                await show(seen)
                if await wanted():
                    running.stop()
                await asyncio.wait({running.task}, timeout=self._pace.every.total_seconds())
            if running.stopped:
                return Ended(stopped(), anew=False)
            took = asyncio.get_running_loop().time() - began
            return Ended(await running.task, anew=took > self._pace.anew.total_seconds())
        finally:
            running.task.cancel()
            if self._running.get(state_id) is running:
                del self._running[state_id]
