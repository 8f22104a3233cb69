"""Judge what a mail's events add up to: one cause, the event it ended with, the rule behind it.

The last word is not always told, and events contradict each other; the row's own status decides between them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tracing.causes import BY_DESIGN, STANDING, Cause, Certainty
from tracing.model import DeliveryStatus
from tracing.reason import Told, is_private
from tracing.replies import final

_ARRIVED = frozenset(
    {
        DeliveryStatus.DELIVERED,
        DeliveryStatus.FILTERED_AS_SPAM,
        DeliveryStatus.QUARANTINED,
        DeliveryStatus.RECALLED,
    }
)
_UNDER_WAY = frozenset({DeliveryStatus.PENDING, DeliveryStatus.GETTING_STATUS})
_FAILURES = ("fail", "badmail", "poison")
_REMOVALS = ("zero-hour", "zap")

_BY_STATUS: Mapping[str, Cause] = {
    DeliveryStatus.DELIVERED: Cause.DELIVERED,
    DeliveryStatus.EXPANDED: Cause.EXPANDED,
    DeliveryStatus.QUARANTINED: Cause.QUARANTINED,
    DeliveryStatus.FILTERED_AS_SPAM: Cause.DELIVERED_JUNK,
    DeliveryStatus.PENDING: Cause.IN_PROGRESS,
    DeliveryStatus.GETTING_STATUS: Cause.IN_PROGRESS,
    DeliveryStatus.RECALLED: Cause.RECALLED,
}
_DEEDS: Mapping[Cause, tuple[str, ...]] = {
    Cause.BLOCKED_RULE: ("reject",),
    Cause.DELETED_BY_RULE: ("delete",),
    Cause.QUARANTINED_BY_RULE: ("quarantine",),
    Cause.REDIRECTED: ("redirect",),
}
"""What a mail flow rule does, in the words of its action, when it is the one behind a cause."""


_UNTOLD = frozenset({Cause.OTHER, Cause.DROPPED, Cause.HANDLED})
"""Verdicts that only say that the cause is unknown."""


@dataclass(frozen=True)
class Verdict:
    """The cause of a message's outcome, and how sure it is.

    `why` is the reason for the delay, also if it was given up after it; None if unknown. `waiting`:
    delivery is still being tried.
    """

    cause: Cause
    certainty: Certainty = Certainty.CERTAIN
    why: Cause | None = None
    waiting: bool = False


def decisive_of(events: Sequence[Told], status: str) -> Told | None:
    """The event the message ended with, or waits at; *events* in order."""
    reached = any(e.is_a("deliver") for e in events)
    moves = [e for e in events if e.is_a("deliver", "defer", "send external" if reached else "send")]
    arrivals = [e for e in moves if e.is_a("deliver", "send external")]
    if moves and moves[-1].is_a("defer") and status not in _ARRIVED:
        arrivals = []
    failures = [e for e in events if e.is_a(*_FAILURES)]
    # Of several failures the last that says why; a bare one often follows it.
    failures = [e for e in failures if e.codes] or failures
    ends = (arrivals, failures) if status in _ARRIVED else (failures, arrivals)
    drops = [e for e in events if e.is_a("drop")]
    own = [e for e in drops if e.read.cause is not Cause.EXPANDED]
    turns = [e for e in events if e.is_a("expand", "redirect", "resolve")][:1]
    for named in (*ends, own, moves, drops if status == DeliveryStatus.FAILED else [], turns, drops):
        if named:
            return named[-1]
    return None


def judge(events: Sequence[Told], decisive: Told | None, status: str) -> Verdict:
    """What became of the message; *events* in order, *decisive* the one it ended with."""
    if decisive is not None and decisive.is_a(*_FAILURES):
        return _why_failed(events, decisive)
    held = _verdict(events, decisive, status)
    if held is not None:
        return Verdict(held)
    if decisive is None:
        return _verdict_of(_BY_STATUS.get(status, Cause.OTHER))
    if decisive.is_a("drop"):
        return _verdict_of(_why_dropped(events, decisive))
    if status == DeliveryStatus.FAILED:
        # The Fail itself is not told: the last thing that was may say why, and never that all is well.
        return _why_failed(events, decisive)
    if decisive.is_a("defer") and status != DeliveryStatus.DELIVERED:
        return _why_waiting(decisive)
    return Verdict(_where(decisive, status))


def rule_behind(events: Sequence[Told], cause: Cause) -> Told | None:
    """The event of the rule that *cause* rests on; None where no rule decided, or none is told."""
    if cause is Cause.BLOCKED_DLP:
        dlp = [e for e in events if _is_dlp(e)]
        return next((e for e in reversed(dlp) if _blocks(e)), dlp[-1] if dlp else None)
    deeds = _DEEDS.get(cause)
    if deeds is None:
        return None
    rules = [e for e in events if e.is_a("transport rule")]
    silent = [e for e in rules if not e.action and cause is not Cause.REDIRECTED]
    return next((e for e in reversed(rules) if _did(e, *deeds)), silent[-1] if silent else None)


def folder_of(events: Sequence[Told]) -> str:
    """The folder the message was last delivered to, in the vendor's words; "" where none is told."""
    return next((e.folder for e in reversed(events) if e.is_a("deliver") and e.folder), "")


def _where(decisive: Told, status: str) -> Cause:
    """How far a message came that neither failed nor was held."""
    if decisive.is_a("deliver"):
        return Cause.DELIVERED
    if decisive.is_a("defer"):
        return Cause.DELIVERED
    if status in _UNDER_WAY:
        return Cause.IN_PROGRESS
    if decisive.is_a("send"):
        return Cause.HANDED_ON_PREMISES if _on_premises(decisive) else Cause.ACCEPTED_REMOTE
    return Cause.EXPANDED if decisive.is_a("expand") else Cause.REDIRECTED


def _verdict_of(cause: Cause) -> Verdict:
    return Verdict(cause, Certainty.UNKNOWN if cause in _UNTOLD else Certainty.CERTAIN)


def _why_waiting(deferred: Told) -> Verdict:
    """Delayed, with the reason; a fault that no retry fixes is named itself."""
    read = deferred.read
    if read.cause in STANDING:
        return Verdict(read.cause, read.certainty, waiting=True)
    why = read.cause if read.cause not in (Cause.DELAYED, Cause.EXPIRED) else None
    return Verdict(Cause.DELAYED, why=why, waiting=True)


def _verdict(events: Sequence[Told], decisive: Told | None, status: str) -> Cause | None:
    """What filters, groups and moderators decided, where no failure stands."""
    if status == DeliveryStatus.RECALLED:
        return Cause.RECALLED
    if status == DeliveryStatus.EXPANDED and any(e.is_a("expand") for e in events):
        return Cause.EXPANDED
    arrived = decisive is not None and decisive.is_a("deliver")
    if arrived and _was_removed(events):
        return Cause.REMOVED_LATER
    judged = arrived or decisive is None or status == DeliveryStatus.QUARANTINED
    held = _held(events, status) if judged else None
    let_go = held is None and status == DeliveryStatus.DELIVERED and decisive is not None
    if any(e.is_a("malware") for e in events) and not let_go:
        return Cause.MALWARE
    if held is not None:
        return held
    if not arrived and status in _UNDER_WAY and any(_is_moderation(e) for e in events):
        return Cause.AWAITING_APPROVAL
    return None


def _held(events: Sequence[Told], status: str) -> Cause | None:
    """Where a filter or a rule put the message instead of the inbox."""
    folder = folder_of(events)
    spam = [e for e in events if e.is_a("spam")]
    judged = [word for e in spam for word in (e.data.get("DI", ""), e.action)]
    to_quarantine = any(word == "SQ" or "quarantine" in word for word in judged)
    quarantined = folder.startswith("Quarantined") or (to_quarantine and not folder)
    if status == DeliveryStatus.QUARANTINED or quarantined:
        by_rule = _rule_did(events, "quarantine") and not to_quarantine
        return Cause.QUARANTINED_BY_RULE if by_rule else Cause.QUARANTINED
    spammy = "SJ" in judged or status == DeliveryStatus.FILTERED_AS_SPAM
    junk = folder == "JunkEmail" or (spammy and not folder and status not in _UNDER_WAY)
    return Cause.DELIVERED_JUNK if junk else None


def _was_removed(events: Sequence[Told]) -> bool:
    """Whether a later look (zero-hour auto purge) took a delivered message, and nobody gave it back."""
    last = next((e for e in reversed(events) if e.is_a("deliver", *_REMOVALS)), None)
    return last is not None and last.is_a(*_REMOVALS)


def _is_moderation(event: Told) -> bool:
    return "moderat" in event.text.casefold()


def _on_premises(sent: Told) -> bool:
    words = f"{sent.text} {sent.data.get('ConnectorId', '')}".casefold()
    return "on-premises" in words or is_private(sent.server[1])


def _why_dropped(events: Sequence[Told], decisive: Told) -> Cause:
    words = f"{decisive.component} {decisive.text}".casefold()
    if "dlp" in decisive.component.casefold():
        return Cause.BLOCKED_DLP
    if _rule_did(events, "quarantine"):
        return Cause.QUARANTINED_BY_RULE
    if _rule_did(events, "reject"):
        return Cause.BLOCKED_RULE
    read = decisive.read
    if read.certainty is Certainty.CERTAIN and read.cause in BY_DESIGN | {Cause.AWAITING_APPROVAL}:
        return read.cause
    if _rule_did(events, "delete") or "transport rule" in words or "transport.rules" in words:
        return Cause.DELETED_BY_RULE
    if any(e.is_a("redirect", "resolve") for e in events):
        return Cause.REDIRECTED
    # What Exchange acknowledges as done was handled, not lost, whichever component says so.
    return Cause.HANDLED if read.code.startswith("2.1.") else Cause.DROPPED


def _why_failed(events: Sequence[Told], decisive: Told) -> Verdict:
    read, component = decisive.read, decisive.component.casefold()
    # The component or the rule's own event proves DLP; the code 5.7.171 alone does not.
    if "dlp" in component or any(_is_dlp(e) and (_blocks(e) or read.code == "5.7.171") for e in events):
        return Verdict(Cause.BLOCKED_DLP)
    if not decisive.is_remote and ("TRANSPORT.RULES" in decisive.reply or "transport rule" in component):
        return Verdict(Cause.BLOCKED_RULE)
    if any(e.is_a("malware") for e in events):
        return Verdict(Cause.MALWARE)
    if decisive.is_a("badmail", "poison"):
        return Verdict(Cause.SIZE_OR_FORMAT)
    if _is_moderation(decisive) and read.cause is not Cause.ROUTING_LOOP:
        return Verdict(Cause.NOT_APPROVED)
    if not decisive.is_remote and read.cause in (None, Cause.BLOCKED_POLICY) and _rule_did(events, "reject"):
        return Verdict(Cause.BLOCKED_RULE)
    cause, certainty = final(read, remote=decisive.is_remote)
    return Verdict(cause, certainty, _held_up_by(events) if cause is Cause.EXPIRED else None)


def _held_up_by(events: Sequence[Told]) -> Cause | None:
    """The reason in the last deferral that gives one."""
    told = [e.read.cause for e in events if e.is_a("defer")]
    return next((c for c in reversed(told) if c not in (None, Cause.DELAYED, Cause.EXPIRED)), None)


def _is_dlp(event: Told) -> bool:
    """A rule of a DLP policy; the older ones are mail flow rules that name theirs."""
    return event.is_a("dlp rule") or (event.is_a("transport rule") and bool(event.rule[2]))


def _blocks(event: Told) -> bool:
    """Whether a DLP rule's action is BA, block access; an older one rejects."""
    words = event.action.replace(";", " ").replace(",", " ").split()
    return "ba" in words or "block" in event.action or _did(event, "reject")


def _rule_did(events: Sequence[Told], *words: str) -> bool:
    return any(_did(e, *words) for e in events if e.is_a("transport rule"))


def _did(event: Told, *words: str) -> bool:
    return any(word in event.action for word in words)
