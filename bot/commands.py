"""Everything a person can ask, whether typed or tapped."""

from dataclasses import dataclass
from datetime import timedelta

from cards.form import Fields
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
    """`trace` alone: the form."""


@dataclass(frozen=True)
class SubmitForm:
    """The form's search button; `fields` are as the client sent them."""

    fields: Fields


@dataclass(frozen=True)
class Refine:
    """A tap on “change conditions”: the form, filled."""

    state_id: str


@dataclass(frozen=True)
class Help:
    """`help`, or nothing at all."""


@dataclass(frozen=True)
class Examine:
    """`doctor`: what is wrong with the installation; for the help desk."""


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
class SearchLonger:
    """A tap on “search back 90 days”."""

    state_id: str


Command = (
    Trace
    | Mine
    | Preset
    | ShowForm
    | SubmitForm
    | Refine
    | Help
    | Examine
    | OpenRow
    | FindParting
    | PickOther
    | Compare
    | ShowPage
    | RunAgain
    | SearchLonger
)
