"""What outsiders write is shown as they wrote it, and does nothing."""

import re
from typing import Any

import pytest
from adaptivecards.baseobject import BareObject

from cards.elements import clean, finish, plain_line, rich, run, text
from tests.cards.extremes import HOSTILE


def plain(element: BareObject) -> dict[str, Any]:
    """*element* as it stands in the card."""
    only: dict[str, Any] = finish([element], "summary", "en").content["body"][0]
    return only


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_is_literal(hostile: str) -> None:
    """What could be Markdown, a link or a formula becomes a run; nothing is escaped, and nothing lost."""
    element = plain(text(clean(hostile, 500)))
    kind = element["type"]
    shown = element["text"] if kind == "TextBlock" else element["inlines"][0]["text"]

    assert kind in ("TextBlock", "RichTextBlock")
    assert shown.translate({0x200B: None, 0x2060: None}) == clean(hostile, 500)


@pytest.mark.parametrize(
    "everyday",
    [
        "suzuki@hoge.com → tanaka@contoso.co.jp",
        "snake_case_name@hoge.com",
        "[External] Re: AT&T 5.7.1 (3/4) #2 + 1 - 1 = 2 > 1",
        "E3910F3AF02D58A88B8767488AFA2DBC@TYZPR01MB4321.apcprd01.prod.outlook.com",
        "日時は UTC+09:00 (日本標準時) です。",
    ],
)
def test_everyday_words_stay_text(everyday: str) -> None:
    """Everyday text is a TextBlock, whose words break where the line ends, and holds no backslash."""
    element = plain(text(everyday))

    assert (element["type"], element["text"]) == ("TextBlock", everyday)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a\r\nb\tc", "a b c"),
        ("  a   b ", "a b"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\ud83d!", "!"),
        ("a\u200bb\ufeff\u2060", "ab"),
        ("👩‍👩‍👧", "👩‍👩‍👧"),
        ("می‌خواهم", "می‌خواهم"),
        ("\ue000\U000e0001", ""),
        ("", ""),
    ],
)
def test_clean(value: str, shown: str) -> None:
    """What cannot be seen is gone, direction overrides among it; joiners, which letters need, stay."""
    assert clean(value, 100) == shown


@pytest.mark.parametrize(("limit", "shown"), [(5, "abcde"), (4, "abc…"), (1, "…")])
def test_clean_cuts(limit: int, shown: str) -> None:
    """Too long a text ends in an ellipsis and is as long as allowed."""
    assert clean("abcde", limit) == shown


def test_plain_line() -> None:
    """An input keeps the spaces somebody typed, and nothing that cannot be seen."""
    assert plain_line(" a  b\r\nc\u200b\x00", 100) == " a  b  c"
    assert plain_line("abc", 2) == "ab"


def test_long_words_break() -> None:
    """A run's words may break, so that no line is wider than the card; what is short stays untouched."""
    broken = plain(rich(run("W" * 40 + " short")))["inlines"][0]["text"]

    assert max(map(len, re.split("[\u200b ]", broken))) == 16
    assert broken.replace("\u200b", "") == "W" * 40 + " short"
    assert plain(rich(run("short words only")))["inlines"][0]["text"] == "short words only"
