"""One coroutine for each command: what is asked → the card, and what is kept behind it.

Commands meet people here: every one is decided anew for the person who sent it, a tap as much as a text.
"""

from dataclasses import dataclass, replace
from typing import Protocol, assert_never

from bot import forms
from bot.access import Allowed, Person, Refusal, decide, decide_mine, may_see
from bot.commands import (
    LONGEST_PERIOD,
    Command,
    Help,
    Mine,
    OpenRow,
    RunAgain,
    SearchLonger,
    ShowPage,
    Trace,
)
from bot.directory import Directory
from bot.store.states import CardState
from cards import detail, help, notes, results
from cards.elements import Card
from cards.reader import Reader
from tracing.explain import explain
from tracing.model import Last, MessageTrace, Source, TraceQuery, trouble_first


@dataclass(frozen=True)
class Asker:
    """Who asks, how they read, and the 1:1 their answers belong to."""

    aad_object_id: str
    reader: Reader
    conversation_id: str


class States(Protocol):
    """Where the state behind a card is kept."""

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str: ...

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None: ...


@dataclass(frozen=True)
class Search:
    """A trace that *person* may run: the query after narrowing, and the state that keeps the question."""

    person: Person
    allowed: Allowed
    question: CardState


class Handlers:
    """Answers commands with cards."""

    def __init__(self, source: Source, directory: Directory, states: States, bot_name: str) -> None:
        self._source = source
        self._directory = directory
        self._states = states
        self.bot_name = bot_name

    async def prepare(self, command: Command, asker: Asker) -> Search | Card:
        """The search that *command* asks for, or the card that answers it without one.

        Raises: GraphError: the directory could not be asked, and so nothing is shown.
        """
        match command:
            case Help():
                return await self.help(asker)
            case Trace(query):
                return await self._search(CardState(query, mine=False), asker)
            case Mine(query):
                return await self._search(CardState(query, mine=True), asker)
            case RunAgain(state_id):
                state = await self._find(state_id, asker)
                return state if isinstance(state, Card) else await self._search(state, asker)
            case SearchLonger(state_id):
                state = await self._find(state_id, asker)
                if isinstance(state, Card):
                    return state
                longer = replace(state, query=replace(state.query, period=LONGEST_PERIOD))
                return await self._search(longer, asker)
            case OpenRow():
                return await self._open(command, asker)
            case ShowPage():
                return await self._page(command, asker)
            case _:
                assert_never(command)

    async def keep(self, search: Search, asker: Asker) -> str:
        """Keep the question, so that it can be asked again whatever happens; its state's id."""
        return await self._states.save(search.question, asker.aad_object_id, asker.conversation_id)

    async def run(self, search: Search, asker: Asker) -> Card:
        """Run *search*; the list of what it found. Raises: TraceError."""
        answer = await self._source.trace(search.allowed.query)
        state = replace(search.question, answer=answer, narrowed=search.allowed.narrowed)
        state_id = await self._states.save(state, asker.aad_object_id, asker.conversation_id)
        return self._list(state, ShowPage(state_id, 0, ""), search.person, asker.reader)

    async def help(self, asker: Asker, title: str = "help.title") -> Card:
        """What can be typed. Raises: GraphError."""
        person = await self._directory.who(asker.aad_object_id)
        if person is None:
            return self.refused(Refusal.UNKNOWN, asker.reader)
        return help.render(self.bot_name, person.helpdesk, forms.press(Mine()), asker.reader, title)

    def refused(self, reason: str, reader: Reader) -> Card:
        """Why not; nothing of what was asked for."""
        return notes.refused(reason, forms.press(Help()), reader)

    async def _search(self, question: CardState, asker: Asker) -> Search | Card:
        question = CardState(question.query, question.mine)
        person = await self._directory.who(asker.aad_object_id)
        decision = (decide_mine if question.mine else decide)(person, question.query)
        if person is None or isinstance(decision, Refusal):
            return self.refused(decision if isinstance(decision, Refusal) else Refusal.UNKNOWN, asker.reader)
        return Search(person, decision, question)

    async def _find(self, state_id: str, asker: Asker) -> CardState | Card:
        state = await self._states.find(state_id, asker.aad_object_id, asker.conversation_id)
        # A stranger's card and a forged id look like an expired one: nobody learns which ids exist.
        return state or self.refused("expired", asker.reader)

    async def _open(self, command: OpenRow, asker: Asker) -> Card:
        state = await self._find(command.state_id, asker)
        if isinstance(state, Card):
            return state
        rows = trouble_first(state.answer.rows) if state.answer else ()
        if command.position >= len(rows):
            return self.refused("bad_tap", asker.reader)
        row = rows[command.position]
        person = await self._directory.who(asker.aad_object_id)
        if not may_see(person, row):
            return self.refused(Refusal.NOT_YOURS, asker.reader)
        events = await self._source.details(row.message_trace_id, row.recipient_address)
        view = detail.Detail(
            row=row,
            outcome=explain(events, row.status),
            direction=_direction(row, await self._directory.domains()),
            full=person is not None and person.helpdesk,
            back=forms.press(ShowPage(command.state_id, command.page, command.only)),
            again=forms.press(command),
        )
        return detail.render(view, asker.reader)

    async def _page(self, command: ShowPage, asker: Asker) -> Card:
        state = await self._find(command.state_id, asker)
        if isinstance(state, Card):
            return state
        person = await self._directory.who(asker.aad_object_id)
        if person is None or person.guest:
            return self.refused(Refusal.UNKNOWN, asker.reader)
        return self._list(state, command, person, asker.reader)

    def _list(self, state: CardState, command: ShowPage, person: Person, reader: Reader) -> Card:
        if state.answer is None:
            return self.refused("bad_tap", reader)
        # A row's place counts all rows; what may be seen of them is decided each time, as roles change.
        rows = [(i, row) for i, row in enumerate(trouble_first(state.answer.rows)) if may_see(person, row)]
        answer = replace(state.answer, rows=tuple(row for _, row in rows))
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
            open_row=lambda at: forms.press(OpenRow(command.state_id, at, page, command.only)),
            show=lambda number, status: forms.press(ShowPage(command.state_id, number, status or "")),
            again=forms.press(RunAgain(command.state_id)),
            longer=forms.press(SearchLonger(command.state_id)) if _can_be_longer(state.query) else None,
        )
        return results.render(view, reader)


def _can_be_longer(query: TraceQuery) -> bool:
    """One message, asked for by its id, may well be older than the ten days that are searched first."""
    by_id = bool(query.message_ids or query.message_trace_id)
    return by_id and isinstance(query.period, Last) and query.period.duration < LONGEST_PERIOD.duration


def _direction(row: MessageTrace, domains: tuple[str, ...]) -> str:
    """Which side is an accepted domain."""
    inside = row.sender_address.rpartition("@")[2].lower() in domains
    if not inside:
        return "inbound"
    return "internal" if row.recipient_address.rpartition("@")[2].lower() in domains else "outbound"
