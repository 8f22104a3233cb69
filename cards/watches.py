"""The watches of one person: what was begun, the list, and one of them with what can be done about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from adaptivecards.baseobject import BareObject

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
from cards.error import named
from cards.mention import Mention
from cards.reader import Reader
from cards.watch_options import spelt
from cards.words import MAX_CONDITIONS, sought
from tracing.quiet import Quiet
from tracing.watch import Watch

PAGE_ENTRIES = 10

_LONGEST_WORD = 12
_ROOMS = (MAX_CONDITIONS, 100, 30)
"""Characters of a watch's conditions: the first with which the list stays within Teams' size."""
_MAX_PLACE = 60


@dataclass(frozen=True)
class Entry:
    """A watch as it goes at `as_of`. `place` is where it speaks, None for where the card stands.

    `paused` is the last part of the key that says why it rests, "" while it goes on until `next_run`.
    `fault` is what its last look met, since `blind_since`; `troubles` are open; `held` are to be told of at
    `held_until`, when the quiet hours end. `owner` is another than the reader, "" for themselves.
    """

    number: int
    watch: Watch
    quiet: Quiet
    mentions: tuple[Mention, ...]
    as_of: datetime
    place: str | None
    paused: str
    next_run: datetime | None
    last_run: datetime | None
    last_cost: int
    cost: int
    fault: str
    blind_since: datetime | None
    troubles: int
    held: int = 0
    held_until: datetime | None = None
    owner: str = ""


@dataclass(frozen=True)
class Opened:
    """One watch and its taps; *note* is a sentence on what was just done, or "".

    `here` has it speak where the card stands; None where it does, or may not.
    """

    entry: Entry
    note: str
    pause: Press
    resume: Press
    hour: Press
    tomorrow: Press
    test: Press
    stop: Press
    edit: Press
    back: Press
    here: Press | None = None


def begun(entry: Entry, others: Press, stop: Press, reader: Reader, note: str = "") -> Card:
    """A watch was taken on; *others* lists all, *stop* takes it back; *note* is what was left out."""
    title = reader.say("watch.begun", number=entry.number)
    body = [
        text(f"👁️ {title}", size="Large", weight="Bolder"),
        *_note(note),
        *_asked(entry, reader),
        text(_promise(entry, reader), isSubtle=True, size="Small", spacing="Medium"),
    ]
    buttons = [execute(others, reader.say("watch.list")), execute(stop, reader.say("watch.stop"))]
    return finish(body, title, reader.language, buttons)


@dataclass(frozen=True)
class Listing:
    """One page of `entries`, each with the tap that opens it; `show` makes the taps to other pages.

    With `place`, the list is of that place, which has `others` that are not shown. `limits` says how
    many there may be; `lost` are taps that delete unreadable ones.
    """

    entries: Sequence[tuple[Entry, Press]]
    page: int
    note: str
    show: Callable[[int], Press]
    place: str = ""
    others: int = 0
    limits: str = ""
    lost: Sequence[Press] = ()


def listed(view: Listing, reader: Reader) -> Card:
    """The watches of a page; none says how one comes to have some."""
    return fitting(lambda room: _listed(view, room, reader), _ROOMS)


def one(view: Opened, reader: Reader) -> Card:
    """One watch, how it goes, and its buttons."""
    entry = view.entry
    title = reader.say("watch.one", number=entry.number)
    body: list[BareObject] = [text(f"👁️ {title}", size="Large", weight="Bolder"), *_note(view.note)]
    body += [*_asked(entry, reader), _state(entry, reader), *_facts(entry, reader)]
    rests = bool(entry.paused)
    buttons = [
        execute(view.resume if rests else view.pause, reader.say(f"watch.{'resume' if rests else 'pause'}"))
    ]
    buttons.append(execute(view.edit, reader.say("watch.edit")))
    if not rests:
        buttons += [
            execute(view.hour, reader.say("watch.hour")),
            execute(view.tomorrow, reader.say("watch.tomorrow")),
            execute(view.test, reader.say("watch.test")),
        ]
    buttons.append(execute(view.stop, reader.say("watch.stop"), style="destructive"))
    if view.here is not None:
        buttons.append(execute(view.here, reader.say("watch.here")))
    buttons.append(execute(view.back, reader.say("watch.list")))
    return finish(body, title, reader.language, buttons)


def _listed(view: Listing, room: int, reader: Reader) -> Card:
    title, note = _title(view, reader), view.note
    first = view.page * PAGE_ENTRIES
    entries = view.entries[first : first + PAGE_ENTRIES]
    body: list[BareObject] = [text(f"👁️ {title}", size="Large", weight="Bolder"), *_note(note)]
    for entry, opens in entries:
        lines = [
            *_own(entry, reader),
            sought(entry.watch.query, reader, room, _LONGEST_WORD),
            text(_options(entry, reader), size="Small", isSubtle=True, spacing="None"),
            _state(entry, reader),
        ]
        body.append(
            columns(
                column([text(f"{entry.number}", weight="Bolder", wrap=False)], "28px"),
                column(lines, "stretch", spacing="Small"),
                selectAction=execute(opens, reader.say("watch.open")),
                separator=True,
                spacing="Small",
            )
        )
    body.append(text(_last_line(view, reader), isSubtle=True, size="Small", separator=bool(entries)))
    if view.limits:
        body.append(text(view.limits, isSubtle=True, size="Small", spacing="None"))
    buttons = []
    if view.lost:
        body.append(text(f"⚠️ {reader.say('watch.lost', n=len(view.lost))}", size="Small"))
        buttons.append(execute(view.lost[0], reader.say("watch.lost.delete")))
    if view.page > 0:
        buttons.append(execute(view.show(view.page - 1), reader.say("results.previous")))
    if first + PAGE_ENTRIES < len(view.entries):
        buttons.append(execute(view.show(view.page + 1), reader.say("results.next")))
    return finish(body, title, reader.language, buttons)


def _promise(entry: Entry, reader: Reader) -> str:
    """What will come of a watch that has begun."""
    if entry.watch.timetable is None or entry.next_run is None:
        return reader.say("watch.begun.note")
    return reader.say("watch.begun.digest", at=_moment(entry.next_run, reader))


def _note(note: str) -> list[BareObject]:
    return [container([text(clean(note, 200))], style="emphasis")] if note else []


def _asked(entry: Entry, reader: Reader) -> list[BareObject]:
    return [
        *_own(entry, reader),
        sought(entry.watch.query, reader),
        text(_options(entry, reader), spacing="Small"),
        *_holidays(entry, reader),
    ]


def others(
    entry: Entry, note: str, stop: Press, pause: Press, resume: Press, back: Press, reader: Reader
) -> Card:
    """A watch of somebody else, and what the help desk may do about it."""
    title = reader.say("watch.one", number=entry.number)
    body: list[BareObject] = [text(f"👁️ {title}", size="Large", weight="Bolder"), *_note(note)]
    body += [*_asked(entry, reader), _state(entry, reader), *_facts(entry, reader)]
    rests = bool(entry.paused)
    buttons = [
        execute(resume if rests else pause, reader.say(f"watch.{'resume' if rests else 'pause'}")),
        execute(stop, reader.say("watch.stop"), style="destructive"),
        execute(back, reader.say("watch.place_list.unnamed")),
    ]
    return finish(body, title, reader.language, buttons)


def told_by_other(line: str, watch: Watch, place: str, opens: Press, reader: Reader) -> Card:
    """To its owner: what somebody else did with their watch, in one *line*."""
    body: list[BareObject] = [
        container([text(f"👁️ {line}", size="Medium", weight="Bolder")], style="emphasis", bleed=True),
        sought(watch.query, reader),
    ]
    if place:
        spoke = reader.say("watch.place", place=clean(place, _MAX_PLACE))
        body.append(text(spoke, size="Small", spacing="None"))
    return finish(body, line, reader.language, [execute(opens, reader.say("watch.list"))])


def _title(view: Listing, reader: Reader) -> str:
    if not view.place:
        return reader.say("watch.list")
    if view.place == reader.say("watch.place_list.unnamed"):
        return view.place
    return reader.say("watch.place_list", place=clean(view.place, _MAX_PLACE))


def _last_line(view: Listing, reader: Reader) -> str:
    """What can be done with the list, and how many more there are."""
    lines = []
    if view.entries:
        lines.append(reader.say("watch.tap"))
    elif not view.place:
        lines.append(reader.say("watch.none"))
    elif not view.others:
        lines.append(reader.say("watch.place_list.none"))
    if view.others:
        lines.append(reader.say("watch.others", n=view.others))
    return " ".join(lines)


def _own(entry: Entry, reader: Reader) -> list[BareObject]:
    if entry.owner:
        owner = reader.say("watch.owner", name=clean(entry.owner, _MAX_PLACE))
        return [text(owner, isSubtle=True, size="Small", spacing="None")]
    return [text(reader.say("results.mine"), isSubtle=True, size="Small")] if entry.watch.mine else []


def _options(entry: Entry, reader: Reader) -> str:
    """How often it looks, from how many on it speaks, and where."""
    return spelt(entry.watch, entry.quiet, entry.mentions, entry.place, entry.as_of, reader)


def _holidays(entry: Entry, reader: Reader) -> list[BareObject]:
    if not entry.quiet.working_days:
        return []
    return [text(reader.say("watch.working_days.note"), isSubtle=True, size="Small", spacing="Small")]


def _state(entry: Entry, reader: Reader) -> BareObject:
    """How it goes, in one line."""
    if entry.paused:
        return text(f"⏸️ {reader.say(f'watch.paused.{entry.paused}')}", size="Small", spacing="None")
    if entry.held and entry.held_until is not None:
        line = reader.say("watch.held", n=entry.held, until=reader.short(entry.held_until))
        return text(f"🌙 {line}", size="Small", spacing="None")
    if entry.blind_since is not None:
        since = reader.short(entry.blind_since)
        return text(f"🙈 {reader.say('watch.blind', since=since)}", size="Small", spacing="None")
    if entry.troubles:
        return text(f"🔴 {reader.say('watch.troubles', n=entry.troubles)}", size="Small", spacing="None")
    if entry.watch.timetable is not None and entry.last_run is None and entry.next_run is not None:
        first = reader.say("watch.first_digest", when=reader.short(entry.next_run))
        return text(f"🟢 {first}", size="Small", spacing="None")
    key = "watch.quiet" if entry.last_run else "watch.new"
    return text(f"🟢 {reader.say(key)}", size="Small", spacing="None")


def _facts(entry: Entry, reader: Reader) -> list[BareObject]:
    """When it looked, what that cost, when it looks next, and what it met."""
    facts = []
    if entry.last_run is not None:
        facts.append(fact(reader.say("watch.last_run"), _moment(entry.last_run, reader)))
        cost = reader.say("watch.cost.value", n=entry.last_cost, total=reader.number(entry.cost))
        facts.append(fact(reader.say("watch.cost"), cost))
    if entry.next_run is not None and not entry.paused:
        facts.append(fact(reader.say("watch.next_run"), _moment(entry.next_run, reader)))
    if entry.fault:
        facts.append(fact(reader.say("watch.fault"), named(entry.fault, reader)))
    return facts


def _moment(value: datetime, reader: Reader) -> str:
    return f"{reader.short(value)} ({reader.offset(value)})"
