"""What is still to be said: once for each trouble, as it stands when it is said."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.outbox import PASSED, Glimpse, Telling, hold, queue
from tracing.watch import Trouble

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
TROUBLE = Trouble(1, "failed", "partner.com", "expired", 1, NOW, NOW, NOW, 1)
BLIND, SEEING = Telling("blind", NOW, since=NOW), Telling("seeing", NOW, since=NOW)


def of(event: str, count: int = 1, number: int = 1) -> Telling:
    return Telling(event, NOW, replace(TROUBLE, number=number, count=count))


@pytest.mark.parametrize(
    ("events", "said"),
    [
        (["started", "counted", "grown"], "started"),
        (["started", "grown", "ended"], PASSED),
        (["counted", "grown", "counted"], "grown"),
        (["grown", "ended"], "ended"),
        (["counted", "ended"], "ended"),
    ],
)
def test_one_word_for_each_trouble(events: list[str], said: str) -> None:
    """What was not said yet is said once, with the latest count; that it began is not left out."""
    (telling,) = queue((), [of(event, count) for count, event in enumerate(events, 1)])

    assert telling.event == said
    assert telling.trouble is not None
    assert telling.trouble.count == len(events)


def test_sight() -> None:
    """Seen again before it was said to be missed: one word, with since when; missed again is another."""
    assert queue((BLIND,), [SEEING]) == (SEEING,)
    assert queue((SEEING,), [BLIND]) == (SEEING, BLIND)
    assert queue((SEEING, BLIND), [replace(SEEING, since=NOW + timedelta(hours=1))]) == (SEEING,)
    assert queue((of("started"),), [BLIND]) == (of("started"), BLIND)


def test_its_mails_stay() -> None:
    """What was found of a trouble's mails is shown with its end too; where newer ones are found, those."""
    old, new = (Glimpse(NOW, "a@x.jp", f"{name}@partner.com", "") for name in ("old", "new"))
    begun = (replace(of("started"), glimpses=(old,)),)
    ended, more = of("ended"), replace(of("counted", 2), glimpses=(new,))

    assert [one.glimpses for one in queue(begun, [ended])] == [(old,)]
    assert [one.glimpses for one in queue(begun, [more, ended])] == [(new,)]


def test_held() -> None:
    """From when on something was held stays, whatever is added to it."""
    held = hold((of("started"),), NOW)
    later = hold(queue(held, [of("grown", 12), of("started", 1, 2)]), NOW + timedelta(hours=1))

    assert [one.held_since for one in later] == [NOW, NOW + timedelta(hours=1)]


LIVES = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(["counted", "grown"])), max_size=20)


@given(lives=LIVES, over=st.sets(st.integers(1, 4)))
def test_nothing_is_lost_or_said_twice(lives: list[tuple[int, str]], over: set[int]) -> None:
    """Of troubles that all began unsaid, each is said once, as begun or as begun and over."""
    news = [of("started", 1, number) for number in range(1, 5)]
    news += [of(event, 2, number) for number, event in lives]
    news += [of("ended", 3, number) for number in sorted(over)]
    said = queue((), news)

    assert [one.trouble.number for one in said if one.trouble] == [1, 2, 3, 4]
    assert {one.trouble.number for one in said if one.trouble and one.event == PASSED} == over
    assert {one.event for one in said} <= {"started", PASSED}
