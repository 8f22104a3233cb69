"""Which cause an enhanced status code stands for on its own."""

import pytest

from tracing.causes import AT_THE_REMOTE, SUCCESSES, WAITING, Cause, cause_of_code

CODES = {
    Cause.EXPANDED: "2.1.5",
    Cause.RECIPIENT_NOT_FOUND: "5.1.1 5.1.2 5.1.3 5.1.10 5.5.0 5.7.504 5.7.505",
    Cause.RECIPIENT_NOT_FOUND_REMOTE: "5.1.351",
    Cause.SENDING_LIMIT: "4.3.2 4.5.3 5.1.90 5.2.121 5.2.122 5.7.232 5.7.233 5.7.236 5.7.508 5.7.705",
    Cause.MAILBOX_FULL: "5.2.2",
    Cause.SIZE_OR_FORMAT: "5.1.20 5.2.3 5.3.4 5.6.11 5.7.512",
    Cause.ROUTING_LOOP: "5.4.6 5.4.14 5.4.20",
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
        "5.7.606 5.7.649 5.7.700 5.7.750"
    ),
    Cause.BLOCKED_RULE: "5.7.900 5.7.999",
    Cause.EXPIRED: "4.4.7 5.4.300 5.4.316",
    Cause.UNREACHABLE: "4.4.2 4.4.316 4.4.317 5.4.310 5.4.312",
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
