"""The keys that Bot Framework signs with: fetched, kept, and fetched again when a new one shows up.

Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import ClientError, ClientSession, ClientTimeout
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWTError
from jwt.algorithms import RSAAlgorithm
from yarl import URL

from bot.teams.wire import is_loopback, is_safe, parse_url, read_json
from tracing.age import Instant, instant, is_over
from tracing.model import Clock

METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
"""https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication"""

LIFETIME = timedelta(hours=24)
"""The same page: do not cache the metadata for more than a day."""

MIN_INTERVAL = timedelta(seconds=10)
"""Between two fetches: a stranger who invents key ids must not make us knock at Microsoft's door."""

MAX_BYTES = 1_000_000
MIN_KEY_BITS = 2048
TIMEOUT = ClientTimeout(total=10, connect=5)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Key:
    """A public key, and the channels it may speak for."""

    public_key: RSAPublicKey
    endorsements: frozenset[str]


class Keys:
    """Bot Framework's keys by their id (`kid`)."""

    def __init__(self, session: ClientSession, clock: Clock, metadata_url: str = METADATA_URL) -> None:
        """Raises ValueError unless *metadata_url* is https, or plain http on loopback."""
        url = parse_url(metadata_url)
        if url is None or not is_safe(url):
            raise ValueError(f"the OpenID metadata must be fetched over https: {metadata_url}")
        self._url = url
        self._session = session
        self._clock = clock
        self._keys: Mapping[str, Key] = {}
        self._fetched: Instant | None = None
        self._tried: float | None = None
        self._flight: asyncio.Task[None] | None = None

    async def find(self, kid: str) -> Key | None:
        """The key called *kid*; an unknown one is looked for at the source, at most every ten seconds.

        A known key is answered at once, whatever its age: an outage of the metadata must not close the door.
        """
        key = self._keys.get(kid)
        if key is None:
            if (flight := self._refresh()) is not None:
                await asyncio.shield(flight)
            return self._keys.get(kid)
        if self._fetched is not None and is_over(self._fetched, instant(self._clock), LIFETIME):
            self._refresh()
        return key

    async def close(self) -> None:
        """End the fetch that may be under way."""
        if self._flight is not None:
            self._flight.cancel()
            await asyncio.gather(self._flight, return_exceptions=True)

    def _refresh(self) -> asyncio.Task[None] | None:
        """The fetch under way, else a new one, else None when the last began just now."""
        if self._flight is not None and not self._flight.done():
            return self._flight
        now = self._clock.monotonic()
        if self._tried is not None and now - self._tried < MIN_INTERVAL.total_seconds():
            return None
        self._tried = now
        self._flight = asyncio.create_task(self._fetch(), name="openid keys")
        return self._flight

    async def _fetch(self) -> None:
        try:
            document = await self._get(self._url)
            address = parse_url(document.get("jwks_uri"))
            if address is None or not self._may_follow(address):
                raise ValueError("jwks_uri is missing or not safe")
            keys = decode_keys(await self._get(address))
            if not keys:
                raise ValueError("no usable key")
        except (ClientError, TimeoutError, ValueError) as error:
            log.warning(
                "OpenID keys not fetched, %d kept: %s: %s", len(self._keys), type(error).__name__, error
            )
            return
        self._keys = keys
        self._fetched = instant(self._clock)

    def _may_follow(self, address: URL) -> bool:
        # A document from the internet has no business naming a port of this machine.
        return is_safe(address) and (not is_loopback(address) or is_loopback(self._url))

    async def _get(self, url: URL) -> Mapping[str, object]:
        async with self._session.get(url, timeout=TIMEOUT, allow_redirects=False) as response:
            if response.status != 200:
                raise ValueError(f"{response.status} from {url}")
            document = await read_json(response, MAX_BYTES)
        if not isinstance(document, dict):
            raise ValueError(f"no object from {url}")
        return document


def decode_keys(document: Mapping[str, object]) -> dict[str, Key]:
    """The RSA signing keys of a JWKS by their id; whatever else stands in it is left out."""
    entries = document.get("keys")
    keys: dict[str, Key] = {}
    for entry in entries if isinstance(entries, list) else ():
        if isinstance(entry, dict) and isinstance(kid := entry.get("kid"), str):
            key = _decode_key(entry)
            if key is not None:
                keys[kid] = key
    return keys


def _decode_key(entry: Mapping[str, object]) -> Key | None:
    if entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig":
        return None
    try:
        public_key = RSAAlgorithm.from_jwk(dict(entry))
    except (PyJWTError, ValueError, TypeError, KeyError):
        return None
    if not isinstance(public_key, RSAPublicKey) or public_key.key_size < MIN_KEY_BITS:
        return None
    endorsements = entry.get("endorsements")
    names = endorsements if isinstance(endorsements, list) else ()
    return Key(public_key, frozenset(name for name in names if isinstance(name, str)))
