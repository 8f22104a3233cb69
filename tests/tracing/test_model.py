"""The words of a trace: patterns, subjects, directions, states, and what is kept behind a card."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from pydantic import TypeAdapter

from tracing.model import (
    AddressPattern,
    Answer,
    Between,
    DeliveryStatus,
    Direction,
    Last,
    MessageTrace,
    Shortfall,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
    Window,
    decode_status,
    direction_of,
    trouble_first,
    trouble_rank,
)

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
ROW = MessageTrace(
    message_trace_id="11111111-2222-4333-8444-555555555555",
    message_id="<a@hoge.com>",
    received_date_time=NOW,
    sender_address="suzuki@hoge.com",
    recipient_address="Tanaka@Contoso.co.jp",
    subject="見積",
    size=1,
    status=DeliveryStatus.FAILED,
    from_ip="192.0.2.10",
    to_ip="",
)


@pytest.mark.parametrize(
    ("text", "exact", "domain"),
    [
        ("john@contoso.co.jp", True, "contoso.co.jp"),
        ("*@contoso.co.jp", False, "contoso.co.jp"),
        ("j?hn@contoso.co.jp", False, "contoso.co.jp"),
        ("john@*.co.jp", False, None),
        ("john@contoso.?p", False, None),
        ("*", False, None),
        ("john*", False, None),
    ],
)
def test_pattern(text: str, exact: bool, domain: str | None) -> None:
    """A pattern is exact without wildcards, and has a domain when no wildcard stands in it."""
    pattern = AddressPattern(text)

    assert (pattern.is_exact, pattern.domain) == (exact, domain)


@pytest.mark.parametrize(
    ("text", "address", "fits"),
    [
        ("john*@contoso.co.jp", "John.Smith@CONTOSO.co.jp", True),
        ("john*@contoso.co.jp", "johnny@contoso.co.jp", True),
        ("john*@contoso.co.jp", "john@contoso.co.jp.example", False),
        ("john*@contoso.co.jp", "xjohn@contoso.co.jp", False),
        ("j?hn@x", "john@x", True),
        ("j?hn@x", "jhn@x", False),
        ("*@*.hoge.com", "a@mail.hoge.com", True),
        ("*@*.hoge.com", "a@hoge.com", False),
        ("a[b]c@x", "a[b]c@x", True),
        ("a[b]c@x", "abc@x", False),
        ("a.b@x", "aXb@x", False),
        ("*", "", True),
    ],
)
def test_matches(text: str, address: str, fits: bool) -> None:
    """A wildcard stands for characters, everything else for itself, and capitals do not matter."""
    assert AddressPattern(text).matches(address) is fits


@pytest.mark.parametrize(
    ("mode", "text", "subject", "fits"),
    [
        (SubjectMode.CONTAINS, "見積", "Re: 見積の件", True),
        (SubjectMode.CONTAINS, "invoice", "Your INVOICE 1", True),
        (SubjectMode.CONTAINS, "invoice", "Your bill", False),
        (SubjectMode.STARTS_WITH, "re:", "RE: a", True),
        (SubjectMode.STARTS_WITH, "a", "RE: a", False),
        (SubjectMode.ENDS_WITH, "A", "RE: a", True),
        (SubjectMode.ENDS_WITH, "re:", "RE: a", False),
        (SubjectMode.EQUALS, "re: A", "RE: a", True),
        (SubjectMode.EQUALS, "re", "RE: a", False),
        (SubjectMode.EQUALS, "", "", True),
    ],
)
def test_subject(mode: SubjectMode, text: str, subject: str, fits: bool) -> None:
    """A subject is compared whatever its case, in the four ways Graph has."""
    assert SubjectFilter(mode, text).matches(subject) is fits


@pytest.mark.parametrize(
    ("sender", "recipient", "expected"),
    [
        ("a@hoge.com", "b@contoso.co.jp", Direction.INBOUND),
        ("a@hoge.com", "b@partner.com", Direction.INBOUND),
        ("", "b@contoso.co.jp", Direction.INBOUND),
        ("a@Contoso.CO.jp", "b@sales.contoso.co.jp", Direction.INTERNAL),
        ("a@contoso.co.jp", "b@hoge.com", Direction.OUTBOUND),
        ("a@contoso.co.jp", "b@other.contoso.co.jp", Direction.OUTBOUND),
    ],
)
def test_direction(sender: str, recipient: str, expected: Direction) -> None:
    """A sender outside makes it inbound, relayed mail too; a subdomain is inside only when it is named."""
    assert direction_of(sender, recipient, ("contoso.co.jp", "sales.contoso.co.jp")) is expected


@pytest.mark.parametrize(
    ("sender", "expected"),
    [
        ("a@sales.contoso.co.jp", Direction.OUTBOUND),
        ("a@Deep.Sales.contoso.co.jp", Direction.OUTBOUND),
        ("a@contoso.co.jp", Direction.INBOUND),
        ("a@notcontoso.co.jp", Direction.INBOUND),
        ("", Direction.INBOUND),
    ],
)
def test_subdomains(sender: str, expected: Direction) -> None:
    """A domain with a wildcard stands for all below it, and not for itself."""
    assert direction_of(sender, "x@hoge.com", ("*.contoso.co.jp",)) is expected


@pytest.mark.parametrize("status", DeliveryStatus)
def test_status_in_any_case(status: DeliveryStatus) -> None:
    """Graph is not of one mind about capitals; the state is the same."""
    assert decode_status(status.value.upper()) is status
    assert decode_status(status.value.title()) is status


def test_unknown_status() -> None:
    """A state that Graph adds later survives as it is written, right behind the failures."""
    assert decode_status("futureState") == "futureState"
    assert trouble_rank(DeliveryStatus.FAILED) < trouble_rank("futureState")
    assert trouble_rank("futureState") < trouble_rank(DeliveryStatus.QUARANTINED)


def test_trouble_first() -> None:
    """Failures come first and deliveries last, the newest first within a state."""
    earlier = NOW - timedelta(hours=1)
    delivered = replace(ROW, status=DeliveryStatus.DELIVERED)
    old = replace(ROW, received_date_time=earlier)
    odd = replace(ROW, status="futureState")

    assert trouble_first([delivered, old, odd, ROW]) == (ROW, old, odd, delivered)


def test_key() -> None:
    """A row is the same row when message and recipient are, whatever the address's case."""
    assert ROW.key == replace(ROW, recipient_address="tanaka@contoso.co.jp", status="x").key
    assert ROW.key != replace(ROW, recipient_address="sato@contoso.co.jp").key


QUERY = TraceQuery(
    period=Between(NOW - timedelta(days=2), NOW),
    senders=(AddressPattern("*@hoge.com"),),
    recipients=(AddressPattern("tanaka@contoso.co.jp"), AddressPattern("sa?o@contoso.co.jp")),
    involving=((AddressPattern("a@b.jp"),), (AddressPattern("c@d.jp"), AddressPattern("e@f.jp"))),
    statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING),
    message_ids=("<a@b>",),
    message_trace_ids=(ROW.message_trace_id,),
    subject=SubjectFilter(SubjectMode.ENDS_WITH, "見積"),
    direction=Direction.INBOUND,
    domains=("contoso.co.jp",),
    from_ips=(ip_network("192.0.2.0/24"),),
)


@pytest.mark.parametrize(
    "query",
    [
        QUERY,
        TraceQuery(),
        replace(QUERY, period=Last(timedelta(minutes=90)), from_ips=(ip_network("2001:db8::/32"),)),
        replace(QUERY, period=Between(NOW), from_ips=(ip_network("192.0.2.10"),)),
    ],
)
def test_query_survives_json(query: TraceQuery) -> None:
    """What stands behind a card comes back as it was: every field, every type of a union."""
    adapter = TypeAdapter(TraceQuery)

    back = adapter.validate_json(adapter.dump_json(query))
    assert back == query
    assert type(back.period) is type(query.period)
    assert list(map(type, back.from_ips)) == list(map(type, query.from_ips))


def test_answer_survives_json() -> None:
    """An answer too, with a state that no page describes."""
    rows = (ROW, replace(ROW, status="futureState", from_ip=""))
    answer = Answer(rows, Window(NOW - timedelta(days=1), NOW), NOW, 3, 9, frozenset(Shortfall))
    adapter = TypeAdapter(Answer)

    assert adapter.validate_json(adapter.dump_json(answer)) == answer
