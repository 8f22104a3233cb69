"""One message on its way to one recipient: the verdict first, then what to do, then the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from adaptivecards.baseobject import BareObject

from cards.codes import code_phrase
from cards.elements import (
    Card,
    Press,
    actions,
    clean,
    column,
    columns,
    container,
    execute,
    fact,
    finish,
    fitting,
    rich,
    run,
    text,
    toggle,
)
from cards.findings import of_outcome, told, what_to_do
from cards.reader import Reader
from cards.timeline import timeline
from cards.words import MAX_ADDRESS, MAX_MESSAGE_ID, MAX_SUBJECT, status_word, symbol
from tracing.causes import BY_DESIGN, SUCCESSES, WAITING, Cause, Certainty, Ending
from tracing.explain import Outcome, Rule
from tracing.model import DeliveryStatus, MessageTrace

MAX_STEPS = 14
MAX_RECIPIENTS = 20
_RAW_LINE = 36
"""Characters of the fixed pitch in the narrowest line."""

_NO_HOP = "255.255.255.255"
"""fromIP of mail that no SMTP connection brought from outside: internal mail, NDRs, journal copies."""


@dataclass(frozen=True)
class _Room:
    """How much is shown: recipients and characters of their addresses, events and characters of each, the raw
    reason."""

    recipients: int
    address: int
    steps: int
    detail: int
    raw: int


_ROOMS = (
    _Room(MAX_RECIPIENTS, 80, MAX_STEPS, 140, 1_000),
    _Room(MAX_RECIPIENTS, 40, MAX_STEPS, 100, 500),
    _Room(10, 40, 10, 60, 300),
    _Room(3, 32, 5, 32, 60),
)
"""The first in which a card stays within Teams' size; the last holds whatever mail can bring."""

_COMPONENT = re.compile(r"[A-Za-z][\w .-]{1,60}")
"""A name such as "Transport Rule Agent"; where no component decided, the field holds a queue's trail."""


_HELD = frozenset(
    {
        Cause.DELIVERED_JUNK,
        Cause.QUARANTINED,
        Cause.QUARANTINED_BY_RULE,
        Cause.RECALLED,
        Cause.REMOVED_LATER,
    }
)
"""What somebody can still have, or took away on purpose."""


@dataclass(frozen=True)
class Detail:
    """What is known of one row. `full` shows servers, addresses of machines and rules: help desk only.

    `recipients` are all of the message's: address, state and the tap that opens that one, None for the one
    shown; `recipients_hidden` counts those that are not among them. Both stay empty for employees. `compare`
    offers what it can be held against, `parting` where the ways of its recipients part, `tell` to be told
    once its state is final. `related`: what other mail shares, the last part of its key → the tap that finds
    it.
    """

    row: MessageTrace
    outcome: Outcome
    direction: str
    full: bool
    back: Press | None
    again: Press
    compare: Press | None = None
    parting: Press | None = None
    tell: Press | None = None
    recipients: Sequence[tuple[str, str, Press | None]] = ()
    recipients_hidden: int = 0
    related: Sequence[tuple[str, Press]] = ()


def render(view: Detail, reader: Reader) -> Card:
    """The card of *view*; its first lines hold cause, code and rule."""
    return fitting(lambda room: _render(view, room, reader), _ROOMS)


def _render(view: Detail, room: _Room, reader: Reader) -> Card:
    body = [_banner(view, reader), _mail(view, reader), *_next(view, reader), _facts(view, reader)]
    if len(view.recipients) + view.recipients_hidden > 1:
        body.append(_recipients(view, room, reader))
    body.append(timeline(view.outcome.timeline, room.steps, room.detail if view.full else 0, reader))
    if view.related:
        body.append(_related(view, reader))
    reason = view.outcome.basis.reason if view.full else ""
    if reason:
        shown = view.outcome.certainty is Certainty.UNKNOWN
        body.append(raw_text(clean(reason, room.raw), shown=shown))
    word = status_word(view.row.status, reader)
    name = reader.say(f"cause.{view.outcome.cause}.name")
    summary = reader.say("detail.summary", status=word, cause=name)
    return finish(body, summary, reader.language, _buttons(view, reader, raw=bool(reason)))


def _buttons(view: Detail, reader: Reader, *, raw: bool) -> list[BareObject]:
    taps = (
        (view.back, "detail.back"),
        (view.tell, "landing.button"),
        (view.compare, "compare.button"),
        (view.parting, "routes.button"),
        (view.again, "detail.refresh"),
    )
    buttons = [execute(press, reader.say(key)) for press, key in taps if press is not None]
    if view.related:
        buttons.append(toggle(reader.say("related.toggle"), "related"))
    return [*buttons, *([toggle(reader.say("detail.raw"), "raw")] if raw else [])]


def style_of(cause: Cause, *, waiting: bool = False) -> str:
    """The banner's style; its text says the same. *waiting*: delivery is still being tried."""
    if waiting or cause in WAITING | _HELD:
        return "warning"
    if cause in SUCCESSES:
        return "good"
    return "accent" if cause in BY_DESIGN else "attention"


def _banner(view: Detail, reader: Reader) -> BareObject:
    outcome = view.outcome
    word = status_word(view.row.status, reader)
    name = reader.say(f"cause.{outcome.cause}.name")
    title = f"{symbol(view.row.status)} {word} — {name}"
    if outcome.ending is Ending.BY_DESIGN and view.row.status == DeliveryStatus.FAILED:
        # Exchange counts it as failed, but nothing failed.
        title = f"ℹ️ {name}"
    lines = [text(title, size="Large", weight="Bolder")]
    proof = proof_of(outcome, reader, full=view.full)
    if proof:
        lines.append(rich(run(proof, fontType="Monospace", size="Small"), spacing="Small"))
    audience = "helpdesk" if view.full else "employee"
    lines.append(text(reader.say(f"cause.{outcome.cause}.{audience}"), spacing="Small"))
    lines += told(of_outcome(outcome), reader, full=view.full)
    return container(lines, style=style_of(outcome.cause, waiting=outcome.waiting), bleed=True)


def proof_of(outcome: Outcome, reader: Reader, *, full: bool) -> str:
    """The code, and for the help desk the rule that decided and its policy, in one line; "" without any."""
    rule = outcome.basis.rule if full else None
    parts = [outcome.basis.code]
    if rule is not None:
        parts.append(reader.say("detail.rule_label", name=rule_name(rule, reader)))
        if rule.policy:
            parts.append(reader.say("detail.policy_label", name=clean(rule.policy, 100)))
    return " · ".join(filter(None, parts))


def _mail(view: Detail, reader: Reader) -> BareObject:
    row = view.row
    sender = clean(row.sender_address, MAX_ADDRESS) or reader.say("results.no_sender")
    subject = clean(row.subject, MAX_SUBJECT) or reader.say("results.no_subject")
    route = f"{sender} → {clean(row.recipient_address, MAX_ADDRESS)}"
    return container(
        [text(subject, size="Medium", weight="Bolder"), text(route, isSubtle=True, spacing="Small")]
    )


def _next(view: Detail, reader: Reader) -> list[BareObject]:
    return what_to_do(of_outcome(view.outcome), reader, full=view.full)


def _facts(view: Detail, reader: Reader) -> BareObject:
    row, outcome, basis = view.row, view.outcome, view.outcome.basis
    received = f"{reader.date_time(row.received_date_time)} ({reader.offset(row.received_date_time)})"
    facts = [
        fact(reader.say("detail.time"), received),
        *_direction(view.direction, reader),
        fact(reader.say("detail.size"), reader.size(row.size)),
        fact(reader.say("detail.message_id"), _message_id(row.message_id)),
    ]
    if not view.full:
        return container(facts)
    facts[2:2] = [
        fact(reader.say("detail.from_ip"), _ip(row.from_ip, reader)),
        fact(reader.say("detail.to_ip"), _ip(row.to_ip, reader)),
        fact(reader.say("detail.rules"), _rules(outcome.rules, reader)),
    ]
    component = basis.component if _COMPONENT.fullmatch(basis.component) else ""
    remote = " ".join(filter(None, (basis.remote_server, basis.remote_ip)))
    code = " — ".join(filter(None, (basis.code, code_phrase(basis.code, reader, basis.vendor))))
    for key, value in (
        ("detail.code", code),
        ("detail.remote", remote),
        ("detail.component", component),
        ("detail.folder", _folder(basis.folder, reader)),
    ):
        if value:
            facts.append(fact(reader.say(key), clean(value, 200)))
    return container(facts)


def _folder(name: str, reader: Reader) -> str:
    """The folder in the reader's language; an unknown one keeps the service's name."""
    kind = (
        "quarantine"
        if name.startswith("Quarantined")
        else {"JunkEmail": "junk", "Inbox": "inbox"}.get(name, "")
    )
    return reader.say(f"folder.{kind}") if kind else name


def _message_id(value: str) -> str:
    # With its brackets, so that what is copied from here is understood as a Message-ID when it is pasted.
    return clean(value, MAX_MESSAGE_ID)


def _direction(direction: str, reader: Reader) -> list[BareObject]:
    return [fact(reader.say("detail.direction"), reader.say(f"direction.{direction}"))] if direction else []


def _ip(value: str, reader: Reader) -> str:
    if value == _NO_HOP:
        return reader.say("detail.internal_ip")
    return clean(value, 60) or reader.say("detail.no_ip")


def _rules(rules: Sequence[Rule], reader: Reader) -> str:
    if not rules:
        return reader.say("detail.no_rules")
    return clean(", ".join(rule_name(rule, reader) for rule in rules), 300)


def rule_name(rule: Rule, reader: Reader) -> str:
    """What a rule is called; one without a name by its id."""
    return clean(rule.name, 100) or reader.say("detail.rule_unnamed", rule_id=clean(rule.rule_id, 60))


def _recipients(view: Detail, room: _Room, reader: Reader) -> BareObject:
    shown = view.recipients[: room.recipients]
    total = len(view.recipients) + view.recipients_hidden
    lines = [
        _recipient(clean(address, room.address), status, press, reader) for address, status, press in shown
    ]
    if total > len(shown):
        more = reader.say("detail.recipients_cut", n=total - len(shown))
        lines.append(text(more, isSubtle=True, size="Small"))
    title = text(reader.say("detail.recipients", n=total), weight="Bolder")
    return container([title, *lines], separator=True)


def _recipient(address: str, status: str, press: Press | None, reader: Reader) -> BareObject:
    word = status_word(status, reader)
    return columns(
        column([text(symbol(status), size="Small", wrap=False)], "24px"),
        column([text(address, size="Small", weight=None if press else "Bolder")], "stretch", spacing="Small"),
        column([text(word, size="Small", horizontalAlignment="Right")], "88px", spacing="Small"),
        spacing="Small",
        selectAction=execute(press, f"{word}: {address}") if press else None,
    )


def _related(view: Detail, reader: Reader) -> BareObject:
    """The taps that find related mail, folded away: they lead elsewhere."""
    taps = [execute(press, reader.say(f"related.{shared}")) for shared, press in view.related]
    lines = [text(reader.say("related.title"), size="Small"), actions(*taps, spacing="Small")]
    return container(lines, id="related", isVisible=False, style="emphasis")


def raw_text(reason: str, *, shown: bool = False) -> BareObject:
    """The text of the error as received; hidden until its button, which toggles `raw`, unless *shown*."""
    lines = rich(run(reason, _RAW_LINE, fontType="Monospace", size="Small"))
    return container([lines], id="raw", isVisible=shown, style="emphasis")
