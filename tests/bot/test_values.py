"""Single values, the same behind words and inputs."""

from datetime import timedelta

import pytest

from bot.values import read_address, read_duration, read_ip, read_message_id


@pytest.mark.parametrize(
    ("word", "pattern"),
    [
        ("a@x.jp", "a@x.jp"),
        ("A.B+c@X.JP", "a.b+c@x.jp"),
        ("<a@x.jp>", "a@x.jp"),
        ("＊＠ｈｏｇｅ．ｃｏｍ", "*@hoge.com"),
        ("@hoge.com", "*@hoge.com"),
        ("hoge.com", "*@hoge.com"),
        ("scot?@x.jp", "scot?@x.jp"),
        ("*-sales@*", "*-sales@*"),
        ("o'brien@x.jp", "o'brien@x.jp"),
        ("用户@例え.jp", "用户@例え.jp"),
    ],
)
def test_address(word: str, pattern: str) -> None:
    """An address, a pattern of one, or a domain."""
    found = read_address(word)

    assert found is not None
    assert found.text == pattern


@pytest.mark.parametrize(
    "word",
    [
        "",
        "a",
        "a@",
        "@",
        "a@b@c",
        "a b@x.jp",
        "a@x..jp",
        "a@-",
        "*",
        "x" * 65 + "@x.jp",
        "昨日info@x.jpへ送った",
    ],
)
def test_no_address(word: str) -> None:
    """What has no local part, no domain, or too much of either is no address."""
    assert read_address(word) is None


@pytest.mark.parametrize(
    ("words", "hours"),
    [("2d", 48), ("7 days", 168), ("48時間", 48), ("week", 168), ("２週間", 336), ("90d", 2160), ("3 H", 3)],
)
def test_duration(words: str, hours: int) -> None:
    """Units of both languages, with and without a space."""
    assert read_duration(words) == timedelta(hours=hours)


@pytest.mark.parametrize("words", ["", "d", "0d", "91d", "99999w", "two days", "2x", "-1d"])
def test_no_duration(words: str) -> None:
    """None, nothing at all, and more than the ninety days there are."""
    assert read_duration(words) is None


def test_ip() -> None:
    """An address is a range of one; bits behind the mask do not matter."""
    assert str(read_ip("203.0.113.5")) == "203.0.113.5/32"
    assert str(read_ip("203.0.113.5/24")) == "203.0.113.0/24"
    assert str(read_ip("2001:db8::1")) == "2001:db8::1/128"
    assert read_ip("203.0.113") is None


def test_message_id() -> None:
    """With or without angle brackets; never without an @."""
    assert read_message_id(" <a@b> ") == "<a@b>"
    assert read_message_id("a@b") == "a@b"
    assert read_message_id("ab") is None
