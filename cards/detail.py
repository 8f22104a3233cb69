"""One message on its way to one recipient: the verdict first, then what to do, then the evidence."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from adaptivecards.baseobject import BareObject

from cards.elements import (
    Card,
    Press,
    bullet,
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
from cards.reader import Reader
from cards.texts import TEXTS
from cards.words import MAX_ADDRESS, MAX_MESSAGE_ID, MAX_SUBJECT, status_word, symbol
from tracing.causes import SUCCESSES, WAITING, Cause
from tracing.explain import Outcome, Rule, Step
from tracing.model import MessageTrace

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
    _Room(4, 40, 6, 40, 100),
)
"""The first in which a card stays within Teams' size; the last holds whatever mail can bring."""

_COMPONENT = re.compile(r"[A-Za-z][\w .-]{1,60}")
"""A name such as "Transport Rule Agent"; where no component decided, the field holds a queue's trail."""


@dataclass(frozen=True)
class Detail:
    """What is known of one row. `full` shows servers, addresses of machines and rules: help desk only.

    `recipients` are all of the message's: address, state and the tap that opens that one, None for the one
    shown; `recipients_hidden` counts those that are not among them. Both stay empty for employees.
    """

    row: MessageTrace
    outcome: Outcome
    direction: str
    full: bool
    back: Press | None
    again: Press
    recipients: Sequence[tuple[str, str, Press | None]] = ()
    recipients_hidden: int = 0


def render(view: Detail, reader: Reader) -> Card:
    """The card of *view*; its first lines hold cause, code and rule."""
    return fitting(lambda room: _render(view, room, reader), _ROOMS)


def _render(view: Detail, room: _Room, reader: Reader) -> Card:
    body = [_banner(view, reader), _mail(view, reader), *_what_to_do(view, reader), _facts(view, reader)]
    if len(view.recipients) + view.recipients_hidden > 1:
        body.append(_recipients(view, room, reader))
    body.append(_timeline(view, room, reader))
    buttons = []
    if view.full and view.outcome.reason:
        body.append(_raw(clean(view.outcome.reason, room.raw)))
        buttons.append(toggle(reader.say("detail.raw"), "raw"))
    if view.back is not None:
        buttons.insert(0, execute(view.back, reader.say("detail.back")))
    buttons.append(execute(view.again, reader.say("detail.refresh")))
    word = status_word(view.row.status, reader)
    name = reader.say(f"cause.{view.outcome.cause}.name")
    return finish(body, reader.say("detail.summary", status=word, cause=name), reader.language, buttons)


def style_of(cause: Cause) -> str:
    """The banner's style; the words beside it say the same."""
    if cause in WAITING or cause in (Cause.DELIVERED_JUNK, Cause.QUARANTINED, Cause.RECALLED):
        return "warning"
    return "good" if cause in SUCCESSES else "attention"


def _banner(view: Detail, reader: Reader) -> BareObject:
    outcome = view.outcome
    word = status_word(view.row.status, reader)
    name = reader.say(f"cause.{outcome.cause}.name")
    lines = [text(f"{symbol(view.row.status)} {word} — {name}", size="Large", weight="Bolder")]
    proof = [outcome.code] if outcome.code else []
    if view.full and outcome.rules:
        named = _rule_name(outcome.rules[0], reader)
        proof.append(reader.say("detail.rule_label", name=named))
    if proof:
        lines.append(rich(run(" · ".join(proof), fontType="Monospace", size="Small"), spacing="Small"))
    audience = "helpdesk" if view.full else "employee"
    lines.append(text(reader.say(f"cause.{outcome.cause}.{audience}"), spacing="Small"))
    return container(lines, style=style_of(outcome.cause), bleed=True)


def _mail(view: Detail, reader: Reader) -> BareObject:
    row = view.row
    sender = clean(row.sender_address, MAX_ADDRESS) or reader.say("results.no_sender")
    subject = clean(row.subject, MAX_SUBJECT) or reader.say("results.no_subject")
    route = f"{sender} → {clean(row.recipient_address, MAX_ADDRESS)}"
    return container(
        [text(subject, size="Medium", weight="Bolder"), text(route, isSubtle=True, spacing="Small")]
    )


def _what_to_do(view: Detail, reader: Reader) -> list[BareObject]:
    part = "steps" if view.full else "ask"
    steps = TEXTS[f"cause.{view.outcome.cause}.{part}"][reader.language].splitlines()
    if not steps:
        return []
    title = text(reader.say("detail.what_to_do"), weight="Bolder")
    return [container([title, *(bullet(step) for step in steps)], style="emphasis")]


def _facts(view: Detail, reader: Reader) -> BareObject:
    row, outcome = view.row, view.outcome
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
    component = outcome.component if _COMPONENT.fullmatch(outcome.component) else ""
    remote = " ".join(filter(None, (outcome.remote_server, outcome.remote_ip)))
    for key, value in (
        ("detail.remote", remote),
        ("detail.component", component),
        ("detail.folder", outcome.folder),
    ):
        if value:
            facts.append(fact(reader.say(key), clean(value, 200)))
    return container(facts)


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
    return clean(", ".join(_rule_name(rule, reader) for rule in rules), 300)


def _rule_name(rule: Rule, reader: Reader) -> str:
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


def _timeline(view: Detail, room: _Room, reader: Reader) -> BareObject:
    steps = view.outcome.timeline
    if not steps:
        return container([text(reader.say("detail.no_events"), isSubtle=True)], separator=True)
    whole = reader.elapsed(_seconds(steps[-1], steps[0]))
    title = reader.say("detail.timeline", n=len(steps), duration=whole)
    lines = [_step(step, steps[0], room.detail if view.full else 0, reader) for step in steps[: room.steps]]
    if len(steps) > room.steps:
        more = reader.say("detail.events_cut", n=len(steps) - room.steps)
        lines.append(text(more, isSubtle=True, size="Small"))
    return container([text(title, weight="Bolder"), *lines], separator=True)


def _step(step: Step, first: Step, longest: int, reader: Reader) -> BareObject:
    kind = _kind(step.event)
    word = reader.say(f"event.{kind}") if kind else clean(step.event, 60)
    vendor = f"  {clean(step.event, 60)}" if kind else ""
    what = [rich(run(word, weight="Bolder"), run(vendor, size="Small", isSubtle=True))]
    if longest and step.detail:
        what.append(text(clean(step.detail, longest), size="Small", isSubtle=True, spacing="None"))
    elapsed = f"+{reader.elapsed(_seconds(step, first))}" if step is not first else "—"
    when = [
        text(reader.clock(step.date_time), size="Small"),
        text(elapsed, size="Small", isSubtle=True, spacing="None"),
    ]
    return columns(
        column(when, "72px"),
        column([text(_EVENT_SYMBOLS.get(kind, "•"), wrap=False)], "28px"),
        column(what, "stretch", spacing="Small"),
        spacing="Small",
    )


_EVENT_SYMBOLS = {
    "receive": "📥",
    "submit": "📤",
    "expand": "👥",
    "resolve": "🔎",
    "redirect": "↪️",
    "transport rule": "📏",
    "dlp rule": "📏",
    "spam": "🛡️",
    "malware": "☣️",
    "badmail": "❌",
    "transfer": "➡️",
    "send": "🚀",
    "defer": "⏳",
    "deliver": "✅",
    "fail": "❌",
    "drop": "🗑️",
}


def _kind(event: str) -> str:
    name = event.casefold()
    return next((kind for kind in _EVENT_SYMBOLS if name.startswith(kind)), "")


def _seconds(later: Step, earlier: Step) -> timedelta:
    apart = later.date_time.replace(microsecond=0) - earlier.date_time.replace(microsecond=0)
    return max(apart, timedelta(0))


def _raw(reason: str) -> BareObject:
    shown = rich(run(reason, _RAW_LINE, fontType="Monospace", size="Small"))
    return container([shown], id="raw", isVisible=False, style="emphasis")
