"""Expiry of rows by the database's clock, which on SQLite is the machine's and can be set back.

A time further ahead than any new row's was written before the clock was set back. Such a row has expired;
otherwise it would live longer by the amount the clock was set back.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, and_, or_

SKEW = timedelta(minutes=5)
"""How far a time server may set the clock back without expiring rows."""


def lives(ends_at: Column[Any], life: timedelta, now: datetime) -> ColumnElement[bool]:
    """Whether a row given *life* is still valid at *now*."""
    return and_(ends_at > now, ends_at <= now + life + SKEW)


def is_over(ends_at: Column[Any], life: timedelta, now: datetime) -> ColumnElement[bool]:
    """Whether it has expired."""
    return or_(ends_at <= now, ends_at > now + life + SKEW)
