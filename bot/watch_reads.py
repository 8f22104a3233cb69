"""One read for many watches: of all mail in the states that several of them look for, filtered for each."""

from dataclasses import replace
from datetime import timedelta

from tracing.age import Fresh
from tracing.inside import asks_inside
from tracing.model import TROUBLED, Answer, Between, Clock, Last, Source, Spender, TraceQuery
from tracing.plan import meets
from tracing.watch import LATENESS, LONGEST_LOOK

WIDE = Last(LATENESS + LONGEST_LOOK)
"""As far back as any watch looks."""

TOO_MANY = timedelta(hours=6)
"""For so long states of which there are too many to read at once are asked for narrowly."""

MAX_WIDE = 15
"""The most kinds of these: the number of combinations of the four states."""


class WatchReads:
    """Reads for watches from *source*, which shares equal reads of the same minute."""

    def __init__(self, source: Source, clock: Clock) -> None:
        self._source = source
        self._clock = clock
        self._too_wide: Fresh[TraceQuery, bool] = Fresh(clock, TOO_MANY, MAX_WIDE)

    async def trace(self, query: TraceQuery, spender: Spender) -> Answer:
        """All that meets *query*, and the requests spent for it now. Raises: QueryError, GraphError."""
        wide = wide_of(query)
        if wide is not None and wide not in self._too_wide:
            answer = await self._read(wide, spender)
            if not (answer.rest or answer.shortfalls):
                return narrowed(answer, query)
            self._too_wide.keep(wide, True)
        return await self._read(query, spender)

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        return await self._source.resume(query, answer, spender)

    async def _read(self, query: TraceQuery, spender: Spender) -> Answer:
        begun = self._clock.now()
        answer = await self._source.trace(query, spender)
        # What another run read a moment ago costs nothing once more.
        return replace(answer, requests=0) if answer.as_of < begun else answer


def wide_of(query: TraceQuery) -> TraceQuery | None:
    """What reads everything that *query* asks for, and as much for others; None where it had better not.

    What is confined to one's own mail is read no wider; of states that are no trouble there is too much mail.
    """
    states = set(query.statuses)
    if query.confined_to or asks_inside(query) or not states or not states <= set(TROUBLED):
        return None
    if isinstance(query.period, Between) or query.message_ids or query.message_trace_ids:
        return None
    return TraceQuery(WIDE, statuses=tuple(state for state in TROUBLED if state in states))


def narrowed(answer: Answer, query: TraceQuery) -> Answer:
    """What of a wide *answer* is one to *query*."""
    assert isinstance(query.period, Last)
    start = answer.as_of - query.period.duration
    rows = tuple(row for row in answer.rows if row.received_date_time >= start and meets(query, row))
    return replace(answer, rows=rows, window=replace(answer.window, start=start))
