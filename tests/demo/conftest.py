"""The sample tenant and its clock, the chat page's server with a bot of a few lines, and a real browser."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from playwright.async_api import Page, async_playwright

from demo import renderer
from demo.chat import Chat, add_chat
from demo.faults import Faults
from demo.tenant import Tenant, graph_app
from demo.troubles import Troubles
from tests.demo.asking import MAILBOX, Client, Clock
from tests.demo.talking import BROWSER_ARGUMENTS, Bot, Demo, chromium


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
    bot, chat, app = Bot(), Chat(troubles=Troubles(Faults())), web.Application()
    app.router.add_post("/api/messages", bot.messages)
    add_chat(app, chat)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        bot.url = str(client.make_url("")).rstrip("/")
        chat.bot_url, chat.service_url = f"{bot.url}/api/messages", f"{bot.url}/_connector"
        yield Demo(chat, bot, client)


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    renderer.install()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        context = await browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
        yield await context.new_page()
        await browser.close()
