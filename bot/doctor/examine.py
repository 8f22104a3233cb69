"""The examination: looks at each part of the installation, and has `judge` say what was seen.

It reads, and changes nothing. Of the tenant's quota it spends at most PROBES requests.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Protocol
from urllib.parse import quote

import httpx
import jwt
from cryptography import x509

from bot.directory import ADVANCED, MEMBERS, mail_domains
from bot.doctor import judge
from bot.doctor.findings import Finding
from bot.doctor.skew import Skew
from bot.permissions import (
    APPLICATION_PERMISSION,
    GROUP_PERMISSION,
    ORGANIZATION_PERMISSION,
    USER_PERMISSION,
)
from bot.settings import Settings
from bot.store.database import Database, DatabaseUnusable, Revision
from bot.store.faults import DatabaseDamaged, DatabaseFull
from bot.store.references import References
from bot.store.signs import Signs
from bot.store.spool import FolderRefused, Spool
from tracing.client import SCOPE, Call, GraphHttp
from tracing.credentials import TokenProvider, read_assertion
from tracing.errors import GraphError, GraphRefused, Throttled
from tracing.graph import PREREQUISITE_APP_ID, TRACE_PERMISSION, decode_rows, encode, next_page
from tracing.model import Clock, MessageTrace, Spender, TraceRequest, Window
from tracing.proofs import FederatedToken, Proof, ends
from tracing.quota import Budget
from tracing.reaching import why

_SPENDER = Spender("doctor")
PROBES = 7
ROWS = 25
"""Rows of a page in a probe: enough to see an order, and two pages of them cost hardly anything."""

LOOK_BACK = timedelta(days=2)


class Examiner(Protocol):
    """Examines the installation."""

    async def examine(self) -> list[Finding]: ...


@dataclass(frozen=True)
class Instruments:
    """What an examination looks through; without tokens Graph is a demonstration's.

    `outside` knocks at our own door: the clock behind it is ours, and none to compare with.
    """

    graph: GraphHttp
    graph_tokens: TokenProvider | None
    bot_tokens: TokenProvider | None
    bot_scope: str
    http: httpx.AsyncClient
    outside: httpx.AsyncClient
    skew: Skew
    database: Database
    budget: Budget
    signs: Signs
    clock: Clock


class Doctor:
    """Meets Examiner, for the installation that *settings* describe."""

    def __init__(self, settings: Settings, instruments: Instruments) -> None:
        self._settings = settings
        self._with = instruments

    async def examine(self) -> list[Finding]:
        """Every finding; what cannot be looked at because of another is left out."""
        found = [Finding("settings", "settings_fine"), *await self._database(), *await self._spool()]
        found += await self._endpoint()
        proof = self._settings.graph_proof
        token, login = await self._sign_in("login", self._with.graph_tokens, SCOPE, proof)
        found += [login, *self._certificate()]
        if self._with.bot_tokens is not None:
            tokens, scope, proof = self._with.bot_tokens, self._with.bot_scope, self._settings.bot_proof
            found.append((await self._sign_in("connector", tokens, scope, proof))[1])
            found.append(await self._keys())
        if login.reason in ("login_fine", "login_none"):
            found += await self._graph(token)
        found.append(judge.of_clock(self._with.skew.latest))
        return found

    async def _database(self) -> list[Finding]:
        try:
            await self._with.database.examine()
            state = await self._with.database.revision()
            there = state is Revision.CURRENT
            signs = await self._with.signs.all() if there else frozenset[str]()
            met = there and await References(self._with.database).any()
        except DatabaseDamaged as error:
            return [Finding("database", "database_damaged", {"why": str(error)})]
        except DatabaseFull as error:
            return [Finding("database", "database_full", {"why": str(error)})]
        except DatabaseUnusable as error:
            return [Finding("database", "database_unusable", {"why": str(error)})]
        packed = bool(self._settings.organization and self._settings.website_url)
        return [Finding("database", f"database_{state}"), judge.of_teams(signs, met=met, packed=packed)]

    async def _spool(self) -> list[Finding]:
        """Check that looks can be recorded on disk while the database is away."""
        try:
            await asyncio.to_thread(Spool(self._settings.spool_dir).check)
        except FolderRefused as refused:
            return [Finding("database", "spool_refused", {"why": str(refused)})]
        return []

    async def _endpoint(self) -> list[Finding]:
        """Whether our own door answers where Teams is to knock; whoever shows no token is to be shut out."""
        if self._settings.public_url is None:
            return []
        url = f"{self._settings.public_url}/api/messages"
        try:
            answer = await self._with.outside.post(url, json={})
        except httpx.HTTPError as error:
            return [judge.of_endpoint(url, None, why(error))]
        return [judge.of_endpoint(url, answer.status_code)]

    async def _sign_in(
        self, check: str, tokens: TokenProvider | None, scope: str, proof: Proof | None
    ) -> tuple[str, Finding]:
        if tokens is None:
            return "", Finding(check, "login_none")
        try:
            token = await tokens.get(scope)
        except GraphError as error:
            return "", judge.of_login(check, error, _presented(proof))
        return token, judge.of_login(check, None) if token else Finding(check, "login_none")

    async def _graph(self, token: str) -> list[Finding]:
        settings = self._settings
        needed = judge.needed_roles(groups=bool(settings.groups), domains=bool(settings.domains))
        claims = _claims(token)
        found = judge.of_claims(claims, needed, settings.tenant_id or "")
        roles = claims.get("roles")
        has_role = isinstance(roles, list) and TRACE_PERMISSION in roles
        found += await self._traces(has_role=has_role)
        found += [await self._people(), *await self._groups(), await self._domains()]
        return found + await self._secrets()

    async def _traces(self, *, has_role: bool) -> list[Finding]:
        """The one-row trace, what it says of the service principal, and the behaviour behind the planner."""
        principal = await self._principal()
        error, page = await self._rows(TraceRequest(self._window()))
        found = [judge.of_principal(principal, error, has_role=has_role), judge.of_trace(error)]
        return found if error is not None else [*found, *await self._behaviour(page)]

    async def _principal(self) -> bool | None:
        # https://learn.microsoft.com/graph/api/serviceprincipal-get
        path = f"/servicePrincipals(appId='{PREREQUISITE_APP_ID}')?$select=id"
        error, _ = await self._ask(path, APPLICATION_PERMISSION)
        if isinstance(error, GraphRefused) and error.status == 404:
            return False
        return True if error is None else None

    async def _behaviour(self, page: "_Page") -> list[Finding]:
        rows = page.rows
        pair = judge.two_recipients(rows)
        if pair is None:
            return [Finding("behaviour", "behaviour_unasked")]
        following = await self._following(page)
        sender = next((row.sender_address for row in rows if "@" in row.sender_address), "")
        domains = {"sender": judge.domain_of(sender), "recipient": judge.domain_of(pair[0])}
        found = [judge.of_order([rows, following.rows])]
        for side, domain in domains.items():
            if domain:
                asked = _of_domain(TraceRequest(self._window()), side, domain)
                error, matching = await self._rows(asked)
                found.append(judge.of_domain(side, domain, matching.rows) if error is None else None)
        error, both = await self._rows(TraceRequest(self._window(), recipient=pair[0]), also=pair[1])
        found.append(judge.of_values(pair[1], both.rows) if error is None else None)
        return [one for one in found if one] or [Finding("behaviour", "behaviour_fine")]

    async def _rows(self, request: TraceRequest, also: str = "") -> "tuple[GraphError | None, _Page]":
        """A page of *request*; *also* names a second recipient, to see which of the two counts."""
        conditions, top, rest = encode(request, self._with.graph.root, ROWS).partition("&$top")
        if also:
            conditions += quote(f" or recipientAddress eq '{also}'")
        return await self._page(f"{conditions}{top}{rest}")

    async def _following(self, page: "_Page") -> "_Page":
        try:
            link = next_page(page.body, self._with.graph.root)
        except GraphError:
            return _Page()
        return (await self._page(link))[1] if link else _Page()

    async def _page(self, url: str) -> "tuple[GraphError | None, _Page]":
        try:
            body = await self._with.graph.send(Call("GET", url, TRACE_PERMISSION, before=self._spend))
            return None, _Page(decode_rows(body), body)
        except GraphError as error:
            return error, _Page()

    async def _people(self) -> Finding:
        # https://learn.microsoft.com/graph/api/user-list
        error, _ = await self._ask("/users?$top=1&$select=id", USER_PERMISSION)
        return judge.of_directory("users", error)

    async def _groups(self) -> list[Finding]:
        """Check each group: it exists, and its members can be read with the directory's own query.

        Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers
        """
        found = []
        for setting, group in self._settings.named_groups:
            error, body = await self._ask(f"/groups/{group}/{MEMBERS}&$top=1", GROUP_PERMISSION, ADVANCED)
            found.append(judge.of_group(setting, group, error, body.get("value")))
        return judge.of_groups(found, self._settings.helpdesk_groups)

    async def _domains(self) -> Finding:
        if self._settings.domains:
            return Finding("domains", "domains_set", {"count": str(len(self._settings.domains))})
        # https://learn.microsoft.com/graph/api/organization-list
        error, body = await self._ask("/organization?$select=verifiedDomains", ORGANIZATION_PERMISSION)
        domains = mail_domains(body)
        if error is None and not domains:
            return Finding("domains", "domains_none")
        return judge.of_directory("domains", error, len(domains))

    def _certificate(self) -> list[Finding]:
        proofs = self._settings.bot_proof, self._settings.graph_proof
        if all(proof and not ends(proof) for proof in proofs):
            return [Finding("expiry", "expiry_none")]
        path = self._settings.certificate_path
        if path is None:
            return []
        return [judge.of_expiry("certificate", _certificate_ends(path), self._with.clock.now())]

    async def _secrets(self) -> list[Finding]:
        settings, now = self._settings, self._with.clock.now()
        found = []
        secrets = {(settings.app_id, settings.app_password), (settings.client_id, settings.client_secret)}
        for app_id, secret in sorted((a, s) for a, s in secrets if a and s):
            found.append(judge.of_expiry("secret", await self._secret_ends(app_id, secret), now))
        return found

    async def _secret_ends(self, app_id: str, secret: str) -> datetime | None:
        # https://learn.microsoft.com/graph/api/application-get
        path = f"/applications(appId='{app_id}')?$select=passwordCredentials"
        _, body = await self._ask(path, APPLICATION_PERMISSION)
        credentials = body.get("passwordCredentials")
        return judge.ends_of(credentials, secret) if isinstance(credentials, list) else None

    async def _keys(self) -> Finding:
        """Whether the keys of Bot Framework's tokens can be found: without them nobody is let in."""
        try:
            answer = await self._with.http.get(self._settings.openid_metadata_url)
            known = answer.is_success and isinstance(answer.json().get("jwks_uri"), str)
        except (httpx.HTTPError, ValueError, AttributeError):
            known = False
        return Finding("keys", "keys_fine" if known else "keys_unreachable")

    async def _ask(
        self, path: str, needed: str, headers: Mapping[str, str] = MappingProxyType({})
    ) -> tuple[GraphError | None, Mapping[str, Any]]:
        try:
            url = f"{self._with.graph.root}{path}"
            body = await self._with.graph.send(Call("GET", url, needed, headers=headers))
        except GraphError as error:
            return error, {}
        return None, body if isinstance(body, dict) else {}

    async def _spend(self) -> None:
        """Take a request of the tenant's quota; tables that are not there yet have counted nothing."""
        try:
            counted = await self._with.database.revision() is Revision.CURRENT
            wait = await self._with.budget.take(_SPENDER) if counted else None
        except DatabaseUnusable:
            return
        if wait:
            raise Throttled(wait)

    def _window(self) -> Window:
        now = self._with.clock.now().replace(microsecond=0)
        return Window(now - LOOK_BACK, now)


def _of_domain(request: TraceRequest, side: str, domain: str) -> TraceRequest:
    pattern = f"*@{domain}"
    return replace(request, sender=pattern) if side == "sender" else replace(request, recipient=pattern)


@dataclass(frozen=True)
class _Page:
    rows: tuple[MessageTrace, ...] = ()
    body: object = None


def _claims(token: str) -> Mapping[str, object]:
    """What *token* says of itself, unproven; empty where it is none that can be read."""
    try:
        claims: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return {}
    return claims


def _presented(proof: Proof | None) -> Mapping[str, object]:
    """What the token in a file says of itself, for comparing it with the app registration."""
    if not isinstance(proof, FederatedToken):
        return {}
    try:
        return _claims(read_assertion(proof.path))
    except GraphError:
        return {}


def _certificate_ends(path: Path) -> datetime | None:
    try:
        return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except (OSError, ValueError):
        return None
