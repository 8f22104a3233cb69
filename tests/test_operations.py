"""What whoever runs the process is told: alive, ready, counted."""

import asyncio
import json
import math
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.errands import Errand
from bot.readiness import Heart, Readiness
from bot.store.database import Database
from bot.store.errands import Errands
from bot.store.stamps import StampBudget
from demo.company import SATO, TANAKA
from tests.bot.store.test_errands import PLACE
from tests.line import HELD, Line
from tests.signing import HeldClock
from tests.test_away import PATIENCE, locked
from tests.tracing.tenants import Tokens
from tracing.errors import CredentialsRefused
from tracing.model import Spender
from tracing.quota import LIMIT


async def asked(line: Line, path: str, **headers: str) -> tuple[int, str]:
    async with ClientSession() as session, session.get(f"{line.bot_url}{path}", headers=headers) as answer:
        return answer.status, await answer.text()


async def test_ready(tmp_path: Path) -> None:
    """A bot that can answer says so, part by part."""
    async with Line(tmp_path) as line:
        status, text = await asked(line, "/readyz")

    assert (status, text) == (200, '{"ready": true, "database": "ok", "token": "ok", "loop": "ok"}')


async def test_no_token(tmp_path: Path) -> None:
    """Without a token nobody can be answered: not ready, but alive."""
    async with Line(tmp_path) as line:
        line.tenant.faults.sign_in_refused = "AADSTS7000222"
        status, text = await asked(line, "/readyz")
        alive, _ = await asked(line, "/healthz")

    assert status == 503
    assert '"token": "refused"' in text
    assert alive == 200


class Late:
    """Meets Lagging: two seconds late."""

    lag = timedelta(seconds=2)


class NoTokens(Tokens):
    async def get(self, scope: str) -> str:
        raise CredentialsRefused("AADSTS7000222")


async def test_parts(tmp_path: Path, clock: HeldClock) -> None:
    """Each part is judged for itself."""
    folder = tmp_path / "there"
    folder.mkdir()
    database = Database(f"sqlite+aiosqlite:///{folder / 'test.sqlite3'}", clock, timedelta(seconds=1))
    await database.migrate()
    well = await Readiness(database, Tokens("token"), "scope", Heart()).look()
    ill = await Readiness(database, NoTokens("token"), "scope", Late()).look()
    await database.close()
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    gone = await Readiness(database, None, "scope", Heart()).look()
    await database.close()

    assert well == {"database": "ok", "token": "ok", "loop": "ok"}
    assert ill == {"database": "ok", "token": "refused", "loop": "late"}
    assert gone == {"database": "damaged", "token": "ok", "loop": "ok"}


async def test_heart() -> None:
    """The heart knows of a loop that was held up, while it is and after."""
    heart = Heart()
    beating = asyncio.create_task(heart.beat())
    await asyncio.sleep(0)
    before = heart.lag
    os.system("sleep 0.6")  # noqa: ASYNC221 - holding up the loop is the point
    during = heart.lag
    await asyncio.sleep(0.01)
    after = heart.lag
    beating.cancel()

    assert before < during
    assert during > timedelta(seconds=0.3)
    assert after > timedelta(seconds=0.3)


@pytest.mark.parametrize("path", ["/readyz", "/metrics"])
async def test_not_for_everybody(tmp_path: Path, path: str) -> None:
    """Who connects from elsewhere than is set finds neither; they only learn whether the process lives."""
    async with Line(tmp_path, TRACE_METRICS_FROM="10.0.0.0/8,::1") as line:
        assert (await asked(line, path))[0] == 404
        assert (await asked(line, "/healthz"))[0] == 200


def values(text: str) -> dict[str, float]:
    """Every sample of an exposition by its name and labels."""
    lines = [line.rpartition(" ") for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, _, value in lines}


async def test_metrics(tmp_path: Path) -> None:
    """Turns, questions, Graph's answers, the quota, the memory of the directory: all are counted."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender *@hoge.com")
        await line.ask(SATO, "mine")
        line.tenant.faults.throttle, line.tenant.faults.retry_after = 1, 0
        await line.ask(SATO, "trace failed")
        await line.until(lambda: line.tenant.requests)
        status, text = await asked(line, "/metrics")
    seen = values(text)

    assert status == 200
    assert seen['mail_trace_turn_seconds_count{kind="message"}'] == 3
    assert seen['mail_trace_graph_requests_total{status="200"}'] >= 5
    assert seen['mail_trace_graph_requests_total{status="429"}'] == 1
    assert seen['mail_trace_directory_cache_total{result="hit",what="people"}'] >= 1
    assert seen['mail_trace_directory_cache_total{result="miss",what="people"}'] == 1
    assert 0 < seen["mail_trace_quota_left"] < LIMIT
    assert seen['mail_trace_job_seconds_count{outcome="done"}'] >= 2
    assert "mail_trace_loop_lag_seconds" in seen


async def test_what_runs_and_what_is_shared(tmp_path: Path) -> None:
    """While a question is worked it is counted as running; one that another's run answers, as shared."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "help")
        line.tenant.faults.slow = HELD
        await line.say(SATO, "trace sender *@hoge.com")
        await line.until(lambda: line.connector.messages[-1].is_looking)
        during = values((await asked(line, "/metrics"))[1])
        line.tenant.faults.slow = timedelta(0)
        await line.answer(SATO)
        await line.ask(SATO, "trace sender *@hoge.com")
        await line.ask(TANAKA, "watch failed to *@partner.com every 15m")
        after = values((await asked(line, "/metrics"))[1])

    assert during["mail_trace_jobs_running"] == 1
    assert after["mail_trace_jobs_running"] == 0
    assert during['mail_trace_shared_runs_total{result="miss"}'] == 1
    assert after['mail_trace_shared_runs_total{result="hit"}'] == 1
    assert after["mail_trace_errands_due"] >= 0


async def test_errands_due(database: Database) -> None:
    """What is due and nobody's is counted; what rests, waits or is worked is not."""
    errands = Errands(database)
    for name in ("due", "resting", "not yet", "worked"):
        await errands.add(Errand(name, "count", name, PLACE, "", "", "0"))
    await errands.show("worked", "m")
    await errands.claim()
    await errands.show("due", "m")
    await errands.stop("resting", "resting")

    assert await errands.waiting() == 1


async def test_denials_are_counted(tmp_path: Path) -> None:
    """Who may not is counted by the reason, and never by the question."""
    async with Line(tmp_path) as line:
        await line.ask(TANAKA, "trace from suzuki@hoge.com to keiri@contoso.co.jp")
        _, text = await asked(line, "/metrics")

    assert values(text)['mail_trace_denials_total{reason="not_yours"}'] == 1
    assert "suzuki" not in text


async def test_metrics_without_a_database(tmp_path: Path) -> None:
    """While the database is away the counts are there all the same; what only it knows is not a number."""
    async with Line(tmp_path, patience=PATIENCE) as line, locked(tmp_path):
        status, text = await asked(line, "/metrics")

    assert status == 200
    assert math.isnan(values(text)["mail_trace_quota_left"])


async def test_refusals_are_counted(tmp_path: Path) -> None:
    """Who is turned away is counted by the reason."""
    async with Line(tmp_path) as line:
        activity: dict[str, Any] = line.typed(TANAKA, "help")
        activity["channelData"]["tenant"]["id"] = activity["conversation"]["tenantId"] = "another"
        await line.knock(json.dumps(activity).encode())
        _, text = await asked(line, "/metrics")

    assert values(text)['mail_trace_refusals_total{reason="other tenant"}'] == 1


async def test_nobody_is_in_the_metrics(tmp_path: Path) -> None:
    """No count holds an address, a name or an id, whatever a client calls things."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender suzuki@hoge.com")
        strange = line.typed(SATO, "help") | {"type": "suzuki@hoge.com"}
        await line.knock(json.dumps(strange).encode())
        _, text = await asked(line, "/metrics")

    assert "@" not in text
    assert SATO.aad_object_id not in text
    assert 'kind="other"' in text


async def test_quota_left(database: Database) -> None:
    """What is left is what was not spent in five minutes."""
    budget = StampBudget(database)
    before = await budget.left()
    await budget.take(Spender("somebody"))

    assert (before, await budget.left()) == (LIMIT, LIMIT - 1)
