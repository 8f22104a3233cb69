"""Adaptive Card primitives over the prescribed package, and the finished card.

The package (0.4.1) lacks actions, inputs and version 1.5, types some properties as `str` only, drops unknown
keywords silently and renders one level deep; all of that is answered here and nowhere else.
Source: https://adaptivecards.io/explorer/
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlsplit

from adaptivecards.adaptivecard import AdaptiveCard
from adaptivecards.baseobject import BareObject
from adaptivecards.containers import ActionSet, Column, ColumnSet, Container
from adaptivecards.elements import RichTextBlock, TextBlock, TextRun

SCHEMA_VERSION = "1.5"
"""What Teams renders up to:
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference"""

MAX_CARD_BYTES = 28_000
"""Aim of every card in UTF-8 JSON:
https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages"""

MAX_ACTIONS = 6
"""What Teams shows of a row of buttons; the rest of a card's own goes behind "…":
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference"""

KNOWN_HOSTS = frozenset(
    {"admin.exchange.microsoft.com", "learn.microsoft.com", "security.microsoft.com"},
)
"""Where a card may lead; never to where a mail says."""

_Room = TypeVar("_Room")
_HIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")
_MARKDOWN = re.compile(
    r"\\|`.*`|\*.*\*|~.*~|\]\s*[(\[:]|<(?=\S)|(?<![^\W_])_|_(?![^\W_])|&#?\w+;|\{\{|:/|www\."
    r"|^\s*(?:[#>+*=-]|\d+[.)])(?:\s|$)|^[#>=-]{2}",
    re.IGNORECASE,
)
"""What a client could take for Markdown, a link or a formula."""

_FORMULA = re.compile(r"\{(?=\{)")
"""The renderer replaces `{{DATE(…)}}` even in runs."""

_LONGEST_WORD = 16
"""Characters that fit the narrowest column whatever they are: renderers do not break the words of runs."""

_OF_RUNS = ("size", "weight", "isSubtle", "fontType", "color")


@dataclass(frozen=True)
class Card:
    """A finished card: its JSON content, and the notification's line, which holds no address."""

    content: Mapping[str, Any]
    summary: str

    @property
    def size(self) -> int:
        """Bytes of the card as compact UTF-8 JSON."""
        return len(json.dumps(self.content, ensure_ascii=False, separators=(",", ":")).encode())


@dataclass(frozen=True)
class Press:
    """What a tap sends: a verb and its data, made and read by `bot/forms.py`."""

    verb: str
    data: Mapping[str, str | int] = field(default_factory=dict)


def plain_line(value: str, limit: int) -> str:
    """*value* as an input holds it: hidden characters gone, breaks made spaces, cut at *limit*."""
    return "".join(" " if c in "\t\r\n" else c for c in value if c in "\t\r\n" or _shows(c))[:limit]


def clean(value: str, limit: int) -> str:
    """*value* fit for display: control and format characters gone, cut at *limit* with an ellipsis."""
    shown = "".join(" " if c in "\t\r\n" else c for c in value if c in "\t\r\n" or _shows(c))
    shown = " ".join(shown.split())
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _shows(character: str) -> bool:
    # Joiners stay: emoji and some scripts are made of them. Direction overrides would turn an address round.
    return character in "\u200c\u200d" or unicodedata.category(character) not in _HIDDEN


def text(value: str, **properties: object) -> BareObject:
    """*value* as it is, wrapped unless told otherwise.

    A TextBlock reads Markdown, and not every client knows its escapes: what could be Markdown becomes a run.
    """
    if not _MARKDOWN.search(value):
        return _made(TextBlock, {"text": value, "wrap": True, **properties})
    of_run: dict[str, Any] = {name: properties.pop(name) for name in _OF_RUNS if name in properties}
    properties.pop("wrap", None)
    return rich(run(value, **of_run), **properties)


def markdown(value: str, **properties: object) -> BareObject:
    """*value* as the Markdown it is: nothing of it may come from outside as it is."""
    return _made(TextBlock, {"text": value, "wrap": True, **properties})


def run(value: str, longest_word: int = _LONGEST_WORD, **properties: object) -> BareObject:
    """A run of a RichTextBlock; runs are literal. Words may break after *longest_word* characters."""
    broken = re.sub(rf"(\S{{{longest_word}}})(?=\S)", "\\1\u200b", value)
    return _made(TextRun, {"type": "TextRun", "text": _FORMULA.sub("{\u2060", broken), **properties})


def rich(*runs: BareObject, **properties: object) -> BareObject:
    """A line of runs, for text that comes from outside."""
    return _made(RichTextBlock, {"inlines": list(runs), **properties})


def container(items: Sequence[BareObject], **properties: object) -> BareObject:
    """Elements one below the other."""
    return _made(Container, {"items": list(items), **properties})


def columns(*parts: BareObject, **properties: object) -> BareObject:
    """Columns side by side."""
    return _made(ColumnSet, {"columns": list(parts), **properties})


def column(items: Sequence[BareObject], width: str, **properties: object) -> BareObject:
    """One column; *width* is `auto`, `stretch` or pixels such as `24px`."""
    return _made(Column, {"type": "Column", "items": list(items), "width": width, **properties})


def execute(press: Press, title: str | None = None, **properties: object) -> BareObject:
    """`Action.Execute`, with the `Action.Submit` that older clients take in its stead."""
    named = {"title": title} if title else {}
    fallback = _made(
        BareObject, {"type": "Action.Submit", **named, "data": {"verb": press.verb, **press.data}}
    )
    return _made(
        BareObject,
        {
            "type": "Action.Execute",
            **named,
            "verb": press.verb,
            "data": dict(press.data),
            "fallback": fallback,
            **properties,
        },
    )


def open_dialog(press: Press, title: str) -> BareObject:
    """A button that has Teams ask for a dialog, which only the one who taps sees.

    Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
    """
    data = {"verb": press.verb, **press.data, "msteams": {"type": "task/fetch"}}
    return _made(BareObject, {"type": "Action.Submit", "title": title, "data": data})


def toggle(title: str, *targets: str) -> BareObject:
    """A button that shows and hides the elements whose ids are *targets*."""
    return _made(
        BareObject, {"type": "Action.ToggleVisibility", "title": title, "targetElements": list(targets)}
    )


def link(title: str, url: str) -> BareObject:
    """A button that opens *url*. Raises: ValueError: its host is none of KNOWN_HOSTS."""
    if urlsplit(url).hostname not in KNOWN_HOSTS or not url.startswith("https://"):
        raise ValueError(url)
    return _made(BareObject, {"type": "Action.OpenUrl", "title": title, "url": url})


def actions(*buttons: BareObject, **properties: object) -> BareObject:
    """A row of buttons inside the body."""
    return _made(ActionSet, {"actions": list(buttons), **properties})


def text_input(name: str, value: str | None, **properties: object) -> BareObject:
    """A line to type in; *name* is what its value is called when it comes back."""
    return _input("Input.Text", name, value, properties)


def date_input(name: str, value: str | None, **properties: object) -> BareObject:
    """A day, as yyyy-MM-dd."""
    return _input("Input.Date", name, value, properties)


def time_input(name: str, value: str | None, **properties: object) -> BareObject:
    """A time of day, as HH:mm."""
    return _input("Input.Time", name, value, properties)


def choices(
    name: str, offered: Sequence[tuple[str, str]], value: str | None, **properties: object
) -> BareObject:
    """A choice among *offered*, value and title; several chosen values come and go joined by a comma."""
    listed = [{"title": title, "value": chosen} for chosen, title in offered]
    return _input("Input.ChoiceSet", name, value, {"choices": listed, "style": "compact", **properties})


def _input(kind: str, name: str, value: str | None, properties: Mapping[str, object]) -> BareObject:
    return _made(BareObject, {"type": kind, "id": name, "value": value, **properties})


def fact(label: str, value: str) -> BareObject:
    """A label and a literal value; a FactSet would read the value as Markdown."""
    return columns(
        column([text(label, isSubtle=True, size="Small")], "112px"),
        column([text(value, size="Small")], "stretch", spacing="Small"),
        spacing="Small",
    )


def bullet(value: str) -> BareObject:
    """A point of a list; what wraps hangs under its first word."""
    return columns(
        column([text("•", wrap=False)], "12px"),
        column([text(value)], "stretch", spacing="None"),
        spacing="Small",
    )


def finish(
    body: Sequence[BareObject],
    summary: str,
    language: str,
    buttons: Sequence[BareObject] = (),
    entities: Sequence[Mapping[str, Any]] = (),
) -> Card:
    """The card of *body* and *buttons*, *summary* as what a notification shows, and Teams' *entities*."""
    primary = [one for one in buttons if one.render().get("mode") != "secondary"]
    for beyond in primary[MAX_ACTIONS:]:
        beyond.set_data("mode", "secondary")
    card = AdaptiveCard()
    for name, value in {
        "version": SCHEMA_VERSION,
        "lang": language,
        "fallbackText": summary,
        "body": list(body),
        **({"actions": list(buttons)} if buttons else {}),
    }.items():
        card.set_data(name, value)
    content = plain(card)
    content["msteams"] = {"width": "Full", **({"entities": list(entities)} if entities else {})}
    return Card(content, summary)


def fitting(render: Callable[[_Room], Card], rooms: Sequence[_Room]) -> Card:
    """The first card of *rooms* that stays within Teams' size; the last holds whatever mail can bring."""
    for room in rooms[:-1]:
        card = render(room)
        if card.size < MAX_CARD_BYTES:
            return card
    return render(rooms[-1])


def _made(kind: type[BareObject], properties: Mapping[str, object]) -> BareObject:
    element = kind()
    for name, value in properties.items():
        if value is not None:
            element.set_data(name, value)
    return element


def plain(value: Any) -> Any:
    """*value* with every element of the package, however deep, as the dict it stands for."""
    if isinstance(value, BareObject):
        return {name: plain(part) for name, part in value.render().items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return value
