"""Health and metrics endpoints: liveness, readiness, counts.

A client from an address that is not allowed learns only that the process lives. Forwarding headers are
ignored: any client can write them.
"""

import math
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Network, IPv6Network

from aiohttp import web

from bot.connections import address_of
from bot.prometheus import CONTENT_TYPE, PrometheusMeters
from bot.readiness import Lagging, Readiness
from bot.store.database import DatabaseUnusable

Asked = Callable[[], Awaitable[int]]
"""What the database is asked for a number. Raises: DatabaseUnusable."""


class Operations:
    """`/readyz` and `/metrics`, for connections from *networks*."""

    def __init__(
        self,
        readiness: Readiness,
        meters: PrometheusMeters,
        quota_left: Asked,
        errands_due: Asked,
        running: Callable[[], int],
        heart: Lagging,
        networks: Sequence[IPv4Network | IPv6Network],
    ) -> None:
        self._networks = networks
        self._readiness = readiness
        self._meters = meters
        self._quota_left = quota_left
        self._errands_due = errands_due
        self._running = running
        self._heart = heart

    async def ready(self, request: web.Request) -> web.Response:
        """200 when people can be answered, else 503; either with what was looked at."""
        self._refuse_strangers(request)
        parts = await self._readiness.look()
        ready = all(part == "ok" for part in parts.values())
        return web.json_response({"ready": ready, **parts}, status=200 if ready else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        """Every count, for Prometheus."""
        self._refuse_strangers(request)
        text = self._meters.expose(
            quota_left=await _known(self._quota_left),
            errands_due=await _known(self._errands_due),
            running=self._running(),
            lag=self._heart.lag.total_seconds(),
        )
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    def _refuse_strangers(self, request: web.Request) -> None:
        address = address_of(request.transport)
        if address is None or not any(address in network for network in self._networks):
            raise web.HTTPNotFound


async def _known(ask: Asked) -> float:
    """What *ask* says, NaN while the database says nothing: the other counts matter then more than ever."""
    try:
        return await ask()
    except DatabaseUnusable:
        return math.nan
