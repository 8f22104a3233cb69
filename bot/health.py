"""Whether the database answers: who finds out, and how long anybody waits to know.

Chat questions reach their tables through `Health.tried`. What they need of them has a stand-in for the time
when the database is away (`stand_ins`, `held_states`, `spooled`, `spare_purse`), or is refused.
"""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from bot.store.database import DatabaseUnusable

PATIENCE = timedelta(seconds=4)
"""How long a table is waited for that was there a moment ago; then, for as long again, it is not asked."""

PROBE = timedelta(seconds=1)
"""How long one question waits to see whether a database that hung still does."""

_Result = TypeVar("_Result")


class Health:
    """What this process knows about its database. `failures` counts operations done without it.

    `unrecorded`: the last look could be recorded nowhere, so nothing new is shown.
    """

    def __init__(self, patience: timedelta = PATIENCE) -> None:
        self.failures = 0
        self.unrecorded = False
        self._patience = patience
        self._hangs_until: float | None = None
        self._late: set[asyncio.Task[Any]] = set()

    async def tried(self, operation: Callable[[], Coroutine[Any, Any, _Result]]) -> _Result:
        """What *operation* brings; one that is too late goes on, and what it brings is lost.

        Raises: DatabaseUnusable: at once while the database is known to hang.
        """
        now = asyncio.get_running_loop().time()
        patience = self._patience
        if self._hangs_until is not None:
            if now < self._hangs_until:
                self.failures += 1
                raise DatabaseUnusable("it did not answer a moment ago")
            self._hangs_until, patience = now + self._patience.total_seconds(), min(PROBE, patience)
        task = asyncio.ensure_future(operation())
        try:
            await asyncio.wait({task}, timeout=patience.total_seconds())
            if task.done():
                return self._result(task)
        except asyncio.CancelledError:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            raise
        self._late.add(task)
        task.add_done_callback(self._came_late)
        self.failures += 1
        self._hangs_until = asyncio.get_running_loop().time() + self._patience.total_seconds()
        raise DatabaseUnusable("it does not answer")

    async def close(self) -> None:
        """Wait no more for what is late."""
        late = list(self._late)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _result(self, task: "asyncio.Task[_Result]") -> _Result:
        try:
            result = task.result()
        except DatabaseUnusable:
            # It said so by itself: nobody has to be kept from asking again.
            self.failures += 1
            raise
        self._hangs_until = None
        return result

    def _came_late(self, task: asyncio.Task[Any]) -> None:
        self._late.discard(task)
        if not task.cancelled() and task.exception() is None:
            self._hangs_until = None
