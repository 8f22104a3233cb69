"""Hours of several watches, with late rows and changing states, within the tenant's real quota."""

from datetime import timedelta
from pathlib import Path

from demo.tenant import QUOTA
from tests.watch_day import run


async def test_hours_of_watches(tmp_path: Path) -> None:
    """Every failure becomes known once to each watch that looks for it, and the quota is never exceeded."""
    figures = await run(tmp_path / "day.sqlite3", watches=6, mails=24, length=timedelta(hours=2))

    assert figures.rows
    assert (figures.lost, figures.twice, figures.refused) == (0, 0, 0)
    assert figures.busiest <= QUOTA
    assert figures.starts
