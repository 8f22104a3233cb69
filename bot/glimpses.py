"""Mails as an alert may show them where details are approved: who to whom, about what. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.outbox import Glimpse, Telling
from bot.watching import Standing
from tracing.model import MessageTrace

MAX_GLIMPSES = 3
_MAX_SUBJECT, _MAX_ADDRESS = 120, 100


def glimpses(rows: Iterable[MessageTrace], status: str, domain: str) -> tuple[Glimpse, ...]:
    """The newest of *rows* in that state to that destination, as many as an alert shows."""
    fits = [
        row
        for row in rows
        if row.status == status and row.recipient_address.rpartition("@")[2].lower() == domain
    ]
    newest = sorted(fits, key=lambda row: row.received_date_time, reverse=True)
    return tuple(
        Glimpse(
            row.received_date_time,
            row.sender_address[:_MAX_ADDRESS],
            row.recipient_address[:_MAX_ADDRESS],
            row.subject[:_MAX_SUBJECT],
        )
        for row in newest[:MAX_GLIMPSES]
    )


def with_glimpses(standing: Standing, rows: Sequence[MessageTrace]) -> Standing:
    """*standing*, whose news hold what a look found of their mails."""
    outbox = tuple(_with(telling, rows) for telling in standing.outbox)
    return replace(standing, outbox=outbox)


def _with(telling: Telling, rows: Sequence[MessageTrace]) -> Telling:
    if telling.trouble is None:
        return telling
    found = glimpses(rows, telling.trouble.status, telling.trouble.domain)
    return replace(telling, glimpses=found) if found else telling
