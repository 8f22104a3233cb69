"""Searches that take long: how far they are, how they are stopped, where their end is told."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from bot.progress import Ended, Pace, Searches
from cards.elements import Card
from tracing.model import Progress, Watch

FOUND, STOPPED = Card({}, "found"), Card({}, "stopped")
AT_ONCE = Pace(timedelta(0), timedelta(0), timedelta(hours=1))
NEVER = Pace(timedelta(hours=1), timedelta(hours=1), timedelta(hours=1))
LATE = Pace(timedelta(0), timedelta(0), timedelta(0))


class Slow:
    """A search that goes on when told, and what was shown of it."""

    def __init__(self) -> None:
        self.shown: list[Progress] = []
        self.looked = asyncio.Event()
        self.go = asyncio.Event()

    async def search(self, watch: Watch) -> Card:
        watch(Progress(7, 1, 3))
        await self.go.wait()
        return FOUND

    async def show(self, progress: Progress) -> None:
        self.shown.append(progress)
        self.looked.set()
        await asyncio.sleep(0)


async def never() -> bool:
    return False


def begin(
    searches: Searches, slow: Slow, wanted: Callable[[], Awaitable[bool]] = never
) -> asyncio.Future[Ended]:
    return asyncio.ensure_future(searches.run("id", "sato", slow.search, slow.show, lambda: STOPPED, wanted))


async def test_quick() -> None:
    """What is quick shows nothing of itself."""
    slow, searches = Slow(), Searches(NEVER)
    slow.go.set()
    ended = await begin(searches, slow)

    assert (ended.card, ended.anew, slow.shown) == (FOUND, False, [])
    assert not searches.stop("id", "sato")


async def test_how_far() -> None:
    """What takes long shows how far it is until it ends, and then is told in place or anew."""
    for pace, anew in ((AT_ONCE, False), (LATE, True)):
        slow = Slow()
        running = begin(Searches(pace), slow)
        await slow.looked.wait()
        slow.go.set()
        ended = await running

        assert (ended.card, ended.anew) == (FOUND, anew)
        assert slow.shown[-1] == Progress(7, 1, 3)


async def test_stopped() -> None:
    """Who asked can stop it, once; nobody else can."""
    slow, searches = Slow(), Searches(LATE)
    running = begin(searches, slow)
    await slow.looked.wait()

    assert not searches.stop("id", "tanaka")
    assert not searches.stop("other", "sato")
    assert searches.stop("id", "sato")
    assert (await running).card is STOPPED
    assert not searches.stop("id", "sato")


async def test_stopped_from_elsewhere() -> None:
    """Where another process was asked to stop it, it ends as if it had been asked here."""
    slow = Slow()
    wishes = iter([False, False, True])

    async def wanted() -> bool:
        return next(wishes)

    ended = await begin(Searches(AT_ONCE), slow, wanted)

    assert ended.card is STOPPED
    assert len(slow.shown) == 3


async def test_fault_passes() -> None:
    """A fault of the search is the fault of who waits for it."""

    async def fail(watch: Watch) -> Card:
        raise LookupError

    with pytest.raises(LookupError):
        await Searches(AT_ONCE).run("id", "sato", fail, Slow().show, lambda: STOPPED, never)


async def test_end_of_the_job_ends_the_search() -> None:
    """A search does not outlive the job that waits for it."""
    slow, searches = Slow(), Searches(AT_ONCE)
    running = begin(searches, slow)
    await slow.looked.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert not searches.stop("id", "sato")
