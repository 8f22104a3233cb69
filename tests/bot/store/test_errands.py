"""Errands are claimed once, saved once, bounded, and survive whoever worked them."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errand_loop import AT_ONCE, ErrandLoop
from bot.errands import LEASE, MAX_ATTEMPTS, Again, Amended, Done, Errand, LeaseLost, Next, Stopped, TooMany
from bot.store.database import Database
from bot.store.errands import LIFETIME, LONGEST_NAP, MAX_OWN, UNSHOWN, Claim, Errands
from bot.turns import Place, PlaceKind
from tests.bot.store.ageing import pass_time
from tests.line import HastyClock, until
from tests.signing import HeldClock
from tracing.errors import GraphSlow

PLACE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
ERRAND = Errand("one", "count", "anna", PLACE, "ja-JP", "Asia/Tokyo", "0")


@pytest.fixture
def errands(database: Database) -> Errands:
    return Errands(database)


async def begun(errands: Errands, errand: Errand = ERRAND) -> Claim:
    await errands.add(errand)
    await errands.show(errand.id, "m1")
    return await claimed(errands)


async def claimed(errands: Errands) -> Claim:
    claim = await errands.claim()
    assert isinstance(claim, Claim)
    return claim


async def test_comes_back_whole(errands: Errands) -> None:
    """What is claimed is what was added, with its card and the attempt that begins."""
    claim = await begun(errands)

    assert claim.errand == replace(ERRAND, activity_id="m1", attempts=1)


async def test_claimed_once(database: Database, database_url: str, clock: HeldClock) -> None:
    """Of two processes that look at the same moment, one gets it."""
    other = Database(database_url, clock)
    await Errands(database).add(ERRAND)
    await Errands(database).show(ERRAND.id, "m1")

    found = await asyncio.gather(*(Errands(one).claim() for one in (database, other) * 3))
    await other.close()

    assert sum(isinstance(one, Claim) for one in found) == 1


async def test_waits_for_its_card(database: Database, errands: Errands) -> None:
    """A new errand begins when its card is named; should that never be, a little later."""
    await errands.add(ERRAND)
    assert isinstance(await errands.claim(), timedelta)
    await pass_time(database, UNSHOWN)

    assert (await claimed(errands)).errand.activity_id == ""


async def test_lease_lapses(database: Database, errands: Errands) -> None:
    """Whoever was killed is followed up after the lease; if it was only slow, nothing it wrote is kept."""
    slow = await begun(errands)
    assert isinstance(await errands.claim(), timedelta)
    await pass_time(database, LEASE)

    quick = await claimed(errands)
    await errands.save(quick, Again("1"))
    with pytest.raises(LeaseLost):
        await errands.save(slow, Again("wrong"))

    assert (await claimed(errands)).errand.payload == "1"


async def test_attempts_are_counted(database: Database, errands: Errands) -> None:
    """A step that ended in a fault, or not at all, counts; a good one begins the count anew."""
    await errands.save(await begun(errands), Again("1"), failed=True)
    assert (await claimed(errands)).errand.attempts == 2
    await pass_time(database, LEASE)
    third = await claimed(errands)
    assert third.errand.attempts == 3
    await errands.save(third, Again("2"))

    assert (await claimed(errands)).errand.attempts == 1


async def test_later(database: Database, errands: Errands) -> None:
    """What is due later is not claimed sooner, and the wait for it is told."""
    await errands.save(await begun(errands), Again("1", timedelta(seconds=9)))
    wait = await errands.claim()
    assert isinstance(wait, timedelta)
    assert timedelta(0) < wait <= timedelta(seconds=9) < LONGEST_NAP
    await pass_time(database, timedelta(seconds=9))

    assert (await claimed(errands)).errand.payload == "1"


async def test_written_together(database: Database, errands: Errands) -> None:
    """What a step wrote is kept with its state or not at all."""
    written: list[str] = []

    async def write(connection: AsyncConnection) -> None:
        written.append("x")
        raise ZeroDivisionError

    claim = await begun(errands)
    with pytest.raises(ZeroDivisionError):
        await errands.save(claim, Again("1", write=write))
    assert written
    written.clear()
    await errands.stop(ERRAND.id, "anna")
    with pytest.raises(LeaseLost):
        await errands.save(claim, Again("1", write=write))

    assert not written
    stopped = await errands.find(ERRAND.id, "anna")
    assert stopped is not None
    assert stopped.payload == "0"


async def test_cancelled_and_resumed(errands: Errands) -> None:
    """Its owner alone stops it, also in its step, and resumes it; it goes on where it was saved."""
    await errands.save(await begun(errands), Again("1"))
    inside = await claimed(errands)
    assert await errands.stop(ERRAND.id, "uwe") is None
    assert await errands.stop(ERRAND.id, "anna") is not None
    with pytest.raises(LeaseLost):
        await errands.save(inside, Again("2"))
    assert isinstance(await errands.claim(), timedelta)
    assert await errands.resume(ERRAND.id, "uwe") is None
    assert await errands.resume(ERRAND.id, "anna") is not None
    assert await errands.resume(ERRAND.id, "anna") is None
    await errands.show(ERRAND.id, "m2")

    claim = await claimed(errands)
    assert (claim.errand.payload, claim.errand.activity_id, claim.errand.attempts) == ("1", "m2", 1)


async def test_dropped(errands: Errands) -> None:
    """Its owner, and nobody else, can have an errand forgotten; a step under way then leaves nothing."""
    claim = await begun(errands)
    assert not await errands.drop(ERRAND.id, "bob")
    assert await errands.drop(ERRAND.id, ERRAND.owner)

    with pytest.raises(LeaseLost):
        await errands.save(claim, Again("1"))
    assert await errands.find(ERRAND.id, ERRAND.owner) is None


@pytest.mark.parametrize(("step", "left"), [(Done(), False), (Stopped("9"), True)])
async def test_ended(errands: Errands, step: Next, left: bool) -> None:
    """What is done is forgotten, what is stopped is kept; neither is claimed again."""
    await errands.save(await begun(errands), step)

    assert isinstance(await errands.claim(), timedelta)
    assert (await errands.find(ERRAND.id, "anna") is not None) is left


async def test_bounded(errands: Errands) -> None:
    """A person has so many of a kind, and the same one once."""
    assert await errands.add(ERRAND)
    assert not await errands.add(ERRAND)
    for number in range(1, MAX_OWN):
        assert await errands.add(replace(ERRAND, id=f"n{number}"))
    with pytest.raises(TooMany) as wrong:
        await errands.add(replace(ERRAND, id="more"))

    assert wrong.value.own
    assert await errands.add(replace(ERRAND, id="other", owner="uwe"))
    assert await errands.add(replace(ERRAND, id="kind", kind="watch"))


async def test_comes_to_its_end(database: Database, errands: Errands) -> None:
    """After its lifetime an errand is neither claimed nor kept."""
    await errands.add(ERRAND)
    await pass_time(database, LIFETIME)
    assert isinstance(await errands.claim(), timedelta)
    await errands.sweep()

    assert await errands.find(ERRAND.id, "anna") is None


async def test_freed_at_the_start(errands: Errands) -> None:
    """The only process there is need not wait for the lease of the one that was killed."""
    await begun(errands)
    await errands.release()

    assert (await claimed(errands)).errand.attempts == 2


class Counting:
    """Meets `bot.errands.Work`: counts to three, a step each; `held` keeps a step from ending."""

    def __init__(self, fault: Callable[[int], Exception | None] = lambda number: None) -> None:
        self.steps: list[str] = []
        self.given_up: list[Exception] = []
        self.shown: list[str] = []
        self.held: Callable[[], Awaitable[object]] | None = None
        self._fault = fault

    async def step(self, errand: Errand) -> Next:
        self.steps.append(errand.payload)
        if self.held is not None:
            await self.held()
        if (fault := self._fault(len(self.steps))) is not None:
            raise fault
        number = int(errand.payload) + 1

        async def show() -> None:
            self.shown.append(str(number))

        return Again(str(number), then=show) if number < 3 else Done(then=show)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        self.given_up.append(fault)
        return Stopped(errand.payload)


async def ran(loop: ErrandLoop, true: Callable[[], object]) -> None:
    running = asyncio.create_task(loop.run())
    await until(true)
    await loop.drain()
    await running


async def test_loop_goes_to_the_end(errands: Errands) -> None:
    """Each step begins where the one before was saved, and is shown when it is saved."""
    work = Counting()
    await errands.add(ERRAND)
    await errands.show(ERRAND.id, "m1")
    await ran(ErrandLoop(errands, {"count": work}, HastyClock()), lambda: len(work.shown) == 3)

    assert work.steps == ["0", "1", "2"]
    assert work.shown == ["1", "2", "3"]
    assert await errands.find(ERRAND.id, "anna") is None


async def test_a_third_joins(database_url: str, database: Database, clock: HeldClock) -> None:
    """Processes on one database share what is due, each once; one that comes later takes what is left."""
    others = [Database(database_url, clock) for _ in range(2)]
    stores = [Errands(one) for one in (database, *others)]
    for number in range(3 * AT_ONCE):
        await stores[0].add(replace(ERRAND, id=f"e{number}", owner=f"o{number}", payload=str(number)))
        await stores[0].show(f"e{number}", "m1")
    gate = asyncio.Event()
    works = [Counting() for _ in stores]
    for work in works:
        work.held = gate.wait
    loops = [
        ErrandLoop(store, {"count": work}, HastyClock()) for store, work in zip(stores, works, strict=True)
    ]
    running = [asyncio.create_task(loop.run()) for loop in loops[:2]]
    await until(lambda: len(works[0].steps) + len(works[1].steps) == 2 * AT_ONCE)
    running.append(asyncio.create_task(loops[2].run()))
    await until(lambda: len(works[2].steps) == AT_ONCE)
    taken = [step for work in works for step in work.steps]
    for loop in loops:
        await loop.drain(timedelta(0))
    await asyncio.gather(*running)
    for one in others:
        await one.close()

    assert sorted(taken, key=int) == [str(number) for number in range(3 * AT_ONCE)]


async def test_restart_resumes(errands: Errands) -> None:
    """A step that a stop cut off is begun again by the next process, and none before it."""
    work, next_ = Counting(), Counting()
    await errands.add(replace(ERRAND, payload="1"))
    await errands.show(ERRAND.id, "m1")
    work.held = asyncio.Event().wait
    loop = ErrandLoop(errands, {"count": work}, HastyClock())
    running = asyncio.create_task(loop.run())
    await until(lambda: work.steps)
    await loop.drain(timedelta(0))
    await running
    await errands.release()
    await ran(ErrandLoop(errands, {"count": next_}, HastyClock()), lambda: len(next_.shown) == 2)

    assert next_.steps == ["1", "2"]


async def test_drained(errands: Errands) -> None:
    """At a stop the step under way ends and is saved; the next one is left to whoever comes."""
    work, go = Counting(), asyncio.Event()
    work.held = go.wait
    await errands.add(ERRAND)
    await errands.show(ERRAND.id, "m1")
    loop = ErrandLoop(errands, {"count": work}, HastyClock())
    running = asyncio.create_task(loop.run())
    await until(lambda: work.steps)
    draining = asyncio.create_task(loop.drain())
    go.set()
    await draining
    await running

    assert work.steps == ["0"]
    assert (await claimed(errands)).errand.payload == "1"


async def test_given_up(database: Database, errands: Errands) -> None:
    """What does not mend is told at once; what should mend, after so many attempts; a deadly step too."""
    final = Counting(lambda number: ZeroDivisionError())
    await errands.add(ERRAND)
    await errands.show(ERRAND.id, "m1")
    await ran(ErrandLoop(errands, {"count": final}, HastyClock()), lambda: final.given_up)
    assert len(final.steps) == 1

    await errands.resume(ERRAND.id, "anna")
    await errands.show(ERRAND.id, "m1")
    for _ in range(MAX_ATTEMPTS):
        await errands.save(await claimed(errands), Again("0"), failed=True)
    deadly = Counting(lambda number: GraphSlow("slow"))
    await ran(ErrandLoop(errands, {"count": deadly}, HastyClock()), lambda: deadly.given_up)

    assert not deadly.steps


async def test_bounds_of_a_kind(errands: Errands) -> None:
    """Each kind is bounded by owner, by place and in all; what is of another kind does not count."""
    await errands.add(replace(ERRAND, id="other", kind="other"))
    await errands.add(ERRAND)

    for own, here, most in ((1, 9, 9), (9, 1, 9), (9, 9, 1)):
        with pytest.raises(TooMany) as many:
            await errands.add(replace(ERRAND, id="two"), own=own, here=here, most=most)
        assert many.value.own is (own == 1)


async def test_a_life_renewed(database: Database, errands: Errands) -> None:
    """A step may say how long its errand lives from now on."""
    await errands.save(await begun(errands), Again("1", lifetime=LIFETIME * 3))
    await pass_time(database, LIFETIME * 2)
    await errands.sweep()

    assert (await claimed(errands)).errand.payload == "1"


async def test_put_off(database: Database, errands: Errands) -> None:
    """Who puts an errand off in its step takes it from its worker; it comes again when it was said to."""
    worker = await begun(errands)
    assert await errands.put_off(ERRAND.id, "somebody else", None) is None
    await errands.put_off(ERRAND.id, "anna", timedelta(hours=1))
    with pytest.raises(LeaseLost):
        await errands.save(worker, Again("wrong"))
    assert isinstance(await errands.claim(), timedelta)
    await pass_time(database, timedelta(hours=1))

    assert (await claimed(errands)).errand.attempts == 2
    (standing,) = await errands.of(ERRAND.kind, "anna")
    assert standing == await errands.get(ERRAND.id)
    assert standing.due_at is not None
    await errands.put_off(ERRAND.id, "anna", None)
    resting = await errands.get(ERRAND.id)
    assert resting is not None
    assert resting.due_at is None


CHANNEL = Place(PLACE.service_url, "19:a", PlaceKind.CHANNEL, "tenant", "28:bot", team_id="19:team")
ELSEWHERE = [
    replace(CHANNEL, conversation_id="19:b"),
    replace(CHANNEL, conversation_id="19:c", team_id="19:other"),
    replace(CHANNEL, tenant_id="other"),
    replace(CHANNEL, conversation_id="19:d", team_id=""),
]


@pytest.mark.parametrize(
    ("left", "whole_team", "gone"),
    [
        (CHANNEL, False, ["here"]),
        (CHANNEL, True, ["here", "else 0"]),
        (replace(CHANNEL, team_id=""), True, ["here"]),
    ],
)
async def test_interrupted(errands: Errands, left: Place, whole_team: bool, gone: list[str]) -> None:
    """Where the bot was removed, what goes on there goes on at once with another payload: of a team, in all
    its channels, and nowhere else. A step that is under way there is not saved."""
    for at, place in enumerate(ELSEWHERE):
        await errands.add(replace(ERRAND, id=f"else {at}", owner=f"{at}", place=place))
    claim = await begun(errands, replace(ERRAND, id="here", place=CHANNEL))
    await errands.add(replace(ERRAND, id="other kind", kind="other", place=CHANNEL))
    count = await errands.interrupt(
        left, whole_team=whole_team, kind=ERRAND.kind, change=lambda one: f"{one.payload} and out"
    )
    with pytest.raises(LeaseLost):
        await errands.save(claim, Again("too late"))

    assert count == len(gone)
    assert [(await claimed(errands)).errand.payload for _ in gone] == ["0 and out"] * count
    assert isinstance(await errands.claim(), timedelta)


async def test_what_rests_is_not_interrupted(errands: Errands) -> None:
    """Nobody is told of what they paused themselves."""
    await errands.add(replace(ERRAND, place=CHANNEL))
    await errands.stop(ERRAND.id, ERRAND.owner)

    assert await errands.interrupt(CHANNEL, whole_team=True, kind=ERRAND.kind, change=lambda _: "") == 0


async def test_rests_and_wakes(errands: Errands) -> None:
    """Where the bot was removed everything rests; where it comes back, what is asked for goes on."""
    claim = await begun(errands)
    await errands.add(replace(ERRAND, id="two", kind="other"))
    rested = await errands.rest(PLACE)
    with pytest.raises(LeaseLost):
        await errands.save(claim, Done())
    nothing = await errands.claim()
    woken = await errands.wake(PLACE, ERRAND.kind)

    assert (rested, woken) == (2, 1)
    assert isinstance(nothing, timedelta)
    assert (await claimed(errands)).errand.id == ERRAND.id
    assert isinstance(await errands.claim(), timedelta)


async def test_amended(errands: Errands) -> None:
    """A change is made to what was saved last, with what it writes; a step under way is not saved over it."""
    claim = await begun(errands)
    written = list[str]()

    async def write(connection: AsyncConnection) -> None:
        written.append("rows")

    nobody = await errands.amend(ERRAND.id, "somebody", lambda _: Amended("stolen", hurry=True, write=write))
    done = await errands.amend(
        ERRAND.id, ERRAND.owner, lambda payload: Amended(f"{payload} changed", hurry=True, write=write)
    )
    with pytest.raises(LeaseLost):
        await errands.save(claim, Again("too late"))

    assert (nobody, done, written) == (False, True, ["rows"])
    assert (await claimed(errands)).errand.payload == "0 changed"


async def test_amended_without_hurry(errands: Errands) -> None:
    """What sleeps or rests is changed, and sleeps or rests on."""
    claim = await begun(errands)
    await errands.save(claim, Again("0", timedelta(hours=1)))
    await errands.amend(ERRAND.id, ERRAND.owner, lambda _: Amended("asleep"))
    asleep = await errands.claim()
    await errands.put_off(ERRAND.id, ERRAND.owner, None)
    await errands.amend(ERRAND.id, ERRAND.owner, lambda _: Amended("at rest", hurry=True))

    assert isinstance(asleep, timedelta)
    assert isinstance(await errands.claim(), timedelta)
    found = await errands.find(ERRAND.id, ERRAND.owner)
    assert found is not None
    assert found.payload == "at rest"


async def test_moved(errands: Errands) -> None:
    """What is moved goes on in its new place now, with what was saved last; a step under way is not saved
    over it, and of somebody else nothing moves."""
    claim = await begun(errands)
    await errands.save(claim, Again("found"))
    claim = await claimed(errands)
    nobody = await errands.move(ERRAND.id, "somebody", CHANNEL, lambda _: "stolen")
    done = await errands.move(ERRAND.id, ERRAND.owner, CHANNEL, lambda payload: f"{payload} and moved")
    with pytest.raises(LeaseLost):
        await errands.save(claim, Again("too late"))
    moved = (await claimed(errands)).errand

    assert (nobody, done) == (False, True)
    assert moved == replace(claim.errand, place=CHANNEL, payload="found and moved", attempts=1)
    assert moved.place.team_id == CHANNEL.team_id
