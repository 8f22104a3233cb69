"""What reaches Graph and Teams, and knows who knocks: clients, credentials, the verifier of tokens."""

from contextlib import AsyncExitStack
from urllib.parse import urlsplit

import aiohttp
import httpx

from bot.doctor.examine import Instruments
from bot.doctor.skew import Skew
from bot.environment import is_loopback
from bot.meters import Meters
from bot.settings import Settings
from bot.store.database import Database
from bot.store.signs import Signs
from bot.store.stamps import StampBudget
from bot.teams.connector import SCOPE as BOT_SCOPE
from bot.teams.keys import Keys
from bot.teams.verify import Anonymous, TokenVerifier, Verifier
from tracing.client import GraphHttp
from tracing.credentials import AppCredentials, TokenProvider
from tracing.model import Clock
from tracing.proofs import Proof

GRAPH_TIMEOUT = httpx.Timeout(30, connect=10)
"""Seconds; a full page takes two to four. All attempts together have to fit into a job's deadline, or nobody
would ever read that Graph is slow."""


async def instruments(
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
        signs=Signs(database),
        clock=clock,
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


def verifier(
    settings: Settings, session: aiohttp.ClientSession, clock: Clock, stack: AsyncExitStack
) -> Verifier:
    if settings.app_id is None:
        return Anonymous()
    keys = Keys(session, clock, settings.openid_metadata_url)
    stack.push_async_callback(keys.close)
    return TokenVerifier(keys, settings.app_id, clock)
