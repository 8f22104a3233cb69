"""`watch`, `watches` and what can be done with one: takes watches on, shows them, changes them."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Protocol, assert_never

from bot import forms
from bot.access import Person, Refusal, Role, decide, decide_mine, roles_of
from bot.asking import Asker, States
from bot.commands import (
    Help,
)
from bot.denials import refused
from bot.errands import Amended, Errand, TooMany
from bot.fields import seen, unseen
from bot.own_watches import OwnWatches
from bot.place_watches import MAX_HERE, MAX_OWN, OF_OTHERS, PlaceWatches, read_all
from bot.places import whole_of
from bot.record import Entry, Kind, Record
from bot.spelling import spell
from bot.store.errands import Standing as Held
from bot.store.states import CardState
from bot.turns import Notifier, Place, PlaceKind, SendRefused
from bot.watch_alerts import Memories
from bot.watch_changes import WatchChanges
from bot.watch_commands import (
    Acknowledge,
    ChangeWatch,
    EditWatch,
    ShowWatches,
    SubmitWatch,
    Until,
    WatchChange,
    WatchCommand,
    WatchId,
    WatchRef,
    WatchResults,
    WatchTrace,
)
from bot.watch_editing import Wanted
from bot.watch_options import Said
from bot.watch_views import entry_of
from bot.watch_work import LIFETIME, WatchWork
from bot.watching import Standing, moved, read_standing, write_standing
from cards import alert, notes, watches
from cards.elements import Card
from cards.mention import Mention
from cards.reader import Reader
from tracing.model import Clock
from tracing.quiet import Quiet
from tracing.watch import Watch

MAX_ALL = 500
"""Watches in all."""

SNOOZE = timedelta(hours=1)
_MORNING = time(8)
"""When tomorrow begins for somebody who snoozes."""


class Errands(Protocol):
    """Where watches are kept; `bot.store.errands.Errands`."""

    async def add(self, errand: Errand, *, own: int, lifetime: timedelta, here: int, most: int) -> bool: ...

    async def show(self, errand_id: str, activity_id: str) -> None: ...

    async def of(self, kind: str, owner: str) -> Sequence[Held]: ...

    async def unreadable(self, kind: str, owner: str) -> Sequence[str]: ...

    async def at(self, kind: str, conversation_id: str) -> Sequence[Held]: ...

    async def get(self, errand_id: str) -> Held | None: ...

    async def put_off(self, errand_id: str, owner: str, rest: timedelta | None) -> Errand | None: ...

    async def amend(self, errand_id: str, owner: str, change: Callable[[str], Amended]) -> bool: ...

    async def move(self, errand_id: str, owner: str, place: Place, change: Callable[[str], str]) -> bool: ...

    async def drop(self, errand_id: str, owner: str) -> bool: ...


@dataclass(frozen=True)
class Watches:
    """Answers the commands about watches. *begun* is called when there is something to do."""

    errands: Errands
    watched: Memories
    states: States
    record: Record
    notifier: Notifier
    work: WatchWork
    clock: Clock
    look_back: timedelta
    begun: Callable[[], None]

    @property
    def changes(self) -> WatchChanges:
        """Who shows and reads their form."""
        return WatchChanges(self.errands, self.watched, self.record, self.clock, self.look_back)

    async def answer(self, command: WatchCommand, person: Person, asker: Asker) -> Card:
        """The card that answers *command*. Raises: SendRefused, DatabaseUnusable."""
        match command:
            case WatchTrace(watch, quiet, names):
                return await self._begin(Wanted(watch, quiet, mentions_of(names, asker)), person, asker)
            case WatchResults(state_id, begin):
                state = await self.states.find(state_id, asker.aad_object_id, asker.conversation_id)
                if state is None:
                    return refused("expired", asker.reader)
                if begin and state.watch is not None:
                    return await self._begin(_wanted(state, asker), person, asker, once=state_id)
                return self.changes.new(_wanted(state, asker), state_id, person, asker)
            case ShowWatches():
                return await self._list(command, person, asker)
            case ChangeWatch():
                return await self._change(command, person, asker)
            case EditWatch():
                return await self._edit(command, person, asker)
            case SubmitWatch():
                return await self._submit(command, person, asker)
            case Acknowledge():
                return await self._acknowledge(command, person, asker)
            case _:
                assert_never(command)

    async def _begin(self, wanted: Wanted, person: Person, asker: Asker, once: str = "") -> Card:
        """Start the watch *wanted* where its answer appears, or say why not. *once* is a key against
        duplicates."""
        reader, now, watch = asker.reader, self.clock.now(), wanted.watch
        decision = (decide_mine if watch.mine else decide)(person, watch.query, now, self.look_back)
        asked = spell(watch.query, "mine" if watch.mine else "trace")
        if isinstance(decision, Refusal):
            await self.record.note(Entry(Kind.REFUSAL, asker.who, asked, outcome=decision))
            if decision is Refusal.UNSEEN:
                return await self._unseen(watch, asker)
            return notes.refused(decision, forms.press(Help()), reader)
        if asker.place is None or asker.author is None or asker.place.reader_id:
            return notes.told(reader.say("watch.nowhere"), reader)
        place = whole_of(asker.place)
        if place.kind is not PlaceKind.PERSONAL and (watch.mine or decision.own):
            # One's own mail is nobody else's to be told of.
            return notes.told(reader.say("watch.nowhere"), reader)
        own = await self._mine.all(asker)
        errand_id = f"{once}.{asker.aad_object_id}" if once else secrets.token_urlsafe(16)
        for held, standing in own:
            if held.errand.id == errand_id or (asker.asked and standing.asked == asker.asked):
                # A second tap, or a retry of the turn after a kill.
                return await self._mine.card(held.errand.id, asker)
        number = 1 + max((standing.number for _, standing in own), default=0)
        alone = place.kind is PlaceKind.PERSONAL
        standing = Standing(
            number,
            watch,
            now,
            asker.author.teams_id,
            place.name,
            quiet=wanted.quiet,
            mentions=() if alone else wanted.mentions,
            asked=asker.asked,
        )
        errand = Errand(
            errand_id,
            self.work.kind,
            asker.aad_object_id,
            place,
            asker.locale,
            asker.time_zone,
            write_standing(standing),
        )
        await self.record.note(Entry(Kind.WATCH, asker.who, asked))
        try:
            await self.errands.add(errand, own=MAX_OWN, lifetime=LIFETIME, here=MAX_HERE, most=MAX_ALL)
        except TooMany as many:
            return notes.told(reader.say("watch.too_many" if many.own else "watch.busy", n=MAX_OWN), reader)
        await self.errands.show(errand.id, "")
        self.begun()
        return watches.begun(
            entry_of(Held(errand, now), standing, now, asker.conversation_id, asker.reader),
            forms.press(ShowWatches()),
            forms.press(ChangeWatch(WatchId(errand.id), WatchChange.STOP)),
            reader,
            note=reader.say("watch.mentions.alone") if alone and wanted.mentions else "",
        )

    async def _unseen(self, watch: Watch, asker: Asker) -> Card:
        """Name the conditions that the asker may not use, and offer a watch on the others."""
        query = seen(watch.query)
        rest = CardState(query, mine=watch.mine, shared=asker.shared)
        state_id = await self.states.save(rest, asker.keeper, asker.conversation_id)
        taps = (
            (forms.press(WatchResults(state_id)), "watch.button"),
            (forms.press(Help()), "button.help"),
        )
        return notes.unseen(unseen(watch.query), query, taps, asker.reader)

    @property
    def _mine(self) -> OwnWatches:
        """The asker's watches."""
        return OwnWatches(self.errands, self.work.kind, self.clock)

    @property
    def _placed(self) -> PlaceWatches:
        """Those of shared places, whoever has them."""
        return PlaceWatches(
            self.work.kind,
            self.errands,
            self.work.looks.directory,
            self.record,
            self.notifier,
            self.work.alerts.reader,
            entry_of,
        )

    async def _list(self, command: ShowWatches, person: Person, asker: Asker) -> Card:
        """One's own watches or those of a place, or one of them."""
        own, now = await self._mine.all(asker), self.clock.now()
        if command.watch_id and all(held.errand.id != command.watch_id for held, _ in own):
            found = await self._placed.found(command.watch_id, person)
            if found is not None:
                return await self._placed.one(found, asker, now)
            if await self._placed.meant(WatchId(command.watch_id), asker):
                return await self._missing(WatchId(command.watch_id), person, asker)
        place = None if command.watch_id else await self._placed.place_of(command, person, asker)
        if place is None:
            return await self._mine.card(command.watch_id, asker, page=command.page)
        return await self._placed.listed(place, person, asker, now, len(own), page=command.page)

    async def _edit(self, command: EditWatch, person: Person, asker: Asker) -> Card:
        """The form of a watch, or what its words make of it."""
        found = await self._mine.find(command.watch, asker)
        if found is None:
            return await self._missing(command.watch, person, asker)
        held, standing = found
        if command.query is None and command.said == Said():
            return self.changes.filled(held, standing, person, asker)
        if standing.watch.timetable is not None and command.said.of_alerts:
            return notes.told(asker.reader.say("expected.digest_alone"), asker.reader)
        mentions = mentions_of(command.said.mentions or (), asker)
        wanted = self.changes.said(command, held, standing, mentions)
        return await self._save(held, standing, wanted, person, asker)

    async def _submit(self, command: SubmitWatch, person: Person, asker: Asker) -> Card:
        """Begin or change a watch by its form, or show what is wrong in it."""
        if not command.watch_id:
            state = await self.states.find(command.state_id, asker.aad_object_id, asker.conversation_id)
            if state is None:
                return refused("expired", asker.reader)
            wanted = self.changes.read(command, _wanted(state, asker), person, asker, None, 0)
            return wanted if isinstance(wanted, Card) else await self._begin(wanted, person, asker)
        found = await self._mine.find(WatchId(command.watch_id), asker)
        if found is None:
            return await self._mine.card("", asker, asker.reader.say("watch.no_such"))
        held, standing = found
        now = Wanted(standing.watch, standing.quiet, standing.mentions)
        wanted = self.changes.read(command, now, person, asker, held, standing.number)
        if isinstance(wanted, Card):
            return wanted
        return await self._save(held, standing, wanted, person, asker)

    async def _save(
        self, held: Held, standing: Standing, wanted: Wanted, person: Person, asker: Asker
    ) -> Card:
        done = await self.changes.save(held, wanted, person, asker)
        if isinstance(done, Card):
            return done
        self.begun()
        return await self._mine.card(held.errand.id, asker, asker.reader.say(done, number=standing.number))

    async def _change(self, command: ChangeWatch, person: Person, asker: Asker) -> Card:
        found = await self._mine.find(command.watch, asker)
        if found is None and await self._mine.deletes_lost(command, asker):
            return await self._mine.card("", asker, asker.reader.say("watch.lost.deleted"))
        if found is None and isinstance(command.watch, WatchId) and command.change in OF_OTHERS:
            others = await self._placed.found(command.watch.watch_id, person)
            if others is not None:
                own, now = await self._mine.all(asker), self.clock.now()
                card = await self._placed.change(command.change, others, person, asker, now, len(own))
                self.begun()
                return card
        if found is None:
            return await self._missing(command.watch, person, asker)
        held, standing = found
        errand, owner, reader = held.errand, asker.aad_object_id, asker.reader
        match command.change:
            case WatchChange.STOP:
                await self.errands.drop(errand.id, owner)
                return await self._mine.card("", asker, reader.say("watch.stopped", number=standing.number))
            case WatchChange.PAUSE:
                await self.errands.put_off(errand.id, owner, None)
                note = reader.say("watch.paused_now", number=standing.number)
            case WatchChange.RESUME:
                await self.errands.put_off(errand.id, owner, timedelta(0))
                note = reader.say("watch.resumed", number=standing.number)
            case WatchChange.SNOOZE:
                rest = _snooze(command.until, self.clock.now(), reader)
                await self.errands.put_off(errand.id, owner, rest)
                until = reader.short(self.clock.now() + rest)
                note = reader.say("watch.snoozed", number=standing.number, until=until)
            case WatchChange.TEST:
                note = reader.say(await self._test(held, standing), number=standing.number)
            case WatchChange.MOVE:
                note = reader.say(await self._move(errand, asker), number=standing.number)
            case _:
                assert_never(command.change)
        self.begun()
        return await self._mine.card(errand.id, asker, note)

    async def _missing(self, watch: WatchRef, person: Person, asker: Asker) -> Card:
        """Name the owner of *watch* if it reports to this place; otherwise say that there is no such
        watch."""
        meant = await self._placed.meant(watch, asker)
        if not meant:
            return await self._mine.card("", asker, asker.reader.say("watch.no_such"))
        note = await self._placed.whose(meant, asker.reader)
        found = await self._placed.found(meant[0][0].errand.id, person) if len(meant) == 1 else None
        if found is not None:
            return await self._placed.one(found, asker, self.clock.now(), note)
        return await self._mine.card("", asker, note)

    async def _test(self, held: Held, standing: Standing) -> str:
        """Say something where the watch speaks, and let it look now; the key of what came of it."""
        errand = held.errand
        try:
            place = await self.work.place(errand)
            if place is None:
                return "watch.test.not_here"
            card = alert.test(standing.number, standing.watch.query, self.work.alerts.reader_for(errand))
            await self.notifier.send(place, card)
        except SendRefused:
            return "watch.test.refused"
        if held.due_at is None or standing.watch.timetable is not None:
            # Nobody said that it may go on, nor that a digest is to come before its time.
            return "watch.test.sent"
        await self.errands.put_off(errand.id, errand.owner, timedelta(0))
        return "watch.tested"

    async def _move(self, errand: Errand, asker: Asker) -> str:
        """Have the watch speak in its owner's 1:1 from now on; the key of what came of it."""
        if asker.place is None or asker.place.kind is not PlaceKind.PERSONAL:
            return "watch.nowhere"
        # As it stands then: a step that ends meanwhile may have found something to tell.
        await self.errands.move(
            errand.id,
            errand.owner,
            asker.place,
            lambda payload: write_standing(moved(read_standing(payload))),
        )
        return "watch.moved"

    async def _acknowledge(self, command: Acknowledge, person: Person, asker: Asker) -> Card:
        """Note who is on it, and let everybody who sees the alert see that."""
        held = await self.errands.get(command.watch_id)
        standing = next((one for _, one in read_all([held] if held else [])[0]), None)
        thread = standing.thread_of(command.trouble) if standing else None
        if held is None or standing is None or thread is None or not _may_take(held.errand, person, asker):
            return refused("expired", asker.reader)
        taken = await self.watched.acknowledge(command.watch_id, command.trouble, person.name)
        shown = await self.work.alerts.details.shown(held.errand, thread.glimpses)
        card = self.work.alerts.render(held.errand, standing, thread, taken, shown)
        if held.errand.place.kind is not PlaceKind.PERSONAL:
            where = replace(held.errand.place, conversation_id=thread.conversation_id)
            await self.notifier.update(where, thread.activity_id, card)
        return card


def mentions_of(names: Sequence[str], asker: Asker) -> tuple[Mention, ...]:
    """Who *names*, as they stand in what was asked, are; "" is who asked."""
    known = {one.name: one.teams_id for one in asker.mentioned}
    if asker.author is not None:
        known[""] = asker.author.teams_id
    shown = [Mention(name or asker.name, known[name]) for name in names if name in known]
    return tuple({one.teams_id: one for one in shown}.values())


def _wanted(state: CardState, asker: Asker) -> Wanted:
    """A watch over the question of *state*: as a sentence asked for it, or with the default options."""
    if state.watch is not None:
        return Wanted(state.watch, state.quiet or Quiet(zone=asker.reader.zone.key), state.mentions)
    query = replace(state.query, ticket="")
    return Wanted(Watch(query, mine=state.mine), Quiet(zone=asker.reader.zone.key), ())


def _may_take(errand: Errand, person: Person, asker: Asker) -> bool:
    """Whether the alert stands where the asker is, and is for them."""
    if errand.place.conversation_id != asker.conversation_id:
        return False
    return errand.owner == asker.aad_object_id or (
        errand.place.kind is not PlaceKind.PERSONAL and Role.HELPDESK in roles_of(person)
    )


def _snooze(until: Until, now: datetime, reader: Reader) -> timedelta:
    match until:
        case Until.HOUR:
            return SNOOZE
        case Until.TOMORROW:
            tomorrow = now.astimezone(reader.zone).date() + timedelta(days=1)
            return datetime.combine(tomorrow, _MORNING, reader.zone) - now
        case _:
            assert_never(until)
