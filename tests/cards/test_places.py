"""Where cards lead: places for every cause, pages for codes, and no host that is not known."""

import re

import pytest

from cards.codes import code_phrase
from cards.elements import KNOWN_HOSTS, finish, link
from cards.places import PLACES, learn_page, links
from tests.cards.samples import READERS
from tracing.causes import Cause
from tracing.exchange_codes import EXCHANGE
from tracing.vendors import Vendor

EN = READERS["en"]


@pytest.mark.parametrize("cause", Cause)
def test_places(cause: Cause) -> None:
    """A cause of ours has a place for the help desk; employees are led to the quarantine, or nowhere."""
    full, own = (
        links(cause, "5.1.10", EN, vendor=Vendor.EXCHANGE, full=desk, ours=True) for desk in (True, False)
    )

    body = finish(own, "", "en").content["body"]
    assert len(full) == 1 + (cause in PLACES)
    assert all("quarantine" in button["url"] for button in body)
    assert cause not in PLACES or PLACES[cause].url.startswith("https://")


@pytest.mark.parametrize("cause", Cause)
def test_no_places(cause: Cause) -> None:
    """Of what lies elsewhere or is a guess, no portal of ours shows anything; nor pages of others' codes."""
    theirs = links(cause, "5.2.1", EN, vendor=Vendor.GMAIL, full=True, ours=False)
    guessed = links(cause, "5.7.99", EN, vendor=Vendor.EXCHANGE, full=True, ours=False)

    assert (theirs, guessed) == ([], [])


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "http://learn.microsoft.com/",
        "https://learn.microsoft.com.evil.example/",
        "https://learn.microsoft.com@evil.example/",
        "//learn.microsoft.com/",
        "",
    ],
)
def test_known_hosts_only(url: str) -> None:
    """A button leads to hosts of the list, over TLS, or is not made."""
    with pytest.raises(ValueError, match=f"^{re.escape(url)}$"):
        link("x", url)


def test_learn_pages() -> None:
    """A code leads to its own page, in the reader's language, or to the list of all codes."""
    assert learn_page("5.1.10", "ja").endswith("/ja-jp/troubleshoot/exchange/email-delivery/ndr/"
                                               "fix-error-code-550-5-1-10-in-exchange-online")  # fmt: skip
    assert learn_page("5.7.720", "en").endswith("/fix-error-code-5-7-700-through-5-7-750")
    assert learn_page("5.9.9", "en").endswith("/en-us/troubleshoot/exchange/email-delivery/ndr/"
                                              "non-delivery-reports-in-exchange-online")  # fmt: skip
    assert "learn.microsoft.com" in KNOWN_HOSTS


@pytest.mark.parametrize(
    "code", [entry.codes for entry in EXCHANGE] + ["5.3.99", "5.99.1", "4.8.1", "2.0.0", "550"]
)
def test_phrase(code: str) -> None:
    """Every code says something in both languages, in a line; an unlisted one by class and subject."""
    first = code.partition("-")[0]
    for reader in READERS.values():
        assert 0 < len(code_phrase(first, reader)) < 80


def test_no_phrase() -> None:
    """What is no code says nothing."""
    assert code_phrase("", EN) == ""
