"""What a watch looks at: rows as far as its owner may see them, why they failed, how many mails there are."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.access import Person, Refusal, decide, decide_mine
from bot.directory import Directory
from bot.errands import Errand
from bot.narrowing import Narrowing
from bot.record import Entry, Kind, Record, Who
from bot.sight import Hidden, see, without_protected
from bot.spelling import spell
from bot.turns import Place, PlaceKind
from bot.watch_reads import WatchReads
from bot.watching import Standing
from tracing.digest import to_explain
from tracing.errors import GraphError, QueryError
from tracing.explain import explain
from tracing.model import (
    Answer,
    Between,
    DeliveryStatus,
    MessageTrace,
    Period,
    Source,
    Spender,
    TraceQuery,
    Window,
)
from tracing.threshold import Census, census, everything
from tracing.watch import Mark, Memory, fresh_rows, mark_of, to_count, to_look_into
from tracing.watch import asked as period_of

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=60)
"""The longest a look takes, waiting for the quota included: a step has an end."""

READ = timedelta(seconds=40)
"""The longest a look goes on reading: causes take time too, and a look that is cut off has seen nothing."""

PROOFS = timedelta(seconds=30)
"""How long a digest checks recipients; an unchecked one is missing from this digest and is in no later
one."""

COUNT = timedelta(seconds=25)
"""The longest all mail is counted for after it: what a look found is not lost over that."""

MAX_CONTINUED = 3
"""How often a look goes on where one question's worth of requests did not bring all."""

MAX_COUNTED = 5
"""Windows of all mail that one look counts: the rest has its turn with the next."""

_FAULTLESS = (DeliveryStatus.DELIVERED, DeliveryStatus.EXPANDED, DeliveryStatus.GETTING_STATUS)
"""States whose events tell no cause that anybody would be alerted by."""


class Stranded(Exception):
    """A watch that cannot go on; *reason* is the last part of a text's key."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Found:
    """What a look found; `causes` are those of rows that were looked into, `counted` all mail."""

    rows: Sequence[MessageTrace]
    causes: Mapping[Mark, str]
    requests: int
    whole: bool
    as_of: datetime
    counted: Mapping[str, Census] = field(default_factory=dict)


@dataclass(frozen=True)
class WatchLooks:
    """Looks for watches, as their owners."""

    source: Source
    reads: WatchReads
    directory: Directory
    narrowing: Narrowing
    record: Record
    patience: timedelta = READ

    async def look(self, errand: Errand, standing: Standing, memory: Memory, now: datetime) -> Found:
        """What there is for the watch at *now*. Raises: Stranded, GraphError, QueryError, TimeoutError."""
        async with asyncio.timeout(LOOK.total_seconds()):
            person = await self.directory.who(errand.owner)
            period = period_of(standing.watch, memory, now)
            query, own = await self._allowed(standing, person, errand.place, period, now)
            spender = Spender(errand.owner, background=True)
            found = await self._read(errand, standing, memory, query, person, own, spender)
        windows = to_count(standing.watch, memory, found.rows, found.causes, found.as_of)
        if not windows:
            return found
        counted, requests = await self._count(query, windows, person, own, spender)
        return replace(found, counted=counted, requests=found.requests + requests)

    async def survey(
        self,
        errand: Errand,
        standing: Standing,
        period: Between,
        new: Callable[[Sequence[MessageTrace]], Sequence[MessageTrace]],
    ) -> Found:
        """What is *new* of all that was received in *period*, with the causes of its largest troubles.

        Raises: Stranded, GraphError, QueryError, TimeoutError.
        """
        begun = asyncio.get_running_loop().time()
        async with asyncio.timeout(LOOK.total_seconds()):
            person = await self.directory.who(errand.owner)
            query, own = await self._allowed(
                standing, person, errand.place, period, period.end or period.start
            )
            spender = Spender(errand.owner, background=True)
            answer = await self._answer(query, spender)
            whole = not (answer.shortfalls or answer.rest or answer.unchecked)
            fresh = replace(answer, rows=tuple(new(answer.rows)), requests=0)
            until = begun + PROOFS.total_seconds()
            shown, proofs = await self._visible(fresh, query, person, own, spender, until)
            causes, looks = await self._causes_of(to_explain(shown), spender)
            requests = answer.requests + proofs + looks
            await self._note(errand, standing, person, len(shown), requests)
        return Found(shown, causes, requests, whole, answer.as_of)

    async def _read(
        self,
        errand: Errand,
        standing: Standing,
        memory: Memory,
        query: TraceQuery,
        person: Person | None,
        own: bool,
        spender: Spender,
    ) -> Found:
        """The rows that are new and that its owner may be told of; in the first run, all there are."""
        answer = await self._answer(query, spender)
        whole = not (answer.shortfalls or answer.rest or answer.unchecked)
        if memory.covered_to is None:
            return Found(answer.rows, {}, answer.requests, whole, answer.as_of)
        fresh = replace(answer, rows=fresh_rows(memory, answer.rows), requests=0)
        shown, proofs = await self._visible(fresh, query, person, own, spender)
        causes, looks = await self._causes(shown, spender)
        requests = answer.requests + proofs + looks
        if shown:
            await self._note(errand, standing, person, len(shown), requests)
        return Found(shown, causes, requests, whole, answer.as_of)

    async def _answer(self, query: TraceQuery, spender: Spender) -> Answer:
        """What there is for *query*, gone on with while there is time: what was read stays."""
        until = asyncio.get_running_loop().time() + self.patience.total_seconds()
        answer = await self.reads.trace(query, spender)
        with suppress(TimeoutError):
            async with asyncio.timeout_at(until):
                for _ in range(MAX_CONTINUED):
                    if answer.rest:
                        answer = await self.reads.resume(query, answer, spender)
        return answer

    async def _allowed(
        self, standing: Standing, person: Person | None, place: Place, period: Period, now: datetime
    ) -> tuple[TraceQuery, bool]:
        """What its owner may have of it now. Raises: Stranded."""
        watch = standing.watch
        asked = replace(watch.query, period=period)
        decided = decide_mine if watch.mine else decide
        decision = decided(person, asked, now, self.narrowing.look_back)
        if isinstance(decision, Refusal):
            raise Stranded("left" if person is None or person.guest else "not_allowed")
        if decision.own and place.kind is not PlaceKind.PERSONAL:
            # Whoever left the help desk has only their own mail watched, and that is for nobody else.
            raise Stranded("not_allowed")
        # Exclude protected mail, which no watch can open: it would only take up requests.
        query = without_protected(decision.query, await self.narrowing.terms(person))
        if query.direction is not None:
            query = replace(query, domains=await self.directory.domains())
        return query, decision.own

    async def _visible(
        self,
        fresh: Answer,
        query: TraceQuery,
        person: Person | None,
        own: bool,
        spender: Spender,
        until: float = 0.0,
    ) -> tuple[Sequence[MessageTrace], int]:
        """The rows of *fresh* that the owner may see, and the requests spent. A few recipients are checked,
        more until the loop's time *until*."""
        terms = await self.narrowing.terms(person)
        narrowed = await self.narrowing.narrow_on(fresh, query, terms, spender, until)
        seen = [see(row, terms, proven=own) for row in narrowed.rows]
        return [row for row in seen if not isinstance(row, Hidden) and row.recipient_address], (
            narrowed.requests - fresh.requests
        )

    async def _causes(self, shown: Sequence[MessageTrace], spender: Spender) -> tuple[dict[Mark, str], int]:
        return await self._causes_of(
            to_look_into([row for row in shown if row.status not in _FAULTLESS]), spender
        )

    async def _causes_of(
        self, looked: Sequence[MessageTrace], spender: Spender
    ) -> tuple[dict[Mark, str], int]:
        causes: dict[Mark, str] = {}
        for row in looked:
            try:
                events = await self.source.details(row.message_trace_id, row.recipient_address, spender)
            except GraphError as error:
                # The alert matters more than its reason.
                log.warning("a cause could not be looked up: %s", type(error).__name__)
                continue
            causes[mark_of(row)] = explain(events, row.status).cause.value
        return causes, len(looked)

    async def _count(
        self,
        query: TraceQuery,
        windows: Mapping[str, Sequence[Window]],
        person: Person | None,
        own: bool,
        spender: Spender,
    ) -> tuple[Mapping[str, Census], int]:
        """Count all mail of *windows* by destination, as far as it can be read now; and the requests spent.

        Mail that *person* may not see is not counted, neither as failed nor in the total.
        """
        reads: dict[str, list[tuple[Sequence[MessageTrace], Window]]] = {}
        requests = 0
        # The newest first: they are what somebody waits for.
        asked = [(window, domain) for domain, some in windows.items() for window in some]
        asked.sort(key=lambda one: one[0].end, reverse=True)
        try:
            async with asyncio.timeout(COUNT.total_seconds()):
                for window, domain in asked[:MAX_COUNTED]:
                    period = Between(window.start, window.end)
                    wide = replace(everything(query, domain), period=period)
                    answer = await self.reads.trace(wide, spender)
                    rows, proofs = await self._visible(answer, query, person, own, spender)
                    requests += answer.requests + proofs
                    # Of rows nobody looked into it is not known whether they count.
                    whole_from = answer.window.end if answer.unchecked else answer.whole_from
                    whole = Window(whole_from, answer.window.end)
                    reads.setdefault(domain, []).append((rows, whole))
        except (GraphError, QueryError, TimeoutError) as error:
            log.warning("all mail could not be counted: %s", type(error).__name__)
        return {domain: census(domain, some) for domain, some in reads.items()}, requests

    async def _note(
        self, errand: Errand, standing: Standing, person: Person | None, rows: int, requests: int
    ) -> None:
        # Before anything is shown: what cannot be recorded is not looked at.
        who = Who(
            errand.owner, person.name if person else "", errand.place.conversation_id, errand.place.kind.value
        )
        asked = spell(standing.watch.query, "mine" if standing.watch.mine else "trace")
        await self.record.note(Entry(Kind.WATCH, who, asked, rows=rows, requests=requests))
