"""The rolling budget as a value."""

from datetime import UTC, datetime, timedelta

import pytest

from tracing.quota import LIMIT, ROLLING_WINDOW, wait

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ([], 0),
        ([0] * (LIMIT - 1), 0),
        ([0] * LIMIT, 300),
        ([100] * LIMIT, 200),
        ([300] * LIMIT, 0),
        ([299] * LIMIT, 1),
        ([250, *[10] * (LIMIT - 1)], 50),
        ([250, 200, *[10] * (LIMIT - 1)], 100),
        ([400] * 50 + [10] * (LIMIT - 1), 0),
    ],
)
def test_wait(ages: list[int], expected: int) -> None:
    """One more fits when fewer than LIMIT stand in the window; else once enough have left it."""
    stamps = [NOW - age * SECOND for age in ages]

    assert wait(stamps, NOW) == expected * SECOND
    assert wait(stamps[::-1], NOW) == expected * SECOND


def test_never_beyond_the_limit() -> None:
    """Whoever waits as told never has more than LIMIT requests in any window."""
    now, stamps = NOW, list[datetime]()
    for _ in range(3 * LIMIT):
        now += wait(stamps, now)
        stamps.append(now)

    for first, beyond in zip(stamps, stamps[LIMIT:], strict=False):
        assert beyond - first >= ROLLING_WINDOW
