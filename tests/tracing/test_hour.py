"""Many people, reports and one budget on a virtual clock; `bench/hour.py` prints a whole hour's figures."""

from bench.hour import live
from tracing.quota import PATIENCE, ROLLING_WINDOW


async def test_nobody_starves() -> None:
    """More is asked than the budget bears: the tenant never refuses, everybody is answered within a few
    windows of the quota, and the background goes on meanwhile."""
    hour = await live(people=40, questions=3, length=2 * ROLLING_WINDOW, reports=1)

    assert hour.told_later > 0
    assert hour.refused == 0
    assert len(hour.waits) >= 120
    assert max(hour.waits) < 4 * ROLLING_WINDOW
    assert hour.background > 0


async def test_the_help_desk_hardly_waits() -> None:
    """Many more employees ask than their share bears: who is of the help desk goes on as if they did not."""
    hour = await live(people=60, questions=2, length=2 * ROLLING_WINDOW, reports=1, helpdesk=0.1)

    assert len(hour.helpdesk) >= 12
    assert sorted(hour.helpdesk)[int(len(hour.helpdesk) * 0.9) - 1] <= PATIENCE
    assert max(hour.employees) < 12 * ROLLING_WINDOW
