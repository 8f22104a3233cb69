"""What auditors type."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands import Audit
from bot.moments import When
from bot.parse import ParseError, parse
from bot.record import AuditQuery
from bot.spelling import spell_audit
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import Last

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
WEEK = Last(timedelta(days=7))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("audit", AuditQuery(WEEK)),
        ("audit last 7d by sato", AuditQuery(WEEK, "sato")),
        ("監査 期間 7日 実行者 佐藤 美咲", AuditQuery(WEEK, "佐藤 美咲")),
        ("audit by John Smith last 24h", AuditQuery(Last(timedelta(hours=24)), "John Smith")),
        (
            "audit yesterday ticket INC-1",
            AuditQuery(Calendar(CalendarUnit.DAY, 1, "Asia/Tokyo"), ticket="INC-1"),
        ),
        ('audit by "last one"', AuditQuery(WEEK, "last one")),
    ],
)
def test_read(text: str, asked: AuditQuery) -> None:
    """Time, person and ticket in any order, in both languages; spelt again it is the same."""
    assert parse(text, WHEN) == Audit(asked)
    if "last one" not in text:
        assert parse(spell_audit(asked), WHEN) == Audit(asked)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("audit nonsense", "audit"),
        ("audit by", "by"),
        ("audit by " + "x" * 200, "by"),
        ("audit last nonsense", "duration"),
        ("audit ticket !", "ticket"),
        ("audit 10/12-10/10", "range"),
    ],
)
def test_misread(text: str, expected: str) -> None:
    """What is wrong is named."""
    with pytest.raises(ParseError) as wrong:
        parse(text, WHEN)

    assert wrong.value.expected == expected
