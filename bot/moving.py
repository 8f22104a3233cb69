"""An answer for one person that was made in a shared place, moved to where they are alone with the bot.

What stands behind a card is bound to its place. So that its buttons work elsewhere, what they lean on is kept
there once more, for the one who may lean on it, under ids of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.asking import Asker, States
from cards.elements import Card

MAX_DEPTH = 3
"""How many lists behind a list come along."""

_STATE_ID = re.compile(r"[\w-]{22}")


class Moving:
    """Moves the answers of one person from *origin* to *target*."""

    def __init__(self, states: States, origin: Asker, target: Asker) -> None:
        self._states = states
        self._origin = origin
        self._target = target
        self._moved: dict[str, str] = {}

    async def card(self, card: Card) -> Card:
        """*card* with buttons that work at the target."""
        content = await self._value(card.content)
        assert isinstance(content, dict)
        return replace(card, content=content)

    async def _value(self, value: object) -> object:
        if isinstance(value, Mapping):
            return {name: await self._value(part) for name, part in value.items()}
        if isinstance(value, list | tuple):
            return [await self._value(part) for part in value]
        return await self._id(value) if isinstance(value, str) and _STATE_ID.fullmatch(value) else value

    async def _id(self, state_id: str, depth: int = MAX_DEPTH) -> str:
        """The id of the same state at the target; what is none, or not theirs, stays as it is."""
        if state_id in self._moved or not state_id:
            return self._moved.get(state_id, "")
        reader = self._target.aad_object_id
        state = await self._states.find(state_id, reader, self._origin.conversation_id)
        if state is None or depth == 0:
            return state_id
        origin, before = await self._id(state.origin, depth - 1), await self._id(state.before, depth - 1)
        kept = replace(state, shared=False, origin=origin, before=before)
        self._moved[state_id] = await self._states.save(kept, reader, self._target.conversation_id)
        return self._moved[state_id]
