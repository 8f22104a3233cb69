"""How one reader reads: language, locale and time zone; dates, numbers and sizes come from Babel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime, format_skeleton, format_timedelta, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from cards.texts import TEXTS, Language

_UNITS: tuple[tuple[Literal["day", "hour", "minute", "second"], timedelta], ...] = (
    ("day", timedelta(days=1)),
    ("hour", timedelta(hours=1)),
    ("minute", timedelta(minutes=1)),
    ("second", timedelta(seconds=1)),
)
_NEVER_ROUND = 1e9
"""Babel takes the next larger unit once there are this many of it."""


@dataclass(frozen=True)
class Reader:
    """`language` picks the words, `locale` the forms of dates and numbers, `zone` the clock."""

    language: Language
    locale: Locale
    zone: ZoneInfo

    def say(self, key: str, **values: object) -> str:
        """The sentence *key*; `n` is spelt in the reader's numerals and picks the plural of `one|other`."""
        sentence = TEXTS[key][self.language]
        n = values.get("n")
        if isinstance(n, int):
            one, _, other = sentence.partition("|")
            sentence = one if not other or self.locale.plural_form(n) == "one" else other
            values["n"] = self.number(n)
        return sentence.format_map(values)

    def number(self, value: int) -> str:
        return format_decimal(value, locale=self.locale)

    def listed(self, words: Sequence[str]) -> str:
        """*words* one after another: A、B、C."""
        return format_list(words, locale=self.locale)

    def date_time(self, value: datetime) -> str:
        """Date and time to the second, without the zone."""
        return format_datetime(value, "medium", tzinfo=self.zone, locale=self.locale)

    def short(self, value: datetime) -> str:
        """Day and minute: 11月23日 10:42; in the hour that comes twice, with the offset that tells which."""
        local = value.astimezone(self.zone)
        parts = [format_skeleton(part, local, locale=self.locale) for part in ("MMMd", "Hm")]
        if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
            parts.append(self.offset(value))
        return " ".join(parts)

    def exact(self, value: datetime) -> str:
        """Day and second: 11月23日 10:42:05."""
        local = value.astimezone(self.zone)
        return " ".join(format_skeleton(part, local, locale=self.locale) for part in ("MMMd", "Hms"))

    def clock(self, value: datetime) -> str:
        """The time of day to the second."""
        return format_skeleton("Hms", value.astimezone(self.zone), locale=self.locale)

    def weekday(self, day: int) -> str:
        """The name of a weekday, 0 for Monday."""
        return str(self.locale.days["format"]["wide"][day])

    def duration(self, value: timedelta) -> str:
        """A length of time in the largest unit that holds it exactly: 48 hours are two days."""
        unit = next(
            (unit for unit, length in _UNITS if value >= length and not value % length), _UNITS[-1][0]
        )
        return format_timedelta(value, unit, threshold=_NEVER_ROUND, locale=self.locale)

    def elapsed(self, value: timedelta) -> str:
        """A length of time in its two largest units, for a narrow column: 5 分 5 秒."""
        left = max(value, timedelta(0))
        parts: list[str] = []
        for unit, length in _UNITS:
            count, left = divmod(left, length)
            if count or (unit == "second" and not parts):
                parts.append(format_unit(count, unit, "short", locale=self.locale))
        return " ".join(parts[:2])

    def size(self, value: int) -> str:
        """Bytes as a person reads them."""
        for unit, factor in (("megabyte", 1_000_000), ("kilobyte", 1_000)):
            if value >= factor:
                return format_unit(round(value / factor, 1), unit, "short", locale=self.locale)
        return format_unit(value, "byte", "long", locale=self.locale)

    def offset(self, value: datetime) -> str:
        """The zone at *value*, as `UTC+09:00`."""
        shift = value.astimezone(self.zone).strftime("%z")
        return f"UTC{shift[:3]}:{shift[3:5]}"

    def zone_name(self, value: datetime) -> str:
        """What the zone is called at *value*: 日本標準時."""
        return get_timezone_name(value.astimezone(self.zone), "long", locale=self.locale)


def reader_of(locale: str, time_zone: str, default_zone: ZoneInfo) -> Reader:
    """The reader whose client says *locale* and *time_zone*; the unknown reads English in *default_zone*."""
    try:
        known = Locale.parse(locale, sep="-")
    except (ValueError, TypeError, UnknownLocaleError):
        known = Locale("en", "US")
    if known.language not in ("ja", "en"):
        known = Locale("en", "US")
    return Reader("ja" if known.language == "ja" else "en", known, _zone(time_zone, default_zone))


def _zone(name: str, default: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else default
    except (KeyError, ValueError, OSError):
        return default
