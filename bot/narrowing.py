"""Rows of a source → the rows their reader may have. Behind every source, shared run and cache.

The proof that an employee addressed a recipient costs one request for each, so that only so many are looked
into at a time, trouble first; what is not proven, and what cannot be read, stays hidden.
"""

import asyncio
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import zip_longest

from bot.access import LOOK_BACK, Person
from bot.continuing import begun_again, merged
from bot.directory import Directory
from bot.sight import (
    Hidden,
    Terms,
    addressed,
    asks_of_recipients,
    is_unchecked,
    judged,
    may_be_sent,
    see,
    stand_in,
)
from bot.tickets import PLAIN_TICKETS, Tickets
from tracing.age import Fresh
from tracing.errors import GraphError, GraphRefused
from tracing.inside import asks_inside
from tracing.model import (
    Answer,
    Clock,
    DeliveryStatus,
    MessageTrace,
    Shortfall,
    Source,
    Spender,
    TraceEvent,
    TraceQuery,
    trouble_first,
)

log = logging.getLogger(__name__)

MAX_PROOFS = 6
"""Recipients of sent mail that a look of a watch, or each turn of a report, looks into, a request each; a
question of an employee has its allowance."""

LOOKED = timedelta(minutes=10)
"""How long a recipient that could not be proven is not looked into again: its events may be told later."""

PROOF_PATIENCE = timedelta(seconds=8)
KEPT = timedelta(hours=1)
MAX_KEPT = 20_000

_Key = tuple[str, str]


class Narrowing:
    """Cuts answers to their reader."""

    def __init__(
        self,
        source: Source,
        directory: Directory,
        clock: Clock,
        look_back: timedelta = LOOK_BACK,
        tickets: Tickets = PLAIN_TICKETS,
    ) -> None:
        self._source = source
        self._directory = directory
        self._clock = clock
        self.look_back = look_back
        self.tickets = tickets
        # What was addressed stays addressed; what was not yet proven may be told later.
        self._proven: Fresh[_Key, bool] = Fresh(clock, KEPT, MAX_KEPT)
        self._unprovable: Fresh[_Key, bool] = Fresh(clock, LOOKED, MAX_KEPT)
        # Who looks again and again would else look at the same few, and never at what lies behind them.
        self._had_turn: Fresh[_Key, bool] = Fresh(clock, KEPT, MAX_KEPT)

    async def terms(self, person: Person | None, ticket: str = "") -> Terms:
        """By what leave *person* looks now. Raises: GraphError: nobody can say who is protected."""
        protected = (
            await self._directory.protected() if person is not None and person.helpdesk else frozenset()
        )
        # What is kept may bear one that fitted an older pattern, or none.
        fitting = ticket if self.tickets.fits(ticket) else ""
        return Terms(person, self._clock.now(), self.look_back, protected, fitting)

    async def narrow(
        self,
        answer: Answer,
        query: TraceQuery,
        terms: Terms,
        spender: Spender | None = None,
        *,
        goes_on: bool = False,
    ) -> Answer:
        """*answer* to *query*, as it was asked, with the rows that may be kept for the reader of *terms*.

        It shows nothing of what is hidden: not in its rows, their places, or its counts; what is there is
        decided once more when it is shown. What was not looked into yet waits in `unchecked` for an answer
        that *goes_on*. That there may be more is said by what shows alone: as long as a message is unchecked,
        or the last look brought something.
        """
        if terms.sees_all:
            return judged(answer, query, terms)
        owed = () if asks_inside(query) else answer.unchecked
        seen = [(row, see(row, terms, proven=False)) for row in (*answer.rows, *owed)]
        unproven = [row for row, verdict in seen if verdict is Hidden.UNPROVEN]
        spender = spender or Spender(terms.person.aad_object_id if terms.person else "", employee=True)
        self._judge_by(answer.events, unproven)
        proven, news, spent = await self._prove(unproven, terms, spender)
        shown = [row for row, verdict in seen if isinstance(verdict, MessageTrace) or row.key in proven]
        left = [row for row in unproven if row.key not in proven and row.key not in self._unprovable]
        said = answer.shortfalls - {Shortfall.RECIPIENTS}
        if asks_inside(query):
            # The same events told of each recipient as well; who was not looked into is unchecked.
            untold = bool(news)
        elif asks_of_recipients(query):
            untold = may_be_sent(query, terms) and (bool(news) or not goes_on)
        else:
            rest = _stand_ins(unproven, shown, {row.message_trace_id for row in left})
            shown = sorted([*shown, *rest], key=lambda row: row.received_date_time, reverse=True)
            untold = bool(news) or any(map(is_unchecked, rest))
        return replace(
            answer,
            rows=tuple(shown),
            scanned=len(shown),
            requests=answer.requests + spent,
            shortfalls=said | {Shortfall.RECIPIENTS} if untold else said,
            unchecked=answer.unchecked if asks_inside(query) else tuple(left),
            events={},
        )

    async def narrow_on(
        self, answer: Answer, query: TraceQuery, terms: Terms, spender: Spender, until: float
    ) -> Answer:
        """`narrow`, and what it left unchecked as well, as long as that gets on and the loop's time is not
        *until*: for work that nobody waits for."""
        seen = await self.narrow(answer, query, terms, spender)
        time = asyncio.get_running_loop().time
        while seen.unchecked and not terms.sees_all and time() < until:
            more = await self.narrow(begun_again(seen), query, terms, spender, goes_on=True)
            if len(more.unchecked) == len(seen.unchecked):
                break
            seen = merged(seen, more)
        return seen

    def _judge_by(
        self, events: Mapping[_Key, Sequence[TraceEvent]], unproven: Sequence[MessageTrace]
    ) -> None:
        """Prove what *events*, which are read already, can prove of *unproven*."""
        for row in unproven:
            if (told := events.get(row.key)) is not None:
                self._keep(row, addressed(row, told))

    def _keep(self, row: MessageTrace, proven: bool) -> None:
        (self._proven if proven else self._unprovable).keep(row.key, True)

    async def _prove(
        self, unproven: Sequence[MessageTrace], terms: Terms, spender: Spender
    ) -> tuple[set[_Key], set[_Key], int]:
        """The keys of those rows whose sender named the recipient, the new ones, and what these took."""
        known = {row.key for row in unproven if row.key in self._proven}
        open_ = [row for row in unproven if row.key not in known and row.key not in self._unprovable]
        most = MAX_PROOFS if spender.allowance is None else spender.allowance.left
        own = terms.person.addresses if terms.person else ()
        inside = {address.rpartition("@")[2] for address in own}
        asked = sorted(_in_turn(open_, inside), key=lambda row: row.key in self._had_turn)[:most]
        looks = [asyncio.ensure_future(self._look(row, spender)) for row in asked]
        if looks:
            _, late = await asyncio.wait(looks, timeout=PROOF_PATIENCE.total_seconds())
            for look in late:
                look.cancel()
            await asyncio.gather(*looks, return_exceptions=True)
        for row, look in zip(asked, looks, strict=True):
            if not look.cancelled() and look.exception() is None and (proof := look.result()) is not None:
                self._keep(row, proof)
        found = {row.key for row in asked if row.key in self._proven}
        return known | found, found, len(asked)

    async def _look(self, row: MessageTrace, spender: Spender) -> bool | None:
        """Whether the sender of *row* named its recipient; None where that could not be looked up."""
        try:
            events = await self._source.details(row.message_trace_id, row.recipient_address, spender)
        except GraphError as error:
            log.warning("a recipient could not be proven: %s", type(error).__name__)
            if isinstance(error, GraphRefused):
                self._had_turn.keep(row.key, True)
            return None
        self._had_turn.keep(row.key, True)
        return addressed(row, events)


def _stand_ins(
    unproven: Iterable[MessageTrace], shown: Iterable[MessageTrace], left: Collection[str]
) -> list[MessageTrace]:
    """The messages of *unproven* that *shown* says nothing of; *left* may still be told."""
    told = {row.message_trace_id for row in shown}
    messages = {row.message_trace_id: row for row in unproven if row.message_trace_id not in told}
    return [stand_in(row, checked=row.message_trace_id not in left) for row in messages.values()]


def _in_turn(rows: Sequence[MessageTrace], inside: Collection[str]) -> Iterable[MessageTrace]:
    """A row of each message, those in trouble first, before the second of any; *inside* are own domains.

    Within a message its groups come first, whose members are many, and last what is inside beside recipients
    outside: that is what rules, groups and redirects add. Nothing of their fate puts one before another, or
    who sees what is told first would learn that there are others.
    """
    messages: dict[str, list[MessageTrace]] = {row.message_trace_id: [] for row in trouble_first(rows)}
    for row in rows:
        messages[row.message_trace_id].append(row)
    for together in messages.values():
        together.sort(key=lambda row: (_domain(row) in inside, row.status != DeliveryStatus.EXPANDED))
    return [row for turn in zip_longest(*messages.values()) for row in turn if row is not None]


def _domain(row: MessageTrace) -> str:
    return row.recipient_address.rpartition("@")[2].lower()
