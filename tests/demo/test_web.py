"""What the page's server lets in, and what it tells the page."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from demo import renderer
from demo.chat import Chat, add_chat
from demo.company import SATO
from tests.demo.talking import SATO_CHAT, Demo


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Host": "[::1"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
@pytest.mark.parametrize("path", ["/", "/chat/company", "/_connector/v3/conversations/x/members"])
async def test_loopback_only(demo: Demo, headers: dict[str, str], path: str) -> None:
    """A foreign name or a foreign page is refused, whatever it asks for."""
    async with demo.client.get(path, headers=headers) as response:
        assert response.status == 403


async def test_own_page_is_welcome(demo: Demo) -> None:
    """The page's own Origin passes, and the policy lets no inline script run."""
    async with demo.client.get("/", headers={"Origin": demo.bot.url}) as response:
        policy = response.headers["Content-Security-Policy"]

    assert response.status == 200
    assert "unsafe-inline" not in policy
    assert "Access-Control-Allow-Origin" not in response.headers


async def test_page_without_renderer_names_the_content_network(
    demo: Demo, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the renderer is not installed, the pinned files come from afar, held to their hashes."""
    monkeypatch.setattr(renderer, "locate", lambda: None)
    app = web.Application()
    add_chat(app, Chat())
    async with TestClient(TestServer(app, host="127.0.0.1")) as client, client.get("/") as response:
        text, policy = await response.text(), response.headers["Content-Security-Policy"]

    assert f"script-src 'self' {renderer.CONTENT_NETWORK};" in policy
    for file in renderer.FILES:
        assert f'"{file.far_url}" integrity="{file.integrity}" crossorigin="anonymous"' in text


async def test_events_start_with_everything(demo: Demo) -> None:
    """A page that connects gets what there is, then what changes, and typing."""
    await demo.say("before")
    seen = []
    async with demo.client.get(f"/chat/events?person={SATO.aad_object_id}") as response:
        while b"snapshot" not in (line := await response.content.readline()):
            assert line
        seen.append(json.loads((await response.content.readline())[6:])[0]["text"])
        path = f"conversations/{quote(SATO_CHAT, safe='')}/activities"
        await demo.bot.call("POST", path, {"type": "typing"})
        await demo.bot.call("POST", path, {"type": "message", "text": "after"})
        async for line in response.content:
            if line.startswith(b"event: "):
                seen.append(line[7:].decode().strip())
            if line.startswith(b"event: message"):
                break

    assert seen == ["before", "typing", "message"]
