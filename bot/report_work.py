"""Writes reports, a page of rows or a few messages at a time: an errand of kind `report`.

Every step decides anew what the owner may see; its text and its place in the list are saved together.
"""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from pydantic import TypeAdapter

from bot import forms
from bot.access import Allowed, Person, decide, decide_mine
from bot.asking import States
from bot.commands import OfferFile, Refine, ResumeReport, StopReport
from bot.delivery import shown
from bot.directory import Directory
from bot.errands import Again, Done, Errand, Next, Stopped, Write
from bot.narrowing import Narrowing
from bot.record import Entry, Kind, Record, Who
from bot.sight import Hidden, Terms, is_stand_in, see_in
from bot.spelling import spell
from bot.store.reports import Report
from bot.turns import Notifier, Place, SendRefused
from cards import report as cards
from cards import report_file
from cards.elements import Card
from cards.error import advice
from cards.reader import Reader
from cards.report_file import ReportKind, Sheet
from tracing.errors import GraphRefused, Throttled
from tracing.model import (
    Answer,
    Clock,
    MessageTrace,
    Source,
    Spender,
    TraceQuery,
    TraceRequest,
    Window,
)
from tracing.quota import BACKGROUND_LIMIT, ROLLING_WINDOW

KIND = "report"

MAX_BYTES = 256 * 1024 * 1024
"""Of a file, as it is delivered: half a million rows have about 170 MB."""

EXTENDED_ROWS = 1_000
"""What an extended report reads the events of: each row is a request, and the tenant has few."""

ROWS_A_STEP = 10
SHOWN_EVERY = timedelta(seconds=2)
_LONGEST_READ = timedelta(seconds=60)
_LONGEST_PIECE = timedelta(seconds=30)
_LONGEST_PROOFS = timedelta(seconds=20)
_LATER = timedelta(seconds=15)
_MAX_SHOWN = 1_000


@dataclass(frozen=True)
class Task:
    """A report and its progress. `query` is the owner's question, its time fixed; `full`: for the help desk.

    `asked` is the turn that started it. `rest` is the unread part of the list, None before it starts. An
    extended report reads the rows stored under `listed`, of which `done` are finished and `hidden` were left
    out since; `withheld` are of protected people. `short` holds sentences about what the file lacks.
    """

    kind: ReportKind
    query: TraceQuery
    mine: bool
    full: bool
    domains: tuple[str, ...]
    name: str
    short: tuple[str, ...] = ()
    rest: tuple[TraceRequest, ...] | None = None
    listed: str = ""
    total: int | None = None
    done: int = 0
    unread: int = 0
    withheld: int = 0
    hidden: int = 0
    size: int = 0
    written: bool = False
    asked: str = ""


TASKS = TypeAdapter(Task)


class Files(Protocol):
    """Where files are written; `bot.store.reports.Reports`."""

    async def find(self, report_id: str, owner: str) -> Report | None: ...

    def appending(self, report_id: str, start: int, text: bytes, rows: int, *, ready: bool) -> Write: ...

    def dropping(self, report_id: str) -> Write: ...


class ListGone(Exception):
    """The list that an extended report is of has expired."""


class Offers(Protocol):
    """How a finished file is offered; `bot.delivery.Delivery`."""

    async def offer(self, report: Report, place: Place, reader: Reader) -> None: ...


@dataclass(frozen=True)
class _Piece:
    """What a step brings: text, how many rows it holds, the task after it; *last* when nothing follows."""

    text: str
    rows: int
    task: Task
    last: bool


@dataclass
class _Shown:
    """What the cards of this process's errands say, and since when: what changes nothing is not sent."""

    cards: dict[str, tuple[float, int]] = field(default_factory=dict)

    def is_due(self, errand_id: str, done: int, now: float) -> bool:
        """Whether to show *done* now, which is then noted."""
        last = self.cards.get(errand_id)
        if last is not None and (last[1] == done or now - last[0] < SHOWN_EVERY.total_seconds()):
            return False
        self.cards[errand_id] = (now, done)
        while len(self.cards) > _MAX_SHOWN:
            del self.cards[next(iter(self.cards))]
        return True


class ReportWork:
    """Meets `bot.errands.Work`. *reader* makes a reader of a locale and a time zone."""

    kind = KIND

    def __init__(
        self,
        source: Source,
        directory: Directory,
        narrowing: Narrowing,
        record: Record,
        states: States,
        files: Files,
        offers: Offers,
        notifier: Notifier,
        clock: Clock,
        reader: Callable[[str, str], Reader],
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._max_bytes = max_bytes
        self._source = source
        self._directory = directory
        self._narrowing = narrowing
        self._record = record
        self._states = states
        self._files = files
        self._offers = offers
        self._notifier = notifier
        self._clock = clock
        self._reader = reader
        self._shown = _Shown()

    async def step(self, errand: Errand) -> Next:
        """Write the next piece, or offer the finished file."""
        task = TASKS.validate_json(errand.payload)
        reader = self._reader(errand.locale, errand.time_zone)
        person = await self._directory.who(errand.owner)
        decided = decide_mine if task.mine else decide
        decision = decided(person, task.query, self._clock.now(), self._narrowing.look_back)
        if person is None or not isinstance(decision, Allowed) or person.helpdesk != task.full:
            card = cards.changed(reader)
            return Done(self._files.dropping(errand.id), lambda: self._put_up(errand, card))
        if task.written:
            return await self._offer(errand, task, person, reader)
        terms = await self._narrowing.terms(person, task.query.ticket)
        sheet = Sheet(task.kind, reader.zone, task.domains, task.full)
        try:
            if task.kind is ReportKind.ENHANCED:
                piece = await self._rows(errand, task, decision, terms, sheet)
            else:
                piece = await self._events(errand, task, terms, sheet)
        except Throttled as full:
            return Again(errand.payload, max(_LATER, full.retry_after or _LATER))
        if piece is None:
            return Again(errand.payload, _LATER)
        return self._keep(errand, task, piece, sheet, reader)

    async def give_up(self, errand: Errand, fault: Exception, reference: str) -> Next:
        """Say why, and rest until somebody resumes it."""
        task = TASKS.validate_json(errand.payload)
        reader = self._reader(errand.locale, errand.time_zone)
        card = cards.failed(
            progress_of(task),
            advice(fault, reader),
            reference,
            forms.press(ResumeReport(errand.id)),
            forms.press(Refine(errand.id)),
            reader,
        )
        return Stopped(errand.payload, then=lambda: self._put_up(errand, card))

    async def _rows(
        self, errand: Errand, task: Task, decision: Allowed, terms: Terms, sheet: Sheet
    ) -> _Piece | None:
        """The next page of the list; None when nobody gave any in time."""
        query = replace(decision.query, domains=task.domains)
        spender = Spender(errand.owner, background=True)
        try:
            async with (
                asyncio.timeout(_LONGEST_READ.total_seconds()),
                aclosing(self._source.batches(query, spender, task.rest)) as batches,
            ):
                batch = await anext(batches, None)
        except TimeoutError:
            return None
        if batch is None:
            return _Piece("", 0, replace(task, rest=()), last=True)
        seen, withheld = await self._seen(batch.rows, task, terms, errand.owner)
        after = replace(task, rest=batch.rest, done=task.done + len(seen), withheld=task.withheld + withheld)
        return _Piece(report_file.rows(sheet, seen), len(seen), after, last=not batch.rest)

    async def _seen(
        self, rows: tuple[MessageTrace, ...], task: Task, terms: Terms, owner: str
    ) -> tuple[list[MessageTrace], int]:
        """What of *rows* the owner may have, and how many of protected people are held back."""
        # Without conditions on events: a file does not check those.
        query = replace(task.query, causes=(), rule="", client_ip=None)
        if terms.sees_all:
            verdicts = [see_in(query, row, terms, proven=False) for row in rows]
            withheld = sum(row is Hidden.PROTECTED for row in verdicts)
            return [row for row in verdicts if isinstance(row, MessageTrace)], withheld
        now = self._clock.now()
        found = Answer(rows, Window(now, now), now, 0, len(rows))
        spender = Spender(owner, background=True)
        until = asyncio.get_running_loop().time() + _LONGEST_PROOFS.total_seconds()
        return list((await self._narrowing.narrow_on(found, query, terms, spender, until)).rows), 0

    async def _events(self, errand: Errand, task: Task, terms: Terms, sheet: Sheet) -> _Piece | None:
        """The events of the next few rows; None when nobody gave any."""
        rows, own = await self._listed(errand, task)
        texts: list[str] = []
        unread, withheld, hidden = task.unread, task.withheld, task.hidden
        time = asyncio.get_running_loop().time
        until = time() + _LONGEST_PIECE.total_seconds()
        for listed in rows[task.done : task.done + ROWS_A_STEP]:
            if texts and time() > until:
                # Each may have waited for the quota; what is read is saved before the step's time is up.
                break
            row = see_in(task.query, listed, terms, proven=own)
            if isinstance(row, Hidden):
                withheld, hidden = withheld + (row is Hidden.PROTECTED), hidden + 1
                texts.append("")
                continue
            if is_stand_in(row):
                texts.append(report_file.events(sheet, row, ()))
                continue
            try:
                found = await self._source.details(
                    row.message_trace_id, row.recipient_address, Spender(errand.owner, background=True)
                )
            except GraphRefused:
                found, unread = (), unread + 1
            except Throttled:
                if not texts:
                    raise
                break
            texts.append(report_file.events(sheet, row, found))
        done = task.done + len(texts)
        after = replace(task, done=done, unread=unread, withheld=withheld, hidden=hidden)
        return _Piece("".join(texts), len(list(filter(None, texts))), after, last=done >= len(rows))

    async def _listed(self, errand: Errand, task: Task) -> tuple[Sequence[MessageTrace], bool]:
        """The rows that were found before it began, and whether they were cut to the owner's own mail."""
        state = await self._states.find(task.listed, errand.owner, errand.place.conversation_id)
        if state is None or state.answer is None:
            raise ListGone
        return state.answer.rows[:EXTENDED_ROWS], state.own

    def _keep(self, errand: Errand, task: Task, piece: _Piece, sheet: Sheet, reader: Reader) -> Next:
        """The step that saves *piece*, with the head before the first and the foot behind the last."""
        text = (report_file.head(sheet) if task.size == 0 else "") + piece.text
        data, after, last, rows = text.encode(), piece.task, piece.last, piece.rows
        if task.size and task.size + len(data) > self._max_bytes:
            data, rows, last = b"", 0, True
            after = replace(task, short=(*task.short, reader.say("report.short.size")))
        if last:
            short = list(after.short)
            if after.unread:
                short.append(reader.say("report.short.unread", n=after.unread))
            if after.withheld:
                short.append(reader.say("report.short.protected", n=after.withheld))
            if not after.full:
                short.append(reader.say("report.short.own"))
            lines = after.done - after.hidden
            now = self._clock.now()
            data += report_file.foot(sheet, lines, task.query, short, reader, now).encode()
        after = replace(after, size=task.size + len(data), written=last)
        write = self._files.appending(errand.id, task.size, data, rows, ready=last) if data else None
        payload = TASKS.dump_json(after).decode()
        return Again(payload, write=write, then=lambda: self._show(errand, after, reader))

    async def _offer(self, errand: Errand, task: Task, person: Person, reader: Reader) -> Next:
        report = await self._files.find(errand.id, errand.owner)
        if report is None:
            return Done(then=lambda: self._put_up(errand, cards.gone(reader)))
        who = Who(errand.owner, person.name, errand.place.conversation_id, errand.place.kind.value)
        asked = spell(task.query, f"report {task.kind}{' mine' if task.mine else ''}")
        # Before it is offered: what cannot be recorded is not handed out.
        await self._record.note(Entry(Kind.REPORT, who, asked, rows=report.rows, ticket=task.query.ticket))
        await self._offers.offer(report, errand.place, reader)
        card = cards.ready(shown(report), forms.press(OfferFile(report.id)), reader)
        return Done(then=lambda: self._put_up(errand, card))

    async def _show(self, errand: Errand, task: Task, reader: Reader) -> None:
        if not task.written and self._shown.is_due(errand.id, task.done, self._clock.monotonic()):
            await self._put_up(errand, writing_card(errand.id, task, reader))

    async def _put_up(self, errand: Errand, card: Card) -> None:
        """Show *card* where the errand's card is; without one nobody waits for it."""
        if not errand.activity_id:
            return
        try:
            await self._notifier.update(errand.place, errand.activity_id, card)
        except SendRefused as refusal:
            if refusal.status not in (400, 404):
                raise


def writing_card(report_id: str, task: Task, reader: Reader) -> Card:
    """How far *task* is."""
    return cards.writing(progress_of(task), forms.press(StopReport(report_id)), reader)


def progress_of(task: Task) -> cards.Progress:
    """How far *task* is, as cards show it."""
    left = None if task.total is None else duration_of(task.total - task.done)
    return cards.Progress(task.kind, task.query, task.done, task.total, left, task.short)


def duration_of(requests: int) -> timedelta:
    """How long so many requests take, at the share of the tenant's quota that is left to the background."""
    return ROLLING_WINDOW * requests / BACKGROUND_LIMIT
