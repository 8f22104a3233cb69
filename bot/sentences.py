"""A sentence that is no command → the trace it may ask for: `did bob@hoge.com get my mail yesterday?` Pure.

Never run unasked: it is what is offered. Message-IDs count, else addresses and domains, with the small words
beside them that say which end they are; without any, states by name; and the first day or length of time.
"""

import re
import unicodedata
from dataclasses import replace

from bot.moments import When
from bot.pasted import MAX_ADDRESSES, query_in
from bot.periods import BackwardRange, read_period
from bot.values import read_address
from bot.vocabulary import STATUSES
from tracing.model import AddressPattern, DeliveryStatus, Period, TraceQuery

_WORD = re.compile(r"[\w.+'=*?@-]+", re.ASCII)
"""Of ASCII alone: Japanese follows an address, and leads it, without a space."""

_SENDER_BEFORE, _RECIPIENT_BEFORE = re.compile(r"\b(?:from|by)\s*$"), re.compile(r"\b(?:to|for)\s*$")
_SENDER_AFTER, _RECIPIENT_AFTER = (
    re.compile(r"\s*(?:さん|様)?から"),
    re.compile(r"\s*(?:さん|様)?(?:へ|に|宛|あて)"),
)
_WHEN = re.compile(
    r"今日|本日|昨日|きのう|一昨日|おととい|今週|先週|今月|先月|(?:過去|直近)?\d{1,3}(?:時間|日|週|か月)[間前]?"
    r"|\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}"
    r"|\b(?:today|yesterday|(?:this|last|past) (?:week|month)|(?:last|past) \d{1,3} ?[a-z]{1,7})\b"
    r"|\b(?:last )?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\d{1,3} (?:hour|day|week)s? ago\b"
)
_EITHER_WAY = "[\u3040-\u30ff\u4e00-\u9fff]"
"""Letters of Japanese, between which no word ends visibly."""


def read_sentence(text: str, when: When) -> TraceQuery | None:
    """The trace *text* gives reason for, None when it names no mail."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    by_id = query_in(text)
    if by_id is not None and by_id.message_ids:
        return by_id
    found = _ends(plain)
    if found == TraceQuery():
        found = replace(found, statuses=_statuses(plain))
    if found == TraceQuery():
        return None
    period = _period(plain, when)
    return replace(found, period=period) if period else found


def _ends(plain: str) -> TraceQuery:
    senders: dict[AddressPattern, None] = {}
    recipients: dict[AddressPattern, None] = {}
    others: dict[AddressPattern, None] = {}
    for match in _WORD.finditer(plain):
        address = _address(match[0].strip("'.-=?"))
        if address is None:
            continue
        before, after = plain[: match.start()], plain[match.end() :]
        if _SENDER_BEFORE.search(before[-10:]) or _SENDER_AFTER.match(after):
            senders[address] = None
        elif _RECIPIENT_BEFORE.search(before[-10:]) or _RECIPIENT_AFTER.match(after):
            recipients[address] = None
        else:
            others[address] = None
    return TraceQuery(
        senders=tuple(senders)[:MAX_ADDRESSES],
        recipients=tuple(recipients)[:MAX_ADDRESSES],
        involving=tuple((one,) for one in tuple(others)[:2]),
    )


def _address(word: str) -> AddressPattern | None:
    """The address or domain *word* is; `5.7.1` and `10.5` are none."""
    top = word.rpartition(".")[2]
    return read_address(word) if 2 <= len(top) <= 24 and top.isalpha() and "." in word else None


def _statuses(plain: str) -> tuple[DeliveryStatus, ...]:
    return tuple(
        status
        for status, forms in STATUSES.items()
        if any(
            form in plain if re.match(_EITHER_WAY, form) else re.search(rf"\b{form}\b", plain)
            for form in forms
        )
    )


def _period(plain: str, when: When) -> Period | None:
    for match in _WHEN.finditer(plain):
        try:
            period = read_period(match[0], when)
        except BackwardRange:
            continue
        if period is not None:
            return period
    return None
