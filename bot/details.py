"""A row opened: what became of one message for one recipient, and who else it went to."""

import asyncio
from collections.abc import Sequence
from dataclasses import astuple, replace

from bot import forms
from bot.asking import Asker, States
from bot.commands import FindParting, OpenRow, PickOther, Related, ShowPage, TellMe
from bot.directory import Directory
from bot.landing import is_settled
from bot.narrowing import Narrowing
from bot.record import Entry, Kind, Record
from bot.related import offered
from bot.sight import Terms, is_open, message_of
from bot.spelling import spell
from bot.store.states import CardState
from cards import detail
from cards.elements import Card, Press
from tracing.errors import GraphError
from tracing.explain import explain
from tracing.model import AddressPattern, MessageTrace, Source, direction_of, trouble_first

_Others = Sequence[tuple[MessageTrace, OpenRow]]


class Details:
    """Opens rows that their reader may see."""

    def __init__(
        self, source: Source, directory: Directory, states: States, narrowing: Narrowing, record: Record
    ) -> None:
        self._narrowing = narrowing
        self._record = record
        self._source = source
        self._directory = directory
        self._states = states

    async def open(
        self, row: MessageTrace, command: OpenRow, state: CardState, terms: Terms, asker: Asker
    ) -> Card:
        """The detail of *row*, which stands at the place *command* names in *state*. Raises: GraphError."""
        query = message_of(row)
        asked = spell(replace(query, recipients=(AddressPattern(row.recipient_address.lower()),)), "detail")
        entry = Entry(Kind.DETAIL, asker.who, asked, rows=1, requests=1, ticket=terms.ticket)
        # Before it is shown: what cannot be recorded is not looked at.
        await self._record.note(entry)
        spender = asker.spends(terms.person)
        events, others = await asyncio.gather(
            self._source.details(row.message_trace_id, row.recipient_address, spender),
            self._recipients(row, command, state, terms, asker) if terms.sees_all else _nobody(),
        )
        among = next((place for other, place in others if other.key == row.key), None)
        view = detail.Detail(
            row=row,
            outcome=explain(events, row.status),
            direction=await self._direction(row),
            full=terms.sees_all,
            back=forms.press(ShowPage(state.origin or command.state_id, command.page, command.only)),
            again=forms.press(command),
            tell=None if is_settled(row.status) else forms.press(TellMe(command.state_id, command.position)),
            compare=_comparable(row, among or command, state, terms, more=bool(others)),
            parting=forms.press(FindParting(*astuple(among))) if among else None,
            recipients=[
                (other.recipient_address, other.status, None if place is among else forms.press(place))
                for other, place in others
            ],
            related=[
                (shared.value, forms.press(Related(command.state_id, command.position, shared)))
                for shared in offered(row, full=terms.sees_all)
            ],
        )
        return detail.render(view, asker.reader)

    async def _direction(self, row: MessageTrace) -> str:
        """Which way the message went, "" where the domains cannot be asked: the reason is worth more."""
        try:
            domains = await self._directory.domains()
        except GraphError:
            return ""
        return direction_of(row.sender_address, row.recipient_address, domains).value

    async def _recipients(
        self, row: MessageTrace, command: OpenRow, state: CardState, terms: Terms, asker: Asker
    ) -> _Others:
        """Everybody the message went to, each with the place that opens their part; for the help desk."""
        query = replace(message_of(row), ticket=terms.ticket)
        found = await self._source.trace(replace(query, ticket=""), asker.spends(terms.person))
        answer = await self._narrowing.narrow(found, query, terms)
        if len(answer.rows) < 2:
            return ()
        origin = state.origin or command.state_id
        kept = CardState(query, mine=False, answer=answer, origin=origin)
        state_id = await self._states.save(kept, asker.aad_object_id, asker.conversation_id)
        return [
            (other, OpenRow(state_id, at, command.page, command.only))
            for at, other in enumerate(trouble_first(answer.rows))
            if is_open(other, terms, proven=False)
        ]


def _comparable(
    row: MessageTrace, place: OpenRow, state: CardState, terms: Terms, *, more: bool
) -> Press | None:
    """A tap that offers what *row*, at *place*, can be held against; None where there is nothing.

    *more*: the message has other recipients.
    """
    listed = state.answer.rows if state.answer else ()
    others = any(other.key != row.key and is_open(other, terms, proven=state.own) for other in listed)
    # Behind a message's recipients stands the list that they were opened from.
    offered = others or bool(state.origin) or more
    return forms.press(PickOther(*astuple(place))) if offered else None


async def _nobody() -> _Others:
    return ()
