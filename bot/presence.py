"""What ends where the bot was removed, and what goes on where it comes back.

Teams says so once, or never: what is missed here shows at the next thing that is to be said there.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot.errands import Errand
from bot.landing_work import Landings
from bot.places import Places, whole_of
from bot.turns import Arrived, Author, Departed, Place, PlaceKind
from bot.watch_work import WatchWork
from bot.watching import leaving

log = logging.getLogger(__name__)


class References(Protocol):
    """Where each person's 1:1 is; `bot.store.references.References`."""

    async def forget(self, author: Author, tenant_id: str) -> None: ...


class Errands(Protocol):
    """Work that outlives its question; `bot.store.errands.Errands`."""

    async def interrupt(
        self, place: Place, *, whole_team: bool, kind: str, change: Callable[[Errand], str]
    ) -> int: ...

    async def rest(self, place: Place) -> int: ...

    async def wake(self, place: Place, kind: str) -> int: ...


@dataclass(frozen=True)
class Presence:
    """Follows where the bot is. *begun* is called when there is something to do."""

    references: References
    errands: Errands
    places: Places
    begun: Callable[[], None]

    async def left(self, departed: Departed) -> None:
        """Forget where nobody is reached any more; watches there rest, and their owners are told why."""
        place = whole_of(departed.place)
        if place.kind is PlaceKind.PERSONAL:
            await self.references.forget(departed.author, place.tenant_id)
        else:
            await self.places.forget(place, whole_team=departed.whole_team)
        stranded = await self.errands.interrupt(
            place, whole_team=departed.whole_team, kind=WatchWork.kind, change=leaving
        )
        rested = await self.errands.rest(place) if place.kind is PlaceKind.PERSONAL else 0
        log.info("removed from a place: %s watches, %s other errands", stranded, rested)
        self.begun()

    async def returned(self, arrived: Arrived) -> None:
        """What somebody waits for goes on; a watch does once its owner resumes it."""
        if arrived.place.kind is PlaceKind.PERSONAL and await self.errands.wake(arrived.place, Landings.kind):
            self.begun()
