"""The way of a mail, as its pasted headers tell it: how long it took, which hop was slow, is it genuine?"""

from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.bounce import after
from cards.elements import (
    Card,
    Press,
    clean,
    column,
    columns,
    container,
    execute,
    fact,
    finish,
    fitting,
    text,
)
from cards.reader import Reader
from tracing.hops import Hop, Journey

_GOOD = frozenset({"pass", "bestguesspass"})


@dataclass(frozen=True)
class Way:
    """The headers, read. `full` shows servers and how it was authenticated: help desk only.

    `trace` looks the mail up; `form`, where it is given, stands there instead of `help`. `cut`: more was
    pasted than was read.
    """

    journey: Journey
    full: bool
    trace: Press | None
    help: Press
    form: Press | None = None
    cut: bool = False


def render(view: Way, reader: Reader) -> Card:
    """The card of *view*, with as many hops as fit, the first ones and the slowest."""
    return fitting(lambda room: _render(view, *room, reader), ((20, 80), (10, 40), (5, 24)))


def _render(view: Way, most: int, longest: int, reader: Reader) -> Card:
    journey = view.journey
    body = [
        text(f"🧭 {reader.say('journey.title')}", size="Large", weight="Bolder"),
        text(_verdict(view, reader), spacing="Small"),
        _facts(view, longest, reader),
    ]
    if journey.hops:
        body.append(_hops(view, most, longest, reader))
    if view.cut:
        body.append(text(reader.say("explain.cut"), size="Small", isSubtle=True))
    buttons = [execute(view.trace, reader.say("explain.trace"))] if view.trace is not None else []
    buttons.append(after(view.help, view.form, reader))
    return finish(body, reader.say("journey.title"), reader.language, buttons)


def _verdict(view: Way, reader: Reader) -> str:
    journey = view.journey
    if journey.total is None:
        return reader.say("journey.untold")
    took = reader.say("journey.took", duration=reader.elapsed(journey.total), n=len(journey.hops))
    if journey.slowest is None:
        return took
    hop = journey.hops[journey.slowest]
    held = reader.elapsed(hop.delay) if hop.delay is not None else ""
    return f"{took} {reader.say('journey.slow', n=journey.slowest + 1, duration=held)}"


def _facts(view: Way, longest: int, reader: Reader) -> BareObject:
    journey = view.journey
    lines = [
        fact(reader.say(key), clean(value, max(longest, 200)))
        for key, value in (
            ("condition.sender", journey.sender),
            ("condition.recipient", journey.recipient),
            ("condition.subject", journey.subject),
            ("condition.message_id", journey.message_id),
        )
        if value
    ]
    if view.full and journey.authentication:
        results = " · ".join(
            f"{'✅' if r in _GOOD else '⚠️'} {m.upper()} {r}" for m, r in journey.authentication
        )
        lines.append(fact(reader.say("journey.authentication"), clean(results, 200)))
    return container(lines)


def _hops(view: Way, most: int, longest: int, reader: Reader) -> BareObject:
    hops = list(enumerate(view.journey.hops))
    shown = [one for one in hops if one[0] < most - 1 or one[0] == view.journey.slowest][:most]
    shown = hops if len(hops) <= most else shown
    lines = [_hop(place, hop, view, longest, reader) for place, hop in shown]
    if len(hops) > len(shown):
        more = reader.say("journey.more", n=len(hops) - len(shown))
        lines.append(text(more, size="Small", isSubtle=True))
    return container([text(reader.say("journey.hops"), weight="Bolder"), *lines], separator=True)


def _hop(place: int, hop: Hop, view: Way, longest: int, reader: Reader) -> BareObject:
    slow = place == view.journey.slowest
    delay = f"+{reader.elapsed(hop.delay)}" if hop.delay is not None else "—"
    when = [text(delay, size="Small", weight="Bolder" if slow else None)]
    if hop.at is not None:
        when.append(text(reader.clock(hop.at), size="Small", isSubtle=True, spacing="None"))
    host = hop.by_host or hop.from_host
    name = clean(host, longest) if view.full and host else reader.say("journey.hop", n=place + 1)
    what = [text(name, size="Small", weight="Bolder" if slow else None)]
    said = [clean(hop.protocol, 40)] if view.full and hop.protocol else []
    if slow:
        said.append(f"⚠️ {reader.say('journey.slowest')}")
    if hop.skewed:
        said.append(reader.say("journey.skewed"))
    if said:
        what.append(text(" · ".join(said), size="Small", isSubtle=True, spacing="None"))
    return columns(column(when, "88px"), column(what, "stretch", spacing="Small"), spacing="Small")
