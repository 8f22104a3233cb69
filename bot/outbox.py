"""What a watch has to say and did not say yet: in order, and of each trouble once. Pure.

In quiet hours it is held, and what was to be said of the same trouble becomes one thing to say.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tracing.watch import Trouble

PASSED = "passed"
"""A trouble that began and ended before anything was said of it."""


@dataclass(frozen=True)
class Glimpse:
    """A mail of a trouble, for places where details are approved."""

    received_date_time: datetime
    sender_address: str
    recipient_address: str
    subject: str


@dataclass(frozen=True)
class Telling:
    """Something to say: `event` as in `tracing.watch.News`, PASSED, `blind`, or `seeing`.

    The data reach up to `as_of`; `since` is when it began not to see. `held_since`: for the quiet hours.
    `glimpses`, some of its newest mails, are kept only where they may be shown.
    """

    event: str
    as_of: datetime
    trouble: Trouble | None = None
    since: datetime | None = None
    held_since: datetime | None = None
    glimpses: tuple[Glimpse, ...] = ()


def queue(outbox: tuple[Telling, ...], news: Iterable[Telling]) -> tuple[Telling, ...]:
    """*outbox* with *news* in it: where something of the same is still to be said, both are one."""
    waiting = list(outbox)
    for telling in news:
        at = next((at for at, one in enumerate(waiting) if _is_of(one, telling)), None)
        if at is None:
            waiting.append(telling)
        elif telling.event == "seeing" and any(one.event == "seeing" for one in waiting):
            # It came and went before anything was said: that is said once, with since when.
            del waiting[at]
        else:
            waiting[at] = _together(waiting[at], telling)
    return tuple(waiting)


def hold(outbox: tuple[Telling, ...], now: datetime) -> tuple[Telling, ...]:
    """*outbox* as it waits for the end of the quiet hours."""
    return tuple(replace(one, held_since=one.held_since or now) for one in outbox)


def _is_of(waiting: Telling, news: Telling) -> bool:
    if waiting.trouble is None or news.trouble is None:
        # What is seen again need not be missed first; what is missed again is news.
        return (waiting.event, news.event) == ("blind", "seeing")
    return waiting.trouble.number == news.trouble.number


def _together(waiting: Telling, news: Telling) -> Telling:
    """What there is to say once, of both: how it stands now, and that it began if that was not said."""
    event = news.event
    if waiting.event == "started":
        event = PASSED if news.event == "ended" else "started"
    elif waiting.event == "grown" and news.event == "counted":
        event = "grown"
    held_since, glimpses = waiting.held_since or news.held_since, news.glimpses or waiting.glimpses
    return replace(news, event=event, held_since=held_since, glimpses=glimpses)
