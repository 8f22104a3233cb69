"""The sample tenant: Graph's endpoints over a made-up mailbox, with the behaviour that was measured.

`graph_app` gives the application; `Tenant` holds what it answers from, what it was asked, and the
`Faults` it is to show. Texts of errors that nobody has measured are marked as guesses.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from time import monotonic

from aiohttp import web

from demo.directory import add_directory
from demo.envelope import GraphError, refusal
from demo.faults import ALWAYS, DETAILS, DIRECTORY, EVERYWHERE, FAULT_NAMES, LIST, TRACES, Faults
from demo.odata import BadQuery
from demo.organization import (
    QUOTA,
    QUOTA_PERIOD,
    TENANT,
    TRACING_APP_ID,
    RequestRecord,
    Tenant,
    upn,
)
from demo.registration import add_registration, check_permission
from demo.traces import add_traces

__all__ = [
    "ALWAYS",
    "DETAILS",
    "DIRECTORY",
    "EVERYWHERE",
    "FAULT_NAMES",
    "LIST",
    "QUOTA",
    "QUOTA_PERIOD",
    "TENANT",
    "THROTTLED",
    "TRACES",
    "Faults",
    "RequestRecord",
    "Tenant",
    "graph_app",
    "upn",
]

THROTTLED = "Your recent queries have surpassed the permitted limit, please try again later."
EXPIRED = "Lifetime validation failed, the token is expired."
CUT = web.RequestKey("cut", bool)


def graph_app(tenant: Tenant) -> web.Application:
    """Graph for *tenant*, to be served alone or mounted under a prefix."""
    app = web.Application(middlewares=[_recorded, _worded, _admitted])
    app[TENANT] = tenant
    add_traces(app)
    add_directory(app)
    add_registration(app)
    return app


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
        # The tenant lives by its own clock, and says so.
        response.headers["Date"] = format_datetime(at.astimezone(UTC).replace(microsecond=0), usegmt=True)
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
        return refusal(request, error)
    except BadQuery as error:
        return refusal(request, GraphError(400, "BadRequest", str(error)))
    except web.HTTPException as error:
        segment = request.path.rpartition("/")[2]
        message = f"Resource not found for the segment '{segment}'."
        return refusal(request, GraphError(error.status, "BadRequest", message))


async def _take_time(tenant: Tenant) -> None:
    """Delay as the scenario asks; clearing the delay releases the requests that wait."""
    since = monotonic()
    # Polled: clearing the fault only writes a field and cannot wake those that wait.
    while monotonic() - since < tenant.faults.slow.total_seconds():  # noqa: ASYNC110
        await asyncio.sleep(0.01)


@web.middleware
async def _admitted(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Look at the token, the faults that are due, and the quota; then let the call through."""
    tenant, kind = request.app[TENANT], _kind(request)
    faults = tenant.faults
    if tenant.required_token is not None:
        _check_token(request.headers.get("Authorization", ""), tenant.required_token)
    await _take_time(tenant)
    if kind in faults.where:
        if faults.spend("dropped"):
            request[CUT] = True
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if (gateway := _refuse(tenant)) is not None:
            return gateway
    if faults.refused_path and faults.refused_path in request.path:
        raise GraphError(400, "Request_BadRequest", "Unsupported query.")
    check_permission(request)
    if kind in TRACES and TRACING_APP_ID not in tenant.principals:
        raise _unprepared(faults)
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
        raise _unprepared(faults)
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


def _unprepared(faults: Faults) -> GraphError:
    text = (
        "Service principal-less authentication failed: "
        f"The service principal for App ID {TRACING_APP_ID} was not found."
    )
    return GraphError(faults.prerequisite_status, "UnknownError", text)


def _retry_after(faults: Faults, now: datetime) -> dict[str, str]:
    if faults.retry_after is None:
        return {}
    if not faults.retry_after_as_date:
        return {"Retry-After": str(faults.retry_after)}
    due = now.astimezone(UTC) + timedelta(seconds=faults.retry_after)
    return {"Retry-After": format_datetime(due.replace(microsecond=0), usegmt=True)}
