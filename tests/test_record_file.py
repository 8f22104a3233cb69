"""The record, exported as a file from the command line."""

import csv
from pathlib import Path

import pytest

from bot.record import Entry, Kind, Who
from bot.record_file import AT_ONCE, COLUMNS
from bot.settings import Settings, read_settings
from bot.store.database import Database
from bot.store.record import StoredRecord
from bot.terminal import export_record
from demo.company import SATO, TANAKA, TENANT_ID
from tests.line import HastyClock, Line


def settings_of(folder: Path) -> Settings:
    return read_settings(
        {
            "MicrosoftAppTenantId": TENANT_ID,
            "TRACE_GRAPH_URL": "http://127.0.0.1:9/v1.0",
            "TRACE_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'line.sqlite3'}",
        }
    )


async def exported(folder: Path, words: str) -> list[dict[str, str]]:
    out = folder / "record.csv"
    assert await export_record(settings_of(folder), words, out, HastyClock()) == 0
    data = out.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(data.decode("utf-8-sig").splitlines()))


async def test_every_look_is_in_the_file(tmp_path: Path) -> None:
    """Each look and each refusal stands there once, newest first, and so does a former export."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender *@hoge.com")
        await line.ask(TANAKA, "mine")
        await line.ask(TANAKA, "audit")
    looks = await exported(tmp_path, "last 7d")
    again = await exported(tmp_path, "")

    assert tuple(looks[0]) == COLUMNS
    assert [(row["kind"], row["name"]) for row in looks] == [
        ("refusal", TANAKA.name),
        ("trace", TANAKA.name),
        ("trace", SATO.name),
    ]
    assert (looks[0]["outcome"], looks[0]["outcome_in_words"]) == ("auditors_only", "not an auditor")
    assert looks[2]["outcome_in_words"] == ""
    assert looks[2]["conditions"] == "trace from *@hoge.com last 2d"
    assert (again[0]["kind"], again[0]["name"], again[0]["conditions"]) == (
        "audit",
        "command line",
        "audit last 7d",
    )


async def test_asked_as_in_a_chat(tmp_path: Path) -> None:
    """The words behind `audit` choose what is written."""
    async with Line(tmp_path) as line:
        await line.ask(SATO, "trace sender *@hoge.com")
        await line.ask(TANAKA, "mine")

    assert [row["name"] for row in await exported(tmp_path, f'last 7d by "{SATO.name}"')] == [SATO.name]


async def test_more_than_one_reading(tmp_path: Path) -> None:
    """A long record is written in pieces, and none of it is lost or doubled between them."""
    database = Database(settings_of(tmp_path).database_url, HastyClock())
    await database.migrate()
    record = StoredRecord(database)
    for number in range(AT_ONCE + 3):
        await record.note(Entry(Kind.TRACE, Who("id", "Sato", "a:1", "personal"), f"=trace {number}"))
    await database.close()
    rows = await exported(tmp_path, "last 7d")

    assert [int(row["number"]) for row in rows] == list(range(AT_ONCE + 3, 0, -1))
    assert rows[0]["conditions"] == f"'=trace {AT_ONCE + 2}"


@pytest.mark.parametrize("words", ["last", "by", "for ever"])
async def test_not_understood(tmp_path: Path, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be read writes nothing and says where."""
    out = tmp_path / "record.csv"

    assert await export_record(settings_of(tmp_path), words, out, HastyClock()) == 1
    assert "audit: not understood" in capsys.readouterr().err
    assert not out.exists()
