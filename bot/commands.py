"""Everything a person can ask, whether typed or tapped."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from bot.record import AuditQuery
from bot.watch_commands import WatchCommand
from cards.form import Fields
from cards.report_file import ReportKind
from tracing.model import Last, TraceQuery

MINE_PERIOD = Last(timedelta(days=7))
MINE_QUERY = TraceQuery(MINE_PERIOD)
MESSAGE_ID_PERIOD = Last(timedelta(days=10))
"""A Message-ID alone is searched this far back, one window of Graph; the card offers more."""
LONGEST_PERIOD = Last(timedelta(days=90))


@dataclass(frozen=True)
class Trace:
    """`trace sender *@hoge.com`, `trace a@x.jp`, `trace <id@host>`: what happened to these?"""

    query: TraceQuery


@dataclass(frozen=True)
class Mine:
    """`mine`: my own mail, both directions, problems first; `query` holds what was said besides."""

    query: TraceQuery = MINE_QUERY


@dataclass(frozen=True)
class Preset:
    """`trace failed`: one of the admin center's five default queries, by its name in `vocabulary.PRESETS`.

    `trace sent all`: `all_domains` asks for all of ours where the query would ask for the primary one.
    """

    name: str
    all_domains: bool = False


@dataclass(frozen=True)
class ShowForm:
    """`trace` alone: the form; `report` alone: with that kind of report chosen."""

    report: str = ""


@dataclass(frozen=True)
class SubmitForm:
    """The form's search button; `fields` are as the client sent them."""

    fields: Fields


@dataclass(frozen=True)
class Refine:
    """A tap on “change conditions”: the form, filled."""

    state_id: str


class Shared(StrEnum):
    """What related mails share with a message."""

    MESSAGE_ID = "message_id"
    SENDER = "sender"
    RECIPIENT = "recipient"
    SUBJECT = "subject"
    FROM_IP = "from_ip"


@dataclass(frozen=True)
class Related:
    """A tap on “same sender” and the like; `position` is the row's place, as in OpenRow."""

    state_id: str
    position: int
    shared: Shared


@dataclass(frozen=True)
class Named:
    """A saved search by the name that its owner gave it."""

    name: str


@dataclass(frozen=True)
class Kept:
    """A saved or recent search by its id: what a button carries."""

    kept_id: str


KeptRef = Named | Kept


@dataclass(frozen=True)
class ShowSaved:
    """`saved`: the searches that a person saved; `page` counts from 0."""

    page: int = 0


@dataclass(frozen=True)
class ShowRecent:
    """`recent`: what a person asked last."""


@dataclass(frozen=True)
class AskName:
    """`save` alone, or a tap on “save”: under which name? `state_id` "" is what was asked last."""

    state_id: str = ""


@dataclass(frozen=True)
class SaveSearch:
    """`save monthly invoices`: keep the search of `state_id`, "" what was asked last, under `name`."""

    name: str
    state_id: str = ""


@dataclass(frozen=True)
class RunKept:
    """`run monthly invoices`: the saved search once more, decided anew."""

    search: KeptRef


@dataclass(frozen=True)
class RefineKept:
    """A tap on “change conditions” of a saved or recent search."""

    search: Kept


@dataclass(frozen=True)
class EditKept:
    """A tap on “…” beside a saved or recent search: what can be done with it."""

    search: Kept


@dataclass(frozen=True)
class RenameKept:
    """`rename invoices to bills`; under a recent search, its name is its first, and saves it."""

    search: KeptRef
    name: str


@dataclass(frozen=True)
class ForgetKept:
    """`forget monthly invoices`: no longer keep it."""

    search: KeptRef


KeptCommand = ShowSaved | ShowRecent | AskName | SaveSearch | EditKept | RenameKept | ForgetKept
"""What is answered from what is kept, without a search."""


@dataclass(frozen=True)
class Report:
    """`report enhanced sender *@hoge.com`, `report extended mine`: the same trace as a file."""

    kind: ReportKind
    query: TraceQuery
    mine: bool = False


@dataclass(frozen=True)
class ReportResults:
    """A tap on “CSV file” under a list: the list's question as a file."""

    state_id: str
    kind: ReportKind = ReportKind.ENHANCED


@dataclass(frozen=True)
class BeginReport:
    """A tap on “start”: the report whose cost was shown."""

    report_id: str


@dataclass(frozen=True)
class StopReport:
    """A tap on “cancel”."""

    report_id: str


@dataclass(frozen=True)
class ResumeReport:
    """A tap on “resume”: a cancelled or interrupted report goes on."""

    report_id: str


@dataclass(frozen=True)
class OfferFile:
    """A tap on “offer the file again”."""

    report_id: str


ReportCommand = BeginReport | StopReport | ResumeReport | OfferFile
"""The buttons of a report's own cards."""


@dataclass(frozen=True)
class Help:
    """`help`, or nothing at all; `help more`: the rest."""

    more: bool = False


@dataclass(frozen=True)
class Approve:
    """`approve` in a channel or group chat: results may show here; for the help desk.

    `approve details`: alerts there hold mails, too.
    """

    details: bool = False


@dataclass(frozen=True)
class Revoke:
    """`revoke` in a channel or group chat: results no longer show here; for the help desk.

    `revoke details`: results do, but alerts hold no mails.
    """

    details: bool = False


@dataclass(frozen=True)
class Audit:
    """`audit last 7d by sato`: who looked at what; for auditors."""

    query: AuditQuery


@dataclass(frozen=True)
class ShowAudit:
    """A tap on newer or older entries of the record."""

    state_id: str
    page: int


@dataclass(frozen=True)
class Share:
    """A tap on “share”: where could this be put, and what would be seen?"""

    state_id: str


@dataclass(frozen=True)
class ShareTo:
    """A tap on a place to share into, named by its id in the store."""

    state_id: str
    place_id: str


@dataclass(frozen=True)
class Examine:
    """`doctor`: what is wrong with the installation; for the help desk."""


@dataclass(frozen=True)
class Explain:
    """`explain 550 5.7.1`, `explain` and a pasted bounce, or the bounce alone: what does this mean?

    `text` is what was pasted, "" when nothing was; `cut`: there was more of it.
    """

    text: str
    cut: bool = False


@dataclass(frozen=True)
class OpenRow:
    """A tap on a row: the reason. `position` counts the rows of the kept answer, trouble first.

    `page` and `only` are where the reader was, to go back there.
    """

    state_id: str
    position: int
    page: int = 0
    only: str = ""


@dataclass(frozen=True)
class ShowPage:
    """A tap on next, previous or a state; `only` is the state shown alone, "" for all."""

    state_id: str
    page: int
    only: str


@dataclass(frozen=True)
class FindParting:
    """A tap on “where they part”: the fates of a message's recipients, one of which is at `position`."""

    state_id: str
    position: int
    page: int = 0
    only: str = ""


@dataclass(frozen=True)
class PickOther:
    """A tap on “compare with…”: what the row at `position` can be held against."""

    state_id: str
    position: int
    page: int = 0
    only: str = ""


@dataclass(frozen=True)
class Compare:
    """A tap on what to compare with: the row at `position` beside the one at `other` in another answer."""

    state_id: str
    position: int
    other_id: str
    other: int
    page: int = 0
    only: str = ""


@dataclass(frozen=True)
class RunAgain:
    """A tap on refresh or run again."""

    state_id: str


@dataclass(frozen=True)
class Stop:
    """A tap on “stop”, while a search is under way."""

    state_id: str


@dataclass(frozen=True)
class Continue:
    """A tap on “continue”: read on where the search stopped, into the same list."""

    state_id: str


@dataclass(frozen=True)
class SearchLonger:
    """A tap on “search back 90 days”."""

    state_id: str


@dataclass(frozen=True)
class TellMe:
    """A tap on “tell me when it lands”, on the detail of the row at `position` of the kept answer."""

    state_id: str
    position: int


@dataclass(frozen=True)
class StopTelling:
    """A tap on “stop watching”; `errand_id` names the errand."""

    errand_id: str


Command = (
    Trace
    | Report
    | ReportResults
    | ReportCommand
    | Mine
    | Preset
    | ShowForm
    | SubmitForm
    | Refine
    | Help
    | Explain
    | Examine
    | TellMe
    | StopTelling
    | WatchCommand
    | OpenRow
    | FindParting
    | PickOther
    | Compare
    | ShowPage
    | RunAgain
    | Stop
    | Continue
    | SearchLonger
    | Related
    | RunKept
    | RefineKept
    | KeptCommand
    | Approve
    | Revoke
    | Audit
    | ShowAudit
    | Share
    | ShareTo
)
