"""The record while the database is away: on disk before anything is shown, in the record when it is back."""

import asyncio
import logging
import secrets
from collections.abc import Coroutine, Sequence
from typing import Any, Protocol

from sqlalchemy.exc import StatementError

from bot.health import Health
from bot.record import Entry, Kind, Late
from bot.store.faults import DatabaseUnusable, Unrecorded
from bot.store.spool import Spool
from tracing.model import Clock

log = logging.getLogger(__name__)

AT_ONCE = 200
"""Entries that one transaction takes over."""

_CAN_WAIT = frozenset({Kind.TRACE, Kind.DETAIL, Kind.REFUSAL, Kind.DOCTOR})
"""What may be noted on disk: looks. What changes who sees what, leaves the chat, or opens protected mail does
not happen where the record itself cannot take it."""

_UNFIT = (StatementError, OverflowError, ValueError)
"""The database error for an entry with values that its columns cannot hold."""


class RecordTable(Protocol):
    """`bot.store.record.StoredRecord`."""

    def note(self, entry: Entry, mark: str | None = None) -> Coroutine[Any, Any, None]: ...

    def take_over(self, late: Sequence[Late]) -> Coroutine[Any, Any, None]: ...

    async def sweep(self) -> None: ...


class SpooledRecord:
    """Meets `bot.record.Record`."""

    def __init__(self, record: RecordTable, spool: Spool, health: Health, clock: Clock) -> None:
        self._record = record
        self._spool = spool
        self._health = health
        self._clock = clock
        self._turn = asyncio.Lock()
        self._waiting = True
        """Whether there may be something on disk: from a process before this one, at first."""

    async def note(self, entry: Entry) -> None:
        """Write *entry* behind those there are. Raises: DatabaseUnusable: it is written nowhere."""
        late = Late(secrets.token_hex(16), self._clock.now(), entry)
        try:
            await self._health.tried(lambda: self._write(late))
        except DatabaseUnusable as error:
            if entry.kind not in _CAN_WAIT or entry.ticket:
                raise
            try:
                await asyncio.to_thread(self._spool.put, late)
            except Unrecorded:
                self._health.unrecorded = True
                raise
            self._health.unrecorded, self._waiting = False, True
            log.warning("an entry of the record waits on disk: %s", error)

    async def sweep(self) -> None:
        """Take over what waits, and forget what is older than it is to be kept. Raises: DatabaseUnusable."""
        self._waiting = True
        await self._catch_up()
        await self._record.sweep()

    async def _write(self, late: Late) -> None:
        if self._waiting:
            await self._catch_up()
        # Its mark keeps it from being there twice, should it be on disk by the time this succeeds.
        await self._record.note(late.entry, late.mark)
        self._health.unrecorded = False

    async def _catch_up(self) -> None:
        """Write what waits on disk into the record, oldest first."""
        async with self._turn:
            while self._waiting:
                found = await asyncio.to_thread(self._spool.read, AT_ONCE)
                if not found:
                    self._waiting = False
                    return
                await self._take_over(found)

    async def _take_over(self, found: Sequence[tuple[str, Late]]) -> None:
        """Write what was *found*; an entry that the database rejects is set aside, so that the others go
        on."""
        try:
            await self._record.take_over([late for _, late in found])
        except _UNFIT:
            if len(found) == 1:
                await asyncio.to_thread(self._spool.set_aside, found[0][0])
                return
            for one in found:
                await self._take_over([one])
            return
        await asyncio.to_thread(self._spool.drop, [name for name, _ in found])
        log.info("record entries written from disk: count=%s", len(found))
