"""The searches that people saved under a name, and the last ones they asked; each sees their own alone."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import kept_searches as kept
from bot.unreadable import readable
from bot.vocabulary import key_of
from tracing.model import TraceQuery

MAX_SAVED = 50
MAX_RECENT = 10
RECENT_LIFETIME = timedelta(days=90)
"""Traces reach back no further."""
_LOCK = 0x6B657074


@dataclass(frozen=True)
class Question:
    """What was asked, before any narrowing, its period as it was spoken; `mine`: of the reader's own mail."""

    query: TraceQuery
    mine: bool


@dataclass(frozen=True)
class KeptSearch:
    """A question that is kept; `name` is "" for one that was only asked."""

    id: str
    name: str
    question: Question


class TooManySaved(Exception):
    """MAX_SAVED are there already."""


class NameTaken(Exception):
    """Another saved search of the same person has that name."""


_ADAPTER = TypeAdapter(Question)


class KeptSearches:
    """Saved and recent searches by their owner, an Entra object id. Names are compared as words are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def remember(self, owner: str, question: Question) -> None:
        """Keep *question* as the last one asked, once; the oldest beyond MAX_RECENT goes."""
        payload = _ADAPTER.dump_json(question).decode()
        digest = hashlib.sha256(payload.encode()).hexdigest()
        same = (kept.c.owner == owner) & (kept.c.digest == digest)
        async with self._locked() as connection:
            known = (await connection.execute(select(kept.c.id).where(same))).scalar_one_or_none()
            await connection.execute(delete(kept).where(same))
            await self._insert(connection, owner, payload, id=known or _new_id(), digest=digest)
            recent = kept.c.owner == owner, kept.c.digest.is_not(None)
            newest = select(kept.c.number).where(*recent).order_by(kept.c.number.desc()).limit(MAX_RECENT)
            await connection.execute(delete(kept).where(*recent, kept.c.number.not_in(newest)))

    async def save(self, owner: str, name: str, question: Question) -> bool:
        """Keep *question* under *name*, in place of what had it; whether something had.

        Raises: TooManySaved.
        """
        payload = _ADAPTER.dump_json(question).decode()
        same = (kept.c.owner == owner) & (kept.c.name_key == _key(name))
        async with self._locked() as connection:
            known = (await connection.execute(select(kept.c.id).where(same))).scalar_one_or_none()
            if known is None and await self._count(connection, owner) >= MAX_SAVED:
                raise TooManySaved
            await connection.execute(delete(kept).where(same))
            named = {"name": name, "name_key": _key(name)}
            await self._insert(connection, owner, payload, id=known or _new_id(), **named)
        return known is not None

    async def rename(self, owner: str, kept_id: str, name: str) -> None:
        """Give a saved search another name. Raises: NameTaken."""
        async with self._locked() as connection:
            others = kept.c.owner == owner, kept.c.name_key == _key(name), kept.c.id != kept_id
            if (await connection.execute(select(kept.c.id).where(*others))).first() is not None:
                raise NameTaken
            own = kept.c.owner == owner, kept.c.id == kept_id, kept.c.name_key.is_not(None)
            await connection.execute(update(kept).where(*own).values(name=name, name_key=_key(name)))

    async def forget(self, owner: str, kept_id: str) -> None:
        """Keep it no longer."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(kept).where(kept.c.owner == owner, kept.c.id == kept_id))

    async def find(self, owner: str, kept_id: str) -> KeptSearch | None:
        """One by its id, None when this person has none such."""
        found = await self._rows(kept.c.owner == owner, kept.c.id == kept_id)
        return next(iter(found), None)

    async def find_named(self, owner: str, name: str) -> KeptSearch | None:
        """A saved one by its name, None when this person has none such."""
        found = await self._rows(kept.c.owner == owner, kept.c.name_key == _key(name))
        return next(iter(found), None)

    async def saved(self, owner: str) -> Sequence[KeptSearch]:
        """Those with a name, by it."""
        found = await self._rows(kept.c.owner == owner, kept.c.name_key.is_not(None))
        return sorted(found, key=lambda one: _key(one.name))

    async def recent(self, owner: str) -> Sequence[KeptSearch]:
        """The last ones asked, the newest first."""
        return await self._rows(kept.c.owner == owner, kept.c.digest.is_not(None))

    async def unreadable(self, owner: str) -> Sequence[str]:
        """The ids of *owner*'s unreadable saved searches."""
        async with self._database.transaction() as connection:
            rows = (await connection.execute(select(kept).where(kept.c.owner == owner))).all()
        return [row.id for row in readable(rows, _decoded, _named)[1]]

    async def sweep(self) -> None:
        """Forget what was asked too long ago; what was saved stays."""
        async with self._database.transaction() as connection:
            oldest = await self._database.now(connection) - RECENT_LIFETIME
            await connection.execute(delete(kept).where(kept.c.digest.is_not(None), kept.c.kept_at <= oldest))

    @asynccontextmanager
    async def _locked(self) -> AsyncIterator[AsyncConnection]:
        """A transaction in which nobody else keeps anything: counts and names hold until its end."""
        async with self._database.transaction() as connection:
            await self._database.lock(connection, _LOCK)
            yield connection

    async def _insert(self, connection: AsyncConnection, owner: str, payload: str, **values: str) -> None:
        now = await self._database.now(connection)
        await connection.execute(insert(kept).values(owner=owner, payload=payload, kept_at=now, **values))

    async def _count(self, connection: AsyncConnection, owner: str) -> int:
        query = select(func.count()).where(kept.c.owner == owner, kept.c.name_key.is_not(None))
        return int((await connection.execute(query)).scalar_one())

    async def _rows(self, *conditions: Any) -> list[KeptSearch]:
        async with self._database.transaction() as connection:
            query = select(kept).where(*conditions).order_by(kept.c.number.desc())
            rows = (await connection.execute(query)).all()
        return [search for _, search in readable(rows, _decoded, _named)[0]]


def _named(row: Row[Any]) -> str:
    return f"kept search {row.id}"


def _decoded(row: Row[Any]) -> KeptSearch:
    return KeptSearch(row.id, row.name or "", _ADAPTER.validate_json(row.payload))


def _key(name: str) -> str:
    return key_of(" ".join(name.split()))


def _new_id() -> str:
    return secrets.token_urlsafe(16)
