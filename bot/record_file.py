"""The record as a CSV, for whoever keeps it elsewhere: `python app.py audit "last 30d" --out record.csv`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TextIO
from zoneinfo import ZoneInfo

from bot.record import AuditQuery, Entry, Kind, Noted, Record, RecordReader, Who
from cards.audit import outcome_words
from cards.csv_file import lines
from cards.reader import reader_of

COLUMNS = (
    "number",
    "at_utc",
    "kind",
    "object_id",
    "name",
    "place_kind",
    "conversation_id",
    "conditions",
    "rows",
    "requests",
    "milliseconds",
    "ticket",
    "outcome",
    "outcome_in_words",
    "late",
)
AT_ONCE = 500
_ENGLISH = reader_of("en-US", "", ZoneInfo("UTC"))
"""Whoever reads a file of the record later may be anybody: its words are English, as its columns are."""

_OPERATOR = Who("", "command line", "", "")


async def export(store: RecordReader, record: Record, asked: AuditQuery, words: str, out: TextIO) -> int:
    """Write every entry that meets *asked* to *out*, newest first; how many there were.

    That it was exported, with which *words*, is noted first. Raises: DatabaseUnusable.
    """
    count, newest = await store.count(asked)
    await record.note(Entry(Kind.AUDIT, _OPERATOR, f"audit {words}".strip(), rows=count))
    out.write(lines([COLUMNS]))
    for first in range(0, count, AT_ONCE):
        out.write(lines(map(_cells, await store.find(asked, newest, first, AT_ONCE))))
    return count


def _cells(noted: Noted) -> Sequence[object]:
    entry, who = noted.entry, noted.entry.who
    return (
        noted.number,
        noted.at.isoformat(timespec="seconds"),
        entry.kind.value,
        who.aad_object_id,
        who.name,
        who.place_kind,
        who.conversation_id,
        entry.conditions,
        entry.rows,
        entry.requests,
        entry.duration // timedelta(milliseconds=1),
        entry.ticket,
        entry.outcome,
        outcome_words(entry.outcome, _ENGLISH) if entry.outcome else "",
        "yes" if noted.late else "",
    )
