"""Every task has an owner, an end and a last word."""

import asyncio
import logging
from datetime import timedelta

import pytest

from bot.jobs import Busy, Jobs, Slot
from bot.turns import Author, Message, Notice, Place, PlaceKind, Post, SendRefused
from tracing.errors import GraphUnavailable

PLACE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
LOOKING, FOUND, LATE = Notice("looking"), Notice("found"), Notice("late")


class Faults:
    """Where jobs tell of their end, as the desk does."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.seen: list[tuple[Exception, str]] = []
        self._fault = fault

    async def __call__(self, fault: Exception, reference: str) -> None:
        self.seen.append((fault, reference))
        if self._fault is not None:
            raise self._fault


class Wall:
    """Meets `bot.turns.Notifier`: what hangs there, after how many writes; *delay* holds each write back."""

    def __init__(self, delay: float = 0, refusal: SendRefused | None = None) -> None:
        self.writes: list[tuple[str, Message]] = []
        self._delay = delay
        self._refusal = refusal

    async def send(self, place: Place, post: Message) -> str:
        await asyncio.sleep(self._delay)
        self.writes.append(("send", post))
        return f"m{len(self.writes)}"

    async def update(self, place: Place, activity_id: str, post: Post) -> None:
        await asyncio.sleep(self._delay)
        if self._refusal is not None:
            raise self._refusal
        self.writes.append((activity_id, post))

    async def open_private(self, place: Place, author: Author) -> Place:
        return place


async def fail() -> None:
    raise ZeroDivisionError


async def forever() -> None:
    await asyncio.Event().wait()


async def nothing() -> None:
    pass


async def test_a_fault_is_told() -> None:
    """A job that fails tells its person once, with the reference that stands in the log."""
    told = Faults()
    await Jobs().start("key", fail, told)

    ((fault, reference),) = told.seen
    assert isinstance(fault, ZeroDivisionError)
    assert len(reference) == 8


@pytest.mark.parametrize(
    ("fault", "level", "traced"),
    [
        (ZeroDivisionError("x"), logging.ERROR, True),
        (GraphUnavailable("x"), logging.WARNING, False),
        (SendRefused(403, "x"), logging.WARNING, False),
    ],
)
async def test_the_log(fault: Exception, level: int, traced: bool, caplog: pytest.LogCaptureFixture) -> None:
    """A fault this program has a name for is a line in the log; any other is there all the way down."""

    async def work() -> None:
        raise fault

    told = Faults()
    await Jobs().start("key", work, told)

    (record,) = caplog.records
    assert (record.levelno, bool(record.exc_info)) == (level, traced)
    assert told.seen[0][1] in record.getMessage()


async def test_nobody_to_tell(caplog: pytest.LogCaptureFixture) -> None:
    """When the person cannot be told either, that is in the log, and the job has ended."""
    jobs = Jobs()
    await jobs.start("key", fail, Faults(SendRefused(403, "BotNotInConversationRoster")))

    assert "could not be told" in caplog.text
    await jobs.start("key", nothing, Faults())


async def test_the_deadline() -> None:
    """A job that takes too long is ended, and its person told that it was the time."""
    told = Faults()
    await Jobs(deadline=timedelta(seconds=0.02)).start("key", forever, told)

    assert isinstance(told.seen[0][0], TimeoutError)


async def test_bounded() -> None:
    """As many jobs run as may and no more; one that ends makes room."""
    jobs = Jobs(most=2)
    first = jobs.start("1", forever, Faults())
    jobs.start("2", forever, Faults())
    with pytest.raises(Busy):
        jobs.start("3", nothing, Faults())

    assert jobs.cancel("1")
    await asyncio.gather(first, return_exceptions=True)
    await jobs.start("3", nothing, Faults())
    await jobs.drain(timedelta(0))


async def test_one_for_each_key() -> None:
    """The same key runs once at a time."""
    jobs = Jobs()
    jobs.start("key", forever, Faults())
    with pytest.raises(Busy):
        jobs.start("key", nothing, Faults())

    await jobs.drain(timedelta(0))


async def test_cancelled() -> None:
    """Whoever cancels a job gets it stopped, and nobody is told of a fault; what does not run cannot be."""
    jobs, told = Jobs(), Faults()
    task = jobs.start("key", forever, told)
    await asyncio.sleep(0)

    assert jobs.cancel("key")
    await asyncio.gather(task, return_exceptions=True)
    assert (task.cancelled(), told.seen) == (True, [])
    assert not jobs.cancel("key")


async def test_drained() -> None:
    """A drain takes no more, waits for what ends in time, and ends what does not."""
    jobs, done = Jobs(), []

    async def work() -> None:
        await asyncio.sleep(0)
        done.append(True)

    jobs.start("short", work, Faults())
    endless = jobs.start("endless", forever, Faults())
    draining = asyncio.create_task(jobs.drain(timedelta(seconds=0.1)))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        jobs.start("new", nothing, Faults())

    await draining
    assert done == [True]
    assert endless.cancelled()


async def test_nothing_to_drain() -> None:
    """A drain without jobs is over at once."""
    async with asyncio.timeout(30):
        await Jobs().drain(timedelta(days=1))


async def test_a_slot_is_one_card() -> None:
    """What is shown later stands in place of what was shown first."""
    wall = Wall()
    slot = Slot(wall, PLACE)
    await slot.show(LOOKING)
    await slot.finish(FOUND)

    assert wall.writes == [("send", LOOKING), ("m1", FOUND)]


async def test_the_last_word() -> None:
    """After the last word nothing is written, not even another last word."""
    wall = Wall()
    slot = Slot(wall, PLACE, "m7")
    await slot.finish(FOUND)
    await slot.show(LATE)
    await slot.finish(LATE)

    assert wall.writes == [("m7", FOUND)]


async def test_writers_at_once() -> None:
    """However many write at once, there is one card, and the last word is what stands there."""
    wall = Wall(delay=0.005)
    slot = Slot(wall, PLACE)
    shows = [slot.show(LOOKING) for _ in range(5)]
    await asyncio.gather(*shows[:3], slot.finish(FOUND), *shows[3:])

    assert [where for where, _ in wall.writes] == ["send", "m1", "m1", "m1"]
    assert wall.writes[-1] == ("m1", FOUND)


@pytest.mark.parametrize(("status", "anew"), [(404, True), (400, True), (403, False), (0, False)])
async def test_a_card_that_is_gone(status: int, anew: bool) -> None:
    """A card that cannot be edited any more is sent anew; other refusals are not hidden by a second card."""
    wall = Wall(refusal=SendRefused(status, "x"))
    slot = Slot(wall, PLACE, "m7")
    if not anew:
        with pytest.raises(SendRefused):
            await slot.finish(FOUND)
        assert wall.writes == []
        return
    await slot.finish(FOUND)

    assert wall.writes == [("send", FOUND)]
