"""Times of digests: each day or week in somebody's zone, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracing.timetable import Timetable

NINE = Timetable(time(9), "Asia/Tokyo")
MONDAYS = Timetable(time(9), "Asia/Tokyo", 0)
TUESDAY = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
"""9:00 in Tokyo."""


@pytest.mark.parametrize(
    ("timetable", "moment", "before", "after"),
    [
        (NINE, TUESDAY, TUESDAY, TUESDAY + timedelta(days=1)),
        (NINE, TUESDAY + timedelta(seconds=1), TUESDAY, TUESDAY + timedelta(days=1)),
        (NINE, TUESDAY - timedelta(seconds=1), TUESDAY - timedelta(days=1), TUESDAY),
        (MONDAYS, TUESDAY, TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=6)),
        (MONDAYS, TUESDAY - timedelta(days=1), TUESDAY - timedelta(days=1), TUESDAY + timedelta(days=6)),
    ],
)
def test_before_and_after(timetable: Timetable, moment: datetime, before: datetime, after: datetime) -> None:
    """A time is the last one at its own moment, and the next one no longer."""
    assert (timetable.before(moment), timetable.after(moment)) == (before, after)


@pytest.mark.parametrize(
    ("at", "day", "expected"),
    [
        (time(9), datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-29T07:00"),
        (time(9), datetime(2026, 10, 24, 12, tzinfo=UTC), "2026-10-25T08:00"),
        (time(2, 30), datetime(2026, 3, 28, 12, tzinfo=UTC), "2026-03-29T01:30"),
        (time(2, 30), datetime(2026, 10, 24, 12, tzinfo=UTC), "2026-10-25T00:30"),
    ],
    ids=["summer", "winter", "skipped", "twice"],
)
def test_changes_of_clocks(at: time, day: datetime, expected: str) -> None:
    """9:00 is 9:00 of the clocks; a skipped time is behind the change, one that comes twice the first."""
    assert Timetable(at, "Europe/Berlin").after(day) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    at=st.times(),
    zone=st.sampled_from(["UTC", "Asia/Tokyo", "Europe/Berlin", "America/New_York", "Pacific/Apia"]),
    weekday=st.none() | st.integers(0, 6),
)
def test_no_time_is_left_out(moment: datetime, at: time, zone: str, weekday: int | None) -> None:
    """Between one time and the next there is none, and whatever is due is on its weekday."""
    timetable = Timetable(at.replace(microsecond=0, fold=0), zone, weekday)
    after, before = timetable.after(moment), timetable.before(moment)

    assert before <= moment < after
    assert timetable.before(after) == after
    assert timetable.after(before) == after
    assert after - before <= timedelta(days=timetable.days, hours=2)
    if weekday is not None:
        assert after.astimezone(ZoneInfo(zone)).weekday() == weekday
