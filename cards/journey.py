"""The card for pasted headers: the filter's verdict, what to do, who sent the message, then its route."""

from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.bounce import after
from cards.elements import (
    Card,
    Press,
    bullet,
    clean,
    column,
    columns,
    container,
    execute,
    fact,
    finish,
    fitting,
    rich,
    run,
    text,
)
from cards.reader import Reader
from cards.texts import TEXTS
from tracing.hops import Hop, Journey
from tracing.judgements import BAD

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
    body = [_banner(view, reader), *_what_to_do(view, reader), _facts(view, longest, reader)]
    if journey.hops:
        body.append(_hops(view, most, longest, reader))
    if view.cut:
        body.append(text(reader.say("explain.cut"), size="Small", isSubtle=True))
    buttons = [execute(view.trace, reader.say("explain.trace"))] if view.trace is not None else []
    buttons.append(after(view.help, view.form, reader))
    return finish(body, _title(view, reader), reader.language, buttons)


def _title(view: Way, reader: Reader) -> str:
    judged = view.journey.judgement.judged
    return reader.say(f"judged.{judged}.name") if judged is not None else reader.say("journey.title")


def _banner(view: Way, reader: Reader) -> BareObject:
    """The verdict and its reason; without a verdict, a line that this is the route."""
    judged = view.journey.judgement.judged
    sign = "🧭" if judged is None else "🛡️"
    lines = [text(f"{sign} {_title(view, reader)}", size="Large", weight="Bolder")]
    marks = " · ".join(view.journey.judgement.marks)
    if view.full and marks:
        lines.append(rich(run(clean(marks, 100), fontType="Monospace", size="Small"), spacing="Small"))
    if judged is None:
        return container(lines)
    lines.append(text(reader.say(f"judged.{judged}.why"), spacing="Small"))
    return container(lines, style="attention" if judged in BAD else "good", bleed=True)


def _what_to_do(view: Way, reader: Reader) -> list[BareObject]:
    judged = view.journey.judgement.judged
    part = "steps" if view.full else "ask"
    steps = TEXTS[f"judged.{judged}.{part}"][reader.language].splitlines() if judged is not None else []
    if not steps:
        return []
    title = text(reader.say("detail.what_to_do"), weight="Bolder")
    return [container([title, *(bullet(step) for step in steps)], style="emphasis")]


def _took(journey: Journey, reader: Reader) -> str:
    """How long it took and where; "" if the headers do not tell."""
    if journey.total is None:
        return ""
    took = reader.say("journey.took", duration=reader.elapsed(journey.total), n=len(journey.hops))
    if journey.slowest is None:
        return took
    hop = journey.hops[journey.slowest]
    held = reader.elapsed(hop.delay) if hop.delay is not None else ""
    return f"{took} {reader.say('journey.slow', n=journey.slowest + 1, duration=held)}"


def _facts(view: Way, longest: int, reader: Reader) -> BareObject:
    journey, judgement = view.journey, view.journey.judgement
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
    handed_in = " · ".join(filter(None, (judgement.client_ip, judgement.host)))
    if view.full and handed_in:
        lines.append(fact(reader.say("journey.handed_in"), clean(handed_in, 120)))
    if view.full and judgement.authentication:
        results = " · ".join(
            f"{'✅' if r in _GOOD else '⚠️'} {m.upper()} {r}" for m, r in judgement.authentication
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
    took = _took(view.journey, reader)
    last = [text(took, size="Small", spacing="Small")] if took else []
    return container([text(reader.say("journey.hops"), weight="Bolder"), *lines, *last], separator=True)


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
