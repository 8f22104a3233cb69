"""What the process counts is for its operators: the peer's address decides, nothing that a request says."""

import asyncio
from pathlib import Path

import pytest

from tests.attack.server import HOST, exchange, head, serving

PATHS = ("/metrics", "/readyz")
SAYINGS: tuple[dict[str, str], ...] = (
    {},
    {"Via": "1.1 proxy"},
    {"X_Real_IP": "203.0.113.9"},
    {"X_Forwarded_For": "127.0.0.1"},
    {"X_Forwarded_Host": "localhost"},
    {"Forwarded": "for=127.0.0.1"},
    {"CF_Connecting_IP": "127.0.0.1"},
    {"X_Original_URL": "/metrics"},
)


@pytest.mark.parametrize(("addresses", "open_"), [("192.0.2.1", False), (HOST, True), ("", True)])
async def test_no_header_decides(tmp_path: Path, addresses: str, open_: bool) -> None:
    """Whatever a request says: from an address that is let in it is answered, from any other it is not."""
    async with serving(tmp_path, TRACE_METRICS_FROM=addresses) as server:
        heads = [head(f"GET {path}", Connection="close", **one) for path in PATHS for one in SAYINGS]
        answers = await asyncio.gather(*(exchange(server, one) for one in heads))

    statuses = {said[9:12] for said, _ in answers}
    assert statuses <= ({b"200", b"503"} if open_ else {b"404"})


async def test_other_ways_to_write_it(tmp_path: Path) -> None:
    """No other spelling of the path, and no other method, gets past."""
    requests = (
        "GET //metrics",
        "GET /./metrics",
        "GET /%6Detrics",
        "HEAD /metrics",
        "GET http://localhost/metrics",
    )
    async with serving(tmp_path, TRACE_METRICS_FROM="192.0.2.1") as server:
        answers = [(await exchange(server, head(one, Connection="close")))[0] for one in requests]

    assert not [said for said in answers if b"mail_trace" in said or b" 200 " in said]
