"""Everybody's 1:1: what is for one person goes there, and what comes later: elsewhere others read along."""

import logging
from dataclasses import replace
from typing import Protocol

from bot.asking import Asker
from bot.turns import Author, Place, PlaceKind, SendRefused

log = logging.getLogger(__name__)


class References(Protocol):
    """Where each person's 1:1 is; `bot.store.references.References`."""

    async def save(self, author: Author, place: Place) -> None: ...

    async def find(self, author: Author, tenant_id: str) -> Place | None: ...


class Opener(Protocol):
    async def open_private(self, place: Place, author: Author) -> Place:
        """The 1:1 of *author* with the bot that stands in *place*. Raises: SendRefused."""


class Homes:
    """Finds the 1:1 of a person, and opens it where it is not known."""

    def __init__(self, references: References, opener: Opener) -> None:
        self._references = references
        self._opener = opener

    async def of(self, author: Author, place: Place) -> Place:
        """The 1:1 of *author*, who is in *place*: there, or where they were met before, or one that is
        opened now. Raises: SendRefused."""
        if place.kind is PlaceKind.PERSONAL:
            await self._references.save(author, place)
            return place
        known = await self._references.find(author, place.tenant_id)
        return known or await self._opener.open_private(place, author)

    async def at_home(self, asker: Asker) -> Asker | None:
        """*asker* as if they had asked in their 1:1; None when they cannot be reached there."""
        if asker.place is None or asker.author is None:
            return None
        if asker.place.kind is PlaceKind.PERSONAL:
            return asker
        try:
            home = await self.of(asker.author, asker.place)
        except SendRefused as refusal:
            log.warning("nobody is reached in private: %s %s", refusal.status, refusal.code)
            return None
        return replace(asker, place=home, conversation_id=home.conversation_id, shared=False)
