"""Past 10,000 rows the card said “1 more request is left”, and there was no Continue."""

from datetime import timedelta
from pathlib import Path

from cards.texts import TEXTS
from demo.company import SATO
from demo.events import To, deliver, mail, receive
from demo.mailbox import Mailbox
from demo.tenant import Tenant
from tests.line import NOW, Line, buttons, words
from tracing.model import MAX_ROWS

MANY = tuple(
    mail(
        f"many {number}",
        NOW - timedelta(minutes=10 * number + 5),
        "news@hoge.com",
        "News",
        *(To(f"r{number}-{n}@contoso.co.jp", "delivered", (receive(), deliver())) for n in range(100)),
    )
    for number in range(MAX_ROWS // 100 + 2)
)
LEFT = "more request"


async def test_a_full_list_offers_no_more(tmp_path: Path) -> None:
    """A full list says so; no count of requests that are left stands there, and no Continue."""
    async with Line(tmp_path, Tenant(Mailbox(MANY), clock=lambda: NOW)) as line:
        found = await line.ask(SATO, "trace from *@hoge.com last 7d")
        card = await line.read_on(SATO, found)

    said = words(card)
    assert TEXTS["shortfall.row_limit"]["en"].partition("{n}")[0] in said
    assert LEFT in TEXTS["coverage.left"]["en"]
    assert LEFT not in said
    assert not [one for one in buttons(card) if one["verb"] == "continue"]
