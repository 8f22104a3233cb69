"""One mail never speaks for others unsaid: a cause is that of the mails in which it was read."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from cards.texts import TEXTS
from demo.activities import Client
from demo.company import SATO, TANAKA
from demo.connector import CHANNEL
from demo.events import Mail, To, fail, mail, receive, submit
from tests.line import ENGLISH, JAPANESE, NOW
from tests.test_watches import WATCH, Watching, approved, failing, several
from tracing.ndr import read_bounce

HOUR = timedelta(hours=1)
UNTIL_NINE = 21 * HOUR
DAILY = "watch failed daily at 9:00"
NOT_FOUND = TEXTS["cause.recipient_not_found_remote.name"]
OUR_RULE = TEXTS["cause.blocked_dlp.name"]


def part_of(known: int, total: int) -> str:
    """That the cause was read of so many."""
    return TEXTS["alert.cause_of"]["en"].format(cause=NOT_FOUND["en"], known=known, total=total)


def counts(words: str) -> list[str]:
    """How many mails each line about that destination counts."""
    return sorted(re.findall(r"\d+", line)[0] for line in words.splitlines() if "partner.com" in line)


def stopped(name: str, at: timedelta, to: str = "bob@partner.com") -> Mail:
    """A mail that our own rule stopped, on its way to the same place."""
    refused = fail(2, "550 5.7.171 Delivery not authorized, message refused", "DLP Policy Agent")
    sent = To(to, "failed", (receive(), submit(), refused))
    return mail(name, NOW + at, TANAKA.mail, f"件名 {name}", sent)


@pytest.mark.parametrize(
    ("client", "language"),
    [(ENGLISH, "en"), (JAPANESE, "ja")],
)
async def test_two_causes_in_a_digest(tmp_path: Path, client: Client, language: Literal["ja", "en"]) -> None:
    """Two mails to one place that failed for two reasons are two lines, each with its own."""
    async with Watching(tmp_path, [failing("a", 2 * HOUR), stopped("b", HOUR)]) as line:
        await line.ask(SATO, DAILY, client=client)
        await line.runs(timedelta(0), UNTIL_NINE)
        words = line.connector.messages[-1].words

    assert counts(words) == ["1", "1"]
    assert NOT_FOUND[language] in words
    assert OUR_RULE[language] in words


async def test_many_mails_in_a_digest(tmp_path: Path) -> None:
    """Of many alike mails a few are looked into; the digest says of how many it knows the cause."""
    async with Watching(tmp_path, several(7, HOUR)) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0), UNTIL_NINE)
        words = line.connector.messages[-1].words

    assert part_of(3, 7) in words


async def test_rest_of_two_causes(tmp_path: Path) -> None:
    """Where two reasons were met, mails nobody looked into count for neither."""
    mails = [stopped("x", 3 * HOUR), failing("y", 2 * HOUR), *several(6, HOUR)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0), UNTIL_NINE)
        words = line.connector.messages[-1].words

    assert counts(words) == ["1", "2", "5"]
    assert TEXTS["digest.cause_open"]["en"] in words


async def test_many_mails_in_an_alert(tmp_path: Path) -> None:
    """An alert over seven mails says that three of them tell its cause, and so does its growth."""
    mails = [*several(7, HOUR / 2), *several(70, HOUR, first=7)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0), HOUR * 3 / 4)
        (begun,) = [one.words for one in line.alerts()]
        await line.runs(HOUR / 2)
        *_, grown = [one.words for one in line.alerts()]

    assert part_of(3, 7) in begun
    assert part_of(6, 77) in grown


async def test_mails_under_an_alert(tmp_path: Path) -> None:
    """Under an alert stand mails of its own cause, where details are approved."""
    mails = [stopped("ours", HOUR / 3), failing("theirs", HOUR / 2)]
    async with Watching(tmp_path, mails, detailed_places=CHANNEL.id) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0), HOUR)
        told = [one.words for one in line.alerts(CHANNEL)]

    assert len(told) == 2
    for words in told:
        assert (NOT_FOUND["en"] in words) == ("件名 theirs" in words)
        assert (OUR_RULE["en"] in words) == ("件名 ours" in words)


TWO_FATES = """Delivery has failed to these recipients or groups:

ann@partner.com
bob@partner.com

Reporting-MTA: dns;mail.contoso.co.jp

Final-Recipient: rfc822;ann@partner.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp;550 5.1.1 User unknown

Final-Recipient: rfc822;bob@partner.com
Action: failed
Status: 5.2.2
Diagnostic-Code: smtp;552 5.2.2 Mailbox full
"""


async def test_recipients_of_a_bounce(tmp_path: Path) -> None:
    """A pasted bounce about two people who met two fates says so of each, and of which one it speaks."""
    async with Watching(tmp_path, []) as line:
        answer = await line.ask(SATO, f"explain {TWO_FATES}")

    full, unknown = (
        TEXTS[f"cause.{cause}.name"]["en"] for cause in ("mailbox_full_remote", "recipient_not_found_remote")
    )
    assert full in answer.words
    assert unknown in answer.words
    assert TEXTS["alert.cause_of"]["en"].format(cause=unknown, known=1, total=2) in answer.words


def test_one_fate_of_all() -> None:
    """Where all met the same there is nothing to part."""
    same = (
        TWO_FATES.replace("5.2.2 Mailbox full", "5.1.1 User unknown")
        .replace("552", "550")
        .replace("5.2.2", "5.1.1")
    )
    parted, whole = read_bounce(TWO_FATES), read_bounce(same)

    assert parted is not None
    assert whole is not None
    assert [address for address, _ in parted.fates] == ["ann@partner.com", "bob@partner.com"]
    assert whole.fates == ()
