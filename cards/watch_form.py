"""The form of a watch, new or changed: how often, from how much on, when it is quiet, whom it mentions."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adaptivecards.baseobject import BareObject

from cards import form
from cards.elements import (
    Card,
    Press,
    actions,
    choices,
    clean,
    column,
    columns,
    container,
    execute,
    finish,
    plain_line,
    text,
    text_input,
    time_input,
    toggle,
)
from cards.form import Fields
from cards.reader import Reader
from cards.words import sought
from tracing.model import TraceQuery
from tracing.threshold import LEAST

_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
INTERVALS = (5 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR, 3 * _HOUR, 6 * _HOUR, 12 * _HOUR, 24 * _HOUR)
STRETCHES = (15 * _MINUTE, 30 * _MINUTE, _HOUR, 3 * _HOUR, 6 * _HOUR, 24 * _HOUR)
ALL_DAYS, WORKING_DAYS = "all", "working"
ME = "me"
_DIGITS = 5
_TIME = re.compile(r"\d{2}:\d{2}")
_MAX_NAME = 40
_CONDITIONS = frozenset(Fields.__dataclass_fields__)


@dataclass(frozen=True)
class WatchFields:
    """What stands in the inputs, as text; "" is empty.

    `every` and `within` are minutes, times HH:mm, `days` ALL_DAYS or WORKING_DAYS; `mentions` are ME, and
    places in the list of those who are mentioned already.
    """

    every: str = ""
    more_than: str = ""
    percent: str = ""
    within: str = ""
    quiet_start: str = ""
    quiet_end: str = ""
    days: str = ALL_DAYS
    mentions: tuple[str, ...] = ()


@dataclass(frozen=True)
class WatchForm:
    """`number` is the watch's, 0 for a new one. `mentionable` are the values and names one can choose from.

    `zone` names the time zone of the hours; a `digest` has its own time and no alert options.
    The inputs of `hidden` are left out.
    """

    number: int
    query: TraceQuery
    mine: bool
    fields: Fields
    options: WatchFields
    faults: Mapping[str, str]
    mentionable: Sequence[tuple[str, str]]
    submit: Press
    back: Press | None
    digest: bool = False
    hidden: Collection[str] = ()


def minutes(length: timedelta) -> str:
    """As an input holds it."""
    return str(length // _MINUTE)


def render(view: WatchForm, reader: Reader, now: datetime) -> Card:
    """The form; the ids of its inputs are the names of the fields."""
    title = reader.say("watch.form.edit", number=view.number) if view.number else reader.say("watch.form.new")
    body: list[BareObject] = [text(f"👁️ {title}", size="Large", weight="Bolder")]
    if view.faults:
        body.append(container([text(f"✏️ {reader.say('form.mend')}", weight="Bolder")], style="warning"))
    if view.mine:
        body.append(text(reader.say("results.mine"), isSubtle=True, size="Small"))
    body += form.left_out(view.fields, view.hidden, reader)
    body += [sought(view.query, reader), *_what(view, reader)]
    if not view.digest:
        body += _alerts(view, reader)
        body += _quiet(view, reader, now)
    body += _mentions(view, reader)
    done = reader.say("watch.form.save" if view.number else "watch.form.begin")
    buttons = [execute(view.submit, done, style="positive")]
    if view.back is not None:
        buttons.append(execute(view.back, reader.say("watch.form.back"), associatedInputs="none"))
    return finish(body, title, reader.language, buttons)


def _what(view: WatchForm, reader: Reader) -> list[BareObject]:
    """The conditions, out of the way until somebody wants to change them."""
    wrong = any(name in view.faults for name in _CONDITIONS)
    inputs = [
        *form.who(view.fields, view.faults, reader),
        *form.more(view.fields, view.faults, reader, view.hidden),
    ]
    return [
        actions(toggle(reader.say("watch.form.what"), "what")),
        container(inputs, id="what", isVisible=wrong, style="emphasis"),
    ]


def _alerts(view: WatchForm, reader: Reader) -> list[BareObject]:
    options = view.options
    return [
        container(
            [
                _length("every", options.every, INTERVALS, reader),
                *_faults("every", view, reader),
                columns(
                    column([_digits("more_than", options.more_than, reader)], "stretch"),
                    column([_digits("percent", options.percent, reader)], "stretch", spacing="Small"),
                ),
                *_faults("more_than", view, reader),
                *_faults("percent", view, reader),
                _length("within", options.within, STRETCHES, reader),
                *_faults("within", view, reader),
                _note(reader.say("watch.form.percent.note", least=LEAST)),
            ],
            separator=True,
            spacing="Medium",
        )
    ]


def _quiet(view: WatchForm, reader: Reader, now: datetime) -> list[BareObject]:
    options = view.options
    days = [(one, reader.say(f"watch.form.days.{one}")) for one in (ALL_DAYS, WORKING_DAYS)]
    day = options.days if options.days == WORKING_DAYS else ALL_DAYS
    note = reader.say("watch.form.quiet.note", offset=reader.offset(now), zone=reader.zone_name(now))
    return [
        container(
            [
                columns(
                    column([_clock("quiet_start", options.quiet_start, reader)], "stretch"),
                    column([_clock("quiet_end", options.quiet_end, reader)], "stretch", spacing="Small"),
                ),
                *_faults("quiet_start", view, reader),
                choices("days", days, day, label=reader.say("watch.form.days")),
                _note(note),
            ],
            separator=True,
            spacing="Medium",
        )
    ]


def _mentions(view: WatchForm, reader: Reader) -> list[BareObject]:
    if not view.mentionable:
        return []
    offered = [(value, clean(name, _MAX_NAME)) for value, name in view.mentionable]
    chosen = ",".join(one for one in view.options.mentions if one in dict(offered))
    people = choices(
        "mentions",
        offered,
        chosen or None,
        label=reader.say("watch.form.mentions"),
        isMultiSelect=True,
        style="expanded",
    )
    note = reader.say("watch.form.mentions.note", number=view.number or 3)
    return [
        container(
            [people, *_faults("mentions", view, reader), _note(note)],
            separator=True,
            spacing="Medium",
        )
    ]


def _length(name: str, value: str, offered: Iterable[timedelta], reader: Reader) -> BareObject:
    """A choice of lengths of time, the present one among them whatever it is."""
    lengths = set(offered)
    if value.isdecimal() and 0 < int(value) <= 2 * 24 * 60:
        lengths.add(int(value) * _MINUTE)
    listed = [(minutes(one), reader.duration(one)) for one in sorted(lengths)]
    chosen = value if value in dict(listed) else listed[0][0]
    return choices(name, listed, chosen, label=reader.say(f"watch.form.{name}"))


def _digits(name: str, value: str, reader: Reader) -> BareObject:
    return text_input(
        name,
        plain_line(value, _DIGITS) or None,
        label=reader.say(f"watch.form.{name}"),
        placeholder=reader.say(f"watch.form.{name}.example"),
        maxLength=_DIGITS,
    )


def _clock(name: str, value: str, reader: Reader) -> BareObject:
    known = value if _TIME.fullmatch(value) else None
    return time_input(name, known, label=reader.say(f"watch.form.{name}"))


def _note(words: str) -> BareObject:
    return text(words, isSubtle=True, size="Small", spacing="Small")


def _faults(name: str, view: WatchForm, reader: Reader) -> list[BareObject]:
    if name not in view.faults:
        return []
    line = f"⚠️ {reader.say(f'expected.{view.faults[name]}')}"
    return [text(line, weight="Bolder", size="Small", spacing="Small")]
