"""Who may ask what."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.access import Allowed, Person, Refusal, decide, decide_mine, may_see
from tracing.model import AddressPattern, DeliveryStatus, MessageTrace, TraceQuery
from tracing.plan import meets

HELPDESK = Person("1", "Help Desk", ("desk@x.jp",), helpdesk=True)
TANAKA = Person("2", "Tanaka", ("tanaka@x.jp", "ichiro@x.jp"), helpdesk=False)
GUEST = replace(TANAKA, guest=True)
NOBODY = replace(TANAKA, addresses=())
ROW = MessageTrace(
    "t", "<m@x>", datetime(2026, 1, 1, tzinfo=UTC), "a@y.jp", "b@z.jp", "", 0, DeliveryStatus.FAILED, "", ""
)


def asked(sender: str = "", recipient: str = "", party: str = "") -> TraceQuery:
    def group(text: str) -> tuple[AddressPattern, ...]:
        return (AddressPattern(text),) if text else ()

    return TraceQuery(
        senders=group(sender), recipients=group(recipient), involving=(group(party),) if party else ()
    )


def test_helpdesk() -> None:
    """The help desk traces anything, as asked."""
    assert decide(HELPDESK, asked("ceo@x.jp")) == Allowed(asked("ceo@x.jp"), narrowed=False)


@pytest.mark.parametrize("person", [None, GUEST, replace(HELPDESK, guest=True)])
def test_unknown(person: Person | None) -> None:
    """Nobody the directory does not know, and no guest, gets anything."""
    assert decide(person, asked()) is Refusal.UNKNOWN
    assert decide_mine(person, asked()) is Refusal.UNKNOWN
    assert not may_see(person, replace(ROW, sender_address="tanaka@x.jp"))


def test_no_mailbox() -> None:
    """Without an address there is no mail of one's own."""
    assert decide(NOBODY, asked()) is Refusal.NO_MAILBOX
    assert decide_mine(NOBODY, asked()) is Refusal.NO_MAILBOX


@pytest.mark.parametrize(
    "query",
    [
        asked(),
        asked("*@hoge.com"),
        asked("ceo@x.jp"),
        asked(party="ceo@x.jp"),
        asked("tanaka@x.jp", "b@z.jp"),
    ],
)
def test_narrowed(query: TraceQuery) -> None:
    """Whatever an employee may ask brings rows that they sent or were sent, and says that it is narrowed."""
    decision = decide(TANAKA, query)

    assert isinstance(decision, Allowed)
    assert decision.narrowed
    assert not meets(decision.query, ROW)
    for sender in ("a@y.jp", "tanaka@x.jp", "ICHIRO@x.jp", "ceo@x.jp"):
        for recipient in ("b@z.jp", "tanaka@x.jp"):
            row = replace(ROW, sender_address=sender, recipient_address=recipient)
            assert meets(decision.query, row) == (meets(query, row) and may_see(TANAKA, row))


def test_not_theirs() -> None:
    """A question that can only be about other people's mail is refused."""
    assert decide(TANAKA, asked("ceo@x.jp", "*@y.jp")) is Refusal.NOT_YOURS


def test_mine() -> None:
    """One's own mail is narrowed by nature, so nobody is told that it was."""
    decision = decide_mine(HELPDESK, asked())

    assert isinstance(decision, Allowed)
    assert not decision.narrowed
    assert decision.query.involving == ((AddressPattern("desk@x.jp"),),)


def test_may_see() -> None:
    """A row is its sender's, its recipient's and the help desk's."""
    assert may_see(HELPDESK, ROW)
    assert not may_see(TANAKA, ROW)
    assert may_see(TANAKA, replace(ROW, recipient_address="Tanaka@X.jp"))
    assert may_see(TANAKA, replace(ROW, sender_address="ichiro@x.jp"))
