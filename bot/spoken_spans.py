"""Read weekends, months and thirds of months, and recognize times too vague to use. Pure.

    weekend | 週末 | 10月 | 2026年10月上旬 | 先月末 | 半日
    too vague: 数日前 | 去年 | 来週 | 定時後 | a few days ago

The end of a month is its last third: a message too many is seen, a missing one is not.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from bot.moments import When
from bot.time_words import CALENDAR, MONTHS, any_of
from tracing.calendar import day_begins
from tracing.model import Between, Last, Period

_WEEKEND = re.compile(
    r"(?:(?:over|on|at|in|during) )?(?:the |last |this )?weekend(?![a-z])|(?:先|この)?週末", re.ASCII
)
_MONTH = re.compile(
    r"(?:(?:(?P<year>\d{4})年の?|(?P<before>去年|昨年)の?)?(?P<month>\d{1,2})月(?! ?\d)"
    r"|(?P<back>先々月|先月|今月)の?(?=[上中下]旬|末))"
    r"の?(?P<third>[上中下]旬|末)?(?![間曜度分号])(?P<since>から|以降)?"
)
_ENGLISH_MONTH = re.compile(
    rf"(?:in |during )?(?:(?P<third>early|mid|late)[ -])?(?P<name>{any_of(MONTHS)})(?: (?P<year>\d{{4}}))?"
    rf"(?![a-z]|\.? ?\d|'s)"
)
_THIRDS = {
    "上旬": (1, 10), "early": (1, 10), "中旬": (11, 20), "mid": (11, 20),
    "下旬": (21, 31), "末": (21, 31), "late": (21, 31), None: (1, 31),
}  # fmt: skip
_WORDS_TOO = ("may", "mar", "march", "dec", "sep", "jan", "in may")
"""Month names that mean something else when alone."""

_HALF_A_DAY = re.compile(r"(?:(?:過去|直近|ここ)の?)?半日(?:以内|間|ほど|くらい)?")
_VAGUE = re.compile(
    r"[ここの]{0,2}数(?:分|時間|日|週間?|[かヶヵカケ箇]月)(?:前|以内|間)?"
    r"|(?:明日|明後日|来週|来月|来年|去年|昨年|一昨年|月初め?|月末|年末|年始|年明け|定時後|終業後|終業前"
    r"|就業後|始業前|営業時間外)"
    r"|(?:a |the last |the past )?few (?:minutes|hours|days|weeks|months)(?: ago)?"
    r"|(?:tomorrow|next week|last year)(?![a-z])"
)
FIRST = (
    r"(?:先|この)?週末|weekend(?![a-z])|半日|[ここの]{0,2}数(?=[分時日週かヶヵカケ箇])|去年|昨年|一昨年|明日"
    r"|明後日|来[週月年]|月初|月末"
    r"|年末|年始|年明け|定時後|終業[前後]|就業後|始業前|営業時間外|(?:early|mid|late)[ -](?=[a-z])"
    r"|few (?=minutes|hours|days|weeks|months)|tomorrow|next week"
)
"""How spans begin; for positions where no other time begins."""


def span_at(text: str, at: int, when: When) -> tuple[Period | None, int] | None:
    """The span at *at* of *text*, which is normalized, and its end; None for one that is too vague."""
    if (weekend := _WEEKEND.match(text, at)) is not None:
        saturday = when.today - timedelta(days=(when.today.weekday() - 5) % 7)
        return _days(saturday, saturday + timedelta(days=1), when), weekend.end()
    if (half := _HALF_A_DAY.match(text, at)) is not None:
        return Last(timedelta(hours=12)), half.end()
    if (month := _MONTH.match(text, at)) is not None:
        return _month(month, when), month.end()
    if (month := _ENGLISH_MONTH.match(text, at)) is not None and text[at : month.end()] not in _WORDS_TOO:
        number = MONTHS[month["name"]]
        year = int(month["year"] or when.today.year - (number > when.today.month))
        return _third(year * 12 + number - 1, month["third"], when), month.end()
    vague = _VAGUE.match(text, at)
    return None if vague is None else (None, vague.end())


def _month(said: re.Match[str], when: When) -> Period | None:
    today = when.today
    if said["back"]:
        months = today.year * 12 + today.month - 1 - CALENDAR[said["back"]][1]
    else:
        number = int(said["month"])
        if not 1 <= number <= 12:
            return None
        ahead = number > today.month
        year = int(said["year"] or today.year - (1 if said["before"] or ahead else 0))
        if not 1 < year < 9999:
            return None
        months = year * 12 + number - 1
    days = _third(months, said["third"], when)
    return Between(days.start) if said["since"] else days


def _third(months: int, third: str | None, when: When) -> Between:
    """The month that is *months* after the first one, or a third of it."""
    year, month = divmod(months, 12)
    first, last = _THIRDS[third]
    last = min(last, monthrange(year, month + 1)[1])
    return _days(date(year, month + 1, first), date(year, month + 1, last), when)


def _days(first: date, last: date, when: When) -> Between:
    return Between(day_begins(first, when.zone), day_begins(last + timedelta(days=1), when.zone))
