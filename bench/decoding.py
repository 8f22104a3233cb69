"""What decoding costs beside plain JSON: pages a second, each step on top of the one before."""

import json
import time
from collections.abc import Callable
from datetime import timedelta

from bench.costs import NOW, addresses, sample_rows
from demo.mailbox import make_mailbox
from tracing.graph import PAGE_SIZE, decode_rows
from tracing.model import DeliveryStatus, Last, MessageTrace, TraceQuery
from tracing.plan import meets

ROUNDS = 7
DAYS_OF_SAMPLE = 7


def full_page() -> bytes:
    """A page of PAGE_SIZE rows as Graph writes it: the sample's, again and again."""
    rows = sample_rows(make_mailbox(NOW), timedelta(days=DAYS_OF_SAMPLE))
    page = (rows * (PAGE_SIZE // len(rows) + 1))[:PAGE_SIZE]
    return json.dumps({"value": page}, ensure_ascii=False).encode()


def per_second(step: Callable[[], object]) -> float:
    """How often *step* runs in a second: the best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        started = time.perf_counter()
        step()
        best = min(best, time.perf_counter() - started)
    return 1 / best


def decode() -> None:
    """Print pages a second, each step on top of the one before."""
    body = full_page()
    query = TraceQuery(
        Last(timedelta(days=7)), addresses("john*@contoso.co.jp"), statuses=(DeliveryStatus.DELIVERED,)
    )

    def rows() -> tuple[MessageTrace, ...]:
        return decode_rows(json.loads(body))

    steps: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(body),
        "+ decode_rows": rows,
        "+ meets": lambda: [row for row in rows() if meets(query, row)],
    }
    print(f"\n{f'a page of {PAGE_SIZE} rows, {len(body) / 1e6:.1f} MB':<36}{'pages/s':>9}{'ratio':>8}")
    plain = 0.0
    for name, step in steps.items():
        speed = per_second(step)
        plain = plain or speed
        print(f"{name:<36}{speed:>9.1f}{plain / speed:>7.1f}×")
