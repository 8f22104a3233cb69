"""The sample mailbox holds what the tests, the cards and the demo look for."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest

from demo.company import ALL_STAFF, DISTRIBUTION_LISTS, SALES_ALL
from demo.events import Row, To, deliver, mail
from demo.mailbox import CASES, DEFAULT_ROWS, make_mailbox, newest_first

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
WEEKEND_NIGHT = datetime(2026, 10, 17, 18, 30, tzinfo=UTC)
MAILBOX = make_mailbox(NOW)
STATUSES = {
    "delivered",
    "failed",
    "pending",
    "expanded",
    "quarantined",
    "filteredAsSpam",
    "gettingStatus",
    "recalled",
}


def lately(now: datetime, domain: str) -> list[Row]:
    rows = make_mailbox(now).visible(now)
    since = now - timedelta(days=2)
    return [row for row in rows if row.sender_address.endswith(domain) and row.received_date_time > since]


def test_same_seed() -> None:
    """The same (now, seed) give the same mail; another seed gives other mail."""
    again, other = make_mailbox(NOW), make_mailbox(NOW, 2)

    assert again.rows == MAILBOX.rows
    assert other.rows != MAILBOX.rows


@pytest.mark.parametrize("now", [NOW, WEEKEND_NIGHT, datetime(2027, 1, 1, tzinfo=UTC)])
def test_size(now: datetime) -> None:
    """Ninety days hold as many rows as were asked for, none of them later than now, newest first."""
    mailbox = make_mailbox(now)
    rows = mailbox.rows

    assert len(rows) == len(mailbox) == DEFAULT_ROWS
    assert all(now - timedelta(days=90) <= row.received_date_time <= now for row in rows)
    assert list(rows) == sorted(rows, key=newest_first)


def test_keys() -> None:
    """A row is known by message trace id and recipient; rows of one message share what the facts say."""
    rows = MAILBOX.rows

    assert len({row.key for row in rows}) == len(rows)
    messages = {(row.message_trace_id, row.message_id, row.instant, row.subject) for row in rows}
    assert len(messages) == len({row.message_trace_id for row in rows})


def test_every_status() -> None:
    """Each status Graph documents occurs, and a few of them in other capitals."""
    seen = Counter(row.status for row in MAILBOX.rows)

    assert seen.keys() >= STATUSES
    assert 0 < sum(count for status, count in seen.items() if status not in STATUSES) < 60


@pytest.mark.parametrize("now", [NOW, WEEKEND_NIGHT])
def test_hoge(now: datetime) -> None:
    """In two days hoge.com sent 12 to 20 messages of every fate, some of them to tanaka."""
    rows = lately(now, "@hoge.com")

    assert 12 <= len({row.message_trace_id for row in rows}) <= 20
    seen = Counter(row.status.lower() for row in rows)
    assert seen["failed"] == 2
    assert seen["delivered"] > 6
    assert seen.keys() >= {"pending", "quarantined", "filteredasspam"}
    assert sum(row.recipient_address == "tanaka@contoso.co.jp" for row in rows) > 3
    assert any(row.status == "failed" and row.subject == "【至急】10月度請求書の件" for row in rows)


def test_with_wit() -> None:
    """The address of the how-to page's own example received a few mails in two days."""
    since = NOW - timedelta(days=2)

    got = [row for row in MAILBOX.visible(NOW) if row.recipient_address == "info@with-wit.com"]
    assert sum(row.received_date_time > since for row in got) >= 3


def test_johns() -> None:
    """`john*@contoso.co.jp` takes several people and leaves others."""
    addresses = {row.recipient_address for row in MAILBOX.rows} | {row.sender_address for row in MAILBOX.rows}

    assert addresses >= {"john.smith@contoso.co.jp", "johnny@contoso.co.jp", "john.doe@contoso.co.jp"}


def test_documentation_addresses() -> None:
    """Every IP address is one that belongs to nobody, is private, or says "internal"."""
    free = re.compile(r"192\.0\.2\.|198\.51\.100\.|203\.0\.113\.|2001:db8:|10\.|255\.255\.255\.255$|$")

    assert all(free.match(row.from_ip) and free.match(row.to_ip) for row in MAILBOX.rows)


@pytest.mark.parametrize("name", sorted(CASES))
def test_case(name: str) -> None:
    """Each case names a row that exists, and has events unless the service has none yet."""
    row = MAILBOX.row(CASES[name])

    assert row is not None
    assert row.visible_from <= NOW
    assert bool(MAILBOX.events(row.key)) == (name != "getting status")


@pytest.mark.parametrize(
    ("name", "status", "event", "text"),
    [
        ("recipient unknown here", "failed", "Fail", "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient"),
        ("recipient unknown there", "failed", "Fail", "Recipient address rejected: User unknown"),
        ("blocked by dlp", "failed", "Fail", "550 5.7.171"),
        ("blocked by dlp", "failed", "DLP rule", "'Block credit cards', ID: ('f43f7263"),
        (
            "blocked by a transport rule",
            "failed",
            "Fail",
            "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message",
        ),
        ("blocked by a transport rule", "failed", "Transport rule", "マクロ付き添付ファイルを拒否"),
        ("sender not allowed to a group", "failed", "Fail", "550 5.7.1 RESOLVER.RST.NotAuthorized; not auth"),
        (
            "mailbox full",
            "failed",
            "Fail",
            "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceeded",
        ),
        (
            "remote server unreachable",
            "pending",
            "Defer",
            "450 4.4.317 Cannot connect to remote server [Message=",
        ),
        ("quarantined", "quarantined", "Spam", "Spam confidence level: 8"),
        ("quarantined", "quarantined", "Deliver", "DefaultFolderType:QuarantinedEmailSecured"),
        ("junk", "filteredAsSpam", "Deliver", "DefaultFolderType:JunkEmail"),
        ("group expanded", "expanded", "Expand DL", "distribution list"),
        ("group expanded", "expanded", "Drop", "250 2.1.5 RESOLVER.GRP.Expanded"),
        ("spf", "failed", "Fail", "550 5.7.23 "),
        ("dmarc", "failed", "Fail", "550 5.7.509 "),
        (
            "external forwarding off",
            "failed",
            "Fail",
            "550 5.7.520 Access denied, Your organization does not",
        ),
        ("loop", "failed", "Fail", "554 5.4.14 Hop count exceeded - possible mail loop"),
        ("rule without a name", "failed", "Transport rule", "Transport rule: '', ID: ('a1720161"),
        ("dlp rule without a name", "failed", "DLP rule", "DLP rule: '', ID: ('c0ffee00"),
    ],
)
def test_shapes(name: str, status: str, event: str, text: str) -> None:
    """Each shape worth having is there, with its decisive event."""
    row, events = MAILBOX.row(CASES[name]), MAILBOX.events(CASES[name])

    assert row is not None
    assert row.status == status
    assert any(one.event == event and text in one.description for one in events)


def test_disorder() -> None:
    """Events of one second come in no order: the Fail before the DLP rule that caused it."""
    events = MAILBOX.events(CASES["blocked by dlp"])

    assert [one.event for one in events] == ["Receive", "Submit", "Fail", "DLP rule"]
    fail, rule = events[-2:]
    assert fail.date_time.replace(microsecond=0) == rule.date_time.replace(microsecond=0)
    assert rule.action == "BA"
    assert 'Name="SourceContext" String="DLP Policy Agent"' in fail.data


def test_reason_cut_off() -> None:
    """A long Defer reason arrives cut off."""
    defers = [one for one in MAILBOX.events(CASES["remote server unreachable"]) if one.event == "Defer"]

    assert len(defers) == 3
    assert not defers[1].description.endswith("]")


def test_group() -> None:
    """A group is one expanded row and a row for each member, whose route starts after the expansion."""
    members = DISTRIBUTION_LISTS[SALES_ALL]
    ident = CASES["group expanded"][0]

    rows = [row for row in MAILBOX.rows if row.message_trace_id == ident]
    assert {row.recipient_address for row in rows} == {SALES_ALL, *members}
    expansion = next(one for one in MAILBOX.events((ident, SALES_ALL)) if one.event == "Expand DL")
    assert f'Name="RcptCount" Integer="{len(members)}"' in expansion.data
    assert {one.event for one in MAILBOX.events(CASES["group member"])} == {"Transfer", "Deliver"}
    assert ALL_STAFF in DISTRIBUTION_LISTS


def test_several_outcomes() -> None:
    """One message meets different fates, recipient by recipient."""
    ident = CASES["several outcomes"][0]

    fates = {row.recipient_address: row.status for row in MAILBOX.rows if row.message_trace_id == ident}
    assert set(fates.values()) == {"failed", "delivered", "pending"}


def test_data_is_xml() -> None:
    """`data` is XML with values escaped, but for the cases that are broken on purpose."""
    on_purpose = {CASES["broken data"]}

    texts = [one.data for row in MAILBOX.rows if row.key not in on_purpose for one in MAILBOX.events(row.key)]
    assert all(ElementTree.fromstring(text).tag == "root" for text in texts if text)
    assert any("&" in text for text in texts)
    broken = MAILBOX.events(CASES["broken data"])
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(broken[0].data)


def test_unknown_key() -> None:
    """What is not there has no row and no events; capitals do not matter."""
    ident, recipient = CASES["junk"]

    assert MAILBOX.row(("nowhere", recipient)) is None
    assert MAILBOX.events(("nowhere", recipient)) == ()
    assert MAILBOX.events((ident.upper(), recipient.upper())) == MAILBOX.events((ident, recipient))


def test_ahead() -> None:
    """Mail may go on arriving after now, and shows only when its time has come; some of it fails."""
    mailbox = make_mailbox(NOW, ahead=timedelta(hours=2))

    assert len(mailbox.visible(NOW + timedelta(hours=3))) > len(mailbox.visible(NOW)) + 10
    new = [row for row in mailbox.rows if row.received_date_time > NOW]
    assert sum(row.status == "failed" and row.recipient_address.endswith("@partner.com") for row in new) >= 4
    assert MAILBOX.visible(NOW) == mailbox.visible(NOW)


def test_settled() -> None:
    """A row changes in place, its route grows, and the mailbox it came from stays as it was."""
    key = CASES["remote server unreachable"]

    landed = MAILBOX.settled(key, "delivered", deliver(3_000))
    row = landed.row(key)
    assert row is not None
    assert row.status == "delivered"
    assert [one.event for one in landed.events(key)][-1] == "Deliver"
    assert MAILBOX.events(key) == landed.events(key)[:-1]
    assert len(landed.rows) == len(MAILBOX.rows)


def test_with_mail() -> None:
    """Mail can be added."""
    at, to = NOW - timedelta(minutes=1), To("tanaka@contoso.co.jp", "delivered", (deliver(2),))
    mine = mail("mine", at, "a@b.example", "Hello", to)

    more = MAILBOX.with_mail(mine)
    assert len(more.rows) == len(MAILBOX.rows) + 1
    assert [one.event for one in more.events(mine.rows[0].key)] == ["Deliver"]
