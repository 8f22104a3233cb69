"""What must be whole: each command, fault, refusal and shortfall is answered, in words, in both languages."""

import inspect
import string
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

import cards
from bot import forms
from bot import parse as parser
from bot.access import Person, Refusal
from bot.asking import Asker
from bot.commands import Command, Help
from bot.doctor.findings import Finding
from bot.errands import Amended, Errand
from bot.handlers import Handlers, Parts
from bot.homes import Homes
from bot.landing_work import Landings
from bot.moments import When
from bot.narrowing import Narrowing
from bot.parse import ParseError, parse
from bot.places import Approved, Places
from bot.record import AuditQuery, Entry, Noted
from bot.reports import Begun, Reports
from bot.searching import Search
from bot.store.errands import Standing
from bot.store.kept import KeptSearch, Question
from bot.store.states import CardState
from bot.store.watched import Acknowledged
from bot.turns import Author, Place
from bot.vocabulary import COMMANDS, FIELDS, PRESETS
from bot.watch_alerts import WatchAlerts
from bot.watch_looks import WatchLooks
from bot.watch_reads import WatchReads
from bot.watch_work import WatchWork
from bot.watches import Watches
from cards import error, notes
from cards.audit import outcome_words
from cards.elements import Card
from cards.help import EXAMPLES, FOR_AUDITORS, MORE
from cards.reader import Reader, reader_of
from cards.report import gone
from cards.report_file import ReportKind
from cards.texts import TEXTS
from tests import attack
from tests.commands import sample
from tracing import errors
from tracing.errors import GraphError, QueryError, TraceError
from tracing.model import (
    Answer,
    Batch,
    DeliveryStatus,
    Shortfall,
    Spender,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    Window,
)
from tracing.watch import Advance, Mark, Seen

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
READERS = [
    pytest.param(reader_of("ja-JP", "Asia/Tokyo", ZoneInfo("UTC")), id="ja"),
    pytest.param(reader_of("en-US", "America/New_York", ZoneInfo("UTC")), id="en"),
]
WHEN = When(NOW, ZoneInfo("Asia/Tokyo"))
FACTS: dict[str, Any] = {
    "oldest": NOW - timedelta(days=90),
    "text": "not an address",
    "retry_after": timedelta(seconds=90),
    "needed": "ExchangeMessageTrace.Read.All",
    "app_id": "8bd644d1-64a1-4d4b-ae52-2e0cbf64e373",
    "code": "AADSTS7000222",
    "reason": "ConnectTimeout",
    "status": 400,
    "setting": "TRACE_PROTECTED_GROUPS",
    "why": "name_unresolved",
}
"""What errors are made of, by the names of their parameters."""

OUR_FAULTS = {"GraphRefused"}
"""Errors that no reader can mend or cause: they share the words for what nobody expected."""


def said(card: object) -> str:
    """All the strings on a card."""
    match card:
        case dict():
            return "\n".join(said(value) for value in card.values())
        case list() | tuple():
            return "\n".join(said(value) for value in card)
        case _:
            return str(card)


class Everything:
    """A source, a directory, a store and a clock in one: knows everybody, finds nothing, remembers any id."""

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        return Answer((), Window(NOW - timedelta(days=2), NOW), NOW, 1, 0)

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        return answer

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        yield Batch((), (), Window(NOW, NOW), 1, 0, 0)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        return ()

    async def who(self, aad_object_id: str) -> Person | None:
        return Person(aad_object_id, "Somebody", ("somebody@contoso.co.jp",), helpdesk=True)

    async def domains(self) -> tuple[str, ...]:
        return ("contoso.co.jp",)

    async def protected(self) -> frozenset[str]:
        return frozenset()

    async def note(self, entry: Entry) -> None: ...

    async def claim(self, conversation_id: str, activity_id: str) -> bool:
        return True

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        return "x"

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        return CardState(TraceQuery(), mine=False, answer=await self.trace(TraceQuery(), Spender("x")))

    async def examine(self) -> list[Finding]:
        return [Finding("settings", "settings_fine")]

    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None: ...


class Shelf:
    """A store of kept searches that has one of any name and id."""

    async def remember(self, owner: str, question: Question) -> None: ...

    async def save(self, owner: str, name: str, question: Question) -> bool:
        return False

    async def rename(self, owner: str, kept_id: str, name: str) -> None: ...

    async def forget(self, owner: str, kept_id: str) -> None: ...

    async def find(self, owner: str, kept_id: str) -> KeptSearch | None:
        return KeptSearch(kept_id, "name", Question(TraceQuery(), mine=False))

    async def find_named(self, owner: str, name: str) -> KeptSearch | None:
        return KeptSearch("x", name, Question(TraceQuery(), mine=False))

    async def saved(self, owner: str) -> Sequence[KeptSearch]:
        return [KeptSearch("x", "name", Question(TraceQuery(), mine=False))]

    async def unreadable(self, owner: str) -> Sequence[str]:
        return []

    async def recent(self, owner: str) -> Sequence[KeptSearch]:
        return [KeptSearch("x", "", Question(TraceQuery(), mine=False))]


class Nothing:
    """Errands, files and their delivery in one: takes whatever comes, and has nothing."""

    async def add(
        self, errand: Errand, *, own: int, lifetime: timedelta, here: int = 0, most: int = 0
    ) -> bool:
        return True

    async def of(self, kind: str, owner: str) -> Sequence[Standing]:
        return []

    async def unreadable(self, kind: str, owner: str) -> Sequence[str]:
        return []

    async def at(self, kind: str, conversation_id: str) -> Sequence[Standing]:
        return []

    async def get(self, errand_id: str) -> Standing | None:
        return None

    async def put_off(self, errand_id: str, owner: str, rest: timedelta | None) -> Errand | None:
        return None

    async def amend(self, errand_id: str, owner: str, change: Callable[[str], Amended]) -> bool:
        return False

    async def move(self, errand_id: str, owner: str, place: Place, change: Callable[[str], str]) -> bool:
        return False

    async def drop(self, errand_id: str, owner: str) -> bool:
        return False

    async def show(self, errand_id: str, activity_id: str) -> None: ...

    async def name(self, errand_id: str, activity_id: str) -> None: ...

    async def find(self, errand_id: str, owner: str) -> Errand | None:
        return None

    async def stop(self, errand_id: str, owner: str) -> Errand | None:
        return None

    async def resume(self, errand_id: str, owner: str) -> Errand | None:
        return None

    async def open(self, report_id: str, owner: str, kind: ReportKind, name: str, full: bool) -> None: ...

    async def offer_again(self, report_id: str, person: Person, place: Place | None, reader: Reader) -> Card:
        return gone(reader)


class Ledger:
    """A record in which nothing stands."""

    async def count(self, asked: AuditQuery, up_to: int | None = None) -> tuple[int, int]:
        return 0, 0

    async def find(self, asked: AuditQuery, up_to: int, first: int, most: int) -> Sequence[Noted]:
        return []


class Nowhere:
    """Places, none of them approved, and nobody in them."""

    async def approve(self, place: Place, approved_by: str, *, details: bool = False) -> None: ...

    async def revoke(self, conversation_id: str) -> bool:
        return False

    async def forget(self, place: Place, *, whole_team: bool) -> int:
        return 0

    async def all(self) -> Sequence[Approved]:
        return []

    async def find(self, conversation_id: str) -> Approved | None:
        return None

    async def learn_targeted(self, place: Place) -> None: ...

    async def knows_targeted(self, place: Place) -> bool:
        return False

    async def has_outsiders(self, place: Place) -> bool:
        return True

    async def is_member(self, place: Place, teams_id: str) -> bool:
        return False


class Silent:
    """Sends nothing."""

    async def send(self, place: Place, post: object) -> str:
        return ""

    async def update(self, place: Place, activity_id: str, post: object) -> None: ...

    async def delete(self, place: Place, activity_id: str) -> None: ...

    async def open_private(self, place: Place, author: Author) -> Place:
        return place

    async def create_thread(self, place: Place, post: object) -> tuple[Place, str]:
        return place, ""


class Unmet:
    """Knows nobody's 1:1."""

    async def save(self, author: Author, place: Place) -> None: ...

    async def find(self, author: Author, tenant_id: str) -> Place | None:
        return None


def reads_english(locale: str, time_zone: str) -> Reader:
    return reader_of("en-US", "", ZoneInfo("UTC"))


class Unwatched:
    """What watches know: nothing."""

    async def load(self, watch_id: str) -> tuple[datetime | None, dict[Mark, Seen]]:
        return None, {}

    async def write(self, connection: AsyncConnection, watch_id: str, step: Advance) -> None: ...

    async def forget(self, connection: AsyncConnection, watch_id: str) -> None: ...

    async def acknowledge(self, watch_id: str, trouble: int, name: str) -> Acknowledged:
        return Acknowledged(name, NOW)

    async def acknowledged(self, watch_id: str, trouble: int) -> Acknowledged | None:
        return None


def watches_over(all_: Everything, none: Nothing, places: Places) -> Watches:
    narrowing, knows, silent = Narrowing(all_, all_, all_), Unwatched(), Silent()
    looks = WatchLooks(all_, WatchReads(all_, all_), all_, narrowing, all_)
    work = WatchWork(looks, WatchAlerts(all_, knows, reads_english), knows, places, silent, all_)
    return Watches(none, knows, all_, all_, silent, work, all_, timedelta(days=30), lambda: None)


def handlers_over(all_: Everything) -> Handlers:
    """Handlers whose every need *all_* meets, or something that does nothing."""
    none = Nothing()
    reports = Reports(all_, all_, none, none, none, all_, lambda: None, Homes(Unmet(), Silent()))
    places = Places(Nowhere(), Nowhere(), frozenset())
    landings = Landings(
        all_,
        all_,
        Narrowing(all_, all_, all_),
        all_,
        all_,
        none,
        Silent(),
        all_,
        reads_english,
        Homes(Unmet(), Silent()),
    )
    return Handlers(
        Parts(
            source=all_,
            directory=all_,
            states=all_,
            kept=Shelf(),
            reports=reports,
            landings=landings,
            watches=watches_over(all_, none, places),
            clock=all_,
            bot_name="Mail Trace",
            examiner=all_,
            record=all_,
            reader=Ledger(),
            places=places,
            notifier=Silent(),
            once=all_,
        )
    )


@pytest.mark.parametrize("command", get_args(Command))
async def test_command_is_handled(command: type[Command]) -> None:
    """Whatever can be asked is answered with a card, or with a search that ends in one."""
    handlers = handlers_over(Everything())
    asker = Asker("someone", reader_of("en-US", "", ZoneInfo("UTC")), "here")

    answer = await handlers.prepare(sample(command), asker)
    card = await handlers.searching.run(answer, asker) if isinstance(answer, Search) else answer

    assert (card.card if isinstance(card, Begun) else card).summary


@pytest.mark.parametrize("command", get_args(Command))
def test_command_can_be_given(command: type[Command]) -> None:
    """Every command is typed, or is what some button sends; the button's verb is read back as the same."""
    if command in typed_by_example():
        return
    given: Any = sample(command)
    press = forms.press(given)

    assert forms.read(press.verb, dict(press.data)) == given


def typed_by_example() -> set[type[Command]]:
    return {type(parse(line, WHEN)) for _, *lines in (*EXAMPLES, *MORE, *FOR_AUDITORS) for line in lines}


@pytest.mark.parametrize(
    "words", [*COMMANDS.values(), *FIELDS.values(), *PRESETS.values()], ids=lambda words: words[0]
)
def test_word_is_in_the_grammar(words: tuple[str, ...]) -> None:
    """The grammar in the parser's docstring names each word, in both languages where there are two."""
    grammar = (parser.__doc__ or "").casefold().split()
    japanese = next((word for word in words if not word.isascii()), words[0])

    assert {words[0], japanese} <= {piece.strip('"(),[]') for piece in grammar}


@pytest.mark.parametrize("name", COMMANDS)
def test_command_word_has_a_help_line(name: str) -> None:
    """What begins a command begins an example of the help card, in each language."""
    firsts = {line.split()[0] for _, *lines in (*EXAMPLES, *MORE, *FOR_AUDITORS) for line in lines}

    assert firsts & set(COMMANDS[name])


def faults() -> list[TraceError]:
    """One of each error that a reader can meet."""
    kinds = [
        kind
        for _, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, TraceError) and kind not in (TraceError, QueryError, GraphError)
    ]
    return [kind(*(FACTS[name] for name in parameters(kind))) for kind in kinds]


def parameters(kind: type[TraceError]) -> list[str]:
    """What *kind* is made of; one that holds no fact has the constructor of every exception."""
    made = next((vars(base)["__init__"] for base in kind.__mro__[:-3] if "__init__" in vars(base)), None)
    return list(inspect.signature(made).parameters)[1:] if made else []


@pytest.mark.parametrize("reader", READERS)
def test_fault_has_its_own_title(reader: Reader) -> None:
    """No two faults look alike, and each says that nothing could be looked up."""
    titles = {}
    for fault in faults():
        card = error.render(fault, TraceQuery(), None, "0123abcd", reader)
        texts = said(card.content)
        assert reader.say("fault.could_not_look") in texts.replace("\\", "")
        titles[type(fault).__name__] = card.content["body"][0]["items"][0]["text"]
    own = [title for name, title in titles.items() if name not in OUR_FAULTS]

    assert len(set(own)) == len(own)
    assert titles["GraphRefused"] not in own


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("reason", [*Refusal, "expired", "bad_tap"])
def test_refusal_says_why(reason: str, reader: Reader) -> None:
    """Each reason for which a person may not has its own sentence."""
    card = notes.refused(reason, forms.press(Help()), reader)

    assert reader.say(f"refused.{reason}") in said(card.content).replace("\\", "")


@pytest.mark.parametrize("reader", READERS)
def test_outcome_on_record_has_words(reader: Reader) -> None:
    """Each reason for which a look showed nothing is told to auditors in words, each in its own."""
    codes = [
        *Refusal,
        "outsiders",
        "configured",
        "not_approved",
        *(type(fault).__name__ for fault in faults()),
    ]
    words = [outcome_words(code, reader) for code in codes]

    assert not set(words) & set(codes)
    assert len(set(words)) == len(codes)
    assert outcome_words("of some other version", reader) == "of some other version"


@pytest.mark.parametrize("reader", READERS)
def test_what_is_missing_is_named(reader: Reader) -> None:
    """Each reason why an answer is not complete, and each state, has words of its own."""
    for names in (
        [reader.say(f"shortfall.{shortfall}", n=5_000) for shortfall in Shortfall],
        [reader.say(f"status.{status}") for status in DeliveryStatus],
    ):
        assert all(names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    "text",
    [
        "trac sender a@x.jp",
        "trace nonsense",
        "trace sender nonsense",
        "trace status nonsense",
        "trace last nonsense",
        "trace id nonsense",
        "trace subject",
        "trace ip nonsense",
        "trace direction nonsense",
        "trace ticket !",
        "trace since nonsense",
        "trace since 2026-10-12 until 2026-10-10",
        "trace since 2026-11-01",
        "trace sender " + ",".join(f"{n}@x.jp" for n in range(60)),
        'trace sender "a@x.jp',
        "trace sender",
        "x" * 3_000,
    ],
)
def test_misreading_says_what_was_expected(text: str) -> None:
    """Whatever is not understood, there is a sentence for what belongs there."""
    with pytest.raises(ParseError) as wrong:
        parse(text, WHEN)

    assert wrong.value.sentence or f"expected.{wrong.value.expected}" in TEXTS


def test_sentence_stands_in_one_room() -> None:
    """No two files give one key a sentence each: the second would replace the first wherever it is said."""
    rooms = [room.name for room in iter_modules(cards.__path__) if room.name.endswith("_texts")]
    texts = [getattr(import_module(f"cards.{room}"), room.upper(), {}) for room in rooms]
    where = Counter(key for some in texts for key in some)

    assert len(where) > 500
    assert not [key for key, count in where.items() if count > 1]


def test_sentences_are_in_both_languages() -> None:
    """Japanese and English fill in the same facts."""

    def facts(sentence: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    unlike = [key for key, said in TEXTS.items() if facts(said["ja"]) != facts(said["en"])]

    assert not unlike


def test_attacks_are_listed() -> None:
    """The room of attacks lists each of its files with the kind of attack that it holds."""
    files = {module.name for module in iter_modules(attack.__path__) if module.name.startswith("test_")}
    listed = [line.split()[0] for line in (attack.__doc__ or "").splitlines() if line.startswith("    test_")]

    assert sorted(listed) == sorted(files)
