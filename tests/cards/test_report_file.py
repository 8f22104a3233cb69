"""What a report's file holds, and that nothing in it is taken for a formula."""

import csv
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.csv_file import defuse
from cards.report_file import MISSING, ReportKind, Sheet, events, foot, head, rows
from demo.mailbox import CASES
from tests.cards.samples import DOMAINS, NOW, READERS, events_of, row_of
from tracing.model import Between, TraceEvent, TraceQuery

TOKYO = ZoneInfo("Asia/Tokyo")
FULL = Sheet(ReportKind.ENHANCED, TOKYO, DOMAINS, full=True)
SEARCHED = TraceQuery(Between(NOW - timedelta(days=7), NOW))
ROW = row_of(CASES["recipient unknown here"])


def read(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"), newline="")))


def one(sheet: Sheet, **changes: object) -> dict[str, str]:
    """The line of a row with *changes*, by column."""
    changed = replace(ROW, **changes)  # type: ignore[arg-type]
    return dict(zip(sheet.columns, read(rows(sheet, [changed]))[0], strict=True))


@pytest.mark.parametrize("kind", ReportKind)
@pytest.mark.parametrize("full", [True, False])
def test_columns(kind: ReportKind, full: bool) -> None:
    """Every line has as many cells as the head; what only the help desk sees is left out, and named."""
    sheet = Sheet(kind, TOKYO, DOMAINS, full)
    text = rows(sheet, [ROW]) if kind is ReportKind.ENHANCED else events(sheet, ROW, events_of(ROW.key))
    columns = read(head(sheet))[0]

    assert head(sheet).startswith("\ufeff")
    assert {len(line) for line in read(text)} == {len(columns)} == {len(set(columns))}
    assert not set(MISSING[kind]) & set(columns)
    assert not set(sheet.left_out) & set(columns)
    assert bool(sheet.left_out) is not full


def test_times_in_both_zones() -> None:
    """Each time stands in UTC and in the asker's zone, with the offset of that day."""
    new_york = replace(FULL, zone=ZoneInfo("America/New_York"))
    summer = one(new_york, received_date_time=datetime(2026, 7, 1, 12, 0, 59, 999_999, UTC))
    winter = one(new_york, received_date_time=datetime(2026, 12, 1, 12, 0, tzinfo=UTC))

    assert summer["origin_timestamp_utc"] == "2026-07-01T12:00:59Z"
    assert summer["origin_timestamp_local"] == "2026-07-01 08:00:59-04:00"
    assert winter["origin_timestamp_local"] == "2026-12-01 07:00:00-05:00"


@pytest.mark.parametrize(
    ("sender", "recipient", "direction"),
    [
        ("a@hoge.com", "b@contoso.co.jp", "inbound"),
        ("a@CONTOSO.co.jp", "b@hoge.com", "outbound"),
        ("a@contoso.co.jp", "b@sales.contoso.co.jp", "internal"),
    ],
)
def test_direction(sender: str, recipient: str, direction: str) -> None:
    """Which way a message went is judged by the domains; without them it is left open."""
    assert one(FULL, sender_address=sender, recipient_address=recipient)["directionality"] == direction
    assert one(replace(FULL, domains=()), sender_address=sender)["directionality"] == ""


def test_events_in_order_with_their_data() -> None:
    """Events come earliest first, the row before each; what their data says stands in columns."""
    sheet = replace(FULL, kind=ReportKind.EXTENDED)
    said = {"SourceContext": "DLP Policy Agent", "ClientIP": "192.0.2.1"}
    parts = [f'<MEP Name="{name}" String="{value}"/>' for name, value in said.items()]
    data = f"<root>{''.join(parts)}</root>"
    late = TraceEvent(NOW, "Fail", description="=cmd", data=data)
    early = TraceEvent(NOW - timedelta(seconds=5), "Receive", data="<broken")
    lines = [dict(zip(sheet.columns, line, strict=True)) for line in read(events(sheet, ROW, [late, early]))]

    assert [line["event_id"] for line in lines] == ["Receive", "Fail"]
    assert lines[1]["source_context"] == "DLP Policy Agent"
    assert lines[1]["client_ip"] == "192.0.2.1"
    assert lines[1]["description"] == "'=cmd"
    assert lines[0]["message_id"] == lines[1]["message_id"] == ROW.message_id


def test_no_event() -> None:
    """A row of which no event is known has a line all the same."""
    sheet = replace(FULL, kind=ReportKind.EXTENDED)
    (line,) = read(events(sheet, ROW, ()))

    assert line[: len(FULL.columns)] == read(rows(FULL, [ROW]))[0]
    assert not any(line[len(FULL.columns) :])


@pytest.mark.parametrize("language", READERS)
def test_foot(language: str) -> None:
    """Below the rows stands how many there are, what is missing and why; a line each, marked."""
    reader = READERS[language]
    whole = foot(FULL, 2, SEARCHED, [], reader, NOW)
    cut = foot(replace(FULL, full=False), 2, SEARCHED, [reader.say("report.short.size")], reader, NOW)

    assert all(len(line) == 1 and line[0].startswith("# ") for line in read(whole + cut))
    assert reader.say("report.file.whole") in whole
    assert reader.say("report.file.whole") not in cut
    assert reader.say("report.short.size") in cut
    assert "2026-11-16 10:45:00+09:00" in whole
    assert "connector_id" in whole
    assert "original_client_ip" in cut


@given(subjects=st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_subject_survives(subjects: list[str]) -> None:
    """Whatever is in a subject, Python's csv reads back one line for each row, and the same text."""
    found = read(rows(FULL, [replace(ROW, subject=subject) for subject in subjects]))
    at = FULL.columns.index("message_subject")

    assert [line[at] for line in found] == [defuse(subject) for subject in subjects]
    assert {len(line) for line in found} == {len(FULL.columns)}
