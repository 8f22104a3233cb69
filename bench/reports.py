"""450,000 rows through the engine and into a report: peak memory, and rows a second beside `json.loads`.

The sample tenant's rows are served as pages of Graph by a transport in this process, so that the bytes of
both columns are the same and are parsed in the same run.
"""

import json
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import aclosing
from datetime import timedelta
from zoneinfo import ZoneInfo

import httpx

from cards import report_file
from cards.report_file import ReportKind, Sheet
from tracing.client import GraphHttp
from tracing.graph import PAGE_SIZE
from tracing.model import Clock, Last, Spender, TraceQuery
from tracing.quota import Budget
from tracing.source import GraphSource

ROWS = 450_000
SHEET = Sheet(ReportKind.ENHANCED, ZoneInfo("Asia/Tokyo"), ("contoso.co.jp",), full=True)
_ROOT = "http://127.0.0.1/v1.0"
_LIST = f"{_ROOT}/admin/exchange/tracing/messageTraces"


class Pages(httpx.AsyncBaseTransport):
    """Answers every request with the next page of *rows*, moved on in time.

    `parsing` is what `json.loads` of the same bodies took, `serving` what all this class did: seconds.
    """

    def __init__(self, rows: list[dict[str, object]], count: int, clock: Clock) -> None:
        self._rows = rows
        self._left = count
        self._clock = clock
        self._number = 0
        self.parsing = self.serving = 0.0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        begun = time.perf_counter()
        body = self._page()
        made = time.perf_counter()
        json.loads(body)
        self.parsing += time.perf_counter() - made
        self.serving += time.perf_counter() - begun
        return httpx.Response(200, content=body)

    def _page(self) -> bytes:
        count = min(PAGE_SIZE, self._left)
        self._left -= count
        page: dict[str, object] = {"value": list(self._made(count))}
        if self._left > 0:
            page["@odata.nextLink"] = (
                f"{_ROOT}/admin/exchange/tracing/messageTraces?$skiptoken={self._number}"
            )
        return json.dumps(page, ensure_ascii=False).encode()

    def _made(self, count: int) -> Iterator[dict[str, object]]:
        for _ in range(count):
            row = self._rows[self._number % len(self._rows)]
            at = self._clock.now() - timedelta(seconds=self._number + 1)
            self._number += 1
            number = f"{self._number:012}"
            moment = at.isoformat().replace("+00:00", "Z")
            yield row | {"id": f"00000000-0000-4000-8000-{number}", "receivedDateTime": moment}


async def write(rows: list[dict[str, object]], count: int, budget: Budget, clock: Clock) -> tuple[int, Pages]:
    """The bytes of a report of *count* rows, a page at a time, and what was served for it."""
    pages = Pages(rows, count, clock)
    size = 0
    async with httpx.AsyncClient(transport=pages) as http:
        source = GraphSource(GraphHttp(http, _ROOT, None, clock), budget, clock)
        query, spender = TraceQuery(Last(timedelta(days=9))), Spender("bench", background=True)
        async with aclosing(source.batches(query, spender)) as batches:
            async for batch in batches:
                size += len(report_file.rows(SHEET, batch.rows).encode())
    return size, pages


async def measure(rows: list[dict[str, object]], budget: Budget, clock: Clock) -> None:
    """Print memory and speed; memory in a run of its own, because watching it takes time."""
    print(f"\n{'a report':<36}{'MB':>9}{'peak MB':>9}{'rows/s':>10}{'json.loads':>12}{'ratio':>8}")
    for count in (ROWS // 10, ROWS):
        begun = time.perf_counter()
        size, pages = await write(rows, count, budget, clock)
        spent = time.perf_counter() - begun - pages.serving
        peak = await _peak(rows, count, budget, clock)
        plain = count / pages.parsing
        print(
            f"{f'{count:,} rows':<36}{size / 1e6:>9.1f}{peak / 1e6:>9.1f}{count / spent:>10,.0f}"
            f"{plain:>12,.0f}{plain / (count / spent):>7.1f}×"
        )


async def _peak(rows: list[dict[str, object]], count: int, budget: Budget, clock: Clock) -> int:
    tracemalloc.start()
    await write(rows, count, budget, clock)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak
