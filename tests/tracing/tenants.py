"""A tenant on loopback and a source that reads it, for tests of the client.

async with Reading(mailbox) as reading:
    answer = await reading.source.trace(query, SOMEBODY)
    reading.tenant.requests
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Self

import httpx
from aiohttp import web
from aiohttp.test_utils import TestServer

from demo.events import Mail, To, deliver, mail
from demo.mailbox import Mailbox, make_mailbox
from demo.tenant import Faults, Tenant, graph_app
from tests.signing import HeldClock
from tracing.client import GraphHttp
from tracing.graph import PAGE_SIZE, decode_rows
from tracing.model import AddressPattern, Answer, MessageTrace, Spender, TraceQuery
from tracing.plan import meets
from tracing.quota import Stamp, decide
from tracing.source import GraphSource

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
MAILBOX = make_mailbox(NOW)
TOKEN = "token-1"
SOMEBODY = Spender("somebody")
_OTHERS = Spender("others")


def addresses(*texts: str) -> tuple[AddressPattern, ...]:
    return tuple(map(AddressPattern, texts))


def flood(count: int, name: str = "flood", ago: timedelta = timedelta(hours=1)) -> Mail:
    """One message to *count* recipients: they share the instant of reception."""
    to = (To(f"m{number:04}@partner.com", "delivered", (deliver(2),)) for number in range(count))
    return mail(name, NOW - ago, "tanaka@contoso.co.jp", name, *to)


class PlainBudget:
    """Meets `tracing.quota.Budget` in memory."""

    def __init__(self, clock: HeldClock) -> None:
        self._clock = clock
        self.stamps: list[datetime] = []

    async def take(self, spender: Spender) -> timedelta:
        stamps = [Stamp(stamp, _OTHERS) for stamp in self.stamps]
        pause = decide(stamps, (), spender, self._clock.now())
        if not pause:
            self.stamps.append(self._clock.now())
        return pause


class Tokens:
    """Meets `TokenProvider`: gives its tokens one after the other, the next at each renewal."""

    def __init__(self, *tokens: str) -> None:
        self._tokens = list(tokens)
        self.renewals = 0

    async def get(self, scope: str) -> str:
        return self._tokens[0]

    async def renew(self, scope: str) -> str:
        self.renewals += 1
        self._tokens = self._tokens[1:] or self._tokens
        return self._tokens[0]


class Reading:
    """Serves *application*, or the tenant of *mailbox*, and reads it."""

    def __init__(
        self,
        mailbox: Mailbox = MAILBOX,
        faults: Faults | None = None,
        *,
        page_size: int = PAGE_SIZE,
        tokens: Tokens | None = None,
        application: web.Application | None = None,
        timeout: float = 5,
    ) -> None:
        self.clock = HeldClock(NOW)
        self.tenant = Tenant(mailbox, clock=self.clock.now, faults=faults or Faults())
        self.tokens = tokens or Tokens(TOKEN)
        self.budget = PlainBudget(self.clock)
        self._page_size = page_size
        self._server = TestServer(application or graph_app(self.tenant))
        self.http = httpx.AsyncClient(timeout=timeout, trust_env=False, verify=False)

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        root = str(self._server.make_url("/v1.0"))
        self.graph = GraphHttp(self.http, root, self.tokens, self.clock)
        self.source = GraphSource(self.graph, self.budget, self.clock, self._page_size)
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self.http.aclose()
        await self._server.close()

    def expected(self, query: TraceQuery, answer: Answer) -> list[MessageTrace]:
        """What a full scan of the answer's window finds, newest first."""
        rows = visible(self.tenant.mailbox, NOW)
        window = answer.window
        return [r for r in rows if window.start <= r.received_date_time <= window.end and meets(query, r)]


def visible(mailbox: Mailbox, now: datetime) -> tuple[MessageTrace, ...]:
    """Every row the tenant can show, as Graph would give it."""
    rows = [
        {
            "id": row.message_trace_id,
            "messageId": row.message_id,
            "receivedDateTime": row.received_date_time.isoformat(),
            "senderAddress": row.sender_address,
            "recipientAddress": row.recipient_address,
            "subject": row.subject,
            "size": row.size,
            "status": row.status,
            "fromIP": row.from_ip,
            "toIP": row.to_ip,
        }
        for row in mailbox.visible(now)
    ]
    return decode_rows({"value": rows})


def keys(rows: Sequence[MessageTrace]) -> set[tuple[str, str]]:
    return {row.key for row in rows}
