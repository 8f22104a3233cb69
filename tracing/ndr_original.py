"""Find the message a bounce is about, from the original's headers or from the report's own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tracing.ndr_words import (
    ADDRESS,
    MACHINE,
    ORIGINAL_TITLE,
    REPORT_TITLE,
    REPORTED,
    SUBJECT_OF_REPORT,
)
from tracing.pasted import decoded, fields

_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,400}@[^<>\s@]{1,400}>")
_DAY = re.compile(r"(\d{4})\s?[年/-]\s?(\d{1,2})\s?[月/-]\s?(\d{1,2})")
_MAX_SUBJECT = 200
_DETAILS = re.compile(
    r"^(Created Date|Sender Address|Subject|Message ID|作成日時?"
    r"|送信者の?アドレス|件名)\s?[:：]\s{0,8}([^\n]{1,300})",
    re.MULTILINE | re.IGNORECASE,
)
"""The table in newer reports of Exchange; its field names contain spaces."""

_NAMES = {
    "created date": "date",
    "作成日": "date",
    "作成日時": "date",
    "sender address": "from",
    "送信者アドレス": "from",
    "送信者のアドレス": "from",
    "message id": "message-id",
    "件名": "subject",
}
_QUOTED = re.compile(r"^From: [^\n]{3,300}\n(?:Sent|Date): [^\n]{6,100}\nTo: ", re.MULTILINE)
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ?(AM|PM)", re.IGNORECASE)


@dataclass(frozen=True)
class Original:
    """The details of the message; texts are empty and times None where unknown.

    `noticed_at` is the report's own time, `retry_until` comes from its fields.
    """

    message_id: str = ""
    sender: str = ""
    subject: str = ""
    sent_at: datetime | None = None
    noticed_at: datetime | None = None
    retry_until: datetime | None = None


def halves(text: str) -> tuple[str, str]:
    """The report, and the original's headers after their title; "" without a title."""
    # Searched once: a title begins a line and never spans lines.
    reported = REPORTED.search(text)
    if reported is None:
        return text, ""
    for title in ORIGINAL_TITLE.finditer(text):
        # A forwarded message has such a title of its own before the report.
        if reported.start() < title.start():
            return text[: title.start()], text[title.end() :]
    return text, ""


def original_of(whole: str, head: str, behind_title: str) -> Original:
    """Read the message's details from the report *whole*, split into *head* and *behind_title*."""
    named = list(fields(whole))
    own = _first(head)
    table = {_NAMES.get(name.lower(), name.lower()): value for name, value in _DETAILS.findall(head)}
    first = (_first(behind_title) if behind_title else own) | (table if "from" in table else {})
    told = behind_title or table.get("from", "")
    quoted = None if told else _QUOTED.search(head)
    if quoted and REPORTED.search(head, 0, quoted.start()):
        # Outlook's fields after the report belong to the message.
        first = _first(head[quoted.start() :])
        told = quoted[0]
    return Original(
        _message_id(first, named),
        _sender(first, own, told),
        _subject(first, own, told),
        _sent_at(first, named),
        _moment(own, "last-attempt-date", "date", "sent", "送信日時"),
        _moment(own, "will-retry-until"),
    )


def read_moment(value: str) -> datetime | None:
    """The aware instant in a header; a day alone is noon in UTC; None if there is none."""
    try:
        moment = parsedate_to_datetime(value[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        pass
    american = _AMERICAN.search(value[:100])
    if american is not None:
        return _of_american(american)
    day = _DAY.search(value[:100])
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), 12, tzinfo=UTC) if day else None
    except ValueError:
        return None


def _of_american(found: re.Match[str]) -> datetime | None:
    """`10/14/2026 1:53:07 AM`, which Exchange gives in UTC."""
    month, day, year, hour, minute, second = (int(found[n]) for n in range(1, 7))
    try:
        return datetime(
            year, month, day, hour % 12 + 12 * (found[7].upper() == "PM"), minute, second, tzinfo=UTC
        )
    except ValueError:
        return None


def _first(text: str) -> dict[str, str]:
    """The first of each field in *text*."""
    first: dict[str, str] = {}
    for name, value in fields(text):
        first.setdefault(name, value)
    return first


def _message_id(original: Mapping[str, str], named: Sequence[tuple[str, str]]) -> str:
    """The original's id: from its headers, or the one that the report replies to."""
    answered = [
        value for name, value in named if name in ("in-reply-to", "references", "x-original-message-id")
    ]
    for value in (*answered[:1], original.get("message-id", ""), original.get("x-original-message-id", "")):
        found = _MESSAGE_ID.search(value)
        if found:
            return found[0]
    return ""


def _sender(original: Mapping[str, str], own: Mapping[str, str], behind_title: str) -> str:
    """The original's sender: its From, or the recipient of the report."""
    addresses = ADDRESS.findall(original.get("from", "")) if behind_title else []
    if addresses:
        return "" if MACHINE.match(addresses[-1]) else addresses[-1]
    reporter = ADDRESS.findall(own.get("from", ""))
    told = ADDRESS.findall(own.get("to", "")) if reporter and MACHINE.match(reporter[-1]) else []
    return told[0] if len(told) == 1 and not MACHINE.match(told[0]) else ""


def _subject(original: Mapping[str, str], own: Mapping[str, str], behind_title: str) -> str:
    """The original's subject; the report's own only if it clearly quotes it."""
    told = original.get("subject", "") if behind_title else ""
    if told:
        return decoded(told)[:_MAX_SUBJECT]
    quoted = decoded(own.get("subject", ""))
    if "from" not in own and not REPORT_TITLE.search(quoted):
        # Domino and old Exchange: `Your message … Subject: Quote … was not delivered`.
        return quoted[:_MAX_SUBJECT]
    bare = SUBJECT_OF_REPORT.sub("", quoted)
    return bare[:_MAX_SUBJECT] if bare != quoted else ""


def _moment(told: Mapping[str, str], *names: str) -> datetime | None:
    return next((moment for name in names if (moment := read_moment(told.get(name, "")))), None)


def _sent_at(original: Mapping[str, str], named: Sequence[tuple[str, str]]) -> datetime | None:
    arrival = next((value for name, value in named if name == "arrival-date"), "")
    for value in (original.get("date", ""), arrival, original.get("sent", "")):
        moment = read_moment(value)
        if moment is not None:
            return moment
    days = (value for name, value in named if name in ("date", "sent"))
    return next((moment for moment in map(read_moment, days) if moment), None)
