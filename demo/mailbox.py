"""Ninety days of made-up mail: a case for each fate a message can meet, among everyday correspondence.

The cases stand in `demo.cases`; who writes to whom on an ordinary day in `demo.drafts`.
"""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from heapq import merge

import demo.cases.incoming
import demo.cases.inside
import demo.cases.outgoing  # noqa: F401 - imported for the cases they register
from demo.cases.register import case_mails, hoge, out
from demo.company import INFO, JOHN, KIMURA, SATO, TANAKA
from demo.drafts import draft
from demo.events import Event, Key, Mail, Row, Step, To, deliver, fail, mail, send_external
from demo.everyday import HISTORY_DAYS, Everyday, everyday_rows, newest_first
from demo.partners import HOGE_IP, ITO, KATO, MX, NO_REPLY, SUZUKI, YAMADA
from demo.routes import events_of

__all__ = ["CASES", "DEFAULT_ROWS", "HISTORY_DAYS", "Mailbox", "make_mailbox", "newest_first"]

DEFAULT_ROWS = 4_000
FOREVER = 1 << 62

FROM_HOGE_LATELY = (
    (1.1, SUZUKI, TANAKA.mail, "Re: 【至急】本日17時締切のご回答"),
    (4.4, YAMADA, TANAKA.mail, "納期変更のお願い（PO-2026-1041）"),
    (7.3, KATO, KIMURA.mail, "Re: 新製品説明会のご案内"),
    (10.0, SUZUKI, "info@with-wit.com", "共有：展示会の出展資料"),
    (21.5, ITO, "john.doe@contoso.co.jp", "API key rotation schedule"),
    (23.0, SUZUKI, "tanaka@sales.contoso.co.jp", "お見積りのご依頼（株）ホゲ商事"),
    (26.2, YAMADA, SATO.mail, "VPN 接続の件"),
    (30.6, KATO, TANAKA.mail, "Fwd: 仕様書の差分について"),
    (44.0, NO_REPLY, INFO.mail, "[hoge] ご注文を受け付けました #20931"),
)
TO_WITH_WIT = (
    (2.4, TANAKA.mail, "delivered", "展示会の件、承知しました"),
    (19.7, INFO.mail, "delivered", "Re: お問い合わせありがとうございます"),
    (43.1, JOHN.mail, "Delivered", "Brochure request"),
)

CASES: dict[str, Key] = {name: one.rows[0].key for name, one in case_mails(datetime(2026, 10, 1, tzinfo=UTC))}
"""Case name → the key of its decisive row; the same for every mailbox."""
CASES["group member"] = (CASES["group expanded"][0], TANAKA.mail)
CASES["delivered beside a failure"] = (CASES["several outcomes"][0], SUZUKI)


class Mailbox:
    """What the tenant remembers: rows newest first, and the events of each. Immutable.

    *mails* are held as they are; *everyday* mail is made when somebody looks. Rows and events are told as
    they are at some moment: *now*, where a question names none; without it, as they are in the end.
    """

    def __init__(
        self, mails: Iterable[Mail], everyday: Everyday | None = None, now: datetime | None = None
    ) -> None:
        self.now = now
        self._mails, self._everyday = tuple(mails), everyday
        self._held = sorted((row for one in self._mails for row in one.rows), key=newest_first)
        self._by_key = {_folded(row.key): row for row in self._held}
        self._events = {_folded(key): told for one in self._mails for key, told in one.events.items()}

    def __len__(self) -> int:
        """How many rows there are, those still to come among them."""
        return len(self._held) + (len(self._everyday) if self._everyday else 0)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, those still to come among them. Large mailboxes are better read by `between`."""
        return tuple(self._told(row, None) for row in self._between(-FOREVER, FOREVER))

    def between(self, start: int, end: int, now: datetime) -> Iterator[Row]:
        """The rows a list can show at *now*, received from *start* to *end*, in 100 ns since 1970.

        Newest first, both bounds included; rows come some minutes after their mail.
        """
        for row in self._between(start, end):
            if row.visible_from <= now:
                yield row.as_of(now) if row.before else row

    def visible(self, now: datetime) -> tuple[Row, ...]:
        """All the rows a list can show at *now*."""
        return tuple(self.between(-FOREVER, FOREVER, now))

    def row(self, key: Key, now: datetime | None = None) -> Row | None:
        row = self._find(key)
        return None if row is None else self._told(row, now)

    def events(self, key: Key, now: datetime | None = None) -> tuple[Event, ...]:
        """What had happened to one message for one recipient, in the service's order; empty when unknown."""
        row, moment = self._find(key), now or self.now
        if row is None:
            return ()
        told = events_of(row) if row.fate else self._events[_folded(key)]
        if moment is None:
            return told
        if row.as_of(moment).status.lower() == "gettingstatus":  # so fresh that no event is known
            return ()
        return tuple(one for one in told if one.date_time <= moment)

    def with_mail(self, *mails: Mail) -> "Mailbox":
        return Mailbox((*self._mails, *mails), self._everyday, self.now)

    def settled(self, key: Key, status: str, *steps: Step) -> "Mailbox":
        """The same mailbox after a row among the held mails has changed in place, and stays so."""
        known = self.events(key)
        mails = (_settled(one, _folded(key), status, known, steps) for one in self._mails)
        return Mailbox(mails, self._everyday, self.now)

    def _between(self, start: int, end: int) -> Iterator[Row]:
        first = bisect_left(self._held, -end, key=lambda row: -row.instant)
        held = self._held[first : bisect_right(self._held, -start, key=lambda row: -row.instant)]
        return (
            merge(held, self._everyday.between(start, end), key=newest_first)
            if self._everyday
            else iter(held)
        )

    def _find(self, key: Key) -> Row | None:
        folded = _folded(key)
        return self._by_key.get(folded) or (self._everyday.find(folded) if self._everyday else None)

    def _told(self, row: Row, now: datetime | None) -> Row:
        moment = now or self.now
        return row if moment is None else row.as_of(moment)


def _folded(key: Key) -> Key:
    return key[0].lower(), key[1].lower()


def _settled(one: Mail, key: Key, status: str, known: tuple[Event, ...], steps: Iterable[Step]) -> Mail:
    if all(_folded(row.key) != key for row in one.rows):
        return one
    rows = tuple(
        replace(row, status=status, before=()) if _folded(row.key) == key else row for row in one.rows
    )
    at = one.rows[0].received_date_time
    later = (
        Event(at + timedelta(seconds=step.after), step.event, step.action, step.description, step.data)
        for step in steps
    )
    changed = next(row.key for row in rows if _folded(row.key) == key)
    return Mail(rows, one.events | {changed: (*known, *later)})


def make_mailbox(
    now: datetime, seed: int = 1, ahead: timedelta = timedelta(0), *, rows: int = DEFAULT_ROWS
) -> Mailbox:
    """Ninety days of mail up to *now*, *rows* rows (the cases at least), the same for the same arguments.

    *ahead* lets mail go on arriving after *now*, one every eight minutes and each third of them a failure
    to partner.com, so that a watch has something to say; none of it is visible before its time.
    """
    mails = [*(one for _, one in case_mails(now)), *_lately(now)]
    held = sum(len(one.rows) for one in mails)
    everyday = Everyday(now, seed, max(0, rows - held))
    return Mailbox((*mails, *_arriving(now, ahead, seed)), everyday, now)


def _lately(now: datetime) -> Iterator[Mail]:
    """What hoge.com sent in the last two days, and what went to with-wit.com."""
    for hours, sender, to, subject in FROM_HOGE_LATELY:
        steps, ip = (*hoge(), deliver(3)), ""
        if to.endswith("@with-wit.com"):
            ip = MX["with-wit.com"][1]
            steps = (*hoge(), send_external(3, *MX["with-wit.com"]))
        status = "Delivered" if sender == ITO else "delivered"
        at = now - timedelta(hours=hours)
        yield mail(f"hoge {hours}", at, sender, subject, To(to, status, steps, ip), from_ip=HOGE_IP)
    for hours, sender, status, subject in TO_WITH_WIT:
        relayed = To("info@with-wit.com", status, out("with-wit.com"), MX["with-wit.com"][1])
        yield mail(f"with-wit {hours}", now - timedelta(hours=hours), sender, subject, relayed)


def _arriving(now: datetime, ahead: timedelta, seed: int) -> Iterator[Mail]:
    rng = random.Random(seed + 1)
    host, ip = MX["partner.com"]
    led = "550 5.7.1 Service unavailable; client host blocked by partner.com"
    for number in range(1, int(ahead / timedelta(minutes=8)) + 1):
        at = (now + timedelta(minutes=8 * number)).astimezone(UTC)
        if number % 3:
            rows = tuple(everyday_rows(draft(rng, at, 20), at, rng))
            yield Mail(rows, {})
            continue
        refused = To(
            "m.lopez@partner.com", "failed", (*out("partner.com"), fail(3, led, "", led, host, ip)), ip
        )
        name, subject = f"arriving {seed} {number}", f"見積 Q-{number:04}"
        yield mail(name, at, TANAKA.mail, subject, refused, visible_after=timedelta(minutes=2))
