"""What the program counts about itself, whoever keeps the count."""

from typing import Protocol


class Meters(Protocol):
    """Keeps count; none of it may hold an address, a name or an id."""

    def turn(self, kind: str, seconds: float) -> None:
        """An activity of *kind* was acknowledged, or an invoke answered."""

    def job(self, outcome: str, seconds: float) -> None:
        """A question was worked to its end: `done`, or the kind of its fault."""

    def refused(self, reason: str) -> None:
        """Somebody was turned away at the door."""

    def asked_graph(self, status: int) -> None:
        """Graph answered one request."""

    def denied(self, reason: str) -> None:
        """Somebody was told that they may not; *reason* is one of a closed list."""

    def over_limit(self, kind: str) -> None:
        """Count a message, tap, dialog or file refused because its sender exceeded the limit."""

    def cached(self, what: str, *, hit: bool) -> None:
        """The directory's memory was asked for *what*."""

    def shared(self, *, hit: bool) -> None:
        """A question was answered by another's run, or by one of its own."""


class NoMeters:
    """Meets Meters: keeps nothing."""

    def turn(self, kind: str, seconds: float) -> None:
        pass

    def job(self, outcome: str, seconds: float) -> None:
        pass

    def refused(self, reason: str) -> None:
        pass

    def asked_graph(self, status: int) -> None:
        pass

    def over_limit(self, kind: str) -> None:
        pass

    def cached(self, what: str, *, hit: bool) -> None:
        pass

    def denied(self, reason: str) -> None:
        pass

    def shared(self, *, hit: bool) -> None:
        pass
