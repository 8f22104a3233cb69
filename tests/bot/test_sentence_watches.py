"""What a sentence does with watches that stand: only what it plainly asks for."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands import Command
from bot.moments import When
from bot.parse import ParseError, parse
from bot.watch_commands import ChangeWatch, Numbered, WatchChange

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))


def read(text: str) -> Command | None:
    """What would be run, None where nothing is without being asked."""
    try:
        return parse(text, WHEN)
    except ParseError:
        return None


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("stop watch 3", WatchChange.STOP),
        ("please stop the watch number 3, thanks", WatchChange.STOP),
        ("can you stop watch 3?", WatchChange.STOP),
        ("can you pause watch 3 please", WatchChange.PAUSE),
        ("監視3を止めて", WatchChange.STOP),
        ("3番の監視をやめたい", WatchChange.STOP),
        ("3番の監視を再開してほしいです。", WatchChange.RESUME),
    ],
)
def test_wish(text: str, change: WatchChange) -> None:
    """A wish about a watch is taken, however polite."""
    assert read(text) == ChangeWatch(Numbered(3), change)


@pytest.mark.parametrize(
    "text",
    [
        "did bob send 3 mails to partner.com yesterday?",
        "I need to send 3 files to bob@partner.com",
        "the weekend 3 days ago",
        "cancel 3 mails from bob@partner.com",
        "why did you stop watch 3?",
        "please don't stop watch 3",
        "who paused watch 3",
        "監視3を止めないで",
        "監視3を停止した人は誰ですか",
        "監視3を止めたのは誰",
        "3番の監視を再開しないでください",
    ],
)
def test_no_wish(text: str) -> None:
    """Words that only speak of one, forbid it, or mean something else change no watch."""
    assert not isinstance(read(text), ChangeWatch)
