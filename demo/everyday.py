"""The everyday mail of the sample company: made day by day, when somebody looks at that day.

A day is made from the seed, the date and the number of its rows, so it is the same whenever it is made, and
only the days last looked at are kept: a mailbox of half a million rows costs no more than those.
"""

import random
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import accumulate, pairwise

from demo.drafts import Draft, draft
from demo.events import HUB, Key, Row, instant

JST = timezone(timedelta(hours=9))
HISTORY_DAYS = 90
KEPT_ROWS = 100_000
"""Rows of days that are kept; about 400 bytes each."""
WEEKEND = 0.12
"""What a Saturday or a Sunday has of an ordinary day's mail."""
HOURS = (2, 1, 1, 1, 2, 3, 6, 15, 50, 100, 110, 100, 40, 90, 100, 100, 100, 80, 50, 30, 15, 10, 6, 3)
"""How much mail each hour of a day in Tokyo has."""
_UP_TO = tuple(accumulate(HOURS, initial=0))
NET_EPOCH = 621_355_968_000_000_000
"""1970 in the 100 ns since the year 1, which the end of a message trace id holds, less its last 16 bits."""


def newest_first(row: Row) -> tuple[int, str, str]:
    """The order of every list: newest first, then by recipient, so that pages are stable."""
    return -row.instant, row.recipient_address.lower(), row.message_trace_id


class Everyday:
    """*rows* rows over the 90 days before *now*, spread as people work; at most *kept* of them stay made."""

    def __init__(self, now: datetime, seed: int, rows: int, kept: int = KEPT_ROWS) -> None:
        self._now, self._seed, self._room = now, seed, kept
        today = now.astimezone(JST).date()
        days = [today - timedelta(days=back) for back in range(HISTORY_DAYS)]
        self._quota = dict(zip(days, _shares([self._weight(day) for day in days], rows), strict=True))
        self._kept: OrderedDict[date, tuple[Row, ...]] = OrderedDict()

    def __len__(self) -> int:
        return sum(self._quota.values())

    @property
    def kept_rows(self) -> int:
        return sum(map(len, self._kept.values()))

    def between(self, start: int, end: int) -> Iterator[Row]:
        """The rows received from *start* to *end*, both included, in 100 ns since 1970."""
        for day in self._quota:
            opened = instant(datetime.combine(day, time(), JST))
            if opened <= end and start < opened + 864_000_000_000:
                rows = self._day(day)
                first = bisect_left(rows, -end, key=lambda row: -row.instant)
                yield from rows[first : bisect_right(rows, -start, key=lambda row: -row.instant)]

    def find(self, key: Key) -> Row | None:
        """The row of *key*, in small letters: the end of its id tells when it was received."""
        ident, recipient = key
        try:
            about = (int(ident[-12:], 16) << 16) - NET_EPOCH
        except ValueError:
            return None
        for row in self.between(about, about + 0xFFFF):
            if row.message_trace_id == ident and row.recipient_address.lower() == recipient:
                return row
        return None

    def _weight(self, day: date) -> float:
        share = 1.0 if day.weekday() < 5 else WEEKEND
        return share * self._open(day) / _UP_TO[-1]

    def _open(self, day: date) -> float:
        """How much of HOURS has passed of *day*: all of it, unless it is today."""
        spent = self._now - timedelta(minutes=1) - datetime.combine(day, time(), JST)
        hours = min(max(spent / timedelta(hours=1), 0.0), 24.0)
        whole = int(hours)
        return float(_UP_TO[whole] + (HOURS[whole] * (hours - whole) if whole < 24 else 0))

    def _day(self, day: date) -> tuple[Row, ...]:
        if day in self._kept:
            self._kept.move_to_end(day)
            return self._kept[day]
        rows = self._kept[day] = self._make(day)
        while self.kept_rows > self._room and len(self._kept) > 1:
            self._kept.popitem(last=False)
        return rows

    def _make(self, day: date) -> tuple[Row, ...]:
        quota = self._quota[day]
        rng = random.Random(f"{self._seed} {day} {quota}")
        opened, passed = datetime.combine(day, time(), JST), self._open(day)
        # what hoge.com sent of late is written down one by one, in demo.mailbox
        lately = self._now - timedelta(days=2, hours=2)
        rows: list[Row] = []
        while len(rows) < quota:
            at = (opened + _hours(rng.random() * passed)).astimezone(UTC)
            rows += everyday_rows(draft(rng, at, quota - len(rows), at > lately), at, rng)
        return tuple(sorted(rows, key=newest_first))


def everyday_rows(one: Draft, at: datetime, rng: random.Random) -> list[Row]:
    """The rows of a message of which *one* is the draft, received at *at*."""
    tick = rng.randrange(10)
    start = rng.getrandbits(76)
    # the id ends in the time, without its last 16 bits, so that a mail can be found by its id alone
    tail = (instant(at) + tick + NET_EPOCH) >> 16
    parts = (start >> 44, start >> 28 & 0xFFFF, start >> 16 & 0xFFF, start & 0xFFFF, tail)
    ident = "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}".format(*parts)
    home = HUB if one.from_inside else one.sender.rpartition("@")[2]
    message_id = f"<{rng.getrandbits(128):032X}@{home}>"
    # most show after some minutes, a few after the better part of an hour
    wait = timedelta(minutes=rng.uniform(15, 60) if rng.random() < 0.03 else rng.uniform(4, 10))
    visible = at + wait
    size = int(rng.lognormvariate(10.5, 1.2))
    fresh = (
        ((visible + timedelta(minutes=rng.uniform(1, 20)), "gettingStatus"),) if rng.random() < 0.3 else ()
    )
    return [
        Row(
            message_trace_id=ident,
            message_id=message_id,
            received_date_time=at,
            sender_address=one.sender,
            recipient_address=end.address,
            subject=one.subject,
            size=size,
            status=end.status,
            from_ip=one.from_ip,
            to_ip=end.to_ip,
            visible_from=visible,
            tick=tick,
            before=fresh + (((at + end.settles, end.meanwhile),) if end.meanwhile else ()),
            fate=end.fate,
        )
        for end in one.ends
    ]


def _hours(passed: float) -> timedelta:
    """When of a day so much of HOURS has passed."""
    hour = bisect_right(_UP_TO, passed) - 1
    return timedelta(hours=hour + (passed - _UP_TO[hour]) / HOURS[hour])


def _shares(weights: list[float], total: int) -> list[int]:
    """*total* cut into whole parts by *weights*; the parts are *total* together."""
    whole = sum(weights)
    up_to = [round(total * part / whole) for part in accumulate(weights, initial=0.0)]
    return [after - before for before, after in pairwise(up_to)]
