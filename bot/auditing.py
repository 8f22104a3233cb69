"""`audit`: who looked at what, for auditors; asking is recorded as any look is."""

from bot import forms
from bot.asking import Asker, States
from bot.commands import Audit, Help, ShowAudit
from bot.record import AuditQuery, Entry, Kind, Noted, Record, RecordReader
from bot.spelling import spell_audit
from bot.store.states import CardState
from cards import audit, notes
from cards.elements import Card
from tracing.model import TraceQuery


class Auditing:
    """Answers what auditors ask of the record."""

    def __init__(self, reader: RecordReader, record: Record, states: States) -> None:
        self._reader = reader
        self._record = record
        self._states = states

    async def answer(self, command: Audit | ShowAudit, asker: Asker) -> Card:
        """A page of the record."""
        if isinstance(command, Audit):
            return await self._first(command.query, asker)
        state = await self._states.find(command.state_id, asker.aad_object_id, asker.conversation_id)
        if state is None or state.audit is None:
            return notes.refused("expired", forms.press(Help()), asker.reader)
        return await self._page(state.audit, state.up_to, command.state_id, command.page, asker)

    async def _first(self, asked: AuditQuery, asker: Asker) -> Card:
        count, newest = await self._reader.count(asked)
        await self._record.note(Entry(Kind.AUDIT, asker.who, spell_audit(asked), rows=count))
        kept = CardState(TraceQuery(), mine=False, audit=asked, up_to=newest)
        state_id = await self._states.save(kept, asker.aad_object_id, asker.conversation_id)
        return await self._page(asked, newest, state_id, 0, asker)

    async def _page(self, asked: AuditQuery, up_to: int, state_id: str, page: int, asker: Asker) -> Card:
        count, _ = await self._reader.count(asked, up_to)
        page = min(page, max(0, (count - 1) // audit.PAGE_LINES))
        found = await self._reader.find(asked, up_to, page * audit.PAGE_LINES, audit.PAGE_LINES)
        view = audit.Audited(
            asked=spell_audit(asked),
            lines=[_line(noted) for noted in found],
            count=count,
            page=page,
            show=lambda number: forms.press(ShowAudit(state_id, number)),
        )
        return audit.render(view, asker.reader)


def _line(noted: Noted) -> audit.Line:
    entry = noted.entry
    return audit.Line(
        at=noted.at,
        name=entry.who.name or entry.who.aad_object_id,
        kind=entry.kind.value,
        place=entry.who.place_kind,
        conditions=entry.conditions,
        rows=entry.rows,
        requests=entry.requests,
        ticket=entry.ticket,
        outcome=entry.outcome,
    )
