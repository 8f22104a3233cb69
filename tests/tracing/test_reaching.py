"""Why nobody was reached: one word, whatever library was asked."""

import asyncio
import socket
from collections.abc import Callable, Iterator

import aiohttp
import httpx
import pytest
import requests

from tracing.reaching import REFUSED, TIMEOUT, TLS, UNRESOLVED, why


def by_requests(url: str) -> BaseException:
    with pytest.raises(requests.RequestException) as failed:
        requests.get(url, timeout=0.3)
    return failed.value


def by_httpx(url: str) -> BaseException:
    with pytest.raises(httpx.HTTPError) as failed:
        httpx.get(url, timeout=0.3, trust_env=False)
    return failed.value


def by_aiohttp(url: str) -> BaseException:
    async def get() -> BaseException:
        async with aiohttp.ClientSession() as session:
            with pytest.raises((aiohttp.ClientError, TimeoutError)) as failed:
                await session.get(url, timeout=aiohttp.ClientTimeout(total=0.3))
            return failed.value

    return asyncio.run(get())


@pytest.fixture
def silent() -> Iterator[int]:
    """A port of this machine that takes connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture(params=[by_requests, by_httpx, by_aiohttp])
def failing(request: pytest.FixtureRequest) -> Callable[[str], BaseException]:
    found: Callable[[str], BaseException] = request.param
    return found


def test_unresolved(failing: Callable[[str], BaseException]) -> None:
    """A name that nobody knows is not “refused”: `.invalid` never resolves (RFC 6761)."""
    assert why(failing("https://nowhere.invalid/")) == UNRESOLVED


def test_refused(failing: Callable[[str], BaseException]) -> None:
    """Nobody listens."""
    assert why(failing("https://127.0.0.1:9/")) == REFUSED


def test_silent(failing: Callable[[str], BaseException], silent: int) -> None:
    """Somebody listens, and says nothing."""
    assert why(failing(f"http://127.0.0.1:{silent}/")) == TIMEOUT


def test_others() -> None:
    """Of any other fault its kind, and of a certificate that it is one; the text stays out of it."""
    assert why(ValueError("https://login.example/tenant")) == "ValueError"
    assert TLS == "tls_failed"
