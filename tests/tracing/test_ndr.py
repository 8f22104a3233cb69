"""What a pasted bounce says: why, for whom, and about which mail."""

from datetime import UTC, datetime

import pytest

from tests.samples.bounces import BOUNCES, NOT_BOUNCES
from tracing.causes import Cause
from tracing.ndr import is_bounce, read_bounce
from tracing.ndr_original import read_moment
from tracing.ndr_records import MAX_RECIPIENTS
from tracing.pasted import MAX_PASTED


@pytest.mark.parametrize("name", BOUNCES)
def test_bounce(name: str) -> None:
    """A bounce is read as its cause, its code, the failed recipients and the original's Message-ID."""
    sample = BOUNCES[name]
    bounce = read_bounce(sample.text)

    assert bounce is not None
    read = (bounce.cause, bounce.code, bounce.recipients, bounce.message_id)
    assert read == (sample.cause, sample.code, sample.recipients, sample.message_id)


def test_table() -> None:
    """There are forty texts and more."""
    assert len(BOUNCES) >= 40


@pytest.mark.parametrize("text", NOT_BOUNCES)
def test_no_bounce(text: str) -> None:
    """What reports nothing is not taken for a bounce."""
    assert read_bounce(text) is None
    assert not is_bounce(text)


@pytest.mark.parametrize("name", [name for name, sample in BOUNCES.items() if sample.recipients])
def test_plainly_a_bounce(name: str) -> None:
    """A whole report is known without a word before it."""
    assert is_bounce(BOUNCES[name].text)


@pytest.mark.parametrize("name", BOUNCES)
def test_cut_anywhere(name: str) -> None:
    """A text may end anywhere: it is read or not understood."""
    text = BOUNCES[name].text
    for end in range(0, len(text), 13):
        read_bounce(text[:end])


def test_longest() -> None:
    """What stands behind the first MAX_PASTED characters is not read."""
    assert read_bounce("x\n" * (MAX_PASTED // 2) + "550 5.1.1 no") is None


def test_most_recipients() -> None:
    """Of very many recipients the first MAX_RECIPIENTS are told."""
    people = "\n".join(f"Delivery failed\ncouldn't be delivered to m{n}@b.example" for n in range(90))
    bounce = read_bounce(f"{people}\n550 5.1.1 no")

    assert bounce is not None
    assert len(bounce.recipients) == MAX_RECIPIENTS
    assert bounce.recipients[0] == "m0@b.example"


@pytest.mark.parametrize(
    ("domains", "cause"),
    [((), Cause.RECIPIENT_NOT_FOUND_REMOTE), (("fabrikam.example",), Cause.RECIPIENT_NOT_FOUND)],
)
def test_whose_side(domains: tuple[str, ...], cause: Cause) -> None:
    """What our own recipients were refused was refused here."""
    bounce = read_bounce(BOUNCES["postfix, unknown"].text, domains)

    assert bounce is not None
    assert bounce.cause is cause


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Mon, 23 Nov 2026 10:42:00 +0900", datetime(2026, 11, 23, 1, 42, tzinfo=UTC)),
        ("Mon, 23 Nov 2026 10:42:00", datetime(2026, 11, 23, 10, 42, tzinfo=UTC)),
        ("2026年11月23日 10:42", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026/11/23", datetime(2026, 11, 23, 12, tzinfo=UTC)),
        ("2026-13-45", None),
        ("", None),
        ("yesterday", None),
    ],
)
def test_moment(value: str, moment: datetime | None) -> None:
    """A header's date is read with its zone; a day alone is its noon."""
    assert read_moment(value) == moment


def test_what_the_original_says() -> None:
    """Sender and time are the original's, and the server that refused is named."""
    exchange, postfix = (
        read_bounce(BOUNCES[name].text) for name in ("exchange, refused there", "postfix, unknown")
    )

    assert exchange is not None
    assert postfix is not None
    assert exchange.sender == "tanaka@contoso.co.jp"
    assert exchange.sent_at == datetime(2026, 11, 23, 1, 42, tzinfo=UTC)
    assert (exchange.remote_server, postfix.remote_server) == ("mx.hoge.com", "mx.fabrikam.example")
    assert (postfix.sender, postfix.sent_at) == ("", datetime(2026, 11, 23, 1, 42, tzinfo=UTC))
