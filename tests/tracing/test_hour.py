"""Many people, reports and one budget on a virtual clock; `bench/hour.py` prints a whole hour's figures."""

from bench.hour import live
from tracing.quota import ROLLING_WINDOW


async def test_nobody_starves() -> None:
    """More is asked than the budget bears: the tenant never refuses, everybody is answered within a few
    windows of the quota, and the background goes on meanwhile."""
    hour = await live(people=40, questions=3, length=2 * ROLLING_WINDOW, reports=1)

    assert hour.told_later > 0
    assert hour.refused == 0
    assert len(hour.waits) >= 120
    assert max(hour.waits) < 4 * ROLLING_WINDOW
    assert hour.background > 0
