"""Turn a sentence into the command it may mean, and the words that were not understood. Pure.

    did bob@hoge.com get my mail yesterday?        partner.com宛の失敗が1時間に5件を超えたら知らせて

Understood parts are removed from the text, kind by kind: ids, times, states, addresses and names with their
sides, causes, a subject, alert options. Nothing runs unasked: the card shows what was understood and what was
not, and one tap runs it. Every step takes linear time.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.commands import (
    MESSAGE_ID_PERIOD,
    MINE_PERIOD,
    Command,
    Examine,
    Help,
    Mine,
    Report,
    ShowForm,
    Trace,
)
from bot.moments import When
from bot.sentence_addresses import with_plain_addresses
from bot.sentence_ends import MAX_ENDS, MAX_NAMES, End, Named, take_ends
from bot.sentence_exceptions import take_exceptions
from bot.sentence_quotes import Parts, take_ids, take_quoted
from bot.sentence_text import MAX_UNUSED, SentenceText
from bot.sentence_watches import Told, take_change, take_told
from bot.sentence_words import (
    CAUSES,
    DELIVERY,
    DIRECTIONS,
    DOCTOR,
    EXTENDED,
    FORM,
    HELP,
    MAIL,
    REPORT,
    STATES,
)
from bot.slips import mended
from bot.spoken_times import Time, times_in
from bot.stop_words import GREETING
from bot.watch_commands import ShowWatches
from cards.report_file import ReportKind
from tracing.causes import Cause
from tracing.model import (
    DEFAULT_PERIOD,
    AddressPattern,
    Period,
    SubjectFilter,
    TraceQuery,
)

MAX_EITHER = 2
"""Addresses without a known side; each matches sender or recipient."""

_OF_ALL = re.compile(r" ?/?(?:trace|追跡|トレース|メッセージ追跡)(?![a-z])(?! (?:my|mine)| ?自分)")
"""With `trace` the question covers everyone's mail."""

_ADDRESSES = re.compile(
    r"(?<![\w.+*?=-])[\w.+*?=-]{1,64}@[\w.*?-]{1,253}|(?<![\w.@-])(?:[a-z0-9-]{1,63}\.){1,10}[a-z]{2,24}",
    re.ASCII,
)
"""Addresses contain digits and dots that are not times."""

_NO_VALUE = re.compile(r"(?:^|[ \x00])(状態|件名|期間|方向|status|subject|direction) ?$")
"""A field without a value."""


@dataclass(frozen=True)
class Sentence:
    """The command that a sentence asks for, and the meaningful words that were not used.

    `bad_times` are times that do not exist. `odd_days` are words whose weekday is not the date's, with the
    right one. `people` are names to look up in the directory. `sure`: it can run at once as it
    changes nothing.
    """

    command: Command
    unused: tuple[str, ...] = ()
    bad_times: tuple[str, ...] = ()
    odd_days: tuple[tuple[str, int], ...] = ()
    people: tuple[Named, ...] = ()
    sure: bool = False

    @property
    def query(self) -> TraceQuery:
        """The conditions that were understood."""
        match self.command:
            case Trace(query) | Mine(query) | Report(_, query, _):
                return query
            case _:
                watch = getattr(self.command, "watch", None)
                return getattr(watch, "query", None) or TraceQuery()

    @property
    def asks(self) -> bool:
        """Whether a condition other than the time was understood."""
        return replace(self.query, period=DEFAULT_PERIOD) != TraceQuery()

    @property
    def is_whole(self) -> bool:
        """Whether the whole sentence was understood."""
        return not self.unused and not self.bad_times


def read_sentence(text: str, when: When, names: Sequence[str] = ()) -> Sentence | None:
    """Read *text*, which mentions people of these *names*, as a question; None if it does not ask about
    mail."""
    said = SentenceText(mended(with_plain_addresses(text)))
    said.take_all(GREETING)
    direct = _direct(said)
    if direct is not None:
        return direct
    parts = Parts()
    take_ids(said, parts)
    take_quoted(said, parts)
    told = take_told(said, when, tuple(names))
    excepted = take_exceptions(said)
    _take_causes(said, parts)
    ends, people, times = _take_ends_and_times(said, when, parts)
    _take_states(said, parts)
    report = _report(said)
    period = next((time.period for time in times if time.period is not None), None)
    named = any(ends.values()) or people or parts.message_ids or parts.trace_ids or parts.ips or parts.subject
    says = named or excepted or parts.statuses or parts.causes or parts.direction or MAIL.search(said.whole)
    asks = says or told is not None or report or DELIVERY.search(said.whole)
    if not asks and (period is None or any(said.unused())):
        return None
    mine = not named and not (parts.causes and parts.rule) and not _OF_ALL.match(said.whole)
    query = _query(ends, parts, period, mine=mine)
    command = _command(query, told, report, when, mine=mine, says=bool(says))
    return Sentence(
        command,
        (*excepted, *_unused(said, parts, told), *_further(said, times), *_beyond(ends, people))[:MAX_UNUSED],
        tuple(said.original(time.start, time.end) for time in times if time.period is None),
        tuple((said.original(t.start, t.end), t.day.weekday()) for t in times if t.odd and t.day),
        tuple(people[:MAX_NAMES]),
        # A watch without conditions: show the list, since there is no search to offer.
        sure=isinstance(command, ShowWatches),
    )


def _direct(said: SentenceText) -> Sentence | None:
    """A request that is not about mail: help, the form, the installation check, the person's watches."""
    change = take_change(said)
    if change is not None:
        return Sentence(change, sure=True)
    plain = said.plain
    if "@" in plain or len(plain) > 60:
        return None
    for pattern, command in ((HELP, Help()), (FORM, ShowForm()), (DOCTOR, Examine())):
        if pattern.search(plain):
            return Sentence(command, sure=True)
    return None


def _command(
    query: TraceQuery, told: Told | None, report: ReportKind | None, when: When, *, mine: bool, says: bool
) -> Command:
    if told is not None:
        bare = replace(query, period=DEFAULT_PERIOD, causes=(), rule="")
        if not says or bare == TraceQuery():
            return ShowWatches()
        return told.watch(bare, mine=False, zone=when.zone.key)
    if report is not None:
        return Report(report, query, mine)
    return Mine(query) if mine else Trace(query)


def _query(
    ends: dict[End, list[AddressPattern]], parts: Parts, period: Period | None, *, mine: bool
) -> TraceQuery:
    ids = parts.message_ids or parts.trace_ids
    usual = MESSAGE_ID_PERIOD if ids else MINE_PERIOD if mine else DEFAULT_PERIOD
    return TraceQuery(
        period=period or usual,
        senders=tuple(ends[End.SENDER])[:MAX_ENDS],
        recipients=tuple(ends[End.RECIPIENT])[:MAX_ENDS],
        involving=tuple((one,) for one in ends[End.EITHER][:MAX_EITHER]),
        statuses=parts.statuses,
        message_ids=parts.message_ids,
        message_trace_ids=parts.trace_ids,
        subject=SubjectFilter(parts.subject_mode, parts.subject) if parts.subject else None,
        direction=parts.direction,
        from_ips=parts.ips,
        causes=parts.causes,
        rule=parts.rule,
    )


def _take_ends_and_times(
    said: SentenceText, when: When, parts: Parts
) -> tuple[dict[End, list[AddressPattern]], list[Named], list[Time]]:
    """Directions before sides, which share their words; times after addresses, which hold digits and dots."""
    for direction, pattern in DIRECTIONS.items():
        if said.take_all(pattern):
            parts.direction = parts.direction or direction
    hidden = _ADDRESSES.sub(lambda match: "\x01" * len(match[0]), said.plain)
    times = list(times_in(hidden, when))
    for time in times:
        said.take(time.start, time.end)
    ends, people = take_ends(said)
    return ends, people, times


def _take_causes(said: SentenceText, parts: Parts) -> None:
    """Before names: the `DMARC` of `rejected by DMARC` is no sender."""
    causes = [cause for cause, pattern in CAUSES.items() if said.take_all(pattern)]
    if parts.rule and Cause.BLOCKED_RULE not in causes:
        causes.append(Cause.BLOCKED_RULE)
    parts.causes = tuple(causes)


def _take_states(said: SentenceText, parts: Parts) -> None:
    parts.statuses = tuple(status for status, pattern in STATES.items() if said.take_all(pattern))


def _report(said: SentenceText) -> ReportKind | None:
    asked = said.take_all(REPORT)
    extended = said.take_all(EXTENDED)
    return None if not asked and not extended else ReportKind.EXTENDED if extended else ReportKind.ENHANCED


def _further(said: SentenceText, times: Sequence[Time]) -> Iterator[str]:
    """The times after the first, which cannot be used: a search has one period."""
    read = [time for time in times if time.period is not None]
    return (said.original(one.start, one.end) for one in read[1:] if one.period != read[0].period)


def _beyond(ends: dict[End, list[AddressPattern]], people: Sequence[Named]) -> Iterator[str]:
    """The addresses and names beyond what a search takes."""
    for end, found in ends.items():
        yield from (one.text for one in found[MAX_EITHER if end is End.EITHER else MAX_ENDS :])
    yield from (one.name for one in people[MAX_NAMES:])


def _unused(said: SentenceText, parts: Parts, told: Told | None) -> tuple[str, ...]:
    words = [word for _, word in said.unused()]
    words += [said.original(*match.span(1)) for match in _NO_VALUE.finditer(said.plain)]
    if told is not None and parts.causes:
        words += [
            cause
            for pattern in CAUSES.values()
            for m in pattern.finditer(said.whole)
            if (cause := said.original(*m.span()))
        ]
    return tuple(dict.fromkeys(words))[:MAX_UNUSED]
