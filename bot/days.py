"""Days and times of day as people type them → a date, a time. Pure, and without a zone.

    date = 2026-11-20 | 2026/11/20 | 11/20 | 11/20/2026 | 2026年11月20日 | 11月20日
         | Nov 20 | 20 November 2026 | 20261120 | 26/11/20 | 令和8年11月20日 | R8.11.20 | 20日 | 先月の20日
         | today | yesterday | 今日 | 昨日 | きのう | 一昨日 | おととい | 3 days ago | two days ago | 3日前
         | Monday | last Monday | 月曜日 | 先週の月曜
    time = 9:00 | 09:00:30 | 9am | 2:30 pm | 9時 | 9時30分 | 9時半 | 午後2時

A date without a year is the last such day, unless traces no longer reach back to it: then it is this year's,
and may lie ahead. A day of the week is the last such day, today included unless `last` stands before it.
"""

import re
from contextlib import suppress
from datetime import date, time, timedelta

from bot.time_words import CALENDAR, COUNTS, DAYS_AGO, MONTHS, WEEKDAYS, any_of, count_of
from bot.values import LONGEST

_YEAR = r"(?:,? (?P<y>\d{4}))?"
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})"),
    re.compile(r"(?:(?P<y>\d{4})年)?(?P<m>\d{1,2})月(?P<d>\d{1,2})日"),
    re.compile(r"(?P<y>20\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
    re.compile(r"(?:令和|r)(?P<reiwa>\d{1,2}|元)(?:年|[./])(?P<m>\d{1,2})(?:月|[./])(?P<d>\d{1,2})日?"),
    re.compile(r"(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>\d{4}))?"),
    re.compile(rf"(?P<month>{any_of(MONTHS)})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?{_YEAR}"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:(?:st|nd|rd|th)(?: of)?)? (?P<month>{any_of(MONTHS)})\.?{_YEAR}"),
)
_SHORT_YEAR = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{1,2})")
_OF_MONTH = re.compile(r"(?:(?P<back>先々月|先月|今月)の?)?(?P<d>\d{1,2})(?:日|st|nd|rd|th)")
_A_YEAR = timedelta(days=366)
_REIWA = 2018
"""The year before the first of Reiwa."""
_WEEKDAY = re.compile(rf"(?P<last>last )?(?:(?P<week>先々週|先週|今週)の?)?(?P<name>{any_of(WEEKDAYS)})")
_AGO = re.compile(
    rf"(?P<n>\d{{1,3}}|{any_of(COUNTS)}) ?"
    r"(?:(?P<weeks>weeks?|週間)|(?P<months>months?|[かヶヵカケ箇]月)|days?|日)(?: ago|前)"
)
_TIMES = (
    re.compile(r"(?P<h>\d{1,2}):(?P<min>\d{2})(?::(?P<s>\d{2}))?"),
    re.compile(r"(?P<h>\d{1,2})(?::(?P<min>\d{2}))? ?(?P<half>[ap])\.?m\.?"),
    re.compile(
        r"(?P<half>午前|午後)?(?P<h>\d{1,2})時(?:(?P<min>\d{1,2})分(?:(?P<s>\d{1,2})秒)?|(?P<thirty>半))?"
    ),
    re.compile(r"(?P<half>午前|午後)(?P<h>\d{1,2}):(?P<min>\d{2})"),
)


def read_day(words: str, today: date) -> date | None:
    """The day that *words*, in small letters, name. Raises: ValueError, OverflowError: it does not exist."""
    if words in DAYS_AGO:
        return today - timedelta(days=DAYS_AGO[words])
    ago = _AGO.fullmatch(words)
    if ago is not None:
        return today - count_of(ago["n"]) * timedelta(days=7 if ago["weeks"] else 30 if ago["months"] else 1)
    weekday = _WEEKDAY.fullmatch(words)
    if weekday is not None:
        return _weekday(weekday, today)
    if (short := _SHORT_YEAR.fullmatch(words)) is not None:
        return _short_year(int(short[1]), int(short[2]), int(short[3]), today)
    if (of_month := _OF_MONTH.fullmatch(words)) is not None:
        return _of_month(int(of_month["d"]), of_month["back"], today)
    match = next(filter(None, (pattern.fullmatch(words) for pattern in _DATES)), None)
    if match is None:
        return None
    parts = match.groupdict()
    if reiwa := parts.get("reiwa"):
        parts["y"] = str(_REIWA + (1 if reiwa == "元" else int(reiwa)))
    month, day = int(parts.get("m") or MONTHS.get(parts.get("month", ""), 0)), int(parts["d"])
    if month > 12 and parts.get("y") and "/" in words:
        month, day = day, month
    return date(int(parts["y"]), month, day) if parts.get("y") else _yearless(month, day, today)


def read_time(words: str) -> time | None:
    """The time of day that *words*, in small letters, name, None when none or one that does not exist."""
    match = next(filter(None, (pattern.fullmatch(words) for pattern in _TIMES)), None)
    if match is None:
        return None
    parts = match.groupdict()
    hour, half = int(parts["h"]), parts.get("half")
    minute = 30 if parts.get("thirty") else int(parts.get("min") or 0)
    if half in ("a", "p") and not 1 <= hour <= 12:
        return None
    if half and hour <= 12:
        # As clocks show it: noon is 12 pm and 午後12時, midnight 12 am and 午前12時.
        hour = hour % 12 + (12 if half in ("p", "午後") else 0)
    with suppress(ValueError):
        return time(hour, minute, int(parts.get("s") or 0))
    return None


def _weekday(said: re.Match[str], today: date) -> date:
    wanted = WEEKDAYS[said["name"]]
    if said["week"]:
        return today - timedelta(days=today.weekday() + 7 * CALENDAR[said["week"]][1] - wanted)
    back = (today.weekday() - wanted) % 7
    return today - timedelta(days=7 if said["last"] and back == 0 else back)


def _short_year(first: int, second: int, third: int, today: date) -> date | None:
    """26/10/14 or 10/14/26, whichever falls in the last year. Raises: ValueError: neither exists."""
    days = []
    for year, month, day in ((first, second, third), (third, first, second)):
        with suppress(ValueError):
            days.append(date(2000 + year, month, day))
    return next(one for one in [*days, None] if one is None or timedelta(0) <= today - one <= _A_YEAR)


def _of_month(day: int, back: str | None, today: date) -> date:
    """The last such day, or that of the month that was said. Raises: ValueError: it does not exist."""
    said = CALENDAR[back][1] if back else None
    for months in (said,) if said is not None else (0, 1):
        year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
        found = date(year, month + 1, day)
        if said is not None or found <= today:
            break
    return found


def _yearless(month: int, day: int, today: date) -> date:
    """The last such day; beyond the history, this year's. Raises: ValueError: there is none."""
    days = []
    for year in (today.year, today.year - 1):
        # A 29th of February is in one of them at most.
        with suppress(ValueError):
            days.append(date(year, month, day))
    past = next((one for one in days if one <= today), None)
    if past is not None and today - past <= LONGEST:
        return past
    return days[0] if days else date(today.year, month, day)
