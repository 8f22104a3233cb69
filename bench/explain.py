"""What explaining costs: as the input doubles, the time may double and no more.

Each line is one kind of input made to tire a parser; the ratios come from the same run on the same machine.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from tests.samples.bounces import BOUNCES
from tests.samples.headers import PLAIN
from tracing.explain import explain
from tracing.hops import read_journey
from tracing.model import TraceEvent
from tracing.ndr import is_bounce, read_bounce
from tracing.pasted import MAX_PASTED

MEGABYTE = 1_000_000
ROUNDS = 5
NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)

PASTED = {
    "a bounce, again and again": BOUNCES["exchange, unknown"].text,
    "headers, again and again": PLAIN,
    "addresses": "<a@b.jp>:\n",
    "half addresses": "a@b.",
    "a word without an end": "a",
    "quote marks": "> ",
    "replies": "said: 550 5.1.1 x\n",
    "half replies": "Remote server returned '5",
    "codes": "5.1.1 ",
    "phrases": "couldn't be delivered\n",
    "fields": "Diagnostic-Code: smtp; 550\n",
    "parts": '--b\nContent-Type: multipart/report; boundary="b"\n\n',
    "brackets": "<",
    "entities": "&lt;",
}
EVENTS = {
    "cells of data": '<MEP Name="SourceContext" String="x"/>',
    "open tags": "<MEP>",
    "rules": "Transport rule: 'x', ID: ('",
    "reasons": "Reason: [{LED=550 5.7.1 ",
}


def paste(text: str) -> None:
    is_bounce(text)
    read_bounce(text)
    read_journey(text)


def judge(text: str) -> None:
    explain([TraceEvent(NOW, "Fail", text, text, f"<root>{text}</root>")], "failed")


def filled(piece: str, size: int) -> str:
    return (piece * (size // len(piece) + 1))[:size]


def seconds(step: Callable[[str], object], text: str) -> float:
    """The shortest of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.process_time()
        step(text)
        best = min(best, time.process_time() - started)
    return best


def line(name: str, step: Callable[[str], object], piece: str, first: int) -> None:
    times = [seconds(step, filled(piece, first * factor)) for factor in (1, 2, 4)]
    whole = seconds(step, filled(piece, MEGABYTE))
    ratios = "".join(f"{took / times[0]:>7.1f}×" for took in times[1:])
    print(f"{name:<36}{times[0] * 1e3:>8.1f}{ratios}{whole * 1e3:>10.1f}")


def main() -> None:
    """Print the times at n, 2n and 4n as ratios, and what a megabyte takes."""
    print(f"\n{f'pasted, n = {MAX_PASTED // 4}':<36}{'ms at n':>8}{'2n':>8}{'4n':>8}{'ms at 1 MB':>10}")
    for name, piece in PASTED.items():
        line(name, paste, piece, MAX_PASTED // 4)
    print(f"\n{'events, n = 40000':<36}{'ms at n':>8}{'2n':>8}{'4n':>8}{'ms at 1 MB':>10}")
    for name, piece in EVENTS.items():
        line(name, judge, piece, 40_000)
