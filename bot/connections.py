"""Limits for the server's connections: how many, how long each may take, and which is closed first.

aiohttp waits for a request without a limit and keeps reading after a refusal. Here a request has a deadline
and a size limit, a refused connection is closed, and connections without a token are closed to make room
for new ones.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

from bot.tally import Tally

HEAD_WITHIN = 10.0
"""Seconds for the headers, from the start of the connection or from the first byte of its next request."""
BODY_WITHIN = 10.0
"""Seconds for the body, from the end of the headers."""
TAKEN_WITHIN = 10.0
"""Seconds in which a client must begin to read the answer."""
IDLE = 3_630.0
"""Seconds that an idle connection is kept after a request with a token, unless its place is needed.

Longer than proxies keep theirs (Envoy: an hour); otherwise a request could meet a closing connection.
"""
LINGER = 2.0
"""Seconds that a client has to read a refusal sent in the middle of its body."""
MAX_HEAD = 128 * 1024
"""Bytes that may arrive before the request is handled: the headers and what follows at once."""
READ = 16 * 1024
"""Bytes parsed from one connection before another gets its turn."""
MOST = 1_000
"""Connections; fewer if the system gives fewer descriptors."""
RESERVE = 384
"""Descriptors kept for everything else: connections just accepted, the database, Graph, Teams, files."""
_LATE = 1.0
_EACH = 1.0

Address = IPv4Address | IPv6Address


def address_of(transport: asyncio.BaseTransport | None) -> Address | None:
    """The peer's address; IPv4 inside IPv6 becomes plain IPv4. None without a peer."""
    peer = transport.get_extra_info("peername") if transport is not None else None
    if not isinstance(peer, tuple):
        return None
    address = ip_address(str(peer[0]).partition("%")[0])
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def capacity(descriptors: int) -> int:
    """The number of connections allowed when the process may have *descriptors*."""
    return min(MOST, max(descriptors - RESERVE, descriptors // 2))


class Connection(asyncio.Protocol):
    """Sits between a transport and aiohttp; tracks what the connection waits for and since when."""

    def __init__(self, inner: asyncio.Protocol, owner: "Connections") -> None:
        self._inner = inner
        self._owner = owner
        self._transport: asyncio.Transport | None = None
        self._working = False
        self._head_bytes = 0
        self.address: Address | None = None
        self.head_since: float | None = None
        self.stalled_since: float | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self.address = address_of(transport)
        self.head_since = self._owner.time()
        if not self._owner.admit(self):
            transport.abort()
            return
        transport.max_size = READ  # type: ignore[attr-defined]
        self._inner.connection_made(transport)

    def data_received(self, data: bytes) -> None:
        if not self._working:
            if self.head_since is None:
                self.head_since = self._owner.time()
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD:
                self._owner.drop(self, "too large a head")
                return
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        self._owner.forget(self)
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self.stalled_since = self._owner.time()
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        self.stalled_since = None
        self._inner.resume_writing()

    def close(self) -> None:
        """Close it at once, even in the middle of a request."""
        assert self._transport is not None
        self._transport.abort()

    def asked(self) -> None:
        """Note that the headers of a request are complete."""
        self._working, self.head_since = True, None

    def trusted(self) -> None:
        """Note a valid token: the connection is not closed for another until it is answered."""
        self._owner.keep(self)

    def answered(self) -> None:
        """Note that the next request may come; the idle time is longer after a valid token."""
        self._working, self._head_bytes = False, 0
        self.head_since = None if self._owner.release(self) else self._owner.time()


class Connections:
    """All connections of one server: at most *most*, and at most half of them from one address.

    Loopback is exempt: a reverse proxy there carries everyone's requests.
    """

    def __init__(self, most: int, refused: Callable[[str], None]) -> None:
        self.time = asyncio.get_running_loop().time
        self.tally = Tally(logging.getLogger(__name__), "closed")
        self._most = most
        self._refused = refused
        # Each in the order in which connections are closed to make room.
        self._strangers: dict[Connection, None] = {}
        self._known: dict[Connection, None] = {}
        self._kept: dict[Connection, None] = {}
        self._peers: Counter[Address] = Counter()

    def __len__(self) -> int:
        return len(self._strangers) + len(self._known) + len(self._kept)

    def admit(self, connection: Connection) -> bool:
        """Whether *connection* may stay, after closing others to make room if needed."""
        address = connection.address
        if address is not None and not address.is_loopback and self._peers[address] >= self._most // 2:
            admitted = self._make_way(address)
        else:
            admitted = len(self) < self._most or self._make_way()
        if not admitted:
            self.count("too many connections")
            return False
        self._strangers[connection] = None
        if address is not None:
            self._peers[address] += 1
        return True

    def _make_way(self, address: Address | None = None) -> bool:
        """Close the connection that has longest shown no token, of *address* if given; False if none may be
        closed."""
        for waiting in (self._strangers, self._known):
            for one in waiting:
                if address is None or one.address == address:
                    self.drop(one, "made way")
                    return True
        return False

    def keep(self, connection: Connection) -> None:
        """Exclude *connection* from being closed to make room."""
        if connection in self._strangers or connection in self._known:
            self._strangers.pop(connection, None)
            self._known.pop(connection, None)
            self._kept[connection] = None

    def release(self, connection: Connection) -> bool:
        """Allow *connection* to be closed again, last in line; return whether it has shown a token.

        If its next request comes without one, it counts as a stranger's again.
        """
        if connection in self._kept:
            del self._kept[connection]
            self._known[connection] = None
            return True
        if connection in self._strangers or connection in self._known:
            self._strangers.pop(connection, None)
            self._known.pop(connection, None)
            self._strangers[connection] = None
        return False

    def drop(self, connection: Connection, why: str) -> None:
        """Close *connection* and count the reason *why*."""
        self.count(why)
        self.forget(connection)
        connection.close()

    def forget(self, connection: Connection) -> None:
        """Forget the closed *connection*."""
        for kind in (self._strangers, self._known, self._kept):
            if connection in kind:
                del kind[connection]
                self._leave(connection.address)

    def _leave(self, address: Address | None) -> None:
        if address is not None:
            self._peers[address] -= 1
            if not self._peers[address]:
                del self._peers[address]

    def count(self, why: str) -> None:
        """Count one more connection that was not served, in the log and the metrics."""
        self.tally.count(why)
        self._refused(why)

    def sweep(self, now: float) -> None:
        """Close the connections that are over their time."""
        for one in (*self._strangers, *self._known, *self._kept):
            if one.head_since is not None and now - one.head_since > HEAD_WITHIN:
                self.drop(one, "request too slow")
            elif one.stalled_since is not None and now - one.stalled_since > TAKEN_WITHIN:
                self.drop(one, "answer not taken")

    async def watch(self) -> None:
        """Close slow connections until cancelled."""
        while True:
            due = self.time() + _EACH
            await asyncio.sleep(_EACH)
            # While the loop was blocked, nothing was read: the sender was not slow.
            if self.time() - due < _LATE:
                self.sweep(self.time())
            self.tally.flush()

    def on_fault(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Handle the loop's errors: without descriptors, each attempt to accept a connection is one."""
        if "socket.accept() out of system resource" in context["message"]:
            self.count("no descriptors")
        else:
            loop.default_exception_handler(context)


class Malformed(logging.Filter):
    """Counts requests that are not HTTP instead of logging a traceback for each."""

    def __init__(self, count: Callable[[str], None]) -> None:
        super().__init__()
        self._count = count

    def filter(self, record: logging.LogRecord) -> bool:
        fault = record.exc_info[1] if record.exc_info else None
        if not isinstance(fault, HttpProcessingError | web.RequestPayloadError):
            return True
        self._count("malformed")
        return False


class Runner(web.AppRunner):
    """Runs an application on *connections*; bodies are unpacked only on demand."""

    def __init__(self, app: web.Application, connections: Connections, shutdown_timeout: float) -> None:
        self._connections = connections
        # An own logger: a filter on the shared one would affect other users of it.
        logger = logging.Logger("aiohttp.server")
        logger.parent = logging.getLogger("aiohttp")
        logger.addFilter(Malformed(connections.count))
        super().__init__(
            app,
            access_log=None,
            shutdown_timeout=shutdown_timeout,
            logger=logger,
            keepalive_timeout=IDLE,
            read_bufsize=MAX_HEAD // 2,
            auto_decompress=False,
        )

    @property
    def server(self) -> Any:
        """The factory of connection protocols, for a site."""
        made = super().server
        return None if made is None else lambda: Connection(made(), self._connections)


def connection_of(request: web.Request) -> Connection | None:
    """The connection of *request*; None without a `Runner` or once the client is gone."""
    found = request.transport.get_protocol() if request.transport is not None else None
    return found if isinstance(found, Connection) else None


@web.middleware
async def close_after_refusal(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Close the connection of a request that was refused or not read to its end, without reading on."""
    connection = connection_of(request)
    if connection is not None:
        connection.asked()
    try:
        try:
            response = await handler(request)
        except web.HTTPException as refusal:
            await _end(request, refusal)
            raise
        await _end(request, response)
        return response
    finally:
        if connection is not None:
            connection.answered()


async def _end(request: web.Request, response: web.StreamResponse) -> None:
    if response.status < 400 and request.content.is_eof():
        return
    response.force_close()
    if request.content.is_eof():
        return
    try:
        await response.prepare(request)
        await response.write_eof()
        # Closing with unread bytes would cut off the answer, so wait for the client; what arrives is not
        # parsed.
        async with asyncio.timeout(LINGER):
            await request.content.wait_eof()
    except (TimeoutError, OSError, web.RequestPayloadError):
        # Too slow, or gone: a client that leaves gets no answer and no log line.
        request.protocol.force_close()


async def not_invited(_request: web.Request) -> None:
    """Accept `Expect` for now: whether the body is wanted shows later."""
