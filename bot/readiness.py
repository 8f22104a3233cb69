"""Whether this process can answer people now: its database, its token, its event loop."""

import asyncio
import logging
from datetime import timedelta
from typing import Protocol

from bot.store.database import Database
from bot.store.faults import DatabaseDamaged, DatabaseFull, DatabaseUnusable
from tracing.credentials import TokenProvider
from tracing.errors import CredentialsRefused, GraphError, GraphUnavailable
from tracing.reaching import TIMEOUT, WHYS

log = logging.getLogger(__name__)

TOO_LATE = timedelta(seconds=1)
"""A loop that is so late has no second left to acknowledge a message in."""

PATIENCE = timedelta(seconds=5)
_BEAT = timedelta(milliseconds=250)


class Heart:
    """Beats on the event loop, and knows how late the last beat was."""

    def __init__(self) -> None:
        self._due = asyncio.get_running_loop().time()
        self._last = timedelta(0)

    @property
    def lag(self) -> timedelta:
        """How late the loop is: the last beat, or the one that has not come."""
        overdue = asyncio.get_running_loop().time() - self._due
        return max(self._last, timedelta(seconds=overdue), timedelta(0))

    async def beat(self) -> None:
        """Beat until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            self._due = loop.time() + _BEAT.total_seconds()
            await asyncio.sleep(_BEAT.total_seconds())
            self._last = timedelta(seconds=loop.time() - self._due)


class Lagging(Protocol):
    """Knows how late the event loop is."""

    @property
    def lag(self) -> timedelta: ...


class Readiness:
    """Looks at what an answer needs. *tokens* is None where no token is needed."""

    def __init__(self, database: Database, tokens: TokenProvider | None, scope: str, heart: Lagging) -> None:
        self._database = database
        self._tokens = tokens
        self._scope = scope
        self._heart = heart

    async def look(self) -> dict[str, str]:
        """Each part and `ok`, or a word for what is wrong with it."""
        lag = self._heart.lag
        database, token = await asyncio.gather(self._look_at_database(), self._look_at_token())
        return {"database": database, "token": token, "loop": "ok" if lag < TOO_LATE else "late"}

    async def _look_at_database(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._database.probe()
        except (DatabaseUnusable, TimeoutError) as error:
            log.warning("not ready: database: %s", error)
            return _word(error)
        return "ok"

    async def _look_at_token(self) -> str:
        if self._tokens is None:
            return "ok"
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                await self._tokens.get(self._scope)
        except CredentialsRefused as error:
            log.warning("not ready: token: %r", error)
            return "refused"
        except (GraphError, TimeoutError) as error:
            log.warning("not ready: token: %r", error)
            return _why(error)
        return "ok"


def _why(error: GraphError | TimeoutError) -> str:
    """Why the login service was not reached, as one of WHYS where that is known."""
    if isinstance(error, TimeoutError):
        return TIMEOUT
    why = error.why if isinstance(error, GraphUnavailable) else ""
    return why if why in WHYS else "unreachable"


def _word(error: DatabaseUnusable | TimeoutError) -> str:
    match error:
        case DatabaseDamaged():
            return "damaged"
        case DatabaseFull():
            return "full"
        case _:
            return "unusable"
