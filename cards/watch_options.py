"""The options of a watch in words: how often, from how much on, when it is quiet, and where it speaks."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cards.digest import spell_times
from cards.elements import clean
from cards.mention import Mention
from cards.reader import Reader
from tracing.quiet import Quiet
from tracing.threshold import LEAST
from tracing.watch import Watch

_MAX_PLACE = 60
_MAX_NAME = 40


def spelt(
    watch: Watch,
    quiet: Quiet,
    mentions: Sequence[Mention],
    place: str | None,
    now: datetime,
    reader: Reader,
) -> str:
    """All of it in one line; *place* None for here."""
    if watch.timetable is not None:
        parts = [spell_times(watch.timetable, reader)]
    else:
        parts = [reader.say("watch.every", every=reader.duration(watch.every))]
    if watch.more_than or watch.percent:
        parts.append(_threshold(watch, reader))
    parts += _quiet(quiet, now, reader)
    if mentions:
        names = reader.listed([clean(one.name, _MAX_NAME) for one in mentions])
        parts.append(reader.say("watch.mentions", names=names))
    if place is not None:
        parts.append(reader.say("watch.place", place=clean(place, _MAX_PLACE)))
    return " · ".join(parts)


def _threshold(watch: Watch, reader: Reader) -> str:
    within = reader.duration(watch.within)
    if not watch.percent:
        return reader.say("watch.more_than", n=watch.more_than, within=within)
    key = "watch.both" if watch.more_than else "watch.percent"
    rows = reader.number(watch.more_than)
    return reader.say(key, n=watch.percent, within=within, least=LEAST, rows=rows)


def _quiet(quiet: Quiet, now: datetime, reader: Reader) -> list[str]:
    """The hours are its owner's, whoever reads this: their offset stands with them."""
    parts = []
    if quiet.has_hours:
        shift = now.astimezone(ZoneInfo(quiet.zone)).strftime("%z")
        offset = f"UTC{shift[:3]}:{shift[3:5]}"
        clocks = {"start": f"{quiet.start:%H:%M}", "end": f"{quiet.end:%H:%M}"}
        parts.append(reader.say("watch.quiet_hours", **clocks, offset=offset))
    if quiet.working_days:
        parts.append(reader.say("watch.working_days"))
    return parts
