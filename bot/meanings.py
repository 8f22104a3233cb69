"""Text that asks what a code, a bounce or headers mean: with the word before it, or plainly one of these.

explain = ("explain" | "説明" | "解説") anything      the word may be left out before what is plainly one
"""

import re
import unicodedata

from bot.commands import Explain
from bot.vocabulary import COMMANDS, FIELDS, key_of
from tracing.hops import read_journey
from tracing.ndr import is_bounce
from tracing.pasted import MAX_PASTED

_FIRST = re.compile(r"\s*[/／]?([^\s:：、,]{1,20})[:：]?(?:\s+|$)")
_CODE = re.compile(
    r"(?:[45]\d\d[ #-]{1,2})?[245]\.\d{1,3}\.\d{1,3}(?![\d.])[^\n]*|[45][0-5]\d[ -][245]\.\d+\.\d+\s[^\n]*"
)
_ASKED = re.compile(r"(?<![\d./])(?:[45]\d\d[ #-]{1,2})?#?[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\d)")
"""A code inside other words gets the same answer as on its own."""
_BARE = re.compile(
    r"(?:error|code|reply|status|smtp|エラー|コード|応答)[^\d\n]{0,12}(?P<code>[45]\d\d)(?![\d.])"
    r"|^[^\d\n]{0,12}?(?<!\d)(?P<begun>[245]\.\d{1,3}\.?)$"
)
"""The beginning of a reply, or of an incomplete code."""
_REPLY = re.compile(r"(?<![\d.])[45]\d\d[ #-]{1,2}[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
"""`550 5.1.10`, wherever it stands."""
_MAX_ASKED = 160
"""Characters of a question about a code: `what does 5.7.1 mean?`"""

_BEGINNINGS = (*COMMANDS.values(), *FIELDS.values())

_HEADER = re.compile(r"\s*(?:>\s*)*(?:received|authentication-results|return-path)\s?:", re.IGNORECASE)


def read_explain(text: str) -> Explain | None:
    """The question that *text* puts, None when it puts another; at most MAX_PASTED characters are kept."""
    first = _FIRST.match(text)
    if first is not None and key_of(first[1]) in COMMANDS["explain"]:
        rest = text[first.end() :].strip()
        return Explain(rest[:MAX_PASTED], cut=len(rest) > MAX_PASTED)
    plain = text.strip()
    if len(plain) <= _MAX_ASKED and not _commands(first) and (code := _code_in(plain)):
        return Explain(code)
    if _CODE.fullmatch(plain) or is_bounce(plain) or (_HEADER.match(plain) and read_journey(plain)):
        return Explain(plain[:MAX_PASTED], cut=len(plain) > MAX_PASTED)
    return None


def explained_in(text: str) -> Explain | None:
    """What is to be explained in a message that somebody points at: there a reply with its code is enough."""
    found = read_explain(text)
    if found is None and _REPLY.search(text):
        return Explain(text[:MAX_PASTED], cut=len(text) > MAX_PASTED)
    return found


def _code_in(words: str) -> str:
    """The code that *words* ask about, with the reply before it; "" if none."""
    plain = unicodedata.normalize("NFKC", words)
    if "@" in plain:
        return ""
    asked = _ASKED.search(plain)
    if asked is not None:
        return asked[0].replace("#", " ").strip().replace("  ", " ")
    bare = _BARE.search(plain.casefold())
    return (bare["code"] or bare["begun"]) if bare else ""


def _commands(first: re.Match[str] | None) -> bool:
    """Whether the text begins with a word of the grammar, so that it is no question about a code."""
    return first is not None and any(key_of(first[1]) in forms for forms in _BEGINNINGS)
