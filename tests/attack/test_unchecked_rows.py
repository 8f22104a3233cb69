"""An employee's first `mine` hid failures as “Sent” under “Everything in this time range”.

What was not looked into yet says so. A file or a watch comes to every recipient, some at a time.
"""

import re
from datetime import timedelta
from pathlib import Path

from cards.texts import TEXTS
from demo.company import TANAKA
from demo.connector import personal_id
from demo.events import Mail, To, fail, mail, receive, submit, transport_rule
from demo.mailbox import Mailbox
from demo.tenant import Tenant
from tests.line import NOW, Line, buttons, words
from tests.test_reports import delivered, table
from tests.test_watches import Watching

UNCHECKED = "Not checked yet"
MANY = 15
REFUSED = fail(5, "550 5.1.1 User unknown")
COPIED = transport_rule(0, "Copies for the archive", "4f2d9a10-0000-4000-8000-000000000001", "BlindCopyTo")


def sent(name: str, minutes: int, *to: str, added: bool = False) -> Mail:
    """A message of Tanaka's that failed for *to*; *added*: a rule made them recipients."""
    steps = (receive(), COPIED, submit(0), REFUSED) if added else (receive(), submit(1), REFUSED)
    at = NOW + timedelta(minutes=minutes)
    return mail(name, at, TANAKA.mail, f"Subject {name}", *(To(one, "failed", steps) for one in to))


TO_MANY = sent("many", -60, *(f"r{n}@partner.example" for n in range(MANY)))
COPY = sent("copy", -30, "archive@vault.example", added=True)


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
    tenant = Tenant(Mailbox([COPY]), clock=lambda: NOW)
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(TANAKA, "mine last 7d")
        card = await line.read_on(TANAKA, found)
        rows = [one for one in buttons(card) if one["verb"] == "open"]
        before = len(tenant.requests)
        told = await line.tap(TANAKA, found, rows[0], card)

    assert [row["title"] for row in rows] == ["Not shown: Subject copy"]
    assert TEXTS["withheld.title"]["en"] in told.words
    assert "archive@" not in told.words
    assert len(tenant.requests) == before


async def test_a_file_has_every_recipient(tmp_path: Path) -> None:
    """A file of what failed has all recipients that its owner addressed, however many, and no other."""
    async with Line(tmp_path, Tenant(Mailbox([TO_MANY, COPY]), clock=lambda: NOW)) as line:
        await line.say(TANAKA, "report enhanced mine status failed last 7d")
        data = await delivered(line, TANAKA, await line.offered(TANAKA))

    assert sorted(row["recipient_address"] for row in table(data)) == sorted(
        row.recipient_address for row in TO_MANY.rows
    )


async def test_a_watch_comes_to_every_recipient(tmp_path: Path) -> None:
    """What was looked into lets the others go first, be there ever so much that is not told."""
    hidden = [sent(f"hidden {n}", 6 + n, f"archive{n}@vault.example", added=True) for n in range(MANY)]
    mails = [sent("many", 5, *(f"r{n}@partner.example" for n in range(MANY))), *hidden]
    async with Watching(tmp_path, mails) as line:
        await line.ask(TANAKA, "watch mine failed every 15m")
        await line.runs(timedelta(0), *[timedelta(minutes=15)] * 8)
        alerts = line.alerts(TANAKA)

    assert len(alerts) == 1
    assert re.search(rf"\b{MANY} \w+ to partner.example", alerts[0].words)
    assert "vault" not in alerts[0].words


async def test_a_digest_counts_every_recipient(tmp_path: Path) -> None:
    """What one digest does not count is counted in none after it, so that it comes to every recipient."""
    mails = [
        sent("many", 60, *(f"r{n}@partner.example" for n in range(MANY))),
        sent("copy", 90, "archive@vault.example", added=True),
    ]
    async with Watching(tmp_path, mails) as line:
        await line.ask(TANAKA, "watch mine failed daily at 9:00")
        await line.runs(timedelta(0), timedelta(hours=21, minutes=5), timedelta(minutes=1))
        digest = line.connector.said_in(personal_id(TANAKA))[-1]

    assert re.search(rf"\b{MANY} \w+ to partner.example", digest.words, re.M)
    assert "vault" not in digest.words
