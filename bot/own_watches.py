"""A person's own watches: find and list them, and delete those that cannot be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, assert_never

from bot import forms
from bot.asking import Asker
from bot.place_watches import MAX_HERE, MAX_OWN, Pair, read_all
from bot.store.errands import Standing as Held
from bot.watch_commands import ChangeWatch, Numbered, ShowWatches, WatchChange, WatchId, WatchRef
from bot.watch_views import entry_of, opened
from cards import watches
from cards.elements import Card
from tracing.model import Clock


class Errands(Protocol):
    """Storage of watches; `bot.store.errands.Errands`."""

    async def of(self, kind: str, owner: str) -> Sequence[Held]: ...

    async def unreadable(self, kind: str, owner: str) -> Sequence[str]: ...

    async def drop(self, errand_id: str, owner: str) -> bool: ...


@dataclass(frozen=True)
class OwnWatches:
    """All watches of the asker, wherever they report."""

    errands: Errands
    kind: str
    clock: Clock

    async def all(self, asker: Asker) -> list[Pair]:
        """The asker's watches by number."""
        held = await self.errands.of(self.kind, asker.aad_object_id)
        return sorted(read_all(held)[0], key=lambda pair: pair[1].number)

    async def find(self, watch: WatchRef, asker: Asker) -> Pair | None:
        """The asker's watch with the number of *watch*, None if there is none."""
        for held, standing in await self.all(asker):
            match watch:
                case Numbered(number):
                    if standing.number == number:
                        return held, standing
                case WatchId(watch_id):
                    if held.errand.id == watch_id:
                        return held, standing
                case _:
                    assert_never(watch)
        return None

    async def card(self, watch_id: str, asker: Asker, note: str = "", page: int = 0) -> Card:
        """The asker's watches, or the one named."""
        now, own = self.clock.now(), await self.all(asker)
        entries = [
            entry_of(held, standing, now, asker.conversation_id, asker.reader) for held, standing in own
        ]
        one = next((at for at, (held, _) in enumerate(own) if held.errand.id == watch_id), None)
        if one is not None:
            return watches.one(opened(own[one][0], entries[one], note, asker), asker.reader)
        opens = [forms.press(ShowWatches(held.errand.id)) for held, _ in own]
        view = watches.Listing(
            list(zip(entries, opens, strict=True)),
            min(page, max(0, (len(own) - 1) // watches.PAGE_ENTRIES)),
            note,
            show=lambda number: forms.press(ShowWatches(page=number)),
            limits=asker.reader.say("watch.limits.own", own=MAX_OWN, mine=len(own), place=MAX_HERE),
            lost=[
                forms.press(ChangeWatch(WatchId(one), WatchChange.STOP)) for one in await self._lost(asker)
            ],
        )
        return watches.listed(view, asker.reader)

    async def _lost(self, asker: Asker) -> list[str]:
        """The ids of the asker's watches that cannot be read."""
        held = await self.errands.of(self.kind, asker.aad_object_id)
        whole = await self.errands.unreadable(self.kind, asker.aad_object_id)
        return [*whole, *(one.errand.id for one in read_all(held)[1])]

    async def deletes_lost(self, command: ChangeWatch, asker: Asker) -> bool:
        """Delete the unreadable watch that *command* names; whether it did."""
        if command.change is not WatchChange.STOP or not isinstance(command.watch, WatchId):
            return False
        watch_id = command.watch.watch_id
        return watch_id in await self._lost(asker) and await self.errands.drop(watch_id, asker.aad_object_id)
