"""What a watch says: a trouble that began, grew, ended; that it cannot see; that it rests.

An alert holds numbers, states and domains. Addresses and subjects come with a tap, to whoever may see them;
where the help desk approved details, some are on the card.
"""

from dataclasses import dataclass
from datetime import datetime

from adaptivecards.baseobject import BareObject

from cards.elements import Card, Press, clean, container, execute, finish, markdown, rich, run, text
from cards.mention import Mention, entities
from cards.reader import Reader
from cards.words import cause_words, sought, status_word, symbol
from tracing.model import DeliveryStatus, TraceQuery
from tracing.watch import Trouble

_MAX_PLACE = 60
_MAX_DOMAIN = 70
_MAX_NAME = 60
_MAX_SUBJECT, _MAX_ADDRESS = 90, 80
_STYLES = {
    DeliveryStatus.DELIVERED: "emphasis",
    DeliveryStatus.EXPANDED: "emphasis",
    DeliveryStatus.GETTING_STATUS: "emphasis",
    DeliveryStatus.PENDING: "warning",
    DeliveryStatus.QUARANTINED: "warning",
    DeliveryStatus.FILTERED_AS_SPAM: "warning",
    DeliveryStatus.RECALLED: "warning",
}


@dataclass(frozen=True)
class Mail:
    """One mail of a trouble."""

    received_date_time: datetime
    sender_address: str
    recipient_address: str
    subject: str


@dataclass(frozen=True)
class Alert:
    """A trouble of watch `number`, known up to `as_of`. `event` is started, grown or ended.

    `taken`: who acknowledged it, and when; `again`: it may have been said before; `held_since`: from when on
    it was held for the quiet hours. `mails` are some of its newest ones, where they may be shown.
    """

    number: int
    trouble: Trouble
    as_of: datetime
    query: TraceQuery
    event: str
    taken: tuple[str, datetime] | None = None
    again: bool = False
    held_since: datetime | None = None
    mentions: tuple[Mention, ...] = ()
    mails: tuple[Mail, ...] = ()


def render(view: Alert, rows: Press, acknowledge: Press, reader: Reader) -> Card:
    """The first message of a trouble, as it is now. *rows* shows its mails, *acknowledge* takes it on."""
    body: list[BareObject] = [_banner(view, reader), *_mentioned(view), *_mails(view, reader)]
    body += _facts(view, reader)
    if view.taken is not None:
        name, at = view.taken
        line = reader.say("alert.taken", name=clean(name, _MAX_NAME), at=reader.short(at))
        body.append(text(f"✋ {line}", weight="Bolder", spacing="Small"))
    if view.again:
        body.append(text(reader.say("alert.again"), isSubtle=True, size="Small", spacing="Small"))
    buttons = [execute(rows, reader.say("alert.rows"))]
    if view.taken is None and view.event != "ended":
        buttons.append(execute(acknowledge, reader.say("alert.acknowledge"), style="positive"))
    return finish(body, _summary(view, reader), reader.language, buttons, entities(view.mentions))


def reply(view: Alert, rows: Press, reader: Reader) -> Card:
    """What follows in the thread: that it grew, or is over."""
    buttons = [execute(rows, reader.say("alert.rows"))]
    body = [_banner(view, reader), *_mentioned(view), *_mails(view, reader), *_facts(view, reader)]
    return finish(body, _summary(view, reader), reader.language, buttons, entities(view.mentions))


def sight(event: str, since: datetime, number: int, reader: Reader) -> Card:
    """That watch *number* sees nothing since then (`blind`), or sees again (`seeing`)."""
    title = reader.say(f"alert.{event}", number=number)
    sign, style = ("🙈", "warning") if event == "blind" else ("👀", "good")
    lines = [
        text(f"{sign} {title}", size="Medium", weight="Bolder"),
        text(reader.say(f"alert.{event}.note", since=_moment(since, reader)), spacing="Small"),
    ]
    return finish([container(lines, style=style, bleed=True)], title, reader.language)


def stranded(
    number: int, query: TraceQuery, reason: str, place: str, opens: Press, here: Press | None, reader: Reader
) -> Card:
    """To its owner: watch *number*, which spoke in *place*, rests; *reason* is the last part of the key.

    *here*, None where that changes nothing, has it go on in the conversation of this card.
    """
    title = reader.say("alert.stranded", number=number)
    lines = [
        text(f"⏸️ {title}", size="Medium", weight="Bolder"),
        text(reader.say(f"watch.paused.{reason}"), spacing="Small"),
    ]
    body = [container(lines, style="warning", bleed=True), sought(query, reader)]
    if place:
        spoke = reader.say("watch.place", place=clean(place, _MAX_PLACE))
        body.append(text(spoke, size="Small", spacing="None"))
    buttons = [execute(opens, reader.say("watch.open"))]
    if here is not None:
        body.append(text(reader.say("alert.stranded.todo"), isSubtle=True, size="Small", spacing="Medium"))
        buttons.insert(0, execute(here, reader.say("watch.here")))
    return finish(body, title, reader.language, buttons)


def test(number: int, query: TraceQuery, reader: Reader) -> Card:
    """That its alerts arrive here."""
    title = reader.say("alert.test", number=number)
    body = [
        text(f"🔔 {title}", size="Medium", weight="Bolder"),
        sought(query, reader),
        text(reader.say("alert.test.note"), isSubtle=True, size="Small", spacing="Small"),
    ]
    return finish(body, title, reader.language)


def _banner(view: Alert, reader: Reader) -> BareObject:
    trouble, ended = view.trouble, view.event == "ended"
    sign = {"ended": "✅", "grown": "📈"}.get(view.event, symbol(trouble.status))
    lines = [text(reader.say(f"alert.{view.event}"), size="Small")]
    lines.append(text(f"{sign} {_line(view, reader)}", size="Large", weight="Bolder", spacing="None"))
    cause = cause_words(trouble.cause, trouble.known, trouble.count, reader)
    lines += [text(line, spacing="Small") for line in (cause, _others(trouble, reader)) if line]
    style = "good" if ended else _style(trouble.status)
    return container(lines, style=style, bleed=True)


def _others(trouble: Trouble, reader: Reader) -> str:
    """The number of messages of further states and destinations that came while too many problems were
    open."""
    return reader.say("digest.others", n=trouble.others) if trouble.others else ""


def _mails(view: Alert, reader: Reader) -> list[BareObject]:
    """Some of the mails, the newest first."""
    shown: list[BareObject] = []
    for mail in view.mails:
        subject = clean(mail.subject, _MAX_SUBJECT) or reader.say("results.no_subject")
        people = f"{clean(mail.sender_address, _MAX_ADDRESS)} → {clean(mail.recipient_address, _MAX_ADDRESS)}"
        shown.append(rich(run(subject, weight="Bolder"), spacing="Small"))
        line = f"{people} · {reader.short(mail.received_date_time)}"
        shown.append(rich(run(line, isSubtle=True, size="Small"), spacing="None"))
    more = view.trouble.count - len(view.mails)
    if shown and more > 0:
        shown.append(text(reader.say("alert.more", n=more), isSubtle=True, size="Small", spacing="Small"))
    return shown


def _style(status: str) -> str:
    return next((style for known, style in _STYLES.items() if known == status), "attention")


def _facts(view: Alert, reader: Reader) -> list[BareObject]:
    trouble = view.trouble
    since = reader.say(
        "alert.span" if view.event == "ended" else "alert.since",
        first=reader.short(trouble.first),
        last=reader.short(trouble.last),
        as_of=reader.short(view.as_of),
        offset=reader.offset(view.as_of),
    )
    return [
        text(since, spacing="Small"),
        *_part(view, reader),
        *_held(view, reader),
        text(reader.say("alert.of", number=view.number), isSubtle=True, size="Small", spacing="Medium"),
        sought(view.query, reader),
    ]


def _mentioned(view: Alert) -> list[BareObject]:
    """Teams tells those whom a text mentions; in a run of rich text it would not."""
    if not view.mentions:
        return []
    return [markdown(f"🔔 {' '.join(one.shown for one in view.mentions)}", spacing="Small")]


def _part(view: Alert, reader: Reader) -> list[BareObject]:
    """How much of all mail it was when it was first told of."""
    part = view.trouble.part
    if part is None:
        return []
    line = reader.say(
        "alert.part" if view.event == "started" else "alert.part.began",
        n=part.rows,
        whole=reader.number(part.whole),
        percent=part.percent,
        within=reader.duration(part.within),
        domain=_domain(view),
    )
    return [text(f"📊 {line}", spacing="Small")]


def _held(view: Alert, reader: Reader) -> list[BareObject]:
    if view.held_since is None:
        return []
    return [text(f"🌙 {reader.say('alert.held', since=reader.short(view.held_since))}", spacing="Small")]


def _line(view: Alert, reader: Reader) -> str:
    trouble = view.trouble
    status = status_word(trouble.status, reader)
    return reader.say("alert.line", n=trouble.count, domain=_domain(view), status=status)


def _domain(view: Alert) -> str:
    return clean(view.trouble.domain, _MAX_DOMAIN).replace("@", "") or "?"


def _summary(view: Alert, reader: Reader) -> str:
    return f"{reader.say(f'alert.{view.event}')}: {_line(view, reader)}"


def _moment(value: datetime, reader: Reader) -> str:
    return f"{reader.short(value)} ({reader.offset(value)})"
