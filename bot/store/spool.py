"""Entries of the record as files of a folder, one each, while the database is away.

Each is written beside, synced and then renamed: it is there as a whole or not at all, whatever dies. Names
sort by time. Several processes may use one folder.
"""

import logging
import os
from collections.abc import Sequence
from itertools import count, islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from bot.record import Late
from bot.store.database import DatabaseUnusable

log = logging.getLogger(__name__)

MAX_WAITING = 10_000
"""Entries on disk; beyond, nothing is shown that would have to be noted."""

_ADAPTER = TypeAdapter(Late)
_ENDING = ".json"


class Spool:
    """The folder; it is made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()

    def put(self, late: Late) -> None:
        """Keep *late* so that it outlives this machine's power. Raises: DatabaseUnusable: it is not kept."""
        name = f"{int(late.at.timestamp() * 1_000_000):020}-{next(self._numbers):06}-{late.mark}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if sum(1 for _ in islice(self._folder.iterdir(), MAX_WAITING)) >= MAX_WAITING:
                raise DatabaseUnusable("too much waits to be recorded")
            part = self._folder / f"{name}.part"
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(descriptor, "wb") as file:
                file.write(_ADAPTER.dump_json(late))
                file.flush()
                os.fsync(file.fileno())
            part.rename(self._folder / (name + _ENDING))
            _sync(self._folder)
        except OSError as error:
            raise DatabaseUnusable(f"nor can the record wait on disk: {error.strerror}") from error

    def read(self, most: int) -> list[tuple[str, Late]]:
        """The oldest entries that wait, and the names to `drop` them by. Raises: DatabaseUnusable."""
        try:
            names = sorted(name for name in os.listdir(self._folder) if name.endswith(_ENDING))[:most]
            return [(name, late) for name in names if (late := self._late(name)) is not None]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise DatabaseUnusable(f"what waits to be recorded cannot be read: {error.strerror}") from error

    def drop(self, names: Sequence[str]) -> None:
        """Forget what is in the record by now."""
        for name in names:
            (self._folder / name).unlink(missing_ok=True)

    def _late(self, name: str) -> Late | None:
        file = self._folder / name
        try:
            return _ADAPTER.validate_json(file.read_bytes())
        except FileNotFoundError:
            # Another process has taken it over.
            return None
        except ValidationError:
            # Nobody can take it over; it stays for whoever looks into it, and holds up no other.
            log.error("an entry that waited for the record cannot be read: %s", name)
            file.rename(file.with_suffix(".unreadable"))
            return None


def _sync(folder: Path) -> None:
    """A new name is safe once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
