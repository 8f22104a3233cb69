"""The age of a value, measured by two clocks at once.

The wall clock can be set forward and back. The steady clock only counts, and may stop while the machine
sleeps. So a value has expired as soon as either clock says so, or when it is ahead of the wall clock.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from cachetools import TTLCache

from tracing.model import Clock

_K = TypeVar("_K", bound=Hashable)
_V = TypeVar("_V")


@dataclass(frozen=True)
class Instant:
    """One moment on both clocks; `steady` in seconds."""

    wall: datetime
    steady: float


def instant(clock: Clock) -> Instant:
    """The current moment."""
    return Instant(clock.now(), clock.monotonic())


def is_over(since: Instant, now: Instant, life: timedelta) -> bool:
    """Whether a value of *since* with this *life* has expired at *now*, by either clock."""
    passed = now.wall - since.wall
    return not timedelta(0) <= passed < life or now.steady - since.steady >= life.total_seconds()


class Fresh(Generic[_K, _V]):
    """A cache of at most *most* values, each valid for *life*; the oldest are dropped first."""

    def __init__(self, clock: Clock, life: timedelta, most: int) -> None:
        self._clock = clock
        self._life = life
        self._kept: TTLCache[_K, tuple[Instant, _V]] = TTLCache(most, life.total_seconds(), clock.monotonic)

    def get(self, key: _K) -> _V | None:
        """The value of *key*; None if there is none or it has expired."""
        since, value = self._kept.get(key, (None, None))
        if since is None or is_over(since, instant(self._clock), self._life):
            return None
        return value

    def __contains__(self, key: _K) -> bool:
        return self.get(key) is not None

    def keep(self, key: _K, value: _V) -> None:
        """Set the *value* of *key*."""
        self._kept[key] = instant(self._clock), value
