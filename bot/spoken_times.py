"""Find times in a text and turn them into periods, each with its place. Pure, in linear time.

    time   = length | week | span | range | moment [から | 以降 | まで]
           | (since | after | until | before) moment
    length = [last | past | 過去 | 直近] number unit [以内]
    range  = [between | from] moment ( - | 〜 | to | and | から ) moment [まで]

Moments as in `spoken_moments`, spans as in `spoken_spans`. In a sentence, a time of day alone is the hour
before and after it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as TimeOfDay

from bot.dayparts import AROUND_HOURS, NAMED_PARTS, PARTS
from bot.moments import When
from bot.spoken_moments import Spoken, clock_at, spoken_at
from bot.spoken_spans import FIRST, span_at
from bot.time_words import CALENDAR, COUNTS, DAYS_AGO, MONTHS, WEEKDAYS, any_of
from bot.values import read_duration
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import DEFAULT_PERIOD, Between, Last, Period

_N = rf"(?:\d{{1,4}}|{any_of(COUNTS)})"
_UNIT = (
    r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|months?|[mhdw](?![a-z])"
    r"|分間?|時間|日間|日(?!前|の午|曜)|週間?|[かヶヵカケ箇]月間?)"
)
_LENGTH = re.compile(
    r"(?:(?:within|in|over|during|for) )?(?:the )?"
    r"(?:(?P<lead>last|past|previous|過去|直近|ここ|この|期間|時間の範囲|最近(?= ?\d)) ?(?:の|:)? ?)"
    rf"(?P<n>{_N})? ?(?P<unit>{_UNIT})(?:以内|ほど|くらい|ぐらい|ばかり|分)?(?![a-z前])"
)
_BARE_LENGTH = re.compile(
    rf"(?:(?:within|in|over|during|for) )?(?P<n>{_N}) ?(?:(?P<unit>{_UNIT})(?:以内|分)|"
    r"(?P<other>日間|週間|時間|[かヶヵカケ箇]月間|days?|weeks?|hours?|months?))(?![a-z前])(?! ago| or)"
)
_SHORT_LENGTH = re.compile(rf"\d{{1,5}} ?{_UNIT}(?:以内)?")
_WEEK = re.compile(
    rf"(?:{any_of(CALENDAR)})(?![a-z])(?!の?(?:{any_of(WEEKDAYS)}|\d{{1,2}}日(?!間)))(?P<since>から|以降)?"
)
_LEAD = re.compile(r"(?P<lead>between|from|since|after|until|till|before|by|on|at) (?:the )?")
_INNER = re.compile(r",? (?:between|from) ")
_FROM_ON, _UP_TO = ("since", "after", "from"), ("until", "till", "before", "by")
_CONNECT = re.compile(
    r" ?(?:[〜~–—-]|から|より|と|・) ?"
    r"|(?: |(?<=[0-9日時分朝昼後方夜m]))(?:to|and|until|till|through) (?:the )?"
)
_ENDING = re.compile(r" ?(?:までの間|の間|まで|にかけて)")
_OPEN = re.compile(
    r" ?(?:からずっと|から|以降|以後|より後|より(?!も?前)|[〜~](?=$|[ のに])|onwards?|on(?= ?$))"
)
_CLOSED = re.compile(r" ?(?:まで|以前|より前|よりも前)")
_BARE_HOUR = re.compile(
    r"(?P<h>\d{1,2})(?::(?P<m>\d{2}))?(?: ?(?:[-–〜~]|から|to|and) ?)"
    r"(?=(?P<end>\d{1,2}(?::\d{2})? ?(?P<unit>[ap]\.?m|時(?!間))))"
)
_BARE_DAY = re.compile(r"(?P<d>\d{1,2})(?:日(?!間|前)|(?:st|nd|rd|th)?(?![\d:/時月]|日| ?[ap]\.?m))")
_FIRST = re.compile(
    r"(?<![0-9a-z_.@/+#-])(?<!\d:)(?:\d|r\d|令和"
    r"|(?:within|in|over|during|for|the|between|from|since|after|until|till|before|by|on|at"
    r"|around|about|approximately|last|past|previous|this)(?= )"
    rf"|(?:{any_of({**DAYS_AGO, **NAMED_PARTS, **WEEKDAYS, **MONTHS, **CALENDAR})})(?![a-z_])"
    rf"|{FIRST}"
    r"|過去|直近|ここ|この|期間|時間の範囲|最近(?= ?\d)|約|およそ|正午"
    rf"|(?:{any_of(word for word in PARTS if not word.isascii())})"
    r"(?=の|に|から|は|、|,|ごろ|頃|も|$| |\d)"
    rf"|(?:{any_of(word for word in COUNTS if word.isascii())}) (?=minutes?|hours?|days?|weeks?|months?)"
    rf"|(?:{any_of(word for word in COUNTS if not word.isascii())})"
    r"(?=日[間前]|週間|時間|分(?:ほど|くらい)?前|[かヶヵカケ箇]月)|now|今|現在)"
)
_NOON = PARTS["noon"]
"""In a range, noon is 12:00."""

_WEAK = frozenset({"sun", "sat", "mon", "wed", "fri", "march", "may", "now", "今"})
"""Words that usually mean something else when alone."""


_TIMELIKE = re.compile(
    rf"(?:{any_of({**DAYS_AGO, **NAMED_PARTS, **CALENDAR})})(?![a-z])|\d{{1,4}}[-/年]\d{{1,2}}"
    rf"|\d{{1,2}}(?::\d|時|月\d)"
)

_KANJI_HOUR = re.compile(r"(?<![一二三四五六七八九十])[一二三四五六七八九](?=時(?!間)|じ)")
_HIRAGANA_HOUR = re.compile(r"(?<=\d)じ(?![ゃゅょ])")
"""Numerals as in 九時, 8じ; replacing them keeps the positions."""

MAX_TIMES = 20
"""The most times read from one text."""


@dataclass(frozen=True)
class Time:
    """A part of a text that names a time; the period is None if it does not exist. `odd`: the weekday is
    wrong."""

    start: int
    end: int
    period: Period | None
    odd: bool = False
    day: date | None = None


def plain_of(words: str) -> str:
    """*words* normalized for reading times."""
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def times_in(text: str, when: When) -> Iterator[Time]:
    """The times in *text*, which is normalized, in order."""
    at = found_so_far = 0
    text = _HIRAGANA_HOUR.sub("時", _KANJI_HOUR.sub(lambda match: str(COUNTS[match[0]]), text))
    while found_so_far < MAX_TIMES and (first := _FIRST.search(text, at)) is not None:
        found = time_at(text, first.start(), when, loose=True)
        if (
            found is not None
            and found.end > found.start
            and text[found.start : found.end].strip() not in _WEAK
        ):
            found_so_far += 1
            yield found
        at = max(found.end if found is not None else 0, first.start() + 1)


def time_at(text: str, at: int, when: When, *, loose: bool = False) -> Time | None:
    """The time at *at* of *text*, which is normalized; *loose*: read it as in a sentence."""
    if (span := span_at(text, at, when)) is not None:
        return Time(at, span[1], span[0])
    week = _WEEK.match(text, at)
    if week is not None:
        return Time(at, week.end(), _week(week, when))
    length = _LENGTH.match(text, at) or (_BARE_LENGTH.match(text, at) if loose else None)
    if length is not None and (duration := _duration(length)) is not None:
        return Time(at, length.end(), Last(duration))
    lead = _LEAD.match(text, at)
    found = _range(text, lead.end() if lead else at, when, lead["lead"] if lead else "", loose=loose)
    return None if found is None else replace(found, start=at)


def _week(match: re.Match[str], when: When) -> Period:
    words = match[0].removesuffix(match["since"] or "")
    unit, back = CALENDAR[words]
    week = Calendar(unit, back, when.zone.key)
    start, end = week.bounds(when.now)
    return Between(start) if match["since"] else week if back < 2 else Between(start, end)


def _duration(match: re.Match[str]) -> timedelta | None:
    n = match["n"] or ""
    unit = (match["unit"] or match.groupdict().get("other") or "").replace("日間", "日")
    if not n:
        # `last week` is a calendar week.
        return read_duration(unit) if unit.isascii() and match.groupdict().get("lead") else None
    return read_duration(f"{COUNTS.get(n, n)} {unit}" if unit.isascii() else f"{COUNTS.get(n, n)}{unit}")


def _range(text: str, at: int, when: When, lead: str, *, loose: bool) -> Time | None:
    first = _first(text, at, when)
    if first is None:
        return None
    said, end = first
    if said is None:
        return Time(at, end, None)
    inner = _INNER.match(text, end) if said.is_day else None
    if inner is not None and (clock := _first(text, inner.end(), when)) is not None and clock[0] is not None:
        said, end = replace(clock[0], day=said.day, odd=said.odd), clock[1]
    connect = _CONNECT.match(text, end)
    if connect is not None and lead not in _UP_TO:
        second = _day_of_month(text, connect.end(), said) or spoken_at(text, connect.end(), when)
        if second is not None:
            last, behind = second
            ending = _ENDING.match(text, behind)
            behind = ending.end() if ending else behind
            if last is None:
                return Time(at, behind, None)
            return Time(at, behind, _between(said, last, when), said.odd or last.odd, said.day)
    return _single(text, at, said, end, lead, when, loose=loose)


def _day_of_month(text: str, at: int, first: Spoken) -> tuple[Spoken | None, int] | None:
    """The second day of a range given by its number alone: 10月12日から14日, Oct 12-14."""
    match = _BARE_DAY.match(text, at)
    if match is None or first.day is None or not first.is_day or first.by_weekday:
        return None
    try:
        return replace(first, day=first.day.replace(day=int(match["d"])), ago=None), match.end()
    except ValueError:
        return None, match.end()


def _first(text: str, at: int, when: When) -> tuple[Spoken | None, int] | None:
    """The first moment of a range. It may be a bare hour if the second has a unit: 9-12時."""
    bare = _BARE_HOUR.match(text, at)
    if bare is None:
        return spoken_at(text, at, when)
    behind = clock_at(text, bare.start("end"), when)
    hour, minute = int(bare["h"]), int(bare["m"] or 0)
    if behind is None or behind[0] is None or behind[0].time is None or hour > 23 or minute > 59:
        return None
    last = behind[0].time
    if bare["unit"] != "時" and last.hour >= 12 and hour + 12 <= last.hour:
        hour += 12
    said = Spoken(when.zone, time=last.replace(hour=hour, minute=minute))
    return said, bare.end("m") if bare["m"] else bare.end("h")


def _between(first: Spoken, last: Spoken, when: When) -> Period | None:
    if first.day is None and last.day is not None and first.instant is None:
        first = replace(first, day=last.day)
    elif last.day is None and first.day is not None and last.instant is None:
        last = replace(last, day=first.day)
    if last.zone != when.zone and first.zone == when.zone:
        first = replace(first, zone=last.zone)
    if first.day and last.day and last.by_weekday and last.day < first.day:
        last = replace(last, day=last.day + timedelta(days=7))
    first, last = (
        replace(one, part=None, time=TimeOfDay(12)) if one.part == _NOON else one for one in (first, last)
    )
    start, end = first.start(when.today), last.end(when.today)
    if (
        first.time
        and last.time
        and first.time.hour >= 12 > last.time.hour
        and end <= start
        and last.time.hour
    ):
        later = replace(last, time=last.time.replace(hour=last.time.hour + 12))
        same_half = first.time.hour - 12 < last.time.hour
        last = later if same_half else replace(last, after_day=True)
        end = last.end(when.today)
    if end <= start:
        return None
    return _past(start, end, when) if first.day is None and first.instant is None else Between(start, end)


def _past(start: datetime, end: datetime, when: When) -> Between:
    """A time without a day: today's, or yesterday's if that is in the future."""
    back = timedelta(days=1) if start >= when.now else timedelta(0)
    return Between(start - back, end - back)


def _single(text: str, at: int, said: Spoken, end: int, lead: str, when: When, *, loose: bool) -> Time | None:
    opened, closed = _OPEN.match(text, end), _CLOSED.match(text, end)
    start, until = said.start(when.today), said.end(when.today)
    if said.day is None and said.instant is None and start >= when.now:
        start, until = start - timedelta(days=1), until - timedelta(days=1)
    period: Period
    of_it = lead == "from" and loose and said.time is None
    if (lead in _FROM_ON and not of_it) or opened is not None:
        end = opened.end() if opened else end
        period = Between(start)
    elif lead in _UP_TO or closed is not None:
        end = closed.end() if closed else end
        edge = start if lead in ("before", "by") or (closed and "前" in closed[0]) else until
        period = Between(edge - DEFAULT_PERIOD.duration, edge)
    elif said.is_day and said.ago is not None:
        period = Calendar(CalendarUnit.DAY, said.ago, when.zone.key)
    elif said.is_day or said.part is not None:
        period = Between(start, until)
    elif said.back and not said.around:
        period = Between(start)
    elif loose or said.around:
        near = timedelta(hours=AROUND_HOURS)
        period = Between(start - near, until + near)
    else:
        period = Between(start)
    return Time(at, end, period, said.odd, said.day)


def looks_like_time(word: str) -> bool:
    """Whether *word* can only be a time, valid or not."""
    return _TIMELIKE.match(plain_of(word)) is not None


def words_of_time(words: str, when: When) -> int:
    """How many of *words*, from the first on, can form a time together."""
    plain = plain_of(words)
    found = time_at(plain, 0, when, loose=True)
    short = _SHORT_LENGTH.match(plain)
    end = max(found.end if found else 0, short.end() if short else 0)
    return len(plain[:end].split())


def words_of_length(words: str, when: When) -> int:
    """The same after `last`, where a length alone counts."""
    return max(words_of_time(f"last {words}", when) - 1, words_of_time(words, when)) if words else 0
