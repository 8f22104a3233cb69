"""The form's inputs ↔ the conditions of a trace."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands import Mine, Trace
from bot.form_fields import FormFaults, fields_of, read_query
from bot.moments import When
from bot.parse import parse
from cards.form import Fields
from tracing.model import AddressPattern, TraceQuery

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
WHEN = When(NOW, ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    "text",
    [
        "trace from *@hoge.com",
        "trace from a@b.jp,c@d.jp to e@f.jp subject starts x status failed,pending",
        "trace since 11/20 9:00 until 11/21 10:00 ip 10.0.0.0/8 direction in",
        "trace since 11/20 9:00",
        "trace id <a@b> since 11/20 9:00",
        "trace id 0a1b2c3d-0000-4000-8000-00000000abcd since 11/20 9:00",
        "trace to a@b.jp last 2d",
    ],
)
def test_there_and_back(text: str) -> None:
    """The form filled from a query asks the same query."""
    command = parse(text, WHEN)
    assert isinstance(command, Trace | Mine)

    assert read_query(fields_of(command.query, WHEN), WHEN) == command.query


def test_either_side() -> None:
    """An address that may be on either side stands as the sender, in sight, rather than being lost."""
    fields = fields_of(TraceQuery(involving=((AddressPattern("a@b.jp"),),)), WHEN)

    assert fields.sender == "a@b.jp"


def test_other_period() -> None:
    """A length of time other than the default becomes a start in the reader's zone."""
    command = parse("trace from a@b.jp last 7d", WHEN)
    assert isinstance(command, Trace)

    fields = fields_of(command.query, WHEN)

    assert (fields.start_date, fields.start_time, fields.end_date) == ("2026-11-16", "22:00", "")


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        (Fields(sender="x y@"), {"sender": "address"}),
        (Fields(recipient="a@b.jp, @"), {"recipient": "address"}),
        (Fields(message_id="abc"), {"message_id": "message_id"}),
        (Fields(statuses=("lost",)), {"statuses": "status"}),
        (Fields(direction="up"), {"direction": "direction"}),
        (Fields(subject_mode="like", subject="x"), {"subject": "subject"}),
        (Fields(from_ip="300.1.1.1"), {"from_ip": "ip"}),
        (Fields(start_date="2026-02-30"), {"start_date": "date_time"}),
        (Fields(start_time="09:00"), {"start_date": "date_time"}),
        (Fields(start_date="2026-11-22", end_date="2026-11-20"), {"end_date": "range"}),
        (Fields(start_date="2026-12-01"), {"start_date": "future"}),
        (Fields(start_date="2026-01-01", end_date="2026-02-01"), {"end_date": "too_old"}),
        (
            Fields(sender="@", from_ip="x", end_date="never"),
            {"sender": "address", "from_ip": "ip", "end_date": "date_time"},
        ),
    ],
)
def test_faults(fields: Fields, faults: dict[str, str]) -> None:
    """Every fault is told, each at its field, with what belongs there."""
    with pytest.raises(FormFaults) as wrong:
        read_query(fields, WHEN)

    assert wrong.value.faults == faults


def test_empty() -> None:
    """An empty form asks for everything of the last two days; "any" is no choice."""
    assert read_query(Fields(direction="any"), WHEN) == TraceQuery()


def test_end_alone() -> None:
    """An end without a start reaches two days back from there."""
    query = read_query(Fields(end_date="2026-11-20", end_time="12:00"), WHEN)

    assert query == read_query(
        Fields(start_date="2026-11-18", start_time="12:00", end_date="2026-11-20", end_time="12:00"), WHEN
    )
