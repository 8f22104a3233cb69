"""The corpus put to the readers: what each sample was to say beside what was read in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from demo.events import told
from tests.samples.corpus import BOUNCES, ROUTES, Bounce, Route
from tracing.causes import Ending
from tracing.explain import Outcome, explain
from tracing.model import TraceEvent
from tracing.ndr import Bounce as Read
from tracing.ndr import read_bounce

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
OUR_DOMAINS = ("contoso.co.jp",)

MEANT: Mapping[str, frozenset[str]] = {
    "spam": frozenset({"rejected_spam"}),
    "recipient_disabled": frozenset({"recipient_not_found", "recipient_not_found_remote"}),
    "recipient_refused": frozenset({"sender_not_allowed"}),
    "domain_not_found": frozenset({"unreachable"}),
    "sender_address_refused": frozenset({"sender_authentication"}),
    "remote_fault": frozenset({"rejected_remote"}),
    "forwarded": frozenset({"forwarded_without_copy"}),
    "automatic_reply_kept": frozenset({"auto_reply_suppressed"}),
    "message_type_kept": frozenset({"notice_suppressed"}),
    "moderation": frozenset({"awaiting_approval"}),
    "discarded": frozenset({"discarded_by_limit"}),
    "forwarding_blocked": frozenset({"forwarding_blocked", "auto_forward_stopped"}),
}
"""What the corpus' plain names are called among the causes; a name that is missing is a cause's own.

Where there are two, side or fate tells which one is meant.
"""

FATES = {
    Ending.WAITING: "delayed",
    Ending.GAVE_UP: "final",
    Ending.BY_DESIGN: "by design",
    Ending.ARRIVED: "delivered",
}
ASPECTS = ("cause", "code", "fate", "side")


@dataclass(frozen=True)
class Reading:
    """What was read in one sample; `wrong` are the aspects in which it was not what was meant.

    `first`: it is the cause that was meant first, and none of those that an expert would accept too.
    """

    source: str
    name: str
    said: Mapping[str, str]
    wrong: tuple[str, ...]
    first: bool = False


def readings() -> Iterator[Reading]:
    """Each sample as it is read, in the order of the corpus."""
    for at, bounce in enumerate(BOUNCES):
        yield _of_bounce(at, bounce)
    for route in ROUTES:
        yield _of_route(route)


def _of_bounce(at: int, bounce: Bounce) -> Reading:
    read = read_bounce(bounce.text, OUR_DOMAINS)
    if read is None:
        return Reading(bounce.source, f"{bounce.source} {at}", {}, ASPECTS)
    said = _said(read, read.code)
    return Reading(bounce.source, f"{bounce.source} {at}", said, _wrong(bounce, said), _first(bounce, said))


def _of_route(route: Route) -> Reading:
    events = [
        TraceEvent(one.date_time, one.event, one.action, one.description, one.data)
        for one in told(NOW, route.steps)
    ]
    outcome = explain(events, route.status)
    said = _said(outcome, outcome.basis.code)
    said["rule"] = outcome.basis.rule.label if outcome.basis.rule else ""
    wrong = _wrong(route, said) + (("rule",) if said["rule"] != route.rule else ())
    return Reading("event routes", route.name, said, wrong, _first(route, said))


def _said(read: Read | Outcome, code: str) -> dict[str, str]:
    return {
        "cause": read.cause,
        "why": read.why or "",
        "code": code,
        "fate": FATES[read.ending],
        "side": read.side,
        "certainty": read.certainty,
    }


def _wrong(sample: Bounce | Route, said: Mapping[str, str]) -> tuple[str, ...]:
    """The aspects of *said* that no expert would say; what *sample* leaves open is right either way."""
    causes = {cause for name in (sample.cause, *sample.also) for cause in _meant(name)}
    told = _told(said)
    right = {
        # A wait is told with what it is for: either may be what was meant, and neither may be another.
        "cause": bool(told & causes) and told <= causes | {"delayed"},
        "code": said["code"] in (sample.code, *sample.also_codes),
        "fate": sample.fate in ("", said["fate"]),
        # The cards know two sides: where there is nothing to mend, either.
        "side": sample.side in ("", "nobody", said["side"]),
    }
    return tuple(aspect for aspect in ASPECTS if not right[aspect])


def _first(sample: Bounce | Route, said: Mapping[str, str]) -> bool:
    return bool(_told(said) & _meant(sample.cause))


def _told(said: Mapping[str, str]) -> set[str]:
    return {said["cause"], said["why"]} - {""}


def _meant(name: str) -> frozenset[str]:
    return MEANT.get(name, frozenset({name}))
