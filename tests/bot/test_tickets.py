"""What counts as the number of a ticket, and which patterns may say so."""

import time

import pytest

from bot.tickets import MAX_TICKET, Tickets, is_pattern


@pytest.mark.parametrize("ticket", ["INC123", "inc-7", "#1234", "REQ/2026.1", "4711"])
def test_plain_numbers(ticket: str) -> None:
    """Four characters or more with a digit among them are a number."""
    assert Tickets().fits(ticket)


@pytest.mark.parametrize("ticket", ["", "none", "ticket", "n/a", "INC", "x1", "123", "なし", "1" * 41])
def test_words(ticket: str) -> None:
    """A word without a digit, a short one and an endless one are none."""
    assert not Tickets().fits(ticket)


def test_pattern() -> None:
    """The organization's pattern is of the whole number, in any case."""
    tickets = Tickets(r"(INC|REQ)[0-9]{7}")

    assert tickets.fits("INC1234567")
    assert tickets.fits("req1234567")
    assert not any(map(tickets.fits, ("INC123", "INC12345678", "xINC1234567", "")))


@pytest.mark.parametrize(
    "text", ["(INC|REQ)[0-9]{7}", r"[A-Z]+-\d+", r"(?:INC)\+\d{1,9}", r"#?[0-9*+?]{4,8}", "(?=.*[0-9]).{4,}"]
)
def test_patterns(text: str) -> None:
    """A regular expression that asks for something and ends soon is a pattern."""
    assert is_pattern(text)


@pytest.mark.parametrize(
    "text",
    ["(", ".*", "a?", "(a+)+", "(a|a)*b", "(?:a){2}", "a*" * 5 + "b", "a{0,9}" * 5 + "b", "x" * 101, "[["],
)
def test_no_patterns(text: str) -> None:
    """One that is broken, matches nothing at all, or could try for hours is none."""
    assert not is_pattern(text)


@pytest.mark.parametrize(
    "text", ["a*a*a*a*b", "(a|a)" * 18 + "b", ".{0,40}.{0,40}.{0,40}.{0,40}b", "a+?a+?a+?a+?b"]
)
def test_patterns_end_soon(text: str) -> None:
    """The worst pattern there may be takes no second of the processor."""
    assert is_pattern(text)
    began = time.process_time()
    assert not Tickets(text).fits("a" * MAX_TICKET)

    assert time.process_time() - began < 1
