"""A OneDrive to put files into: what OneDrive asks of an upload session, on loopback."""

import re
from dataclasses import dataclass, field

from aiohttp import web

UNIT = 320 * 1024
_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


@dataclass
class RecordingDrive:
    """Takes files in fragments, in order. `refusals` holds statuses to answer the next requests with.

    Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession
    """

    files: dict[str, bytearray] = field(default_factory=dict)
    whole: dict[str, bytes] = field(default_factory=dict)
    refusals: list[int] = field(default_factory=list)
    puts: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add_to(self, application: web.Application) -> None:
        application.router.add_put("/drive/{file}", self._put)
        application.router.add_get("/drive/{file}", self._tell)

    async def _put(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        self.puts.append(request.headers.get("Content-Range", ""))
        self.headers.append(dict(request.headers))
        data = await request.content.read()
        if self.refusals:
            status = self.refusals.pop(0)
            return web.Response(status=status, headers={"Location": str(request.url)})
        held = self.files.setdefault(name, bytearray())
        said = _RANGE.fullmatch(self.puts[-1])
        if said is None:
            self.faults.append(f"no range: {self.puts[-1]!r}")
            return web.Response(status=400)
        start, end, total = map(int, said.groups())
        if end - start + 1 != len(data) or (end + 1 < total and len(data) % UNIT):
            self.faults.append(f"a fragment of {len(data)} bytes as {said[0]}")
            return web.Response(status=400)
        if start != len(held):
            return web.Response(status=416)
        held += data
        if len(held) < total:
            return web.json_response({"nextExpectedRanges": [f"{len(held)}-"]}, status=202)
        self.whole[name] = bytes(held)
        return web.json_response({"id": "01ABC", "name": name}, status=201)

    async def _tell(self, request: web.Request) -> web.Response:
        held = self.files.get(request.match_info["file"], bytearray())
        return web.json_response({"nextExpectedRanges": [f"{len(held)}-"]})
