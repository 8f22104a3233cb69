"""What an employee is told of how far back their own mail goes: 60 days over 30, 90 in the form."""

import re
from pathlib import Path

import pytest

from demo.activities import Client
from demo.company import SATO, TANAKA
from tests.line import ENGLISH, JAPANESE, Line, buttons
from tests.test_reports import delivered, notes, table, words_of


async def test_the_header_names_what_was_searched(tmp_path: Path) -> None:
    """Where more was asked for, the card names the time range that was searched, and that it is shorter."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 60d")

    assert "last 60 days" not in found.words.replace("\n", " ")
    assert "last 30 days" in found.words
    assert "traced back 30 days" in found.words


async def test_the_form_offers_what_there_is(tmp_path: Path) -> None:
    """An employee's form offers no range beyond their own; the help desk's does."""
    async with Line(tmp_path) as line:
        own, whole = [str((await line.ask(who, "trace")).card) for who in (TANAKA, SATO)]

    assert "last 90 days" not in own
    assert "last 30 days" in own
    assert "last 90 days" in whole


@pytest.mark.parametrize("client", [ENGLISH, JAPANESE], ids=["en", "ja"])
@pytest.mark.parametrize("kind", ["enhanced", "extended"])
async def test_a_file_says_what_was_searched(tmp_path: Path, kind: str, client: Client) -> None:
    """An employee's file names the time range that was searched, that it was shortened, never “everything”;
    and so do the cards before it."""
    shortened = "traced back 30 days" if client is ENGLISH else "過去 30 日まで検索"
    async with Line(tmp_path) as line:
        await line.say(TANAKA, f"report {kind} mine last 60d", client=client)
        if kind == "extended":
            asked = await line.answer(TANAKA)
            start = next(one for one in buttons(asked.card) if one["verb"] == "begin_report")
            await line.tap(TANAKA, asked, start, asked.card, client=client)
        offer = await line.offered(TANAKA)
        data = await delivered(line, TANAKA, offer, client)
        said = "\n".join(str(one) for m in line.connector.messages for one in m.versions)

    assert table(data)
    assert "2026-09-15 12:00:00+09:00 – 2026-10-15 12:00:00+09:00" in notes(data)
    assert shortened in notes(data)
    assert words_of("report.short.own", client.locale) in notes(data)
    assert words_of("report.file.whole", client.locale) not in notes(data)
    assert shortened in said
    assert not re.search(r"60 ?(days|日)", said)
