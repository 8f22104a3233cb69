"""The admin center's message trace, row by row: what it can ask is typed in either language, or filled in.

Activity in, card out; what should be found is counted in the sample mailbox by rules of our own.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from ipaddress import ip_address, ip_network
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from demo.activities import Client
from demo.cases.register import out
from demo.company import SATO
from demo.events import Row, To, deliver, mail
from demo.mailbox import Mailbox
from demo.partners import HOGE_IP
from demo.tenant import LIST, Tenant
from tests.line import ENGLISH, JAPANESE, NOW, Line, Message, Tap, button, nodes, sample_mailbox
from tests.test_reports import delivered, table

MAILBOX = sample_mailbox().with_mail(
    mail(
        "no address",
        NOW - timedelta(hours=5),
        SATO.mail,
        "外部へのご連絡",
        To("office@partner.com", "delivered", out("partner.com")),
        from_ip="",
    )
)
"""The sample mailbox, and a mail out of which Exchange Online noted no address that it came from."""

OURS = ("contoso.co.jp", "sales.contoso.co.jp", "contoso.onmicrosoft.com")
TOKYO = ZoneInfo("Asia/Tokyo")
KNOWN = next(row for row in MAILBOX.visible(NOW) if row.sender_address == "suzuki@hoge.com")
OTHER = next(row for row in MAILBOX.visible(NOW) if row.sender_address == "kato@hoge.com")

Rule = Callable[[Row], bool]


def at(text: str, zone: ZoneInfo = TOKYO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def since(start: datetime, end: datetime = NOW) -> Rule:
    return lambda row: start <= row.received_date_time <= end


def last(**length: float) -> Rule:
    return since(NOW - timedelta(**length))


def sent_by(*patterns: str) -> Rule:
    return lambda row: any(fnmatchcase(row.sender_address.lower(), one) for one in patterns)


def sent_to(*patterns: str) -> Rule:
    return lambda row: any(fnmatchcase(row.recipient_address.lower(), one) for one in patterns)


def state(*states: str) -> Rule:
    return lambda row: row.status.lower() in states


def inside(address: str) -> bool:
    return address.lower().rpartition("@")[2] in OURS


def from_network(*networks: str) -> Rule:
    known = [ip_network(one) for one in networks]
    return lambda row: bool(row.from_ip) and any(ip_address(row.from_ip) in one for one in known)


def count(*rules: Rule) -> int:
    """How many rows of the sample mailbox meet all *rules*."""
    found = sum(all(rule(row) for rule in rules) for row in MAILBOX.visible(NOW))
    assert found, "a rule that nothing meets shows nothing"
    return found


async def found_by(line: Line, text: str, client: Client = ENGLISH) -> int:
    """How many messages the card that answers *text* counts."""
    return counted(await line.ask(SATO, text, client=client))


def counted(card: Message | Tap) -> int:
    return next(
        int(piece.split()[0].replace(",", ""))
        for piece in card.words.splitlines()
        if piece.endswith((" messages", " message", " 件")) and piece.split()[0].replace(",", "").isdigit()
    )


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with Line(tmp_path, Tenant(MAILBOX, clock=lambda: NOW)) as running:
        yield running


TYPED: Mapping[str, tuple[tuple[Rule, ...], str, str]] = {
    "sent": ((last(days=1), sent_by("*@contoso.co.jp")), "trace sent", "追跡 送信済み"),
    "sent, all domains": (
        (last(days=1), sent_by(*(f"*@{one}" for one in OURS))),
        "trace sent all",
        "追跡 送信済み すべて",
    ),
    "received": ((last(days=1), sent_to("*@contoso.co.jp")), "trace received", "追跡 受信済み"),
    "received, all domains": (
        (last(days=1), sent_to(*(f"*@{one}" for one in OURS))),
        "trace received all",
        "追跡 受信済み 全ドメイン",
    ),
    "pending": (
        (last(days=2), state("pending"), lambda row: inside(row.recipient_address)),
        "trace pending",
        "追跡 保留中",
    ),
    "quarantined": ((last(days=7), state("quarantined")), "trace quarantined", "追跡 検疫済み"),
    "failed": ((last(days=7), state("failed")), "trace failed", "追跡 失敗"),
    "lists": (
        (last(days=7), sent_by("suzuki@hoge.com", "kato@hoge.com"), sent_to("tanaka@*", "keiri@*")),
        "trace from suzuki@hoge.com,kato@hoge.com to tanaka@*,keiri@* last 7d",
        "追跡 送信者 suzuki@hoge.com、kato@hoge.com 宛先 tanaka@*、keiri@* 期間 7日",
    ),
    "wildcards": (
        (last(days=30), sent_by("?at?@hoge.com")),
        "trace from ?at?@hoge.com last 30d",
        "追跡 送信者 ?at?@hoge.com 期間 1か月",
    ),
    "hours": (
        (last(hours=36), sent_by("*@hoge.com")),
        "trace from hoge.com last 36h",
        "追跡 送信者 @hoge.com 過去 36時間",
    ),
    "today": (
        (since(at("2026-10-15")), sent_by("*@hoge.com")),
        "trace from *@hoge.com today",
        "追跡 送信者 *@hoge.com 今日",
    ),
    "yesterday": (
        (since(at("2026-10-14"), at("2026-10-15")), sent_by("*@hoge.com")),
        "trace from *@hoge.com yesterday",
        "追跡 送信者 *@hoge.com 昨日",
    ),
    "last week": (
        (since(at("2026-10-05"), at("2026-10-12")), sent_by("*@hoge.com")),
        "trace from *@hoge.com last week",
        "追跡 送信者 *@hoge.com 先週",
    ),
    "ninety days": (
        (sent_by("suzuki@hoge.com"),),
        "trace from suzuki@hoge.com last 90d",
        "追跡 送信者 suzuki@hoge.com 過去 3か月",
    ),
    "start and end": (
        (since(at("2026-10-12T09:00"), at("2026-10-14T12:30")), sent_by("*@hoge.com")),
        "trace from *@hoge.com since 2026/10/12 9:00 until 2026-10-14T12:30+09:00",
        "追跡 送信者 *@hoge.com 開始 10月12日 9時 終了 昨日 12時30分",
    ),
    "part of a day": (
        (since(at("2026-10-13T09:00"), at("2026-10-13T18:00")), sent_by("*@contoso.co.jp")),
        "trace from *@contoso.co.jp 10/13 9:00-18:00",
        "追跡 送信者 *@contoso.co.jp 10月13日 9時〜18時",
    ),
    "several states": (
        (last(days=7), state("failed", "quarantined", "filteredasspam")),
        "trace status failed, quarantined, filtered as spam last 7d",
        "追跡 状態 失敗、検疫済み、迷惑メール 期間 7日",
    ),
    "recalled": (
        (last(days=30), state("recalled")),
        "trace status recalled last 30d",
        "追跡 取り消し済み 期間 30日",
    ),
    "Message-IDs": (
        (lambda row: row.message_id in (KNOWN.message_id, OTHER.message_id),),
        f"trace {KNOWN.message_id}, {OTHER.message_id.strip('<>')} last 90d",
        f"追跡 メッセージID {KNOWN.message_id}、{OTHER.message_id.strip('<>')} 期間 90日",
    ),
    "trace ids": (
        (lambda row: row.message_trace_id in (KNOWN.message_trace_id, OTHER.message_trace_id),),
        f"trace {KNOWN.message_trace_id} {OTHER.message_trace_id} last 90d",
        f"追跡 id {KNOWN.message_trace_id.upper()}、{OTHER.message_trace_id} 期間 90日",
    ),
    "ids, mixed": (
        (last(days=90), lambda row: row.message_trace_id == KNOWN.message_trace_id),
        f"trace id {KNOWN.message_trace_id},{KNOWN.message_id} last 90d",
        f"追跡 id {KNOWN.message_trace_id}、{KNOWN.message_id} 期間 90日",
    ),
    "outbound": (
        (last(days=2), lambda row: inside(row.sender_address) and not inside(row.recipient_address)),
        "trace direction outbound",
        "追跡 方向 送信",
    ),
    "internal": (
        (last(days=2), lambda row: inside(row.sender_address) and inside(row.recipient_address)),
        "trace direction internal",
        "追跡 方向 組織内",
    ),
    "IP addresses": (
        (last(days=7), from_network("203.0.113.0/24", "10.20.0.15/32", "2001:db8::/32")),
        "trace ip 203.0.113.0/24,10.20.0.15 2001:db8::/32 last 7d",
        "追跡 送信元IP 203.0.113.0/24、10.20.0.15、2001:db8::/32 期間 7日",
    ),
    "no IP address": (
        (last(days=7), lambda row: not row.from_ip),
        "trace ip blank last 7d",
        "追跡 ip 空 期間 7日",
    ),
    "inside the organization": (
        (last(days=7), lambda row: row.from_ip == "255.255.255.255"),
        "trace ip 255.255.255.255 last 7d",
        "追跡 ip 255.255.255.255 期間 7日",
    ),
    "subject contains": (
        (last(days=30), lambda row: "請求書" in row.subject),
        "trace subject 請求書 last 30d",
        "追跡 件名 請求書 を含む 期間 30日",
    ),
    "subject starts": (
        (last(days=30), lambda row: row.subject.lower().startswith("re:")),
        "trace subject starts with Re: last 30d",
        "追跡 件名 「Re:」で始まる 期間 30日",
    ),
    "subject ends": (
        (last(days=30), lambda row: row.subject.endswith("件")),
        "trace subject ends 件 last 30d",
        "追跡 件名 件で終わる 期間 30日",
    ),
    "subject is": (
        (last(days=30), lambda row: row.subject == KNOWN.subject),
        f'trace subject is "{KNOWN.subject}" last 30d',
        f"追跡 件名 「{KNOWN.subject}」と一致 期間 30日",
    ),
}
"""Row of the portal → what has to be found, and how it is typed in English and Japanese."""


@pytest.mark.parametrize("row", TYPED)
async def test_typed(line: Line, row: str) -> None:
    """What the portal can be asked is asked in words of either language, and finds exactly that."""
    rules, english, japanese = TYPED[row]
    expected = count(*rules)

    assert await found_by(line, english) == expected
    assert await found_by(line, japanese, JAPANESE) == expected


FILLED: Mapping[str, Mapping[str, str]] = {
    "lists": {"sender": "suzuki@hoge.com, kato@hoge.com", "recipient": "tanaka@*、keiri@*", "range": "7d"},
    "wildcards": {"sender": "?at?@hoge.com", "range": "30d"},
    "today": {"sender": "@hoge.com", "range": "today"},
    "yesterday": {"sender": "hoge.com", "range": "yesterday"},
    "last week": {"sender": "*@hoge.com", "range": "last_week"},
    "ninety days": {"sender": "suzuki@hoge.com", "range": "90d"},
    "start and end": {
        "sender": "*@hoge.com",
        "start_date": "2026-10-12",
        "start_time": "09:00",
        "end_date": "2026-10-14",
        "end_time": "12:30",
    },
    "several states": {"statuses": "failed,quarantined,filteredAsSpam", "range": "7d"},
    "recalled": {"statuses": "recalled", "range": "30d"},
    "Message-IDs": {"message_id": f"{KNOWN.message_id}, {OTHER.message_id.strip('<>')}", "range": "90d"},
    "trace ids": {"message_id": f"{KNOWN.message_trace_id} {OTHER.message_trace_id}", "range": "90d"},
    "ids, mixed": {"message_id": f"{KNOWN.message_trace_id}, {KNOWN.message_id}", "range": "90d"},
    "outbound": {"direction": "outbound"},
    "internal": {"direction": "internal"},
    "IP addresses": {"from_ip": "203.0.113.0/24, 10.20.0.15 2001:db8::/32", "range": "7d"},
    "no IP address": {"from_ip": "blank", "range": "7d"},
    "inside the organization": {"from_ip": "255.255.255.255", "range": "7d"},
    "subject contains": {"subject": "請求書", "range": "30d"},
    "subject starts": {"subject": "Re:", "subject_mode": "startswith", "range": "30d"},
    "subject ends": {"subject": "件", "subject_mode": "endswith", "range": "30d"},
    "subject is": {"subject": KNOWN.subject, "subject_mode": "eq", "range": "30d"},
}
"""The same rows, as they are filled in."""


@pytest.mark.parametrize("row", FILLED)
async def test_filled_in(line: Line, row: str) -> None:
    """What the portal can be asked, the form alone can ask, and finds exactly that."""
    form = await line.ask(SATO, "trace")
    search = button(form.card, "Search")
    inputs = {node["id"]: node.get("value") for node in nodes(form.card) if "Input" in node.get("type", "")}
    assert set(FILLED[row]) <= set(inputs)
    default = {name: value for name, value in inputs.items() if value is not None}

    found = await line.tap(SATO, form, {**search, "data": search["data"] | default | FILLED[row]})

    assert counted(found) == count(*TYPED[row][0])


async def test_form_offers_the_rest(line: Line) -> None:
    """The default queries, those of all our domains among them, and the types of report stand on the form."""
    form = await line.ask(SATO, "追跡", client=JAPANESE)
    reports = next(node for node in nodes(form.card) if node.get("id") == "report")

    for title in (
        "送信 (1 日)",
        "受信 (1 日)",
        "保留中 (2 日)",
        "検疫済み (7 日)",
        "失敗 (7 日)",
        "送信・全ドメイン",
    ):
        assert counted(await line.tap(SATO, form, title, client=JAPANESE))
    assert [one["value"] for one in reports["choices"]] == ["summary", "enhanced", "extended"]


async def test_form_refuses_two_ranges(line: Line) -> None:
    """A named range and dates together are a question nobody can answer: it is said, and nothing is lost."""
    form = await line.ask(SATO, "trace")
    search = button(form.card, "Search")
    filled = {"range": "last_week", "start_date": "2026-10-12", "sender": "*@hoge.com", "report": "extended"}

    again = await line.tap(SATO, form, {**search, "data": search["data"] | filled})

    values = {node["id"]: node.get("value") for node in nodes(again.card) if "id" in node}
    assert "not both" in again.words
    assert {name: values[name] for name in filled} == filled


async def test_refining_keeps_what_was_said(line: Line) -> None:
    """The form opened from `last week` still says last week; from a bare address, either side."""
    found = await line.ask(SATO, "trace suzuki@hoge.com last week ip 192.0.2.0/24,blank")
    form = await line.tap(SATO, found, "Change conditions")

    values = {node["id"]: node.get("value") for node in nodes(form.card) if "id" in node}
    assert (values["range"], values["either"], values.get("start_date")) == (
        "last_week",
        "suzuki@hoge.com",
        None,
    )
    assert values["from_ip"] == "192.0.2.0/24, blank"


async def test_all_our_domains(line: Line) -> None:
    """Sent and received mean the primary domain, and offer all of ours; the other default queries do not."""
    ours = [f"*@{domain}" for domain in OURS]
    for name, rule in {"sent": sent_by(*ours), "received": sent_to(*ours)}.items():
        found = await line.ask(SATO, f"trace {name}")
        wide = await line.tap(SATO, found, "All our domains")

        assert counted(wide) == count(last(days=1), rule)
    for name in ("pending", "quarantined", "failed"):
        assert "All our domains" not in (await line.ask(SATO, f"trace {name}")).words


@pytest.mark.parametrize("first", ["trace", "help"])
async def test_default_queries_are_buttons(line: Line, first: str) -> None:
    """The default queries are asked from the form and from the help, whatever else stands there."""
    card = await line.ask(SATO, first)
    for title, text in (("Sent (1 day)", "trace sent"), ("Failed (7 days)", "trace failed")):
        tapped = await line.tap(SATO, card, title)

        assert counted(tapped) == await found_by(line, text)


async def test_direction_is_ours(line: Line) -> None:
    """The card says that a direction was judged here, and of how many rows."""
    card = await line.ask(SATO, "trace direction inbound last 1d")

    assert "judged here" in card.words
    assert f"{count(last(days=1))} rows were read" in card.words


async def test_subdomains(tmp_path: Path) -> None:
    """`*.contoso.co.jp` among the settings takes in every domain below; a direction is judged by it."""
    tenant = Tenant(MAILBOX, clock=lambda: NOW)
    async with Line(tmp_path, tenant, TRACE_DOMAINS="contoso.co.jp,*.contoso.co.jp") as line:
        found = await found_by(line, "trace direction internal last 7d")
        sent = await found_by(line, "trace sent")

    def ours(address: str) -> bool:
        return address.lower().endswith(("@contoso.co.jp", ".contoso.co.jp"))

    assert found == count(last(days=7), lambda r: ours(r.sender_address) and ours(r.recipient_address))
    assert sent == count(last(days=1), sent_by("*@contoso.co.jp"))


async def test_no_hop_in_words(line: Line) -> None:
    """The address that Exchange Online notes for mail without a hop is echoed as what it means."""
    english = await line.ask(SATO, "trace ip 255.255.255.255")
    japanese = await line.ask(SATO, "追跡 ip 空", client=JAPANESE)

    assert "inside the organization (no SMTP hop)" in english.words
    assert "空欄" in japanese.words


async def test_the_hour_that_comes_twice(tmp_path: Path) -> None:
    """New York's first of November has 25 hours; both mails of its double hour are found and told apart."""
    mails = [
        mail(
            f"half past one {hour}",
            datetime(2026, 11, 1, hour, 30, tzinfo=UTC),
            "suzuki@hoge.com",
            f"mail {hour}",
            To(SATO.mail, "delivered", (deliver(2),)),
        )
        for hour in (3, 5, 6)
    ]
    now = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
    client = Client("en-US", "America/New_York")
    async with Line(tmp_path, Tenant(Mailbox(mails), clock=lambda: now), now=now) as line:
        day = await line.ask(SATO, "trace from suzuki@hoge.com yesterday", client=client)
        hour = await line.ask(SATO, "trace from suzuki@hoge.com 11/1 1:00-2:00", client=client)

    for card in (day, hour):
        assert "2 messages" in card.words
        assert "Nov 1 01:30 UTC-04:00" in card.words
        assert "Nov 1 01:30 UTC-05:00" in card.words
    assert "Nov 1 00:00 (UTC-04:00) – Nov 2 00:00 (UTC-05:00)" in day.words


async def test_a_skipped_hour(tmp_path: Path) -> None:
    """Berlin's last Sunday of March has no half past two and 23 hours, which are searched."""
    now = datetime(2026, 3, 30, 10, 0, tzinfo=UTC)
    client = Client("en-DE", "Europe/Berlin")
    async with Line(tmp_path, Tenant(Mailbox([]), clock=lambda: now), now=now) as line:
        day = await line.ask(SATO, "trace from suzuki@hoge.com yesterday", client=client)
        part = await line.ask(SATO, "trace from suzuki@hoge.com 3/29 2:30-4:00", client=client)

    filters = [request.params["$filter"] for request in line.tenant.requests if request.kind == LIST]
    # Where nothing is found, domains near the one that was asked for are read too.
    asked = [one for one in filters if "suzuki@hoge.com" in one]
    assert "2026-03-28T23:00:00Z" in asked[0]
    assert "2026-03-29T22:00:00Z" in asked[0]
    assert "2026-03-29T01:30:00Z" in asked[1]
    assert "03:30" in part.words
    assert "(UTC+01:00)" in day.words


async def test_form_asks_for_files(line: Line) -> None:
    """The reports that are files are chosen on the form: one is written, the other says its cost first."""
    form = await line.ask(SATO, "trace")
    search = button(form.card, "Search")
    filled = {"sender": "*@hoge.com", "range": "24h", "report": "extended"}
    extended = await line.tap(SATO, form, {**search, "data": search["data"] | filled})
    await line.tap(SATO, form, {**search, "data": search["data"] | filled | {"report": "enhanced"}})
    data = await delivered(line, SATO, await line.offered(SATO))

    assert "*@hoge.com" in extended.words
    assert button(extended.card, "Start")
    assert len(table(data)) == count(last(days=1), sent_by("*@hoge.com"))


def came_from(client_ip: str) -> Rule:
    """Whose events name *client_ip*."""
    said = re.compile(rf"ClientIP[^0-9]{{1,40}}{re.escape(client_ip)}(?![0-9.])")
    return lambda row: any(said.search(event.data) for event in MAILBOX.events(row.key, NOW))


async def test_client_ip(line: Line) -> None:
    """The client's address is looked for in the events, in words of either language and from the form."""
    expected = count(last(days=7), sent_by("*@hoge.com"), came_from(HOGE_IP))
    assert expected < count(last(days=7), sent_by("*@hoge.com"))

    card = await line.ask(SATO, f"trace from *@hoge.com client-ip {HOGE_IP} last 7d")

    assert counted(card) == expected
    assert f"Client IP in events {HOGE_IP}" in card.words.replace("\n", " ").replace("  ", " ")


async def test_client_ip_on_the_form(line: Line) -> None:
    """The form asks for it too, and what was asked in Japanese fills it."""
    typed = await line.ask(SATO, f"追跡 送信者 *@hoge.com クライアントIP {HOGE_IP} 昨日", client=JAPANESE)
    form = await line.tap(SATO, typed, "条件を変更", client=JAPANESE)
    search = button(form.card, "検索")
    inputs = {n["id"]: n["value"] for n in nodes(form.card) if "Input" in n.get("type", "") and "value" in n}
    filled = await line.tap(SATO, typed, {**search, "data": search["data"] | inputs}, client=JAPANESE)

    assert (inputs["client_ip"], inputs["range"]) == (HOGE_IP, "yesterday")
    assert counted(filled) == counted(typed) > 0


async def test_client_ip_of_many(line: Line) -> None:
    """The events of fifty messages are read at most; the card counts those that stayed unchecked."""
    card = await line.ask(SATO, f"trace from *@hoge.com client-ip {HOGE_IP} last 30d")

    left = count(last(days=30), sent_by("*@hoge.com")) - 50
    assert f"The events of {left} more messages were not read" in card.words
