"""A row opened: what became of one message for one recipient, and who else it went to."""

import asyncio
from collections.abc import Sequence
from dataclasses import astuple
from datetime import timedelta

from bot import forms
from bot.access import Person, may_see
from bot.asking import Asker, States
from bot.commands import FindParting, OpenRow, PickOther, Related, ShowPage
from bot.directory import Directory
from bot.related import offered
from bot.store.states import CardState
from cards import detail
from cards.elements import Card, Press
from tracing.errors import GraphError
from tracing.explain import explain
from tracing.model import Between, MessageTrace, Source, TraceQuery, direction_of, trouble_first

_AROUND = timedelta(minutes=1)
"""All rows of a message share their time; a window must have a length."""


_Others = Sequence[tuple[MessageTrace, OpenRow]]


class Details:
    """Opens rows that their reader may see."""

    def __init__(self, source: Source, directory: Directory, states: States) -> None:
        self._source = source
        self._directory = directory
        self._states = states

    async def open(
        self, row: MessageTrace, command: OpenRow, state: CardState, person: Person, asker: Asker
    ) -> Card:
        """The detail of *row*, which stands at the place *command* names in *state*. Raises: GraphError."""
        events, others = await asyncio.gather(
            self._source.details(row.message_trace_id, row.recipient_address),
            self._recipients(row, command, state, asker) if person.helpdesk else _nobody(),
        )
        among = next((place for other, place in others if other.key == row.key), None)
        view = detail.Detail(
            row=row,
            outcome=explain(events, row.status),
            direction=await self._direction(row),
            full=person.helpdesk,
            back=forms.press(ShowPage(state.origin or command.state_id, command.page, command.only)),
            again=forms.press(command),
            compare=_comparable(row, among or command, state, person, more=bool(others)),
            parting=forms.press(FindParting(*astuple(among))) if among else None,
            recipients=[
                (other.recipient_address, other.status, None if place is among else forms.press(place))
                for other, place in others
            ],
            related=[
                (shared.value, forms.press(Related(command.state_id, command.position, shared)))
                for shared in offered(row, full=person.helpdesk)
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
        self, row: MessageTrace, command: OpenRow, state: CardState, asker: Asker
    ) -> _Others:
        """Everybody the message went to, each with the place that opens their part; for the help desk."""
        around = Between(row.received_date_time - _AROUND, row.received_date_time + _AROUND)
        query = TraceQuery(around, message_trace_ids=(row.message_trace_id,))
        answer = await self._source.trace(query)
        if len(answer.rows) < 2:
            return ()
        origin = state.origin or command.state_id
        kept = CardState(query, mine=False, answer=answer, origin=origin)
        state_id = await self._states.save(kept, asker.aad_object_id, asker.conversation_id)
        return [
            (other, OpenRow(state_id, at, command.page, command.only))
            for at, other in enumerate(trouble_first(answer.rows))
        ]


def _comparable(
    row: MessageTrace, place: OpenRow, state: CardState, person: Person, *, more: bool
) -> Press | None:
    """A tap that offers what *row*, at *place*, can be held against; None where there is nothing.

    *more*: the message has other recipients.
    """
    listed = state.answer.rows if state.answer else ()
    others = any(other.key != row.key and may_see(person, other) for other in listed)
    # Behind a message's recipients stands the list that they were opened from.
    offered = others or bool(state.origin) or more
    return forms.press(PickOther(*astuple(place))) if offered else None


async def _nobody() -> _Others:
    return ()
