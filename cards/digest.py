"""A day or a week in numbers: states, troubles, and how they changed; no address and no subject."""

from collections.abc import Sequence

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, column, columns, container, execute, finish, text
from cards.reader import Reader
from cards.words import cause_words, sought, status_word, symbol, window
from tracing.digest import Digest
from tracing.model import TraceQuery, Window, trouble_rank
from tracing.timetable import Timetable

_MAX_DOMAIN = 60
_MAX_STATES = 10
_STYLES = {True: "warning", False: "good"}


def render(
    view: Digest,
    number: int,
    timetable: Timetable,
    query: TraceQuery,
    buttons: Sequence[tuple[str, Press]],
    reader: Reader,
    *,
    again: bool = False,
) -> Card:
    """The digest of watch *number*; *buttons* are keys of titles and taps, *again*: it may come twice."""
    title = reader.say("digest.weekly" if timetable.weekday is not None else "digest.daily")
    verdict = _verdict(view, reader)
    lines = [
        text(f"📊 {title}", size="Small"),
        text(verdict, size="Large", weight="Bolder", spacing="None"),
        text(window(Window(view.start, view.end), reader), size="Small", spacing="Small"),
    ]
    body: list[BareObject] = [container(lines, style=_STYLES[view.trouble > 0], bleed=True)]
    body += [_state(view, status, count, reader) for status, count in _states(view)]
    body += _troubles(view, reader)
    first, *others = _notes(view, again, reader)
    body.append(text(first, isSubtle=True, size="Small", spacing="Medium"))
    body += [text(line, isSubtle=True, size="Small", spacing="None") for line in others]
    body.append(text(reader.say("alert.of", number=number), isSubtle=True, size="Small", spacing="Medium"))
    body.append(sought(query, reader))
    taps = [execute(press, reader.say(key)) for key, press in buttons]
    return finish(body, f"{title}: {verdict}", reader.language, taps)


def spell_times(timetable: Timetable, reader: Reader) -> str:
    """When it comes: every day at 09:00."""
    at = f"{timetable.at:%H:%M}"
    if timetable.zone != reader.zone.key:
        at = f"{at} ({timetable.zone})"
    if timetable.weekday is None:
        return reader.say("digest.every_day", at=at)
    day = reader.locale.days["format"]["wide"][timetable.weekday]
    return reader.say("digest.every_week", day=day, at=at)


def _verdict(view: Digest, reader: Reader) -> str:
    if view.trouble == 0:
        key = "digest.no_trouble" if view.whole else "digest.no_trouble_so_far"
        return reader.say(key)
    return reader.say("digest.trouble", n=view.trouble)


def _states(view: Digest) -> list[tuple[str, int]]:
    """The states there are, and those there were, trouble first."""
    counts = dict(view.before or ()) | {}
    shown = dict.fromkeys(counts, 0) | dict(view.counts)
    if view.trouble == 0 and not any(shown.values()):
        return []
    ordered = sorted(shown.items(), key=lambda one: (trouble_rank(one[0]), one[0]))
    return ordered[:_MAX_STATES]


def _state(view: Digest, status: str, count: int, reader: Reader) -> BareObject:
    change = view.change(status)
    cells = [
        column([text(symbol(status), wrap=False)], "28px"),
        column([text(status_word(status, reader))], "stretch", spacing="Small"),
        column([text(reader.number(count), weight="Bolder", horizontalAlignment="Right")], "56px"),
    ]
    if change is not None:
        trend = text(_trend(change, reader), isSubtle=True, horizontalAlignment="Right", wrap=False)
        cells.append(column([trend], "64px"))
    return columns(*cells, spacing="Small")


def _trend(change: int, reader: Reader) -> str:
    """Against the time before."""
    if change == 0:
        return "±0"
    return f"{'▲' if change > 0 else '▼'} {reader.number(abs(change))}"


def _troubles(view: Digest, reader: Reader) -> list[BareObject]:
    if not view.groups:
        return []
    lines: list[BareObject] = [text(reader.say("digest.top"), weight="Bolder", spacing="Medium")]
    for group in view.groups:
        domain = clean(group.domain, _MAX_DOMAIN).replace("@", "") or "?"
        line = reader.say(
            "alert.line", n=group.count, domain=domain, status=status_word(group.status, reader)
        )
        lines.append(text(f"{symbol(group.status)} {line}", spacing="Small"))
        cause = cause_words(group.cause, group.known, group.count, reader)
        cause = cause or reader.say("digest.cause_open")
        lines.append(text(cause, isSubtle=True, size="Small", spacing="None"))
    if view.others:
        lines.append(text(reader.say("digest.others", n=view.others), isSubtle=True, spacing="Small"))
    return [container(lines, separator=True)]


def _notes(view: Digest, again: bool, reader: Reader) -> list[str]:
    notes = []
    if view.unsettled:
        notes.append(reader.say("digest.unsettled", n=view.unsettled))
    if view.before is not None and view.counts:
        notes.append(reader.say("digest.compared"))
    as_of = f"{reader.short(view.end)} ({reader.offset(view.end)})"
    notes.append(reader.say("digest.as_of", as_of=as_of))
    if view.is_late:
        notes.append(reader.say("digest.late", due=reader.short(view.due_at)))
    if not view.whole:
        notes.append(reader.say("digest.incomplete"))
    if again:
        notes.append(reader.say("alert.again"))
    return notes
