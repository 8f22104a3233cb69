"""One coroutine for each command: what is asked → the card, and what is kept behind it.

Commands meet people here: every one is decided anew for the person who sent it, a tap as much as a text.
"""

import logging
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import assert_never

from bot import forms
from bot.access import ALLOWED, LOOK_BACK, Act, Ground, Refusal, permit, roles_of, shows_here
from bot.asking import Asker, States
from bot.auditing import Auditing
from bot.commands import (
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
from bot.default_queries import preset_presses
from bot.denials import Denials, refused
from bot.details import Details
from bot.directory import Directory, Names, NoNames
from bot.doctor.consulting import Consulting
from bot.doctor.examine import Examiner
from bot.explaining import Explaining
from bot.filling import Filling
from bot.kept import Keeping, KeptStore
from bot.landing_work import Landings
from bot.listing import Listing
from bot.meters import Meters, NoMeters
from bot.naming import Naming
from bot.narrowing import Narrowing
from bot.offering import Offering
from bot.parse import ParseError
from bot.places import Governing, Places
from bot.record import Record, RecordReader
from bot.related import offered, related_query
from bot.reports import Begun, Reports
from bot.searching import Search, Searching
from bot.sharing import Once, Sharing
from bot.sight import is_stand_in, is_unchecked, message_of
from bot.store.states import CardState
from bot.tickets import Tickets
from bot.turns import Notifier
from bot.watch_commands import (
    Acknowledge,
    ChangeWatch,
    EditWatch,
    ShowWatches,
    SubmitWatch,
    WatchResults,
    WatchTrace,
)
from bot.watches import Watches
from cards import help, notes
from cards.elements import Card
from cards.form import Fields
from tracing.model import AddressPattern, Clock, MessageTrace, Source, TraceQuery

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parts:
    """What there is once in the program and commands are answered with."""

    source: Source
    directory: Directory
    states: States
    kept: KeptStore
    reports: Reports
    landings: Landings
    watches: Watches
    clock: Clock
    bot_name: str
    examiner: Examiner
    record: Record
    reader: RecordReader
    places: Places
    notifier: Notifier
    once: Once
    look_back: timedelta = LOOK_BACK
    tickets: Tickets = field(default_factory=Tickets)
    meters: Meters = field(default_factory=NoMeters)
    names: Names = field(default_factory=NoNames)


class Handlers:
    """Answers commands with cards; `searching`, `listing`, `filling` make those of lists and of the form."""

    def __init__(self, parts: Parts) -> None:
        source, directory, states, record = parts.source, parts.directory, parts.states, parts.record
        self._clock = parts.clock
        self._directory = directory
        self.states = states
        self._denials = Denials(record, parts.meters)
        self._narrowing = Narrowing(source, directory, parts.clock, parts.look_back, parts.tickets)
        self._keeping = Keeping(parts.kept, states)
        self._details = Details(source, directory, states, self._narrowing, record)
        self._comparisons = Comparisons(source, states, self._narrowing, record, self._denials)
        self._consulting = Consulting(parts.examiner, directory)
        self._explaining = Explaining(directory, states, parts.clock)
        self._governing = Governing(parts.places, record)
        self._auditing = Auditing(parts.reader, record, states)
        self._sharing = Sharing(parts.places, parts.notifier, parts.once, states, self._narrowing, record)
        self._landings = parts.landings
        self._watches = parts.watches
        self.bot_name = parts.bot_name
        self.reports = parts.reports
        self.listing = Listing(states, directory, self._narrowing, parts.places, self._denials)
        self.filling = Filling(directory, self._keeping, self._denials, parts.clock, parts.look_back)
        self.searching = Searching(
            source,
            directory,
            self._narrowing,
            record,
            self._keeping,
            parts.reports,
            self.listing,
            self._denials,
            parts.clock,
        )
        naming = Naming(parts.names)
        self._offering = Offering(directory, self.listing, naming, self.searching.slips, parts.clock)

    async def prepare(self, command: Command, asker: Asker) -> Search | Card | Begun:
        """The search that *command* asks for, or the card that answers it without one, or begins work.

        Raises: GraphError: the directory could not be asked, and so nothing is shown.
        """
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, command)
        if refusal is not None:
            return await self._denials.deny(refusal, command, asker)
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
                return await self.searching.ask(CardState(query, mine=False), asker)
            case Mine(query):
                return await self.searching.ask(CardState(query, mine=True), asker)
            case Preset():
                return await self.searching.ask(await self.searching.default(command), asker)
            case Report(kind, query, mine):
                return await self.searching.ask(CardState(query, mine=mine, report=kind), asker)
            case ReportResults(state_id, kind):
                state = await self.listing.find(state_id, asker)
                if isinstance(state, Card):
                    return state
                return await self.searching.ask(replace(state, report=kind), asker)
            case BeginReport() | StopReport() | ResumeReport() | OfferFile():
                return await self._of_report(command, asker)
            case ShowForm(report):
                return await self.filling.form(Fields(report=report) if report else Fields(), {}, asker)
            case SubmitForm(fields):
                question = await self.filling.read(fields, asker)
                return question if isinstance(question, Card) else await self.searching.ask(question, asker)
            case Stop():
                # What runs is stopped at the desk; here only what no longer does arrives.
                return refused("not_running", asker.reader)
            case Refine(state_id):
                state = await self.listing.find(state_id, asker)
                return state if isinstance(state, Card) else await self.filling.refill(state, asker)
            case RunAgain(state_id) | Continue(state_id) | SearchLonger(state_id):
                state = await self.listing.find(state_id, asker)
                if isinstance(state, Card):
                    return state
                return await self.searching.once_more(command, state, asker)
            case OpenRow():
                return await self._open(command, asker)
            case FindParting() | PickOther() | Compare():
                return await self._comparisons.answer(command, person, asker)
            case ShowPage():
                return await self.listing.page(command, asker)
            case Related():
                return await self._related(command, asker)
            case TellMe():
                return await self._tell(command, asker)
            case StopTelling(errand_id):
                return await self._landings.stop(errand_id, asker)
            case (
                WatchTrace()
                | WatchResults()
                | ShowWatches()
                | ChangeWatch()
                | EditWatch()
                | SubmitWatch()
                | Acknowledge()
            ):
                assert person is not None
                return await self._watches.answer(command, person, asker)
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

    async def explain(self, command: Explain, query: TraceQuery | None, asker: Asker) -> Card | None:
        """What *command* means, None when nothing: over a form filled with *query*, for who may search.

        Raises: GraphError.
        """
        person = await self._directory.who(asker.aad_object_id)
        refusal = permit(person, asker.ground, command)
        if refusal is not None:
            return await self._denials.deny(refusal, command, asker)
        form = None
        if permit(person, asker.ground, ShowForm()) is None:
            state_id = await self.listing.keep(CardState(query or TraceQuery(), mine=False), asker)
            form = forms.press(Refine(state_id))
        return await self._explaining.meaning(command, person, asker, form)

    async def holds(self, state_id: str, asker: Asker) -> bool:
        """Whether the state was kept for this very person in this very place."""
        state = await self.states.find(state_id, asker.aad_object_id, asker.conversation_id)
        return state is not None and not state.shared

    async def shows_here(self, command: Command, asker: Asker) -> bool:
        """Whether the answer may stand where *command* was given. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        ticket = command.query.ticket if isinstance(command, Trace) else ""
        if isinstance(command, RunKept):
            kept = await self._keeping.find(command.search, asker)
            if kept is not None and kept.question.mine:
                return False
        return shows_here(person, asker.ground, command, ticket)

    async def not_understood(self, wrong: ParseError, asker: Asker) -> Card:
        """Explain what was typed: mark the wrong word, or offer the search a sentence may mean. Raises:
        GraphError."""
        return await self._offering.card(wrong, asker)

    async def help(self, asker: Asker, title: str = "help.title", *, more: bool = False) -> Card:
        """What can be typed; *more*: the less common. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        if person is None:
            return refused(Refusal.UNKNOWN, asker.reader)
        if not roles_of(person) & ALLOWED[Act.LOOK]:
            return help.render_for_auditors(title, asker.reader)
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
            shown_here=asker.ground is Ground.APPROVED,
        )
        return help.render(view, asker.reader)

    async def _of_report(self, command: ReportCommand, asker: Asker) -> Card | Begun:
        """A button of a report's own card, for people the directory knows."""
        person = await self._directory.who(asker.aad_object_id)
        if person is None or person.guest:
            return refused(Refusal.UNKNOWN, asker.reader)
        state = await self.states.find(command.report_id, asker.aad_object_id, asker.conversation_id)
        return await self.reports.handle(command, state, person, asker)

    async def _kept(self, command: RunKept | RefineKept, asker: Asker) -> Search | Card | Begun:
        found = await self._keeping.find(command.search, asker)
        if found is None:
            return await self._keeping.missing(command.search, asker)
        question = found.question
        if isinstance(command, RefineKept):
            return await self.filling.fill(question.query, asker)
        return await self.searching.ask(CardState(question.query, question.mine), asker)

    async def _related(self, command: Related, asker: Asker) -> Search | Card | Begun:
        found = await self.listing.row(command, asker)
        if isinstance(found, Card):
            return found
        row, state, terms = found
        query = related_query(row, command.shared)
        if query is None or command.shared not in offered(row, full=terms.sees_all):
            return refused("bad_tap", asker.reader)
        before = state.origin or command.state_id
        related = replace(query, ticket=terms.ticket)
        return await self.searching.ask(CardState(related, mine=False, before=before), asker)

    async def _open(self, command: OpenRow, asker: Asker) -> Search | Card | Begun:
        found = await self.listing.row(command, asker)
        if isinstance(found, Card):
            return found
        row, state, terms = found
        if is_stand_in(row):
            return await self._check(row, command, state, asker)
        return await self._details.open(row, command, state, terms, asker)

    async def _check(
        self, row: MessageTrace, command: OpenRow, state: CardState, asker: Asker
    ) -> Search | Card | Begun:
        """Open a placeholder for unchecked recipients: check them, unless none may be shown."""
        before = state.before or state.origin or command.state_id
        if not is_unchecked(row):
            back = forms.press(ShowPage(command.state_id, command.page, command.only))
            return notes.withheld(row, back, asker.reader)
        # Like the list of mail they sent, over all their addresses.
        query = replace(message_of(row), senders=(AddressPattern(row.sender_address.lower()),))
        return await self.searching.ask(CardState(query, mine=False, before=before), asker)

    async def _tell(self, command: TellMe, asker: Asker) -> Card:
        found = await self.listing.row(command, asker)
        if isinstance(found, Card):
            return found
        row, state, terms = found
        opens = OpenRow(command.state_id, command.position)
        return await self._landings.ask(row, opens, terms, asker, own=state.own)
