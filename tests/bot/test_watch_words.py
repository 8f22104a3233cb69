"""Watches as people type them, in both languages."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.moments import When
from bot.parse import ParseError, parse
from bot.watch_commands import (
    ChangeWatch,
    EditWatch,
    Numbered,
    ShowWatches,
    Until,
    WatchChange,
    WatchTrace,
)
from bot.watch_options import Said
from tracing.model import DEFAULT_PERIOD, Last
from tracing.quiet import Quiet
from tracing.timetable import Timetable

WHEN = When(datetime(2026, 10, 15, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
QUARTER = timedelta(minutes=15)


@pytest.mark.parametrize(
    ("text", "every", "more_than", "within"),
    [
        ("watch failed to *@partner.com", QUARTER, 0, QUARTER),
        ("/watch trace failed to *@partner.com every 1 hour", 4 * QUARTER, 0, 4 * QUARTER),
        ("watch every 5m failed to *@partner.com more than 10", QUARTER / 3, 10, QUARTER / 3),
        ("watch failed to *@partner.com more than 10 failures in 30 min", QUARTER, 10, 2 * QUARTER),
        ("監視 失敗 宛先 *@partner.com 15分ごと", QUARTER, 0, QUARTER),
        ("監視 失敗 宛先 *@partner.com 間隔 1時間 10件超", 4 * QUARTER, 10, 4 * QUARTER),
        ("監視 失敗 宛先 *@partner.com １時間毎", 4 * QUARTER, 0, 4 * QUARTER),
    ],
)
def test_watch(text: str, every: timedelta, more_than: int, within: timedelta) -> None:
    """The options stand anywhere among the conditions, which are those of a trace."""
    command = parse(text, WHEN)

    assert isinstance(command, WatchTrace)
    watch = command.watch
    assert (watch.every, watch.more_than, watch.within) == (every, more_than, within)
    assert [pattern.text for pattern in watch.query.recipients] == ["*@partner.com"]
    assert watch.query.statuses == ("failed",)


@pytest.mark.parametrize(
    ("text", "percent", "more_than", "within"),
    [
        ("watch failed to *@partner.com more than 20 % in 1h", 20, 0, 4 * QUARTER),
        ("watch failed more than 20% of mail in 1 hour to *@partner.com", 20, 0, 4 * QUARTER),
        ("watch failed more than 20 percent of all mail to *@partner.com", 20, 0, QUARTER),
        ("watch failed to *@partner.com more than 5 more than 20% in 2h", 20, 5, 8 * QUARTER),
        ("監視 失敗 宛先 *@partner.com 20%超 1時間", 20, 0, 4 * QUARTER),
        ("監視 失敗 宛先 *@partner.com ２０％を超えたら 1時間以内", 20, 0, 4 * QUARTER),
        ("監視 失敗 宛先 *@partner.com 1時間に 20パーセント超", 20, 0, 4 * QUARTER),
        ("監視 失敗 宛先 *@partner.com 30分で 5件超 20%超", 20, 5, 2 * QUARTER),
    ],
)
def test_parts(text: str, percent: int, more_than: int, within: timedelta) -> None:
    """A part of all mail is said as people say it, with a number or without."""
    command = parse(text, WHEN)

    assert isinstance(command, WatchTrace)
    watch = command.watch
    assert (watch.percent, watch.more_than, watch.within) == (percent, more_than, within)
    assert [pattern.text for pattern in watch.query.recipients] == ["*@partner.com"]
    assert watch.query.period == DEFAULT_PERIOD


@pytest.mark.parametrize(
    ("text", "hours", "days"),
    [
        ("watch failed quiet 22:00-7:00 to *@partner.com", (22, 7), False),
        ("watch failed to *@partner.com quiet 22 to 7 working days", (22, 7), True),
        ("watch failed quiet 22:00 - 07:00 weekdays to *@partner.com", (22, 7), True),
        ("watch failed to *@partner.com quiet off all days", (0, 0), False),
        ("監視 失敗 静かな時間 22時〜7時 宛先 *@partner.com 平日のみ", (22, 7), True),
        ("監視 失敗 宛先 *@partner.com 静かな時間 ２２：００から７：００まで 毎日", (22, 7), False),
        ("監視 失敗 宛先 *@partner.com 静かな時間 なし", (0, 0), False),
    ],
)
def test_quiet(text: str, hours: tuple[int, int], days: bool) -> None:
    """Quiet hours and days off are by the clocks of whoever says them."""
    command = parse(text, WHEN)

    assert isinstance(command, WatchTrace)
    assert command.quiet == Quiet(time(hours[0]), time(hours[1]), days, "Asia/Tokyo")
    assert [pattern.text for pattern in command.watch.query.recipients] == ["*@partner.com"]


NAMES = ("佐藤 美咲", "Tanaka", "Sato", "Sato Misaki", "Ito")


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("watch failed mention me to *@partner.com", ("",)),
        (
            "watch failed to *@partner.com mention Sato Misaki, tanaka and me every 15m",
            ("Sato Misaki", "Tanaka", ""),
        ),
        ("watch failed to *@partner.com mention nobody", ()),
        ("watch failed to *@partner.com mention me me", ("",)),
        ("監視 失敗 宛先 *@partner.com メンション 佐藤 美咲 と 自分 平日のみ", ("佐藤 美咲", "")),
        ("監視 失敗 メンション @Tanaka、 宛先 *@partner.com", ("Tanaka",)),
        ("監視 失敗 宛先 *@partner.com メンション なし", ()),
    ],
)
def test_mentions(text: str, mentions: tuple[str, ...]) -> None:
    """People are named as Teams writes their mention into the text, or as oneself."""
    command = parse(text, WHEN, NAMES)

    assert isinstance(command, WatchTrace)
    assert command.mentions == mentions
    assert [pattern.text for pattern in command.watch.query.recipients] == ["*@partner.com"]


@pytest.mark.parametrize("text", ["watch mine every 1h", "監視 自分のメール 1時間ごと"])
def test_mine(text: str) -> None:
    """One's own mail can be watched too."""
    command = parse(text, WHEN)

    assert isinstance(command, WatchTrace)
    assert command.watch.mine


def test_no_ticket() -> None:
    """A ticket says why somebody looks this once; it stands in no watch."""
    command = parse("watch to ceo@contoso.co.jp ticket INC1", WHEN)

    assert isinstance(command, WatchTrace)
    assert command.watch.query.ticket == ""


@pytest.mark.parametrize(
    ("text", "change", "until"),
    [
        ("unwatch 3", WatchChange.STOP, Until.HOUR),
        ("監視解除 ３", WatchChange.STOP, Until.HOUR),
        ("pause #3", WatchChange.PAUSE, Until.HOUR),
        ("再開 3", WatchChange.RESUME, Until.HOUR),
        ("snooze 3", WatchChange.SNOOZE, Until.HOUR),
        ("snooze 3 until tomorrow", WatchChange.SNOOZE, Until.TOMORROW),
        ("休止 3 明日まで", WatchChange.SNOOZE, Until.TOMORROW),
        ("test 3", WatchChange.TEST, Until.HOUR),
    ],
)
def test_change(text: str, change: WatchChange, until: Until) -> None:
    """A watch is named by the number that its owner sees."""
    assert parse(text, WHEN) == ChangeWatch(Numbered(3), change, until)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("edit 3", Said()),
        ("変更 ３", Said()),
        ("edit 3 every 30m", Said(every=2 * QUARTER)),
        ("変更 3 30分ごと", Said(every=2 * QUARTER)),
        (
            "edit #3 threshold off all days mention nobody",
            Said(more_than=0, percent=0, working_days=False, mentions=()),
        ),
        ("変更 3 しきい値なし 静かな時間 なし", Said(more_than=0, percent=0, hours=(time(), time()))),
        ("変更 3 しきい値 なし", Said(more_than=0, percent=0)),
        ("edit 3 mention me Ito", Said(mentions=("", "Ito"))),
    ],
)
def test_edit(text: str, said: Said) -> None:
    """What is said of a watch is changed, and nothing else; its number alone asks for the form."""
    assert parse(text, WHEN, NAMES) == EditWatch(Numbered(3), said, None, "Asia/Tokyo")


def test_edit_conditions() -> None:
    """Conditions behind the number are the watch's from now on, without a ticket."""
    command = parse("edit 3 failed to *@partner.com ticket INC1 every 1h", WHEN)

    assert isinstance(command, EditWatch)
    assert command.query is not None
    assert (command.query.statuses, command.query.ticket) == (("failed",), "")
    assert command.said == Said(every=4 * QUARTER)


@pytest.mark.parametrize("text", ["watches", "watch", "監視", "監視一覧"])
def test_list(text: str) -> None:
    """The command alone shows those there are."""
    assert parse(text, WHEN) == ShowWatches()


@pytest.mark.parametrize(
    ("text", "expected", "word"),
    [
        ("watch failed every 1m", "every", "1m"),
        ("watch failed every 2d", "every", "2d"),
        ("watch failed every", "every", ""),
        ("監視 失敗 1分ごと", "every", "1分ごと"),
        ("watch failed yesterday", "watch_period", "watch"),
        ("watch failed more than", "threshold", ""),
        ("watch failed more than many", "threshold", "many"),
        ("watch failed more than 3 in a while", "within", "in"),
        ("監視 失敗 0件超", "threshold", "0件超"),
        ("watch failed more than 0 %", "threshold", "0"),
        ("watch failed more than 100%", "threshold", "100%"),
        ("監視 失敗 100%超", "threshold", "100%超"),
        ("watch failed more than 5 in 3d", "within", "in"),
        ("監視 失敗 20%超 3日", "within", "3日"),
        ("watch to *@partner.com more than 20 %", "percent_of", "watch"),
        ("watch failed quiet", "quiet", ""),
        ("watch failed quiet 22:00", "quiet", "22:00"),
        ("watch failed quiet 7-7", "quiet", "7-7"),
        ("監視 失敗 静かな時間 25時〜7時", "quiet", "25時〜7時"),
        ("watch failed mention", "mention", ""),
        ("watch failed mention @Nobody", "mention", "@Nobody"),
        ("watch failed mention me Ito Tanaka Sato Misaki", "mention", "me"),
        ("edit", "watch_number", ""),
        ("edit three every 1h", "watch_number", "three"),
        ("edit 3 nonsense", "field", "nonsense"),
        ("edit 3 failed yesterday", "watch_period", "edit"),
        ("edit 3 daily at 9:00 every 1h", "digest_alone", "edit"),
        ("edit 3 threshold", "threshold", ""),
        ("edit 3 threshold 5", "threshold", "5"),
        ("watch failed daily at 9:00 every 1h", "digest_alone", "watch"),
        ("unwatch", "watch_number", ""),
        ("unwatch three", "watch_number", "three"),
        ('watch subject "x', "quote", '"x'),
        ("watch nonsense", "field", "nonsense"),
    ],
)
def test_what_was_expected(text: str, expected: str, word: str) -> None:
    """What is not understood is marked, with what belongs there."""
    with pytest.raises(ParseError) as wrong:
        parse(text, WHEN, NAMES)

    fault = wrong.value
    assert (fault.expected, text[fault.position : fault.position + fault.length]) == (expected, word)


@pytest.mark.parametrize(
    ("text", "at", "weekday"),
    [
        ("watch failed direction outbound daily at 9:00", time(9), None),
        ("watch failed digest daily 9:00", time(9), None),
        ("watch failed every day at 8", time(8), None),
        ("digest failed", time(9), None),
        ("digest mine daily at 9pm", time(21), None),
        ("watch failed every Monday at 8:30 am", time(8, 30), 0),
        ("watch failed weekly on friday at 17:00", time(17), 4),
        ("watch failed weekly", time(9), 0),
        ("監視 失敗 毎日 9時", time(9), None),
        ("監視 失敗 毎朝8時半", time(8, 30), None),
        ("監視 失敗 毎週月曜 9時", time(9), 0),
        ("監視 失敗 毎週金曜日の17時に", time(17), 4),
        ("監視 失敗 毎週 月曜 午前9時", time(9), 0),
        ("ダイジェスト 失敗 毎週", time(9), 0),
    ],
)
def test_digests(text: str, at: time, weekday: int | None) -> None:
    """A digest is said with its day and time, which are those of the person's zone."""
    command = parse(text, WHEN)

    assert isinstance(command, WatchTrace)
    assert command.watch.timetable == Timetable(at, "Asia/Tokyo", weekday)
    assert command.watch.query.period == Last(timedelta(days=1 if weekday is None else 7))


@pytest.mark.parametrize(
    "text", ["watch failed daily every 15m", "watch failed daily more than 5", "監視 失敗 毎朝 10件超"]
)
def test_digests_count_everything(text: str) -> None:
    """What concerns alerts cannot be said of a digest."""
    with pytest.raises(ParseError) as wrong:
        parse(text, WHEN)

    assert wrong.value.expected == "digest_alone"


@pytest.mark.parametrize("text", ["監視 失敗 毎日", "監視 失敗 毎日 静かな時間 22時〜7時"])
def test_each_day_without_a_time(text: str) -> None:
    """Without a time, 毎日 says only that no day is off: such a watch looks as often as any."""
    command = parse(text, WHEN)

    assert isinstance(command, WatchTrace)
    assert command.watch.timetable is None
    assert not command.quiet.working_days


def test_a_time_that_is_none() -> None:
    """What is said behind 毎日 and is no time of day is not understood, rather than ignored."""
    with pytest.raises(ParseError):
        parse("監視 失敗 毎日25時", WHEN)
