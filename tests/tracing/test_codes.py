"""Which cause an enhanced status code stands for, on its own and with the words beside it."""

import pytest

from tracing.causes import AT_THE_REMOTE, SUCCESSES, WAITING, Cause
from tracing.codes import LISTED, cause_of_class, cause_of_code, find_code, subject_of
from tracing.replies import cause_of_reply, code_of, is_ours

CODES = {
    Cause.EXPANDED: "2.1.5",
    Cause.RECIPIENT_NOT_FOUND: "5.1.1 5.1.10 5.2.1 5.5.0 5.7.504 5.7.505",
    Cause.RECIPIENT_NOT_FOUND_REMOTE: "5.1.351",
    Cause.SENDING_LIMIT: "4.3.2 4.5.3 5.1.90 5.2.121 5.2.122 5.7.232 5.7.233 5.7.236 5.7.508 5.7.705",
    Cause.MAILBOX_FULL: "5.2.2",
    Cause.SIZE_OR_FORMAT: "5.1.20 5.2.3 5.3.4 5.6.11 5.7.512",
    Cause.ROUTING_LOOP: "5.4.6 5.4.7 5.4.14 5.4.20",
    Cause.DELAYED: "4.7.0",
    Cause.SEND_AS_DENIED: "5.7.60",
    Cause.FORWARDING_BLOCKED: "5.7.520",
    Cause.SENDER_AUTHENTICATION: "4.7.26 5.7.23 5.7.25 5.7.26 5.7.509 5.7.514",
    Cause.TLS_PROBLEM: (
        "4.4.8 4.7.321 4.7.322 4.7.323 4.7.324 4.7.325 5.7.321 5.7.322 5.7.323 5.7.324 5.7.325"
    ),
    Cause.SENDER_NOT_ALLOWED: "5.7.12 5.7.13 5.7.124 5.7.133 5.7.134 5.7.135 5.7.136",
    Cause.BLOCKED_TENANT_LIST: "5.7.703",
    Cause.BLOCKED_POLICY: "5.3.190 5.7.1 5.7.171",
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
def test_code(cause: Cause, codes: str) -> None:
    """Every code that is documented stands for one cause, whatever stands before it in the table."""
    assert {code: cause_of_code(code) for code in codes.split()} == dict.fromkeys(codes.split(), cause)


@pytest.mark.parametrize("code", ["", "5", "5.7", "5.99.999", "2.0.0", "5.1.1.1", "15.1.1", "5.1.1 "])
def test_no_code(code: str) -> None:
    """A code that nobody documented, or that is none, stands for nothing."""
    assert cause_of_code(code) is None


def test_kinds() -> None:
    """A cause is a success, a wait or a failure, never two; the other side's causes are failures."""
    assert not SUCCESSES & WAITING
    assert not set(AT_THE_REMOTE.values()) & (SUCCESSES | WAITING)


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
    """No code is listed twice, and those that have a page name one page of Microsoft's."""
    assert len({entry.codes for entry in LISTED}) == len(LISTED)
    assert all(entry.page == "" or entry.page.startswith("fix-error-code-") for entry in LISTED)


@pytest.mark.parametrize(
    ("code", "cause", "subject"),
    [
        ("5.1.99", Cause.RECIPIENT_NOT_FOUND, "1"),
        ("5.2.99", None, "2"),
        ("5.4.99", Cause.UNREACHABLE, "4"),
        ("5.6.99", Cause.SIZE_OR_FORMAT, "6"),
        ("5.7.99", Cause.BLOCKED_POLICY, "7"),
        ("4.1.99", Cause.DELAYED, "1"),
        ("2.6.0", Cause.ACCEPTED_REMOTE, "6"),
        ("5.8.1", None, ""),
        ("5.99.1", None, ""),
        ("550", None, ""),
        ("", None, ""),
    ],
)
def test_class_and_subject(code: str, cause: Cause | None, subject: str) -> None:
    """An unlisted code is read by class and subject; RFC 3463 knows eight subjects."""
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
        ("", ""),
    ],
)
def test_code_of(reply: str, code: str) -> None:
    """The code that says most is found; an address, a version or a time is none."""
    assert code_of(reply) == code


@pytest.mark.parametrize(
    ("reply", "here", "there"),
    [
        ("550 mailbox is full", Cause.MAILBOX_FULL, Cause.MAILBOX_FULL_REMOTE),
        ("552 over quota", Cause.MAILBOX_FULL, Cause.MAILBOX_FULL_REMOTE),
        ("550 5.5.0 unknown user", Cause.RECIPIENT_NOT_FOUND, Cause.RECIPIENT_NOT_FOUND_REMOTE),
        ("550 5.7.1 virus found", Cause.MALWARE, Cause.MALWARE),
        ("550 5.7.1 DMARC", Cause.SENDER_AUTHENTICATION, Cause.SENDER_AUTHENTICATION),
        ("550 Message size exceeds fixed limit", Cause.SIZE_OR_FORMAT, Cause.SIZE_OR_FORMAT),
        ("554 too many hops", Cause.ROUTING_LOOP, Cause.ROUTING_LOOP),
        ("554 TLS required", Cause.TLS_PROBLEM, Cause.TLS_PROBLEM),
        ("554 Host not found", Cause.UNREACHABLE, Cause.UNREACHABLE),
        ("554 rate limit", Cause.SENDING_LIMIT, Cause.SENDING_LIMIT),
        ("554 expired", Cause.EXPIRED, Cause.EXPIRED),
        ("551 go away", None, Cause.RECIPIENT_NOT_FOUND_REMOTE),
        ("550 go away", None, Cause.REJECTED_REMOTE),
        ("451 go away", Cause.DELAYED, Cause.DELAYED),
        ("go away", None, Cause.REJECTED_REMOTE),
        ("250 2.1.5 ok", Cause.EXPANDED, Cause.EXPANDED),
        # A code that says something goes before the words.
        ("550 5.2.2 user unknown", Cause.MAILBOX_FULL, Cause.MAILBOX_FULL_REMOTE),
    ],
)
def test_words(reply: str, here: Cause | None, there: Cause | None) -> None:
    """Where the code says too little, the words beside it tell, from here and from the other side."""
    code = code_of(reply)

    assert cause_of_reply(code, reply, remote=False) is here
    assert cause_of_reply(code, reply, remote=True) is there


def test_whose_words() -> None:
    """Exchange's own parts sign what they say."""
    assert is_ours("550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found")
    assert not is_ours("550 5.1.1 User unknown")
