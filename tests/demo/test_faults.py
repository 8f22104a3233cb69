"""Each fault shows as the live service shows it, as often as it was set."""

import base64
import json
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientError, ClientTimeout

from demo.company import SATO
from demo.mailbox import CASES
from demo.tenant import ALWAYS, EVERYWHERE, FAULT_NAMES, THROTTLED, Faults, Tenant
from tests.demo.asking import (
    LIST,
    NOW,
    Client,
    details,
    error,
    rows,
    token_of,
)


async def test_throttled(graph: Client, tenant: Tenant) -> None:
    """A refusal for haste says when to come back in seconds, as a date, or not at all."""
    tenant.faults = Faults(throttle=3, retry_after=17)

    response = await graph.get(LIST)
    assert (await error(response))[::2] == (429, THROTTLED)
    assert response.headers["Retry-After"] == "17"
    tenant.faults.retry_after_as_date = True
    response = await graph.get(LIST)
    assert parsedate_to_datetime(response.headers["Retry-After"]) == NOW + timedelta(seconds=17)
    tenant.faults.retry_after = None
    assert "Retry-After" not in (await graph.get(LIST)).headers
    assert (await graph.get(LIST)).status == 200


@pytest.mark.parametrize(
    ("faults", "status", "text"),
    [
        (Faults(prerequisite_missing=1), 401, "Service principal-less authentication failed"),
        (Faults(prerequisite_missing=1), 401, "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"),
        (Faults(prerequisite_missing=1, prerequisite_status=403), 403, "Service principal-less"),
        (Faults(token_expired=1), 401, "InvalidAuthenticationToken"),
        (Faults(permission_missing=1), 403, "Authorization_RequestDenied"),
        (Faults(server_error=1), 503, "ServiceNotAvailable"),
        (Faults(server_error=1, server_error_status=500), 500, "InternalServerError"),
        (Faults(server_error=1, server_error_status=504), 504, "<html>"),
    ],
)
async def test_refusals(graph: Client, tenant: Tenant, faults: Faults, status: int, text: str) -> None:
    """A fault shows once for each time it is set, on traces; the directory is spared."""
    tenant.faults = faults

    assert (await graph.get(f"/v1.0/users/{SATO.mail}")).status == 200
    response = await graph.get(LIST)
    assert response.status == status
    assert text in await response.text()
    assert (await graph.get(LIST)).status == 200


async def test_everywhere(graph: Client, tenant: Tenant) -> None:
    """Faults may be sent to the directory too, and may go on until they are cleared."""
    tenant.faults = Faults(permission_missing=ALWAYS, where=EVERYWHERE)

    for _ in range(3):
        assert (await graph.get("/v1.0/organization")).status == 403
    tenant.faults.clear()
    assert (await graph.get("/v1.0/organization")).status == 200


async def test_dropped(graph: Client, tenant: Tenant) -> None:
    """The connection is cut without an answer."""
    tenant.faults = Faults(dropped=ALWAYS)

    with pytest.raises(ClientError):
        await graph.get(LIST)
    assert tenant.requests[0].status == 0
    tenant.faults.clear()
    assert (await graph.get(LIST)).status == 200


async def test_half_page(graph: Client, tenant: Tenant) -> None:
    """The JSON ends in the middle of a page that says it is whole."""
    tenant.faults = Faults(half_page=1)

    response = await graph.get(LIST)
    text = await response.text(errors="replace")
    assert response.status == 200
    with pytest.raises(json.JSONDecodeError):
        json.loads(text)


async def test_slow(graph: Client, tenant: Tenant) -> None:
    """Every call takes longer."""
    tenant.faults = Faults(slow=timedelta(seconds=0.2))

    with pytest.raises(TimeoutError):
        await graph.get(LIST, timeout=ClientTimeout(total=0.05))


async def test_token_quoted_twice(graph: Client, tenant: Tenant) -> None:
    """A nextLink's values come quoted twice; sent back unmended they are refused, mended they work."""
    tenant.faults = Faults(token_quoted_twice=1)
    link = (await (await graph.get(LIST, params={"$top": "5"})).json())["@odata.nextLink"]

    fields = token_of(link)
    assert fields["StartDate"].startswith('"')
    status, _, message = await error(await graph.session.get(link))
    assert status == 400
    assert "Cannot process argument transformation on parameter 'StartDate'" in message
    mended = json.dumps({name: value.strip('"') for name, value in fields.items()})
    token = base64.b64encode(mended.encode()).decode()
    assert len((await (await graph.get(LIST, params={"$skiptoken": token})).json())["value"]) == 5


@pytest.mark.parametrize("times", [1, ALWAYS])
async def test_invalid_starting_recipient(graph: Client, tenant: Tenant, times: int) -> None:
    """A cursor is refused, once or always; a list taken up anew by time is not."""
    tenant.faults = Faults(invalid_starting_recipient=times)
    link = (await (await graph.get(LIST, params={"$top": "5"})).json())["@odata.nextLink"]

    status, _, message = await error(await graph.session.get(link))
    assert (status, message) == (400, "|System.ArgumentException|Invalid starting recipient address")
    assert (await graph.session.get(link)).status == (200 if times == 1 else 400)
    assert (await graph.get(LIST)).status == 200


async def test_repeated_cursor(graph: Client, tenant: Tenant) -> None:
    """A nextLink leads to the page it came with, again and again."""
    tenant.faults = Faults(repeated_cursor=ALWAYS)

    first = await (await graph.get(LIST, params={"$top": "5"})).json()
    again = await (await graph.session.get(first["@odata.nextLink"])).json()
    assert again == first


async def test_foreign_origin(graph: Client, tenant: Tenant) -> None:
    """A nextLink leads to another host."""
    tenant.faults = Faults(foreign_origin=1)

    body = await (await graph.get(LIST, params={"$top": "5"})).json()
    assert urlsplit(body["@odata.nextLink"]).hostname == "graph.microsoft.example"


async def test_unknown_status(graph: Client, tenant: Tenant) -> None:
    """A status that no page describes may come any day."""
    tenant.faults = Faults(unknown_status=1)

    assert [row["status"] for row in await rows(graph)].count("futureState") == 1
    assert "futureState" not in {row["status"] for row in await rows(graph)}


async def test_data_faults(graph: Client, tenant: Tenant) -> None:
    """The data of events may be blank, or XML that ends in the middle."""
    tenant.faults = Faults(blank_data=1, broken_data=0)
    url = details(CASES["junk"])

    blank = (await (await graph.get(url)).json())["value"]
    tenant.faults = Faults(broken_data=1)
    broken = (await (await graph.get(url)).json())["value"]
    assert {event["data"] for event in blank} == {""}
    assert not any(event["data"].endswith("</root>") for event in broken)


def test_fault_names() -> None:
    """The counters are listed, so that a page can offer them all."""
    assert {"throttle", "half_page", "broken_data", "token_quoted_twice"} <= set(FAULT_NAMES)
    assert not {"where", "retry_after", "slow", "server_error_status"} & set(FAULT_NAMES)
