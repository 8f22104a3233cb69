"""What watches know, in the database: rows by message, recipient and state, and the window they cover."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.tables import acknowledgements, errands, watched_rows, watched_windows
from tracing.watch import Advance, Mark, Seen


@dataclass(frozen=True)
class Acknowledged:
    """Who took a trouble on, and when."""

    name: str
    at: datetime


class Watched:
    """The memory of every watch; what it announced is written with the step that announces it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def load(self, watch_id: str) -> tuple[datetime | None, Mapping[Mark, Seen]]:
        """Up to when every row is known, None before the first run; and the rows."""
        async with self._database.transaction() as connection:
            window = select(watched_windows).where(watched_windows.c.watch_id == watch_id)
            covered = (await connection.execute(window)).first()
            query = select(watched_rows).where(watched_rows.c.watch_id == watch_id)
            rows = (await connection.execute(query)).all()
        marks = {(row.message_trace_id, row.recipient_address, row.status): row for row in rows}
        seen = {mark: Seen(mark, row.received_date_time) for mark, row in marks.items()}
        return (None if covered is None else covered.end_at), seen

    async def write(self, connection: AsyncConnection, watch_id: str, step: Advance) -> None:
        """Keep what *step* brought, in the transaction of *connection*."""
        await _insert(self._database, connection, watched_rows, _rows(watch_id, step.fresh))
        old = watched_rows.c.received_date_time < step.gone_before
        await connection.execute(delete(watched_rows).where(watched_rows.c.watch_id == watch_id, old))
        if step.memory.covered_to is None:
            return
        span = {"start_at": step.gone_before, "end_at": step.memory.covered_to}
        await connection.execute(
            self._database.insert(watched_windows)
            .values(watch_id=watch_id, **span)
            .on_conflict_do_update(index_elements=[watched_windows.c.watch_id], set_=span)
        )

    async def forget(self, connection: AsyncConnection, watch_id: str) -> None:
        """Forget the rows of a watch, in the transaction of *connection*: it looks for others from now on."""
        for table in (watched_rows, watched_windows):
            await connection.execute(delete(table).where(table.c.watch_id == watch_id))

    async def acknowledge(self, watch_id: str, trouble: int, name: str) -> Acknowledged:
        """Keep that *name* took the trouble on, unless somebody did before; whoever was first."""
        key = {"watch_id": watch_id, "trouble": trouble}
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            row = {**key, "name": name[:256], "at": now}
            await _insert(self._database, connection, acknowledgements, [row])
            query = select(acknowledgements).where(
                and_(acknowledgements.c.watch_id == watch_id, acknowledgements.c.trouble == trouble)
            )
            found = (await connection.execute(query)).one()
        return Acknowledged(found.name, found.at)

    async def acknowledged(self, watch_id: str, trouble: int) -> Acknowledged | None:
        """Who took the trouble on, None when nobody did."""
        async with self._database.transaction() as connection:
            query = select(acknowledgements).where(
                and_(acknowledgements.c.watch_id == watch_id, acknowledgements.c.trouble == trouble)
            )
            found = (await connection.execute(query)).first()
        return None if found is None else Acknowledged(found.name, found.at)

    async def sweep(self) -> None:
        """Forget what belonged to watches that are no more."""
        async with self._database.transaction() as connection:
            for table in (watched_rows, watched_windows, acknowledgements):
                gone = table.c.watch_id.not_in(select(errands.c.id))
                await connection.execute(delete(table).where(gone))


def _rows(watch_id: str, seen: Sequence[Seen]) -> list[dict[str, Any]]:
    return [
        {
            "watch_id": watch_id,
            "message_trace_id": one.mark[0],
            "recipient_address": one.mark[1],
            "status": one.mark[2],
            "received_date_time": one.received_date_time,
        }
        for one in seen
    ]


async def _insert(
    database: Database, connection: AsyncConnection, table: Table, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Add those of *rows* that are not there yet."""
    if rows:
        await connection.execute(database.insert(table).on_conflict_do_nothing(), rows)
