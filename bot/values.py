"""Single values: addresses, lengths of time, IP addresses; the same behind words and form inputs."""

import re
import unicodedata
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network

from cards.elements import clean
from cards.kept import MAX_NAME
from tracing.model import AddressPattern, BlankIp, IpFilter

LONGEST = timedelta(days=90)

_UNITS: tuple[tuple[str, timedelta], ...] = (
    (r"m|min|mins|minutes?|分間?", timedelta(minutes=1)),
    (r"h|hr|hrs|hours?|時間", timedelta(hours=1)),
    (r"d|days?|日間?", timedelta(days=1)),
    (r"w|weeks?|週間?", timedelta(weeks=1)),
    (r"months?|[かヶヵカケ箇]月間?", timedelta(days=30)),
)
_ONE = ("minute", "hour", "day", "week", "month")
_BLANK = ("blank", "none", "empty", "空", "空白", "なし")
_LOCAL = r"[^\s@<>\"(),:;\[\]\\]{1,64}"
_DOMAIN = r"[\w*?](?:[\w.*?-]{0,253}[\w*?])?"
_ADDRESS = re.compile(f"{_LOCAL}@{_DOMAIN}")
_SENTENCE = re.compile(r"\.[a-z]+(?:[\u3040-\u30ff\u4e00-\u9fff]|\.[\u3041-\u3096])[^.]*$")
"""Japanese text may follow an address without a space: a top-level domain has one script, and no particle is
one."""
_BARE_DOMAIN = re.compile(r"@?((?:\*\.)?[\w-]+(?:\.[\w-]+)+)")
_PLAIN_DOMAIN = re.compile(r"(?:\*\.)?(?:[a-z0-9-]+\.)+[a-z]{2,24}")
_MESSAGE_ID = re.compile(r"<?[^\s<>]{1,500}@[^\s<>]{0,495}>?")
_MACHINE_ID = re.compile(r"(?=(?:[^@]*\d){3})[^@]{20,}@|[^@]+@[\w.-]*\.prod\.outlook\.com$", re.IGNORECASE)
_UNHYPHENED = re.compile(r"[0-9a-f]{32}", re.IGNORECASE)
_TICKET = re.compile(r"[\w#][\w#./-]{0,39}")
GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def read_name(text: str) -> str | None:
    """A name that can be shown and typed again: what is hidden in it is gone; at most MAX_NAME characters."""
    plain = clean(text, len(text) + 1)
    return plain if 0 < len(plain) <= MAX_NAME else None


def read_address(word: str) -> AddressPattern | None:
    """The address or pattern *word* stands for; `@hoge.com` and `hoge.com` are `*@hoge.com`."""
    plain = unicodedata.normalize("NFKC", word).strip().removeprefix("<").removesuffix(">").lower()
    if _SENTENCE.search(plain):
        return None
    if _ADDRESS.fullmatch(plain) and ".." not in plain:
        return AddressPattern(plain)
    bare = _BARE_DOMAIN.fullmatch(plain)
    return AddressPattern(f"*@{bare[1]}") if bare else None


def read_duration(words: str) -> timedelta | None:
    """The length of time of *words*: `2d`, `48時間`, `3 months`; more than none, 90 days at most."""
    plain = unicodedata.normalize("NFKC", words).casefold().strip()
    for unit, length in _UNITS:
        match = re.fullmatch(rf"([0-9]{{1,5}})?\s*(?:{unit})", plain)
        if match and (match[1] or plain in _ONE):
            duration = int(match[1] or 1) * length
            return duration if timedelta(0) < duration <= LONGEST else None
    return None


def read_ip(word: str) -> IPv4Network | IPv6Network | None:
    """The address or range (`203.0.113.0/24`) that *word* names."""
    try:
        return ip_network(unicodedata.normalize("NFKC", word).strip(), strict=False)
    except ValueError:
        return None


def read_ip_filter(word: str) -> IpFilter | None:
    """The same, or that there is none: `blank`, 空."""
    plain = unicodedata.normalize("NFKC", word).casefold().strip()
    return BlankIp.BLANK if plain in _BLANK else read_ip(word)


def read_message_id(word: str) -> str | None:
    """The Message-ID, with or without angle brackets, also full-width."""
    plain = word.strip().replace("＜", "<").replace("＞", ">")
    return plain if _MESSAGE_ID.fullmatch(plain) else None


def read_id(word: str) -> str | None:
    """A Message-ID; a GUID is a trace id, returned in lower case with hyphens."""
    plain = unicodedata.normalize("NFKC", word).strip()
    if _UNHYPHENED.fullmatch(plain):
        plain = "-".join((plain[:8], plain[8:12], plain[12:16], plain[16:20], plain[20:]))
    return plain.lower() if GUID.fullmatch(plain) else read_message_id(plain)


def is_address_beyond_doubt(word: str) -> bool:
    """Whether *word*, in a list divided by spaces, can only be an address or a domain."""
    return "@" in word or "＠" in word or _PLAIN_DOMAIN.fullmatch(word.lower()) is not None


def is_id_beyond_doubt(word: str) -> bool:
    """Whether *word*, after ids introduced as such, is another id; an address pattern is not."""
    return "@" in word[1:] and not set("*?") & set(word) and read_message_id(word) is not None


def is_trace_id(word: str) -> bool:
    """Whether *word* begins with a trace id, or is one without hyphens."""
    return GUID.match(word) is not None or _UNHYPHENED.fullmatch(word) is not None


def looks_like_id(word: str) -> bool:
    """Whether *word*, bare, is a Message-ID rather than an address: long with digits, or Exchange's."""
    bare = unicodedata.normalize("NFKC", word).strip("<>")
    return _MESSAGE_ID.fullmatch(bare) is not None and _MACHINE_ID.match(bare) is not None


def read_ticket(word: str) -> str | None:
    """The number of a ticket, `INC123`, as it is written; at most 40 characters."""
    plain = unicodedata.normalize("NFKC", word).strip()
    return plain if _TICKET.fullmatch(plain) else None
