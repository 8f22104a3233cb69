"""`watch`, `watches`, `unwatch 3` and the like → commands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.commands import (
    Command,
)
from bot.conditions import read_conditions
from bot.cursor import ParseError
from bot.moments import When
from bot.timetable_words import DIGEST
from bot.tokens import Token
from bot.vocabulary import COMMANDS, TOMORROW, find
from bot.watch_commands import (
    ChangeWatch,
    EditWatch,
    Numbered,
    ShowWatches,
    Until,
    WatchChange,
    WatchTrace,
)
from bot.watch_options import Options
from tracing.model import DEFAULT_PERIOD, Last
from tracing.quiet import Quiet
from tracing.timetable import Timetable
from tracing.watch import USUAL_EVERY, Watch

_CHANGES: Mapping[str, WatchChange] = {
    "unwatch": WatchChange.STOP,
    "pause": WatchChange.PAUSE,
    "resume": WatchChange.RESUME,
    "snooze": WatchChange.SNOOZE,
    "test": WatchChange.TEST,
}
WATCH_COMMANDS = ("watch", "watches", "edit", *_CHANGES)


def read_watch(
    command: str | None,
    text: str,
    said: Token,
    rest: list[Token],
    unclosed: Token | None,
    when: When,
    names: Sequence[str],
) -> Command:
    """The command that *said* names, of WATCH_COMMANDS; *rest* is what follows it, and may name *names*.

    Raises: ParseError.
    """
    if command == "watches" or (command == "watch" and not rest and unclosed is None):
        return ShowWatches()
    change = _CHANGES.get(command or "")
    if change is not None:
        return _change(change, text, said, rest)
    if command == "edit":
        return _edit(text, said, rest, unclosed, when, names)
    # `digest failed daily at 9:00` as well as `watch failed daily at 9:00`.
    words = Options(text, [said, *rest] if said.key in DIGEST else rest, names)
    options = words.said
    mine = bool(words.left) and find(COMMANDS, words.left[0].key) == "mine"
    if words.left and (mine or find(COMMANDS, words.left[0].key) == "trace"):
        del words.left[0]
    query = read_conditions(text, words.left, unclosed, when, DEFAULT_PERIOD)
    if not isinstance(query.period, Last):
        # What lies between two days brings nothing new.
        raise ParseError(text, said.position, said.length, "watch_period")
    if query.causes or query.rule:
        # Each run would have to read the events of every message.
        raise ParseError(text, said.position, said.length, "watch_cause")
    if options.percent and not query.statuses:
        raise ParseError(text, said.position, said.length, "percent_of")
    if options.times and options.of_alerts:
        raise ParseError(text, said.position, said.length, "digest_alone")
    every = options.every or USUAL_EVERY
    query = replace(query, ticket="")
    within = options.within or every
    watch = Watch(query, every, mine, options.more_than or 0, within, options.percent or 0)
    if options.times:
        weekday, at = options.times
        timetable = Timetable(at, when.zone.key, weekday)
        # It is of the time since the one before, whatever was said.
        query = replace(query, period=Last(timedelta(days=timetable.days)))
        watch = replace(watch, query=query, timetable=timetable)
    return WatchTrace(watch, options.quiet(Quiet(zone=when.zone.key)), options.mentions or ())


def _edit(
    text: str, said: Token, rest: list[Token], unclosed: Token | None, when: When, names: Sequence[str]
) -> EditWatch:
    watch = _number(text, said, rest)
    words = Options(text, rest[1:], names)
    if words.said.times and words.said.of_alerts:
        raise ParseError(text, said.position, said.length, "digest_alone")
    if not words.left and unclosed is None:
        return EditWatch(watch, words.said, zone=when.zone.key)
    query = read_conditions(text, words.left, unclosed, when, DEFAULT_PERIOD)
    if not isinstance(query.period, Last):
        raise ParseError(text, said.position, said.length, "watch_period")
    return EditWatch(watch, words.said, replace(query, ticket=""), when.zone.key)


def _number(text: str, said: Token, rest: list[Token]) -> Numbered:
    """The watch that is named first of *rest*."""
    if not rest:
        raise ParseError(text, said.end, 0, "watch_number")
    number = re.fullmatch(r"#?(\d{1,4})", rest[0].key)
    if number is None:
        raise ParseError(text, rest[0].position, rest[0].length, "watch_number")
    return Numbered(int(number[1]))


def _change(change: WatchChange, text: str, said: Token, rest: list[Token]) -> ChangeWatch:
    watch = _number(text, said, rest)
    tomorrow = any(token.key.removesuffix("まで") in TOMORROW for token in rest[1:])
    return ChangeWatch(watch, change, Until.TOMORROW if tomorrow else Until.HOUR)
