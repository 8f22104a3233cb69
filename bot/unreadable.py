"""Rows that cannot be read: left out, counted and named in the log, so that they take no other with them."""

import logging
import zlib
from collections.abc import Callable, Iterable
from typing import TypeVar

log = logging.getLogger(__name__)

UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, zlib.error, RecursionError)
"""What a decoder says of content that is none of ours; pydantic's and Unicode's errors are ValueErrors."""

_Row = TypeVar("_Row")
_Read = TypeVar("_Read")


def readable(
    rows: Iterable[_Row], read: Callable[[_Row], _Read], name: Callable[[_Row], str]
) -> tuple[list[tuple[_Row, _Read]], list[_Row]]:
    """Each of *rows* with what *read* makes of it, and those of which it makes nothing.

    The log has the *name* of these, an id, and none of their content.
    """
    good: list[tuple[_Row, _Read]] = []
    bad: list[_Row] = []
    for row in rows:
        try:
            good.append((row, read(row)))
        except UNREADABLE as error:
            log.error("a row cannot be read: %s (%s)", name(row), type(error).__name__)
            bad.append(row)
    return good, bad


def read_one(row: _Row | None, read: Callable[[_Row], _Read], name: Callable[[_Row], str]) -> _Read | None:
    """What *read* makes of *row*, None where there is none, or it cannot be read."""
    good, _ = readable(() if row is None else (row,), read, name)
    return good[0][1] if good else None
