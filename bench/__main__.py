"""`python -m bench`: print the measurements.

Requests per question, decoding compared with plain JSON, reports, the share of a corpus that is read right,
hours of a busy tenant, and a day of watches with the kills they survive. Columns of one line come from the
same run on the same machine; only their ratio means anything.
"""

import asyncio
import logging
from datetime import timedelta

from bench import costs, explain, hour, reading, reports, watches
from bench.decoding import DAYS_OF_SAMPLE, decode
from demo.mailbox import make_mailbox


def main() -> None:
    # Throttling, kills and outages are what is measured; the log would tell of each.
    logging.disable(logging.CRITICAL)
    for title, part in PARTS.items():
        print(f"\n# {title}", flush=True)
        part()


def _reports() -> None:
    rows = costs.sample_rows(make_mailbox(costs.NOW), timedelta(days=DAYS_OF_SAMPLE))
    asyncio.run(reports.measure(rows, costs.Unlimited(), costs.HeldClock()))


PARTS = {
    "Requests that a question costs, beside one for each value and day": lambda: asyncio.run(costs.spend()),
    "Decoding a page of rows, beside plain JSON": decode,
    "Writing a report: memory, and rows a second": _reports,
    "Reading what is pasted and what events say: twice the text, twice the time": explain.main,
    "What is read right: a corpus of bounces and routes by source, sentences by style": reading.main,
    "Hours of a busy tenant: how long people wait for their share of the quota": hour.main,
    "A day of watches; kills and outages of the database that they survive": watches.main,
}


if __name__ == "__main__":
    main()
