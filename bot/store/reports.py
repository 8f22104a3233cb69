"""Files in the making, chunk by chunk, so that a resumed one neither loses nor repeats a row.

A chunk is written in the transaction that saves the step which made it; memory holds one at a time, and any
process can deliver.
"""

import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errands import Write
from bot.store.database import Database
from bot.store.tables import report_chunks as chunks
from bot.store.tables import reports
from bot.unreadable import read_one
from cards.report_file import ReportKind

KEPT = timedelta(days=1)
"""How long a report is kept once it is ready; when it has been delivered it goes at once."""


@dataclass(frozen=True)
class Report:
    """A file and what a consent to it must know. `full`: it holds what only the help desk may see."""

    id: str
    owner: str
    kind: ReportKind
    name: str
    size: int
    rows: int
    full: bool
    ready: bool
    activity_id: str
    expires_at: datetime


class Reports:
    """The reports there are."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, report_id: str, owner: str, kind: ReportKind, name: str, full: bool) -> None:
        """Begin an empty file; one that is begun already stays as it is."""
        async with self._database.transaction() as connection:
            values = {
                "id": report_id,
                "owner": owner,
                "kind": kind.value,
                "name": name,
                "size": 0,
                "rows": 0,
                "full": full,
                "ready": False,
                "offer": "",
                "activity_id": "",
                "expires_at": await self._database.now(connection) + KEPT,
            }
            await connection.execute(self._database.insert(reports).values(values).on_conflict_do_nothing())

    def appending(self, report_id: str, start: int, text: bytes, rows: int, *, ready: bool) -> Write:
        """What adds *text* behind the first *start* bytes, *rows* more rows; *ready*: it is the last."""
        body = zlib.compress(text, 3)

        async def write(connection: AsyncConnection) -> None:
            here = and_(reports.c.id == report_id, reports.c.size == start)
            values: dict[str, Any] = {
                "size": start + len(text),
                "rows": reports.c.rows + rows,
                "ready": ready,
            }
            if ready:
                values["expires_at"] = await self._database.now(connection) + KEPT
            changed = await connection.execute(update(reports).where(here).values(values))
            if changed.rowcount != 1:
                raise Gone
            chunk = {"report_id": report_id, "start": start, "size": len(text), "body": body}
            await connection.execute(self._database.insert(chunks).values(chunk))

        return write

    async def find(self, report_id: str, owner: str) -> Report | None:
        """The report, None when *owner* has no such one any more."""
        return await self._find(and_(reports.c.id == report_id, reports.c.owner == owner))

    async def offer(self, report_id: str) -> str:
        """The id of the one consent that counts from now on; whoever holds an older one comes too late."""
        offer = secrets.token_urlsafe(16)
        async with self._database.transaction() as connection:
            await connection.execute(update(reports).where(reports.c.id == report_id).values(offer=offer))
        return offer

    async def offered(self, report_id: str, activity_id: str) -> None:
        """Note which message asks for consent."""
        async with self._database.transaction() as connection:
            values = {"activity_id": activity_id}
            await connection.execute(update(reports).where(reports.c.id == report_id).values(values))

    async def take_offer(self, offer: str, owner: str) -> Report | None:
        """The report whose consent *offer* is, and nobody takes it again; None when it does not count."""
        if not offer:
            return None
        found = await self._find(and_(reports.c.offer == offer, reports.c.owner == owner))
        if found is None:
            return None
        async with self._database.transaction() as connection:
            mine = and_(reports.c.id == found.id, reports.c.offer == offer)
            changed = await connection.execute(update(reports).where(mine).values(offer=""))
        return found if changed.rowcount == 1 else None

    async def read(self, report_id: str, start: int, length: int) -> bytes:
        """The bytes from *start* on, at most *length*; fewer at the end."""
        end = start + length
        within = and_(
            chunks.c.report_id == report_id, chunks.c.start < end, chunks.c.start + chunks.c.size > start
        )
        parts = []
        async with self._database.transaction() as connection:
            query = select(chunks.c.start, chunks.c.body).where(within).order_by(chunks.c.start)
            for first, body in (await connection.execute(query)).all():
                parts.append(zlib.decompress(body)[max(0, start - first) : end - first])
        return b"".join(parts)

    async def drop(self, report_id: str) -> None:
        """Forget the report."""
        async with self._database.transaction() as connection:
            await self.dropping(report_id)(connection)

    def dropping(self, report_id: str) -> Write:
        """What forgets the report, in somebody's transaction."""

        async def write(connection: AsyncConnection) -> None:
            await connection.execute(delete(chunks).where(chunks.c.report_id == report_id))
            await connection.execute(delete(reports).where(reports.c.id == report_id))

        return write

    async def sweep(self) -> None:
        """Forget what has expired."""
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            old = select(reports.c.id).where(reports.c.expires_at <= now)
            await connection.execute(delete(chunks).where(chunks.c.report_id.in_(old)))
            await connection.execute(delete(reports).where(reports.c.expires_at <= now))

    async def _find(self, which: ColumnElement[bool]) -> Report | None:
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            query = select(reports).where(which, reports.c.expires_at > now)
            found = (await connection.execute(query)).first()
        return read_one(found, _report, lambda row: f"report {row.id}")


def _report(row: Row[Any]) -> Report:
    return Report(
        row.id,
        row.owner,
        ReportKind(row.kind),
        row.name,
        row.size,
        row.rows,
        row.full,
        row.ready,
        row.activity_id,
        row.expires_at,
    )


class Gone(Exception):
    """The report was deleted, or is not where the writer left it."""
