"""The events of one message, as they are shown: when, what, and what the service said of it."""

from collections.abc import Sequence
from datetime import timedelta

from adaptivecards.baseobject import BareObject

from cards.elements import clean, column, columns, container, rich, run, text
from cards.reader import Reader
from tracing.explain import Step

_SYMBOLS = {
    "receive": "📥",
    "submit": "📤",
    "expand": "👥",
    "resolve": "🔎",
    "redirect": "↪️",
    "transport rule": "📏",
    "dlp rule": "📏",
    "sensitivity": "🏷️",
    "spam": "🛡️",
    "malware": "☣️",
    "badmail": "❌",
    "poison": "❌",
    "transfer": "➡️",
    "send": "🚀",
    "defer": "⏳",
    "deliver": "✅",
    "fail": "❌",
    "drop": "🗑️",
    "recall": "↩️",
    "zero-hour": "🧹",
    "zap": "🧹",
}


def timeline(steps: Sequence[Step], most: int, longest: int, reader: Reader) -> BareObject:
    """The first *most* of *steps*, with up to *longest* characters of what each says; 0 is nothing of it."""
    if not steps:
        return container([text(reader.say("detail.no_events"), isSubtle=True)], separator=True)
    whole = reader.elapsed(since(steps[-1], steps[0]))
    title = reader.say("detail.timeline", n=len(steps), duration=whole)
    lines = [_line(step, steps[0], longest, reader) for step in steps[:most]]
    if len(steps) > most:
        more = reader.say("detail.events_cut", n=len(steps) - most)
        lines.append(text(more, isSubtle=True, size="Small"))
    return container([text(title, weight="Bolder"), *lines], separator=True)


def word_of(step: Step, reader: Reader) -> str:
    """What an event is called; one that nobody knows by the vendor's word."""
    kind = kind_of(step.event)
    return reader.say(f"event.{kind}") if kind else clean(step.event, 60)


def symbol_of(step: Step) -> str:
    """The sign of an event, which a word always accompanies."""
    return _SYMBOLS.get(kind_of(step.event), "•")


def kind_of(event: str) -> str:
    """The kind of an event, the last part of its text's key; "" for one that nobody knows."""
    name = event.casefold()
    return next((kind for kind in _SYMBOLS if name.startswith(kind)), "")


def since(later: Step, earlier: Step) -> timedelta:
    """The whole seconds between two events, never less than none."""
    apart = later.date_time.replace(microsecond=0) - earlier.date_time.replace(microsecond=0)
    return max(apart, timedelta(0))


def _line(step: Step, first: Step, longest: int, reader: Reader) -> BareObject:
    vendor = f"  {clean(step.event, 60)}" if kind_of(step.event) else ""
    what = [
        rich(run(word_of(step, reader), weight="Bolder"), run(vendor, size="Small", isSubtle=True)),
    ]
    if longest and step.detail:
        what.append(text(clean(step.detail, longest), size="Small", isSubtle=True, spacing="None"))
    elapsed = f"+{reader.elapsed(since(step, first))}" if step is not first else "—"
    when = [
        text(reader.clock(step.date_time), size="Small"),
        text(elapsed, size="Small", isSubtle=True, spacing="None"),
    ]
    return columns(
        column(when, "72px"),
        column([text(symbol_of(step), wrap=False)], "28px"),
        column(what, "stretch", spacing="Small"),
        spacing="Small",
    )
