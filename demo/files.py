"""The files that people allow the bot to send, and where it puts them."""

import uuid
from dataclasses import dataclass, field

from aiohttp import helpers, web

FILES_KEPT = 20
FILE_BYTES = 8 * 1024 * 1024


@dataclass
class Upload:
    """A file a person allowed the bot to send; `content` is None until it comes."""

    name: str
    content: bytes | None = None


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
        upload = self._upload(request)
        content = await request.content.read(FILE_BYTES + 1)
        while chunk := await request.content.read(FILE_BYTES + 1):
            content += chunk
            if len(content) > FILE_BYTES:
                break
        if len(content) > FILE_BYTES:
            raise web.HTTPRequestEntityTooLarge(FILE_BYTES, len(content))
        upload.content = content
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


def add_files(app: web.Application, files: Files) -> None:
    app.router.add_put("/_files/{file}", files.take)
    app.router.add_get("/_files/{file}", files.give)
