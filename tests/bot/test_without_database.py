"""What stands in for the database: waits end, memories are bounded, nothing is lost on the way back."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.errands import Errand
from bot.health import Health
from bot.held_states import HeldStates
from bot.record import AuditQuery, Entry, Kind, Late, Who
from bot.spare_purse import SHARE, SparePurse
from bot.spooled import SpooledRecord
from bot.stand_ins import AnswersHere, ClaimsHere
from bot.store import spool as spools
from bot.store.answers import OpenAnswer, OpenAnswers
from bot.store.claims import Claims
from bot.store.database import Database, DatabaseUnusable
from bot.store.record import StoredRecord
from bot.store.spool import Spool
from bot.store.stamps import StampBudget
from bot.store.states import EVERYBODY, CardState, CardStates
from bot.turns import Place, PlaceKind
from tests.signing import HeldClock
from tracing.model import Last, Spender, TraceQuery
from tracing.quota import ROLLING_WINDOW, Stamp

SATO = Who("22222222-2222-4222-8222-222222222201", "佐藤 美咲", "a:1", "personal")
LOOK = Entry(Kind.TRACE, SATO, "trace from *@hoge.com", 12)
STATE = CardState(TraceQuery(), mine=False)
ANNA = Spender("anna")
PATIENCE = timedelta(milliseconds=20)


class Switch:
    """A database that can be switched off: each call of what it guards is refused then."""

    def __init__(self) -> None:
        self.off = False

    def check(self) -> None:
        if self.off:
            raise DatabaseUnusable("off")


class SwitchedStates(CardStates):
    def __init__(self, database: Database, switch: Switch) -> None:
        super().__init__(database)
        self._switch = switch

    async def keep(self, state_id: str, payload: bytes, reader: str, conversation_id: str) -> None:
        self._switch.check()
        await super().keep(state_id, payload, reader, conversation_id)


class SwitchedRecord(StoredRecord):
    def __init__(self, database: Database, switch: Switch) -> None:
        super().__init__(database)
        self._switch = switch

    async def note(self, entry: Entry, mark: str | None = None) -> None:
        self._switch.check()
        await super().note(entry, mark)

    async def take_over(self, late: Sequence[Late]) -> None:
        self._switch.check()
        await super().take_over(late)


class SwitchedStamps(StampBudget):
    def __init__(self, database: Database, switch: Switch) -> None:
        super().__init__(database)
        self._switch = switch

    async def take(self, spender: Spender) -> timedelta:
        self._switch.check()
        return await super().take(spender)

    async def settle(self, stamps: Sequence[Stamp]) -> None:
        self._switch.check()
        await super().settle(stamps)


def files(folder: Path) -> list[Path]:
    """What waits to be recorded."""
    return sorted((folder / "spool").glob("*.json"))


# --- health -----------------------------------------------------------------------------------------


async def test_a_hanging_database_is_waited_for_once() -> None:
    """Who comes first waits; the next do not; an answer that comes late ends that."""
    health, gate, tried = Health(PATIENCE), asyncio.Event(), 0

    async def hang() -> str:
        nonlocal tried
        tried += 1
        await gate.wait()
        return "late"

    async def answer() -> str:
        return "at once"

    for _ in range(2):
        with pytest.raises(DatabaseUnusable):
            await health.tried(hang)
    gate.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    after = await health.tried(answer)
    await health.close()

    assert (tried, health.failures, after) == (1, 2, "at once")


async def test_a_refusal_keeps_nobody_waiting() -> None:
    """A database that refuses at once is asked each time."""
    health, tried = Health(PATIENCE), 0

    async def refuse() -> None:
        nonlocal tried
        tried += 1
        raise DatabaseUnusable("refused")

    for _ in range(2):
        with pytest.raises(DatabaseUnusable):
            await health.tried(refuse)

    assert (tried, health.failures) == (2, 2)


async def test_whoever_is_cancelled_waits_no_more() -> None:
    """What was tried is given up with whoever tried it."""
    ended = asyncio.Event()

    async def hang() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    task = asyncio.create_task(Health().tried(hang))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert ended.is_set()


# --- states -----------------------------------------------------------------------------------------


async def test_held_states(database: Database) -> None:
    """A state that could not be written is found by its reader alone, and written later under its id."""
    switch = Switch()
    states = HeldStates(SwitchedStates(database, switch), Health())
    switch.off = True
    private = await states.save(STATE, "anna", "here")
    shared = await states.save(STATE, EVERYBODY, "here")
    held = [await states.find(private, who, where) for who, where in (("anna", "here"), ("bob", "here"))]
    everybodys = await states.find(shared, "bob", "here")
    switch.off = False
    await states.sweep()
    written = await CardStates(database).find(private, "anna", "here")

    assert held == [STATE, None]
    assert everybodys == STATE
    assert written == STATE


async def test_held_states_are_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the oldest are let go."""
    monkeypatch.setattr("bot.held_states.MAX_HELD", 400)
    switch = Switch()
    switch.off = True
    states = HeldStates(SwitchedStates(database, switch), Health())
    ids = [await states.save(STATE, "anna", "here") for _ in range(9)]

    assert await states.find(ids[0], "anna", "here") is None
    assert await states.find(ids[-1], "anna", "here") == STATE


# --- the record -------------------------------------------------------------------------------------


async def test_noted_late(database: Database, tmp_path: Path, clock: HeldClock) -> None:
    """What waited on disk comes before what is noted next, with its own time, in its order, once."""
    switch, stored = Switch(), StoredRecord(database, timedelta(days=3_000))
    record = SpooledRecord(SwitchedRecord(database, switch), Spool(tmp_path / "spool"), Health(), clock)
    switch.off = True
    for name in ("a", "b"):
        await record.note(Entry(Kind.TRACE, SATO, name))
    copies = [(file, file.read_bytes()) for file in files(tmp_path)]
    switch.off = False
    await record.note(Entry(Kind.TRACE, SATO, "c"))
    for file, body in copies:
        file.write_bytes(body)
    await record.sweep()
    # The clock of a server is its own.
    ever = AuditQuery(Last(timedelta(days=3_000)))
    _, newest = await stored.count(ever)
    found = await stored.find(ever, newest, 0, 10)

    assert [(one.entry.conditions, one.late) for one in found] == [("c", False), ("b", True), ("a", True)]
    assert files(tmp_path) == []


@pytest.mark.parametrize(
    "entry",
    [Entry(Kind.TRACE, SATO, ticket="INC1"), *(Entry(kind, SATO) for kind in (Kind.APPROVAL, Kind.SHARE))],
    ids=["ticket", "approval", "share"],
)
async def test_not_without_the_record(
    database: Database, tmp_path: Path, clock: HeldClock, entry: Entry
) -> None:
    """What opens protected mail or changes who sees what is refused where the record cannot take it."""
    switch = Switch()
    switch.off = True
    record = SpooledRecord(SwitchedRecord(database, switch), Spool(tmp_path / "spool"), Health(), clock)

    with pytest.raises(DatabaseUnusable):
        await record.note(entry)
    assert files(tmp_path) == []


def test_a_full_spool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As much as may waits on disk, and no more."""
    monkeypatch.setattr(spools, "MAX_WAITING", 2)
    spool, clock = Spool(tmp_path), HeldClock()
    for mark in ("a", "b"):
        spool.put(Late(mark, clock.now(), LOOK))

    with pytest.raises(DatabaseUnusable):
        spool.put(Late("c", clock.now(), LOOK))


def test_what_cannot_be_read_holds_up_nothing(tmp_path: Path) -> None:
    """A file that is no entry is put aside, and kept."""
    spool = Spool(tmp_path)
    (tmp_path / "0-x.json").write_text("{")
    spool.put(Late("a", HeldClock().now(), LOOK))
    found = spool.read(10)

    assert [late.mark for _, late in found] == ["a"]
    assert (tmp_path / "0-x.unreadable").exists()


def test_no_spool_yet(tmp_path: Path) -> None:
    """A folder that was never needed holds nothing."""
    assert Spool(tmp_path / "none").read(10) == []


# --- the quota --------------------------------------------------------------------------------------


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_spare_purse(database: Database, clock: HeldClock) -> None:
    """Without the shared purse people spend a share of it, watches nothing; it is settled afterwards."""
    switch = Switch()
    purse = SparePurse(SwitchedStamps(database, switch), Health(), clock)
    switch.off = True
    spent = [await purse.take(ANNA) for _ in range(SHARE)]
    beyond, background = await purse.take(ANNA), await purse.take(Spender("anna", background=True))
    switch.off = False
    await purse.take(ANNA)
    left = await StampBudget(database).left()

    assert set(spent) == {timedelta(0)}
    assert timedelta(0) < beyond <= ROLLING_WINDOW
    assert background > timedelta(0)
    assert left == 90 - SHARE - 1


async def test_a_purse_that_is_not_settled(clock: HeldClock) -> None:
    """What could not be settled is settled later."""

    class Refusing:
        settled: Sequence[Stamp] = ()
        off = True

        async def take(self, spender: Spender) -> timedelta:
            if self.off:
                raise DatabaseUnusable("off")
            return timedelta(0)

        async def settle(self, stamps: Sequence[Stamp]) -> None:
            if self.off:
                raise DatabaseUnusable("off")
            self.settled = [*self.settled, *stamps]

    shared = Refusing()
    purse = SparePurse(shared, Health(), clock)
    for _ in range(2):
        await purse.take(ANNA)
    shared.off = False
    await purse.take(ANNA)

    assert len(shared.settled) == 2


# --- first comers and owed cards --------------------------------------------------------------------


async def test_first_comers(database: Database) -> None:
    """Without the database an activity is worked once by each process."""

    class Off(Claims):
        async def claim(self, conversation_id: str, activity_id: str, debt: Errand | None = None) -> bool:
            raise DatabaseUnusable("off")

    claims = ClaimsHere(Off(database), Health())

    assert [await claims.claim("a:1", "x") for _ in range(2)] == [True, False]


async def test_claim_that_fails(database: Database) -> None:
    """An activity whose claim failed for another reason is nobody's: Teams' repeat of it is worked."""

    class Failing(Claims):
        failing = True

        async def claim(self, conversation_id: str, activity_id: str, debt: Errand | None = None) -> bool:
            if self.failing:
                raise ValueError("a value that no table takes")
            return await super().claim(conversation_id, activity_id, debt)

    table = Failing(database)
    claims = ClaimsHere(table, Health())
    with pytest.raises(ValueError, match="no table takes"):
        await claims.claim("a:1", "x")
    table.failing = False

    assert await claims.claim("a:1", "x")


async def test_owed_cards(database: Database) -> None:
    """A card that got its last word while nobody could note that is not mended afterwards."""
    table, owed = OpenAnswers(database), Place("https://x", "a:1", PlaceKind.PERSONAL, "t", "28:b")

    class Closing(OpenAnswers):
        off = False

        async def close(self, answer_id: str) -> None:
            if self.off:
                raise DatabaseUnusable("off")
            await super().close(answer_id)

        async def open(self, answer: OpenAnswer, debt_id: str = "") -> str:
            if self.off:
                raise DatabaseUnusable("off")
            return await super().open(answer, debt_id)

    closing = Closing(database)
    answers = AnswersHere(closing, Health())
    said = await answers.open(OpenAnswer(owed, "m1", "s", "en"))
    closing.off = True
    await answers.close(said)
    unowed = await answers.open(OpenAnswer(owed, "m2", "s", "en"))
    await answers.close(unowed)
    still = len(await table.find_overdue(timedelta(0)))
    closing.off = False
    overdue = await answers.find_overdue(timedelta(0))

    assert (still, unowed, list(overdue)) == (1, "", [])


# --- a full disk ------------------------------------------------------------------------------------


async def test_a_full_disk(tmp_path: Path, clock: HeldClock) -> None:
    """A file without room is done without, as one that is away, and is whole when there is room again."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'full.sqlite3'}", clock)
    await database.migrate()
    health = Health()
    states = HeldStates(CardStates(database), health)
    record = SpooledRecord(StoredRecord(database), Spool(tmp_path / "spool"), health, clock)
    async with database.engine.connect() as connection:
        pages = (await connection.exec_driver_sql("PRAGMA page_count")).scalar_one()
        await connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    entries = [Entry(Kind.TRACE, SATO, "x" * 3_000) for _ in range(9)]
    for entry in entries:
        await record.note(entry)
    ids = [await states.save(STATE, "anna", f"{n}" * 400) for n in range(9)]
    full = health.failures
    async with database.engine.connect() as connection:
        await connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    await record.sweep()
    await states.sweep()
    known = [await CardStates(database).find(one, "anna", f"{n}" * 400) for n, one in enumerate(ids)]
    count, _ = await StoredRecord(database).count(AuditQuery())
    await database.close()

    assert full > 0
    assert known == [STATE] * 9
    assert count == 9
