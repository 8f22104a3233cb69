"""A day of many watches on a virtual clock: late rows, changing states, the real quota, and how late news is.

Real parts: errands, memory and budget in a database, the work, the source, the HTTP client and the sample
tenant. One process works one errand at a time, which is less than the bot has.
"""

import random
import statistics
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from aiohttp.test_utils import TestServer

from bot.access import Person
from bot.errands import Again as More
from bot.errands import Errand, pause
from bot.narrowing import Narrowing
from bot.places import Places
from bot.store.database import Database
from bot.store.errands import Claim, Errands
from bot.store.places import StoredPlaces
from bot.store.stamps import StampBudget
from bot.store.states import CardStates
from bot.store.watched import Watched
from bot.turns import Author, Message, Place, PlaceKind, Post
from bot.watch_alerts import WatchAlerts
from bot.watch_looks import WatchLooks
from bot.watch_reads import WatchReads
from bot.watch_work import WatchWork
from bot.watching import Standing, read_standing, write_standing
from demo.events import Mail, To, fail, mail, receive, submit
from demo.mailbox import Mailbox
from demo.tenant import Tenant, graph_app
from tests.watch_worker import NoRecord, reader
from tracing.client import GraphHttp
from tracing.model import AddressPattern, DeliveryStatus, TraceQuery
from tracing.quota import ROLLING_WINDOW
from tracing.shared import SharedSource
from tracing.source import GraphSource
from tracing.watch import Watch

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
DOMAINS = 40
SENDER = "tanaka@contoso.co.jp"
INTERVALS = (15, 15, 30, 60)
"""Minutes, for each watch in turn."""
ANSWER = timedelta(seconds=0.7)
"""What a request takes."""


SETTLED = timedelta(hours=6)
"""How long a mail is pending at most before it fails; a fifth of them is."""


class MovingClock:
    """Time moves when somebody sleeps or asks."""

    def __init__(self) -> None:
        self._now = NOW

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return (self._now - NOW).total_seconds()

    def advance(self, duration: timedelta) -> None:
        self._now += duration

    async def sleep(self, seconds: float) -> None:
        self._now += timedelta(seconds=seconds)


class People:
    """The help desk, and employees whose id begins with `e`."""

    async def who(self, aad_object_id: str) -> Person | None:
        helpdesk = not aad_object_id.startswith("e")
        address = "desk@contoso.co.jp" if helpdesk else SENDER
        return Person(aad_object_id, "Somebody", (address,), helpdesk)

    async def domains(self) -> tuple[str, ...]:
        return ("contoso.co.jp",)

    async def protected(self) -> frozenset[str]:
        return frozenset()


@dataclass
class Ear:
    """Hears what is said, by conversation."""

    clock: MovingClock
    said: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, place: Place, post: Message) -> str:
        self.said.append((place.conversation_id, post.summary if hasattr(post, "summary") else ""))
        return str(len(self.said))

    async def update(self, place: Place, activity_id: str, post: Post) -> None: ...

    async def delete(self, place: Place, activity_id: str) -> None: ...

    async def open_private(self, place: Place, author: Author) -> Place:
        return place

    async def create_thread(self, place: Place, post: Post) -> tuple[Place, str]:
        return place, await self.send(place, post)


@dataclass(frozen=True)
class Figures:
    """`lags` from when a row shows its state to when that is known, `busiest` requests in five minutes."""

    watches: int
    rows: int
    lost: int
    twice: int
    lags: list[timedelta]
    requests: int
    busiest: int
    refused: int
    starts: int

    @property
    def median(self) -> timedelta:
        return timedelta(seconds=statistics.median(lag.total_seconds() for lag in self.lags))

    def __str__(self) -> str:
        return (
            f"{self.watches} watches, {self.rows} rows to tell: {self.lost} lost, {self.twice} twice; "
            f"{self.starts} troubles begun; lag median "
            f"{self.median}, worst {max(self.lags)}; {self.requests} requests, "
            f"{self.busiest} in the busiest five minutes, {self.refused} refused"
        )


def domain(number: int) -> str:
    return f"d{number}.example"


def failing(number: int, length: timedelta, chance: random.Random) -> tuple[Mail, datetime]:
    """A mail of the day that ends as failed, and when a list says so first."""
    at = NOW + length * chance.random()
    late = timedelta(minutes=chance.choice([5] * 9 + [59]))
    pending = min(SETTLED, length) * chance.random() if chance.random() < 0.2 else timedelta(0)
    before = ((pending.total_seconds(), "pending"),) if pending else ()
    route = (receive(), submit(), fail(2, "550 5.1.10 not found", fqdn="mx.example", ip="203.0.113.9"))
    to = To(f"r{number}@{domain(chance.randrange(DOMAINS))}", "failed", route, before=before)
    sent = mail(f"day{number}", at, SENDER, f"{number}", to, visible_after=late)
    return sent, sent.rows[0].received_date_time + max(late, pending)


def watch_of(number: int) -> Watch:
    every = timedelta(minutes=INTERVALS[number % len(INTERVALS)])
    to = (AddressPattern(f"*@{domain(number % DOMAINS)}"),)
    return Watch(TraceQuery(recipients=to, statuses=(DeliveryStatus.FAILED,)), every)


async def run(file: Path, watches: int, mails: int, length: timedelta, seed: int = 8) -> Figures:
    """So many watches and failures over *length*."""
    chance, clock = random.Random(seed), MovingClock()
    sent = [failing(number, length, chance) for number in range(mails)]
    tenant = Tenant(Mailbox([one for one, _ in sent]), clock=clock.now)
    server = TestServer(graph_app(tenant))
    await server.start_server()
    database = Database(f"sqlite+aiosqlite:///{file}", clock)
    await database.migrate()
    ear, errands, watched = Ear(clock), Errands(database), Watched(database)

    async def answered(response: httpx.Response) -> None:
        clock.advance(ANSWER)

    try:
        async with httpx.AsyncClient(trust_env=False, event_hooks={"response": [answered]}) as http:
            graph = GraphHttp(http, str(server.make_url("/v1.0")), None, clock)
            source = SharedSource(GraphSource(graph, StampBudget(database), clock), clock)
            people = People()
            work = WatchWork(
                WatchLooks(
                    source, WatchReads(source, clock), people, Narrowing(source, people, clock), NoRecord()
                ),
                WatchAlerts(CardStates(database), watched, reader),
                watched,
                Places(StoredPlaces(database), NoRoster(), frozenset()),
                ear,
                clock,
            )
            await _begin(errands, watches, chance, clock)
            known = await _work(
                errands, watched, work, clock, length + min(SETTLED, length) + timedelta(hours=3)
            )
            await source.close()
    finally:
        await database.close()
        await server.close()
    return _figures(watches, sent, known, tenant, ear)


class NoRoster:
    async def has_outsiders(self, place: Place) -> bool:
        return False

    async def is_member(self, place: Place, teams_id: str) -> bool:
        return True


Known = dict[tuple[str, str], list[datetime]]
"""Watch and recipient → when that failure became known to it."""


async def _begin(errands: Errands, watches: int, chance: random.Random, clock: MovingClock) -> None:
    """Begun over a quarter of an hour, as people would."""
    for number in range(watches):
        owner = f"{'e' if number % 10 == 0 else 'o'}{number}"
        place = Place("http://127.0.0.1", f"w{number}", PlaceKind.PERSONAL, "tenant", "28:bot")
        standing = Standing(1, watch_of(number), clock.now(), "29:x")
        errand = Errand(f"w{number}", "watch", owner, place, "en-US", "", write_standing(standing))
        await errands.add(errand, most=watches)
        await errands.put_off(errand.id, owner, timedelta(minutes=15 * chance.random()))


async def _work(
    errands: Errands, watched: Watched, work: WatchWork, clock: MovingClock, length: timedelta
) -> Known:
    """The loop, one errand at a time."""
    known: Known = defaultdict(list)
    seen: dict[str, set[tuple[str, str, str]]] = defaultdict(set)
    while clock.now() < NOW + length:
        found = await errands.claim()
        if not isinstance(found, Claim):
            clock.advance(found)
            continue
        errand = found.errand
        try:
            step = await work.step(errand)
        except Exception as fault:
            rest = pause(fault, errand.attempts)
            if rest is None:
                raise
            await errands.save(found, More(errand.payload, rest), failed=True)
            continue
        await errands.save(found, step)
        if isinstance(step, More) and step.write is not None:
            first = read_standing(errand.payload).last_run is None
            marks = set((await watched.load(errand.id))[1])
            for mark in marks - seen[errand.id]:
                if not first:
                    known[errand.id, mark[1]].append(clock.now())
            seen[errand.id] |= marks
    return known


def _figures(
    watches: int, sent: list[tuple[Mail, datetime]], known: Known, tenant: Tenant, ear: Ear
) -> Figures:
    expected = {
        (f"w{number}", row.recipient_address): shown
        for one, shown in sent
        for row in one.rows
        for number in range(watches)
        if row.recipient_address.endswith(f"@{domain(number % DOMAINS)}") and shown > NOW + WARM
    }
    times = sorted(request.at for request in tenant.requests)
    busiest = max(bisect_right(times, at) - bisect_right(times, at - ROLLING_WINDOW) for at in times)
    return Figures(
        watches,
        len(expected),
        sum(key not in known for key in expected),
        sum(len(known.get(key, ())) > 1 for key in expected),
        [known[key][0] - shown for key, shown in expected.items() if key in known],
        len(times),
        busiest,
        sum(request.status == 429 for request in tenant.requests),
        sum(said[1].startswith("New trouble") for said in ear.said),
    )


WARM = timedelta(minutes=30)
"""What shows before every watch has run once is not told of."""
