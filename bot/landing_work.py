"""Waits for mails to land: an errand of kind `landing`, a look at a time.

The news is a message of its own, because an edited card notifies nobody. A process that is killed between
telling and saving tells again, rather than not at all.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar, Protocol

from pydantic import TypeAdapter

from bot import forms
from bot.asking import Asker, States
from bot.commands import OpenRow, StopTelling
from bot.directory import Directory
from bot.errands import Again, Done, Errand, Next, TooMany
from bot.homes import Homes
from bot.landing import PATIENCE, Landing, is_settled, query_of, rest, row_of
from bot.narrowing import Narrowing
from bot.record import Entry, Kind, Record, Who
from bot.sight import Hidden, Terms, see
from bot.spelling import spell
from bot.store.states import CardState
from bot.turns import Notifier, Post
from cards import landing as cards
from cards import notes
from cards.elements import Card
from cards.reader import Reader
from tracing.explain import explain
from tracing.model import AddressPattern, Answer, Clock, MessageTrace, Source, Spender

MAX_OWN = 20
"""Mails that one person may wait for at a time."""

LIFETIME = PATIENCE + timedelta(hours=6)
"""Long enough for the last look to be late, and for its word."""

_LANDINGS = TypeAdapter(Landing)


class Errands(Protocol):
    """Where errands are kept; `bot.store.errands.Errands`."""

    async def add(self, errand: Errand, *, own: int, lifetime: timedelta) -> bool: ...

    async def drop(self, errand_id: str, owner: str) -> bool: ...


@dataclass(frozen=True)
class Landings:
    """Takes wishes to be told on, and meets `bot.errands.Work`. *reader* is made of a locale and a zone."""

    kind: ClassVar[str] = "landing"

    source: Source
    directory: Directory
    narrowing: Narrowing
    states: States
    record: Record
    errands: Errands
    notifier: Notifier
    clock: Clock
    reader: Callable[[str, str], Reader]
    homes: Homes

    async def ask(self, row: MessageTrace, opens: OpenRow, terms: Terms, asker: Asker, *, own: bool) -> Card:
        """Promise *asker*, who may see *row*, to tell them; or say why not. *opens* shows its detail.

        *own*: it was found among mail that is their own. Raises: DatabaseUnusable: nothing is promised.
        """
        reader = asker.reader
        if is_settled(row.status):
            return notes.told(reader.say("landing.settled"), reader)
        home = await self.homes.at_home(asker)
        if home is None or home.place is None:
            return notes.told(reader.say("notice.private_refused"), reader)
        landing = Landing(
            row.message_trace_id,
            row.recipient_address,
            row.received_date_time,
            self.clock.now(),
            own=own,
            ticket=terms.ticket,
        )
        await self._note(landing, asker.who)
        errand = Errand(
            id=_errand_id(row, home),
            kind=self.kind,
            owner=asker.aad_object_id,
            place=home.place,
            locale=asker.locale,
            time_zone=asker.time_zone,
            payload=_written(landing),
        )
        try:
            added = await self.errands.add(errand, own=MAX_OWN, lifetime=LIFETIME)
        except TooMany as many:
            key = "landing.too_many" if many.own else "landing.busy"
            return notes.told(reader.say(key, n=MAX_OWN), reader)
        note = "landing.watching.note" if added else "landing.already"
        stop = forms.press(StopTelling(errand.id))
        return cards.watching(row, note, reader.duration(PATIENCE), stop, forms.press(opens), reader)

    async def stop(self, errand_id: str, asker: Asker) -> Card:
        """Take the promise back; it does not matter whether it was kept already."""
        await self.errands.drop(errand_id, asker.aad_object_id)
        return cards.stopped(asker.reader)

    async def step(self, errand: Errand) -> Next:
        """Look once, as the owner may look now. Raises: GraphError, SendRefused, DatabaseUnusable."""
        landing = _LANDINGS.validate_json(errand.payload)
        terms = await self.narrowing.terms(await self.directory.who(errand.owner), landing.ticket)
        spender = Spender(errand.owner, background=True)
        answer = await self.source.trace(query_of(landing), spender, fresh=True)
        found = row_of(landing, answer.rows)
        row = found and see(found, terms, proven=landing.own)
        if isinstance(row, Hidden) or terms.person is None:
            # Whoever may not see it any more is told nothing, not even that.
            return Done()
        if row is not None and is_settled(row.status):
            await self._note(landing, self._who(errand, terms))
            return await self._tell(errand, landing, row, answer, terms)
        pause = rest(landing, self.clock.now())
        if pause is not None:
            return Again(_written(replace(landing, looks=landing.looks + 1)), pause)
        return await self._end(errand, landing, row, answer)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """Say that it could not be looked any more."""
        reader = self._reader(errand)
        note = reader.say("landing.failed.note", id=reference)
        return await self._last_word(errand, cards.unknown(note, reader))

    async def _tell(
        self, errand: Errand, landing: Landing, row: MessageTrace, answer: Answer, terms: Terms
    ) -> Next:
        spender = Spender(errand.owner, background=True)
        events = await self.source.details(row.message_trace_id, row.recipient_address, spender)
        cause = explain(events, row.status).cause
        opens = forms.press(await self._open(errand, landing, row, answer))
        card = cards.landed(row, cause, terms.sees_all, opens, self._reader(errand))
        return await self._last_word(errand, card)

    async def _end(self, errand: Errand, landing: Landing, row: MessageTrace | None, answer: Answer) -> Next:
        """Patience is over."""
        reader = self._reader(errand)
        if row is None:
            return await self._last_word(errand, cards.unknown(reader.say("landing.gone.note"), reader))
        opens = forms.press(await self._open(errand, landing, row, answer))
        return await self._last_word(errand, cards.late(row, reader.duration(PATIENCE), opens, reader))

    async def _last_word(self, errand: Errand, post: Post) -> Next:
        await self.notifier.send(errand.place, post)
        return Done()

    async def _open(self, errand: Errand, landing: Landing, row: MessageTrace, answer: Answer) -> OpenRow:
        """The tap that opens *row*: kept alone, so that nobody else's part comes with it."""
        query = replace(query_of(landing), ticket=landing.ticket)
        state = CardState(query, mine=False, answer=replace(answer, rows=(row,), scanned=1), own=landing.own)
        state_id = await self.states.save(state, errand.owner, errand.place.conversation_id)
        return OpenRow(state_id, 0)

    async def _note(self, landing: Landing, who: Who) -> None:
        # Before anything is shown: what cannot be recorded is not looked at.
        recipient = AddressPattern(landing.recipient_address.lower())
        asked = spell(replace(query_of(landing), recipients=(recipient,)))
        await self.record.note(Entry(Kind.WATCH, who, asked, rows=1, requests=1, ticket=landing.ticket))

    def _who(self, errand: Errand, terms: Terms) -> Who:
        name = terms.person.name if terms.person else ""
        return Who(errand.owner, name, errand.place.conversation_id, errand.place.kind.value)

    def _reader(self, errand: Errand) -> Reader:
        return self.reader(errand.locale, errand.time_zone)


def _errand_id(row: MessageTrace, asker: Asker) -> str:
    """The same for the same wish: who asks twice is told once."""
    wish = "\0".join(("landing", asker.aad_object_id, *row.key))
    return hashlib.sha256(wish.encode("utf-8", "replace")).hexdigest()[:32]


def _written(landing: Landing) -> str:
    return _LANDINGS.dump_json(landing).decode()
