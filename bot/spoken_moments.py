"""Read a day, a time of day or both at a position of a text. Pure, in linear time.

    moment = [around] ( day [weekday] [part | time] | time [on] day | part [of day] | time | hours ago | now )
             [ごろ] [zone]

Day and time as in `days`, part as in `dayparts`. Texts are in lower case, NFKC.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from datetime import time as TimeOfDay
from zoneinfo import ZoneInfo

from bot.dayparts import NAMED_PARTS, PARTS, Hours, in_part
from bot.days import read_day, read_time
from bot.moments import AGO, ISO, When, length_ago
from bot.time_words import COUNTS, DAYS_AGO, MONTHS, WEEKDAY_LETTERS, WEEKDAYS, any_of
from tracing.calendar import day_begins

_NOT_IN_WORD = r"(?![a-z_])"
_MONTH = any_of(MONTHS)
_WEEKDAY = any_of(WEEKDAYS)
_DAY = re.compile(
    rf"(?:{any_of(DAYS_AGO)}){_NOT_IN_WORD}"
    r"|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?![\d/.])"
    r"|(?:\d{4}年 ?)?\d{1,2}月 ?\d{1,2}日(?!間)"
    r"|(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?:令和|r)(?:\d{1,2}|元)(?:年 ?\d{1,2}月 ?\d{1,2}日|([./])\d{1,2}\1\d{1,2})(?!\d)"
    r"|\d{1,2}/\d{1,2}(?:/\d{4}|/\d{2})?(?![\d/])"
    r"|(?:先々月|先月|今月)の?\d{1,2}日(?!間)"
    r"|\d{1,2}日(?=の(?!間|うち)|に(?!\d)|から|まで|以降|\(|、| ?\d{1,2}[:時])"
    rf"|(?:{_MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?(?![\d:])(?:,? \d{{4}}(?![\d:]))?"
    rf"|\d{{1,2}}(?:(?:st|nd|rd|th)(?: of)?)? (?:{_MONTH}){_NOT_IN_WORD}\.?(?:,? \d{{4}}(?![\d:]))?"
    rf"|(?:\d{{1,3}}|{any_of(COUNTS)}) ?"
    rf"(?:(?:days?|weeks?|months?) ago{_NOT_IN_WORD}|(?:日|週間|[かヶヵカケ箇]月)前)"
    r"|\d{1,2}(?:st|nd|rd|th)(?![a-z]| of)"
    rf"|(?:last |this |先々週の?|先週の?|今週の?)?(?:{_WEEKDAY}){_NOT_IN_WORD}"
)
_IMPOSSIBLE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}月 ?\d{1,2}日|\d{1,2}:\d{2}(?::\d{2})?|\d{1,2}時(?!間)"
)
"""Text that can only be a day or a time, though it may not exist."""

_CLOCK = re.compile(
    r"(?:午前|午後|am|pm)? ?(?:\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\b\.?)?(?![\d:])"
    r"|\d{1,2}時(?!間)(?:\d{1,2}分(?:\d{1,2}秒)?|半)?)"
    r"|\d{1,2} ?(?:[ap]\.?m\b\.?|o'?clock)|正午"
)
_PART = re.compile(rf"(?:the )?(?:{any_of(PARTS)}){_NOT_IN_WORD}")
_NAMED_PART = re.compile(rf"(?:{any_of(NAMED_PARTS)}){_NOT_IN_WORD}")
_BESIDE = re.compile(
    rf" ?(?:\( ?(?P<short>{any_of(WEEKDAY_LETTERS)}|{_WEEKDAY})\.? ?\)|,? ?(?P<long>(?:{_WEEKDAY})(?![a-z])))"
)
_LEADING = re.compile(rf"(?P<long>(?:{_WEEKDAY})(?![a-z]))\.?,? ?(?=\d|(?:{_MONTH})\b)")
_TO_TIME = re.compile(r" ?(?:の|,|、|at around |at about |at|in the|on the|@|-)? ?(?:around |about )?")
_TO_DAY = re.compile(r" ?(?:of|on|の|,)? ?(?:the )?")
_HOUR_OF = re.compile(
    r"(?P<h>\d{1,2})(?::(?P<min>\d{2}))? (?P<day>this|yesterday|in the|at) "
    r"(?P<part>morning|afternoon|evening|night)(?![a-z])"
)
"""`around 10 this morning`"""
_HALF = re.compile(r"in the (morning|afternoon|evening)|at (night)")
_AROUND = re.compile(
    r"(?:at )?(?:around|about|approximately|roughly|circa|およそ|約) ?"
    r"(?=[\d午正朝昼夕夜]|noon|midday|midnight|lunch)"
)
_GOROU = re.compile(r" ?(?:ごろ|頃|ころ|くらい|ぐらい|あたり|辺り|前後|or so|ish)")
_NOW = re.compile(rf"(?:(?:right )?now{_NOT_IN_WORD}|今(?=$|[ 、まか])|現在)")
_ZONE = re.compile(
    r" ?\(?(?:(?:(?:utc|gmt) ?(?=[+−-])|(?=[+-]\d{4}(?!\d)))(?P<sign>[+−-])(?P<hours>0?\d|1[0-4])"
    r"(?::?(?P<minutes>[0-5]\d))?(?![\d:])(?: \([a-z]{2,5}(?=\)))?"
    r"|(?P<zone>jst|日本時間|utc|gmt)(?![a-z0-9+−-]))\)?"
)
_ZONES = {"jst": "Asia/Tokyo", "日本時間": "Asia/Tokyo", "utc": "UTC", "gmt": "UTC"}
_DAY_END = re.compile(r"24(?::00|時)")


@dataclass(frozen=True)
class Spoken:
    """A moment as said: a day, or ""; a time or a part of the day; `ago`, how many days its word goes back.

    `after_day`: 24:00. `around`: approximate. `odd`: the weekday beside the date is not the date's.
    """

    zone: tzinfo
    day: date | None = None
    time: TimeOfDay | None = None
    part: Hours | None = None
    instant: datetime | None = None
    after_day: bool = False
    around: bool = False
    odd: bool = False
    by_weekday: bool = False
    ago: int | None = None
    back: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day, without a time."""
        return self.time is None and self.part is None and self.instant is None

    def start(self, today: date) -> datetime:
        """The first instant, in UTC; a time alone is on *today*."""
        return self.instant or self._at(today, self.part[0] if self.part else 0, fold=0)

    def end(self, today: date) -> datetime:
        """The first instant after it; for a time, that instant itself."""
        if self.instant is not None:
            return self.instant
        if self.time is not None:
            return max(self._at(today, 0, fold=0), self._at(today, 0, fold=1))
        return self._at(today, self.part[1] if self.part else 24, fold=0)

    def _at(self, today: date, hour: int, fold: int) -> datetime:
        day = self.day or today
        if self.time is not None:
            day += timedelta(days=self.after_day)
            return datetime.combine(day, self.time.replace(fold=fold), self.zone).astimezone(UTC)
        if hour % 24 == 0:
            return day_begins(day + timedelta(days=hour // 24), self.zone)
        clock = TimeOfDay(hour % 24, fold=fold)
        return datetime.combine(day + timedelta(days=hour // 24), clock, self.zone).astimezone(UTC)


Found = tuple[Spoken | None, int]
"""The moment and where it ends; None for a day or time that does not exist."""


def spoken_at(text: str, at: int, when: When) -> Found | None:
    """The moment at *at* of *text*; None if there is none."""
    around = _AROUND.match(text, at)
    found = _instant(text, at, when) or _whole(text, around.end() if around else at, when)
    if found is None or found[0] is None:
        return found
    said, end = found
    assert said is not None
    if (like := _GOROU.match(text, end)) is not None:
        end = like.end()
    if (zone := _ZONE.match(text, end)) is not None and said.time is not None:
        said, end = replace(said, zone=_zone(zone)), zone.end()
    return replace(said, around=bool(around or like)), end


def _zone(said: re.Match[str]) -> tzinfo:
    """The zone by name, or by offset: `UTC+9`, `GMT-03:30`, `+0900 (JST)`."""
    if said["zone"]:
        return ZoneInfo(_ZONES[said["zone"]])
    offset = timedelta(hours=int(said["hours"]), minutes=int(said["minutes"] or 0))
    return timezone(offset if said["sign"] == "+" else -offset)


def clock_at(text: str, at: int, when: When) -> Found | None:
    """The time of day at that position, without a day."""
    match = _CLOCK.match(text, at)
    if match is None:
        return None
    words = match[0].strip()
    if _DAY_END.fullmatch(words):
        return Spoken(when.zone, time=TimeOfDay(), after_day=True), match.end()
    words = words.replace("午前 ", "午前").replace("午後 ", "午後")
    clock = read_time(words.replace("o'clock", ":00").replace("oclock", ":00").replace(" :", ":"))
    if words == "正午":
        clock = TimeOfDay(12)
    if clock is None:
        return None, match.end()
    if (half := _HALF.match(text, match.end() + 1)) is not None and clock.hour <= 12:
        part = PARTS[half[1] or half[2]]
        return Spoken(when.zone, time=clock.replace(hour=in_part(clock.hour, part))), half.end()
    return Spoken(when.zone, time=clock), match.end()


def _instant(text: str, at: int, when: When) -> Found | None:
    """`2 hours ago`, now, or ISO 8601 with a zone."""
    if (iso := ISO.match(text, at)) is not None:
        try:
            said = datetime.fromisoformat(iso[0].upper())
        except ValueError:
            return None, iso.end()
        aware = said if said.tzinfo else said.replace(tzinfo=when.zone)
        return Spoken(when.zone, instant=aware.astimezone(UTC)), iso.end()
    if (ago := AGO.match(text, at)) is not None:
        instant = (when.now - length_ago(ago)).astimezone(UTC)
        return Spoken(when.zone, instant=instant, back=True), ago.end()
    now = _NOW.match(text, at)
    return (Spoken(when.zone, instant=when.now.astimezone(UTC), back=True), now.end()) if now else None


def _whole(text: str, at: int, when: When) -> Found | None:
    """A day with what follows it, or a time with what follows it."""
    if (named := _NAMED_PART.match(text, at)) is not None:
        back, part = NAMED_PARTS[named[0]]
        return _clocked(
            Spoken(when.zone, when.today - timedelta(days=back), part=part), text, named.end(), when
        )
    day = _day_at(text, at, when)
    if day is not None:
        return day if day[0] is None else _with_time(day[0], text, day[1], when)
    hour = _HOUR_OF.match(text, at)
    if hour is not None and int(hour["h"]) <= 12:
        clock_time = TimeOfDay(in_part(int(hour["h"]) % 24, PARTS[hour["part"]]), int(hour["min"] or 0) % 60)
        back = 1 if hour["day"] == "yesterday" else 0
        return Spoken(when.zone, when.today - timedelta(days=back), clock_time), hour.end()
    clock = clock_at(text, at, when)
    if clock is not None:
        return clock if clock[0] is None else _with_day(clock[0], text, clock[1], when)
    alone = _PART.match(text, at)
    if alone is None:
        return None
    said = Spoken(when.zone, part=PARTS[alone[0].removeprefix("the ")])
    found = _clocked(said, text, alone.end(), when)
    return found if found[0] is None or found[1] != alone.end() else _with_day(said, text, alone.end(), when)


def _with_time(said: Spoken, text: str, end: int, when: When) -> Found:
    """The day *said* with the time that follows it."""
    to = _TO_TIME.match(text, end)
    assert to is not None
    part = _PART.match(text, to.end())
    if part is not None and not (part[0] in ("午前", "午後") and _CLOCK.match(text, to.end())):
        hours = PARTS[part[0].removeprefix("the ")]
        return _clocked(replace(said, part=hours), text, part.end(), when)
    clock = clock_at(text, to.end(), when)
    if clock is None or text[to.start() : to.end()].strip() == "-":
        return said, end
    if clock[0] is None:
        return None, clock[1]
    return replace(said, time=clock[0].time, after_day=clock[0].after_day), clock[1]


def _clocked(said: Spoken, text: str, end: int, when: When) -> Found:
    """The part of a day *said*, or the time in it that follows: 夜9時."""
    to = re.compile(r" ?(?:の|,|、|at)? ?").match(text, end)
    clock = clock_at(text, to.end() if to else end, when)
    if clock is None or clock[0] is None or clock[0].time is None or said.part is None:
        return said, end
    hour = in_part(clock[0].time.hour, said.part)
    return replace(said, part=None, time=clock[0].time.replace(hour=hour)), clock[1]


def _with_day(said: Spoken, text: str, end: int, when: When) -> Found:
    """The time *said* with the day that follows it: `9:00 on Nov 20`, `the afternoon of yesterday`."""
    to = _TO_DAY.match(text, end)
    day = _day_at(text, to.end() if to else end, when) if text[end : end + 1] == " " else None
    if day is None or day[0] is None:
        return said, end
    return replace(day[0], time=said.time, part=said.part, after_day=said.after_day), day[1]


def _day_at(text: str, at: int, when: When) -> Found | None:
    leading = _LEADING.match(text, at)
    first = _DAY.match(text, leading.end() if leading else at)
    if leading is not None and first is None:
        first, leading = _DAY.match(text, at), None
    if first is None:
        wrong = _IMPOSSIBLE.match(text, at)
        return None if wrong is None or _CLOCK.match(text, at) else (None, wrong.end())
    words, end = " ".join(first[0].split()), first.end()
    try:
        day = read_day(words, when.today)
    except (ValueError, OverflowError):
        day = None
    if day is None:
        return None, end
    beside = leading
    by_weekday = any(words.endswith(name) for name in WEEKDAYS)
    if beside is None and not by_weekday and (beside := _BESIDE.match(text, end)) is not None:
        end = beside.end()
    odd = beside is not None and _weekday_of(beside) != day.weekday()
    return Spoken(when.zone, day, odd=odd, by_weekday=by_weekday, ago=DAYS_AGO.get(words)), end


def _weekday_of(beside: re.Match[str]) -> int:
    name = beside.groupdict().get("short") or beside["long"]
    return WEEKDAY_LETTERS[name] if name in WEEKDAY_LETTERS else WEEKDAYS[name]
