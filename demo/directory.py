"""The people, groups and domains of the sample tenant, as Graph gives them."""

import re
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from demo import company
from demo.company import Employee
from demo.envelope import GraphError, collection, json_answer, root
from demo.organization import TENANT, upn

_MEMBERS = "/v1.0/groups/{id}/transitiveMembers"
MAX_TOP = 999  # https://learn.microsoft.com/graph/api/group-list-transitivemembers
MAX_GROUP_IDS = 20  # https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups


def add_directory(app: web.Application) -> None:
    app.router.add_get("/v1.0/users", _users)
    app.router.add_get("/v1.0/groups", _groups)
    app.router.add_get("/v1.0/users/{id}", _user)
    app.router.add_post("/v1.0/users/{id}/checkMemberGroups", _check_member_groups)
    # Both namespaces name the type: https://learn.microsoft.com/graph/query-parameters#odata-cast
    app.router.add_get(f"{_MEMBERS}/{{cast:(?:microsoft\\.)?graph\\.user}}", _members)
    app.router.add_get("/v1.0/organization", _organization)


async def _users(request: web.Request) -> web.Response:
    """The people, all or those that the search finds.

    Source: https://learn.microsoft.com/graph/api/user-list
    """
    wanted = _searched(request) if "$search" in request.query else ""
    people = [person for person in request.app[TENANT].people if _is_called(person.name, wanted)]
    chosen = (request.query.get("$select") or "id,displayName,mail").split(",")
    found = [_fields(person, chosen) for person in people[: _top(request)]]
    return json_answer(collection(request, "users", found) | {"@odata.count": len(people)})


async def _groups(request: web.Request) -> web.Response:
    """The mail-enabled groups that match. Source: https://learn.microsoft.com/graph/api/group-list"""
    wanted = _searched(request)
    named = [one for one in company.MAIL_GROUPS if _is_called(one.name, wanted)]
    chosen = (request.query.get("$select") or "id,displayName,mail").split(",")
    found = [_fields(group, chosen) for group in named[: _top(request)]]
    return json_answer(collection(request, "groups", found) | {"@odata.count": len(named)})


def _searched(request: web.Request) -> str:
    """The name in `$search`, which needs the header:
    https://learn.microsoft.com/graph/search-query-parameter"""
    if request.headers.get("ConsistencyLevel", "").lower() != "eventual":
        text = (
            "Request with $search query parameter only works through MSGraph with a special request header: "
            "'ConsistencyLevel: eventual'"
        )
        raise GraphError(400, "Request_UnsupportedQuery", text)
    search = re.fullmatch(r'"displayName:([^"]+)"', request.query.get("$search", ""))
    if search is None:  # this wording is a guess
        raise GraphError(400, "Request_BadRequest", 'Syntax error in $search: expected "property:value".')
    return search[1]


def _is_called(name: str, wanted: str) -> bool:
    """Whether each word of *wanted* begins a word of *name*, as in the directory's search."""
    words = name.casefold().split()
    return all(any(word.startswith(part) for word in words) for part in wanted.casefold().split())


async def _user(request: web.Request) -> web.Response:
    person = _person(request)
    chosen = ["id", "displayName", "mail", "userPrincipalName"]
    if selected := request.query.get("$select"):
        chosen = [name.strip() for name in selected.split(",")]
    context = f"users({','.join(chosen)})/$entity" if selected else "users/$entity"
    answer = _fields(person, chosen)
    return json_answer({"@odata.context": f"{root(request)}/$metadata#{context}", **answer})


async def _check_member_groups(request: web.Request) -> web.Response:
    person = _person(request)
    try:
        asked = (await request.json())["groupIds"]
    except (ValueError, KeyError, TypeError):
        raise GraphError(400, "Request_BadRequest", "The request body is not valid.") from None
    if len(asked) > MAX_GROUP_IDS:  # a guessed text
        raise GraphError(400, "Request_BadRequest", f"At most {MAX_GROUP_IDS} groupIds are allowed.")
    held = request.app[TENANT].groups_of(person)
    return json_answer(collection(request, "Collection(Edm.String)", [one for one in asked if one in held]))


async def _members(request: web.Request) -> web.Response:
    """The members of a group, at most `$top` a page. Without the right to read people only ids are returned.

    Source: https://learn.microsoft.com/graph/api/group-list-transitivemembers
    """
    tenant, group = request.app[TENANT], request.match_info["id"].lower()
    _expect_advanced(request)
    if group not in tenant.group_ids:
        raise _unknown(group)
    people = [person for person in tenant.people if group in tenant.groups_of(person)]
    top, skip = _top(request), int(request.query.get("$skiptoken", "0"))
    chosen = (request.query.get("$select") or "id,displayName,mail").split(",")
    found = [_fields(person, chosen) for person in people[skip : skip + top]]
    if "User.Read.All" not in tenant.permissions:
        found = [{name: one[name] if name == "id" else None for name in one} for one in found]
    answer = collection(request, "directoryObjects", found) | {"@odata.count": len(people)}
    if len(people) > skip + top:
        query = request.url.update_query({"$skiptoken": str(skip + top)}).query_string
        path = f"/groups/{group}/transitiveMembers/{request.match_info['cast']}"
        answer["@odata.nextLink"] = f"{root(request)}{path}?{query}"
    return json_answer(answer)


def _expect_advanced(request: web.Request) -> None:
    """Refuse a cast that is not an advanced query: https://learn.microsoft.com/graph/aad-advanced-queries"""
    eventual = request.headers.get("ConsistencyLevel", "").lower() == "eventual"
    if not eventual or request.query.get("$count", "").lower() != "true":
        text = "The OData cast needs the header ConsistencyLevel: eventual and $count=true."  # a guessed text
        raise GraphError(400, "Request_UnsupportedQuery", text)


def _top(request: web.Request) -> int:
    top = request.query.get("$top", "100")
    if not top.isdecimal() or not 1 <= int(top) <= MAX_TOP:
        text = f"Invalid page size specified: '{top}'. Must be between 1 and {MAX_TOP} inclusive."
        raise GraphError(400, "Request_UnsupportedQuery", text)
    return int(top)


def _fields(person: Employee, chosen: Sequence[str]) -> dict[str, Any]:
    known: dict[str, Any] = {
        "id": person.aad_object_id,
        "displayName": person.name,
        "mail": person.mail,
        "userPrincipalName": upn(person),
        "userType": person.user_type,
        "proxyAddresses": [f"SMTP:{person.mail}", *(f"smtp:{alias}" for alias in person.aliases)],
    }
    return {name: known[name] for name in chosen if name in known}


def _person(request: web.Request) -> Employee:
    wanted = request.match_info["id"]
    person = request.app[TENANT].find(wanted)
    if person is None:
        raise _unknown(wanted)
    return person


def _unknown(wanted: str) -> GraphError:
    text = (
        f"Resource '{wanted}' does not exist or one of its queried reference-property objects "
        "are not present."
    )
    return GraphError(404, "Request_ResourceNotFound", text)


async def _organization(request: web.Request) -> web.Response:
    domains = [
        {
            "capabilities": domain.capabilities,
            "isDefault": domain.is_default,
            "isInitial": domain.is_initial,
            "name": domain.name,
            "type": "Managed",
        }
        for domain in request.app[TENANT].domains
    ]
    answer: dict[str, Any] = {"id": company.TENANT_ID, "displayName": "Contoso", "verifiedDomains": domains}
    if selected := request.query.get("$select"):
        answer = {name: answer[name] for name in selected.split(",") if name in answer}
    return json_answer(collection(request, "organization", [answer]))
