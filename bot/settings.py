"""Environment → Settings, read once; every fault named in one go."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.environment import GUID, MANAGED, Environment, is_loopback
from tracing.proofs import Certificate, FederatedIdentity, FederatedToken, ManagedIdentity, Proof, Secret

GRAPH_URL = "https://graph.microsoft.com/v1.0"
LOGIN_URL = "https://login.microsoftonline.com"
OPENID_METADATA_URL = "https://login.botframework.com/v1/.well-known/openidconfiguration"
DATABASE_URL = "sqlite+aiosqlite:///mail-trace.sqlite3"
SPOOL_DIR = "mail-trace-spool"
METRICS_FROM = "127.0.0.0/8,::1"

MAX_ORGANIZATION = 32
"""Characters of `developer.name`: https://learn.microsoft.com/microsoft-365/extensibility/schema/root-developer"""

_DOMAIN = re.compile(r"(?=.{1,253}$)(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_PLACE = re.compile(r"[^\s,;]{1,400}")


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
    managed: bool
    app_tenant_id: str | None
    host: str
    port: int
    public_url: str | None
    metrics_from: tuple[IPv4Network | IPv6Network, ...]
    graph_url: str
    client_id: str | None
    client_secret: str | None
    certificate_path: Path | None
    federated_token_file: Path | None
    federated_identity: str | None
    tenant_id: str | None
    domains: tuple[str, ...]
    helpdesk_groups: tuple[str, ...]
    auditor_groups: tuple[str, ...]
    protected_groups: tuple[str, ...]
    ticket_pattern: str
    shared_mailboxes: tuple[tuple[str, str], ...]
    approved_places: tuple[str, ...]
    detailed_places: tuple[str, ...]
    look_back: timedelta
    record_kept: timedelta
    messages_a_minute: int
    time_zone: ZoneInfo
    database_url: str
    spool_dir: Path
    login_url: str
    openid_metadata_url: str
    organization: str | None
    website_url: str | None
    privacy_url: str | None
    terms_url: str | None

    def __repr__(self) -> str:
        return f"Settings(app_id={self.app_id!r}, host={self.host!r}, port={self.port})"

    @property
    def groups(self) -> tuple[str, ...]:
        """Every Entra group that a setting names."""
        return tuple(dict.fromkeys(group for _, group in self.named_groups))

    @property
    def named_groups(self) -> tuple[tuple[str, str], ...]:
        """The settings that hold Entra groups, each with one group id."""
        named = {
            "TRACE_HELPDESK_GROUPS": self.helpdesk_groups,
            "TRACE_AUDITOR_GROUPS": self.auditor_groups,
            "TRACE_PROTECTED_GROUPS": self.protected_groups,
            "TRACE_SHARED_MAILBOXES": tuple(group for _, group in self.shared_mailboxes),
        }
        return tuple((setting, group) for setting, groups in named.items() for group in dict.fromkeys(groups))

    @property
    def bot_proof(self) -> Proof | None:
        """By what the bot proves to Bot Framework who it is; None for a demonstration."""
        if not self.authenticated:
            return None
        if self.managed:
            return ManagedIdentity()
        return Secret(self.app_password) if self.app_password else self._federation

    @property
    def graph_proof(self) -> Proof | None:
        """By what the app that reads traces proves to Entra who it is; None for a demonstration."""
        if not self.authenticated:
            return None
        if self.certificate_path is not None:
            return Certificate(self.certificate_path)
        if self.client_secret is not None:
            return Secret(self.client_secret)
        return self.bot_proof if self.client_id == self.app_id else self._federation

    @property
    def _federation(self) -> FederatedToken | FederatedIdentity | None:
        """What stands in for each secret that is not set."""
        if self.federated_identity is not None:
            return FederatedIdentity(self.federated_identity)
        return FederatedToken(self.federated_token_file) if self.federated_token_file else None

    @property
    def federated(self) -> bool:
        """Whether something stands in for secrets that are not set."""
        return self._federation is not None

    @property
    def authenticated(self) -> bool:
        """Whether Teams must prove itself and Graph gets a token."""
        return self.app_id is not None


def read_settings(environment: Mapping[str, str], own: Collection[str] = ()) -> Settings:
    """Read the settings from *environment*; an empty value counts as absent.

    A misspelt setting name is an error; a short one only in *own*, the names in our file.
    Raises: WrongSettings: with all errors at once.
    """
    reader = Environment(environment)
    settings = Settings(
        app_id=reader.guid("MicrosoftAppId"),
        app_password=reader.text("MicrosoftAppPassword"),
        managed=reader.app_type("MicrosoftAppType") == MANAGED,
        app_tenant_id=reader.guid("MicrosoftAppTenantId"),
        host=reader.text("HOST") or "127.0.0.1",
        port=reader.port("PORT", 3978),
        public_url=reader.url("TRACE_PUBLIC_URL", "") or None,
        metrics_from=reader.networks("TRACE_METRICS_FROM", METRICS_FROM),
        graph_url=reader.url("TRACE_GRAPH_URL", GRAPH_URL),
        client_id=reader.guid("TRACE_CLIENT_ID") or reader.guid("MicrosoftAppId"),
        client_secret=reader.text("TRACE_CLIENT_SECRET"),
        certificate_path=reader.certificate("TRACE_CERTIFICATE_PATH"),
        federated_token_file=reader.token_file("AZURE_FEDERATED_TOKEN_FILE"),
        federated_identity=reader.guid("TRACE_FEDERATED_IDENTITY"),
        tenant_id=reader.guid("TRACE_TENANT_ID") or reader.guid("MicrosoftAppTenantId"),
        domains=reader.each("TRACE_DOMAINS", _DOMAIN, "domain names such as contoso.com"),
        helpdesk_groups=reader.each("TRACE_HELPDESK_GROUPS", GUID, "Entra group ids (GUIDs)"),
        auditor_groups=reader.each("TRACE_AUDITOR_GROUPS", GUID, "Entra group ids (GUIDs)"),
        protected_groups=reader.each("TRACE_PROTECTED_GROUPS", GUID, "Entra group ids (GUIDs)"),
        ticket_pattern=reader.pattern("TRACE_TICKET_PATTERN"),
        shared_mailboxes=reader.pairs("TRACE_SHARED_MAILBOXES"),
        approved_places=reader.texts(
            "TRACE_APPROVED_PLACES", _PLACE, "conversation ids such as 19:…@thread.tacv2"
        ),
        detailed_places=reader.texts(
            "TRACE_DETAILED_PLACES", _PLACE, "conversation ids such as 19:…@thread.tacv2"
        ),
        look_back=timedelta(days=reader.whole("TRACE_LOOK_BACK_DAYS", 30, 1, 90)),
        record_kept=timedelta(days=reader.whole("TRACE_RECORD_DAYS", 365, 1, 3650)),
        messages_a_minute=reader.whole("TRACE_MESSAGES_PER_MINUTE", 60, 60, 6000),
        time_zone=reader.zone("TRACE_TIME_ZONE", "UTC"),
        database_url=reader.database("TRACE_DATABASE_URL", DATABASE_URL),
        spool_dir=Path(reader.text("TRACE_SPOOL_DIR") or SPOOL_DIR),
        login_url=reader.url("TRACE_LOGIN_URL", LOGIN_URL, loopback_http=False),
        openid_metadata_url=reader.url("TRACE_OPENID_METADATA_URL", OPENID_METADATA_URL),
        organization=reader.short("TRACE_ORGANIZATION", MAX_ORGANIZATION),
        website_url=reader.page("TRACE_WEBSITE_URL"),
        privacy_url=reader.page("TRACE_PRIVACY_URL"),
        terms_url=reader.page("TRACE_TERMS_URL"),
    )
    for name, expected in _together(settings):
        # A value that was refused for itself reads as absent, which is no second fault.
        if name not in reader.faults:
            reader.faults[name] = expected
    reader.faults |= {name: _nearest(near) for name, near in reader.misspelt(own)}
    if reader.faults:
        raise WrongSettings([f"{name}: expected {expected}" for name, expected in reader.faults.items()])
    return settings


def _nearest(near: str) -> str:
    if not near:
        return "the name of a setting; docs/settings.md lists them"
    return f"the name of a setting: did you mean {near}?"


def _together(settings: Settings) -> Iterator[tuple[str, str]]:
    """What is expected where settings do not fit each other, by the setting to change."""
    if settings.app_tenant_id is None:
        yield "MicrosoftAppTenantId", "the id of your tenant (a GUID)"
    if settings.app_id is None:
        yield from _unauthenticated(settings)
        return
    if settings.managed:
        yield from _managed(settings)
        return
    if settings.federated_token_file is not None and settings.federated_identity is not None:
        yield "TRACE_FEDERATED_IDENTITY", "it or AZURE_FEDERATED_TOKEN_FILE, not both"
    if settings.app_password is None and not settings.federated:
        yield "MicrosoftAppPassword", "the bot's client secret, as MicrosoftAppId is set"
    if settings.client_secret is not None and settings.certificate_path is not None:
        yield "TRACE_CLIENT_SECRET", "it or TRACE_CERTIFICATE_PATH, not both"
    foreign = settings.client_id != settings.app_id
    own = settings.client_secret is not None or settings.certificate_path is not None
    if foreign and not own and not settings.federated:
        yield "TRACE_CLIENT_SECRET", "it or TRACE_CERTIFICATE_PATH, as TRACE_CLIENT_ID is not the bot's"


def _managed(settings: Settings) -> Iterator[tuple[str, str]]:
    """A managed identity vouches for the bot and for Graph alike: nothing else is to be kept."""
    kept = {
        "MicrosoftAppPassword": settings.app_password,
        "TRACE_CLIENT_SECRET": settings.client_secret,
        "TRACE_CERTIFICATE_PATH": settings.certificate_path,
        # AZURE_FEDERATED_TOKEN_FILE is what a platform sets by itself: it is let be.
        "TRACE_FEDERATED_IDENTITY": settings.federated_identity,
    }
    for name, value in kept.items():
        if value is not None:
            yield name, "none, as MicrosoftAppType is UserAssignedMSI"
    if settings.client_id != settings.app_id:
        yield "TRACE_CLIENT_ID", "none, or MicrosoftAppId, as MicrosoftAppType is UserAssignedMSI"


def _unauthenticated(settings: Settings) -> Iterator[tuple[str, str]]:
    """Without an app id nobody is asked who they are and Graph gets no token: all stays on this machine."""
    graph_is_here = is_loopback(urlsplit(settings.graph_url).hostname or "")
    if settings.graph_url == GRAPH_URL or settings.app_password is not None:
        yield "MicrosoftAppId", "the bot's app id (a GUID); only a demonstration on loopback runs without"
        return
    if not is_loopback(settings.host):
        yield "HOST", "a loopback address such as 127.0.0.1, as MicrosoftAppId is not set"
    if not graph_is_here:
        yield "TRACE_GRAPH_URL", "a Graph on loopback, as MicrosoftAppId is not set"
