"""A wall clock that is set back or on, while the bot runs or over a restart: nothing lives on for it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.errands import Again, Errand
from bot.health import Health
from bot.spare_purse import SHARE, SparePurse
from bot.store.answers import OpenAnswer, OpenAnswers
from bot.store.database import Database, DatabaseUnusable
from bot.store.errands import Claim, Errands
from bot.store.stamps import StampBudget
from bot.store.states import CardState, CardStates
from bot.teams.keys import LIFETIME, Keys
from bot.turns import Place, PlaceKind
from cards.texts import TEXTS
from demo.company import DIRECTORY, EXECUTIVE_GROUP_ID, SATO, TAKAHASHI, Employee
from demo.tenant import Tenant
from tests.line import NOW, Line, sample_mailbox
from tests.signing import HeldClock, LoginService, OpenIdServer, SigningKey
from tests.tracing.test_credentials import GRAPH, credentials
from tests.tracing.test_credentials import login as login
from tests.tracing.test_shared import QUERY, Slow
from tracing.model import Spender, TraceQuery
from tracing.quota import LIMIT, ROLLING_WINDOW, Stamp, decide
from tracing.shared import SERVED, SharedSource

NONE = timedelta(0)
JUMPS = [timedelta(hours=-5), timedelta(hours=-2), timedelta(seconds=-90), timedelta(hours=5)]
LIVES = timedelta(minutes=6)
"""Longer than what the directory said is believed."""


@pytest.fixture
async def database(tmp_path: Path, clock: HeldClock) -> AsyncIterator[Database]:
    """SQLite, whose time is the machine's."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}", clock)
    await database.migrate()
    yield database
    await database.close()


def people(changed: Employee) -> tuple[Employee, ...]:
    return tuple(changed if one.aad_object_id == changed.aad_object_id else one for one in DIRECTORY)


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_role_that_is_lost(tmp_path: Path, jump: timedelta) -> None:
    """Whoever left the help desk sees their own mail alone some minutes later, whatever the clock says."""
    tenant = Tenant(sample_mailbox(), clock=lambda: line.clock.now())
    line = Line(tmp_path, tenant)
    async with line:
        before = await line.ask(SATO, "trace sender *@hoge.com last 7d")
        line.clock.set_by(jump)
        tenant.people = people(replace(SATO, groups=()))
        line.clock.pass_time(LIVES)
        after = await line.ask(SATO, "trace sender *@hoge.com last 7d")

    assert TEXTS["results.narrowed"]["en"] not in before.words
    assert TEXTS["results.narrowed"]["en"] in after.words


@pytest.mark.parametrize("jump", JUMPS)
async def test_somebody_new_who_is_protected(tmp_path: Path, jump: timedelta) -> None:
    """Whoever is protected from now on is so some minutes later."""
    nobody = people(replace(TAKAHASHI, groups=()))
    tenant = Tenant(sample_mailbox(), people=nobody, clock=lambda: line.clock.now())
    line = Line(tmp_path, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID)
    async with line:
        before = await line.ask(SATO, f"trace from {TAKAHASHI.mail} last 30d")
        line.clock.set_by(jump)
        tenant.people = DIRECTORY
        line.clock.pass_time(LIVES)
        after = await line.ask(SATO, f"trace from {TAKAHASHI.mail} last 30d")

    assert f"{TAKAHASHI.mail} →" in before.words
    assert f"{TAKAHASHI.mail} →" not in after.words
    assert "withheld" in after.words


@pytest.mark.parametrize("jump", JUMPS)
async def test_signing_keys(jump: timedelta) -> None:
    """A new key is found at its first use, and the old ones are looked at once a day."""
    clock, old, new = HeldClock(), SigningKey("old"), SigningKey("new")
    async with OpenIdServer(old) as openid, ClientSession() as session:
        keys = Keys(session, clock, openid.metadata_url)
        assert await keys.find(old.kid)
        clock.set_by(jump)
        clock.advance(timedelta(seconds=10))
        openid.keys = [new]
        found = await keys.find(new.kid)
        openid.keys = []
        clock.set_by(-jump)
        clock.advance(LIFETIME)
        await keys.find(new.kid)
        await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "openid keys"])
        await keys.close()

    assert found is not None
    assert openid.fetches == 3


@pytest.mark.parametrize("jump", JUMPS)
async def test_tokens(login: LoginService, jump: timedelta) -> None:
    """No token is handed out past its life."""
    clock = HeldClock()
    provider = credentials(login, clock=clock)
    first = await provider.get(GRAPH)
    clock.set_by(jump)
    clock.advance(timedelta(hours=1))

    assert await provider.get(GRAPH) != first


@pytest.mark.parametrize("restart", [False, True])
async def test_quota(database: Database, clock: HeldClock, tmp_path: Path, restart: bool) -> None:
    """Nobody waits longer than five minutes, nor is the tenant's limit spent twice, over a restart either."""
    budget = StampBudget(database)
    for number in range(LIMIT):
        assert await budget.take(Spender(f"{number}")) == NONE
    clock.set_by(timedelta(hours=-2))
    if restart:
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}", clock)
        budget = StampBudget(database)
    wait = await budget.take(Spender("somebody"))
    clock.advance(ROLLING_WINDOW)
    after = await budget.take(Spender("somebody"))
    await database.close()

    assert NONE < wait <= ROLLING_WINDOW
    assert after == NONE


def test_who_may_spend() -> None:
    """A stamp from the future counts as one of this moment."""
    ahead = [Stamp(NOW + timedelta(hours=2, seconds=n), Spender("a")) for n in range(LIMIT)]

    assert decide(ahead, [], Spender("b"), NOW) == ROLLING_WINDOW
    assert decide(ahead[:5], [], Spender("b"), NOW) == NONE


class AwayPurse:
    async def take(self, spender: Spender) -> timedelta:
        raise DatabaseUnusable("away")

    async def settle(self, stamps: object) -> None:
        raise DatabaseUnusable("away")


@pytest.mark.parametrize("jump", JUMPS)
async def test_quota_without_a_database(clock: HeldClock, jump: timedelta) -> None:
    """What a process spent by itself comes back after five minutes, and not before."""
    purse = SparePurse(AwayPurse(), Health(), clock)
    for _ in range(SHARE):
        assert await purse.take(Spender("a")) == NONE
    clock.set_by(jump)
    wait = await purse.take(Spender("a"))
    clock.advance(ROLLING_WINDOW)

    assert wait == ROLLING_WINDOW
    assert await purse.take(Spender("a")) == NONE


@pytest.mark.parametrize("jump", JUMPS)
async def test_shared_answers(clock: HeldClock, jump: timedelta) -> None:
    """What somebody found serves others for a minute, and no longer."""
    inner = Slow(clock)
    shared = SharedSource(inner, clock)
    await shared.trace(QUERY, Spender("somebody"))
    clock.set_by(jump)
    clock.advance(SERVED)
    await shared.trace(QUERY, Spender("somebody"))

    assert inner.begun == 2


@pytest.mark.parametrize(("jump", "lives"), [(-5, False), (-1, False), (-1 / 60, True), (25, False)])
async def test_states(database: Database, clock: HeldClock, jump: float, lives: bool) -> None:
    """What stands behind a card lives for a day, and not on for as long as the clock was set back by."""
    states = CardStates(database)
    state_id = await states.save(CardState(TraceQuery(), mine=False), "anna", "here")
    clock.set_by(timedelta(hours=jump))

    assert (await states.find(state_id, "anna", "here") is not None) is lives


async def begin(database: Database) -> Errands:
    """Where one errand is due."""
    errands = Errands(database)
    place = Place("https://x", "a:1", PlaceKind.PERSONAL, "t", "b")
    errand = Errand("e", "report", "anna", place, "en", "UTC", "{}")
    await errands.add(errand, own=5, lifetime=timedelta(days=2))
    await errands.show("e", "m")
    return errands


async def test_what_is_due(database: Database, clock: HeldClock) -> None:
    """A watch looks again after its five minutes, not after these and the hours that come once more."""
    errands = await begin(database)
    claim = await errands.claim()
    assert isinstance(claim, Claim)
    await errands.save(claim, Again("{}", timedelta(minutes=5)))
    clock.set_by(timedelta(hours=-2))
    early = await errands.claim()
    clock.advance(timedelta(minutes=5))

    assert isinstance(early, timedelta)
    assert isinstance(await errands.claim(), Claim)


async def test_what_is_under_way(database: Database, clock: HeldClock) -> None:
    """A step that runs while the clock is set back is nobody else's for as long as before, and no longer."""
    errands = await begin(database)
    assert isinstance(await errands.claim(), Claim)
    clock.set_by(timedelta(hours=-2))
    early = await errands.claim()
    clock.advance(timedelta(minutes=10))

    assert isinstance(early, timedelta)
    assert isinstance(await errands.claim(), Claim)


async def test_what_a_dead_process_held(database: Database, clock: HeldClock) -> None:
    """What a process held that is gone is taken up, though its hold ends in hours that come once more."""
    errands = await begin(database)
    assert isinstance(await errands.claim(), Claim)
    clock.set_by(timedelta(hours=-2))
    async with database.transaction() as connection:
        await connection.exec_driver_sql("UPDATE errands SET due_at = '2000-01-01 00:00:00.000000'")
    with database.set_back():
        pass

    assert isinstance(await errands.claim(), Claim)


async def test_a_set_back_is_not_forgotten(tmp_path: Path, clock: HeldClock) -> None:
    """Where what is due cannot be brought forward, the next one to look brings it forward."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'test.sqlite3'}", clock)
    clock.set_by(timedelta(hours=-2))
    with pytest.raises(DatabaseUnusable), database.set_back() as failed:
        raise DatabaseUnusable("it is away")
    with database.set_back() as again:
        pass
    with database.set_back() as followed:
        pass
    await database.close()

    assert failed == again == timedelta(hours=2)
    assert followed == timedelta(0)


@pytest.mark.parametrize("jump", JUMPS)
async def test_cards_that_are_owed(database: Database, clock: HeldClock, jump: timedelta) -> None:
    """A card that still waits for its last word has it after its time, and not hours later."""
    answers = OpenAnswers(database)
    place = Place("https://x", "a:1", PlaceKind.PERSONAL, "t", "b")
    await answers.open(OpenAnswer(place, "m", "s", "en", "anna"))
    clock.set_by(jump)
    clock.advance(timedelta(minutes=5))

    assert len(await answers.find_overdue(timedelta(minutes=2))) == 1
