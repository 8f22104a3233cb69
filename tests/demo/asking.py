"""Questions to the sample tenant, over real HTTP on loopback."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from demo.company import TANAKA
from demo.events import Mail, To, deliver, mail
from demo.mailbox import make_mailbox

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
LIST = "/v1.0/admin/exchange/tracing/messageTraces"
MAILBOX = make_mailbox(NOW)
WEEK = "receivedDateTime ge 2026-10-08T03:00:00Z and receivedDateTime le 2026-10-15T03:00:00Z"

Client = TestClient[web.Request, web.Application]


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


async def rows(
    graph: Client, condition: str = "", window: str = WEEK, **headers: str
) -> list[dict[str, Any]]:
    """Every row that one page of 5000 gives for a filter."""
    text = " and ".join(part for part in (window, condition) if part)
    response = await graph.get(LIST, params={"$filter": text, "$top": "5000"}, headers=headers)
    assert response.status == 200, await response.text()
    value: list[dict[str, Any]] = (await response.json())["value"]
    return value


async def error(response: ClientResponse) -> tuple[int, str, str]:
    body = (await response.json())["error"]
    assert body["innerError"].keys() == {"date", "request-id", "client-request-id"}
    return response.status, body["code"], body["message"]


async def refused(graph: Client, **params: str) -> str:
    status, code, message = await error(await graph.get(LIST, params={f"${k}": v for k, v in params.items()}))
    assert (status, code) == (400, "BadRequest")
    return message


def token_of(link: str) -> dict[str, str]:
    token = parse_qs(urlsplit(link).query)["$skiptoken"][0]
    fields: dict[str, str] = json.loads(base64.b64decode(token + "=" * (-len(token) % 4)))
    return fields


def flood(count: int) -> Mail:
    """One message to *count* recipients: they share the instant of reception."""
    to = (To(f"m{number:04}@partner.com", "delivered", (deliver(2),)) for number in range(count))
    return mail("flood", NOW - timedelta(hours=1), TANAKA.mail, "flood", *to)


async def walk(graph: Client, link: str | None) -> list[dict[str, Any]]:
    found = []
    while link is not None:
        body = await (await graph.session.get(link)).json()
        found += body["value"]
        link = body.get("@odata.nextLink")
    return found


def details(key: tuple[str, str], encode: Callable[[str], str] = str) -> str:
    recipient = encode(key[1].replace("'", "''"))
    return f"{LIST}/{key[0]}/getDetailsByRecipient(recipientAddress='{recipient}')"
