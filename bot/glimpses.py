"""Mails as an alert may show them where details are approved: who to whom, about what. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.outbox import Glimpse, Telling
from bot.watching import Standing
from tracing.model import MessageTrace
from tracing.watch import Mark, Trouble, mark_of

MAX_GLIMPSES = 3
_MAX_SUBJECT, _MAX_ADDRESS = 120, 100


def glimpses(
    rows: Sequence[MessageTrace], trouble: Trouble, causes: Mapping[Mark, str]
) -> tuple[Glimpse, ...]:
    """The newest of *rows* in *trouble*, as many as an alert shows, all with its cause."""
    alike = [row for row in rows if (mark_of(row)[2], mark_of(row)[1].rpartition("@")[2]) == trouble.kind]
    fits = [row for row in alike if causes.get(mark_of(row)) == trouble.cause]
    newest = sorted(
        fits or [row for row in alike if mark_of(row) not in causes],
        key=lambda row: row.received_date_time,
        reverse=True,
    )
    return tuple(
        Glimpse(
            row.received_date_time,
            row.sender_address[:_MAX_ADDRESS],
            row.recipient_address[:_MAX_ADDRESS],
            row.subject[:_MAX_SUBJECT],
        )
        for row in newest[:MAX_GLIMPSES]
    )


def with_glimpses(standing: Standing, rows: Sequence[MessageTrace], causes: Mapping[Mark, str]) -> Standing:
    """*standing* with the messages that a run found attached to its news; *causes* are those that were
    read."""
    outbox = tuple(_with(telling, rows, causes) for telling in standing.outbox)
    return replace(standing, outbox=outbox)


def _with(telling: Telling, rows: Sequence[MessageTrace], causes: Mapping[Mark, str]) -> Telling:
    if telling.trouble is None:
        return telling
    found = glimpses(rows, telling.trouble, causes)
    return replace(telling, glimpses=found) if found else telling
