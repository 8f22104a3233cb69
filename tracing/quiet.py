"""When a watch says nothing: quiet hours and days off, by the clock of its owner. Pure.

Which days are holidays nobody here knows: days off are Saturdays and Sundays.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_LONGEST = timedelta(days=8)
"""No silence lasts a week: `Quiet` that leaves no minute of a working day is none at all."""

SATURDAY = 5


@dataclass(frozen=True)
class Quiet:
    """From `start` to before `end` each day, past midnight too, never where they are the same; and all of
    Saturdays and Sundays with `working_days`. Whole minutes, by the clocks of `zone`, an IANA name."""

    start: time = time()
    end: time = time()
    working_days: bool = False
    zone: str = "UTC"

    @property
    def has_hours(self) -> bool:
        return self.start != self.end

    def covers(self, at: datetime) -> bool:
        """Whether clocks show a quiet time at the instant *at*."""
        local = at.astimezone(ZoneInfo(self.zone))
        clock = local.time().replace(second=0, microsecond=0)
        if self.working_days and local.weekday() >= SATURDAY:
            return True
        if self.start < self.end:
            return self.start <= clock < self.end
        return self.has_hours and (clock >= self.start or clock < self.end)

    def until(self, at: datetime) -> datetime:
        """When it may be spoken again: *at* itself where it may now.

        Minute by minute: whatever clocks skip or repeat, it is the first at which they show no quiet time.
        """
        then = at
        while self.covers(then) and then - at < _LONGEST:
            then = then.replace(second=0, microsecond=0) + _MINUTE
        return then
