"""Words of time mean the same wherever they are typed: in a command and in a sentence."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.moments import When
from bot.periods import read_period
from bot.sentences import read_sentence
from bot.time_words import DAYS_AGO
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import Between

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    ("words", "ago"),
    [
        ("2 hours ago", timedelta(hours=2)),
        ("two hours ago", timedelta(hours=2)),
        ("an hour ago", timedelta(hours=1)),
        ("thirty minutes ago", timedelta(minutes=30)),
        ("二時間前", timedelta(hours=2)),
        ("三十分前", timedelta(minutes=30)),
        ("四十五分ほど前", timedelta(minutes=45)),
    ],
)
def test_hours_ago_in_words(words: str, ago: timedelta) -> None:
    """A number of hours or minutes may be a word, in a command and in a sentence."""
    said = read_sentence(f"mail from suzuki@hoge.com {words}", WHEN)

    assert said is not None
    assert said.unused == ()
    assert said.query.period == read_period(words, WHEN) == Between(WHEN.now - ago)


@pytest.mark.parametrize("word", DAYS_AGO)
def test_named_day_is_of_the_calendar(word: str) -> None:
    """A day by its name is kept as it was said, so that it is another one tomorrow, wherever it was typed."""
    said = read_sentence(f"mail from suzuki@hoge.com {word}", WHEN)

    assert said is not None
    assert (
        said.query.period
        == read_period(word, WHEN)
        == Calendar(CalendarUnit.DAY, DAYS_AGO[word], "Asia/Tokyo")
    )
