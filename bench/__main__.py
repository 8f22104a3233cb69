"""`python -m bench`: requests a question costs, decoding beside plain JSON, reports, hours of a busy tenant,
a day of watches and the kills they survive.

Columns of one line come from the same run on the same machine; only their ratio says anything.
"""

import asyncio
from datetime import timedelta

from bench import costs, explain, hour, reports, watches
from bench.decoding import DAYS_OF_SAMPLE, decode
from demo.mailbox import make_mailbox


def main() -> None:
    asyncio.run(costs.spend())
    decode()
    rows = costs.sample_rows(make_mailbox(costs.NOW), timedelta(days=DAYS_OF_SAMPLE))
    asyncio.run(reports.measure(rows, costs.Unlimited(), costs.HeldClock()))
    explain.main()
    hour.main()
    watches.main()


if __name__ == "__main__":
    main()
