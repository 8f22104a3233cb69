"""The watches of a shared place: who has which, and what the help desk may do about another's.

An employee learns of others' watches how many there are. What the help desk changes is recorded, and its
owner is told in their 1:1.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from bot import forms
from bot.access import Person, Role, roles_of
from bot.asking import Asker
from bot.directory import Directory
from bot.errands import Errand
from bot.places import whole_of
from bot.record import Entry, Kind, Record
from bot.spelling import spell
from bot.store.errands import Standing as Held
from bot.turns import Author, Notifier, Place, PlaceKind, SendRefused
from bot.unreadable import readable
from bot.watch_commands import (
    ChangeWatch,
    Numbered,
    ShowWatches,
    WatchChange,
    WatchId,
    WatchRef,
)
from bot.watching import Standing, named, read_standing
from cards import watches
from cards.elements import Card, Press
from cards.reader import Reader
from tracing.errors import GraphError

log = logging.getLogger(__name__)

Pair = tuple[Held, Standing]
MAX_OWN, MAX_HERE = 20, 20
"""Watches of one person, and in one place."""

OF_OTHERS = (WatchChange.STOP, WatchChange.PAUSE, WatchChange.RESUME)
"""What the help desk may do with another's watch."""


def read_all(held: Sequence[Held]) -> tuple[list[tuple[Held, Standing]], list[Held]]:
    """The watches with their states, and those that cannot be read."""
    return readable(held, lambda one: read_standing(one.errand.payload), lambda one: named(one.errand))


class Errands(Protocol):
    """Where watches are kept; `bot.store.errands.Errands`."""

    async def at(self, kind: str, conversation_id: str) -> Sequence[Held]: ...

    async def get(self, errand_id: str) -> Held | None: ...

    async def put_off(self, errand_id: str, owner: str, rest: timedelta | None) -> Errand | None: ...

    async def drop(self, errand_id: str, owner: str) -> bool: ...


@dataclass(frozen=True)
class PlaceWatches:
    """Answers what is asked of a place's watches. *entry* makes what is shown of one."""

    kind: str
    errands: Errands
    directory: Directory
    record: Record
    notifier: Notifier
    reader: Callable[[str, str], Reader]
    entry: Callable[[Held, Standing, datetime, str, Reader], watches.Entry]

    async def place_of(self, command: ShowWatches, person: Person, asker: Asker) -> Place | None:
        """The shared place whose watches are asked for, None for one's own everywhere."""
        if command.around:
            held = await self.errands.get(command.around)
            return whole_of(held.errand.place) if held and self._may_see(held.errand, person) else None
        asked_in = asker.asked_in
        return whole_of(asked_in) if asked_in and asked_in.kind is not PlaceKind.PERSONAL else None

    async def listed(
        self,
        place: Place,
        person: Person,
        asker: Asker,
        now: datetime,
        mine: int,
        note: str = "",
        page: int = 0,
    ) -> Card:
        """The watches that speak in *place*, as far as *person* may know of them; they have *mine* in all."""
        here = read_all(await self.errands.at(self.kind, place.conversation_id))[0]
        here.sort(key=lambda pair: (pair[0].errand.owner != person.aad_object_id, pair[1].begun_at))
        seen = [pair for pair in here if self._may_see(pair[0].errand, person)]
        reader, name = asker.reader, place.name or next((one.place_name for _, one in seen), "")
        view = watches.Listing(
            [await self._shown(pair, person, place, now, reader) for pair in seen],
            min(page, max(0, (len(seen) - 1) // watches.PAGE_ENTRIES)),
            note,
            show=lambda number: forms.press(ShowWatches(page=number, around=seen[0][0].errand.id)),
            place=name or reader.say("watch.place_list.unnamed"),
            others=len(here) - len(seen),
            limits=reader.say("watch.limits", own=MAX_OWN, mine=mine, place=MAX_HERE, here=len(here)),
        )
        return watches.listed(view, reader)

    async def found(self, watch_id: str, person: Person) -> Pair | None:
        """Another's watch that *person* may open, None when there is none such."""
        held = await self.errands.get(watch_id)
        if held is None or held.errand.kind != self.kind or not self._may_see(held.errand, person):
            return None
        return next(iter(read_all([held])[0]), None)

    async def meant(self, watch: WatchRef, asker: Asker) -> Sequence[Pair]:
        """Others' watches that report where the question was asked and match *watch*."""
        place = asker.asked_in
        if place is None or place.kind is PlaceKind.PERSONAL:
            return ()
        here = await self.errands.at(self.kind, place.whole)
        return [
            (held, standing)
            for held, standing in read_all(here)[0]
            if held.errand.owner != asker.aad_object_id
            and watch in (Numbered(standing.number), WatchId(held.errand.id))
        ]

    async def whose(self, pairs: Sequence[Pair], reader: Reader) -> str:
        """Name the owners and who may end the watches. The place sees the watches' alerts anyway."""
        names = dict.fromkeys([await self._name(held.errand.owner, reader) for held, _ in pairs])
        key = "watch.anothers" if len(names) == 1 else "watch.anothers.some"
        return reader.say(key, owner=", ".join(names))

    async def one(self, pair: Pair, asker: Asker, now: datetime, note: str = "") -> Card:
        """Another's watch, and what may be done about it."""
        held, standing = pair
        entry = self.entry(held, standing, now, asker.conversation_id, asker.reader)
        entry = replace(entry, owner=await self._name(held.errand.owner, asker.reader))
        ref = WatchId(held.errand.id)
        stop, pause, resume = (forms.press(ChangeWatch(ref, change)) for change in OF_OTHERS)
        back = forms.press(ShowWatches(around=held.errand.id))
        return watches.others(entry, note, stop, pause, resume, back, asker.reader)

    async def change(
        self, change: WatchChange, pair: Pair, person: Person, asker: Asker, now: datetime, mine: int
    ) -> Card:
        """Do *change*, of OF_OTHERS, on record, and tell the owner."""
        held, standing = pair
        errand = held.errand
        owner = await self._name(errand.owner, asker.reader)
        asked = f"{change.value} watch {standing.number} of {owner}: {spell(standing.watch.query)}"
        await self.record.note(Entry(Kind.WATCH, asker.who, asked))
        if change is WatchChange.STOP:
            await self.errands.drop(errand.id, errand.owner)
        else:
            rest = None if change is WatchChange.PAUSE else timedelta(0)
            await self.errands.put_off(errand.id, errand.owner, rest)
        told = await self._tell(change, errand, standing, person)
        done = asker.reader.say(f"watch.of.{change.value}", owner=owner, number=standing.number)
        note = f"{done} {asker.reader.say('watch.told' if told else 'watch.untold')}"
        after = await self.found(errand.id, person)
        if after is None:
            return await self.listed(whole_of(errand.place), person, asker, now, mine, note)
        return await self.one(after, asker, now, note)

    async def _tell(self, change: WatchChange, errand: Errand, standing: Standing, person: Person) -> bool:
        """Tell the owner who did it; whether they could be."""
        reader = self.reader(errand.locale, errand.time_zone)
        line = reader.say(f"watch.by.{change.value}", name=person.name, number=standing.number)
        opens = forms.press(ShowWatches("" if change is WatchChange.STOP else errand.id))
        card = watches.told_by_other(line, standing.watch, standing.place_name, opens, reader)
        try:
            owner = Author(standing.owner_teams_id, errand.owner, "")
            home = await self.notifier.open_private(errand.place, owner)
            await self.notifier.send(home, card)
        except SendRefused as refusal:
            log.warning("the owner of a watch could not be told: %s %s", refusal.status, refusal.code)
            return False
        return True

    async def _shown(
        self, pair: Pair, person: Person, place: Place, now: datetime, reader: Reader
    ) -> tuple[watches.Entry, Press]:
        held, standing = pair
        entry = self.entry(held, standing, now, place.conversation_id, reader)
        if held.errand.owner != person.aad_object_id:
            entry = replace(entry, owner=await self._name(held.errand.owner, reader))
        return entry, forms.press(ShowWatches(held.errand.id))

    async def _name(self, aad_object_id: str, reader: Reader) -> str:
        try:
            owner = await self.directory.who(aad_object_id)
        except GraphError:
            owner = None
        return owner.name if owner else reader.say("watch.owner.unknown")

    def _may_see(self, errand: Errand, person: Person) -> bool:
        """One's own, and what speaks in a shared place to the help desk."""
        if errand.owner == person.aad_object_id:
            return True
        return errand.place.kind is not PlaceKind.PERSONAL and Role.HELPDESK in roles_of(person)
