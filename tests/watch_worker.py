"""A process that works watches, for tests that kill it: `python -m tests.watch_worker DATABASE GRAPH`.

The real loop, work, store, source and connector; leases are short, and its purse has no bottom.
"""

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import aiohttp
import httpx

from bot.access import Person
from bot.errand_loop import ErrandLoop
from bot.narrowing import Narrowing
from bot.places import Places
from bot.record import Entry
from bot.store.database import Database
from bot.store.errands import Errands
from bot.store.places import StoredPlaces
from bot.store.states import CardStates
from bot.store.watched import Watched
from bot.teams.connector import Connector
from bot.watch_alerts import WatchAlerts
from bot.watch_looks import WatchLooks
from bot.watch_reads import WatchReads
from bot.watch_work import WatchWork
from cards.reader import Reader, reader_of
from tracing.client import GraphHttp
from tracing.model import Spender
from tracing.source import GraphSource

LEASE = timedelta(seconds=2)


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        # The loop's naps would outlast a round.
        await asyncio.sleep(min(seconds, 0.1))


class DeepPurse:
    async def take(self, spender: Spender) -> timedelta:
        return timedelta(0)


class Everybody:
    """A directory of help desk people."""

    async def who(self, aad_object_id: str) -> Person | None:
        return Person(aad_object_id, "Sato", ("sato@contoso.co.jp",), helpdesk=True)

    async def domains(self) -> tuple[str, ...]:
        return ("contoso.co.jp",)

    async def protected(self) -> frozenset[str]:
        return frozenset()


class NoRecord:
    async def note(self, entry: Entry) -> None: ...


def reader(locale: str, time_zone: str) -> Reader:
    return reader_of(locale, time_zone, ZoneInfo("Asia/Tokyo"))


async def work(database_url: str, graph_url: str) -> None:
    """Work until killed."""
    clock, people = RealClock(), Everybody()
    database = Database(database_url, clock)
    async with aiohttp.ClientSession() as session, httpx.AsyncClient(trust_env=False) as http:
        source = GraphSource(GraphHttp(http, graph_url, None, clock), DeepPurse(), clock)
        connector = Connector(session, clock, None)
        watching = WatchWork(
            WatchLooks(
                source, WatchReads(source, clock), people, Narrowing(source, people, clock), NoRecord()
            ),
            WatchAlerts(CardStates(database), Watched(database), reader),
            Watched(database),
            Places(StoredPlaces(database), connector, frozenset()),
            connector,
            clock,
        )
        errands = Errands(database, LEASE)
        await ErrandLoop(errands, {watching.kind: watching}, clock).run()


if __name__ == "__main__":
    asyncio.run(work(*sys.argv[1:]))
