"""The loop behind errands: a step that is done is saved, or taken back, and never lightly done again."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.errand_loop import ErrandLoop
from bot.errands import Again, Done, Errand, LeaseLost, Next, Stopped
from bot.store.database import DatabaseUnusable
from bot.store.errands import Claim, Standing
from bot.turns import SendRefused
from tests.bot.store.test_errands import ERRAND
from tests.line import HastyClock, until

AWAY = DatabaseUnusable("away")


@dataclass
class OneErrand:
    """A store of one errand; the next saves meet *faults*, None for none."""

    faults: list[Exception | None]
    stored: Errand | None = ERRAND
    claimed: bool = False
    saved: list[Next] = field(default_factory=list)

    async def claim(self) -> Claim | timedelta:
        if self.claimed:
            return timedelta(seconds=1)
        self.claimed = True
        return Claim(replace(ERRAND, attempts=1), "lease")

    async def save(self, claim: Claim, step: Next, *, failed: bool = False) -> None:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        self.saved.append(step)

    async def runs(self, errand_id: str) -> bool:
        return True

    async def get(self, errand_id: str) -> Standing | None:
        return None if self.stored is None else Standing(self.stored, None)


@dataclass
class Speaking:
    """A work whose step says something, once, or meets *fault*."""

    fault: Exception | None = None
    steps: int = 0
    undone: list[str] = field(default_factory=list)
    given_up: int = 0

    async def step(self, errand: Errand) -> Next:
        self.steps += 1
        if self.fault is not None:
            raise self.fault

        async def undo(payload: str) -> None:
            self.undone.append(payload)

        return Again("said", timedelta(hours=1), undo=undo)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        self.given_up += 1
        return Stopped("given up")


async def worked(store: OneErrand, work: Speaking) -> None:
    loop = ErrandLoop(store, {ERRAND.kind: work}, HastyClock())
    running = asyncio.create_task(loop.run())
    await until(lambda: work.steps and not loop.busy)
    await loop.drain()
    await running


async def test_saved_when_the_database_is_back() -> None:
    """A step that is done waits to be saved: it is not done again."""
    store, work = OneErrand([AWAY, AWAY]), Speaking()
    await worked(store, work)

    assert next(step for step in store.saved if isinstance(step, Again)).payload == "said"
    assert (work.steps, work.undone) == (1, [])


@pytest.mark.parametrize("faults", [[LeaseLost()], [AWAY, LeaseLost()]], ids=["at once", "later"])
async def test_taken_over(faults: list[Exception | None]) -> None:
    """What somebody else does again is taken back, by what was saved."""
    store, work = OneErrand(faults), Speaking()
    await worked(store, work)

    assert store.saved == []
    assert work.undone == [ERRAND.payload]


async def test_cancelled() -> None:
    """Nothing is taken back of an errand that is no more."""
    store, work = OneErrand([LeaseLost()], stored=None), Speaking()
    await worked(store, work)

    assert work.undone == []


async def test_away_in_a_step() -> None:
    """A step that met no database is tried again, and nobody gives up."""
    store, work = OneErrand([AWAY]), Speaking(AWAY)
    await worked(store, work)

    assert [type(step) for step in store.saved] == [Again]
    assert work.given_up == 0


@dataclass
class SlowErrand(OneErrand):
    """The same, whose claim is answered once it is `released`."""

    asked: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def claim(self) -> Claim | timedelta:
        self.asked.set()
        await self.released.wait()
        return await super().claim()


@pytest.mark.parametrize("fault", [AWAY, LeaseLost()], ids=repr)
async def test_stopped_while_one_is_claimed(fault: Exception) -> None:
    """A stop comes to its end though what was just claimed cannot be given back: its lease lapses."""
    store, work = SlowErrand([fault]), Speaking()
    loop = ErrandLoop(store, {ERRAND.kind: work}, HastyClock())
    running = asyncio.create_task(loop.run())
    await store.asked.wait()
    await loop.drain()
    store.released.set()
    await running

    assert (work.steps, store.faults) == (0, [])


@dataclass
class Ending:
    """A work that ends in one step, or goes on for an hour; its card meets *refusals* before it is shown."""

    refusals: list[SendRefused]
    goes_on: bool = False
    tries: int = 0
    shown: int = 0

    async def step(self, errand: Errand) -> Next:
        return Again("", timedelta(hours=1), then=self._show) if self.goes_on else Done(then=self._show)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        raise AssertionError("nothing is given up")

    async def _show(self) -> None:
        self.tries += 1
        if self.refusals:
            raise self.refusals.pop(0)
        self.shown += 1


async def ended(work: Ending, tries: int) -> None:
    loop = ErrandLoop(OneErrand([]), {ERRAND.kind: work}, HastyClock())
    running = asyncio.create_task(loop.run())
    await until(lambda: work.tries == tries and not loop.busy)
    await loop.drain()
    await running


@pytest.mark.parametrize("status", [0, 403, 429, 503])
async def test_last_card_is_shown_later_where_teams_may_take_it(status: int) -> None:
    """Work that has ended does not look as if it went on because one card was refused."""
    work = Ending([SendRefused(status, ""), SendRefused(status, "")])
    await ended(work, tries=3)

    assert work.shown == 1


@pytest.mark.parametrize(("goes_on", "status"), [(True, 503), (False, 404), (False, 413)])
async def test_card_is_missed_where_another_follows_or_none_can(goes_on: bool, status: int) -> None:
    """A card in between, or one that is never taken, is not tried again."""
    work = Ending([SendRefused(status, "")], goes_on=goes_on)
    await ended(work, tries=1)

    assert work.shown == 0
