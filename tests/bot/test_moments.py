"""Dates and times as people type them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.moments import When, read_moment

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TOKYO = When(NOW, ZoneInfo("Asia/Tokyo"))
BERLIN = When(NOW, ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("2026-11-20", "2026-11-19T15:00", "2026-11-20T15:00"),
        ("2026/11/20 9:00", "2026-11-20T00:00", "2026-11-20T00:00"),
        ("2026.11.20 09:00:30", "2026-11-20T00:00:30", "2026-11-20T00:00:30"),
        ("2026年11月20日 9時30分", "2026-11-20T00:30", "2026-11-20T00:30"),
        ("１１月２０日 ９時", "2026-11-20T00:00", "2026-11-20T00:00"),
        ("11/23", "2026-11-22T15:00", "2026-11-23T15:00"),
        ("8/26", "2026-08-25T15:00", "2026-08-26T15:00"),
        ("11/24", "2026-11-23T15:00", "2026-11-24T15:00"),
        ("12/31", "2026-12-30T15:00", "2026-12-31T15:00"),
        ("today", "2026-11-22T15:00", "2026-11-23T15:00"),
        ("昨日 18:00", "2026-11-22T09:00", "2026-11-22T09:00"),
        ("おととい", "2026-11-20T15:00", "2026-11-21T15:00"),
        ("9:15", "2026-11-23T00:15", "2026-11-23T00:15"),
        ("2026-11-20T09:00", "2026-11-20T00:00", "2026-11-20T00:00"),
        ("2026-11-20t09:00Z", "2026-11-20T09:00", "2026-11-20T09:00"),
        ("9am", "2026-11-23T00:00", "2026-11-23T00:00"),
        ("2:30 p.m.", "2026-11-23T05:30", "2026-11-23T05:30"),
        ("12am", "2026-11-22T15:00", "2026-11-22T15:00"),
        ("12 pm", "2026-11-23T03:00", "2026-11-23T03:00"),
        ("午後2時半", "2026-11-23T05:30", "2026-11-23T05:30"),
        ("午後12:15", "2026-11-23T03:15", "2026-11-23T03:15"),
        ("昨日の9時", "2026-11-22T00:00", "2026-11-22T00:00"),
        ("11月20日午後2時", "2026-11-20T05:00", "2026-11-20T05:00"),
        ("Nov 20", "2026-11-19T15:00", "2026-11-20T15:00"),
        ("20th November 9:00", "2026-11-20T00:00", "2026-11-20T00:00"),
        ("Sept 3, 2026 9am", "2026-09-03T00:00", "2026-09-03T00:00"),
        ("Monday", "2026-11-22T15:00", "2026-11-23T15:00"),
        ("last Monday", "2026-11-15T15:00", "2026-11-16T15:00"),
        ("fri 18:00", "2026-11-20T09:00", "2026-11-20T09:00"),
        ("金曜日の18時", "2026-11-20T09:00", "2026-11-20T09:00"),
        ("先週の火曜", "2026-11-16T15:00", "2026-11-17T15:00"),
        ("3 days ago", "2026-11-19T15:00", "2026-11-20T15:00"),
        ("1週間前", "2026-11-15T15:00", "2026-11-16T15:00"),
        ("2 hours ago", "2026-11-22T23:00", "2026-11-22T23:00"),
        ("30分前", "2026-11-23T00:30", "2026-11-23T00:30"),
        ("now", "2026-11-23T01:00", "2026-11-23T01:00"),
    ],
)
def test_read(words: str, start: str, end: str) -> None:
    """A moment is an instant in the reader's zone; a day without a time is the whole day."""
    moment = read_moment(words, TOKYO)

    assert moment is not None
    assert moment.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert moment.end == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2026-13-01",
        "2026-02-29",
        "2/30",
        "25:00",
        "9:75",
        "11/20 25:00",
        "11/20 noon",
        "9:00 10:00",
        "2026-11-20T99:00",
        "0000-01-01",
        "9999-99-99 9:00",
        "13pm",
        "0am",
        "feb 30",
        "november",
        "30",
        "monday monday",
        "99 days",
    ],
)
def test_impossible(words: str) -> None:
    """What names no moment that exists is none."""
    assert read_moment(words, TOKYO) is None


@pytest.mark.parametrize(
    ("words", "start", "hours"),
    [("2026-03-29", "2026-03-28T23:00", 23), ("2026-10-25", "2026-10-24T22:00", 25)],
)
def test_daylight_saving(words: str, start: str, hours: int) -> None:
    """The day on which clocks change has 23 or 25 hours."""
    moment = read_moment(words, BERLIN)

    assert moment is not None
    assert moment.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert (moment.end - moment.start).total_seconds() == hours * 3600


@pytest.mark.parametrize(
    ("words", "zone", "start", "end"),
    [
        ("2026-03-29 02:30", "Europe/Berlin", "2026-03-29T01:30", "2026-03-29T01:30"),
        ("2026-03-08 02:30", "America/New_York", "2026-03-08T07:30", "2026-03-08T07:30"),
        ("2026-10-25 02:30", "Europe/Berlin", "2026-10-25T00:30", "2026-10-25T01:30"),
        ("2026-11-01 01:30", "America/New_York", "2026-11-01T05:30", "2026-11-01T06:30"),
        ("2026-11-01T01:30-05:00", "America/New_York", "2026-11-01T06:30", "2026-11-01T06:30"),
        ("2026-11-01T01:30-04:00", "America/New_York", "2026-11-01T05:30", "2026-11-01T05:30"),
        ("2026-04-24", "Africa/Cairo", "2026-04-23T22:00", "2026-04-24T21:00"),
    ],
)
def test_changing_clocks(words: str, zone: str, start: str, end: str) -> None:
    """A skipped time is the instant as far behind the change; of a doubled one, a range takes in both."""
    moment = read_moment(words, When(NOW, ZoneInfo(zone)))

    assert moment is not None
    assert moment.start == datetime.fromisoformat(start).replace(tzinfo=UTC)
    assert moment.end == datetime.fromisoformat(end).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "words", "year"),
    [("2027-01-05", "12/31", 2026), ("2027-01-05", "1月5日", 2027), ("2028-03-10", "2/29", 2028)],
)
def test_year_of_a_date(today: str, words: str, year: int) -> None:
    """A date without a year is the last such day that traces reach back to."""
    now = datetime.fromisoformat(f"{today}T12:00+00:00")
    moment = read_moment(words, When(now, ZoneInfo("UTC")))

    assert moment is not None
    assert moment.day.year == year
