"""Days, weeks and months of the calendar in somebody's zone, as instants; a day has 23 to 25 hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import assert_never
from zoneinfo import ZoneInfo


class CalendarUnit(StrEnum):
    """What is counted; a week is from Monday to Sunday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True)
class Calendar:
    """One whole day, week or month in *zone*, an IANA name; `back` 0 is the current one, 1 the one before."""

    unit: CalendarUnit
    back: int
    zone: str

    def bounds(self, now: datetime) -> tuple[datetime, datetime]:
        """Its first instant and that of the next one, in UTC."""
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        match self.unit:
            case CalendarUnit.DAY:
                first = today - timedelta(days=self.back)
                after = first + timedelta(days=1)
            case CalendarUnit.WEEK:
                first = today - timedelta(days=today.weekday(), weeks=self.back)
                after = first + timedelta(weeks=1)
            case CalendarUnit.MONTH:
                first = _month(today, self.back)
                after = _month(today, self.back - 1)
            case _:
                assert_never(self.unit)
        return day_begins(first, zone), day_begins(after, zone)


def day_begins(day: date, zone: tzinfo) -> datetime:
    """The first instant of *day*, in UTC: where clocks skip midnight, that of the change."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _month(today: date, back: int) -> date:
    months = 12 * today.year + today.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)
