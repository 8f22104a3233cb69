"""Recognize ticket numbers by the organization's pattern, or by a simple rule. Pure."""

import re
import warnings
from dataclasses import dataclass

MAX_TICKET = 40
MAX_PATTERN = 100
MAX_FREE = 4
"""The most variable-length parts of a pattern: each tries MAX_TICKET lengths at most, so a match ends
soon."""

_PLAIN = r"(?=.*[0-9]).{4,}"
_LITERAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P?<\w+>|[:=!]|<[=!])")
"""Positions where `*`, `+`, `?` and braces are not quantifiers."""
_FREE = re.compile(r"[*+?]+|\{[0-9]*,[0-9]*\}\??")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")


@dataclass(frozen=True)
class Tickets:
    """`pattern` is the organization's; "" requires at least four characters, one of them a digit."""

    pattern: str = ""

    def fits(self, ticket: str) -> bool:
        """Whether *ticket* is a valid ticket number here, ignoring case."""
        if len(ticket) > MAX_TICKET:
            return False
        return re.fullmatch(self.pattern or _PLAIN, ticket, re.IGNORECASE) is not None


PLAIN_TICKETS = Tickets()
"""The rule of an organization without a pattern."""


def is_pattern(text: str) -> bool:
    """Whether *text* is usable as a pattern: it requires something, and ends soon."""
    bare = _LITERAL.sub("x", text)
    if len(text) > MAX_PATTERN or len(_FREE.findall(bare)) > MAX_FREE or _REPEATED_GROUP.search(bare):
        return False
    try:
        with warnings.catch_warnings():
            # Python versions read these differently, so they are not accepted.
            warnings.simplefilter("error")
            return re.compile(text, re.IGNORECASE).fullmatch("") is None
    except (re.error, Warning, OverflowError, RecursionError):
        return False
