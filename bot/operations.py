"""What whoever runs the process asks of it: is it alive, can it answer, what has it counted.

None of this is for the outside: what came through a proxy is told only that the process lives.
"""

from collections.abc import Callable
from typing import Protocol

from aiohttp import web

from bot.prometheus import CONTENT_TYPE, PrometheusMeters
from bot.readiness import Lagging, Readiness

_PROXIED = ("X-Forwarded-For", "Forwarded")


class Quota(Protocol):
    """Knows what may still be asked of Graph."""

    async def left(self) -> int: ...


class Operations:
    """`/readyz` and `/metrics`."""

    def __init__(
        self,
        readiness: Readiness,
        meters: PrometheusMeters,
        quota: Quota,
        running: Callable[[], int],
        heart: Lagging,
    ) -> None:
        self._readiness = readiness
        self._meters = meters
        self._quota = quota
        self._running = running
        self._heart = heart

    async def ready(self, request: web.Request) -> web.Response:
        """200 when people can be answered, else 503; either with what was looked at."""
        _refuse_strangers(request)
        parts = await self._readiness.look()
        ready = all(part == "ok" for part in parts.values())
        return web.json_response({"ready": ready, **parts}, status=200 if ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """Every count, for Prometheus."""
        _refuse_strangers(request)
        text = self._meters.expose(
            quota_left=await self._quota.left(),
            running=self._running(),
            lag=self._heart.lag.total_seconds(),
        )
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})


def _refuse_strangers(request: web.Request) -> None:
    if any(name in request.headers for name in _PROXIED):
        raise web.HTTPNotFound
