"""Words of time, English and Japanese: days, weeks, months, numbers. Pure tables."""

import re
from collections.abc import Iterable, Mapping

from babel.dates import get_day_names, get_month_names

from tracing.calendar import CalendarUnit

DAYS_AGO: Mapping[str, int] = {
    "today": 0, "今日": 0, "本日": 0, "きょう": 0,
    "yesterday": 1, "昨日": 1, "きのう": 1, "前日": 1,
    "the day before yesterday": 2, "day before yesterday": 2, "一昨日": 2, "おととい": 2, "おとつい": 2,
}  # fmt: skip

_WEEK, _MONTH = CalendarUnit.WEEK, CalendarUnit.MONTH
CALENDAR: Mapping[str, tuple[CalendarUnit, int]] = {
    "this week": (_WEEK, 0), "今週": (_WEEK, 0), "こんしゅう": (_WEEK, 0),
    "last week": (_WEEK, 1), "先週": (_WEEK, 1), "前週": (_WEEK, 1), "せんしゅう": (_WEEK, 1),
    "先々週": (_WEEK, 2),
    "this month": (_MONTH, 0), "今月": (_MONTH, 0),
    "last month": (_MONTH, 1), "先月": (_MONTH, 1), "前月": (_MONTH, 1), "せんげつ": (_MONTH, 1),
    "先々月": (_MONTH, 2),
}  # fmt: skip
"""Weeks and months of the calendar, and how many of them ago."""

MONTHS: Mapping[str, int] = {
    name.casefold(): n
    for names in (get_month_names("wide", locale="en"), get_month_names("abbreviated", locale="en"))
    for n, name in names.items()
} | {"sept": 9}

_WEEKDAYS = {
    name.casefold(): n
    for names in (
        get_day_names("wide", locale="en"),
        get_day_names("abbreviated", locale="en"),
        get_day_names("wide", locale="ja"),
    )
    for n, name in names.items()
}
WEEKDAYS: Mapping[str, int] = _WEEKDAYS | {
    name.removesuffix("日"): n for name, n in _WEEKDAYS.items() if name.endswith("曜日")
}
"""Names of the days of the week, in small letters → 0 for Monday."""

WEEKDAY_LETTERS: Mapping[str, int] = {
    name: n for n, name in get_day_names("abbreviated", locale="ja").items()
}
"""The same of 月, 火 and so on, which are other words alone."""

_DIGITS = "〇一二三四五六七八九"


def _in_kanji(n: int) -> str:
    tens, ones = divmod(n, 10)
    return (_DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (_DIGITS[ones] if ones else "")


COUNTS: Mapping[str, int] = {
    "a": 1, "an": 1, "one": 1, "a couple of": 2, "couple of": 2, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20,
    "twenty-four": 24, "thirty": 30, "forty-eight": 48,
    **{_in_kanji(n): n for n in range(1, 100)},
}  # fmt: skip
"""Numbers as words."""


def count_of(word: str) -> int:
    """The number that *word* is, in digits or one of COUNTS."""
    return int(word) if word.isdecimal() else COUNTS[word]


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of *words*, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
