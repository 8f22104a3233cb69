"""Read a pasted bounce: why, for whom, and which mail it is about.

The products word and lay out their reports each in their own way. What they have in common is looked for: the
reply, the fields of RFC 3464, the phrases before the addresses. Nothing is taken for granted.
Source: https://www.rfc-editor.org/rfc/rfc3464
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tracing.causes import STANDING, Cause, Certainty, Ending, Side, ending_of, side_of
from tracing.certificates import TlsFault
from tracing.ndr_original import Original, halves, original_of
from tracing.ndr_records import MAX_RECIPIENTS, Record, people_of, records_of, spoken_of
from tracing.ndr_words import (
    ADDRESS,
    ASKED_CODE,
    BARE_REPLY,
    BEFORE_ADDRESSES,
    BEHIND_ADDRESS,
    EXCHANGE_REPORT,
    HASH_CODE,
    INDENTED,
    REPLIES,
    REPLY_LINES,
    REPORT_TITLE,
    REPORTER,
    SERVERS,
    TRANSCRIPT,
)
from tracing.notices import goes_on, tried_for
from tracing.pasted import decoded, fields, take_apart, tidy, words_alone
from tracing.replies import Reply, code_of, codes_in, final, read_reply
from tracing.reply_words import cause_by_words
from tracing.speakers import domain_refused, is_foreign, is_remote
from tracing.vendors import Vendor

MAX_REPLY = 500
_MAX_ASKED = 120
"""The most characters of a question about a code."""

_MAX_HEADER = 8_000
_MAX_AROUND = 1_500
"""The most characters read of a report without a reply."""

_WORDS = re.compile(r"[^\W\d_]{2}")
_HOST = re.compile(r"\b[a-zA-Z][\w-]{0,62}(?:\.[\w-]{1,63}){2,8}")
_MARK = re.compile(r"^\s*(?:smtp|x-[\w-]+|dns)\s*;\s*", re.IGNORECASE)
_OF_REPORTS = frozenset({"diagnostic-code", "final-recipient", "x-failed-recipients", "reporting-mta"})


@dataclass(frozen=True)
class Bounce:
    """The content of a bounce, a reply or a code. Texts are empty where nothing is known.

    `code` and `reply` as in `explain.Basis`; `remote_server` gave the reply. `message_id`, with its brackets,
    `sender`, `subject` and `sent_at`, aware, are the original message's. `waiting`: it is still being tried,
    with the reason `why` if known, until `retry_until` or for `retry_for` from the notice on.
    `remote`: the other side reported it. `fates` are the causes by recipient, if they differ.
    `said_side` is the side at fault if the reply itself tells.
    """

    cause: Cause
    code: str = ""
    reply: str = ""
    recipients: tuple[str, ...] = ()
    remote_server: str = ""
    message_id: str = ""
    sender: str = ""
    sent_at: datetime | None = None
    subject: str = ""
    vendor: Vendor = Vendor.EXCHANGE
    certainty: Certainty = Certainty.CERTAIN
    why: Cause | None = None
    waiting: bool = False
    remote: bool = False
    tls: TlsFault | None = None
    retry_until: datetime | None = None
    retry_for: timedelta | None = None
    fates: tuple[tuple[str, Cause], ...] = ()
    said_side: Side | None = None

    @property
    def side(self) -> Side:
        """The side that can fix it."""
        return self.said_side or side_of(self.why or self.cause, remote=self.remote)

    @property
    def ending(self) -> Ending:
        return ending_of(self.cause, waiting=self.waiting)


def read_bounce(text: str, domains: Collection[str] = ()) -> Bounce | None:
    """What *text* reports: a whole bounce, a line of one, or a bare code; None when it is none of these.

    What recipients of *domains*, in lower case, were refused was refused here, not by another side.
    """
    whole = take_apart(tidy(text))
    line = _one_line(whole)
    if line:
        return _of_line(line, domains)
    head, behind = halves(whole)
    words = words_alone(head)
    records = records_of(head)
    recipients = people_of(head, words, records)
    server = _server(head)
    reply = _reply(words, records)
    if not code_of(reply) and not (recipients and _reports(whole)):
        return None
    remote = is_remote(reply, recipients, domains, server, head)
    read = _read(reply, words, records, remote=remote, server=server)
    original = original_of(whole, head, behind)
    waiting = _waits(read, records, words)
    cause, certainty, why = _told(read, waiting=waiting, remote=remote)
    until = _until(original, words) if waiting else None
    return Bounce(
        cause=cause,
        code=read.code,
        reply=reply,
        recipients=recipients,
        remote_server=server,
        message_id=original.message_id,
        sender=original.sender,
        sent_at=original.sent_at,
        subject=original.subject,
        vendor=read.vendor,
        certainty=certainty,
        why=why,
        waiting=waiting,
        remote=remote,
        tls=read.tls,
        retry_until=until,
        retry_for=tried_for(words) if waiting and until is None else None,
        fates=_fates(records, recipients, words, domains, head),
        said_side=read.side,
    )


def _fates(
    records: Sequence[Record], people: Sequence[str], words: str, domains: Collection[str], head: str
) -> tuple[tuple[str, Cause], ...]:
    """The causes of those of *people* that have a reply of their own; empty if all have the same."""
    told = [one for one in records if one.address]
    fates: dict[str, Cause] = {}
    for record in told[:MAX_RECIPIENTS] or (one for one in spoken_of(words) if one.address in people):
        if record.diagnostic or record.code:
            reply, server = _trimmed(_MARK.sub("", record.diagnostic)), _server(head)
            remote = is_remote(reply, (record.address,), domains, server, head)
            read = _read(reply, "", (record,), remote=remote, server=server)
            fates[record.address] = _told(read, waiting=_waits(read, (record,), ""), remote=remote)[0]
    return tuple(fates.items()) if len(set(fates.values())) > 1 else ()


def is_bounce(text: str) -> bool:
    """Whether *text* clearly reports a failed or delayed delivery, and is not a person's question."""
    text = tidy(text)
    return ("\n" in text or len(text) >= 2 * _MAX_ASKED) and _reports(take_apart(text))


def _reports(text: str) -> bool:
    named = {name for name, _ in fields(text)}
    words = words_alone(text)
    if _is_report(text):
        return True
    marks = (
        BEFORE_ADDRESSES.search(words) is not None,
        bool(named & _OF_REPORTS) or EXCHANGE_REPORT.search(words) is not None,
        next(codes_in(words), "") != "" or any(pattern.search(words) for pattern in REPLIES),
    )
    return sum(marks) >= 2 or (marks[0] and ADDRESS.search(words) is not None)


def _is_report(text: str) -> bool:
    """Whether the topmost header is a mail system's report, by its sender or its subject."""
    told: dict[str, str] = {}
    for name, value in fields(text[:_MAX_HEADER]):
        told.setdefault(name, decoded(value))
    machine = REPORTER.search(told.get("from", "")) is not None
    return "from" in told and (machine or REPORT_TITLE.search(told.get("subject", "")) is not None)


def _one_line(whole: str) -> str:
    """The single reply, or the code in a short question; "" for a whole report."""
    if "\n" in whole.strip():
        return ""
    bare = BARE_REPLY.match(whole)
    if bare is not None:
        return bare[1] if code_of(bare[1]) else ""
    asked = ASKED_CODE.search(whole) if len(whole) <= _MAX_ASKED and "@" not in whole else None
    if asked is None:
        return ""
    # The words of a question do not describe the code, so the code is read alone.
    return asked[0]


def _of_line(reply: str, domains: Collection[str]) -> Bounce:
    code = code_of(reply)
    worded = _WORDS.search(reply) is not None
    named = domain_refused(reply) if worded else ""
    remote = is_foreign(reply, code, named, domains) if worded else "." not in code
    read = read_reply(reply if worded else code, remote=remote, server=named if remote else "")
    waiting = read.passing and (read.cause is not Cause.EXPIRED or goes_on((), reply) is True)
    cause, certainty, why = _told(read, waiting=waiting, remote=remote)
    if why is not None and not worded:
        cause, why = why, None
    shown = reply[:MAX_REPLY].strip() if worded else ""
    return Bounce(
        *(cause, code, shown),
        vendor=read.vendor,
        certainty=certainty,
        why=why,
        waiting=waiting,
        remote=remote,
        tls=read.tls,
        said_side=read.side,
    )


def _told(read: Reply, *, waiting: bool, remote: bool) -> tuple[Cause, Certainty, Cause | None]:
    """The cause, how sure it is, and the reason for the wait."""
    if not waiting:
        return *final(read, remote=remote), None
    if read.cause in STANDING:
        return read.cause, read.certainty, None
    passing = (None, Cause.DELAYED, Cause.EXPIRED, Cause.ACCEPTED_REMOTE)
    return Cause.DELAYED, Certainty.CERTAIN, None if read.cause in passing else read.cause


def _waits(read: Reply, records: Sequence[Record], words: str) -> bool:
    said = goes_on({record.action for record in records}, words)
    return said if said is not None else read.passing


def _until(original: Original, words: str) -> datetime | None:
    """The time of the last attempt, if the notice gives it: an instant, or a length counted from its own
    time."""
    length = tried_for(words)
    if original.retry_until is not None or length is None or original.noticed_at is None:
        return original.retry_until
    return original.noticed_at + length


def _read(reply: str, words: str, records: Sequence[Record], *, remote: bool, server: str) -> Reply:
    """Read the reply; if it says nothing, read the status field and the surrounding words."""
    code = code_of(reply)
    if "." not in code or code.endswith(".0.0"):
        told = [record.code for record in records if record.code]
        status = next((one for one in told if not one.endswith(".0.0")), told[0] if told else "")
        code = status if status and not (code and status.endswith(".0.0")) else code
    read = read_reply(reply, remote=remote, code=code, server=server)
    # A reply with words is not overruled by the surrounding words, even if its words are unknown.
    if not _WORDS.search(reply) and (read.cause is None or read.certainty is Certainty.UNKNOWN):
        around = _around(words)
        if cause_by_words(around) is not None:
            return read_reply(around, remote=remote, code=code, server=server)
    return read


def _reply(words: str, records: Sequence[Record]) -> str:
    """The reply that says most: one with a telling code before one without."""
    found = [_MARK.sub("", record.diagnostic) for record in records if record.diagnostic]
    for pattern in (*REPLIES, *REPLY_LINES, HASH_CODE):
        found += [" ".join(match[1].split()) for match in pattern.finditer(words)]
    found = [_trimmed(reply) for reply in found[:60]]
    heard = [_trimmed(" ".join(match[1].split())) for match in TRANSCRIPT.finditer(words)]
    for some, wanted in ((heard, _says), (found, _tells), (found, _says), (found, code_of)):
        best = next((reply for reply in some if wanted(reply)), "")
        if best:
            return best
    behind = (
        " ".join(match[1].split()) for said in (BEHIND_ADDRESS, INDENTED) for match in said.finditer(words)
    )
    return next((_trimmed(said) for said in behind if cause_by_words(said)), next(iter(found), ""))


def _tells(reply: str) -> bool:
    worded = _WORDS.search(reply) is not None
    return worded and any(True for _ in codes_in(reply)) and not code_of(reply).endswith(".0.0")


def _says(reply: str) -> bool:
    return bool(code_of(reply)) and cause_by_words(reply) is not None


def _trimmed(reply: str) -> str:
    """*reply* without surrounding punctuation."""
    bare = reply[:MAX_REPLY].strip().strip("'\"“”‘’「」<>#").strip()
    return bare[:-1] if bare.endswith(")") and "(" not in bare else bare


def _around(words: str) -> str:
    """The words of the report, from its phrase of failure on if there is one."""
    phrase = BEFORE_ADDRESSES.search(words)
    start = words.rfind("\n", 0, phrase.start()) + 1 if phrase else 0
    # Server names are no words: `relay.example.com` does not mean a relay was denied.
    return " ".join(_HOST.sub("host", words[start : start + _MAX_AROUND]).split())


def _server(text: str) -> str:
    found = (pattern.search(text) for pattern in SERVERS)
    return next((match[1].rstrip(".") for match in found if match), "")
