"""The rolling budget of requests, as a value: who may spend one now, and how long the others wait.

Graph takes 100 requests in any five minutes for a whole tenant, lists and details together, and every other
tool there spends from the same purse; so we plan fewer. When they do not suffice, people go before what runs
in the background, and among people those who spent least; the background keeps a trickle: nobody starves.
Source: https://learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from tracing.model import Spender

ROLLING_WINDOW = timedelta(minutes=5)
LIMIT = 90
BACKGROUND_LIMIT = 60
"""Where what runs in the background stops, so that a person who comes now does not wait for it."""
TRICKLE = 6
"""What the background may spend in a window whoever else waits."""
PATIENCE = timedelta(seconds=20)
"""The longest wait for a quota that a person sits through; longer ones are told."""


@dataclass(frozen=True)
class Stamp:
    """One request that was spent."""

    made_at: datetime
    spender: Spender


@dataclass(frozen=True)
class Ticket:
    """Somebody who waits for a request, and since when."""

    spender: Spender
    since: datetime


def decide(stamps: Sequence[Stamp], tickets: Sequence[Ticket], spender: Spender, now: datetime) -> timedelta:
    """How long until *spender* may spend one more request: zero is now.

    *tickets* are of all who wait, *spender* perhaps among them. Longer waits are estimates: they shrink when
    somebody ahead gives up, and grow when somebody comes who spent less.
    """
    # What lies ahead was made before the clock was set back, perhaps this moment: then so it counts.
    made = (replace(stamp, made_at=min(stamp.made_at, now)) for stamp in stamps)
    recent = sorted(
        (stamp for stamp in made if stamp.made_at > now - ROLLING_WINDOW), key=lambda stamp: stamp.made_at
    )
    own = next((ticket for ticket in tickets if ticket.spender == spender), Ticket(spender, now))
    place = _place(own, recent)
    ahead = sum(_place(ticket, recent) < place for ticket in tickets if ticket.spender != spender)
    over = len(recent) + ahead - _ceiling(spender, recent)
    if over < 0:
        return timedelta(0)
    return recent[min(over, len(recent) - 1)].made_at + ROLLING_WINDOW - now


def _place(ticket: Ticket, recent: Sequence[Stamp]) -> tuple[int, int, datetime, str]:
    """What is compared to see who goes first."""
    who = ticket.spender
    first = 0 if _may_trickle(who, recent) else 2 if who.background else 1
    return first, sum(stamp.spender == who for stamp in recent), ticket.since, who.who


def _may_trickle(spender: Spender, recent: Sequence[Stamp]) -> bool:
    return spender.background and sum(stamp.spender.background for stamp in recent) < TRICKLE


def _ceiling(spender: Spender, recent: Sequence[Stamp]) -> int:
    return BACKGROUND_LIMIT if spender.background and not _may_trickle(spender, recent) else LIMIT


class Budget(Protocol):
    """The purse all processes of an installation share."""

    async def take(self, spender: Spender) -> timedelta:
        """Spend one request and return zero, or spend nothing and return how long to wait.

        Who waits keeps a place as long as they ask again every few seconds.
        """
