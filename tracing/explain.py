"""Say what became of a mail, and why, from its events.

Events of one second arrive in no order, reasons arrive cut off, and the last word is not always told: where
events contradict each other, the row's own status decides between them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracing.causes import AT_THE_REMOTE, Cause, cause_of_code
from tracing.model import DeliveryStatus, TraceEvent
from tracing.reason import Told, is_private

_PHASES: tuple[tuple[str, int], ...] = (
    ("receive", 0),
    ("submit", 1),
    ("expand", 2),
    ("resolve", 2),
    ("redirect", 2),
    ("transport rule", 3),
    ("dlp rule", 3),
    ("spam", 3),
    ("malware", 3),
    ("badmail", 3),
    ("sensitivity", 3),
    ("transfer", 4),
    ("send", 5),
    ("defer", 6),
    ("deliver", 7),
    ("fail", 7),
    ("drop", 8),
    ("recall", 9),
    ("zero-hour", 9),
    ("zap", 9),
)

_GENERIC_CODES = frozenset({"5.0.350"})
"""Codes that only announce the other side's own."""

_ARRIVED = frozenset(
    {
        DeliveryStatus.DELIVERED,
        DeliveryStatus.FILTERED_AS_SPAM,
        DeliveryStatus.QUARANTINED,
        DeliveryStatus.RECALLED,
    }
)
_UNDER_WAY = frozenset({DeliveryStatus.PENDING, DeliveryStatus.GETTING_STATUS})


@dataclass(frozen=True)
class Step:
    """One event as it is shown: `detail` is its reason, its server or nothing."""

    date_time: datetime
    event: str
    detail: str


@dataclass(frozen=True)
class Rule:
    """A rule that acted; `name` may be empty, then `rule_id` is all there is."""

    name: str
    rule_id: str


@dataclass(frozen=True)
class Outcome:
    """What became of the message on its way to one recipient. Texts are empty where nothing is known.

    `code` is the enhanced status code (RFC 3463), `reason` the raw text it stood in.
    """

    cause: Cause
    code: str = ""
    reason: str = ""
    rules: tuple[Rule, ...] = ()
    remote_server: str = ""
    remote_ip: str = ""
    component: str = ""
    folder: str = ""
    timeline: tuple[Step, ...] = ()


def explain(events: Sequence[TraceEvent], status: str) -> Outcome:
    """What *events* say of a message whose row has *status*; in any order, none deduplicated.

    Returns: an Outcome in every case; with no events it rests on the status alone.
    """
    told = [Told(event) for event in _in_order(events)]
    decisive = _decisive(told, status)
    remote_server, remote_ip = _remote(told, decisive)
    return Outcome(
        cause=_cause(told, decisive, status),
        code=_code(decisive) if decisive else "",
        reason=decisive.text if decisive else "",
        rules=_rules(told),
        remote_server=remote_server,
        remote_ip=remote_ip,
        component=decisive.component if decisive else "",
        folder=_folder(told),
        timeline=tuple(_step(event) for event in told),
    )


def _in_order(events: Iterable[TraceEvent]) -> list[TraceEvent]:
    return sorted(events, key=lambda e: (e.date_time.replace(microsecond=0), _phase(e.event)))


def _phase(event: str) -> int:
    name = event.casefold()
    return next((phase for start, phase in _PHASES if name.startswith(start)), 3)


def _decisive(events: Sequence[Told], status: str) -> Told | None:
    """The event the message ended with, or waits at."""
    reached = any(e.is_a("deliver") for e in events)
    moves = [e for e in events if e.is_a("deliver", "defer", "send external" if reached else "send")]
    arrivals = [e for e in moves if e.is_a("deliver", "send external")]
    if moves and moves[-1].is_a("defer") and status not in _ARRIVED:
        arrivals = []
    failures = [e for e in events if e.is_a("fail", "badmail")]
    ends = (arrivals, failures) if status in _ARRIVED else (failures, arrivals)
    drops = [e for e in events if e.is_a("drop") and not _group_drop(e)]
    for named in (*ends, drops, moves):
        if named:
            return named[-1]
    return next((e for e in events if e.is_a("expand", "redirect", "resolve")), None)


def _group_drop(event: Told) -> bool:
    """The normal end of a group's own copy: each member has another."""
    return "2.1.5" in event.codes


def _cause(events: Sequence[Told], decisive: Told | None, status: str) -> Cause:
    if decisive is not None and decisive.is_a("fail", "badmail"):
        return _why_failed(events, decisive)
    verdict = _verdict(events, decisive, status)
    if verdict is not None:
        return verdict
    if decisive is None:
        return _BY_STATUS.get(status, Cause.OTHER)
    if decisive.is_a("drop"):
        return _why_dropped(events, decisive)
    if status == DeliveryStatus.FAILED:
        # The Fail itself is not told: the last thing that was may say why, and never that all is well.
        return _why_failed(events, decisive)
    if decisive.is_a("deliver"):
        return Cause.DELIVERED
    if decisive.is_a("defer"):
        return Cause.DELIVERED if status == DeliveryStatus.DELIVERED else Cause.DELAYED
    if status in _UNDER_WAY:
        return Cause.IN_PROGRESS
    if decisive.is_a("send"):
        return Cause.HANDED_ON_PREMISES if _on_premises(decisive) else Cause.ACCEPTED_REMOTE
    return Cause.EXPANDED if decisive.is_a("expand") else Cause.REDIRECTED


_BY_STATUS: Mapping[str, Cause] = {
    DeliveryStatus.DELIVERED: Cause.DELIVERED,
    DeliveryStatus.EXPANDED: Cause.EXPANDED,
    DeliveryStatus.QUARANTINED: Cause.QUARANTINED,
    DeliveryStatus.FILTERED_AS_SPAM: Cause.DELIVERED_JUNK,
    DeliveryStatus.PENDING: Cause.IN_PROGRESS,
    DeliveryStatus.GETTING_STATUS: Cause.IN_PROGRESS,
    DeliveryStatus.RECALLED: Cause.RECALLED,
}


def _verdict(events: Sequence[Told], decisive: Told | None, status: str) -> Cause | None:
    """What filters, groups and moderators decided, where no failure stands."""
    if status == DeliveryStatus.RECALLED:
        return Cause.RECALLED
    if status == DeliveryStatus.EXPANDED and any(e.is_a("expand") for e in events):
        return Cause.EXPANDED
    arrived = decisive is not None and decisive.is_a("deliver")
    judged = arrived or decisive is None or status == DeliveryStatus.QUARANTINED
    held = _held(events, status) if judged else None
    let_go = held is None and status == DeliveryStatus.DELIVERED and decisive is not None
    if any(e.is_a("malware") for e in events) and not let_go:
        return Cause.MALWARE
    if held is not None:
        return held
    if not arrived and status in _UNDER_WAY and any("moderat" in e.text.casefold() for e in events):
        return Cause.IN_PROGRESS
    return None


def _held(events: Sequence[Told], status: str) -> Cause | None:
    """Where a filter or a rule put the message instead of the inbox."""
    folder = _folder(events)
    spam = [e for e in events if e.is_a("spam")]
    judged = [word for e in spam for word in (e.data.get("DI", ""), e.action)]
    to_quarantine = any(word == "SQ" or "quarantine" in word for word in judged)
    removed = _removed(events)
    quarantined = folder.startswith("Quarantined") or (to_quarantine and not folder)
    if status == DeliveryStatus.QUARANTINED or (quarantined and not removed):
        by_rule = _rule_did(events, "quarantine") and not to_quarantine
        return Cause.BLOCKED_RULE if by_rule else Cause.QUARANTINED
    if removed is not None:
        return removed
    spammy = "SJ" in judged or status == DeliveryStatus.FILTERED_AS_SPAM
    junk = folder == "JunkEmail" or (spammy and not folder and status not in _UNDER_WAY)
    return Cause.DELIVERED_JUNK if junk else None


def _removed(events: Sequence[Told]) -> Cause | None:
    """Where a later look took a delivered message (zero-hour auto purge), unless it was delivered again."""
    last = next((e for e in reversed(events) if e.is_a("deliver", "zero-hour", "zap")), None)
    if last is None or last.is_a("deliver"):
        return None
    return Cause.DELIVERED_JUNK if "junk" in f"{last.action} {last.text.casefold()}" else Cause.QUARANTINED


def _on_premises(sent: Told) -> bool:
    words = f"{sent.text} {sent.data.get('ConnectorId', '')}".casefold()
    return "on-premises" in words or is_private(sent.server[1])


def _why_dropped(events: Sequence[Told], decisive: Told) -> Cause:
    words = f"{decisive.component} {decisive.text}".casefold()
    if _rule_did(events, "delete", "reject") or "transport rule" in words or "transport.rules" in words:
        return Cause.BLOCKED_RULE
    return Cause.REDIRECTED if any(e.is_a("redirect", "resolve") for e in events) else Cause.DROPPED


def _why_failed(events: Sequence[Told], decisive: Told) -> Cause:
    code, component = _code(decisive), decisive.component.casefold()
    # The component or the rule's own event proves DLP; the code 5.7.171 alone does not.
    if "dlp" in component or any(e.is_a("dlp rule") and (_blocks(e) or code == "5.7.171") for e in events):
        return Cause.BLOCKED_DLP
    if "TRANSPORT.RULES" in decisive.reply or "transport rule" in component:
        return Cause.BLOCKED_RULE
    if any(e.is_a("malware") for e in events):
        return Cause.MALWARE
    if decisive.is_a("badmail"):
        return Cause.SIZE_OR_FORMAT
    if "RESOLVER.RST.NotAuthorized" in decisive.reply:
        return Cause.SENDER_NOT_ALLOWED
    cause = cause_of_code(code)
    if decisive.is_remote:
        return AT_THE_REMOTE.get(cause, cause or Cause.REJECTED_REMOTE)
    if cause in (None, Cause.BLOCKED_POLICY) and _rule_did(events, "reject"):
        return Cause.BLOCKED_RULE
    return cause or Cause.OTHER


def _blocks(event: Told) -> bool:
    """Whether a DLP rule's action is BA, block access."""
    return "ba" in event.action.replace(";", " ").replace(",", " ").split() or "block" in event.action


def _rule_did(events: Sequence[Told], *words: str) -> bool:
    return any(word in e.action for e in events if e.is_a("transport rule") for word in words)


def _code(decisive: Told) -> str:
    codes = list(decisive.codes)
    return next((code for code in codes if code not in _GENERIC_CODES), codes[0] if codes else "")


def _remote(events: Sequence[Told], decisive: Told | None) -> tuple[str, str]:
    """The other side's server: as the decisive event tells it, or as the mail was sent there before."""
    if decisive is None:
        return "", ""
    told = decisive.server
    if any(told) or not decisive.is_remote:
        return told
    return next((e.server for e in reversed(events) if e.is_a("send")), told)


def _rules(events: Sequence[Told]) -> tuple[Rule, ...]:
    found = (Rule(*event.rule) for event in events if event.is_a("transport rule", "dlp rule"))
    return tuple(dict.fromkeys(found))


def _folder(events: Sequence[Told]) -> str:
    return next((e.folder for e in reversed(events) if e.is_a("deliver") and e.folder), "")


def _step(event: Told) -> Step:
    if event.is_a("fail", "defer", "drop", "badmail"):
        detail = event.reply
    elif event.is_a("transport rule", "dlp rule", "spam", "malware", "expand", "redirect", "resolve"):
        detail = event.raw.description
    else:
        detail = event.data.get("ServerHostName", "") or event.raw.description
    return Step(event.raw.date_time, event.raw.event[:100], detail[:300])
