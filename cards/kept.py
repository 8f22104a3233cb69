"""Saved and recent searches: the list, the card that asks for a name, and what can be done with one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

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
    plain_line,
    text,
    text_input,
)
from cards.reader import Reader
from cards.words import MAX_CONDITIONS, conditions
from tracing.model import TraceQuery

PAGE_ENTRIES = 10
MAX_NAME = 40
"""Characters of a name."""

_LONGEST_WORD = 12
"""Characters that fit between the two signs of an entry, 360 pixels wide."""

_MAX_NOTE = 160
"""Characters: a sentence with two names in it."""

_ROOMS = (MAX_CONDITIONS, 100, 30)
"""Characters of a search's conditions: the first with which a page stays within Teams' size."""


@dataclass(frozen=True)
class Entry:
    """One search: `name` "" where it has none, what it asks, and its two taps."""

    name: str
    query: TraceQuery
    mine: bool
    run: Press
    edit: Press


@dataclass(frozen=True)
class Listing:
    """One page of `entries`; *kind* is "saved" or "recent", *note* a sentence on what was just done or "".

    `show` makes the taps to other pages, `other` leads to the other list, `form` opens an empty form.
    `lost` are taps that delete unreadable ones.
    """

    kind: str
    entries: Sequence[Entry]
    page: int
    note: str
    show: Callable[[int], Press]
    other: Press
    form: Press
    lost: Sequence[Press] = ()


@dataclass(frozen=True)
class Naming:
    """A search that waits for its name; `fault` is the last part of the key `expected.…`, or ""."""

    query: TraceQuery
    mine: bool
    name: str
    fault: str
    save: Press
    saved: Press


@dataclass(frozen=True)
class Editing:
    """A kept search: `known` is the name it has, "" for a recent one; `name` what stands in the input.

    `refine` is None where the form cannot ask the same.
    """

    query: TraceQuery
    mine: bool
    known: str
    name: str
    fault: str
    run: Press
    refine: Press | None
    rename: Press
    forget: Press
    back: Press


def render_list(view: Listing, reader: Reader) -> Card:
    """The card of *view*; an empty list says how one comes to have entries."""
    return fitting(lambda room: _render_list(view, room, reader), _ROOMS)


def _render_list(view: Listing, room: int, reader: Reader) -> Card:
    body: list[BareObject] = [text(reader.say(f"kept.{view.kind}"), size="Large", weight="Bolder")]
    if view.note:
        body.append(container([text(clean(view.note, _MAX_NOTE))], style="emphasis"))
    first = view.page * PAGE_ENTRIES
    shown = view.entries[first : first + PAGE_ENTRIES]
    body += [_entry(entry, room, reader) for entry in shown]
    if shown:
        body.append(text(reader.say("kept.tap"), isSubtle=True, size="Small", separator=True))
    else:
        body.append(text(reader.say(f"kept.none.{view.kind}"), isSubtle=True))
    buttons = []
    if view.page > 0:
        buttons.append(execute(view.show(view.page - 1), reader.say("results.previous")))
    if first + PAGE_ENTRIES < len(view.entries):
        buttons.append(execute(view.show(view.page + 1), reader.say("results.next")))
    if view.lost:
        body.append(text(f"⚠️ {reader.say('kept.lost', n=len(view.lost))}", size="Small"))
        buttons.append(execute(view.lost[0], reader.say("kept.lost.delete")))
    other = "kept.recent" if view.kind == "saved" else "kept.saved"
    buttons += [execute(view.other, reader.say(other)), execute(view.form, reader.say("button.form"))]
    return finish(body, reader.say(f"kept.{view.kind}"), reader.language, buttons)


def render_naming(view: Naming, reader: Reader) -> Card:
    """The small card that asks for a name."""
    body = [
        text(f"💾 {reader.say('kept.naming')}", size="Large", weight="Bolder"),
        *_question(view.query, view.mine, reader),
        *_name(view.name, view.fault, reader),
    ]
    buttons = [
        execute(view.save, reader.say("kept.save"), style="positive"),
        execute(view.saved, reader.say("kept.saved"), associatedInputs="none"),
    ]
    return finish(body, reader.say("kept.naming"), reader.language, buttons)


def render_editing(view: Editing, reader: Reader) -> Card:
    """What can be done with one search: run, change, rename or save, forget."""
    title = clean(view.known, MAX_NAME) or reader.say("kept.one_recent")
    body = [
        text(f"🔎 {title}", size="Large", weight="Bolder"),
        *_question(view.query, view.mine, reader),
        *_name(view.name, view.fault, reader),
    ]
    rename = "kept.rename" if view.known else "kept.save"
    buttons = [execute(view.run, reader.say("kept.run"), associatedInputs="none")]
    if view.refine is not None:
        buttons.append(execute(view.refine, reader.say("button.refine"), associatedInputs="none"))
    buttons += [
        execute(view.rename, reader.say(rename)),
        execute(view.forget, reader.say("kept.forget"), associatedInputs="none", style="destructive"),
        execute(view.back, reader.say("kept.back"), associatedInputs="none"),
    ]
    return finish(body, reader.say("kept.editing"), reader.language, buttons)


def _entry(entry: Entry, room: int, reader: Reader) -> BareObject:
    lines = _question(entry.query, entry.mine, reader, room)
    name = clean(entry.name, MAX_NAME)
    if name:
        lines.insert(0, text(name, weight="Bolder"))
    title = reader.say("kept.run")
    edit = text("⋯", size="Large", weight="Bolder", horizontalAlignment="Center", wrap=False)
    return columns(
        column([text("🔎", wrap=False)], "28px"),
        column(lines, "stretch", spacing="Small", selectAction=execute(entry.run, title)),
        column([edit], "40px", spacing="Small", selectAction=execute(entry.edit, reader.say("kept.edit"))),
        separator=True,
        spacing="Small",
    )


def _question(query: TraceQuery, mine: bool, reader: Reader, room: int = MAX_CONDITIONS) -> list[BareObject]:
    own = [text(reader.say("results.mine"), size="Small", isSubtle=True, spacing="None")] if mine else []
    return [*own, conditions(query, reader, room, _LONGEST_WORD)]


def _name(name: str, fault: str, reader: Reader) -> list[BareObject]:
    """The input for a name, and its fault under it."""
    expected = reader.say(f"expected.{fault}") if fault else None
    line = text_input(
        "name",
        plain_line(name, MAX_NAME) or None,
        label=reader.say("kept.name"),
        placeholder=reader.say("kept.name.example"),
        maxLength=MAX_NAME,
        errorMessage=expected,
    )
    if expected is None:
        return [line]
    return [line, text(f"⚠️ {expected}", weight="Bolder", size="Small", spacing="Small")]
