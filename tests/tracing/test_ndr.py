"""What a pasted bounce says: why, for whom, and about which mail."""

import pytest

from tests.samples.bounces import BOUNCES, NOT_BOUNCES
from tracing.ndr import is_bounce, read_bounce
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
