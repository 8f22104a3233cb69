"""Days, weeks and months of somebody's calendar as instants."""

from datetime import datetime, timedelta

import pytest

from tracing.calendar import Calendar, CalendarUnit
from tracing.model import TraceQuery
from tracing.plan import plan

DAY, WEEK, MONTH = CalendarUnit.DAY, CalendarUnit.WEEK, CalendarUnit.MONTH


@pytest.mark.parametrize(
    ("now", "unit", "back", "start", "end"),
    [
        ("2026-11-24T00:30+09:00", DAY, 0, "2026-11-24T00:00+09:00", "2026-11-25T00:00+09:00"),
        ("2026-11-24T00:30+09:00", DAY, 1, "2026-11-23T00:00+09:00", "2026-11-24T00:00+09:00"),
        ("2026-11-24T00:30+09:00", WEEK, 0, "2026-11-23T00:00+09:00", "2026-11-30T00:00+09:00"),
        ("2026-11-29T23:59+09:00", WEEK, 1, "2026-11-16T00:00+09:00", "2026-11-23T00:00+09:00"),
        ("2026-11-23T00:00+09:00", WEEK, 1, "2026-11-16T00:00+09:00", "2026-11-23T00:00+09:00"),
        ("2026-01-05T12:00+09:00", MONTH, 1, "2025-12-01T00:00+09:00", "2026-01-01T00:00+09:00"),
        ("2026-12-05T12:00+09:00", MONTH, 0, "2026-12-01T00:00+09:00", "2027-01-01T00:00+09:00"),
    ],
)
def test_bounds(now: str, unit: CalendarUnit, back: int, start: str, end: str) -> None:
    """From its first instant to that of the next; weeks begin on Monday, whoever asks."""
    bounds = Calendar(unit, back, "Asia/Tokyo").bounds(datetime.fromisoformat(now))

    assert bounds == (datetime.fromisoformat(start), datetime.fromisoformat(end))


@pytest.mark.parametrize(
    ("now", "zone", "hours"),
    [
        ("2026-03-09T12:00-04:00", "America/New_York", 23),
        ("2026-11-02T12:00-05:00", "America/New_York", 25),
        ("2026-03-30T12:00+02:00", "Europe/Berlin", 23),
        ("2026-10-26T12:00+01:00", "Europe/Berlin", 25),
        ("2026-11-24T12:00+09:00", "Asia/Tokyo", 24),
    ],
)
def test_yesterday_has_as_many_hours(now: str, zone: str, hours: int) -> None:
    """The day on which clocks change is searched whole, and nothing besides."""
    window = plan(TraceQuery(Calendar(DAY, 1, zone)), datetime.fromisoformat(now)).window

    assert window.end - window.start == timedelta(hours=hours)


def test_the_present_ends_now() -> None:
    """Nothing is asked about the hours to come."""
    now = datetime.fromisoformat("2026-11-24T10:00+09:00")

    assert plan(TraceQuery(Calendar(WEEK, 0, "Asia/Tokyo")), now).window.end == now
