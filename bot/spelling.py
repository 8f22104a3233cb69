"""Conditions → the words of the grammar, so that what stands in the record can be read and typed again."""

import re
from datetime import datetime, timedelta
from typing import assert_never

from bot.commands import (
    Audit,
    Command,
    Mine,
    Report,
    Trace,
)
from bot.record import AuditQuery
from bot.watch_commands import (
    WatchTrace,
)
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import (
    AddressPattern,
    Between,
    BlankIp,
    Last,
    Period,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)

_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UNITS = ((timedelta(days=1), "d"), (timedelta(hours=1), "h"), (timedelta(minutes=1), "m"))
_CALENDAR = {
    (CalendarUnit.DAY, 0): "today",
    (CalendarUnit.DAY, 1): "yesterday",
    (CalendarUnit.DAY, 2): "一昨日",
    (CalendarUnit.WEEK, 0): "this week",
    (CalendarUnit.WEEK, 1): "last week",
    (CalendarUnit.MONTH, 0): "this month",
    (CalendarUnit.MONTH, 1): "last month",
}
_MODES = {
    SubjectMode.CONTAINS: "contains",
    SubjectMode.STARTS_WITH: "starts",
    SubjectMode.ENDS_WITH: "ends",
    SubjectMode.EQUALS: "is",
}


def spell(query: TraceQuery, command: str = "trace") -> str:
    """*query* in the English words of the grammar, behind *command*."""
    parts = [command]
    for word, values in (
        ("from", _texts(query.senders)),
        ("to", _texts(query.recipients)),
        ("status", [status.value.lower() for status in query.statuses]),
        ("id", [_bracketed(ident) for ident in query.message_ids] + list(query.message_trace_ids)),
        ("ip", [_ip(asked) for asked in query.from_ips]),
        ("client-ip", [str(query.client_ip)] if query.client_ip else []),
        ("cause", [cause.value for cause in query.causes]),
        ("rule", [f'"{query.rule}"'] if query.rule else []),
        ("direction", [query.direction.value] if query.direction else []),
    ):
        if values:
            parts += [word, ",".join(values)]
    parts += [",".join(_texts(group)) for group in query.involving]
    if query.subject is not None:
        parts.append(_subject(query.subject))
    parts.append(spell_period(query.period))
    if query.ticket:
        parts += ["ticket", query.ticket]
    return " ".join(parts)


def spell_command(command: Command) -> str:
    """What was asked by *command*: the words of the grammar where it has conditions, else what it does."""
    match command:
        case Trace(query):
            return spell(query)
        case Mine(query):
            return spell(query, "mine")
        case Report(kind, query, mine):
            return spell(query, f"report {kind}{' mine' if mine else ''}")
        case WatchTrace(watch):
            return spell(watch.query, f"watch{' mine' if watch.mine else ''}")
        case Audit(asked):
            return spell_audit(asked)
        case _:
            return _WORDS.sub(" ", type(command).__name__).lower()


def spell_audit(asked: AuditQuery) -> str:
    """*asked* in the words of the grammar."""
    parts = ["audit", spell_period(asked.period)]
    for word, value in (("ticket", asked.ticket), ("by", asked.by)):
        if value:
            parts += [word, value]
    return " ".join(parts)


def spell_period(period: Period) -> str:
    """*period* as it is typed; lengths without whole minutes are rounded up to one."""
    match period:
        case Last(duration):
            length, unit = next(((n, u) for n, u in _UNITS if not duration % n), (_UNITS[-1]))
            return f"last {-(-duration // length)}{unit}"
        case Between(start, end):
            return f"since {_instant(start)}" + (f" until {_instant(end)}" if end else "")
        case Calendar(unit, back):
            return _CALENDAR.get((unit, back), f"{unit.value} -{back}")
        case _:
            assert_never(period)


def _texts(patterns: tuple[AddressPattern, ...]) -> list[str]:
    return [pattern.text for pattern in patterns]


def _subject(asked: SubjectFilter) -> str:
    opening, closing = ("「", "」") if '"' in asked.text else ('"', '"')
    return f"subject {_MODES[asked.mode]} {opening}{asked.text}{closing}"


def _bracketed(message_id: str) -> str:
    return f"<{message_id.strip().removeprefix('<').removesuffix('>')}>"


def _ip(asked: object) -> str:
    return asked.value if isinstance(asked, BlankIp) else str(asked)


def _instant(moment: datetime) -> str:
    return moment.replace(microsecond=0).isoformat()
