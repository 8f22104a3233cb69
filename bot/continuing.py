"""An answer and what was read after it → one answer. Pure."""

from dataclasses import replace

from bot.sight import is_stand_in
from tracing.model import MAX_ROWS, Answer, Shortfall


def begun_again(before: Answer) -> Answer:
    """*before* as reading goes on from it: what its reader was shown is put aside meanwhile."""
    return replace(before, rows=())


def merged(before: Answer, more: Answer) -> Answer:
    """*more*, already narrowed to its reader, with the rows of *before*: each once, as it is now.

    A placeholder row for unchecked recipients is replaced by the rows of checked ones.
    """
    every = (*before.rows, *more.rows)
    told = {row.message_trace_id for row in every if not is_stand_in(row)}
    rows = {row.key: row for row in every if not (is_stand_in(row) and row.message_trace_id in told)}
    shortfalls = set(more.shortfalls)
    if more.rest and len(rows) >= MAX_ROWS:
        shortfalls = shortfalls - {Shortfall.REQUEST_LIMIT} | {Shortfall.ROW_LIMIT}
    return replace(
        more,
        rows=tuple(sorted(rows.values(), key=lambda row: row.received_date_time, reverse=True)),
        scanned=max(more.scanned, len(rows)),
        shortfalls=frozenset(shortfalls),
    )
