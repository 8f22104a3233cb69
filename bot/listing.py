"""Lists of what was found, and their rows, as their reader may see them at this moment."""

from dataclasses import replace

from bot import forms
from bot.access import Ground, Person, Refusal, recent
from bot.asking import Asker, States
from bot.commands import (
    LONGEST_PERIOD,
    AskName,
    Continue,
    OpenRow,
    Preset,
    Refine,
    Related,
    ReportResults,
    RunAgain,
    SearchLonger,
    Share,
    ShowPage,
    TellMe,
)
from bot.denials import Denials, refused
from bot.directory import Directory
from bot.narrowing import Narrowing
from bot.places import Places
from bot.sight import Hidden, Terms, guesses, may_be_sent, see_in
from bot.store.states import CardState
from bot.watch_commands import (
    WatchResults,
)
from cards import results
from cards.coverage import can_continue
from cards.elements import Card
from tracing.model import Last, MessageTrace, TraceQuery, trouble_first


class Listing:
    """Shows kept answers, and finds the rows that are tapped."""

    def __init__(
        self, states: States, directory: Directory, narrowing: Narrowing, places: Places, denials: Denials
    ) -> None:
        self._states = states
        self._directory = directory
        self._narrowing = narrowing
        self._places = places
        self._denials = denials

    async def keep(self, state: CardState, asker: Asker) -> str:
        """Keep *state* for *asker*, or for the place that sees the answer; its id."""
        state = replace(state, shared=asker.shared)
        return await self._states.save(state, asker.keeper, asker.conversation_id)

    async def find(self, state_id: str, asker: Asker) -> CardState | Card:
        """The state that *asker* may lean on, or that there is none."""
        state = await self._states.find(state_id, asker.aad_object_id, asker.conversation_id)
        # A stranger's card and a forged id look like an expired one: nobody learns which ids exist.
        return state or refused("expired", asker.reader)

    async def row(
        self, command: OpenRow | Related | TellMe, asker: Asker
    ) -> tuple[MessageTrace, CardState, Terms] | Card:
        """A row that the asker may see now, what it was found in, and who they are."""
        state = await self.find(command.state_id, asker)
        if isinstance(state, Card):
            return state
        rows = trouble_first(state.answer.rows) if state.answer else ()
        if command.position >= len(rows):
            return refused("bad_tap", asker.reader)
        person = await self._directory.who(asker.aad_object_id)
        terms = await self._narrowing.terms(person, state.query.ticket)
        row = see_in(state.query, rows[command.position], terms, proven=state.own)
        if row is Hidden.ABSENT:
            return refused("bad_tap", asker.reader)
        if isinstance(row, Hidden):
            reason = Refusal.TICKET if row is Hidden.PROTECTED else Refusal.NOT_YOURS
            return await self._denials.deny(reason, command, asker)
        return row, state, terms

    async def page(self, command: ShowPage, asker: Asker) -> Card:
        """Another page of a kept list, or another state of its rows. Raises: GraphError."""
        state = await self.find(command.state_id, asker)
        if isinstance(state, Card):
            return state
        person = await self._directory.who(asker.aad_object_id)
        if person is None or person.guest:
            return refused(Refusal.UNKNOWN, asker.reader)
        return await self.show(state, command, person, asker)

    async def still(self, command: ShowPage, asker: Asker) -> Card | None:
        """The page that was there, None if it is no longer available. Raises: GraphError."""
        state = await self._states.find(command.state_id, asker.aad_object_id, asker.conversation_id)
        if state is None or state.answer is None:
            return None
        return await self.page(replace(command, state_id=state.origin or command.state_id), asker)

    async def show(self, state: CardState, command: ShowPage, person: Person, asker: Asker) -> Card:
        """The list kept as *state*, as *person* may see it now. Raises: GraphError."""
        if state.answer is None:
            return refused("bad_tap", asker.reader)
        may_share = asker.ground is Ground.PRIVATE and await self._places.any()
        # A row's place counts all rows; what may be seen of them is decided each time, as roles change.
        terms = await self._narrowing.terms(person, state.query.ticket)
        found = trouble_first(state.answer.rows)
        seen = [see_in(state.query, row, terms, proven=state.own) for row in found]
        rows = [(i, row) for i, row in enumerate(seen) if not isinstance(row, Hidden)]
        withheld = state.answer.withheld + sum(row is Hidden.PROTECTED for row in seen)
        # How many rows were read is not to count those that are hidden.
        scanned = state.answer.scanned - (len(seen) - len(rows))
        answer = replace(state.answer, rows=tuple(row for _, row in rows), scanned=scanned)
        shown = [(i, row) for i, row in rows if command.only in ("", row.status)]
        page = min(command.page, max(0, (len(shown) - 1) // results.PAGE_ROWS))
        period, first = state.query.period, None
        if state.own:
            look_back = self._narrowing.look_back
            period = recent(period, state.answer.as_of, look_back) or period
            first = look_back if period != state.query.period else None
        view = results.Results(
            query=replace(state.query, period=period),
            answer=answer,
            shown=shown,
            only=command.only or None,
            page=page,
            title="results.mine" if state.mine else "results.title",
            narrowed=state.narrowed,
            own=state.own,
            sent=may_be_sent(state.query, terms),
            shortened=first,
            withheld=withheld,
            # Decided by the question alone, so that the answer does not show whether such mail exists.
            guarded=_guarded(state, terms),
            share=forms.press(Share(command.state_id)) if may_share else None,
            open_row=lambda at: forms.press(OpenRow(command.state_id, at, page, command.only)),
            show=lambda number, status: forms.press(ShowPage(command.state_id, number, status or "")),
            again=forms.press(RunAgain(command.state_id)),
            more=forms.press(Continue(command.state_id)) if can_continue(answer) else None,
            longer=forms.press(SearchLonger(command.state_id)) if _can_be_longer(state.query) else None,
            all_domains=forms.press(Preset(state.preset, all_domains=True)) if state.preset else None,
            meant=[(domain, forms.press(RunAgain(state_id))) for domain, state_id in state.meant],
            refine=None if state.mine else forms.press(Refine(command.state_id)),
            save=forms.press(AskName(command.state_id)),
            back=forms.press(ShowPage(state.before, 0, "")) if state.before else None,
            report=forms.press(ReportResults(command.state_id)),
            watch=forms.press(WatchResults(command.state_id)) if _can_stand(state.query) else None,
        )
        return results.render(view, asker.reader)


def _guarded(state: CardState, terms: Terms) -> str:
    """The last part of the key that explains how protected people's mail is excluded; "" if it is not."""
    if state.mine or not terms.protected or not guesses(state.query, terms):
        return ""
    return "subject" if state.query.subject is not None else "ticket"


def _can_stand(query: TraceQuery) -> bool:
    """What lies between two moments of the past brings nothing new."""
    return isinstance(query.period, Last)


def _can_be_longer(query: TraceQuery) -> bool:
    """One message, asked for by its id, may well be older than the ten days that are searched first."""
    by_id = bool(query.message_ids or query.message_trace_ids)
    return by_id and isinstance(query.period, Last) and query.period.duration < LONGEST_PERIOD.duration
