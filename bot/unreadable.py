"""Handle unreadable rows: leave them out, count them and log them, so that the other rows still work."""

import logging
import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, zlib.error, RecursionError)
"""Errors of decoding foreign content; pydantic's and Unicode's errors are ValueErrors."""

_Row = TypeVar("_Row")
_Read = TypeVar("_Read")


def readable(
    rows: Iterable[_Row], read: Callable[[_Row], _Read], name: Callable[[_Row], str]
) -> tuple[list[tuple[_Row, _Read]], list[_Row]]:
    """Each of *rows* with the result of *read*, and the rows that cannot be read.

    The log has the *name* of these, an id, and none of their content.
    """
    good: list[tuple[_Row, _Read]] = []
    bad: list[_Row] = []
    for row in rows:
        try:
            good.append((row, read(row)))
        except UNREADABLE as error:
            log.error("row not readable: row=%s error=%s", name(row), type(error).__name__)
            bad.append(row)
    return good, bad


def read_one(row: _Row | None, read: Callable[[_Row], _Read], name: Callable[[_Row], str]) -> _Read | None:
    """The result of *read* for *row*; None without a row, or if it cannot be read."""
    good, _ = readable(() if row is None else (row,), read, name)
    return good[0][1] if good else None
