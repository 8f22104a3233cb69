"""What a pasted bounce, reply or code means: the cause first, then what to do, then for whom and by whom."""

from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.codes import code_phrase
from cards.detail import raw_text, style_of
from cards.elements import (
    Card,
    Press,
    clean,
    container,
    execute,
    fact,
    finish,
    fitting,
    rich,
    run,
    text,
    toggle,
)
from cards.findings import of_bounce, told, what_to_do
from cards.reader import Reader
from cards.words import cause_words
from tracing.causes import Certainty
from tracing.ndr import Bounce


@dataclass(frozen=True)
class Meaning:
    """What was pasted, read. `full` shows servers and the reply: help desk only. `trace` looks the mail up.

    `form`, where it is given, stands there instead of `help`. `cut`: more was pasted than was read.
    """

    bounce: Bounce
    full: bool
    trace: Press | None
    help: Press
    form: Press | None = None
    cut: bool = False


def render(view: Meaning, reader: Reader) -> Card:
    """The card of *view*, with as many recipients as fit."""
    return fitting(lambda room: _render(view, *room, reader), ((20, 80, 500), (10, 40, 300), (4, 40, 100)))


def _render(view: Meaning, most: int, longest: int, reply: int, reader: Reader) -> Card:
    bounce = view.bounce
    body = [_banner(view, reader), *what_to_do(of_bounce(bounce), reader, full=view.full)]
    if bounce.recipients:
        body.append(_recipients(bounce, most, longest, reader))
    if view.full and bounce.remote_server:
        server = fact(reader.say("detail.remote"), clean(bounce.remote_server, 100))
        body.append(container([server]))
    if view.cut:
        body.append(text(reader.say("explain.cut"), size="Small", isSubtle=True))
    buttons = []
    if view.trace is not None:
        buttons.append(execute(view.trace, reader.say("explain.trace")))
    if view.full and bounce.reply:
        # Nothing explains an unknown error to them, so its text is shown at once.
        body.append(raw_text(clean(bounce.reply, reply), shown=bounce.certainty is Certainty.UNKNOWN))
        buttons.append(toggle(reader.say("detail.raw"), "raw"))
    buttons.append(after(view.help, view.form, reader))
    return finish(body, _title(bounce, reader), reader.language, buttons)


def after(help: Press, form: Press | None, reader: Reader) -> BareObject:
    """The last button of an explanation: the form where there is one, else the help."""
    if form is not None:
        return execute(form, reader.say("button.form"))
    return execute(help, reader.say("button.help"))


def _banner(view: Meaning, reader: Reader) -> BareObject:
    bounce = view.bounce
    audience = "helpdesk" if view.full else "employee"
    lines = [text(f"📖 {_title(bounce, reader)}", size="Large", weight="Bolder")]
    phrase = code_phrase(bounce.code, reader, bounce.vendor) if view.full else ""
    proof = " — ".join(filter(None, (bounce.code, phrase)))
    if proof:
        lines.append(rich(run(proof, fontType="Monospace", size="Small"), spacing="Small"))
    lines.append(text(reader.say(f"cause.{bounce.cause}.{audience}"), spacing="Small"))
    lines += told(of_bounce(bounce), reader, full=view.full)
    return container(lines, style=style_of(bounce.cause, waiting=bounce.waiting), bleed=True)


def _title(bounce: Bounce, reader: Reader) -> str:
    """The outcome of the message, and how many of its recipients it holds for if the others differ."""
    if not bounce.fates:
        return reader.say(f"cause.{bounce.cause}.name")
    met = sum(cause == bounce.cause for _, cause in bounce.fates)
    return cause_words(bounce.cause.value, met, max(len(bounce.recipients), len(bounce.fates)), reader)


def _recipients(bounce: Bounce, most: int, longest: int, reader: Reader) -> BareObject:
    addresses, fates = bounce.recipients, {one.lower(): cause for one, cause in bounce.fates}
    lines: list[BareObject] = []
    for address in addresses[:most]:
        lines.append(text(clean(address, longest), size="Small", spacing="Small"))
        if address.lower() in fates:
            cause = reader.say(f"cause.{fates[address.lower()]}.name")
            lines.append(text(cause, size="Small", isSubtle=True, spacing="None"))
    if len(addresses) > most:
        more = reader.say("explain.more", n=len(addresses) - most)
        lines.append(text(more, size="Small", isSubtle=True))
    key = "explain.waiting" if bounce.waiting else "explain.recipients"
    title = text(reader.say(key, n=len(addresses)), weight="Bolder")
    return container([title, *lines])
