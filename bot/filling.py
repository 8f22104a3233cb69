"""The form: shown empty or filled, and what comes back from it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot import forms
from bot.access import LOOK_BACK, permit
from bot.asking import Asker
from bot.commands import Command, ShowForm, SubmitForm
from bot.default_queries import preset_presses
from bot.denials import Denials
from bot.directory import Directory
from bot.fields import HELPDESK_INPUTS
from bot.form_fields import FormFaults, fields_of, read_query
from bot.kept import Keeping
from bot.moments import When
from bot.store.states import CardState
from cards import form
from cards.elements import Card
from cards.form import Fields
from cards.report_file import ReportKind
from tracing.model import Clock, TraceQuery


class Filling:
    """Shows the form, and reads it."""

    def __init__(
        self,
        directory: Directory,
        keeping: Keeping,
        denials: Denials,
        clock: Clock,
        look_back: timedelta = LOOK_BACK,
    ) -> None:
        self._look_back = look_back
        self._directory = directory
        self._keeping = keeping
        self._denials = denials
        self._clock = clock

    async def form(self, fields: Fields, faults: Mapping[str, str], asker: Asker) -> Card:
        """The form, with the asker's own saved searches; a dialog comes here by no command.

        Raises: GraphError.
        """
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, ShowForm())
        if refusal is not None:
            return await self._denials.deny(refusal, ShowForm(), asker)
        submit, presets = forms.press(SubmitForm(fields)), preset_presses(wide=True)
        # What somebody calls their searches is nobody else's to read.
        saved = () if asker.shared else await self._keeping.buttons(asker)
        hidden = () if person is not None and person.helpdesk else HELPDESK_INPUTS
        now = self._clock.now()
        # An employee's own mail goes no further back than this.
        longest = self._look_back if person is None or not person.helpdesk else None
        return form.render(fields, faults, submit, presets, saved, asker.reader, now, hidden, longest)

    async def fill(self, query: TraceQuery | None, asker: Asker) -> Card:
        """The form, with the conditions of *query*. Raises: GraphError."""
        fields = Fields() if query is None else fields_of(query, self._when(asker))
        return await self._denied(ShowForm(), asker) or await self.form(fields, {}, asker)

    async def refill(self, state: CardState, asker: Asker) -> Card:
        """The form, with the conditions and the kind of report of *state*. Raises: GraphError."""
        fields = fields_of(state.query, self._when(asker))
        return await self.form(replace(fields, report=state.report or fields.report), {}, asker)

    async def read(self, fields: Fields, asker: Asker) -> CardState | Card:
        """The question that *fields* hold, or the form with their faults. Raises: GraphError."""
        try:
            query = read_query(fields, self._when(asker))
        except FormFaults as wrong:
            return await self.form(fields, wrong.faults, asker)
        report = fields.report if fields.report in list(ReportKind) else ""
        return CardState(query, mine=False, report=report)

    async def faults_of(self, fields: Fields, asker: Asker) -> Card | None:
        """The form with its faults, None when there are none. Raises: GraphError."""
        try:
            read_query(fields, self._when(asker))
        except FormFaults as wrong:
            denied = await self._denied(SubmitForm(fields), asker)
            return denied or await self.form(fields, wrong.faults, asker)
        return None

    async def _denied(self, command: Command, asker: Asker) -> Card | None:
        """Why *asker* may not give *command*, None when they may. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, command)
        return None if refusal is None else await self._denials.deny(refusal, command, asker)

    def _when(self, asker: Asker) -> When:
        return When(self._clock.now(), asker.reader.zone)
