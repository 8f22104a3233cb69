"""Say what became of a mail, and why, from its events.

Events of one second arrive in no order and reasons arrive cut off; `verdicts` judges what they add up to.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tracing.causes import Cause, Certainty, Ending, Side, ending_of, side_of
from tracing.certificates import TlsFault
from tracing.model import TraceEvent
from tracing.reason import Told, is_private
from tracing.replies import code_of
from tracing.vendors import Vendor
from tracing.verdicts import decisive_of, folder_of, judge, rule_behind

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
    ("poison", 3),
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


@dataclass(frozen=True)
class Step:
    """One event as it is shown: `detail` is its reason, its server or nothing."""

    date_time: datetime
    event: str
    detail: str


@dataclass(frozen=True)
class Rule:
    """A rule that acted; `name` may be empty, then `rule_id` is all there is. `policy`: a DLP policy's."""

    name: str
    rule_id: str
    policy: str = ""

    @property
    def label(self) -> str:
        """What names it: its name, or its id when that is empty."""
        return self.name or self.rule_id


@dataclass(frozen=True)
class Basis:
    """The evidence for a verdict. Texts are empty where nothing is known.

    `code` is the enhanced status code (RFC 3463) or, where there is none, the three-digit one; `reason` the
    raw text around it. `rule` is the one that decided, None if none did. `vendor` defines the code,
    `tls` is the fault if TLS failed, `forwarded_to` the address the message went to instead.
    """

    code: str = ""
    rule: Rule | None = None
    remote_server: str = ""
    remote_ip: str = ""
    component: str = ""
    folder: str = ""
    reason: str = ""
    vendor: Vendor = Vendor.EXCHANGE
    tls: TlsFault | None = None
    forwarded_to: str = ""


@dataclass(frozen=True)
class Outcome:
    """The outcome of a message for one recipient. `rules` are all that acted on it.

    `why` is the reason for the delay, also if it was given up after it. `waiting`: delivery is still being
    tried. `remote`: the other side reported it. `said_side` is the side at fault if the reply itself tells.
    """

    cause: Cause
    basis: Basis = field(default_factory=Basis)
    rules: tuple[Rule, ...] = ()
    timeline: tuple[Step, ...] = ()
    certainty: Certainty = Certainty.CERTAIN
    why: Cause | None = None
    waiting: bool = False
    remote: bool = False
    said_side: Side | None = None

    @property
    def side(self) -> Side:
        """The side that can fix it; a server in our own network is on our side."""
        if is_private(self.basis.remote_ip):
            return Side.OURS
        return self.said_side or side_of(self.why or self.cause, remote=self.remote)

    @property
    def ending(self) -> Ending:
        return ending_of(self.cause, waiting=self.waiting)


def explain(events: Sequence[TraceEvent], status: str) -> Outcome:
    """What *events* say of a message whose row has *status*; in any order, none deduplicated.

    Returns: an Outcome in every case; with no events it rests on the status alone.
    """
    told = [Told(event) for event in _in_order(events)]
    decisive = decisive_of(told, status)
    verdict = judge(told, decisive, status)
    remote_server, remote_ip = _remote(told, decisive)
    behind = rule_behind(told, verdict.cause)
    read = decisive.read if decisive and decisive.is_a("fail", "defer", "drop") else None
    basis = Basis(
        code=_code(decisive) if decisive else "",
        rule=Rule(*behind.rule) if behind else None,
        remote_server=remote_server,
        remote_ip=remote_ip,
        component=decisive.component if decisive else "",
        folder=folder_of(told),
        reason=decisive.text if decisive else "",
        vendor=read.vendor if read else Vendor.EXCHANGE,
        tls=read.tls if read else None,
        forwarded_to=next((e.forwarded_to for e in told if e.is_a("redirect", "resolve")), ""),
    )
    return Outcome(
        verdict.cause,
        basis,
        _rules(told),
        tuple(_step(event) for event in told),
        verdict.certainty,
        verdict.why,
        verdict.waiting,
        remote=decisive is not None and decisive.is_remote,
        said_side=read.side if read and read.cause in (verdict.cause, verdict.why) else None,
    )


def _in_order(events: Iterable[TraceEvent]) -> list[TraceEvent]:
    return sorted(events, key=lambda e: (e.date_time.replace(microsecond=0), phase_of(e.event)))


def phase_of(event: str) -> int:
    """Where in a second *event* stands, cause before effect; the unknown among rules and verdicts."""
    name = event.casefold()
    return next((phase for start, phase in _PHASES if name.startswith(start)), 3)


def _code(decisive: Told) -> str:
    if decisive.codes or not decisive.is_a("fail", "defer"):
        return code_of(" ".join(decisive.codes))
    # Only a reply cut within its code has one and tells none.
    return "" if decisive.is_cut else code_of(decisive.reply)


def _remote(events: Sequence[Told], decisive: Told | None) -> tuple[str, str]:
    """The other side's server: as the decisive event tells it, or as the mail was on its way there before."""
    if decisive is None:
        return "", ""
    told = decisive.server
    if any(told) or not (decisive.is_remote or (decisive.is_a("fail") and "4.4.7" in decisive.codes)):
        return told
    return next((e.server for e in reversed(events) if e.is_a("send", "defer") and any(e.server)), told)


def _rules(events: Sequence[Told]) -> tuple[Rule, ...]:
    found = (Rule(*event.rule) for event in events if event.is_a("transport rule", "dlp rule"))
    return tuple(dict.fromkeys(found))


def _step(event: Told) -> Step:
    if event.is_a("fail", "defer", "drop", "badmail", "poison"):
        detail = event.reply
    elif event.is_a("transport rule", "dlp rule", "spam", "malware", "expand", "redirect", "resolve"):
        detail = event.raw.description
    else:
        detail = event.data.get("ServerHostName", "") or event.raw.description
    return Step(event.raw.date_time, event.raw.event[:100], detail[:300])
