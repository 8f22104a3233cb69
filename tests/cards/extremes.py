"""Cards filled with what is as long, or as hostile, as mail can be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from cards import (
    alert,
    bounce,
    compare,
    detail,
    error,
    form,
    help,
    journey,
    kept,
    landing,
    notes,
    results,
    routes,
    watches,
)
from cards.elements import Card
from cards.reader import Reader
from tests.cards.samples import (
    BUSY_QUERY,
    CARDS,
    NOW,
    PRESETS,
    RELATED,
    answer_of,
    help_of,
    kept_edit,
    kept_entry,
    kept_list,
    list_of,
    press,
)
from tests.cards.watch_samples import ENTRY, TROUBLE, alert_of, listing
from tracing.causes import Cause
from tracing.errors import CredentialsRefused, NotPermitted, PrerequisiteMissing
from tracing.explain import Basis, Outcome, Rule, Step
from tracing.hops import Hop, Journey
from tracing.judgements import Judged, Judgement
from tracing.model import (
    AddressPattern,
    DeliveryStatus,
    MessageTrace,
    Shortfall,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
)
from tracing.ndr import Bounce
from tracing.routes import part
from tracing.watch import Watch


@dataclass(frozen=True)
class Words:
    """What outsiders decide, in every place where they do."""

    subject: str
    address: str
    message_id: str
    reason: str
    name: str

    @classmethod
    def all_alike(cls, text: str) -> "Words":
        return cls(text, text, text, text, text)


LONG_ADDRESS = "W" * 64 + "@" + "W" * 251 + ".com"
LONGEST = {
    "wide letters": Words("W" * 255, LONG_ADDRESS, f"<{'m' * 500}@{'W' * 495}>", "R" * 2_000, "N" * 500),
    "three bytes": Words("漢" * 255, LONG_ADDRESS, f"<{'m' * 994}@>", "理由" * 1_000, "規則" * 250),
    "four bytes": Words("𠮷" * 255, f"{'𠮷' * 64}@{'w' * 255}", f"<{'𠮷' * 994}@>", "🧨" * 2_000, "🧨" * 500),
    "markdown": Words("*W_" * 85, f"{'_W*' * 21}@{'W' * 255}", f"<{'*_' * 498}>", "[W]" * 666, "`*W" * 160),
}

HOSTILE = (
    "[link](https://evil.example)",
    "![picture](https://evil.example/x.png)",
    "**bold** and *slanted* and ~~gone~~",
    "__bold__ _slanted_ snake_case",
    "`code` and ```fence```",
    "<b>tag</b><img src=x onerror=alert(1)>",
    "<https://evil.example>",
    "<a@evil.example>",
    "https://evil.example",
    "www.evil.example",
    "&lt;b&gt; &#42;x&#42; AT&T",
    "# heading",
    "- item",
    "+ item",
    "* item",
    "1. item",
    "> quote",
    "---",
    "===",
    r"\*escaped\*",
    "[a]: https://evil.example",
    "| a | b |",
    "{{DATE(2026-01-01T00:00:00Z, SHORT)}}",
    "{{TIME(2026-01-01T00:00:00Z)}}",
    "${x} ${payload.y}",
    "a\r\nb\tc\x00d\x1b[31me",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "lone \ud83d surrogate",
    "zero\u200bwidth\ufeffspaces",
    "👩‍👩‍👧‍👦 family",
)


def row_of(words: Words, status: str = DeliveryStatus.FAILED) -> MessageTrace:
    return MessageTrace(
        "0f8fad5b-d9cb-469f-a165-70867728950e",
        words.message_id,
        NOW,
        words.address,
        words.address,
        words.subject,
        150_000_000,
        status,
        words.name,
        words.name,
    )


def outcome_of(words: Words, cause: Cause = Cause.BLOCKED_DLP) -> Outcome:
    """Everything known that can be, and more events than are shown."""
    events = ("Receive", "Fail", "Transport rule", words.name)
    rules = tuple(Rule(words.name, words.name, words.name) for _ in range(10))
    return Outcome(
        cause,
        Basis(
            code="5.7.171",
            rule=rules[0],
            remote_server=words.name,
            remote_ip=words.name,
            component=words.name,
            folder=words.name,
            reason=words.reason,
        ),
        rules,
        tuple(
            Step(NOW + timedelta(seconds=n), events[n % len(events)], words.reason[:300]) for n in range(25)
        ),
    )


def _list(words: Words, reader: Reader) -> Card:
    states = [*DeliveryStatus, words.name]
    rows = [replace(row_of(words, states[n % len(states)]), message_trace_id=str(n)) for n in range(9)] + [
        replace(row_of(words), message_trace_id=str(n)) for n in range(40)
    ]
    patterns = (AddressPattern(words.address),) * 5
    query = replace(
        BUSY_QUERY,
        senders=patterns,
        recipients=patterns,
        involving=(patterns, patterns),
        message_ids=(words.message_id,) * 5,
        subject=SubjectFilter(SubjectMode.ENDS_WITH, words.subject),
        message_trace_ids=(words.name,),
    )
    view = list_of(answer_of(rows, *Shortfall, scanned=1_000_000), query, words.name, 0, True, longer=True)
    return results.render(replace(view, shown=list(enumerate(rows)), page=1), reader)


def _detail(words: Words, reader: Reader) -> Card:
    people = [(words.address, DeliveryStatus.FILTERED_AS_SPAM, press("open"))] * 40
    view = detail.Detail(
        row_of(words),
        outcome_of(words),
        "inbound",
        True,
        press("page"),
        press("open"),
        recipients=people,
        recipients_hidden=460,
        compare=press("pick"),
        parting=press("part"),
        related=[(name, press("related")) for name in RELATED],
    )
    return detail.render(view, reader)


def _landing(words: Words, reader: Reader) -> Card:
    return landing.landed(row_of(words, words.name), Cause.BLOCKED_DLP, True, press("open"), reader)


def _alert(words: Words, reader: Reader) -> Card:
    trouble = replace(TROUBLE, status=words.name, domain=words.address.rpartition("@")[2], cause=words.name)
    view = alert_of("started", trouble, taken=(words.name, NOW), again=True)
    return alert.render(view, press("again"), press("acknowledge"), reader)


def _watches(words: Words, reader: Reader) -> Card:
    patterns = (AddressPattern(words.address),) * 5
    query = replace(BUSY_QUERY, senders=patterns, message_ids=(words.message_id,) * 5)
    entry = replace(ENTRY, watch=Watch(query, more_than=10_000), place=words.name, fault=words.name)
    entries = [(entry, press("watches"))] * 40
    return watches.listed(listing(entries, page=1, note=words.reason[:200]), reader)


def _employee(words: Words, reader: Reader) -> Card:
    view = detail.Detail(row_of(words, words.name), outcome_of(words), "outbound", False, None, press("open"))
    return detail.render(view, reader)


def _form(words: Words, reader: Reader) -> Card:
    fields = form.Fields(
        words.address,
        words.address,
        words.subject,
        words.name,
        (words.name, *DeliveryStatus),
        words.message_id,
        *(words.name,) * 11,
    )
    saved = [(words.name, press("run"))] * 5
    faults = dict.fromkeys(vars(fields), "address")
    return form.render(fields, faults, press("search"), PRESETS, saved, reader, NOW)


def _saved(words: Words, reader: Reader) -> Card:
    """A full page of searches with the longest conditions, named by somebody who likes to break things."""
    patterns = (AddressPattern(words.address),) * 5
    query = replace(BUSY_QUERY, senders=patterns, message_ids=(words.message_id,) * 5)
    entries = [kept_entry(words.name, query, mine=True)] * 25
    return kept.render_list(kept_list("saved", entries, words.reason[:200], page=1), reader)


def _edited(words: Words, reader: Reader) -> Card:
    query = replace(BUSY_QUERY, subject=SubjectFilter(SubjectMode.EQUALS, words.subject))
    return kept.render_editing(kept_edit(words.name, query, "other_name"), reader)


def _wrong(words: Words, reader: Reader) -> Card:
    return notes.not_understood(
        words.reason, words.subject, words.name, "shorter", words.name, press("help"), reader
    )


def _fault(fault: Callable[[Words], Exception], words: Words, reader: Reader) -> Card:
    query = TraceQuery(senders=(AddressPattern(words.address),))
    return error.render(fault(words), query, press("again"), "7f3c91a2", reader, press("refine"))


def _bounce(words: Words, reader: Reader) -> Card:
    read = Bounce(Cause.OTHER, "5.9.9", words.reason, (words.address,) * 40, words.name, words.message_id)
    return bounce.render(bounce.Meaning(read, True, press("again"), press("help"), cut=True), reader)


def _journey(words: Words, reader: Reader) -> Card:
    hop = Hop(words.name, words.name, words.name, NOW, timedelta(hours=30), skewed=True)
    results_of = tuple((method, words.name[:20]) for method in ("spf", "dkim", "dmarc", "compauth"))
    read = Journey(
        words.message_id,
        words.address,
        words.address,
        words.subject,
        (hop,) * 60,
        40,
        timedelta(9),
        Judgement(Judged.SPOOF, (words.name,) * 3, words.name, words.name, results_of),
    )
    return journey.render(journey.Way(read, True, press("again"), press("help"), cut=True), reader)


def _routes(words: Words, reader: Reader) -> Card:
    addresses = [f"{n}{words.address}" for n in range(10)]
    causes = list(Cause)
    ways = [(address, outcome_of(words, causes[n])) for n, address in enumerate(addresses)]
    taps = {address: (words.name, press("open")) for address in addresses}
    view = routes.Routes(words.subject, part(ways), taps, 500, 10, False, press("open"))
    return routes.render(view, reader)


def _compare(words: Words, reader: Reader) -> Card:
    left = compare.Side(row_of(words), outcome_of(words))
    right = compare.Side(replace(row_of(words), message_trace_id="x"), outcome_of(words, Cause.OTHER))
    return compare.render(compare.Comparison(left, right, True, press("open"), press("pick")), reader)


def _offer(words: Words, reader: Reader) -> Card:
    rows = [(row_of(words), press("compare"))] * 40
    return compare.offer(compare.Offer(row_of(words), rows, rows, press("open")), reader)


def extreme_cards(words: Words, reader: Reader) -> dict[str, Card]:
    """Every kind of card that shows what outsiders decide."""
    faults: Sequence[Callable[[Words], Exception]] = (
        lambda w: CredentialsRefused(w.name),
        lambda w: NotPermitted(w.name[:100]),
        lambda w: PrerequisiteMissing(w.name[:100]),
    )
    return {
        "list": _list(words, reader),
        "detail": _detail(words, reader),
        "employee": _employee(words, reader),
        "landing": _landing(words, reader),
        "form": _form(words, reader),
        "alert": _alert(words, reader),
        "watch list": _watches(words, reader),
        "saved": _saved(words, reader),
        "edited": _edited(words, reader),
        "not understood": _wrong(words, reader),
        "bounce": _bounce(words, reader),
        "journey": _journey(words, reader),
        "routes": _routes(words, reader),
        "compare": _compare(words, reader),
        "offer": _offer(words, reader),
        "looking": notes.looking(TraceQuery(message_ids=(words.message_id,)), reader),
        "help": help.render(help_of(words.name[:40], True), reader),
        **{f"fault {n}": _fault(fault, words, reader) for n, fault in enumerate(faults)},
    }


def every_card(reader: Reader) -> dict[str, Card]:
    """The samples and the extremes."""
    return {name: make(reader) for name, make in CARDS.items()} | {
        f"{kind} {name}": card
        for kind, words in LONGEST.items()
        for name, card in extreme_cards(words, reader).items()
    }
