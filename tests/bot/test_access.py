"""Who may do what, and who may ask what."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import get_args

import pytest

from bot.access import (
    ALLOWED,
    LOOK_BACK,
    Act,
    Allowed,
    Ground,
    Person,
    Refusal,
    Role,
    act_of,
    decide,
    decide_mine,
    ground_of,
    permit,
    roles_of,
    shows_here,
)
from bot.commands import (
    Command,
    Help,
    Mine,
    Trace,
)
from bot.turns import PlaceKind
from bot.watch_commands import (
    WatchTrace,
)
from tests.commands import sample
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import AddressPattern, Between, DeliveryStatus, Last, MessageTrace, Period, TraceQuery
from tracing.plan import meets
from tracing.watch import Watch

NOW = datetime(2026, 10, 15, 3, tzinfo=UTC)
HELPDESK = Person("1", "Help Desk", ("desk@x.jp",), helpdesk=True)
AUDITOR = Person("3", "Auditor", ("audit@x.jp",), helpdesk=False, auditor=True)
BOTH = replace(HELPDESK, auditor=True)
TANAKA = Person("2", "Tanaka", ("tanaka@x.jp", "ichiro@x.jp"), helpdesk=False)
GUEST = replace(TANAKA, guest=True)
NOBODY = replace(TANAKA, addresses=())
PEOPLE = {
    Role.HELPDESK: HELPDESK,
    Role.AUDITOR: AUDITOR,
    Role.EMPLOYEE: TANAKA,
    Role.OUTSIDER: GUEST,
}
ROW = MessageTrace("t", "<m@x>", NOW, "a@y.jp", "b@z.jp", "", 0, DeliveryStatus.FAILED, "", "")

TABLE = {
    Act.TALK: {Role.HELPDESK, Role.AUDITOR, Role.EMPLOYEE},
    Act.LOOK: {Role.HELPDESK, Role.EMPLOYEE},
    Act.OWN: {Role.HELPDESK, Role.EMPLOYEE},
    Act.KEEP: {Role.HELPDESK, Role.EMPLOYEE},
    Act.AUDIT: {Role.AUDITOR},
    Act.DOCTOR: {Role.HELPDESK},
    Act.GOVERN: {Role.HELPDESK},
    Act.FILE: {Role.HELPDESK, Role.EMPLOYEE},
    Act.WATCH: {Role.HELPDESK, Role.EMPLOYEE},
}
"""The table of roles as it was agreed on, written down a second time."""


def asked(sender: str = "", recipient: str = "", party: str = "") -> TraceQuery:
    def group(text: str) -> tuple[AddressPattern, ...]:
        return (AddressPattern(text),) if text else ()

    return TraceQuery(
        senders=group(sender), recipients=group(recipient), involving=(group(party),) if party else ()
    )


def concerns(person: Person, row: MessageTrace) -> bool:
    return bool({row.sender_address.lower(), row.recipient_address.lower()} & set(person.addresses))


def test_the_table() -> None:
    """Who may do what is what was agreed on, and everything that can be done stands in it."""
    assert set(TABLE) == set(ALLOWED) == set(Act)
    assert {act: set(roles) for act, roles in ALLOWED.items()} == TABLE


@pytest.mark.parametrize(
    ("command", "role", "ground"), list(product(get_args(Command), Role, Ground)), ids=str
)
def test_every_command(command: type[Command], role: Role, ground: Ground) -> None:
    """Every command has a rule for every role in every place; outsiders may do nothing anywhere."""
    given = sample(command)
    act, refusal = act_of(given), permit(PEOPLE[role], ground, given)

    if role is Role.OUTSIDER:
        assert refusal is Refusal.UNKNOWN
    elif role not in TABLE[act]:
        assert refusal is not None
    else:
        misplaced = act is Act.GOVERN and ground is Ground.PRIVATE
        assert refusal is (Refusal.NOT_A_PLACE if misplaced else None)
    if shows_here(PEOPLE[role], ground, given):
        assert role is Role.HELPDESK
        assert (act, ground) in {
            (Act.LOOK, Ground.APPROVED),
            (Act.WATCH, Ground.APPROVED),
            (Act.GOVERN, Ground.APPROVED),
            (Act.GOVERN, Ground.OPEN),
        }


def test_roles() -> None:
    """Nobody is without a role; who is in two groups may what either may, and a guest nothing."""
    assert roles_of(None) == roles_of(GUEST) == roles_of(replace(BOTH, guest=True)) == {Role.OUTSIDER}
    assert roles_of(TANAKA) == {Role.EMPLOYEE}
    assert roles_of(AUDITOR) == {Role.AUDITOR}
    assert roles_of(BOTH) == {Role.HELPDESK, Role.AUDITOR}


def test_what_shows_in_a_place() -> None:
    """In an approved place only what the help desk looks up shows; own mail and tickets stay private."""
    trace = Trace(asked())

    assert shows_here(HELPDESK, Ground.APPROVED, trace)
    assert not shows_here(HELPDESK, Ground.APPROVED, Mine())
    assert shows_here(HELPDESK, Ground.APPROVED, WatchTrace(Watch(asked())))
    assert not shows_here(HELPDESK, Ground.APPROVED, WatchTrace(Watch(asked(), mine=True)))
    assert not shows_here(HELPDESK, Ground.APPROVED, Help())
    assert not shows_here(HELPDESK, Ground.APPROVED, trace, "INC1")
    assert not shows_here(HELPDESK, Ground.OPEN, trace)
    assert not shows_here(TANAKA, Ground.APPROVED, trace)


@pytest.mark.parametrize("kind", PlaceKind)
def test_ground(kind: PlaceKind) -> None:
    """A 1:1 is private whatever is approved, any other place as public as it is."""
    private = kind is PlaceKind.PERSONAL

    assert ground_of(kind, approved=False) is (Ground.PRIVATE if private else Ground.OPEN)
    assert ground_of(kind, approved=True) is (Ground.PRIVATE if private else Ground.APPROVED)


def test_helpdesk() -> None:
    """The help desk traces anything, as asked; a ticket says why and is not asked of the mail."""
    query = asked("ceo@x.jp")

    assert decide(HELPDESK, query, NOW) == Allowed(query, narrowed=False)
    assert decide(HELPDESK, replace(query, ticket="INC1"), NOW) == Allowed(query, narrowed=False)


@pytest.mark.parametrize("person", [None, GUEST, replace(HELPDESK, guest=True)])
def test_unknown(person: Person | None) -> None:
    """Nobody the directory does not know, and no guest, gets anything."""
    assert decide(person, asked(), NOW) is Refusal.UNKNOWN
    assert decide_mine(person, asked(), NOW) is Refusal.UNKNOWN


def test_auditor() -> None:
    """An auditor reads the record and no mail, their own included."""
    assert decide(AUDITOR, asked(), NOW) is Refusal.NO_MAIL
    assert decide_mine(AUDITOR, asked(), NOW) is Refusal.NO_MAIL
    assert isinstance(decide(BOTH, asked(), NOW), Allowed)


def test_no_mailbox() -> None:
    """Without an address there is no mail of one's own."""
    assert decide(NOBODY, asked(), NOW) is Refusal.NO_MAILBOX
    assert decide_mine(NOBODY, asked(), NOW) is Refusal.NO_MAILBOX


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
    decision = decide(TANAKA, query, NOW)

    assert isinstance(decision, Allowed)
    assert decision.narrowed
    assert decision.own
    assert not meets(decision.query, ROW)
    for sender in ("a@y.jp", "tanaka@x.jp", "ICHIRO@x.jp", "ceo@x.jp"):
        for recipient in ("b@z.jp", "tanaka@x.jp"):
            row = replace(ROW, sender_address=sender, recipient_address=recipient)
            assert meets(decision.query, row) == (meets(query, row) and concerns(TANAKA, row))


def test_not_theirs() -> None:
    """A question that can only be about other people's mail is refused."""
    assert decide(TANAKA, asked("ceo@x.jp", "*@y.jp"), NOW) is Refusal.NOT_YOURS


@pytest.mark.parametrize(
    ("period", "left"),
    [
        (Last(timedelta(days=2)), Last(timedelta(days=2))),
        (Last(timedelta(days=90)), Last(LOOK_BACK)),
        (Between(NOW - timedelta(days=90)), Between(NOW - LOOK_BACK)),
        (Between(NOW - timedelta(days=9), NOW), Between(NOW - timedelta(days=9), NOW)),
        (
            Between(NOW - timedelta(days=90), NOW - timedelta(days=20)),
            Between(NOW - LOOK_BACK, NOW - timedelta(days=20)),
        ),
        (Between(NOW - timedelta(days=90), NOW - LOOK_BACK), None),
        (Calendar(CalendarUnit.WEEK, 1, "Asia/Tokyo"), Calendar(CalendarUnit.WEEK, 1, "Asia/Tokyo")),
        (Calendar(CalendarUnit.MONTH, 1, "UTC"), Between(NOW - LOOK_BACK, datetime(2026, 10, 1, tzinfo=UTC))),
        (Calendar(CalendarUnit.MONTH, 2, "UTC"), None),
    ],
    ids=str,
)
def test_look_back(period: Period, left: Period | None) -> None:
    """An employee's mail goes thirty days back, before that is refused; the help desk's is whole."""
    query = TraceQuery(period)
    for decided in (decide(TANAKA, query, NOW), decide_mine(TANAKA, query, NOW)):
        if left is None:
            assert decided is Refusal.TOO_OLD
        else:
            assert isinstance(decided, Allowed)
            assert decided.query.period == left
    whole = decide(HELPDESK, query, NOW)

    assert isinstance(whole, Allowed)
    assert whole.query.period == period


def test_mine() -> None:
    """One's own mail is confined by nature: nobody is told, unless it was cut in time."""
    desk, tanaka = decide_mine(HELPDESK, asked(), NOW), decide_mine(TANAKA, asked(), NOW)
    cut = decide_mine(TANAKA, TraceQuery(Last(timedelta(days=60))), NOW)

    assert isinstance(desk, Allowed)
    assert isinstance(tanaka, Allowed)
    assert isinstance(cut, Allowed)
    assert desk.query.confined_to == (AddressPattern("desk@x.jp"),)
    assert (desk.narrowed, desk.own) == (False, False)
    assert (tanaka.narrowed, tanaka.own) == (False, True)
    assert (cut.narrowed, cut.own) == (True, True)
