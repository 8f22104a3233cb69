"""The machine's clock."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """Meets `tracing.model.Clock`."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
