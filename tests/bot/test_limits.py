"""How much one person may ask."""

from datetime import UTC, datetime, timedelta

from bot.limits import WINDOW, Limits, Taken

NOW = datetime(2026, 10, 15, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_so_many_a_minute() -> None:
    """So much within a minute is taken; what is too much is said once; a minute later it is taken again."""
    limits = Limits(most=3)
    taken = [limits.take("a", NOW + n * SECOND) for n in range(6)]

    assert taken == [Taken.YES, Taken.YES, Taken.YES, Taken.SAY_NO, Taken.NO, Taken.NO]
    assert limits.take("b", NOW) is Taken.YES
    assert limits.take("a", NOW + WINDOW) is Taken.YES
    assert limits.take("a", NOW + WINDOW) is Taken.SAY_NO


def test_told_again() -> None:
    """Who goes on for longer than a minute is told again."""
    limits = Limits(most=1)
    taken = [limits.take("a", NOW + n * SECOND) for n in (0, 30, 59)]

    assert taken == [Taken.YES, Taken.SAY_NO, Taken.NO]
    assert limits.take("a", NOW + 61 * SECOND) is Taken.YES
    assert limits.take("a", NOW + 62 * SECOND) is Taken.SAY_NO


def test_told_for_as_long() -> None:
    """A limit that stays full is named once a minute."""
    limits = Limits(most=2)
    assert [limits.take("a", NOW + n * SECOND) for n in (0, 50)] == [Taken.YES, Taken.YES]
    assert limits.take("a", NOW + 51 * SECOND) is Taken.SAY_NO
    assert limits.take("a", NOW + 60 * SECOND) is Taken.YES


def test_many_people() -> None:
    """However many people write, only so many are remembered: the latest."""
    limits = Limits(most=1, people=10)
    for number in range(1_000):
        assert limits.take(f"person {number}", NOW) is Taken.YES
        limits.take(f"person {number}", NOW)

    assert len(limits) == 10
    assert limits.take("person 999", NOW) is Taken.NO
