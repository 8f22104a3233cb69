"""When a digest is due: a time of day in somebody's zone, each day or on one day of the week. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

USUAL_TIME = time(9)


@dataclass(frozen=True)
class Timetable:
    """Each day `at` that time of the clocks of `zone`, or on `weekday` alone, 0 for Monday.

    A time that a change of clocks skips is as far behind the change; one that comes twice is the first.
    """

    at: time = USUAL_TIME
    zone: str = "UTC"
    weekday: int | None = None

    @property
    def days(self) -> int:
        """Days from one time to the next."""
        return 1 if self.weekday is None else 7

    def after(self, moment: datetime) -> datetime:
        """The first time later than *moment*, in UTC."""
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        days = (day + timedelta(days=n) for n in range(-1, 9))
        times = (self._on(day) for day in days if self.weekday in (None, day.weekday()))
        return next(one for one in times if one > moment)

    def before(self, moment: datetime) -> datetime:
        """The last time no later than *moment*, in UTC."""
        day = moment.astimezone(ZoneInfo(self.zone)).date()
        days = (day - timedelta(days=n) for n in range(-1, 9))
        times = (self._on(day) for day in days if self.weekday in (None, day.weekday()))
        return next(one for one in times if one <= moment)

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, self.at, ZoneInfo(self.zone)).astimezone(UTC)
