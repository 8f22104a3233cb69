"""The rolling budget of requests, as a value: who may spend one now, and how long the others wait.

Graph takes 100 requests in any five minutes for a whole tenant, lists and details together, and every other
tool there spends from the same purse; so we plan fewer. When they do not suffice, people go before what runs
in the background, and among people those who spent least; the background keeps a trickle: nobody starves.

The help desk has a reserve: until it is spent, employees cannot use the rest of it. Employees have a share
in which they go before a help desk that has spent its reserve; beyond it the help desk goes first.
Source: https://learn.microsoft.com/graph/api/messagetracingroot-list-messagetraces
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Protocol, assert_never

from tracing.model import Spender

ROLLING_WINDOW = timedelta(minutes=5)
LIMIT = 90
BACKGROUND_LIMIT = 60
"""Where what runs in the background stops, so that a person who comes now does not wait for it."""
TRICKLE = 6
"""What the background may spend in a window whoever else waits."""
HELPDESK_RESERVE = 36
"""The part of a window reserved for the help desk against employees, half of it also against reports."""
EMPLOYEE_SHARE = 30
"""What employees together may spend in a window before the help desk gets more than its reserve."""
PACE = timedelta(minutes=1)
EMPLOYEE_PACE = 15
"""What employees together may spend in PACE beyond their share.

If all were spent at once, all would return at once, minutes later, and no request would become free
meanwhile.
"""
EMPLOYEE_QUESTION = 3
"""The most that a question of an employee may cost; each tap and each Continue is a question of its own."""
PATIENCE = timedelta(seconds=20)
"""The longest wait for a quota that a person sits through; longer ones are told."""


@dataclass(frozen=True)
class Stamp:
    """One request that was spent."""

    made_at: datetime
    spender: Spender


@dataclass(frozen=True)
class Ticket:
    """A wait for a request, and its start; if not *here*, the person was told to come again later."""

    spender: Spender
    since: datetime
    here: bool = True


def decide(stamps: Sequence[Stamp], tickets: Sequence[Ticket], spender: Spender, now: datetime) -> timedelta:
    """How long until *spender* may spend one more request: zero is now.

    *tickets* are of all who wait, *spender* perhaps among them. Longer waits are estimates: they shrink when
    somebody ahead gives up, and grow when somebody comes who spent less.
    """
    # A time in the future was written before the clock was set back, perhaps a moment ago: count it as now.
    made = (replace(stamp, made_at=min(stamp.made_at, now)) for stamp in stamps)
    recent = sorted(
        (stamp for stamp in made if stamp.made_at > now - ROLLING_WINDOW), key=lambda stamp: stamp.made_at
    )
    own = next((ticket for ticket in tickets if ticket.spender == spender), Ticket(spender, now))
    place = _place(own, recent)
    # People do not wait for those who are away; background work does.
    others = [t for t in tickets if t.spender != spender and (t.here or spender.background)]
    before = [t.spender for t in others if _place(t, recent) < place]
    ahead = _ahead(before, rank_of(spender, recent), recent)
    over = len(recent) + ahead - ceiling(spender, recent, LIMIT, HELPDESK_RESERVE)
    whole = recent[min(over, len(recent) - 1)].made_at + ROLLING_WINDOW - now if over >= 0 else timedelta(0)
    return max(whole, _paced(before, recent, now)) if rank_of(spender, recent) is Rank.EMPLOYEE else whole


def _paced(before: Sequence[Spender], recent: Sequence[Stamp], now: datetime) -> timedelta:
    """The wait until employees may spend again at their pace, after those *before*."""
    spent = [s.made_at for s in recent if kind_of(s.spender) is Kind.EMPLOYEE and s.made_at > now - PACE]
    over = len(spent) + sum(kind_of(one) is Kind.EMPLOYEE for one in before) - EMPLOYEE_PACE
    if over < 0:
        return timedelta(0)
    rounds, at = divmod(over, EMPLOYEE_PACE)
    return (spent[min(at, len(spent) - 1)] if spent else now) + (rounds + 1) * PACE - now


class Rank(IntEnum):
    """The order of service."""

    TRICKLE = 0
    RESERVE = 1
    SHARE = 2
    HELPDESK = 3
    EMPLOYEE = 4
    BACKGROUND = 5


class Kind(StrEnum):
    """The kinds of spenders: the help desk, employees, background work."""

    HELPDESK = "helpdesk"
    EMPLOYEE = "employee"
    BACKGROUND = "background"


def kind_of(spender: Spender) -> Kind:
    """The kind of *spender*; an employee's background work counts as background."""
    if spender.background:
        return Kind.BACKGROUND
    return Kind.EMPLOYEE if spender.employee else Kind.HELPDESK


def rank_of(spender: Spender, recent: Sequence[Stamp]) -> Rank:
    """The rank of *spender*, given *recent*, all spending in one window."""
    kind = kind_of(spender)
    spent = _spent(kind, recent)
    match kind:
        case Kind.BACKGROUND:
            return Rank.TRICKLE if spent < TRICKLE else Rank.BACKGROUND
        case Kind.HELPDESK:
            return Rank.RESERVE if spent < HELPDESK_RESERVE else Rank.HELPDESK
        case Kind.EMPLOYEE:
            return Rank.SHARE if spent < EMPLOYEE_SHARE else Rank.EMPLOYEE
        case _:
            assert_never(kind)


def ceiling(spender: Spender, recent: Sequence[Stamp], limit: int, reserve: int) -> int:
    """How many of *limit* all together may spend before *spender* has to wait.

    Employees cannot use what the help desk has not spent of its *reserve*.
    """
    match rank_of(spender, recent):
        case Rank.BACKGROUND:
            return min(limit, BACKGROUND_LIMIT)
        case Rank.SHARE:
            # Background work may have filled the rest.
            return limit - max(0, reserve // 2 - _spent(Kind.HELPDESK, recent))
        case Rank.EMPLOYEE:
            return limit - max(0, reserve - _spent(Kind.HELPDESK, recent))
        case _:
            return limit


def _ahead(before: Sequence[Spender], rank: Rank, recent: Sequence[Stamp]) -> int:
    """How many of those waiting are served *before* one of *rank*: of each higher rank only as many as have
    room."""
    waiting = Counter(rank_of(one, recent) for one in before)
    return sum(count if one is rank else min(count, _room(one, recent)) for one, count in waiting.items())


def _room(rank: Rank, recent: Sequence[Stamp]) -> int:
    """How many more requests *rank* has room for before its spenders drop to a lower one."""
    match rank:
        case Rank.TRICKLE:
            return TRICKLE - _spent(Kind.BACKGROUND, recent)
        case Rank.SHARE:
            return EMPLOYEE_SHARE - _spent(Kind.EMPLOYEE, recent)
        case _:
            return LIMIT


def _place(ticket: Ticket, recent: Sequence[Stamp]) -> tuple[Rank, int, int, datetime, str]:
    """The sort key of service: least spent first, counted in whole questions for employees.

    A question in progress goes before new ones; otherwise many would start and few finish.
    """
    who = ticket.spender
    spent = sum(stamp.spender == who for stamp in recent)
    whole, begun = divmod(spent, EMPLOYEE_QUESTION) if kind_of(who) is Kind.EMPLOYEE else (spent, 0)
    return rank_of(who, recent), whole, -begun, ticket.since, who.who


def _spent(kind: Kind, recent: Sequence[Stamp]) -> int:
    return sum(kind_of(stamp.spender) is kind for stamp in recent)


class Budget(Protocol):
    """The purse all processes of an installation share."""

    async def take(self, spender: Spender) -> timedelta:
        """Spend one request and return zero, or spend nothing and return how long to wait.

        Who waits keeps a place as long as they ask again every few seconds.
        """
