"""The whole bot: activities in over HTTP, cards out at a connector."""

from pathlib import Path

from demo.company import SATO
from demo.tenant import DETAILS
from tests.line import Line


async def test_trace_by_sender(tmp_path: Path) -> None:
    """A trace shows first that it looks, then the result in the same place; a tap on a failure says why."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        asked_for_details = [r for r in line.tenant.requests if r.kind == DETAILS]
        detail = await line.tap(SATO, found, "【至急】10月度請求書の件")

    assert found.versions[0]["summary"] == "Tracing mail"
    assert len(found.versions) == 2
    assert "keiri@contoso.co.jp" in found.words
    assert asked_for_details == []
    assert "550 5.1.10" in detail.words
