"""The process as a server: a signal ends it when what it began has ended, a second one at once."""

import asyncio
import errno
import logging
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from datetime import timedelta
from types import FrameType
from typing import Any

from aiohttp import web

from bot.connections import Connections, Runner, capacity

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)
BACKLOG = 128
_NOT_THERE = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)

DESCRIPTORS = 4_096
"""Descriptors requested from the system; connections, files and databases share them."""


async def serve(
    app: web.Application, host: str, port: int, patience: timedelta, refused: Callable[[str], None]
) -> None:
    """Run *app* until a signal; running requests get *patience* to finish.

    *refused* is called with the reason when a connection is closed unserved.
    Raises: OSError: the port is not available; also what the start of *app* raises.
    """
    stopped = asyncio.Event()
    async with listening(app, host, port, patience, refused):
        _on_signals(asyncio.get_running_loop(), stopped.set)
        await stopped.wait()
        log.info("stopping, when what runs has ended; a second signal ends it at once")


@asynccontextmanager
async def listening(
    app: web.Application, host: str, port: int, patience: timedelta, refused: Callable[[str], None]
) -> AsyncIterator[Connections]:
    """Serve *app* on its port while the block runs. Raises as `serve` does."""
    connections = Connections(capacity(_descriptors()), refused)
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(connections.on_fault)
    runner = Runner(app, connections, patience.total_seconds())
    # Bind first: a second process finds the port in use before it has changed anything.
    sockets = await bind(host, port)
    watching = asyncio.create_task(connections.watch())
    try:
        await runner.setup()
        for one in sockets:
            await web.SockSite(runner, one).start()
        log.info("listening on http://%s:%s", host, port)
        yield connections
    finally:
        await runner.cleanup()
        watching.cancel()
        loop.set_exception_handler(None)
        for one in sockets:
            one.close()


async def bind(host: str, port: int) -> list[socket.socket]:
    """Sockets on every address of *host*; connections wait there until they are served. Raises: OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return listen(dict.fromkeys((family, address) for family, _, _, _, address in found))


def listen(addresses: Iterable[tuple[int, Any]]) -> list[socket.socket]:
    """Sockets that already listen, since two that are only bound may share a port.

    `localhost` may have an IPv6 address on a machine without IPv6: a missing address is skipped if another
    one works. Raises: OSError.
    """
    sockets: list[socket.socket] = []
    absent: OSError | None = None
    with ExitStack() as bound:
        for family, address in addresses:
            try:
                one = bound.enter_context(socket.create_server(address, family=family, backlog=BACKLOG))
            except OSError as error:
                if error.errno not in _NOT_THERE:
                    raise
                absent = error
                continue
            one.setblocking(False)
            sockets.append(one)
        if absent is not None and not sockets:
            raise absent
        bound.pop_all()
    return sockets


def _descriptors() -> int:
    """The number of descriptors the process may have, after asking for more."""
    try:
        import resource
    except ImportError:  # Windows, where sockets are not descriptors
        return DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(DESCRIPTORS, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return DESCRIPTORS if soft == resource.RLIM_INFINITY else soft


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
