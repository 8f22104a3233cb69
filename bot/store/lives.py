"""Lives of rows by the database's clock, which on SQLite is the machine's and can be set back.

A moment further ahead than a row can have been given was given by a clock that was set back since. That row
is over: otherwise it would live on for as long as the clock was set back by.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, or_

SKEW = timedelta(minutes=5)
"""By how much a time server may set a clock back without anything being over for that."""


def lives(ends_at: Column[Any], life: timedelta, now: datetime) -> ColumnElement[bool]:
    """Whether what was given so long a *life* still lives *now*."""
    return and_(ends_at > now, ends_at <= now + life + SKEW)


def is_over(ends_at: Column[Any], life: timedelta, now: datetime) -> ColumnElement[bool]:
    """Whether it does not."""
    return or_(ends_at <= now, ends_at > now + life + SKEW)
