"""What keeps the program in order beside its work: mending, forgetting, and ending well."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Protocol

from bot.answering import Answering
from bot.errand_loop import ErrandLoop
from bot.jobs import DEADLINE, Jobs
from bot.store.database import DatabaseUnusable
from bot.store.signs import Signs
from tracing.model import Clock

log = logging.getLogger(__name__)

HOUSEKEEPING = timedelta(minutes=1)
SHUTDOWN = timedelta(seconds=5)
"""How long requests that have begun may take to end at a stop; the jobs are drained after them."""
LAST_WORDS = timedelta(seconds=3)
"""How long a stop takes to say of what did not end that it was interrupted; the next start mends the rest."""


class Sweeper(Protocol):
    """A store that forgets what has expired, and writes what could wait."""

    async def sweep(self) -> None: ...


async def keep_house(
    answering: Answering,
    sweepers: Sequence[Sweeper],
    clock: Clock,
    shared: bool,
    busy: asyncio.Lock,
) -> None:
    """Mend what was left open, and forget what has expired; *busy* is held meanwhile.

    At the start every open card was left by a stop, unless other processes share the database.
    """
    age = DEADLINE * 2 if shared else timedelta(0)
    while True:
        try:
            async with busy:
                await answering.mend(age)
                for one in sweepers:
                    await one.sweep()
        except Exception:
            log.exception("housekeeping failed; it is tried again")
        age = DEADLINE * 2
        await clock.sleep(HOUSEKEEPING.total_seconds())


async def write_last(signs: Signs) -> None:
    """Write what was seen since the last minute; a stop does not fail for it."""
    with suppress(DatabaseUnusable):
        await signs.sweep()


async def stop(task: asyncio.Task[None], busy: asyncio.Lock) -> None:
    """End *task*, while it is not *busy* if possible: a transaction cut off loses its connection."""
    try:
        async with asyncio.timeout(SHUTDOWN.total_seconds()), busy:
            task.cancel()
    except TimeoutError:
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def drain(
    jobs: Jobs, errands: ErrandLoop, running: asyncio.Task[None], answering: Answering, patience: timedelta
) -> None:
    """Let jobs and steps of errands that are under way end, and begin no more; what does not end says so."""
    await asyncio.gather(jobs.drain(patience), errands.drain())
    await running
    with suppress(TimeoutError):
        async with asyncio.timeout(LAST_WORDS.total_seconds()):
            await answering.interrupt()
