"""Typing slips: find the word that was meant, one letter away. Pure, and fast for any word.

A slip is one letter missing, added, replaced, or swapped with the next.
"""

import re
from collections.abc import Iterable

from bot.stop_words import STOP_ENGLISH

SHORTEST = 4
"""The least letters of a word that is checked for slips; one fewer in Japanese."""


class Slips:
    """Finds the words among *words* that are at most one slip away."""

    def __init__(self, words: Iterable[str]) -> None:
        self._near: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            if len(word) >= _shortest(word):
                for key in (word, *_without_one(word)):
                    self._near.setdefault(key, []).append(word)

    def meant(self, word: str) -> str:
        """The word that *word* is a slip of, itself if it is one, or ""."""
        if not _shortest(word) <= len(word) <= 40:
            return ""
        found = dict.fromkeys(near for key in (word, *_without_one(word)) for near in self._near.get(key, ()))
        return next((near for near in found if _is_slip(word, near)), "")


def _shortest(word: str) -> int:
    return SHORTEST if word.isascii() else SHORTEST - 1


def _without_one(word: str) -> Iterable[str]:
    return dict.fromkeys(word[:at] + word[at + 1 :] for at in range(len(word)))


def _is_slip(word: str, meant: str) -> bool:
    """Whether a single slip turns one into the other; sharing a shorter form is not enough."""
    if abs(len(word) - len(meant)) == 1 or word == meant:
        return True
    differing = [at for at, (one, other) in enumerate(zip(word, meant, strict=True)) if one != other]
    if len(differing) == 1:
        return True
    swapped = len(differing) == 2 and differing[1] - differing[0] == 1
    return swapped and word[differing[0]] == meant[differing[1]] and word[differing[1]] == meant[differing[0]]


_STATES_AND_TIMES = """
failed failure failures failing quarantined quarantine pending bounced delivered rejected delayed watch every
yesterday today morning afternoon evening monday tuesday wednesday thursday friday saturday sunday
"""
_WORDS = Slips(_STATES_AND_TIMES.split())
_AS_NEAR = "ever even very stay toady catch match wash track trade sending boundary bounce states"
_MEANT = STOP_ENGLISH.union(_AS_NEAR.split())
"""Words that are never slips, even if similar to a known word."""

_WORD = re.compile(r"(?<![\w@.])[A-Za-z]{4,14}(?![\w@.])", re.ASCII)


def mended(text: str) -> str:
    """*text* with slips in words for states and times corrected."""

    def mend(match: re.Match[str]) -> str:
        word = match[0].lower()
        if word in _MEANT:
            return match[0]
        meant = _WORDS.meant(word)
        return meant if meant and meant[0] == word[0] else match[0]

    return _WORD.sub(mend, text)
