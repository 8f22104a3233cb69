"""The corpus is whole in itself: large, half Japanese, from many servers, in words that are explained."""

from collections import Counter

import pytest

from tests.samples.corpus import BOUNCES, NEW, ROUTES, Bounce, Route
from tracing.causes import Cause
from tracing.model import DeliveryStatus

SAMPLES: tuple[Bounce | Route, ...] = (*BOUNCES, *ROUTES)
CAUSES = {*NEW, *(cause.value for cause in Cause)}
SOURCES = frozenset(
    {
        "exchange",
        "notice",
        "gmail",
        "outlook.com",
        "yahoo",
        "yahoo_japan",
        "icloud",
        "docomo",
        "au",
        "softbank",
    }
    | {"sakura", "xserver", "postfix", "exim", "qmail", "sendmail", "domino", "ironport", "proofpoint"}
    | {"softbank", "mimecast", "barracuda"}
)


def test_the_corpus_is_large_and_half_japanese() -> None:
    """At least 320 samples, half of them of Japanese providers or in Japanese, and none twice."""
    assert len(SAMPLES) >= 320
    assert 2 * sum(sample.japanese for sample in SAMPLES) >= len(SAMPLES)
    assert len({bounce.text for bounce in BOUNCES}) == len(BOUNCES)
    assert len({route.name for route in ROUTES}) == len(ROUTES)


def test_every_source_speaks() -> None:
    """Each of the servers and services named by the product occurs at least five times."""
    counts = Counter(bounce.source for bounce in BOUNCES)

    assert {source for source in SOURCES if counts[source] < 5} == set()


@pytest.mark.parametrize("sample", SAMPLES, ids=[f"{at}-{one.cause}" for at, one in enumerate(SAMPLES)])
def test_an_expectation_speaks_known_words(sample: Bounce | Route) -> None:
    """Causes are those of the product or explained as new; sides and fates are the four words of each."""
    assert {sample.cause, *sample.also} <= CAUSES
    assert sample.cause not in sample.also
    assert sample.side in {"", "ours", "theirs", "nobody"}
    assert sample.fate in {"", "final", "delayed", "by design", "delivered"}


@pytest.mark.parametrize("bounce", BOUNCES, ids=[f"{at}-{one.source}" for at, one in enumerate(BOUNCES)])
def test_a_code_that_is_expected_is_in_the_text(bounce: Bounce) -> None:
    """A code is read, never guessed: unless the text is encoded, it stands in it."""
    encoded = any(f"Transfer-Encoding: {way}" in bounce.text for way in ("base64", "quoted-printable"))

    assert encoded or bounce.code in bounce.text


def test_statuses_of_routes_are_those_of_rows() -> None:
    """A route's status is one that Graph documents."""
    assert {route.status for route in ROUTES} <= {status.value for status in DeliveryStatus}
