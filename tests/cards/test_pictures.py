"""Cards as they are drawn: nothing sticks out, nothing is pale, and no mail gets to act."""

import re
from collections.abc import Iterator, Mapping

import pytest

from cards.elements import Card, clean
from tests.browser import Machine
from tests.cards.extremes import HOSTILE, Words, every_card, extreme_cards
from tests.cards.samples import CARDS, READERS
from tests.pictures import NoBrowser, Pictures, pictures

LOOKS = [(theme, width) for theme in ("light", "dark") for width in (360, 720)]
HARMFUL = {"a", "b", "strong", "em", "i", "s", "del", "code", "pre", "ul", "ol", "li", "img", "script", "h1"}
NAMES = [*CARDS, "wide letters", "three bytes", "four bytes", "markdown"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Pictures]:
    """One browser for all the pictures."""
    try:
        with pictures() as drawn:
            yield drawn
    except NoBrowser as missing:
        pytest.fail(str(missing), pytrace=False)


@pytest.fixture(scope="module")
def cards() -> Mapping[str, Mapping[str, Card]]:
    return {language: every_card(reader) for language, reader in READERS.items()}


@pytest.mark.parametrize("name", NAMES)
def test_card_looks_right(name: str, browser: Pictures, cards: Mapping[str, Mapping[str, Card]]) -> None:
    """Microsoft's renderer takes the card, nothing is wider than it, text is 4.5 : 1 against its ground.

    In both languages and themes, as narrow as a phone and as wide as a desktop.
    """
    for language, drawn in cards.items():
        for each in [one for one in drawn if one == name or (name not in CARDS and one.startswith(name))]:
            for look, found in zip(LOOKS, browser.measure(drawn[each].content, LOOKS), strict=True):
                where = f"{each}, {language}, {look}"
                assert not found["complaints"], where
                assert not found["wide"], where
                assert not found["pale"], where
                assert found["text"].strip(), where


@pytest.mark.parametrize("hostile", HOSTILE)
def test_mail_does_nothing(hostile: str, browser: Pictures) -> None:
    """What stands in a mail is drawn letter by letter: no link, no emphasis, no tag, no formula."""
    for name, card in extreme_cards(Words.all_alike(hostile), READERS["en"]).items():
        (found,) = browser.measure(card.content, [("light", 720)])
        assert not HARMFUL & set(found["tags"]), name
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", found["text"]), name
        if name in ("list", "detail", "employee"):
            assert squeezed(clean(hostile, 80)) in squeezed(found["text"]), name


def squeezed(words: str) -> str:
    """*words* without spaces and break opportunities."""
    return re.sub("[\\s\u200b\u2060]", "", words)


def test_measures_would_complain(browser: Pictures) -> None:
    """The measures find a line that sticks out, pale text, a link and an unknown element."""
    content = {
        "type": "AdaptiveCard",
        "version": "1.5",
        "body": [
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "W" * 90}]},
            {"type": "TextBlock", "text": "pale", "color": "light"},
            {"type": "TextBlock", "text": "[link](https://example.com)"},
            {"type": "Nonsense"},
        ],
    }

    (found,) = browser.measure(content, [("light", 360)])

    assert found["wide"]
    assert found["pale"]
    assert "a" in found["tags"]
    assert found["complaints"]


def test_no_browser() -> None:
    """Without a browser the pictures fail in one line that says what to type."""
    nothing = Machine(path="", places=(), caches=())

    with pytest.raises(NoBrowser, match=r"^no browser here: .+ install .+$"):
        pictures(machine=nothing).__enter__()
