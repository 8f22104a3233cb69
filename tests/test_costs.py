"""What a search may cost, as people meet it: Continue, and runs that are shared."""

from pathlib import Path

from demo.company import SATO, TANAKA
from demo.tenant import LIST
from tests.line import Line
from tests.test_line import asked

MANY = "trace from " + ",".join((*(f"a{n}@partner.com" for n in range(11)), "suzuki@hoge.com"))


async def test_continue(tmp_path: Path) -> None:
    """A search of twelve requests shows what ten brought; Continue brings the rest in place."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, MANY)
        spent = asked(line.tenant, LIST)
        more = await line.tap(SATO, found, "Continue")
        again = await line.tap(SATO, found, "Continue")

    assert spent == 10
    assert "About 2 more requests" in found.words
    assert "suzuki@hoge.com →" not in found.words
    assert "suzuki@hoge.com →" in more.words
    assert "Everything in this time range" in more.words
    assert "Continue" not in more.words
    assert again.words == more.words


async def test_shared_run(tmp_path: Path) -> None:
    """The same search a moment later costs nothing and says when it was read; refresh reads anew."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender *@hoge.com")
        found = await line.ask(SATO, "trace sender *@hoge.com")
        before = asked(line.tenant, LIST)
        await line.tap(SATO, found, "Refresh")
        after = asked(line.tenant, LIST)

    assert (before, after) == (1, 2)
    assert "as of" in found.words


async def test_shared_and_narrowed(tmp_path: Path) -> None:
    """What one is shown of a search says nothing of what another is shown: each sees their own."""
    async with Line(tmp_path) as line:
        wide = await line.ask(SATO, "trace sender *@hoge.com")
        own = await line.ask(TANAKA, "trace sender *@hoge.com")

    assert "keiri@contoso.co.jp" in wide.words
    assert "keiri@contoso.co.jp" not in own.words
