"""What the planner saves: the requests of each question beside those of a naive client."""

from datetime import UTC, datetime, timedelta
from itertools import product

import httpx
from aiohttp.test_utils import TestServer

from demo.mailbox import CASES, Mailbox, make_mailbox
from demo.tenant import Tenant, graph_app
from tracing.client import GraphHttp
from tracing.graph import decode_rows
from tracing.model import AddressPattern, DeliveryStatus, Direction, Last, Spender, TraceQuery
from tracing.plan import meets
from tracing.source import GraphSource

SOMEBODY = Spender("somebody")
NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)


class HeldClock:
    """A clock that stands still: nothing here waits."""

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing here waits")


class Unlimited:
    """A purse that never empties: what is spent is counted by the tenant."""

    async def take(self, spender: Spender) -> timedelta:
        return timedelta(0)


def addresses(*texts: str) -> tuple[AddressPattern, ...]:
    return tuple(map(AddressPattern, texts))


_CUSTOMERS = tuple(f"m{number}@partner.com" for number in range(5))
_INSIDE = ("contoso.co.jp", "sales.contoso.co.jp")
_WEEK = Last(timedelta(days=7))
_TANAKA = addresses("tanaka@contoso.co.jp")
QUESTIONS = {
    "one sender, two days": TraceQuery(Last(timedelta(days=2)), _TANAKA),
    "one sender, 3 recipients, 7 days": TraceQuery(
        _WEEK, _TANAKA, addresses("abe@partner.com", "m.lopez@partner.com", "kim@fabrikam.example")
    ),
    "2 senders × 5 recipients, 7 days": TraceQuery(
        _WEEK, addresses("tanaka@contoso.co.jp", "kimura@contoso.co.jp"), addresses(*_CUSTOMERS)
    ),
    "a domain, 10 days": TraceQuery(Last(timedelta(days=10)), addresses("*@hoge.com")),
    "john*@contoso.co.jp, 10 days": TraceQuery(Last(timedelta(days=10)), addresses("john*@contoso.co.jp")),
    "mine (2 addresses), 7 days": TraceQuery(
        _WEEK, involving=(addresses("tanaka@contoso.co.jp", "ichiro.tanaka@contoso.co.jp"),)
    ),
    "failed or pending, 14 days": TraceQuery(
        Last(timedelta(days=14)), statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING)
    ),
    "internal, 2 domains, 7 days": TraceQuery(_WEEK, direction=Direction.INTERNAL, domains=_INSIDE),
    "3 trace ids, 10 days": TraceQuery(
        Last(timedelta(days=10)),
        message_trace_ids=tuple(CASES[name][0] for name in ("junk", "quarantined", "several outcomes")),
    ),
    "everything, 90 days": TraceQuery(Last(timedelta(days=90))),
}


def naive_requests(query: TraceQuery) -> int:
    """What a client spends that asks once per pair of addresses, state and day, either side by itself."""
    assert isinstance(query.period, Last)
    days = max(1, query.period.duration // timedelta(days=1))
    sides = 2 if query.involving else 1
    either = [group or (None,) for group in query.involving]
    lists = (
        query.senders or (None,),
        query.recipients or (None,),
        query.statuses or (None,),
        query.message_trace_ids or (None,),
        *either,
    )
    return days * sides * sum(1 for _ in product(*lists))


def full_scan(mailbox: Mailbox, query: TraceQuery) -> int:
    assert isinstance(query.period, Last)
    rows = decode_rows({"value": sample_rows(mailbox, timedelta(days=90))})
    return sum(NOW - query.period.duration <= r.received_date_time and meets(query, r) for r in rows)


async def spend() -> None:
    """Print the requests of each question beside the naive client's; the rows are checked by a full scan."""
    tenant = Tenant(make_mailbox(NOW), clock=lambda: NOW, quota=10_000)
    server = TestServer(graph_app(tenant))
    await server.start_server()
    print(f"{'question':<36}{'requests':>9}{'naive':>8}{'ratio':>8}{'rows':>7}{'scanned':>9}")
    async with httpx.AsyncClient() as http:
        graph = GraphHttp(http, str(server.make_url("/v1.0")), None, HeldClock())
        source = GraphSource(graph, Unlimited(), HeldClock())
        for name, query in QUESTIONS.items():
            tenant.requests.clear()
            answer = await source.trace(query, SOMEBODY)
            ours, naive = len(tenant.requests), naive_requests(query)
            assert len(answer.rows) == full_scan(tenant.mailbox, query), name
            print(
                f"{name:<36}{ours:>9}{naive:>8}{naive / ours:>7.1f}×{len(answer.rows):>7}{answer.scanned:>9}"
            )
    await server.close()


def sample_rows(mailbox: Mailbox, period: timedelta) -> list[dict[str, object]]:
    """Rows of *mailbox* in Graph's names."""
    return [
        {
            "id": row.message_trace_id,
            "messageId": row.message_id,
            "receivedDateTime": row.received_date_time.isoformat().replace("+00:00", "Z"),
            "senderAddress": row.sender_address,
            "recipientAddress": row.recipient_address,
            "subject": row.subject,
            "size": row.size,
            "status": row.status,
            "fromIP": row.from_ip,
            "toIP": row.to_ip,
        }
        for row in mailbox.visible(NOW)
        if row.received_date_time >= NOW - period
    ]
