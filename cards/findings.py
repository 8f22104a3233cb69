"""Show a finding the same way on every card: how sure it is, whose side, what to do and where."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from adaptivecards.baseobject import BareObject

from cards.elements import actions, bullet, clean, container, text
from cards.places import links
from cards.reader import Reader
from cards.texts import TEXTS
from tracing.causes import SUCCESSES, Cause, Certainty, Ending, Side
from tracing.certificates import TlsFault
from tracing.explain import Outcome
from tracing.ndr import Bounce
from tracing.vendors import Vendor

_THEIR_OWN = frozenset(
    {
        *(Cause.RECIPIENT_NOT_FOUND_REMOTE, Cause.MAILBOX_FULL_REMOTE, Cause.REJECTED_REMOTE),
        *(Cause.ACCEPTED_REMOTE, Cause.UNREACHABLE, Cause.TLS_PROBLEM, Cause.EXPIRED, Cause.DELAYED),
        *(Cause.SENDER_AUTHENTICATION, Cause.SENDING_LIMIT, Cause.TOO_MANY_RECIPIENTS),
        *(Cause.REJECTED_SPAM, Cause.CONTENT_REFUSED, Cause.SIZE_OR_FORMAT, Cause.ROUTING_LOOP),
    }
)
"""Causes whose next steps hold on either side; those of the others are for our side only."""


_STILL_THERE = frozenset(
    {Cause.QUARANTINED, Cause.QUARANTINED_BY_RULE, Cause.REMOVED_LATER, Cause.RECALLED, Cause.DELIVERED_JUNK}
)
"""Mail set aside or recalled on purpose: no side is at fault."""


@dataclass(frozen=True)
class Finding:
    """The content of a finding, from events or from a bounce; texts are empty where nothing is known."""

    cause: Cause
    code: str
    side: Side
    certainty: Certainty
    ending: Ending
    why: Cause | None = None
    tls: TlsFault | None = None
    vendor: Vendor = Vendor.EXCHANGE
    forwarded_to: str = ""
    retry_until: datetime | None = None
    retry_for: timedelta | None = None


def of_outcome(outcome: Outcome) -> Finding:
    """The finding from a message's events."""
    basis = outcome.basis
    return Finding(
        *(outcome.cause, basis.code, outcome.side, outcome.certainty, outcome.ending, outcome.why),
        tls=basis.tls,
        vendor=basis.vendor,
        forwarded_to=basis.forwarded_to,
    )


def of_bounce(bounce: Bounce) -> Finding:
    """The finding from a bounce, a reply or a code."""
    return Finding(
        *(bounce.cause, bounce.code, bounce.side, bounce.certainty, bounce.ending, bounce.why),
        tls=bounce.tls,
        vendor=bounce.vendor,
        retry_until=bounce.retry_until,
        retry_for=bounce.retry_for,
    )


def told(finding: Finding, reader: Reader, *, full: bool) -> list[BareObject]:
    """The lines below the verdict: why it waits, how long, the TLS fault, whose side, how sure."""
    said = [_why(finding, reader), _tls(finding, reader), _until(finding, reader)]
    if full and finding.cause is Cause.FORWARDED_WITHOUT_COPY and finding.forwarded_to:
        said.append(reader.say("finding.forwarded_to", address=clean(finding.forwarded_to, 100)))
    lines = [text(line, spacing="Small") for line in said if line]
    sure = _sure(finding, reader)
    return [*lines, text(sure, size="Small", isSubtle=True, spacing="Small")] if sure else lines


def what_to_do(finding: Finding, reader: Reader, *, full: bool) -> list[BareObject]:
    """The next steps, with buttons to the portals; nothing if no action is needed."""
    part = "steps" if full else "ask"
    theirs = finding.side is Side.THEIRS and finding.cause not in _THEIR_OWN
    key = f"finding.theirs.{part}" if theirs else f"cause.{finding.cause}.{part}"
    if finding.tls is TlsFault.DEMANDED:
        key = f"tls.demanded.{part}"
    steps = TEXTS[key][reader.language].splitlines()
    title = text(reader.say("detail.what_to_do"), weight="Bolder")
    items = [title, *(bullet(step) for step in steps)] if steps else []
    looked = links(
        *(finding.cause, finding.code, reader), vendor=finding.vendor, full=full, ours=_can_look(finding)
    )
    if looked:
        items.append(actions(*looked, spacing="Small"))
    return [container(items, style="emphasis")] if items else []


def _can_look(finding: Finding) -> bool:
    """Whether our portals show anything of it: not if it is on the other side, nor if it is a guess."""
    return finding.side is Side.OURS and finding.certainty is not Certainty.UNKNOWN


def _why(finding: Finding, reader: Reader) -> str:
    if finding.why is None:
        return ""
    return reader.say("finding.why", cause=reader.say(f"cause.{finding.why}.name"))


def _tls(finding: Finding, reader: Reader) -> str:
    return reader.say(f"tls.{finding.tls}") if finding.tls is not None else ""


def _until(finding: Finding, reader: Reader) -> str:
    if finding.ending is not Ending.WAITING:
        return ""
    if finding.retry_until is not None:
        return reader.say("finding.retry_until", time=reader.short(finding.retry_until))
    if finding.retry_for is not None:
        return reader.say("finding.retry_for", duration=reader.elapsed(finding.retry_for))
    return reader.say("finding.still_tried") if finding.cause is not Cause.DELAYED and finding.tls else ""


def _sure(finding: Finding, reader: Reader) -> str:
    """Whose side and how sure, if it failed or waits for a reason; a side effect of settings is no error."""
    if finding.ending is Ending.BY_DESIGN and finding.cause not in SUCCESSES:
        return reader.say("finding.by_design")
    if finding.cause in _STILL_THERE:
        return ""
    waits = finding.ending is Ending.WAITING and (finding.why or finding.tls or finding.code)
    if finding.ending is not Ending.GAVE_UP and not waits:
        return ""
    sure = reader.say(f"finding.{finding.certainty}")
    if finding.certainty is Certainty.UNKNOWN:
        return sure
    return f"{reader.say(f'finding.side.{finding.side}')} · {sure}"
