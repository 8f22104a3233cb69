"""Which words are the numbers of tickets: by the organization's own pattern, else by a plain rule. Pure."""

import re
import warnings
from dataclasses import dataclass

MAX_TICKET = 40
MAX_PATTERN = 100
MAX_FREE = 4
"""Parts of a pattern whose length is free: each tries MAX_TICKET lengths at most, so a match ends soon."""

_PLAIN = r"(?=.*[0-9]).{4,}"
_LITERAL = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?(?:P?<\w+>|[:=!]|<[=!])")
"""Where `*`, `+`, `?` and braces repeat nothing."""
_FREE = re.compile(r"[*+?]+|\{[0-9]*,[0-9]*\}\??")
_REPEATED_GROUP = re.compile(r"\)(?:[*+]|\{)")


@dataclass(frozen=True)
class Tickets:
    """`pattern` is the organization's, "" where it has none: at least four characters, a digit among them."""

    pattern: str = ""

    def fits(self, ticket: str) -> bool:
        """Whether *ticket* is a ticket's number here; its case does not matter."""
        if len(ticket) > MAX_TICKET:
            return False
        return re.fullmatch(self.pattern or _PLAIN, ticket, re.IGNORECASE) is not None


PLAIN_TICKETS = Tickets()
"""Those of an organization that does not say what its tickets look like."""


def is_pattern(text: str) -> bool:
    """Whether *text* can say what a ticket is: an expression that asks for something, and ends soon."""
    bare = _LITERAL.sub("x", text)
    if len(text) > MAX_PATTERN or len(_FREE.findall(bare)) > MAX_FREE or _REPEATED_GROUP.search(bare):
        return False
    try:
        with warnings.catch_warnings():
            # What a later Python reads otherwise is no pattern to rely on.
            warnings.simplefilter("error")
            return re.compile(text, re.IGNORECASE).fullmatch("") is None
    except (re.error, Warning, OverflowError, RecursionError):
        return False
