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

from tracing.encodings import is_html, readable, text_of, unquoted, words_of_html
from tracing.glued import parted

MAX_PASTED = 28_000
"""Characters that are read; Teams takes messages of about as many."""

_MAX_PARTS = 40
_MAX_FIELD = 2_000
_HIDDEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"
)
_QUOTE = re.compile(r"^[ \t]{0,8}(?:>(?!>> )[ \t]?){1,12}", re.MULTILINE)
_SHOWN_TWICE = re.compile(r"<mailto:[^<>\s]{1,320}>")
_FIELD = re.compile(
    r"\s{0,8}\*{0,2}([A-Za-z][A-Za-z0-9-]{1,60}|差出人|送信日時|宛先|件名)\*{0,2}\s?[:：]\*{0,2}(?=\s|$|\S)"
)
_JAPANESE = {"差出人": "from", "送信日時": "sent", "宛先": "to", "件名": "subject"}
"""Outlook's names of the fields above a forwarded message."""
_SOURCE = re.compile(
    r"^content-type:\s{0,8}(?:multipart|message|text)/|^content-transfer-encoding:\s{0,8}(?:base64|quoted)",
    re.IGNORECASE | re.MULTILINE,
)
_BARE_PARTS = re.compile(r"^--(\S{1,100})\n(?:[\w-]{1,60}:[^\n]{0,500}\n){0,6}?content-type:", re.IGNORECASE)
_TOP = re.compile(
    r"^(?:return-path|received|delivered-to|from|to|date|message-id|subject|mime-version|content-type"
    r"|content-transfer-encoding|x-[\w-]{1,60}):",
    re.IGNORECASE | re.MULTILINE,
)
_OF_MAIL = re.compile(
    r"(?:x-(?!failed|postfix|actual|display|notes|supplementary)[\w-]{1,60}|arc-[\w-]{1,40}"
    r"|content-[\w-]{1,40}|list-[\w-]{1,40}"
    r"|received|received-spf|from|to|cc|reply-to|sender|subject|date|message-id|references|in-reply-to"
    r"|return-path"
    r"|mime-version|dkim-signature|domainkey-signature|authentication-results|auto-submitted"
    r"|precedence|delivered-to"
    r"|thread-(?:topic|index)|importance|priority|user-agent|sent|errors-to|resent-[\w-]{1,40}"
    r"|envelope-to|accept-language"
    r"|original-recipient-id|feedback-id)"
)


_KNOWN = re.compile(
    rf"{_OF_MAIL.pattern}|x-[\w-]{{1,60}}|(?:final|original)-recipient|action|status|diagnostic-code"
    r"|reporting-mta|remote-mta|last-attempt-date|will-retry-until|arrival-date"
)
"""Names that begin a field even when indented; `CIP:` continues another field's line."""


@dataclass
class Parts:
    """What a message's source holds: its words, its delivery-status fields, and the original's headers."""

    words: list[str] = field(default_factory=list)
    marked_up: list[str] = field(default_factory=list)
    status: list[str] = field(default_factory=list)
    original: list[str] = field(default_factory=list)


def tidy(text: str) -> str:
    """The first MAX_PASTED characters of *text* without the noise that clients add; lines stay lines."""
    # Half a character (a lone surrogate) is none, and the parsers of headers stumble over it.
    text = text[:MAX_PASTED].encode("utf-8", "replace").decode()
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "&lt;" in text and not is_html(text):
        text = html.unescape(text)
    text = _HIDDEN.sub("", readable(text)).replace("\u00a0", " ").replace("\u3000", " ")
    return _SHOWN_TWICE.sub("", _QUOTE.sub("", text)).strip()


def fields(text: str) -> Iterator[tuple[str, str]]:
    """The header fields in *text*, names in lower case; folded lines are joined.

    Clients lose the space that marks a folded line, so every line without a name of its own continues the
    field before, up to a blank line. So does a line indented deeper than its field, unless its name is
    known.
    """
    name, parts, depth = "", list[str](), 0
    for line in text.split("\n"):
        own = len(line) - len(line.lstrip())
        named = _FIELD.match(line)
        if named is not None and name and own > depth and not _KNOWN.fullmatch(_name(named)):
            named = None
        if named is not None or not line.strip():
            if name:
                yield name, " ".join(parts)[:_MAX_FIELD]
            name, parts = "", []
        if named is not None:
            name, parts, depth = _name(named), [line[named.end() :].strip()], own
        elif name and line.strip():
            parts.append(line.strip())
    if name:
        yield name, " ".join(parts)[:_MAX_FIELD]


def _name(field: re.Match[str]) -> str:
    return _JAPANESE.get(field[1], field[1].lower())


def words_alone(text: str) -> str:
    """*text* without header fields, whose values are not words of a report."""
    kept: list[str] = []
    inside = False
    for line in text.split("\n"):
        named = _FIELD.match(line)
        if named is not None:
            inside = _OF_MAIL.fullmatch(named[1].lower()) is not None
        elif not line.strip() or not line[:1].isspace():
            inside = False
        if not inside:
            kept.append(line)
    return "\n".join(kept)


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
    if _SOURCE.search(text) is None:
        text = unquoted(text)
        return parted(words_of_html(text) if is_html(text) else text)
    if text.lower().count("boundary=") > _MAX_PARTS:
        return text
    return parted(_of_source(text))


def _of_source(text: str) -> str:
    parts = Parts()
    bare = _BARE_PARTS.match(text)
    if bare is not None:
        text = f'Content-Type: multipart/mixed; boundary="{bare[1]}"\n\n{text}'
    start = _TOP.search(text)
    before = text[: start.start()] if start else ""
    try:
        message = message_from_string(text[len(before) :])
        for number, part in enumerate(message.walk()):
            if number > _MAX_PARTS:
                break
            _sort(part, parts)
        top = _headers(message)
    except (RecursionError, MessageError, LookupError, ValueError, AssertionError):
        return text
    words = parts.words if any(word.strip() for word in parts.words) else parts.marked_up
    if not words and not parts.status:
        return text
    original = ["", "Original message headers:", *parts.original] if parts.original else []
    return "\n".join([before, top, "", *words, "", *parts.status, *original]).strip()


def _sort(part: Message, parts: Parts) -> None:
    kind = part.get_content_type()
    inner = part.get_payload()
    if kind in ("message/delivery-status", "message/global-delivery-status"):
        groups = inner if isinstance(inner, list) else []
        parts.status += [f"{_headers(group)}\n" for group in groups if isinstance(group, Message)]
    elif kind in ("message/rfc822", "message/global"):
        first = inner[0] if isinstance(inner, list) and inner else None
        parts.original += [_headers(first)] if isinstance(first, Message) else []
    elif kind in ("text/rfc822-headers", "message/global-headers", "text/rfc822"):
        parts.original.append(text_of(part))
    elif kind == "text/plain" and not parts.original:
        parts.words.append(text_of(part))
    elif kind == "text/html" and not parts.original:
        parts.marked_up.append(text_of(part))


def _headers(message: Message) -> str:
    lines = (f"{name}: {' '.join(str(value).split())}" for name, value in message.items())
    return "\n".join(lines)
