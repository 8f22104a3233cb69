"""The form's inputs ↔ the conditions of a trace."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands import Mine, Trace
from bot.form_fields import FormFaults, fields_of, read_query
from bot.moments import When
from bot.parse import parse
from cards.form import Fields
from tracing.calendar import Calendar, CalendarUnit
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
        "trace a@b.jp,c@d.jp last 7d ticket INC123",
        'trace failed cause spf,dlp rule "Macro attachments"',
        "trace failed yesterday",
        "trace last week ip 203.0.113.0/24,255.255.255.255,2001:db8::1,blank client-ip 198.51.100.7",
        "trace id <a@b>,<c@d>,0a1b2c3d-0000-4000-8000-00000000abcd last month",
    ],
)
def test_there_and_back(text: str) -> None:
    """The form filled from a query asks the same query."""
    command = parse(text, WHEN)
    assert isinstance(command, Trace | Mine)

    assert read_query(fields_of(command.query, WHEN), WHEN) == command.query


def test_either_side() -> None:
    """A second group of addresses on either side stands as the sender, in sight, rather than being lost."""
    groups = (AddressPattern("a@b.jp"),), (AddressPattern("c@d.jp"),)
    fields = fields_of(TraceQuery(involving=groups), WHEN)

    assert (fields.either, fields.sender) == ("a@b.jp", "c@d.jp")


def test_other_period() -> None:
    """A length of time that has no name in the form becomes a start in the reader's zone."""
    command = parse("trace from a@b.jp last 6d", WHEN)
    assert isinstance(command, Trace)

    fields = fields_of(command.query, WHEN)

    assert (fields.range, fields.start_date, fields.start_time) == ("dates", "2026-11-17", "22:00")
    assert (fields.end_date, fields.end_time) == ("", "")


def test_a_day_elsewhere() -> None:
    """A day of another zone than the reader's becomes its instants in theirs."""
    fields = fields_of(TraceQuery(Calendar(CalendarUnit.DAY, 1, "America/New_York")), WHEN)

    assert (fields.range, fields.start_date, fields.start_time) == ("dates", "2026-11-22", "14:00")
    assert (fields.end_date, fields.end_time) == ("2026-11-23", "14:00")


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
        (Fields(from_ip="10.0.0.1, x"), {"from_ip": "ip"}),
        (Fields(ticket="{}"), {"ticket": "ticket"}),
        (Fields(client_ip="blank"), {"client_ip": "client_ip"}),
        (Fields(either="a@"), {"either": "address"}),
        (Fields(range="yesterday", start_date="2026-11-20"), {"range": "one_range"}),
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
