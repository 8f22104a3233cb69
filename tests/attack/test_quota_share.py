"""One person empties the quota: seven questions of an employee, and the help desk waits five minutes.

What an employee's question costs is counted at the tenant: the search, the proofs of recipients, each tap and
each Continue on its own. Many employees together leave the help desk its reserve.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.hour import live
from bot.health import Health
from bot.spare_purse import SparePurse
from bot.store.database import Database, DatabaseUnusable
from bot.store.stamps import StampBudget
from cards.texts import TEXTS
from demo.company import SATO, TANAKA, Employee
from demo.events import To, fail, mail, receive, submit
from demo.faults import ALWAYS, Faults
from demo.mailbox import Mailbox
from demo.tenant import TRACES, Tenant
from demo.troubles import TROUBLES
from tests.line import NOW, Line, buttons, sample_mailbox, words
from tests.signing import HeldClock
from tracing.model import Spender
from tracing.quota import HELPDESK_RESERVE, LIMIT, PATIENCE, ROLLING_WINDOW, Stamp, Ticket, decide

MOST = 3
QUESTIONS = (
    "mine",
    "mine last 30d",
    "mine status failed last 7d",
    "trace last 30d",
    "mine client-ip 203.0.113.9",
)
THROTTLED = set(TEXTS["fault.throttled.title"].values())
FROM_HOGE = "trace sender *@hoge.com last 2d"
MOMENT = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)


def _unavailable(faults: Faults) -> None:
    faults.server_error = ALWAYS


PLAYED = TROUBLES | {"unavailable": _unavailable}


def traced(line: Line) -> int:
    """How many requests of the quota were made so far."""
    return sum(request.kind in TRACES for request in line.tenant.requests)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_a_question_of_an_employee_costs_three(tmp_path: Path, question: str) -> None:
    """Whatever an employee asks, the answer cost three requests at most."""
    async with Line(tmp_path) as line:
        before = traced(line)
        await line.ask(TANAKA, question)
        first = traced(line) - before

    assert first <= MOST


async def test_a_tap_and_a_continue_cost_three_each(tmp_path: Path) -> None:
    """A row that is opened, and each Continue, is a question of its own; their end is the whole answer."""
    costs: list[int] = []
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 30d")
        card = found.card
        for title in ("Not checked yet", "Continue", "Continue", "Delivered", "Failed"):
            before = traced(line)
            rows = [one for one in buttons(card) if one.get("title", "").startswith(title)]
            taps = [one for one in rows if one["verb"] in ("open", "continue")]
            if taps:
                answer = await line.tap(TANAKA, found, taps[0], card)
                card = answer.card if title == "Continue" else card
            costs.append(traced(line) - before)

    assert max(costs) <= MOST
    assert sum(costs) > 0


@pytest.mark.parametrize("count", [1, 2, 7])
async def test_a_question_by_cause_finds_all_they_sent(tmp_path: Path, count: int) -> None:
    """The events that name a cause prove the recipient too: nothing that fits is lost."""
    refused = (receive(), submit(), fail(3, "550 5.1.1 User unknown"))
    mails = [
        mail(
            f"sent {n}",
            NOW - timedelta(hours=n + 2),
            TANAKA.mail,
            "Plan",
            To("a@x.example", "failed", refused),
        )
        for n in range(count)
    ]
    tenant = Tenant(Mailbox(mails), clock=lambda: NOW)
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(TANAKA, "mine cause unknown user last 7d")
        first = traced(line)
        whole = words(await line.read_on(TANAKA, found))

    assert first <= MOST
    assert TEXTS["nothing.title"]["en"] not in found.words
    assert f"{count} message" in whole


async def test_many_questions_of_an_employee_leave_the_help_desk_its_reserve(tmp_path: Path) -> None:
    """After thirty questions of one employee, the help desk is answered at once."""
    async with Line(tmp_path) as line:
        for number in range(30):
            await line.ask(TANAKA, f"mine last {number + 1}d")
        found = await line.ask(SATO, FROM_HOGE)

    assert not THROTTLED & set(found.words.splitlines())
    assert "Message trace" in found.words


@pytest.mark.parametrize(
    "trouble", ["throttled", "unavailable", "permission", "offline", "refused", "secret"]
)
@pytest.mark.parametrize("person", [SATO, TANAKA], ids=["help desk", "employee"])
async def test_a_tap_that_fails_keeps_the_list(tmp_path: Path, person: Employee, trouble: str) -> None:
    """Whatever a tap on a row meets, the list stays, with a button to try again, which opens the row."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(
            person, "trace to tanaka@sales.contoso.co.jp last 7d" if person is TANAKA else FROM_HOGE
        )
        rows = [one["title"] for one in buttons(found.card) if one["verb"] == "open"]
        PLAYED[trouble](tenant.faults)
        refused = (await line.tap(person, found, rows[0])).card
        tenant.faults.clear()
        opened = await line.tap(person, found, "Try again", refused)

    taps = [one["title"] for one in buttons(refused) if one["verb"] == "open"]
    assert taps == ["Try again", *rows]
    assert "Back to results" in opened.words


def test_employees_together_cannot_spend_the_reserve() -> None:
    """However many employees ask, the help desk spends its reserve without a wait."""
    stamps: list[Stamp] = []
    for number in range(10 * LIMIT):
        now = MOMENT + timedelta(seconds=number / 4)
        stamps = [stamp for stamp in stamps if stamp.made_at > now - ROLLING_WINDOW]
        somebody = Spender(f"employee {number}", employee=True)
        if not decide(stamps, (), somebody, now):
            stamps.append(Stamp(now, somebody))
    now = MOMENT + timedelta(seconds=10 * LIMIT / 4)
    tickets = [Ticket(Spender(f"waiting {number}", employee=True), MOMENT) for number in range(100)]
    waits = []
    for _ in range(HELPDESK_RESERVE // 2):
        waits.append(decide(stamps, tickets, Spender("sato"), now))
        stamps.append(Stamp(now, Spender("sato")))

    assert set(waits) == {timedelta(0)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_not_without_the_database_either(database: Database, clock: HeldClock) -> None:
    """The purse that stands in for the database has a reserve of the help desk, too."""

    class Away(StampBudget):
        async def take(self, spender: Spender) -> timedelta:
            raise DatabaseUnusable("away")

    purse = SparePurse(Away(database), Health(), clock)
    spent = [await purse.take(Spender(f"e{number}", employee=True)) for number in range(LIMIT)]

    assert timedelta(0) < spent[-1]
    assert await purse.take(Spender("sato")) == timedelta(0)


async def test_a_bad_hour() -> None:
    """With 200 people at the bad load, for a third of an hour, the help desk waits twenty seconds at most."""
    hour = await live(people=200, questions=1, length=timedelta(minutes=20), reports=2)
    waits = sorted(hour.helpdesk)

    assert len(waits) >= 20
    assert waits[int(len(waits) * 0.99) - 1] <= PATIENCE
    assert hour.refused == 0
