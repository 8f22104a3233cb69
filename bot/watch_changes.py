"""The form of a watch, and what becomes of one that is changed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot import forms
from bot.access import Person, Refusal, decide, decide_mine
from bot.asking import Asker
from bot.commands import (
    Help,
)
from bot.errands import Amended
from bot.fields import HELPDESK_INPUTS, seen, unseen
from bot.form_fields import FormFaults
from bot.moments import When
from bot.record import Entry, Kind, Record
from bot.spelling import spell
from bot.store.errands import Standing as Held
from bot.turns import PlaceKind
from bot.watch_alerts import Memories
from bot.watch_commands import (
    EditWatch,
    ShowWatches,
    SubmitWatch,
    WatchId,
)
from bot.watch_editing import Wanted, amended, is_same, is_snoozed, reworded
from bot.watch_form import inputs_of, mentionable, read_inputs
from bot.watching import Standing, read_standing, write_standing
from cards import notes, watch_form
from cards.elements import Card
from cards.mention import Mention
from cards.watch_form import WatchForm
from tracing.model import Clock


class Errands(Protocol):
    """Where watches are kept; `bot.store.errands.Errands`."""

    async def amend(self, errand_id: str, owner: str, change: Callable[[str], Amended]) -> bool: ...


@dataclass(frozen=True)
class WatchChanges:
    """Shows and reads the form, and changes watches."""

    errands: Errands
    watched: Memories
    record: Record
    clock: Clock
    look_back: timedelta

    def new(self, wanted: Wanted, state_id: str, person: Person, asker: Asker) -> Card:
        """The form of a watch over the question of *state_id*."""
        fields, options = inputs_of(wanted, _me(asker), self._when(asker))
        submit = SubmitWatch(state_id, "", fields, options)
        return self._form(wanted, submit, 0, {}, person, asker, _shares(asker))

    def filled(self, held: Held, standing: Standing, person: Person, asker: Asker) -> Card:
        """The form of a watch that there is."""
        wanted = Wanted(standing.watch, standing.quiet, standing.mentions)
        fields, options = inputs_of(wanted, _me(asker), self._when(asker))
        submit = SubmitWatch("", held.errand.id, fields, options)
        return self._form(wanted, submit, standing.number, {}, person, asker, _speaks_to_many(held))

    def read(
        self,
        submitted: SubmitWatch,
        now: Wanted,
        person: Person,
        asker: Asker,
        held: Held | None,
        number: int,
    ) -> Wanted | Card:
        """What *now* is to become, or the form with its faults; *held* None for a new one."""
        many = _shares(asker) if held is None else _speaks_to_many(held)
        try:
            wanted = read_inputs(submitted.fields, submitted.options, now, _me(asker), self._when(asker))
        except FormFaults as wrong:
            return self._form(now, submitted, number, wrong.faults, person, asker, many)
        return wanted if many else replace(wanted, mentions=())

    def said(
        self, command: EditWatch, held: Held, standing: Standing, mentions: tuple[Mention, ...]
    ) -> Wanted:
        """What the watch is to be by the words of *command*, which name *mentions*; of no use in a 1:1."""
        zone = command.zone
        watch = reworded(standing.watch, command.query, command.said, zone)
        quiet = command.said.quiet(standing.quiet)
        if command.said.hours is not None or command.said.working_days is not None:
            quiet = replace(quiet, zone=zone)
        known = standing.mentions if command.said.mentions is None else mentions
        return Wanted(watch, quiet, known if _speaks_to_many(held) else ())

    async def save(self, held: Held, wanted: Wanted, person: Person, asker: Asker) -> Card | str:
        """Change the watch to what is *wanted*: the key of what came of it, or why not."""
        watch, reader = wanted.watch, asker.reader
        if watch.percent and not watch.query.statuses:
            return notes.told(reader.say("expected.percent_of"), reader)
        asked = spell(watch.query, "mine" if watch.mine else "trace")
        decision = (decide_mine if watch.mine else decide)(
            person, watch.query, self.clock.now(), self.look_back
        )
        if isinstance(decision, Refusal):
            await self.record.note(Entry(Kind.REFUSAL, asker.who, asked, outcome=decision))
            if decision is Refusal.UNSEEN:
                taps = ((forms.press(EditWatch(WatchId(held.errand.id))), "watch.edit"),)
                return notes.unseen(unseen(watch.query), seen(watch.query), taps, reader)
            return notes.refused(decision, forms.press(Help()), reader)
        if decision.own and _speaks_to_many(held):
            return notes.told(reader.say("watch.nowhere"), reader)
        await self.record.note(Entry(Kind.WATCH, asker.who, asked))
        other = not is_same(read_standing(held.errand.payload).watch, watch)
        await self.errands.amend(held.errand.id, asker.aad_object_id, self._change(held, wanted))
        return "watch.edited.other" if other else "watch.edited"

    def _change(self, held: Held, wanted: Wanted) -> Callable[[str], Amended]:
        now = self.clock.now()

        async def forget(connection: AsyncConnection) -> None:
            await self.watched.forget(connection, held.errand.id)

        def change(payload: str) -> Amended:
            standing = read_standing(payload)
            same = is_same(standing.watch, wanted.watch)
            hurry = held.due_at is not None and not is_snoozed(standing, held.due_at)
            return Amended(write_standing(amended(standing, wanted, now)), hurry, None if same else forget)

        return change

    def _form(
        self,
        wanted: Wanted,
        submit: SubmitWatch,
        number: int,
        faults: Mapping[str, str],
        person: Person,
        asker: Asker,
        many: bool,
    ) -> Card:
        view = WatchForm(
            number,
            wanted.watch.query,
            wanted.watch.mine,
            submit.fields,
            submit.options,
            faults,
            mentionable(wanted, _me(asker)) if many else (),
            forms.press(submit),
            forms.press(ShowWatches(submit.watch_id)) if submit.watch_id else None,
            digest=wanted.watch.timetable is not None,
            hidden=() if person.helpdesk else HELPDESK_INPUTS,
        )
        return watch_form.render(view, asker.reader, self.clock.now())

    def _when(self, asker: Asker) -> When:
        return When(self.clock.now(), asker.reader.zone)


def _me(asker: Asker) -> Mention:
    return Mention(asker.name, asker.author.teams_id if asker.author else "")


def _shares(asker: Asker) -> bool:
    """Whether a watch that began here would speak to more than one person."""
    return asker.place is not None and asker.place.kind is not PlaceKind.PERSONAL


def _speaks_to_many(held: Held) -> bool:
    return held.errand.place.kind is not PlaceKind.PERSONAL
