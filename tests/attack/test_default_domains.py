"""No question is silently another: “sent” of no domain is not all mail; a list of ids holds no address."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest

from bot.commands import Trace
from bot.cursor import ParseError
from bot.form_fields import read_query
from bot.moments import When
from bot.parse import parse
from cards.form import Fields
from cards.texts import TEXTS
from demo.activities import Client
from demo.company import SATO, VERIFIED_DOMAINS, Domain
from demo.faults import LIST
from demo.tenant import Tenant
from tests.line import ENGLISH, JAPANESE, NOW, Line, sample_mailbox
from tracing.causes import Cause
from tracing.model import TraceQuery

WHEN = When(datetime(2026, 10, 15, 3, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
MAILLESS = tuple(replace(one, capabilities="OfficeCommunicationsOnline") for one in VERIFIED_DOMAINS)


def tenant_of(*domains: Domain) -> Tenant:
    return Tenant(sample_mailbox(), clock=lambda: NOW, domains=domains)


# --- no domain that carries mail ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("client", "language", "typed"),
    [
        (ENGLISH, "en", "trace sent"),
        (ENGLISH, "en", "trace received"),
        (ENGLISH, "en", "trace pending"),
        (ENGLISH, "en", "trace sent all"),
        (ENGLISH, "en", "trace direction inbound"),
        (JAPANESE, "ja", "追跡 送信済み"),
        (JAPANESE, "ja", "追跡 受信済み"),
        (JAPANESE, "ja", "追跡 方向 送信"),
    ],
)
@pytest.mark.parametrize("domains", [(), MAILLESS])
async def test_no_mail_domain(
    tmp_path: Path,
    client: Client,
    language: Literal["ja", "en"],
    typed: str,
    domains: tuple[Domain, ...],
) -> None:
    """Without a domain that carries mail they are refused, naming the setting, and nothing is asked."""
    async with Line(tmp_path, tenant_of(*domains)) as line:
        answer = await line.ask(SATO, typed, client=client)
        lists = [request for request in line.tenant.requests if request.kind == LIST]

    assert TEXTS["fault.no_mail_domain.title"][language] in answer.words
    assert "TRACE_DOMAINS" in answer.words
    assert "→" not in answer.words
    assert "sent" not in typed or lists == []


async def test_set_in_its_stead(tmp_path: Path) -> None:
    """With TRACE_DOMAINS the same tenant is traced."""
    async with Line(tmp_path, tenant_of(*MAILLESS), TRACE_DOMAINS="contoso.co.jp") as line:
        answer = await line.ask(SATO, "trace sent")

    assert "*@contoso.co.jp" in answer.words


async def test_others_need_no_domain(tmp_path: Path) -> None:
    """What does not go by a domain goes on without one."""
    async with Line(tmp_path, tenant_of(*MAILLESS)) as line:
        failed = await line.ask(SATO, "trace failed")
        by_sender = await line.ask(SATO, "trace sender *@hoge.com")

    assert "→" in failed.words
    assert "→" in by_sender.words


async def test_sentence_needs_no_domain(tmp_path: Path) -> None:
    """A sentence that names a domain is offered as a search without one of ours too."""
    async with Line(tmp_path, tenant_of(*MAILLESS)) as line:
        offered = await line.ask(SATO, "did suzuki@hoge.com send us anything yesterday?")

    assert TEXTS["sentence.title.trace"]["en"] in offered.words


@pytest.mark.parametrize("typed", ["trace sent", "trace received"])
async def test_default_domain_without_mail(tmp_path: Path, typed: str) -> None:
    """Where the default domain carries none, another that does is asked, before the initial one."""
    initial = Domain("contoso.onmicrosoft.com", is_initial=True)
    default = Domain("intranet.contoso.co.jp", capabilities="", is_default=True)
    async with Line(tmp_path, tenant_of(initial, default, Domain("contoso.co.jp"))) as line:
        answer = await line.ask(SATO, typed)

    assert "*@contoso.co.jp" in answer.words
    assert "onmicrosoft" not in answer.words
    assert "intranet" not in answer.words


# --- lists divided by spaces --------------------------------------------------------------------------

GUIDS = "11111111-1111-4111-8111-111111111111", "11111111-1111-4111-8111-111111111112"
LISTS = [
    ("id", "メッセージID", "a@x.jp b@y.jp", {"message_ids": ("a@x.jp", "b@y.jp")}),
    ("id", "id", "<a@x> <b@y>", {"message_ids": ("<a@x>", "<b@y>")}),
    ("id", "id", "a@x.jp <b@y.jp> c@z.jp", {"message_ids": ("a@x.jp", "<b@y.jp>", "c@z.jp")}),
    ("id", "id", f"{GUIDS[0]} a@x.jp {GUIDS[1]}", {"message_ids": ("a@x.jp",), "message_trace_ids": GUIDS}),
    ("from", "送信者", "a@x.jp b@y.jp", {"senders": ("a@x.jp", "b@y.jp")}),
    ("from", "送信者", "<a@x.jp> <b@y.jp>", {"senders": ("a@x.jp", "b@y.jp")}),
    ("from", "送信者", "x.jp y.jp *@z.jp", {"senders": ("*@x.jp", "*@y.jp", "*@z.jp")}),
    ("to", "宛先", "a@x.jp y.jp", {"recipients": ("a@x.jp", "*@y.jp")}),
    ("to", "受信者", "@x.jp @y.jp", {"recipients": ("*@x.jp", "*@y.jp")}),
    ("status", "状態", "failed pending", {"statuses": ("failed", "pending")}),
    ("ip", "ip", "203.0.113.1 203.0.113.2", {"from_ips": ("203.0.113.1/32", "203.0.113.2/32")}),
]


def held(query: TraceQuery) -> dict[str, tuple[str, ...]]:
    """The lists of *query* that hold something, as texts."""
    names = ("senders", "recipients", "statuses", "message_ids", "message_trace_ids", "from_ips", "involving")
    found = {name: tuple(getattr(one, "text", str(one)) for one in getattr(query, name)) for name in names}
    return {name: values for name, values in found.items() if values}


@pytest.mark.parametrize(("english", "japanese", "values", "expected"), LISTS)
@pytest.mark.parametrize(
    "apart", [" ", "  ", ", ", " 、", "\u3000", " and ", ", and ", " & ", " / ", " と ", "、および "]
)
def test_typed(
    english: str, japanese: str, values: str, expected: dict[str, tuple[str, ...]], apart: str
) -> None:
    """A list means the same with spaces as with commas, in both languages, and ends before what follows."""
    listed = values.replace(" ", apart)
    for typed in (f"trace {english} {listed} last 2d", f"追跡 {japanese} {listed} 期間 2日"):
        command = parse(typed, WHEN)

        assert isinstance(command, Trace)
        assert held(command.query) == expected


@pytest.mark.parametrize(("english", "japanese", "values", "expected"), LISTS)
@pytest.mark.parametrize("apart", [" ", ", ", "\n", " and ", " と "])
def test_in_the_form(
    english: str, japanese: str, values: str, expected: dict[str, tuple[str, ...]], apart: str
) -> None:
    """So it is in the form's inputs."""
    inputs = {"id": "message_id", "from": "sender", "to": "recipient", "ip": "from_ip"}
    if english not in inputs:
        return
    filled: dict[str, Any] = {inputs[english]: values.replace(" ", apart)}
    query = read_query(Fields(**filled), WHEN)

    assert held(query) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("trace id a@x.jp from b@y.jp", {"message_ids": ("a@x.jp",), "senders": ("b@y.jp",)}),
        ("trace id a@x.jp *@y.jp", {"message_ids": ("a@x.jp",), "involving": ("*@y.jp",)}),
        ("trace id a@x.jp @y.jp", {"message_ids": ("a@x.jp",), "involving": ("*@y.jp",)}),
        ("trace id <a@x.jp> b@y.jp", {"message_ids": ("<a@x.jp>",), "involving": ("b@y.jp",)}),
        ("trace <a@x.jp> b@y.jp", {"message_ids": ("<a@x.jp>",), "involving": ("b@y.jp",)}),
        ("trace from a@x.jp <b@y.jp>", {"message_ids": ("<b@y.jp>",), "senders": ("a@x.jp",)}),
        ("trace from x.jp to y.jp", {"senders": ("*@x.jp",), "recipients": ("*@y.jp",)}),
        ("trace from a@x.jpとb@y.jp", {"senders": ("a@x.jp", "b@y.jp")}),
        ("追跡 宛先 a@x.jp・b@y.jp 失敗", {"recipients": ("a@x.jp", "b@y.jp"), "statuses": ("failed",)}),
        ("追跡 状態 失敗と保留", {"statuses": ("failed", "pending")}),
        ("trace status failed/pending", {"statuses": ("failed", "pending")}),
        ("trace ip 203.0.113.1/203.0.113.2", {"from_ips": ("203.0.113.1/32", "203.0.113.2/32")}),
        ("trace id a@x.jp failed", {"message_ids": ("a@x.jp",), "statuses": ("failed",)}),
    ],
)
def test_where_a_list_ends(typed: str, expected: dict[str, tuple[str, ...]]) -> None:
    """What can be nothing but something else ends a list."""
    command = parse(typed, WHEN)
    assert isinstance(command, Trace)
    query = command.query
    groups = tuple(one.text for group in query.involving for one in group)
    lists = held(replace(query, involving=())) | ({"involving": groups} if groups else {})

    assert lists == expected


@pytest.mark.parametrize("typed", ["trace a@x.jp and b@y.jp", "trace from a@x.jp and to b@y.jp"])
def test_and_between_two_conditions(typed: str) -> None:
    """Where “and” joins no values of one condition, it is asked what is meant."""
    with pytest.raises(ParseError) as asked:
        parse(typed, WHEN)

    assert asked.value.expected == "sentence"


@pytest.mark.parametrize("apart", [", ", " and ", " or ", "、"])
@pytest.mark.parametrize("named", ["unknown recipient", "user not found", "宛先不明"])
def test_causes(named: str, apart: str) -> None:
    """A cause may be several words, alone or in a list."""
    command = parse(f"trace cause {named}{apart}SPF from a@x.jp", WHEN)

    assert isinstance(command, Trace)
    assert command.query.causes == (Cause.RECIPIENT_NOT_FOUND, Cause.SENDER_AUTHENTICATION)
