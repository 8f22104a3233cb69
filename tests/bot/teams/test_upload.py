"""Files go where Microsoft keeps people's files, and nowhere else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.delivery import FRAGMENT
from bot.teams.upload import OneDrive
from bot.turns import SendRefused
from tests.drive import UNIT, RecordingDrive


@dataclass
class Site:
    drive: RecordingDrive
    uploads: OneDrive
    url: str


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    drive, application = RecordingDrive(), web.Application()
    drive.add_to(application)
    server = TestServer(application)
    await server.start_server()
    async with ClientSession() as session:
        yield Site(drive, OneDrive(session, local=True), str(server.make_url("/drive/x.csv?key=a%2Fb")))
    await server.close()
    assert not drive.faults


@pytest.mark.parametrize(
    "url",
    [
        "https://contoso-my.sharepoint.com/personal/x/_api/v2.0/drive/items/1/uploadSession?guid='a'&tempauth=e%2Ff",
        "https://CONTOSO.SharePoint.com/x",
        "https://sharepoint.com/x",
    ],
)
async def test_known_places(url: str) -> None:
    """OneDrive for work is called, over https."""
    async with ClientSession() as session:
        assert OneDrive(session, local=False).accepts(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://contoso-my.sharepoint.com/x",
        "https://contoso-my.sharepoint.com:8443/x",
        "https://evilsharepoint.com/x",
        "https://sharepoint.com.evil.example/x",
        "https://sharepoint.com@evil.example/x",
        "https://evil.example/?sharepoint.com",
        "https://evil.example\\@x.sharepoint.com/x",
        "https://127.0.0.1/x",
        "http://127.0.0.1:8080/x",
        "http://169.254.169.254/latest",
        "//x.sharepoint.com/x",
        "file:///etc/passwd",
        "https://",
        "https://[::1",
        "not a url",
        "",
    ],
)
async def test_other_places(url: str) -> None:
    """Whatever else a client names is not called: not this machine, no look-alike, nothing in plain."""
    async with ClientSession() as session:
        drive = OneDrive(session, local=False)
        assert not drive.accepts(url)
        with pytest.raises(SendRefused):
            await drive.put(url, b"x", 0, 1)


async def test_loopback_alone(site: Site) -> None:
    """Where the bot trusts everybody it reaches this machine only."""
    assert site.uploads.accepts(site.url)
    assert not site.uploads.accepts("https://contoso-my.sharepoint.com/x")
    assert not site.uploads.accepts("http://192.0.2.1/x")


async def test_fragments(site: Site) -> None:
    """A large file goes in fragments of whole units, in order, and arrives whole."""
    data = bytes(range(256)) * (2 * FRAGMENT // 256 + 77)
    sent = 0
    while sent < len(data):
        sent = await site.uploads.put(site.url, data[sent : sent + FRAGMENT], sent, len(data))

    assert FRAGMENT % UNIT == 0
    assert len(site.drive.puts) == 3
    assert site.drive.whole["x.csv"] == data
    assert not any("Authorization" in headers for headers in site.drive.headers)


async def test_sent_twice(site: Site) -> None:
    """A fragment whose answer was lost is sent again, and the drive says from where on it wants more."""
    data = b"x" * (2 * UNIT)
    await site.uploads.put(site.url, data[:UNIT], 0, len(data))
    again = await site.uploads.put(site.url, data[:UNIT], 0, len(data))
    assert again == UNIT
    await site.uploads.put(site.url, data[UNIT:], UNIT, len(data))

    assert site.drive.whole["x.csv"] == data


@pytest.mark.parametrize("status", [302, 307, 400, 401, 403, 404, 409, 429, 500, 507])
async def test_refused(site: Site, status: int) -> None:
    """A refusal is handed on with its status; a redirect is one, and is not followed."""
    site.drive.refusals.append(status)
    with pytest.raises(SendRefused) as refusal:
        await site.uploads.put(site.url, b"x", 0, 1)

    assert refusal.value.status == status
    assert len(site.drive.puts) == 1


async def test_unreachable(site: Site) -> None:
    """Where nobody answers, that is told as what may heal."""
    with pytest.raises(SendRefused) as refusal:
        await site.uploads.put("http://127.0.0.1:1/x", b"x", 0, 1)

    assert refusal.value.status == 0
