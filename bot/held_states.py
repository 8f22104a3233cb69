"""States behind cards that were made while the database was away: held here, written once it is back."""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from bot.health import Health
from bot.store.database import DatabaseUnusable
from bot.store.states import EVERYBODY, MAX_OWN, CardState, pack, unpack

log = logging.getLogger(__name__)

MAX_HELD = 64 * 1024 * 1024
"""Bytes of all held states together; beyond, the oldest are let go, and their cards offer to run again."""


@dataclass(frozen=True)
class _Held:
    payload: bytes
    reader: str
    conversation_id: str

    @property
    def whose(self) -> str:
        """The owner whose limit it counts against."""
        return self.conversation_id if self.reader == EVERYBODY else self.reader


class StateTable(Protocol):
    """`bot.store.states.CardStates`."""

    def keep(
        self, state_id: str, payload: bytes, reader: str, conversation_id: str
    ) -> Coroutine[Any, Any, None]: ...

    def find(
        self, state_id: str, reader: str, conversation_id: str
    ) -> Coroutine[Any, Any, CardState | None]: ...

    async def sweep(self) -> None: ...


class HeldStates:
    """Meets `bot.asking.States`."""

    def __init__(self, states: StateTable, health: Health) -> None:
        self._states = states
        self._health = health
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._size = 0

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        """Keep *state* for *reader* in that conversation; its id. Raises: TooLarge."""
        state_id, payload = secrets.token_urlsafe(16), pack(state)
        try:
            await self._health.tried(lambda: self._states.keep(state_id, payload, reader, conversation_id))
        except DatabaseUnusable as error:
            log.warning("what is behind a card is held in memory: %s", error)
            self._hold(state_id, _Held(payload, reader, conversation_id))
        return state_id

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        """The state, None when there is none for this reader and place. Raises: DatabaseUnusable."""
        held = self._held.get(state_id)
        if held is None:
            return await self._health.tried(lambda: self._states.find(state_id, reader, conversation_id))
        theirs = held.reader in (reader, EVERYBODY) and held.conversation_id == conversation_id
        return unpack(held.payload) if theirs else None

    async def sweep(self) -> None:
        """Write what is held, and forget what has expired. Raises: DatabaseUnusable."""
        for state_id, held in list(self._held.items()):
            await self._states.keep(state_id, held.payload, held.reader, held.conversation_id)
            self._let_go(state_id)
        await self._states.sweep()

    def _hold(self, state_id: str, held: _Held) -> None:
        self._held[state_id] = held
        self._size += len(held.payload)
        theirs = [one for one, other in self._held.items() if other.whose == held.whose]
        for one in theirs[:-MAX_OWN]:
            self._let_go(one)
        while self._size > MAX_HELD:
            self._let_go(next(iter(self._held)))

    def _let_go(self, state_id: str) -> None:
        held = self._held.pop(state_id, None)
        self._size -= len(held.payload) if held else 0
