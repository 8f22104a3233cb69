"""Environment → Settings, read once; every fault named in one go."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

GRAPH_URL = "https://graph.microsoft.com/v1.0"
LOGIN_URL = "https://login.microsoftonline.com"
OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
DATABASE_URL = "sqlite+aiosqlite:///mail-trace.sqlite3"

_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DOMAIN = re.compile(r"(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_DATABASES = ("sqlite+aiosqlite:", "postgresql+psycopg:")


class WrongSettings(Exception):
    """One line per fault, each naming the setting and what is expected."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Settings:
    """What an installation decides. A field says `None` where the setting is absent and has no default."""

    app_id: str | None
    app_password: str | None
    app_tenant_id: str | None
    host: str
    port: int
    graph_url: str
    client_id: str | None
    client_secret: str | None
    certificate_path: Path | None
    tenant_id: str | None
    domains: tuple[str, ...]
    helpdesk_groups: tuple[str, ...]
    time_zone: ZoneInfo
    database_url: str
    login_url: str
    openid_metadata_url: str

    def __repr__(self) -> str:
        return f"Settings(app_id={self.app_id!r}, host={self.host!r}, port={self.port})"

    @property
    def authenticated(self) -> bool:
        """Whether Teams must prove itself and Graph gets a token."""
        return self.app_id is not None


def is_loopback(host: str) -> bool:
    """Whether *host*, a name or an address, is this machine for certain."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings that *environment* holds; an empty value counts as absent.

    Raises: WrongSettings: with every fault there is.
    """
    reader = _Reader(environment)
    settings = Settings(
        app_id=reader.guid("MicrosoftAppId"),
        app_password=reader.text("MicrosoftAppPassword"),
        app_tenant_id=reader.guid("MicrosoftAppTenantId"),
        host=reader.text("HOST") or "127.0.0.1",
        port=reader.port("PORT", 3978),
        graph_url=reader.url("TRACE_GRAPH_URL", GRAPH_URL),
        client_id=reader.guid("TRACE_CLIENT_ID") or reader.guid("MicrosoftAppId"),
        client_secret=reader.text("TRACE_CLIENT_SECRET"),
        certificate_path=reader.file("TRACE_CERTIFICATE_PATH"),
        tenant_id=reader.guid("TRACE_TENANT_ID") or reader.guid("MicrosoftAppTenantId"),
        domains=reader.each("TRACE_DOMAINS", _DOMAIN, "domain names such as contoso.com"),
        helpdesk_groups=reader.each("TRACE_HELPDESK_GROUPS", _GUID, "Entra group ids (GUIDs)"),
        time_zone=reader.zone("TRACE_TIME_ZONE", "UTC"),
        database_url=reader.database("TRACE_DATABASE_URL"),
        login_url=reader.url("TRACE_LOGIN_URL", LOGIN_URL, loopback_http=False),
        openid_metadata_url=reader.url("TRACE_OPENID_METADATA_URL", OPENID_METADATA_URL),
    )
    reader.one_of("MicrosoftAppType", ("SingleTenant",))
    faults = list(dict.fromkeys(reader.faults + _together(settings)))
    if faults:
        raise WrongSettings(faults)
    return settings


def _together(settings: Settings) -> list[str]:
    """The faults of settings that do not fit each other."""
    faults = []
    if settings.app_tenant_id is None:
        faults.append("MicrosoftAppTenantId: expected the id of your tenant (a GUID)")
    if settings.app_id is None:
        if not is_loopback(settings.host):
            faults.append("HOST: without MicrosoftAppId only a loopback address is allowed, e.g. 127.0.0.1")
        if not is_loopback(urlsplit(settings.graph_url).hostname or ""):
            faults.append("TRACE_GRAPH_URL: without MicrosoftAppId only a loopback Graph is allowed")
        return faults
    if settings.app_password is None:
        faults.append("MicrosoftAppPassword: expected the bot's client secret, as MicrosoftAppId is set")
    foreign = settings.client_id != settings.app_id
    if foreign and settings.client_secret is None and settings.certificate_path is None:
        faults.append(
            "TRACE_CLIENT_SECRET: expected it or TRACE_CERTIFICATE_PATH, as TRACE_CLIENT_ID is not the bot's"
        )
    return faults


class _Reader:
    """Reads values one by one and keeps the faults; a faulty value reads as absent."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self.faults: list[str] = []

    def text(self, name: str) -> str | None:
        return self._environment.get(name, "").strip() or None

    def _fault(self, name: str, expected: str) -> None:
        self.faults.append(f"{name}: expected {expected}")

    def _checked(self, name: str, valid: Callable[[str], object], expected: str) -> str | None:
        value = self.text(name)
        if value is not None and not valid(value):
            self._fault(name, expected)
            return None
        return value

    def guid(self, name: str) -> str | None:
        value = self._checked(name, _GUID.fullmatch, "an id such as 00000000-0000-0000-0000-000000000000")
        return value.lower() if value else None

    def one_of(self, name: str, values: tuple[str, ...]) -> None:
        # Multi-tenant bots can no longer be made, and a managed identity is not read here yet.
        self._checked(name, lambda v: v.lower() in [x.lower() for x in values], " or ".join(values))

    def port(self, name: str, default: int) -> int:
        value = self._checked(
            name, lambda v: v.isascii() and v.isdigit() and 0 < int(v) < 65536, "1 to 65535"
        )
        return int(value) if value else default

    def url(self, name: str, default: str, *, loopback_http: bool = True) -> str:
        def valid(value: str) -> bool:
            try:
                parts = urlsplit(value)
                host, _ = parts.hostname, parts.port
            except ValueError:
                return False
            plain = parts.scheme == "http" and loopback_http and is_loopback(host or "")
            return bool(host) and (parts.scheme == "https" or plain) and parts.username is None

        expected = "an https URL" + (" (plain http on loopback only)" if loopback_http else "")
        return (self._checked(name, valid, expected) or default).rstrip("/")

    def each(self, name: str, pattern: re.Pattern[str], expected: str) -> tuple[str, ...]:
        values = [v.strip().lower() for v in (self.text(name) or "").split(",") if v.strip()]
        if not all(pattern.fullmatch(v) for v in values):
            self._fault(name, f"{expected}, comma separated")
            return ()
        return tuple(dict.fromkeys(values))

    def file(self, name: str) -> Path | None:
        value = self._checked(name, lambda v: Path(v).is_file(), "a PEM file that exists")
        return Path(value) if value else None

    def zone(self, name: str, default: str) -> ZoneInfo:
        value = self.text(name) or default
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            self._fault(name, "an IANA time zone such as Asia/Tokyo")
            return ZoneInfo(default)

    def database(self, name: str) -> str:
        expected = "sqlite+aiosqlite:///file.sqlite3 or postgresql+psycopg://user:password@host/database"
        return self._checked(name, lambda v: v.startswith(_DATABASES), expected) or DATABASE_URL
