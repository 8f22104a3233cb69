"""Events come from outside: whatever they hold, there is an outcome, soon, and no error."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tracing.test_explain import told
from tracing.causes import Cause
from tracing.explain import explain
from tracing.model import DeliveryStatus, TraceEvent
from tracing.reason import MAX_DATA, MAX_REASON

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
MEGABYTE = 1_000_000

BOMB = (
    "<!DOCTYPE r ["
    + '<!ENTITY a "haha">'
    + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
)
HOSTILE = [
    BOMB + ']><root><MEP Name="ServerHostName" String="&i;"/></root>',
    '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/hostname">]><root><MEP Name="x" String="&x;"/></root>',
    '<!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd"><root/>',
    '<?xml version="1.0" encoding="utf-7"?><root/>',
    '<?xml version="1.0" encoding="no-such"?><root/>',
    "<root><MEP Name=x String=y></root>",
    "<root><MEP/><MEP Name='x'/><MEP String='y'/></root>",
    '<!DOCTYPE r><root><MEP Name="SourceContext" String="DLP Policy Agent"',
    "<root>" + "<MEP>" * 30_000,
    "<a>" * 30_000 + "</a>" * 30_000,
    "\x00",
    "\ufffe",
    " ",
    "<root>" + '<MEP Name="SourceContext" String="DLP Policy Agent"/>' * 10_000 + "</root>",
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_data(data: str) -> None:
    """XML that grows, reads files, breaks off or is none, is left out; the rest of the event counts."""
    outcome = explain([TraceEvent(NOW, "Fail", "", "550 5.1.10 no", data)], "failed")

    assert outcome.cause is Cause.RECIPIENT_NOT_FOUND
    assert "haha" not in repr(outcome)


def test_long_data() -> None:
    """XML up to MAX_DATA is read, longer XML is not; what it holds is cut to MAX_REASON."""
    start, end = '<root><MEP Name="SourceContext" String="DLP ', '"/></root>'
    most = start + "x" * (MAX_DATA - len(start + end)) + end

    read = explain([TraceEvent(NOW, "Fail", "", "550 5.7.171", most)], "failed")
    unread = explain([TraceEvent(NOW, "Fail", "", "550 5.7.171", most + " ")], "failed")
    assert (read.cause, len(read.basis.component)) == (Cause.BLOCKED_DLP, MAX_REASON)
    assert (unread.cause, unread.basis.component) == (Cause.BLOCKED_POLICY, "")


@pytest.mark.parametrize(
    "piece",
    [
        *("Transport rule: '", "DLP rule: 'x', ID: (", "{LED=", "{IP=1", "LastAttemptedIP=1:", "1.", "5.7."),
        *(
            "sent to a at ",
            "sent to ",
            "LastAttemptedServerName=",
            "DefaultFolderType:",
            "QuarantinedEmail",
            "'",
        ),
    ],
)
@pytest.mark.parametrize("event", ["Fail", "Transport rule", "Deliver", "Send external", "Defer"])
def test_long_text(piece: str, event: str) -> None:
    """A megabyte made to tire a pattern is cut before a pattern sees it."""
    text = piece * (MEGABYTE // len(piece))
    outcome = explain([TraceEvent(NOW, event * 9, text, text, text), TraceEvent(NOW, event, text, text)], "x")

    assert len(outcome.basis.reason) <= MAX_REASON
    assert len(outcome.basis.remote_server) <= MAX_REASON
    assert all(len(step.event + step.detail) <= 400 for step in outcome.timeline)
    assert all(len(rule.name + rule.rule_id + rule.policy) <= MAX_REASON for rule in outcome.rules)


WORDS = st.sampled_from(
    [
        *("", "550 5.7.171", "[{LED=550 5.1.1 x};{FQDN=a};{IP=::1}]", "{LED=", "DefaultFolderType:JunkEmail"),
        *(
            "QuarantinedEmailSecured",
            "250 2.1.5",
            "TRANSPORT.RULES",
            "RESOLVER.RST.NotAuthorized",
            "moderator",
        ),
        *("BA", "Quarantine", "RejectMessage", "sent to a at 10.0.0.1", "Transport rule: 'a', ID: ('b')"),
        *(
            '<root><MEP Name="DI" String="SQ"/></root>',
            '<root><MEP Name="SourceContext" String="DLP"/></root>',
        ),
    ]
)
TEXTS = WORDS | st.text(max_size=40)
NAMES = st.sampled_from(
    [
        *("Receive", "Submit", "Send", "Send external", "Deliver", "Fail", "Defer", "Drop", "Expand DL"),
        *("Resolve", "Redirect", "Transfer", "Transport rule", "DLP rule", "Spam", "Malware", "BadMail"),
        *("Zero-hour auto purge", "ZAP", "Recall", "receive", "FAIL"),
    ]
) | st.text(max_size=10)
TIMES = st.datetimes(timezones=st.sampled_from([UTC])) | st.integers(0, 3).map(
    lambda second: NOW + timedelta(seconds=second / 2)
)
EVENTS = st.lists(st.builds(TraceEvent, TIMES, NAMES, TEXTS, TEXTS, TEXTS), max_size=8)
STATUSES = st.sampled_from([*DeliveryStatus, "futureState", ""])


@settings(max_examples=1000)
@given(events=EVENTS, status=STATUSES)
def test_any_events(events: list[TraceEvent], status: str) -> None:
    """Any events in, an outcome out: each event once in the timeline, by time; a failed row is no success."""
    outcome = explain(events, status)

    times = [step.date_time.replace(microsecond=0) for step in outcome.timeline]
    assert times == sorted(times)
    assert len(times) == len(events)
    if status == DeliveryStatus.FAILED:
        assert outcome.cause not in (Cause.DELIVERED, Cause.ACCEPTED_REMOTE, Cause.HANDED_ON_PREMISES)


@pytest.mark.parametrize(
    "case", ["junk", "blocked by dlp", "remote server unreachable", "certificate expired"]
)
def test_cut_anywhere(case: str) -> None:
    """Descriptions and data may end anywhere: there is an outcome all the same."""
    events, status = told(case)
    for end in range(0, 400, 7):
        cut = [TraceEvent(e.date_time, e.event, e.action, e.description[:end], e.data[:end]) for e in events]
        assert explain(cut, status).timeline


@pytest.mark.parametrize(
    "data",
    [
        '<root><MEP Name="SourceContext" String="DLP Policy Agent"/><MEP Name=x',
        '<MEP Name="SourceContext" String="DLP Policy Agent"/>&nbsp;<MEP Name="Odd',
        "<root><MEP Name='SourceContext' Blob='DLP &quot;Policy&quot; Agent'/></rot>",
        '<root><MEP Name="SourceContext" String="DLP Policy Ag',
    ],
)
def test_broken_data(data: str) -> None:
    """Of XML that breaks off or is not well formed, what can be read counts."""
    outcome = explain([TraceEvent(NOW, "Fail", "", "550 5.7.1", data)], "failed")

    assert outcome.cause is Cause.BLOCKED_DLP
    assert outcome.basis.component.startswith("DLP")
    assert "&quot;" not in outcome.basis.component


def test_cut_in_one_place() -> None:
    """A reason that is cut off in the description and whole in the data is read from the data."""
    whole = "[{LED=550 5.7.520 Access denied};{MSG=}]"
    data = f'<root><MEP Name="RecipientStatus" String="{whole}"/></root>'

    outcome = explain([TraceEvent(NOW, "Fail", "", f"Reason: {whole[:14]}", data)], "failed")
    assert (outcome.cause, outcome.basis.code) == (Cause.FORWARDING_BLOCKED, "5.7.520")


def test_cut_within_the_code() -> None:
    """A code that is cut off is no code: 5.7.1 may have been 5.7.171 or 5.7.133."""
    outcome = explain([TraceEvent(NOW, "Fail", "", "Reason: [{LED=550 5.7.1")], "failed")

    assert (outcome.cause, outcome.basis.code) == (Cause.OTHER, "")


def test_entities_in_the_description() -> None:
    """What was escaped for the portal is read as it was meant."""
    outcome = explain([TraceEvent(NOW, "Fail", "", "550 5.1.1 &lt;a@b.jp&gt; unknown")], "failed")

    assert outcome.basis.reason == "550 5.1.1 <a@b.jp> unknown"
