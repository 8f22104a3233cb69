"""Read pasted headers: the filter's verdict, the route, and how long each hop held the message.

Source: https://www.rfc-editor.org/rfc/rfc5321#section-4.4 (Received)
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracing.judgements import Judgement, judgement_of
from tracing.ndr_original import read_moment
from tracing.pasted import decoded, fields, tidy

MAX_HOPS = 60
SLOW = timedelta(minutes=1)
"""A hop that held the mail this long is worth a word."""

_FROM = re.compile(r"\bfrom\s{1,4}([\w.\[\]:-]{1,255})", re.IGNORECASE)
_BY = re.compile(r"\bby\s{1,4}([\w.\[\]:-]{1,255})", re.IGNORECASE)
_WITH = re.compile(r"\bwith\s{1,4}([\w ./-]{1,60}?)(?=\s(?:id|for|via|tls)\b|\s?[;(]|$)", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,900}>")


@dataclass(frozen=True)
class Hop:
    """One server taking a mail from another. `at` is its own clock's, None where it cannot be read.

    `delay` is the time since the hop before; None for the first, and where a time is missing. `skewed`: the
    clocks disagree, this one says earlier than the one before; its delay is then none.
    """

    from_host: str
    by_host: str
    protocol: str
    at: datetime | None
    delay: timedelta | None
    skewed: bool


@dataclass(frozen=True)
class Journey:
    """The content of one message's headers, hops oldest first. Texts are empty where nothing is known.

    `slowest` is the place of the hop that held the mail longest, None when none held it for SLOW.
    `judgement` is the receiving side's verdict.
    """

    message_id: str
    sender: str
    recipient: str
    subject: str
    hops: tuple[Hop, ...]
    slowest: int | None
    total: timedelta | None
    judgement: Judgement


def read_journey(text: str) -> Journey | None:
    """The way of the mail whose headers *text* holds; None when it holds no such headers."""
    # Blank lines between all lines are the clipboard's; behind the headers nothing is read by name.
    lines = "\n".join(line for line in tidy(text).split("\n") if line.strip())
    named = list(fields(lines))
    received = [value for name, value in named if name == "received"][:MAX_HOPS]
    first: dict[str, str] = {}
    for name, value in named:
        first.setdefault(name, value)
    found = _MESSAGE_ID.search(first.get("message-id", ""))
    judgement = judgement_of(named, first.get("from", ""))
    if not received and judgement.judged is None and (found is None or "from" not in first):
        return None
    hops = _hops(received[::-1])
    return Journey(
        message_id=found[0] if found else "",
        sender=decoded(first.get("from", "")),
        recipient=decoded(first.get("to", "")),
        subject=decoded(first.get("subject", "")),
        hops=hops,
        slowest=_slowest(hops),
        total=_total(hops),
        judgement=judgement,
    )


def _hops(received: Sequence[str]) -> tuple[Hop, ...]:
    hops = []
    before: datetime | None = None
    for value in received:
        way, _, when = value.rpartition(";")
        at = read_moment(re.sub(r"\([^()]{0,80}\)", "", when).strip())
        apart = at - before if at and before else None
        skewed = apart is not None and apart < timedelta(0)
        delay = max(apart, timedelta(0)) if apart is not None else None
        hops.append(Hop(_first(_FROM, way), _first(_BY, way), _first(_WITH, way), at, delay, skewed))
        before = max(at, before) if at and before else at or before
    return tuple(hops)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip() if found else ""


def _slowest(hops: Sequence[Hop]) -> int | None:
    held = [
        (hop.delay, place) for place, hop in enumerate(hops) if hop.delay is not None and hop.delay >= SLOW
    ]
    return max(held, key=lambda one: one[0])[1] if held else None


def _total(hops: Sequence[Hop]) -> timedelta | None:
    known = [hop.at for hop in hops if hop.at is not None]
    return max(known) - known[0] if len(known) > 1 else None
