"""What is logged holds nobody's address, no subject, no token."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.logs import QUIET, JsonFormatter, scrubbed, set_up, told
from demo.company import AUDITOR, DIRECTORY, GUEST, JOHN, SATO, TANAKA
from demo.connector import CHANNEL
from demo.tenant import ALWAYS, Tenant
from tests.line import NOW, Line, buttons, sample_mailbox
from tracing.errors import GraphRefused


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("nothing of note", "nothing of note"),
        ("mail of sato@contoso.co.jp failed", "mail of [somebody]@contoso.co.jp failed"),
        ("?to=sato%40contoso.co.jp", "?to=[somebody]@contoso.co.jp"),
        ("('o''brien+x@hoge.com')", "('o''[somebody]@hoge.com')"),
        ("Bearer eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln", "[token]"),
        ("token eyJhbGciOiJSUzI1NiJ9.e30.x end", "token [token] end"),
        ("client_secret=abc123&x=1", "client_secret=[secret]&x=1"),
        ('{"password": "hunter2"}', '{"password": "[secret]"}'),
    ],
)
def test_scrubbed(text: str, left: str) -> None:
    """Local parts, tokens and secrets are cut out; what is needed to understand a fault stays."""
    assert scrubbed(text) == left


@pytest.mark.parametrize(
    ("fault", "left"),
    [
        (ValueError("no"), "ValueError: no"),
        (KeyError("Offer for Mr. Sato"), "KeyError: …"),
        (
            ValueError("invalid literal for int(): 'Offer for Mr. Sato'"),
            "ValueError: invalid literal for int(): …",
        ),
        (ValueError("unexpected 見積の件 in a subject"), "ValueError: unexpected … in a subject"),
        (ValueError('cut off: "Offer for'), "ValueError: cut off: …"),
        (
            GraphRefused(400, "no filter contains(subject,'Offer')"),
            "GraphRefused: 400, no filter contains(subject,…)",
        ),
        (TimeoutError(), "TimeoutError"),
    ],
    ids=str,
)
def test_what_a_fault_says(fault: BaseException, left: str) -> None:
    """Of a fault's text its kind and a program's words stay; what it quotes does not."""
    assert told(fault) == left


class Unspeakable(Exception):
    """Cannot even say what it is."""

    def __str__(self) -> str:
        raise ValueError("Offer for Mr. Sato")


def written(*arguments: object, name: str = "bot.x", msg: str = "it failed: %s", fault: bool = False) -> str:
    """One line as it would be logged, with the fault that is being handled where there is one."""
    caught = sys.exc_info() if fault else None
    record = logging.LogRecord(name, logging.ERROR, "", 0, msg, arguments, caught)
    return JsonFormatter().format(record)


def test_faults_are_logged_without_what_they_quote() -> None:
    """A chain and a group of faults are told whole, each without its quotes; nothing that is logged fails."""
    try:
        try:
            raise ExceptionGroup("two", [ValueError("'Offer for Mr. Sato'"), Unspeakable()])
        except ExceptionGroup as first:
            raise RuntimeError("the subject 見積の件 was not read") from first
    except RuntimeError as fault:
        line = written(fault, fault=True)

    assert all(name in line for name in ("RuntimeError", "ExceptionGroup", "ValueError", "Unspeakable"))
    assert "test_logs.py" in line
    assert not any(text in json.loads(line)[part] for part in ("message",) for text in ("Offer", "見積"))
    assert "見積" not in json.loads(line)["traceback"].replace('raise RuntimeError("the subject 見積の件', "")


def test_what_a_library_says() -> None:
    """A library's line loses what it quotes; this program's own keeps its words."""
    assert "Offer" not in written("Offer", name="asyncio", msg="exception was never retrieved: '%s'")
    assert "“Offer”" in written("“Offer”")
    assert "30 of 90" in written(30, 90, msg="%s of %s")
    assert "no arguments, 100 %" in written(msg="no arguments, 100 %")


def test_a_ring_of_faults() -> None:
    """However faults hang together, a line of log has an end."""
    one, other = ValueError("one"), ValueError("other")
    one.__cause__, other.__cause__ = other, one
    wide = ExceptionGroup("wide", [ValueError(str(number)) for number in range(1_000)])

    for fault in (one, wide):
        try:
            raise fault
        except Exception:
            assert len(written("", fault=True)) < 20_000


def test_hostile_text() -> None:
    """A text made to be slow is not."""
    for text in ("@" * 100_000, "a" * 100_000, "a@" * 50_000, "eyJ" * 30_000, "password" * 10_000):
        assert len(scrubbed(text)) <= 100_000


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """Everything that is logged from `info` on, as it would be written."""
    stream, root = StringIO(), logging.getLogger()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    level, before = root.level, list(root.handlers)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for quiet in QUIET:
        logging.getLogger(quiet).setLevel(logging.WARNING)
    yield stream
    for quiet in QUIET:
        logging.getLogger(quiet).setLevel(logging.NOTSET)
    root.handlers[:] = before
    root.setLevel(level)


async def test_a_day(tmp_path: Path, logged: StringIO) -> None:
    """A day's traffic, faults among it, leaves lines of JSON without local parts or subjects."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    async with Line(tmp_path, tenant, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        for person in (SATO, TANAKA, JOHN, AUDITOR, GUEST):
            for text in (
                "trace sender *@hoge.com",
                "mine last 30d",
                "audit",
                "doctor",
                "trace to ceo@x.jp",
                "?",
            ):
                card = await line.ask(person, text)
                for one in buttons(card.card)[:4]:
                    await line.tap(person, card, one)
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
        await line.answer(CHANNEL)
        for fault in ("throttle", "server_error", "half_page", "dropped", "permission_missing"):
            setattr(tenant.faults, fault, ALWAYS)
            await line.ask(SATO, "trace sender suzuki@hoge.com")
            tenant.faults.clear()
            tenant.spent.clear()
        await line.knock(b'{"from": {"id": "sato@contoso.co.jp"')
        line.connector.refusals += [403]
        await line.say(TANAKA, "mine")
        await line.until(lambda: not line.connector.refusals)
    written = logged.getvalue()
    entries = [json.loads(each) for each in written.splitlines()]

    assert entries
    assert all({"time", "level", "logger", "message"} <= entry.keys() for entry in entries)
    local_parts = {one.mail.partition("@")[0] for one in DIRECTORY} | {"suzuki", "keiri"}
    assert not {name for name in local_parts if f"{name}@" in written}
    assert not {row.subject for row in tenant.mailbox.rows if len(row.subject) > 4 and row.subject in written}


def test_set_up() -> None:
    """The program's own logging is this."""
    root = logging.getLogger()
    level, before = root.level, list(root.handlers)
    set_up()
    formatters = [type(handler.formatter) for handler in root.handlers]
    root.handlers[:] = before
    root.setLevel(level)

    assert formatters == [JsonFormatter]
