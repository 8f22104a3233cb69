"""`python app.py` as strangers meet it: a process of its own, a socket, and what it cost."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from demo.company import TENANT_ID
from tests.signing import APP_ID, APP_SECRET, OpenIdServer, SigningKey
from tests.test_app import APP, SOON, Process, free_port, started

SERVICE_URL = "http://localhost:9/_connector"
HOST = "127.0.0.1"
_LIMITED = (
    "import resource, runpy, sys; n = int(sys.argv.pop()); "
    "resource.setrlimit(resource.RLIMIT_NOFILE, (n, n)); sys.argv = ['app.py']; "
    f"runpy.run_path({str(APP)!r}, run_name='__main__')"
)


@dataclass
class Server:
    """A bot with an app id that runs."""

    process: Process
    port: int
    key: SigningKey

    @property
    def log(self) -> str:
        return self.process.log

    @property
    def spent(self) -> float:
        """Seconds of a processor that it has used, its start among them."""
        fields = Path(f"/proc/{self.process.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def bearer(self) -> str:
        """A token that counts."""
        return self.key.bearer(datetime.now(UTC), serviceurl=SERVICE_URL)

    async def open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection(HOST, self.port)

    async def alive(self) -> bool:
        """Whether somebody with nothing in mind is answered."""
        reader, writer = await self.open()
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        async with asyncio.timeout(SOON):
            said = await reader.read()
        writer.close()
        return said.startswith(b"HTTP/1.1 200 ")


@asynccontextmanager
async def serving(folder: Path, descriptors: int | None = None, **settings: str) -> AsyncIterator[Server]:
    """The process, with at most so many *descriptors*, ready to be spoken to."""
    key = SigningKey()
    async with OpenIdServer(key) as openid:
        port = free_port()
        environment = {
            "PORT": str(port),
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": APP_SECRET,
            "MicrosoftAppTenantId": TENANT_ID,
            "TRACE_GRAPH_URL": "http://127.0.0.1:9/v1.0",
            "TRACE_OPENID_METADATA_URL": openid.metadata_url,
        } | settings
        limited = (str(APP),) if descriptors is None else ("-c", _LIMITED, str(descriptors))
        async with started(folder, environment, program=limited) as process:
            server = Server(process, port, key)
            async with asyncio.timeout(SOON):
                while "listening on" not in process.log:
                    assert process.process.returncode is None, process.log
                    await asyncio.sleep(0.05)
            yield server


def head(request: str, **headers: str) -> bytes:
    """A request line and headers, `Content_Length=…` among them, as they go over the wire."""
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"{request} HTTP/1.1\r\nHost: x\r\n{lines}\r\n".encode()


async def exchange(
    server: Server, first: bytes, more: Iterable[bytes] = (), most: int = 0
) -> tuple[bytes, int]:
    """All that is answered to *first*, and how many bytes of *more* were taken, of *most* at most."""
    reader, writer = await server.open()
    writer.write(first)
    taken = 0

    async def send() -> None:
        nonlocal taken
        try:
            for part in more:
                if taken >= most:
                    break
                writer.write(part)
                await writer.drain()
                taken += len(part)
        except ConnectionError:
            pass

    sending = asyncio.create_task(send())
    said = b""
    try:
        async with asyncio.timeout(SOON):
            while part := await reader.read(65_536):
                said += part
    except ConnectionError:
        pass
    finally:
        sending.cancel()
        await asyncio.gather(sending, return_exceptions=True)
        writer.close()
    return said, taken
