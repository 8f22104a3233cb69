"""Why this one and not that one: recipients of one message, or two rows, held against each other."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, zip_longest

from bot import forms
from bot.access import Person, Refusal
from bot.asking import Asker, States
from bot.commands import Compare, FindParting, OpenRow, PickOther
from bot.denials import Denials, refused
from bot.narrowing import Narrowing
from bot.record import Entry, Kind, Record
from bot.sight import Hidden, Terms, is_stand_in, message_of, see_in
from bot.spelling import spell
from bot.store.states import CardState
from cards import compare, routes
from cards.elements import Card, Press
from tracing.errors import GraphError
from tracing.explain import Outcome, explain
from tracing.model import MessageTrace, Source, Spender, trouble_first
from tracing.routes import part

MAX_LOOKED_AT = 10
"""Recipients whose events are fetched for one tap: each costs a request of the tenant's hundred."""


class Comparisons:
    """Answers taps that hold one row against others; each row is decided anew for who asks."""

    def __init__(
        self, source: Source, states: States, narrowing: Narrowing, record: Record, denials: Denials
    ) -> None:
        self._denials = denials
        self._source = source
        self._states = states
        self._narrowing = narrowing
        self._record = record

    async def answer(
        self, command: FindParting | PickOther | Compare, person: Person | None, asker: Asker
    ) -> Card:
        """The card for *command*. Raises: GraphError: nothing at all could be looked at."""
        state = await self._find(command.state_id, asker)
        if state is None or command.position >= len(_rows(state)):
            return _refused("expired" if state is None else "bad_tap", asker)
        terms = await self._narrowing.terms(person, state.query.ticket)
        rows = dict(_open_rows(state, terms))
        row = rows.get(command.position)
        if row is None and _is_absent(state, command.position, terms):
            return _refused("bad_tap", asker)
        if person is None or row is None:
            return await self._denials.deny(Refusal.NOT_YOURS, command, asker)
        match command:
            case FindParting():
                if not person.helpdesk:
                    return await self._denials.deny(Refusal.NOT_YOURS, command, asker)
                return await self._part(command, rows, terms, asker)
            case PickOther():
                return await self._offer(command, row, state, terms, asker)
            case Compare():
                return await self._compare(command, row, terms, asker)

    async def _part(
        self, command: FindParting, rows: Mapping[int, MessageTrace], terms: Terms, asker: Asker
    ) -> Card:
        """Where the ways of one message's recipients part; *rows* are all of them."""
        message = rows[command.position].message_trace_id
        everyone = [(at, row) for at, row in rows.items() if row.message_trace_id == message]
        chosen = [row for _, row in _of_every_state(everyone)[:MAX_LOOKED_AT]]
        await self._note(chosen, terms, asker)
        spender = asker.spends(terms.person)
        looks = (self._outcome(row, spender) for row in chosen)
        told = await asyncio.gather(*looks, return_exceptions=True)
        ways = []
        for row, outcome in zip(chosen, told, strict=True):
            if isinstance(outcome, Outcome):
                ways.append((row.recipient_address, outcome))
            elif not isinstance(outcome, GraphError):
                raise outcome
        if not ways:
            raise next(fault for fault in told if isinstance(fault, GraphError))
        view = routes.Routes(
            subject=rows[command.position].subject,
            parting=part(ways),
            taps={
                row.recipient_address: (
                    row.status,
                    forms.press(OpenRow(command.state_id, at, command.page, command.only)),
                )
                for at, row in everyone
            },
            total=len(everyone),
            most=MAX_LOOKED_AT,
            broke_off=len(ways) < len(chosen),
            back=_back(command),
        )
        return routes.render(view, asker.reader)

    async def _offer(
        self, command: PickOther, row: MessageTrace, state: CardState, terms: Terms, asker: Asker
    ) -> Card:
        """What *row* can be held against: its other recipients, then what is most like it in the list."""
        listed = await self._find(state.origin, asker) if state.origin else None
        places = [
            *((command.state_id, at, other) for at, other in _open_rows(state, terms)),
            *((state.origin, at, other) for at, other in _open_rows(listed, terms)),
        ]
        offered: dict[tuple[str, str], tuple[MessageTrace, Press]] = {}
        for state_id, at, other in places:
            if other.key != row.key:
                tap = Compare(command.state_id, command.position, state_id, at, command.page, command.only)
                offered.setdefault(other.key, (other, forms.press(tap)))
        by_likeness = sorted(offered.values(), key=lambda one: _unlike(row, one[0]))
        same = [one for one in by_likeness if one[0].message_trace_id == row.message_trace_id]
        others = [one for one in by_likeness if one[0].message_trace_id != row.message_trace_id]
        return compare.offer(compare.Offer(row, same, others, _back(command)), asker.reader)

    async def _compare(self, command: Compare, row: MessageTrace, terms: Terms, asker: Asker) -> Card:
        state = await self._find(command.other_id, asker)
        if command.other >= len(_rows(state)):
            return _refused("expired" if state is None else "bad_tap", asker)
        other = dict(_open_rows(state, terms)).get(command.other)
        if other is None and _is_absent(state, command.other, terms):
            return _refused("bad_tap", asker)
        if other is None:
            return await self._denials.deny(Refusal.NOT_YOURS, command, asker)
        await self._note((row, other), terms, asker)
        spender = asker.spends(terms.person)
        left, right = await asyncio.gather(self._outcome(row, spender), self._outcome(other, spender))
        again = PickOther(command.state_id, command.position, command.page, command.only)
        view = compare.Comparison(
            left=compare.Side(row, left),
            right=compare.Side(other, right),
            full=terms.sees_all,
            back=_back(command),
            again=forms.press(again),
        )
        return compare.render(view, asker.reader)

    async def _outcome(self, row: MessageTrace, spender: Spender) -> Outcome:
        events = await self._source.details(row.message_trace_id, row.recipient_address, spender)
        return explain(events, row.status)

    async def _note(self, rows: Sequence[MessageTrace], terms: Terms, asker: Asker) -> None:
        """Record who looks into *rows*, before they are shown."""
        spelt = " ".join(dict.fromkeys(spell(message_of(row), "detail") for row in rows))
        entry = Entry(Kind.DETAIL, asker.who, spelt, rows=len(rows), requests=len(rows), ticket=terms.ticket)
        await self._record.note(entry)

    async def _find(self, state_id: str, asker: Asker) -> CardState | None:
        return await self._states.find(state_id, asker.aad_object_id, asker.conversation_id)


def _rows(state: CardState | None) -> Sequence[MessageTrace]:
    """The rows of a state in the order that positions count."""
    return trouble_first(state.answer.rows) if state and state.answer else ()


def _open_rows(state: CardState | None, terms: Terms) -> list[tuple[int, MessageTrace]]:
    """The rows of a state that the reader may open, as they may have them, each with its position."""
    if state is None:
        return []
    seen = ((at, see_in(state.query, row, terms, proven=state.own)) for at, row in enumerate(_rows(state)))
    return [(at, row) for at, row in seen if isinstance(row, MessageTrace) and not is_stand_in(row)]


def _is_absent(state: CardState | None, position: int, terms: Terms) -> bool:
    """Whether the row at *position* is one that is not to be told from none."""
    assert state is not None
    row = _rows(state)[position]
    return see_in(state.query, row, terms, proven=state.own) is Hidden.ABSENT


def _back(command: FindParting | PickOther | Compare) -> Press:
    return forms.press(OpenRow(command.state_id, command.position, command.page, command.only))


def _of_every_state(rows: Sequence[tuple[int, MessageTrace]]) -> list[tuple[int, MessageTrace]]:
    """*rows* so that the first ones have each state there is, whatever the numbers."""
    groups: dict[str, list[tuple[int, MessageTrace]]] = {}
    for at, row in rows:
        groups.setdefault(row.status, []).append((at, row))
    turns: Iterable[tuple[tuple[int, MessageTrace] | None, ...]] = zip_longest(*groups.values())
    return [one for one in chain.from_iterable(turns) if one is not None]


def _unlike(row: MessageTrace, other: MessageTrace) -> tuple[bool, ...]:
    """How little *other* has to do with *row*; what ended differently is the more interesting."""
    return (
        row.subject != other.subject,
        row.sender_address.lower() != other.sender_address.lower(),
        row.recipient_address.lower() != other.recipient_address.lower(),
        row.status == other.status,
    )


def _refused(reason: str, asker: Asker) -> Card:
    return refused(reason, asker.reader)
