"""The sample tenant and its clock; the chat page's server with a bot of a few lines."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from demo.tenant import Tenant, graph_app
from tests.demo.asking import MAILBOX, Client, Clock
from tests.demo.talking import Demo, served


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tenant(clock: Clock) -> Tenant:
    return Tenant(MAILBOX, clock=clock)


@pytest.fixture
async def graph(aiohttp_client: Callable[[web.Application], Awaitable[Client]], tenant: Tenant) -> Client:
    return await aiohttp_client(graph_app(tenant))


@pytest.fixture
async def demo() -> AsyncIterator[Demo]:
    async with served() as demo:
        yield demo
