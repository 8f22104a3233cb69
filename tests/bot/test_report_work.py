"""Writing a report: cut off anywhere it ends the same; memory stays flat; who may see less gets no more."""

import tracemalloc
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.access import Person
from bot.errands import Again, Errand, LeaseLost, Stopped
from bot.narrowing import Narrowing
from bot.record import Entry, Kind
from bot.report_work import KIND, MAX_BYTES, TASKS, ReportWork, Task
from bot.store.database import Database
from bot.store.errands import Claim, Errands
from bot.store.reports import Report, Reports
from bot.store.states import CardState
from bot.turns import Author, Message, Place, PlaceKind, Post
from cards.reader import Reader, reader_of
from cards.report_file import ReportKind
from tests.bot.store.ageing import pass_time
from tests.signing import HeldClock
from tracing.errors import GraphRefused, Throttled
from tracing.model import (
    AddressPattern,
    Answer,
    Batch,
    MessageTrace,
    Spender,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    Window,
)

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
WINDOW = Window(NOW - timedelta(days=2), NOW)
PLACE = Place("https://smba.trafficmanager.net/emea", "a:1", PlaceKind.PERSONAL, "tenant", "28:bot")
ANNA = Person("anna", "Anna", ("anna@contoso.co.jp",), helpdesk=True)
PAGE = 50


def row(number: int) -> MessageTrace:
    return MessageTrace(
        f"{number:08}-0000-4000-8000-000000000000",
        f"<{number}@hoge.com>",
        NOW - timedelta(seconds=number),
        f"s{number}@hoge.com",
        "anna@contoso.co.jp",
        f"件名 {number}",
        number,
        "delivered",
        "192.0.2.1",
        "",
    )


@dataclass
class Mail:
    """Meets `tracing.model.Source`: so many rows, a page a batch; now and then the purse is empty."""

    count: int = 4 * PAGE
    page: int = PAGE
    empty_every: int = 0
    unreadable: frozenset[str] = frozenset()
    asked: int = 0
    spenders: set[Spender] = field(default_factory=set)

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        raise NotImplementedError

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        raise NotImplementedError

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        self._spend(spender)
        first = 0 if rest is None else int(rest[0].message_id or "")
        while first < self.count:
            rows = tuple(row(number) for number in range(first, min(first + self.page, self.count)))
            first += self.page
            left = () if first >= self.count else (TraceRequest(WINDOW, message_id=str(first)),)
            yield Batch(rows, left, WINDOW, 1, len(rows), 1)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        self._spend(spender)
        if message_trace_id in self.unreadable:
            raise GraphRefused(404, "")
        return tuple(TraceEvent(NOW, name) for name in ("Receive", "Deliver"))

    def _spend(self, spender: Spender) -> None:
        self.asked += 1
        self.spenders.add(spender)
        if self.empty_every and self.asked % self.empty_every == 0:
            raise Throttled(timedelta(minutes=1))


@dataclass
class Directory:
    """Meets `bot.directory.Directory`: knows one person, as they are now."""

    person: Person | None = ANNA
    hidden: frozenset[str] = frozenset()

    async def who(self, aad_object_id: str) -> Person | None:
        return self.person

    async def domains(self) -> tuple[str, ...]:
        return ("contoso.co.jp",)

    async def protected(self) -> frozenset[str]:
        return self.hidden


@dataclass
class Kept:
    """Meets `bot.asking.States`: one list."""

    rows: tuple[MessageTrace, ...] = ()

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        raise NotImplementedError

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        answer = Answer(self.rows, WINDOW, NOW, 1, len(self.rows))
        return CardState(TraceQuery(), mine=False, answer=answer) if self.rows else None


@dataclass
class Notes:
    """Meets `bot.record.Record`."""

    entries: list[Entry] = field(default_factory=list)

    async def note(self, entry: Entry) -> None:
        self.entries.append(entry)


@dataclass
class Wall:
    """Meets `bot.turns.Notifier`, and hears of offers."""

    cards: list[str] = field(default_factory=list)
    offers: list[Report] = field(default_factory=list)

    async def send(self, place: Place, post: Message) -> str:
        raise NotImplementedError

    async def update(self, place: Place, activity_id: str, post: Post) -> None:
        self.cards.append(str(getattr(post, "summary", "")))

    async def open_private(self, place: Place, author: Author) -> Place:
        return place

    async def offer(self, report: Report, place: Place, reader: Reader) -> None:
        self.offers.append(report)


@dataclass
class Desk:
    """Everything a report needs, on *database*."""

    database: Database
    mail: Mail = field(default_factory=Mail)
    directory: Directory = field(default_factory=Directory)
    kept: Kept = field(default_factory=Kept)
    wall: Wall = field(default_factory=Wall)
    record: Notes = field(default_factory=Notes)
    clock: HeldClock = field(default_factory=lambda: HeldClock(NOW))
    max_bytes: int = MAX_BYTES

    def __post_init__(self) -> None:
        self.errands, self.files = Errands(self.database), Reports(self.database)
        self.work = ReportWork(
            self.mail,
            self.directory,
            Narrowing(self.mail, self.directory, self.clock),
            self.record,
            self.kept,
            self.files,
            self.wall,
            self.wall,
            self.clock,
            lambda locale, zone: reader_of(locale, zone, ZoneInfo("UTC")),
            self.max_bytes,
        )

    async def begin(self, report_id: str, kind: ReportKind = ReportKind.ENHANCED, **changes: object) -> None:
        task = Task(kind, TraceQuery(), False, True, ("contoso.co.jp",), f"{report_id}.csv")
        payload = TASKS.dump_json(replace(task, **changes)).decode()  # type: ignore[arg-type]
        await self.errands.add(Errand(report_id, KIND, "anna", PLACE, "en-US", "Asia/Tokyo", payload))
        await self.files.open(report_id, "anna", kind, task.name, full=True)
        await self.errands.show(report_id, "m1")

    async def claim(self) -> Claim | None:
        """What is to be done next; None when there is nothing. Whatever waits, waits no longer."""
        found = await self.errands.claim()
        if isinstance(found, timedelta):
            await pass_time(self.database, timedelta(minutes=5))
            found = await self.errands.claim()
        return found if isinstance(found, Claim) else None

    async def finish(self, cut: frozenset[int] = frozenset()) -> None:
        """Work to the end; the steps in *cut* are killed before they are saved."""
        step = 0
        while (claim := await self.claim()) is not None:
            next_ = await self.work.step(claim.errand)
            if step not in cut:
                await self.errands.save(claim, next_)
                if next_.then is not None:
                    await next_.then()
            step += 1

    async def text(self, report_id: str) -> str:
        return (await self.files.read(report_id, 0, 1 << 30)).decode()


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


async def test_cut_off_it_ends_the_same(desk: Desk) -> None:
    """Killed before a step was saved, or out of quota, a report has the same rows as an undisturbed one."""
    await desk.begin("whole")
    await desk.finish()
    desk.mail.empty_every = 2
    for killed in range(5):
        await desk.begin(f"cut{killed}")
        await desk.finish(frozenset({killed}))
        await desk.errands.release()
        await desk.finish()

    # The clock moved on between them, and the foot says when each was written.
    whole = (await desk.text("whole")).partition("# Written")[0]
    assert whole.count('hoge.com","anna@contoso.co.jp",') == desk.mail.count
    for killed in range(5):
        assert (await desk.text(f"cut{killed}")).partition("# Written")[0] == whole
    assert {report.rows for report in desk.wall.offers} == {desk.mail.count}


async def test_two_processes_write_one_file(desk: Desk) -> None:
    """A step that was slower than its lease writes nothing beside the one that took over."""
    await desk.begin("r")
    slow = await desk.claim()
    assert slow is not None
    late = await desk.work.step(slow.errand)
    await desk.errands.release()
    await desk.finish()
    with pytest.raises(LeaseLost):
        await desk.errands.save(slow, late)

    assert (await desk.text("r")).count('hoge.com","anna@contoso.co.jp",') == desk.mail.count


async def test_extended_is_cut_off_too(desk: Desk) -> None:
    """The events of every row stand there once, however often the purse was empty."""
    desk.kept.rows = tuple(row(number) for number in range(25))
    desk.mail.empty_every, desk.mail.unreadable = 4, frozenset({row(3).message_trace_id})
    await desk.begin("r", ReportKind.EXTENDED, listed="x", total=25)
    await desk.finish(frozenset({1, 3}))
    await desk.errands.release()
    await desk.finish()

    text = await desk.text("r")
    assert text.count('"Receive"') == text.count('"Deliver"') == 24
    assert "events of 1 row could not be read" in text
    assert "# 25 rows" in text
    assert all(spender == Spender("anna", background=True) for spender in desk.mail.spenders)


async def test_who_leaves_gets_no_more(desk: Desk) -> None:
    """A person who is of the help desk no longer has their unfinished file deleted, and is told."""
    await desk.begin("r")
    claim = await desk.claim()
    assert claim is not None
    await desk.errands.save(claim, await desk.work.step(claim.errand))
    desk.directory.person = replace(ANNA, helpdesk=False)
    await desk.finish()

    assert await desk.files.find("r", "anna") is None
    assert await desk.text("r") == ""
    assert desk.wall.cards == ["The report was stopped"]
    assert not desk.wall.offers


async def test_only_what_its_owner_may_see(desk: Desk) -> None:
    """Whatever a source gives, a row that is not the owner's own is not written for an employee."""
    desk.directory.person = replace(ANNA, helpdesk=False, addresses=("s3@hoge.com",))
    await desk.begin("r", full=False)
    await desk.finish()

    text = await desk.text("r")
    assert text.count('@hoge.com",') == text.count('s3@hoge.com",') == 1
    # Nothing proves that they addressed the recipient, who is not told therefore.
    assert "anna@contoso.co.jp" not in text


async def test_protected_people(desk: Desk) -> None:
    """Mail of protected people is held back, and how much of it; with a ticket its subject is masked."""
    desk.directory.person = replace(ANNA, addresses=("desk@contoso.co.jp",))
    desk.directory.hidden = frozenset({"s3@hoge.com", "s5@hoge.com"})
    await desk.begin("without")
    await desk.begin("with", query=TraceQuery(ticket="INC-1"))
    await desk.finish()

    without, with_ticket = await desk.text("without"), await desk.text("with")
    assert "s3@hoge.com" not in without
    assert "2 rows of protected people" in without
    assert "s3@hoge.com" in with_ticket
    assert '件名 3",' not in with_ticket
    assert "protected people" not in with_ticket


async def test_every_report_is_recorded(desk: Desk) -> None:
    """Before a file is offered it stands in the record: who, what conditions, how many rows."""
    await desk.begin("r", query=TraceQuery(senders=(AddressPattern("*@hoge.com"),), ticket="INC-1"))
    await desk.finish()

    (entry,) = desk.record.entries
    assert (entry.kind, entry.rows, entry.ticket) == (Kind.REPORT, desk.mail.count, "INC-1")
    assert entry.conditions.startswith("report enhanced from *@hoge.com")
    assert entry.who.aad_object_id == "anna"


async def test_too_large(database: Database) -> None:
    """A file that would grow beyond its bound ends early, and says so."""
    desk = Desk(database, max_bytes=30_000)
    await desk.begin("r")
    await desk.finish()

    text = await desk.text("r")
    assert len(text.encode()) < 31_000
    assert "would have become too large" in text
    assert f"# {desk.wall.offers[0].rows} rows" in text
    assert 0 < desk.wall.offers[0].rows < desk.mail.count


async def test_given_up(desk: Desk) -> None:
    """What cannot go on rests with what is written, and says what to do."""
    await desk.begin("r")
    claim = await desk.claim()
    assert claim is not None
    next_ = await desk.work.give_up(claim.errand, GraphRefused(400, ""), "0123abcd")
    assert isinstance(next_, Stopped)
    assert next_.then is not None
    await next_.then()

    assert desk.wall.cards == ["The report could not be finished"]


async def test_progress_is_shown_now_and_then(desk: Desk) -> None:
    """The card follows, at most every two seconds, and only when something changed."""
    await desk.begin("r")
    claim = await desk.claim()
    assert claim is not None
    next_ = await desk.work.step(claim.errand)
    assert isinstance(next_, Again)
    assert next_.then is not None
    for _ in range(3):
        await next_.then()
        desk.clock.advance(timedelta(seconds=3))

    assert len(desk.wall.cards) == 1


async def test_memory_is_flat(desk: Desk) -> None:
    """A report of many pages takes no more memory than one of few."""
    peaks = []
    for pages in (2, 10):
        desk.mail.count, desk.mail.page = pages * 1_000, 1_000
        await desk.begin(f"r{pages}")
        tracemalloc.start()
        await desk.finish()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()

    assert peaks[1] < peaks[0] * 1.5
