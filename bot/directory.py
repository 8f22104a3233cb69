"""Who is this: addresses, groups, domains, asked of Graph; cached a few minutes, failing closed."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

from cachetools import TTLCache

from bot.access import Person
from bot.meters import Meters, NoMeters
from bot.permissions import GROUP_PERMISSION, ORGANIZATION_PERMISSION, USER_PERMISSION
from tracing.client import Call, GraphHttp
from tracing.errors import GraphRefused, GraphUnavailable
from tracing.model import Clock

KEPT = timedelta(minutes=5)
MAX_KEPT = 10_000
GROUPS_IN_A_CALL = 20
"""https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups"""

_USER_FIELDS = "id,displayName,mail,userPrincipalName,proxyAddresses,userType"
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


class Directory(Protocol):
    """What the rest of the program asks of it."""

    async def who(self, aad_object_id: str) -> Person | None:
        """The person, None when the directory does not know them. Raises: GraphError."""

    async def domains(self) -> tuple[str, ...]:
        """The organization's mail domains, lower case, the primary one first. Raises: GraphError."""


class GraphDirectory:
    """The directory of the tenant. *helpdesk_groups* are Entra group ids, *domains* override the tenant's."""

    def __init__(
        self,
        graph: GraphHttp,
        helpdesk_groups: Sequence[str],
        domains: Sequence[str],
        clock: Clock,
        meters: Meters | None = None,
    ) -> None:
        self._meters = meters or NoMeters()
        self._graph = graph
        self._helpdesk_groups = tuple(helpdesk_groups)
        self._domains = tuple(domains)

        def seconds() -> float:
            return clock.now().timestamp()

        self._people: TTLCache[str, Person] = TTLCache(MAX_KEPT, KEPT.total_seconds(), seconds)
        self._found_domains: TTLCache[str, tuple[str, ...]] = TTLCache(1, KEPT.total_seconds(), seconds)

    async def who(self, aad_object_id: str) -> Person | None:
        if not _GUID.fullmatch(aad_object_id):
            return None
        known = self._people.get(aad_object_id)
        self._meters.cached("people", hit=known is not None)
        if known is not None:
            return known
        try:
            user = await self._get(f"/users/{aad_object_id}?$select={_USER_FIELDS}", USER_PERMISSION)
        except GraphRefused as refusal:
            if refusal.status == 404:
                return None
            raise
        if _text(user, "id").lower() != aad_object_id.lower():
            raise GraphUnavailable("an answer about somebody else")
        person = Person(
            aad_object_id=aad_object_id,
            name=_text(user, "displayName"),
            addresses=_addresses(user),
            helpdesk=await self._is_helpdesk(aad_object_id),
            guest=_text(user, "userType").casefold() == "guest",
        )
        self._people[aad_object_id] = person
        return person

    async def domains(self) -> tuple[str, ...]:
        if self._domains:
            return self._domains
        known = self._found_domains.get("")
        self._meters.cached("domains", hit=known is not None)
        if known is None:
            body = await self._get("/organization?$select=verifiedDomains", ORGANIZATION_PERMISSION)
            known = self._found_domains[""] = _mail_domains(body)
        return known

    async def _is_helpdesk(self, aad_object_id: str) -> bool:
        for first in range(0, len(self._helpdesk_groups), GROUPS_IN_A_CALL):
            asked = self._helpdesk_groups[first : first + GROUPS_IN_A_CALL]
            url = f"{self._graph.root}/users/{aad_object_id}/checkMemberGroups"
            body = await self._graph.send(Call("POST", url, GROUP_PERMISSION, {"groupIds": asked}))
            member_of = body.get("value") if isinstance(body, dict) else None
            if not isinstance(member_of, list):
                raise GraphUnavailable("an answer without group ids")
            if {str(group).lower() for group in member_of} & set(asked):
                return True
        return False

    async def _get(self, path: str, needed: str) -> Mapping[str, Any]:
        body = await self._graph.send(Call("GET", f"{self._graph.root}{path}", needed))
        return body if isinstance(body, dict) else {}


def _addresses(user: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses mail can have been sent from or to, the primary one first."""
    proxies = user.get("proxyAddresses")
    named = [p for p in proxies if isinstance(p, str)] if isinstance(proxies, list) else []
    smtp = sorted((p for p in named if p[:5].lower() == "smtp:"), key=lambda p: not p.startswith("SMTP:"))
    every = [p[5:] for p in smtp] + [_text(user, "mail")]
    # A wildcard inside an address would widen what its owner may see.
    return tuple(dict.fromkeys(a.lower() for a in every if "@" in a and not set("*?") & set(a)))


def _mail_domains(body: Mapping[str, Any]) -> tuple[str, ...]:
    organizations = body.get("value")
    domains = [
        domain
        for organization in (organizations if isinstance(organizations, list) else [])
        if isinstance(organization, dict)
        for domain in organization.get("verifiedDomains") or []
        if isinstance(domain, dict)
    ]
    carrying = [domain for domain in domains if "Email" in _text(domain, "capabilities")]
    carrying.sort(key=lambda domain: domain.get("isDefault") is not True)
    return tuple(_text(domain, "name").lower() for domain in carrying)


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
