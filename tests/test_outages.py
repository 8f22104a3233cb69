"""A PostgreSQL that is stopped and started again under load."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.outages import Server, run

ROUNDS = 2


@pytest.fixture
def server(postgresql: str) -> Iterator[Server]:
    """A server that nobody else is on; the shared one has prepared the runtime folder."""
    with TemporaryDirectory(prefix="pg-") as folder:
        server = Server(Path(folder))
        yield server
        server.close()


async def test_stopped_and_started(server: Server, tmp_path: Path) -> None:
    """Questions are answered and put on record, watches go on: nothing lost, what is twice says so."""
    asked = await run(server, tmp_path, "outage", ROUNDS, seed=8)

    assert asked.answered == asked.told == asked.questions
    assert asked.recorded == asked.late == asked.questions
    assert asked.unready == asked.alive == ROUNDS
    assert not asked.watches.lost
    assert not asked.watches.unmarked
