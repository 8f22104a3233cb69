"""Rows of a source → the rows their reader may have. Behind every source, shared run and cache.

Proving that an employee addressed a recipient costs one request each. So only a few are checked at a time,
trouble first. What is not proven, or cannot be read, stays hidden.
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
"""Recipients of sent mail checked in one run of a watch or one step of a report, a request each.

A question of an employee is bounded by its allowance instead.
"""

LOOKED = timedelta(minutes=10)
"""How long an unproven recipient is not checked again: its events may arrive later."""

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
        # Otherwise repeated runs would check the same few and never reach the rest.
        self._had_turn: Fresh[_Key, bool] = Fresh(clock, KEPT, MAX_KEPT)

    async def terms(self, person: Person | None, ticket: str = "") -> Terms:
        """By what leave *person* looks now. Raises: GraphError: nobody can say who is protected."""
        protected = (
            await self._directory.protected() if person is not None and person.helpdesk else frozenset()
        )
        # A stored ticket may be empty, or fit only an older pattern.
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

        It reveals nothing hidden: not in its rows, their order or its counts. What is visible is decided
        again when it is shown. Unchecked rows stay in `unchecked` for an answer that *goes_on*. Whether
        there may be more depends on visible facts alone: a message is unchecked, or the last check found
        something.
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
            # The same events serve every recipient of the message; those not checked stay unchecked.
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
        """`narrow`, repeated over what it left unchecked while that makes progress, until the loop's time
        *until*: for background work."""
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
        """Prove what the already read *events* can prove about *unproven*."""
        for row in unproven:
            if (told := events.get(row.key)) is not None:
                self._keep(row, addressed(row, told))

    def _keep(self, row: MessageTrace, proven: bool) -> None:
        (self._proven if proven else self._unprovable).keep(row.key, True)

    async def _prove(
        self, unproven: Sequence[MessageTrace], terms: Terms, spender: Spender
    ) -> tuple[set[_Key], set[_Key], int]:
        """The keys of rows whose sender named the recipient, the new ones among them, and the requests
        spent."""
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
        """Whether the sender of *row* named its recipient; None if that could not be read."""
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
    """The messages of *unproven* with no row in *shown*; *left* may still become visible."""
    told = {row.message_trace_id for row in shown}
    messages = {row.message_trace_id: row for row in unproven if row.message_trace_id not in told}
    return [stand_in(row, checked=row.message_trace_id not in left) for row in messages.values()]


def _in_turn(rows: Sequence[MessageTrace], inside: Collection[str]) -> Iterable[MessageTrace]:
    """One row of each message first, those in trouble ahead, then further rows; *inside* are our own domains.

    Within a message, groups come first, since they have many members. Last come inside recipients next to
    outside ones: rules, groups and redirects add those. The outcome plays no part in the order, or the
    order would reveal that hidden recipients exist.
    """
    messages: dict[str, list[MessageTrace]] = {row.message_trace_id: [] for row in trouble_first(rows)}
    for row in rows:
        messages[row.message_trace_id].append(row)
    for together in messages.values():
        together.sort(key=lambda row: (_domain(row) in inside, row.status != DeliveryStatus.EXPANDED))
    return [row for turn in zip_longest(*messages.values()) for row in turn if row is not None]


def _domain(row: MessageTrace) -> str:
    return row.recipient_address.rpartition("@")[2].lower()
