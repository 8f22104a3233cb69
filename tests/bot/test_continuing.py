"""What was shown and what was read after it become one answer."""

from dataclasses import replace
from datetime import timedelta

from bot.continuing import begun_again, merged
from bot.sight import stand_in
from tests.tracing.test_model import NOW, ROW
from tracing.model import MAX_ROWS, Answer, DeliveryStatus, Shortfall, TraceRequest, Window

WINDOW = Window(NOW - timedelta(days=2), NOW)
REST = (TraceRequest(Window(WINDOW.start, NOW - timedelta(days=1))),)
LIMITED = frozenset({Shortfall.REQUEST_LIMIT})
BEFORE = Answer((ROW,), WINDOW, NOW, 10, 10, LIMITED, REST, 5)


def test_each_once() -> None:
    """A row that comes again counts once, as it is now; the newest stand first."""
    changed = replace(ROW, status=DeliveryStatus.DELIVERED)
    older = replace(ROW, message_trace_id="older", received_date_time=NOW - timedelta(hours=1))
    more = replace(BEFORE, rows=(older, changed), rest=(), shortfalls=frozenset())

    assert merged(BEFORE, more).rows == (changed, older)
    assert begun_again(BEFORE).rows == ()
    assert begun_again(BEFORE).rest == REST


def test_stand_in_gives_way() -> None:
    """What stood in for recipients that were not proven goes once one of them is told."""
    before = replace(BEFORE, rows=(stand_in(ROW),))
    other = replace(ROW, message_trace_id="other")

    assert merged(before, replace(BEFORE, rows=(ROW,))).rows == (ROW,)
    assert len(merged(before, replace(BEFORE, rows=(other,))).rows) == 2


def test_full() -> None:
    """An answer that is full by now says so, and takes no more."""
    many = tuple(replace(ROW, message_trace_id=str(number)) for number in range(MAX_ROWS))

    assert merged(BEFORE, replace(BEFORE, rows=many)).shortfalls == {Shortfall.ROW_LIMIT}
    assert merged(BEFORE, replace(BEFORE, rows=many, rest=(), shortfalls=frozenset())).shortfalls == set()
