"""A result as everybody in a place may see it: states, times and domains; no subject, no person."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, column, columns, container, execute, finish, text
from cards.reader import Reader
from cards.words import status_word, symbol, window
from tracing.model import MessageTrace, Window, trouble_rank

SHOWN = 10
_MASK = "●●●"


@dataclass(frozen=True)
class Masked:
    """What is shared: `rows` trouble first, of which the first are shown without subject and local parts."""

    rows: Sequence[MessageTrace]
    window: Window
    partial: bool


def render(view: Masked, sharer: str, reader: Reader) -> Card:
    """The card that stands in the place, without a button: who wants to know more asks for themselves."""
    title = reader.say("shared.title")
    body = [
        text(f"📣 {title}", size="Large", weight="Bolder"),
        text(reader.say("shared.by", name=clean(sharer, 60)), isSubtle=True, spacing="None", size="Small"),
        *_content(view, reader),
    ]
    return finish(body, reader.say("shared.summary", n=len(view.rows)), reader.language)


def confirm(view: Masked, places: Sequence[tuple[str, Press]], back: Press, reader: Reader) -> Card:
    """What would be seen, and where it can be put."""
    body = [
        text(f"📣 {reader.say('shared.confirm')}", size="Large", weight="Bolder"),
        text(reader.say("shared.what" if places else "shared.nowhere"), spacing="Small"),
        *(_content(view, reader) if places else []),
    ]
    buttons = [execute(press, reader.say("shared.here", name=clean(name, 40))) for name, press in places[:5]]
    buttons.append(execute(back, reader.say("results.back")))
    return finish(body, reader.say("shared.confirm"), reader.language, buttons)


def done(name: str, back: Press, reader: Reader) -> Card:
    """It is there."""
    line = reader.say("shared.done", name=clean(name, 60))
    body = [text(f"✅ {line}", size="Medium", weight="Bolder")]
    return finish(body, line, reader.language, [execute(back, reader.say("results.back"))])


def masked(address: str) -> str:
    """*address* with its local part masked."""
    domain = address.rpartition("@")[2]
    return f"{_MASK}@{clean(domain, 100)}" if "@" in address else _MASK


def _content(view: Masked, reader: Reader) -> list[BareObject]:
    counts = Counter(row.status for row in view.rows)
    states = [
        f"{symbol(status)} {status_word(status, reader)} {reader.number(counts[status])}"
        for status in sorted(counts, key=lambda status: (trouble_rank(status), status))
    ]
    lines = [text(window(view.window, reader), isSubtle=True, size="Small", spacing="Small")]
    if states:
        lines.append(text(" · ".join(states), weight="Bolder", spacing="Small"))
    if view.partial:
        lines.append(text(reader.say("shortfall.title"), size="Small"))
    return [container([*lines, *(_row(row, reader) for row in view.rows[:SHOWN])])]


def _row(row: MessageTrace, reader: Reader) -> BareObject:
    route = f"{masked(row.sender_address)} → {masked(row.recipient_address)}"
    return columns(
        column([text(symbol(row.status), wrap=False)], "28px"),
        column([text(route, size="Small")], "stretch", spacing="Small"),
        column(
            [
                text(
                    reader.short(row.received_date_time),
                    size="Small",
                    isSubtle=True,
                    horizontalAlignment="Right",
                )
            ],
            "96px",
            spacing="Small",
        ),
        spacing="Small",
    )
