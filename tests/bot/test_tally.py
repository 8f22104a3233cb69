"""What strangers can make happen as often as they like is a line a minute."""

import logging

import pytest

from bot.tally import EVERY, Tally


def test_first_at_once(caplog: pytest.LogCaptureFixture) -> None:
    """The first of a kind is said at once, those behind it together when it is time, and none twice."""
    now = [0.0]
    tally = Tally(logging.getLogger("x"), "refused", lambda: now[0])
    for _ in range(5):
        tally.count("a")
    tally.count("b")
    now[0] = EVERY
    tally.flush()
    now[0] = 2 * EVERY
    tally.flush()
    tally.count("a")

    assert caplog.messages == ["refused: a", "refused: b", "refused: a, 4 more", "refused: a"]


def test_due_with_the_next(caplog: pytest.LogCaptureFixture) -> None:
    """Where nobody asks it to, it says what is due as soon as something is counted."""
    now = [0.0]
    tally = Tally(logging.getLogger("x"), "refused", lambda: now[0])
    tally.count("a")
    tally.count("a")
    now[0] = EVERY
    tally.count("b")

    assert caplog.messages == ["refused: a", "refused: a, 1 more", "refused: b"]
