"""Read a pasted bounce: why, for whom, and which mail it is about.

The products word and lay out their reports each in their own way. What they have in common is looked for: the
reply, the fields of RFC 3464, the phrases before the addresses. Nothing is taken for granted.
Source: https://www.rfc-editor.org/rfc/rfc3464
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tracing.causes import Cause
from tracing.ndr_words import (
    ADDRESS,
    ADDRESS_LINE,
    BARE_REPLY,
    BEFORE_ADDRESSES,
    END_OF_ADDRESSES,
    MACHINE,
    ORIGINAL_TITLE,
    REPLIES,
    REPLY_LINE,
    SERVERS,
)
from tracing.pasted import fields, take_apart, tidy
from tracing.replies import cause_of_reply, code_of, codes_in, is_ours

MAX_RECIPIENTS = 50
MAX_REPLY = 500

_MESSAGE_ID = re.compile(r"<[^<>\s@]{1,400}@[^<>\s@]{1,400}>")
_WORDS = re.compile(r"[^\W\d_]{2}")
_DAY = re.compile(r"(\d{4})\s?[年/-]\s?(\d{1,2})\s?[月/-]\s?(\d{1,2})")


@dataclass(frozen=True)
class Bounce:
    """What a bounce, a reply or a code says. Texts are empty where nothing is told.

    `code` and `reply` as in `explain.Basis`; `remote_server` gave the reply. `message_id`, with its brackets,
    `sender` and `sent_at`, aware, are the original message's.
    """

    cause: Cause
    code: str = ""
    reply: str = ""
    recipients: tuple[str, ...] = ()
    remote_server: str = ""
    message_id: str = ""
    sender: str = ""
    sent_at: datetime | None = None


def read_bounce(text: str, domains: Collection[str] = ()) -> Bounce | None:
    """What *text* reports: a whole bounce, a line of one, or a bare code; None when it is none of these.

    What recipients of *domains*, in lower case, were refused was refused here, not by another side.
    """
    whole = take_apart(tidy(text))
    bare = BARE_REPLY.match(whole) if "\n" not in whole.strip() else None
    if bare is not None:
        return _of_reply(bare[1]) if code_of(bare[1]) else None
    named = list(fields(whole))
    reply = _reply(whole, named)
    recipients = _recipients(whole, named)
    if not code_of(reply) and not (recipients and is_bounce(whole)):
        return None
    code = _code(reply, named)
    head, original = _halves(whole)
    first = _original(original or head)
    return Bounce(
        cause=_cause(code, reply or _around(whole), named, remote=not _inside(recipients, domains)),
        code=code,
        reply=reply,
        recipients=recipients,
        remote_server=_server(whole),
        message_id=_message_id(first, named),
        sender=_sender(first, original),
        sent_at=_sent_at(first, named),
    )


def is_bounce(text: str) -> bool:
    """Whether *text* plainly reports a failed delivery, and is not somebody's own question."""
    text = tidy(text)
    if "\n" not in text:
        return False
    named = {name for name, _ in fields(text)}
    marks = (
        BEFORE_ADDRESSES.search(text) is not None,
        bool(named & {"diagnostic-code", "final-recipient", "x-failed-recipients", "reporting-mta"}),
        next(codes_in(text), "") != "" or any(pattern.search(text) for pattern in REPLIES),
    )
    return sum(marks) >= 2 or (marks[0] and len(ADDRESS.findall(text)) > 0)


def _of_reply(reply: str) -> Bounce:
    code = code_of(reply)
    remote = "." not in code
    cause = cause_of_reply(code, reply, remote=remote and not is_ours(reply))
    return Bounce(cause or Cause.OTHER, code, reply[:MAX_REPLY].strip() if _WORDS.search(reply) else "")


def _reply(text: str, named: Sequence[tuple[str, str]]) -> str:
    """The reply that says most: one with a telling code before one without."""
    found = [
        re.sub(r"^\s*(?:smtp|x-\w+)\s*;\s*", "", v, flags=re.I) for n, v in named if n == "diagnostic-code"
    ]
    found += [
        " ".join(match[1].split()) for pattern in (*REPLIES, REPLY_LINE) for match in pattern.finditer(text)
    ]
    found = [_trimmed(reply) for reply in found[:60]]
    for wanted in (_tells, code_of, bool):
        best = next((reply for reply in found if wanted(reply)), "")
        if best:
            return best
    return ""


def _tells(reply: str) -> bool:
    return any(True for _ in codes_in(reply)) and not code_of(reply).endswith(".0.0")


def _trimmed(reply: str) -> str:
    """*reply* without the quotation marks around it."""
    return reply[:MAX_REPLY].strip().strip("'\"“”‘’「」<>").strip()


def _code(reply: str, named: Sequence[tuple[str, str]]) -> str:
    code = code_of(reply)
    if "." in code and not code.endswith(".0.0"):
        return code
    status = next((code_of(value) for name, value in named if name == "status" and "." in code_of(value)), "")
    return code or status if status.endswith(".0.0") else status or code


def _inside(recipients: Sequence[str], domains: Collection[str]) -> bool:
    return bool(recipients) and all(one.rpartition("@")[2].lower() in domains for one in recipients)


def _cause(code: str, reply: str, named: Sequence[tuple[str, str]], *, remote: bool) -> Cause:
    cause = cause_of_reply(code, reply, remote=remote and not is_ours(reply))
    actions = {value.split()[0].lower() for name, value in named if name == "action" and value.split()}
    if cause is None or (actions == {"delayed"} and code[:1] != "5"):
        return Cause.DELAYED if "delayed" in actions else cause or Cause.OTHER
    return cause


def _around(text: str) -> str:
    """What stands behind the phrase of failure, where no reply does: its words may tell."""
    phrase = BEFORE_ADDRESSES.search(text)
    return text[phrase.start() : phrase.start() + MAX_REPLY] if phrase else ""


def _recipients(text: str, named: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """For whom it failed: as fields say, as lines begin with, or as stands behind a phrase of failure."""
    failed = _failed_fields(named)
    head, _ = _halves(text)
    for found in (failed, ADDRESS_LINE.findall(head), _behind_phrases(head)):
        people = _people(found)
        if people:
            return people
    return ()


def _failed_fields(named: Sequence[tuple[str, str]]) -> list[str]:
    """The final recipients of RFC 3464 whose action is no success, and Google's own field."""
    found: list[str] = []
    address = ""
    for name, value in named:
        if name == "x-failed-recipients":
            found += ADDRESS.findall(value)
        elif name in ("final-recipient", "original-recipient"):
            address = next(iter(ADDRESS.findall(value)), "")
            found += [address] if address else []
        elif name == "action" and value.lower().startswith(("delivered", "relayed", "expanded")) and address:
            found = [one for one in found if one != address]
    return found


def _behind_phrases(text: str) -> list[str]:
    """The addresses on the line of a phrase of failure and on those right behind it."""
    found: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if len(found) >= MAX_RECIPIENTS:
            break
        if BEFORE_ADDRESSES.search(line) is None:
            continue
        own = ADDRESS.findall(line)
        found += own
        for following in () if own else lines[number + 1 : number + 12]:
            if END_OF_ADDRESSES.match(following):
                break
            found += ADDRESS.findall(following)
    return found


def _people(addresses: Iterable[str]) -> tuple[str, ...]:
    """*addresses* once each, whatever their case; machines that report are nobody's recipients."""
    once = {address.lower(): address for address in reversed(list(addresses))}
    return tuple(a for key, a in reversed(once.items()) if not MACHINE.match(key))[:MAX_RECIPIENTS]


def _server(text: str) -> str:
    found = (pattern.search(text) for pattern in SERVERS)
    return next((match[1].rstrip(".") for match in found if match), "")


def _halves(text: str) -> tuple[str, str]:
    """The report, and the original's headers behind their title; "" where there is no title."""
    title = ORIGINAL_TITLE.search(text)
    return (text[: title.start()], text[title.end() :]) if title else (text, "")


def _original(text: str) -> dict[str, str]:
    """The first of each field in *text*."""
    first: dict[str, str] = {}
    for name, value in fields(text):
        first.setdefault(name, value)
    return first


def _message_id(original: dict[str, str], named: Sequence[tuple[str, str]]) -> str:
    """The original's id: from its headers, or the one that the report answers."""
    answered = [
        value for name, value in named if name in ("in-reply-to", "references", "x-original-message-id")
    ]
    for value in (*answered[:1], original.get("message-id", ""), original.get("x-original-message-id", "")):
        found = _MESSAGE_ID.search(value)
        if found:
            return found[0]
    return ""


def _sender(original: dict[str, str], behind_title: str) -> str:
    """Who sent the original; without a title before its headers nobody knows whose From it is."""
    addresses = ADDRESS.findall(original.get("from", "")) if behind_title else []
    return addresses[-1] if addresses and not MACHINE.match(addresses[-1]) else ""


def _sent_at(original: dict[str, str], named: Sequence[tuple[str, str]]) -> datetime | None:
    arrival = next((value for name, value in named if name == "arrival-date"), "")
    for value in (original.get("date", ""), arrival, original.get("sent", "")):
        moment = read_moment(value)
        if moment is not None:
            return moment
    days = (value for name, value in named if name in ("date", "sent"))
    return next((moment for moment in map(read_moment, days) if moment), None)


def read_moment(value: str) -> datetime | None:
    """The instant a header names, aware; a day alone is its noon in UTC; None when it names none."""
    try:
        moment = parsedate_to_datetime(value[:100])
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        pass
    day = _DAY.search(value[:100])
    try:
        return datetime(int(day[1]), int(day[2]), int(day[3]), 12, tzinfo=UTC) if day else None
    except ValueError:
        return None
