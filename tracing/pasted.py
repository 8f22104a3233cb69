"""Make pasted mail readable: quote marks, invisible characters and folded lines gone, parts decoded.

What is a message in its source is taken apart by the standard library's parser; nothing is fetched.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_string
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message

MAX_PASTED = 28_000
"""Characters that are read; Teams takes messages of about as many."""

_MAX_PARTS = 40
_MAX_FIELD = 2_000
_HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_QUOTE = re.compile(r"^[ \t]{0,8}(?:>[ \t]?){1,12}", re.MULTILINE)
_SHOWN_TWICE = re.compile(r"<mailto:[^<>\s]{1,320}>")
_FIELD = re.compile(r"\s{0,8}\*{0,2}([A-Za-z][A-Za-z0-9-]{1,60})\*{0,2}\s?:\*{0,2}(?=\s|$|\S)")
_SOURCE = re.compile(r"^content-type:\s{0,8}(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)


@dataclass
class Parts:
    """What a message's source holds: its words, its delivery-status fields, and the original's headers."""

    words: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    original: list[str] = field(default_factory=list)


def tidy(text: str) -> str:
    """The first MAX_PASTED characters of *text* without the noise that clients add; lines stay lines."""
    # Half a character (a lone surrogate) is none, and the parsers of headers stumble over it.
    text = text[:MAX_PASTED].encode("utf-8", "replace").decode()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&lt;" in text:
        text = html.unescape(text)
    text = _HIDDEN.sub("", text).replace("\u00a0", " ").replace("\u3000", " ")
    return _SHOWN_TWICE.sub("", _QUOTE.sub("", text)).strip()


def fields(text: str) -> Iterator[tuple[str, str]]:
    """The header fields among the lines of *text*, name in lower case; what is folded is joined.

    Clients lose the space that marks a folded line: every line without a name of its own continues the field
    before, up to a blank line.
    """
    name, parts = "", list[str]()
    for line in text.split("\n"):
        named = _FIELD.match(line)
        if named is not None or not line.strip():
            if name:
                yield name, " ".join(parts)[:_MAX_FIELD]
            name, parts = "", []
        if named is not None:
            name, parts = named[1].lower(), [line[named.end() :].strip()]
        elif name and line.strip():
            parts.append(line.strip())
    if name:
        yield name, " ".join(parts)[:_MAX_FIELD]


def decoded(value: str) -> str:
    """A header's value with its encoded words read; as it is where that fails."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value))) or value
    except (MessageError, LookupError, ValueError):
        return value


def take_apart(text: str) -> str:
    """*text* as people would see it: the source of a message becomes its words, status fields and headers."""
    if _SOURCE.search(text) is None or text.lower().count("boundary=") > _MAX_PARTS:
        return text
    parts = Parts()
    try:
        message = message_from_string(text)
        for number, part in enumerate(message.walk()):
            if number > _MAX_PARTS:
                break
            _sort(part, parts)
        top = _headers(message)
    except (RecursionError, MessageError, LookupError, ValueError, AssertionError):
        return text
    if not parts.words and not parts.status:
        return text
    original = ["", "Original message headers:", *parts.original] if parts.original else []
    return "\n".join([top, "", *parts.words, "", *parts.status, *original])


def _sort(part: Message, parts: Parts) -> None:
    kind = part.get_content_type()
    inner = part.get_payload()
    if kind == "message/delivery-status":
        groups = inner if isinstance(inner, list) else []
        parts.status += [f"{_headers(group)}\n" for group in groups if isinstance(group, Message)]
    elif kind == "message/rfc822":
        first = inner[0] if isinstance(inner, list) and inner else None
        parts.original += [_headers(first)] if isinstance(first, Message) else []
    elif kind == "text/rfc822-headers":
        parts.original.append(_text(part))
    elif kind == "text/plain" and not parts.original:
        parts.words.append(_text(part))


def _headers(message: Message) -> str:
    lines = (f"{name}: {' '.join(str(value).split())}" for name, value in message.items())
    return "\n".join(lines)


def _text(part: Message) -> str:
    body = part.get_payload(decode=True)
    assert isinstance(body, bytes)
    charset = part.get_content_charset() or "utf-8"
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")
