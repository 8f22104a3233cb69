"""Values of an environment, read one by one; what is expected instead of a faulty one is kept by its name."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from bot.tickets import MAX_FREE, MAX_PATTERN, is_pattern

GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
MANAGED = "userassignedmsi"
_APP_TYPES = ("singletenant", MANAGED)
_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
"""The names under which databases are offered → the drivers that are installed here."""
_NUMBER = re.compile(r"[0-9]{1,9}")
_SHARED = re.compile(rf"[^\s@,=<>*?]{{1,64}}@[a-z0-9][a-z0-9.-]{{1,252}}={GUID.pattern}", re.IGNORECASE)
_PORT = re.compile(r"[0-9]{1,5}")
_PAGE = re.compile(r"https://[^\s/?#@:]+(:\d{1,5})?([/?#]\S*)?", re.IGNORECASE)
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")
_PREFIXES = ("TRACE_", "MICROSOFTAPP")
_LINK = "_SERVICE_HOST"
"""Kubernetes sets such names for every service, also for one called “trace”, with its ports:
https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables"""
_SHORT = 5
"""HOST, PORT and similar names belong to other programs too."""
_LIKE, _MISTYPED, _SHORT_MISTYPED = 0.6, 0.9, 0.75
"""The least similarity (difflib's ratio) at which a name counts as a misspelt setting."""
_PEM_PARTS = ("-----BEGIN CERTIFICATE-----", "PRIVATE KEY-----")


def is_loopback(host: str) -> bool:
    """Whether *host*, a name or an address, is this machine for certain."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Environment:
    """Reads values one by one and keeps what is expected instead of a faulty one, which reads as absent."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.faults: dict[str, str] = {}
        self._asked: set[str] = set()

    def text(self, name: str) -> str | None:
        self._asked.add(name)
        return self._environment.get(name, "").strip() or None

    def misspelt(self, own: Collection[str]) -> Iterator[tuple[str, str]]:
        """Names with a value that no setting reads and that look like ours, each with the nearest setting.

        These are names with our prefix, names similar to ours, and in *own* also those similar to a short
        setting. The nearest is "" if there is none. Call it after every setting was read.
        """
        known = {name.upper(): name for name in sorted(self._asked)}
        distinct = [name for name in known if len(name) > _SHORT]
        short = [name for name in known if len(name) <= _SHORT]
        linked = tuple(
            f"{name.removesuffix(_LINK)}{part}"
            for name in self._environment
            if name.endswith(_LINK)
            for part in ("_SERVICE_", "_PORT")
        )
        for name in sorted(self._environment.keys() - self._asked):
            if not self._environment[name].strip() or name.startswith(linked):
                continue
            # Full-width letters from a Japanese keyboard look the same.
            plain = unicodedata.normalize("NFKC", name).strip().upper()
            ours = name.startswith("Microsoft") or plain.startswith(_PREFIXES)
            near = get_close_matches(plain, distinct, 1, _LIKE if ours else _MISTYPED)
            if name in own and not near:
                near = get_close_matches(plain, short, 1, _SHORT_MISTYPED)
            if ours or near:
                yield name, known[near[0]] if near else ""

    def _checked(self, name: str, valid: Callable[[str], object], expected: str) -> str | None:
        value = self.text(name)
        if value is not None and not valid(value):
            self.faults[name] = expected
            return None
        return value

    def guid(self, name: str) -> str | None:
        value = self._checked(name, GUID.fullmatch, "an id such as 00000000-0000-0000-0000-000000000000")
        return value.lower() if value else None

    def app_type(self, name: str) -> str:
        expected = "SingleTenant or UserAssignedMSI; multi-tenant bots can no longer be made"
        return (self._checked(name, lambda v: v.lower() in _APP_TYPES, expected) or "singletenant").lower()

    def port(self, name: str, default: int) -> int:
        value = self._checked(name, lambda v: _PORT.fullmatch(v) and 0 < int(v) < 65536, "a port, 1 to 65535")
        return int(value) if value else default

    def url(self, name: str, default: str, *, loopback_http: bool = True) -> str:
        def valid(value: str) -> bool:
            try:
                parts = urlsplit(value)
                host, _ = parts.hostname, parts.port
            except ValueError:
                return False
            plain = parts.scheme == "http" and loopback_http and is_loopback(host or "")
            # urlsplit drops line breaks without a word, and takes spaces for part of a name.
            bare = not (_SPACE.search(value) or "?" in value or "#" in value or "@" in parts.netloc)
            return bool(host) and (parts.scheme == "https" or plain) and bare

        expected = "an https URL" + (" (plain http on loopback only)" if loopback_http else "")
        return (self._checked(name, valid, expected) or default).rstrip("/")

    def page(self, name: str) -> str | None:
        """The address of a page for people; unlike a service's, it may carry a query."""
        return self._checked(name, lambda v: _PAGE.fullmatch(v), "the https address of a web page")

    def short(self, name: str, limit: int) -> str | None:
        return self._checked(name, lambda v: len(v) <= limit, f"at most {limit} characters")

    def pattern(self, name: str) -> str:
        expected = (
            f"a regular expression of at most {MAX_PATTERN} characters that asks for something, "
            f"with no group repeated and at most {MAX_FREE} of * + ? {{m,n}}, such as (INC|REQ)[0-9]{{7}}"
        )
        return self._checked(name, is_pattern, expected) or ""

    def each(self, name: str, pattern: re.Pattern[str], expected: str) -> tuple[str, ...]:
        values = [v.strip().lower() for v in (self.text(name) or "").split(",") if v.strip()]
        if not all(pattern.fullmatch(v) for v in values):
            self.faults[name] = f"{expected}, comma separated"
            return ()
        return tuple(dict.fromkeys(values))

    def texts(self, name: str, pattern: re.Pattern[str], expected: str) -> tuple[str, ...]:
        """Values whose case counts."""
        values = [v.strip() for v in (self.text(name) or "").split(",") if v.strip()]
        if not all(pattern.fullmatch(v) for v in values):
            self.faults[name] = f"{expected}, comma separated"
            return ()
        return tuple(dict.fromkeys(values))

    def pairs(self, name: str) -> tuple[tuple[str, str], ...]:
        """Mailboxes, each with the group that shares it."""
        found = self.each(name, _SHARED, "address=Entra group id, such as info@contoso.com=3333…")
        return tuple((address, group) for address, _, group in (v.rpartition("=") for v in found))

    def networks(self, name: str, default: str) -> tuple[IPv4Network | IPv6Network, ...]:
        """Addresses and address ranges."""
        try:
            return tuple(ip_network(v.strip()) for v in (self.text(name) or default).split(",") if v.strip())
        except ValueError:
            self.faults[name] = "addresses or ranges such as 10.0.0.0/8, comma separated"
            return ()

    def whole(self, name: str, default: int, least: int, most: int) -> int:
        value = self._checked(
            name,
            lambda v: _NUMBER.fullmatch(v) and least <= int(v) <= most,
            f"a number from {least} to {most}",
        )
        return int(value) if value else default

    def certificate(self, name: str) -> Path | None:
        def valid(value: str) -> bool:
            try:
                pem = Path(value).read_text("ascii", "replace")
            except (OSError, ValueError):
                return False
            return all(part in pem for part in _PEM_PARTS)

        value = self._checked(name, valid, "a readable PEM file with the certificate and its private key")
        return Path(value) if value else None

    def token_file(self, name: str) -> Path | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            readable = bool(Path(value).read_text("ascii").strip())
        except (OSError, ValueError):
            readable = False
        if not readable:
            self.faults[name] = "a readable file with a token"
        # What is to stand in its stead is no second fault.
        return Path(value)

    def zone(self, name: str, default: str) -> ZoneInfo:
        value = self.text(name) or default
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self.faults[name] = "an IANA time zone such as Asia/Tokyo"
            return ZoneInfo(default)

    def database(self, name: str, default: str) -> str:
        expected = "sqlite+aiosqlite:///file.sqlite3 or postgresql+psycopg://user:password@host/database"
        value = self._checked(name, _database_url, expected)
        return _database_url(value or default)


def _database_url(text: str) -> str:
    """*text* with the driver that is installed here; "" when it is no address of a database we know."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        return ""
    driver = _DRIVERS.get(url.drivername, "")
    # SQLite without a file keeps everything in memory, and each connection has its own.
    if not driver or url.database in (None, "", ":memory:"):
        return ""
    return url.set(drivername=driver).render_as_string(hide_password=False)
