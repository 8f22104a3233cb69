"""The body of a request that is let in: read within a time and a size, and unpacked where it is packed."""

import asyncio
import zlib

from aiohttp import web

from bot.connections import BODY_WITHIN

MAX_BODY = 256 * 1024
"""Bytes, unpacked; Teams itself stops at about a hundred thousand, and does not pack."""

_PACKED = frozenset({"gzip", "x-gzip", "deflate"})
_EITHER = zlib.MAX_WBITS | 32
"""zlib's word for: gzip or zlib, as the first bytes say."""


class BadBody(Exception):
    """There is no body to work: answer *status*."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_body(request: web.Request) -> bytes:
    """What *request* carries, unpacked. Raises: BadBody."""
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
    # Counted where aiohttp has unpacked it, as it does unless its runner is told not to.
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
    """Ask for the body where the client waits to be asked."""
    if request.headers.get("Expect", "").lower() == "100-continue":
        await request.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        # What counts as sent is the answer.
        request.writer.output_size = 0
