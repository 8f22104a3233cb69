"""State without a bound: fifty repeats of a question that was answered from memory wrote 1.7 MB of states."""

import pytest
from sqlalchemy import func, select

from bot.store import states as module
from bot.store.database import Database
from bot.store.states import EVERYBODY, CardState, CardStates
from bot.store.tables import metadata
from tests.bot.store.test_states import ANNA, HERE, STATE, THERE, UWE, answer, row
from tracing.model import TraceQuery

FULL = CardState(TraceQuery(), mine=False, answer=answer(*map(row, range(500))))


async def stored(database: Database) -> int:
    """The bytes of all that states hold."""
    total = 0
    async with database.transaction() as connection:
        for name in ("card_states", "state_payloads"):
            if (table := metadata.tables.get(name)) is not None:
                query = select(func.coalesce(func.sum(func.length(table.c.payload)), 0))
                total += (await connection.execute(query)).scalar_one()
    return total


async def test_fifty_repeats_hold_one_answer(database: Database) -> None:
    """Fifty states of the same answer, of two people, take the room of one; each still opens."""
    states = CardStates(database)
    await states.save(FULL, ANNA, HERE)
    one = await stored(database)
    ids = [await states.save(FULL, ANNA if n % 2 else UWE, HERE) for n in range(50)]

    assert await stored(database) == one
    assert await states.find(ids[1], ANNA, HERE) == FULL


@pytest.mark.parametrize("bound", ["MAX_OWN", "MAX_STATES"])
async def test_the_oldest_go_first(database: Database, monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    """Beyond the bound the oldest states are let go, and what they held with them."""
    monkeypatch.setattr(module, bound, 3)
    states = CardStates(database)
    other = await states.save(STATE, UWE, HERE)
    ids = [await states.save(CardState(TraceQuery(ticket=f"T{n}"), False), ANNA, HERE) for n in range(5)]
    found = [await states.find(one, ANNA, HERE) is not None for one in ids]

    assert found == [False, False, True, True, True]
    assert (await states.find(other, UWE, HERE) is not None) == (bound == "MAX_OWN")


async def test_a_place_counts_for_itself(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """What everybody in a place sees pushes out nothing of another place, nor of anybody's own."""
    monkeypatch.setattr(module, "MAX_OWN", 2)
    states = CardStates(database)
    own, there = await states.save(STATE, ANNA, HERE), await states.save(STATE, EVERYBODY, THERE)
    ids = [await states.save(STATE, EVERYBODY, HERE) for _ in range(4)]

    assert await states.find(own, ANNA, HERE) == STATE
    assert await states.find(there, ANNA, THERE) == STATE
    assert [await states.find(one, ANNA, HERE) for one in ids] == [None, None, STATE, STATE]


async def test_bytes_are_bounded(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many bytes as one may hold are kept, and the newest state is among them."""
    states = CardStates(database)
    await states.save(FULL, ANNA, HERE)
    monkeypatch.setattr(module, "MAX_OWN_BYTES", 3 * await stored(database))
    full = [CardState(TraceQuery(ticket=f"T{n}"), False, FULL.answer) for n in range(6)]
    ids = [await states.save(one, ANNA, HERE) for one in full]

    assert await stored(database) <= module.MAX_OWN_BYTES
    assert await states.find(ids[-1], ANNA, HERE) == full[-1]
