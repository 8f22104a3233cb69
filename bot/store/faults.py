"""Which failure of a database driver means what: a database that is away, full or damaged."""

import sqlite3

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, SQLAlchemyError

OURS = (IntegrityError, DataError, NotSupportedError)
"""Failures that say something of what was written, and nothing of the database."""

_SQLITE_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SQLITE_FULL = frozenset({sqlite3.SQLITE_FULL})
_DAMAGED = frozenset({"XX001", "XX002"})
_FULL = frozenset({"53100"})
"""https://sqlite.org/rescode.html, https://www.postgresql.org/docs/current/errcodes-appendix.html"""


class DatabaseUnusable(Exception):
    """The database cannot be reached, opened, read or written; the message says why in its own words."""


class DatabaseDamaged(DatabaseUnusable):
    """What is stored is damaged: no waiting mends that, a backup does."""


class DatabaseFull(DatabaseUnusable):
    """There is no room for anything more."""


class Unrecorded(DatabaseUnusable):
    """What is about to be shown can be noted neither in the database nor on disk, and so is not shown."""


def unusable(error: SQLAlchemyError | sqlite3.Error) -> DatabaseUnusable:
    """What *error* of a driver, or of the layer around it, says of the database."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    # The driver's words alone, on one line: those of the layer would add the statement and its values.
    words = " ".join(str(cause).split())
    number = getattr(cause, "sqlite_errorcode", 0) & 0xFF
    state = getattr(cause, "sqlstate", None)
    if number in _SQLITE_DAMAGED or state in _DAMAGED:
        return DatabaseDamaged(words)
    if number in _SQLITE_FULL or state in _FULL:
        return DatabaseFull(words)
    return DatabaseUnusable(words)
