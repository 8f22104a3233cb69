"""The composition root: settings → objects → routes. `python app.py` needs nothing run before it.

    python app.py                              the bot
    python app.py doctor [--json]              what is wrong with this installation
    python app.py package [--without-slash]    the app package for Teams
    python app.py audit [last 30d by …]        the record of who looked at what, as a CSV

Nothing is decided here.
"""

import asyncio
import contextlib
import errno
import logging
import os
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
import httpx
from aiohttp import web
from dotenv import dotenv_values

from bot import logs, serving
from bot.answering import Answering
from bot.command_line import exit_code, read_arguments, reader_from, tell
from bot.commands import Audit
from bot.delivery import Delivery
from bot.desk import Desk
from bot.directory import GraphDirectory, Groups
from bot.doctor.examine import Doctor, Instruments
from bot.doctor.findings import Finding
from bot.doctor.skew import Skew
from bot.errand_loop import ErrandLoop
from bot.errands import Work
from bot.handlers import Handlers, Parts
from bot.health import PATIENCE, Health
from bot.held_states import HeldStates
from bot.homes import Homes
from bot.jobs import DEADLINE, Jobs
from bot.landing_work import Landings
from bot.limits import Limits
from bot.meters import Meters
from bot.moments import When
from bot.narrowing import Narrowing
from bot.operations import Operations
from bot.parse import ParseError, parse
from bot.places import Places
from bot.presence import Presence
from bot.progress import Pace
from bot.prometheus import PrometheusMeters
from bot.readiness import Heart, Readiness
from bot.record_file import export
from bot.report_work import ReportWork
from bot.reports import Reports
from bot.settings import Settings, WrongSettings, is_loopback, read_settings
from bot.spare_purse import SparePurse
from bot.spooled import SpooledRecord
from bot.stand_ins import AnswersHere, ClaimsHere, KeptHere, PlacesHere, ReferencesHere
from bot.store.answers import OpenAnswers
from bot.store.claims import Claims
from bot.store.database import Database, DatabaseUnusable
from bot.store.errands import Errands
from bot.store.kept import KeptSearches
from bot.store.places import StoredPlaces
from bot.store.record import StoredRecord
from bot.store.references import References
from bot.store.reports import Reports as ReportFiles
from bot.store.signs import Signs
from bot.store.spool import Spool
from bot.store.stamps import StampBudget
from bot.store.states import CardStates
from bot.store.watched import Watched
from bot.teams.connector import SCOPE as BOT_SCOPE
from bot.teams.connector import Connector
from bot.teams.door import MAX_BODY, Door
from bot.teams.keys import Keys
from bot.teams.upload import OneDrive
from bot.teams.verify import Anonymous, TokenVerifier, Verifier
from bot.watch_alerts import WatchAlerts
from bot.watch_looks import WatchLooks
from bot.watch_reads import WatchReads
from bot.watch_work import WatchWork
from bot.watches import Watches
from cards.reader import Reader, reader_of
from manifest.package import app_id, package
from tracing.client import SCOPE, GraphHttp
from tracing.credentials import AppCredentials, TokenProvider
from tracing.model import Clock
from tracing.proofs import Proof
from tracing.shared import SharedSource
from tracing.source import GraphSource

log = logging.getLogger("app")

BOT_NAME = "Mail Trace"
HOUSEKEEPING = timedelta(minutes=1)
SHUTDOWN = timedelta(seconds=5)
"""How long requests that have begun may take to end at a stop; the jobs are drained after them."""
LAST_WORDS = timedelta(seconds=3)
"""How long a stop takes to say of what did not end that it was interrupted; the next start mends the rest."""
GRAPH_TIMEOUT = httpx.Timeout(30, connect=10)
"""Seconds; a full page takes two to four. All attempts together have to fit into a job's deadline, or nobody
would ever read that Graph is slow."""
DOOR: web.AppKey[Door] = web.AppKey("door", Door)
OPERATIONS: web.AppKey[Operations] = web.AppKey("operations", Operations)


class Sweeper(Protocol):
    """A store that forgets what has expired, and writes what could wait."""

    async def sweep(self) -> None: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def create_app(
    settings: Settings,
    clock: Clock | None = None,
    graph_tokens: TokenProvider | None = None,
    graph_timeout: httpx.Timeout = GRAPH_TIMEOUT,
    pace: Pace | None = None,
    patience: timedelta = PATIENCE,
) -> web.Application:
    """The bot as an aiohttp application; its tables are made or migrated when it starts.

    *graph_tokens* stands in for the credentials of the settings; a token of "" is not sent. A database that
    does not answer a question within *patience* is done without.
    """
    app = web.Application(client_max_size=MAX_BODY)
    app.router.add_post("/api/messages", _messages)
    app.router.add_get("/healthz", _health)
    app.router.add_get("/readyz", _ready)
    app.router.add_get("/metrics", _metrics)
    time = clock or SystemClock()

    async def running(app: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app[DOOR], app[OPERATIONS] = await _compose(
                settings, time, graph_tokens, graph_timeout, pace or Pace(), patience, stack
            )
            yield

    app.cleanup_ctx.append(running)
    return app


async def _compose(
    settings: Settings,
    clock: Clock,
    graph_tokens: TokenProvider | None,
    graph_timeout: httpx.Timeout,
    pace: Pace,
    patience: timedelta,
    stack: AsyncExitStack,
) -> tuple[Door, Operations]:
    """Every object of the program, closed by *stack* in reverse order."""
    database = Database(settings.database_url, clock)
    stack.push_async_callback(database.close)
    await database.migrate()
    health = Health(patience)
    stack.push_async_callback(health.close)
    meters, heart = PrometheusMeters(), Heart()
    instruments = await _instruments(settings, database, clock, graph_tokens, stack, meters, graph_timeout)
    session = await stack.enter_async_context(aiohttp.ClientSession())
    graph = instruments.graph
    directory = GraphDirectory(graph, _groups(settings), settings.domains, clock, meters)
    claims, stamps = Claims(database), StampBudget(database)
    states = HeldStates(CardStates(database), health)
    answers = OpenAnswers(database)
    source = SharedSource(GraphSource(graph, SparePurse(stamps, health, clock), clock), clock)
    stack.push_async_callback(source.close)
    kept, stored = KeptSearches(database), StoredRecord(database, settings.record_kept)
    record = SpooledRecord(stored, Spool(settings.spool_dir), health, clock)
    reports, errands = ReportFiles(database), Errands(database)
    connector = Connector(session, clock, instruments.bot_tokens)

    def reader(locale: str, time_zone: str) -> Reader:
        return reader_of(locale, time_zone, settings.time_zone)

    works: dict[str, Work] = {}
    loop = ErrandLoop(errands, works, clock)
    drive = OneDrive(session, local=not settings.authenticated)
    delivery = Delivery(reports, errands, directory, record, connector, drive, reader, loop.kick)
    narrowing = Narrowing(source, directory, clock, settings.look_back)
    writing = ReportWork(
        source, directory, narrowing, record, states, reports, delivery, connector, clock, reader
    )
    references = ReferencesHere(References(database), health)
    homes = Homes(references, connector)
    landings = Landings(
        source, directory, narrowing, states, record, errands, connector, clock, reader, homes
    )
    watched = Watched(database)
    places = Places(
        PlacesHere(StoredPlaces(database), health), connector, frozenset(settings.approved_places)
    )
    looks = WatchLooks(source, WatchReads(source, clock), directory, narrowing, record)
    watching = WatchWork(looks, WatchAlerts(states, watched, reader), watched, places, connector, clock)
    watches = Watches(
        errands, watched, states, record, connector, watching, clock, settings.look_back, loop.kick
    )
    works |= {watching.kind: watching}
    works |= {delivery.kind: delivery, writing.kind: writing, landings.kind: landings}
    asked = Reports(directory, states, errands, reports, delivery, clock, loop.kick, homes)
    doctor = Doctor(settings, instruments)
    handlers = Handlers(
        Parts(
            source=source,
            directory=directory,
            states=states,
            kept=KeptHere(kept, health),
            reports=asked,
            landings=landings,
            watches=watches,
            clock=clock,
            bot_name=BOT_NAME,
            examiner=doctor,
            record=record,
            reader=stored,
            places=places,
            notifier=connector,
            once=claims,
            look_back=settings.look_back,
        )
    )
    jobs = Jobs(meters=meters)
    owed = AnswersHere(answers, health)
    answering = Answering(handlers, connector, owed, places, clock, settings.time_zone, health, pace)
    desk = Desk(
        handlers,
        connector,
        jobs,
        ClaimsHere(claims, health),
        answering,
        delivery,
        clock,
        settings.time_zone,
        places,
        homes,
        Presence(references, errands, places, loop.kick),
        Limits(settings.messages_a_minute),
        _install_link(settings),
        pace,
    )
    # Pushed last, so that it runs first: what is open may still use everything above.
    busy = asyncio.Lock()
    signs = Signs(database)
    stack.push_async_callback(_write_last, signs)
    sweepers = (claims, states, answers, kept, record, errands, reports, watched, signs)
    house = _keep_house(answering, sweepers, clock, database.is_postgresql, busy)
    housekeeping = asyncio.create_task(house)
    stack.push_async_callback(_stop, housekeeping, busy)
    beating = asyncio.create_task(heart.beat())
    stack.push_async_callback(_stop, beating, asyncio.Lock())
    if not database.is_postgresql:
        await errands.release()
    running = asyncio.create_task(loop.run())
    stack.push_async_callback(_drain, jobs, loop, running, answering, pace.at_stop)
    readiness = Readiness(database, instruments.graph_tokens, SCOPE, heart)
    operations = Operations(readiness, meters, stamps, lambda: jobs.running, heart)
    verifier = _verifier(settings, session, clock, stack)
    return Door(verifier, desk, {settings.app_tenant_id or ""}, meters, signs), operations


async def _instruments(
    settings: Settings,
    database: Database,
    clock: Clock,
    graph_tokens: TokenProvider | None,
    stack: AsyncExitStack,
    meters: Meters | None = None,
    graph_timeout: httpx.Timeout = GRAPH_TIMEOUT,
) -> Instruments:
    """What reaches Graph, for traces as for an examination."""
    # A proxy of the environment has no business with this machine's own Graph.
    local = is_loopback(urlsplit(settings.graph_url).hostname or "")
    skew = Skew(clock)

    async def count(response: httpx.Response) -> None:
        if meters is not None:
            meters.asked_graph(response.status_code)

    hooks = {"response": [skew.note, count]}
    http = httpx.AsyncClient(timeout=graph_timeout, trust_env=not local, event_hooks=hooks)
    await stack.enter_async_context(http)
    tokens = graph_tokens or _graph_credentials(settings, clock, stack)
    near = is_loopback(urlsplit(settings.public_url or "").hostname or "")
    outside = httpx.AsyncClient(timeout=graph_timeout, trust_env=not near)
    await stack.enter_async_context(outside)
    return Instruments(
        graph=GraphHttp(http, settings.graph_url, tokens, clock),
        graph_tokens=tokens,
        bot_tokens=_bot_credentials(settings, clock, stack),
        bot_scope=BOT_SCOPE,
        http=http,
        outside=outside,
        skew=skew,
        database=database,
        budget=StampBudget(database),
        clock=clock,
    )


def _install_link(settings: Settings) -> str:
    """Where somebody adds the app for themselves, "" when it is in no catalog."""
    return f"https://teams.microsoft.com/l/app/{app_id(settings.app_id)}" if settings.app_id else ""


def _groups(settings: Settings) -> Groups:
    return Groups(
        settings.helpdesk_groups,
        settings.auditor_groups,
        settings.protected_groups,
        dict(settings.shared_mailboxes),
    )


def _graph_credentials(settings: Settings, clock: Clock, stack: AsyncExitStack) -> AppCredentials | None:
    ids = settings.client_id or "", settings.tenant_id or ""
    return _credentials(*ids, settings.graph_proof, settings.login_url, clock, stack)


def _bot_credentials(settings: Settings, clock: Clock, stack: AsyncExitStack) -> AppCredentials | None:
    ids = settings.app_id or "", settings.app_tenant_id or ""
    return _credentials(*ids, settings.bot_proof, settings.login_url, clock, stack)


def _credentials(
    client_id: str, tenant_id: str, proof: Proof | None, login_url: str, clock: Clock, stack: AsyncExitStack
) -> AppCredentials | None:
    if proof is None:
        return None
    credentials = AppCredentials(client_id, tenant_id, proof, login_url=login_url, clock=clock)
    stack.push_async_callback(credentials.close)
    return credentials


def _verifier(
    settings: Settings, session: aiohttp.ClientSession, clock: Clock, stack: AsyncExitStack
) -> Verifier:
    if settings.app_id is None:
        return Anonymous()
    keys = Keys(session, clock, settings.openid_metadata_url)
    stack.push_async_callback(keys.close)
    return TokenVerifier(keys, settings.app_id, clock)


async def _keep_house(
    answering: Answering,
    sweepers: Sequence[Sweeper],
    clock: Clock,
    shared: bool,
    busy: asyncio.Lock,
) -> None:
    """Mend what was left open, and forget what has expired; *busy* is held meanwhile.

    At the start every open card was left by a stop, unless other processes share the database.
    """
    age = DEADLINE * 2 if shared else timedelta(0)
    while True:
        try:
            async with busy:
                await answering.mend(age)
                for one in sweepers:
                    await one.sweep()
        except Exception:
            log.exception("housekeeping failed; it is tried again")
        age = DEADLINE * 2
        await clock.sleep(HOUSEKEEPING.total_seconds())


async def _write_last(signs: Signs) -> None:
    """Write what was seen since the last minute; a stop does not fail for it."""
    with suppress(DatabaseUnusable):
        await signs.sweep()


async def _stop(task: asyncio.Task[None], busy: asyncio.Lock) -> None:
    """End *task*, while it is not *busy* if possible: a transaction cut off loses its connection."""
    try:
        async with asyncio.timeout(SHUTDOWN.total_seconds()), busy:
            task.cancel()
    except TimeoutError:
        task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _drain(
    jobs: Jobs, errands: ErrandLoop, running: asyncio.Task[None], answering: Answering, patience: timedelta
) -> None:
    """Let jobs and steps of errands that are under way end, and begin no more; what does not end says so."""
    await asyncio.gather(jobs.drain(patience), errands.drain())
    await running
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(LAST_WORDS.total_seconds()):
            await answering.interrupt()


async def _messages(request: web.Request) -> web.Response:
    return await request.app[DOOR].messages(request)


async def _health(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


async def _ready(request: web.Request) -> web.Response:
    return await request.app[OPERATIONS].ready(request)


async def _metrics(request: web.Request) -> web.Response:
    return await request.app[OPERATIONS].metrics(request)


def serve(app: web.Application, settings: Settings) -> int:
    """Run *app* until a signal; the exit code."""
    # Until somebody can ask, there is nothing that a signal would have to wait for.
    serving.end_at_once()
    try:
        asyncio.run(serving.serve(app, settings.host, settings.port, SHUTDOWN))
    except DatabaseUnusable as error:
        return _stopped(f"TRACE_DATABASE_URL: the database cannot be used: {error}")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return _stopped(f"PORT: {settings.port} is in use; stop what uses it or set another")
        return _stopped(f"HOST, PORT: cannot listen on {settings.host}:{settings.port}: {error.strerror}")
    return 0


def _stopped(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 1


def read_environment() -> dict[str, str]:
    """The environment, and what `.env` adds to it. Raises: WrongSettings."""
    try:
        # A secret may hold a dollar sign.
        filed = dotenv_values(".env", interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeError):
        raise WrongSettings([".env: expected a readable file in UTF-8"]) from None
    return {name: value for name, value in filed.items() if value is not None} | dict(os.environ)


async def examine(settings: Settings, clock: Clock | None = None) -> list[Finding]:
    """What is wrong with the installation; nothing is served, and no table made."""
    async with AsyncExitStack() as stack:
        time = clock or SystemClock()
        database = Database(settings.database_url, time)
        stack.push_async_callback(database.close)
        instruments = await _instruments(settings, database, time, None, stack)
        return await Doctor(settings, instruments).examine()


def write_findings(findings: Sequence[Finding], *, as_json: bool) -> int:
    """Write what was found; the exit code."""
    sys.stdout.writelines(f"{line}\n" for line in tell(findings, reader_from(os.environ), as_json=as_json))
    return exit_code(findings)


def write_package(settings: Settings, asked: Namespace) -> int:
    """Write the app package; the exit code. Raises: WrongSettings."""
    content = package(settings, BOT_NAME, slash=not asked.without_slash, version=asked.version)
    try:
        asked.out.write_bytes(content)
    except OSError as error:
        return _stopped(f"--out: {asked.out} cannot be written: {error.strerror}")
    sys.stdout.write(f"{asked.out}\n")
    return 0


async def export_record(settings: Settings, words: str, out: Path, clock: Clock | None = None) -> int:
    """Write the part of the record that *words* ask for; the exit code."""
    time = clock or SystemClock()
    try:
        asked = parse(f"audit {words}", When(time.now(), settings.time_zone))
    except ParseError as wrong:
        return _stopped(f"audit: not understood at {wrong.text[wrong.position :][:60]!r}")
    if not isinstance(asked, Audit):
        return _stopped("audit: expected conditions such as: last 30d by sato")
    database = Database(settings.database_url, time)
    try:
        await database.migrate()
        record = StoredRecord(database, settings.record_kept)
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            count = await export(record, record, asked.query, words, file)
    except DatabaseUnusable as error:
        return _stopped(f"TRACE_DATABASE_URL: the database cannot be used: {error}")
    except OSError as error:
        return _stopped(f"--out: {out} cannot be written: {error.strerror}")
    finally:
        await database.close()
    sys.stdout.write(f"{out}: {count}\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* ask, with the environment's settings and those of `.env` where it has none."""
    asked = read_arguments(arguments)
    logs.set_up()
    try:
        settings = read_settings(read_environment())
        if asked.do == "package":
            return write_package(settings, asked)
    except WrongSettings as wrong:
        if asked.do == "doctor":
            faults = [Finding("settings", "settings_wrong", {"why": fault}) for fault in wrong.faults]
            return write_findings(faults, as_json=asked.json)
        sys.stderr.write("".join(f"{fault}\n" for fault in wrong.faults))
        return 2
    if asked.do == "doctor":
        return write_findings(asyncio.run(examine(settings)), as_json=asked.json)
    if asked.do == "audit":
        return asyncio.run(export_record(settings, " ".join(asked.words), asked.out))
    return serve(create_app(settings), settings)


if __name__ == "__main__":
    serving.end_at_once()
    sys.exit(main())
