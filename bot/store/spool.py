"""Entries of the record as files of a folder, one each, while the database is away.

Each is written beside, synced and then renamed: it is there as a whole or not at all, whatever dies. Names
sort by time. Several processes may use one folder.
"""

import logging
import os
import stat
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.record import Late
from bot.store.faults import DatabaseUnusable, Unrecorded

log = logging.getLogger(__name__)

MAX_WAITING = 10_000
"""Entries on disk; beyond, nothing is shown that would have to be noted."""

MAX_NOTE = 1024 * 1024
"""The largest file that is read; an entry takes about one thousand bytes."""

_ADAPTER = TypeAdapter(Late)
_ENDING, _ASIDE = ".json", ".unreadable"
_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_MAX_COUNT = 2**31 - 1
"""The range of counts and times that the record's columns hold."""


class FolderRefused(Exception):
    """The folder cannot be used for notes; the message says why."""


class Spool:
    """The folder; it is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def check(self) -> None:
        """Check that the folder, if it exists, belongs to this account alone. Raises: FolderRefused."""
        try:
            found = self._folder.lstat()
        except FileNotFoundError:
            return
        except OSError as error:
            raise FolderRefused(f"{self._folder}: {error.strerror}") from error
        if stat.S_ISLNK(found.st_mode):
            raise FolderRefused(f"{self._folder} is a link; name the folder itself")
        if not stat.S_ISDIR(found.st_mode):
            raise FolderRefused(f"{self._folder} is not a folder")
        if os.name != "posix":
            # Windows has no such modes.
            return
        if found.st_uid != os.geteuid():
            raise FolderRefused(f"{self._folder} belongs to another account")
        if found.st_mode & (stat.S_IWGRP | stat.S_IRWXO):
            mode = stat.S_IMODE(found.st_mode)
            raise FolderRefused(f"{self._folder} is open to others (mode {mode:04o}); set it to 0700")
        if not os.access(self._folder, os.R_OK | os.W_OK | os.X_OK):
            raise FolderRefused(f"{self._folder} cannot be read and written")

    def put(self, late: Late) -> None:
        """Write *late* so that it survives a power failure. Raises: Unrecorded: it was not written."""
        name = f"{int(late.at.timestamp() * 1_000_000):020}-{next(self._numbers):06}-{late.mark}"
        part = self._folder / f"{name}.part"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.check()
            if sum(1 for _ in islice(self._folder.iterdir(), MAX_WAITING)) >= MAX_WAITING:
                raise Unrecorded("too much waits to be recorded")
            self._write(part, late)
        except FolderRefused as refused:
            raise Unrecorded(f"nor can the record wait on disk: {refused}") from refused
        except OSError as error:
            # A partial note only takes up space.
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise Unrecorded(f"nor can the record wait on disk: {error.strerror}") from error

    def read(self, most: int) -> list[tuple[str, Late]]:
        """The oldest entries that wait, and the names to `drop` them by. Raises: DatabaseUnusable."""
        found: list[tuple[str, Late]] = []
        try:
            for name in sorted(name for name in os.listdir(self._folder) if name.endswith(_ENDING)):
                if len(found) == most:
                    break
                if (late := self._late(name)) is not None:
                    found.append((name, late))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DatabaseUnusable(f"what waits to be recorded cannot be read: {error.strerror}") from error
        return found

    def drop(self, names: Sequence[str]) -> None:
        """Delete notes that the record now holds. Raises: DatabaseUnusable: one could not be deleted."""
        try:
            for name in names:
                (self._folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise DatabaseUnusable(f"what waited cannot be taken away: {error.strerror}") from error

    def set_aside(self, name: str) -> None:
        """Set an unusable note aside for an administrator, so that the others go on."""
        file = self._folder / name
        aside = file.with_suffix(_ASIDE)
        log.error("record entry not readable, set aside: file=%s", aside.name)
        try:
            file.rename(aside)
        except FileNotFoundError:
            pass
        except OSError as error:
            log.error("record entry not moved: file=%s error=%s", name, error.strerror)

    def _write(self, part: Path, late: Late) -> None:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as file:
            file.write(_ADAPTER.dump_json(late))
            file.flush()
            os.fsync(file.fileno())
        part.rename(part.with_suffix(_ENDING))
        _sync(self._folder)

    def _late(self, name: str) -> Late | None:
        """The entry in that file; None if it is unusable and was set aside."""
        file = self._folder / name
        try:
            # Never open what blocks or has no end: a pipe, a device, a link to one.
            if stat.S_ISREG((found := file.lstat()).st_mode) and found.st_size <= MAX_NOTE:
                late = _ADAPTER.validate_json(file.read_bytes())
                if _has_room(late):
                    return late
        except FileNotFoundError:
            # Another process has taken it over.
            return None
        except (OSError, ValidationError):
            pass
        self.set_aside(name)
        return None


def _has_room(late: Late) -> bool:
    """Whether the columns can hold the counts and the time of *late*."""
    counts = late.entry.rows, late.entry.requests, late.entry.duration // timedelta(milliseconds=1)
    return _EARLIEST <= late.at <= _LATEST and all(0 <= one <= _MAX_COUNT for one in counts)


def _sync(folder: Path) -> None:
    """A new name is safe once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
