"""What people ask of reports: begin one, know its cost first, cancel, resume, have the file offered again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol, assert_never

from bot import forms
from bot.access import LOOK_BACK, Person, recent
from bot.asking import Asker, States
from bot.commands import (
    BeginReport,
    OfferFile,
    Refine,
    ReportCommand,
    ResumeReport,
    RunAgain,
    StopReport,
)
from bot.directory import Directory
from bot.errands import Errand, TooMany
from bot.homes import Homes
from bot.report_work import EXTENDED_ROWS, KIND, TASKS, Task, duration_of, progress_of, writing_card
from bot.store.errands import LIFETIME, MAX_OWN, Standing
from bot.store.states import CardState
from bot.turns import Place
from bot.unreadable import read_one
from cards import notes
from cards import report as cards
from cards.elements import Card
from cards.reader import Reader
from cards.report_file import ReportKind
from tracing.errors import GraphError
from tracing.model import Answer, Between, Clock, Shortfall, TraceQuery
from tracing.plan import plan

EXTENDED_LIFETIME = LIFETIME - timedelta(hours=1)
"""Its list is kept for a day, and was read some time before it begins."""


class Errands(Protocol):
    """Where errands begin and rest; `bot.store.errands.Errands`."""

    async def add(self, errand: Errand, *, own: int, lifetime: timedelta) -> bool: ...

    async def show(self, errand_id: str, activity_id: str) -> None: ...

    async def name(self, errand_id: str, activity_id: str) -> None: ...

    async def of(self, kind: str, owner: str) -> Sequence[Standing]: ...

    async def find(self, errand_id: str, owner: str) -> Errand | None: ...

    async def stop(self, errand_id: str, owner: str) -> Errand | None: ...

    async def resume(self, errand_id: str, owner: str) -> Errand | None: ...


class Files(Protocol):
    """Where files begin; `bot.store.reports.Reports`."""

    async def open(self, report_id: str, owner: str, kind: ReportKind, name: str, full: bool) -> None: ...


class Offers(Protocol):
    """How a finished file is offered; `bot.delivery.Delivery`."""

    async def offer_again(self, report_id: str, person: Person, place: Place, reader: Reader) -> Card: ...


@dataclass(frozen=True)
class Begun:
    """Work that goes on once its card is shown in *place*: then `Reports.shown` is told where."""

    card: Card
    errand_id: str
    place: Place


class Reports:
    """Begins reports and keeps hold of them. *begun* is called when there is something to do."""

    def __init__(
        self,
        directory: Directory,
        states: States,
        errands: Errands,
        files: Files,
        offers: Offers,
        clock: Clock,
        begun: Callable[[], None],
        homes: Homes,
        look_back: timedelta = LOOK_BACK,
    ) -> None:
        self._directory = directory
        self._states = states
        self._errands = errands
        self._files = files
        self._offers = offers
        self._clock = clock
        self._begun = begun
        self._homes = homes
        self._look_back = look_back

    async def begin(self, question: CardState, person: Person, asker: Asker) -> Card | Begun:
        """An enhanced summary report of *question*, which *person* may ask. Raises: QueryError.

        Wherever it was asked for, it is written and offered in the 1:1: Teams takes files nowhere else.
        """
        home = await self._homes.at_home(asker)
        if home is None:
            return _not_reached(asker.reader)
        report_id = await self._states.save(question, home.aad_object_id, home.conversation_id)
        task = await self._task(ReportKind.ENHANCED, question, person, home.reader)
        return await self._add(report_id, task, LIFETIME, home)

    async def lacks_condition(self, question: CardState, asker: Asker) -> Card | None:
        """The card that asks for what an extended report needs, as in the admin center."""
        query = question.query
        if question.mine or any((query.senders, query.recipients, query.involving, has_id(query))):
            return None
        state_id = await self._states.save(question, asker.aad_object_id, asker.conversation_id)
        return cards.needs(query, forms.press(Refine(state_id)), asker.reader)

    async def cost(self, question: CardState, answer: Answer, full: bool, asker: Asker) -> Card:
        """What an extended report of *answer* takes, and the buttons; *full*: for the help desk."""
        kept = replace(question, answer=replace(answer, rows=answer.rows[:EXTENDED_ROWS]))
        state_id = await self._states.save(kept, asker.aad_object_id, asker.conversation_id)
        refine, reader = forms.press(Refine(state_id)), asker.reader
        searched, shortened = self._searched(question.query, answer.as_of, full, reader)
        if not answer.rows:
            return cards.nothing(searched, refine, reader, answer.withheld)
        rows = min(len(answer.rows), EXTENDED_ROWS)
        return cards.cost(
            ReportKind.EXTENDED,
            searched,
            rows,
            duration_of(rows),
            full,
            [*shortened, *_short(answer, reader), *_withheld(answer, reader)],
            forms.press(BeginReport(state_id)),
            forms.press(StopReport(state_id)),
            refine,
            reader,
        )

    async def handle(
        self, command: ReportCommand, state: CardState | None, person: Person, asker: Asker
    ) -> Card | Begun:
        """A button of a report's card; *state* is what its id stands for."""
        match command:
            case BeginReport(report_id):
                return await self._begin_extended(report_id, state, person, asker)
            case StopReport(report_id):
                return await self._stop(report_id, state, asker)
            case ResumeReport(report_id):
                return await self._resume(report_id, asker)
            case OfferFile(report_id):
                home = await self._homes.at_home(asker)
                if home is None or home.place is None:
                    return _not_reached(asker.reader)
                return await self._offers.offer_again(report_id, person, home.place, asker.reader)
            case _:
                assert_never(command)

    async def name(self, begun: Begun, activity_id: str) -> None:
        """Record the message *activity_id* as the place of the card of *begun*."""
        await self._errands.name(begun.errand_id, activity_id)

    async def shown(self, begun: Begun, activity_id: str) -> None:
        """The card of *begun* is the message *activity_id*: it may go on now."""
        await self._errands.show(begun.errand_id, activity_id)
        self._begun()

    async def _begin_extended(
        self, report_id: str, state: CardState | None, person: Person, asker: Asker
    ) -> Card | Begun:
        if state is None or state.answer is None:
            return cards.gone(asker.reader)
        home = await self._homes.at_home(asker)
        if home is None:
            return _not_reached(asker.reader)
        if home.conversation_id != asker.conversation_id:
            report_id = await self._states.save(state, home.aad_object_id, home.conversation_id)
        task = await self._task(ReportKind.EXTENDED, state, person, asker.reader)
        total = len(state.answer.rows)
        short = (*task.short, *_short(state.answer, asker.reader))
        task = replace(task, listed=report_id, total=total, short=tuple(dict.fromkeys(short)))
        task = replace(task, withheld=state.answer.withheld)
        return await self._add(report_id, task, EXTENDED_LIFETIME, home)

    async def _stop(self, report_id: str, state: CardState | None, asker: Asker) -> Card:
        stopped = await self._errands.stop(report_id, asker.aad_object_id)
        refine, reader = forms.press(Refine(report_id)), asker.reader
        task = None if stopped is None else _read(stopped)
        if task is not None:
            return cards.stopped(progress_of(task), forms.press(ResumeReport(report_id)), refine, reader)
        if state is None or state.answer is None:
            return cards.gone(reader)
        progress = cards.Progress(ReportKind.EXTENDED, state.query, 0)
        return cards.stopped(progress, None, refine, reader)

    async def _resume(self, report_id: str, asker: Asker) -> Card | Begun:
        errand = await self._errands.resume(report_id, asker.aad_object_id)
        if errand is None:
            errand = await self._errands.find(report_id, asker.aad_object_id)
        task = None if errand is None else _read(errand)
        if errand is None or task is None:
            return cards.gone(asker.reader)
        return Begun(writing_card(report_id, task, asker.reader), report_id, errand.place)

    async def _task(self, kind: ReportKind, question: CardState, person: Person, reader: Reader) -> Task:
        """The report of *question* with a fixed time range, so that it stays the same when resumed
        tomorrow."""
        now = self._clock.now() if question.answer is None else question.answer.as_of
        query, short = self._searched(question.query, now, person.helpdesk, reader)
        todo = plan(query, now)
        query = replace(query, period=Between(todo.window.start, todo.window.end))
        if Shortfall.HISTORY in todo.shortfalls:
            short.append(reader.say("report.short.history"))
        if query.client_ip is not None and kind is ReportKind.ENHANCED:
            short.append(reader.say("report.short.client_ip"))
        if (query.causes or query.rule) and kind is ReportKind.ENHANCED:
            short.append(reader.say("report.short.cause"))
        try:
            domains = await self._directory.domains()
        except GraphError:
            if query.direction is not None:
                raise
            domains = ()
        begun = self._clock.now().astimezone(reader.zone)
        name = f"message-trace-{kind}-{begun:%Y%m%d-%H%M%S}.csv"
        return Task(kind, query, question.mine, person.helpdesk, tuple(domains), name, tuple(short))

    def _searched(
        self, query: TraceQuery, now: datetime, full: bool, reader: Reader
    ) -> tuple[TraceQuery, list[str]]:
        """*query* with the time range that is searched, and whether it was shortened.

        For an employee, not *full*, their own mail goes back only to a limit.
        """
        period = query.period if full else recent(query.period, now, self._look_back) or query.period
        if period == query.period:
            return query, []
        shortened = reader.say("results.shortened", duration=reader.duration(self._look_back))
        return replace(query, period=period), [shortened]

    async def _add(self, report_id: str, task: Task, lifetime: timedelta, asker: Asker) -> Card | Begun:
        if asker.place is None:
            return cards.gone(asker.reader)
        for known in await self._errands.of(KIND, asker.aad_object_id):
            begun = _read(known.errand)
            if begun is not None and asker.asked and begun.asked == asker.asked:
                # A retry of the same turn after a kill.
                return Begun(writing_card(known.errand.id, begun, asker.reader), known.errand.id, asker.place)
        payload = TASKS.dump_json(replace(task, asked=asker.asked)).decode()
        errand = Errand(
            report_id, KIND, asker.aad_object_id, asker.place, asker.locale, asker.time_zone, payload
        )
        # Before the task exists: a task without its file could save no step.
        await self._files.open(report_id, asker.aad_object_id, task.kind, task.name, task.full)
        try:
            await self._errands.add(errand, own=MAX_OWN, lifetime=lifetime)
        except TooMany as many:
            again = forms.press(RunAgain(report_id))
            return cards.busy(MAX_OWN if many.own else None, again, asker.reader)
        return Begun(writing_card(report_id, task, asker.reader), report_id, errand.place)


def _read(errand: Errand) -> Task | None:
    """The progress of *errand*, None if it cannot be read."""
    return read_one(errand.payload, TASKS.validate_json, lambda _: f"report {errand.id}")


def has_id(query: TraceQuery) -> bool:
    """Whether *query* asks for messages by an id."""
    return bool(query.message_ids or query.message_trace_ids)


def _not_reached(reader: Reader) -> Card:
    return notes.told(reader.say("notice.private_refused"), reader)


def _withheld(answer: Answer, reader: Reader) -> list[str]:
    """The number of its rows that are of protected people."""
    return [reader.say("report.short.protected", n=answer.withheld)] if answer.withheld else []


def _short(answer: Answer, reader: Reader) -> list[str]:
    """What a report of *answer* will not hold, and why."""
    short = []
    if Shortfall.HISTORY in answer.shortfalls:
        short.append(reader.say("report.short.history"))
    if len(answer.rows) > EXTENDED_ROWS:
        short.append(reader.say("report.short.cap", n=EXTENDED_ROWS))
    elif answer.unchecked or answer.shortfalls - {Shortfall.HISTORY}:
        short.append(reader.say("report.short.list"))
    return short
