"""What is asked of a message trace and what comes back, in the vendor's own words.

Source: https://learn.microsoft.com/graph/api/resources/exchangemessagetrace
"""

import re
from collections.abc import AsyncGenerator, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from fnmatch import translate
from functools import cached_property
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol, assert_never

from tracing.calendar import Calendar
from tracing.causes import Cause


class DeliveryStatus(StrEnum):
    """The states Graph documents, trouble first: the order in which a reader wants them."""

    FAILED = "failed"
    QUARANTINED = "quarantined"
    FILTERED_AS_SPAM = "filteredAsSpam"
    PENDING = "pending"
    GETTING_STATUS = "gettingStatus"
    RECALLED = "recalled"
    EXPANDED = "expanded"
    DELIVERED = "delivered"


_STATUS = {status.value.casefold(): status for status in DeliveryStatus}


def decode_status(text: str) -> "DeliveryStatus | str":
    """The status *text* names, whatever its case; a value Graph adds later comes back as it is."""
    return _STATUS.get(text.casefold(), text)


UNCHECKED = "unchecked"
"""Not a value of Graph's: a message with unchecked recipients, so that its state is unknown."""
WITHHELD = "withheld"
"""Not a value of Graph's: a message whose recipients were all checked and may not be shown."""
HANDED_IN = "sent"
"""The former name of UNCHECKED, in stored answers."""

_ORDER = (
    DeliveryStatus.FAILED,
    DeliveryStatus.QUARANTINED,
    DeliveryStatus.FILTERED_AS_SPAM,
    DeliveryStatus.PENDING,
    UNCHECKED,
    DeliveryStatus.GETTING_STATUS,
    DeliveryStatus.RECALLED,
    DeliveryStatus.EXPANDED,
    DeliveryStatus.DELIVERED,
    WITHHELD,
    HANDED_IN,
)
_RANKS = {str(status): 2 * rank for rank, status in enumerate(_ORDER)}


def trouble_rank(status: str) -> int:
    """Where *status* stands when trouble comes first; what nobody knows stands right behind the failures."""
    return _RANKS.get(status, 1)


@dataclass(frozen=True)
class AddressPattern:
    """An address with `*` (any run of characters) and `?` (one character) as wildcards, in lower case."""

    text: str

    @property
    def is_exact(self) -> bool:
        return "*" not in self.text and "?" not in self.text

    @property
    def domain(self) -> str | None:
        """The domain, when no wildcard stands in it."""
        _, _, domain = self.text.rpartition("@")
        return None if "*" in domain or "?" in domain else domain

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        # The library's translation never backtracks across a wildcard; a bracket means itself here.
        return re.compile(translate(self.text.replace("[", "[[]")))

    def matches(self, address: str) -> bool:
        """Whether *address*, in any case, fits the whole pattern."""
        return self._regex.match(address.lower()) is not None


@dataclass(frozen=True)
class Last:
    """The time up to now."""

    duration: timedelta


@dataclass(frozen=True)
class Between:
    """From *start* to *end*, both aware, both included; `end=None` is now."""

    start: datetime
    end: datetime | None = None


Period = Last | Between | Calendar


class SubjectMode(StrEnum):
    """How a subject is compared; the values are Graph's functions and its operator."""

    CONTAINS = "contains"
    STARTS_WITH = "startswith"
    ENDS_WITH = "endswith"
    EQUALS = "eq"


@dataclass(frozen=True)
class SubjectFilter:
    """What a subject must hold, whatever its case."""

    mode: SubjectMode
    text: str

    def matches(self, subject: str) -> bool:
        own, asked = subject.casefold(), self.text.casefold()
        match self.mode:
            case SubjectMode.CONTAINS:
                return asked in own
            case SubjectMode.STARTS_WITH:
                return own.startswith(asked)
            case SubjectMode.ENDS_WITH:
                return own.endswith(asked)
            case SubjectMode.EQUALS:
                return own == asked
            case _:
                assert_never(self.mode)


class Direction(StrEnum):
    """Which way a message goes, seen from the accepted domains; Graph's rows do not say."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


def direction_of(sender_address: str, recipient_address: str, domains: Collection[str]) -> Direction:
    """Which way a row goes; *domains*, in lower case, are inside. INBOUND too when both sides are outside.

    `*.contoso.com` among them stands for every domain below contoso.com, and not for itself.
    """
    if not _is_inside(sender_address, domains):
        return Direction.INBOUND
    return Direction.INTERNAL if _is_inside(recipient_address, domains) else Direction.OUTBOUND


def _is_inside(address: str, domains: Collection[str]) -> bool:
    domain = address.rpartition("@")[2].lower()
    if domain in domains:
        return True
    while domain:
        _, _, domain = domain.partition(".")
        if f"*.{domain}" in domains:
            return True
    return False


class BlankIp(StrEnum):
    """What stands for a row without an address, beside the networks that addresses are in."""

    BLANK = "blank"


IpFilter = IPv4Network | IPv6Network | BlankIp
"""255.255.255.255, like any single address a network of its own, marks mail without a hop from outside."""


MAX_ROWS = 10_000
"""With so many rows an answer is full, at the end of the page that fills it; a report holds them all."""

DEFAULT_PERIOD = Last(timedelta(days=2))


@dataclass(frozen=True)
class Apart:
    """Mail that the asker cannot find: that of *people*, unless one of *own* is part of it.

    Addresses are in lower case.
    """

    people: frozenset[str]
    own: frozenset[str] = frozenset()

    def holds(self, sender_address: str, recipient_address: str) -> bool:
        """Whether a row between these addresses is such mail."""
        both = {sender_address.lower(), recipient_address.lower()}
        return bool(both & self.people) and not both & self.own


@dataclass(frozen=True)
class TraceQuery:
    """The conditions of a trace; all of them hold, and within one list any value does.

    `involving` holds groups of addresses: each group must be met by the sender or the recipient.
    An empty list asks nothing. `domains`, in lower case, are the accepted domains that `direction` is judged
    by, `*.contoso.com` for those below one; without `direction` they ask nothing. A single address is a
    network of /32 or /128. `client_ip` is in no row: it is matched against the events of the rows found; so
    are `causes`, any of which may match, and the full name of a mail flow `rule`, ignoring case.
    `confined_to`, single addresses: nothing but their mail may be read at all, sent or received. `ticket`
    states the reason for the question and is no condition. Rows in `apart` are skipped while reading: they
    take neither places nor requests.
    """

    period: Period = DEFAULT_PERIOD
    senders: tuple[AddressPattern, ...] = ()
    recipients: tuple[AddressPattern, ...] = ()
    involving: tuple[tuple[AddressPattern, ...], ...] = ()
    statuses: tuple[DeliveryStatus, ...] = ()
    message_ids: tuple[str, ...] = ()
    message_trace_ids: tuple[str, ...] = ()
    subject: SubjectFilter | None = None
    direction: Direction | None = None
    domains: tuple[str, ...] = ()
    from_ips: tuple[IpFilter, ...] = ()
    client_ip: IPv4Network | IPv6Network | None = None
    confined_to: tuple[AddressPattern, ...] = ()
    ticket: str = ""
    causes: tuple[Cause, ...] = ()
    rule: str = ""
    apart: Apart | None = None


@dataclass(frozen=True)
class MessageTrace:
    """One row: one message and one of its recipients. `received_date_time` is aware, in UTC; `size` in bytes.

    Source: https://learn.microsoft.com/graph/api/resources/exchangemessagetrace
    """

    message_trace_id: str
    message_id: str
    received_date_time: datetime
    sender_address: str
    recipient_address: str
    subject: str
    size: int
    status: DeliveryStatus | str
    from_ip: str
    to_ip: str

    @property
    def key(self) -> tuple[str, str]:
        """What makes a row the same row: the message and the recipient."""
        return self.message_trace_id, self.recipient_address.lower()


@dataclass(frozen=True)
class TraceEvent:
    """One step on a message's way to one recipient; `data` is the XML as it came.

    Source: https://learn.microsoft.com/graph/api/resources/exchangemessagetracedetail
    """

    date_time: datetime
    event: str
    action: str = ""
    description: str = ""
    data: str = ""


class Shortfall(StrEnum):
    """Why an answer holds less than was asked for."""

    ROW_LIMIT = "row_limit"
    REQUEST_LIMIT = "request_limit"
    THROTTLED = "throttled"
    INTERRUPTED = "interrupted"
    HISTORY = "history"
    UNCHECKED = "unchecked"
    RECIPIENTS = "recipients"


@dataclass(frozen=True)
class Window:
    """An instant to an instant, aware, both included."""

    start: datetime
    end: datetime


TROUBLED = (
    DeliveryStatus.FAILED,
    DeliveryStatus.QUARANTINED,
    DeliveryStatus.FILTERED_AS_SPAM,
    DeliveryStatus.PENDING,
)
"""The states that need somebody; where not everything is read, these are asked for on their own."""


@dataclass(frozen=True)
class TraceRequest:
    """One list of Graph: at most one value for each property.

    Taken up again, rows at `before` and later were read already, and so were those with the keys in `held`,
    of the instant ahead of it; both are dropped here.
    """

    window: Window
    sender: str | None = None
    recipient: str | None = None
    status: DeliveryStatus | None = None
    message_id: str | None = None
    message_trace_id: str | None = None
    subject: SubjectFilter | None = None
    from_ip: str | None = None
    before: datetime | None = None
    held: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Answer:
    """What a source found: `rows` newest first, each key once.

    `shortfalls` is empty when every row of `window` that meets the query is here. `scanned` counts the rows
    read to find these; `as_of` is when the reading began. `rest` is what is left to read, and takes about
    `left` requests; `troubled_rest` is what is left of asking for the TROUBLED states alone, None where
    nothing was asked that way. `unchecked` rows are shown to no one before their events tell whether they
    meet the query's `client_ip` or `causes`, or whether their sender may see the recipient. The events of
    `looked` rows were read; those of rows that fit are in `events`, by key, until the answer is narrowed to
    its reader. `withheld` rows were found and taken out, as its reader may not have them but is told how
    many.
    """

    rows: tuple[MessageTrace, ...]
    window: Window
    as_of: datetime
    requests: int
    scanned: int
    shortfalls: frozenset[Shortfall] = field(default_factory=frozenset)
    rest: tuple[TraceRequest, ...] = ()
    left: int = 0
    troubled_rest: tuple[TraceRequest, ...] | None = None
    unchecked: tuple[MessageTrace, ...] = ()
    looked: int = 0
    withheld: int = 0
    events: Mapping[tuple[str, str], tuple[TraceEvent, ...]] = field(default_factory=dict)

    @property
    def whole_from(self) -> datetime:
        """From here on to the window's end, every row was read; the end itself when there is no such time."""
        return _first_whole(self.rest, self.window)

    @property
    def trouble_whole_from(self) -> datetime:
        """From here on, every row in a TROUBLED state was read; never later than `whole_from`."""
        if self.troubled_rest is None:
            return self.whole_from
        return min(self.whole_from, _first_whole(self.troubled_rest, self.window))


def _first_whole(rest: Iterable[TraceRequest], window: Window) -> datetime:
    return max((request.window.end for request in rest), default=window.start)


@dataclass(frozen=True)
class Batch:
    """Some rows of a long reading, newest first. `rest` is what is left after them: () at the end.

    `requests` and `scanned` count from where this reading began or was taken up; `left` estimates the
    requests that `rest` takes. `window` is the whole one, and `shortfalls` says whether the history cut it.
    """

    rows: tuple[MessageTrace, ...]
    rest: tuple[TraceRequest, ...]
    window: Window
    requests: int
    scanned: int
    left: int
    shortfalls: frozenset[Shortfall] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Progress:
    """The progress of a reading: the rows found (None if the number is not shown), and the parts read."""

    rows: int | None
    done: int
    total: int


Watch = Callable[[Progress], None]


@dataclass
class Allowance:
    """The requests that one question may still spend; every read for it draws from here."""

    left: int


@dataclass(frozen=True)
class Spender:
    """Who spends requests: `who` is an opaque id, an Entra object id; people go before the background.

    `employee`: not on the help desk, so they spend from the employees' share. `watch` hears how far the
    reading is. `allowance`: what their question may cost, None without a question.
    """

    who: str
    background: bool = False
    employee: bool = False
    watch: Watch | None = field(default=None, compare=False)
    allowance: Allowance | None = field(default=None, compare=False)


class Source(Protocol):
    """Where answers come from: Graph first, a local history later."""

    async def trace(self, query: TraceQuery, spender: Spender, *, fresh: bool = False) -> Answer:
        """What a person may wait for: some requests' worth; `Answer.rest` says what is left.

        *fresh*: read anew, whatever somebody else found a moment ago. Raises: QueryError, GraphError.
        """

    async def resume(self, query: TraceQuery, answer: Answer, spender: Spender) -> Answer:
        """*answer* with more of what its `rest` holds. What fails now is a shortfall of the answer."""

    def batches(
        self, query: TraceQuery, spender: Spender, rest: tuple[TraceRequest, ...] | None = None
    ) -> AsyncGenerator[Batch, None]:
        """Every row that meets *query* but for `client_ip`, each once, a page at a time: without a limit, and
        with no more in memory than the page.

            async with aclosing(source.batches(query, spender, rest)) as batches:
                async for batch in batches:
                    write(batch.rows)
                    save(batch.rest)

        *rest*, that of the last batch written, takes the reading up again, in another process too; None
        begins it. A batch may be empty. Rows come newest first within a window of ten days and a way to ask.
        Raises: QueryError; GraphError: what was given out so far stands, and its `rest` can be taken up.
        """

    async def details(
        self, message_trace_id: str, recipient_address: str, spender: Spender, *, fresh: bool = False
    ) -> tuple[TraceEvent, ...]:
        """The events of one message on its way to one recipient, as they came. Raises: GraphError."""


class Clock(Protocol):
    """Time as a parameter, so that a test can run a day in a second.

    `now` can be set forward and back while the program runs; `monotonic`, in seconds, only increases.
    """

    def now(self) -> datetime: ...

    def monotonic(self) -> float: ...

    async def sleep(self, seconds: float) -> None: ...


def trouble_first(rows: Iterable[MessageTrace]) -> tuple[MessageTrace, ...]:
    """*rows* with the states that need somebody first, and the newest first within a state."""
    newest = sorted(rows, key=lambda row: row.received_date_time, reverse=True)
    return tuple(sorted(newest, key=lambda row: trouble_rank(row.status)))
