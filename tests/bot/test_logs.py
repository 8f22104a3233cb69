"""What is logged holds nobody's address, no subject, no token."""

import json
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.logs import JsonFormatter, scrubbed, set_up
from demo.company import AUDITOR, DIRECTORY, GUEST, JOHN, SATO, TANAKA
from demo.connector import CHANNEL
from demo.tenant import ALWAYS, Tenant
from tests.line import NOW, Line, buttons, sample_mailbox


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("nothing of note", "nothing of note"),
        ("mail of sato@contoso.co.jp failed", "mail of [somebody]@contoso.co.jp failed"),
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
    yield stream
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
