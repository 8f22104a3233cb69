"""Offer the search a sentence may mean, with what was understood and what was not; nothing runs yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, container, execute, finish, text
from cards.reader import Reader
from cards.words import conditions, sought
from tracing.model import TraceQuery

_MAX_WORD = 60
_MAX_WORDS = 12
_MAX_BUTTON = 60


@dataclass(frozen=True)
class Pick:
    """A person whom a name may mean, and the search with their address; `name` is what was typed."""

    name: str
    address: str
    press: Press


@dataclass(frozen=True)
class Slip:
    """A domain without mail, a similar one, and the search with that."""

    typed: str
    meant: str
    press: Press


@dataclass(frozen=True)
class Offer:
    """`kind` is trace, mine, report or watch; `options` are a watch's, in words.

    `run` is None if a name is to be picked first. `everybody`: the same search over all mail. `odd_days`
    are words with the weekday of their date, 0 for Monday; `unknown` are names not found in the directory.
    """

    kind: str
    query: TraceQuery
    run: Press | None
    refine: Press
    help: Press
    options: str = ""
    unused: Sequence[str] = ()
    bad_times: Sequence[str] = ()
    odd_days: Sequence[tuple[str, int]] = ()
    unknown: Sequence[str] = ()
    picks: Sequence[Pick] = ()
    slips: Sequence[Slip] = ()
    everybody: Press | None = None


def render(offer: Offer, reader: Reader) -> Card:
    """The question, the conditions, what was not understood, and the buttons."""
    kind = "pick" if offer.picks else offer.kind
    title = reader.say(f"sentence.title.{kind}")
    body = [
        container([text(f"💬 {title}", size="Large", weight="Bolder")], style="emphasis", bleed=True),
        sought(offer.query, reader) if offer.kind == "watch" else conditions(offer.query, reader),
    ]
    if offer.options:
        body.append(text(offer.options, isSubtle=True, spacing="Small"))
    body += _told(offer, reader)
    buttons = [
        *(execute(pick.press, clean(f"{pick.name} ({pick.address})", _MAX_BUTTON)) for pick in offer.picks),
        *(
            execute(slip.press, reader.say("sentence.meant", domain=clean(slip.meant, 40)))
            for slip in offer.slips
        ),
    ]
    if offer.run is not None:
        buttons.append(execute(offer.run, reader.say(f"sentence.run.{offer.kind}")))
    if offer.everybody is not None:
        buttons.append(execute(offer.everybody, reader.say("sentence.run.everybody")))
    buttons.append(
        execute(offer.refine, reader.say("button.refine" if offer.kind == "watch" else "button.form"))
    )
    buttons.append(execute(offer.help, reader.say("button.help")))
    return finish(body, title, reader.language, buttons)


def _told(offer: Offer, reader: Reader) -> list[BareObject]:
    """The unused words, and why."""
    lines = [reader.say("sentence.bad_time", words=clean(words, _MAX_WORD)) for words in offer.bad_times[:3]]
    lines += [
        reader.say("sentence.odd_day", words=clean(words.strip(), _MAX_WORD), weekday=reader.weekday(day))
        for words, day in offer.odd_days[:3]
    ]
    lines += [reader.say("sentence.unknown", name=clean(name, _MAX_WORD)) for name in offer.unknown[:3]]
    if offer.unused:
        words = [clean(word, _MAX_WORD) for word in offer.unused[:_MAX_WORDS]]
        shown = ("、" if reader.language == "ja" else ", ").join(words)
        lines.append(reader.say("sentence.unused", words=shown))
    return [text(f"⚠️ {line}", spacing="Small") for line in lines]
