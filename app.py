"""The composition root: settings → objects → routes. `python app.py` needs nothing run before it.

    python app.py                              the bot
    python app.py doctor [--json]              what is wrong with this installation
    python app.py package [--without-slash]    the app package for Teams
    python app.py audit [last 30d by …]        the record of who looked at what, as a CSV

Nothing is decided here.
"""

import asyncio
import errno
import logging
import sys
from argparse import Namespace
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta

import aiohttp
import httpx
from aiohttp import web

from bot import logs, serving
from bot.answering import Answering
from bot.clock import SystemClock
from bot.command_line import read_arguments
from bot.connections import close_after_refusal, not_invited
from bot.debts import Debts
from bot.delivery import Delivery
from bot.desk import Desk
from bot.directory import GraphDirectory, Groups
from bot.doctor.examine import Doctor
from bot.doctor.findings import Finding
from bot.errand_loop import ErrandLoop
from bot.errands import Work
from bot.handlers import Handlers, Parts
from bot.health import PATIENCE, Health
from bot.held_states import HeldStates
from bot.homes import Homes
from bot.house import SHUTDOWN, drain, keep_house, stop, write_last
from bot.jobs import Jobs
from bot.landing_work import Landings
from bot.limits import Limits
from bot.narrowing import Narrowing
from bot.operations import Operations
from bot.places import Places
from bot.presence import Presence
from bot.progress import Pace
from bot.prometheus import PrometheusMeters
from bot.reach import GRAPH_TIMEOUT, instruments, verifier
from bot.readiness import Heart, Readiness
from bot.report_work import ReportWork
from bot.reports import Reports
from bot.settings import Settings, WrongSettings, read_settings
from bot.spare_purse import SparePurse
from bot.spooled import SpooledRecord
from bot.stand_ins import AnswersHere, ClaimsHere, KeptHere, PlacesHere, ReferencesHere
from bot.store.answers import OpenAnswers
from bot.store.claims import Claims
from bot.store.database import Database, DatabaseUnusable
from bot.store.errands import Errands
from bot.store.faults import DatabaseDamaged
from bot.store.installation import Held, held, holder_of
from bot.store.kept import KeptSearches
from bot.store.places import StoredPlaces
from bot.store.record import StoredRecord
from bot.store.references import References
from bot.store.reports import Reports as ReportFiles
from bot.store.spool import FolderRefused, Spool
from bot.store.stamps import StampBudget
from bot.store.states import CardStates
from bot.store.watched import Watched
from bot.teams.body import MAX_BODY
from bot.teams.connector import Connector
from bot.teams.door import Door
from bot.teams.upload import OneDrive
from bot.terminal import examine, export_record, read_environment, stopped, write_findings
from bot.tickets import Tickets
from bot.turn_answers import TurnAnswers
from bot.turn_work import TurnWork
from bot.watch_alerts import WatchAlerts
from bot.watch_details import WatchDetails
from bot.watch_looks import WatchLooks
from bot.watch_reads import WatchReads
from bot.watch_work import WatchWork
from bot.watches import Watches
from cards.reader import Reader, reader_of
from manifest.package import app_id, package
from tracing.client import SCOPE
from tracing.credentials import TokenProvider
from tracing.model import Clock
from tracing.shared import SharedSource
from tracing.source import GraphSource

log = logging.getLogger("app")

BOT_NAME = "Mail Trace"
DOOR: web.AppKey[Door] = web.AppKey("door", Door)
OPERATIONS: web.AppKey[Operations] = web.AppKey("operations", Operations)
METERS: web.AppKey[PrometheusMeters] = web.AppKey("meters", PrometheusMeters)


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
    app = web.Application(client_max_size=MAX_BODY, middlewares=[close_after_refusal])
    app.router.add_post("/api/messages", _messages, expect_handler=not_invited)
    app.router.add_get("/healthz", _health, expect_handler=not_invited)
    app.router.add_get("/readyz", _ready, expect_handler=not_invited)
    app.router.add_get("/metrics", _metrics, expect_handler=not_invited)
    app[METERS] = PrometheusMeters()
    time = clock or SystemClock()

    async def running(app: web.Application) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            app[DOOR], app[OPERATIONS] = await _compose(
                settings, time, graph_tokens, graph_timeout, pace or Pace(), patience, stack, app[METERS]
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
    meters: PrometheusMeters,
) -> tuple[Door, Operations]:
    """Build every object of the program; *stack* closes them in reverse order. Raises: Held,
    FolderRefused."""
    # Before the migration, which must not touch what another process works on.
    stack.enter_context(held(settings.database_url, f"{settings.host}:{settings.port}"))
    spool = Spool(settings.spool_dir)
    await asyncio.to_thread(spool.check)
    database = Database(settings.database_url, clock)
    stack.push_async_callback(database.close)
    await database.migrate()
    health = Health(patience)
    stack.push_async_callback(health.close)
    heart = Heart()
    tools = await instruments(settings, database, clock, graph_tokens, stack, meters, graph_timeout)
    session = await stack.enter_async_context(aiohttp.ClientSession())
    graph = tools.graph
    directory = GraphDirectory(graph, _groups(settings), settings.domains, clock, meters)
    claims, stamps = Claims(database), StampBudget(database)
    states = HeldStates(CardStates(database), health)
    answers = OpenAnswers(database)
    source = SharedSource(
        GraphSource(graph, SparePurse(stamps, health, clock), clock),
        clock,
        lambda hit: meters.shared(hit=hit),
    )
    stack.push_async_callback(source.close)
    kept, stored = KeptSearches(database), StoredRecord(database, settings.record_kept)
    record = SpooledRecord(stored, spool, health, clock)
    reports, errands = ReportFiles(database), Errands(database)
    connector = Connector(session, clock, tools.bot_tokens)

    def reader(locale: str, time_zone: str) -> Reader:
        return reader_of(locale, time_zone, settings.time_zone)

    works: dict[str, Work] = {}
    loop = ErrandLoop(errands, works, clock)
    drive = OneDrive(session, local=not settings.authenticated)
    delivery = Delivery(reports, errands, directory, record, connector, drive, reader, loop.kick)
    tickets = Tickets(settings.ticket_pattern)
    narrowing = Narrowing(source, directory, clock, settings.look_back, tickets)
    writing = ReportWork(
        source, directory, narrowing, record, states, reports, delivery, connector, clock, reader
    )
    references = ReferencesHere(References(database), health)
    homes = Homes(references, connector)
    landings = Landings(
        source, directory, narrowing, states, record, errands, connector, clock, reader, homes
    )
    watched = Watched(database)
    places = Places(PlacesHere(StoredPlaces(database), health), connector, *_approved(settings))
    looks = WatchLooks(source, WatchReads(source, clock), directory, narrowing, record)
    watching = WatchWork(
        looks,
        WatchAlerts(states, watched, reader, WatchDetails(places, directory)),
        watched,
        places,
        connector,
        clock,
    )
    watches = Watches(
        errands, watched, states, record, connector, watching, clock, settings.look_back, loop.kick
    )
    works |= {watching.kind: watching}
    works |= {delivery.kind: delivery, writing.kind: writing, landings.kind: landings}
    begun = loop.kick
    asked = Reports(directory, states, errands, reports, delivery, clock, begun, homes, settings.look_back)
    doctor = Doctor(settings, tools)
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
            tickets=tickets,
            meters=meters,
            names=directory,
        )
    )
    jobs = Jobs(meters=meters)
    owed = AnswersHere(answers, health)
    answering = Answering(handlers, connector, owed, places, clock, settings.time_zone, health, pace)
    claimed = ClaimsHere(claims, health)
    debts, presence = Debts(claimed, jobs, clock, loop.kick), Presence(references, errands, places, loop.kick)
    turn_answers = TurnAnswers(
        handlers,
        connector,
        debts,
        answering,
        delivery,
        settings.time_zone,
        places,
        homes,
        presence,
        _install_link(settings),
    )
    desk = Desk(
        handlers,
        connector,
        debts,
        answering,
        turn_answers,
        clock,
        settings.time_zone,
        places,
        homes,
        presence,
        Limits(settings.messages_a_minute),
        pace,
        meters,
    )
    turns = TurnWork(turn_answers, handlers, answering, homes, connector, clock, reader)
    works |= {turns.kind: turns}
    # Pushed last, so that it runs first: what is open may still use everything above.
    busy = asyncio.Lock()
    stack.push_async_callback(write_last, tools.signs)
    sweepers = (claimed, states, answers, kept, record, errands, reports, watched, tools.signs)
    house = keep_house(answering, sweepers, clock, database.is_postgresql, busy)
    housekeeping = asyncio.create_task(house)
    stack.push_async_callback(stop, housekeeping, busy)
    beating = asyncio.create_task(heart.beat())
    stack.push_async_callback(stop, beating, asyncio.Lock())
    if not database.is_postgresql:
        await errands.release()
    running = asyncio.create_task(loop.run())
    stack.push_async_callback(drain, jobs, loop, running, answering, pace.at_stop)
    readiness = Readiness(database, tools.graph_tokens, SCOPE, heart)
    operations = Operations(
        readiness,
        meters,
        lambda: health.tried(stamps.left),
        lambda: health.tried(errands.waiting),
        lambda: jobs.running,
        heart,
        settings.metrics_from,
    )
    knocks = verifier(settings, session, clock, stack)
    return Door(knocks, desk, {settings.app_tenant_id or ""}, meters, tools.signs), operations


def _install_link(settings: Settings) -> str:
    """Where somebody adds the app for themselves, "" when it is in no catalog."""
    return f"https://teams.microsoft.com/l/app/{app_id(settings.app_id)}" if settings.app_id else ""


def _approved(settings: Settings) -> tuple[frozenset[str], frozenset[str]]:
    """The places that the settings approve for results, and those of them for details."""
    detailed = frozenset(settings.detailed_places)
    return detailed | frozenset(settings.approved_places), detailed


def _groups(settings: Settings) -> Groups:
    return Groups(
        settings.helpdesk_groups,
        settings.auditor_groups,
        settings.protected_groups,
        dict(settings.shared_mailboxes),
    )


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
        asyncio.run(serving.serve(app, settings.host, settings.port, SHUTDOWN, app[METERS].refused))
    except Held as other:
        return stopped(
            f"TRACE_DATABASE_URL: the database is in use by another bot, {other}; stop that one first"
        )
    except FolderRefused as refused:
        return stopped(f"TRACE_SPOOL_DIR: {refused}")
    except DatabaseDamaged as error:
        return stopped(f"TRACE_DATABASE_URL: the database is damaged, bring back a backup of it: {error}")
    except DatabaseUnusable as error:
        return stopped(f"TRACE_DATABASE_URL: the database cannot be used: {error}")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return stopped(_in_use(settings))
        return stopped(f"HOST, PORT: cannot listen on {settings.host}:{settings.port}: {error.strerror}")
    return 0


def _in_use(settings: Settings) -> str:
    """Say that the port is in use, and by which bot if it is one of this installation."""
    holder = holder_of(settings.database_url)
    by = f" by another bot, {holder}" if holder else ""
    return f"PORT: {settings.port} is in use{by}; stop what uses it or set another"


def write_package(settings: Settings, asked: Namespace) -> int:
    """Write the app package; the exit code. Raises: WrongSettings."""
    content = package(settings, BOT_NAME, slash=not asked.without_slash, version=asked.version)
    try:
        asked.out.write_bytes(content)
    except OSError as error:
        return stopped(f"--out: {asked.out} cannot be written: {error.strerror}")
    sys.stdout.write(f"{asked.out}\n")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what *arguments* ask, with the environment's settings and those of `.env` where it has none."""
    asked = read_arguments(arguments)
    # The findings report what a library meets during the examination.
    logs.set_up(logging.CRITICAL if asked.do == "doctor" else logging.INFO)
    try:
        settings = read_settings(*read_environment())
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
