"""Parts of a day as people name them → the hours they stand for. Pure.

The hours are wide rather than narrow: a message too many is seen, one too few is missed. 24 and more are of
the day after: a night is one night, and its small hours belong to it.
"""

from collections.abc import Mapping

Hours = tuple[int, int]
"""From one full hour to another."""

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
"""Words that name the day with it: how many days ago, and the hours."""

AROUND_HOURS = 1
"""Hours before and behind a time that begins and ends nothing: clocks differ, and messages take time."""


def in_part(hour: int, part: Hours) -> int:
    """The hour of the day that a clock's *hour* is in *part*: 10 at night is 22."""
    return next((one for one in (hour, hour + 12) if part[0] <= one < part[1] and one < 24), hour)
