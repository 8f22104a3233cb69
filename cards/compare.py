"""Two recipients, or two messages, side by side: what became of each, and the first difference marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.detail import proof_of
from cards.elements import (
    Card,
    Press,
    clean,
    column,
    columns,
    container,
    execute,
    finish,
    fitting,
    rich,
    run,
    text,
)
from cards.reader import Reader
from cards.timeline import symbol_of, word_of
from cards.words import status_word, symbol
from tracing.explain import Outcome, Step
from tracing.model import MessageTrace
from tracing.routes import Beside, Pair, beside

MAX_OFFERED = 10
_MAX_PAIRS = 14
_SIDES = ("A", "B")
_LONGEST_WORD = 10
"""Characters that fit half a phone's width, whatever they are."""


@dataclass(frozen=True)
class Side:
    """One of the two: its row and what became of it."""

    row: MessageTrace
    outcome: Outcome


@dataclass(frozen=True)
class Comparison:
    """The two, and where to go from here. `full` shows rules and what the service said: help desk only."""

    left: Side
    right: Side
    full: bool
    back: Press
    again: Press


@dataclass(frozen=True)
class Offer:
    """What *row* can be held against: rows with the tap that does it, of the same message and of the list."""

    row: MessageTrace
    same_message: Sequence[tuple[MessageTrace, Press]]
    others: Sequence[tuple[MessageTrace, Press]]
    back: Press


def render(view: Comparison, reader: Reader) -> Card:
    """The card of *view*; two columns, narrow enough for a phone."""
    return fitting(lambda room: _render(view, *room, reader), ((_MAX_PAIRS, 120), (10, 60), (6, 24)))


def _render(view: Comparison, most: int, longest: int, reader: Reader) -> Card:
    ways = beside(view.left.outcome.timeline, view.right.outcome.timeline)
    heads = [
        _head(name, side, view, longest, reader) for name, side in zip(_SIDES, _sides(view), strict=True)
    ]
    body: list[BareObject] = [
        text(f"⚖️ {reader.say('compare.title')}", size="Large", weight="Bolder"),
        text(_verdict(ways, reader), spacing="Small"),
        columns(*(column(head, "stretch") for head in heads)),
        *_steps(ways, most, longest if view.full else 0, reader),
    ]
    buttons = [
        execute(view.back, reader.say("routes.back")),
        execute(view.again, reader.say("compare.again")),
    ]
    return finish(body, reader.say("compare.summary"), reader.language, buttons)


def offer(view: Offer, reader: Reader) -> Card:
    """What can be chosen, as much of it as fits."""
    return fitting(lambda room: _offer(view, *room, reader), ((MAX_OFFERED, 60), (6, 32), (3, 20)))


def _offer(view: Offer, most: int, longest: int, reader: Reader) -> Card:
    body: list[BareObject] = [text(f"⚖️ {reader.say('compare.pick')}", size="Large", weight="Bolder")]
    if view.same_message or view.others:
        body.append(text(reader.say("compare.pick_lead"), spacing="Small"))
        body.append(_choice(view.row, None, longest, reader, same_message=False))
    else:
        body.append(text(reader.say("compare.nothing"), spacing="Small"))
    if view.same_message:
        body.append(text(reader.say("compare.same_message"), weight="Bolder", spacing="Medium"))
        body += _choices(view.same_message, most, longest, reader, same_message=True)
    if view.others:
        body.append(text(reader.say("compare.other_messages"), weight="Bolder", spacing="Medium"))
        body += _choices(view.others, most, longest, reader, same_message=False)
    buttons = [execute(view.back, reader.say("routes.back"))]
    return finish(body, reader.say("compare.pick"), reader.language, buttons)


def _choices(
    rows: Sequence[tuple[MessageTrace, Press]], most: int, longest: int, reader: Reader, *, same_message: bool
) -> list[BareObject]:
    lines = [_choice(row, press, longest, reader, same_message=same_message) for row, press in rows[:most]]
    if len(rows) > most:
        lines.append(text(reader.say("compare.cut", n=len(rows) - most), size="Small", isSubtle=True))
    return lines


def _choice(
    row: MessageTrace, press: Press | None, longest: int, reader: Reader, *, same_message: bool
) -> BareObject:
    """One that can be chosen; without *press* the one that is compared."""
    address = clean(row.recipient_address, longest)
    subject = clean(row.subject, longest) or reader.say("results.no_subject")
    word = status_word(row.status, reader)
    about = word if same_message else f"{subject} · {reader.short(row.received_date_time)}"
    lines = [
        text(address, size="Small", weight="Bolder"),
        text(about, size="Small", isSubtle=True, spacing="None"),
    ]
    sign = symbol(row.status)
    return columns(
        column([text(sign if press else "A", wrap=False, weight="Bolder")], "24px"),
        column(lines, "stretch", spacing="Small"),
        column([text("›" if press else sign, wrap=False)], "auto", spacing="Small"),
        separator=True,
        spacing="Small",
        selectAction=execute(press, f"{word}: {address}") if press else None,
    )


def _sides(view: Comparison) -> tuple[Side, Side]:
    return view.left, view.right


def _head(name: str, side: Side, view: Comparison, longest: int, reader: Reader) -> list[BareObject]:
    row, outcome = side.row, side.outcome
    one_message = view.left.row.message_trace_id == view.right.row.message_trace_id
    lines = [
        text(f"{name}  {symbol(row.status)} {status_word(row.status, reader)}", weight="Bolder"),
        _narrow(clean(row.recipient_address, longest)),
    ]
    if not one_message:
        subject = clean(row.subject, longest) or reader.say("results.no_subject")
        sender = clean(row.sender_address, longest) or reader.say("results.no_sender")
        moment = reader.short(row.received_date_time)
        lines += [_narrow(value, isSubtle=True) for value in (subject, sender, moment)]
    lines.append(text(reader.say(f"cause.{outcome.cause}.name"), size="Small", spacing="Small"))
    proof = proof_of(outcome, reader, full=view.full)
    if proof:
        lines.append(_narrow(clean(proof, longest)))
    return lines


def _verdict(ways: Beside, reader: Reader) -> str:
    if ways.parts_at is None:
        return reader.say("compare.same")
    pair = ways.pairs[ways.parts_at]
    left, right = (_word(step, reader) for step in (pair.left, pair.right))
    return reader.say("compare.parts", step=ways.parts_at + 1, left=left, right=right)


def _steps(ways: Beside, most: int, longest: int, reader: Reader) -> list[BareObject]:
    lines: list[BareObject] = []
    for at, pair in enumerate(ways.pairs[:most]):
        row = _pair(pair, longest if not pair.same else 0, reader)
        if at == ways.parts_at:
            mark = text(reader.say("compare.mark"), size="Small", weight="Bolder")
            row = container([mark, row], style="warning", spacing="Small")
        lines.append(row)
    if len(ways.pairs) > most:
        more = reader.say("detail.events_cut", n=len(ways.pairs) - most)
        lines.append(text(more, size="Small", isSubtle=True))
    return [container(lines, separator=True)] if lines else []


def _pair(pair: Pair, longest: int, reader: Reader) -> BareObject:
    return columns(
        *(
            column(_cell(step, pair, longest, reader), "stretch", spacing="Small")
            for step in (pair.left, pair.right)
        ),
        spacing="Small",
    )


def _cell(step: Step | None, pair: Pair, longest: int, reader: Reader) -> list[BareObject]:
    if step is None:
        return [text(reader.say("compare.none"), size="Small", isSubtle=True)]
    weight = None if pair.same else "Bolder"
    lines = [
        text(f"{symbol_of(step)} {_word(step, reader)}", size="Small", weight=weight),
        text(reader.clock(step.date_time), size="Small", isSubtle=True, spacing="None"),
    ]
    if longest and step.detail:
        lines.append(_narrow(clean(step.detail, longest), isSubtle=True))
    return lines


def _narrow(value: str, **properties: object) -> BareObject:
    """What comes from outside, in half the width of a card."""
    return rich(run(value, _LONGEST_WORD, size="Small", **properties), spacing="None")


def _word(step: Step | None, reader: Reader) -> str:
    return word_of(step, reader) if step else reader.say("compare.none")
