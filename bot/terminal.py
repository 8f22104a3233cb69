"""What a terminal asks for without a bot that runs: the doctor's findings, the record as a file."""

import os
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path

from dotenv import dotenv_values

from bot.clock import SystemClock
from bot.command_line import exit_code, reader_from, tell
from bot.commands import Audit
from bot.doctor.examine import Doctor
from bot.doctor.findings import Finding
from bot.moments import When
from bot.parse import ParseError, parse
from bot.reach import instruments
from bot.record_file import export
from bot.settings import Settings, WrongSettings
from bot.store.database import Database, DatabaseUnusable
from bot.store.record import StoredRecord
from tracing.model import Clock


def read_environment() -> tuple[dict[str, str], frozenset[str]]:
    """The environment with the additions from `.env`, and the names in `.env`. Raises: WrongSettings."""
    try:
        # A secret may hold a dollar sign.
        filed = dotenv_values(".env", interpolate=False, encoding="utf-8-sig")
    except (OSError, UnicodeError):
        raise WrongSettings([".env: expected a readable file in UTF-8"]) from None
    held = {name: value for name, value in filed.items() if value is not None}
    return held | dict(os.environ), frozenset(held)


def stopped(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 1


async def examine(settings: Settings, clock: Clock | None = None) -> list[Finding]:
    """What is wrong with the installation; nothing is served, and no table made."""
    async with AsyncExitStack() as stack:
        time = clock or SystemClock()
        database = Database(settings.database_url, time)
        stack.push_async_callback(database.close)
        tools = await instruments(settings, database, time, None, stack)
        return await Doctor(settings, tools).examine()


def write_findings(findings: Sequence[Finding], *, as_json: bool) -> int:
    """Write what was found; the exit code."""
    sys.stdout.writelines(f"{line}\n" for line in tell(findings, reader_from(os.environ), as_json=as_json))
    return exit_code(findings)


async def export_record(settings: Settings, words: str, out: Path, clock: Clock | None = None) -> int:
    """Write the part of the record that *words* ask for; the exit code."""
    time = clock or SystemClock()
    try:
        asked = parse(f"audit {words}", When(time.now(), settings.time_zone))
    except ParseError as wrong:
        return stopped(f"audit: not understood at {wrong.text[wrong.position :][:60]!r}")
    if not isinstance(asked, Audit):
        return stopped("audit: expected conditions such as: last 30d by sato")
    database = Database(settings.database_url, time)
    try:
        await database.migrate()
        record = StoredRecord(database, settings.record_kept)
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            count = await export(record, record, asked.query, words, file)
    except DatabaseUnusable as error:
        return stopped(f"TRACE_DATABASE_URL: the database cannot be used: {error}")
    except OSError as error:
        return stopped(f"--out: {out} cannot be written: {error.strerror}")
    finally:
        await database.close()
    sys.stdout.write(f"{out}: {count}\n")
    return 0
