"""“Tell me when it lands”: the promise, the news, and the ends without news."""

from adaptivecards.baseobject import BareObject

from cards.detail import style_of
from cards.elements import Card, Press, clean, container, execute, finish, text
from cards.reader import Reader
from cards.words import MAX_ADDRESS, MAX_SUBJECT, status_word, symbol
from tracing.causes import Cause
from tracing.model import MessageTrace


def watching(row: MessageTrace, note: str, duration: str, stop: Press, opens: Press, reader: Reader) -> Card:
    """The promise to tell, for *duration* (in words) at most; *stop* takes it back, *opens* goes back.

    *note* is the key of the sentence: that it is promised, or was already.
    """
    body = [
        text(f"🔔 {reader.say('landing.watching.title')}", size="Large", weight="Bolder"),
        *_mail(row, reader),
        text(reader.say(note, duration=duration), isSubtle=True, spacing="Small"),
    ]
    buttons = [execute(opens, reader.say("landing.open")), execute(stop, reader.say("landing.stop"))]
    return finish(body, reader.say("landing.watching.summary"), reader.language, buttons)


def landed(row: MessageTrace, cause: Cause, full: bool, opens: Press, reader: Reader) -> Card:
    """The news: *row*'s final state and what it means; *opens* shows its events. *full*: help desk."""
    status = status_word(row.status, reader)
    verdict = reader.say(f"cause.{cause}.name")
    line = reader.say(f"cause.{cause}.{'helpdesk' if full else 'employee'}")
    banner = container(
        [
            text(reader.say("landing.landed"), size="Small"),
            text(
                f"{symbol(row.status)} {status} — {verdict}", size="Large", weight="Bolder", spacing="Small"
            ),
            text(line, spacing="Small"),
        ],
        style=style_of(cause),
        bleed=True,
    )
    summary = reader.say("landing.landed.summary", status=status)
    buttons = [execute(opens, reader.say("landing.open"))]
    return finish([banner, *_mail(row, reader)], summary, reader.language, buttons)


def late(row: MessageTrace, duration: str, opens: Press, reader: Reader) -> Card:
    """The end of patience, *duration* in words: the state is what it was."""
    note = reader.say("landing.late.note", duration=duration, status=status_word(row.status, reader))
    buttons = [execute(opens, reader.say("landing.open"))]
    body = [_warning(reader.say("landing.late.title"), note), *_mail(row, reader)]
    return finish(body, reader.say("landing.late.summary"), reader.language, buttons)


def unknown(note: str, reader: Reader) -> Card:
    """An end without a state; *note* says why."""
    title = reader.say("landing.late.title")
    return finish([_warning(title, note)], reader.say("landing.late.summary"), reader.language)


def stopped(reader: Reader) -> Card:
    """The promise taken back."""
    title = reader.say("landing.stopped")
    body = [
        text(f"🔕 {title}", size="Large", weight="Bolder"),
        text(reader.say("landing.stopped.note"), isSubtle=True, spacing="Small"),
    ]
    return finish(body, title, reader.language)


def _mail(row: MessageTrace, reader: Reader) -> list[BareObject]:
    subject = clean(row.subject, MAX_SUBJECT) or reader.say("results.no_subject")
    sender = clean(row.sender_address, MAX_ADDRESS) or reader.say("results.no_sender")
    way = f"{sender} → {clean(row.recipient_address, MAX_ADDRESS)}"
    return [
        text(subject, weight="Bolder", spacing="Medium"),
        text(way, isSubtle=True, spacing="None"),
        text(_time(row, reader), isSubtle=True, size="Small", spacing="None"),
    ]


def _time(row: MessageTrace, reader: Reader) -> str:
    return f"{reader.date_time(row.received_date_time)} ({reader.offset(row.received_date_time)})"


def _warning(title: str, note: str) -> BareObject:
    lines = [text(f"⏳ {title}", size="Large", weight="Bolder"), text(note, spacing="Small")]
    return container(lines, style="warning", bleed=True)
