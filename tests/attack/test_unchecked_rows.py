"""An employee's first `mine` hid failures as “Sent” under “Everything in this time range”."""

from pathlib import Path

from cards.texts import TEXTS
from demo.company import TANAKA
from tests.line import Line, buttons, words

UNCHECKED = "Not checked yet"


async def test_what_is_unchecked_says_so(tmp_path: Path) -> None:
    """A row whose recipients are not proven is not called sent, and nothing claims everything meanwhile."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 7d")
        whole = words(await line.read_on(TANAKA, found))

    assert UNCHECKED in found.words
    assert TEXTS["results.complete"]["en"] not in found.words
    assert "Sent:" not in found.words
    assert "not checked yet" in found.summary
    assert UNCHECKED not in whole


async def test_a_row_that_cannot_be_told_is_not_asked_again(tmp_path: Path) -> None:
    """Where no recipient can be told, the row says so, and a tap on it makes no request."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 7d")
        card = await line.read_on(TANAKA, found)
        row = next((one for one in buttons(card) if one.get("title", "").startswith("Not shown")), None)
        before = len(line.tenant.requests)
        if row is not None:
            told = await line.tap(TANAKA, found, row, card)
            assert TEXTS["withheld.title"]["en"] in told.words

    assert len(line.tenant.requests) == before
