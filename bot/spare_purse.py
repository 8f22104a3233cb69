"""The quota while nobody can ask the shared purse: a small one of this process's own, accounted for later."""

from collections import deque
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from bot.health import Health
from bot.store.database import DatabaseUnusable
from tracing.model import Clock, Spender
from tracing.quota import HELPDESK_RESERVE, LIMIT, ROLLING_WINDOW, Stamp, ceiling

SHARE = 30
"""Requests in five minutes that a process allows itself: three of them stay within the tenant's hundred."""

RESERVE = 20
"""The help desk's part of it; half of this is reserved even against background work."""

_BACKGROUND_WAIT = timedelta(minutes=1)


class SharedPurse(Protocol):
    """`bot.store.stamps.StampBudget`."""

    async def take(self, spender: Spender) -> timedelta: ...

    async def settle(self, stamps: Sequence[Stamp]) -> None: ...


class SparePurse:
    """Meets `tracing.quota.Budget`."""

    def __init__(self, purse: SharedPurse, health: Health, clock: Clock) -> None:
        self._purse = purse
        self._health = health
        self._clock = clock
        self._spent: deque[tuple[float, Stamp]] = deque(maxlen=LIMIT)
        self._unsettled: list[tuple[float, Stamp]] = []

    async def take(self, spender: Spender) -> timedelta:
        """Spend one request and return zero, or spend nothing and return how long to wait."""
        try:
            wait = await self._health.tried(lambda: self._take(spender))
        except DatabaseUnusable:
            return self._spare(spender)
        if not wait:
            self._spent.append((self._clock.monotonic(), Stamp(self._clock.now(), spender)))
        return wait

    async def _take(self, spender: Spender) -> timedelta:
        """The same of the shared purse, which learns first what was spent without it."""
        if self._unsettled:
            stamps, self._unsettled = self._unsettled, []
            try:
                await self._purse.settle([stamp for _, stamp in stamps])
            except BaseException:
                self._unsettled += stamps
                raise
        return await self._purse.take(spender)

    def _spare(self, spender: Spender) -> timedelta:
        if spender.background:
            # People come first where there is little.
            return _BACKGROUND_WAIT
        now = self._clock.monotonic()
        since = now - ROLLING_WINDOW.total_seconds()
        own = [one for one in self._spent if one[0] > since]
        alone = [one for one in self._unsettled if one[0] > since]
        for spent, limit, reserve in ((alone, SHARE, RESERVE), (own, LIMIT, HELPDESK_RESERVE)):
            most = ceiling(spender, [stamp for _, stamp in spent], limit, reserve)
            if len(spent) >= most:
                return timedelta(seconds=spent[-most][0] - since)
        one = (now, Stamp(self._clock.now(), spender))
        self._spent.append(one)
        self._unsettled = [*alone, one]
        return timedelta(0)
