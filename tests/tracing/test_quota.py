"""The rolling budget as a value: how much, and who first."""

from datetime import UTC, datetime, timedelta

import pytest

from tracing.model import Spender
from tracing.quota import (
    BACKGROUND_LIMIT,
    EMPLOYEE_PACE,
    EMPLOYEE_QUESTION,
    EMPLOYEE_SHARE,
    HELPDESK_RESERVE,
    LIMIT,
    PACE,
    ROLLING_WINDOW,
    TRICKLE,
    Stamp,
    Ticket,
    decide,
)

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNA, UWE, REPORT = Spender("anna"), Spender("uwe"), Spender("anna", background=True)
OTHERS = Spender("others")
MARI, KEN = Spender("mari", employee=True), Spender("ken", employee=True)
NONE = timedelta(0)


def spent(by: Spender, *ages: int) -> list[Stamp]:
    return [Stamp(NOW - age * SECOND, by) for age in ages]


def waiting(by: Spender, since: int) -> Ticket:
    return Ticket(by, NOW - since * SECOND)


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ([], 0),
        ([0] * (LIMIT - 1), 0),
        ([0] * LIMIT, 300),
        ([100] * LIMIT, 200),
        ([300] * LIMIT, 0),
        ([299] * LIMIT, 1),
        ([250, *[10] * (LIMIT - 1)], 50),
        ([250, 200, *[10] * (LIMIT - 1)], 100),
        ([400] * 50 + [10] * (LIMIT - 1), 0),
    ],
)
def test_wait(ages: list[int], expected: int) -> None:
    """One more fits when fewer than LIMIT stand in the window; else once enough have left it."""
    stamps = spent(UWE, *ages)

    assert decide(stamps, (), ANNA, NOW) == expected * SECOND
    assert decide(stamps[::-1], (), ANNA, NOW) == expected * SECOND


def test_never_beyond_the_limit() -> None:
    """Whoever waits as told never has more than LIMIT requests in any window."""
    now, stamps = NOW, list[Stamp]()
    for number in range(3 * LIMIT):
        who = Spender(f"person {number % 60}")
        now += decide(stamps, (), who, now)
        stamps.append(Stamp(now, who))

    for first, beyond in zip(stamps, stamps[LIMIT:], strict=False):
        assert beyond.made_at - first.made_at >= ROLLING_WINDOW


def test_least_first() -> None:
    """Of two who wait for the one request there is, the one who spent less has it."""
    stamps = spent(ANNA, 10, 10, 10) + spent(UWE, 5, 5) + spent(OTHERS, *[5] * (LIMIT - 6))
    tickets = [waiting(ANNA, 20), waiting(UWE, 1)]

    assert decide(stamps, tickets, UWE, NOW) == NONE
    assert decide(stamps, tickets, ANNA, NOW) == 290 * SECOND


def test_longest_first() -> None:
    """Of two who spent the same, the one who waits longer goes first; who comes now is last."""
    stamps = spent(REPORT, *[10] * (LIMIT - 1))
    tickets = [waiting(UWE, 9), waiting(ANNA, 8)]

    assert decide(stamps, tickets, UWE, NOW) == NONE
    assert decide(stamps, tickets, ANNA, NOW) > NONE
    assert decide(stamps, tickets, Spender("new"), NOW) > NONE


def test_room_for_all() -> None:
    """Where enough is left for all who wait, nobody waits for another."""
    stamps = spent(OTHERS, *[10] * (LIMIT - 2))

    assert decide(stamps, [waiting(UWE, 9), waiting(ANNA, 9)], ANNA, NOW) == NONE


def test_people_first() -> None:
    """What runs in the background waits for people, however long it has waited."""
    stamps = spent(REPORT, *[10] * BACKGROUND_LIMIT) + spent(UWE, *[20] * (LIMIT - BACKGROUND_LIMIT - 1))
    tickets = [waiting(REPORT, 600), waiting(ANNA, 1)]

    assert decide(stamps, tickets, ANNA, NOW) == NONE
    assert decide(stamps, tickets, REPORT, NOW) > NONE


def test_room_for_people() -> None:
    """The background stops early, so that a person who comes now need not wait."""
    stamps = spent(REPORT, *[10] * BACKGROUND_LIMIT)

    assert decide(stamps, (), REPORT, NOW) == 290 * SECOND
    assert decide(stamps, (), ANNA, NOW) == NONE


def test_trickle() -> None:
    """With people waiting for everything, the background has its few requests in a window, and no more."""
    tickets = [waiting(UWE, 9), waiting(ANNA, 9), waiting(REPORT, 1)]
    few = spent(UWE, *[10] * (LIMIT - TRICKLE)) + spent(REPORT, *[10] * (TRICKLE - 1))
    enough = spent(UWE, *[10] * (LIMIT - TRICKLE - 1)) + spent(REPORT, *[10] * TRICKLE)

    assert decide(few, tickets, REPORT, NOW) == NONE
    assert decide(enough, tickets, REPORT, NOW) > NONE
    assert decide(enough, tickets, UWE, NOW) + decide(enough, tickets, ANNA, NOW) > NONE


def test_nobody_starves() -> None:
    """Somebody who spent much and waits on has a request within a window, though others come all the time."""
    stamps = spent(ANNA, *[0] * LIMIT)
    now = NOW
    while decide(stamps, [Ticket(ANNA, NOW), Ticket(UWE, now)], ANNA, now):
        now += SECOND
        for passing in (Spender(f"passing {now}"), UWE):
            if not decide(stamps, [Ticket(ANNA, NOW), Ticket(passing, now)], passing, now):
                stamps.append(Stamp(now, passing))

    assert now - NOW <= ROLLING_WINDOW + SECOND


def test_the_reserve() -> None:
    """What the help desk has not spent of its reserve no employee may have; what it spent frees as much."""
    full = spent(KEN, *[100] * (LIMIT - HELPDESK_RESERVE))
    used = [*full, *spent(UWE, *[100] * HELPDESK_RESERVE)]

    assert decide(full, (), MARI, NOW) == 200 * SECOND
    assert decide(full, (), UWE, NOW) == NONE
    assert decide([*full, *spent(UWE, 100)], (), MARI, NOW) == 200 * SECOND
    assert decide(used[1:], (), MARI, NOW) == NONE


def test_half_of_the_reserve_is_left_by_the_background() -> None:
    """Where the background filled its part, the first few employees go on, and the help desk after them."""
    stamps = spent(REPORT, *[100] * BACKGROUND_LIMIT)
    free = LIMIT - HELPDESK_RESERVE // 2 - BACKGROUND_LIMIT

    assert decide([*stamps, *spent(KEN, *[100] * (free - 1))], (), MARI, NOW) == NONE
    assert decide([*stamps, *spent(KEN, *[100] * free)], (), MARI, NOW) > NONE
    assert decide([*stamps, *spent(KEN, *[100] * free)], (), UWE, NOW) == NONE


def test_employees_have_a_share() -> None:
    """The help desk beyond its reserve comes after employees within their share, and before those beyond."""
    busy = spent(UWE, *[100] * (LIMIT - EMPLOYEE_SHARE))
    within = [*busy, *spent(KEN, *[100] * (EMPLOYEE_SHARE - 1))]
    beyond = [*spent(UWE, *[100] * HELPDESK_RESERVE), *spent(KEN, *[100] * (LIMIT - HELPDESK_RESERVE - 1))]
    tickets = [waiting(ANNA, 9), waiting(MARI, 1)]

    assert (decide(within, tickets, MARI, NOW), decide(within, tickets, ANNA, NOW) > NONE) == (NONE, True)
    assert (decide(beyond, tickets, ANNA, NOW), decide(beyond, tickets, MARI, NOW) > NONE) == (NONE, True)


def test_the_pace_of_employees() -> None:
    """Employees spend so many in a minute and no more, so that something becomes free all the time."""
    stamps = spent(KEN, *[10] * EMPLOYEE_PACE, *[100] * (EMPLOYEE_SHARE - EMPLOYEE_PACE + 1))

    assert decide(stamps, (), MARI, NOW) == PACE - 10 * SECOND
    assert decide(stamps[1:], (), MARI, NOW) == NONE
    assert decide(stamps, (), ANNA, NOW) == NONE


def test_a_question_that_is_begun_goes_first() -> None:
    """Of employees, who is in the midst of a question has the one request there is, then who asked less."""
    others = Spender("others", employee=True)
    begun, whole = spent(MARI, 10), spent(KEN, *[10] * EMPLOYEE_QUESTION)
    rest = [*[10] * (EMPLOYEE_PACE - 2 - EMPLOYEE_QUESTION), *[100] * EMPLOYEE_SHARE]
    stamps = [*begun, *whole, *spent(others, *rest)]
    new = Spender("new", employee=True)
    tickets = [waiting(KEN, 9), waiting(new, 8), waiting(MARI, 1)]

    assert [decide(stamps, tickets, one, NOW) == NONE for one in (MARI, new, KEN)] == [True, False, False]
    assert decide(stamps, tickets[:2], new, NOW) == NONE


def test_who_left_holds_up_nobody_but_the_background() -> None:
    """Employees who were told to come later go before reports, and nobody else waits for them."""
    stamps = spent(OTHERS, *[10] * (BACKGROUND_LIMIT - 1 - TRICKLE)) + spent(REPORT, *[10] * TRICKLE)
    gone = [Ticket(MARI, NOW - 100 * SECOND, here=False)]

    assert decide(stamps, gone, KEN, NOW) == NONE
    assert decide(stamps, gone, REPORT, NOW) > NONE
    assert decide(stamps, (), REPORT, NOW) == NONE
