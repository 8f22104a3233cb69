"""Who is this: addresses, groups, domains, asked of Graph; cached a few minutes, failing closed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote

from bot.access import Person
from bot.meters import Meters, NoMeters
from bot.permissions import GROUP_PERMISSION, ORGANIZATION_PERMISSION, USER_PERMISSION
from tracing.age import Fresh
from tracing.client import Call, GraphHttp
from tracing.errors import DirectoryRefused, GraphGarbled, GraphRefused, GraphUnavailable, NoMailDomain
from tracing.graph import CursorLost
from tracing.model import Clock

KEPT = timedelta(minutes=5)
MAX_KEPT = 10_000
MAX_MEMBER_PAGES = 50
"""Of 999 people each; https://learn.microsoft.com/graph/api/group-list-transitivemembers"""

GROUPS_IN_A_CALL = 20
"""https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups"""

MEMBERS = "transitiveMembers/microsoft.graph.user?$count=true&$select=mail,proxyAddresses"
ADVANCED = {"ConsistencyLevel": "eventual"}
"""A cast to users is an advanced query: each page needs the header and `$count=true`.

Source: https://learn.microsoft.com/graph/aad-advanced-queries
"""

PROTECTED_SETTING = "TRACE_PROTECTED_GROUPS"

_USER_FIELDS = "id,displayName,mail,userPrincipalName,proxyAddresses,userType"
_KNOWN = "id,displayName,mail,proxyAddresses"
MAX_NAMED = 5
"""The most people and groups offered for one name."""
MAX_NAMES_KEPT = 1_000
MAX_NAME = 60
_UNSPACED = re.compile(r"^([\u4e00-\u9fff々]{2})([\u3041-\u3096\u30a1-\u30faー\u4e00-\u9fff々]{1,6})$")
"""A Japanese name without a space: most family names have two characters, and directories put a space after
them."""

_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Known:
    """A person or group with mail: the name, and the addresses in lower case, the primary first."""

    name: str
    addresses: tuple[str, ...]


class Directory(Protocol):
    """What the rest of the program asks of it."""

    async def who(self, aad_object_id: str) -> Person | None:
        """The person, None when the directory does not know them. Raises: GraphError."""

    async def domains(self) -> tuple[str, ...]:
        """The organization's mail domains in lower case, the primary first; never empty.

        Raises: GraphError: NoMailDomain if there is none.
        """

    async def protected(self) -> frozenset[str]:
        """The addresses, in lower case, of people whose mail takes a ticket. Raises: GraphError."""


class Names(Protocol):
    """Finds people and groups by name."""

    async def named(self, name: str) -> Sequence[Known]:
        """The people and mail-enabled groups called *name*. Raises: GraphError."""


class NoNames:
    """Finds no one; for an installation without a directory."""

    async def named(self, name: str) -> Sequence[Known]:
        return ()


@dataclass(frozen=True)
class Groups:
    """Entra group ids, in lower case, and what their members are here, nested ones too.

    `shared_mailboxes`: address → the group whose members share it.
    """

    helpdesk: tuple[str, ...] = ()
    auditors: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()
    shared_mailboxes: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """Those that decide what somebody may do."""
        return tuple(dict.fromkeys((*self.helpdesk, *self.auditors, *self.shared_mailboxes.values())))


class GraphDirectory:
    """The directory of the tenant; *domains* override the tenant's."""

    def __init__(
        self,
        graph: GraphHttp,
        groups: Groups,
        domains: Sequence[str],
        clock: Clock,
        meters: Meters | None = None,
    ) -> None:
        self._meters = meters or NoMeters()
        self._graph = graph
        self._groups = groups
        self._domains = tuple(domains)
        self._people: Fresh[str, Person] = Fresh(clock, KEPT, MAX_KEPT)
        self._protected: Fresh[str, frozenset[str]] = Fresh(clock, KEPT, 1)
        self._found_domains: Fresh[str, tuple[str, ...]] = Fresh(clock, KEPT, 1)
        self._named: Fresh[str, tuple[Known, ...]] = Fresh(clock, KEPT, MAX_NAMES_KEPT)

    async def who(self, aad_object_id: str) -> Person | None:
        if not _GUID.fullmatch(aad_object_id):
            return None
        known = self._people.get(aad_object_id)
        self._meters.cached("people", hit=known is not None)
        if known is not None:
            return known
        # https://learn.microsoft.com/graph/api/user-get: proxyAddresses must be selected.
        try:
            user = await self._get(f"/users/{aad_object_id}?$select={_USER_FIELDS}", USER_PERMISSION)
        except GraphRefused as refusal:
            if refusal.status == HTTPStatus.NOT_FOUND:
                return None
            raise
        if _text(user, "id").lower() != aad_object_id.lower():
            raise GraphUnavailable("an answer about somebody else")
        held = await self._memberships(aad_object_id)
        shared = (address for address, group in self._groups.shared_mailboxes.items() if group in held)
        person = Person(
            aad_object_id=aad_object_id,
            name=_text(user, "displayName"),
            addresses=tuple(dict.fromkeys((*_addresses(user), *shared))),
            helpdesk=not held.isdisjoint(self._groups.helpdesk),
            guest=_is_guest(user),
            auditor=not held.isdisjoint(self._groups.auditors),
        )
        self._people.keep(aad_object_id, person)
        return person

    async def domains(self) -> tuple[str, ...]:
        if self._domains:
            return self._domains
        known = self._found_domains.get("")
        self._meters.cached("domains", hit=known is not None)
        if known is None:
            # https://learn.microsoft.com/graph/api/organization-list
            body = await self._get("/organization?$select=verifiedDomains", ORGANIZATION_PERMISSION)
            known = mail_domains(body)
            self._found_domains.keep("", known)
        if not known:
            # Without a domain the query would cover all mail.
            raise NoMailDomain
        return known

    async def protected(self) -> frozenset[str]:
        known = self._protected.get("")
        if known is None:
            found: set[str] = set()
            for group in self._groups.protected:
                found |= await self._members(group)
            known = frozenset(found)
            self._protected.keep("", known)
        return known

    async def named(self, name: str) -> Sequence[Known]:
        said = _searched(name)
        if not said:
            return ()
        known = self._named.get(said.casefold())
        if known is None:
            known = await self._called(said)
            if not known and (spaced := _UNSPACED.sub(r"\1 \2", said)) != said:
                known = await self._called(spaced)
            self._named.keep(said.casefold(), known)
        return known

    async def _called(self, name: str) -> tuple[Known, ...]:
        """The people and groups whose names contain a word that begins with each word of *name*."""
        # https://learn.microsoft.com/graph/search-query-parameter
        phrase = quote(f'"displayName:{name}"')
        asked = f"$search={phrase}&$count=true&$select={_KNOWN}&$top={MAX_NAMED}"
        # https://learn.microsoft.com/graph/api/user-list
        people = await self._search(f"/users?{asked}", USER_PERMISSION)
        # https://learn.microsoft.com/graph/api/group-list
        mail_enabled = quote("mailEnabled eq true")
        groups = await self._search(f"/groups?{asked}&$filter={mail_enabled}", GROUP_PERMISSION)
        every = [Known(_text(one, "displayName"), _addresses(one)) for one in (*people, *groups)]
        return tuple(one for one in every if one.addresses and one.name)[:MAX_NAMED]

    async def _search(self, path: str, needed: str) -> Sequence[Mapping[str, Any]]:
        """The objects of an advanced query, which Graph answers only with its header."""
        body = await self._send(Call("GET", f"{self._graph.root}{path}", needed, headers=ADVANCED))
        found = body.get("value") if isinstance(body, dict) else None
        if not isinstance(found, list):
            raise GraphGarbled("an answer without matches")
        return [one for one in found if isinstance(one, dict)]

    async def _members(self, group: str) -> set[str]:
        """The addresses of everybody in *group*. Raises: GraphError: also where they have no end."""
        link = f"{self._graph.root}/groups/{group}/{MEMBERS}&$top=999"
        addresses: set[str] = set()
        for _ in range(MAX_MEMBER_PAGES):
            call = Call("GET", link, GROUP_PERMISSION, headers=ADVANCED)
            body = await self._send(call, PROTECTED_SETTING)
            people = body.get("value") if isinstance(body, dict) else None
            if not isinstance(people, list):
                raise GraphGarbled("an answer without members")
            for user in people:
                addresses.update(_addresses(user) if isinstance(user, dict) else ())
            following = body.get("@odata.nextLink")
            if not isinstance(following, str):
                return addresses
            # The token goes to the Graph that was configured, wherever an answer points.
            if not following.startswith(f"{self._graph.root}/"):
                break
            link = following
        raise GraphGarbled("members that cannot be followed")

    async def _memberships(self, aad_object_id: str) -> frozenset[str]:
        """The groups configured here that the person belongs to.

        Source: https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups
        """
        held: set[str] = set()
        groups = self._groups.asked
        for first in range(0, len(groups), GROUPS_IN_A_CALL):
            asked = groups[first : first + GROUPS_IN_A_CALL]
            url = f"{self._graph.root}/users/{aad_object_id}/checkMemberGroups"
            body = await self._send(Call("POST", url, GROUP_PERMISSION, {"groupIds": asked}))
            member_of = body.get("value") if isinstance(body, dict) else None
            if not isinstance(member_of, list):
                raise GraphUnavailable("an answer without group ids")
            held |= {str(group).lower() for group in member_of} & set(asked)
        return frozenset(held)

    async def _get(self, path: str, needed: str) -> Mapping[str, Any]:
        body = await self._send(Call("GET", f"{self._graph.root}{path}", needed))
        return body if isinstance(body, dict) else {}

    async def _send(self, call: Call, setting: str = "") -> Any:
        """The answer; *setting* names the group that is gone if Graph does not find it. Raises:
        GraphError."""
        try:
            return await self._graph.send(call)
        except GraphRefused as refusal:
            gone = setting if refusal.status == HTTPStatus.NOT_FOUND else ""
            raise DirectoryRefused(refusal.status, refusal.text, gone) from refusal
        except CursorLost as refusal:
            raise DirectoryRefused(HTTPStatus.BAD_REQUEST, str(refusal)) from refusal


def _searched(name: str) -> str:
    """*name* escaped for a search, so that it cannot end the phrase or the query."""
    plain = "".join(c if c.isalnum() or c in " .-'" else " " for c in name)
    return " ".join(plain.split())[:MAX_NAME]


def _is_guest(user: Mapping[str, Any]) -> bool:
    """Whether *user* is at home in another tenant: guests, and external people who are called members."""
    external = "#ext#" in _text(user, "userPrincipalName").casefold()
    return external or _text(user, "userType").casefold() == "guest"


def _addresses(user: Mapping[str, Any]) -> tuple[str, ...]:
    """The addresses mail can have been sent from or to, the primary one first."""
    proxies = user.get("proxyAddresses")
    named = [p for p in proxies if isinstance(p, str)] if isinstance(proxies, list) else []
    smtp = sorted((p for p in named if p[:5].lower() == "smtp:"), key=lambda p: not p.startswith("SMTP:"))
    every = [p[5:] for p in smtp] + [_text(user, "mail")]
    # A wildcard inside an address would widen what its owner may see.
    return tuple(dict.fromkeys(a.lower() for a in every if "@" in a and not set("*?") & set(a)))


def mail_domains(body: Mapping[str, Any]) -> tuple[str, ...]:
    """The domains that carry mail: the default first, the tenant's initial domain last.

    Source: https://learn.microsoft.com/graph/api/resources/verifieddomain
    """
    domains = [
        domain
        for organization in _list(body, "value")
        if isinstance(organization, dict)
        for domain in _list(organization, "verifiedDomains")
        if isinstance(domain, dict)
    ]
    carrying = [
        domain
        for domain in domains
        if "email" in _text(domain, "capabilities").lower() and _text(domain, "name")
    ]
    carrying.sort(key=lambda one: (one.get("isDefault") is not True, one.get("isInitial") is True))
    return tuple(_text(domain, "name").lower() for domain in carrying)


def _list(item: Mapping[str, Any], name: str) -> list[Any]:
    value = item.get(name)
    return value if isinstance(value, list) else []


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
