"""What is shown of watches: one entry each, and one of them with its buttons."""

from datetime import datetime

from bot import forms
from bot.asking import Asker
from bot.store.errands import Standing as Held
from bot.turns import Place, PlaceKind
from bot.watch_commands import (
    ChangeWatch,
    EditWatch,
    ShowWatches,
    Until,
    WatchChange,
    WatchId,
)
from bot.watching import Standing
from cards import watches
from cards.reader import Reader


def entry_of(
    held: Held, standing: Standing, now: datetime, conversation_id: str, reader: Reader
) -> watches.Entry:
    """What is shown of a watch in a conversation."""
    return watches.Entry(
        standing.number,
        standing.watch,
        standing.quiet,
        standing.mentions,
        now,
        place=_place_name(held.errand.place, standing, conversation_id, reader),
        paused="" if held.due_at else standing.paused or "by_you",
        next_run=_next_run(held, standing, now),
        last_run=standing.last_run,
        last_cost=standing.last_cost,
        cost=standing.cost,
        fault=standing.fault,
        blind_since=standing.blind_since,
        troubles=sum(one.told > 0 for one in standing.troubles),
        held=len(standing.outbox) if standing.quiet.covers(now) else 0,
        held_until=standing.quiet.until(now) if standing.outbox else None,
    )


def _next_run(held: Held, standing: Standing, now: datetime) -> datetime | None:
    """When it looks next, None while it rests."""
    if held.due_at is None:
        return None
    timetable = standing.watch.timetable
    return max(held.due_at, now if timetable is None else timetable.after(now))


def _place_name(place: Place, standing: Standing, conversation_id: str, reader: Reader) -> str | None:
    """Where it speaks, None for here."""
    if place.conversation_id == conversation_id:
        return None
    return standing.place_name or reader.say(f"watch.place.{place.kind.value}")


def opened(held: Held, entry: watches.Entry, note: str, asker: Asker) -> watches.Opened:
    """One watch and what can be done about it."""
    ref = WatchId(held.errand.id)
    alone = asker.place is not None and asker.place.kind is PlaceKind.PERSONAL
    movable = alone and held.errand.place.kind is not PlaceKind.PERSONAL
    return watches.Opened(
        entry,
        note,
        pause=forms.press(ChangeWatch(ref, WatchChange.PAUSE)),
        resume=forms.press(ChangeWatch(ref, WatchChange.RESUME)),
        hour=forms.press(ChangeWatch(ref, WatchChange.SNOOZE)),
        tomorrow=forms.press(ChangeWatch(ref, WatchChange.SNOOZE, Until.TOMORROW)),
        test=forms.press(ChangeWatch(ref, WatchChange.TEST)),
        stop=forms.press(ChangeWatch(ref, WatchChange.STOP)),
        edit=forms.press(EditWatch(ref)),
        back=forms.press(ShowWatches()),
        here=forms.press(ChangeWatch(ref, WatchChange.MOVE)) if movable else None,
    )
