"""The form of a watch: what it holds is what the watch is, and what cannot be is said beside its input."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.form_fields import FormFaults
from bot.moments import When
from bot.watch_editing import Wanted
from bot.watch_form import inputs_of, mentionable, read_inputs
from cards.form import Fields
from cards.mention import Mention
from cards.watch_form import WatchFields
from tracing.model import AddressPattern, DeliveryStatus, Last, TraceQuery
from tracing.quiet import Quiet
from tracing.timetable import Timetable
from tracing.watch import Watch

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
ME, TANAKA = Mention("Sato", "29:1"), Mention("Tanaka", "29:2")
QUERY = TraceQuery(recipients=(AddressPattern("*@partner.com"),), statuses=(DeliveryStatus.FAILED,))
WANTED = Wanted(Watch(QUERY), Quiet(zone="Asia/Tokyo"), (TANAKA, ME))
MINUTES = st.integers(5, 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
CLOCKS = st.integers(0, 24 * 60 - 1).map(lambda minutes: time(minutes // 60, minutes % 60))


def given_of(wanted: Wanted, **changed: object) -> Wanted:
    fields, options = inputs_of(wanted, ME, WHEN)
    return read_inputs(fields, replace(options, **changed), wanted, ME, WHEN)  # type: ignore[arg-type]


@given(
    every=MINUTES,
    within=MINUTES,
    more_than=st.integers(0, 10_000),
    percent=st.integers(0, 99),
    hours=st.tuples(CLOCKS, CLOCKS),
    working=st.booleans(),
    people=st.sampled_from([(), (ME,), (TANAKA,), (TANAKA, ME)]),
)
def test_there_and_back(
    every: timedelta,
    within: timedelta,
    more_than: int,
    percent: int,
    hours: tuple[time, time],
    working: bool,
    people: tuple[Mention, ...],
) -> None:
    """A form that is sent off as it was shown changes nothing."""
    watch = Watch(replace(QUERY, period=Last(timedelta(hours=6))), every, False, more_than, within, percent)
    start, end = hours if hours[0] != hours[1] else (time(), time())
    wanted = Wanted(watch, Quiet(start, end, working, "Asia/Tokyo"), people)

    assert given_of(wanted) == wanted


@pytest.mark.parametrize(
    ("field", "typed", "expected"),
    [
        ("every", "1", "every"),
        ("every", "x", "every"),
        ("within", "99999", "within"),
        ("more_than", "many", "form_rows"),
        ("more_than", "10001", "form_rows"),
        ("percent", "100", "form_percent"),
        ("quiet_start", "22:00", "form_hours"),
        ("quiet_end", "25:00", "form_hours"),
    ],
)
def test_faults(field: str, typed: str, expected: str) -> None:
    """What cannot be is said beside its input."""
    with pytest.raises(FormFaults) as wrong:
        given_of(WANTED, **{field: typed})

    assert list(wrong.value.faults.values()) == [expected]


def test_faults_of_conditions() -> None:
    """The conditions are read as those of a trace, with all faults at once; a part needs a state."""
    fields, options = inputs_of(WANTED, ME, WHEN)
    with pytest.raises(FormFaults) as wrong:
        read_inputs(replace(fields, recipient="x"), replace(options, percent="0x"), WANTED, ME, WHEN)
    with pytest.raises(FormFaults) as stateless:
        read_inputs(Fields(), replace(options, percent="20 %"), WANTED, ME, WHEN)

    assert wrong.value.faults == {"recipient": "address", "percent": "form_percent"}
    assert stateless.value.faults == {"percent": "percent_of"}


def test_mentions() -> None:
    """One can take oneself on, and others off; who was never there is not taken on by a forged place."""
    crowd = replace(WANTED, mentions=tuple(Mention(f"{n}", f"29:9{n}") for n in range(3)))

    assert mentionable(WANTED, ME) == [("me", "Sato"), ("0", "Tanaka")]
    assert given_of(WANTED, mentions=("me", "7", "29:3")).mentions == (ME,)
    assert given_of(WANTED, mentions=()).mentions == ()
    with pytest.raises(FormFaults) as wrong:
        given_of(crowd, mentions=("0", "1", "2", "me"))
    assert wrong.value.faults == {"mentions": "mention"}


def test_a_digest() -> None:
    """A watch with a timetable keeps it: the form changes what it looks for alone."""
    digest = replace(WANTED, watch=Watch(QUERY, timetable=Timetable(time(9), "Asia/Tokyo", None)))
    fields, _ = inputs_of(digest, ME, WHEN)
    changed = read_inputs(replace(fields, recipient="*@a.example"), WatchFields(), digest, ME, WHEN)

    assert changed.watch.timetable == digest.watch.timetable
    assert changed.watch.query.recipients == (AddressPattern("*@a.example"),)
