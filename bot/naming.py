"""Find the people and groups that a sentence names, to be picked from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice, product

from bot.access import Person
from bot.directory import Known, Names
from bot.sentence_ends import End, Named
from bot.sentences import Sentence
from bot.store.states import CardState
from tracing.model import AddressPattern, TraceQuery

MAX_PICKS = 6
"""The most ways to read the names of a sentence that are offered."""


@dataclass(frozen=True)
class Choice:
    """One way to read all names: the person or group behind each."""

    people: tuple[tuple[End, Known], ...]

    @property
    def name(self) -> str:
        return " → ".join(known.name for _, known in self.people)

    @property
    def shown(self) -> str:
        return " → ".join(known.addresses[0] for _, known in self.people)

    def on(self, state: CardState) -> CardState:
        """*state* with their addresses as conditions."""
        query = state.query
        # A card shows the first few: everyone's primary address before further ones.
        for end, known in self.people:
            query = _with(query, end, known.addresses if end is End.EITHER else known.addresses[:1])
        for end, known in self.people:
            query = query if end is End.EITHER else _with(query, end, known.addresses[1:])
        watch = replace(state.watch, query=query) if state.watch is not None else None
        return replace(state, query=query, watch=watch)


@dataclass(frozen=True)
class Naming:
    """Looks up names, for everyone who may search: Teams shows them these names as well."""

    names: Names

    async def meant(self, said: Sentence, person: Person | None) -> tuple[Sequence[Choice], Sequence[str]]:
        """The ways to read the names of *said*, and the names not found. Raises: GraphError."""
        found: list[list[tuple[End, Known]]] = []
        unknown = []
        for named in said.people:
            known = await self._known(named, person)
            if known:
                found.append([(named.end, one) for one in known])
            else:
                unknown.append(named.name)
        choices = [Choice(people) for people in islice(product(*found), MAX_PICKS)] if found else []
        return choices, unknown

    async def _known(self, named: Named, person: Person | None) -> Sequence[Known]:
        return await self.names.named(named.name) if person is not None else ()


def _with(query: TraceQuery, end: End, said: Sequence[str]) -> TraceQuery:
    addresses = tuple(map(AddressPattern, said))
    match end:
        case End.SENDER:
            return replace(query, senders=query.senders + addresses)
        case End.RECIPIENT:
            return replace(query, recipients=query.recipients + addresses)
        case End.EITHER:
            return replace(query, involving=(*query.involving, addresses))
