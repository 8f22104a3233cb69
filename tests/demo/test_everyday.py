"""Everyday mail: ninety believable days, any number of rows, settled as the clock goes on."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from demo.company import AUDIT, DISTRIBUTION_LISTS, INFO, KIMURA, PRIMARY_DOMAIN, SALES_DOMAIN
from demo.events import Row, instant
from demo.everyday import Everyday
from demo.mailbox import CASES, make_mailbox
from demo.partners import MX, PARTNERS
from demo.routes import ROUTES, events_of

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
TOKYO = ZoneInfo("Asia/Tokyo")
MAILBOX = make_mailbox(NOW)
ROWS = MAILBOX.rows
ENOUGH = make_mailbox(NOW, rows=20_000).rows
HOUR = timedelta(hours=1)


def domains(row: Row) -> set[str]:
    return {address.rpartition("@")[2] for address in (row.sender_address, row.recipient_address)}


def test_partners() -> None:
    """The company writes with hoge.com and twenty others, and every one of them answers."""
    seen = Counter(domain for row in ROWS for domain in domains(row) & MX.keys())

    assert len(PARTNERS) == len(seen) == 21
    assert seen.most_common(1)[0][0] == "hoge.com"
    assert {row.sender_address.rpartition("@")[2] for row in ROWS} >= MX.keys()


def test_week() -> None:
    """People write in office hours: little at night, less on Saturdays and Sundays, something every day."""
    times = [row.received_date_time.astimezone(TOKYO) for row in ROWS]
    days = Counter(time.date() for time in times)
    working = [count for day, count in days.items() if day.weekday() < 5]
    free = [count for day, count in days.items() if day.weekday() >= 5]

    assert len(days) == 90
    assert sum(free) / len(free) < 0.3 * sum(working) / len(working)
    assert sum(8 <= time.hour < 20 for time in times) > 0.85 * len(times)
    assert any(time.hour < 6 for time in times)


def test_languages() -> None:
    """Subjects are Japanese and English, and their placeholders are filled."""
    japanese = sum(any(sign > "\u3000" for sign in row.subject) for row in ENOUGH)

    assert 0.4 < japanese / len(ENOUGH) < 0.9
    everyday = [row.subject for row in ENOUGH if row.fate]
    assert not [subject for subject in everyday if "{" in subject or "}" in subject]


def test_company_is_more_than_people() -> None:
    """Lists, a subdomain, a relay, a rule's Bcc, a forwarding rule and a shared mailbox take part."""
    recipients = {row.recipient_address for row in ROWS}

    assert recipients >= {*DISTRIBUTION_LISTS, AUDIT, INFO.mail}
    assert any(row.from_ip.startswith("10.20.") for row in ROWS)
    assert any(SALES_DOMAIN in domains(row) for row in ROWS)
    forwarded = {row.message_trace_id for row in ROWS if row.fate == "in, forwarded"}
    assert forwarded
    assert forwarded <= {row.message_trace_id for row in ROWS if row.recipient_address == INFO.mail}


def test_list_is_whole() -> None:
    """A list's row is never without those of its members."""
    expanded = [row for row in ENOUGH if row.status == "expanded"]
    copies = {row.key for row in ENOUGH}

    assert expanded
    for row in expanded:
        for member in DISTRIBUTION_LISTS[row.recipient_address]:
            assert (row.message_trace_id, member) in copies


@pytest.mark.parametrize("fate", sorted(ROUTES))
def test_every_fate(fate: str) -> None:
    """Each fate is met, and its route ends as its status says."""
    ends = {
        "delivered": {"Deliver", "Send external"},
        "expanded": {"Expand DL"},
        "failed": {"Fail"},
        "filteredAsSpam": {"Deliver"},
        "quarantined": {"Deliver"},
        "recalled": {"Recall"},
    }
    met = [row for row in ENOUGH if row.fate == fate]

    assert met
    for row in met[:20]:
        status = row.status[0].lower() + row.status[1:]
        assert events_of(row)[-1].event in ends.get(status, {events_of(row)[-1].event})


def test_told_twice_alike() -> None:
    """The events of everyday mail are made when asked for, each time the same."""
    [one, *_] = [row for row in ROWS if row.fate == "out, refused"]

    assert MAILBOX.events(one.key) == make_mailbox(NOW).events(one.key)
    assert MAILBOX.row((one.message_trace_id.upper(), one.recipient_address.upper())) == one
    assert MAILBOX.row((one.message_trace_id, "nobody@contoso.co.jp")) is None


def test_late_rows() -> None:
    """Most rows show within ten minutes, some only after the better part of an hour, none at once."""
    waits = [row.visible_from - row.received_date_time for row in ENOUGH if row.fate]

    assert min(waits) >= timedelta(minutes=4)
    assert HOUR / 2 < max(waits) <= HOUR
    assert sum(wait > timedelta(minutes=10) for wait in waits) < 0.05 * len(waits)


def test_statuses_settle() -> None:
    """Fresh rows say that their status is being fetched; pending ones end as delivered or failed."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in Everyday(NOW, 1, 6_000).between(-(1 << 62), 1 << 62):
        seen[row.as_of(row.visible_from).status.lower(), row.status.lower()] += 1

    assert seen["gettingstatus", "delivered"] > 1000
    assert seen["pending", "delivered"] > 10
    assert seen["pending", "failed"] > 1


@pytest.mark.parametrize(
    ("name", "first", "later", "status", "last"),
    [
        ("getting status", "gettingStatus", HOUR, "delivered", "Deliver"),
        ("deferred here", "pending", 4 * HOUR, "delivered", "Deliver"),
        ("remote server unreachable", "pending", 5 * HOUR, "delivered", "Send external"),
    ],
)
def test_cases_settle(name: str, first: str, later: timedelta, status: str, last: str) -> None:
    """A case that is open now ends as the clock goes on, in the list and in its events."""
    before, after = MAILBOX.row(CASES[name]), MAILBOX.row(CASES[name], NOW + later)

    assert before is not None
    assert after is not None
    assert (before.status, after.status) == (first, status)
    assert last not in {one.event for one in MAILBOX.events(CASES[name])}
    assert MAILBOX.events(CASES[name], NOW + later)[-1].event == last
    [listed] = [
        row for row in MAILBOX.between(after.instant, after.instant, NOW + later) if row.key == CASES[name]
    ]
    assert listed == after


def test_events_come_with_time() -> None:
    """No event is told before it has happened."""
    pending = [row for row in ROWS if row.status == "pending"]

    assert pending
    for row in ROWS[:400]:
        assert all(event.date_time <= NOW for event in MAILBOX.events(row.key))


def test_any_number_of_rows() -> None:
    """Half a million rows are ready at once; a look at two days makes those days only, and keeps few."""
    large = make_mailbox(NOW, rows=500_000)
    everyday = large._everyday
    assert everyday is not None

    assert len(large) == 500_000
    assert everyday.kept_rows == 0
    lately = list(large.between(instant(NOW - 48 * HOUR), instant(NOW), NOW))
    assert 8_000 < len(lately) < 25_000
    assert everyday.kept_rows < 30_000


def test_days_are_forgotten() -> None:
    """Only the days last looked at are kept, and a forgotten day is made again as it was."""
    everyday = Everyday(NOW, 1, 10_000, kept=1_000)

    first, second = list(everyday.between(-(1 << 62), 1 << 62)), list(everyday.between(-(1 << 62), 1 << 62))
    assert everyday.kept_rows <= 1_000
    assert len(first) == 10_000
    assert first == second


@pytest.mark.parametrize("rows", [0, 93, 94, 1000])
def test_number_of_rows(rows: int) -> None:
    """The number asked for is the number made, and the cases are always among them."""
    mailbox = make_mailbox(NOW, rows=rows)

    assert len(mailbox.rows) == max(rows, len(make_mailbox(NOW, rows=0)))
    assert all(mailbox.row(key) for key in CASES.values())


def test_newest_hour_is_alive() -> None:
    """The day of now has mail up to now, and nothing after it."""
    today = [row for row in ROWS if row.received_date_time > NOW - 3 * HOUR and row.fate]

    assert today
    assert max(row.received_date_time for row in ENOUGH) <= NOW


def test_colleagues() -> None:
    """The shared mailbox's questions go on to one colleague."""
    to = {row.recipient_address for row in ROWS if row.fate == "in, forwarded"}

    assert to == {KIMURA.mail}
    assert KIMURA.mail.endswith(PRIMARY_DOMAIN)
