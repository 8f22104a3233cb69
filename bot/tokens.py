"""Text → words and quoted stretches, each with its place."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bot.vocabulary import key_of

SEPARATORS = ",、，;；"
_QUOTES = {'"': '"', "“": "”", "”": "”", "„": "“", "＂": "＂", "「": "」", "『": "』"}


@dataclass(frozen=True)
class Token:
    """A word; `quoted` ones are values, never words of the grammar."""

    text: str
    position: int
    length: int
    quoted: bool = False

    @property
    def key(self) -> str:
        return "" if self.quoted else key_of(self.text)

    @property
    def end(self) -> int:
        return self.position + self.length


def tokenize(text: str) -> tuple[list[Token], Token | None]:
    """The words of *text*, and what begins with a quotation mark that is never closed."""
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        closing = _QUOTES.get(text[position])
        if closing is None:
            end = position + 1
            while end < len(text) and not text[end].isspace() and text[end] not in _QUOTES:
                end += 1
            tokens.append(Token(text[position:end], position, end - position))
        else:
            end = _closed(text, position, closing)
            if end < 0:
                return tokens, Token(text[position:], position, len(text) - position, quoted=True)
            tokens.append(Token(text[position + 1 : end - 1], position, end - position, quoted=True))
        position = end
    return tokens, None


def split_keys(tokens: Iterable[Token], is_key: Callable[[str], bool]) -> list[Token]:
    """`sender:*@hoge.com` and `sender=…` as two words."""
    parts = []
    for token in tokens:
        named = None if token.quoted else re.match(r"([^:=：＝]+)[:=：＝]", token.text)
        if named is None or not is_key(key_of(named[1])):
            parts.append(token)
            continue
        parts.append(Token(named[1], token.position, len(named[1])))
        if token.length > named.end():
            rest = token.text[named.end() :]
            parts.append(Token(rest, token.position + named.end(), len(rest)))
    return parts


def values_in(token: Token) -> list[tuple[str, int]]:
    """The values inside one word and where each stands."""
    if token.quoted:
        return [(token.text, token.position)]
    # What stands in angle brackets may hold a separator.
    found = re.finditer(rf"<[^<>]*>|[^{SEPARATORS}]+", token.text)
    return [(m[0], token.position + m.start()) for m in found]


def join_phrases(tokens: list[Token], phrases: Collection[str], text: str) -> list[Token]:
    """*tokens* of *text*, those that together are one of *phrases* as one: `getting status`, `last week`."""
    joined: list[Token] = []
    left = tokens
    while left:
        keys = [token.key for token in left[:3]]
        lengths = range(len(keys), 1, -1)
        count = next((n for n in lengths if " ".join(keys[:n]).rstrip(SEPARATORS) in phrases), 1)
        start, end = left[0].position, left[count - 1].end
        joined.append(Token(text[start:end], start, end - start) if count > 1 else left[0])
        left = left[count:]
    return joined


def _closed(text: str, position: int, closing: str) -> int:
    """Just behind the mark that closes the quote at *position*; -1 when there is none."""
    ends = [text.find(mark, position + 1) for mark in {closing, '"' if closing == "”" else closing}]
    return min((end for end in ends if end >= 0), default=-2) + 1
