"""A watch between two steps: what it has to tell, what it keeps, how it goes."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.outbox import Telling
from bot.watching import (
    AGAIN,
    BLIND,
    INCOMPLETE,
    MAX_THREADS,
    Standing,
    Thread,
    held,
    memory_of,
    next_due,
    read_standing,
    rest,
    saw,
    saw_nothing,
    told,
    write_standing,
)
from tracing.model import TraceQuery
from tracing.quiet import Quiet
from tracing.timetable import Timetable
from tracing.watch import Advance, Memory, News, Trouble, Watch

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
EVERY = timedelta(minutes=15)
STANDING = Standing(1, Watch(TraceQuery(), EVERY), NOW, "29:sato", last_run=NOW)
TROUBLE = Trouble(1, "failed", "partner.com", "expired", 2, NOW, NOW, NOW, 2)
THREAD = Thread(TROUBLE, NOW, "19:x;messageid=1", "1", "state")


def step(*news: News, troubles: tuple[Trouble, ...] = (TROUBLE,)) -> Advance:
    return Advance(Memory(NOW, troubles, 1), news, (), NOW)


def events(standing: Standing) -> list[str]:
    return [telling.event for telling in standing.outbox]


def test_comes_back_whole() -> None:
    """What is written is read again."""
    full = replace(STANDING, outbox=(Telling("started", NOW, TROUBLE),), threads=(THREAD,), fault="x")
    full = replace(full, quiet=Quiet(time(22), time(7), True, "Asia/Tokyo"))

    assert read_standing(write_standing(full)) == full


def test_a_count_needs_a_message_to_stand_in() -> None:
    """What is only an edit is not told where there is nothing to edit."""
    counted = step(News("counted", TROUBLE))

    assert events(saw(STANDING, counted, 1, NOW, whole=True)) == []
    assert events(saw(replace(STANDING, threads=(THREAD,)), counted, 1, NOW, whole=True)) == ["counted"]


def test_costs_add_up() -> None:
    """The last look's requests are known, and all of them."""
    after = saw(saw(STANDING, step(), 2, NOW, whole=True), step(), 3, NOW, whole=True)

    assert (after.last_cost, after.cost) == (3, 5)
    assert memory_of(after, Memory()).troubles == (TROUBLE,)


def test_blind_is_said_once() -> None:
    """Not at the first fault, once when it lasts, and taken back at the first sight."""
    blind = saw_nothing(STANDING, "GraphSlow", NOW)
    lasting = saw_nothing(blind, "GraphSlow", NOW + max(BLIND, 2 * EVERY))
    longer = saw_nothing(replace(lasting, outbox=()), "GraphSlow", NOW + timedelta(hours=5))
    part = saw(longer, step(), 1, NOW, whole=False)
    seeing = saw(longer, step(News("started", TROUBLE)), 1, NOW, whole=True)

    assert (events(blind), events(lasting), events(longer), events(part)) == ([], ["blind"], [], [])
    assert events(seeing) == ["seeing", "started"]
    assert seeing.outbox[0].since == NOW
    assert (seeing.fault, seeing.blind_since) == ("", None)


def test_rest() -> None:
    """What is to be told is told now; who cannot see looks sooner, unless there was too much to see."""
    daily = replace(STANDING, watch=replace(STANDING.watch, every=timedelta(days=1)))

    assert rest(STANDING, NOW) == EVERY
    assert rest(replace(STANDING, outbox=(Telling("blind", NOW),)), NOW) == timedelta(0)
    assert rest(saw_nothing(daily, "GraphSlow", NOW), NOW) == AGAIN
    assert rest(saw_nothing(daily, INCOMPLETE, NOW), NOW) == timedelta(days=1)


NIGHTS = replace(STANDING, quiet=Quiet(time(22), time(7), zone="UTC"))


def test_quiet_hours() -> None:
    """What comes is held, looks go on, and it is told when they end; a count waits with what it counts."""
    midnight, dawn = NOW.replace(hour=0), NOW.replace(hour=6, minute=50)
    silent = saw(NIGHTS, step(News("started", TROUBLE)), 1, midnight, whole=True)
    counted = saw(silent, step(News("counted", replace(TROUBLE, count=5))), 1, midnight + EVERY, whole=True)
    blind = saw_nothing(saw_nothing(NIGHTS, "x", midnight), "x", midnight + max(BLIND, 2 * EVERY))

    assert events(counted) == ["started"]
    assert counted.outbox[0].trouble == replace(TROUBLE, count=5)
    assert counted.outbox[0].held_since == midnight
    assert rest(counted, midnight + EVERY) == EVERY
    assert rest(counted, dawn) == timedelta(0)
    assert rest(replace(counted, last_run=dawn), dawn) == timedelta(minutes=10)
    assert rest(counted, NOW.replace(hour=7)) == timedelta(0)
    assert blind.outbox[0].held_since == midnight + max(BLIND, 2 * EVERY)


def test_what_was_on_its_way_when_it_became_quiet() -> None:
    """A message cut short may have been said, and says so later; one that was held was not."""
    waiting = replace(NIGHTS, outbox=(Telling("blind", NOW),))

    assert held(waiting, NOW, again=True).unsure
    assert not held(waiting, NOW, again=False).unsure
    assert not held(held(waiting, NOW, again=False), NOW, again=True).unsure
    assert not held(NIGHTS, NOW, again=True).unsure


def test_an_old_payload() -> None:
    """What was written before watches had these options is read, and goes on as it was."""
    old = (
        '{"number":1,"watch":{"query":{"period":{"duration":"P2D"}},"every":"PT5M","more_than":3},'
        '"begun_at":"2026-10-15T03:00:00Z","owner_teams_id":"29:sato","troubles":[{"number":1,"status":"failed",'
        '"domain":"partner.com","cause":"","count":1,"first":"2026-10-15T03:00:00Z","last":"2026-10-15T03:00:00Z",'
        '"heard_at":"2026-10-15T03:00:00Z"}],"outbox":[{"event":"blind","as_of":"2026-10-15T03:00:00Z"}]}'
    )
    standing = read_standing(old)

    assert standing.quiet == Quiet()
    assert (standing.watch.percent, standing.watch.more_than) == (0, 3)
    assert [trouble.weighed for trouble in standing.troubles] == [True]
    assert standing.outbox == (Telling("blind", NOW),)


def test_what_is_said_is_sure() -> None:
    """Once something was said and saved, what follows is said for the first time."""
    unsure = replace(STANDING, outbox=(Telling("blind", NOW), Telling("seeing", NOW)), unsure=True)

    assert told(unsure, None) == replace(STANDING, outbox=(Telling("seeing", NOW),))


def test_threads_are_bounded() -> None:
    """The messages of open troubles are known, and of ended ones the last; what was said is struck off."""
    standing = replace(STANDING, troubles=(TROUBLE,), outbox=(Telling("blind", NOW),))
    for number in range(1, MAX_THREADS + 10):
        standing = told(standing, replace(THREAD, trouble=replace(TROUBLE, number=number)))

    assert told(standing, None).outbox == ()
    assert len(standing.threads) == MAX_THREADS
    assert standing.thread_of(1) is not None
    assert standing.thread_of(2) is None


def test_payloads_of_before() -> None:
    """What was saved before there were digests, and before replies were known, is still read."""
    saved = (
        '{"number":1,"watch":{"query":{"period":{"duration":"PT24H"}},"every":"PT15M"},'
        '"begun_at":"2026-10-15T03:00:00Z","owner_teams_id":"29:sato"}'
    )
    standing = read_standing(saved)

    assert standing.watch.timetable is None
    assert (standing.digest, standing.digested, standing.digest_id) == (None, None, "")
    assert read_standing(write_standing(standing)) == standing


@pytest.mark.parametrize(
    ("weekday", "expected"),
    [(None, datetime(2026, 10, 19, 0, 0, tzinfo=UTC)), (6, datetime(2026, 10, 18, 0, 0, tzinfo=UTC))],
)
def test_digests_on_days_off(weekday: int | None, expected: datetime) -> None:
    """A daily digest skips days off; one of a day off alone is wanted all the same."""
    friday = datetime(2026, 10, 16, 3, 0, tzinfo=UTC)
    watch = Watch(TraceQuery(), timetable=Timetable(zone="Asia/Tokyo", weekday=weekday))
    standing = Standing(1, watch, friday, "29:sato", quiet=Quiet(working_days=True, zone="Asia/Tokyo"))

    assert next_due(standing) == expected
