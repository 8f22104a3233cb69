"""A trace that stands: every row told of once, whatever comes late or changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracing.model import Last, MessageTrace, TraceQuery, Window
from tracing.threshold import Census, Part
from tracing.watch import (
    LATENESS,
    LONGEST_LOOK,
    MAX_LOOKS,
    MAX_TROUBLES,
    Advance,
    Mark,
    Memory,
    News,
    Trouble,
    Watch,
    advance,
    asked,
    due,
    mark_of,
    to_count,
    to_look_into,
    window,
)

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
WATCH = Watch(TraceQuery(), EVERY)
BEGUN = Memory(NOW)


def row(number: int, at: datetime, status: str = "failed", domain: str = "partner.com") -> MessageTrace:
    address = f"r{number}@{domain}"
    return MessageTrace(f"id-{number}", "<x>", at, "a@contoso.co.jp", address, "s", 1, status, "", "")


def rows(count: int, at: datetime = NOW, first: int = 0, **facts: str) -> list[MessageTrace]:
    return [row(first + number, at, **facts) for number in range(count)]


def run(
    memory: Memory,
    found: list[MessageTrace],
    now: datetime = NOW + EVERY,
    watch: Watch = WATCH,
    whole: bool = True,
    causes: dict[Mark, str] | None = None,
) -> Advance:
    return advance(watch, memory, found, causes or {}, whole, now)


def events(step: Advance) -> list[tuple[str, int]]:
    return [(news.event, news.trouble.count) for news in step.news]


@pytest.mark.parametrize(
    ("said", "span"),
    [
        (Last(timedelta(minutes=5)), LATENESS + EVERY),
        (Last(timedelta(hours=6)), timedelta(hours=6)),
        (Last(timedelta(days=30)), LATENESS + LONGEST_LOOK),
    ],
)
def test_span(said: Last, span: timedelta) -> None:
    """A run looks as far back as was said, but never less than rows are late, nor further than is of use."""
    assert replace(WATCH, query=TraceQuery(said)).span == span


def test_due() -> None:
    """The next run is as long after the last as was said, whatever it took; what is late is due now."""
    assert due(WATCH, None, NOW) == timedelta(0)
    assert due(WATCH, NOW, NOW + timedelta(minutes=4)) == timedelta(minutes=11)
    assert due(WATCH, NOW, NOW + timedelta(hours=4)) == timedelta(0)


def test_alike_watches_ask_the_same() -> None:
    """Without a gap a run asks for a length of time, whenever it is: others may have asked that already."""
    later = NOW + timedelta(minutes=1)

    assert asked(WATCH, Memory(), NOW) == asked(WATCH, BEGUN, later) == Last(WATCH.span)
    assert asked(WATCH, BEGUN, NOW + timedelta(days=5)) == window(WATCH, BEGUN, NOW + timedelta(days=5))


def test_a_gap_is_read_too() -> None:
    """After days without a run, all is read since the last one, and what was late then."""
    read = window(WATCH, BEGUN, NOW + timedelta(days=5))

    assert read.start == NOW - LATENESS
    assert read.end == NOW + timedelta(days=5)


def test_what_is_there_already() -> None:
    """The first run remembers what it finds, and tells nothing of it, then or later."""
    first = run(Memory(), rows(3))
    second = run(first.memory, rows(4), NOW + 2 * EVERY)

    assert not first.news
    assert len(first.fresh) == 3
    assert events(second) == [("started", 1)]


def test_start_growth_end() -> None:
    """A trouble starts, is counted, told of at ten times its size, and ends when no row came for long."""
    memory, now = BEGUN, NOW
    told: list[list[tuple[str, int]]] = []
    for count in (2, 2, 5, 20, 21, 21, 21, 21, 21, 21):
        now += EVERY
        step = run(memory, rows(count, NOW), now)
        memory, told = step.memory, [*told, events(step)]

    assert told[:5] == [[("started", 2)], [], [("counted", 5)], [("grown", 20)], [("counted", 21)]]
    assert told[5:9] == [[], [], [], [("ended", 21)]]
    assert told[9] == []
    assert memory.troubles == ()


def test_a_change_of_state() -> None:
    """A row in another state is another trouble; back in the first, it is known."""
    first = run(BEGUN, [row(1, NOW, "pending")])
    second = run(first.memory, [row(1, NOW, "failed")], NOW + 2 * EVERY)
    third = run(second.memory, [row(1, NOW, "pending")], NOW + 3 * EVERY)

    assert [(news.event, news.trouble.status) for news in second.news] == [("started", "failed")]
    assert not third.news


def test_grouped_by_cause_and_destination() -> None:
    """Each state, destination and cause is a trouble; rows nobody looked into go with those that were."""
    found = [*rows(3), *rows(2, first=10, domain="other.example"), *rows(2, first=20)]
    causes = {mark_of(found[0]): "expired", mark_of(found[5]): "unreachable"}
    step = run(BEGUN, found, causes=causes)

    told = {(news.trouble.domain, news.trouble.cause): news.trouble.count for news in step.news}
    assert told == {
        ("partner.com", "expired"): 4,
        ("partner.com", "unreachable"): 1,
        ("other.example", ""): 2,
    }


def test_the_last_of_its_kind() -> None:
    """A new row whose cause nobody could tell belongs to the trouble there is."""
    first = run(BEGUN, rows(1), causes={mark_of(row(0, NOW)): "expired"})
    second = run(first.memory, rows(2), NOW + 2 * EVERY)

    assert [(news.event, news.trouble.cause) for news in second.news] == [("counted", "expired")]


def test_threshold() -> None:
    """Below it nothing is said; what was below it counts once there are more together."""
    watch = replace(WATCH, more_than=3)
    few = run(BEGUN, rows(3), watch=watch)
    apart = run(few.memory, [*rows(3), row(9, NOW - timedelta(minutes=40))], NOW + 2 * EVERY, watch)
    many = run(apart.memory, [*rows(5), row(9, NOW - timedelta(minutes=40))], NOW + 3 * EVERY, watch)

    assert not few.news
    assert not apart.news
    assert events(many) == [("started", 6)]


FIFTH = replace(WATCH, percent=20, within=timedelta(hours=1))


def all_mail(count: int, whole: bool = True) -> dict[str, Census]:
    """So much mail to partner.com, at NOW."""
    windows = (Window(NOW - timedelta(days=2), NOW + timedelta(days=2)),) if whole else ()
    return {"partner.com": Census((NOW,) * count, windows)}


def test_a_part_of_all_mail() -> None:
    """What is to be counted is asked for first; the part it was stays with the trouble."""
    windows = to_count(FIFTH, BEGUN, rows(18), {}, NOW + EVERY)
    step = advance(FIFTH, BEGUN, rows(18), {}, True, NOW + EVERY, all_mail(61))
    less = advance(FIFTH, BEGUN, rows(18), {}, True, NOW + EVERY, all_mail(90))

    assert list(windows) == ["partner.com"]
    assert [(news.event, news.trouble.part) for news in step.news] == [
        ("started", Part(18, 61, timedelta(hours=1)))
    ]
    assert to_count(FIFTH, step.memory, rows(19), {}, NOW + 2 * EVERY) == {}
    assert not less.news
    assert to_count(FIFTH, less.memory, rows(18), {}, NOW + 2 * EVERY) == {}
    assert to_count(WATCH, BEGUN, rows(18), {}, NOW + EVERY) == {}


def test_a_part_that_could_not_be_counted() -> None:
    """It rings nothing, is asked for again, and is forgotten only once it was weighed."""
    open_ = advance(FIFTH, BEGUN, rows(18), {}, True, NOW + EVERY, all_mail(61, whole=False))
    later = advance(FIFTH, open_.memory, rows(18), {}, True, NOW + timedelta(hours=1.5))
    counted = advance(FIFTH, later.memory, [], {}, True, NOW + timedelta(hours=1.6), all_mail(61))
    cleared = advance(FIFTH, later.memory, [], {}, True, NOW + timedelta(hours=1.6), all_mail(90))

    assert not open_.news
    assert [trouble.weighed for trouble in open_.memory.troubles] == [False]
    assert to_count(FIFTH, open_.memory, rows(18), {}, NOW + 2 * EVERY)
    assert len(later.memory.troubles) == 1
    assert [(news.event, news.trouble.part) for news in counted.news] == [
        ("started", Part(18, 61, timedelta(hours=1)))
    ]
    assert cleared.memory.troubles == ()


def test_what_stays_below_the_threshold() -> None:
    """Few rows are forgotten without a word once no more of them come."""
    watch = replace(WATCH, more_than=3)
    step = run(run(BEGUN, rows(1), watch=watch).memory, [], NOW + timedelta(hours=3), watch)

    assert not step.news
    assert step.memory.troubles == ()


def test_a_part_of_the_window() -> None:
    """What was not read whole covers nothing and ends nothing; what it held is told of."""
    first = run(BEGUN, rows(1), whole=False)
    later = run(first.memory, [], NOW + timedelta(hours=9), whole=False)

    assert events(first) == [("started", 1)]
    assert not later.news
    assert later.memory.covered_to == NOW
    assert len(later.memory.troubles) == 1


def test_looks_are_few() -> None:
    """One row of each kind is looked into before a second of any, and no more than a few in all."""
    found = [*rows(9), *rows(1, first=20, domain="b.example"), *rows(1, first=30, status="delivered")]
    looked = to_look_into(found)

    assert [one.recipient_address.partition("@")[2] for one in looked[:2]] == ["partner.com", "b.example"]
    assert looked[2].status == "delivered"
    assert len(looked) == 5
    assert len(to_look_into([row(n, NOW, domain=f"{n}.example") for n in range(50)])) == MAX_LOOKS


def test_many_troubles() -> None:
    """Open troubles are bounded in number; no row is lost, and none counts for another destination."""
    found = [row(n, NOW, domain=f"{n}.example") for n in range(MAX_TROUBLES + 5)]
    step = run(BEGUN, found)

    assert len(step.memory.troubles) == MAX_TROUBLES
    assert sum(one.size for one in step.memory.troubles) == len(found)
    assert {one.count for one in step.memory.troubles} == {1}


LIVES = st.lists(
    st.tuples(
        st.integers(0, 47),  # received in this quarter of an hour
        st.integers(0, 59),  # appears so many minutes late
        st.lists(st.tuples(st.sampled_from(["failed", "pending", "quarantined"]), st.integers(1, 40))),
    ),
    max_size=30,
)


@given(lives=LIVES, skipped=st.sets(st.integers(1, 90)), partial=st.sets(st.integers(1, 90)))
def test_every_row_once(
    lives: list[tuple[int, int, list[tuple[str, int]]]], skipped: set[int], partial: set[int]
) -> None:
    """Each state in which a run could see a row is counted in exactly one trouble, whatever is late, changes
    or is not run; and what is remembered stays within the window."""
    memory, shown, counted = BEGUN, set[Mark](), 0
    ends: list[News] = []
    for turn in range(1, 100):
        now = NOW + turn * EVERY
        if turn in skipped:
            continue
        whole = turn not in partial
        read = window(WATCH, memory, now)
        visible = [
            one
            for number, life in enumerate(lives)
            if (one := _as_of(number, life, now)) is not None
            and read.start <= one.received_date_time
            and (whole or number % 2)
        ]
        shown |= {mark_of(one) for one in visible}
        step = run(memory, visible, now, whole=whole)
        counted += len(step.fresh)
        assert all(one.received_date_time >= step.gone_before for one in step.memory.seen.values())
        memory = step.memory
        ends += [news for news in step.news if news.event == "ended"]

    assert counted == len(shown)
    assert sum(one.trouble.count for one in ends) + sum(one.count for one in memory.troubles) == len(shown)


def _as_of(number: int, life: tuple[int, int, list[tuple[str, int]]], now: datetime) -> MessageTrace | None:
    """The row as the service shows it at *now*, None before it shows it."""
    quarter, late, changes = life
    received = NOW + quarter * EVERY
    at = received + timedelta(minutes=late)
    if at > now:
        return None
    status = "gettingStatus"
    for becomes, quarters in changes:
        at += quarters * EVERY
        status = becomes if at <= now else status
    return row(number, received, status)


def test_kinds_agree() -> None:
    """A trouble and a remembered row speak of a kind in the same words."""
    step = run(BEGUN, rows(1))

    (trouble,), (seen,) = step.memory.troubles, step.fresh
    assert isinstance(trouble, Trouble)
    assert trouble.kind == seen.kind == ("failed", "partner.com")
