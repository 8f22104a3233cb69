"""How Graph wraps what it answers: collections, refusals, links."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC
from typing import Any
from uuid import uuid4

from aiohttp import web

from demo.organization import TENANT

CONTENT_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8"
)


class GraphError(Exception):
    """Answered in Graph's envelope."""

    def __init__(
        self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(message)
        self.status, self.code, self.message, self.headers = status, code, message, dict(headers or {})


def refusal(request: web.Request, error: GraphError) -> web.Response:
    ident = str(uuid4())
    inner = {
        "date": f"{request.app[TENANT].clock().astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "request-id": ident,
        "client-request-id": request.headers.get("client-request-id", ident),
    }
    body = {"error": {"code": error.code, "message": error.message, "innerError": inner}}
    return web.json_response(body, status=error.status, headers={"request-id": ident, **error.headers})


def collection(request: web.Request, context: str, value: Iterable[Any]) -> dict[str, Any]:
    return {"@odata.context": f"{root(request)}/$metadata#{context}", "value": list(value)}


def root(request: web.Request) -> str:
    """What the client called, up to `/v1.0`: scheme, host and the prefix of a mounted application."""
    tenant = request.app[TENANT]
    if tenant.public_url is not None:
        return tenant.public_url.rstrip("/")
    prefix = request.rel_url.raw_path.partition("/v1.0")[0]
    return f"{request.url.origin()}{prefix}/v1.0"


def json_answer(answer: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> web.Response:
    text = json.dumps(answer, ensure_ascii=False)
    all_headers = {"Content-Type": CONTENT_TYPE, "request-id": str(uuid4()), **(headers or {})}
    return web.Response(body=text.encode(), headers=all_headers)
