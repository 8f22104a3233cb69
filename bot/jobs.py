"""Owns every task: bounded in number and time, cancellable by key, drained at the end.

A job answers into a `Slot`: one card, one writer at a time, and nothing after the last word.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from time import monotonic
from typing import Any

from bot.meters import Meters, NoMeters
from bot.store.database import DatabaseUnusable
from bot.turns import Notifier, Place, Post, SendRefused
from tracing.errors import TraceError

log = logging.getLogger(__name__)

MAX_JOBS = 200
DEADLINE = timedelta(minutes=2)
DRAIN = timedelta(seconds=20)


class Busy(Exception):
    """As many jobs run as may."""


class Jobs:
    """The running tasks, by key."""

    def __init__(
        self, deadline: timedelta = DEADLINE, most: int = MAX_JOBS, meters: Meters | None = None
    ) -> None:
        self._meters = meters or NoMeters()
        self._deadline = deadline
        self._most = most
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._closing = False

    @property
    def running(self) -> int:
        """How many there are."""
        return len(self._tasks)

    def start(
        self,
        key: str,
        work: Callable[[], Coroutine[Any, Any, None]],
        failed: Callable[[Exception, str], Awaitable[None]],
    ) -> asyncio.Task[None]:
        """Run *work* under *key*; *failed* tells the person of an exception and its reference in the log.

        A job that outlives the deadline fails with TimeoutError. Raises: Busy.
        """
        if self._closing or len(self._tasks) >= self._most or key in self._tasks:
            raise Busy
        task = asyncio.create_task(self._guard(work, failed), name=key)
        self._tasks[key] = task
        task.add_done_callback(lambda _: self._tasks.pop(key, None))
        return task

    def cancel(self, key: str) -> bool:
        """Stop the job under *key*; whether there was one."""
        task = self._tasks.get(key)
        return task is not None and task.cancel()

    async def drain(self, patience: timedelta = DRAIN) -> None:
        """Take no more, let what runs end, and cancel what has not after *patience*."""
        self._closing = True
        tasks = list(self._tasks.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=patience.total_seconds())
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _guard(
        self,
        work: Callable[[], Coroutine[Any, Any, None]],
        failed: Callable[[Exception, str], Awaitable[None]],
    ) -> None:
        began, outcome = monotonic(), "cancelled"
        try:
            async with asyncio.timeout(self._deadline.total_seconds()):
                await work()
            outcome = "done"
        except Exception as error:
            outcome = type(error).__name__
            reference = secrets.token_hex(4)
            _note(error, reference)
            try:
                await failed(error, reference)
            except Exception:
                log.exception("and the person could not be told, reference %s", reference)
        finally:
            self._meters.job(outcome, monotonic() - began)


def _note(error: Exception, reference: str) -> None:
    """One line for what this program names; the whole way down for what it does not."""
    if isinstance(error, TraceError | SendRefused | DatabaseUnusable):
        log.warning("a job failed, reference %s: %r", reference, error)
    else:
        log.error("a job failed, reference %s", reference, exc_info=error)


class Slot:
    """A card that is shown and later replaced; after `finish` nothing is written any more."""

    def __init__(self, notifier: Notifier, place: Place, activity_id: str | None = None) -> None:
        self._notifier = notifier
        self._place = place
        self._lock = asyncio.Lock()
        self._finished = False
        self.activity_id = activity_id

    async def show(self, post: Post) -> None:
        """Put *post* up, in place of what stands there."""
        async with self._lock:
            if not self._finished:
                await self._write(post)

    async def finish(self, post: Post) -> None:
        """Put the last word up."""
        async with self._lock:
            if not self._finished:
                await self._write(post)
                # Only now: if Teams refused it, it was not said, and a later attempt may say it.
                self._finished = True

    async def conclude(self, post: Post, pointer: Post) -> None:
        """Say the last word in a message of its own, which notifies; what stands here becomes *pointer*."""
        async with self._lock:
            if self._finished:
                return
            shown, self.activity_id = self.activity_id, await self._notifier.send(self._place, post)
            self._finished = True
            if shown:
                try:
                    await self._notifier.update(self._place, shown, pointer)
                except SendRefused as refusal:
                    log.warning("a card was left as it was: %s %s", refusal.status, refusal.code)

    async def _write(self, post: Post) -> None:
        if self.activity_id:
            try:
                await self._notifier.update(self._place, self.activity_id, post)
                return
            except SendRefused as refusal:
                # A card that was deleted meanwhile cannot be edited; its reader still waits for the answer.
                if refusal.status not in (400, 404):
                    raise
        self.activity_id = await self._notifier.send(self._place, post)
