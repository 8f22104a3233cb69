"""What every call of this room minds: where it may go, and how much of an answer it reads."""

import json
from ipaddress import ip_address

from aiohttp import ClientResponse
from yarl import URL


def parse_url(text: object) -> URL | None:
    """*text* as an address to be called, or None when it is none or says more than an address should.

    A user name before the host, a query and a fragment have no business in a base address.
    """
    if not isinstance(text, str):
        return None
    try:
        url = URL(text)
        if url.host is None or url.port is None:
            return None
    except ValueError:
        return None
    bare = url.user is None and url.password is None and not url.query_string and not url.fragment
    return url if bare else None


def is_loopback(url: URL) -> bool:
    """Whether *url* stays on this machine in plain http, as demonstrations and tests do."""
    if url.scheme != "http" or url.host is None:
        return False
    try:
        return url.host == "localhost" or ip_address(url.host).is_loopback
    except ValueError:
        return False


def is_safe(url: URL) -> bool:
    """Whether nobody on the way can read or change what goes to *url*."""
    return url.scheme == "https" or is_loopback(url)


def same_url(one: URL, other: URL) -> bool:
    """Whether both name the same base address; a trailing slash and the host's case say nothing."""
    return one.with_path(one.path.rstrip("/")) == other.with_path(other.path.rstrip("/"))


async def read_json(response: ClientResponse, limit: int) -> object:
    """The JSON in *response*; raises ValueError when it is none or has more than *limit* bytes."""
    body = bytearray()
    async for chunk in response.content.iter_any():
        body += chunk
        if len(body) > limit:
            raise ValueError(f"an answer of more than {limit} bytes")
    return json.loads(body)
