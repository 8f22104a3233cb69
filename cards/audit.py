"""The record of who looked at what, a page at a time, the newest first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, column, columns, container, execute, finish, rich, run, text
from cards.reader import Reader
from cards.texts import TEXTS

PAGE_LINES = 8
_MAX_CONDITIONS = 300

_SYMBOLS = {
    "trace": "🔎",
    "detail": "📄",
    "report": "📊",
    "file": "📁",
    "watch": "👁️",
    "share": "📣",
    "refusal": "🔒",
    "approval": "✅",
    "revocation": "↩️",
    "audit": "🧾",
    "doctor": "🩺",
}


@dataclass(frozen=True)
class Line:
    """One entry. `kind`, `place` and `outcome`, why nothing was shown, are the last parts of texts' keys."""

    at: datetime
    name: str
    kind: str
    place: str
    conditions: str
    rows: int
    requests: int
    ticket: str
    outcome: str


@dataclass(frozen=True)
class Audited:
    """A page of `count` entries that meet `asked`, which is spelt; `page` counts from 0."""

    asked: str
    lines: Sequence[Line]
    count: int
    page: int
    show: Callable[[int], Press]


def render(view: Audited, reader: Reader) -> Card:
    """The card of *view*."""
    heading = columns(
        column([text(f"🧾 {reader.say('audit.title')}", size="Large", weight="Bolder")], "stretch"),
        column([text(reader.say("audit.count", n=view.count), weight="Bolder", wrap=False)], "auto"),
    )
    body = [heading, rich(run(clean(view.asked, 200), fontType="Monospace", size="Small"), spacing="Small")]
    body += [_line(line, reader) for line in view.lines]
    if not view.lines:
        body.append(container([text(reader.say("audit.nothing"))], style="emphasis"))
    buttons = []
    if view.page > 0:
        buttons.append(execute(view.show(view.page - 1), reader.say("audit.newer")))
    if (view.page + 1) * PAGE_LINES < view.count:
        buttons.append(execute(view.show(view.page + 1), reader.say("audit.older")))
    return finish(body, reader.say("audit.summary", n=view.count), reader.language, buttons)


def outcome_words(outcome: str, reader: Reader) -> str:
    """Why nothing was shown, in words; a code of some other version of the program stands as it is."""
    key = f"audit.outcome.{outcome}"
    return reader.say(key) if key in TEXTS else clean(outcome, 40)


def _line(line: Line, reader: Reader) -> BareObject:
    what = f"{_SYMBOLS.get(line.kind, '•')} {reader.say(f'audit.kind.{line.kind}')}"
    facts = [reader.say("audit.rows", n=line.rows), reader.say("audit.requests", n=line.requests)]
    if line.ticket:
        facts.append(f"{reader.say('condition.ticket')} {clean(line.ticket, 40)}")
    if line.place != "personal":
        facts.append(reader.say("audit.in_place"))
    if line.outcome:
        facts.append(outcome_words(line.outcome, reader))
    who = [
        text(clean(line.name, 60), weight="Bolder"),
        text(reader.date_time(line.at), size="Small", isSubtle=True, spacing="None"),
    ]
    did = [
        text(what, weight="Bolder"),
        rich(
            run(clean(line.conditions, _MAX_CONDITIONS) or "—", fontType="Monospace", size="Small"),
            spacing="None",
        ),
        text(" · ".join(facts), size="Small", isSubtle=True, spacing="None"),
    ]
    return container(
        [columns(column(who, "132px"), column(did, "stretch", spacing="Small"))],
        separator=True,
        spacing="Small",
    )
