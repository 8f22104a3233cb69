"""The sample tenant under test, and a clock that is moved by hand."""

from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from demo.tenant import Tenant, graph_app
from tests.demo.asking import MAILBOX, Client, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def tenant(clock: Clock) -> Tenant:
    return Tenant(MAILBOX, clock=clock)


@pytest.fixture
async def graph(aiohttp_client: Callable[[web.Application], Awaitable[Client]], tenant: Tenant) -> Client:
    return await aiohttp_client(graph_app(tenant))
