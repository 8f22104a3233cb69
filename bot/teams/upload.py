"""Puts a file where Teams said its owner allows it: an upload session of OneDrive.

The address comes from a client and is a key in itself: it is called only where Microsoft keeps people's
files, without a token, and no redirect is followed.
Source: https://learn.microsoft.com/graph/api/driveitem-createuploadsession#upload-bytes-to-the-upload-session
"""

import re
from io import BytesIO

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from yarl import URL

from bot.teams.wire import is_loopback, read_json
from bot.turns import SendRefused

DRIVE_HOSTS = frozenset({"sharepoint.com"})
"""Where OneDrive for work lives, with the names below it:
https://learn.microsoft.com/microsoft-365/enterprise/urls-and-ip-address-ranges"""

TIMEOUT = ClientTimeout(total=60, connect=5)
MAX_ANSWER = 100_000
_RANGE = re.compile(r"(\d{1,15})-")


class OneDrive:
    """Meets `bot.turns.Drive`. *local*: to loopback alone, as demonstrations do; else to *hosts* alone."""

    def __init__(self, session: ClientSession, *, local: bool, hosts: frozenset[str] = DRIVE_HOSTS) -> None:
        self._session = session
        self._local = local
        self._hosts = hosts

    def accepts(self, upload_url: str) -> bool:
        """Whether anything may be sent there at all."""
        return self._read(upload_url) is not None

    async def put(self, upload_url: str, data: bytes, start: int, total: int) -> int:
        """Send *data*, the bytes of a file of *total* from *start* on; from where on it wants more.

        Sending the same bytes twice does no harm. Raises: SendRefused.
        """
        url = self._read(upload_url)
        if url is None:
            raise SendRefused(403, "UploadUrlNotAllowed")
        end = start + len(data)
        headers = {"Content-Range": f"bytes {start}-{end - 1}/{total}"}
        status, wanted = await self._call("PUT", url, headers, data)
        if status in (200, 201):
            return total
        if status == 202:
            return end if wanted is None else wanted
        if status == 416:
            # It has these bytes: an earlier answer was lost.
            status, wanted = await self._call("GET", url, {}, None)
            if status == 200 and wanted is not None and wanted > start:
                return wanted
        raise SendRefused(status, "UploadRefused")

    def _read(self, upload_url: str) -> URL | None:
        """*upload_url* if it may be called; its query holds the key and is left as it is."""
        try:
            url = URL(upload_url, encoded=True)
            if url.host is None or url.port is None or url.user or url.password or not url.raw_path:
                return None
        except ValueError:
            return None
        if self._local:
            return url if is_loopback(url) else None
        host = url.host.lower().rstrip(".")
        known = any(host == name or host.endswith(f".{name}") for name in self._hosts)
        return url if url.scheme == "https" and url.port == 443 and known else None

    async def _call(
        self, method: str, url: URL, headers: dict[str, str], data: bytes | None
    ) -> tuple[int, int | None]:
        """The answer's status, and from where on it expects bytes, where it says so."""
        body = None if data is None else BytesIO(data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                return response.status, await _wanted(response)
        except (ClientError, TimeoutError) as error:
            raise SendRefused(0, "Unreachable") from error


async def _wanted(response: ClientResponse) -> int | None:
    try:
        document = await read_json(response, MAX_ANSWER)
    except ValueError:
        return None
    ranges = document.get("nextExpectedRanges") if isinstance(document, dict) else None
    first = ranges[0] if isinstance(ranges, list) and ranges else None
    begun = _RANGE.match(first) if isinstance(first, str) else None
    return int(begun[1]) if begun else None
