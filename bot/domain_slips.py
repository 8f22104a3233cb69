"""Suggest the domain that was probably meant when a list for an unknown domain is empty; never search it
unasked."""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta

from bot.access import Person
from bot.asking import Asker
from bot.directory import Directory
from bot.listing import Listing
from bot.recent_domains import EVERYBODY, RecentDomains, corrected, domains_of
from bot.sight import Hidden, Terms, see_in
from bot.store.states import CardState
from tracing.errors import GraphError, TraceError
from tracing.model import Answer, Clock, Last, MessageTrace, Source, TraceQuery
from tracing.reading import MAX_REQUESTS

LEARNT_EVERY = timedelta(minutes=30)
"""How often the newest page of recent mail is read for its domains, for the help desk: one request."""
LEARNT_FROM = Last(timedelta(days=10))
LEARNT_WITHIN = 3.0
"""Seconds: the answer is already there and a suggestion must not delay it."""
MAX_MEANT = 3

log = logging.getLogger(__name__)


class DomainSlips:
    """Remembers the domains of shown lists and suggests those similar to a given one."""

    def __init__(self, source: Source, directory: Directory, listing: Listing, clock: Clock) -> None:
        self._source = source
        self._directory = directory
        self._listing = listing
        self._clock = clock
        self._recent = RecentDomains()
        self._learnt: float | None = None

    async def meant(self, state: CardState, terms: Terms, asker: Asker) -> tuple[tuple[str, str], ...]:
        """What to suggest under the list of *state*: a domain, and the id of the search with it."""
        answer, who = state.answer, EVERYBODY if terms.sees_all else asker.aad_object_id
        if answer is None or not asker.aad_object_id:
            return ()
        if answer.rows:
            self._recent.note(who, _shown(answer.rows, state.query, terms, proven=state.own))
            return ()
        if not domains_of(state.query):
            return ()
        own = await self._own()
        if terms.sees_all and _has_room(answer) and not self._recent.meant(who, state.query, own):
            try:
                async with asyncio.timeout(LEARNT_WITHIN):
                    await self._learn(terms, asker)
            except (TraceError, TimeoutError) as error:
                log.info("recent domains not read: error=%s", type(error).__name__)
        found = []
        for _, domain, meant in self._near(who, state, own):
            kept = CardState(meant.query, state.mine, shared=state.shared)
            found.append((domain, await self._listing.keep(kept, asker)))
        return tuple(found)

    async def known(
        self, state: CardState, person: Person | None, asker: Asker
    ) -> Sequence[tuple[str, str, CardState]]:
        """The same for an offered search, from what was shown before: typed, meant, the search."""
        if person is None or not domains_of(state.query):
            return ()
        return self._near(EVERYBODY if person.helpdesk else asker.aad_object_id, state, await self._own())

    async def _own(self) -> Sequence[str]:
        """Our own domains, or () if they cannot be read: a suggestion must not fail the answer."""
        try:
            return await self._directory.domains()
        except GraphError:
            return ()

    def _near(self, who: str, state: CardState, own: Sequence[str]) -> Sequence[tuple[str, str, CardState]]:
        found = []
        for typed, domain in self._recent.meant(who, state.query, own)[:MAX_MEANT]:
            query = corrected(state.query, typed, domain)
            watch = replace(state.watch, query=query) if state.watch is not None else None
            found.append((typed, domain, replace(state, query=query, watch=watch)))
        return found

    async def _learn(self, terms: Terms, asker: Asker) -> None:
        """Read the newest page of all mail, from which the help desk may get suggestions."""
        now = self._clock.monotonic()
        if self._learnt is not None and now - self._learnt < LEARNT_EVERY.total_seconds():
            return
        self._learnt = now
        query = TraceQuery(LEARNT_FROM)
        async with aclosing(
            self._source.batches(query, replace(asker.spends(terms.person), watch=None))
        ) as batches:
            async for batch in batches:
                self._recent.note(EVERYBODY, _shown(batch.rows, query, terms, proven=False))
                return


def _has_room(answer: Answer) -> bool:
    """Whether the question may still cost a request and has nothing left to read for itself."""
    return not (answer.rest or answer.shortfalls) and answer.requests < MAX_REQUESTS


def _shown(
    rows: Sequence[MessageTrace], query: TraceQuery, terms: Terms, *, proven: bool
) -> Sequence[MessageTrace]:
    """The *rows* visible without a ticket: what a ticket opened is for its reader only."""
    plain = replace(terms, ticket="")
    return [row for row in rows if not isinstance(see_in(query, row, plain, proven=proven), Hidden)]
