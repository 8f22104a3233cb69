"""The rolling budget of requests, as a value.

Graph takes 100 requests in any five minutes for a whole tenant, lists and details together, and every other
tool there spends from the same purse; so we plan fewer.
Source: https://learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

ROLLING_WINDOW = timedelta(minutes=5)
LIMIT = 90


def wait(stamps: Sequence[datetime], now: datetime) -> timedelta:
    """How long until one more request fits beside those made at *stamps*; zero when it fits now."""
    recent = sorted(stamp for stamp in stamps if stamp > now - ROLLING_WINDOW)
    if len(recent) < LIMIT:
        return timedelta(0)
    return recent[len(recent) - LIMIT] + ROLLING_WINDOW - now


class Budget(Protocol):
    """The purse all processes of an installation share."""

    async def take(self) -> timedelta:
        """Spend one request and return zero, or spend nothing and return how long to wait."""
