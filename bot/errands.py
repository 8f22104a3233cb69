"""Work that outlives its question: what an errand is, and what becomes of it after each step. Pure.

A feature registers a `Work` for its kind. `bot.store.errands` holds the errands under leases, and
`bot.errand_loop` takes them up one step at a time; a step's state is saved before the next one begins, so
that whichever process comes first goes on where the last one stopped.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol, assert_never

from bot.turns import Place, SendRefused
from tracing.errors import GraphUnavailable, Throttled

LEASE = timedelta(minutes=2)
"""How long a claimed errand is its claimer's; a process that was killed is followed up after it."""

STEP = timedelta(seconds=100)
"""The longest a step may take: it ends before its lease does."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=10)
MAX_ATTEMPTS = 6
"""Steps that may fail in a row, or kill the process, before an errand is given up."""


@dataclass(frozen=True)
class Errand:
    """`owner` is an Entra object id, `place` where the answer belongs, `payload` the kind's own JSON.

    `activity_id` is the card that shows it, "" for none; `attempts` counts the steps begun since a good one.
    """

    id: str
    kind: str
    owner: str
    place: Place
    locale: str
    time_zone: str
    payload: str
    activity_id: str = ""
    attempts: int = 0


Write = Callable[[Any], Awaitable[None]]
"""What is written in the transaction that saves a step; it is handed the connection."""

Then = Callable[[], Awaitable[object]]
"""What is done once a step is saved, such as showing it; it may be lost with the process."""


Undo = Callable[[str], Awaitable[object]]
"""What takes back what a step did outside when the step was not saved, as somebody else does it again; it is
handed the payload that was, and looks whether it was saved after all."""


@dataclass(frozen=True)
class Again:
    """There is more to do, *after* so long; with a *lifetime*, it may go on for so long from now."""

    payload: str
    after: timedelta = timedelta(0)
    write: Write | None = None
    then: Then | None = None
    lifetime: timedelta | None = None
    undo: Undo | None = None


@dataclass(frozen=True)
class Stopped:
    """It rests until somebody resumes it, or its end comes."""

    payload: str
    then: Then | None = None


@dataclass(frozen=True)
class Done:
    """It is over, and forgotten."""

    write: Write | None = None
    then: Then | None = None


@dataclass(frozen=True)
class Amended:
    """Another payload for an errand, which is taken up at once if there is *hurry*."""

    payload: str
    hurry: bool = False
    write: Write | None = None


Next = Again | Stopped | Done


class Work(Protocol):
    """One kind of errand."""

    async def step(self, errand: Errand) -> Next:
        """Do the next piece of *errand*; what it wrote elsewhere must bear being done twice."""

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """What becomes of *errand* after *fault*, which no waiting mends."""


class TooMany(Exception):
    """No more errands now: of this person (*own*), or of all."""

    def __init__(self, own: bool) -> None:
        super().__init__(own)
        self.own = own


class LeaseLost(Exception):
    """The errand is no longer the claimer's: it was cancelled, or its lease lapsed."""


def after(step: Next) -> timedelta | None:
    """How long an errand rests after *step*: None until somebody resumes it."""
    match step:
        case Again():
            return step.after
        case Stopped() | Done():
            return None
        case _:
            assert_never(step)


def pause(fault: Exception, attempts: int) -> timedelta | None:
    """How long to wait before the step that met *fault* is tried again; None: give up.

    A full purse is waited for as long as it takes, and says nothing of the step.
    """
    if isinstance(fault, Throttled):
        return max(FIRST_PAUSE, fault.retry_after or FIRST_PAUSE)
    if attempts >= MAX_ATTEMPTS or not _heals(fault):
        return None
    return min(FIRST_PAUSE * (1 << (attempts - 1)), LONGEST_PAUSE)


def _heals(fault: Exception) -> bool:
    if isinstance(fault, SendRefused):
        return fault.is_passing
    return isinstance(fault, GraphUnavailable | TimeoutError | OSError)
