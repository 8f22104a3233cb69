"""One real Chromium for all tests of the page; each gets a context, and a server, of its own.

A browser belongs to the event loop that started it: these tests share one.
"""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from demo import renderer
from tests.browser import by_hand, find
from tests.demo.talking import Demo, served

WITHIN = 45_000
"""Milliseconds; a machine that many share may take its time, and what is right comes at once elsewhere."""
expect.set_options(timeout=WITHIN)

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str:
    return find() or pytest.fail(f"no browser here: {by_hand()}")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    renderer.install()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo")
    context.set_default_timeout(WITHIN)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def demo() -> AsyncIterator[Demo]:
    async with served() as demo:
        yield demo
