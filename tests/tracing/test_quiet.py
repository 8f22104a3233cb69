"""Quiet hours and days off, by whatever clocks people have."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracing.quiet import Quiet

TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
NIGHT = Quiet(time(22), time(7), zone="Asia/Tokyo")
WEEK = Quiet(time(22), time(7), working_days=True, zone="Asia/Tokyo")
MINUTE = timedelta(minutes=1)

ZONES = st.sampled_from(["Asia/Tokyo", "America/New_York", "Europe/London", "Australia/Lord_Howe", "UTC"])
CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))
QUIETS = st.builds(Quiet, CLOCKS, CLOCKS, st.booleans())
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))
CHANGES = st.sampled_from(
    [
        ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 10, 25, 1, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ]
)


def at(zone: ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone).astimezone(UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (NIGHT, (2026, 10, 15, 21, 59), (2026, 10, 15, 21, 59)),
        (NIGHT, (2026, 10, 15, 22, 0), (2026, 10, 16, 7, 0)),
        (NIGHT, (2026, 10, 16, 6, 59), (2026, 10, 16, 7, 0)),
        (WEEK, (2026, 10, 16, 22, 30), (2026, 10, 19, 7, 0)),
        (WEEK, (2026, 10, 17, 12, 0), (2026, 10, 19, 7, 0)),
        (Quiet(working_days=True, zone="Asia/Tokyo"), (2026, 10, 18, 9, 0), (2026, 10, 19, 0, 0)),
        (Quiet(time(12), time(13), zone="Asia/Tokyo"), (2026, 10, 15, 12, 30), (2026, 10, 15, 13, 0)),
        (Quiet(), (2026, 10, 17, 3, 0), (2026, 10, 17, 3, 0)),
    ],
)
def test_until(quiet: Quiet, now: tuple[int, ...], until: tuple[int, ...]) -> None:
    """A silence lasts past midnight and over days off; its end is no part of it."""
    assert quiet.until(at(TOKYO, *now)) == at(TOKYO, *until)


def test_skipped_and_repeated_hours() -> None:
    """Where clocks skip the end, it is the change; an hour that comes twice is quiet twice."""
    skips = Quiet(time(22), time(2, 30), zone="America/New_York")
    repeats = Quiet(time(1), time(2), zone="America/New_York")

    assert skips.until(at(NEW_YORK, 2026, 3, 8, 1, 0)) == datetime(2026, 3, 8, 7, tzinfo=UTC)
    assert repeats.covers(datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
    assert repeats.covers(datetime(2026, 11, 1, 6, 30, tzinfo=UTC))
    assert repeats.until(datetime(2026, 11, 1, 5, 30, tzinfo=UTC)) == datetime(2026, 11, 1, 7, tzinfo=UTC)


@given(quiet=QUIETS, now=INSTANTS, name=ZONES)
def test_by_the_clock_on_the_wall(quiet: Quiet, now: datetime, name: str) -> None:
    """It is quiet when, and only when, the wall clock or the calendar says so."""
    quiet, local = replace(quiet, zone=name), now.astimezone(ZoneInfo(name))
    minutes = 60 * local.hour + local.minute
    start, end = (60 * clock.hour + clock.minute for clock in (quiet.start, quiet.end))
    hours = {one % 1440 for one in range(start, end + (1440 if end < start else 0))}

    assert quiet.covers(now) == (
        minutes in hours or (quiet.working_days and local.strftime("%a") in ("Sat", "Sun"))
    )


@settings(max_examples=60)
@given(quiet=QUIETS, change=CHANGES, minutes=st.integers(-600, 180))
def test_the_first_minute_that_is_not_quiet(quiet: Quiet, change: tuple[str, datetime], minutes: int) -> None:
    """Around changes of clocks too, every minute before the end is quiet and the end is not."""
    quiet, now = replace(quiet, zone=change[0]), change[1] + timedelta(minutes=minutes)
    end = quiet.until(now)

    assert not quiet.covers(end)
    assert all(quiet.covers(now + n * MINUTE) for n in range(int((end - now) / MINUTE)))
