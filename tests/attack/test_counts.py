"""Numbers that hang on mail its reader may not see: tenants that differ in nothing else sound the same."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from cards.texts import TEXTS
from demo.company import EXECUTIVE_GROUP_ID, HELPDESK_GROUP_ID, KIMURA, SATO, TAKAHASHI, TANAKA
from demo.connector import personal_id
from demo.events import Mail, To, deliver, fail, mail, receive, submit, transport_rule
from demo.mailbox import Mailbox
from demo.tenant import Tenant
from tests.line import HELD, NOW, PATIENT, Line, Message, Tap, buttons
from tests.test_watches import Watching

GUESS = "Merger"
CEO = TAKAHASHI.mail
SEEN_IP, HIDDEN_IP = "203.0.113.9", "198.51.100.9"
DELIVERED = (receive(), submit(), deliver(4))
FAILED = (receive(), submit(), fail(3, "550 5.1.1 User unknown"))

PLAIN = tuple(
    mail(
        f"plain {n}",
        NOW - timedelta(hours=2 * n + 3),
        KIMURA.mail,
        f"{GUESS} of lists {n}",
        To(f"a{n}@partner.example", "failed" if n % 2 else "delivered", FAILED if n % 2 else DELIVERED),
        from_ip=SEEN_IP,
    )
    for n in range(4)
)
"""What the help desk may see."""

PROTECTED = (
    mail(
        "p1",
        NOW - timedelta(hours=4),
        CEO,
        GUESS,
        To("x@partner.example", "failed", FAILED),
        from_ip=HIDDEN_IP,
    ),
    mail(
        "p2",
        NOW - timedelta(hours=6),
        "y@partner.example",
        GUESS,
        To(CEO, "delivered", DELIVERED),
        from_ip=SEEN_IP,
    ),
    mail(
        "p3",
        NOW + timedelta(minutes=2),
        CEO,
        GUESS,
        To("z@partner.example", "failed", FAILED),
        from_ip=SEEN_IP,
    ),
)
"""What takes a ticket, and even with one is there for no guess at its subject."""

MANY = tuple(
    mail(
        f"many {n}",
        NOW - timedelta(minutes=60 + n),
        CEO,
        GUESS,
        To(f"m{n}@partner.example", "failed", (receive(), submit(), fail(3, "552 5.2.2 Mailbox full"))),
        from_ip=SEEN_IP,
    )
    for n in range(60)
)
"""More of it than one question looks into, newer than what may be seen."""

LATER = (
    mail(
        "later",
        NOW + timedelta(minutes=1),
        KIMURA.mail,
        f"{GUESS} II",
        To("b@partner.example", "failed", FAILED),
    ),
)
GUESSES = (
    f"trace subject {GUESS} last 30d",
    f"trace from {CEO} subject {GUESS} last 30d",
    f"trace subject {GUESS} ip 203.0.113.0/24 last 7d",
    "trace ip 198.51.100.0/24 last 7d",
    f"trace from {CEO} ip blank last 7d",
    "trace client-ip 192.0.2.0/24 last 2d",
    f"trace from *{CEO[3:]} subject {GUESS} last 7d",
    f"report extended from {CEO} subject {GUESS} last 7d",
    f"report extended from *@contoso.co.jp subject {GUESS} last 7d",
    f"report extended to *@partner.example ip {HIDDEN_IP} last 7d",
    f"trace subject {GUESS} cause mailbox full last 7d",
    f"trace from {CEO} cause mailbox full last 7d",
    f"trace from {CEO} rule Macros last 7d",
    f"trace ip {HIDDEN_IP} cause mailbox full last 7d",
)


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """One for each tenant."""
    both = tmp_path / "without", tmp_path / "with"
    for folder in both:
        folder.mkdir()
    return both


def tenant_of(*mails: Mail) -> Tenant:
    return Tenant(Mailbox(mails), clock=lambda: NOW + timedelta(minutes=30))


def heard(body: Mapping[str, Any]) -> str:
    """What left the bot, without its ids and the bounds of long words."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True).replace("\u200b", "")
    text = re.sub(r"[A-Za-z0-9_-]{21,24}(?=\")", "ID", text)
    return re.sub(r"http://127\.0\.0\.1:\d+", "HOST", text)


async def conversation(
    folder: Path,
    tenant: Tenant,
    said: Sequence[str],
    auditors: str = "",
    taps: str = "open page again continue report share",
) -> list[str]:
    """Everything that the help desk is shown for *said* and for a tap on each button of each answer."""
    answers: list[str] = []
    async with Line(
        folder, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID, TRACE_AUDITOR_GROUPS=auditors
    ) as line:
        for text in said:
            answer = await line.ask(SATO, text)
            answers.append(heard(answer.card))
            for press in buttons(answer.card):
                if press["verb"] in taps:
                    tap = await line.tap(SATO, answer, press)
                    answers.append(heard(tap.body))
                    answers += [heard(one.body) for one in await opened(line, answer, tap)]
    return answers


async def opened(line: Line, answer: Message, tap: Tap) -> list[Tap]:
    """What stands behind a detail's buttons; related mail is a question of its own, without a subject."""
    if "value" not in tap.body or not isinstance(tap.body["value"], dict):
        return []
    behind = [one for one in buttons(tap.card) if one["verb"] in ("part", "pick")]
    return [await line.tap(SATO, answer, one, tap.card) for one in behind]


@pytest.mark.parametrize("text", GUESSES)
async def test_guesses(folders: tuple[Path, Path], text: str) -> None:
    """No guess at a protected subject or address is answered by a count, a figure, a button or its place."""
    without = await conversation(folders[0], tenant_of(*PLAIN), [text])
    with_ = await conversation(folders[1], tenant_of(*PLAIN, *PROTECTED), [text])

    assert with_ == without
    assert len(without) >= 1


@pytest.mark.parametrize(
    "text",
    [
        f"trace subject {GUESS} client-ip 192.0.2.0/24 last 7d",
        f"trace subject {GUESS} cause unknown user last 7d",
        "trace cause unknown user last 7d",
        "trace rule Macros last 7d",
    ],
)
async def test_events_are_read_of_what_may_be_seen(folders: tuple[Path, Path], text: str) -> None:
    """However much protected mail there is, it takes no place among the messages that are looked into."""
    without = await conversation(folders[0], tenant_of(*PLAIN), [text])
    with_ = await conversation(folders[1], tenant_of(*PLAIN, *MANY), [text])

    assert with_ == without
    assert "unknown user" not in text or "a1@partner.example" in "".join(without)


async def test_domains_that_a_ticket_showed(tmp_path: Path) -> None:
    """What one ticket opened is no domain that others, or the next question, are asked about."""
    hidden = mail("h", NOW - timedelta(hours=1), CEO, "Plan", To("x@merger-bank.example", "failed", FAILED))
    async with Line(tmp_path, tenant_of(hidden), TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        opened = await line.ask(SATO, f"trace from {CEO} ticket INC123")
        slip = await line.ask(SATO, "trace to x@merger-bnak.example")

    assert "merger-bank" in opened.words.replace("\u200b", "")
    assert "merger-bank" not in slip.words.replace("\u200b", "")


@pytest.mark.parametrize("ticket", ["", " ticket INC123"])
async def test_other_recipients(folders: tuple[Path, Path], ticket: str) -> None:
    """A detail does not tell that the message went to protected people as well."""
    sent = mail(
        "both", NOW - timedelta(hours=1), KIMURA.mail, GUESS, To("a@partner.example", "failed", FAILED)
    )
    copied = replace(
        sent, rows=(*sent.rows, replace(sent.rows[0], recipient_address=CEO, status="delivered"))
    )
    said = [f"trace subject {GUESS} last 7d"]
    without = await conversation(folders[0], tenant_of(sent), said)
    with_ = await conversation(folders[1], tenant_of(copied), said)

    assert with_ == without


async def test_record(folders: tuple[Path, Path]) -> None:
    """Who is an auditor as well finds no count of it in the record either."""
    said = [f"trace subject {GUESS} last 30d", f"trace from {CEO} subject {GUESS} last 30d", "audit last 7d"]
    without = await conversation(folders[0], tenant_of(*PLAIN), said, HELPDESK_GROUP_ID, "")
    with_ = await conversation(folders[1], tenant_of(*PLAIN, *PROTECTED), said, HELPDESK_GROUP_ID, "")

    assert with_[-1] == without[-1]
    assert "2 rows" not in with_[-1]


async def file_of(folder: Path, tenant: Tenant, text: str) -> tuple[str, list[str]]:
    """The file of the report that *text* asks for, and every card and offer on its way."""
    async with Line(folder, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        await line.say(SATO, text)
        if "extended" in text:
            asked = await line.answer(SATO)
            await line.tap(SATO, asked, "Start")
        await line.consent(SATO, await line.offered(SATO))
        await line.until(lambda: line.connector.drive.whole)
        messages = [heard(one.versions[-1]) for one in line.connector.said_in(personal_id(SATO))]
        (data,) = line.connector.drive.whole.values()
    return data.decode("utf-8-sig"), messages[:2]


@pytest.mark.parametrize(
    "text",
    [
        f"report enhanced subject {GUESS} last 7d",
        f"report extended from *@contoso.co.jp subject {GUESS} last 7d",
        "report extended from *@contoso.co.jp ip 192.0.2.0/1 last 7d",
    ],
)
async def test_files(folders: tuple[Path, Path], text: str) -> None:
    """A file, its size in the offer and what its foot counts are those of the rows it holds."""
    without, offer = await file_of(folders[0], tenant_of(*PLAIN), text)
    with_, offered = await file_of(folders[1], tenant_of(*PLAIN, *PROTECTED), text)

    assert with_ == without
    assert offered == offer


async def test_a_foot_counts_what_its_file_holds(folders: tuple[Path, Path]) -> None:
    """Where rows are withheld, the foot counts the others, and says how many are withheld."""
    text = "report extended to *@partner.example last 7d"
    data, _ = await file_of(folders[0], tenant_of(*PLAIN, *PROTECTED), text)
    held = set(re.findall(r"a\d@partner\.example", data))

    assert f"# {len(held)} rows" in data
    assert "1 row of protected people is held back" in data


async def test_a_condition_that_was_not_applied(folders: tuple[Path, Path]) -> None:
    """A file that asked for a cause and was read without it says what it holds back, as one that did not."""
    data, _ = await file_of(
        folders[0],
        tenant_of(*PLAIN, *PROTECTED),
        "report enhanced to *@partner.example cause malware last 7d",
    )

    assert "a1@partner.example" in data
    assert "of protected people" in data


async def test_a_condition_that_was_applied(folders: tuple[Path, Path]) -> None:
    """An extended report, whose list was found by its cause, does not say that it was read without it."""
    data, _ = await file_of(
        folders[0], tenant_of(*PLAIN), "report extended to *@partner.example cause unknown user last 7d"
    )

    assert "a1@partner.example" in data
    assert "a0@partner.example" not in data
    assert TEXTS["report.short.cause"]["en"] not in data


async def test_progress(folders: tuple[Path, Path]) -> None:
    """While a question runs that protected people's mail may meet, no number of rows is told."""
    tenant = tenant_of(*PLAIN, *PROTECTED)
    pace = replace(PATIENT, first=timedelta(milliseconds=50), every=timedelta(milliseconds=50))
    async with Line(folders[0], tenant, pace=pace, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:

        def told() -> list[str]:
            return [json.dumps(call.body, ensure_ascii=False) for call in line.connector.calls]

        def told_how_far() -> int:
            """How many cards said so: those with the button that stops it."""
            return sum('"stop"' in one for one in told())

        # A page a row: there is something to count after the first, and the next ones are held.
        tenant.faults.page_rows = 1
        tenant.faults.slow = timedelta(milliseconds=200)
        await line.say(SATO, f"trace from {CEO} subject {GUESS} last 30d")
        await line.until(lambda: sum(one.path.endswith("messageTraces") for one in tenant.requests) > 1)
        tenant.faults.slow = HELD
        before = told_how_far()
        await line.until(lambda: told_how_far() > before + 1)
        tenant.faults.clear()
        await line.answer(SATO)

    assert not [one for one in told() if "found so far" in one]


class Guarding(Watching):
    """A line with watches, on which some people are protected."""

    def __init__(self, folder: Path, mails: Sequence[Mail]) -> None:
        tenant = Tenant(Mailbox(mails), clock=lambda: self.clock.now())
        Line.__init__(self, folder, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID)


async def test_watches(folders: tuple[Path, Path]) -> None:
    """A watch that guesses, or takes parts of a hundred, alerts as if there were no such mail."""

    async def alerts(folder: Path, *mails: Mail) -> list[str]:
        async with Guarding(folder, (*PLAIN, *LATER, *mails)) as line:
            await line.ask(SATO, f"watch failed subject {GUESS} every 5m")
            await line.ask(SATO, "watch failed to *@partner.example more than 10 % in 1h every 5m")
            await line.ask(SATO, "watch cause unknown user every 5m")
            await line.runs(*[timedelta(minutes=6)] * 5)
            return [heard(one.card) for one in line.alerts()]

    without, with_ = await alerts(folders[0]), await alerts(folders[1], *PROTECTED)
    assert with_ == without
    assert without


HIDDEN = (
    To(
        "bcc@partner.example",
        "failed",
        (transport_rule(2, "r", "i", "BlindCopyTo"), fail(3, "554 5.2.2 full")),
    ),
    To("copy@partner.example", "delivered", (submit(9), deliver(10))),
)


@pytest.mark.parametrize(
    "text",
    [
        "mine last 7d",
        f"trace from {TANAKA.mail} to *@partner.example last 7d",
        f"trace from {TANAKA.mail} status failed last 7d",
        f"report extended from {TANAKA.mail} last 7d",
    ],
)
async def test_employees(folders: tuple[Path, Path], text: str) -> None:
    """Recipients whom an employee did not name, and mail that is not theirs, leave no mark."""
    sent = mail(
        "own", NOW - timedelta(hours=5), TANAKA.mail, "Plan", To("a@partner.example", "delivered", DELIVERED)
    )
    more = mail(
        "own",
        NOW - timedelta(hours=5),
        TANAKA.mail,
        "Plan",
        To("a@partner.example", "delivered", DELIVERED),
        *HIDDEN,
    )

    async def said(folder: Path, *mails: Mail) -> list[str]:
        async with Line(folder, tenant_of(*mails)) as line:
            answer = await line.ask(TANAKA, text)
            taps = [one for one in buttons(answer.card) if one["verb"] in ("open", "page", "again")]
            return [heard(answer.card), *[heard((await line.tap(TANAKA, answer, one)).body) for one in taps]]

    assert await said(folders[1], more, *PLAIN, *PROTECTED) == await said(folders[0], sent)
