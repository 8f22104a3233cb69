"""From how much mail on a trouble is told of: parts of all mail, and what is read to know them."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tracing.model import AddressPattern, DeliveryStatus, MessageTrace, TraceQuery, Window
from tracing.threshold import (
    LEAST,
    Census,
    Part,
    Rows,
    Threshold,
    Verdict,
    candidates,
    census,
    everything,
    is_many,
    to_read,
    weigh,
)

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIFTH = Threshold(0, 20, HOUR)
ALL = (Window(NOW - 60 * HOUR, NOW + 60 * HOUR),)

MINUTES = st.lists(st.integers(0, 600), max_size=40).map(
    lambda minutes: [NOW + timedelta(minutes=one) for one in minutes]
)
PERCENT = st.integers(1, 99)


def at(*minutes: int) -> list[datetime]:
    return [NOW + timedelta(minutes=one) for one in minutes]


def all_news(times: Sequence[datetime]) -> Rows:
    return Rows(times, times)


def known(times: Sequence[datetime], whole: tuple[Window, ...] = ALL) -> Census:
    return Census(tuple(sorted(times)), whole)


def row(name: str, recipient: str, received: datetime = NOW) -> MessageTrace:
    return MessageTrace(name, "<x>", received, "a@x.jp", recipient, "", 1, "delivered", "", "")


def test_a_part() -> None:
    """More of all mail than was said is told of, with how much it is; as much is not."""
    others = at(*[0] * 40)
    fails = at(*range(11))

    assert weigh(FIFTH, all_news(fails), known(others + fails)) == Verdict(True, True, Part(11, 51, HOUR))
    assert Part(18, 61, HOUR).percent == 30
    assert not weigh(FIFTH, all_news(fails[:10]), known(others + fails[:10])).many


def test_few_are_no_part() -> None:
    """One of one is all there is, and rings nothing; neither is anything read for so few."""
    one = all_news(at(5))

    assert weigh(FIFTH, one, known(at(5))) == Verdict(many=False)
    assert candidates(FIFTH, one) == ()
    assert weigh(FIFTH, all_news(at(*range(LEAST - 1))), known(at(*range(LEAST - 1)))) == Verdict(many=False)
    assert weigh(FIFTH, all_news(at(*range(LEAST))), known(at(*range(LEAST)))).part == Part(
        LEAST, LEAST, HOUR
    )


def test_a_burst_is_held_against_all_of_the_time() -> None:
    """Ten at once in a busy hour are few of that hour, though they are all of their minute."""
    burst = at(*[59] * 10)

    assert not weigh(FIFTH, all_news(burst), known(at(*range(50)) + burst)).many
    assert weigh(Threshold(0, 20, timedelta(minutes=5)), all_news(burst), known(at(*range(50)) + burst)).many


def test_both_thresholds() -> None:
    """Where a number is said too, both must be passed."""
    fails = at(*range(12))

    assert weigh(Threshold(11, 20, HOUR), all_news(fails), known(fails)).many
    assert not weigh(Threshold(12, 20, HOUR), all_news(fails), known(fails)).many


def test_without_a_part() -> None:
    """A number alone needs no other mail to be known."""
    assert weigh(Threshold(2, 0, HOUR), all_news(at(1, 2, 3)), Census()).many
    assert not weigh(Threshold(3, 0, HOUR), all_news(at(1, 2, 3)), Census()).many


def test_nothing_new_changes_no_part() -> None:
    """Once weighed, rows are not weighed again until others come near them."""
    assert candidates(FIFTH, Rows(at(*range(12)), [])) == ()
    assert candidates(FIFTH, Rows(at(*range(12)), at(500))) == ()
    assert candidates(FIFTH, Rows(at(*range(12)), at(0)))


@given(fails=MINUTES, others=MINUTES, percent=PERCENT, hidden=MINUTES)
def test_what_was_not_read_rings_nothing_and_hides_nothing(
    fails: list[datetime], others: list[datetime], percent: int, hidden: list[datetime]
) -> None:
    """With a part of the mail read, a yes or a no is what all of it would say; else it is open."""
    threshold = Threshold(0, percent, HOUR)
    whole = weigh(threshold, all_news(fails), known(others + hidden + fails))
    partly = weigh(threshold, all_news(fails), known(others + fails, ()))
    some = weigh(threshold, all_news(fails), known(others + fails, (Window(NOW, NOW + 2 * HOUR),)))

    assert whole.known
    assert not partly.many
    assert partly.known <= (not whole.many)
    assert some.known or not some.many


@given(fails=MINUTES, others=MINUTES, percent=PERCENT)
def test_a_part_is_more_than_was_said(fails: list[datetime], others: list[datetime], percent: int) -> None:
    """What rings is a part of an hour that is large enough, and no larger than the whole."""
    verdict = weigh(Threshold(0, percent, HOUR), all_news(fails), known(others + fails))

    if verdict.part is not None:
        assert verdict.part.whole >= LEAST
        assert verdict.part.rows <= verdict.part.whole
        assert 100 * verdict.part.rows > percent * verdict.part.whole
    elif fails:
        every = sorted(others + fails)
        for end in fails:
            rows = sum(end - HOUR <= one <= end for one in fails)
            mails = sum(end - HOUR <= one <= end for one in every)
            assert mails < LEAST or 100 * rows <= percent * mails


@given(fails=MINUTES, percent=PERCENT)
def test_what_is_read_is_enough(fails: list[datetime], percent: int) -> None:
    """The windows that are read hold every stretch, and do not overlap."""
    stretches = [stretch for stretch, _ in candidates(Threshold(0, percent, HOUR), all_news(fails))]
    windows = to_read(stretches)

    assert all(any(w.start <= s.start and s.end <= w.end for w in windows) for s in stretches)
    assert all(one.end < other.start for one, other in pairwise(windows))


def test_alike_watches_read_the_same() -> None:
    """Stretches of nearly the same time are read over the same quarters of an hour."""
    assert to_read([Window(*at(16, 74))]) == to_read([Window(*at(17, 73))]) == (Window(*at(15, 75)),)


def test_census() -> None:
    """Each mail to the destination counts once, however often it was read."""
    rows = [row("a", "r@Partner.com"), row("a", "s@partner.com"), row("b", "r@other.example")]
    found = census("partner.com", [(rows, Window(NOW, NOW)), (rows[:1], Window(NOW, NOW))])

    assert found == Census((NOW, NOW), (Window(NOW, NOW),) * 2)


def test_everything() -> None:
    """All mail that could be meant is read, and no other destination's."""
    query = TraceQuery(statuses=(DeliveryStatus.FAILED,))
    named = TraceQuery(recipients=(AddressPattern("*@partner.com"), AddressPattern("*@other.example")))

    assert everything(query, "partner.com") == TraceQuery(recipients=(AddressPattern("*@partner.com"),))
    assert everything(named, "other.example").recipients == (AddressPattern("*@other.example"),)


@given(times=MINUTES, more_than=st.integers(0, 5))
def test_many(times: list[datetime], more_than: int) -> None:
    """Rows are many where one of them has more than so many within the time behind it."""
    threshold = Threshold(more_than, 0, HOUR)

    assert is_many(threshold, times) == any(
        sum(one <= other <= one + HOUR for other in times) > more_than for one in times
    )
