"""How much one person may ask."""

from datetime import UTC, datetime, timedelta

from bot.limits import WINDOW, Limits, TooMany

NOW = datetime(2026, 10, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_so_many_a_minute() -> None:
    """So much within a minute is taken; of what is too much, each learns when the next is; then it is."""
    limits = Limits(most=3)
    taken = [limits.take("a", NOW + n * SECOND) for n in range(6)]

    assert taken == [None, None, None, *[TooMany(NOW + WINDOW, 3)] * 3]
    assert limits.take("b", NOW) is None
    assert limits.take("a", NOW + WINDOW - SECOND) == TooMany(NOW + WINDOW, 3)
    assert limits.take("a", NOW + WINDOW) is None
    assert limits.take("a", NOW + WINDOW) == TooMany(NOW + SECOND + WINDOW, 3)


def test_telling_is_bounded() -> None:
    """Of what is too much, as much is told in a minute as is taken; a minute later there is as much again."""
    limits = Limits(most=3)
    limits.take("a", NOW)

    assert [limits.tell("a", NOW) for _ in range(5)] == [True] * 3 + [False] * 2
    assert limits.tell("b", NOW)
    assert limits.tell("a", NOW + WINDOW)


def test_clock_set_back() -> None:
    """What was counted before the clock was set back keeps nobody out."""
    limits = Limits(most=1)
    limits.take("a", NOW + timedelta(hours=2))

    assert limits.take("a", NOW) is None


def test_many_people() -> None:
    """However many people write, only so many are remembered: the latest."""
    limits = Limits(most=1, people=10)
    for number in range(1_000):
        assert limits.take(f"person {number}", NOW) is None
        limits.take(f"person {number}", NOW)

    assert len(limits) == 10
    assert limits.take("person 999", NOW) is not None
