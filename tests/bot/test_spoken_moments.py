"""Times with the zone that they are of."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.moments import When
from bot.spoken_times import plain_of, time_at
from tracing.model import Between

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2026-10-14 9:00-10:00 UTC+9", "2026-10-14T00:00", "2026-10-14T01:00"),
        ("2026-10-14 9:00-10:00 (UTC+09:00)", "2026-10-14T00:00", "2026-10-14T01:00"),
        ("2026-10-14 9:00-10:00 UTC+05:30", "2026-10-14T03:30", "2026-10-14T04:30"),
        ("2026-10-14 9:00-10:00 GMT-3:30", "2026-10-14T12:30", "2026-10-14T13:30"),
        ("2026-10-14 9:00-10:00 UTC+0545", "2026-10-14T03:15", "2026-10-14T04:15"),
        ("2026-10-14 9:00-10:00 UTC", "2026-10-14T09:00", "2026-10-14T10:00"),
    ],
)
def test_hours_of_an_offset(words: str, start: str, end: str) -> None:
    """A time is of the offset behind it, to the minute."""
    found = time_at(plain_of(words), 0, WHEN, loose=True)

    assert found is not None
    assert found.period == Between(_utc(start), _utc(end))


def test_offset_that_is_nowhere() -> None:
    """An offset that no clock has is left over, so that it is told, and not taken for another."""
    words = plain_of("2026-10-14 9:00-10:00 UTC+19")
    found = time_at(words, 0, WHEN, loose=True)

    assert found is not None
    assert words[found.end :].strip() == "utc+19"


def _utc(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)
