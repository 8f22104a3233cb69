"""How old something is, by two clocks at once.

The wall clock can be set back and on. The steady one only counts, but not while the machine sleeps. So what
was learnt is over as soon as either says so; what lies ahead of the wall clock is over too.
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
    """One moment by both clocks; `steady` in seconds."""

    wall: datetime
    steady: float


def instant(clock: Clock) -> Instant:
    """This moment."""
    return Instant(clock.now(), clock.monotonic())


def is_over(since: Instant, now: Instant, life: timedelta) -> bool:
    """Whether what began at *since* and has so long a *life* is over *now*, by either clock."""
    passed = now.wall - since.wall
    return not timedelta(0) <= passed < life or now.steady - since.steady >= life.total_seconds()


class Fresh(Generic[_K, _V]):
    """What was learnt a moment ago: at most *most* things, each for *life*; the oldest go first."""

    def __init__(self, clock: Clock, life: timedelta, most: int) -> None:
        self._clock = clock
        self._life = life
        self._kept: TTLCache[_K, tuple[Instant, _V]] = TTLCache(most, life.total_seconds(), clock.monotonic)

    def get(self, key: _K) -> _V | None:
        """What is known of *key*, None when nothing is, or it is over."""
        since, value = self._kept.get(key, (None, None))
        if since is None or is_over(since, instant(self._clock), self._life):
            return None
        return value

    def __contains__(self, key: _K) -> bool:
        return self.get(key) is not None

    def keep(self, key: _K, value: _V) -> None:
        """Learn *value* of *key*."""
        self._kept[key] = instant(self._clock), value
