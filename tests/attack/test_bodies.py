"""What strangers send is not read: they are refused at its head, whatever follows, and shut out."""

import asyncio
import gzip
import json
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.server import SERVICE_URL, Server, exchange, head, serving
from tests.samples import activity

ENDLESS = 48 * 1024 * 1024
"""Bytes; more than the buffers between two sockets hold."""
BOMB = zlib.compress(bytes(256 * 1024 * 1024), level=9)
REQUESTS = (
    "POST /api/messages",
    "GET /api/messages",
    "POST /healthz",
    "GET /healthz",
    "GET /metrics",
    "PUT /readyz",
    "POST /",
    "DELETE /graph/v1.0/users",
    "OPTIONS *",
)


def endless(part: bytes) -> Iterator[bytes]:
    while True:
        yield part


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%b\r\n" % (len(content), content)


def packed(size: int) -> bytes:
    return gzip.compress(bytes(size))


FRAMINGS: dict[str, tuple[dict[str, str], bytes]] = {
    "a long body": ({"Content_Length": str(10**12)}, bytes(65_536)),
    "chunks without end": ({"Transfer_Encoding": "chunked"}, chunk(bytes(65_000))),
    "a byte a chunk": ({"Transfer_Encoding": "chunked"}, chunk(b" ") * 10_000),
    "a chunk without end": ({"Transfer_Encoding": "chunked"}, b"f" * 15 + b"\r\n" + bytes(65_536)),
    "packed": ({"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}, chunk(packed(2**26))),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("strangers")


@pytest.mark.parametrize("framing", FRAMINGS)
async def test_nothing_is_read_on(tmp_path: Path, framing: str) -> None:
    """On every route a body that does not end is not taken: the answer comes, the connection is closed."""
    headers, part = FRAMINGS[framing]
    async with serving(tmp_path) as server:
        heads = [head(one, **headers) for one in REQUESTS]
        heads.append(head("POST /api/messages", Authorization="Bearer e30.e30.e30", **headers))
        answers = await asyncio.gather(*(exchange(server, one, endless(part), ENDLESS) for one in heads))
        log = server.log

    assert [said[:9] for said, _ in answers] == [b"HTTP/1.1 "] * len(heads)
    assert answers[-1][0].startswith(b"HTTP/1.1 401 ")
    assert max(taken for _, taken in answers) < ENDLESS
    assert "Traceback" not in log


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_nothing_is_unpacked(tmp_path: Path, encoding: str) -> None:
    """Bodies that would unpack to gigabytes cost less than to unpack one of their 64 parts would."""
    bomb = BOMB if encoding == "deflate" else gzip.compress(bytes(256 * 1024 * 1024), 9)
    begun = time.process_time()
    zlib.decompress(bomb, wbits=zlib.MAX_WBITS | 32)
    one = time.process_time() - begun
    async with serving(tmp_path) as server:
        await exchange(server, head("GET /"))
        before = server.spent
        framed = {"Content_Length": str(len(bomb) * 16), "Content_Encoding": encoding}
        await asyncio.gather(
            *(
                exchange(server, head(one, **framed), [bomb] * 16, ENDLESS)
                for one in ("POST /api/messages", "POST /healthz", "POST /nowhere", "GET /healthz")
            )
        )
        spent = server.spent - before

    assert spent < max(one, 0.5)


@pytest.mark.parametrize("request_line", ["POST /api/messages", "GET /healthz"])
async def test_nobody_is_invited(tmp_path: Path, request_line: str) -> None:
    """A stranger who asks whether to go on is told no, not to."""
    async with serving(tmp_path) as server:
        said, _ = await exchange(server, head(request_line, Expect="100-continue", Content_Length="1000"))

    assert b" 100 " not in said
    assert said.startswith((b"HTTP/1.1 401 ", b"HTTP/1.1 200 "))


def signed(server: Server, body: bytes, **headers: str) -> bytes:
    length = {"Content_Length": str(len(body))} | headers
    return head("POST /api/messages", Authorization=server.bearer, Connection="close", **length) + body


def harmless() -> bytes:
    """An activity that is taken and asks for nothing."""
    return json.dumps(activity("conversationUpdate_channelRenamed__channel", serviceUrl=SERVICE_URL)).encode()


GARBAGE: dict[str, tuple[bytes, dict[str, str], bytes]] = {
    "no gzip": (b"garbage", {"Content_Encoding": "gzip"}, b"400"),
    "half a gzip": (gzip.compress(bytes(9_999))[:20], {"Content_Encoding": "gzip"}, b"400"),
    "more behind it": (gzip.compress(b"{}") + b"more", {"Content_Encoding": "gzip"}, b"400"),
    "no deflate": (b"\xff" * 40, {"Content_Encoding": "deflate"}, b"400"),
    "nothing": (b"", {"Content_Encoding": "gzip"}, b"400"),
    "a bomb": (gzip.compress(bytes(2**27)), {"Content_Encoding": "gzip"}, b"413"),
    "brotli": (b"\x0b\x02\x80{}\x03", {"Content_Encoding": "br"}, b"415"),
    "zstandard": (b"\x28\xb5\x2f\xfd", {"Content_Encoding": "zstd"}, b"415"),
    "packed twice": (gzip.compress(gzip.compress(b"{}")), {"Content_Encoding": "gzip, gzip"}, b"415"),
    "nonsense": (b"{}", {"Content_Encoding": "nonsense"}, b"415"),
    "too long": (b"{}", {"Content_Length": str(2**40)}, b"413"),
    "no chunks": (b"zz\r\n", {"Content_Length": "", "Transfer_Encoding": "chunked"}, b"400"),
    "half a chunk": (b"5\r\nab", {"Content_Length": "", "Transfer_Encoding": "chunked"}, b"408"),
    "shorter than said": (b"{}", {"Content_Length": "50"}, b"408"),
}


async def test_signed_garbage(tmp_path: Path) -> None:
    """Garbage with a token that counts is told what it is, without a traceback; the next one is served."""
    async with serving(tmp_path) as server:
        requests = [
            signed(server, body, **headers).replace(b"Content-Length: \r\n", b"")
            for body, headers, _ in GARBAGE.values()
        ]
        answers = await asyncio.gather(*(exchange(server, one) for one in requests))
        plain, _ = await exchange(server, signed(server, harmless()))
        compressed, _ = await exchange(
            server, signed(server, gzip.compress(harmless()), Content_Encoding="gzip")
        )
        log = server.log

    statuses = {name: said[9:12] for name, (said, _) in zip(GARBAGE, answers, strict=True)}
    assert statuses == {name: status for name, (_, _, status) in GARBAGE.items()}
    assert plain.startswith(b"HTTP/1.1 200 ")
    assert compressed.startswith(b"HTTP/1.1 200 ")
    assert "Traceback" not in log
    assert "traceback" not in log
