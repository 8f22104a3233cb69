"""The law of the whole: a question brings what a full scan would, or says that it does not.

Random questions over random mail, read through the client with the sample tenant's own reading of filters
behind it. No socket: the tenant's pure functions answer in place, so that thousands of cases fit.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any

import httpx
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from demo import odata
from demo.events import EPOCH, Mail, Row
from demo.mailbox import Mailbox
from demo.odata import BadQuery, write_instant
from demo.tenant import ALWAYS, Faults
from tests.signing import HeldClock
from tests.tracing.tenants import NOW, SOMEBODY, keys, visible
from tracing.client import GraphHttp
from tracing.errors import GraphGarbled
from tracing.model import (
    TROUBLED,
    AddressPattern,
    Answer,
    Between,
    BlankIp,
    DeliveryStatus,
    Direction,
    Last,
    MessageTrace,
    Spender,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
    TraceRequest,
    Window,
)
from tracing.plan import meets, plan
from tracing.source import GraphSource

ROOT = "http://graph.test/v1.0"
DAY = timedelta(days=1)
REPORT = Spender("somebody", background=True)


class Unlimited:
    """A purse that never empties."""

    async def take(self, spender: Spender) -> timedelta:
        return timedelta(0)


class Service:
    """The list endpoint in place, with the faults of a cursor."""

    def __init__(self, mailbox: Mailbox, faults: Faults) -> None:
        self._rows = mailbox.visible(NOW)
        self._faults = faults
        self.filters: list[str] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        params = dict(request.url.params)
        try:
            query = odata.parse(params, NOW)
            if "$skiptoken" in params and self._faults.spend("invalid_starting_recipient"):
                raise BadQuery("|System.ArgumentException|Invalid starting recipient address")
        except BadQuery as error:
            return httpx.Response(400, json={"error": {"code": "BadRequest", "message": str(error)}})
        self.filters.append(params.get("$filter", ""))
        rows, following = odata.page(self._rows, query)
        body: dict[str, object] = {"value": [self._row(row) for row in rows]}
        if following is not None:
            body["@odata.nextLink"] = self._link(query, following)
        return httpx.Response(200, json=body)

    def _link(self, query: odata.Query, following: odata.Query) -> str:
        following = query if self._faults.spend("repeated_cursor") else following
        root = "https://foreign.example/v1.0" if self._faults.spend("foreign_origin") else ROOT
        token = odata.encode_token(following, quoted_twice=self._faults.spend("token_quoted_twice"))
        return str(httpx.URL(f"{root}/admin/exchange/tracing/messageTraces", params={"$skiptoken": token}))

    @staticmethod
    def _row(row: Row) -> dict[str, object]:
        return {
            "id": row.message_trace_id,
            "messageId": row.message_id,
            "receivedDateTime": write_instant(row.instant),
            "senderAddress": row.sender_address,
            "recipientAddress": row.recipient_address,
            "subject": row.subject,
            "size": row.size,
            "status": row.status,
            "fromIP": row.from_ip,
            "toIP": row.to_ip,
        }


# --- random mail -----------------------------------------------------------------------------------

DOMAINS = (("contoso.co.jp", "sales.contoso.co.jp"), ("contoso.co.jp", "*.contoso.co.jp"), ("*.co.jp",), ())
ADDRESSES = (
    *("john@contoso.co.jp", "John.Smith@contoso.co.jp", "johnny@Sales.Contoso.co.jp", "tanaka@contoso.co.jp"),
    *("suzuki@hoge.com", "o'brien@hoge.com", "john@hoge.com", "SUZUKI@mail.hoge.com", "kim@partner.com", ""),
)
PATTERNS = (
    *("john@contoso.co.jp", "suzuki@hoge.com", "o'brien@hoge.com", "nobody@hoge.com", "tanaka@contoso.co.jp"),
    *(
        "*@contoso.co.jp",
        "*@hoge.com",
        "*@*.hoge.com",
        "john*@contoso.co.jp",
        "j*n@hoge.com",
        "?ohn@hoge.com",
    ),
    *("john*", "*smith*", "*@*", "s*@*.com"),
)
SUBJECTS = ("", "見積", "Re: 見積の件", "RE: Invoice", "it's here", "invoice 50%")
TEXTS = ("", "見積", "re:", "INVOICE", "it's", "件", "50%", " and status eq 'failed'")
IPS = (
    "",
    "192.0.2.10",
    "192.0.2.11",
    "10.0.0.5",
    "255.255.255.255",
    "2001:db8::5",
    "2001:0db8::0005",
    "unknown",
)
NETWORKS = ("192.0.2.10", "192.0.2.0/24", "10.0.0.0/8", "2001:db8::5", "2001:db8::/32", "255.255.255.255")
STATUSES = ("delivered", "Delivered", "failed", "FAILED", "filteredAsSpam", "futureState", "pending")
IDS = tuple(f"11111111-2222-4333-8444-55555555555{n}" for n in "abc")
INSTANTS = st.one_of(
    # the same few instants, so that rows meet at the borders of pages and windows
    st.sampled_from([NOW - DAY, NOW - 10 * DAY, NOW - 10 * DAY, NOW - 20 * DAY, NOW - 2 * DAY]),
    st.integers(1, 40 * 24 * 60).map(lambda minutes: NOW - timedelta(minutes=minutes)),
)


@st.composite
def messages(draw: st.DrawFn) -> Mail:
    """One message with some recipients; of its rows, all but status and recipient are the same."""
    some, one = draw, st.sampled_from
    ident = some(one(IDS) | st.uuids().map(str))
    at = some(INSTANTS) + timedelta(microseconds=some(one((0, 0, 1, 999_999))))
    first = Row(
        message_trace_id=ident,
        message_id=f"<{some(one(('a@b', 'C@d', 'e@f')))}>",
        received_date_time=at,
        sender_address=some(one(ADDRESSES)),
        recipient_address="",
        subject=some(one(SUBJECTS)),
        size=1,
        status="",
        from_ip=some(one(IPS)),
        to_ip="",
        visible_from=at,
        tick=some(one((0, 0, 5, 9))),
    )
    recipients = some(st.lists(one(ADDRESSES[:-1]), min_size=1, max_size=4, unique_by=str.lower))
    rows = [replace(first, recipient_address=to, status=some(one(STATUSES))) for to in recipients]
    return Mail(tuple(rows), {row.key: () for row in rows})


MAILBOXES = st.lists(
    messages(), min_size=1, max_size=6, unique_by=lambda one: one.rows[0].message_trace_id
).map(Mailbox)

# --- random questions ------------------------------------------------------------------------------

GROUPS = st.lists(st.sampled_from(PATTERNS).map(AddressPattern), max_size=3).map(tuple)
PERIODS = st.one_of(
    st.sampled_from([1, 2, 10, 20, 35]).map(lambda days: Last(days * DAY)),
    st.tuples(st.integers(1, 30), st.integers(1, 30)).map(
        lambda ends: Between(NOW - sum(ends) * DAY, NOW - ends[0] * DAY)
    ),
)
CONDITIONS: dict[str, st.SearchStrategy[object]] = {
    "senders": GROUPS,
    "recipients": GROUPS,
    "involving": st.lists(GROUPS, min_size=1, max_size=2).map(tuple),
    "statuses": st.lists(st.sampled_from(DeliveryStatus), min_size=1, max_size=3).map(tuple),
    "message_ids": st.lists(st.sampled_from(["a@b", "<c@D>", "e@f"]), min_size=1, max_size=2).map(tuple),
    "message_trace_ids": st.lists(st.sampled_from([*IDS, IDS[0].upper()]), min_size=1, max_size=3).map(tuple),
    "subject": st.builds(SubjectFilter, st.sampled_from(SubjectMode), st.sampled_from(TEXTS)),
    "direction": st.sampled_from(Direction),
    "from_ips": st.lists(
        st.just(BlankIp.BLANK) | st.sampled_from(NETWORKS).map(ip_network), min_size=1, max_size=2
    ).map(tuple),
}


@st.composite
def queries(draw: st.DrawFn) -> TraceQuery:
    """A question with up to three kinds of conditions: with more of them, hardly a row is left."""
    kinds = draw(st.lists(st.sampled_from(sorted(CONDITIONS)), max_size=3, unique=True))
    conditions: dict[str, Any] = {kind: draw(CONDITIONS[kind]) for kind in kinds}
    return TraceQuery(draw(PERIODS), domains=draw(st.sampled_from(DOMAINS)), **conditions)


EXACT = st.lists(st.sampled_from(ADDRESSES[:-1]).map(str.lower), min_size=2, max_size=5, unique=True)
EITHER_SIDE = st.builds(
    TraceQuery,
    period=st.just(Last(40 * DAY)),
    involving=EXACT.map(lambda texts: (tuple(map(AddressPattern, texts)),)),
)
"""Questions that ask in several ways, of which more than one brings mail between people of the list."""
STATES = st.builds(
    TraceQuery,
    period=st.just(Last(40 * DAY)),
    statuses=st.lists(st.sampled_from(DeliveryStatus), min_size=2, max_size=4, unique=True).map(tuple),
)
ASKED = st.lists(queries() | EITHER_SIDE | STATES, min_size=4, max_size=4)
WIDE_QUERIES = st.builds(TraceQuery, period=PERIODS, senders=st.just(()) | GROUPS)
COUNTS = st.sampled_from([0, 0, 1, 2, ALWAYS])
FAULTS = st.builds(
    Faults,
    token_quoted_twice=COUNTS,
    invalid_starting_recipient=COUNTS,
    repeated_cursor=COUNTS,
    foreign_origin=COUNTS,
)


@asynccontextmanager
async def source_of(service: Service, page_size: int) -> AsyncIterator[GraphSource]:
    clock = HeldClock(NOW)
    async with httpx.AsyncClient(transport=httpx.MockTransport(service.answer)) as http:
        yield GraphSource(GraphHttp(http, ROOT, None, clock), Unlimited(), clock, page_size)


async def trace(service: Service, query: TraceQuery, page_size: int) -> list[Answer]:
    """The answer, and what each Continue makes of it, to the end or to where there is no way forward."""
    async with source_of(service, page_size) as source:
        answers = [await source.trace(query, SOMEBODY)]
        while answers[-1].rest and len(answers) < 40 and len(set(map(_progress, answers))) == len(answers):
            answers.append(await source.resume(query, answers[-1], SOMEBODY))
    return answers


def _progress(answer: Answer) -> object:
    return answer.rest, len(answer.rows)


async def stream(service: Service, query: TraceQuery, page_size: int, stops: int) -> list[MessageTrace]:
    """Every row of a long reading that is broken off every *stops* pages and taken up from plain data."""
    rows: list[MessageTrace] = []
    rest: tuple[TraceRequest, ...] | None = None
    async with source_of(service, page_size) as source:
        while rest != ():
            async with aclosing(source.batches(query, REPORT, _stored(rest))) as batches:
                left, before, rest = stops, rest, ()
                async for batch in batches:
                    rows += batch.rows
                    left, rest = left - 1, batch.rest
                    # A page may hold nothing but the border's rows, which were read before.
                    if left <= 0 and rest != before:
                        break
    return rows


_RESTS: TypeAdapter[tuple[TraceRequest, ...] | None] = TypeAdapter(tuple[TraceRequest, ...] | None)


def _stored(rest: tuple[TraceRequest, ...] | None) -> tuple[TraceRequest, ...] | None:
    """*rest* as another process finds it."""
    return _RESTS.validate_json(_RESTS.dump_json(rest))


def scan(mailbox: Mailbox, query: TraceQuery, window: Window) -> set[tuple[str, str]]:
    """The keys of all rows in *window* that meet *query*, bounds counted as the service does."""
    start, end = ((bound - EPOCH) // timedelta(microseconds=1) * 10 for bound in (window.start, window.end))
    inside = [row for row in mailbox.visible(NOW) if start <= row.instant <= end]
    held = {(row.message_trace_id, row.recipient_address.lower()) for row in inside}
    return {row.key for row in visible(mailbox, NOW) if row.key in held and meets(query, row)}


def check(mailbox: Mailbox, query: TraceQuery, faults: Faults, page_size: int) -> Answer:
    """Trace to the end, and hold every answer on the way against a full scan; the last of them."""
    service = Service(mailbox, faults)
    answers = asyncio.run(trace(service, query, page_size))
    expected = scan(mailbox, query, answers[0].window)
    rows = {row.key: row for row in visible(mailbox, NOW)}
    for answer in answers:
        found = keys(answer.rows)
        assert len(found) == len(answer.rows)
        assert found <= expected
        assert found == expected or (answer.shortfalls and answer.rest)
        missing = [rows[key] for key in expected - found]
        assert all(row.received_date_time <= answer.whole_from for row in missing)
        troubled = [row for row in missing if row.status in TROUBLED]
        assert all(row.received_date_time <= answer.trouble_whole_from for row in troubled)
        assert bool(answer.rest) == bool(answer.left)
        times = [row.received_date_time for row in answer.rows]
        assert times == sorted(times, reverse=True)
    for text in service.filters:
        assert text.count("senderAddress eq") <= 1
        assert text.count("recipientAddress eq") <= 1
    return answers[-1]


SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=220, suppress_health_check=SLOW)
@given(
    mailbox=MAILBOXES,
    asked=ASKED,
    # an instant's rows, 24 at the most, fit what one step may spend
    page_size=st.sampled_from([4, 7, 50]),
)
def test_any_question(mailbox: Mailbox, asked: list[TraceQuery], page_size: int) -> None:
    """Without faults, an answer and each Continue are honest, and the last of them holds everything."""
    for query in asked:
        answer = check(mailbox, query, Faults(), page_size)

        event(f"rows: {min(len(answer.rows), 3)}")
        assert not answer.shortfalls


@settings(max_examples=100, suppress_health_check=SLOW)
@given(
    mailbox=MAILBOXES,
    asked=ASKED,
    page_size=st.sampled_from([1, 2, 5]),
    stops=st.sampled_from([1, 3, 1000]),
)
def test_any_stream(mailbox: Mailbox, asked: list[TraceQuery], page_size: int, stops: int) -> None:
    """A long reading gives out what a full scan finds, each row once, wherever it is broken off."""
    for query in asked:
        rows = asyncio.run(stream(Service(mailbox, Faults()), query, page_size, stops))

        assert len(keys(rows)) == len(rows)
        assert keys(rows) == scan(mailbox, query, plan(query, NOW).window)


@settings(max_examples=200, suppress_health_check=SLOW)
@given(mailbox=MAILBOXES, query=WIDE_QUERIES, shown=st.lists(FAULTS, min_size=3, max_size=3))
def test_any_fault(mailbox: Mailbox, query: TraceQuery, shown: list[Faults]) -> None:
    """With cursors that fail, an answer is whole or says that it is not: never silently less."""
    for page_size, faults in zip((1, 2, 5), shown, strict=True):
        answer = check(mailbox, query, faults, page_size)

        event(f"shortfalls: {sorted(answer.shortfalls)}")


@settings(max_examples=150, suppress_health_check=SLOW)
@given(mailbox=MAILBOXES, query=WIDE_QUERIES, faults=FAULTS, page_size=st.sampled_from([1, 2, 5]))
def test_any_fault_of_a_stream(mailbox: Mailbox, query: TraceQuery, faults: Faults, page_size: int) -> None:
    """With cursors that fail, a long reading is whole, each row once, or ends with an error."""
    try:
        rows = asyncio.run(stream(Service(mailbox, faults), query, page_size, 1000))
    except GraphGarbled:
        return

    assert len(keys(rows)) == len(rows)
    assert keys(rows) == scan(mailbox, query, plan(query, NOW).window)
