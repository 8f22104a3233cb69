"""When a digest is to come, in words → days and a time of day.

times = (daily | every day | weekly | every monday | 毎朝 | 毎週月曜) [at] [time] | 毎日 time

Without a time, 毎日 says that there are no days off.
"""

import re
from datetime import time

from bot.days import read_time
from bot.time_words import WEEKDAYS
from bot.tokens import Token
from tracing.timetable import USUAL_TIME

DIGEST = ("digest", "ダイジェスト", "まとめ", "日報", "週報")
"""Words for a watch that speaks at set times; alone, each day at the usual time."""

_EACH_DAY = "毎日"
_DAILY = ("daily", _EACH_DAY, "毎朝")
_WEEKLY = ("weekly", "毎週")
_BEFORE_TIME = ("at", "on", "の", "に")
_ATTACHED = re.compile(
    r"(毎日|毎朝|毎週(?:の)?(?P<day>[月火水木金土日]曜日?)?)(?:の|に)?(?P<time>.*?)(?:に)?"
)
_MONDAY = 0
_MOST_WORDS = 2


def read_times(first: Token, rest: list[Token]) -> tuple[int | None, time] | None:
    """The weekday, None for each day, and the time that *first* begins to say; what of *rest* belongs to it
    is taken. None when it says nothing of the kind."""
    key = first.key
    if key == "every" and rest and rest[0].key == "day":
        del rest[0]
        return None, _time(rest)
    if key == "every" and rest and rest[0].key in WEEKDAYS:
        return WEEKDAYS[rest.pop(0).key], _time(rest)
    if key == _EACH_DAY and not _says_time(rest):
        return None
    if key in _DAILY:
        return None, _time(rest)
    if key in _WEEKLY:
        return _weekday(rest), _time(rest)
    said = _ATTACHED.fullmatch(key)
    if said is None:
        return None
    at = read_time(said["time"]) if said["time"] else _time(rest)
    if at is None:
        return None
    weekly = key.startswith("毎週")
    return (WEEKDAYS[said["day"]] if said["day"] else _MONDAY) if weekly else None, at


def _weekday(rest: list[Token]) -> int:
    """The day of the week that comes next, and is taken; Monday where there is none."""
    for skipped in (0, 1):
        if len(rest) > skipped and rest[skipped].key in WEEKDAYS:
            if skipped and rest[0].key not in _BEFORE_TIME:
                break
            weekday: int = WEEKDAYS[rest[skipped].key]
            del rest[: skipped + 1]
            return weekday
    return _MONDAY


def _says_time(rest: list[Token]) -> bool:
    """Whether a time of day comes next; nothing is taken."""
    left = list(rest)
    _time(left)
    return len(left) < len(rest)


def _time(rest: list[Token]) -> time:
    """The time of day that comes next, and is taken; the usual one where there is none."""
    skipped = 1 if rest and rest[0].key in _BEFORE_TIME else 0
    for count in range(_MOST_WORDS, 0, -1):
        words = rest[skipped : skipped + count]
        key = " ".join(token.key for token in words).removesuffix("に")
        at = read_time(key) or (read_time(f"{key}:00") if skipped and key.isdecimal() else None)
        if len(words) == count and at is not None:
            del rest[: skipped + count]
            return at
    return USUAL_TIME
