"""Kinds of real mail that are easily misread: delays, encodings, lost line breaks, headers, sides."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from quopri import encodestring

import pytest

from tests.samples.bounces import UNKNOWN, exchange
from tracing.causes import Cause, Certainty, Ending, Side
from tracing.certificates import TlsFault
from tracing.explain import explain
from tracing.hops import read_journey
from tracing.judgements import Judged
from tracing.model import TraceEvent
from tracing.ndr import Bounce, is_bounce, read_bounce

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
DOMAINS = ("contoso.co.jp",)
SATO = "sato@partner.com"
RULE = "550 5.7.1 TRANSPORT.RULES.RejectMessage; x"
FULL = "552 5.2.2 mailbox full"
DELAY = (
    f"Delivery is delayed to these recipients or groups:\n\n{SATO}\n\nSubject: Quote\n\n"
    "This message hasn't been delivered yet. Delivery will continue to be attempted.\n\n"
    "The server will keep trying to deliver this message for the next 1 days, 19 hours and 57 minutes.\n\n"
    f"Diagnostic information for administrators:\n\nGenerating server: x\n\n{SATO}\n"
    "Remote Server returned '400 4.4.7 Message delayed'\n"
)


def read(text: str) -> Bounce:
    found = read_bounce(text, DOMAINS)
    assert found is not None
    return found


# --- delayed, given up, by design --------------------------------------------------------------------


def test_notice_of_delay() -> None:
    """A notice of delay is no end, whatever its code; how long it is tried is told."""
    notice = read(DELAY)

    assert (notice.cause, notice.ending) == (Cause.DELAYED, Ending.WAITING)
    assert notice.retry_for == timedelta(days=1, hours=19, minutes=57)
    assert read(f"Date: Thu, 15 Oct 2026 03:00:00 +0000\n\n{DELAY}").retry_until == NOW + timedelta(
        days=1, hours=19, minutes=57
    )


def test_delay_by_its_fields() -> None:
    """What the fields say of retrying goes before the words, and names the last attempt."""
    notice = read(
        f"Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; {SATO}\nAction: delayed\nStatus: 4.4.1\n"
        "Diagnostic-Code: smtp; 451 4.4.1 connection timed out\nWill-Retry-Until: Fri, "
        "16 Oct 2026 03:00:00 +0000\n"
    )

    assert (notice.cause, notice.why) == (Cause.DELAYED, Cause.UNREACHABLE)
    assert notice.retry_until == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("diagnostic", "cause"),
    [
        ("451 4.3.0 queue file write error", Cause.EXPIRED),
        ("452 4.2.2 mailbox full", Cause.MAILBOX_FULL_REMOTE),
        ("451 4.7.1 Greylisted", Cause.EXPIRED),
    ],
)
def test_given_up_with_a_passing_code(diagnostic: str, cause: Cause) -> None:
    """What failed for good is told by its cause, though its code is one of those that are tried again."""
    status = diagnostic.split()[1]
    report = read(
        f"Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; {SATO}\nAction: "
        f"failed\nStatus: {status}\n"
        f"Diagnostic-Code: smtp; {diagnostic}\n"
    )

    assert (report.cause, report.ending) == (cause, Ending.GAVE_UP)


def test_certificate_while_it_waits() -> None:
    """A pending row with a fault of the certificate says so, and which."""
    led = "[{LED=450 4.7.320 Certificate validation failed [Message=SubjectMismatch]};{FQDN=mx.b.example}]"
    outcome = explain([TraceEvent(NOW, "Defer", "", led, "")], "pending")

    assert (outcome.cause, outcome.basis.tls) == (Cause.TLS_PROBLEM, TlsFault.MISMATCH)
    assert (outcome.ending, outcome.side) == (Ending.WAITING, Side.THEIRS)


def test_certificate_of_our_own_server() -> None:
    """A server in our own network is ours to mend."""
    led = "Reason: [{LED=450 4.7.320 Certificate validation failed};{FQDN=ex.contoso.co.jp};{IP=10.0.0.5}]"

    assert explain([TraceEvent(NOW, "Defer", "", led, "")], "pending").side is Side.OURS


def test_what_held_it_up() -> None:
    """Of what expired it is told what it waited for."""
    deferred = TraceEvent(NOW, "Defer", "", "[{LED=450 4.4.317 Cannot connect};{FQDN=mx.b.example}]", "")
    failed = TraceEvent(NOW + timedelta(days=1), "Fail", "", "[{LED=550 4.4.7 QUEUE.Expired; expired}]", "")
    outcome = explain([deferred, failed], "failed")

    assert (outcome.cause, outcome.why) == (Cause.EXPIRED, Cause.UNREACHABLE)


def test_forwarded() -> None:
    """A forwarding without a copy is no failure, and names where it went as a Redirect tells."""
    drop = TraceEvent(NOW, "Drop", "", "[{LED=250 2.1.5 RESOLVER.FWD.Forwarded; recipient forwarded}]", "")
    turn = TraceEvent(NOW, "Redirect", "", "The message was redirected from a@x.jp to b@y.jp.", "")
    outcome = explain([turn, drop], "failed")

    assert (outcome.cause, outcome.ending) == (Cause.FORWARDED_WITHOUT_COPY, Ending.BY_DESIGN)
    assert outcome.basis.forwarded_to == "b@y.jp"


def test_braces_within() -> None:
    """Braces within a reply do not end it."""
    led = "Reason: [{LED=550 5.7.1 {2b0c41d2-77a1} message blocked as spam};{MSG=};{FQDN=};{IP=};{LRT=}]"
    outcome = explain([TraceEvent(NOW, "Fail", "", led, "")], "failed")

    assert (outcome.cause, outcome.basis.code) == (Cause.REJECTED_SPAM, "5.7.1")


# --- whose side, and how sure ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "reply", "server", "cause", "side"),
    [
        (SATO, FULL, "mx.partner.com", Cause.MAILBOX_FULL_REMOTE, Side.THEIRS),
        ("ito@contoso.co.jp", FULL, "", Cause.MAILBOX_FULL, Side.OURS),
        (SATO, RULE, "", Cause.BLOCKED_RULE, Side.OURS),
        (SATO, RULE, "mx.partner.com", Cause.REJECTED_REMOTE, Side.THEIRS),
        (SATO, "550 5.7.520 Access denied", "", Cause.FORWARDING_BLOCKED, Side.OURS),
        (SATO, UNKNOWN, "", Cause.RECIPIENT_NOT_FOUND_REMOTE, Side.THEIRS),
        (SATO, "550 5.7.26 DMARC fails", "mx.google.com", Cause.SENDER_AUTHENTICATION, Side.OURS),
    ],
)
def test_side(to: str, reply: str, server: str, cause: Cause, side: Side) -> None:
    """A report of Exchange that names no other server tells of ours, unless the recipient is not."""
    report = read(exchange("Delivery has failed to these recipients or groups:", reply, to, server=server))

    assert (report.cause, report.side) == (cause, side)


@pytest.mark.parametrize(
    "text", ["550 5.7.1", "エラー 550 5.7.1 の意味は?", "what does 5.7.1 mean?", "5.7.1とは"]
)
def test_code_in_a_question(text: str) -> None:
    """The words of a question say nothing of the code that it is about."""
    found = read(text)

    assert (found.cause, found.code, found.certainty) == (Cause.BLOCKED_POLICY, "5.7.1", Certainty.UNKNOWN)


def test_unknown_code() -> None:
    """Of a code of security that nobody lists nothing is guessed."""
    found = read("550 5.7.99 denied")

    assert (found.cause, found.certainty) == (Cause.OTHER, Certainty.UNKNOWN)


def test_words_of_the_header() -> None:
    """Fields of the report's own header are nobody's words."""
    report = read(
        "From: MAILER-DAEMON@relay.example\nX-Virus-Scanned: amavisd-new\nX-Spam-Flag: "
        "NO\nSubject: Undelivered\n\n"
        f"Your message could not be delivered to\n\n{SATO}\n"
    )

    assert (report.cause, report.certainty) == (Cause.REJECTED_REMOTE, Certainty.UNKNOWN)


# --- how it was pasted -------------------------------------------------------------------------------

JAPANESE = f"次の宛先に配信できませんでした。\n\n{SATO}\n\nメールボックスの容量を超えています。\n"
HTML = (
    "<html><head><style>p { color: red }</style></head><body><p>Your message to "
    f"<b>{SATO}</b> couldn't be delivered.</p><div>Remote Server returned '{FULL}'</div></body></html>"
)


def source(body: str, charset: str, transfer: str, kind: str = "plain") -> str:
    return (
        "From: MAILER-DAEMON@relay.example\nTo: tanaka@contoso.co.jp\nSubject: failure "
        "notice\nMIME-Version: 1.0\n"
        f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {transfer}\n\n{body}\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        JAPANESE,
        source(encodestring(JAPANESE.encode()).decode(), "utf-8", "quoted-printable"),
        source(b64encode(JAPANESE.encode("cp932")).decode(), "shift_jis", "base64"),
        source(b64encode(JAPANESE.encode("euc_jp")).decode(), "euc-jp", "base64"),
        source(JAPANESE.encode("iso2022_jp").decode("ascii"), "iso-2022-jp", "7bit"),
        source(JAPANESE.encode("iso2022_jp").decode("ascii").replace("\x1b", ""), "iso-2022-jp", "7bit"),
        source(JAPANESE.encode().decode("latin-1"), "utf-8", "8bit"),
        source(JAPANESE.encode("cp932").decode("latin-1"), "shift_jis", "8bit"),
        source(HTML, "utf-8", "7bit", "html"),
        encodestring(HTML.encode()).decode(),
        HTML,
    ],
    ids=range(11),
)
def test_encodings(text: str) -> None:
    """However a report is encoded, or wrongly decoded, it is read."""
    report = read(text)

    assert (report.cause, report.recipients) == (Cause.MAILBOX_FULL_REMOTE, (SATO,))


@pytest.mark.parametrize("glue", ["", " "])
def test_lost_line_breaks(glue: str) -> None:
    """Text whose line breaks are gone has its reply, its recipient and its mail."""
    text = exchange(
        "Delivery has failed to these recipients or groups:\nsuzuki@contoso.co.jp\nThe "
        "email address you entered",
        UNKNOWN,
        "suzuki@contoso.co.jp",
    )
    report = read(glue.join(line.strip() for line in text.splitlines()))

    assert (report.code, report.recipients) == ("5.1.10", ("suzuki@contoso.co.jp",))
    assert report.message_id == "<A1B2C3@contoso.co.jp>"


def test_reply_on_the_next_line() -> None:
    """Exim tells the reply on the line behind the words that announce it."""
    report = read(
        "A message that you sent could not be delivered to one or more of its recipients.\n\n"
        f"  {SATO}\n    SMTP error from remote mail server after end of data:\n    550 "
        "High probability of spam\n"
    )

    assert (report.cause, report.reply) == (Cause.REJECTED_SPAM, "550 High probability of spam")


def test_newer_report() -> None:
    """The newer report of Exchange tells its mail in a table, without a Message-ID."""
    report = read(
        f"Your message to {SATO} couldn't be delivered.\n\nMore Info for Email "
        "Admins\nStatus code: 550 5.7.1\n\n"
        "Original Message Details\nCreated Date:\t10/14/2026 1:53:07 AM\nSender "
        "Address:\ttanaka@contoso.co.jp\n"
        f"Recipient Address:\t{SATO}\nSubject:\tQuote\n\nError Details\nError:\t550 5.7.1 "
        "DMARC failure, policy reject\n"
        "Message rejected by: mx0a-1.pphosted.com\n"
    )

    assert (report.cause, report.remote_server) == (Cause.SENDER_AUTHENTICATION, "mx0a-1.pphosted.com")
    assert (report.sender, report.subject) == ("tanaka@contoso.co.jp", "Quote")
    assert report.sent_at == datetime(2026, 10, 14, 1, 53, 7, tzinfo=UTC)


def test_passed_on() -> None:
    """A report that somebody passed on stands behind a title of its own."""
    text = exchange("Delivery has failed to these recipients or groups:", UNKNOWN, "ito@contoso.co.jp")
    report = read(f"Fwd: 配信不能\n\n-----Original Message-----\nFrom: postmaster@contoso.co.jp\n\n{text}")

    assert (report.code, report.recipients) == ("5.1.10", ("ito@contoso.co.jp",))
    assert is_bounce(text)


# --- headers -----------------------------------------------------------------------------------------


def judged(*fields: str) -> tuple[Judged | None, dict[str, str]]:
    journey = read_journey("\n".join((*fields, "From: a@hoge.com", "Message-ID: <x@hoge.com>")))
    assert journey is not None
    return journey.judgement.judged, dict(journey.judgement.authentication)


def test_results_within_comments() -> None:
    """What a comment tells is another's result, and what stands below the field on top came with the mail."""
    _, results = judged(
        "Authentication-Results: spf=softfail (x) smtp.mailfrom=a; arc=pass (i=1 "
        "spf=pass dkim=pass dmarc=pass (p=none));"
        " dkim=none; dmarc=fail (p=REJECT sp=none) header.from=hoge.com",
        "Authentication-Results: spf=pass; dmarc=pass",
        "ARC-Authentication-Results: i=1; mx.example; spf=pass; dkim=pass; dmarc=pass",
    )

    assert results == {"spf": "softfail", "dkim": "none", "dmarc": "fail"}


@pytest.mark.parametrize(
    ("signatures", "result"),
    [
        ("dkim=fail header.d=hoge.com; dkim=pass header.d=mail.hoge.com", "pass"),
        ("dkim=pass header.d=sender.example; dkim=fail header.d=hoge.com", "fail"),
        ("dkim=pass header.d=sender.example; dkim=none header.d=other.example", "pass"),
        ("dkim=fail header.d=hoge.com", "fail"),
    ],
)
def test_several_signatures(signatures: str, result: str) -> None:
    """Of several signatures an aligned one that passes decides, else the aligned one."""
    assert judged(f"Authentication-Results: {signatures}; spf=none")[1]["dkim"] == result


@pytest.mark.parametrize(
    ("report", "verdict"),
    [
        ("SCL:5;SFV:SPM;CAT:SPM;", Judged.SPAM),
        ("SCL:9;SFV:SPM;CAT:HSPM;", Judged.HIGH_SPAM),
        ("SCL:9;SFV:SPM;CAT:NONE;", Judged.HIGH_SPAM),
        ("SCL:8;SFV:SPM;CAT:HPHISH;", Judged.PHISH),
        ("SCL:5;SFV:SPM;CAT:SPOOF;", Judged.SPOOF),
        ("SCL:5;SFV:SPM;CAT:UIMP;", Judged.IMPERSONATION),
        ("SCL:6;SFV:SPM;CAT:BULK;", Judged.BULK),
        ("SCL:-1;SFV:SKA;CAT:NONE;", Judged.ALLOWED),
        ("SCL:-1;SFV:SKN;CAT:PHSH;", Judged.ALLOWED),
        ("SCL:9;SFV:SKB;CAT:SPM;", Judged.BLOCKED),
        ("SCL:5;SFV:SKS;CAT:NONE;", Judged.MARKED_SPAM),
        ("SCL:1;SFV:NSPM;CAT:NONE;", Judged.CLEAN),
        ("SCL:-1;SFV:SKQ;CAT:NONE;", Judged.RELEASED),
        ("SCL:1;SFV:XYZ;", Judged.CLEAN),
    ],
)
def test_verdict(report: str, verdict: Judged) -> None:
    """SCL, SFV and CAT add up to one verdict; an allow list goes before what the filter would have said."""
    assert judged(f"X-Forefront-Antispam-Report: CIP:192.0.2.1;{report}PTR:mx.example;")[0] is verdict


@pytest.mark.parametrize("fold", ["\n ", "\n\t", "\n", " "])
def test_folded_report(fold: str) -> None:
    """The filter's report begins on a line of its own that looks like a field; it is read all the same."""
    assert judged(f"X-Forefront-Antispam-Report:{fold}CIP:192.0.2.1;CTRY:JP;SCL:5;SFV:SPM;CAT:SPOOF;")[0] is (
        Judged.SPOOF
    )


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ("spf=pass; dkim=none; dmarc=fail", Judged.UNAUTHENTICATED),
        ("spf=fail; dkim=fail; dmarc=pass", Judged.AUTHENTICATED),
        ("spf=softfail", Judged.UNAUTHENTICATED),
        ("spf=fail; dkim=pass", Judged.AUTHENTICATED),
        ("spf=none", None),
    ],
)
def test_verdict_without_a_filter(results: str, verdict: Judged | None) -> None:
    """Where no filter's verdict is told, DMARC says whether the sender is genuine, else SPF and DKIM do."""
    assert judged(f"Authentication-Results: {results}")[0] is verdict
