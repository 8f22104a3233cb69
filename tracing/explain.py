"""Say what became of a mail, and why, from its events.

Events of one second arrive in no order, reasons arrive cut off, and `data` is XML from outside: it is read
with entities refused, and what cannot be read is left out.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from tracing.causes import Cause, cause_of_code
from tracing.model import DeliveryStatus, TraceEvent

MAX_DATA = 200_000
"""Characters of XML that are still read; a real event has a few thousand."""

MAX_REASON = 2_000
"""Characters of the raw reason that are kept."""

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
)

_CODE = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
_LED = re.compile(r"\{LED=([^{}]*)")
_RULE = re.compile(r"(?:Transport|DLP) rule: '([^']*)',\s*ID: \(?'?([^')]*)'?\)?", re.IGNORECASE)
_FOLDER = re.compile(r"DefaultFolderType:(\w+)|\b(QuarantinedEmail\w*)")
_SERVER = re.compile(r"(?:LastAttemptedServerName=|\{FQDN=)([^\]};]+)")
_IP = re.compile(r"(?:LastAttemptedIP=|\{IP=)([0-9a-fA-F.:]+?)(?::\d+)?(?=[\]};])")


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


@dataclass(frozen=True)
class _Event:
    """An event with its XML read."""

    raw: TraceEvent
    data: Mapping[str, str]

    def is_a(self, *names: str) -> bool:
        return self.raw.event.casefold().startswith(names)

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self.raw.description, self.data.get("RecipientStatus", ""))))


def explain(events: Sequence[TraceEvent], status: str) -> Outcome:
    """What *events* say of a message whose row has *status*; in any order, none deduplicated.

    Returns: an Outcome in every case; with no events it rests on the status alone.
    """
    ordered = [_Event(event, _read(event.data)) for event in _in_order(events)]
    decisive = _decisive(ordered)
    reason = _reason(decisive.text) if decisive else ""
    text = decisive.text if decisive else ""
    return Outcome(
        cause=_cause(ordered, decisive, reason, status),
        code=_code(reason),
        reason=text[:MAX_REASON],
        rules=_rules(ordered),
        remote_server=_first(_SERVER, text),
        remote_ip=_first(_IP, text),
        component=decisive.data.get("SourceContext", "") if decisive else "",
        folder=_folder(ordered),
        timeline=tuple(_step(event) for event in ordered),
    )


def _in_order(events: Iterable[TraceEvent]) -> list[TraceEvent]:
    return sorted(events, key=lambda e: (e.date_time.replace(microsecond=0), _phase(e.event)))


def _phase(event: str) -> int:
    name = event.casefold()
    return next((phase for start, phase in _PHASES if name.startswith(start)), 3)


def _read(data: str) -> dict[str, str]:
    """The MEP values of an event's XML; {} when it is empty, broken, too long or hostile."""
    if not data or len(data) > MAX_DATA:
        return {}
    try:
        root = fromstring(data)
    except (ParseError, DefusedXmlException, ValueError):
        return {}
    values = {}
    for element in root.iter("MEP"):
        value = next((v for name, v in element.attrib.items() if name != "Name"), "")
        values[element.attrib.get("Name", "")] = value
    return values


def _decisive(events: Sequence[_Event]) -> _Event | None:
    """The event the message ended with, or waits at: a failure before all else that is not undone."""
    ends = [e for e in events if e.is_a("deliver", "fail", "drop", "badmail") and not _group_drop(e)]
    for names in (("fail", "badmail"), ("deliver",), ("drop",)):
        named = [e for e in ends if e.is_a(*names)]
        if named:
            return named[-1]
    waiting = [e for e in events if e.is_a("defer", "send")]
    if waiting:
        return waiting[-1]
    return next((e for e in events if e.is_a("expand", "redirect", "resolve")), None)


def _group_drop(event: _Event) -> bool:
    """The normal end of a group's own copy: each member has another."""
    return event.is_a("drop") and "2.1.5" in event.text


def _cause(events: Sequence[_Event], decisive: _Event | None, reason: str, status: str) -> Cause:
    if decisive is not None and decisive.is_a("fail", "badmail"):
        return _why_failed(events, decisive, reason)
    verdict = _verdict(events, status)
    if verdict is not None:
        return verdict
    if decisive is None:
        return _BY_STATUS.get(status, Cause.OTHER)
    if decisive.is_a("drop"):
        return Cause.BLOCKED_RULE if _rules(events) else Cause.DROPPED
    if decisive.is_a("deliver"):
        return Cause.DELIVERED
    if decisive.is_a("defer"):
        return Cause.DELAYED
    if decisive.is_a("send"):
        return _sent(decisive, status)
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


def _verdict(events: Sequence[_Event], status: str) -> Cause | None:
    """What filters decided, where no failure stands."""
    if status == DeliveryStatus.RECALLED:
        return Cause.RECALLED
    if any(e.is_a("malware") for e in events):
        return Cause.MALWARE
    folder = _folder(events)
    if status == DeliveryStatus.QUARANTINED or folder.startswith("Quarantined"):
        return Cause.QUARANTINED
    if folder == "JunkEmail":
        return Cause.DELIVERED_JUNK
    if any(e.is_a("redirect", "resolve") for e in events) and not any(e.is_a("deliver") for e in events):
        return Cause.REDIRECTED
    return None


def _sent(decisive: _Event, status: str) -> Cause:
    if status in (DeliveryStatus.PENDING, DeliveryStatus.GETTING_STATUS):
        return Cause.IN_PROGRESS
    on_premises = "on-premises" in f"{decisive.text} {decisive.data.get('ConnectorId', '')}".casefold()
    return Cause.HANDED_ON_PREMISES if on_premises else Cause.ACCEPTED_REMOTE


def _why_failed(events: Sequence[_Event], decisive: _Event, reason: str) -> Cause:
    component = decisive.data.get("SourceContext", "").casefold()
    # The component or the rule's own event proves DLP; the code 5.7.171 alone does not.
    if "dlp" in component or any(e.is_a("dlp rule") and _blocks(e) for e in events):
        return Cause.BLOCKED_DLP
    if "TRANSPORT.RULES" in reason or "transport rule" in component:
        return Cause.BLOCKED_RULE
    if decisive.is_a("badmail") or any(e.is_a("malware") for e in events):
        return Cause.MALWARE if any(e.is_a("malware") for e in events) else Cause.SIZE_OR_FORMAT
    if "RESOLVER.RST.NotAuthorized" in reason:
        return Cause.SENDER_NOT_ALLOWED
    cause = cause_of_code(_code(reason))
    if decisive.data.get("IsSmtpResponseFromExternalServer", "").casefold() == "true":
        return _REMOTE.get(cause, cause or Cause.REJECTED_REMOTE)
    return cause or Cause.OTHER


_REMOTE: Mapping[Cause | None, Cause] = {
    Cause.RECIPIENT_NOT_FOUND: Cause.RECIPIENT_NOT_FOUND_REMOTE,
    Cause.MAILBOX_FULL: Cause.MAILBOX_FULL_REMOTE,
}


def _blocks(event: _Event) -> bool:
    return "BA" in re.findall(r"\w+", event.raw.action) or "block" in event.text.casefold()


def _reason(text: str) -> str:
    """The SMTP response inside an event's text, where it has the measured shape; else the text."""
    return _first(_LED, text) or text


def _code(reason: str) -> str:
    return _first(_CODE, reason)


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text[:MAX_REASON])
    return next((group for group in match.groups() if group), "").strip() if match else ""


def _rules(events: Sequence[_Event]) -> tuple[Rule, ...]:
    found = []
    for event in events:
        if event.is_a("transport rule", "dlp rule"):
            named = _RULE.search(event.text[:MAX_REASON])
            found.append(Rule(named[1], named[2]) if named else Rule("", event.text[:100]))
    return tuple(dict.fromkeys(found))


def _folder(events: Sequence[_Event]) -> str:
    return next((f for e in reversed(events) if e.is_a("deliver") and (f := _first(_FOLDER, e.text))), "")


def _step(event: _Event) -> Step:
    if event.is_a("fail", "defer", "drop", "badmail"):
        detail = _reason(event.text)
    elif event.is_a("transport rule", "dlp rule", "spam", "malware", "expand", "redirect", "resolve"):
        detail = event.raw.description
    else:
        detail = event.data.get("ServerHostName", "") or event.raw.description
    return Step(event.raw.date_time, event.raw.event, detail[:300])
