"""Allow one process per installation on SQLite: a lock file beside the database that names its holder.

Where the system can, a byte of the database file is locked too. That lock holds under every name of the
file, and without the lock file. The system releases the locks of a process that dies. Commands that only
read or export, such as `doctor` and `audit`, need no lock. On PostgreSQL several replicas share one
database without a lock.
"""

import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.store.faults import DatabaseUnusable

try:
    import fcntl
except ImportError:  # Windows, where opening the file exclusively is the only way
    fcntl = None  # type: ignore[assignment]

_ENDING = ".lock"
_BYTE = 2**62
"""The locked byte, far beyond those that SQLite locks or writes.
https://sqlite.org/lockingv3.html"""
_MAX_HOLDER = 400


class Held(Exception):
    """Another process has the installation; the message names it."""


def lock_file(database_url: str) -> Path | None:
    """The lock file of the installation; None if several processes may share it."""
    url = make_url(database_url)
    if fcntl is None or url.get_backend_name() == "postgresql" or url.database in (None, "", ":memory:"):
        return None
    # Resolved: a link leads to the same file.
    return Path(f"{os.path.realpath(url.database)}{_ENDING}")


def holder_of(database_url: str) -> str:
    """The holder as it described itself; "" if there is none."""
    file = lock_file(database_url)
    try:
        with open(file or os.devnull, "rb") as opened:
            fcntl.flock(opened, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return ""
    except BlockingIOError:
        return _named(file)
    except OSError:
        return ""


@contextmanager
def held(database_url: str, listening: str) -> Iterator[None]:
    """Hold the installation while the block runs; *listening* is this process's address.

    Raises: Held: another process has it. DatabaseUnusable: the lock cannot be created.
    """
    file = lock_file(database_url)
    if file is None:
        yield
        return
    try:
        # The lock file stays: if it were deleted, two processes could each lock a different file.
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise DatabaseUnusable(f"{file}: {error.strerror}") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Held(_named(file)) from None
        except OSError as error:
            raise DatabaseUnusable(f"{file} cannot be locked: {error.strerror}") from error
        with _locked_byte(file):
            _name_holder(descriptor, f"process {os.getpid()} on {socket.gethostname()}, for {listening}\n")
            yield
    finally:
        os.close(descriptor)


@contextmanager
def _locked_byte(file: Path) -> Iterator[None]:
    """Lock a byte of the database beside the lock *file*, if the system can.

    The lock belongs to the open file, so it does not affect SQLite's locks, which belong to the process.
    Raises: Held.
    """
    if not hasattr(fcntl, "F_OFD_SETLK"):
        yield
        return
    try:
        # Created as SQLite creates it; if it cannot be opened, SQLite reports the error itself.
        opened = os.open(file.with_suffix(""), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError:
        yield
        return
    try:
        try:
            wish = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, _BYTE, 1, 0)
            fcntl.fcntl(opened, fcntl.F_OFD_SETLK, wish)
        except BlockingIOError:
            raise Held(_named(file)) from None
        except OSError:
            # No such locks on this system: the lock file alone counts.
            pass
        yield
    finally:
        os.close(opened)


def _named(file: Path | None) -> str:
    """The holder that *file* names."""
    try:
        words = file.read_text(errors="replace")[:_MAX_HOLDER].strip() if file else ""
    except OSError:
        words = ""
    return words or "another process"


def _name_holder(descriptor: int, words: str) -> None:
    """Write the holder's name; if the disk is full, no name is written."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, words.encode(), 0)
    except OSError:
        return
