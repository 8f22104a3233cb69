"""The result list: how many, in which state, trouble first; a row opens on a tap."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from adaptivecards.baseobject import BareObject

from cards import coverage
from cards.elements import (
    Card,
    Press,
    bullet,
    clean,
    column,
    columns,
    container,
    execute,
    finish,
    fitting,
    text,
)
from cards.reader import Reader
from cards.words import conditions, status_word, symbol, window
from tracing.model import (
    TROUBLED,
    UNCHECKED,
    WITHHELD,
    Answer,
    MessageTrace,
    TraceQuery,
    trouble_rank,
)

PAGE_ROWS = 10
TILES_IN_A_LINE = 4
FRESH = timedelta(minutes=10)
"""Rows appear five to ten minutes after the mail:
https://learn.microsoft.com/exchange/monitoring/trace-an-email-message/message-trace-modern-eac"""

MAX_BUTTONS = 6
"""What a client shows of a card's buttons:
https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-actions"""

_MAX_TITLE = 40
_UNCHECKED_WIDTH = "108px"
"""States whose names fit in one line, also in English."""
_ROOMS = ((90, 100), (60, 60), (40, 40), (20, 20), (14, 16))
"""Characters of a subject and of an address: the first with which a page stays within Teams' size."""


@dataclass(frozen=True)
class Results:
    """One page of an answer. `shown` are the rows of the chosen state, trouble first; `page` counts from 0.

    `open_row`, `show` and `again` make the taps: a row by its place in `shown`, a page of a state, a new run.
    `refine` opens the form with these conditions, `all_domains` asks the same of all our domains, `save`
    keeps the search, `back` leads to the list it began from, `report` writes every row into a file.
    `withheld` rows are of protected people; `guarded`: why such a question does not find their mail.
    `meant`: domains that may be meant when the list is empty, each with its search. `share` leads to a masked
    card for a place, `more` continues the reading, `watch` starts a watch. `own`: it is an
    employee's, `sent`: also about mail they sent; `shortened`: how far back their mail goes, if more was
    asked for.
    """

    query: TraceQuery
    answer: Answer
    shown: Sequence[tuple[int, MessageTrace]]
    only: str | None
    page: int
    title: str
    narrowed: bool
    open_row: Callable[[int], Press]
    show: Callable[[int, str | None], Press]
    again: Press
    longer: Press | None
    refine: Press | None = None
    all_domains: Press | None = None
    save: Press | None = None
    back: Press | None = None
    withheld: int = 0
    guarded: str = ""
    report: Press | None = None
    share: Press | None = None
    more: Press | None = None
    watch: Press | None = None
    meant: Sequence[tuple[str, Press]] = ()
    own: bool = False
    sent: bool = False
    shortened: timedelta | None = None


def render(view: Results, reader: Reader) -> Card:
    """The card of *view*; with no row at all it says what that can mean."""
    return fitting(lambda room: _render(view, room, reader), _ROOMS)


def _render(view: Results, room: tuple[int, int], reader: Reader) -> Card:
    rows = view.answer.rows
    body = [_header(view, reader)]
    if view.narrowed:
        body.append(text(reader.say("results.narrowed"), isSubtle=True, spacing="Small"))
    if view.shortened is not None:
        how_far = reader.say("results.shortened", duration=reader.duration(view.shortened))
        body.append(text(f"ℹ️ {how_far}", spacing="Small"))
    if view.withheld:
        body.append(text(f"🔒 {reader.say('results.withheld', n=view.withheld)}", spacing="Small"))
    if view.answer.shortfalls:
        body.append(coverage.shortfalls(view.query, view.answer, view.own, reader))
    if rows:
        body += _tiles(view, reader)
        first = view.page * PAGE_ROWS
        page = view.shown[first : first + PAGE_ROWS]
        body += [_row(row, view.open_row(place), room, reader) for place, row in page]
    elif not view.withheld:
        body.append(_nothing(view, reader))
    body += _footer(view, reader)
    return finish(body, _summary(view, reader), reader.language, _buttons(view, reader))


def _header(view: Results, reader: Reader) -> BareObject:
    count = reader.say("results.count", n=len(view.answer.rows))
    heading = columns(
        column([text(reader.say(view.title), size="Large", weight="Bolder")], "stretch"),
        column([text(count, weight="Bolder", wrap=False)], "auto", verticalContentAlignment="Center"),
    )
    return container(
        [
            heading,
            conditions(view.query, reader),
            text(window(view.answer.window, reader), isSubtle=True, spacing="None", size="Small"),
            text(_completeness(view, reader), isSubtle=True, spacing="None", size="Small"),
        ]
    )


def _completeness(view: Results, reader: Reader) -> str:
    """Whether this is all, and how old it is."""
    answer = view.answer
    notes = [reader.say("results.as_of", time=reader.exact(answer.as_of))]
    if not answer.shortfalls:
        whole = "results.complete_own" if view.own and view.sent else "results.complete"
        notes.insert(0, reader.say(whole if answer.rows else "nothing.complete"))
    if answer.looked and not (view.narrowed or view.own):
        notes.append(reader.say("coverage.looked", n=answer.looked))
    return " · ".join(notes)


def _tiles(view: Results, reader: Reader) -> list[BareObject]:
    """The states there are and how many rows each has; a tap shows only those, a second tap all."""
    counts = Counter(row.status for row in view.answer.rows)
    tiles = [
        _tile(
            symbol(status),
            reader.number(counts[status]),
            status_word(status, reader),
            view.show(0, None if view.only == status else status),
            view.only == status,
        )
        for status in sorted(counts, key=lambda status: (trouble_rank(status), status))
    ]
    width = min(len(tiles), TILES_IN_A_LINE)
    lines = [tiles[i : i + width] for i in range(0, len(tiles), width)]
    for line in lines[1:]:
        line += [column([], "stretch")] * (width - len(line))
    return [container([columns(*line) for line in lines], style="emphasis")]


def _tile(sign: str, count: str, word: str, press: Press, chosen: bool) -> BareObject:
    return column(
        [
            text(f"{sign} {count}", size="Medium", weight="Bolder", horizontalAlignment="Center", wrap=False),
            text(
                f"✓ {word}" if chosen else word,
                size="Small",
                horizontalAlignment="Center",
                spacing="None",
                weight="Bolder" if chosen else None,
            ),
        ],
        "stretch",
        spacing="None",
        selectAction=execute(press, word),
    )


def _row(row: MessageTrace, press: Press, room: tuple[int, int], reader: Reader) -> BareObject:
    longest_subject, longest_address = room
    subject = clean(row.subject, longest_subject) or reader.say("results.no_subject")
    sender = clean(row.sender_address, longest_address) or reader.say("results.no_sender")
    recipient = clean(row.recipient_address, longest_address)
    untold = "results.withheld_row" if row.status == WITHHELD else "results.untold"
    route = f"{sender} → {recipient or reader.say(untold)}"
    word = status_word(row.status, reader)
    what = [
        text(subject, weight="Bolder"),
        text(route, size="Small", isSubtle=True, spacing="None"),
    ]
    when = [
        text(word, weight="Bolder", size="Small", horizontalAlignment="Right"),
        text(
            reader.short(row.received_date_time),
            size="Small",
            isSubtle=True,
            horizontalAlignment="Right",
            spacing="None",
        ),
    ]
    return container(
        [
            columns(
                column([text(symbol(row.status), wrap=False)], "28px"),
                column(what, "stretch", spacing="Small"),
                column(when, _UNCHECKED_WIDTH if row.status == UNCHECKED else "88px", spacing="Small"),
            )
        ],
        separator=True,
        spacing="Small",
        selectAction=execute(press, f"{word}: {clean(subject, min(longest_subject, _MAX_TITLE))}"),
    )


def _nothing(view: Results, reader: Reader) -> BareObject:
    lead = "nothing.partial" if view.answer.shortfalls else "nothing.lead"
    reasons = ["nothing.late", "nothing.refused", "nothing.envelope", "nothing.typo"]
    if view.guarded:
        reasons.insert(0, f"nothing.guarded.{view.guarded}")
    return container(
        [
            text(f"🔍 {reader.say('nothing.title')}", weight="Bolder", size="Medium"),
            text(reader.say(lead), spacing="Small"),
            *(
                text(f"💡 {reader.say('nothing.meant', domain=clean(domain, _MAX_TITLE))}", spacing="Small")
                for domain, _ in view.meant
            ),
            *(bullet(reader.say(reason)) for reason in reasons),
        ],
        style="emphasis",
    )


def _footer(view: Results, reader: Reader) -> list[BareObject]:
    answer = view.answer
    notes = []
    if view.shown:
        first = view.page * PAGE_ROWS
        last = min(first + PAGE_ROWS, len(view.shown))
        notes.append(reader.say("results.page", first=first + 1, last=last, n=len(view.shown)))
        if view.only is not None:
            notes.append(reader.say("results.only", status=status_word(view.only, reader)))
        notes.append(reader.say("results.tap"))
    lines = [" · ".join(notes)] if notes else []
    # To an employee, how much was read would count mail that is not theirs.
    if answer.scanned > len(answer.rows) and not (view.narrowed or view.own):
        lines.append(reader.say("results.scanned", n=answer.scanned))
    if view.query.direction is not None:
        lines.append(reader.say("results.direction"))
    if answer.rows and answer.as_of - answer.window.end < FRESH:
        lines.append(reader.say("results.fresh"))
    shown = [text(line, size="Small", isSubtle=True, spacing="None") for line in lines]
    return [container(shown, separator=True)] if shown else []


def _buttons(view: Results, reader: Reader) -> list[BareObject]:
    buttons = []
    if view.more is not None:
        buttons.append(execute(view.more, reader.say("results.continue")))
    if view.only is not None:
        buttons.append(execute(view.show(0, None), reader.say("results.all")))
    if view.page > 0:
        buttons.append(execute(view.show(view.page - 1, view.only), reader.say("results.previous")))
    if (view.page + 1) * PAGE_ROWS < len(view.shown):
        buttons.append(execute(view.show(view.page + 1, view.only), reader.say("results.next")))
    buttons += [
        execute(press, reader.say("sentence.meant", domain=clean(domain, _MAX_TITLE)))
        for domain, press in view.meant
    ]
    if view.all_domains is not None:
        buttons.append(execute(view.all_domains, reader.say("results.all_domains")))
    if view.refine is not None:
        buttons.append(execute(view.refine, reader.say("button.refine")))
    buttons.append(execute(view.again, reader.say("results.refresh")))
    if view.longer is not None:
        buttons.append(execute(view.longer, reader.say("results.longer")))
    if view.back is not None:
        buttons.insert(0, execute(view.back, reader.say("results.back")))
    if view.report is not None and view.answer.rows and len(buttons) < MAX_BUTTONS - bool(view.save):
        buttons.append(execute(view.report, reader.say("button.report")))
    if view.share is not None and view.answer.rows and len(buttons) < MAX_BUTTONS - bool(view.save):
        buttons.append(execute(view.share, reader.say("results.share"), mode="secondary"))
    if view.watch is not None:
        buttons.append(execute(view.watch, reader.say("watch.button"), mode="secondary"))
    if view.save is not None:
        buttons.append(execute(view.save, reader.say("results.save"), mode="secondary"))
    return buttons


def _summary(view: Results, reader: Reader) -> str:
    rows = view.answer.rows
    if not rows:
        return reader.say("withheld.summary" if view.withheld else "nothing.summary")
    trouble = reader.number(sum(row.status in TROUBLED for row in rows))
    said = reader.say("results.summary", n=len(rows), trouble=trouble)
    unchecked = coverage.unchecked(view.answer)
    return said + (reader.say("results.summary_unchecked", n=unchecked) if unchecked else "")
