"""What becomes of an errand after a step, or after a fault."""

from datetime import timedelta
from itertools import pairwise

import pytest

from bot.errands import FIRST_PAUSE, LONGEST_PAUSE, MAX_ATTEMPTS, Again, Done, Stopped, after, pause
from bot.turns import SendRefused
from tracing.errors import GraphRefused, GraphSlow, NotPermitted, Throttled


def test_rest() -> None:
    """More to do comes again after its time; what is stopped or done does not by itself."""
    assert after(Again("{}", timedelta(seconds=3))) == timedelta(seconds=3)
    assert after(Stopped("{}")) is None
    assert after(Done()) is None


@pytest.mark.parametrize(
    "fault", [GraphSlow("slow"), SendRefused(0, ""), SendRefused(502, ""), TimeoutError()]
)
def test_what_heals_is_tried_again_and_again_later(fault: Exception) -> None:
    """Each pause is longer than the one before, up to a bound, and after so many the errand is given up."""
    pauses = [pause(fault, attempt) for attempt in range(1, MAX_ATTEMPTS)]

    assert pauses[0] == FIRST_PAUSE
    assert all(a and b and a < b <= LONGEST_PAUSE for a, b in pairwise(pauses))
    assert pause(fault, MAX_ATTEMPTS) is None


@pytest.mark.parametrize(
    "fault", [NotPermitted("x"), GraphRefused(400, ""), SendRefused(403, ""), ZeroDivisionError()]
)
def test_what_no_waiting_mends(fault: Exception) -> None:
    """A fault that stays is not tried again."""
    assert pause(fault, 1) is None


@pytest.mark.parametrize(
    ("asked", "waited"), [(None, FIRST_PAUSE), (timedelta(minutes=4), timedelta(minutes=4))]
)
def test_a_full_purse(asked: timedelta | None, waited: timedelta) -> None:
    """The quota is waited for as long as it takes, however often."""
    assert pause(Throttled(asked), MAX_ATTEMPTS * 9) == waited
