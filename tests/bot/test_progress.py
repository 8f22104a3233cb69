"""Searches that take long: how far they are, how they are stopped, where their end is told."""

import asyncio
from datetime import timedelta

import pytest

from bot.progress import Pace, Searches
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


async def test_quick() -> None:
    """What is quick shows nothing of itself."""
    slow, searches = Slow(), Searches(NEVER)
    slow.go.set()
    ended = await searches.run("id", "sato", slow.search, slow.show, lambda: STOPPED)

    assert (ended.card, ended.anew, slow.shown) == (FOUND, False, [])
    assert not searches.stop("id", "sato")


async def test_how_far() -> None:
    """What takes long shows how far it is until it ends, and then is told in place or anew."""
    for pace, anew in ((AT_ONCE, False), (LATE, True)):
        slow = Slow()
        running = asyncio.ensure_future(
            Searches(pace).run("id", "sato", slow.search, slow.show, lambda: STOPPED)
        )
        await slow.looked.wait()
        slow.go.set()
        ended = await running

        assert (ended.card, ended.anew) == (FOUND, anew)
        assert slow.shown[-1] == Progress(7, 1, 3)


async def test_stopped() -> None:
    """Who asked can stop it, once; nobody else can."""
    slow, searches = Slow(), Searches(LATE)
    running = asyncio.ensure_future(searches.run("id", "sato", slow.search, slow.show, lambda: STOPPED))
    await slow.looked.wait()

    assert not searches.stop("id", "tanaka")
    assert not searches.stop("other", "sato")
    assert searches.stop("id", "sato")
    assert (await running).card is STOPPED
    assert not searches.stop("id", "sato")


async def test_fault_passes() -> None:
    """A fault of the search is the fault of who waits for it."""

    async def fail(watch: Watch) -> Card:
        raise LookupError

    with pytest.raises(LookupError):
        await Searches(AT_ONCE).run("id", "sato", fail, Slow().show, lambda: STOPPED)


async def test_end_of_the_job_ends_the_search() -> None:
    """A search does not outlive the job that waits for it."""
    slow, searches = Slow(), Searches(AT_ONCE)
    running = asyncio.ensure_future(searches.run("id", "sato", slow.search, slow.show, lambda: STOPPED))
    await slow.looked.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running

    assert not searches.stop("id", "sato")
