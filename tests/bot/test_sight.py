"""What of a row its reader may see."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.access import LOOK_BACK, Person
from bot.sight import (
    MASK,
    Hidden,
    Terms,
    addressed,
    asks_of_recipients,
    is_stand_in,
    message_of,
    see,
    see_in,
    stand_in,
)
from demo.events import (
    Step,
    deliver,
    dlp_rule,
    drop,
    expand,
    fail,
    receive,
    resolve,
    submit,
    transfer,
    transport_rule,
)
from tracing.model import (
    AddressPattern,
    DeliveryStatus,
    MessageTrace,
    SubjectFilter,
    SubjectMode,
    TraceEvent,
    TraceQuery,
)
from tracing.plan import meets

NOW = datetime(2026, 10, 15, 3, tzinfo=UTC)
AT = NOW - timedelta(days=1)
INSIDE = "255.255.255.255"
DESK = Person("1", "Help Desk", ("desk@x.jp",), helpdesk=True)
TANAKA = Person("2", "Tanaka", ("tanaka@x.jp", "ichiro@x.jp"), helpdesk=False)
AUDITOR = replace(TANAKA, auditor=True)
CEO = frozenset({"ceo@x.jp"})
ROW = MessageTrace(
    "t", "<m@x>", AT, "tanaka@x.jp", "b@y.jp", "Secret", 9, DeliveryStatus.DELIVERED, INSIDE, "192.0.2.1"
)
RECEIVED = replace(ROW, sender_address="b@y.jp", recipient_address="Tanaka@X.jp")
OTHERS = replace(ROW, sender_address="a@y.jp")


def told(*steps: Step) -> Sequence[TraceEvent]:
    """*steps* as events, in no order."""
    return [
        TraceEvent(AT + timedelta(seconds=s.after), s.event, s.action, s.description, s.data)
        for s in reversed(steps)
    ]


RULE = transport_rule(2, "a rule", "guid", "BlindCopyTo")
GROUP = replace(ROW, recipient_address="all@x.jp", status=DeliveryStatus.EXPANDED)


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        (ROW, (receive(), submit(), transfer(1), deliver())),
        (ROW, (receive(), deliver())),
        (ROW, (submit(), deliver())),
        (ROW, (receive(), submit(), RULE, fail(2, "550 5.7.1 no"))),
        (ROW, (receive(), submit(), dlp_rule(2, "d", "guid", "p"), fail(2, "550 5.7.171 no"))),
        (ROW, (receive(), submit(), resolve(2, "b@y.jp", "c@y.jp"), deliver())),
        (GROUP, (receive(), submit(), expand(2, "all@x.jp", 9), drop(2, "250 2.1.5 RESOLVER.GRP.Expanded"))),
        (replace(ROW, from_ip="198.51.100.1"), (receive(ip="198.51.100.1", host="h"), submit(), deliver())),
    ],
    ids=range(8),
)
def test_addressed(row: MessageTrace, steps: Sequence[Step]) -> None:
    """Who was there when the mail was handed in was named by its sender, whatever became of it then."""
    assert addressed(row, told(*steps))


@pytest.mark.parametrize(
    ("row", "steps"),
    [
        (ROW, ()),
        (ROW, (transfer(3), deliver())),
        (ROW, (RULE, deliver())),
        (ROW, (resolve(4, "b@x.jp", "b@y.jp", "Redirect", "MailboxRules"), deliver())),
        (ROW, (replace(RULE, after=0), receive(), submit(), deliver())),
        (ROW, (replace(RULE, after=-1), receive(), submit(), deliver())),
        (ROW, (expand(0, "all@x.jp", 3), receive(), submit(), deliver())),
        (ROW, (receive(), submit(), expand(2, "all@x.jp", 3), deliver())),
        (ROW, (receive(), submit(), resolve(2, "a@x.jp", "b@y.jp"), deliver())),
        (ROW, (submit(4), deliver(5))),
        (GROUP, (expand(2, "outer@x.jp", 3), expand(3, "all@x.jp", 9))),
        (replace(ROW, from_ip="198.51.100.1"), (receive(ip="198.51.100.1", host="forger"), deliver())),
    ],
    ids=range(12),
)
def test_not_addressed(row: MessageTrace, steps: Sequence[Step]) -> None:
    """Members of groups, targets of redirects and rules, late copies and forged mail prove nothing."""
    assert not addressed(row, told(*steps))


def test_the_help_desk() -> None:
    """The help desk sees every row as it is."""
    for row in (ROW, RECEIVED, OTHERS):
        assert see(row, Terms(DESK, NOW), proven=False) == row


def test_protected() -> None:
    """Mail of protected people takes a ticket, and its subject is masked then; one's own needs none."""
    for row in (replace(OTHERS, sender_address="CEO@x.jp"), replace(OTHERS, recipient_address="ceo@x.jp")):
        with_ticket = Terms(DESK, NOW, protected=CEO, ticket="INC1")
        assert see(row, Terms(DESK, NOW, protected=CEO), proven=False) is Hidden.PROTECTED
        assert see(row, with_ticket, proven=False) == replace(row, subject=MASK)
    to_desk = replace(ROW, sender_address="ceo@x.jp", recipient_address="desk@x.jp")

    assert see(to_desk, Terms(DESK, NOW, protected=CEO), proven=False) == to_desk
    assert see(OTHERS, Terms(DESK, NOW, protected=CEO), proven=False) == OTHERS


def test_an_employee() -> None:
    """An employee sees what they were sent, and of what they sent what is proven; of late."""
    terms = Terms(TANAKA, NOW)
    old = timedelta(days=1) + LOOK_BACK

    assert see(RECEIVED, terms, proven=False) == RECEIVED
    assert see(ROW, terms, proven=True) == ROW
    assert see(ROW, terms, proven=False) is Hidden.UNPROVEN
    assert see(OTHERS, terms, proven=True) is Hidden.NOT_YOURS
    for row in (RECEIVED, ROW):
        before = replace(row, received_date_time=AT - old)
        assert see(before, terms, proven=True) is Hidden.NOT_YOURS


@pytest.mark.parametrize("person", [None, AUDITOR, replace(DESK, guest=True)])
def test_nobody_else(person: Person | None) -> None:
    """Auditors, guests and strangers see no row at all."""
    for row in (ROW, RECEIVED, OTHERS):
        assert see(row, Terms(person, NOW), proven=True) is Hidden.NOT_YOURS


def test_stand_in() -> None:
    """A stand-in tells the message and nothing that differs from one recipient to the next."""
    one, other = stand_in(ROW), stand_in(replace(ROW, recipient_address="z@y.jp", status="failed", size=1))

    assert one == other
    assert is_stand_in(one)
    assert see(one, Terms(TANAKA, NOW), proven=False) == one
    assert meets(message_of(one), ROW)
    assert not is_stand_in(ROW)


@pytest.mark.parametrize(
    ("query", "tells_apart"),
    [
        (TraceQuery(), False),
        (TraceQuery(senders=(AddressPattern("a@x"),), message_ids=("m",)), False),
        (TraceQuery(recipients=(AddressPattern("a@x"),)), True),
        (TraceQuery(involving=((AddressPattern("a@x"),),)), True),
        (TraceQuery(statuses=(DeliveryStatus.FAILED,)), True),
    ],
)
def test_asks_of_recipients(query: TraceQuery, tells_apart: bool) -> None:
    """A question about a recipient or a state tells the recipients of one message apart."""
    assert asks_of_recipients(query) == tells_apart


@pytest.mark.parametrize("ticket", ["", "INC1"])
def test_no_guessing_at_subjects(ticket: str) -> None:
    """A question for a subject is answered as if the mail of protected people did not exist."""
    terms = Terms(DESK, NOW, protected=CEO, ticket=ticket)
    protected = replace(OTHERS, sender_address=next(iter(CEO)))
    unlucky = replace(OTHERS, subject=MASK)
    guess = TraceQuery(subject=SubjectFilter(SubjectMode.CONTAINS, "merger"))

    assert see_in(guess, protected, terms, proven=False) is Hidden.ABSENT
    assert see_in(guess, OTHERS, terms, proven=False) == OTHERS
    assert see_in(guess, unlucky, terms, proven=False) == unlucky
    assert see_in(TraceQuery(), protected, terms, proven=False) == see(protected, terms, proven=False)
