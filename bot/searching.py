"""Questions and what is found for them: decided for the person who asks, run, narrowed, put on record."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import assert_never

from bot import forms
from bot.access import Allowed, Person, Refusal, decide, decide_mine
from bot.asking import Asker
from bot.commands import (
    LONGEST_PERIOD,
    Continue,
    Help,
    Preset,
    Refine,
    RunAgain,
    SearchLonger,
    ShowPage,
)
from bot.continuing import begun_again, merged
from bot.default_queries import ASKS_DOMAINS, default_query
from bot.denials import Denials
from bot.directory import Directory
from bot.domain_slips import DomainSlips
from bot.fields import seen, unseen
from bot.kept import Keeping
from bot.listing import Listing
from bot.narrowing import Narrowing
from bot.record import Entry, Kind, Record
from bot.reports import Begun, Reports
from bot.sight import Terms, touches, without_absent
from bot.spelling import spell
from bot.store.kept import Question
from bot.store.states import CardState
from bot.vocabulary import OF_ALL_DOMAINS
from cards import notes
from cards.elements import Card
from cards.report_file import ReportKind
from tracing.errors import TraceError
from tracing.model import Answer, Clock, Source, Spender, TraceQuery


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

    @property
    def shown(self) -> TraceQuery:
        """The question with the time range that is searched."""
        return replace(self.question.query, period=self.allowed.query.period)


class Searching:
    """Takes questions on."""

    def __init__(
        self,
        source: Source,
        directory: Directory,
        narrowing: Narrowing,
        record: Record,
        keeping: Keeping,
        reports: Reports,
        listing: Listing,
        denials: Denials,
        clock: Clock,
    ) -> None:
        self._source = source
        self._directory = directory
        self._narrowing = narrowing
        self._record = record
        self._keeping = keeping
        self._reports = reports
        self._listing = listing
        self._denials = denials
        self._clock = clock
        self.slips = DomainSlips(source, directory, listing, clock)

    async def ask(self, question: CardState, asker: Asker) -> Search | Card | Begun:
        """What *question* comes to for *asker*: a search, a report that begins, or why it is neither."""
        question = replace(question, answer=None, narrowed=False, origin="")
        person = await self._directory.who(asker.aad_object_id)
        decided = decide_mine if question.mine else decide
        decision = decided(person, question.query, self._clock.now(), self._narrowing.look_back)
        if person is None or isinstance(decision, Refusal):
            if decision is Refusal.UNSEEN:
                return await self._unseen(question, asker)
            reason = decision if isinstance(decision, Refusal) else Refusal.UNKNOWN
            return await self._denials.deny(reason, None, asker, _spelt(question))
        if question.query.ticket and not self._narrowing.tickets.fits(question.query.ticket):
            return await self._bad_ticket(question, asker)
        if asker.shared and decision.own:
            # Whoever is of the help desk no more has only their own mail, which is for nobody else.
            return await self._denials.deny(Refusal.NOT_HELPDESK, None, asker, _spelt(question))
        if question.query.direction is not None:
            judged = replace(decision.query, domains=await self._directory.domains())
            decision = replace(decision, query=judged)
        if question.report == ReportKind.ENHANCED:
            await self._keeping.remember(Question(question.query, question.mine), asker)
            return await self._reports.begin(question, person, asker)
        if question.report and (lacking := await self._reports.lacks_condition(question, asker)):
            return lacking
        return Search(person, decision, question)

    async def _unseen(self, question: CardState, asker: Asker) -> Card:
        """Name the conditions that the asker may not use, and keep the others."""
        await self._denials.note(Refusal.UNSEEN, _spelt(question), asker)
        rest = replace(question, query=seen(question.query))
        state_id = await self._listing.keep(rest, asker)
        taps = (
            (forms.press(RunAgain(state_id)), "button.without"),
            (forms.press(Refine(state_id)), "button.refine"),
            (forms.press(Help()), "button.help"),
        )
        return notes.unseen(unseen(question.query), rest.query, taps, asker.reader)

    async def _bad_ticket(self, question: CardState, asker: Asker) -> Card:
        """Explain the format of a ticket number, and keep the conditions."""
        await self._denials.note(Refusal.BAD_TICKET, _spelt(question), asker)
        refine = forms.press(Refine(await self._listing.keep(question, asker)))
        pattern = self._narrowing.tickets.pattern
        return notes.bad_ticket(question.query.ticket, pattern, refine, forms.press(Help()), asker.reader)

    async def once_more(
        self, command: RunAgain | Continue | SearchLonger, state: CardState, asker: Asker
    ) -> Search | Card | Begun:
        """The question of *state* as *command* wants it asked again. Raises: GraphError."""
        match command:
            case RunAgain():
                return _anew(await self.ask(state, asker))
            case Continue():
                return _on_from(state, await self.ask(state, asker))
            case SearchLonger():
                longer = replace(state.query, period=LONGEST_PERIOD)
                return await self.ask(replace(state, query=longer), asker)
            case _:
                assert_never(command)

    async def default(self, preset: Preset) -> CardState:
        """The question of one of the default queries. Raises: GraphError: whose mail cannot be told."""
        domains = await self._directory.domains() if preset.name in ASKS_DOMAINS else ()
        query = default_query(preset.name, domains, all_domains=preset.all_domains)
        offered = preset.name in OF_ALL_DOMAINS and len(domains) > 1 and not preset.all_domains
        return CardState(query, mine=False, preset=preset.name if offered else "")

    async def run(self, search: Search, asker: Asker) -> Card:
        """Run *search*; the list of what it found. Raises: TraceError."""
        if search.begun is None:
            await self._keeping.remember(Question(search.question.query, search.question.mine), asker)
        question, allowed, begun = search.question, search.allowed, self._clock.monotonic()
        entry = Entry(Kind.TRACE, asker.who, _spelt(question), ticket=question.query.ticket)
        try:
            terms = await self._narrowing.terms(search.person, question.query.ticket)
            spender = _counting(search, terms, asker).spends(search.person)
            found = await self._read(search, terms, spender)
        except TraceError as error:
            await self._record.note(replace(entry, outcome=type(error).__name__))
            raise
        terms = await self._narrowing.terms(search.person, question.query.ticket)
        answer = await self._narrowing.narrow(
            found, question.query, terms, spender, goes_on=search.begun is not None
        )
        spent = answer.requests
        if search.begun is not None:
            answer, spent = merged(search.begun, answer), spent - search.begun.requests
        duration = timedelta(seconds=self._clock.monotonic() - begun)
        # Before anything is shown: what cannot be recorded is not looked at.
        await self._record.note(replace(entry, rows=len(answer.rows), requests=spent, duration=duration))
        state = replace(question, answer=answer, narrowed=allowed.narrowed, own=allowed.own)
        if state.report:
            return await self._reports.cost(state, answer, search.person.helpdesk, asker)
        state = replace(state, meant=await self.slips.meant(state, terms, asker))
        state_id = await self._listing.keep(state, asker)
        return await self._listing.show(state, ShowPage(state_id, 0, ""), search.person, asker)

    async def _read(self, search: Search, terms: Terms, spender: Spender) -> Answer:
        """What is there for *search*; of what is read on from, only what is new."""
        query = without_absent(replace(search.allowed.query, ticket=""), terms)
        if search.begun is None:
            return await self._source.trace(query, spender, fresh=search.fresh)
        return await self._source.resume(query, begun_again(search.begun), spender)


def _counting(search: Search, terms: Terms, asker: Asker) -> Asker:
    """*asker* with progress reports, which hold no row count where protected people may be among the rows."""
    watch = asker.watch
    if watch is None or not touches(search.allowed.query, terms):
        return asker
    return replace(asker, watch=lambda progress: watch(replace(progress, rows=None)))


def _anew(found: Search | Card | Begun) -> Search | Card | Begun:
    return replace(found, fresh=True) if isinstance(found, Search) else found


def _on_from(state: CardState, found: Search | Card | Begun) -> Search | Card | Begun:
    """*found* as it goes on from *state*, unless its reader may have more or less by now than then."""
    if not isinstance(found, Search) or state.answer is None:
        return found
    if (found.allowed.narrowed, found.allowed.own) != (state.narrowed, state.own):
        return found
    return replace(found, begun=state.answer)


def _spelt(question: CardState) -> str:
    return spell(question.query, "mine" if question.mine else "trace")
