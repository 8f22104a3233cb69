"""Rounds of kill -9 among two processes that share the watches of one PostgreSQL.

Each watch is to tell of every mail once. Whoever is killed, at whatever moment, loses nothing; what is told
twice was on its way at that moment, and says so.
"""

import asyncio
import random
import sys
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial

from aiohttp.test_utils import TestServer
from sqlalchemy import text

from bot.errands import Errand
from bot.store.database import Database
from bot.store.errands import Errands
from bot.turns import Place, PlaceKind
from bot.watching import Standing, write_standing
from cards.texts import TEXTS
from demo.company import TENANT_ID
from demo.events import Mail, To, fail, mail, receive, submit
from demo.mailbox import Mailbox
from demo.organization import Tenant
from demo.tenant import graph_app
from tests.line import Message, RecordingConnector, until
from tests.watch_worker import RealClock
from tracing.model import DeliveryStatus, TraceQuery
from tracing.timetable import Timetable
from tracing.watch import Watch

WATCHES, MAILS = 4, 5
EVERY = timedelta(milliseconds=300)
PATIENCE = 60.0
AGAIN = TEXTS["alert.again"]["en"]


@dataclass
class Outcome:
    """What was told, by watch and mail: how often, and how often with the words that it may be twice."""

    expected: set[tuple[str, str]] = field(default_factory=set)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)
    marked: Counter[tuple[str, str]] = field(default_factory=Counter)
    kills: int = 0

    @property
    def lost(self) -> set[tuple[str, str]]:
        return self.expected - set(self.told)

    @property
    def twice(self) -> set[tuple[str, str]]:
        return {key for key, count in self.told.items() if count > 1}

    @property
    def unmarked(self) -> set[tuple[str, str]]:
        """What came twice without a word that it might."""
        return {key for key in self.twice if self.told[key] - self.marked[key] > 1}


def failing(name: str) -> Mail:
    """A mail that fails now, to a domain of its own: a trouble of its own."""
    route = (receive(), submit(), fail(2, "550 5.1.10 not found", fqdn="mx.example", ip="203.0.113.9"))
    to = To(f"ann@{name}.example", "failed", route)
    return mail(name, datetime.now(UTC), "tanaka@contoso.co.jp", name, to, visible_after=timedelta(0))


async def kill(process: asyncio.subprocess.Process) -> None:
    """kill -9, of this very process."""
    if process.returncode is None:
        process.kill()
    await process.wait()


async def run(
    database_url: str,
    rounds: int,
    seed: int,
    *,
    cut: bool = False,
    outage: Callable[[int], Awaitable[None]] | None = None,
) -> Outcome:
    """So many rounds: new mail, a process or both killed while it is told, others in their stead.

    *cut*: instead, every connection to the database is ended; *outage*: it is called with the round's number.
    """
    chance, outcome = random.Random(seed), Outcome()
    tenant = Tenant(Mailbox([]), clock=lambda: datetime.now(UTC))
    tenant.quota = 10**9
    connector = RecordingConnector()
    graph, teams = TestServer(graph_app(tenant)), TestServer(connector.application())
    await graph.start_server()
    await teams.start_server()
    database = Database(database_url, RealClock())
    processes: list[asyncio.subprocess.Process] = []
    graph_url = str(graph.make_url("/v1.0"))
    try:
        await database.migrate()
        await _begin(database, str(teams.make_url("")).rstrip("/"))
        processes += [await _start(database_url, graph_url) for _ in range(2)]
        await until(lambda: len(tenant.requests) >= WATCHES * 3, PATIENCE)
        for number in range(rounds):
            names = [f"r{number}m{one}" for one in range(MAILS)]
            outcome.expected |= {(f"w{one}", name) for one in range(WATCHES) for name in names}
            said = len(connector.messages)
            tenant.mailbox = tenant.mailbox.with_mail(*map(failing, names))
            after = said + chance.randrange(1, WATCHES * MAILS - 1)
            await until(partial(_have_come, connector.messages, after), PATIENCE)
            # In every third round both, so that whoever is sending is hit for certain.
            victims = list(processes) if number % 3 == 2 else [chance.choice(processes)]
            await asyncio.sleep(chance.random() / 50)
            if cut or outage:
                victims = []
            if cut:
                await _cut(database)
            if outage:
                await outage(number)
            for one in victims:
                await kill(one)
                outcome.kills += 1
            processes = [one for one in processes if one not in victims]
            processes += [await _start(database_url, graph_url) for _ in victims]
            _count(outcome, connector.messages)
            await until(lambda: not _count(outcome, connector.messages).lost, PATIENCE)
    finally:
        for one in processes:
            await kill(one)
        await database.close()
        await graph.close()
        await teams.close()
    return _count(outcome, connector.messages)


async def _cut(database: Database) -> None:
    """End every connection to the database but this one, whatever it is doing."""
    async with database.transaction() as connection:
        await connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def _have_come(messages: list[Message], count: int) -> bool:
    return len(messages) >= count


async def _start(database_url: str, graph_url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.watch_worker", database_url, graph_url
    )


async def _begin(database: Database, service_url: str) -> None:
    errands = Errands(database)
    query = TraceQuery(statuses=(DeliveryStatus.FAILED,))
    for one in range(WATCHES):
        place = Place(service_url, f"w{one}", PlaceKind.PERSONAL, TENANT_ID, "28:bot")
        standing = Standing(1, Watch(query, EVERY), datetime.now(UTC), "29:sato")
        errand = Errand(f"w{one}", "watch", f"owner{one}", place, "en-US", "", write_standing(standing))
        await errands.add(errand)
        await errands.show(errand.id, "")


def _count(outcome: Outcome, messages: list[Message]) -> Outcome:
    outcome.told.clear()
    outcome.marked.clear()
    for message in messages:
        domain = message.summary.partition(" to ")[2].partition(".example")[0]
        key = message.conversation_id, domain
        outcome.told[key] += 1
        outcome.marked[key] += AGAIN in message.words
    return outcome


async def run_digests(database_url: str, rounds: int, seed: int) -> Outcome:
    """So many rounds: digests fall due, and a process or both are killed while they are sent."""
    chance, outcome = random.Random(seed), Outcome()
    tenant = Tenant(Mailbox([failing("one")]), clock=lambda: datetime.now(UTC))
    tenant.quota = 10**9
    connector = RecordingConnector()
    graph, teams = TestServer(graph_app(tenant)), TestServer(connector.application())
    await graph.start_server()
    await teams.start_server()
    database = Database(database_url, RealClock())
    processes: list[asyncio.subprocess.Process] = []
    graph_url, service_url = str(graph.make_url("/v1.0")), str(teams.make_url("")).rstrip("/")
    try:
        await database.migrate()
        processes += [await _start(database_url, graph_url) for _ in range(2)]
        for number in range(rounds):
            names = [f"r{number}d{one}" for one in range(2 * WATCHES)]
            outcome.expected |= {(name, "digest") for name in names}
            said = len(connector.messages)
            for name in names:
                await _add_digest(database, name, service_url)
            await until(
                partial(_have_come, connector.messages, said + chance.randrange(1, WATCHES)), PATIENCE
            )
            victims = list(processes) if number % 3 == 2 else [chance.choice(processes)]
            await asyncio.sleep(chance.random() / 50)
            for one in victims:
                await kill(one)
                outcome.kills += 1
            processes = [one for one in processes if one not in victims]
            processes += [await _start(database_url, graph_url) for _ in victims]
            await until(lambda: not _count_digests(outcome, connector.messages).lost, PATIENCE)
    finally:
        for one in processes:
            await kill(one)
        await database.close()
        await graph.close()
        await teams.close()
    return _count_digests(outcome, connector.messages)


async def _add_digest(database: Database, name: str, service_url: str) -> None:
    """A watch whose digest is due since a while."""
    query = TraceQuery(statuses=(DeliveryStatus.FAILED,))
    begun_at = datetime.now(UTC) - timedelta(days=2)
    standing = Standing(1, Watch(query, timetable=Timetable()), begun_at, "29:sato")
    place = Place(service_url, name, PlaceKind.PERSONAL, TENANT_ID, "28:bot")
    errands = Errands(database)
    await errands.add(
        Errand(name, "watch", f"owner{name}", place, "en-US", "", write_standing(standing)), most=1_000
    )
    await errands.show(name, "")


def _count_digests(outcome: Outcome, messages: list[Message]) -> Outcome:
    outcome.told = Counter((message.conversation_id, "digest") for message in messages)
    outcome.marked = Counter(
        (message.conversation_id, "digest") for message in messages if AGAIN in message.words
    )
    return outcome
