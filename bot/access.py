"""Who may do what: person × place × command → allowed, narrowed, or refused with a reason. Pure.

| | help desk | auditor | employee | guest, other tenant, bot |
|---|---|---|---|---|
| help, `explain` | yes | yes | yes | no |
| mail, reports and watches of it, what is kept of questions | all | no | own, of late | no |
| `audit` | no | yes | no | no |
| `doctor`, approving a place | yes | no | no | no |

Who is in two groups may what either may. What of a mail is shown to whom is decided row by row, in `sight`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from bot.commands import (
    Approve,
    AskName,
    Audit,
    BeginReport,
    Command,
    Compare,
    Continue,
    EditKept,
    Examine,
    Explain,
    FindParting,
    ForgetKept,
    Help,
    Mine,
    OfferFile,
    OpenRow,
    PickOther,
    Preset,
    Refine,
    RefineKept,
    Related,
    RenameKept,
    Report,
    ReportResults,
    ResumeReport,
    Revoke,
    RunAgain,
    RunKept,
    SaveSearch,
    SearchLonger,
    Share,
    ShareTo,
    ShowAudit,
    ShowForm,
    ShowPage,
    ShowRecent,
    ShowSaved,
    Stop,
    StopReport,
    StopTelling,
    SubmitForm,
    TellMe,
    Trace,
)
from bot.fields import unseen
from bot.turns import PlaceKind
from bot.watch_commands import (
    Acknowledge,
    ChangeWatch,
    EditWatch,
    ShowWatches,
    SubmitWatch,
    WatchResults,
    WatchTrace,
)
from tracing.calendar import Calendar
from tracing.model import AddressPattern, Between, Last, Period, TraceQuery

LOOK_BACK = timedelta(days=30)
"""How far back an employee's own mail goes unless the installation says otherwise: an address that was given
to somebody new must not show what was written to whoever had it before."""


@dataclass(frozen=True)
class Person:
    """Somebody the directory knows. `addresses` are in lower case, the primary one first."""

    aad_object_id: str
    name: str
    addresses: tuple[str, ...]
    helpdesk: bool
    guest: bool = False
    auditor: bool = False


class Role(StrEnum):
    """What somebody is to this program."""

    HELPDESK = "helpdesk"
    AUDITOR = "auditor"
    EMPLOYEE = "employee"
    OUTSIDER = "outsider"


class Ground(StrEnum):
    """How private a place is: a 1:1, a place approved for results, any other."""

    PRIVATE = "private"
    APPROVED = "approved"
    OPEN = "open"


class Act(StrEnum):
    """What a command does, as far as rights go."""

    TALK = "talk"
    LOOK = "look"
    OWN = "own"
    KEEP = "keep"
    AUDIT = "audit"
    DOCTOR = "doctor"
    GOVERN = "govern"
    FILE = "file"
    WATCH = "watch"


class Refusal(StrEnum):
    """Why not; the last part of a text's key."""

    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    NO_MAILBOX = "no_mailbox"
    TOO_OLD = "too_old"
    NOT_HELPDESK = "not_helpdesk"
    AUDITORS_ONLY = "auditors_only"
    NO_MAIL = "no_mail"
    TICKET = "ticket"
    BAD_TICKET = "bad_ticket"
    UNSEEN = "unseen"
    NOT_A_PLACE = "not_a_place"


ALLOWED: Mapping[Act, frozenset[Role]] = {
    Act.TALK: frozenset({Role.HELPDESK, Role.AUDITOR, Role.EMPLOYEE}),
    Act.LOOK: frozenset({Role.HELPDESK, Role.EMPLOYEE}),
    Act.OWN: frozenset({Role.HELPDESK, Role.EMPLOYEE}),
    Act.KEEP: frozenset({Role.HELPDESK, Role.EMPLOYEE}),
    Act.AUDIT: frozenset({Role.AUDITOR}),
    Act.DOCTOR: frozenset({Role.HELPDESK}),
    Act.GOVERN: frozenset({Role.HELPDESK}),
    Act.FILE: frozenset({Role.HELPDESK, Role.EMPLOYEE}),
    Act.WATCH: frozenset({Role.HELPDESK, Role.EMPLOYEE}),
}


@dataclass(frozen=True)
class Allowed:
    """The query that may run. `own`: of what it finds only the person's own mail may be shown; `narrowed`:
    that is less than was asked for, and they are told."""

    query: TraceQuery
    narrowed: bool
    own: bool = False


def act_of(command: Command) -> Act:
    """What *command* needs a right for; a new one without a rule does not type-check."""
    match command:
        case Help() | Explain():
            return Act.TALK
        case Mine():
            return Act.OWN
        case Trace() | Preset() | ShowForm() | SubmitForm() | Refine():
            return Act.LOOK
        case OpenRow() | FindParting() | PickOther() | Compare():
            return Act.LOOK
        case ShowPage() | RunAgain() | Stop() | Continue() | SearchLonger():
            return Act.LOOK
        case Report() | ReportResults() | BeginReport() | StopReport() | ResumeReport() | OfferFile():
            return Act.FILE
        case Related() | RunKept() | RefineKept() | TellMe():
            return Act.LOOK
        case ShowSaved() | ShowRecent() | AskName() | SaveSearch() | EditKept() | RenameKept() | ForgetKept():
            return Act.KEEP
        case StopTelling() | ShowWatches() | ChangeWatch() | EditWatch():
            return Act.KEEP
        case WatchTrace() | WatchResults() | SubmitWatch() | Acknowledge():
            return Act.WATCH
        case Examine():
            return Act.DOCTOR
        case Audit() | ShowAudit():
            return Act.AUDIT
        case Approve() | Revoke():
            return Act.GOVERN
        case Share() | ShareTo():
            return Act.KEEP
        case _:
            assert_never(command)


def roles_of(person: Person | None) -> frozenset[Role]:
    """What *person*, None when the directory does not know them, is; never empty."""
    if person is None or person.guest:
        return frozenset({Role.OUTSIDER})
    held = {Role.HELPDESK: person.helpdesk, Role.AUDITOR: person.auditor}
    return frozenset(role for role, is_held in held.items() if is_held) or frozenset({Role.EMPLOYEE})


def permit(person: Person | None, ground: Ground, command: Command) -> Refusal | None:
    """Why *person* may not give *command* where they are; None when they may."""
    act, roles = act_of(command), roles_of(person)
    if Role.OUTSIDER in roles:
        return Refusal.UNKNOWN
    if not roles & ALLOWED[act]:
        return _why_not(act)
    if act is Act.GOVERN and ground is Ground.PRIVATE:
        return Refusal.NOT_A_PLACE
    return None


def shows_here(person: Person | None, ground: Ground, command: Command, ticket: str = "") -> bool:
    """Whether the answer may stand where everybody in the place reads it; else it goes to the asker alone.

    An approval is the help desk's, for what the help desk looks up: one's own mail, and what a ticket opened,
    stay private.
    """
    if ground is Ground.PRIVATE or permit(person, ground, command) is not None:
        return False
    if act_of(command) is Act.GOVERN:
        # That concerns everybody there, and shows nothing of mail.
        return True
    own = isinstance(command, WatchTrace) and command.watch.mine
    if ground is not Ground.APPROVED or ticket or own:
        return False
    return act_of(command) in (Act.LOOK, Act.WATCH) and Role.HELPDESK in roles_of(person)


def ground_of(kind: PlaceKind, *, approved: bool) -> Ground:
    """How private a place of *kind* is."""
    if kind is PlaceKind.PERSONAL:
        return Ground.PRIVATE
    return Ground.APPROVED if approved else Ground.OPEN


def decide(
    person: Person | None, query: TraceQuery, now: datetime, look_back: timedelta = LOOK_BACK
) -> Allowed | Refusal:
    """What *person* may have of *query*, which they ask at *now*."""
    if (refusal := _no_mail(person)) is not None or person is None:
        return refusal or Refusal.UNKNOWN
    if person.helpdesk:
        return Allowed(_asked(query), narrowed=False)
    if not person.addresses:
        return Refusal.NO_MAILBOX
    if not _may_concern(person, query):
        return Refusal.NOT_YOURS
    if unseen(query):
        return Refusal.UNSEEN
    period = recent(query.period, now, look_back)
    if period is None:
        return Refusal.TOO_OLD
    return Allowed(replace(_asked(query), period=period, confined_to=own(person)), narrowed=True, own=True)


def decide_mine(
    person: Person | None, query: TraceQuery, now: datetime, look_back: timedelta = LOOK_BACK
) -> Allowed | Refusal:
    """*query* over the person's own mail, whoever they are."""
    if (refusal := _no_mail(person)) is not None or person is None:
        return refusal or Refusal.UNKNOWN
    if not person.addresses:
        return Refusal.NO_MAILBOX
    if person.helpdesk:
        return Allowed(replace(_asked(query), confined_to=own(person)), narrowed=False)
    if unseen(query):
        return Refusal.UNSEEN
    period = recent(query.period, now, look_back)
    if period is None:
        return Refusal.TOO_OLD
    narrowed = period != query.period
    return Allowed(replace(_asked(query), period=period, confined_to=own(person)), narrowed, own=True)


def recent(period: Period, now: datetime, look_back: timedelta) -> Period | None:
    """What of *period* is no further back than *look_back*; None when nothing is."""
    first = now - look_back
    match period:
        case Last(duration):
            return Last(min(duration, look_back))
        case Between(start, end):
            return None if end is not None and end <= first else Between(max(start, first), end)
        case Calendar():
            start, end = period.bounds(now)
            if start >= first:
                return period
            return None if end <= first else Between(first, end)
        case _:
            assert_never(period)


def own(person: Person) -> tuple[AddressPattern, ...]:
    """The person's addresses as a group of which sender or recipient must be one."""
    return tuple(AddressPattern(address) for address in person.addresses)


def _no_mail(person: Person | None) -> Refusal | None:
    """Why *person* may look at no mail at all, their own among it."""
    roles = roles_of(person)
    if Role.OUTSIDER in roles:
        return Refusal.UNKNOWN
    return None if roles & ALLOWED[Act.LOOK] else Refusal.NO_MAIL


def _why_not(act: Act) -> Refusal:
    if act in (Act.LOOK, Act.OWN, Act.KEEP, Act.FILE, Act.WATCH):
        return Refusal.NO_MAIL
    return Refusal.AUDITORS_ONLY if act is Act.AUDIT else Refusal.NOT_HELPDESK


def _asked(query: TraceQuery) -> TraceQuery:
    """*query* as a source is asked it: a ticket says why somebody asks, and nothing of the mail."""
    return replace(query, ticket="")


def _may_concern(person: Person, query: TraceQuery) -> bool:
    """Whether a mail that meets *query* can be the person's own at all."""
    return any(
        not patterns or any(pattern.matches(address) for pattern in patterns for address in person.addresses)
        for patterns in (query.senders, query.recipients)
    )
