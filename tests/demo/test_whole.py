"""The demonstration as a whole: the real bot between the sample tenant and the chat page's server."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from demo.__main__ import demo_app, demo_settings
from demo.activities import Client
from demo.chat import Chat
from demo.company import SATO
from demo.connector import PLACES, personal_id
from demo.mailbox import make_mailbox
from demo.tenant import Tenant
from demo.troubles import SMALL_PAGE, Troubles

URGENT = "【至急】10月度請求書の件"
PLACE = next(place for place in PLACES if place.id == personal_id(SATO))


@dataclass
class Whole:
    """The running demonstration, asked by the help desk in a 1:1."""

    chat: Chat
    troubles: Troubles

    async def ask(self, text: str) -> str:
        """What the bot's last card says once it is no longer looking, as JSON."""
        said = await self.chat.say(SATO, PLACE, text, Client("en-US", "Asia/Tokyo"))
        assert said.delivery == "sent"
        async with asyncio.timeout(20):
            while True:
                last = self.chat.conversations.seen_by(SATO)[-1]
                if last["from"]["bot"] and last["edited"]:
                    return json.dumps(last["attachments"], ensure_ascii=False)
                await asyncio.sleep(0.02)


@pytest.fixture
async def whole(tmp_path: Path) -> AsyncIterator[Whole]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = demo_settings(port, f"sqlite+aiosqlite:///{tmp_path / 'demo.sqlite3'}")
    app, chat = demo_app(settings, Tenant(make_mailbox(datetime.now(UTC), ahead=timedelta(hours=1))))
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    assert chat.troubles is not None
    yield Whole(chat, chat.troubles)
    await runner.cleanup()


@pytest.mark.parametrize(
    "text", ["trace sender *@hoge.com", "trace from *@hoge.com to *@contoso.co.jp", "追跡 送信者 *@hoge.com"]
)
async def test_trace(whole: Whole, text: str) -> None:
    """What the page's first suggestion asks for is found, also where Teams has taken the asterisks away."""
    assert URGENT in await whole.ask(text)


async def test_trouble(whole: Whole) -> None:
    """A trouble of the tenant is put in a person's words, and is gone when it is switched off."""
    whole.troubles.switch("permission", True)

    assert "ExchangeMessageTrace.Read.All" in await whole.ask("trace sender *@hoge.com")
    whole.troubles.reset()
    assert URGENT in await whole.ask("trace sender *@hoge.com")


async def test_paging_is_mended(whole: Whole) -> None:
    """With the service's own paging faults, the bot finds as much as without them."""
    plain = await whole.ask("trace last 2d")
    whole.troubles.switch("paging", True)
    mended = await whole.ask("trace last 2d")

    found = [next(word for word in card.split('"') if word.endswith(" messages")) for card in (plain, mended)]
    assert found[0] == found[1]
    assert int(found[0].split()[0]) > SMALL_PAGE
