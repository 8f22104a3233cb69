"""The files that people allow the bot to send, and where it puts them."""

import re
import uuid
from dataclasses import dataclass, field

from aiohttp import helpers, web

FILES_KEPT = 20
FILE_BYTES = 64 * 1024 * 1024
FRAGMENT_UNIT = 320 * 1024
"""https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session"""

_RANGE = re.compile(r"bytes (\d{1,12})-(\d{1,12})/(\d{1,12})")


@dataclass
class Upload:
    """A file a person allowed the bot to send; `content` is None until it is there, `part` the start."""

    name: str
    content: bytes | None = None
    part: bytearray = field(default_factory=bytearray)


@dataclass
class Files:
    """What was allowed, by an unguessable id; the oldest go."""

    _uploads: dict[str, Upload] = field(default_factory=dict)

    def allow(self, name: str) -> str:
        """Room for a file called *name*; its id."""
        file_id = uuid.uuid4().hex
        self._uploads[file_id] = Upload(name)
        while len(self._uploads) > FILES_KEPT:
            del self._uploads[next(iter(self._uploads))]
        return file_id

    async def take(self, request: web.Request) -> web.Response:
        """The file, whole or a fragment of it: in order, each but the last of so many units."""
        upload = self._upload(request)
        said = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
        first, last, total = map(int, said.groups()) if said else (0, -1, 0)
        if total > FILE_BYTES:
            raise web.HTTPRequestEntityTooLarge(FILE_BYTES, total)
        content = await _read(request)
        if said is None:
            upload.content = content
            return web.json_response({"name": upload.name}, status=201)
        if last - first + 1 != len(content) or (last + 1 < total and len(content) % FRAGMENT_UNIT):
            raise web.HTTPBadRequest
        if first != len(upload.part):
            raise web.HTTPRequestRangeNotSatisfiable
        upload.part += content
        if len(upload.part) < total:
            return web.json_response({"nextExpectedRanges": [f"{len(upload.part)}-"]}, status=202)
        upload.content, upload.part = bytes(upload.part), bytearray()
        return web.json_response({"name": upload.name}, status=201)

    async def give(self, request: web.Request) -> web.Response:
        upload = self._upload(request)
        if upload.content is None:
            raise web.HTTPNotFound
        response = web.Response(body=upload.content, content_type="application/octet-stream")
        disposition = helpers.content_disposition_header("attachment", filename=upload.name)
        response.headers["Content-Disposition"] = disposition
        return response

    def _upload(self, request: web.Request) -> Upload:
        upload = self._uploads.get(request.match_info["file"])
        if upload is None:
            raise web.HTTPNotFound
        return upload


async def _read(request: web.Request) -> bytes:
    content = bytearray()
    async for chunk in request.content.iter_any():
        content += chunk
        if len(content) > FILE_BYTES:
            raise web.HTTPRequestEntityTooLarge(FILE_BYTES, len(content))
    return bytes(content)


def add_files(app: web.Application, files: Files) -> None:
    app.router.add_put("/_files/{file}", files.take)
    app.router.add_get("/_files/{file}", files.give)
