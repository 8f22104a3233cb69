"""How far this machine's clock is from Microsoft's, read off the answers that come anyway."""

from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime

import httpx

from tracing.model import Clock


class Skew:
    """The latest difference: positive where our clock is ahead, None before any answer."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.latest: timedelta | None = None

    async def note(self, response: httpx.Response) -> None:
        """Look at the Date of *response*; a hook of httpx."""
        try:
            date = parsedate_to_datetime(response.headers.get("Date", ""))
        except ValueError:
            return
        self.latest = self._clock.now() - (date if date.tzinfo else date.replace(tzinfo=UTC))
