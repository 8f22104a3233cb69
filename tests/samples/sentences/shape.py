"""What a sentence is expected to be read as, in plain words: no name of the code that reads it.

The asker sits in Tokyo, and it is Thursday, 15 October 2026, noon. The asker's domain is contoso.co.jp.

**Conditions.** A domain stands for all of its addresses: `partner.com宛` is recipients `*@partner.com`. An address
without a direction (`…の件`, `about …`) is in `either`: sender or recipient, and of several each on some side; where the other
side is taken it may be told as the one that is left. Statuses are Graph's values; a list holds any of them.

| said | status |
|---|---|
| 失敗, エラーになった, 不達, 戻ってきた, 送れなかった, 拒否された; failed, bounced, returned, rejected | failed |
| 保留, 遅延, 滞留; pending, stuck, delayed | pending |
| 検疫, 隔離; quarantine | quarantined |
| 迷惑メール; spam, junk | filteredAsSpam |
| 配信済み, 届いた (not asked: 届いたか), delivered | delivered |
| 届かない, 届いていない, 来ない, 届いたか, 止まった; did not arrive, missing, lost, did … get | none: it may be anywhere |

**A sentence without an address, a name, a subject or an id** is about one's own mail: `mine`.

**Times.** `period` is "" where no time is said. Else: `last 7d` (up to now), a day `2026-10-14`, days `2026-10-05/2026-10-11`
(both whole), moments `2026-10-14 13:00/2026-10-14 18:00`, and `2026-10-12/` (up to now): all in Tokyo. The hours of a
part of the day are wide rather than narrow: a message too many is seen, one too few is missed.

| said | hours | why |
|---|---|---|
| 朝, 今朝 | 5:00 to 10:00 | what was there when the office began, and its first hour |
| morning, this morning | 5:00 to 12:00 | in English the morning lasts until noon |
| 午前 | 0:00 to 12:00 | a half of the day by the calendar |
| 昼, お昼; noon | 11:00 to 14:00 | around the lunch break |
| 午後, afternoon | 12:00 to 18:00 | of an office's day; later is 夕方 or 夜 |
| 夕方 | 15:00 to 19:00 | from mid-afternoon until people leave |
| evening | 17:00 to 22:00 | later than 夕方 |
| 夜, 今夜, 昨夜, 昨晩, ゆうべ; night, tonight, last night | 18:00 to 5:00 of the next day | one night, whose hours after midnight belong to it |
| 10時ごろ, 10時, 10:53, around 10 (a moment that begins and ends nothing) | one hour before until one hour after | clocks differ and messages take time |

ごろ, 頃, 辺り and *around* add nothing to a part of a day: it is vague already. 今日, today: the day so far. 今週, 先週: Monday to
Sunday. 月曜, Monday: the latest one, today included. 3日前: that day; 3日前から: from its beginning. 最近, さっき, recently,
just now: no time. A date is worth more than a weekday that contradicts it; the card says so (`warning` "weekday"). A time
that cannot be one is not guessed (`warning` "time") and stands in `unused`.

**Watches.** `every` and the span of `threshold` as `15m`, `1h`; `threshold` is "more than 5 in 1h": 5件超, 5件を超えたら, more than 5.
10件以上, 10 or more: "more than 9". 「夜は静かに」 and *not at night* are quiet from 22:00 to 7:00, when people sleep, not when 夜
begins; 平日のみ, working days: "days off". A digest has `at`: "daily 09:00", "monday 09:00".

**Causes.** `cause` is the value of a `Cause`, the one of our side where there are two; it means both.

**Unused words.** `unused`: words with a content that nothing was made of; each has to be told. `spare`: words that may be told or
not: greetings with names, signatures, vague times. Particles, thanks, question words and verbs are never told.
`maybe`: words that are looked up as a name (or taken as the condition they name) or told as unused: one of both.
`optional`: fields that may be as given here or empty. `also`: another command that is as right.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Tokyo")
NOW = datetime(2026, 10, 15, 12, 0, tzinfo=ZONE)

COMMANDS = frozenset(
    {"trace", "mine", "preset", "form", "watch", "watches", "unwatch", "pause"}
    | {"digest", "explain", "report", "help", "doctor"}
)
STYLES = frozenset(["plain", "polite", "blunt", "hiragana", "fullwidth", "misspelt", "half-finished"])

FAILED = ("failed",)
PENDING = ("pending",)
QUARANTINED = ("quarantined",)
SPAM = ("filteredAsSpam",)
DELIVERED = ("delivered",)


@dataclass(frozen=True)
class Sentence:
    """What somebody typed, and what it asks; what is empty was not asked."""

    language: str
    style: str
    text: str
    command: str
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    either: tuple[str, ...] = ()
    sender_names: tuple[str, ...] = ()
    recipient_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    direction: str = ""
    subject: str = ""
    message_ids: tuple[str, ...] = ()
    trace_ids: tuple[str, ...] = ()
    from_ips: tuple[str, ...] = ()
    period: str = ""
    cause: str = ""
    rule: str = ""
    code: str = ""
    report: str = ""
    threshold: str = ""
    every: str = ""
    quiet: str = ""
    at: str = ""
    mention: str = ""
    number: int = 0
    meant: str = ""
    """The domain of the tenant's recent mail (`RECENT_DOMAINS`) that a mistyped one is close to: to be asked."""
    warning: str = ""
    unused: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    note: str = ""


RECENT_DOMAINS = ("contoso.co.jp", "hoge.com", "partner.com", "fabrikam.example", "with-wit.com")

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(text: str) -> timedelta:
    """`15m`, `1h`, `7d`, `2w` as a time span."""
    return timedelta(**{_UNITS[text[-1]]: int(text[:-1])})


def bounds(period: str) -> tuple[datetime, datetime]:
    """The first and the last instant that *period* means at NOW; an end to come is NOW, unless all is to come."""
    if period.startswith("last "):
        return NOW - duration(period.removeprefix("last ")), NOW
    first, bar, last = period.partition("/")
    start = _moment(first, whole=False)
    end = _moment(last or first, whole=True) if last or not bar else NOW
    return start, min(end, NOW) if start < NOW else end


def _moment(text: str, *, whole: bool) -> datetime:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        day = date.fromisoformat(text) + timedelta(days=whole)
        return datetime.combine(day, time(), ZONE)
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZONE)
