"""Errands in the database: claimed under a lease by its clock, saved after each step, bounded in number."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errands import LEASE, Again, Amended, Done, Errand, LeaseLost, Next, TooMany, after
from bot.store.database import Database
from bot.store.lives import SKEW, is_over
from bot.store.tables import errands, within
from bot.turns import Place, PlaceKind
from bot.unreadable import read_one, readable

LIFETIME = timedelta(days=1)
MAX_OWN, MAX_ALL = 3, 200
"""Errands of one kind that one person may have under way or resting, and all there may be of it."""

UNSHOWN = timedelta(seconds=30)
"""How long a new errand waits for its card before it goes on without one."""

LONGEST_NAP = timedelta(seconds=15)
_LOCK = 0x65727264


@dataclass(frozen=True)
class Claim:
    """An errand that is this process's until its lease lapses."""

    errand: Errand
    lease: str


@dataclass(frozen=True)
class Standing:
    """An errand as it stands: `due_at` None while it rests until somebody resumes it."""

    errand: Errand
    due_at: datetime | None


class Errands:
    """The errands there are; a claim holds for *lease*."""

    def __init__(self, database: Database, lease: timedelta = LEASE) -> None:
        self._database = database
        self._lease = lease

    async def add(
        self,
        errand: Errand,
        *,
        own: int = MAX_OWN,
        lifetime: timedelta = LIFETIME,
        here: int = MAX_ALL,
        most: int = MAX_ALL,
    ) -> bool:
        """Keep *errand*, for *lifetime* at most; False when its id is known already. Raises: TooMany.

        It begins when `show` names its card, or a little later without one. Of its kind there may be *own* of
        one owner, *here* in one conversation, *most* in all.
        """
        async with self._database.transaction() as connection:
            await self._database.lock(connection, _LOCK)
            if await connection.scalar(select(func.count()).where(errands.c.id == errand.id)):
                return False
            await _count(connection, errand, own, here, most)
            now = await self._database.now(connection)
            await connection.execute(
                self._database.insert(errands).values(values_of(errand, now + UNSHOWN, now + lifetime))
            )
        return True

    async def show(self, errand_id: str, activity_id: str) -> None:
        """Name the card of an errand that is to begin, or to go on, now."""
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            begun = {"activity_id": activity_id, "due_at": now}
            free = and_(errands.c.id == errand_id, errands.c.due_at.is_not(None), errands.c.lease == "")
            await connection.execute(update(errands).where(free).values(begun))

    async def name(self, errand_id: str, activity_id: str) -> None:
        """Set the card of a task, whether or not it has started."""
        async with self._database.transaction() as connection:
            which = errands.c.id == errand_id
            await connection.execute(update(errands).where(which).values(activity_id=activity_id))

    async def claim(self) -> Claim | timedelta:
        """The errand that has been due longest, now this caller's; or how long until one may be due.

        One that is claimed elsewhere is passed over.
        Source: https://www.postgresql.org/docs/current/sql-select.html#SQL-FOR-UPDATE-SHARE
        """
        await self._follow_clock()
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            free = self._free(now)
            alive = and_(errands.c.due_at.is_not(None), errands.c.ends_at > now)
            query = select(errands).where(alive, free, errands.c.due_at <= now).order_by(errands.c.due_at)
            found = (await connection.execute(query.limit(1).with_for_update(skip_locked=True))).first()
            if found is None:
                times = await connection.execute(
                    select(errands.c.due_at, errands.c.leased_until).where(alive)
                )
                return _nap([(row.due_at, row.leased_until) for row in times], now)
            if readable([found], lambda row: _errand(row, row.attempts), _named)[1]:
                # Pause it: its owner still sees it in their list, and other tasks go on.
                await connection.execute(update(errands).where(errands.c.id == found.id).values(due_at=None))
                return timedelta(0)
            values = {**lease_of(now, self._lease), "attempts": (attempts := found.attempts + 1)}
            lease = values["lease"]
            await connection.execute(update(errands).where(errands.c.id == found.id).values(values))
        return Claim(_errand(found, attempts), lease)

    async def _follow_clock(self) -> None:
        """Bring due times forward after the clock was set back; if that fails, the next call retries."""
        with self._database.set_back() as back:
            if back > SKEW:
                async with self._database.transaction() as connection:
                    await _bring_forward(connection, back)

    async def save(self, claim: Claim, step: Next, *, failed: bool = False) -> None:
        """Keep what *step* left, with whatever it wrote; after a good step the attempts begin anew.

        Raises: LeaseLost: nothing of it is kept.
        """
        ours = and_(errands.c.id == claim.errand.id, errands.c.lease == claim.lease)
        async with self._database.transaction() as connection:
            if isinstance(step, Done):
                changed = await connection.execute(delete(errands).where(ours))
            else:
                rest = after(step)
                now = await self._database.now(connection)
                values: dict[str, Any] = {"payload": step.payload, "lease": "", "leased_until": None}
                values["due_at"] = None if rest is None else now + rest
                if not failed:
                    values["attempts"] = 0
                if isinstance(step, Again) and step.lifetime is not None:
                    values["ends_at"] = now + step.lifetime
                changed = await connection.execute(update(errands).where(ours).values(values))
            if changed.rowcount != 1:
                raise LeaseLost
            if isinstance(step, Again | Done) and step.write is not None:
                await step.write(connection)

    async def stop(self, errand_id: str, owner: str) -> Errand | None:
        """Let the errand rest, also when a step is under way; None when *owner* has no such one."""
        values = {"due_at": None, "lease": "", "leased_until": None, "attempts": 0}
        return await self._change(errand_id, owner, values)

    async def resume(self, errand_id: str, owner: str) -> Errand | None:
        """Let the errand go on once `show` names its card; None when *owner* has no such one that rests."""
        async with self._database.transaction() as connection:
            due_at = await self._database.now(connection) + UNSHOWN
        return await self._change(errand_id, owner, {"due_at": due_at, "attempts": 0}, resting=True)

    async def put_off(self, errand_id: str, owner: str, rest: timedelta | None) -> Errand | None:
        """Let the errand rest so long, None until it is put off again; also when a step is under way, which
        counts as an attempt. None when *owner* has no such one."""
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
        due_at = None if rest is None else now + rest
        return await self._change(errand_id, owner, {"due_at": due_at, "lease": "", "leased_until": None})

    async def drop(self, errand_id: str, owner: str) -> bool:
        """Forget the errand, also when a step is under way; whether *owner* had such a one."""
        mine = and_(errands.c.id == errand_id, errands.c.owner == owner)
        async with self._database.transaction() as connection:
            return (await connection.execute(delete(errands).where(mine))).rowcount == 1

    async def amend(self, errand_id: str, owner: str, change: Callable[[str], Amended]) -> bool:
        """Have the errand go on with the payload that *change* makes of its own, also when a step is under
        way; whether *owner* has such a one. What rests keeps resting."""
        mine = and_(errands.c.id == errand_id, errands.c.owner == owner)
        async with self._database.transaction() as connection:
            found = (await connection.execute(select(errands).where(mine).with_for_update())).first()
            if found is None:
                return False
            amended = change(found.payload)
            values: dict[str, Any] = {"payload": amended.payload, "lease": "", "leased_until": None}
            if amended.hurry and found.due_at is not None:
                values["due_at"] = await self._database.now(connection)
            await connection.execute(update(errands).where(mine).values(values))
            if amended.write is not None:
                await amended.write(connection)
        return True

    async def move(self, errand_id: str, owner: str, place: Place, change: Callable[[str], str]) -> bool:
        """Let the errand go on in *place*, now, with the payload that *change* makes of its own, also when a
        step is under way; whether *owner* has such a one."""
        mine = and_(errands.c.id == errand_id, errands.c.owner == owner)
        async with self._database.transaction() as connection:
            found = (await connection.execute(select(errands).where(mine).with_for_update())).first()
            if found is None:
                return False
            values = {
                "service_url": place.service_url,
                "conversation_id": place.conversation_id,
                "place_kind": place.kind.value,
                "tenant_id": place.tenant_id,
                "bot_id": place.bot_id,
                "team_id": place.team_id,
                "payload": change(found.payload),
                "lease": "",
                "leased_until": None,
                "due_at": await self._database.now(connection),
                "attempts": 0,
            }
            await connection.execute(update(errands).where(mine).values(values))
        return True

    async def interrupt(
        self, place: Place, *, whole_team: bool, kind: str, change: Callable[[Errand], str]
    ) -> int:
        """Have what goes on of *kind* in *place*, or in its team, go on now with another payload, also when a
        step is under way; how much that is."""
        going = and_(errands.c.kind == kind, errands.c.due_at.is_not(None))
        query = select(errands).where(going, within(errands, place, whole_team)).order_by(errands.c.id)
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            found = (await connection.execute(query.with_for_update())).all()
            good, bad = readable(found, lambda row: change(_errand(row, row.attempts)), _named)
            free: dict[str, Any] = {"lease": "", "leased_until": None}
            for row, payload in good:
                values = {"payload": payload, "due_at": now, "attempts": 0, **free}
                await connection.execute(update(errands).where(errands.c.id == row.id).values(values))
            for row in bad:
                values = {"due_at": None, **free}
                await connection.execute(update(errands).where(errands.c.id == row.id).values(values))
        return len(good)

    async def rest(self, place: Place) -> int:
        """Let everything in *place* rest, also when a step is under way; how much that is."""
        values = {"due_at": None, "lease": "", "leased_until": None}
        going = and_(errands.c.due_at.is_not(None), within(errands, place, whole_team=False))
        async with self._database.transaction() as connection:
            return (await connection.execute(update(errands).where(going).values(values))).rowcount

    async def wake(self, place: Place, kind: str) -> int:
        """Let what rests of *kind* in *place* go on now; how much that is."""
        resting = and_(errands.c.kind == kind, errands.c.due_at.is_(None), within(errands, place, False))
        async with self._database.transaction() as connection:
            values = {"due_at": await self._database.now(connection), "attempts": 0}
            return (await connection.execute(update(errands).where(resting).values(values))).rowcount

    async def of(self, kind: str, owner: str) -> list[Standing]:
        """The errands of *kind* that *owner* has."""
        return await self._standing(and_(errands.c.kind == kind, errands.c.owner == owner))

    async def unreadable(self, kind: str, owner: str) -> list[str]:
        """The ids of unreadable tasks of *kind* that *owner* has."""
        mine = and_(errands.c.kind == kind, errands.c.owner == owner)
        async with self._database.transaction() as connection:
            rows = (await connection.execute(select(errands).where(mine))).all()
        return [row.id for row in readable(rows, lambda row: _errand(row, row.attempts), _named)[1]]

    async def at(self, kind: str, conversation_id: str) -> list[Standing]:
        """The errands of *kind* whose answers belong in that conversation, whoever has them."""
        return await self._standing(
            and_(errands.c.kind == kind, errands.c.conversation_id == conversation_id)
        )

    async def get(self, errand_id: str) -> Standing | None:
        """The errand, whoever has it."""
        return next(iter(await self._standing(errands.c.id == errand_id)), None)

    async def find(self, errand_id: str, owner: str) -> Errand | None:
        """The errand, None when *owner* has no such one."""
        mine = and_(errands.c.id == errand_id, errands.c.owner == owner)
        async with self._database.transaction() as connection:
            found = (await connection.execute(select(errands).where(mine))).first()
        return _read(found)

    async def runs(self, errand_id: str) -> bool:
        """Whether the errand is to go on by itself: neither over nor resting."""
        query = select(errands.c.id).where(errands.c.id == errand_id, errands.c.due_at.is_not(None))
        async with self._database.transaction() as connection:
            return (await connection.execute(query)).first() is not None

    async def waiting(self) -> int:
        """How many are due, and nobody's yet."""
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            free = self._free(now)
            due = and_(errands.c.due_at <= now, errands.c.ends_at > now, free)
            return await connection.scalar(select(func.count()).select_from(errands).where(due)) or 0

    def _free(self, now: datetime) -> ColumnElement[bool]:
        """Whether no process is working on it."""
        until = errands.c.leased_until
        return or_(until.is_(None), is_over(until, self._lease, now))

    async def release(self) -> None:
        """Free every errand: at the start of the only process there is, whoever held them is dead."""
        async with self._database.transaction() as connection:
            await connection.execute(update(errands).values(lease="", leased_until=None))

    async def sweep(self) -> None:
        """Forget what has come to its end."""
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            await connection.execute(delete(errands).where(errands.c.ends_at <= now))

    async def _standing(self, which: ColumnElement[bool]) -> list[Standing]:
        async with self._database.transaction() as connection:
            rows = (await connection.execute(select(errands).where(which))).all()
        good, _ = readable(rows, lambda row: Standing(_errand(row, row.attempts), row.due_at), _named)
        return [standing for _, standing in good]

    async def _change(
        self, errand_id: str, owner: str, values: dict[str, Any], *, resting: bool = False
    ) -> Errand | None:
        mine = and_(errands.c.id == errand_id, errands.c.owner == owner)
        if resting:
            mine = and_(mine, errands.c.due_at.is_(None))
        async with self._database.transaction() as connection:
            statement = update(errands).where(mine).values(values).returning(*errands.c)
            found = (await connection.execute(statement)).first()
        return _read(found)


async def _count(connection: AsyncConnection, errand: Errand, own: int, here: int, most: int) -> None:
    """Raises: TooMany."""
    alike = errands.c.kind == errand.kind
    for mine, which, limit in (
        (True, errands.c.owner == errand.owner, own),
        (False, errands.c.conversation_id == errand.place.conversation_id, here),
        (False, true(), most),
    ):
        count = select(func.count()).select_from(errands).where(alike, which)
        if (await connection.scalar(count) or 0) >= limit:
            raise TooMany(own=mine)


async def _bring_forward(connection: AsyncConnection, back: timedelta) -> None:
    """Move every due time, lease and end by *back*, the amount by which the clock was set back."""
    moments = ("due_at", "leased_until", "ends_at")
    for row in (await connection.execute(select(errands))).mappings().all():
        moved = {name: row[name] - back for name in moments if row[name] is not None}
        await connection.execute(update(errands).where(errands.c.id == row["id"]).values(moved))


def values_of(errand: Errand, due_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """The row of a new *errand* that no process has claimed."""
    place = errand.place
    return {
        "id": errand.id,
        "kind": errand.kind,
        "owner": errand.owner,
        "service_url": place.service_url,
        "conversation_id": place.conversation_id,
        "place_kind": place.kind.value,
        "tenant_id": place.tenant_id,
        "bot_id": place.bot_id,
        "team_id": place.team_id,
        "locale": errand.locale[:35],
        "time_zone": errand.time_zone[:64],
        "payload": errand.payload,
        "activity_id": errand.activity_id,
        "attempts": 0,
        "lease": "",
        "due_at": due_at,
        "ends_at": ends_at,
    }


def lease_of(now: datetime, duration: timedelta) -> dict[str, Any]:
    """The columns of a lease for *duration*."""
    return {"lease": secrets.token_urlsafe(16), "leased_until": now + duration}


def _nap(times: Iterable[tuple[datetime, datetime | None]], now: datetime) -> timedelta:
    """How long until one of *times*, when due and until when leased, is free and due."""
    waits = [max(due, leased or due) - now for due, leased in times]
    # One that another process holds at this moment is due and passed over: no hurry then.
    return min([LONGEST_NAP, *(wait for wait in waits if wait > timedelta(0))])


def _read(found: Row[Any] | None) -> Errand | None:
    return read_one(found, lambda row: _errand(row, row.attempts), _named)


def _named(row: Row[Any]) -> str:
    return f"errand {row.id}"


def _errand(found: Row[Any], attempts: int) -> Errand:
    return Errand(
        found.id,
        found.kind,
        found.owner,
        Place(
            found.service_url,
            found.conversation_id,
            PlaceKind(found.place_kind),
            found.tenant_id,
            found.bot_id,
            team_id=found.team_id,
        ),
        found.locale,
        found.time_zone,
        found.payload,
        found.activity_id,
        attempts,
    )
