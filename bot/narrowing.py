"""Rows of a source → the rows their reader may have. Behind every source, shared run and cache.

The proof that an employee addressed a recipient costs one request for each, so that only so many are looked
into; what is not proven, and what cannot be read, stays hidden.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.access import LOOK_BACK, Person
from bot.directory import Directory
from bot.sight import Hidden, Terms, addressed, asks_of_recipients, judged, see, stand_in
from bot.tickets import PLAIN_TICKETS, Tickets
from tracing.age import Fresh
from tracing.errors import GraphError
from tracing.model import (
    Answer,
    Clock,
    DeliveryStatus,
    MessageTrace,
    Source,
    Spender,
    TraceQuery,
    trouble_first,
)

log = logging.getLogger(__name__)

MAX_PROOFS = 6
"""Recipients of sent mail that one answer looks into, a request each; the tenant has 100 in five minutes."""

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

    async def terms(self, person: Person | None, ticket: str = "") -> Terms:
        """By what leave *person* looks now. Raises: GraphError: nobody can say who is protected."""
        protected = (
            await self._directory.protected() if person is not None and person.helpdesk else frozenset()
        )
        # What is kept may bear one that fitted an older pattern, or none.
        fitting = ticket if self.tickets.fits(ticket) else ""
        return Terms(person, self._clock.now(), self.look_back, protected, fitting)

    async def narrow(
        self, answer: Answer, query: TraceQuery, terms: Terms, *, background: bool = False
    ) -> Answer:
        """*answer* to *query*, as it was asked, with the rows that may be kept for the reader of *terms*.

        It holds no trace of what is hidden: not in its rows, their places, or its counts. What is there is
        decided once more when it is shown.
        """
        if terms.sees_all:
            return judged(answer, query, terms)
        seen = [(row, see(row, terms, proven=False)) for row in answer.rows]
        unproven = [row for row, verdict in seen if verdict is Hidden.UNPROVEN]
        spender = Spender(terms.person.aad_object_id if terms.person else "", background)
        proven, spent = await self._prove(unproven, spender)
        shown = [row for row, verdict in seen if isinstance(verdict, MessageTrace) or row.key in proven]
        if not asks_of_recipients(query):
            told = {row.message_trace_id for row in shown}
            rest = {
                row.message_trace_id: stand_in(row) for row in unproven if row.message_trace_id not in told
            }
            shown = sorted([*shown, *rest.values()], key=lambda row: row.received_date_time, reverse=True)
        return replace(answer, rows=tuple(shown), scanned=len(shown), requests=answer.requests + spent)

    async def _prove(self, unproven: Sequence[MessageTrace], spender: Spender) -> tuple[set[_Key], int]:
        """The keys of those rows whose sender named the recipient, and the requests that took."""
        known = {row.key for row in unproven if row.key in self._proven}
        asked = list(_in_turn(row for row in unproven if row.key not in known))[:MAX_PROOFS]
        looks = [asyncio.ensure_future(self._look(row, spender)) for row in asked]
        if looks:
            _, late = await asyncio.wait(looks, timeout=PROOF_PATIENCE.total_seconds())
            for look in late:
                look.cancel()
            await asyncio.gather(*looks, return_exceptions=True)
        found = {
            row.key
            for row, look in zip(asked, looks, strict=True)
            if not look.cancelled() and look.exception() is None and look.result()
        }
        self._proven.keep_all(found, True)
        return known | found, len(asked)

    async def _look(self, row: MessageTrace, spender: Spender) -> bool:
        try:
            events = await self._source.details(row.message_trace_id, row.recipient_address, spender)
        except GraphError as error:
            log.warning("a recipient could not be proven: %s", type(error).__name__)
            return False
        return addressed(row, events)


def _in_turn(rows: Iterable[MessageTrace]) -> Iterable[MessageTrace]:
    """Message by message, trouble first; within one its groups first, whose members are many."""
    ordered = trouble_first(rows)
    messages: dict[str, list[MessageTrace]] = {}
    for row in ordered:
        messages.setdefault(row.message_trace_id, []).append(row)
    for together in messages.values():
        yield from sorted(together, key=lambda row: row.status != DeliveryStatus.EXPANDED)
