"""What a person types becomes one command, or a fault with its place."""

from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands import (
    AskName,
    Command,
    Explain,
    ForgetKept,
    Help,
    Mine,
    Named,
    Preset,
    RenameKept,
    Report,
    RunKept,
    SaveSearch,
    ShowForm,
    ShowRecent,
    ShowSaved,
    Trace,
)
from bot.moments import When
from bot.parse import MAX_TEXT, MAX_VALUES, SENTENCE, ParseError, parse
from bot.sentences import read_sentence
from cards.report_file import ReportKind
from tracing.calendar import Calendar, CalendarUnit
from tracing.model import (
    AddressPattern,
    Between,
    BlankIp,
    DeliveryStatus,
    Direction,
    Last,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)

NOW = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
TOKYO = When(NOW, ZoneInfo("Asia/Tokyo"))
GUID = "0a1b2c3d-0000-4000-8000-00000000abcd"


def days(count: int) -> Last:
    return Last(timedelta(days=count))


def calendar(unit: CalendarUnit, back: int) -> Calendar:
    return Calendar(unit, back, "Asia/Tokyo")


def p(*texts: str) -> tuple[AddressPattern, ...]:
    return tuple(AddressPattern(text) for text in texts)


def tokyo(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=TOKYO.zone)


HOGE = Trace(TraceQuery(senders=p("*@hoge.com")))


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("", Help()),
        ("  \n\u3000", Help()),
        ("help", Help()),
        ("/HELP me", Help()),
        ("ヘルプ", Help()),
        ("？", Help()),
        ("help more", Help(more=True)),
        ("ヘルプ 詳細", Help(more=True)),
        ("saved", ShowSaved()),
        ("保存した検索", ShowSaved()),
        ("/recent", ShowRecent()),
        ("履歴", ShowRecent()),
        ("save", AskName()),
        ("save Failures from  hoge.com", SaveSearch("Failures from hoge.com")),
        ("保存 「月次 請求書」", SaveSearch("月次 請求書")),
        ("run last week", RunKept(Named("last week"))),
        ("run", ShowSaved()),
        ("実行 月次請求書", RunKept(Named("月次請求書"))),
        ("forget x", ForgetKept(Named("x"))),
        ("削除", ShowSaved()),
        ("rename a b to c d", RenameKept(Named("a b"), "c d")),
        ('rename "to" "c d"', RenameKept(Named("to"), "c d")),
        ("名前変更 請求書 を 月次請求書", RenameKept(Named("請求書"), "月次請求書")),
        ("rename", ShowSaved()),
        ("trace", ShowForm()),
        ("/追跡", ShowForm()),
        ("trace sent", Preset("sent")),
        ("trace received", Preset("received")),
        ("trace sent all", Preset("sent", all_domains=True)),
        ("追跡 受信済み すべて", Preset("received", all_domains=True)),
        ("追跡 送信済み 全ドメイン", Preset("sent", all_domains=True)),
        ("trace pending", Preset("pending")),
        ("trace quarantined", Preset("quarantined")),
        ("追跡 失敗", Preset("failed")),
        ("mine", Mine()),
        ("自分のメール", Mine()),
        ("mine last 3d", Mine(TraceQuery(days(3)))),
        ("mine failed", Mine(TraceQuery(days(7), statuses=(DeliveryStatus.FAILED,)))),
        ("/trace sender *@hoge.com", HOGE),
        ("trace sender:*@hoge.com", HOGE),
        ("trace from=@hoge.com", HOGE),
        ("trace from hoge.com", HOGE),
        ("trace sender: *@hoge.com", HOGE),
        ("sender *@hoge.com", HOGE),
        ("／ｔｒａｃｅ　ｓｅｎｄｅｒ　＊＠ｈｏｇｅ．ｃｏｍ", HOGE),
        ("追跡 送信者 *@HOGE.com", HOGE),
        ('trace sender "*@hoge.com"', HOGE),
        ("トレース 差出人「*@hoge.com」", HOGE),
        (
            "trace to info@with-wit.com last 2d",
            Trace(TraceQuery(days(2), recipients=p("info@with-wit.com"))),
        ),
        (
            "trace from a@x.jp,b@x.jp to *@y.com status failed last 7d",
            Trace(
                TraceQuery(
                    days(7),
                    senders=p("a@x.jp", "b@x.jp"),
                    recipients=p("*@y.com"),
                    statuses=(DeliveryStatus.FAILED,),
                )
            ),
        ),
        (
            "追跡 送信者 a@x.jp、b@x.jp 状態 失敗、保留中 期間 7日",
            Trace(
                TraceQuery(
                    days(7),
                    senders=p("a@x.jp", "b@x.jp"),
                    statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING),
                )
            ),
        ),
        ("trace from a@x.jp b@x.jp", Trace(TraceQuery(senders=p("a@x.jp", "b@x.jp")))),
        ("trace from a@x.jp , b@x.jp", Trace(TraceQuery(senders=p("a@x.jp", "b@x.jp")))),
        ("trace from a@x.jp, a@x.jp", Trace(TraceQuery(senders=p("a@x.jp")))),
        ("trace from a@x.jp, to b@x.jp", Trace(TraceQuery(senders=p("a@x.jp"), recipients=p("b@x.jp")))),
        ("trace a@x.jp", Trace(TraceQuery(involving=(p("a@x.jp"),)))),
        ("a@x.jp", Trace(TraceQuery(involving=(p("a@x.jp"),)))),
        ("trace <CAF9x@mail>", Trace(TraceQuery(days(10), message_ids=("<CAF9x@mail>",)))),
        ("trace <CAF9x@mail> last 3d", Trace(TraceQuery(days(3), message_ids=("<CAF9x@mail>",)))),
        ("trace id CAF9x@mail", Trace(TraceQuery(days(10), message_ids=("CAF9x@mail",)))),
        (
            "trace from a@x.jp <CAF9x@mail>",
            Trace(TraceQuery(days(10), senders=p("a@x.jp"), message_ids=("<CAF9x@mail>",))),
        ),
        (f"trace {GUID.upper()}", Trace(TraceQuery(days(10), message_trace_ids=(GUID,)))),
        (f"trace id {GUID}", Trace(TraceQuery(days(10), message_trace_ids=(GUID,)))),
        (
            "trace failed from a@x.jp",
            Trace(TraceQuery(senders=p("a@x.jp"), statuses=(DeliveryStatus.FAILED,))),
        ),
        (
            "trace status failed quarantined",
            Trace(TraceQuery(statuses=(DeliveryStatus.FAILED, DeliveryStatus.QUARANTINED))),
        ),
        ("trace id <a@b>, <c,d@e>", Trace(TraceQuery(days(10), message_ids=("<a@b>", "<c,d@e>")))),
        ("trace <a@b> <c@d>", Trace(TraceQuery(days(10), message_ids=("<a@b>", "<c@d>")))),
        ("trace <a@b> last 2d", Trace(TraceQuery(days(2), message_ids=("<a@b>",)))),
        (
            f"trace id {GUID},<a@b>",
            Trace(TraceQuery(days(10), message_ids=("<a@b>",), message_trace_ids=(GUID,))),
        ),
        (
            "trace id <a@b> tanaka@x.jp",
            Trace(TraceQuery(days(10), message_ids=("<a@b>",), involving=(p("tanaka@x.jp"),))),
        ),
        (
            "trace status getting status, filtered as spam",
            Trace(TraceQuery(statuses=(DeliveryStatus.GETTING_STATUS, DeliveryStatus.FILTERED_AS_SPAM))),
        ),
        (
            "trace status failed or pending",
            Trace(TraceQuery(statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING))),
        ),
        (
            "追跡 失敗、保留中 昨日",
            Trace(
                TraceQuery(
                    calendar(CalendarUnit.DAY, 1), statuses=(DeliveryStatus.FAILED, DeliveryStatus.PENDING)
                )
            ),
        ),
        ("trace ip blank", Trace(TraceQuery(from_ips=(BlankIp.BLANK,)))),
        (
            "追跡 送信元IP 10.0.0.0/8、空",
            Trace(TraceQuery(from_ips=(ip_network("10.0.0.0/8"), BlankIp.BLANK))),
        ),
        ("trace ip 2001:db8::/32", Trace(TraceQuery(from_ips=(ip_network("2001:db8::/32"),)))),
        ("trace client-ip 198.51.100.7", Trace(TraceQuery(client_ip=ip_network("198.51.100.7")))),
        ("追跡 クライアント IP 198.51.100.7", Trace(TraceQuery(client_ip=ip_network("198.51.100.7")))),
        (
            "trace subject starts with Invoice",
            Trace(TraceQuery(subject=SubjectFilter(SubjectMode.STARTS_WITH, "Invoice"))),
        ),
        (
            "追跡 件名 請求書 で始まる",
            Trace(TraceQuery(subject=SubjectFilter(SubjectMode.STARTS_WITH, "請求書"))),
        ),
        (
            "追跡 件名 請求書で終わる 昨日",
            Trace(
                TraceQuery(
                    calendar(CalendarUnit.DAY, 1), subject=SubjectFilter(SubjectMode.ENDS_WITH, "請求書")
                )
            ),
        ),
        (
            "追跡 件名「含む」を含む",
            Trace(TraceQuery(subject=SubjectFilter(SubjectMode.CONTAINS, "含む"))),
        ),
        ("追跡 件名 完全一致 見積", Trace(TraceQuery(subject=SubjectFilter(SubjectMode.EQUALS, "見積")))),
        ("追跡 件名 見積と一致する", Trace(TraceQuery(subject=SubjectFilter(SubjectMode.EQUALS, "見積")))),
        ("trace subject 請求書", Trace(TraceQuery(subject=SubjectFilter(SubjectMode.CONTAINS, "請求書")))),
        (
            "trace subject 「（株）見積 書」",
            Trace(TraceQuery(subject=SubjectFilter(SubjectMode.CONTAINS, "（株）見積 書"))),
        ),
        (
            'trace subject starts "Re: x"',
            Trace(TraceQuery(subject=SubjectFilter(SubjectMode.STARTS_WITH, "Re: x"))),
        ),
        (
            "trace subject ends from a@x.jp",
            Trace(TraceQuery(senders=p("a@x.jp"), subject=SubjectFilter(SubjectMode.CONTAINS, "ends"))),
        ),
        ("trace ip 203.0.113.0/24", Trace(TraceQuery(from_ips=(ip_network("203.0.113.0/24"),)))),
        ("trace direction 受信", Trace(TraceQuery(direction=Direction.INBOUND))),
        ("trace last week", Trace(TraceQuery(calendar(CalendarUnit.WEEK, 1)))),
        ("trace last: week", Trace(TraceQuery(calendar(CalendarUnit.WEEK, 1)))),
        ("trace last 1w", Trace(TraceQuery(days(7)))),
        ("trace last 7d", Trace(TraceQuery(days(7)))),
        ("trace last 2 weeks", Trace(TraceQuery(days(14)))),
        ("trace last 3 months", Trace(TraceQuery(days(90)))),
        ("trace last hour", Trace(TraceQuery(Last(timedelta(hours=1))))),
        ("trace 過去 1か月", Trace(TraceQuery(days(30)))),
        ("trace last month", Trace(TraceQuery(calendar(CalendarUnit.MONTH, 1)))),
        ("trace this week", Trace(TraceQuery(calendar(CalendarUnit.WEEK, 0)))),
        ("追跡 先週", Trace(TraceQuery(calendar(CalendarUnit.WEEK, 1)))),
        ("追跡 期間 今週", Trace(TraceQuery(calendar(CalendarUnit.WEEK, 0)))),
        ("追跡 期間 昨日", Trace(TraceQuery(calendar(CalendarUnit.DAY, 1)))),
        ("追跡 一昨日", Trace(TraceQuery(calendar(CalendarUnit.DAY, 2)))),
        ("追跡 昨日 9時", Trace(TraceQuery(Between(tokyo(22, 9))))),
        ("追跡 昨日から", Trace(TraceQuery(Between(tokyo(22))))),
        ("追跡 昨日 9時から12時まで", Trace(TraceQuery(Between(tokyo(22, 9), tokyo(22, 12))))),
        ("trace 11/20", Trace(TraceQuery(Between(tokyo(20), tokyo(21))))),
        ("trace 11/20 9:00-12:00", Trace(TraceQuery(Between(tokyo(20, 9), tokyo(20, 12))))),
        ("trace 11/20 9:00 - 11/21 12:00", Trace(TraceQuery(Between(tokyo(20, 9), tokyo(21, 12))))),
        ("追跡 11月20日 9時〜12時", Trace(TraceQuery(Between(tokyo(20, 9), tokyo(20, 12))))),
        ("追跡 11月20日 午後2時〜3時", Trace(TraceQuery(Between(tokyo(20, 14), tokyo(20, 15))))),
        ("追跡 11月20日の午後2時から15時まで", Trace(TraceQuery(Between(tokyo(20, 14), tokyo(20, 15))))),
        ("追跡 期間 11/20～11/22", Trace(TraceQuery(Between(tokyo(20), tokyo(23))))),
        ("trace 2026-11-20T09:00+09:00", Trace(TraceQuery(Between(tokyo(20, 9))))),
        ("trace 過去 48時間", Trace(TraceQuery(days(2)))),
        ("trace last 36 hours", Trace(TraceQuery(Last(timedelta(hours=36))))),
        ("trace since 2026/11/20 9:00", Trace(TraceQuery(Between(tokyo(20, 9))))),
        ("trace 開始 11月20日 9時 終了 昨日", Trace(TraceQuery(Between(tokyo(20, 9), tokyo(23))))),
        ("trace since 11/20 until 2026-11-21", Trace(TraceQuery(Between(tokyo(20), tokyo(22))))),
        ("trace until 2026-11-20 12:00", Trace(TraceQuery(Between(tokyo(18, 12), tokyo(20, 12))))),
        ("trace yesterday", Trace(TraceQuery(calendar(CalendarUnit.DAY, 1)))),
        (
            "trace from a@x.jp 今日",
            Trace(TraceQuery(calendar(CalendarUnit.DAY, 0), senders=p("a@x.jp"))),
        ),
        ("trace mail from *@hoge.com in the last 2 days", HOGE),
        ("find emails —sender *@hoge.com", HOGE),
        ("trace --sender=*@hoge.com", HOGE),
        ("検索 メール 送信者 *@hoge.com 2日間", HOGE),
        ("追跡 送信者 *@hoge.com 過去2日", HOGE),
        ("追跡 送信者 *@hoge.com 直近48時間以内", HOGE),
        ("trace from *@hoge.com past week", Trace(TraceQuery(days(7), senders=p("*@hoge.com")))),
        ("trace from 11/20 9:00 to 11/21", Trace(TraceQuery(Between(tokyo(20, 9), tokyo(22))))),
        ("trace 2026-11-20 to 2026-11-21", Trace(TraceQuery(Between(tokyo(20), tokyo(22))))),
        (
            "trace between Nov 20 9am and Nov 21 5 pm to a@x.jp",
            Trace(TraceQuery(Between(tokyo(20, 9), tokyo(21, 17)), recipients=p("a@x.jp"))),
        ),
        ("trace since 3 days ago", Trace(TraceQuery(Between(tokyo(20))))),
        ("追跡 3日前から", Trace(TraceQuery(Between(tokyo(20))))),
        ("追跡 昨日の9時から12時まで", Trace(TraceQuery(Between(tokyo(22, 9), tokyo(22, 12))))),
        ("trace bounced", Trace(TraceQuery(statuses=(DeliveryStatus.FAILED,)))),
        ("failed to *@x.jp", Trace(TraceQuery(statuses=(DeliveryStatus.FAILED,), recipients=p("*@x.jp")))),
        ("failed", Preset("failed")),
        ("送信済み すべて", Preset("sent", all_domains=True)),
        (
            "trace subject Invoice 10 of May from a@x.jp",
            Trace(
                TraceQuery(
                    senders=p("a@x.jp"), subject=SubjectFilter(SubjectMode.CONTAINS, "Invoice 10 of May")
                )
            ),
        ),
        (
            "追跡 件名 10月度 請求書 で始まる 昨日",
            Trace(
                TraceQuery(
                    calendar(CalendarUnit.DAY, 1),
                    subject=SubjectFilter(SubjectMode.STARTS_WITH, "10月度 請求書"),
                )
            ),
        ),
        ("trace my mail to a@x.jp", Mine(TraceQuery(days(7), recipients=p("a@x.jp")))),
        ("追跡 自分のメール", Mine(TraceQuery(days(7)))),
        ("trace help", Help()),
        ("trace mail", ShowForm()),
        ("こんにちは", Help()),
        ("what does 5.7.1 mean?", Explain("5.7.1")),
        ("5.1.10とは", Explain("5.1.10")),
    ],
)
def test_understood(text: str, command: Command) -> None:
    """Words of both languages, full-width forms, lists and quotes become the same command."""
    assert parse(text, TOKYO) == command


@pytest.mark.parametrize(
    ("text", "kind", "query", "mine"),
    [
        ("report enhanced sender *@hoge.com", "enhanced", HOGE.query, False),
        ("/REPORT Enhanced Summary from *@hoge.com", "enhanced", HOGE.query, False),
        ("レポート 増補要約 送信者 *@hoge.com", "enhanced", HOGE.query, False),
        ("増補要約レポート 送信者 *@hoge.com", "enhanced", HOGE.query, False),
        ("report extended to a@x.jp last 7d", "extended", TraceQuery(days(7), recipients=p("a@x.jp")), False),
        (
            "包括的レポート 宛先 a@x.jp 期間 7日",
            "extended",
            TraceQuery(days(7), recipients=p("a@x.jp")),
            False,
        ),
        ("report enhanced", "enhanced", TraceQuery(), False),
        ("report enhanced mine", "enhanced", TraceQuery(days(7)), True),
        (
            "レポート 包括的 自分のメール 失敗",
            "extended",
            TraceQuery(days(7), statuses=(DeliveryStatus.FAILED,)),
            True,
        ),
    ],
)
def test_report(text: str, kind: str, query: TraceQuery, mine: bool) -> None:
    """A report is a trace with its kind before it; `mine` stands behind the kind."""
    assert parse(text, TOKYO) == Report(ReportKind(kind), query, mine)


@pytest.mark.parametrize(
    ("text", "marked", "suggestion"),
    [
        ("report failed", "failed", ""),
        ("report enhnced sender a@x.jp", "enhnced", "enhanced"),
        ("レポート 送信者", "送信者", ""),
    ],
)
def test_report_without_a_kind(text: str, marked: str, suggestion: str) -> None:
    """The kind of a report is asked for where it belongs."""
    with pytest.raises(ParseError) as wrong:
        parse(text, TOKYO)

    fault = wrong.value
    assert (text[fault.position : fault.position + fault.length], fault.expected) == (marked, "report_kind")
    assert fault.suggestion == suggestion


def test_report_alone() -> None:
    """`report` alone opens the form, with a file chosen."""
    assert parse("report", TOKYO) == parse("/レポート", TOKYO) == ShowForm("enhanced")


def test_report_keeps_its_kind() -> None:
    """A fault in the conditions of a report leaves its kind, and what else was understood."""
    with pytest.raises(ParseError) as wrong:
        parse("report extended sender *@hoge.com stauts failed", TOKYO)

    assert wrong.value.report == "extended"
    assert wrong.value.understood.senders == p("*@hoge.com")


@pytest.mark.parametrize(
    ("text", "marked", "expected", "suggestion"),
    [
        ("trcae x", "trcae", "command", "trace"),
        ("save " + "x" * 41, "x" * 41, "name", ""),
        ('save ""', '""', "name", ""),
        ('save "a', '"a', "quote", ""),
        ("rename a", "", "new_name", ""),
        ("rename to b", "", "name", ""),
        ("rename a to", "", "name", ""),
        ("ありがとう", "ありがとう", "command", ""),
        ("what hapend", "what", "command", ""),
        ("trace subject Invoice stauts failed", "stauts", "field", "status"),
        ('"', '"', "command", ""),
        ("trace sendr x@y.jp", "sendr", "field", "sender"),
        ("trace sender", "", "address", ""),
        ("trace sender status failed", "status", "address", ""),
        ("trace sender x@", "x@", "address", ""),
        ("trace sender a@b@c.jp", "a@b@c.jp", "address", ""),
        ("trace sender a@x.jp,b@", "b@", "address", ""),
        ("trace from ,", "", "address", ""),
        ("trace status lost", "lost", "status", ""),
        ("trace status", "", "status", ""),
        ("trace last 0d", "0d", "duration", ""),
        ("trace last 91d", "91d", "duration", ""),
        ("trace last", "", "duration", ""),
        ("trace last soon", "soon", "duration", ""),
        ("trace id abc", "abc", "message_id", ""),
        ("trace id", "", "message_id", ""),
        ("trace ip 300.1.1.1", "300.1.1.1", "ip", ""),
        ("trace direction up", "up", "direction", ""),
        ("trace subject", "", "subject", ""),
        ("trace since 2026-13-40", "2026-13-40", "date_time", ""),
        ("trace since 2026-02-30", "2026-02-30", "date_time", ""),
        ("trace since tomorrow", "tomorrow", "date_time", ""),
        ("trace since 11/22 until 11/20", "11/20", "range", ""),
        ("trace 11/22 〜 soon", "soon", "field", ""),
        ("trace last 11/22-11/20", "11/22-11/20", "range", ""),
        ("trace 11/22-11/20", "11/22-11/20", "range", ""),
        ("trace 11/25", "", "future", ""),
        ("trace client-ip blank", "blank", "client_ip", ""),
        ("trace ip 10.0.0.1,x", "x", "ip", ""),
        ("trace from a@x.jp 11/20 25:00", "25:00", "date_time", ""),
        ("trace id <a@b>,c", "c", "message_id", ""),
        ("trace since 2026-12-01", "", "future", ""),
        ("trace since 2026-12-01 until 2026-12-05", "2026-12-05", "future", ""),
        ('trace to a@b.jp "open', '"open', "quote", ""),
        ("trace 件名「開いた", "「開いた", "quote", ""),
    ],
)
def test_marked(text: str, marked: str, expected: str, suggestion: str) -> None:
    """What is not understood is marked where it stands, with what belongs there."""
    with pytest.raises(ParseError) as wrong:
        parse(text, TOKYO)

    fault = wrong.value
    assert (text[fault.position : fault.position + fault.length], fault.expected) == (marked, expected)
    assert fault.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("trace sendr to b@c.jp", TraceQuery(recipients=p("b@c.jp"))),
        (
            "trace from a@b.jp foo bar status failed last 3d",
            TraceQuery(days(3), senders=p("a@b.jp"), statuses=(DeliveryStatus.FAILED,)),
        ),
        ("trace subject a b sendr", TraceQuery(subject=SubjectFilter(SubjectMode.CONTAINS, "a b"))),
        ('trace to b@c.jp "open', TraceQuery(recipients=p("b@c.jp"))),
        ("trace to b@c.jp since 11/22 until 11/20", TraceQuery(recipients=p("b@c.jp"))),
        ("trace to b@c.jp nonsense since 11/22 until 11/20", TraceQuery(recipients=p("b@c.jp"))),
    ],
)
def test_nothing_lost(text: str, understood: TraceQuery) -> None:
    """A fault does not throw away what was understood before and behind it."""
    with pytest.raises(ParseError) as wrong:
        parse(text, TOKYO)

    assert wrong.value.understood == understood


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("did bob@hoge.com get my mail?", TraceQuery(recipients=p("bob@hoge.com"))),
        (
            "what happened to my mail to Bob@Hoge.com yesterday",
            TraceQuery(calendar(CalendarUnit.DAY, 1), recipients=p("bob@hoge.com")),
        ),
        (
            "we got nothing from hoge.com for tanaka@contoso.co.jp the last 3 days",
            TraceQuery(days(3), senders=p("*@hoge.com"), recipients=p("tanaka@contoso.co.jp")),
        ),
        ("hoge.comからのメールが届かない", TraceQuery(senders=p("*@hoge.com"))),
        (
            "昨日14時にinfo@x.jpへ送ったメール",
            TraceQuery(Between(tokyo(22, 13), tokyo(22, 15)), recipients=p("info@x.jp")),
        ),
        ("*@hoge.com からのメールを追跡", TraceQuery(senders=p("*@hoge.com"))),
        (
            "11月20日に bob@hoge.com さんへ送ったメール",
            TraceQuery(Between(tokyo(20), tokyo(21)), recipients=p("bob@hoge.com")),
        ),
        ("きのうの失敗", TraceQuery(calendar(CalendarUnit.DAY, 1), statuses=(DeliveryStatus.FAILED,))),
        ("昨日の失敗", TraceQuery(calendar(CalendarUnit.DAY, 1), statuses=(DeliveryStatus.FAILED,))),
        ("any mail stuck pending", TraceQuery(days(7), statuses=(DeliveryStatus.PENDING,))),
        (
            "where is Message-ID: <a1b2c3d4e5f6@mail.hoge.com> gone",
            TraceQuery(days(10), message_ids=("a1b2c3d4e5f6@mail.hoge.com",)),
        ),
        ("please look 99/99 at a@x.jp or a@x.jp.", TraceQuery(involving=(p("a@x.jp"),))),
    ],
)
def test_sentence(text: str, query: TraceQuery) -> None:
    """A sentence is not run; the mail it names is a trace that can be."""
    with pytest.raises(ParseError) as wrong:
        parse(text, TOKYO)

    assert (wrong.value.expected, wrong.value.understood) == (SENTENCE, query)


@given(st.text(max_size=300))
def test_any_sentence(text: str) -> None:
    """Whatever stands in a sentence becomes a trace that keeps the limits of one, or none."""
    sentence = read_sentence(f"{text} a@x.jp {text}", TOKYO)

    assert sentence is not None
    query = sentence.query
    assert len(query.senders) + len(query.recipients) + len(query.involving) <= 22


def test_too_long() -> None:
    """A command beyond any command is refused before it is read, its beginning kept."""
    with pytest.raises(ParseError) as wrong:
        parse("trace from a@b.jp " + "x" * 10_000, TOKYO)

    assert wrong.value.expected == "shorter"
    assert len(wrong.value.text) == MAX_TEXT


def test_too_many_values() -> None:
    """A list beyond fifty values is refused."""
    with pytest.raises(ParseError) as wrong:
        parse("trace from " + ",".join(f"u{n}@x.jp" for n in range(MAX_VALUES + 1)), TOKYO)

    assert wrong.value.expected == "fewer"
