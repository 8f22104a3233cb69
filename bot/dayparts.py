"""Parts of a day and the hours they mean. Pure.

The hours are generous: a message too many is seen, a missing one is not. Hours from 24 on belong to the
next day, so a night includes its early morning.
"""

from collections.abc import Mapping

Hours = tuple[int, int]
"""A range of full hours."""

_NIGHT = (18, 29)

PARTS: Mapping[str, Hours] = {
    **dict.fromkeys(("朝", "あさ", "朝方", "朝一", "朝イチ", "朝いち"), (5, 10)),
    **dict.fromkeys(("early morning", "早朝", "明け方"), (4, 8)),
    "morning": (5, 12),
    **dict.fromkeys(("午前", "午前中", "ごぜん"), (0, 12)),
    **dict.fromkeys(("昼", "お昼", "ひる", "おひる", "昼間", "昼頃", "昼休み", "お昼休み"), (11, 14)),
    **dict.fromkeys(("noon", "midday", "lunchtime", "lunch"), (11, 14)),
    **dict.fromkeys(("午後一", "午後イチ", "午後いち"), (12, 15)),
    **dict.fromkeys(("午後", "ごご", "afternoon"), (12, 18)),
    **dict.fromkeys(("夕方", "ゆうがた", "夕刻", "夕"), (15, 19)),
    "evening": (17, 22),
    **dict.fromkeys(("夜", "よる", "晩", "夜間", "night"), _NIGHT),
    **dict.fromkeys(("深夜", "夜中", "真夜中", "midnight"), (22, 29)),
    "未明": (0, 5),
}

NAMED_PARTS: Mapping[str, tuple[int, Hours]] = {
    **dict.fromkeys(("今朝", "けさ"), (0, (5, 10))),
    **dict.fromkeys(("昨夜", "昨晩", "ゆうべ", "夕べ", "さくや", "last night", "overnight"), (1, _NIGHT)),
    **dict.fromkeys(("今夜", "今晩", "こんや", "こんばん", "tonight"), (0, _NIGHT)),
    "this morning": (0, (5, 12)),
    "this afternoon": (0, (12, 18)),
    "this evening": (0, (17, 22)),
}
"""Words that also name the day: days ago, and the hours."""

AROUND_HOURS = 1
"""Hours added before and after a single time: clocks differ, and messages take time."""


def in_part(hour: int, part: Hours) -> int:
    """The hour of the day for a clock's *hour* in *part*: 10 at night is 22."""
    return next((one for one in (hour, hour + 12) if part[0] <= one < part[1] and one < 24), hour)
