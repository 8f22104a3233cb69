"""What a code, a bounce or headers mean, and the trace they offer; only its conditions are kept."""

from datetime import datetime, timedelta

from bot import forms
from bot.access import ALLOWED, Act, Person, roles_of
from bot.asking import Asker, States
from bot.commands import LONGEST_PERIOD, MESSAGE_ID_PERIOD, Explain, Help, RunAgain
from bot.directory import Directory
from bot.store.states import CardState
from bot.values import read_address, read_message_id
from cards import bounce as bounce_card
from cards import journey as journey_card
from cards import notes
from cards.elements import Card, Press
from tracing.errors import GraphError
from tracing.hops import read_journey
from tracing.model import Between, Clock, SubjectFilter, SubjectMode, TraceQuery
from tracing.ndr import is_bounce, read_bounce

_AROUND = timedelta(days=1)
"""How far a header's clock, its zone or a queue may be off when a mail is looked for by its time."""


class Explaining:
    """Answers `explain`."""

    def __init__(self, directory: Directory, states: States, clock: Clock) -> None:
        self._directory = directory
        self._states = states
        self._clock = clock

    async def answer(self, command: Explain, person: Person | None, asker: Asker) -> Card:
        """The card for what was pasted; the trace on it is decided anew when it is tapped."""
        found = await self.meaning(command, person, asker)
        return found or notes.unexplained(forms.press(Help()), asker.reader, empty=not command.text)

    async def meaning(
        self, command: Explain, person: Person | None, asker: Asker, form: Press | None = None
    ) -> Card | None:
        """The same, None when it has none; *form* stands on it instead of the help."""
        text, reader = command.text, asker.reader
        full = person is not None and person.helpdesk
        journey = None if is_bounce(text) else read_journey(text)
        found = None if journey is not None else read_bounce(text, await self._domains())
        if journey is None and found is None:
            # The header of a report without a body is an ordinary header.
            journey = read_journey(text)
        if journey is not None:
            query = query_of(journey.message_id, (), "", None, self._clock.now())
            trace = await self._offer(query, person, asker)
            way = journey_card.Way(journey, full, trace, forms.press(Help()), form, cut=command.cut)
            return journey_card.render(way, reader)
        if found is None:
            return None
        query = query_of(
            *(found.message_id, found.recipients, found.sender, found.sent_at, self._clock.now()),
            subject=found.subject,
        )
        trace = await self._offer(query, person, asker)
        meaning = bounce_card.Meaning(found, full, trace, forms.press(Help()), form, cut=command.cut)
        return bounce_card.render(meaning, reader)

    async def _domains(self) -> tuple[str, ...]:
        """What is inside, () where that cannot be asked: a meaning is worth more than its side."""
        try:
            return await self._directory.domains()
        except GraphError:
            return ()

    async def _offer(self, query: TraceQuery | None, person: Person | None, asker: Asker) -> Press | None:
        """The tap that runs *query*; None where there is none, or the person may not look at mail."""
        if query is None or not roles_of(person) & ALLOWED[Act.LOOK]:
            return None
        state = CardState(query, mine=False)
        return forms.press(
            RunAgain(await self._states.save(state, asker.aad_object_id, asker.conversation_id))
        )


def query_of(
    message_id: str,
    recipients: tuple[str, ...],
    sender: str,
    sent_at: datetime | None,
    now: datetime,
    *,
    subject: str = "",
) -> TraceQuery | None:
    """The trace of the message in a bounce or headers: by its id, or by addresses, subject and time.

    Returns: None when too little is known, or it is older than any trace.
    """
    reached = sent_at is None or now - LONGEST_PERIOD.duration < sent_at <= now + _AROUND
    around = Between(sent_at - _AROUND, min(sent_at + _AROUND, now)) if sent_at and reached else None
    ident = read_message_id(message_id) if message_id else None
    if ident is not None:
        return TraceQuery(around or MESSAGE_ID_PERIOD, message_ids=(ident,))
    wanted = tuple(pattern for pattern in map(read_address, recipients) if pattern)
    known = read_address(sender) if sender else None
    if not wanted or not reached or (around is None and not (known or subject)):
        return None
    about = SubjectFilter(SubjectMode.CONTAINS, subject) if subject else None
    return TraceQuery(
        around or MESSAGE_ID_PERIOD, senders=(known,) if known else (), recipients=wanted, subject=about
    )
