"""Simulate an hour of a busy tenant on a virtual clock.

The help desk and employees ask questions while reports are written, all from one budget. The source, the
HTTP client, the budget in a database and the sample tenant with its quota of 100 requests in five minutes
are real. Only time is virtual: it moves on when every task waits for it. Runs are not shared, so the
figures are the worst case.
"""

import asyncio
import heapq
import logging
import random
import statistics
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import httpx
from aiohttp.test_utils import TestServer

from bot.store.database import Database
from bot.store.stamps import StampBudget
from demo.company import DIRECTORY
from demo.mailbox import make_mailbox
from demo.tenant import Tenant, graph_app
from tracing.client import GraphHttp
from tracing.errors import Throttled
from tracing.model import (
    AddressPattern,
    Allowance,
    Answer,
    DeliveryStatus,
    Last,
    MessageTrace,
    Shortfall,
    Spender,
    TraceQuery,
    trouble_first,
)
from tracing.quota import EMPLOYEE_QUESTION
from tracing.source import GraphSource

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PEOPLE = 200
HELPDESK = 0.1
"""The part of them that the help desk writes."""
LOADS = {"a usual hour": 2, "a bad hour": 3, "more than the tenant bears": 5}
"""Questions of each person in the hour."""
RUSH = 0.3
"""The part of all questions that comes within ten minutes, when a fault is noticed."""
_PATIENT = timedelta(minutes=1)
"""The longest delay of a person who returns after the time they were told."""


_T = TypeVar("_T")


class VirtualClock:
    """Meets `tracing.model.Clock`; time moves when everybody who was `counted` sleeps."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._busy = 0
        self._idle = asyncio.Event()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._order = count()

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._now.timestamp()

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._order), woken))
        self._rest()
        await woken

    async def counted(self, work: Coroutine[Any, Any, None]) -> None:
        """Do *work*, for whose steps time stands still."""
        self._busy += 1
        try:
            await work
        finally:
            self._rest()

    async def run(self, works: Sequence[Coroutine[Any, Any, None]]) -> None:
        """Do all *works*, and let time pass for them."""
        everybody = [asyncio.create_task(self.counted(work)) for work in works]
        while not all(one.done() for one in everybody):
            await self._idle.wait()
            self._idle.clear()
            if self._busy == 0 and self._sleepers:
                at, _, woken = heapq.heappop(self._sleepers)
                self._now = max(self._now, at)
                self._busy += 1
                if not woken.done():
                    woken.set_result(None)
        await asyncio.gather(*everybody)

    def _rest(self) -> None:
        self._busy -= 1
        if self._busy == 0:
            self._idle.set()


@dataclass
class Hour:
    """What came of it. A question that is told to come later comes then, and its wait goes on meanwhile."""

    helpdesk: list[timedelta] = field(default_factory=list)
    employees: list[timedelta] = field(default_factory=list)
    told_later: int = 0
    cut_short: int = 0
    requests: int = 0
    background: int = 0
    refused: int = 0

    @property
    def waits(self) -> list[timedelta]:
        """The outcomes of all people."""
        return self.helpdesk + self.employees


@dataclass(frozen=True)
class Someone:
    """One person who asks: on the help desk, or an employee with an *address*."""

    name: str
    address: str = ""

    def spends(self) -> Spender:
        """The account that the requests of one question are charged to."""
        if not self.address:
            return Spender(self.name)
        return Spender(self.name, employee=True, allowance=Allowance(EMPLOYEE_QUESTION))


async def live(
    people: int,
    questions: int,
    length: timedelta,
    reports: int,
    seed: int = 7,
    helpdesk: float = HELPDESK,
) -> Hour:
    """Run *people*, the share *helpdesk* of them on the help desk, each with *questions* in *length*, beside
    *reports*."""
    dice = random.Random(seed)
    clock, hour = VirtualClock(NOW), Hour()
    tenant = Tenant(make_mailbox(NOW), clock=clock.now)
    async with _source(clock, tenant) as source:
        times = [_times(questions, length, dice) for _ in range(people)]
        desk = round(people * helpdesk)
        works = [
            _person(Someone(f"person-{n}", "" if n < desk else _address(n)), at, source, clock, hour, dice)
            for n, at in enumerate(times)
        ]
        works += [_report(f"report-{n}", length, source, clock, hour) for n in range(reports)]
        await clock.run(works)
    hour.requests = len(tenant.requests)
    hour.refused = sum(request.status == 429 for request in tenant.requests)
    return hour


@asynccontextmanager
async def _source(clock: VirtualClock, tenant: Tenant) -> AsyncIterator[GraphSource]:
    server = TestServer(graph_app(tenant))
    with TemporaryDirectory() as folder:
        database = Database(
            f"sqlite+aiosqlite:///{Path(folder) / 'hour.sqlite3'}", clock, timedelta(minutes=5)
        )
        await database.migrate()
        await server.start_server()
        async with httpx.AsyncClient(timeout=60) as http:
            graph = GraphHttp(http, str(server.make_url("/v1.0")), None, clock)
            yield GraphSource(graph, StampBudget(database), clock)
        await server.close()
        await database.close()


def _times(questions: int, length: timedelta, dice: random.Random) -> list[timedelta]:
    """When one person asks: mostly anywhere, often in the rush a third of the way in."""
    rush = length / 3
    return sorted(
        rush + dice.random() * length / 6 if dice.random() < RUSH else dice.random() * length
        for _ in range(questions)
    )


def _address(number: int) -> str:
    """The address of an employee: one that has mail in the sample, reused many times."""
    return DIRECTORY[number % len(DIRECTORY)].mail


def _question_of(someone: Someone, dice: random.Random) -> TraceQuery:
    """A typical question: an employee about their own mail, the help desk about any mail."""
    asked = _question(dice)
    if not someone.address:
        return asked
    own = (AddressPattern(someone.address),)
    if dice.random() < 0.4:
        return TraceQuery(asked.period, confined_to=own)
    return replace(asked, confined_to=own)


def _question(dice: random.Random) -> TraceQuery:
    """A help desk question: one address or domain, rarely two, rarely far back."""
    domains = ("hoge.com", "partner.com", "fabrikam.example", "wingtiptoys.example")
    senders = tuple(AddressPattern(f"*@{name}") for name in dice.sample(domains, 1 + (dice.random() < 0.2)))
    days = dice.choice((1, 2, 2, 2, 7, 7, 20))
    failed = (DeliveryStatus.FAILED,) if dice.random() < 0.3 else ()
    return TraceQuery(Last(timedelta(days=days)), senders, statuses=failed)


async def _person(
    someone: Someone,
    times: list[timedelta],
    source: GraphSource,
    clock: VirtualClock,
    hour: Hour,
    dice: random.Random,
) -> None:
    """Ask at each of *times*, and open the first row of every second answer."""
    for at in times:
        await clock.sleep(max(0.0, (NOW + at - clock.now()).total_seconds()))
        asked_at, query = clock.now(), _question_of(someone, dice)
        waits = hour.employees if someone.address else hour.helpdesk

        async def come_again(ask: Callable[[], Awaitable[_T]]) -> _T:
            while True:
                try:
                    return await ask()
                except Throttled as later:
                    hour.told_later += 1
                    pause = max(later.retry_after or _PATIENT, _PATIENT) + dice.random() * _PATIENT
                    await clock.sleep(pause.total_seconds())

        spender = someone.spends()
        answer = await come_again(partial(source.trace, query, spender))
        await _check(answer, spender, someone, source)
        hour.cut_short += Shortfall.THROTTLED in answer.shortfalls
        waits.append(clock.now() - asked_at)
        if answer.rows and dice.random() < 0.5:
            opened_at = clock.now()
            await come_again(partial(source.details, *_key(answer.rows[0]), someone.spends()))
            waits.append(clock.now() - opened_at)


async def _check(answer: Answer, spender: Spender, someone: Someone, source: GraphSource) -> None:
    """Check the unchecked recipients of mail that an employee sent, as far as the question's allowance
    goes."""
    allowance = spender.allowance
    sent = [row for row in answer.rows if row.sender_address == someone.address]
    for row in trouble_first(sent)[: allowance.left if allowance else 0]:
        with suppress(Throttled):
            await source.details(*_key(row), spender)


async def _report(name: str, length: timedelta, source: GraphSource, clock: VirtualClock, hour: Hour) -> None:
    """Read details for as long as there is time, in the background."""
    spender = Spender(name, background=True)
    query = TraceQuery(Last(timedelta(days=7)))
    async with aclosing(source.batches(query, spender)) as batches:
        rows = (await anext(batches)).rows
    for row in rows:
        if clock.now() >= NOW + length:
            return
        await source.details(*_key(row), spender)
        hour.background += 1


def _key(row: MessageTrace) -> tuple[str, str]:
    return row.message_trace_id, row.recipient_address


def main() -> None:
    """Print the figures of an hour for each load, separately for the help desk and employees."""
    logging.getLogger("tracing").setLevel(logging.ERROR)
    print(f"\n{f'an hour of {PEOPLE} people':<28}{'requests':>9}{'429':>5}{'reports':>9}", end="")
    print(f"{'later':>7}{'cut':>5}", end="")
    print(f"  {'':<10}{'asked':>7}{'median':>8}{'p90':>7}{'p99':>7}{'longest':>9}  (seconds)")
    for name, questions in LOADS.items():
        hour = asyncio.run(live(PEOPLE, questions, HOUR, reports=2))
        print(f"{name:<28}{hour.requests:>9}{hour.refused:>5}{hour.background:>9}", end="")
        print(f"{hour.told_later:>7}{hour.cut_short:>5}", end="")
        print(f"  {'help desk':<10}{figures(hour.helpdesk)}")
        print(f"{'':<65}{'employees':<10}{figures(hour.employees)}")


def figures(waits: Sequence[timedelta]) -> str:
    """The number of people who waited, and the median, 90th and 99th percentile and maximum of their
    seconds."""
    seconds = sorted(wait.total_seconds() for wait in waits)
    cuts = statistics.quantiles(seconds, n=100)
    return f"{len(seconds):>7}{cuts[49]:>8.1f}{cuts[89]:>7.1f}{cuts[98]:>7.1f}{seconds[-1]:>9.1f}"


if __name__ == "__main__":
    main()
