"""`explain`: a code, a bounce or headers in, what they mean out; and the trace they offer."""

from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.asking import Asker
from bot.commands import MESSAGE_ID_PERIOD, Explain
from bot.explaining import Explaining, query_of
from bot.store.states import CardState
from cards.reader import reader_of
from demo.activities import Client
from demo.company import GUEST, SATO, TANAKA, Employee
from demo.mailbox import CASES
from tests.line import ENGLISH, JAPANESE, NOW, HastyClock, Line, buttons, sample_mailbox, words
from tests.samples.bounces import BOUNCES, exchange, postfix
from tests.samples.headers import PLAIN
from tracing.errors import GraphUnavailable
from tracing.model import Between, Last
from tracing.pasted import MAX_PASTED

ROW = sample_mailbox().row(CASES["recipient unknown there"])
assert ROW is not None
SENDER, RECIPIENT, MESSAGE_ID = ROW.sender_address, ROW.recipient_address, ROW.message_id
BOUNCE = exchange(
    f"Your message to {RECIPIENT} couldn't be delivered.",
    "550 5.1.1 No such user",
    RECIPIENT,
    server="mx.b.example",
).replace("<A1B2C3@contoso.co.jp>", MESSAGE_ID)


def pasted(text: str, word: str = "explain") -> str:
    """*text* as Teams makes it of a paste: each line a paragraph."""
    lines = [word, *text.split("\n")] if word else text.split("\n")
    return "".join(f"<p>{escape(line) or '&nbsp;'}</p>" for line in lines)


async def paste(line: Line, person: Employee, markup: str, client: Client = ENGLISH) -> None:
    """*person* pastes *markup*; of its text Teams keeps little."""
    activity = line.typed(person, "x", None, client)
    content = {"contentType": "text/html", "content": markup}
    await line.send(activity | {"text": "lost", "attachments": [content]})


@pytest.mark.parametrize(
    "text", ["explain 550 5.7.1", "/explain 5.7.1", "説明 550 5.7.1", "550 5.7.1 denied", "5.7.1"]
)
async def test_a_code(tmp_path: Path, text: str) -> None:
    """A code is explained, with the word before it or without; there is no mail to trace."""
    async with Line(tmp_path) as line:
        answer = await line.ask(SATO, text)

    assert "Refused: not permitted" in answer.words
    assert "5.7.1 — Not permitted" in answer.words
    assert "Trace this message" not in answer.words
    assert any(node.get("url", "").startswith("https://learn.microsoft.com/") for node in links(answer.card))


def links(card: object) -> list[dict[str, str]]:
    """The buttons that open pages."""
    if isinstance(card, dict):
        own = [card] if card.get("type") == "Action.OpenUrl" else []
        return own + [one for value in card.values() for one in links(value)]
    return [one for value in card for one in links(value)] if isinstance(card, list) else []


@pytest.mark.parametrize("word", ["explain", "説明", ""])
async def test_a_bounce(tmp_path: Path, word: str) -> None:
    """A pasted bounce is read line by line; a button traces the mail it is about, decided anew."""
    async with Line(tmp_path) as line:
        await paste(line, SATO, pasted(BOUNCE, word))
        answer = await line.answer(SATO)
        found = await line.tap(SATO, answer, "Trace this message")

    assert "Recipient doesn't exist at the remote domain" in answer.words
    assert f"Not delivered to (1)\n{RECIPIENT}" in answer.words
    assert "mx.b.example" in answer.words
    assert RECIPIENT in found.words


async def test_an_employee(tmp_path: Path) -> None:
    """An employee reads no server and no reply, and traces their own mail only."""
    async with Line(tmp_path) as line:
        await paste(line, TANAKA, pasted(BOUNCE))
        answer = await line.answer(TANAKA)

    assert "says that this address does not exist" in answer.words
    assert "mx.b.example" not in answer.words
    assert "No such user" not in str(answer.card)
    assert links(answer.card) == []


async def test_somebody_elses_bounce(tmp_path: Path) -> None:
    """Whose mail it was is not told to somebody else by the button either."""
    text = exchange("Your message to x@b.example couldn't be delivered.", "550 5.1.1 no", "x@b.example")
    async with Line(tmp_path) as line:
        theirs = sample_mailbox().row(CASES["recipient unknown here"])
        assert theirs is not None
        await paste(line, TANAKA, pasted(text.replace("<A1B2C3@contoso.co.jp>", theirs.message_id)))
        answer = await line.answer(TANAKA)
        found = await line.tap(TANAKA, answer, "Trace this message")

    assert theirs.subject not in found.words
    assert "No message found" in found.words


async def test_by_address_and_time(tmp_path: Path) -> None:
    """Where no Message-ID is told, the failed address and the time will do."""
    assert ROW is not None
    day = ROW.received_date_time.strftime("%a, %d %b %Y %H:%M:%S +0000")
    text = postfix("5.1.1", "550 5.1.1 User unknown", "550 5.1.1 User unknown", RECIPIENT)
    text = text.replace("Mon, 23 Nov 2026 10:42:00 +0900 (JST)", day)
    async with Line(tmp_path) as line:
        await paste(line, SATO, pasted(text))
        answer = await line.answer(SATO)
        found = await line.tap(SATO, answer, "Trace this message")

    assert ROW.subject in found.words


async def test_headers(tmp_path: Path) -> None:
    """Pasted headers tell the way, the slow hop and the authentication, and offer the trace."""
    async with Line(tmp_path) as line:
        await paste(line, SATO, pasted(PLAIN, ""))
        answer = await line.answer(SATO)
        await paste(line, TANAKA, pasted(PLAIN))
        own = await line.answer(TANAKA)

    assert "Most of it, 4 min 59 sec, went by before server 2." in answer.words
    assert "mx1.hoge.com" in answer.words
    assert "DMARC fail" in answer.words
    assert "mx1.hoge.com" not in own.words
    assert "Server 2" in own.words
    assert any("Trace this message" in tap.get("title", "") for tap in buttons(own.card))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("explain", "What shall I explain?"),
        ("説明", "What shall I explain?"),
        ("explain what is going on", "I could not make sense of that"),
        ("explain trace from a@x.jp", "I could not make sense of that"),
    ],
)
async def test_nothing_to_explain(tmp_path: Path, text: str, says: str) -> None:
    """Nothing, or nothing that can be read, is answered with what can be pasted."""
    async with Line(tmp_path) as line:
        answer = await line.ask(SATO, text)

    assert says in answer.words
    assert "an error code, such as 550 5.7.1" in answer.words


async def test_japanese(tmp_path: Path) -> None:
    """A Japanese bounce, for a Japanese employee."""
    async with Line(tmp_path) as line:
        await paste(line, TANAKA, pasted(BOUNCES["japanese, unknown"].text, "説明"), JAPANESE)
        answer = await line.answer(TANAKA)

    assert "この宛先は存在しないと返されました。" in answer.words


async def test_header_of_a_report(tmp_path: Path) -> None:
    """Headers of what a mail system wrote, without its text, are told as headers."""
    async with Line(tmp_path) as line:
        headers = PLAIN.replace("suzuki@hoge.com", "postmaster@hoge.com")
        await paste(line, SATO, pasted(headers))
        answer = await line.answer(SATO)

    assert "Hops, oldest first" in answer.words


async def test_very_long(tmp_path: Path) -> None:
    """Of what is too long the beginning is read, and that is said."""
    async with Line(tmp_path) as line:
        await paste(line, SATO, pasted(BOUNCE + "x " * MAX_PASTED))
        answer = await line.answer(SATO)

    assert RECIPIENT in answer.words
    assert "only the first 28,000 characters were read" in answer.words


class Unreachable:
    """A directory that cannot be asked, and a store that nothing is put into."""

    async def domains(self) -> tuple[str, ...]:
        raise GraphUnavailable("broken")

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        raise AssertionError("nothing to keep")

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        raise AssertionError("nothing to find")


async def test_domains_out_of_reach() -> None:
    """Where nobody can say which domains are inside, the meaning is told all the same."""
    unreachable: Any = Unreachable()
    explaining = Explaining(unreachable, unreachable, HastyClock())
    asker = Asker("someone", reader_of("en-US", "", ZoneInfo("UTC")), "here")

    card = await explaining.answer(Explain("550 5.7.1 no"), None, asker)
    assert "Refused: not permitted" in words(card.content)


async def test_a_guest(tmp_path: Path) -> None:
    """A guest is refused, as ever."""
    async with Line(tmp_path) as line:
        answer = await line.ask(GUEST, "explain 5.7.1")

    assert "not permitted" not in answer.words


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("message_id", "recipients", "sent_at", "query"),
    [
        ("", (), None, None),
        ("", ("a@x.jp",), None, MESSAGE_ID_PERIOD),
        ("", (), NOW - DAY, None),
        ("", ("a@x.jp",), NOW - 100 * DAY, None),
        ("", ("a@x.jp",), NOW + 3 * DAY, None),
        ("", ("a@x.jp",), NOW - 5 * DAY, Between(NOW - 6 * DAY, NOW - 4 * DAY)),
        ("", ("a@x.jp",), NOW, Between(NOW - DAY, NOW)),
        ("<a@b>", (), None, MESSAGE_ID_PERIOD),
        ("<a@b>", (), NOW - 100 * DAY, MESSAGE_ID_PERIOD),
        ("<a@b>", (), NOW - 50 * DAY, Between(NOW - 51 * DAY, NOW - 49 * DAY)),
    ],
)
def test_query(
    message_id: str, recipients: tuple[str, ...], sent_at: datetime | None, query: Between | Last | None
) -> None:
    """A trace is offered on a Message-ID, or addresses and a time, unless that is out of reach."""
    asked = query_of(message_id, recipients, "s@y.jp", sent_at, NOW)

    assert (asked.period if asked else None) == query
    if asked is not None and not message_id:
        assert [pattern.text for pattern in asked.senders] == ["s@y.jp"]
