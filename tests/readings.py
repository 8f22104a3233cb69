"""The corpus put to the readers: what each sample was to say beside what was read in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from demo.events import told
from tests.samples.corpus import BOUNCES, ROUTES, Bounce, Route
from tracing.causes import SUCCESSES, WAITING, Cause
from tracing.explain import explain
from tracing.model import TraceEvent
from tracing.ndr import read_bounce

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
OUR_DOMAINS = ("contoso.co.jp",)

MEANT: Mapping[str, frozenset[str]] = {
    "spam": frozenset({"rejected_spam"}),
    "recipient_disabled": frozenset({"recipient_not_found", "recipient_not_found_remote", "rejected_remote"}),
    "recipient_refused": frozenset({"rejected_remote"}),
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
"""What the corpus' plain names are called among the causes; a name that is missing is a cause's own."""

ASPECTS = ("cause", "code", "fate")


@dataclass(frozen=True)
class Reading:
    """What was read in one sample; `wrong` are the aspects in which it was not what was meant."""

    source: str
    name: str
    said: Mapping[str, str]
    wrong: tuple[str, ...]


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
    said = _said(read.cause, read.code)
    return Reading(bounce.source, f"{bounce.source} {at}", said, _wrong(bounce, said))


def _of_route(route: Route) -> Reading:
    events = [
        TraceEvent(one.date_time, one.event, one.action, one.description, one.data)
        for one in told(NOW, route.steps)
    ]
    outcome = explain(events, route.status)
    said = _said(outcome.cause, outcome.basis.code)
    said["rule"] = outcome.basis.rule.label if outcome.basis.rule else ""
    wrong = _wrong(route, said) + (("rule",) if said["rule"] != route.rule else ())
    return Reading("event routes", route.name, said, wrong)


def _said(cause: Cause, code: str) -> dict[str, str]:
    fate = "delayed" if cause in WAITING else "delivered" if cause in SUCCESSES else "final"
    return {"cause": cause, "code": code, "fate": fate}


def _wrong(sample: Bounce | Route, said: Mapping[str, str]) -> tuple[str, ...]:
    """The aspects of *said* that no expert would say; what *sample* leaves open is right either way."""
    causes = {cause for name in (sample.cause, *sample.also) for cause in MEANT.get(name, {name})}
    right = {
        "cause": said["cause"] in causes,
        "code": said["code"] in (sample.code, *sample.also_codes),
        "fate": sample.fate in ("", said["fate"]),
    }
    return tuple(aspect for aspect in ASPECTS if not right[aspect])
