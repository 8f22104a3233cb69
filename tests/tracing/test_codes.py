"""What codes and replies stand for: by vendor, by Exchange's own parts, and by their words."""

import pytest

from tracing.causes import AT_THE_REMOTE, BY_DESIGN, SUCCESSES, WAITING, Cause, Certainty
from tracing.certificates import TlsFault
from tracing.codes import LISTED, cause_of_class, find_code, subject_of
from tracing.exchange_codes import EXCHANGE
from tracing.replies import code_of, read_reply
from tracing.vendors import Vendor, has_component, vendor_of

CODES = {
    Cause.RECIPIENT_NOT_FOUND: "5.1.1 5.1.10 5.2.1 5.5.0 5.7.504 5.7.505",
    Cause.RECIPIENT_NOT_FOUND_REMOTE: "5.1.351",
    Cause.SENDING_LIMIT: "5.1.90 5.7.232 5.7.233 5.7.236 5.7.508 5.7.705",
    Cause.RECIPIENT_LIMIT: "4.3.2 5.2.121 5.2.122",
    Cause.TOO_MANY_RECIPIENTS: "4.5.3 5.5.3",
    Cause.MAILBOX_FULL: "5.2.2",
    Cause.SIZE_OR_FORMAT: "5.1.20 5.2.3 5.3.4 5.6.11 5.7.512",
    Cause.ROUTING_LOOP: "5.4.6 5.4.7 5.4.14 5.4.20",
    Cause.DELAYED: "4.7.0",
    Cause.SEND_AS_DENIED: "5.7.60",
    Cause.FORWARDING_BLOCKED: "5.7.520",
    Cause.DIRECT_SEND_REFUSED: "5.7.68",
    Cause.SIGN_IN_REFUSED: "5.7.139 5.7.30",
    Cause.SENDER_AUTHENTICATION: "4.7.26 5.7.23 5.7.25 5.7.26 5.7.509 5.7.514 5.7.515",
    Cause.TLS_PROBLEM: (
        "4.4.8 4.7.320 4.7.321 4.7.322 4.7.323 4.7.324 4.7.325 5.7.321 5.7.322 5.7.323 5.7.324 5.7.325"
    ),
    Cause.SENDER_NOT_ALLOWED: "5.7.12 5.7.13 5.7.124 5.7.133 5.7.134 5.7.135 5.7.136 5.7.193",
    Cause.BLOCKED_TENANT_LIST: "5.7.703",
    Cause.BLOCKED_POLICY: "5.3.190 5.7.1 5.7.171 5.7.227",
    Cause.RELAY_DENIED: "5.4.1 5.7.57 5.7.64 5.7.367",
    Cause.SENDER_BLOCKED: (
        "4.7.500 4.7.699 4.7.850 4.7.899 5.1.0 5.1.8 5.7.501 5.7.502 5.7.503 5.7.506 5.7.511 5.7.513 "
        "5.7.606 5.7.649 5.7.700 5.7.708 5.7.750 5.7.800"
    ),
    Cause.BLOCKED_RULE: "5.7.900 5.7.999",
    Cause.EXPIRED: "4.4.7 5.4.300 5.4.316",
    Cause.UNREACHABLE: "4.4.2 4.4.316 4.4.317 5.4.4 5.4.310 5.4.312",
    Cause.REJECTED_REMOTE: "5.0.350 5.7.507 5.7.510",
}
"""Source: https://learn.microsoft.com/exchange/mail-flow-best-practices/non-delivery-reports-in-exchange-online"""


@pytest.mark.parametrize(("cause", "codes"), CODES.items())
def test_exchange(cause: Cause, codes: str) -> None:
    """Every code that Exchange Online documents stands for one cause, wherever it stands in the table."""
    found = {code: find_code(code) for code in codes.split()}

    assert {code: entry.cause if entry else None for code, entry in found.items()} == dict.fromkeys(
        codes.split(), cause
    )


@pytest.mark.parametrize("code", ["", "5", "5.7", "5.99.999", "2.0.0", "5.1.1.1", "15.1.1", "5.1.1 "])
def test_no_code(code: str) -> None:
    """A code that nobody documented, or that is none, stands for nothing."""
    assert find_code(code) is None


def test_kinds() -> None:
    """A cause is a success, a wait or a failure, never two; the other side's causes are failures."""
    assert not (SUCCESSES | BY_DESIGN) & WAITING
    assert not set(AT_THE_REMOTE.values()) & (SUCCESSES | WAITING | BY_DESIGN)


@pytest.mark.parametrize(
    ("code", "entry"),
    [
        ("5.7.703", "5.7.703"),
        ("5.7.704", "5.7.700-750"),
        ("5.7.606", "5.7.606-649"),
        ("5.7.649", "5.7.606-649"),
        ("4.7.500", "4.7.500-699"),
        ("4.7.899", "4.7.850-899"),
        ("5.4.14", "5.4.14"),
        ("5.4.20", "5.4.7-20"),
        ("5.7.900", "5.7.900-999"),
    ],
)
def test_ranges(code: str, entry: str) -> None:
    """Both ends of a range lie in it, and a code of its own goes before a range."""
    found = find_code(code)

    assert found is not None
    assert found.codes == entry


@pytest.mark.parametrize("code", ["5.7.605", "5.7.650", "4.7.700", "5.4.21", "5.7.751", "5.7.1000"])
def test_outside_ranges(code: str) -> None:
    """What lies beside a range is not listed."""
    assert find_code(code) is None


def test_listed_once() -> None:
    """No vendor lists a code twice, and only Exchange's have a page of Microsoft's."""
    for entries in LISTED.values():
        assert len({entry.codes for entry in entries}) == len(entries)
    assert all(entry.page == "" or entry.page.startswith("fix-error-code-") for entry in EXCHANGE)


@pytest.mark.parametrize(
    ("code", "cause", "subject"),
    [
        ("5.1.99", Cause.RECIPIENT_NOT_FOUND, "1"),
        ("5.2.99", None, "2"),
        ("5.4.99", Cause.UNREACHABLE, "4"),
        ("5.6.99", Cause.SIZE_OR_FORMAT, "6"),
        ("5.7.99", None, "7"),
        ("4.1.99", Cause.DELAYED, "1"),
        ("2.6.0", Cause.ACCEPTED_REMOTE, "6"),
        ("5.8.1", None, ""),
        ("5.99.1", None, ""),
        ("550", None, ""),
        ("", None, ""),
    ],
)
def test_class_and_subject(code: str, cause: Cause | None, subject: str) -> None:
    """An unlisted code is read by class and subject; of security (7) that tells nothing."""
    assert (cause_of_class(code), subject_of(code)) == (cause, subject)


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("550 5.1.1 x", "5.1.1"),
        ("550-5.1.1 x", "5.1.1"),
        ("550 5.0.350 Remote -> 550 5.2.2 full", "5.2.2"),
        ("550 5.0.350 Remote server returned an error", "5.0.350"),
        ("554 Transaction failed", "554"),
        ("said: 421", "421"),
        ("at 550 10:00", ""),
        ("192.0.2.1 5.1.1.1 v5.1.1x", ""),
        ("(#5.1.1)", "5.1.1"),
        ("エラー5.7.520とは", "5.7.520"),
        ("", ""),
    ],
)
def test_code_of(reply: str, code: str) -> None:
    """The code that says most is found; an address, a version or a time is none."""
    assert code_of(reply) == code


@pytest.mark.parametrize(
    ("reply", "server", "vendor"),
    [
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; x", "mx.b.example", Vendor.EXCHANGE),
        ("550 5.2.1 x", "aspmx.l.google.com", Vendor.GMAIL),
        ("550 5.2.1 x gsmtp", "", Vendor.GMAIL),
        ("550 5.5.0 x", "mx1.hotmail.com", Vendor.OUTLOOK_COM),
        ("550 5.5.0 x", "eur.olc.protection.outlook.com", Vendor.OUTLOOK_COM),
        ("550 5.7.1 x", "contoso-com.mail.protection.outlook.com", Vendor.EXCHANGE),
        ("554 x", "mta7.am0.yahoodns.net", Vendor.YAHOO),
        ("550 5.1.1 x", "mx01.mail.icloud.com", Vendor.ICLOUD),
        ("550 Unknown user", "mfsmax.docomo.ne.jp", Vendor.DOCOMO),
        ("550 x", "msmx.au.com", Vendor.AU),
        ("550 x", "mx.softbank.ne.jp", Vendor.SOFTBANK),
        ("550 x", "mx0a-1.pphosted.com", Vendor.PROOFPOINT),
        ("550 x", "eu-smtp-inbound-1.mimecast.com", Vendor.MIMECAST),
        ("550 x", "d1.a.ess.barracudanetworks.com", Vendor.BARRACUDA),
        ("550 #5.1.0 Address rejected.", "mx.b.example", Vendor.IRONPORT),
        (
            "550 5.1.1 <a@b.example>: Recipient address rejected: User unknown in local table",
            "",
            Vendor.POSTFIX,
        ),
        ("550 Unrouteable address", "", Vendor.EXIM),
        ("550 5.7.1 x", "notgoogle.com.example", Vendor.STANDARD),
        ("550 5.1.351 x", "mx.b.example", Vendor.EXCHANGE),
    ],
)
def test_vendor(reply: str, server: str, vendor: Vendor) -> None:
    """Whose reply it is, is told by Exchange's own parts, the server's name, or marks in the reply."""
    assert vendor_of(reply, server) is vendor


@pytest.mark.parametrize(
    ("reply", "server", "cause"),
    [
        (
            "550 5.2.1 The user you are trying to contact is receiving mail at a rate that",
            "a.google.com",
            Cause.RECIPIENT_LIMIT,
        ),
        (
            "550 5.2.1 The email account that you tried to reach is disabled",
            "a.google.com",
            Cause.RECIPIENT_NOT_FOUND_REMOTE,
        ),
        ("550 5.7.520 see our web page", "mx.b.example", None),
        ("550 5.7.703 go away", "mx.b.example", None),
        ("550 5.7.99 go away", "mx.b.example", None),
        ("550 5.4.5 Daily user sending limit", "a.google.com", Cause.SENDING_LIMIT),
        ("550 5.7.515 x", "mx1.hotmail.com", Cause.SENDER_AUTHENTICATION),
    ],
)
def test_by_vendor(reply: str, server: str, cause: Cause | None) -> None:
    """A code means what its own vendor says: Exchange's list tells nothing of another's codes."""
    assert read_reply(reply, remote=True, server=server).cause is cause


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ("250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded", Cause.EXPANDED),
        ("250 2.1.5 RESOLVER.FWD.Forwarded; recipient forwarded", Cause.FORWARDED_WITHOUT_COPY),
        ("250 2.1.5 RESOLVER.CON.Chained; contact forwarded", Cause.FORWARDED_WITHOUT_COPY),
        ("250 2.1.5 RESOLVER.OOF.IntToExt; handled internal OOF", Cause.AUTO_REPLY_SUPPRESSED),
        ("250 2.1.5 RESOLVER.MSGTYPE.AF; handled AutoForward", Cause.AUTO_FORWARD_STOPPED),
        ("250 2.1.5 RESOLVER.MSGTYPE.DR; handled DR", Cause.NOTICE_SUPPRESSED),
        ("250 2.1.5 RESOLVER.MER.Suppressed; suppressed", Cause.NOTICE_SUPPRESSED),
        ("250 2.1.5 RESOLVER.RST.RecipientDiscarded; discarded", Cause.DISCARDED_BY_LIMIT),
        ("250 2.1.5 Resolver.MT.StartModeration; moderated", Cause.AWAITING_APPROVAL),
        ("250 2.1.5 RESOLVER.RST.AnotherLimit; discarded", Cause.DISCARDED_BY_LIMIT),
        ("250 2.1.5 RESOLVER.CON.Another; forwarded", Cause.FORWARDED_WITHOUT_COPY),
        ("250 2.1.5 RESOLVER.GRP.Another; x", Cause.NOTICE_SUPPRESSED),
        ("250 2.1.5 CAT.DuplicateRecipient; already present", Cause.DUPLICATE),
        (
            "554 5.2.2 mailbox full; STOREDRV.Deliver.Exception:QuotaExceededException.Quota",
            Cause.MAILBOX_FULL,
        ),
        ("550 5.2.2 STOREDRV.Submit; SubmissionQuotaExceededException", Cause.SENDING_LIMIT),
        ("5.2.2 Submission quota exceeded", Cause.SENDING_LIMIT),
        ("550 5.7.1 RESOLVER.RST.AuthRequired; authentication required", Cause.SENDER_NOT_ALLOWED),
        ("550 5.4.6 RESOLVER.FWD.Loop; a loop", Cause.ROUTING_LOOP),
        ("550 5.5.3 RESOLVER.ADR.RecipLimit; too many recipients", Cause.TOO_MANY_RECIPIENTS),
        ("550 5.7.68 TenantInboundAttribution; Direct Send not allowed", Cause.DIRECT_SEND_REFUSED),
        ("554 5.4.4 SMTPSEND.DNS.NonExistentDomain; nonexistent domain", Cause.UNREACHABLE),
    ],
)
def test_components(reply: str, cause: Cause) -> None:
    """What a part of Exchange says goes before the code that it says it with, and is certain."""
    read = read_reply(reply, remote=False)

    assert read.cause is cause
    assert read.certainty is (
        Certainty.CERTAIN if has_component(reply) or "Tenant" in reply else read.certainty
    )


@pytest.mark.parametrize(
    ("reply", "here", "there"),
    [
        ("550 mailbox is full", Cause.MAILBOX_FULL, Cause.MAILBOX_FULL_REMOTE),
        ("552 over quota", Cause.MAILBOX_FULL, Cause.MAILBOX_FULL_REMOTE),
        ("550 5.5.0 unknown user", Cause.RECIPIENT_NOT_FOUND, Cause.RECIPIENT_NOT_FOUND_REMOTE),
        ("550 5.7.1 virus found", Cause.MALWARE, Cause.MALWARE),
        ("550 5.7.1 DMARC", Cause.SENDER_AUTHENTICATION, Cause.SENDER_AUTHENTICATION),
        ("550 5.7.1 {2b0c} message blocked as spam", Cause.REJECTED_SPAM, Cause.REJECTED_SPAM),
        ("550 Message size exceeds fixed limit", Cause.SIZE_OR_FORMAT, Cause.SIZE_OR_FORMAT),
        ("554 too many hops", Cause.ROUTING_LOOP, Cause.ROUTING_LOOP),
        ("554 TLS required", Cause.TLS_PROBLEM, Cause.TLS_PROBLEM),
        ("554 Host not found", Cause.UNREACHABLE, Cause.UNREACHABLE),
        ("554 rate limit", Cause.SENDING_LIMIT, Cause.SENDING_LIMIT),
        ("554 expired", Cause.EXPIRED, Cause.EXPIRED),
        ("551 go away", Cause.RECIPIENT_NOT_FOUND, Cause.RECIPIENT_NOT_FOUND_REMOTE),
        ("550 go away", None, None),
        ("451 4.7.1 go away", Cause.DELAYED, Cause.DELAYED),
        ("go away", None, None),
        ("550 5.7.1 <no-such-user@spam.example> go away", Cause.BLOCKED_POLICY, None),
        # A code that says something goes before the words.
        ("550 5.2.2 user unknown", Cause.RECIPIENT_NOT_FOUND, Cause.MAILBOX_FULL_REMOTE),
    ],
)
def test_words(reply: str, here: Cause | None, there: Cause | None) -> None:
    """Where the code says too little, the words beside it tell, from here and from the other side."""
    assert read_reply(reply, remote=False).cause is here
    assert read_reply(reply, remote=True).cause is there


@pytest.mark.parametrize(
    ("reply", "remote", "certainty"),
    [
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; x", False, Certainty.CERTAIN),
        ("550 5.7.520 Access denied", False, Certainty.CERTAIN),
        ("5.7.520", False, Certainty.LIKELY),
        ("550 5.7.1", False, Certainty.UNKNOWN),
        ("550 5.7.1 DMARC fails", False, Certainty.LIKELY),
        ("550 5.1.1 no", True, Certainty.LIKELY),
        ("550 5.7.99 no", True, Certainty.UNKNOWN),
        ("554 no", True, Certainty.UNKNOWN),
    ],
)
def test_certainty(reply: str, remote: bool, certainty: Certainty) -> None:
    """Certain is what a part or a documented code says, likely what words suggest, unknown all else."""
    assert read_reply(reply, remote=remote).certainty is certainty


@pytest.mark.parametrize(
    ("reply", "fault"),
    [
        ("450 4.7.320 Certificate validation failed [Message=UntrustedRoot]", TlsFault.UNTRUSTED),
        ("450 4.7.320 Certificate validation failed [Message=SubjectMismatch]", TlsFault.MISMATCH),
        ("450 4.7.320 Certificate validation failed [Message=CertificateExpired]", TlsFault.EXPIRED),
        ("550 5.7.321 starttls-not-supported", TlsFault.NO_TLS),
        ("550 5.7.323 tlsa-invalid", TlsFault.DANE),
        ("550 5.7.324 dnssec-invalid", TlsFault.DNSSEC),
        ("451 4.4.8 MX hosts of 'b.example' failed MTA-STS validation", TlsFault.MTA_STS),
        ("454 4.7.5 Certificate validation failure, Reason:SubjectMismatch", TlsFault.MISMATCH),
        ("450 4.7.320 Certificate validation failed", TlsFault.OTHER),
        ("550 5.1.1 no", None),
    ],
)
def test_certificates(reply: str, fault: TlsFault | None) -> None:
    """Of a fault of TLS it is told which."""
    assert read_reply(reply, remote=True).tls is fault


def test_whose_words() -> None:
    """Exchange's own parts sign what they say; a server's name is no signature."""
    assert has_component("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found")
    assert not has_component("550 5.1.1 User unknown at queue.example.com")
