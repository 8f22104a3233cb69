"""The cards of a report: what it costs, how far it is, where it is, and what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, container, execute, fact, finish, text
from cards.reader import Reader
from cards.report_file import ReportKind
from cards.words import conditions
from tracing.model import TraceQuery

_MAX_NAME = 120
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Progress:
    """The progress of a report: *done* of *total* rows (None if unknown), about *left* to go.

    `short` are sentences about what it will lack.
    """

    kind: ReportKind
    query: TraceQuery
    done: int
    total: int | None = None
    left: timedelta | None = None
    short: Sequence[str] = ()


@dataclass(frozen=True)
class File:
    """A finished file; it is kept until `expires_at`."""

    name: str
    rows: int
    size: int
    expires_at: datetime


def cost(
    kind: ReportKind,
    query: TraceQuery,
    rows: int,
    time: timedelta,
    full: bool,
    shortfalls: Sequence[str],
    start: Press,
    stop: Press,
    refine: Press,
    reader: Reader,
) -> Card:
    """What a report of *rows* requests takes, before it begins; *shortfalls* say what it will not hold.

    *full* names the requests too, which mean something to the help desk.
    """
    requests = fact(reader.say("report.cost.requests"), reader.say("report.cost.requests_of", n=rows))
    body = [
        _title("📄", "report.cost.title", reader),
        conditions(query, reader),
        fact(reader.say("report.cost.rows"), reader.say("report.cost.count", n=rows)),
        *([requests] if full else []),
        fact(reader.say("report.cost.time"), _about("report.cost.about", time, reader)),
        *([_warning(shortfalls)] if shortfalls else []),
        text(reader.say("report.cost.note"), size="Small", isSubtle=True),
    ]
    buttons = [
        execute(start, reader.say("report.start"), style="positive"),
        execute(stop, reader.say("report.stop")),
        execute(refine, reader.say("button.refine")),
    ]
    return finish(body, reader.say("report.cost.summary"), reader.language, buttons)


def writing(progress: Progress, stop: Press, reader: Reader) -> Card:
    """How far it is."""
    body = [
        _title("📝", "report.writing.title", reader),
        text(reader.say(f"report.{progress.kind}"), isSubtle=True, spacing="None", size="Small"),
        conditions(progress.query, reader),
        *(text(f"ℹ️ {one}", size="Small", spacing="Small") for one in progress.short),
        text(" · ".join(_far(progress, reader)), weight="Bolder", size="Medium"),
        text(reader.say("report.writing.note"), size="Small", isSubtle=True, spacing="Small"),
    ]
    buttons = [execute(stop, reader.say("report.stop"))]
    return finish(body, reader.say("report.writing.summary"), reader.language, buttons)


def stopped(progress: Progress, resume: Press | None, refine: Press, reader: Reader) -> Card:
    """It was cancelled; *resume* goes on, where there is something to go on with."""
    what = (
        reader.say("report.stopped.nothing")
        if resume is None
        else reader.say("report.stopped.what", n=progress.done)
    )
    return _rested("⏹️", "report.stopped.title", what, "", progress, resume, refine, reader)


def failed(
    progress: Progress, why: str, reference: str, resume: Press, refine: Press, reader: Reader
) -> Card:
    """It met a fault that no waiting mends; *why* is what to do about it."""
    what = f"{why} {reader.say('report.failed.what', n=progress.done)}"
    return _rested("⚠️", "report.failed.title", what, reference, progress, resume, refine, reader)


def ready(file: File, offer: Press, reader: Reader) -> Card:
    """It is done, and the next message asks whether it may be saved."""
    body = [
        _title("✅", "report.ready.title", reader),
        text(reader.say("report.ready.what"), spacing="Small"),
        *_facts(file, reader),
    ]
    buttons = [execute(offer, reader.say("report.offer"))]
    return finish(body, reader.say("report.ready.title"), reader.language, buttons)


def declined(file: File, offer: Press, reader: Reader) -> Card:
    """Its owner does not want it, for now."""
    body = [
        _title("📄", "report.declined.title", reader),
        text(reader.say("report.declined.what"), spacing="Small"),
        *_facts(file, reader),
    ]
    buttons = [execute(offer, reader.say("report.offer"))]
    return finish(body, reader.say("report.declined.title"), reader.language, buttons)


def saving(name: str, reader: Reader) -> Card:
    """It is on its way."""
    return _note("💾", "report.saving.title", "report.saving.what", reader, name=name)


def saved(name: str, reader: Reader) -> Card:
    """It is where its owner wants it."""
    return _note("✅", "report.saved.title", "report.saved.what", reader, name=name)


def unsaved(name: str, reference: str, offer: Press, reader: Reader) -> Card:
    """It could not be put there."""
    lines = [text(reader.say("report.unsaved.what"), spacing="Small"), *_reference(reference, reader)]
    body = [
        container([_title("⚠️", "report.unsaved.title", reader), *lines], style="warning", bleed=True),
        fact(reader.say("report.file"), clean(name, _MAX_NAME)),
    ]
    buttons = [execute(offer, reader.say("report.offer"))]
    return finish(body, reader.say("report.unsaved.title"), reader.language, buttons)


def needs(query: TraceQuery, refine: Press, reader: Reader) -> Card:
    """An extended report lacks a condition; the form keeps the others."""
    body = [
        container(
            [
                _title("✏️", "report.needs.title", reader),
                text(reader.say("report.needs.what"), spacing="Small"),
            ],
            style="warning",
            bleed=True,
        ),
        conditions(query, reader),
    ]
    buttons = [execute(refine, reader.say("button.refine"))]
    return finish(body, reader.say("report.needs.title"), reader.language, buttons)


def nothing(query: TraceQuery, refine: Press, reader: Reader, withheld: int = 0) -> Card:
    """The card when there is nothing to report; *withheld* rows are of protected people."""
    body = [
        _title("🔍", "report.none.title", reader),
        conditions(query, reader),
        text(reader.say("report.none.what"), spacing="Small"),
        *([text(f"🔒 {reader.say('results.withheld', n=withheld)}", spacing="Small")] if withheld else []),
    ]
    buttons = [execute(refine, reader.say("button.refine"))]
    return finish(body, reader.say("report.none.title"), reader.language, buttons)


def busy(own: int | None, again: Press, reader: Reader) -> Card:
    """No more reports now: *own* is what one person may have, None where all are too many."""
    what = reader.say("report.busy.all") if own is None else reader.say("report.busy.own", n=own)
    body = [
        container(
            [_title("⏳", "report.busy.title", reader), text(what, spacing="Small")],
            style="warning",
            bleed=True,
        )
    ]
    buttons = [execute(again, reader.say("button.again"))]
    return finish(body, reader.say("report.busy.title"), reader.language, buttons)


def changed(reader: Reader) -> Card:
    """Its owner may no longer see what is in it."""
    return _note("🔒", "report.changed.title", "report.changed.what", reader, style="warning")


def gone(reader: Reader) -> Card:
    """There is no such file for this person."""
    return _note("🗑️", "report.gone.title", "report.gone.what", reader, style="warning")


def _rested(
    sign: str,
    title: str,
    what: str,
    reference: str,
    progress: Progress,
    resume: Press | None,
    refine: Press,
    reader: Reader,
) -> Card:
    body = [
        container(
            [_title(sign, title, reader), text(what, spacing="Small"), *_reference(reference, reader)],
            style="warning",
            bleed=True,
        ),
        text(reader.say(f"report.{progress.kind}"), isSubtle=True, size="Small"),
        conditions(progress.query, reader),
    ]
    buttons = [execute(resume, reader.say("report.resume"))] if resume else []
    buttons.append(execute(refine, reader.say("button.refine")))
    return finish(body, reader.say(title), reader.language, buttons)


def _note(
    sign: str, title: str, what: str, reader: Reader, *, name: str = "", style: str = "default"
) -> Card:
    lines = [_title(sign, title, reader), text(reader.say(what), spacing="Small")]
    body = [container(lines, style=style, bleed=True)]
    if name:
        body.append(fact(reader.say("report.file"), clean(name, _MAX_NAME)))
    return finish(body, reader.say(title), reader.language)


def _title(sign: str, key: str, reader: Reader) -> BareObject:
    return text(f"{sign} {reader.say(key)}", size="Large", weight="Bolder")


def _warning(sentences: Sequence[str]) -> BareObject:
    return container([text(f"⚠️ {one}", size="Small", spacing="Small") for one in sentences], style="warning")


def _facts(file: File, reader: Reader) -> list[BareObject]:
    kept = reader.say(
        "report.ready.kept", time=reader.short(file.expires_at), offset=reader.offset(file.expires_at)
    )
    return [
        fact(reader.say("report.file"), clean(file.name, _MAX_NAME)),
        fact(reader.say("report.rows"), reader.number(file.rows)),
        fact(reader.say("report.size"), reader.size(file.size)),
        text(kept, size="Small", isSubtle=True),
    ]


def _reference(reference: str, reader: Reader) -> list[BareObject]:
    if not reference:
        return []
    return [text(reader.say("report.reference", reference=reference), size="Small", isSubtle=True)]


def _far(progress: Progress, reader: Reader) -> list[str]:
    if progress.total is None or progress.left is None:
        return [reader.say("report.writing.rows", n=progress.done)]
    done = reader.say("report.writing.of", done=reader.number(progress.done), n=progress.total)
    return [done, _about("report.writing.left", progress.left, reader)]


def _about(key: str, time: timedelta, reader: Reader) -> str:
    minutes = max(_MINUTE, -(-time // _MINUTE) * _MINUTE)
    return reader.say(key, duration=reader.elapsed(minutes))
