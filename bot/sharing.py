"""“Share”: a result, masked, into an approved place, after its owner has seen what they are about to do."""

from typing import Protocol

from bot import forms
from bot.asking import Asker, States
from bot.commands import Help, Share, ShareTo, ShowPage
from bot.denials import refused
from bot.narrowing import Narrowing
from bot.places import Places
from bot.record import Entry, Kind, Record
from bot.sight import Terms, see_in
from bot.spelling import spell
from bot.store.states import CardState
from bot.turns import Notifier
from cards import notes, shared
from cards.elements import Card
from cards.reader import Reader
from tracing.model import MessageTrace, trouble_first


class Once(Protocol):
    """Whether something is done for the first time."""

    async def claim(self, conversation_id: str, activity_id: str) -> bool: ...


class Sharing:
    """Answers the taps that lead to a card everybody in a place sees."""

    def __init__(
        self,
        places: Places,
        notifier: Notifier,
        once: Once,
        states: States,
        narrowing: Narrowing,
        record: Record,
    ) -> None:
        self._places = places
        self._notifier = notifier
        self._once = once
        self._states = states
        self._narrowing = narrowing
        self._record = record

    async def answer(self, command: Share | ShareTo, terms: Terms, asker: Asker) -> Card:
        """The choice of places, or what became of it. Raises: SendRefused."""
        state = await self._states.find(command.state_id, asker.aad_object_id, asker.conversation_id)
        if state is None or state.answer is None or asker.author is None:
            return refused("expired", asker.reader)
        offered = await self._places.offered(asker.author.teams_id)
        preview = _masked(state, terms, asker.reader)
        back = forms.press(ShowPage(command.state_id, 0, ""))
        if isinstance(command, Share):
            taps = [
                (one.place.name or one.place.kind.value, forms.press(ShareTo(command.state_id, one.place_id)))
                for one in offered
            ]
            return shared.confirm(preview, taps, back, asker.reader)
        chosen = next((one for one in offered if one.place_id == command.place_id), None)
        if chosen is None:
            entry = Entry(Kind.SHARE, asker.who, spell(state.query), outcome="outsiders")
            await self._record.note(entry)
            return notes.refused("outsiders", forms.press(Help()), asker.reader)
        if await self._once.claim(f"share {command.state_id}", command.place_id):
            rows = len(preview.rows)
            entry = Entry(Kind.SHARE, asker.who, f"{spell(state.query)} → {chosen.place.name}", rows)
            await self._record.note(entry)
            await self._notifier.send(chosen.place, shared.render(preview, terms_name(terms), asker.reader))
        return shared.done(chosen.place.name or chosen.place.kind.value, back, asker.reader)


def terms_name(terms: Terms) -> str:
    return terms.person.name if terms.person else ""


def _masked(state: CardState, terms: Terms, reader: Reader) -> shared.Masked:
    """What everybody may see of an answer: times, states and domains."""
    rows = trouble_first(state.answer.rows) if state.answer else ()
    seen = [
        row
        for row in (see_in(state.query, row, terms, proven=state.own) for row in rows)
        if isinstance(row, MessageTrace)
    ]
    assert state.answer is not None
    return shared.Masked(tuple(seen), state.answer.window, bool(state.answer.shortfalls))
