"""The loop behind errands: claim, one step, save; several at a time, drained at a stop."""

import asyncio
import contextlib
import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Protocol

from bot.errands import (
    FIRST_PAUSE,
    MAX_ATTEMPTS,
    STEP,
    Again,
    Errand,
    LeaseLost,
    Next,
    Stopped,
    Work,
    pause,
)
from bot.store.database import DatabaseUnusable
from bot.store.errands import LONGEST_NAP, Claim, Standing
from bot.turns import SendRefused
from bot.unreadable import UNREADABLE
from tracing.errors import Throttled, TraceError
from tracing.model import Clock

log = logging.getLogger(__name__)

AT_ONCE = 4
RESAVE = timedelta(seconds=1)
"""How often a step that is done is saved again while the database is away."""

DRAIN = timedelta(seconds=15)

LAST_CARD_PAUSES = (timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=5))
"""Delays before each retry of a task's last card that Teams refused."""
MAX_LATE = 100
"""The most last cards retried at a time."""


class Store(Protocol):
    """Where errands are; `bot.store.errands.Errands`."""

    async def claim(self) -> Claim | timedelta: ...

    async def save(self, claim: Claim, step: Next, *, failed: bool = False) -> None: ...

    async def runs(self, errand_id: str) -> bool: ...

    async def get(self, errand_id: str) -> Standing | None: ...


class WornOut(Exception):
    """Every attempt ended without a word: the process died in it."""


class ErrandLoop:
    """Takes errands up as they fall due. *works* has the one of each kind."""

    def __init__(self, store: Store, works: Mapping[str, Work], clock: Clock) -> None:
        self._store = store
        self._works = works
        self._clock = clock
        self._kicked = asyncio.Event()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._steps: set[asyncio.Task[None]] = set()
        self._late: set[asyncio.Task[None]] = set()
        self._closing = False

    @property
    def busy(self) -> int:
        """How many steps are under way."""
        return len(self._steps)

    def kick(self) -> None:
        """Look now: something may be due."""
        self._kicked.set()

    async def run(self) -> None:
        """Work until drained."""
        while not self._closing:
            async with self._room:
                found = await self._claim()
            if isinstance(found, timedelta):
                await self._nap(found)
                continue
            if self._closing:
                # Drained while it was claimed: whoever comes next need not wait for the lease.
                with contextlib.suppress(DatabaseUnusable, LeaseLost):
                    await self._store.save(found, Again(found.errand.payload))
                break
            await self._room.acquire()
            step = asyncio.create_task(self._work(found), name=f"errand {found.errand.id}")
            self._steps.add(step)
            step.add_done_callback(self._ended)

    async def drain(self, patience: timedelta = DRAIN) -> None:
        """Claim nothing more and let running steps end; one that does not is taken up again elsewhere."""
        self._closing = True
        self.kick()
        for late in self._late:
            late.cancel()
        await asyncio.gather(*self._late, return_exceptions=True)
        if not self._steps:
            return
        _, running = await asyncio.wait(set(self._steps), timeout=patience.total_seconds())
        for step in running:
            step.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, step: asyncio.Task[None]) -> None:
        self._steps.discard(step)
        self._room.release()
        self.kick()

    async def _claim(self) -> Claim | timedelta:
        self._kicked.clear()
        try:
            return await self._store.claim()
        except DatabaseUnusable as error:
            # In a line: an outage is long, and its traceback says no more.
            log.warning("errands could not be looked for; it is tried again: %s", error)
            return LONGEST_NAP

    async def _nap(self, duration: timedelta) -> None:
        """Rest for *duration*, or until something may be due."""
        waits = [
            asyncio.ensure_future(self._clock.sleep(duration.total_seconds())),
            asyncio.ensure_future(self._kicked.wait()),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for one in waits:
                one.cancel()
            await asyncio.gather(*waits, return_exceptions=True)

    async def _work(self, claim: Claim) -> None:
        errand = claim.errand
        try:
            step = await self._step(errand)
        except Exception as fault:
            await self._fault(claim, fault)
            return
        try:
            await self._save(claim, step)
            if not isinstance(step, Again) or await self._store.runs(errand.id):
                await self._then(step)
        except LeaseLost:
            log.info("an errand of kind %s was cancelled or taken over in its step", errand.kind)
            await self._take_back(claim, step)
        except Exception:
            log.exception("what a step of an errand of kind %s left could not be shown", errand.kind)

    async def _save(self, claim: Claim, step: Next, *, failed: bool = False) -> None:
        """Save *step*, which is done, as soon as the database takes it. Raises: LeaseLost."""
        while True:
            try:
                await self._store.save(claim, step, failed=failed)
                return
            except DatabaseUnusable as error:
                # Done again, it would say everything twice; that somebody took it over shows in the lease.
                log.warning("a step of an errand of kind %s waits to be saved: %s", claim.errand.kind, error)
                await self._clock.sleep(RESAVE.total_seconds())

    async def _take_back(self, claim: Claim, step: Next) -> None:
        """Undo what *step* did outside, unless it was saved after all, or the errand is no more."""
        if not isinstance(step, Again) or step.undo is None:
            return
        try:
            found = await self._store.get(claim.errand.id)
            if found is not None:
                await step.undo(found.errand.payload)
        except (DatabaseUnusable, SendRefused) as error:
            log.warning("what an errand of kind %s said twice stays: %r", claim.errand.kind, error)

    async def _step(self, errand: Errand) -> Next:
        work = self._works[errand.kind]
        if errand.attempts > MAX_ATTEMPTS:
            raise WornOut
        async with asyncio.timeout(STEP.total_seconds()):
            return await work.step(errand)

    async def _fault(self, claim: Claim, fault: Exception) -> None:
        """Wait and try again, or give up and say so."""
        errand = claim.errand
        reference = secrets.token_hex(4)
        away = isinstance(fault, DatabaseUnusable) and errand.attempts < MAX_ATTEMPTS
        rest = FIRST_PAUSE if away else pause(fault, errand.attempts)
        known = isinstance(fault, TraceError | SendRefused | DatabaseUnusable | TimeoutError)
        log.warning(
            "a step of an errand of kind %s failed, reference %s: %r",
            errand.kind,
            reference,
            fault,
            exc_info=None if known else fault,
        )
        try:
            if rest is not None:
                counts = not isinstance(fault, Throttled)
                await self._save(claim, Again(errand.payload, rest), failed=counts)
                return
            try:
                step = await self._works[errand.kind].give_up(errand, fault, reference)
            except UNREADABLE as error:
                # Its owner sees it in their list and can delete it.
                log.error("task not readable, paused: id=%s error=%s", errand.id, type(error).__name__)
                step = Stopped(errand.payload)
            await self._save(claim, step)
            await self._then(step)
        except LeaseLost:
            log.info("an errand of kind %s was cancelled or taken over in its step", errand.kind)
        except Exception:
            # Its lease lapses, and it is tried again: no more often than its attempts allow.
            log.exception("and it could not be put aside, reference %s", reference)

    async def _then(self, step: Next) -> None:
        """Show the saved result of *step*; retry a last card that Teams may accept later."""
        if step.then is None:
            return
        try:
            await step.then()
        except SendRefused as refusal:
            # An intermediate card may be lost: another follows.
            last = not isinstance(step, Again) and not self._closing
            if last and refusal.may_pass and len(self._late) < MAX_LATE:
                late = asyncio.create_task(self._show_late(step.then), name="last card")
                self._late.add(late)
                late.add_done_callback(self._late.discard)

    async def _show_late(self, show: Callable[[], Awaitable[object]]) -> None:
        for rest in LAST_CARD_PAUSES:
            await self._clock.sleep(rest.total_seconds())
            try:
                await show()
                return
            except (SendRefused, DatabaseUnusable) as fault:
                log.warning("last card of a task not shown: error=%r", fault)
