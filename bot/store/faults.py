"""Classify a database driver's errors: a database that is away, full or damaged."""

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, SQLAlchemyError

OURS = (IntegrityError, DataError, NotSupportedError)
"""Errors caused by the written values, not by the database."""

_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL})
_DAMAGED = frozenset({"XX001", "XX002"})
_FULL = frozenset({"53100"})
"""https://sqlite.org/rescode.html, https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class DatabaseUnusable(Exception):
    """The database cannot be reached, opened, read or written; the message is the driver's."""


class DatabaseDamaged(DatabaseUnusable):
    """Stored data is damaged: only a backup helps."""


class DatabaseFull(DatabaseUnusable):
    """The disk is full."""


class Unrecorded(DatabaseUnusable):
    """A look can be recorded neither in the database nor on disk, so its result is not shown."""


def unusable(error: SQLAlchemyError | sqlite3.Error) -> DatabaseUnusable:
    """Classify *error*, raised by a driver or by SQLAlchemy."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    # Only the driver's text, on one line: SQLAlchemy's would add the statement and its values.
    words = " ".join(str(cause).split())
    number = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    state = getattr(cause, "sqlstate", None)
    if number in _SQLITE_DAMAGED or state in _DAMAGED:
        return DatabaseDamaged(words)
    if number in _SQLITE_FULL or state in _FULL:
        return DatabaseFull(words)
    return DatabaseUnusable(words)
