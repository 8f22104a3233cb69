"""What a message shares with others can be asked for, if it can be asked for exactly."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.commands import Shared
from bot.related import offered, related_query
from tests.cards.samples import few
from tracing.model import Between
from tracing.plan import MAX_WINDOW, plan

ROW = few()[0]


@pytest.mark.parametrize(
    ("changed", "gone"),
    [
        ({"message_id": ""}, Shared.MESSAGE_ID),
        ({"sender_address": ""}, Shared.SENDER),
        ({"sender_address": "a*b@x.jp"}, Shared.SENDER),
        ({"recipient_address": "who?@x.jp"}, Shared.RECIPIENT),
        ({"subject": "  "}, Shared.SUBJECT),
        ({"from_ip": ""}, Shared.FROM_IP),
        ({"from_ip": "255.255.255.255"}, Shared.FROM_IP),
        ({"from_ip": "somewhere"}, Shared.FROM_IP),
    ],
)
def test_not_offered(changed: dict[str, str], gone: Shared) -> None:
    """What a message lacks, what reads as a pattern, and what all internal mail shares, is not offered."""
    row = replace(ROW, **changed)  # type: ignore[arg-type]

    assert set(Shared) - set(offered(row, full=True)) == {gone}
    assert related_query(row, gone) is None


def test_source_is_for_the_help_desk() -> None:
    """Others are not offered what shows where mail came from."""
    assert Shared.FROM_IP in offered(ROW, full=True)
    assert Shared.FROM_IP not in offered(ROW, full=False)


@pytest.mark.parametrize("shared", Shared)
def test_one_request(shared: Shared) -> None:
    """Ten days around the message are one window, and the question one request."""
    query = related_query(ROW, shared)

    assert query is not None
    assert isinstance(query.period, Between)
    planned = plan(query, ROW.received_date_time + timedelta(days=30))
    assert planned.window.end - planned.window.start == MAX_WINDOW
    assert len(planned.requests) == 1
