"""An answer in the making: what is read now, what is kept for trouble, and what is left. Pure."""

from dataclasses import replace

from tracing import agenda
from tracing.agenda import Agenda
from tracing.errors import GraphError, Throttled
from tracing.inside import asks_inside, fits, may_fit
from tracing.model import (
    MAX_ROWS,
    Answer,
    MessageTrace,
    Progress,
    Shortfall,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    trouble_first,
)
from tracing.plan import meets

MAX_REQUESTS = 10
"""What one question, and each Continue, may spend of the tenant's hundred in five minutes."""
TROUBLE_REQUESTS = 4
"""What of these is kept for the states that need somebody, where not everything can be read."""
CHECKS = 1
"""Requests of an employee kept to check recipients, if not everything can be read."""
CHECKS_OWED = 2
"""The same if earlier rows have unchecked recipients."""


class Reading:
    """An answer in progress, which continues *answer*. *allowed*: its requests, None for MAX_REQUESTS."""

    def __init__(self, query: TraceQuery, answer: Answer, allowed: int | None = None) -> None:
        self.query = query
        self.most = MAX_REQUESTS if allowed is None else min(allowed, MAX_REQUESTS)
        self._asks_trouble = allowed is None
        self.left = Agenda(query, answer.rest)
        self.trouble = Agenda(query, ())
        self.rows = {row.key: row for row in (*answer.rows, *answer.unchecked)}
        self.requests = answer.requests
        self.pages = 0
        self._answer = answer
        self._scanned = answer.scanned
        self._asked_trouble = answer.troubled_rest
        self._shortfalls = set(answer.shortfalls & {Shortfall.HISTORY})
        self._unchecked = {row.key: row for row in answer.unchecked}
        self._turned = False
        self._looked = answer.looked
        self._events: dict[tuple[str, str], tuple[TraceEvent, ...]] = {}

    def add(self, rows: tuple[MessageTrace, ...]) -> None:
        self.pages += 1
        self._scanned += len(rows)
        for row in rows:
            if row.key not in self.rows and meets(self.query, row) and may_fit(self.query, row):
                self.rows[row.key] = row
                if asks_inside(self.query):
                    self._unchecked[row.key] = row

    def progress(self, left: Agenda) -> Progress:
        """How far *left* is read."""
        done = self.pages
        return Progress(len(self.rows), done, done + left.left)

    def allowance(self, left: Agenda, spent: int) -> int:
        """How many requests may be spent on *left*: some are kept for trouble, unless few are needed."""
        if left is self.trouble or left.left <= self.most - spent:
            return self.most
        if self._asks_trouble:
            return self.most - min(TROUBLE_REQUESTS, len(self._troubled()))
        return self.most - (CHECKS_OWED if self._answer.unchecked else CHECKS)

    def turn_to_trouble(self) -> bool:
        """Go over to the states that need somebody; whether there is anything to ask them for."""
        self.trouble = Agenda(self.query, self._troubled() if self._asks_trouble else ())
        self._turned = bool(self.trouble.rest)
        return self._turned

    def _troubled(self) -> tuple[TraceRequest, ...]:
        """What to ask for trouble alone: nothing where reading everything is no more requests."""
        if self._asked_trouble is not None:
            return agenda.still(self._asked_trouble, self.left.rest)
        asked = agenda.troubled(self.query, self.left.rest)
        return asked if len(asked) < self.left.left else ()

    def unchecked(self) -> tuple[MessageTrace, ...]:
        """Rows whose events may meet the conditions, trouble first."""
        return trouble_first(self._unchecked.values())

    def checked(self, row: MessageTrace, events: tuple[TraceEvent, ...]) -> None:
        """Note that *events* of *row* were read; keep the row if they meet the conditions."""
        self._looked += 1
        del self._unchecked[row.key]
        if fits(self.query, row, events):
            self._events[row.key] = events
        else:
            del self.rows[row.key]

    def cut_short(self, error: GraphError) -> None:
        self._shortfalls.add(Shortfall.THROTTLED if isinstance(error, Throttled) else Shortfall.INTERRUPTED)

    def answer(self) -> Answer:
        """What was found by now, and what is left."""
        troubled = self._left_of_trouble()
        if troubled is not None:
            self.left.rest = agenda.without(self.left.rest, troubled)
        rest = self.left.rest
        if rest and not self._shortfalls & {Shortfall.THROTTLED, Shortfall.INTERRUPTED}:
            full = len(self.rows) >= MAX_ROWS
            self._shortfalls.add(Shortfall.ROW_LIMIT if full else Shortfall.REQUEST_LIMIT)
        if self._unchecked and asks_inside(self.query):
            self._shortfalls.add(Shortfall.UNCHECKED)
        found = (row for key, row in self.rows.items() if key not in self._unchecked)
        return replace(
            self._answer,
            rows=tuple(sorted(found, key=lambda row: row.received_date_time, reverse=True)),
            requests=self.requests,
            scanned=self._scanned,
            shortfalls=frozenset(self._shortfalls),
            rest=rest,
            left=self.left.left,
            troubled_rest=troubled if rest else None,
            unchecked=self.unchecked(),
            looked=self._looked,
            events=self._events,
        )

    def _left_of_trouble(self) -> tuple[TraceRequest, ...] | None:
        if self._turned:
            return self.trouble.rest
        return None if self._asked_trouble is None else self._troubled()
