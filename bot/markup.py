"""What a person meant, out of what Teams made of it.

The `text` of a message loses asterisks, angle brackets, addresses behind names and the bounds of a list; the
`text/html` attachment still has them, so it is read first.
Source: https://learn.microsoft.com/microsoftteams/platform/resources/bot-v3/bot-conversations/bots-conversations
"""

import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from urllib.parse import unquote

from bot.vocabulary import COMMANDS, key_of

MAX_MARKUP = 150_000
"""Characters that are read: a pasted bounce of `tracing.pasted.MAX_PASTED`, each line a paragraph."""

_EMPHASIS = "\ue000"
_HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ue000\x00-\x08\x0b-\x1f\x7f]"
)
_BLOCKS = frozenset({"p", "div", "br", "li", "ul", "ol", "tr", "table", "blockquote", "pre"})
_EMPHATIC = frozenset({"b", "strong", "i", "em"})
_TOKEN = re.compile(r"\S+")


def without_hidden(words: str) -> str:
    """*words* without control and zero-width characters; a space that does not break is a space."""
    return _HIDDEN.sub("", words.replace("\u00a0", " "))


def spoken(text: str | None, markup: str | None, own_mentions: Sequence[str]) -> str:
    """The words of a message, one line a block.

    *text* and *markup* are the activity's `text` and its `text/html` attachment; *own_mentions* are the names
    under which the bot is mentioned: one of them is cut, where it stands first or last.
    """
    reader = _Reader()
    reader.feed(_whole_tags((markup or "")[:MAX_MARKUP]))
    reader.close()
    words = _visible(_asterisks("".join(reader.parts)))
    # Markup without a word says nothing about the text, unless a quoted reply is all there is.
    if not words and not reader.has_quoted:
        words = _visible(html.unescape(_AT.sub(r"\1", (text or "")[:MAX_MARKUP])))
    words = _without_mention(words, own_mentions).strip()
    if key_of(words.removeprefix("/")) in COMMANDS["explain"]:
        # Somebody else's words are what is to be explained: a bounce that was quoted, or replied to.
        words = f"{words}\n{_visible(''.join(reader.quoted))}".strip()
    return words


def _visible(words: str) -> str:
    return without_hidden(words).strip()


_TAG = re.compile(
    r"""/?+[a-z][^\s/>]*+(?:\s++[^\s=>'"/]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s'">]++))?+)*+\s*+/?+>""",
    re.IGNORECASE,
)
"""What follows the bracket of a whole tag; the quantifiers never go back, so that it takes linear time."""


def _whole_tags(markup: str) -> str:
    """*markup* with each bracket that begins no whole tag as the character it shows as.

    The parser looks for the end of a tag through all of the rest, again at each bracket: a page of broken
    ones would hold up everybody for seconds.
    """
    first, *pieces = markup.split("<")
    return first + "".join(("<" if _TAG.match(piece) else "&lt;") + piece for piece in pieces)


_AT = re.compile(r"<at(?:\s[^<>]*)?>([^<>]*)</at>")


def _without_mention(words: str, names: Sequence[str]) -> str:
    for name in filter(None, names):
        for shown in (name, f"@{name}"):
            if words.startswith(shown) and not _goes_on(shown, words[len(shown) :]):
                return words[len(shown) :].lstrip(" ,:、，：")
            if words.endswith(shown):
                return words[: -len(shown)]
    return words


def _goes_on(name: str, after: str) -> bool:
    """Whether what begins with *name* is a longer word; Japanese follows a name without a space."""
    return (name[-1] + after[:1]).isascii() and name[-1].isalnum() and after[:1].isalnum()


class _Reader(HTMLParser):
    """Collects the text of markup; a quoted reply is not this person's words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.has_quoted = False
        self.quoted: list[str] = []
        self._quoted = 0
        self._address = ""
        self._label: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "blockquote":
            self._quoted += 1
            self.has_quoted = True
        if tag in _BLOCKS:
            self._break()
        if tag in _EMPHATIC:
            self.handle_data(_EMPHASIS)
        href = dict(attrs).get("href") or ""
        if tag == "a" and href.lower().startswith("mailto:"):
            self._end_link()
            self._address = unquote(href[len("mailto:") :].partition("?")[0])
            self._label = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        if tag in _BLOCKS:
            self._break()
        if tag in _EMPHATIC:
            self.handle_data(_EMPHASIS)
        if tag == "a":
            self._end_link()

    def close(self) -> None:
        super().close()
        self._end_link()

    def _end_link(self) -> None:
        if self._label is not None:
            label, self._label = "".join(self._label), None
            # An address pasted from Outlook shows a name; what was meant is the address behind it.
            self.handle_data(label if "@" in label else self._address)

    def _break(self) -> None:
        (self.quoted if self._quoted else self.parts).append("\n")

    def handle_data(self, data: str) -> None:
        if self._label is not None:
            self._label.append(data)
        elif self._quoted:
            self.quoted.append(data.replace(_EMPHASIS, ""))
        else:
            self.parts.append(data)


def _asterisks(words: str) -> str:
    """*words* with the asterisks that became emphasis put back where an address lost them.

    `*@a.com to *@b.com` arrives as `<em>@a.com to </em>@b.com`: a mark inside a word with an `@` was an
    asterisk, unless it stands at the word's edge and the address is whole without it.
    """
    return _TOKEN.sub(lambda token: _restore(token[0]), words)


def _restore(token: str) -> str:
    if "@" not in token:
        return token.replace(_EMPHASIS, "")
    plain = token.replace(_EMPHASIS, "")
    lead = _EMPHASIS if token.startswith(_EMPHASIS) and plain.startswith("@") else ""
    tail = _EMPHASIS if token.endswith(_EMPHASIS) and plain.endswith(("@", ".")) else ""
    return (lead + token.strip(_EMPHASIS) + tail).replace(_EMPHASIS, "*")
