"""Connections that never come to anything: they end, they keep nobody out, and they fill no log."""

import asyncio
import resource
import socket
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.connections import HEAD_WITHIN
from tests.attack.server import HOST, Server, head, serving
from tests.test_app import SOON

HALF_OPEN = 1_100
DESCRIPTORS = 1_024
PATIENCE = HEAD_WITHIN + SOON
"""Seconds; what is to end after ten has ended by then, however busy the machine is."""


@pytest.fixture
def many_descriptors() -> Iterator[None]:
    """Enough of them on this side."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (before[1], before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


HEALTHY = head("GET /healthz")
BEGUN = {
    "nothing": b"",
    "half a line": b"POST /api/mess",
    "no end of the line": b"GET /" + b"x" * 4_000,
    "half a header": b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Long: ",
    "no end of the headers": b"GET /healthz HTTP/1.1\r\nHost: x\r\n",
    "half of the next one": HEALTHY + b"GET /heal",
    "no end after an upgrade": b"GET /healthz HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\n",
}


async def until_closed(server: Server, first: bytes, drip: bytes = b"") -> bytes:
    """What is answered to *first*, with a *drip* each half second, until the server has had enough."""
    reader, writer = await server.open()
    writer.write(first)

    async def dripping() -> None:
        while drip:
            await asyncio.sleep(0.5)
            writer.write(drip)

    slowly = asyncio.create_task(dripping())
    try:
        async with asyncio.timeout(PATIENCE):
            return await reader.read()
    except ConnectionError:
        return b""
    finally:
        slowly.cancel()
        writer.close()


async def test_slow_ones_end(tmp_path: Path) -> None:
    """Whoever stops in the middle of a request, or goes on by a byte now and then, is not waited for."""
    async with serving(tmp_path) as server:
        body = head("POST /api/messages", Authorization=server.bearer, Content_Length="5000") + b"{"
        chunks = head("POST /api/messages", Authorization=server.bearer, Transfer_Encoding="chunked")
        answers = await asyncio.gather(
            *(until_closed(server, first) for first in BEGUN.values()),
            until_closed(server, BEGUN["half a line"], b"x"),
            until_closed(server, BEGUN["half a header"], b"x"),
            until_closed(server, BEGUN["no end of the headers"], b"X-A: b\r\n"),
            until_closed(server, body),
            until_closed(server, body, b" "),
            until_closed(server, chunks, b"1\r\n \r\n"),
        )
        log = server.log

    assert [said[:12] for said in answers[-3:]] == [b"HTTP/1.1 408"] * 3
    assert answers[list(BEGUN).index("half of the next one")].startswith(b"HTTP/1.1 200")
    assert log.count("request too slow") == 1


@pytest.mark.usefixtures("many_descriptors")
async def test_nobody_is_locked_out(tmp_path: Path) -> None:
    """With more of them half open than there are descriptors, people are served, and the log is short."""
    async with serving(tmp_path, DESCRIPTORS) as server:
        held = []
        for _ in range(HALF_OPEN):
            held.append(await server.open())
            held[-1][1].write(BEGUN["half a line"])
        alive = [await server.alive() for _ in range(10)]
        lines = len(server.log.splitlines())
        for _, writer in held:
            writer.close()

    assert all(alive)
    assert lines < 20


MALFORMED = (
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\n: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\nzz\r\n",
    b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: x\r\n" % n for n in range(1_000)) + b"\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: %b\r\n" % (b"x" * 7_000) * 100 + b"\r\n",
    HEALTHY + b"\x00\x01garbage\r\n\r\n",
)


async def test_malformed_is_counted(tmp_path: Path) -> None:
    """What is no HTTP fills no log, however much of it comes: a line with a count, and no traceback."""
    async with serving(tmp_path) as server:
        for _ in range(20):
            await asyncio.gather(*(until_closed(server, one) for one in MALFORMED))
        alive = await server.alive()
        lines, log = len(server.log.splitlines()), server.log

    assert alive
    assert lines < 10
    assert "malformed" in log
    assert "raceback" not in log


async def test_strangers_fill_no_log(tmp_path: Path) -> None:
    """Whoever is refused at the door as often as they like is a line a minute, not one each."""
    async with serving(tmp_path) as server:
        for _ in range(20):
            await asyncio.gather(
                *(until_closed(server, head("POST /api/messages", Content_Length="0")) for _ in range(10))
            )
        log = server.log

    assert log.count("refused at the door") == 1


RESET = struct.pack("ii", 1, 0)
"""`SO_LINGER` of a socket that is closed without a word, and takes all with it that is on its way."""


async def test_whoever_leaves_fills_no_log(tmp_path: Path) -> None:
    """A connection that is cut in the middle of a body, at any moment of its refusal, is no fault of ours."""

    async def cut(server: Server, first: bytes, after: float) -> None:
        _, writer = await server.open()
        writer.write(first)
        await writer.drain()
        await asyncio.sleep(after)
        writer.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        writer.transport.abort()

    async with serving(tmp_path) as server:
        known = {"Authorization": server.bearer}
        begun = (
            head("POST /api/messages", Content_Length="500") + b"x",
            head("POST /nowhere", Content_Length="500") + b"x",
            head("POST /api/messages", **known, Content_Length="500") + b"x",
            head("POST /api/messages", **known, Content_Length="500", Expect="100-continue"),
            head("POST /api/messages", **known, Transfer_Encoding="chunked") + b"5\r\nab",
            head("POST /api/messages", **known, Content_Length="500", Content_Encoding="br") + b"x",
        )
        for first in begun:
            await asyncio.gather(*(cut(server, first, pause / 1_000) for pause in (0, 0, 0, 1, 2, 5, 10)))
        alive = await server.alive()
        log = server.log

    assert alive
    assert "raceback" not in log


async def test_answers_nobody_takes(tmp_path: Path) -> None:
    """Whoever asks and asks and reads nothing is cut off."""
    async with serving(tmp_path) as server:
        deaf = socket.socket()
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        deaf.setblocking(False)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(deaf, (HOST, server.port))
        cut_off = False
        async with asyncio.timeout(PATIENCE):
            while not cut_off:
                try:
                    await loop.sock_sendall(deaf, HEALTHY * 100)
                except ConnectionError:
                    cut_off = True
        deaf.close()
        alive = await server.alive()

    assert alive
