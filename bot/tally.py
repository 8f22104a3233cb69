"""Rate-limited log lines about events that strangers can cause at will: one line a minute for each kind."""

import logging
from collections.abc import Callable
from time import monotonic

EVERY = 60.0
"""Seconds between two lines of one kind."""


class Tally:
    """Logs the first event of a kind at once and later ones together: *words*, the kind, the count."""

    def __init__(self, log: logging.Logger, words: str, time: Callable[[], float] = monotonic) -> None:
        self._log = log
        self._words = words
        self._time = time
        self._said: dict[str, float] = {}
        self._unsaid: dict[str, int] = {}

    def count(self, kind: str) -> None:
        """Count one event of *kind*, which is from a fixed set."""
        self.flush()
        if kind in self._said:
            self._unsaid[kind] = self._unsaid.get(kind, 0) + 1
            return
        self._said[kind] = self._time()
        self._log.warning("%s: %s", self._words, kind)

    def flush(self) -> None:
        """Log what is due; a kind without new events starts over."""
        now = self._time()
        for kind in [kind for kind, at in self._said.items() if now - at >= EVERY]:
            more = self._unsaid.pop(kind, 0)
            if not more:
                del self._said[kind]
                continue
            self._said[kind] = now
            self._log.warning("%s: %s, %d more", self._words, kind, more)
