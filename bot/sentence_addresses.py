"""Normalize addresses as mail programs and people type them, before a sentence is read. Pure, linear.

鈴木 一郎 <suzuki@hoge.com>    [mailto:suzuki@hoge.com]    suzuki@hoge,com    https://www.hoge.com/

The result is shown before it is run, like every part of a sentence.
"""

import re

from bot.sentence_words import MAIL, STATES
from bot.stop_words import STOP_ENGLISH, STOP_JAPANESE
from bot.values import looks_like_id, read_address

_FORWARDED = re.compile(r" ?\[mailto:[^\s\[\]]{1,320}\]|(?<![\w])mailto:(?=[\w.+-])", re.IGNORECASE)
"""What Outlook adds after an address, or a browser before it."""

_SITE = re.compile(
    r"https?://(?:www\.)?([a-z0-9.-]{1,253})(?:[/?#][\w./?=&%#+-]*)?", re.IGNORECASE | re.ASCII
)
_COMMA = re.compile(
    r"(?<=[A-Za-z0-9])[,，、。．](?=(?:com|net|org|info|biz|jp|co|ne|or|ac|go|ed|lg)(?![A-Za-z0-9]))",
    re.IGNORECASE,
)
_AT = re.compile(r"(?<=[\w]) ?[(\[{]at[)\]}] ?(?=[\w-]{1,63}\.)", re.IGNORECASE | re.ASCII)
_DOTS = re.compile(r"(@[\w-]{1,63})\.{2,}(?=[a-z])", re.IGNORECASE | re.ASCII)
_LAST_DOT = re.compile(r"(?<=[A-Za-z])\.(?=[\u3041-\u3096])")
_APART = re.compile(
    r"(?<![\w.@-])(?P<local>[a-z][\w.+-]{0,63})(?:@ {1,2}| {1,2}@)(?=[\w-]{1,63}\.[a-z])",
    re.IGNORECASE | re.ASCII,
)
_ANGLED = re.compile(r"<([^\s<>@]{1,64}@[^\s<>@]{1,253})>")
_NAME = re.compile(
    r"(?:\"[^\"\n]{1,80}\"|[A-Za-z][\w.'’()/-]{0,30}(?: [A-Za-z(][\w.'’()/-]{0,30}){0,3}"
    r"|[\u4e00-\u9fff々\u30a1-\u30faー]{1,10}(?:[ \u3000][\u4e00-\u9fff々\u30a1-\u30faー]{1,10})?)[ \u3000]?$"
)
"""A name before an address: `"Suzuki, Ichiro"`, Ichiro Suzuki, 鈴木 一郎."""

_FIELD = re.compile(
    r"(?:(?<![a-z])(?:from|(?<!happened )to|cc)|差出人|送信者|宛先|受信者|送信元"
    r"|送信先)[ \u3000]?[:：=]?[ \u3000]?$",
    re.IGNORECASE,
)
_ID = re.compile(r"id[ \u3000]?[:：=]?[ \u3000]?$", re.IGNORECASE)
_END = re.compile(r"[」』\"]?[ \u3000]?(?:から|より|宛|あて|へ|に|さん|様|wrote|[;:：；,、])")
_LONGEST_NAME = 100


def with_plain_addresses(text: str) -> str:
    """*text* with each address reduced to the plain address."""
    text = _FORWARDED.sub("", text)
    text = _AT.sub("@", _SITE.sub(r"\1", text))
    text = _LAST_DOT.sub("", _DOTS.sub(r"\1.", _COMMA.sub(".", text)))
    return _mailboxes(_APART.sub(_joined, text))


def _joined(match: re.Match[str]) -> str:
    """`suzuki @hoge.com` is one address; `from @hoge.com` is a word and a domain."""
    word = match["local"].lower()
    says = word in STOP_ENGLISH or MAIL.search(word) or any(state.search(word) for state in STATES.values())
    return match[0] if says else f"{match['local']}@"


def _mailboxes(text: str) -> str:
    """In angle brackets after a name or beside a direction word it is an address, otherwise a Message-ID."""
    pieces: list[str] = []
    done = 0
    for match in _ANGLED.finditer(text):
        before = text[max(done, match.start() - _LONGEST_NAME) : match.start()]
        if read_address(match[1]) is None or looks_like_id(match[1]) or _ID.search(before):
            continue
        name = _NAME.search(before)
        named = name is not None and not _says_nothing(name[0])
        if not (named or _FIELD.search(before) or _END.match(text, match.end())):
            continue
        begin = match.start() - len(name[0]) if name is not None and named else match.start()
        pieces += [text[done:begin], match[1]]
        done = match.end()
    return "".join([*pieces, text[done:]])


def _says_nothing(name: str) -> bool:
    """Whether *name* is a word of the sentence rather than a person's name."""
    words = name.strip().strip('"').split()
    return words[-1].lower() in STOP_ENGLISH or not STOP_JAPANESE.sub("", words[-1])
