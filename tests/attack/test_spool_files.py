"""Notes and a folder for them that somebody else made: unreadable, out of any range, a link, open to all."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.health import Health
from bot.record import AuditQuery, Entry, Kind, Late, Who
from bot.spooled import SpooledRecord
from bot.store.database import Database
from bot.store.record import StoredRecord
from bot.store.spool import FolderRefused, Spool
from tests.signing import HeldClock
from tests.test_app import Surroundings, around, refused
from tracing.model import Last

__all__ = ["around"]

SATO = Who("22222222-2222-4222-8222-222222222201", "佐藤 美咲", "a:1", "personal")
EVER = AuditQuery(Last(timedelta(days=3_000)))


def note(folder: Path, clock: HeldClock) -> dict[str, Any]:
    """A note as the bot writes it, taken out of *folder* again."""
    Spool(folder).put(Late("a" * 32, clock.now(), Entry(Kind.TRACE, SATO, "left alone", 12)))
    (file,) = folder.glob("*.json")
    content: dict[str, Any] = json.loads(file.read_text())
    file.unlink()
    return content


def changed(**entry: object) -> Callable[[dict[str, Any]], str]:
    """What makes a note of one with another entry."""
    return lambda content: json.dumps(content | {"entry": content["entry"] | entry})


def at(moment: str) -> Callable[[dict[str, Any]], str]:
    """What makes a note of one with another time."""
    return lambda content: json.dumps(content | {"at": moment})


STRANGE: dict[str, Callable[[dict[str, Any]], str]] = {
    "a count beyond 64 bits": changed(rows=2**63),
    "a count beyond 32 bits": changed(requests=2**40),
    "a count below none": changed(rows=-1),
    "an endless time": changed(duration=10**15),
    "the year 1": at("0001-01-01T00:00:00+09:00"),
    "the year 9999": at("9999-12-31T23:59:59-09:00"),
    "half a letter": lambda content: json.dumps(content).replace("left alone", "\\ud800"),
    "a zero": lambda content: json.dumps(content | {"mark": "b\0"}),
    "a mark without an end": lambda content: json.dumps(content | {"mark": "b" * 5_000}),
    "no JSON": lambda _: "{",
    "no note": lambda _: "[]",
    "nothing": lambda _: "",
    "too much": lambda content: json.dumps(content) + " " * 2_000_000,
}


@pytest.mark.parametrize("strange", STRANGE)
async def test_a_strange_note_holds_up_no_other(
    strange: str, database: Database, tmp_path: Path, clock: HeldClock
) -> None:
    """A note that the record cannot take is set aside; those before and after it are taken over."""
    folder, stored = tmp_path / "spool", StoredRecord(database, timedelta(days=3_000))
    content = note(folder, clock)
    for number, mark in enumerate("cd"):
        (folder / f"{number}{mark}.json").write_text(json.dumps(content | {"mark": mark * 32}))
    (folder / "0x.json").write_text(STRANGE[strange](content))
    record = SpooledRecord(stored, Spool(folder), Health(), clock)
    await record.sweep()
    count, _ = await stored.count(EVER)
    await record.note(Entry(Kind.TRACE, SATO, "after"))

    assert list(folder.glob("*.json")) == []
    # What one kind of database has room for may be taken over; nothing is lost either way.
    assert count + len(list(folder.glob("*.unreadable"))) == 3


@pytest.mark.parametrize("kind", ["folder", "link to nowhere", "link to a pipe", "pipe"])
def test_what_is_no_file_is_set_aside(kind: str, tmp_path: Path, clock: HeldClock) -> None:
    """What is named like a note, and is none, is neither opened nor in the way."""
    folder = tmp_path / "spool"
    content = note(folder, clock)
    strange = folder / "0.json"
    match kind:
        case "folder":
            strange.mkdir()
        case "link to nowhere":
            strange.symlink_to(tmp_path / "nowhere")
        case "link to a pipe":
            os.mkfifo(tmp_path / "pipe")
            strange.symlink_to(tmp_path / "pipe")
        case _:
            os.mkfifo(strange)
    (folder / "1.json").write_text(json.dumps(content))
    found = Spool(folder).read(1)

    assert [name for name, _ in found] == ["1.json"]
    assert [file.name for file in folder.glob("*.unreadable")] == ["0.unreadable"]


def made(folder: Path, kind: str) -> None:
    """A folder of that kind."""
    match kind:
        case "a link":
            (folder.parent / "elsewhere").mkdir(mode=0o700)
            folder.symlink_to(folder.parent / "elsewhere")
        case "open to all":
            folder.mkdir()
            folder.chmod(0o777)
        case "readable to all":
            folder.mkdir()
            folder.chmod(0o755)
        case "writable to its group":
            folder.mkdir()
            folder.chmod(0o770)
        case _:
            folder.write_text("no folder")


@pytest.mark.parametrize(
    "kind", ["a link", "open to all", "readable to all", "writable to its group", "a file"]
)
def test_a_folder_of_others_is_refused(kind: str, tmp_path: Path, clock: HeldClock) -> None:
    """Such a folder is refused, also where it came after the start; nothing is written into it."""
    folder = tmp_path / "spool"
    made(folder, kind)
    spool = Spool(folder)

    with pytest.raises(FolderRefused):
        spool.check()
    with pytest.raises(Exception, match="nor can the record wait"):
        spool.put(Late("a" * 32, clock.now(), Entry(Kind.TRACE, SATO)))
    assert not folder.is_dir() or list(folder.iterdir()) == []


async def test_the_start_names_the_setting(around: Surroundings, tmp_path: Path) -> None:
    """The bot does not start on a folder that is open to all, and names the setting; `doctor` does too."""
    folder = tmp_path / "open"
    made(folder, "open to all")
    settings = around.settings | {"TRACE_SPOOL_DIR": str(folder)}
    code, lines = await refused(tmp_path, settings)
    await refused(tmp_path, settings, "doctor")
    told = (tmp_path / "out.txt").read_text()

    assert code == 1
    assert lines[-1].startswith(f"TRACE_SPOOL_DIR: {folder} is open to others (mode 0777)")
    assert "TRACE_SPOOL_DIR" in told
