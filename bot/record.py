"""The record of who looked at what: its entries, and what other rooms ask of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from tracing.model import Last, Period


class Kind(StrEnum):
    """What was done."""

    TRACE = "trace"
    DETAIL = "detail"
    REPORT = "report"
    FILE = "file"
    WATCH = "watch"
    SHARE = "share"
    REFUSAL = "refusal"
    APPROVAL = "approval"
    REVOCATION = "revocation"
    AUDIT = "audit"
    DOCTOR = "doctor"


@dataclass(frozen=True)
class Who:
    """Who did it, and where: `place_kind` is the vendor's `conversationType`."""

    aad_object_id: str
    name: str
    conversation_id: str
    place_kind: str


@dataclass(frozen=True)
class Entry:
    """One thing that somebody did. `conditions` are words of the grammar, which can be typed again.

    `outcome` says why nothing was shown: a refusal's reason, a fault's name; "" where all went well.
    """

    kind: Kind
    who: Who
    conditions: str = ""
    rows: int = 0
    requests: int = 0
    duration: timedelta = timedelta(0)
    ticket: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class Noted:
    """An entry as it stands in the record, and when it was due. Later numbers were written later.

    `late`: it waited on disk while the database was away.
    """

    number: int
    at: datetime
    entry: Entry
    late: bool = False


@dataclass(frozen=True)
class Late:
    """An entry that could not be written `at` its time; `mark` is its own, so that it is there once."""

    mark: str
    at: datetime
    entry: Entry


AUDIT_PERIOD = Last(timedelta(days=7))


@dataclass(frozen=True)
class AuditQuery:
    """What is asked of the record; all of it holds. `by` is part of a name, or an object id.
    `kind` "" is any."""

    period: Period = AUDIT_PERIOD
    by: str = ""
    kind: str = ""
    ticket: str = ""


class Record(Protocol):
    """Where looks are noted. What cannot be noted is not shown: the note comes before the answer."""

    async def note(self, entry: Entry) -> None:
        """Write *entry* behind those there are. Raises: DatabaseUnusable."""


class RecordReader(Protocol):
    """The record as auditors ask it."""

    async def count(self, asked: AuditQuery, up_to: int | None = None) -> tuple[int, int]:
        """How many entries meet *asked*, of numbers up to *up_to*; and the newest number there is."""

    async def find(self, asked: AuditQuery, up_to: int, first: int, most: int) -> Sequence[Noted]:
        """Entries that meet *asked*, newest first: *most* from the *first* on, of numbers up to *up_to*."""
