"""What of a row its reader may see. Pure, over a row and the events of its recipient.

An employee sees what they were sent, with no recipient but themselves. Of what they sent they see the
recipients that they provably addressed: redirects, hidden groups, rule-made Bcc and monitoring copies share
the message's id, so that for any other row neither the address nor a count of it may show.

The help desk sees everything but the mail of protected people: that only with a ticket, its subject masked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.access import LOOK_BACK, Person, Role, roles_of
from bot.fields import unseen
from tracing.inside import asks_inside
from tracing.model import (
    HANDED_IN,
    UNCHECKED,
    WITHHELD,
    Answer,
    Apart,
    Between,
    DeliveryStatus,
    MessageTrace,
    Shortfall,
    TraceEvent,
    TraceQuery,
)
from tracing.reason import Told

MASK = "●●●●"
_NO_HOP = ("", "255.255.255.255")
"""fromIP of mail that no SMTP connection brought from outside."""

AROUND = timedelta(minutes=1)
"""All rows of a message share their time; a window must have a length."""

WITHIN = timedelta(seconds=2)
"""How long after its reception a message is still being handed in; what is submitted later is a copy."""

_ADDED = ("expand", "resolve", "redirect", "transport rule", "dlp rule")
"""Steps by which a recipient comes in whom the sender did not name."""


class Hidden(StrEnum):
    """Why a row is not shown."""

    NOT_YOURS = "not_yours"
    UNPROVEN = "unproven"
    PROTECTED = "protected"
    ABSENT = "absent"


@dataclass(frozen=True)
class Terms:
    """Who looks, when, and by what leave. `protected` are addresses in lower case."""

    person: Person | None
    now: datetime
    look_back: timedelta = LOOK_BACK
    protected: frozenset[str] = field(default_factory=frozenset)
    ticket: str = ""

    @property
    def sees_all(self) -> bool:
        return Role.HELPDESK in roles_of(self.person)


def see(row: MessageTrace, terms: Terms, *, proven: bool) -> MessageTrace | Hidden:
    """*row* as its reader may have it; *proven*: its sender is known to have addressed its recipient."""
    roles = roles_of(terms.person)
    if terms.person is None or not roles & {Role.HELPDESK, Role.EMPLOYEE}:
        return Hidden.NOT_YOURS
    sent, received = (
        _is_among(a, terms.person.addresses) for a in (row.sender_address, row.recipient_address)
    )
    if Role.HELPDESK in roles:
        if sent or received or not involves(row, terms.protected):
            return row
        return replace(row, subject=MASK) if terms.ticket else Hidden.PROTECTED
    if not (sent or received) or row.received_date_time < terms.now - terms.look_back:
        return Hidden.NOT_YOURS
    return row if received or proven or is_stand_in(row) else Hidden.UNPROVEN


def see_in(query: TraceQuery, row: MessageTrace, terms: Terms, *, proven: bool) -> MessageTrace | Hidden:
    """*row*, which was found for *query*, as its reader may have it.

    A question by subject never finds mail of protected people: it would confirm each guess at a masked
    subject. Without a ticket, a question by IP address, rule or cause does not find it either.
    """
    seen = see(row, terms, proven=proven)
    withheld, masked = seen is Hidden.PROTECTED, isinstance(seen, MessageTrace) and seen is not row
    return Hidden.ABSENT if (withheld or masked) and guesses(query, terms) else seen


def without_absent(query: TraceQuery, terms: Terms) -> TraceQuery:
    """*query* as sent to the source for the reader of *terms*.

    It excludes mail the reader cannot find, which would otherwise take places and requests.
    """
    return without_protected(query, terms) if guesses(query, terms) else query


def without_protected(query: TraceQuery, terms: Terms) -> TraceQuery:
    """*query* without the mail of protected people, except the reader's own."""
    if not terms.protected:
        return query
    own = terms.person.addresses if terms.person else ()
    return replace(query, apart=Apart(terms.protected, frozenset(own)))


def guesses(query: TraceQuery, terms: Terms) -> bool:
    """Whether an answer would confirm a guess about protected people's mail."""
    inside = bool(unseen(query)) or asks_inside(query)
    return query.subject is not None or (inside and not terms.ticket)


def touches(query: TraceQuery, terms: Terms) -> bool:
    """Whether *query* may match mail of protected people. If so, no row count is shown before each row was
    judged."""
    if query.confined_to:
        return False
    sides = (query.senders, query.recipients)
    return any(
        not patterns or any(pattern.matches(address) for pattern in patterns)
        for address in terms.protected
        for patterns in sides
    )


def judged(answer: Answer, query: TraceQuery, terms: Terms) -> Answer:
    """*answer* to *query* for the help desk: the visible rows and the number withheld.

    No row order and no other count may reveal hidden rows.
    """
    if not terms.protected:
        return replace(answer, events={})
    verdicts = [see_in(query, row, terms, proven=False) for row in answer.rows]
    pairs = zip(answer.rows, verdicts, strict=True)
    rows = tuple(row for row, verdict in pairs if isinstance(verdict, MessageTrace))
    unchecked = tuple(
        row for row in answer.unchecked if isinstance(see_in(query, row, terms, proven=False), MessageTrace)
    )
    done = frozenset() if unchecked else frozenset({Shortfall.UNCHECKED})
    return replace(
        answer,
        rows=rows,
        # The rows read may include theirs even if the question is about others: patterns read more widely.
        scanned=len(rows),
        looked=0,
        events={},
        shortfalls=answer.shortfalls - done,
        unchecked=unchecked,
        withheld=answer.withheld + sum(verdict is Hidden.PROTECTED for verdict in verdicts),
    )


def is_open(row: MessageTrace, terms: Terms, *, proven: bool) -> bool:
    """Whether *row* can be shown with its recipient and what became of it."""
    return isinstance(see(row, terms, proven=proven), MessageTrace) and not is_stand_in(row)


def involves(row: MessageTrace, addresses: frozenset[str]) -> bool:
    """Whether one of *addresses* sent or was sent *row*."""
    return row.sender_address.lower() in addresses or row.recipient_address.lower() in addresses


def addressed(row: MessageTrace, events: Sequence[TraceEvent]) -> bool:
    """Whether *events*, those of *row*'s recipient, prove that the sender named this recipient.

    The recipient was there when the mail was handed in, from within, and nothing that adds recipients came
    before or in the same second, of which nobody can tell the order. Without events nothing is proven.
    """
    told = [Told(event) for event in events]
    entries = [_second(event) for event in told if event.is_a("receive", "submit")]
    from_within = row.from_ip in _NO_HOP or any(event.is_a("submit") for event in told)
    if not entries or not from_within:
        return False
    first = min(entries)
    if first - row.received_date_time > WITHIN:
        return False
    return all(_harmless(event, row, first) for event in told if event.is_a(*_ADDED))


def _harmless(event: Told, row: MessageTrace, first: datetime) -> bool:
    """Whether *event* came after the recipient, and says of nobody else that they became this one."""
    if _second(event) <= first:
        return False
    if event.is_a("expand"):
        # A group stands as a group; what came of an expansion has no state of that kind.
        return row.status == DeliveryStatus.EXPANDED
    if event.is_a("resolve", "redirect"):
        return event.data.get("RelatedRecipient", "").lower() == row.recipient_address.lower()
    return True


def stand_in(row: MessageTrace, *, checked: bool = False) -> MessageTrace:
    """The message of *row* without its recipient and without recipient-specific fields.

    *checked*: every recipient was checked and none may be shown.
    """
    status = WITHHELD if checked else UNCHECKED
    return replace(row, recipient_address="", status=status, size=0, to_ip="", from_ip="")


def is_stand_in(row: MessageTrace) -> bool:
    return row.recipient_address == "" and row.status in (UNCHECKED, WITHHELD, HANDED_IN)


def is_unchecked(row: MessageTrace) -> bool:
    """Whether *row* is a placeholder for recipients that may still become visible."""
    return is_stand_in(row) and row.status != WITHHELD


def message_of(row: MessageTrace) -> TraceQuery:
    """The question for every recipient of the message of *row*."""
    around = Between(row.received_date_time - AROUND, row.received_date_time + AROUND)
    return TraceQuery(around, message_trace_ids=(row.message_trace_id,))


def asks_of_recipients(query: TraceQuery) -> bool:
    """Whether *query* tells a message's recipients apart: who then saw a stand-in would know of one."""
    of_rows = query.recipients or query.involving or query.statuses or query.direction
    return bool(of_rows or asks_inside(query))


def may_be_sent(query: TraceQuery, terms: Terms) -> bool:
    """Whether *query* may match mail that its reader sent to others."""
    own = terms.person.addresses if terms.person else ()
    return not query.senders or any(one.matches(address) for one in query.senders for address in own)


def _second(event: Told) -> datetime:
    return event.raw.date_time.replace(microsecond=0)


def _is_among(address: str, addresses: tuple[str, ...]) -> bool:
    return address.lower() in addresses
