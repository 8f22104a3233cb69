"""The record in the database: written behind, never changed, forgotten when its time is over."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, delete, func, or_, select

from bot.record import AuditQuery, Entry, Kind, Late, Noted, Who
from bot.store.database import Database
from bot.store.tables import record
from bot.unreadable import readable
from tracing.calendar import Calendar
from tracing.model import Between, Last

RETENTION = timedelta(days=365)
MAX_CONDITIONS = 4_000


class StoredRecord:
    """Meets `bot.record.Record` and `RecordReader`."""

    def __init__(self, database: Database, retention: timedelta = RETENTION) -> None:
        self._database = database
        self._retention = retention

    async def note(self, entry: Entry, mark: str | None = None) -> None:
        """Write *entry*; of one *mark* there is one entry."""
        async with self._database.transaction() as connection:
            values = {"at": await self._database.now(connection), "mark": mark, **_values(entry)}
            await connection.execute(self._database.insert(record).values(values).on_conflict_do_nothing())

    async def take_over(self, late: Sequence[Late]) -> None:
        """Write entries that had to wait, with the times when they were due; what is there stays as it is."""
        rows = [{"at": one.at, "mark": one.mark, "late": True, **_values(one.entry)} for one in late]
        async with self._database.transaction() as connection:
            await connection.execute(self._database.insert(record).on_conflict_do_nothing(), rows)

    async def count(self, asked: AuditQuery, up_to: int | None = None) -> tuple[int, int]:
        async with self._database.transaction() as connection:
            meets = _meets(asked, await self._database.now(connection))
            newest = up_to
            if newest is None:
                newest = (await connection.execute(select(func.max(record.c.number)))).scalar_one() or 0
            query = select(func.count()).select_from(record).where(*meets, record.c.number <= newest)
            return (await connection.execute(query)).scalar_one(), newest

    async def find(self, asked: AuditQuery, up_to: int, first: int, most: int) -> Sequence[Noted]:
        async with self._database.transaction() as connection:
            meets = _meets(asked, await self._database.now(connection))
            query = select(record).where(*meets, record.c.number <= up_to).order_by(record.c.number.desc())
            rows = (await connection.execute(query.offset(first).limit(most))).all()
        return [noted for _, noted in readable(rows, _noted, lambda row: f"entry {row.number}")[0]]

    async def sweep(self) -> None:
        """Forget what is older than it is to be kept."""
        async with self._database.transaction() as connection:
            before = await self._database.now(connection) - self._retention
            await connection.execute(delete(record).where(record.c.at < before))


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "kind": entry.kind.value,
        "aad_object_id": entry.who.aad_object_id[:64],
        "name": entry.who.name[:256],
        "conversation_id": entry.who.conversation_id[:512],
        "place_kind": entry.who.place_kind[:16],
        "conditions": entry.conditions[:MAX_CONDITIONS],
        "rows": entry.rows,
        "requests": entry.requests,
        "milliseconds": int(entry.duration / timedelta(milliseconds=1)),
        "ticket": entry.ticket[:64],
        "outcome": entry.outcome[:64],
    }


def _meets(asked: AuditQuery, now: datetime) -> list[ColumnElement[bool]]:
    columns = record.c
    match asked.period:
        case Last(duration):
            conditions = [columns.at >= now - duration]
        case Between(start, end):
            conditions = [columns.at >= start, columns.at <= (end or now)]
        case Calendar():
            first, after = asked.period.bounds(now)
            conditions = [columns.at >= first, columns.at < after]
        case _:
            assert_never(asked.period)
    if asked.by:
        named = func.lower(columns.name).contains(asked.by.lower(), autoescape=True)
        conditions.append(or_(named, columns.aad_object_id == asked.by.lower()))
    if asked.kind:
        conditions.append(columns.kind == asked.kind)
    if asked.ticket:
        conditions.append(func.lower(columns.ticket) == asked.ticket.lower())
    return conditions


def _noted(row: Any) -> Noted:
    who = Who(row.aad_object_id, row.name, row.conversation_id, row.place_kind)
    entry = Entry(
        Kind(row.kind),
        who,
        row.conditions,
        row.rows,
        row.requests,
        timedelta(milliseconds=row.milliseconds),
        row.ticket,
        row.outcome,
    )
    return Noted(row.number, row.at, entry, row.late)
