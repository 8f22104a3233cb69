"""What became of one message, by recipient: each fate once, and where the ways part."""

from collections.abc import Sequence
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.detail import proof_of, style_of
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
from cards.words import MAX_SUBJECT, status_word, symbol
from tracing.routes import Branch, Parting


@dataclass(frozen=True)
class Routes:
    """The fates of a message's recipients. `taps` opens each, with its state; `total` counts all there are.

    `broke_off`: Graph stopped answering before `most`, the number that is looked at in one go, was reached.
    """

    subject: str
    parting: Parting
    taps: dict[str, tuple[str, Press]]
    total: int
    most: int
    broke_off: bool
    back: Press


def render(view: Routes, reader: Reader) -> Card:
    """The card of *view*, with as many addresses a fate as fit."""
    return fitting(lambda room: _render(view, *room, reader), ((10, 60), (5, 40), (2, 24)))


def _render(view: Routes, most: int, longest: int, reader: Reader) -> Card:
    branches = view.parting.branches
    subject = clean(view.subject, MAX_SUBJECT) or reader.say("results.no_subject")
    body = [
        text(f"🔀 {reader.say('routes.title')}", size="Large", weight="Bolder"),
        text(subject, isSubtle=True, spacing="Small"),
        text(_verdict(view, reader), spacing="Small"),
        *(_branch(branch, view, most, longest, reader) for branch in branches),
        *_unseen(view, reader),
    ]
    buttons = [execute(view.back, reader.say("routes.back"))]
    return finish(body, reader.say("routes.summary"), reader.language, buttons)


def _verdict(view: Routes, reader: Reader) -> str:
    if len(view.parting.branches) == 1:
        return reader.say("routes.one_fate")
    if view.parting.after is None:
        return reader.say("routes.apart")
    return reader.say("routes.after", event=word_of(view.parting.after, reader))


def _branch(branch: Branch, view: Routes, most: int, longest: int, reader: Reader) -> BareObject:
    cause = branch.outcome.cause
    name = reader.say(f"cause.{cause}.name")
    lines = [text(reader.say("routes.fate", n=len(branch.recipients), cause=name), weight="Bolder")]
    proof = proof_of(branch.outcome, reader, full=True)
    if proof:
        lines.append(rich(run(proof, fontType="Monospace", size="Small"), spacing="None"))
    if branch.turn is not None and view.parting.after is not None:
        turn = f"{symbol_of(branch.turn)} {word_of(branch.turn, reader)}"
        lines.append(text(reader.say("routes.turn", event=turn), size="Small", spacing="None"))
    head = container(lines, style=style_of(cause))
    shown = branch.recipients[:most]
    people: Sequence[BareObject] = [_recipient(address, view, longest, reader) for address in shown]
    if len(branch.recipients) > len(shown):
        more = reader.say("routes.more", n=len(branch.recipients) - len(shown))
        people = [*people, text(more, size="Small", isSubtle=True)]
    return container([head, *people], spacing="Medium")


def _recipient(address: str, view: Routes, longest: int, reader: Reader) -> BareObject:
    status, press = view.taps[address]
    shown, word = clean(address, longest), status_word(status, reader)
    return columns(
        column([text(symbol(status), size="Small", wrap=False)], "24px"),
        column([text(shown, size="Small")], "stretch", spacing="Small"),
        column([text("›", size="Small", isSubtle=True, wrap=False)], "auto", spacing="Small"),
        spacing="Small",
        selectAction=execute(press, f"{word}: {shown}"),
    )


def _unseen(view: Routes, reader: Reader) -> list[BareObject]:
    seen = sum(len(branch.recipients) for branch in view.parting.branches)
    unseen = view.total - seen
    if not unseen:
        return []
    if view.broke_off:
        said = reader.say("routes.broke_off", n=unseen, total=view.total)
    else:
        said = reader.say("routes.unseen", n=unseen, total=view.total, most=view.most)
    return [text(said, size="Small", isSubtle=True, spacing="Medium")]
