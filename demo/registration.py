"""How the sample tenant is set up, as Graph gives it: service principals, the app's secrets, its groups."""

import re
from typing import Any

from aiohttp import web

from demo.envelope import GraphError, json_answer, root
from demo.organization import TENANT

_NEEDED = (
    (re.compile(r"/messageTraces"), {"ExchangeMessageTrace.Read.All"}),
    (re.compile(r"/checkMemberGroups$"), {"GroupMember.Read.All", "User.Read.All"}),
    (re.compile(r"/groups\b"), {"GroupMember.Read.All"}),
    (re.compile(r"/users\b"), {"User.Read.All"}),
    (re.compile(r"/organization$"), {"Organization.Read.All"}),
    (re.compile(r"/(servicePrincipals|applications)\("), {"Application.Read.All"}),
)
"""The least privileged application permissions that each call documents; the first that fits counts."""


def add_registration(app: web.Application) -> None:
    app.router.add_get("/v1.0/servicePrincipals(appId='{id}')", _principal)
    app.router.add_get("/v1.0/applications(appId='{id}')", _application)


def check_permission(request: web.Request) -> None:
    """Refuse, as Graph does, what the app was not granted."""
    needed = next((names for path, names in _NEEDED if path.search(request.path)), set[str]())
    if needed - request.app[TENANT].permissions:
        text = "Insufficient privileges to complete the operation."
        raise GraphError(403, "Authorization_RequestDenied", text)


async def _principal(request: web.Request) -> web.Response:
    wanted = request.match_info["id"]
    return _one(request, "servicePrincipals", wanted if wanted in request.app[TENANT].principals else None)


async def _application(request: web.Request) -> web.Response:
    secrets = [
        {"displayName": None, "hint": hint, "endDateTime": ends.isoformat().replace("+00:00", "Z")}
        for hint, ends in request.app[TENANT].secrets.items()
    ]
    return _one(request, "applications", request.match_info["id"], {"passwordCredentials": secrets})


def _one(
    request: web.Request, kind: str, ident: str | None, more: dict[str, Any] | None = None
) -> web.Response:
    if ident is None:
        wanted = request.match_info["id"]
        text = (
            f"Resource '{wanted}' does not exist or one of its queried reference-property objects "
            "are not present."
        )
        raise GraphError(404, "Request_ResourceNotFound", text)
    context = f"{root(request)}/$metadata#{kind}/$entity"
    return json_answer({"@odata.context": context, "id": ident, **(more or {})})
