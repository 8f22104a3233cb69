"""A query becomes requests that Graph honours, and a filter for the rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import pairwise

import pytest

from tests.tracing.test_model import ROW
from tracing.errors import EmptyWindow, WindowTooOld
from tracing.model import (
    AddressPattern,
    Between,
    BlankIp,
    DeliveryStatus,
    Direction,
    Last,
    Period,
    Shortfall,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
    Window,
)
from tracing.plan import HISTORY, MAX_WINDOW, Way, brings, meets, oldest, plan

NOW = datetime(2026, 10, 15, 3, 0, 0, 123456, tzinfo=UTC)
NOW_S = NOW.replace(microsecond=0)
MIDNIGHT = NOW.replace(hour=0, minute=0, second=0, microsecond=0)
DAY = timedelta(days=1)


def addresses(*texts: str) -> tuple[AddressPattern, ...]:
    return tuple(map(AddressPattern, texts))


def shapes(query: TraceQuery) -> list[tuple[str | None, str | None]]:
    """The addresses each request asks for."""
    return [(request.sender, request.recipient) for request in plan(query, NOW).requests]


# --- time ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (Last(2 * DAY), NOW_S - 2 * DAY, NOW_S),
        (Last(HISTORY), NOW_S - HISTORY, NOW_S),
        (Between(NOW_S - 3 * DAY, NOW_S - DAY), NOW_S - 3 * DAY, NOW_S - DAY),
        (Between(NOW_S - DAY), NOW_S - DAY, NOW_S),
        (Between(NOW_S - DAY, NOW_S + DAY), NOW_S - DAY, NOW_S),
    ],
)
def test_window(period: Period, start: datetime, end: datetime) -> None:
    """A period is resolved against now, and never ends in the future, which Graph refuses."""
    made = plan(TraceQuery(period), NOW)

    assert made.window == Window(start, end)
    assert not made.shortfalls


def test_history_cut() -> None:
    """A query that begins before the ninety days is cut to them and says so."""
    made = plan(TraceQuery(Last(120 * DAY)), NOW)

    assert made.window.start == oldest(NOW) == MIDNIGHT - HISTORY
    assert made.shortfalls == {Shortfall.HISTORY}


@pytest.mark.parametrize("end", [MIDNIGHT - 100 * DAY, MIDNIGHT - HISTORY])
def test_too_old(end: datetime) -> None:
    """A query wholly before the ninety days is refused, naming the oldest instant."""
    with pytest.raises(WindowTooOld) as refusal:
        plan(TraceQuery(Between(MIDNIGHT - 120 * DAY, end)), NOW)

    assert refusal.value.oldest == MIDNIGHT - HISTORY


@pytest.mark.parametrize(
    "period",
    [
        Between(NOW - DAY, NOW - 2 * DAY),
        Between(NOW - DAY, NOW - DAY),
        Between(NOW + DAY),
        Between(NOW + DAY, NOW + 2 * DAY),
        Last(timedelta(0)),
        Last(-DAY),
    ],
)
def test_empty_window(period: Period) -> None:
    """A query that ends before it starts, or has not begun, is refused."""
    with pytest.raises(EmptyWindow):
        plan(TraceQuery(period), NOW)


@pytest.mark.parametrize(("days", "parts"), [(1, 1), (10, 1), (10.01, 2), (20, 2), (25, 3), (90, 9)])
def test_parts(days: float, parts: int) -> None:
    """Windows are ten days at most, newest first, without a gap, and cover the whole."""
    made = plan(TraceQuery(Last(days * DAY)), NOW)

    windows = [request.window for request in made.requests]
    assert len(windows) == parts
    assert all(window.end - window.start <= MAX_WINDOW for window in windows)
    assert all(newer.start == older.end for newer, older in pairwise(windows))
    assert (windows[0].end, windows[-1].start) == (made.window.end, made.window.start)


# --- addresses -------------------------------------------------------------------------------------

A, B, C = "a@hoge.com", "b@hoge.com", "c@partner.com"
INSIDE = ("contoso.co.jp",)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TraceQuery(), [(None, None)]),
        (TraceQuery(senders=addresses(A)), [(A, None)]),
        (TraceQuery(senders=addresses(A, B)), [(A, None), (B, None)]),
        (TraceQuery(senders=addresses(A, A)), [(A, None)]),
        (TraceQuery(senders=addresses(A), recipients=addresses(C)), [(A, C)]),
        # one sender, three recipients: asked for once by the sender
        (TraceQuery(senders=addresses(A), recipients=addresses("x@y", "z@y", C)), [(A, None)]),
        (TraceQuery(senders=addresses(A, B, C), recipients=addresses(C)), [(None, C)]),
        (TraceQuery(senders=addresses(A, B), recipients=addresses("x@y", "z@y")), [(A, None), (B, None)]),
        # the pattern Graph has, and those it has not
        (TraceQuery(senders=addresses("*@hoge.com")), [("*@hoge.com", None)]),
        (TraceQuery(senders=addresses("john*@hoge.com")), [("*@hoge.com", None)]),
        (TraceQuery(senders=addresses("john*@hoge.com", A, C)), [("*@hoge.com", None), (C, None)]),
        (TraceQuery(senders=addresses("john*")), [(None, None)]),
        (TraceQuery(senders=addresses("john*"), recipients=addresses(C)), [(None, C)]),
        (TraceQuery(senders=addresses("*@*.com", A)), [(None, None)]),
        # a domain costs more than a few addresses
        (TraceQuery(senders=addresses("*@x"), recipients=addresses(A, B)), [("*@x", A), ("*@x", B)]),
        (TraceQuery(senders=addresses("*@x"), recipients=addresses("*@y")), [("*@x", "*@y")]),
        # either side
        (TraceQuery(involving=(addresses(A),)), [(A, None), (None, A)]),
        (TraceQuery(involving=(addresses(A), addresses(C))), [(A, C), (C, A)]),
        (TraceQuery(involving=(addresses(A),), senders=addresses(A)), [(A, None)]),
        (TraceQuery(involving=(addresses(A),), senders=addresses(B)), [(B, A)]),
        (TraceQuery(involving=(addresses("john*"),)), [(None, None)]),
        (
            TraceQuery(involving=(addresses("*@hoge.com"),), senders=addresses(A, C)),
            [(A, None), (C, "*@hoge.com")],
        ),
    ],
)
def test_addresses(query: TraceQuery, expected: list[tuple[str | None, str | None]]) -> None:
    """One value per property; fanned out over the cheaper side; widened to a domain or to everything."""
    assert shapes(query) == expected


def test_excluding_each_other() -> None:
    """Conditions that no row can meet cost nothing."""
    query = TraceQuery(senders=addresses(A), involving=(addresses(B), addresses(C)), recipients=addresses(C))

    assert shapes(query) == []


def test_many_groups() -> None:
    """Groups beyond the third do not multiply the requests any further."""
    query = TraceQuery(involving=tuple(addresses(f"*{n}@d{n}") for n in range(12)))

    assert len(shapes(query)) <= 8


@pytest.mark.parametrize(
    ("direction", "domains", "expected"),
    [
        (Direction.INBOUND, INSIDE, [(None, None)]),
        (Direction.OUTBOUND, INSIDE, [("*@contoso.co.jp", None)]),
        (Direction.INTERNAL, INSIDE, [("*@contoso.co.jp", "*@contoso.co.jp")]),
        (Direction.OUTBOUND, ("a", "b"), [("*@a", None), ("*@b", None)]),
        (Direction.OUTBOUND, ("a", "b", "c", "d"), [(None, None)]),
        (Direction.OUTBOUND, ("contoso.co.jp", "*.contoso.co.jp"), [(None, None)]),
        (None, INSIDE, [(None, None)]),
    ],
)
def test_direction(
    direction: Direction | None, domains: tuple[str, ...], expected: list[tuple[str | None, str | None]]
) -> None:
    """A direction is asked for by the side that must be inside, as long as the domains are few."""
    assert shapes(TraceQuery(direction=direction, domains=domains)) == expected


def test_direction_and_address() -> None:
    """An address that the direction rules out costs nothing; one it allows is asked for itself."""
    outbound = TraceQuery(direction=Direction.OUTBOUND, domains=INSIDE)

    assert shapes(replace(outbound, senders=addresses(A))) == []
    assert shapes(replace(outbound, senders=addresses("x@contoso.co.jp"))) == [("x@contoso.co.jp", None)]


# --- the rest --------------------------------------------------------------------------------------


def test_ids() -> None:
    """Ids find so few rows that addresses are filtered here; a Message-ID is asked for in its brackets."""
    query = TraceQuery(message_ids=("a@b", " <c@d> "), senders=addresses(A, B))
    by_trace = TraceQuery(message_trace_ids=("id",), senders=addresses(A, B))

    asked = [(r.message_id, r.sender) for r in plan(query, NOW).requests]
    assert asked == [("<a@b>", None), ("<c@d>", None)]
    [request] = plan(by_trace, NOW).requests
    assert (request.message_trace_id, request.message_id, request.sender) == ("id", None, None)


@pytest.mark.parametrize(
    ("traces", "messages", "expected"),
    [
        (("A", "b", "a"), (), [("a", None), ("b", None)]),
        (("a", "b"), ("x@y",), [(None, "<x@y>")]),
        (("a",), ("x@y",), [("a", "<x@y>")]),
        (("a",), ("x@y", "z@y"), [("a", None)]),
        ((), ("x@Y", "<X@y>"), [(None, "<X@y>")]),
    ],
)
def test_many_ids(
    traces: tuple[str, ...], messages: tuple[str, ...], expected: list[tuple[str | None, str | None]]
) -> None:
    """Several ids cost one request each, however spelled; of two kinds the one with fewer is asked for."""
    query = TraceQuery(message_trace_ids=traces, message_ids=messages)

    asked = [(request.message_trace_id, request.message_id) for request in plan(query, NOW).requests]
    assert asked == expected


def test_pushed_down() -> None:
    """A single state, a subject and a single IPv4 address narrow the request."""
    subject = SubjectFilter(SubjectMode.CONTAINS, "見積")
    query = TraceQuery(
        statuses=(DeliveryStatus.FAILED,), subject=subject, from_ips=(ip_network("192.0.2.10"),)
    )

    [request] = plan(query, NOW).requests
    assert (request.status, request.subject, request.from_ip) == ("failed", subject, "192.0.2.10")


@pytest.mark.parametrize("network", ["192.0.2.0/24", "2001:db8::1", "2001:db8::/32"])
def test_left_to_us(network: str) -> None:
    """Several states, an empty subject and any other network are filtered here."""
    query = TraceQuery(
        statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING),
        subject=SubjectFilter(SubjectMode.EQUALS, ""),
        from_ips=(ip_network(network),),
    )

    [request] = plan(query, NOW).requests
    assert (request.status, request.subject, request.from_ip) == (None, None, None)


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        (TraceQuery(), True),
        (TraceQuery(senders=addresses("*@hoge.com")), True),
        (TraceQuery(senders=addresses("x@hoge.com", "SUZUKI@hoge.com".lower())), True),
        (TraceQuery(senders=addresses("x@hoge.com")), False),
        (TraceQuery(recipients=addresses("tanaka@contoso.co.jp")), True),
        (TraceQuery(recipients=addresses("suzuki@hoge.com")), False),
        (TraceQuery(involving=(addresses("suzuki@hoge.com"), addresses("tanaka@*"))), True),
        (TraceQuery(involving=(addresses("suzuki@hoge.com"), addresses("x@y"))), False),
        (TraceQuery(statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING)), True),
        (TraceQuery(statuses=(DeliveryStatus.PENDING,)), False),
        (TraceQuery(message_ids=("x@y", "A@hoge.com")), True),
        (TraceQuery(message_ids=("x@y",)), False),
        (TraceQuery(message_trace_ids=("x", ROW.message_trace_id.upper())), True),
        (TraceQuery(message_trace_ids=("other",)), False),
        (TraceQuery(subject=SubjectFilter(SubjectMode.EQUALS, "見積")), True),
        (TraceQuery(subject=SubjectFilter(SubjectMode.EQUALS, "見")), False),
        (TraceQuery(direction=Direction.INBOUND, domains=INSIDE), True),
        (TraceQuery(direction=Direction.INTERNAL, domains=INSIDE), False),
        (TraceQuery(from_ips=(ip_network("192.0.2.10"),)), True),
        (TraceQuery(from_ips=(ip_network("192.0.2.0/28"),)), True),
        (TraceQuery(from_ips=(ip_network("192.0.2.11"),)), False),
        (TraceQuery(from_ips=(ip_network("::/0"),)), False),
        (TraceQuery(from_ips=(ip_network("::/0"), ip_network("192.0.2.10"))), True),
        (TraceQuery(from_ips=(BlankIp.BLANK,)), False),
        (TraceQuery(client_ip=ip_network("198.51.100.1")), True),
    ],
)
def test_meets(query: TraceQuery, fits: bool) -> None:
    """All conditions hold; within one list any value does."""
    assert meets(query, ROW) is fits


@pytest.mark.parametrize("from_ip", ["", "unknown", "192.0.2"])
def test_no_address(from_ip: str) -> None:
    """A row whose address is blank, or none, is in no network; a blank one can be asked for."""
    row = replace(ROW, from_ip=from_ip)

    assert not meets(TraceQuery(from_ips=(ip_network("0.0.0.0/0"),)), row)
    assert meets(TraceQuery(from_ips=(BlankIp.BLANK, ip_network("10.0.0.0/8"))), row) is (from_ip == "")


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        (TraceQuery(), {("me@x.jp", None), (None, "me@x.jp"), ("i@x.jp", None), (None, "i@x.jp")}),
        (TraceQuery(senders=addresses("*@y.jp")), {(None, "me@x.jp"), (None, "i@x.jp")}),
        (
            TraceQuery(senders=addresses("me@x.jp"), recipients=addresses("a@y.jp")),
            {("me@x.jp", "a@y.jp")},
        ),
        (
            TraceQuery(recipients=addresses("me@x.jp", "*@y.jp")),
            {("me@x.jp", None), (None, "me@x.jp"), ("i@x.jp", None)},
        ),
        (TraceQuery(senders=addresses("a@y.jp"), recipients=addresses("b@y.jp")), set()),
    ],
)
def test_confined(query: TraceQuery, asked: set[tuple[str | None, str | None]]) -> None:
    """Whoever is confined to their own mail has nothing else listed, whatever they ask for."""
    confined = replace(query, confined_to=addresses("me@x.jp", "i@x.jp"))

    mine = replace(ROW, recipient_address="Me@x.jp")

    assert set(shapes(confined)) == asked
    assert not meets(confined, ROW)
    assert meets(confined, mine) == meets(query, mine)


def test_confined_by_id() -> None:
    """An id is asked for among one's own mail only."""
    query = TraceQuery(message_ids=("<A@y.jp>",), message_trace_ids=("t",), confined_to=addresses("me@x.jp"))

    asked = plan(query, NOW).requests
    assert {(r.sender, r.recipient) for r in asked} == {("me@x.jp", None), (None, "me@x.jp")}
    assert {(r.message_id, r.message_trace_id) for r in asked} == {("<A@y.jp>", "t")}


@pytest.mark.parametrize(
    ("way", "brought"),
    [
        ((None, None, None, None), True),
        ((ROW.sender_address.upper(), None, None, None), False),
        ((ROW.sender_address.lower(), None, None, None), True),
        (("*@" + ROW.sender_address.lower().partition("@")[2], None, None, None), True),
        (("*@elsewhere.example", None, None, None), False),
        ((None, ROW.recipient_address.lower(), None, None), True),
        ((None, None, ROW.message_id.upper(), None), True),
        ((None, None, "<other@hoge.com>", None), False),
        ((None, None, None, ROW.message_trace_id.lower()), True),
        ((None, None, None, "other"), False),
    ],
)
def test_brings(way: Way, brought: bool) -> None:
    """A row comes to who asks for its address or domain, its Message-ID or trace id, and to nobody else."""
    assert brings(way, ROW) is brought
