"""The admin center's five default queries.

Source: https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-modern-eac
"""

from collections.abc import Sequence
from datetime import timedelta

from bot import forms
from bot.commands import Preset
from bot.vocabulary import OF_ALL_DOMAINS, PRESETS
from cards.elements import Press
from tracing.model import DEFAULT_PERIOD, AddressPattern, DeliveryStatus, Last, TraceQuery

_DAY = Last(timedelta(days=1))
_WEEK = Last(timedelta(days=7))

ASKS_DOMAINS = frozenset({"sent", "received", "pending"})
"""The queries that say whose mail by its domain."""


def default_query(name: str, domains: Sequence[str], *, all_domains: bool = False) -> TraceQuery:
    """The query called *name* in `vocabulary.PRESETS`; *domains* are ours, the primary first.

    Sent and received mean the primary domain, unless *all_domains* are asked for.
    """
    ours = tuple(AddressPattern(f"*@{domain}") for domain in domains)
    primary = ours if all_domains else ours[:1]
    match name:
        case "sent":
            return TraceQuery(_DAY, senders=primary)
        case "received":
            return TraceQuery(_DAY, recipients=primary)
        case "pending":
            return TraceQuery(DEFAULT_PERIOD, recipients=ours, statuses=(DeliveryStatus.PENDING,))
        case "quarantined":
            return TraceQuery(_WEEK, statuses=(DeliveryStatus.QUARANTINED,))
        case _:
            return TraceQuery(_WEEK, statuses=(DeliveryStatus.FAILED,))


def preset_presses(*, wide: bool) -> list[tuple[str, Press]]:
    """A button for each, by the last part of its text's key; *wide*: those of all our domains too, last."""
    alone = [(name, forms.press(Preset(name))) for name in PRESETS]
    every = [(f"{name}_all", forms.press(Preset(name, all_domains=True))) for name in OF_ALL_DOMAINS]
    return alone + every if wide else alone
