"""What an employee never gets, on any card or in a file: an address that the table does not allow them."""

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from ipaddress import ip_network
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot import forms
from bot.access import Person, decide
from bot.asking import Asker
from bot.commands import Command, Mine, Report, Trace
from bot.narrowing import Narrowing
from bot.reports import Begun
from bot.searching import Search
from bot.store.states import CardState
from cards.elements import Card
from cards.reader import reader_of
from cards.report_file import ReportKind
from demo.events import (
    Step,
    deliver,
    drop,
    expand,
    fail,
    receive,
    resolve,
    submit,
    transfer,
    transport_rule,
)
from tests.line import buttons
from tests.test_surface import NOW, Everything, handlers_over
from tracing.model import (
    AddressPattern,
    Answer,
    Batch,
    DeliveryStatus,
    Last,
    MessageTrace,
    Spender,
    SubjectFilter,
    SubjectMode,
    TraceEvent,
    TraceQuery,
    TraceRequest,
    trouble_first,
)
from tracing.plan import meets, plan

ME = Person("22222222-2222-4222-8222-222222222202", "Me", ("me@x.jp", "alias@x.jp"), helpdesk=False)
MONTH = Last(timedelta(days=30))

ROUTES: dict[str, tuple[bool, str, tuple[Step, ...]]] = {
    "typed": (True, "delivered", (receive(), submit(), deliver())),
    "failed": (True, "failed", (receive(), submit(), fail(2, "550 5.1.1 User unknown"))),
    "ruled": (True, "failed", (receive(), submit(), transport_rule(2, "r", "i"), fail(3, "550 5.7.1 no"))),
    "group": (True, "expanded", (receive(), submit(), expand(2, "g@x.jp", 9), drop(2, "250 2.1.5 Expanded"))),
    "member": (False, "delivered", (transfer(3), deliver(4))),
    "inner": (False, "expanded", (expand(3, "g@x.jp", 2), drop(4, "250 2.1.5 Expanded"))),
    "redirected": (False, "delivered", (resolve(2, "a@x.jp", "b@x.jp", "Redirect"), transfer(2), deliver())),
    "bcc": (False, "failed", (transport_rule(2, "secret", "i", "BlindCopyTo"), fail(3, "554 5.2.2 full"))),
    "forward": (
        False,
        "delivered",
        (resolve(4, "a@x.jp", "b@x.jp", "Redirect", "MailboxRules"), submit(5), deliver(6)),
    ),
    "copy": (False, "delivered", (submit(9), deliver(10))),
    "same second": (
        False,
        "delivered",
        (transport_rule(0, "r", "i", "BlindCopyTo"), receive(), submit(), deliver()),
    ),
    "untold": (False, "pending", ()),
}
"""How a recipient comes into a mail: whether its sender named them, where it ends, what is told of it."""


@dataclass(frozen=True)
class Mailed:
    """One mail: who sent it, and by which route each recipient came in.

    None is the employee themselves, and "" nobody, so that the others keep their places and so their names.
    """

    sender: str
    routes: Sequence[str | None]


@dataclass
class Post(Everything):
    """A source over made mail, a directory that knows the employee, and states, in one."""

    mails: Sequence[Mailed]
    rows: list[MessageTrace] = field(default_factory=list)
    events: dict[tuple[str, str], tuple[TraceEvent, ...]] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=lambda: set(ME.addresses))
    kept: dict[str, CardState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, mail in enumerate(self.mails):
            at = NOW - timedelta(hours=number + 1)
            if None in mail.routes:
                self.allowed.add(mail.sender)
            for place, route in enumerate(mail.routes):
                if route == "":
                    continue
                named, status, steps = ROUTES[route or "typed"]
                to = f"r{number}-{place}@y.jp" if route else "alias@x.jp"
                if named and mail.sender in ME.addresses:
                    self.allowed.add(to)
                ident = f"00000000-0000-4000-8000-{number:012}"
                row = MessageTrace(
                    ident,
                    f"<{number}>",
                    at,
                    mail.sender,
                    to,
                    f"mail {number}",
                    9,
                    DeliveryStatus(status),
                    "255.255.255.255",
                    "",
                )
                self.rows.append(row)
                self.events[row.key] = tuple(
                    TraceEvent(at + timedelta(seconds=s.after), s.event, s.action, s.description, s.data)
                    for s in steps
                )

    @property
    def forbidden(self) -> set[str]:
        every = {a for row in self.rows for a in (row.sender_address, row.recipient_address)}
        return every - self.allowed

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        window = plan(query, NOW).window
        found = tuple(
            r for r in self.rows if meets(query, r) and window.start <= r.received_date_time <= window.end
        )
        return Answer(found, window, NOW, 1, len(self.rows))

    async def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        found = await self.trace(query, spender)
        rows = sorted(found.rows, key=lambda row: row.received_date_time, reverse=True)
        yield Batch(tuple(rows), (), found.window, 1, len(self.rows), 0)

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        return self.events[message_trace_id, recipient_address.lower()]

    async def who(self, aad_object_id: str) -> Person | None:
        return ME

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        self.kept[f"s{len(self.kept)}"] = state
        return f"s{len(self.kept) - 1}"

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        return self.kept.get(state_id)


MAILS = st.lists(
    st.builds(
        Mailed,
        st.sampled_from([*ME.addresses, "boss@x.jp", "stranger@z.example"]),
        st.lists(st.sampled_from([None, *ROUTES]), min_size=1, max_size=5),
    ),
    min_size=1,
    max_size=5,
)
PATTERNS = st.lists(
    st.sampled_from(
        ["me@x.jp", "alias@x.jp", "*@x.jp", "*@y.jp", "r0-1@y.jp", "r1-*@y.jp", "boss@x.jp", "*"]
    ),
    max_size=2,
).map(lambda texts: tuple(map(AddressPattern, texts)))
QUERIES = st.builds(
    TraceQuery,
    period=st.just(MONTH),
    senders=PATTERNS,
    recipients=PATTERNS,
    involving=st.lists(PATTERNS.filter(bool), max_size=1).map(tuple),
    statuses=st.lists(st.sampled_from(DeliveryStatus), max_size=2).map(tuple),
    message_ids=st.lists(st.sampled_from(["<0>", "<1>"]), max_size=1).map(tuple),
    message_trace_ids=st.lists(
        st.sampled_from([f"00000000-0000-4000-8000-{n:012}" for n in range(3)]), max_size=1
    ).map(tuple),
)
TAPS = st.lists(st.integers(0, 30), max_size=5)


def strings(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\u200b", "").lower()


UNTAPPED = frozenset({"search", "save", "name"})
"""They take what somebody types."""


async def answers(
    post: Post,
    command: Command,
    taps: Sequence[int],
    person: Person = ME,
    untapped: frozenset[str] = frozenset(),
) -> list[Card]:
    """The card for *command*, and those behind the taps that follow, each on the card before."""
    handlers = handlers_over(post)
    asker = Asker(person.aad_object_id, reader_of("en-US", "Asia/Tokyo", ZoneInfo("UTC")), "here")

    async def card_of(said: Command) -> Card:
        answer = await handlers.prepare(said, asker)
        if isinstance(answer, Search):
            answer = await handlers.searching.run(answer, asker)
        return answer.card if isinstance(answer, Begun) else answer

    cards = [await card_of(command)]
    for tap in taps:
        offered = [one for one in buttons(cards[-1].content) if one["verb"] not in UNTAPPED | untapped]
        if not offered:
            break
        chosen: Mapping[str, Any] = offered[tap % len(offered)]
        cards.append(await card_of(forms.read(chosen["verb"], chosen["data"])))
    return cards


@settings(max_examples=250)
@given(MAILS, st.one_of(QUERIES.map(Trace), QUERIES.map(Mine)), TAPS)
@example([Mailed("me@x.jp", ["typed", "bcc"])], Mine(TraceQuery(MONTH)), [0, 0, 0])
@example([Mailed("me@x.jp", ["bcc"])], Mine(TraceQuery(MONTH)), [0, 0, 0])
def test_no_address_that_is_not_allowed(mails: list[Mailed], command: Trace | Mine, taps: list[int]) -> None:
    """Whatever mail there is, whatever is asked and tapped: no card holds a forbidden address."""
    post = Post(mails)
    typed = strings([repr(command)])

    for card in asyncio.run(answers(post, command, taps)):
        shown = strings(card.content) + card.summary
        assert not {address for address in post.forbidden if address in shown and address not in typed}


@settings(max_examples=250)
@given(MAILS, QUERIES)
def test_no_row_that_is_not_allowed(mails: list[Mailed], query: TraceQuery) -> None:
    """The rows that are kept behind a card and written into a file hold no forbidden address either."""
    post = Post(mails)

    async def narrowed() -> Answer | None:
        allowed = decide(ME, query, NOW)
        if not hasattr(allowed, "query"):
            return None
        narrowing = Narrowing(post, post, post)
        found = await post.trace(allowed.query, Spender("x"))
        return await narrowing.narrow(found, query, await narrowing.terms(ME))

    answer = asyncio.run(narrowed())
    rows = answer.rows if answer else ()
    assert not {row.recipient_address for row in rows} - {""} & post.forbidden
    assert not {row.recipient_address for row in rows if row.recipient_address} & post.forbidden


@settings(max_examples=100)
@given(MAILS, QUERIES)
def test_no_count_that_betrays(mails: list[Mailed], query: TraceQuery) -> None:
    """The same mail without its hidden recipients gives the same rows, where all can be looked into."""
    few = [replace(mail, routes=mail.routes[:2]) for mail in mails[:2]]
    bare = [
        replace(mail, routes=[r if r is None or ROUTES[r][0] else "" for r in mail.routes])
        if any(r is None or ROUTES[r][0] for r in mail.routes)
        else mail
        for mail in few
    ]

    async def shape(mails: Sequence[Mailed]) -> list[tuple[str, str]]:
        post = Post(mails)
        allowed = decide(ME, query, NOW)
        if not hasattr(allowed, "query"):
            return []
        narrowing = Narrowing(post, post, post)
        found = await post.trace(allowed.query, Spender("x"))
        answer = await narrowing.narrow(found, query, await narrowing.terms(ME))
        return [(row.message_trace_id, row.status) for row in trouble_first(answer.rows)]

    assert asyncio.run(shape(few)) == asyncio.run(shape(bare))


DESK = Person("22222222-2222-4222-8222-222222222201", "Desk", ("desk@x.jp",), helpdesk=True)
GUESSES = st.builds(
    TraceQuery,
    period=st.just(MONTH),
    senders=PATTERNS,
    recipients=PATTERNS,
    statuses=st.lists(st.sampled_from(DeliveryStatus), max_size=2).map(tuple),
    subject=st.sampled_from(["mail", "mail 0", "mail 1"]).map(
        lambda text: SubjectFilter(SubjectMode.CONTAINS, text)
    ),
    ticket=st.sampled_from(["", "INC123"]),
) | st.builds(
    TraceQuery,
    period=st.just(MONTH),
    senders=PATTERNS,
    from_ips=st.just((ip_network("255.255.255.255/32"),)),
)


@dataclass
class GuardedPost(Post):
    """The same asked by the help desk; who is `boss` is protected. *mails* with them may be left out."""

    without: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.without:
            self.rows = [row for row in self.rows if not self._guarded(row)]

    def _guarded(self, row: MessageTrace) -> bool:
        return {row.sender_address, row.recipient_address} & {"boss@x.jp", "r0-1@y.jp"} != set()

    async def who(self, aad_object_id: str) -> Person | None:
        return DESK

    async def protected(self) -> frozenset[str]:
        return frozenset({"boss@x.jp", "r0-1@y.jp"})


@settings(max_examples=150)
@given(MAILS, st.one_of(GUESSES.map(Trace), GUESSES.map(lambda q: Report(ReportKind.EXTENDED, q))), TAPS)
def test_no_guess_is_answered(mails: list[Mailed], command: Command, taps: list[int]) -> None:
    """To guesses of the help desk, and to taps that follow, no card differs by a byte for protected mail."""
    # Those are questions of their own, without a guess: how much is withheld is told.
    other = frozenset({"related", "default", "run", "recent"})
    seen, bare = (
        [(card.content, card.summary) for card in asyncio.run(answers(post, command, taps, DESK, other))]
        for post in (GuardedPost(mails), GuardedPost(mails, without=True))
    )

    assert seen == bare


@settings(max_examples=100)
@given(MAILS, QUERIES.map(Trace), TAPS)
def test_mail_of_others_leaves_no_mark(mails: list[Mailed], command: Trace, taps: list[int]) -> None:
    """No card of an employee, nor of the taps that follow, differs by a byte for mail that is not theirs."""
    mine = [
        mail
        if mail.sender in ME.addresses
        else replace(mail, routes=[None if one is None else "" for one in mail.routes])
        for mail in mails
    ]
    seen, bare = (
        [(card.content, card.summary) for card in asyncio.run(answers(Post(some), command, taps))]
        for some in (mails, mine)
    )

    assert seen == bare
