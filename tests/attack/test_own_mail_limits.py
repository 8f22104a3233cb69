"""What an employee is told of how far back their own mail goes: 60 days over 30, 90 in the form."""

from pathlib import Path

from demo.company import SATO, TANAKA
from tests.line import Line


async def test_the_header_names_what_was_searched(tmp_path: Path) -> None:
    """Where more was asked for, the card names the time range that was searched, and that it is shorter."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 60d")

    assert "last 60 days" not in found.words.replace("\n", " ")
    assert "last 30 days" in found.words
    assert "goes back 30 days" in found.words


async def test_the_form_offers_what_there_is(tmp_path: Path) -> None:
    """An employee's form offers no range beyond their own; the help desk's does."""
    async with Line(tmp_path) as line:
        own, whole = [str((await line.ask(who, "trace")).card) for who in (TANAKA, SATO)]

    assert "last 90 days" not in own
    assert "last 30 days" in own
    assert "last 90 days" in whole
