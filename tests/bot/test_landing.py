"""When to look again, and when the waiting is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.landing import FIRST_REST, LONGEST_REST, PATIENCE, Landing, is_settled, query_of, rest, row_of
from tracing.model import DeliveryStatus, MessageTrace
from tracing.plan import plan

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
LANDING = Landing("guid", "Mori@Contoso.co.jp", NOW - timedelta(minutes=20), NOW)


@pytest.mark.parametrize("status", [*DeliveryStatus, "somethingNew"])
def test_settled(status: str) -> None:
    """Only what is pending or still being collected may change; a state that nobody knows is told."""
    assert is_settled(status) == (status not in (DeliveryStatus.PENDING, DeliveryStatus.GETTING_STATUS))


def test_rests_grow() -> None:
    """Each rest is twice the one before, up to an hour, and never reaches past the end."""
    rests = [rest(replace(LANDING, looks=looks), NOW) for looks in range(40)]

    assert rests[:3] == [FIRST_REST, FIRST_REST * 2, FIRST_REST * 4]
    assert rests[5:] == [LONGEST_REST] * 35


def test_patience_ends() -> None:
    """The last rest ends with the patience; then it is over."""
    before = timedelta(minutes=7)

    assert rest(replace(LANDING, looks=30), NOW + PATIENCE - before) == before
    assert rest(LANDING, NOW + PATIENCE) is None


def test_whole_watch_costs_little() -> None:
    """Two days of waiting take fewer requests than Graph grants a tenant in five minutes."""
    at, landing = NOW, LANDING
    while pause := rest(landing, at):
        at, landing = at + pause, replace(landing, looks=landing.looks + 1)

    assert landing.looks < 60
    assert at == NOW + PATIENCE


def test_one_request() -> None:
    """A look is one request, for the one message."""
    (request,) = plan(query_of(LANDING), NOW).requests

    assert request.message_trace_id == "guid"
    assert request.window.start < LANDING.received_date_time < request.window.end


def test_the_row() -> None:
    """The recipient's own row is looked at, whatever the case of the address; another's never."""
    own = MessageTrace(
        "guid", "<1@hoge.com>", NOW, "suzuki@hoge.com", "mori@contoso.co.jp", "Order", 1, "pending", "", ""
    )
    other = replace(own, recipient_address="kato@contoso.co.jp")

    assert row_of(LANDING, (other, own)) == own
    assert row_of(LANDING, (other,)) is None
