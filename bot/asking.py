"""Who asks, and where what stands behind their cards is kept."""

from dataclasses import dataclass
from typing import Protocol

from bot.store.states import CardState
from cards.reader import Reader


@dataclass(frozen=True)
class Asker:
    """Who asks, how they read, and the 1:1 their answers belong to."""

    aad_object_id: str
    reader: Reader
    conversation_id: str


class States(Protocol):
    """Where the state behind a card is kept."""

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str: ...

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None: ...
