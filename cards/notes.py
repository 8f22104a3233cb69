"""Short cards: looking, interrupted, refused, told, not understood."""

from collections.abc import Sequence

from cards.elements import Card, Press, bullet, clean, container, execute, finish, rich, run, text
from cards.reader import Reader
from cards.words import conditions
from tracing.model import MessageTrace, Progress, TraceQuery

_MAX_ECHO = 200
_MAX_SUGGESTION = 60
_MAX_BUTTON = 60


def looking(query: TraceQuery | None, reader: Reader) -> Card:
    """What stands where the result will stand."""
    body = [text(f"🔎 {reader.say('looking.title')}", size="Large", weight="Bolder")]
    if query is not None:
        body.append(conditions(query, reader))
    body.append(text(reader.say("looking.note"), isSubtle=True, spacing="Small"))
    return finish(body, reader.say("looking.summary"), reader.language)


def progress(query: TraceQuery, seen: Progress, stop: Press, reader: Reader, *, counted: bool) -> Card:
    """The progress of a search, with a button to stop it; *counted*: also the number of rows, where
    allowed."""
    body = [
        text(f"🔎 {reader.say('looking.title')}", size="Large", weight="Bolder"),
        conditions(query, reader),
    ]
    if counted and seen.rows is not None:
        body.append(text(reader.say("progress.rows", n=seen.rows), spacing="Small"))
    if seen.total > 1:
        parts = {"done": reader.number(seen.done), "total": reader.number(seen.total)}
        body.append(text(reader.say("progress.parts", **parts), isSubtle=True, spacing="None"))
    body.append(text(reader.say("progress.note"), isSubtle=True, size="Small", spacing="Small"))
    buttons = [execute(stop, reader.say("button.stop"))]
    return finish(body, reader.say("looking.summary"), reader.language, buttons)


def below(reader: Reader) -> Card:
    """What is left of a search whose answer came as a message of its own."""
    return finish([text(reader.say("progress.below"))], reader.say("progress.below"), reader.language)


def interrupted(note: str, again: Press, reader: Reader) -> Card:
    """A search that a stop or its deadline cut off; *note* is the key of what happened."""
    title = reader.say("interrupted.title")
    body = [
        container(
            [text(f"⚠️ {title}", size="Large", weight="Bolder"), text(reader.say(note), spacing="Small")],
            style="warning",
            bleed=True,
        )
    ]
    return finish(body, title, reader.language, [execute(again, reader.say("button.again"))])


def refused(reason: str, help_press: Press, reader: Reader, again: Sequence[tuple[Press, str]] = ()) -> Card:
    """Why a person may not; *reason* is the last part of the key. It says nothing of what was asked for.

    *again*: ways to ask again, each with the key of its name.
    """
    body = [
        container(
            [
                text(f"🔒 {reader.say('refused.title')}", size="Large", weight="Bolder"),
                text(reader.say(f"refused.{reason}"), spacing="Small"),
            ],
            style="warning",
            bleed=True,
        )
    ]
    buttons = [execute(tap, reader.say(key)) for tap, key in (*again, (help_press, "button.help"))]
    return finish(body, reader.say("refused.summary"), reader.language, buttons)


def unseen(names: Sequence[str], rest: TraceQuery, taps: Sequence[tuple[Press, str]], reader: Reader) -> Card:
    """Only the help desk may search by the conditions *names*; *rest* are the others, which are kept.

    *taps*: the next steps, each with the key of its label.
    """
    fields = " / ".join(reader.say(f"unseen.{name}") for name in names)
    body = [
        container(
            [
                text(f"🔒 {reader.say('unseen.title')}", size="Large", weight="Bolder"),
                text(reader.say("unseen.why", fields=fields), spacing="Small"),
            ],
            style="warning",
            bleed=True,
        ),
        text(reader.say("unseen.kept"), spacing="Small"),
        conditions(rest, reader),
    ]
    buttons = [execute(tap, reader.say(key)) for tap, key in taps]
    return finish(body, reader.say("unseen.title"), reader.language, buttons)


def bad_ticket(ticket: str, pattern: str, refine: Press, help_press: Press, reader: Reader) -> Card:
    """*ticket* is no valid ticket number, and what one looks like: *pattern*, or "" for the default rule."""
    expected = reader.say("ticket.pattern", pattern=pattern) if pattern else reader.say("ticket.plain")
    wrong = reader.say("ticket.wrong", ticket=clean(ticket, _MAX_SUGGESTION))
    body = [
        container(
            [
                text(f"🎫 {wrong}", size="Large", weight="Bolder"),
                rich(run(expected), spacing="Small"),
            ],
            style="warning",
            bleed=True,
        ),
        text(reader.say("ticket.kept"), spacing="Small"),
    ]
    buttons = [
        execute(refine, reader.say("button.refine")),
        execute(help_press, reader.say("button.help")),
    ]
    return finish(body, reader.say("refused.bad_ticket"), reader.language, buttons)


PLACE_CHANGED = ("approved", "details", "revoked", "details_revoked")
"""What can have become of a place, where something did."""


def place(done: str, name: str, reader: Reader) -> Card:
    """What became of a place; *done* is the last part of the key, *name* who asked for it."""
    good = done in PLACE_CHANGED
    line = reader.say(f"place.{done}", name=clean(name, 60))
    body = [
        container(
            [text(f"{'✅' if good else '🔒'} {line}", size="Medium", weight="Bolder")],
            style="good" if good else "warning",
            bleed=True,
        )
    ]
    if done in ("approved", "details"):
        body.append(text(reader.say(f"place.{done}.note"), isSubtle=True, size="Small", spacing="Small"))
    return finish(body, reader.say("place.summary"), reader.language)


def withheld(row: MessageTrace, back: Press, reader: Reader) -> Card:
    """A message whose recipients may not be shown, with what the list knows of it."""
    title = reader.say("withheld.title")
    subject = clean(row.subject, _MAX_ECHO) or reader.say("results.no_subject")
    body = [
        container([text(f"📤 {title}", size="Large", weight="Bolder")], style="emphasis", bleed=True),
        text(subject, weight="Bolder"),
        text(reader.short(row.received_date_time), isSubtle=True, size="Small", spacing="None"),
        text(reader.say("withheld.what"), spacing="Small"),
    ]
    return finish(body, title, reader.language, [execute(back, reader.say("detail.back"))])


def told(line: str, reader: Reader) -> Card:
    """One sentence, holding no address, and nothing to do about it."""
    return finish([text(f"ℹ️ {line}")], line, reader.language)


def unexplained(help_press: Press, reader: Reader, *, empty: bool) -> Card:
    """What can be pasted: nothing was, or nothing that could be read."""
    title = reader.say("explain.how_title" if empty else "explain.unread_title")
    body = [
        container([text(f"📖 {title}", size="Large", weight="Bolder")], style="warning", bleed=True),
        text(reader.say("explain.how")),
        *(bullet(reader.say(f"explain.{kind}")) for kind in ("how_code", "how_bounce", "how_headers")),
    ]
    buttons = [execute(help_press, reader.say("button.help"))]
    return finish(body, title, reader.language, buttons)


def not_understood(
    before: str,
    word: str,
    after: str,
    expected: str,
    suggestion: str,
    help_press: Press,
    reader: Reader,
    refine: Press | None = None,
    corrected: tuple[str, Press] | None = None,
) -> Card:
    """What was typed, with *word* marked, and what was *expected* there (the last part of the key).

    *refine* opens the form with what was understood; *corrected* is the text with the suggestion in it, and
    the tap that runs it.
    """
    echo = [
        run(_tail(before), fontType="Monospace"),
        run(clean(word, _MAX_ECHO) or "▯", fontType="Monospace", weight="Bolder", underline=True),
        run(clean(f"|{after}", _MAX_ECHO)[1:], fontType="Monospace"),
    ]
    body = [
        container(
            [
                text(f"✏️ {reader.say('wrong.title')}", size="Large", weight="Bolder"),
                text(_expected(expected, word, reader), spacing="Small"),
            ],
            style="warning",
            bleed=True,
        ),
        rich(*echo),
    ]
    if suggestion:
        body.append(
            text(reader.say("wrong.suggestion", word=clean(suggestion, _MAX_SUGGESTION)), spacing="Small")
        )
    buttons = [execute(corrected[1], clean(corrected[0], _MAX_BUTTON))] if corrected else []
    if refine is not None:
        buttons.append(execute(refine, reader.say("button.form")))
    buttons.append(execute(help_press, reader.say("button.help")))
    return finish(body, reader.say("wrong.summary"), reader.language, buttons)


def _tail(before: str) -> str:
    """The end of *before*, its last space kept."""
    shown = before if len(before) <= _MAX_ECHO else "…" + before[-_MAX_ECHO:]
    return clean(f"{shown}|", _MAX_ECHO + 2)[:-1]


def _expected(expected: str, word: str, reader: Reader) -> str:
    """What was expected in place of *word*; for an unreadable time, that it is a time."""
    if expected == "date_time" and not word.strip():
        return reader.say("expected.no_date_time")
    limits = {"shorter": 2_000, "words": 200}
    return reader.say(f"expected.{expected}", n=limits.get(expected, 0), word=clean(word, _MAX_SUGGESTION))
