"""Answers moved from a shared place to where one person is alone with the bot."""

from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from bot.asking import Asker
from bot.moving import MAX_DEPTH, Moving
from bot.store.states import EVERYBODY, CardState
from cards.elements import Card
from cards.reader import reader_of
from tracing.model import TraceQuery

READER = reader_of("en-US", "", ZoneInfo("UTC"))
THERE = Asker("me", READER, "channel")
HERE = Asker("me", READER, "alone")
LIST = CardState(TraceQuery(), mine=False, shared=True)


def ident(number: int) -> str:
    return f"{number:022}"


@dataclass
class Kept:
    """States by id, reader and place."""

    states: dict[tuple[str, str, str], CardState] = field(default_factory=dict)

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        new = ident(len(self.states) + 1)
        self.states[new, reader, conversation_id] = state
        return new

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        mine = self.states.get((state_id, reader, conversation_id))
        return mine or self.states.get((state_id, EVERYBODY, conversation_id))


async def test_moved() -> None:
    """Every id that the reader may lean on becomes one of the new place, the same each time; nothing else."""
    kept = Kept()
    listed = await kept.save(LIST, EVERYBODY, "channel")
    own = await kept.save(replace(LIST, shared=False, origin=listed), "me", "channel")
    stranger = await kept.save(LIST, "somebody", "channel")
    card = Card({"a": [{"state": own, "at": 3}], "b": {"state": listed, "x": stranger, "t": "words"}}, "s")

    moved = (await Moving(kept, THERE, HERE).card(card)).content
    [first], second = moved["a"], moved["b"]
    assert first["at"] == 3
    assert (second["x"], second["t"]) == (stranger, "words")
    assert {first["state"], second["state"]}.isdisjoint({own, listed})
    mine = await kept.find(first["state"], "me", "alone")
    assert mine == replace(LIST, shared=False, origin=second["state"])
    assert await kept.find(second["state"], "me", "alone") == replace(LIST, shared=False)
    assert await kept.find(second["state"], "somebody", "alone") is None


async def test_a_long_way_back() -> None:
    """Of a chain of lists so many come along, and the rest is left."""
    kept, last = Kept(), ""
    for _ in range(MAX_DEPTH + 3):
        last = await kept.save(replace(LIST, before=last), "me", "channel")
    before = len(kept.states)

    data = (await Moving(kept, THERE, HERE).card(Card({"state": last}, "s"))).content

    assert data["state"] != last
    assert len(kept.states) == before + MAX_DEPTH
