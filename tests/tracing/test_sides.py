"""Whose a fault is where the reply itself tells, and whose a reply is that comes without its bounce."""

import pytest

from tests.tracing.test_real_mail import NOW, read
from tracing.causes import Cause, Side
from tracing.certificates import TlsFault
from tracing.explain import explain
from tracing.model import TraceEvent
from tracing.ndr import read_bounce

LETTER = "<sato@partner.com>:\nRemote host said: {}\nGiving up on 203.0.113.40.\n"


@pytest.mark.parametrize(
    "reply",
    [
        "550-5.7.29 The message was not sent over TLS.",
        "553 This route requires encryption (TLS)",
        "530 5.7.0 Must issue a STARTTLS command first",
        "421 4.7.66 TLS 1.0 and 1.1 are not supported. Please update your client to support TLS 1.2.",
        "550 5.7.0 TLS1.2以上で接続してください",
        "550 5.7.0 暗号化通信が必須です",
    ],
)
def test_demanded_tls(reply: str) -> None:
    """Who is asked for encryption has to offer it: that is ours, in a report and alone."""
    for told in (read(reply), read(LETTER.format(reply))):
        assert (told.cause, told.tls, told.side) == (Cause.TLS_PROBLEM, TlsFault.DEMANDED, Side.OURS)


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.",
        "450 4.7.320 Certificate validation failed [Message=UntrustedRoot]",
        "550 5.7.322 certificate-expired: Destination mail server's certificate has expired.",
        "554 5.7.4 TLS is required, but was not offered by host mx1.partner.com[203.0.113.40]",
        "550 5.4.8 MX hosts of 'partner.com' failed MTA-STS validation.",
    ],
)
def test_their_tls(reply: str) -> None:
    """What is wrong with their server's encryption is theirs."""
    told = read(LETTER.format(reply))

    assert told.cause is Cause.TLS_PROBLEM
    assert told.tls is not TlsFault.DEMANDED
    assert told.side is Side.THEIRS


@pytest.mark.parametrize(
    ("reply", "cause"),
    [
        ("550 5.7.64 TenantAttribution; Relay Access Denied", Cause.RELAY_DENIED),
        (
            "454 4.7.5 The certificate in TlsCertificateName of the SendConnector could not be found",
            Cause.TLS_PROBLEM,
        ),
    ],
)
def test_our_connector(reply: str, cause: Cause) -> None:
    """What tells of a connector of ours is ours, whoever passes it on."""
    told = read(LETTER.format(reply))

    assert (told.cause, told.side) == (cause, Side.OURS)


@pytest.mark.parametrize(
    "reply",
    [
        "550 5.7.513 Service unavailable, Client host [203.0.113.8] blocked by x using Customer Block list",
        "550 Administrative prohibition - envelope blocked",
        "550 5.7.1 Recipient has you on their blocked senders list",
    ],
)
def test_their_list(reply: str) -> None:
    """A list that the other side keeps itself is theirs."""
    assert read(LETTER.format(reply)).side is Side.THEIRS


@pytest.mark.parametrize(
    ("reply", "side"),
    [
        (
            "550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents more",
            Side.THEIRS,
        ),
        ("550 5.7.1 Blocked by SpamAssassin", Side.THEIRS),
        ("554 5.6.9 Customer rule based reject", Side.THEIRS),
        ("550 5.1.1 <sato@partner.com>: User unknown", Side.THEIRS),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient sato@partner.com not found", Side.THEIRS),
        ("550 5.1.1 <mori@contoso.co.jp>: User unknown", Side.OURS),
        ("550 5.7.1", Side.OURS),
        ("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found", Side.OURS),
    ],
)
def test_bare_reply(reply: str, side: Side) -> None:
    """A reply alone is another's by whom it refuses, by its marks or by a code that is no Exchange's."""
    assert read(reply).side is side


def test_other_tenant() -> None:
    """Another organization's Exchange Online is the other side, though its parts speak as ours do."""
    led = "550 5.7.1 TRANSPORT.RULES.RejectMessage; rejected by policy"
    server = "client-example.mail.protection.outlook.com"
    fail = TraceEvent(
        NOW, "Fail", "", f"Reason: [{{LED={led}}};{{MSG=}};{{FQDN={server}}};{{IP=203.0.113.60}}]"
    )

    outcome = explain([fail], "failed")

    assert (outcome.cause, outcome.side) == (Cause.REJECTED_REMOTE, Side.THEIRS)


def test_fates_in_words() -> None:
    """Without fields, each recipient's own reply is the one behind the address."""
    report = read(
        "   ----- The following addresses had permanent fatal errors -----\n<sato@partner.com>\n"
        "    (reason: 550 5.1.1 User unknown)\n<mori@contoso.co.jp>\n    (reason: 552 5.2.2 Over quota)\n"
    )

    assert dict(report.fates) == {
        "sato@partner.com": Cause.RECIPIENT_NOT_FOUND_REMOTE,
        "mori@contoso.co.jp": Cause.MAILBOX_FULL,
    }


@pytest.mark.parametrize(
    "text",
    [
        "Your message\n\n  Subject: Quote\n\nwas not delivered to:\n\n  sato@partner.com\n\n"
        "550 5.1.1 User unknown\n",
        "Delivery has failed to these recipients or groups:\n\nsato@partner.com\n\n550 5.1.1 User unknown\n\n"
        "From: Tanaka <tanaka@contoso.co.jp>\nSent: Wednesday, October 14, 2026 10:53 AM\n"
        "To: sato@partner.com\n"
        "Subject: Quote\n",
    ],
)
def test_original_without_an_id(text: str) -> None:
    """The subject that a report names is the original's, above the addresses or below the report."""
    told = read(text)

    assert (told.subject, told.recipients) == ("Quote", ("sato@partner.com",))


def test_forwarder_is_no_sender() -> None:
    """Who passed a report on did not send the mail that it is about."""
    told = read_bounce(
        "From: Abe <abe@contoso.co.jp>\nSubject: help\n\n<sato@partner.com>: 550 5.1.1 User unknown\n"
    )

    assert told is not None
    assert (told.sender, told.subject) == ("", "")


def test_gateway_before_a_reply() -> None:
    """IronPort's own words before a reply are always the same: what it quotes counts."""
    told = read(
        "The reason for the problem:\n5.1.0 - Unknown address error 552-'5.2.2 mailbox full'\n\n"
        "sato@partner.com"
    )

    assert (told.cause, told.code) == (Cause.MAILBOX_FULL_REMOTE, "5.2.2")
