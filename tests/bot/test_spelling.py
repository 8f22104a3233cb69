"""Conditions in words are understood as the same conditions."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands import Mine, Trace
from bot.moments import When
from bot.parse import parse
from bot.spelling import spell, spell_period
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import BlankIp, Last, TraceQuery

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))


@pytest.mark.parametrize(
    "text",
    [
        "trace sender *@hoge.com",
        "trace from a@x.jp,b@x.jp to *@y.com status failed,spam last 7d",
        "trace a@x.jp,b@x.jp last 90m",
        "trace <CAF9x7f2@mail.hoge.com>",
        "trace id 0b6c9a2e-1d3f-4e5a-9b7c-8d6e5f4a3b2c last 2w",
        'trace subject starts "Invoice 10" direction inbound ip 192.0.2.0/24',
        '追跡 件名 一致 「"10月度" 請求書」 昨日',
        "trace from *@hoge.com since 10/10 9:00 until 10/11",
        "trace from *@hoge.com last week",
        "trace from *@hoge.com this month",
        "追跡 送信者 *@hoge.com 一昨日",
        "trace to ceo@x.jp ticket INC-123",
        "mine last 3d",
    ],
)
def test_spelt_and_read(text: str) -> None:
    """What was asked, put in words again, asks the same."""
    command = parse(text, WHEN)
    assert isinstance(command, Trace | Mine)
    word = "mine" if isinstance(command, Mine) else "trace"

    assert parse(spell(command.query, word), WHEN) == command


def test_what_no_text_says() -> None:
    """A blank address and a length of seconds have words too."""
    assert "ip blank" in spell(TraceQuery(from_ips=(BlankIp.BLANK,)))
    assert spell_period(Last(timedelta(seconds=90))) == "last 2m"
    assert spell_period(Calendar(CalendarUnit.DAY, 5, "UTC")) == "day -5"
