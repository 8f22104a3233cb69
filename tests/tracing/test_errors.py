"""The tree of errors is what its docstring draws, and each error carries its facts."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from tracing import errors
from tracing.errors import GraphRefused, Throttled, TraceError, WindowTooOld


def tree(kind: type[TraceError]) -> list[type[TraceError]]:
    """*kind* and everything below it in that module."""
    below = [one for child in kind.__subclasses__() for one in tree(child)]
    return [one for one in [kind, *below] if one.__module__ == errors.__name__]


def test_drawn() -> None:
    """The docstring names every error once, and no other."""
    assert errors.__doc__ is not None
    drawn = re.findall(r"^[ │├└─]+(\w+)", errors.__doc__, re.MULTILINE)

    assert sorted(drawn) == sorted(one.__name__ for one in tree(TraceError))


@pytest.mark.parametrize(
    ("error", "name", "value"),
    [
        (WindowTooOld(datetime(2026, 7, 17, tzinfo=UTC)), "oldest", datetime(2026, 7, 17, tzinfo=UTC)),
        (Throttled(timedelta(seconds=5)), "retry_after", timedelta(seconds=5)),
        (Throttled(), "retry_after", None),
        (GraphRefused(400, "no"), "text", "no"),
    ],
)
def test_facts(error: TraceError, name: str, value: object) -> None:
    """An error holds facts, and shows them in a log."""
    assert getattr(error, name) == value
    assert repr(value) in repr(error)
