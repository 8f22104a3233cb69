"""A watch that is changed knows what it knew where it looks for the same, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.outbox import Telling
from bot.watch_editing import Wanted, amended, is_same, is_snoozed, reworded
from bot.watch_options import Said
from bot.watching import Standing, Thread, memory_of
from tracing.digest import Digest
from tracing.model import DeliveryStatus, Last, MessageTrace, TraceQuery
from tracing.quiet import Quiet
from tracing.timetable import Timetable
from tracing.watch import Memory, Trouble, Watch, fresh_rows

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
EVERY, HOUR = timedelta(minutes=15), timedelta(hours=1)
FAILED = TraceQuery(Last(HOUR), statuses=(DeliveryStatus.FAILED,))
WATCH = Watch(FAILED, EVERY, more_than=10, within=EVERY)
TROUBLE = Trouble(1, "failed", "partner.com", "", 1, NOW, NOW, NOW, 1)
STANDING = Standing(
    4,
    WATCH,
    NOW,
    "29:sato",
    troubles=(TROUBLE,),
    numbers=1,
    outbox=(Telling("grown", NOW, TROUBLE),),
    threads=(Thread(TROUBLE, NOW, "19:x", "1", "s"),),
    last_run=NOW,
)


def after(watch: Watch, standing: Standing = STANDING) -> Standing:
    return amended(standing, Wanted(watch, Quiet(), ()), NOW + EVERY)


@pytest.mark.parametrize(
    ("said", "watch"),
    [
        (Said(), WATCH),
        (Said(every=HOUR), replace(WATCH, every=HOUR, within=HOUR)),
        (Said(within=HOUR), replace(WATCH, within=HOUR)),
        (Said(more_than=0, percent=20), replace(WATCH, more_than=0, percent=20)),
    ],
)
def test_what_was_said(said: Said, watch: Watch) -> None:
    """What was not said stays; rows count together within the interval until something else was said."""
    assert reworded(WATCH, None, said, "UTC") == watch


def test_into_a_digest() -> None:
    """A watch that is given set times looks back as far as those are apart, and for all there is."""
    digest = reworded(WATCH, None, Said(times=(0, time(9))), "Asia/Tokyo")

    assert digest.timetable == Timetable(time(9), "Asia/Tokyo", 0)
    assert digest.query.period == Last(timedelta(days=7))
    assert digest.more_than == 0
    assert not is_same(WATCH, digest)


def test_other_conditions() -> None:
    """What it knew of other mail is forgotten, what it had to say of it is not said; the number stays."""
    other = after(replace(WATCH, query=replace(FAILED, statuses=(DeliveryStatus.PENDING,))))

    assert (other.troubles, other.outbox) == ((), ())
    assert (other.number, other.numbers, other.threads) == (4, 1, STANDING.threads)


def test_numbers_of_other_mail() -> None:
    """A digest is compared with the one before where that counted the same mail over as long a time."""
    digest = replace(WATCH, timetable=Timetable(time(9), "UTC"))
    counted = replace(STANDING, watch=digest, digested=Digest(NOW, NOW, NOW, (("failed", 3),)))
    other = replace(digest, query=replace(FAILED, statuses=(DeliveryStatus.PENDING,)))
    later = replace(digest, timetable=Timetable(time(10), "UTC"))
    weekly = replace(digest, timetable=Timetable(time(9), "UTC", 0))

    assert after(later, counted).digested == counted.digested
    assert after(other, counted).digested is None
    assert after(weekly, counted).digested is None


def test_the_same_conditions() -> None:
    """How often, from how much on, how far back: none of it is about other mail."""
    for watch in (replace(WATCH, every=HOUR), replace(WATCH, query=replace(FAILED, period=Last(6 * HOUR)))):
        same = after(watch)
        assert (same.troubles, same.outbox) == (STANDING.troubles, STANDING.outbox)


def test_further_back() -> None:
    """Where it looks further back than it did, what lies there is no news; what came since it looked is."""
    looked = NOW - WATCH.span
    further = after(replace(WATCH, every=6 * HOUR))
    again = after(replace(WATCH, every=12 * HOUR), further)
    blind = after(replace(WATCH, every=6 * HOUR), replace(STANDING, blind_since=NOW - 3 * HOUR))

    assert further.known_from == again.known_from == looked
    assert blind.known_from == looked - 3 * HOUR
    assert after(replace(WATCH, every=timedelta(minutes=5))).known_from is None
    old, new = (
        MessageTrace("1", "<x>", at, "a@x.jp", "b@y.jp", "", 1, "failed", "", "")
        for at in (looked - timedelta(minutes=1), looked)
    )
    assert fresh_rows(memory_of(further, Memory(NOW)), [old, new]) == (new,)


def test_snoozed() -> None:
    """A watch that is due later than it would be by itself sleeps, and is not woken by a change."""
    assert not is_snoozed(STANDING, NOW + EVERY)
    assert is_snoozed(STANDING, NOW + HOUR)
    assert not is_snoozed(replace(STANDING, last_run=None), NOW + HOUR)
    digest = replace(STANDING, watch=replace(WATCH, timetable=Timetable(time(9), "UTC", None)))
    assert is_snoozed(digest, NOW)
