"""The sample tenant: Graph's endpoints over a made-up mailbox, with the behaviour that was measured.

`graph_app` gives the application; `Tenant` holds what it answers from, what it was asked, and the
`Faults` it is to show. Texts of errors that nobody has measured are marked as guesses.
"""

import asyncio
import json
import re
import sys
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from math import ceil
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from aiohttp import web

from demo import company
from demo.company import Domain, Employee
from demo.events import Event, Row, instant
from demo.mailbox import Mailbox
from demo.odata import BadQuery, Query, encode_token, page, parse, write_instant

QUOTA = 100  # requests; https://learn.microsoft.com/graph/throttling-limits
QUOTA_PERIOD = timedelta(minutes=5)
MAX_GROUP_IDS = 20  # https://learn.microsoft.com/graph/api/directoryobject-checkmembergroups
THROTTLED = "Your recent queries have surpassed the permitted limit, please try again later."
EXPIRED = "Lifetime validation failed, the token is expired."
TRACING_APP_ID = "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"
CONTENT_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
)
ALWAYS = sys.maxsize

LIST, DETAILS, DIRECTORY = "list", "details", "directory"
TRACES = frozenset({LIST, DETAILS})
EVERYWHERE = TRACES | {DIRECTORY}


@dataclass
class Faults:
    """How many of the next calls go wrong, by the way in which they do; `ALWAYS` for all of them.

    `where` names the kinds of calls that the general faults meet. Those of a cursor meet lists only,
    those of `data` details only. The counters run down as they are spent.
    """

    throttle: int = 0
    prerequisite_missing: int = 0
    token_expired: int = 0
    permission_missing: int = 0
    server_error: int = 0
    dropped: int = 0  # the connection is cut without an answer
    half_page: int = 0  # JSON that ends in the middle
    token_quoted_twice: int = 0
    invalid_starting_recipient: int = 0  # a call that carries a cursor is refused
    repeated_cursor: int = 0  # a nextLink leads to the page it came with
    foreign_origin: int = 0
    unknown_status: int = 0  # the newest row of a page has a status that no page describes
    blank_data: int = 0
    broken_data: int = 0
    where: frozenset[str] = TRACES
    slow: timedelta = timedelta(0)  # every call takes this much longer
    retry_after: int | None = 30  # seconds; None leaves the header out
    retry_after_as_date: bool = False
    prerequisite_status: int = 401  # 403 while the service principal is still propagating
    server_error_status: int = 503  # 502 and 504 come from a gateway, as HTML

    def spend(self, name: str) -> bool:
        """Whether the fault *name* is due now; it counts as shown."""
        left: int = getattr(self, name)
        if 0 < left < ALWAYS:
            setattr(self, name, left - 1)
        return left > 0

    def clear(self) -> None:
        for one in fields(self):
            setattr(self, one.name, one.default)


FAULT_NAMES = tuple(one.name for one in fields(Faults) if one.default == 0 and one.type is int)
"""The counters of `Faults`."""


@dataclass(frozen=True)
class RequestRecord:
    """One call as it was answered; `status` 0 where the connection was cut."""

    at: datetime
    method: str
    path: str
    params: Mapping[str, str]
    status: int
    kind: str


@dataclass
class Tenant:
    """All that one tenant knows. `mailbox`, `faults` and `required_token` may be set at any time.

    `required_token`: calls with another bearer token get 401; None lets every call in.
    `public_url`: what stands before `/admin` in links, `https://host/v1.0`; None takes what was called.
    """

    mailbox: Mailbox
    people: Sequence[Employee] = company.DIRECTORY
    groups: Mapping[str, Sequence[str]] = field(default_factory=lambda: company.GROUPS)
    domains: Sequence[Domain] = company.VERIFIED_DOMAINS
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    faults: Faults = field(default_factory=Faults)
    required_token: str | None = None
    public_url: str | None = None
    quota: int = QUOTA
    requests: list[RequestRecord] = field(default_factory=list)
    spent: deque[datetime] = field(default_factory=deque)

    def find(self, id_or_upn: str) -> Employee | None:
        wanted = id_or_upn.lower()
        return next((one for one in self.people if wanted in (one.aad_object_id, upn(one).lower())), None)

    def groups_of(self, person: Employee) -> frozenset[str]:
        """Every group that holds *person*, through other groups too."""
        found = set(person.groups)
        while more := {group for group, held in self.groups.items() if found & set(held)} - found:
            found |= more
        return frozenset(found)

    def charge(self, now: datetime) -> int | None:
        """Spend one request of the rolling quota; or the seconds until there is one again."""
        while self.spent and self.spent[0] <= now - QUOTA_PERIOD:
            self.spent.popleft()
        if len(self.spent) >= self.quota:
            return max(1, ceil((self.spent[0] + QUOTA_PERIOD - now).total_seconds()))
        self.spent.append(now)
        return None


TENANT = web.AppKey("tenant", Tenant)
CUT = web.RequestKey("cut", bool)


def upn(person: Employee) -> str:
    return person.user_principal_name or person.mail


def graph_app(tenant: Tenant) -> web.Application:
    """Graph for *tenant*, to be served alone or mounted under a prefix."""
    app = web.Application(middlewares=[_recorded, _worded, _admitted])
    app[TENANT] = tenant
    traces = "/v1.0/admin/exchange/tracing/messageTraces"
    app.router.add_get(traces, _list)
    app.router.add_get(traces + "/{id}/{function:.+}", _details)
    app.router.add_get("/v1.0/users/{id}", _user)
    app.router.add_post("/v1.0/users/{id}/checkMemberGroups", _check_member_groups)
    app.router.add_get("/v1.0/organization", _organization)
    return app


class GraphError(Exception):
    """Answered in Graph's envelope."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, dict(headers or {})


# --- around every call -----------------------------------------------------------------------------

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def _kind(request: web.Request) -> str:
    if "/messageTraces" not in request.path:
        return DIRECTORY
    return LIST if request.path.endswith("/messageTraces") else DETAILS


@web.middleware
async def _recorded(request: web.Request, handler: Handler) -> web.StreamResponse:
    tenant = request.app[TENANT]
    at, status = tenant.clock(), 0
    try:
        response = await handler(request)
        status = 0 if CUT in request else response.status
        return response
    finally:
        params = dict(request.query)
        tenant.requests.append(
            RequestRecord(at, request.method, request.path, params, status, _kind(request))
        )


@web.middleware
async def _worded(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every refusal Graph's words and envelope."""
    try:
        return await handler(request)
    except GraphError as error:
        return _refusal(request, error)
    except BadQuery as error:
        return _refusal(request, GraphError(400, "BadRequest", str(error)))
    except web.HTTPException as error:
        segment = request.path.rpartition("/")[2]
        message = f"Resource not found for the segment '{segment}'."
        return _refusal(request, GraphError(error.status, "BadRequest", message))


def _refusal(request: web.Request, error: GraphError) -> web.Response:
    ident = str(uuid4())
    inner = {
        "date": f"{request.app[TENANT].clock().astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "request-id": ident,
        "client-request-id": request.headers.get("client-request-id", ident),
    }
    body = {"error": {"code": error.code, "message": error.message, "innerError": inner}}
    return web.json_response(body, status=error.status, headers={"request-id": ident, **error.headers})


@web.middleware
async def _admitted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Look at the token, the faults that are due, and the quota; then let the call through."""
    tenant, kind = request.app[TENANT], _kind(request)
    faults = tenant.faults
    if tenant.required_token is not None:
        _check_token(request.headers.get("Authorization", ""), tenant.required_token)
    if faults.slow:
        await asyncio.sleep(faults.slow.total_seconds())
    if kind in faults.where:
        if faults.spend("dropped"):
            request[CUT] = True
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if (gateway := _refuse(tenant)) is not None:
            return gateway
    if kind in TRACES and (wait := tenant.charge(tenant.clock())) is not None:
        raise GraphError(429, "TooManyRequests", THROTTLED, {"Retry-After": str(wait)})
    response = await handler(request)
    if kind in faults.where and isinstance(response, web.Response) and faults.spend("half_page"):
        assert isinstance(response.body, bytes)
        response.body = response.body[: len(response.body) // 2]
    return response


def _check_token(header: str, required: str) -> None:
    scheme, _, token = header.partition(" ")
    if scheme.lower() == "bearer" and token == required:
        return
    raise _invalid_token(EXPIRED if token else "Access token is empty.")


def _invalid_token(message: str) -> GraphError:
    return GraphError(401, "InvalidAuthenticationToken", message, {"WWW-Authenticate": "Bearer"})


def _refuse(tenant: Tenant) -> web.Response | None:
    """Raise the refusal that is due, or give the page of a gateway."""
    faults = tenant.faults
    if faults.spend("prerequisite_missing"):
        text = (
            "Service principal-less authentication failed: "
            f"The service principal for App ID {TRACING_APP_ID} was not found."
        )
        raise GraphError(faults.prerequisite_status, "UnknownError", text)
    if faults.spend("token_expired"):
        raise _invalid_token(EXPIRED)
    if faults.spend("permission_missing"):
        text = "Insufficient privileges to complete the operation."
        raise GraphError(403, "Authorization_RequestDenied", text)
    if faults.spend("throttle"):
        raise GraphError(429, "TooManyRequests", THROTTLED, _retry_after(faults, tenant.clock()))
    if faults.spend("server_error"):
        status = faults.server_error_status
        if status in (502, 504):
            page_of_gateway = f"<html><body><h1>{status} Gateway</h1></body></html>"
            return web.Response(status=status, text=page_of_gateway, content_type="text/html")
        code = "ServiceNotAvailable" if status == 503 else "InternalServerError"
        raise GraphError(status, code, "The service is temporarily unavailable.")
    return None


def _retry_after(faults: Faults, now: datetime) -> dict[str, str]:
    if faults.retry_after is None:
        return {}
    if not faults.retry_after_as_date:
        return {"Retry-After": str(faults.retry_after)}
    due = now.astimezone(UTC) + timedelta(seconds=faults.retry_after)
    return {"Retry-After": format_datetime(due.replace(microsecond=0), usegmt=True)}


# --- the endpoints ---------------------------------------------------------------------------------


async def _list(request: web.Request) -> web.Response:
    tenant = request.app[TENANT]
    faults, now = tenant.faults, tenant.clock()
    query = parse(request.query, now)
    if "$skiptoken" in request.query and faults.spend("invalid_starting_recipient"):
        raise BadQuery("|System.ArgumentException|Invalid starting recipient address")
    rows, following = page(tenant.mailbox.between(query.start, query.end, now), query)
    if rows and faults.spend("unknown_status"):
        rows[0] = replace(rows[0], status="futureState")
    known = "include-unknown-enum-members" in ",".join(request.headers.getall("Prefer", []))
    answer = _collection(
        request, "admin/exchange/tracing/messageTraces", [_row(row, recalled=known) for row in rows]
    )
    if following is not None:
        answer["@odata.nextLink"] = _next_link(request, query, following)
    return _json(answer, {"Preference-Applied": "include-unknown-enum-members"} if known else {})


def _next_link(request: web.Request, query: Query, following: Query) -> str:
    faults, root = request.app[TENANT].faults, _root(request)
    if faults.spend("repeated_cursor"):
        following = query
    if faults.spend("foreign_origin"):
        root = "https://graph.microsoft.example/v1.0"
    token = encode_token(following, quoted_twice=faults.spend("token_quoted_twice"))
    parameters = urlencode({"$skiptoken": token}, quote_via=quote, safe="$")
    return f"{root}/admin/exchange/tracing/messageTraces?{parameters}"


def _row(row: Row, *, recalled: bool) -> dict[str, str | int]:
    # evolvable enums: https://learn.microsoft.com/graph/best-practices-concept
    hidden = row.status.lower() == "recalled" and not recalled
    return {
        "id": row.message_trace_id,
        "senderAddress": row.sender_address,
        "recipientAddress": row.recipient_address,
        "messageId": row.message_id,
        "receivedDateTime": write_instant(row.instant),
        "subject": row.subject,
        "size": row.size,
        "fromIP": row.from_ip,
        "toIP": row.to_ip,
        "status": "unknownFutureValue" if hidden else row.status,
    }


async def _details(request: web.Request) -> web.Response:
    tenant = request.app[TENANT]
    call = re.fullmatch(
        r"getDetailsByRecipient\(\s*recipientAddress\s*=\s*'((?:[^']|'')*)'\s*\)",
        request.match_info["function"],
    )
    if call is None:
        raise web.HTTPBadRequest
    now = tenant.clock()
    row = tenant.mailbox.row((request.match_info["id"], call[1].replace("''", "'")), now)
    visible = row is not None and row.visible_from <= now
    told = tenant.mailbox.events(row.key, now) if row is not None and visible else ()
    events = [_event(row, event) for event in told] if row is not None else []
    if events and tenant.faults.spend("blank_data"):
        events = [{**event, "data": ""} for event in events]
    if events and tenant.faults.spend("broken_data"):
        events = [{**event, "data": event["data"][: len(event["data"]) // 2]} for event in events]
    return _json(_collection(request, "Collection(microsoft.graph.exchangeMessageTraceDetail)", events))


def _event(row: Row, event: Event) -> dict[str, str]:
    return {
        "id": row.message_trace_id,
        "messageId": row.message_id,
        "dateTime": write_instant(instant(event.date_time)),
        "event": event.event,
        "action": event.action,
        "description": event.description,
        "data": event.data,
    }


async def _user(request: web.Request) -> web.Response:
    person = _person(request)
    known: dict[str, Any] = {
        "id": person.aad_object_id,
        "displayName": person.name,
        "mail": person.mail,
        "userPrincipalName": upn(person),
    }
    chosen = list(known)
    known["userType"] = person.user_type
    known["proxyAddresses"] = [f"SMTP:{person.mail}", *(f"smtp:{alias}" for alias in person.aliases)]
    if selected := request.query.get("$select"):
        chosen = [name.strip() for name in selected.split(",")]
    context = f"users({','.join(chosen)})/$entity" if selected else "users/$entity"
    answer = {name: known[name] for name in chosen if name in known}
    return _json({"@odata.context": f"{_root(request)}/$metadata#{context}", **answer})


async def _check_member_groups(request: web.Request) -> web.Response:
    person = _person(request)
    try:
        asked = (await request.json())["groupIds"]
    except (ValueError, KeyError, TypeError):
        raise GraphError(400, "Request_BadRequest", "The request body is not valid.") from None
    if len(asked) > MAX_GROUP_IDS:  # a guessed text
        raise GraphError(400, "Request_BadRequest", f"At most {MAX_GROUP_IDS} groupIds are allowed.")
    held = request.app[TENANT].groups_of(person)
    return _json(_collection(request, "Collection(Edm.String)", [one for one in asked if one in held]))


def _person(request: web.Request) -> Employee:
    wanted = request.match_info["id"]
    person = request.app[TENANT].find(wanted)
    if person is None:
        text = (
            f"Resource '{wanted}' does not exist or one of its queried reference-property objects "
            "are not present."
        )
        raise GraphError(404, "Request_ResourceNotFound", text)
    return person


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
    return _json(_collection(request, "organization", [answer]))


def _collection(request: web.Request, context: str, value: Iterable[Any]) -> dict[str, Any]:
    return {"@odata.context": f"{_root(request)}/$metadata#{context}", "value": list(value)}


def _root(request: web.Request) -> str:
    """What the client called, up to `/v1.0`: scheme, host and the prefix of a mounted application."""
    tenant = request.app[TENANT]
    if tenant.public_url is not None:
        return tenant.public_url.rstrip("/")
    prefix = request.rel_url.raw_path.partition("/v1.0")[0]
    return f"{request.url.origin()}{prefix}/v1.0"


def _json(answer: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> web.Response:
    text = json.dumps(answer, ensure_ascii=False)
    all_headers = {"Content-Type": CONTENT_TYPE, "request-id": str(uuid4()), **(headers or {})}
    return web.Response(body=text.encode(), headers=all_headers)
