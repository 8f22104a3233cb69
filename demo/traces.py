"""Lists of traces and the events of one, as the service answers them."""

import re
from dataclasses import replace
from urllib.parse import quote, urlencode

from aiohttp import web

from demo.envelope import collection, json_answer, root
from demo.events import Event, Row, instant
from demo.odata import BadQuery, Query, encode_token, page, parse, write_instant
from demo.organization import TENANT

TRACES_PATH = "/v1.0/admin/exchange/tracing/messageTraces"


def add_traces(app: web.Application) -> None:
    app.router.add_get(TRACES_PATH, _list)
    app.router.add_get(TRACES_PATH + "/{id}/{function:.+}", _details)


async def _list(request: web.Request) -> web.Response:
    tenant = request.app[TENANT]
    faults, now = tenant.faults, tenant.clock()
    query = parse(request.query, now)
    if faults.page_rows is not None:
        query = replace(query, top=min(query.top, faults.page_rows))
    if "$skiptoken" in request.query and faults.spend("invalid_starting_recipient"):
        raise BadQuery("|System.ArgumentException|Invalid starting recipient address")
    rows, following = page(tenant.mailbox.between(query.start, query.end, now), query)
    rows = _changed(request, faults.changed, rows)
    if rows and faults.spend("unknown_status"):
        rows[0] = replace(rows[0], status="futureState")
    known = "include-unknown-enum-members" in ",".join(request.headers.getall("Prefer", []))
    answer = collection(
        request, "admin/exchange/tracing/messageTraces", [_row(row, recalled=known) for row in rows]
    )
    if following is not None:
        answer["@odata.nextLink"] = _next_link(request, query, following)
    return json_answer(answer, {"Preference-Applied": "include-unknown-enum-members"} if known else {})


def _changed(request: web.Request, how: str, rows: list[Row]) -> list[Row]:
    """*rows* as a service would give them that changed since it was measured."""
    tenant, text = request.app[TENANT], request.query.get("$filter", "")
    match how:
        case "order":
            return rows[::-1]
        case "domains" if "'*@" in text:
            return []
        case "values" if " or " in text:
            named = set(re.findall(r"recipientAddress eq '([^']+)'", text))
            return [row for row in tenant.mailbox.visible(tenant.clock()) if row.recipient_address in named]
    return rows


def _next_link(request: web.Request, query: Query, following: Query) -> str:
    faults, start = request.app[TENANT].faults, root(request)
    if faults.spend("repeated_cursor"):
        following = query
    if faults.spend("foreign_origin"):
        start = "https://graph.microsoft.example/v1.0"
    token = encode_token(following, quoted_twice=faults.spend("token_quoted_twice"))
    parameters = urlencode({"$skiptoken": token}, quote_via=quote, safe="$")
    return f"{start}/admin/exchange/tracing/messageTraces?{parameters}"


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
    return json_answer(collection(request, "Collection(microsoft.graph.exchangeMessageTraceDetail)", events))


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
