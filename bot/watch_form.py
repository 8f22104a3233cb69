"""The inputs of a watch's form ↔ what the watch is to be. Pure; conditions are read as those of a trace."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from bot.days import read_time
from bot.form_fields import FormFaults, fields_of, read_query
from bot.moments import When
from bot.watch_editing import Wanted
from bot.watch_options import MAX_MENTIONS, MOST_ROWS
from cards.form import Fields
from cards.mention import Mention
from cards.watch_form import ALL_DAYS, ME, WORKING_DAYS, WatchFields, minutes
from tracing.quiet import Quiet
from tracing.threshold import MOST_PERCENT
from tracing.watch import LEAST_EVERY, LONGEST_LOOK, MOST_EVERY


def inputs_of(wanted: Wanted, me: Mention, when: When) -> tuple[Fields, WatchFields]:
    """What the inputs hold for *wanted*, asked by *me*."""
    watch, quiet = wanted.watch, wanted.quiet
    hours = (f"{quiet.start:%H:%M}", f"{quiet.end:%H:%M}") if quiet.has_hours else ("", "")
    chosen = [ME if one.teams_id == me.teams_id else str(at) for at, one in enumerate(wanted.mentions)]
    options = WatchFields(
        minutes(watch.every),
        str(watch.more_than or ""),
        str(watch.percent or ""),
        minutes(watch.within),
        *hours,
        WORKING_DAYS if quiet.working_days else ALL_DAYS,
        tuple(chosen),
    )
    return fields_of(watch.query, when), options


def mentionable(wanted: Wanted, me: Mention) -> list[tuple[str, str]]:
    """Whom the form offers to mention: the asker, and who is mentioned already."""
    others = [(str(at), one.name) for at, one in enumerate(wanted.mentions) if one.teams_id != me.teams_id]
    return [(ME, me.name), *others]


def read_inputs(fields: Fields, options: WatchFields, now: Wanted, me: Mention, when: When) -> Wanted:
    """What *now* becomes by the inputs. Raises: FormFaults: with every fault there is."""
    faults: dict[str, str] = {}
    query = now.watch.query
    try:
        # How far back it looks is no matter of the form.
        timeless = replace(fields, range="", start_date="", start_time="", end_date="", end_time="")
        said = read_query(timeless, when)
        query = replace(said, period=query.period, ticket="", confined_to=query.confined_to)
    except FormFaults as wrong:
        faults |= wrong.faults
    if now.watch.timetable is not None:
        return _unless(faults, Wanted(replace(now.watch, query=query), now.quiet, _people(options, now, me)))
    watch = replace(
        now.watch,
        query=query,
        every=_length(options.every, "every", LEAST_EVERY, MOST_EVERY, faults),
        within=_length(options.within, "within", timedelta(minutes=1), LONGEST_LOOK, faults),
        more_than=_number(options.more_than, "more_than", MOST_ROWS, "form_rows", faults),
        percent=_number(options.percent, "percent", MOST_PERCENT, "form_percent", faults),
    )
    if watch.percent and not query.statuses and "statuses" not in faults:
        faults["percent"] = "percent_of"
    people = _people(options, now, me)
    if len(people) > MAX_MENTIONS:
        faults["mentions"] = "mention"
    return _unless(faults, Wanted(watch, _quiet(options, when, faults), people))


def _unless(faults: dict[str, str], wanted: Wanted) -> Wanted:
    if faults:
        raise FormFaults(faults)
    return wanted


def _length(typed: str, field: str, least: timedelta, most: timedelta, faults: dict[str, str]) -> timedelta:
    length = timedelta(minutes=int(typed)) if typed.isdecimal() and len(typed) <= 5 else timedelta(0)
    if not least <= length <= most:
        faults[field] = field
    return length


def _number(typed: str, field: str, most: int, expected: str, faults: dict[str, str]) -> int:
    plain = typed.strip().removesuffix("%").strip()
    if not plain:
        return 0
    if not plain.isdecimal() or len(plain) > 5 or int(plain) > most:
        faults[field] = expected
        return 0
    return int(plain)


def _quiet(options: WatchFields, when: When, faults: dict[str, str]) -> Quiet:
    """By the clocks of whoever fills it in; one time without the other is no span."""
    quiet = Quiet(working_days=options.days == WORKING_DAYS, zone=when.zone.key)
    typed = options.quiet_start.strip(), options.quiet_end.strip()
    if not any(typed):
        return quiet
    start, end = (read_time(one) for one in typed)
    if start is None or end is None or start == end:
        faults["quiet_start"] = "form_hours"
        return quiet
    return replace(quiet, start=_whole(start), end=_whole(end))


def _whole(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)


def _people(options: WatchFields, now: Wanted, me: Mention) -> tuple[Mention, ...]:
    known = {str(at): one for at, one in enumerate(now.mentions)} | {ME: me}
    chosen: Sequence[Mention] = [known[one] for one in options.mentions if one in known]
    return tuple({one.teams_id: one for one in chosen}.values())
