"""Digests: from the words to the card, on a clock that moves on."""

from datetime import timedelta
from pathlib import Path

import pytest

from cards.texts import TEXTS
from demo.activities import Client
from demo.company import SATO, TANAKA
from demo.connector import CHANNEL
from demo.faults import ALWAYS, LIST
from tests.line import ENGLISH, JAPANESE, Message
from tests.test_watches import Watching, approved, failing

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
UNTIL_NINE = 21 * HOUR
"""It is noon in Tokyo when the lines begin."""
DAILY = "watch failed daily at 9:00"


def digests(line: Watching, title: str = "Daily digest") -> list[Message]:
    return [m for m in line.connector.messages if m.summary.startswith(title)]


@pytest.mark.parametrize(
    ("client", "command", "title", "begun", "verdict"),
    [
        (ENGLISH, DAILY, "Daily digest", "every day at 09:00", "2 mails in trouble"),
        (JAPANESE, "監視 失敗 毎日 9時", "日次レポート", "毎日 09:00", "問題のあるメール 2 件"),
    ],
)
async def test_daily(
    tmp_path: Path, client: Client, command: str, title: str, begun: str, verdict: str
) -> None:
    """At its time in the owner's zone one card tells of the day; nothing before, and no address in it."""
    mails = [failing("a", -HOUR), failing("b", HOUR), failing("c", UNTIL_NINE + HOUR)]
    async with Watching(tmp_path, mails) as line:
        answer = await line.ask(SATO, command, client=client)
        await line.runs(timedelta(0), UNTIL_NINE - HOUR)
        early = digests(line, title)
        await line.runs(HOUR)
        (told,) = digests(line, title)

    assert begun in answer.words
    assert early == []
    assert verdict in told.words
    assert "partner.com" in told.words
    assert "ann@" not in told.words


async def test_the_next_day(tmp_path: Path) -> None:
    """A day without trouble says so in a line; numbers are compared with the digest before."""
    mails = [failing("a", HOUR), failing("b", 3 * DAY), failing("c", 3 * DAY)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0), UNTIL_NINE, DAY, DAY, DAY)
        told = [one.summary.partition(": ")[2] for one in digests(line)]
        words = digests(line)[-1].words

    assert told == ["1 mail in trouble", "No trouble", "No trouble", "2 mails in trouble"]
    assert "▲ 2" in words


async def test_late_rows(tmp_path: Path) -> None:
    """A row that is listed after its digest counts in the next one, once."""
    late = failing("a", UNTIL_NINE - HOUR / 2, late=HOUR)
    async with Watching(tmp_path, [late]) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0), UNTIL_NINE, DAY, DAY)
        told = [one.summary.partition(": ")[2] for one in digests(line)]

    assert told == ["No trouble", "1 mail in trouble", "No trouble"]


async def test_after_an_outage(tmp_path: Path) -> None:
    """What fell into an outage comes as one digest over all of it, which says that it is late."""
    mails = [failing("a", HOUR), failing("b", DAY), failing("c", 2 * DAY)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0))
        line.tenant.faults.where, line.tenant.faults.server_error = frozenset({LIST}), ALWAYS
        await line.runs(UNTIL_NINE, HOUR, HOUR)
        blind = [m.summary for m in line.alerts()]
        line.tenant.faults.clear()
        await line.runs(2 * DAY + HOUR)
        (told,) = digests(line)
        await line.runs(DAY)
        after = digests(line)[-1].summary

    assert blind == ["Watch 1 cannot see"]
    assert "3 mails in trouble" in told.words
    assert "It was due" in told.words
    assert "Oct 15 09:00" in told.words
    assert after == "Daily digest: No trouble"


async def test_weekly(tmp_path: Path) -> None:
    """A weekly digest comes on its day alone, over the week."""
    async with Watching(tmp_path, [failing("a", HOUR), failing("b", 3 * DAY)]) as line:
        await line.ask(SATO, "digest failed to *@partner.com every monday at 9:00")
        await line.runs(timedelta(0), UNTIL_NINE, DAY, DAY)
        early = digests(line, "Weekly digest")
        await line.runs(DAY, DAY, DAY)
        (told,) = digests(line, "Weekly digest")

    assert early == []
    assert "2 mails in trouble" in told.words


async def test_in_a_channel(tmp_path: Path) -> None:
    """In an approved channel each digest is a thread; its mails come with a tap, to who may see them."""
    async with Watching(tmp_path, [failing("a", HOUR)]) as line:
        await approved(line)
        await line.say(SATO, DAILY, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0), UNTIL_NINE)
        (told,) = digests(line)
        rows = await line.tap(SATO, told, "Show the mails", place=CHANNEL)
        strangers = await line.tap(TANAKA, told, "Stop watching", place=CHANNEL)

    assert told.conversation_id == f"{CHANNEL.id};messageid={told.id}"
    assert "ann@partner.com" in rows.words
    assert TEXTS["watch.anothers"]["en"].format(owner=SATO.name) in strangers.words


async def test_stopped_from_its_card(tmp_path: Path) -> None:
    """A tap on a digest ends it."""
    async with Watching(tmp_path, []) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0), UNTIL_NINE)
        (told,) = digests(line)
        stopped = await line.tap(SATO, told, "Stop watching")
        await line.runs(DAY)

    assert TEXTS["watch.stopped"]["en"].format(number=1) in stopped.words
    assert len(digests(line)) == 1


async def test_a_restart(tmp_path: Path) -> None:
    """A restart sends none twice and forgets none."""
    async with Watching(tmp_path, [failing("a", HOUR)]) as line:
        await line.ask(SATO, DAILY)
        await line.runs(timedelta(0), UNTIL_NINE)
        await line.restart()
        await line.runs(HOUR)
        once = len(digests(line))
        await line.runs(DAY - HOUR)

    assert (once, len(digests(line))) == (1, 2)


async def test_changed_to_a_digest(tmp_path: Path) -> None:
    """A watch that becomes a digest counts from the time before, not from when it was begun."""
    mails = [failing("a", HOUR), failing("b", 3 * DAY + HOUR)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, "watch quarantined every 24h")
        await line.runs(timedelta(0), DAY, DAY, DAY)
        await line.ask(SATO, "edit 1 failed daily at 9:00")
        await line.runs(timedelta(0), UNTIL_NINE)
        (told,) = digests(line)

    assert "1 mail in trouble" in told.words
    assert "Oct 18 09:00" in told.words


async def test_an_outage_that_lasts_into_a_day_off(tmp_path: Path) -> None:
    """On a day off it is not said that a digest cannot see, nor told of any trouble; it comes late."""
    friday_night = DAY + 12 * HOUR - HOUR / 6
    mails = [failing("a", HOUR), failing("b", friday_night + HOUR / 2)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, "watch failed daily at 23:50 working days")
        await line.runs(timedelta(0), friday_night - DAY)
        line.tenant.faults.where, line.tenant.faults.server_error = frozenset({LIST}), ALWAYS
        await line.runs(DAY, HOUR / 4, HOUR / 2)
        line.tenant.faults.clear()
        await line.runs(HOUR / 4, HOUR, 2 * DAY, HOUR, 12 * HOUR, 12 * HOUR)
        told = [one.summary for one in digests(line)]

    assert [m.summary for m in line.alerts()] == []
    assert told == [
        "Daily digest: 1 mail in trouble",
        "Daily digest: 1 mail in trouble",
        "Daily digest: No trouble",
    ]
