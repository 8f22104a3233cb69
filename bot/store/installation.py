"""One process has an installation on SQLite: a lock beside the database, and who holds it.

A byte of the database itself is locked too, where the system can: a file has that lock under each of its
names, also when the one beside it was taken away. The system takes the locks from a process that dies. Those
that only read or export, such as `doctor` and `audit`, need none; on PostgreSQL several replicas share one
database, and nobody holds it.
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
except ImportError:  # Windows, where a try-out is all there is
    fcntl = None  # type: ignore[assignment]

_ENDING = ".lock"
_BYTE = 2**62
"""The byte that is locked: far behind those that SQLite locks, and any that it writes.
https://sqlite.org/lockingv3.html"""
_MAX_HOLDER = 400


class Held(Exception):
    """Another process has the installation; the message says which."""


def lock_file(database_url: str) -> Path | None:
    """The file whose lock stands for the installation; None where several processes may share it."""
    url = make_url(database_url)
    if fcntl is None or url.get_backend_name() == "postgresql" or url.database in (None, "", ":memory:"):
        return None
    # Whatever it is called: through a link it is the same.
    return Path(f"{os.path.realpath(url.database)}{_ENDING}")


def holder_of(database_url: str) -> str:
    """Who has the installation, as they say; "" when nobody has."""
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
    """The installation, for this process alone, which is *listening* there, for as long as the block runs.

    Raises: Held: another process has it. DatabaseUnusable: there is no place for the lock.
    """
    file = lock_file(database_url)
    if file is None:
        yield
        return
    try:
        # The file stays when the lock is given back: of two files each process would lock one.
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
    """A byte of the database beside the lock *file*, for this process alone, where the system can do so.

    The lock is the open file's: it takes nothing from SQLite's, which are the process's. Raises: Held.
    """
    if not hasattr(fcntl, "F_OFD_SETLK"):
        yield
        return
    try:
        # As SQLite makes it; what cannot be opened, it says itself.
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
            # No such locks there: the one beside it is all there is.
            pass
        yield
    finally:
        os.close(opened)


def _named(file: Path | None) -> str:
    """Who wrote that they hold *file*."""
    try:
        words = file.read_text(errors="replace")[:_MAX_HOLDER].strip() if file else ""
    except OSError:
        words = ""
    return words or "another process"


def _name_holder(descriptor: int, words: str) -> None:
    """Write who holds the lock; where there is no room for it, nobody is named."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, words.encode(), 0)
    except OSError:
        return
