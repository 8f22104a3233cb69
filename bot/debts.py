"""Track accepted turns until they are answered: claim, run as a job, then close or postpone."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any, Protocol

from bot.errands import Errand
from bot.jobs import Jobs
from bot.owed import Owable, Owed, errand_of, owed_id, pause, refused_once_more
from bot.turns import SendRefused, Turn
from tracing.model import Clock

log = logging.getLogger(__name__)

Answered = Callable[[], Coroutine[Any, Any, None]]
Failed = Callable[[Exception, str], Awaitable[None]]
Settled = Callable[[SendRefused | None], Awaitable[None]]
"""Called with the result of a turn: answered, or refused by Teams for now."""


class Claims(Protocol):
    """Claims of activities and the answers still owed; `bot.stand_ins.ClaimsHere`."""

    async def claim(self, conversation_id: str, activity_id: str, debt: Errand | None = None) -> bool: ...

    async def close(self, debt_id: str) -> None: ...

    async def put_off(self, debt: Errand, rest: timedelta) -> None: ...


class Debts:
    """Turns that were accepted and not yet answered. *due* is called when one is to be tried again."""

    def __init__(self, claims: Claims, jobs: Jobs, clock: Clock, due: Callable[[], None]) -> None:
        self._claims = claims
        self._jobs = jobs
        self._clock = clock
        self._due = due

    async def take(self, turn: Owable) -> bool:
        """Claim *turn* and record that its answer is owed; False if it was claimed before."""
        debt = errand_of(Owed(turn, self._clock.now()))
        return await self._claims.claim(turn.place.conversation_id, turn.activity_id, debt)

    async def close(self, turn: Turn) -> None:
        """Close the debt: *turn* is answered."""
        await self._claims.close(owed_id(turn))

    def start(
        self, turn: Owable, answered: Answered, failed: Failed, settled: Settled | None = None
    ) -> asyncio.Task[None]:
        """Run *turn* as a job; if Teams refuses the answer for now, it stays owed. Raises: Busy.

        *settled* hears the result instead of the debt, for a process that took the debt over.
        """
        settle = settled or self._settling(turn)

        async def work() -> None:
            await answered()
            await settle(None)

        async def told(fault: Exception, reference: str) -> None:
            if isinstance(fault, SendRefused) and fault.may_pass:
                await settle(fault)
                return
            try:
                await failed(fault, reference)
            except SendRefused as refusal:
                await settle(refusal if refusal.may_pass else None)
                raise
            await settle(None)

        return self._jobs.start(turn.key, work, told)

    def _settling(self, turn: Owable) -> Settled:
        owed = Owed(turn, self._clock.now())

        async def settle(refusal: SendRefused | None) -> None:
            if refusal is None:
                await self._claims.close(owed_id(turn))
                return
            log.warning("answer postponed: status=%s code=%s", refusal.status, refusal.code)
            await self._claims.put_off(errand_of(refused_once_more(owed)), pause(owed, refusal.retry_after))
            self._due()

        return settle
