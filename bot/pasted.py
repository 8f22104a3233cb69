"""What a message that somebody points at can be traced by: Message-IDs, else the addresses in it. Pure.

A bounce names both: the id finds the one mail, so it comes first.
"""

import re

from bot.commands import MESSAGE_ID_PERIOD
from bot.values import read_address, read_message_id
from tracing.model import AddressPattern, TraceQuery

MAX_IDS, MAX_ADDRESSES = 10, 10
MAX_READ = 60_000
"""Characters; Teams' own messages end at half of it."""

_LABELLED = re.compile(
    r"(?:message[ -]?id|メッセージ ?id)[^<\n]{0,20}<([^\s<>]{1,500}@[^\s<>]{1,400})>", re.IGNORECASE
)
_BRACKETED = re.compile(r"<([^\s<>@]{20,400}@[^\s<>@]{1,400})>")
"""Unlabelled, an id is told from `Suzuki <suzuki@hoge.com>` by its length and its digits."""

_ADDRESS = re.compile(r"[\w.+'=-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII)
"""Of ASCII alone: Japanese follows an address, and leads it, without a space."""

_MACHINES = re.compile(r"(?:postmaster|mailer-daemon|no-?reply|microsoftexchange\w*)@", re.IGNORECASE)


def query_in(text: str) -> TraceQuery | None:
    """The trace that *text* gives reason for, None when it names no mail."""
    text = text[:MAX_READ]
    unlabelled = (found for found in _BRACKETED.findall(text) if any(c.isdigit() for c in found))
    named = dict.fromkeys((*_LABELLED.findall(text), *unlabelled))
    ids = [one for one in map(read_message_id, named) if one is not None]
    if ids:
        return TraceQuery(MESSAGE_ID_PERIOD, message_ids=tuple(ids[:MAX_IDS]))
    addresses = _addresses(text)
    return TraceQuery(involving=(addresses,)) if addresses else None


def _addresses(text: str) -> tuple[AddressPattern, ...]:
    words = (word.strip("'.-=") for word in _ADDRESS.findall(text) if not _MACHINES.match(word))
    patterns = (pattern for pattern in map(read_address, words) if pattern is not None)
    return tuple(dict.fromkeys(patterns))[:MAX_ADDRESSES]
