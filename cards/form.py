"""The form: every condition of a trace, filled with what is known, each fault beside its field."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adaptivecards.baseobject import BareObject

from cards.elements import (
    Card,
    Press,
    actions,
    choices,
    column,
    columns,
    container,
    date_input,
    execute,
    finish,
    plain_line,
    text,
    text_input,
    time_input,
    toggle,
)
from cards.presets import preset_buttons, saved_buttons
from cards.reader import Reader
from cards.words import MAX_MESSAGE_ID, MAX_SUBJECT, status_word, symbol
from tracing.calendar import CalendarUnit
from tracing.model import DEFAULT_PERIOD, DeliveryStatus, Direction, Last, SubjectMode

ANY = "any"
"""The direction when none is chosen: renderers refuse an empty value, though the schema allows it."""

DATES = "dates"
"""The range when the dates and times below it say which."""

RANGES: Mapping[str, Last | tuple[CalendarUnit, int]] = {
    "1h": Last(timedelta(hours=1)),
    "24h": Last(timedelta(hours=24)),
    "7d": Last(timedelta(days=7)),
    "30d": Last(timedelta(days=30)),
    "90d": Last(timedelta(days=90)),
    "today": (CalendarUnit.DAY, 0),
    "yesterday": (CalendarUnit.DAY, 1),
    "this_week": (CalendarUnit.WEEK, 0),
    "last_week": (CalendarUnit.WEEK, 1),
    "this_month": (CalendarUnit.MONTH, 0),
    "last_month": (CalendarUnit.MONTH, 1),
}
"""The ranges that have a name: rolling ones, and days, weeks and months of the reader's calendar."""

REPORTS = ("summary", "enhanced", "extended")
"""The admin center's types of report: the card, and two files."""

MAX_ADDRESSES = 1_000
"""Characters of a list of addresses; a whole command has 2,000."""

MAX_IP = 300
MAX_TICKET = 40
MAX_RULE = 255
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{2}:\d{2}")
_MORE = ("either", "statuses", "message_id", "direction", "from_ip", "client_ip", "ticket", "causes", "rule")
"""The fields behind "Detailed search", as in the admin center."""


@dataclass(frozen=True)
class Fields:
    """What stands in the inputs, as text; "" is empty.

    Dates are yyyy-MM-dd, times HH:mm, in the reader's zone. `statuses` are Graph's values, `subject_mode` is
    a value of SubjectMode, `direction` one of Direction or "", `range` a key of RANGES, DATES or "", `report`
    one of REPORTS. `either` are addresses as sender or recipient, `causes` their names between commas.
    """

    sender: str = ""
    recipient: str = ""
    subject: str = ""
    subject_mode: str = "contains"
    statuses: tuple[str, ...] = ()
    message_id: str = ""
    direction: str = ""
    from_ip: str = ""
    client_ip: str = ""
    ticket: str = ""
    causes: str = ""
    rule: str = ""
    either: str = ""
    range: str = ""
    start_date: str = ""
    start_time: str = ""
    end_date: str = ""
    end_time: str = ""
    report: str = "summary"


def render(
    fields: Fields,
    faults: Mapping[str, str],
    run: Press,
    presets: Sequence[tuple[str, Press]],
    saved: Sequence[tuple[str, Press]],
    reader: Reader,
    now: datetime,
    hidden: Collection[str] = (),
    longest: timedelta | None = None,
) -> Card:
    """The form of *fields*; input ids are field names, and those of *hidden* are left out.

    *faults*: field → the last part of the key `expected.…`. *presets*: name → what its button asks;
    *saved*: the same for the reader's saved searches.
    """
    body = [_heading(faults, reader), *left_out(fields, hidden, reader)]
    if presets:
        body.append(preset_buttons(presets, reader))
    if saved:
        body.append(saved_buttons(saved, reader))
    shown = any(name in faults or _stands(fields, name) for name in _MORE if name not in hidden)
    body += [
        container(who(fields, faults, reader), separator=True, spacing="Medium"),
        container(_when(fields, faults, reader, now, longest)),
        actions(toggle(reader.say("form.more"), "more")),
        container(more(fields, faults, reader, hidden), id="more", isVisible=shown, style="emphasis"),
        _report(fields, faults, reader),
    ]
    search = execute(run, reader.say("form.search"), style="positive")
    return finish(body, reader.say("form.summary"), reader.language, [search])


def _stands(fields: Fields, name: str) -> bool:
    return bool(getattr(fields, name))


def _heading(faults: Mapping[str, str], reader: Reader) -> BareObject:
    lines = [text(reader.say("results.title"), size="Large", weight="Bolder")]
    if faults:
        mend = text(f"✏️ {reader.say('form.mend')}", weight="Bolder")
        lines.append(container([mend], style="warning"))
    else:
        lines.append(text(reader.say("form.lead"), isSubtle=True, spacing="Small"))
    return container(lines)


def who(fields: Fields, faults: Mapping[str, str], reader: Reader) -> list[BareObject]:
    """The inputs for sender, recipient and subject."""
    modes = [(mode.value, reader.say(f"subject_mode.{mode.value}")) for mode in SubjectMode]
    mode = fields.subject_mode if fields.subject_mode in list(SubjectMode) else SubjectMode.CONTAINS.value
    return [
        *_text("sender", fields.sender, MAX_ADDRESSES, faults, reader),
        *_text("recipient", fields.recipient, MAX_ADDRESSES, faults, reader),
        columns(
            column(
                [
                    *_text("subject", fields.subject, MAX_SUBJECT, faults, reader),
                    *_faults("subject_mode", faults, reader),
                ],
                "stretch",
            ),
            column(
                [choices("subject_mode", modes, mode, label=reader.say("form.subject_mode"))],
                "132px",
                spacing="Small",
            ),
        ),
    ]


def _when(
    fields: Fields, faults: Mapping[str, str], reader: Reader, now: datetime, longest: timedelta | None
) -> list[BareObject]:
    """The inputs for the time range; rolling ranges longer than *longest* are not offered."""
    default = reader.duration(DEFAULT_PERIOD.duration)
    ranges = [
        (DATES, reader.say("form.range.dates", duration=default)),
        *((name, _range_name(one, reader)) for name, one in RANGES.items() if _reaches(one, longest)),
    ]
    chosen = fields.range if fields.range in [name for name, _ in ranges] else DATES
    lines = [
        choices("range", ranges, chosen, label=reader.say("form.range")),
        *_faults("range", faults, reader),
    ]
    for end in ("start", "end"):
        date, time = getattr(fields, f"{end}_date"), getattr(fields, f"{end}_time")
        lines.append(
            columns(
                column(
                    [
                        date_input(
                            f"{end}_date",
                            date if _DATE.fullmatch(date) else None,
                            label=reader.say(f"form.{end}_date"),
                        )
                    ],
                    "stretch",
                ),
                column(
                    [
                        time_input(
                            f"{end}_time",
                            time if _TIME.fullmatch(time) else None,
                            label=reader.say(f"form.{end}_time"),
                        )
                    ],
                    "132px",
                    spacing="Small",
                ),
            )
        )
        lines += [_fault(faults[name], reader) for name in (f"{end}_date", f"{end}_time") if name in faults]
    note = reader.say("form.zone", offset=reader.offset(now), zone=reader.zone_name(now))
    lines.append(text(note, isSubtle=True, size="Small", spacing="Small"))
    return lines


def _reaches(named: Last | tuple[CalendarUnit, int], longest: timedelta | None) -> bool:
    return longest is None or not isinstance(named, Last) or named.duration <= longest


def _range_name(named: Last | tuple[CalendarUnit, int], reader: Reader) -> str:
    if isinstance(named, Last):
        return reader.say("condition.last", duration=reader.duration(named.duration))
    unit, back = named
    return reader.say(f"calendar.{unit}.{back}")


def _report(fields: Fields, faults: Mapping[str, str], reader: Reader) -> BareObject:
    kinds = [(kind, reader.say(f"form.report.{kind}")) for kind in REPORTS]
    kind = fields.report if fields.report in REPORTS else REPORTS[0]
    chosen = choices("report", kinds, kind, label=reader.say("form.report"), style="expanded", wrap=True)
    return container([chosen, *_faults("report", faults, reader)])


def left_out(fields: Fields, hidden: Collection[str], reader: Reader) -> list[BareObject]:
    """A note about conditions in inputs that the reader does not see, which are dropped."""
    if not any(_stands(fields, name) for name in _MORE if name in hidden):
        return []
    return [container([text(f"🔒 {reader.say('form.left_out')}")], style="warning")]


def more(
    fields: Fields, faults: Mapping[str, str], reader: Reader, hidden: Collection[str] = ()
) -> list[BareObject]:
    """The inputs of the detailed search: states, ids, direction, IP addresses; without those of *hidden*."""
    states = [(status.value, f"{symbol(status)} {status_word(status, reader)}") for status in DeliveryStatus]
    chosen = ",".join(status for status in fields.statuses if status in list(DeliveryStatus))
    ways = [
        (ANY, reader.say("form.any")),
        *((way.value, reader.say(f"direction.{way.value}")) for way in Direction),
    ]
    # Few need one, and who does has typed it: the form only keeps it.
    asked = fields.ticket or "ticket" in faults
    ticket = _text("ticket", fields.ticket, MAX_TICKET, faults, reader) if asked else []
    asked = fields.causes or "causes" in faults
    causes = _text("causes", fields.causes, MAX_RULE, faults, reader) if asked else []
    asked = (fields.rule or "rule" in faults) and "rule" not in hidden
    rule = _text("rule", fields.rule, MAX_RULE, faults, reader) if asked else []
    way = fields.direction if fields.direction in list(Direction) else ANY
    return [
        choices(
            "statuses",
            states,
            chosen or None,
            label=reader.say("form.statuses"),
            isMultiSelect=True,
            style="expanded",
        ),
        *_faults("statuses", faults, reader),
        *_text("message_id", fields.message_id, MAX_MESSAGE_ID, faults, reader),
        choices("direction", ways, way, label=reader.say("form.direction")),
        *_faults("direction", faults, reader),
        *(
            part
            for name in ("from_ip", "client_ip")
            if name not in hidden
            for part in _text(name, getattr(fields, name), MAX_IP, faults, reader)
        ),
        *_text("either", fields.either, MAX_ADDRESSES, faults, reader),
        *ticket,
        *causes,
        *rule,
    ]


def _text(name: str, value: str, limit: int, faults: Mapping[str, str], reader: Reader) -> list[BareObject]:
    """A labelled line to type in, and its fault under it."""
    line = text_input(
        name,
        plain_line(value, limit) or None,
        label=reader.say(f"form.{name}"),
        placeholder=reader.say(f"form.{name}.example"),
        maxLength=limit,
        errorMessage=_expected(faults[name], reader) if name in faults else None,
    )
    return [line, *_faults(name, faults, reader)]


def _faults(name: str, faults: Mapping[str, str], reader: Reader) -> list[BareObject]:
    return [_fault(faults[name], reader)] if name in faults else []


def _fault(expected: str, reader: Reader) -> BareObject:
    return text(f"⚠️ {_expected(expected, reader)}", weight="Bolder", size="Small", spacing="Small")


def _expected(expected: str, reader: Reader) -> str:
    key = "no_date_time" if expected == "date_time" else expected
    return reader.say(f"expected.{key}", n=MAX_ADDRESSES)
