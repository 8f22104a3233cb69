"""The process as a server: a signal ends it when what it began has ended, a second one at once."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from aiohttp import web

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)


async def serve(app: web.Application, host: str, port: int, patience: timedelta) -> None:
    """Run *app* until a signal; requests that have begun may take *patience* to end.

    Raises: OSError: nobody can listen there; whatever the start of *app* raises.
    """
    stopped = asyncio.Event()
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=patience.total_seconds())
    await runner.setup()
    try:
        _on_signals(asyncio.get_running_loop(), stopped.set)
        await web.TCPSite(runner, host, port).start()
        log.info("listening on http://%s:%s", host, port)
        await stopped.wait()
        log.info("stopping, when what runs has ended; a second signal ends it at once")
    finally:
        await runner.cleanup()


def end_at_once() -> None:
    """Have a signal end the process without a word, and with the code that a shell would show.

    All that is kept survives that as it survives a kill. Cutting off the clean-up instead, by an exception
    out of the loop, leaves threads of database drivers reporting to a loop that is closed. The system's own
    way would do, but for containers: their first process is spared it.
    """
    for number in SIGNALS:
        signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    os._exit(128 + number)


def _on_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], object]) -> None:
    """Call *stop* at the first signal; the second ends the process."""

    def received(_number: int, _frame: FrameType | None) -> None:
        end_at_once()
        loop.call_soon_threadsafe(stop)

    for number in SIGNALS:
        signal.signal(number, received)
