"""What became of a mail: every case of the sample mailbox, and events that contradict each other."""

from datetime import UTC, datetime, timedelta

import pytest

from demo.mailbox import CASES, make_mailbox
from tracing.causes import Cause
from tracing.explain import Outcome, Rule, explain
from tracing.model import DeliveryStatus, TraceEvent, decode_status

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
MAILBOX = make_mailbox(NOW)
HOGE, PARTNER = "mx1.hoge.com 192.0.2.25", "mail.partner.com 198.51.100.20"
FABRIKAM = "mx.fabrikam.example 203.0.113.40"
SECURED = "QuarantinedEmailSecured"

EXPECTED: dict[str, tuple[Cause, str, str, str, str]] = {
    # case: cause, code, first rule, folder, remote server and its address
    "recipient unknown here": (Cause.RECIPIENT_NOT_FOUND, "5.1.10", "", "", ""),
    "recipient unknown there": (
        *(Cause.RECIPIENT_NOT_FOUND_REMOTE, "5.1.1", "", "", "mx.wingtiptoys.example 203.0.113.5"),
    ),
    "blocked by dlp": (Cause.BLOCKED_DLP, "5.7.171", "Block credit cards", "", ""),
    "blocked for some": (Cause.BLOCKED_DLP, "5.7.171", "Block customer lists", "", ""),
    "blocked by a transport rule": (Cause.BLOCKED_RULE, "5.7.1", "マクロ付き添付ファイルを拒否", "", ""),
    "sender not allowed to a group": (Cause.SENDER_NOT_ALLOWED, "5.7.1", "", "", ""),
    "mailbox full": (Cause.MAILBOX_FULL, "5.2.2", "", "", ""),
    "remote server unreachable": (Cause.DELAYED, "4.4.317", "", "", FABRIKAM),
    "quarantined": (Cause.QUARANTINED, "", "", SECURED, ""),
    "junk": (Cause.DELIVERED_JUNK, "", "", "JunkEmail", ""),
    "group expanded": (Cause.EXPANDED, "", "", "", ""),
    "spf": (Cause.SENDER_AUTHENTICATION, "5.7.23", "", "", ""),
    "dmarc": (Cause.SENDER_AUTHENTICATION, "5.7.509", "", "", ""),
    "external forwarding off": (Cause.FORWARDING_BLOCKED, "5.7.520", "", "", ""),
    "loop": (Cause.ROUTING_LOOP, "5.4.14", "", "", ""),
    "several outcomes": (Cause.RECIPIENT_NOT_FOUND_REMOTE, "5.1.1", "", "", HOGE),
    "redirected": (Cause.REDIRECTED, "", "退職者のメールを上長へ", "", ""),
    "alias resolved": (Cause.DELIVERED, "", "", "", ""),
    "deferred here": (Cause.DELAYED, "4.3.2", "", "", ""),
    "getting status": (Cause.IN_PROGRESS, "", "", "", ""),
    "recalled": (Cause.RECALLED, "", "", "", ""),
    "malware found": (Cause.MALWARE, "", "", SECURED, ""),
    "rule without a name": (Cause.BLOCKED_RULE, "5.7.1", "a1720161-606e-43e8-bad5-eb7bed96a52b", "", ""),
    "dlp rule without a name": (
        *(Cause.BLOCKED_DLP, "5.7.171", "c0ffee00-606e-43e8-bad5-eb7bed96a52b", "", ""),
    ),
    "dlp only notified": (Cause.ACCEPTED_REMOTE, "", "", "", PARTNER),
    "dropped by a rule": (Cause.DELETED_BY_RULE, "", "広告メールの削除", "", ""),
    "quarantined by a rule": (Cause.QUARANTINED_BY_RULE, "", "パスワード付き ZIP を検疫", SECURED, ""),
    "blocked by the tenant list": (Cause.BLOCKED_TENANT_LIST, "5.7.703", "", "", ""),
    "refused by policy": (Cause.BLOCKED_POLICY, "5.7.1", "", "", ""),
    "mailbox full there": (Cause.MAILBOX_FULL_REMOTE, "5.2.2", "", "", HOGE),
    "sending limit exceeded": (Cause.SENDING_LIMIT, "5.1.90", "", "", ""),
    "sender blocked": (Cause.SENDER_BLOCKED, "5.1.8", "", "", ""),
    "relay denied": (Cause.RELAY_DENIED, "5.7.367", "", "", "mx.tailspin.example 198.51.100.61"),
    "certificate expired": (Cause.TLS_PROBLEM, "5.7.322", "", "", "mx6.northwind.example 2001:db8::53"),
    "expired in queue": (Cause.EXPIRED, "4.4.7", "", "", FABRIKAM),
    "too large": (Cause.SIZE_OR_FORMAT, "5.2.3", "", "", ""),
    "rejected by the remote server": (Cause.REJECTED_REMOTE, "5.0.350", "", "", PARTNER),
    "bad mail": (Cause.SIZE_OR_FORMAT, "", "", "", ""),
    "removed after delivery": (Cause.REMOVED_LATER, "", "", "", ""),
    "quote in the address": (Cause.ACCEPTED_REMOTE, "", "", "", PARTNER),
    "bounce": (Cause.ACCEPTED_REMOTE, "", "", "", HOGE),
    "many recipients": (Cause.ACCEPTED_REMOTE, "", "", "", PARTNER),
    "delivered beside a failure": (Cause.ACCEPTED_REMOTE, "", "", "", HOGE),
    **dict.fromkeys(
        (
            *("hostile subject", "no subject", "blank data", "broken data", "unknown event", "labelled"),
            *("from on premises", "from a mailing service", "group member"),
        ),
        (Cause.DELIVERED, "", "", "", ""),
    ),
}


def told(case: str) -> tuple[list[TraceEvent], DeliveryStatus | str]:
    """The events of a case as Graph would give them, and its row's status."""
    row = MAILBOX.row(CASES[case])
    assert row is not None
    events = MAILBOX.events(row.key)
    return [TraceEvent(e.date_time, e.event, e.action, e.description, e.data) for e in events], decode_status(
        row.status
    )


def test_every_case() -> None:
    """The table below lists the sample mailbox's cases, all of them."""
    assert CASES.keys() == EXPECTED.keys()


@pytest.mark.parametrize("case", EXPECTED)
@pytest.mark.parametrize("backwards", [False, True])
def test_case(case: str, backwards: bool) -> None:
    """A case is told by cause, code, rule, folder and remote server, whatever the order of its events."""
    events, status = told(case)
    outcome = explain(events[::-1] if backwards else events, status)

    rule = outcome.basis.rule or Rule("", "")
    remote = f"{outcome.basis.remote_server} {outcome.basis.remote_ip}".strip()
    assert (outcome.cause, outcome.basis.code, rule.label, outcome.basis.folder, remote) == EXPECTED[case]
    assert len(outcome.timeline) == len(events)


# --- made-up routes --------------------------------------------------------------------------------


def at(second: float, event: str, description: str = "", action: str = "", **facts: str) -> TraceEvent:
    cells = "".join(f'<MEP Name="{name}" String="{value}"/>' for name, value in facts.items())
    data = f"<root>{cells}</root>" if facts else ""
    return TraceEvent(NOW + timedelta(seconds=second), event, action, description, data)


RECEIVE, SUBMIT = at(0, "Receive"), at(0, "Submit")
DELIVER = at(5, "Deliver", "The message was successfully delivered.")
SENT = at(3, "Send external", "Message sent to mx.b.jp at 192.0.2.1 using TLS1.2")
FAIL = at(5, "Fail", "Reason: [{LED=550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found};{MSG=}]")
DEFER = at(2, "Defer", "Reason: [{LED=450 4.4.317 Cannot connect};{FQDN=mx.b.jp};{IP=192.0.2.1};{LRT=}]")
REMOTE_FAIL = "Reason: [{{LED={}}};{{MSG=}};{{FQDN=mx.b.jp}};{{IP=192.0.2.1}};{{LRT=}}]"
REJECT = at(2, "Transport rule", "Transport rule: 'Don't', ID: ('1'), DLP policy: ''", "RejectMessage")
COPY = at(2, "Transport rule", "Transport rule: 'Copy', ID: ('2'), DLP policy: ''", "BlindCopyTo")
SPAM_Q = at(1, "Spam", "Spam confidence level: 8", "Quarantine", DI="SQ")
SPAM_J = at(1, "Spam", "Spam confidence level: 6", DI="SJ")
SPAM_N = at(1, "Spam", "Spam confidence level: 1", DI="SN")
MALWARE = at(1, "Malware", "Malware detected", "Quarantine")
TO_JUNK = at(5, "Deliver", "delivered to the folder: DefaultFolderType:JunkEmail")
TO_INBOX = at(5, "Deliver", "delivered to the folder: DefaultFolderType:Inbox")
TO_QUARANTINE = at(5, "Deliver", "delivered to the folder: DefaultFolderType:QuarantinedEmailSecured")
ZAP = at(3600, "Zero-hour auto purge", "Moved to quarantine after delivery.", "Quarantine")
ZAP_JUNK = at(3600, "ZAP", "Moved to the Junk Email folder.")
EXPAND = at(2, "Expand DL", "expanded", RcptCount="3")
EXPANDED = at(2, "Drop", "Reason: [{LED=250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded}]")
REDIRECT = at(2, "Redirect", "redirected from a to b")
RESOLVE = at(1, "Resolve", "resolved from a to b")
MODERATED = at(2, "Transfer", "The message was sent to the moderator for approval.")
DLP = at(2, "DLP rule", "DLP rule: 'Block cards', ID: ('3'), DLP policy: 'x'", "BA")
OUT_LATER = at(90, "Send external", "Message sent to b at 192.0.2.1")
OUR_SERVER = at(1, "Send", "Message sent to ex01 at 10.20.0.5 using TLS1.2")
OUR_PROXY = at(1, "Send", "Sent.", OutboundProxyTargetIPAddress="172.16.0.9")
FULL_THERE = at(2, "Fail", "550 5.2.2", IsSmtpResponseFromExternalServer="True")
LAST_TRIED = at(1, "Defer", "[LastAttemptedServerName=b.jp] [LastAttemptedIP=192.0.2.1:25]")
DLP_NOTE = at(2, "DLP rule", "DLP rule: 'Block cards', ID: ('3'), DLP policy: 'x'", "NU")

ROUTES: list[tuple[tuple[TraceEvent, ...], str, Cause]] = [
    # nothing told: the status alone
    ((), "delivered", Cause.DELIVERED),
    ((), "failed", Cause.OTHER),
    ((), "pending", Cause.IN_PROGRESS),
    ((), "filteredAsSpam", Cause.DELIVERED_JUNK),
    ((), "futureState", Cause.OTHER),
    ((RECEIVE, SUBMIT), "pending", Cause.IN_PROGRESS),
    # sent is accepted by the other side, and no more
    ((RECEIVE, SENT), "delivered", Cause.ACCEPTED_REMOTE),
    ((RECEIVE, SENT), "futureState", Cause.ACCEPTED_REMOTE),
    ((RECEIVE, SENT), "pending", Cause.IN_PROGRESS),
    ((RECEIVE, SENT), "failed", Cause.OTHER),
    ((TO_QUARANTINE, OUT_LATER), "delivered", Cause.ACCEPTED_REMOTE),
    ((at(1, "Send", "Message sent to b at 192.0.2.1"), DELIVER), "delivered", Cause.DELIVERED),
    ((at(9, "Send", "a copy"), DELIVER), "delivered", Cause.DELIVERED),
    ((RESOLVE, SENT), "delivered", Cause.ACCEPTED_REMOTE),
    # handed to servers of our own
    ((OUR_SERVER,), "delivered", Cause.HANDED_ON_PREMISES),
    ((at(1, "Send external", "Message sent to ex01 at fd00::5"),), "delivered", Cause.HANDED_ON_PREMISES),
    ((at(1, "Send", "Message sent.", ConnectorId="To On-Premises"),), "delivered", Cause.HANDED_ON_PREMISES),
    ((OUR_PROXY,), "delivered", Cause.HANDED_ON_PREMISES),
    ((at(1, "Send", "Message sent to x at :::::"),), "delivered", Cause.ACCEPTED_REMOTE),
    # waiting
    ((DEFER, at(90, "Defer", "Reason: [{LED=450 4.4.316 refused}]")), "pending", Cause.DELAYED),
    ((DEFER, at(90, "Deliver")), "delivered", Cause.DELIVERED),
    ((DEFER, at(90, "Send external")), "delivered", Cause.ACCEPTED_REMOTE),
    ((SENT, at(90, "Defer", "450 4.4.2")), "pending", Cause.DELAYED),
    ((SENT, at(90, "Defer", "450 4.4.2")), "delivered", Cause.ACCEPTED_REMOTE),
    ((DEFER,), "delivered", Cause.DELIVERED),
    ((DEFER,), "failed", Cause.UNREACHABLE),
    # contradictions: the status decides
    ((DELIVER, at(60, "Fail", "550 5.1.1")), "delivered", Cause.DELIVERED),
    ((DELIVER, at(60, "Fail", "550 5.1.1")), "failed", Cause.RECIPIENT_NOT_FOUND),
    ((FAIL, at(60, "Deliver")), "futureState", Cause.RECIPIENT_NOT_FOUND),
    ((DELIVER,), "failed", Cause.OTHER),
    ((DELIVER, at(9, "Drop", "a copy was dropped")), "futureState", Cause.DELIVERED),
    ((FAIL, at(6, "Drop", "dropped")), "failed", Cause.RECIPIENT_NOT_FOUND),
    # filters
    ((SPAM_Q,), "quarantined", Cause.QUARANTINED),
    ((SPAM_Q, DELIVER), "filteredAsSpam", Cause.QUARANTINED),
    ((SPAM_Q,), "filteredAsSpam", Cause.QUARANTINED),
    ((SPAM_Q, TO_INBOX), "delivered", Cause.DELIVERED),
    ((SPAM_J, DELIVER), "delivered", Cause.DELIVERED_JUNK),
    ((SPAM_J, TO_INBOX), "delivered", Cause.DELIVERED),
    ((SPAM_J,), "pending", Cause.IN_PROGRESS),
    ((SPAM_N, DELIVER), "delivered", Cause.DELIVERED),
    ((SPAM_N, DELIVER), "filteredAsSpam", Cause.DELIVERED_JUNK),
    ((SPAM_N, TO_JUNK), "delivered", Cause.DELIVERED_JUNK),
    ((TO_QUARANTINE,), "delivered", Cause.QUARANTINED),
    ((TO_QUARANTINE, at(900, "Deliver", "DefaultFolderType:Inbox")), "delivered", Cause.DELIVERED),
    ((SPAM_J, at(2, "Fail", "550 5.7.1 rejected as spam")), "filteredAsSpam", Cause.REJECTED_SPAM),
    ((MALWARE, TO_QUARANTINE), "quarantined", Cause.MALWARE),
    ((MALWARE,), "failed", Cause.MALWARE),
    ((MALWARE, at(3, "Fail", "550 5.7.1 bad")), "failed", Cause.MALWARE),
    ((MALWARE, at(3, "BadMail")), "failed", Cause.MALWARE),
    ((MALWARE, TO_INBOX), "delivered", Cause.DELIVERED),
    ((MALWARE, SENT), "delivered", Cause.ACCEPTED_REMOTE),
    # taken away later
    ((DELIVER, ZAP), "delivered", Cause.REMOVED_LATER),
    ((DELIVER, ZAP), "quarantined", Cause.REMOVED_LATER),
    ((DELIVER, ZAP_JUNK), "delivered", Cause.REMOVED_LATER),
    ((TO_INBOX, ZAP, at(7200, "Deliver", "DefaultFolderType:Inbox")), "delivered", Cause.DELIVERED),
    ((DELIVER,), "recalled", Cause.RECALLED),
    # groups and redirects
    ((EXPAND, EXPANDED), "expanded", Cause.EXPANDED),
    ((DEFER, EXPAND, EXPANDED), "expanded", Cause.EXPANDED),
    ((EXPAND, EXPANDED), "futureState", Cause.EXPANDED),
    ((EXPAND, DELIVER), "delivered", Cause.DELIVERED),
    ((EXPAND,), "pending", Cause.IN_PROGRESS),
    ((REDIRECT,), "delivered", Cause.REDIRECTED),
    ((REDIRECT, at(3, "Drop", "dropped")), "delivered", Cause.REDIRECTED),
    ((RESOLVE,), "gettingStatus", Cause.IN_PROGRESS),
    ((RESOLVE, DEFER), "pending", Cause.DELAYED),
    # moderation
    ((MODERATED,), "pending", Cause.AWAITING_APPROVAL),
    ((at(2, "Defer", "Waiting for the moderator's approval"),), "pending", Cause.AWAITING_APPROVAL),
    ((MODERATED, at(3, "Drop", "dropped")), "pending", Cause.AWAITING_APPROVAL),
    ((MODERATED, DELIVER), "delivered", Cause.DELIVERED),
    # rules and policies
    ((REJECT, at(2, "Fail", "550 5.7.1 a text of our own")), "failed", Cause.BLOCKED_RULE),
    ((COPY, at(2, "Fail", "550 5.7.1 refused")), "failed", Cause.BLOCKED_POLICY),
    ((REJECT, at(2, "Fail", REMOTE_FAIL.format("550 5.7.1 refused"))), "failed", Cause.REJECTED_REMOTE),
    ((COPY, at(2, "Drop", "dropped")), "failed", Cause.DROPPED),
    ((REJECT, at(2, "Drop", "dropped")), "failed", Cause.BLOCKED_RULE),
    ((at(2, "Transport rule", "", "Quarantine"), at(2, "Drop")), "failed", Cause.QUARANTINED_BY_RULE),
    ((at(2, "Drop", "dropped", SourceContext="DLP Policy Agent"),), "failed", Cause.BLOCKED_DLP),
    ((at(2, "Fail", "451 4.7.0 try later"),), "failed", Cause.EXPIRED),
    ((at(2, "Fail", "250 2.1.5 odd"),), "failed", Cause.OTHER),
    ((at(2, "Fail", "[{LED=550 5.1.10 RESOLVER.ADR.x};{FQDN=a}]"),), "failed", Cause.RECIPIENT_NOT_FOUND),
    ((at(2, "Drop", "[{LED=550 5.7.1 TRANSPORT.RULES.DeleteMessage}]"),), "failed", Cause.DELETED_BY_RULE),
    ((DLP, at(2, "Fail", "550 5.7.171 refused")), "failed", Cause.BLOCKED_DLP),
    ((DLP_NOTE, at(2, "Fail", "550 5.7.171 refused")), "failed", Cause.BLOCKED_DLP),
    ((DLP_NOTE, at(2, "Fail", "550 5.1.1 unknown")), "failed", Cause.RECIPIENT_NOT_FOUND),
    ((at(2, "Fail", "550 5.7.171 refused"),), "failed", Cause.BLOCKED_POLICY),
    ((at(2, "Fail", "550 5.7.1 RESOLVER.RST.NotAuthorized; no"),), "failed", Cause.SENDER_NOT_ALLOWED),
    # the other side's words
    ((at(2, "Fail", REMOTE_FAIL.format("550 User unknown")),), "failed", Cause.RECIPIENT_NOT_FOUND_REMOTE),
    ((at(2, "Fail", REMOTE_FAIL.format("550 5.7.1 Blocked")),), "failed", Cause.REJECTED_REMOTE),
    (
        (at(2, "Fail", REMOTE_FAIL.format("550 5.0.350 Remote server returned an error -> 550 5.1.1 x")),),
        *("failed", Cause.RECIPIENT_NOT_FOUND_REMOTE),
    ),
    ((FULL_THERE,), "failed", Cause.MAILBOX_FULL_REMOTE),
    (
        (at(2, "Fail", REMOTE_FAIL.format("550 5.2.2 full"), IsSmtpResponseFromExternalServer="False"),),
        *("failed", Cause.MAILBOX_FULL),
    ),
]


@pytest.mark.parametrize(("events", "status", "cause"), ROUTES)
def test_route(events: tuple[TraceEvent, ...], status: str, cause: Cause) -> None:
    """Where events contradict each other or the status, the more careful word is told; in any order."""
    assert explain(events, status).cause is cause
    assert explain(events[::-1], status).cause is cause


def test_deliver_stays_in_the_timeline() -> None:
    """A mail that was removed later was delivered before: the timeline shows both, in order."""
    outcome = explain([ZAP, DELIVER], "quarantined")

    assert [step.event for step in outcome.timeline] == ["Deliver", "Zero-hour auto purge"]


def test_same_second() -> None:
    """Events of one second stand in the order of cause and effect, a fraction of it notwithstanding."""
    events = [at(0.9, "Submit"), at(0.2, "Fail", "550 5.7.171"), at(0.5, "DLP rule"), at(0.7, "Receive")]

    assert [step.event for step in explain(events, "failed").timeline] == [
        *("Receive", "Submit", "DLP rule", "Fail")
    ]


@pytest.mark.parametrize(
    ("event", "server", "ip"),
    [
        (DEFER, "mx.b.jp", "192.0.2.1"),
        (LAST_TRIED, "b.jp", "192.0.2.1"),
        (at(1, "Defer", "[LastAttemptedIP=2001:db8::53:25]"), "", "2001:db8::53"),
        (at(1, "Defer", "[{FQDN=b.jp};{IP=2001:db8::53}]"), "b.jp", "2001:db8::53"),
        (at(1, "Defer", "[{FQDN=b.jp};{IP=2001:db8::5"), "b.jp", "2001:db8::5"),
        (SENT, "mx.b.jp", "192.0.2.1"),
        (at(1, "Send external", "Sent", RcptDomainMailSvr="b.jp"), "b.jp", ""),
        (at(1, "Fail", "550 5.1.10"), "", ""),
    ],
)
def test_remote(event: TraceEvent, server: str, ip: str) -> None:
    """The other side's server is found in each shape, IPv6 and cut texts too."""
    outcome = explain([event], "pending")

    assert (outcome.basis.remote_server, outcome.basis.remote_ip) == (server, ip)


def test_remote_from_the_way_there() -> None:
    """A refusal from outside that names no server came from where the mail was sent."""
    refused = at(5, "Fail", "550 5.1.1 unknown", IsSmtpResponseFromExternalServer="True")

    assert explain([SENT, refused], "failed").basis.remote_server == "mx.b.jp"
    assert explain([refused], "failed").basis.remote_server == ""


def test_rules() -> None:
    """Each rule is named once; one without the measured shape by the start of its text."""
    odd = at(2, "Transport rule", "x" * 500)

    outcome = explain([REJECT, odd, COPY, REJECT], "delivered")
    assert set(outcome.rules) == {Rule("Don't", "1"), Rule("Copy", "2"), Rule("", "x" * 100)}
    assert len(outcome.rules) == 3


def test_reason_once() -> None:
    """A reason that stands in the description and in the data is told once."""
    led = "Reason: [{LED=550 5.1.10 no}]"
    twice = explain([at(1, "Fail", led, RecipientStatus="[{LED=550 5.1.10 no}]")], "failed")
    only_data = explain([at(1, "Fail", "", RecipientStatus="[{LED=550 5.1.10 no}]")], "failed")

    assert twice.basis.reason == led
    assert only_data.basis.code == "5.1.10"


def test_component() -> None:
    """What decided is told as the service names it."""
    outcome: Outcome = explain([at(1, "Fail", "550 5.7.171", SourceContext="DLP Policy Agent")], "failed")

    assert (outcome.cause, outcome.basis.component) == (Cause.BLOCKED_DLP, "DLP Policy Agent")
