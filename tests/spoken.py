"""The table of sentences put to the reader: in what a reading differs from what the sentence asks."""

from dataclasses import replace

from bot.commands import Command, Examine, Explain, Help, Mine, Preset, Report, ShowForm, Trace
from bot.default_queries import default_query
from bot.moments import When
from bot.parse import ParseError, parse
from bot.recent_domains import EVERYBODY, RecentDomains
from bot.sentence_ends import End
from bot.sentences import Sentence as Read
from bot.watch_commands import ChangeWatch, Numbered, ShowWatches, WatchChange, WatchTrace
from tests.samples.sentences import NOW, ZONE, Sentence, bounds
from tests.samples.sentences.shape import RECENT_DOMAINS
from tracing.calendar import Calendar
from tracing.model import Between, DeliveryStatus, Last, MessageTrace, Period, TraceQuery
from tracing.quiet import Quiet
from tracing.watch import Watch

WHEN = When(NOW, ZONE)
USUAL = {"trace": 2, "mine": 7}
ASKING = {"trace", "mine", "preset"}
"""Commands that ask for mail: one that is as right as another has the same conditions."""
ROW = MessageTrace("t", "<i@x>", NOW, "", "", "", 0, DeliveryStatus.DELIVERED, "", "")
SEEN = RecentDomains()
SEEN.note(EVERYBODY, [replace(ROW, sender_address=f"a@{domain}") for domain in RECENT_DOMAINS])


def read(text: str) -> tuple[Command, Read | None]:
    """The command that *text* is, or the one that it is offered, with what is told about it."""
    try:
        return parse(text, WHEN), None
    except ParseError as fault:
        if fault.sentence is None:
            raise
        return fault.sentence.command, fault.sentence


def name_of(command: Command) -> str:
    match command:
        case Trace():
            return "trace"
        case Mine():
            return "mine"
        case Preset():
            return "preset"
        case Report():
            return "report"
        case ShowForm():
            return "form"
        case Help():
            return "help"
        case Examine():
            return "doctor"
        case Explain():
            return "explain"
        case ShowWatches():
            return "watches"
        case WatchTrace(watch):
            return "digest" if watch.timetable else "watch"
        case ChangeWatch(_, change):
            return {WatchChange.STOP: "unwatch", WatchChange.PAUSE: "pause"}[change]
        case _:
            return type(command).__name__


def query_of(command: Command) -> TraceQuery:
    match command:
        case Trace(query) | Mine(query) | Report(_, query, _):
            return query
        case WatchTrace(watch):
            return watch.query
        case Preset(name):
            return default_query(name, ("contoso.co.jp",))
        case _:
            return TraceQuery()


def instants(period: Period) -> tuple[object, object]:
    match period:
        case Last(length):
            return NOW - length, NOW
        case Between(start, end):
            return start, end if start >= NOW else min(end or NOW, NOW)
        case Calendar():
            start, end = period.bounds(NOW)
            return start, min(end, NOW)


def said(command: Command, sentence: Read | None) -> dict[str, object]:
    """Everything that was made of it, under the names of the table."""
    query = query_of(command)
    watch = command.watch if isinstance(command, WatchTrace) else Watch(query)
    quiet = command.quiet if isinstance(command, WatchTrace) else Quiet()
    people = sentence.people if sentence else ()
    span = f" in {minutes(watch.within)}" if watch.within != watch.every else ""
    number = watch.more_than or (f"{watch.percent}%" if watch.percent else "")
    at = watch.timetable
    return {
        "senders": {one.text for one in query.senders},
        "recipients": {one.text for one in query.recipients},
        "either": {one.text for group in query.involving for one in group},
        "sender_names": {one.name for one in people if one.end is End.SENDER},
        "recipient_names": {one.name for one in people if one.end is End.RECIPIENT},
        "names": {one.name for one in people if one.end is End.EITHER},
        "statuses": {status.value for status in query.statuses},
        "direction": query.direction.value if query.direction else "",
        "subject": query.subject.text if query.subject else "",
        "message_ids": {one.strip("<>") for one in query.message_ids},
        "trace_ids": set(query.message_trace_ids),
        "from_ips": {str(one).removesuffix("/32") for one in query.from_ips},
        "cause": query.causes[0].value if query.causes else "",
        "rule": query.rule,
        "report": command.kind.value if isinstance(command, Report) else "",
        "code": code_of(command),
        "threshold": f"more than {number}{span}" if number else "",
        "every": minutes(watch.every) if watch.every != Watch(query).every else "",
        "quiet": "days off"
        if quiet.working_days
        else f"{quiet.start:%H:%M}-{quiet.end:%H:%M}"
        if quiet.has_hours
        else "",
        "at": f"{'daily' if at.weekday is None else 'monday'} {at.at:%H:%M}" if at else "",
        "mention": "me" if isinstance(command, WatchTrace) and command.mentions == ("",) else "",
        "number": command.watch.number
        if isinstance(command, ChangeWatch) and isinstance(command.watch, Numbered)
        else 0,
    }


def code_of(command: Command) -> str:
    return command.text.rpartition(" ")[2] if isinstance(command, Explain) else ""


def minutes(length: object) -> str:
    total = int(length.total_seconds() // 60)  # type: ignore[attr-defined]
    return f"{total // 60}h" if total % 60 == 0 else f"{total}m"


def expected(row: Sentence) -> dict[str, object]:
    sets = {
        name: set(getattr(row, name))
        for name in (
            "senders",
            "recipients",
            "either",
            "sender_names",
            "recipient_names",
            "names",
            "statuses",
            "trace_ids",
            "from_ips",
        )
    }
    # A span that is as long as the pause between two looks is not told from none.
    threshold = row.threshold.removesuffix(" in 15m")
    plain = {
        name: getattr(row, name)
        for name in (
            "direction",
            "subject",
            "cause",
            "rule",
            "report",
            "code",
            "quiet",
            "at",
            "mention",
            "number",
        )
    }
    every = "" if row.every == "15m" else row.every
    return {
        **sets,
        **plain,
        "threshold": threshold,
        "every": every,
        "message_ids": {one.strip("<>") for one in row.message_ids},
    }


def faults(row: Sentence) -> list[str]:
    """Everything in which the reading of *row* differs from the table."""
    command, sentence = read(row.text)
    name = name_of(command)
    if name != row.command and not (name in row.also and {name, row.command} <= ASKING):
        return [] if name in row.also else [f"{name} for {row.command}"]
    found = []
    is_, wanted = said(command, sentence), expected(row)
    told = [*(sentence.unused if sentence else ()), *(sentence.bad_times if sentence else ())]
    for field, value in wanted.items():
        begun = field == "code" and row.style == "half-finished"
        if is_[field] == value or field in row.optional or begun:
            continue
        names = is_[field]
        spare = {*row.unused, *row.spare, *row.maybe}
        if isinstance(names, set) and field.endswith("names") and not value and names <= spare:
            told += names
            continue
        if field == "cause" and isinstance(command, WatchTrace) and any(word in told for word in row.maybe):
            continue
        found.append(f"{field}: {is_[field]!r} for {value!r}")
    if "period" not in row.optional and name in ("trace", "mine", "report"):
        usual = USUAL.get(name, 2)
        by_id = bool(row.message_ids or row.trace_ids)
        want = bounds(row.period or f"last {10 if by_id else usual}d")
        if instants(query_of(command).period) != want:
            found.append(f"period: {instants(query_of(command).period)} for {want}")
    warned = {"weekday": bool(sentence and sentence.odd_days), "time": bool(sentence and sentence.bad_times)}
    for kind, is_told in warned.items():
        if is_told != (row.warning == kind):
            found.append(f"warning {kind}: {is_told}")
    slips = [meant for _, meant in SEEN.meant(EVERYBODY, query_of(command))]
    if slips != [meant for meant in (row.meant,) if meant]:
        found.append(f"meant: {slips} for {row.meant!r}")
    known = [*row.unused, *row.spare, *row.maybe]
    found += [
        f"not told: {word}"
        for word in row.unused
        if not any(part in one or one in part for part in word.split() for one in told)
    ]
    found += [f"told: {word}" for word in told if not any(word in one or one in word for one in known)]
    return found
