"""Read the body of an accepted request within a time and a size, unpacking it if compressed."""

import asyncio
import zlib

from aiohttp import web

from bot.connections import BODY_WITHIN

MAX_BODY = 256 * 1024
"""Bytes after unpacking; Teams stops at about a hundred thousand and does not compress."""

_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_EITHER = zlib.MAX_WBITS | 32
"""zlib's flag for gzip or zlib, detected from the first bytes."""


class BadBody(Exception):
    """No usable body: answer *status*."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_body(request: web.Request) -> bytes:
    """The unpacked body of *request*. Raises: BadBody."""
    encodings = request.headers.getall("Content-Encoding", [])
    encoding = ",".join(encodings).strip().lower()
    if encoding not in _PACKED | {"", "identity"}:
        raise BadBody(415)
    if (request.content_length or 0) > MAX_BODY:
        raise BadBody(413)
    try:
        async with asyncio.timeout(BODY_WITHIN):
            await _invite(request)
            body = await request.read()
    except TimeoutError:
        raise BadBody(408) from None
    except web.HTTPRequestEntityTooLarge:
        raise BadBody(413) from None
    except (web.RequestPayloadError, ConnectionError):
        raise BadBody(400) from None
    # Counts bytes that aiohttp unpacked; it does so unless its runner is told not to.
    if body and encoding in _PACKED and request.content.total_compressed_bytes is None:
        return _unpacked(body)
    return body


def _unpacked(body: bytes) -> bytes:
    """Raises: BadBody."""
    unpacking = zlib.decompressobj(_EITHER)
    try:
        found = unpacking.decompress(body, MAX_BODY + 1)
    except zlib.error:
        raise BadBody(400) from None
    if len(found) > MAX_BODY:
        raise BadBody(413)
    if not unpacking.eof or unpacking.unused_data:
        raise BadBody(400)
    return found


async def _invite(request: web.Request) -> None:
    """Send 100 Continue if the client waits for it."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # aiohttp counts it as sent once the answer begins.
        request.writer.output_size = 0
