"""One coroutine for each command: what is asked → the card, and what is kept behind it.

Commands meet people here: every one is decided anew for the person who sent it, a tap as much as a text.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from bot import forms
from bot.access import LOOK_BACK, Allowed, Ground, Person, Refusal, decide, decide_mine, permit, shows_here
from bot.asking import Asker, States
from bot.auditing import Auditing
from bot.commands import (
    LONGEST_PERIOD,
    Approve,
    AskName,
    Audit,
    BeginReport,
    Command,
    Compare,
    Continue,
    EditKept,
    Examine,
    Explain,
    FindParting,
    ForgetKept,
    Help,
    Mine,
    OfferFile,
    OpenRow,
    PickOther,
    Preset,
    Refine,
    RefineKept,
    Related,
    RenameKept,
    Report,
    ReportCommand,
    ReportResults,
    ResumeReport,
    Revoke,
    RunAgain,
    RunKept,
    SaveSearch,
    SearchLonger,
    Share,
    ShareTo,
    ShowAudit,
    ShowForm,
    ShowPage,
    ShowRecent,
    ShowSaved,
    Stop,
    StopReport,
    StopTelling,
    SubmitForm,
    TellMe,
    Trace,
)
from bot.comparisons import Comparisons
from bot.continuing import begun_again, merged
from bot.default_queries import ASKS_DOMAINS, default_query, preset_presses
from bot.details import Details
from bot.directory import Directory
from bot.doctor.consulting import Consulting
from bot.doctor.examine import Examiner
from bot.explaining import Explaining
from bot.form_fields import FormFaults, fields_of, read_query
from bot.kept import Keeping, KeptStore
from bot.landing_work import Landings
from bot.moments import When
from bot.narrowing import Narrowing
from bot.parse import ParseError, parse
from bot.places import Governing, Places
from bot.record import Entry, Kind, Record, RecordReader
from bot.related import offered, related_query
from bot.reports import Begun, Reports
from bot.sharing import Once, Sharing
from bot.sight import Hidden, Terms, is_stand_in, message_of, see, without_protected
from bot.spelling import spell
from bot.store.database import DatabaseUnusable
from bot.store.kept import Question
from bot.store.states import CardState
from bot.turns import Notifier
from bot.vocabulary import OF_ALL_DOMAINS
from cards import form, help, notes, results
from cards.coverage import can_continue
from cards.elements import Card, Press
from cards.form import Fields
from cards.reader import Reader
from cards.report_file import ReportKind
from tracing.errors import TraceError
from tracing.model import Answer, Clock, Last, MessageTrace, Source, TraceQuery, trouble_first

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Search:
    """A trace that *person* may run: the query after narrowing, and the state that keeps the question.

    `begun` is what is read on from; `fresh` wants it read anew, whatever somebody else found a moment ago.
    """

    person: Person
    allowed: Allowed
    question: CardState
    begun: Answer | None = None
    fresh: bool = False


class Handlers:
    """Answers commands with cards."""

    def __init__(
        self,
        source: Source,
        directory: Directory,
        states: States,
        kept: KeptStore,
        reports: Reports,
        landings: Landings,
        clock: Clock,
        bot_name: str,
        examiner: Examiner,
        record: Record,
        reader: RecordReader,
        places: Places,
        notifier: Notifier,
        once: Once,
        look_back: timedelta = LOOK_BACK,
    ) -> None:
        self._clock = clock
        self._source = source
        self._directory = directory
        self._states = states
        self._consulting = Consulting(examiner, directory)
        self._record = record
        self._narrowing = Narrowing(source, directory, clock, look_back)
        self._details = Details(source, directory, states, self._narrowing, record)
        self._comparisons = Comparisons(source, states, self._narrowing, record)
        self.reports = reports
        self._explaining = Explaining(directory, states, clock)
        self._keeping = Keeping(kept, states)
        self._landings = landings
        self._places = places
        self._governing = Governing(places, record)
        self._auditing = Auditing(reader, record, states)
        self._sharing = Sharing(places, notifier, once, states, self._narrowing, record)
        self.bot_name = bot_name

    async def prepare(self, command: Command, asker: Asker) -> Search | Card | Begun:
        """The search that *command* asks for, or the card that answers it without one, or begins work.

        Raises: GraphError: the directory could not be asked, and so nothing is shown.
        """
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, command)
        if refusal is not None:
            return await self._deny(refusal, command, asker)
        match command:
            case Help(more):
                return await self.help(asker, more=more)
            case Approve() | Revoke():
                assert person is not None
                return await self._governing.answer(command, person, asker)
            case Audit() | ShowAudit():
                return await self._auditing.answer(command, asker)
            case Share() | ShareTo():
                return await self._sharing.answer(command, await self._narrowing.terms(person), asker)
            case Explain():
                return await self._explaining.answer(command, person, asker)
            case Examine():
                return await self._consulting.card(asker)
            case Trace(query):
                return await self._search(CardState(query, mine=False), asker)
            case Mine(query):
                return await self._search(CardState(query, mine=True), asker)
            case Preset():
                return await self._search(await self._default(command), asker)
            case Report(kind, query, mine):
                return await self._search(CardState(query, mine=mine, report=kind), asker)
            case ReportResults(state_id, kind):
                state = await self._find(state_id, asker)
                if isinstance(state, Card):
                    return state
                return await self._search(replace(state, report=kind), asker)
            case BeginReport() | StopReport() | ResumeReport() | OfferFile():
                return await self._of_report(command, asker)
            case ShowForm(report):
                return await self._form(Fields(report=report) if report else Fields(), {}, asker)
            case SubmitForm(fields):
                return await self._submit(fields, asker)
            case Stop():
                # What runs is stopped at the desk; here only what no longer does arrives.
                return self.refused("not_running", asker.reader)
            case RunAgain(state_id) | Continue(state_id) | SearchLonger(state_id) | Refine(state_id):
                state = await self._find(state_id, asker)
                return state if isinstance(state, Card) else await self._once_more(command, state, asker)
            case OpenRow():
                return await self._open(command, asker)
            case FindParting() | PickOther() | Compare():
                return await self._comparisons.answer(command, person, asker)
            case ShowPage():
                return await self._page(command, asker)
            case Related():
                return await self._related(command, asker)
            case TellMe():
                return await self._tell(command, asker)
            case StopTelling(errand_id):
                return await self._landings.stop(errand_id, asker)
            case RunKept() | RefineKept():
                return await self._kept(command, asker)
            case (
                ShowSaved()
                | ShowRecent()
                | AskName()
                | SaveSearch()
                | EditKept()
                | RenameKept()
                | ForgetKept()
            ):
                return await self._keeping.answer(command, asker)
            case _:
                assert_never(command)

    async def keep(self, question: CardState, asker: Asker) -> str:
        """Keep *question*, so that it can be asked again whatever happens; its state's id."""
        return await self._keep(question, asker)

    async def fill(self, query: TraceQuery | None, asker: Asker) -> Card:
        """The form, with the conditions of *query*. Raises: GraphError."""
        fields = Fields() if query is None else fields_of(query, self._when(asker))
        return await self._denied(ShowForm(), asker) or await self._form(fields, {}, asker)

    async def faults_of(self, fields: Fields, asker: Asker) -> Card | None:
        """The form with its faults, None when there are none. Raises: GraphError."""
        try:
            read_query(fields, self._when(asker))
        except FormFaults as wrong:
            denied = await self._denied(SubmitForm(fields), asker)
            return denied or await self._form(fields, wrong.faults, asker)
        return None

    async def _denied(self, command: Command, asker: Asker) -> Card | None:
        """Why *asker* may not give *command*, None when they may. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, command)
        return None if refusal is None else await self._deny(refusal, command, asker)

    async def holds(self, state_id: str, asker: Asker) -> bool:
        """Whether the state was kept for this very person in this very place."""
        state = await self._states.find(state_id, asker.aad_object_id, asker.conversation_id)
        return state is not None and not state.shared

    async def shows_here(self, command: Command, asker: Asker) -> bool:
        """Whether the answer may stand where *command* was given. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        ticket = command.query.ticket if isinstance(command, Trace) else ""
        return shows_here(person, asker.ground, command, ticket)

    async def run(self, search: Search, asker: Asker) -> Card:
        """Run *search*; the list of what it found. Raises: TraceError."""
        if search.begun is None:
            await self._keeping.remember(Question(search.question.query, search.question.mine), asker)
        question, allowed, begun = search.question, search.allowed, self._clock.now()
        entry = Entry(Kind.TRACE, asker.who, _spelt(question), ticket=question.query.ticket)
        try:
            found = await self._read(search, asker)
        except TraceError as error:
            await self._record.note(replace(entry, outcome=type(error).__name__))
            raise
        terms = await self._narrowing.terms(search.person, question.query.ticket)
        answer = await self._narrowing.narrow(found, question.query, terms)
        spent = answer.requests
        if search.begun is not None:
            answer, spent = merged(search.begun, answer), spent - search.begun.requests
        duration = self._clock.now() - begun
        # Before anything is shown: what cannot be recorded is not looked at.
        await self._record.note(replace(entry, rows=len(answer.rows), requests=spent, duration=duration))
        state = replace(question, answer=answer, narrowed=allowed.narrowed, own=allowed.own)
        if state.report:
            return await self.reports.cost(state, answer, search.person.helpdesk, asker)
        state_id = await self._keep(state, asker)
        return await self._list(state, ShowPage(state_id, 0, ""), search.person, asker)

    async def _read(self, search: Search, asker: Asker) -> Answer:
        """What is there for *search*; of what is read on from, only what is new."""
        query, spender = replace(search.allowed.query, ticket=""), asker.spender
        if search.begun is None:
            return await self._source.trace(query, spender, fresh=search.fresh)
        return await self._source.resume(query, begun_again(search.begun), spender)

    async def not_understood(self, wrong: ParseError, asker: Asker) -> Card:
        """What was typed, the word marked; the form holds what was understood, so that nothing is lost."""
        state_id = await self._keep(CardState(wrong.understood, mine=False, report=wrong.report), asker)
        start, end = wrong.position, wrong.position + wrong.length
        corrected = None
        if wrong.suggestion:
            text = wrong.text[:start] + wrong.suggestion + wrong.text[end:]
            corrected = await self._corrected(text, asker)
        return notes.not_understood(
            wrong.text[:start],
            wrong.text[start:end],
            wrong.text[end:],
            wrong.expected,
            wrong.suggestion,
            forms.press(Help()),
            asker.reader,
            refine=forms.press(Refine(state_id)),
            corrected=corrected,
        )

    async def help(self, asker: Asker, title: str = "help.title", *, more: bool = False) -> Card:
        """What can be typed; *more*: the less common. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        if person is None:
            return self.refused(Refusal.UNKNOWN, asker.reader)
        if more:
            return help.render_more(
                forms.press(Help()), asker.reader, helpdesk=person.helpdesk, auditor=person.auditor
            )
        view = help.Help(
            self.bot_name,
            person.helpdesk,
            title,
            preset_presses(wide=False),
            mine=forms.press(Mine()),
            form=forms.press(ShowForm()),
            saved=forms.press(ShowSaved()),
            more=forms.press(Help(more=True)),
        )
        return help.render(view, asker.reader)

    def refused(self, reason: str, reader: Reader) -> Card:
        """Why not; nothing of what was asked for."""
        return notes.refused(reason, forms.press(Help()), reader)

    async def _default(self, preset: Preset) -> CardState:
        domains = await self._directory.domains() if preset.name in ASKS_DOMAINS else ()
        query = default_query(preset.name, domains, all_domains=preset.all_domains)
        offered = preset.name in OF_ALL_DOMAINS and len(domains) > 1 and not preset.all_domains
        return CardState(query, mine=False, preset=preset.name if offered else "")

    async def _deny(self, reason: str, command: Command | None, asker: Asker, conditions: str = "") -> Card:
        """Say no, and note that it was said; a note that fails does not turn a no into a fault."""
        spelt = conditions or (type(command).__name__ if command else "")
        try:
            await self._record.note(Entry(Kind.REFUSAL, asker.who, spelt, outcome=reason))
        except DatabaseUnusable:
            log.error("a refusal could not be recorded: %s", reason)
        return self.refused(reason, asker.reader)

    async def _of_report(self, command: ReportCommand, asker: Asker) -> Card | Begun:
        """A button of a report's own card, for people the directory knows."""
        person = await self._directory.who(asker.aad_object_id)
        if person is None or person.guest:
            return self.refused(Refusal.UNKNOWN, asker.reader)
        state = await self._states.find(command.report_id, asker.aad_object_id, asker.conversation_id)
        return await self.reports.handle(command, state, person, asker)

    async def _search(self, question: CardState, asker: Asker) -> Search | Card | Begun:
        question = replace(question, answer=None, narrowed=False, origin="")
        person = await self._directory.who(asker.aad_object_id)
        decided = decide_mine if question.mine else decide
        decision = decided(person, question.query, self._clock.now(), self._narrowing.look_back)
        if person is None or isinstance(decision, Refusal):
            reason = decision if isinstance(decision, Refusal) else Refusal.UNKNOWN
            return await self._deny(reason, None, asker, _spelt(question))
        if question.query.direction is not None:
            judged = replace(decision.query, domains=await self._directory.domains())
            decision = replace(decision, query=judged)
        if question.report == ReportKind.ENHANCED:
            await self._keeping.remember(Question(question.query, question.mine), asker)
            return await self.reports.begin(question, person, asker)
        if question.report and (lacking := await self.reports.lacks_condition(question, asker)):
            return lacking
        return Search(person, decision, question)

    async def _once_more(
        self, command: RunAgain | Continue | SearchLonger | Refine, state: CardState, asker: Asker
    ) -> Search | Card | Begun:
        match command:
            case RunAgain():
                return _anew(await self._search(state, asker))
            case Continue():
                return _on_from(state, await self._search(state, asker))
            case SearchLonger():
                longer = replace(state.query, period=LONGEST_PERIOD)
                return await self._search(replace(state, query=longer), asker)
            case Refine():
                fields = fields_of(state.query, self._when(asker))
                return await self._form(replace(fields, report=state.report or fields.report), {}, asker)
            case _:
                assert_never(command)

    async def _submit(self, fields: Fields, asker: Asker) -> Search | Card | Begun:
        try:
            query = read_query(fields, self._when(asker))
        except FormFaults as wrong:
            return await self._form(fields, wrong.faults, asker)
        report = fields.report if fields.report in list(ReportKind) else ""
        return await self._search(CardState(query, mine=False, report=report), asker)

    async def _form(self, fields: Fields, faults: Mapping[str, str], asker: Asker) -> Card:
        """The form, with the asker's own saved searches; a dialog comes here by no command.

        Raises: GraphError.
        """
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, ShowForm())
        if refusal is not None:
            return await self._deny(refusal, ShowForm(), asker)
        submit, presets = forms.press(SubmitForm(fields)), preset_presses(wide=True)
        saved = await self._keeping.buttons(asker)
        return form.render(fields, faults, submit, presets, saved, asker.reader, self._clock.now())

    async def _kept(self, command: RunKept | RefineKept, asker: Asker) -> Search | Card | Begun:
        found = await self._keeping.find(command.search, asker)
        if found is None:
            return await self._keeping.missing(command.search, asker)
        question = found.question
        if isinstance(command, RefineKept):
            return await self._form(fields_of(question.query, self._when(asker)), {}, asker)
        return await self._search(CardState(question.query, question.mine), asker)

    async def _related(self, command: Related, asker: Asker) -> Search | Card | Begun:
        found = await self._row(command, asker)
        if isinstance(found, Card):
            return found
        row, state, terms = found
        query = related_query(row, command.shared)
        if query is None or command.shared not in offered(row, full=terms.sees_all):
            return self.refused("bad_tap", asker.reader)
        before = state.origin or command.state_id
        related = replace(query, ticket=terms.ticket)
        return await self._search(CardState(related, mine=False, before=before), asker)

    async def _corrected(self, text: str, asker: Asker) -> tuple[str, Press] | None:
        """*text* as a button, when it is a trace that can be read."""
        try:
            command = parse(text, self._when(asker))
        except ParseError:
            return None
        match command:
            case Trace(query) | Mine(query):
                state = CardState(query, mine=isinstance(command, Mine))
            case Report(kind, query, mine):
                state = CardState(query, mine, report=kind)
            case _:
                return None
        return text, forms.press(RunAgain(await self._keep(state, asker)))

    async def _keep(self, state: CardState, asker: Asker) -> str:
        state = replace(state, shared=asker.shared)
        return await self._states.save(state, asker.keeper, asker.conversation_id)

    def _when(self, asker: Asker) -> When:
        return When(self._clock.now(), asker.reader.zone)

    async def _find(self, state_id: str, asker: Asker) -> CardState | Card:
        state = await self._states.find(state_id, asker.aad_object_id, asker.conversation_id)
        # A stranger's card and a forged id look like an expired one: nobody learns which ids exist.
        return state or self.refused("expired", asker.reader)

    async def _open(self, command: OpenRow, asker: Asker) -> Search | Card | Begun:
        found = await self._row(command, asker)
        if isinstance(found, Card):
            return found
        row, state, terms = found
        if is_stand_in(row):
            return await self._search(CardState(message_of(row), mine=False), asker)
        return await self._details.open(row, command, state, terms, asker)

    async def _tell(self, command: TellMe, asker: Asker) -> Card:
        found = await self._row(command, asker)
        if isinstance(found, Card):
            return found
        row, state, terms = found
        opens = OpenRow(command.state_id, command.position)
        return await self._landings.ask(row, opens, terms, asker, own=state.own)

    async def _row(
        self, command: OpenRow | Related | TellMe, asker: Asker
    ) -> tuple[MessageTrace, CardState, Terms] | Card:
        """A row that the asker may see now, what it was found in, and who they are."""
        state = await self._find(command.state_id, asker)
        if isinstance(state, Card):
            return state
        rows = trouble_first(state.answer.rows) if state.answer else ()
        if command.position >= len(rows):
            return self.refused("bad_tap", asker.reader)
        person = await self._directory.who(asker.aad_object_id)
        terms = await self._narrowing.terms(person, state.query.ticket)
        row = see(rows[command.position], terms, proven=state.own)
        if isinstance(row, Hidden):
            reason = Refusal.TICKET if row is Hidden.PROTECTED else Refusal.NOT_YOURS
            return await self._deny(reason, command, asker)
        return row, state, terms

    async def _page(self, command: ShowPage, asker: Asker) -> Card:
        state = await self._find(command.state_id, asker)
        if isinstance(state, Card):
            return state
        person = await self._directory.who(asker.aad_object_id)
        if person is None or person.guest:
            return self.refused(Refusal.UNKNOWN, asker.reader)
        return await self._list(state, command, person, asker)

    async def _list(self, state: CardState, command: ShowPage, person: Person, asker: Asker) -> Card:
        if state.answer is None:
            return self.refused("bad_tap", asker.reader)
        may_share = asker.ground is Ground.PRIVATE and await self._places.any()
        # A row's place counts all rows; what may be seen of them is decided each time, as roles change.
        terms = await self._narrowing.terms(person, state.query.ticket)
        seen = [see(row, terms, proven=state.own) for row in trouble_first(state.answer.rows)]
        rows = [(i, row) for i, row in enumerate(seen) if not isinstance(row, Hidden)]
        rows, withheld = without_protected(rows, seen, state.query, terms)
        # How many rows were read is not to count those that are hidden.
        scanned = state.answer.scanned - (len(seen) - len(rows))
        answer = replace(state.answer, rows=tuple(row for _, row in rows), scanned=scanned)
        shown = [(i, row) for i, row in rows if command.only in ("", row.status)]
        page = min(command.page, max(0, (len(shown) - 1) // results.PAGE_ROWS))
        view = results.Results(
            query=state.query,
            answer=answer,
            shown=shown,
            only=command.only or None,
            page=page,
            title="results.mine" if state.mine else "results.title",
            narrowed=state.narrowed,
            withheld=withheld,
            share=forms.press(Share(command.state_id)) if may_share else None,
            open_row=lambda at: forms.press(OpenRow(command.state_id, at, page, command.only)),
            show=lambda number, status: forms.press(ShowPage(command.state_id, number, status or "")),
            again=forms.press(RunAgain(command.state_id)),
            more=forms.press(Continue(command.state_id)) if can_continue(answer) else None,
            longer=forms.press(SearchLonger(command.state_id)) if _can_be_longer(state.query) else None,
            all_domains=forms.press(Preset(state.preset, all_domains=True)) if state.preset else None,
            refine=None if state.mine else forms.press(Refine(command.state_id)),
            save=forms.press(AskName(command.state_id)),
            back=forms.press(ShowPage(state.before, 0, "")) if state.before else None,
            report=forms.press(ReportResults(command.state_id)),
        )
        return results.render(view, asker.reader)


def _anew(found: Search | Card | Begun) -> Search | Card | Begun:
    return replace(found, fresh=True) if isinstance(found, Search) else found


def _on_from(state: CardState, found: Search | Card | Begun) -> Search | Card | Begun:
    """*found* as it goes on from *state*, unless its reader may have more or less by now than then."""
    if not isinstance(found, Search) or state.answer is None or found.allowed.narrowed != state.narrowed:
        return found
    return replace(found, begun=state.answer)


def _spelt(question: CardState) -> str:
    return spell(question.query, "mine" if question.mine else "trace")


def _can_be_longer(query: TraceQuery) -> bool:
    """One message, asked for by its id, may well be older than the ten days that are searched first."""
    by_id = bool(query.message_ids or query.message_trace_ids)
    return by_id and isinstance(query.period, Last) and query.period.duration < LONGEST_PERIOD.duration
