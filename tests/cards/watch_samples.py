"""Cards of watches: alerts as they begin, grow and end, the list, one watch, and what goes wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from cards import alert, watch_form, watches
from cards.elements import Card, Press
from cards.form import Fields
from cards.mention import Mention
from cards.reader import Reader
from cards.watch_form import WatchFields, WatchForm
from tracing.causes import Cause
from tracing.model import AddressPattern, DeliveryStatus, TraceQuery
from tracing.quiet import Quiet
from tracing.threshold import Part
from tracing.watch import Trouble, Watch

NOW = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
QUERY = TraceQuery(recipients=(AddressPattern("*@partner.com"),), statuses=(DeliveryStatus.FAILED,))
TROUBLE = Trouble(
    1,
    "failed",
    "partner.com",
    Cause.TLS_PROBLEM.value,
    12,
    NOW - timedelta(minutes=43),
    NOW - timedelta(minutes=9),
    NOW,
    12,
    known=3,
)
PART = replace(TROUBLE, count=18, known=18, others=2, part=Part(18, 61, timedelta(hours=1)))
PEOPLE = (Mention("佐藤 美咲", "29:1sato"), Mention("田中 太郎", "29:1tanaka"), Mention("木村 剛"))
NIGHTS = Quiet(time(22), time(7), working_days=True, zone="Asia/Tokyo")
TAKEN = ("佐藤 美咲", NOW + timedelta(minutes=4))
ENTRY = watches.Entry(
    1,
    Watch(QUERY),
    Quiet(),
    (),
    NOW,
    place=None,
    paused="",
    next_run=NOW + timedelta(minutes=12),
    last_run=NOW - timedelta(minutes=3),
    last_cost=1,
    cost=288,
    fault="",
    blind_since=None,
    troubles=0,
)
OTHER = TraceQuery(statuses=(DeliveryStatus.QUARANTINED,))
ENTRIES = (
    replace(ENTRY, troubles=1, place="ヘルプデスク / On call"),
    replace(ENTRY, number=2, watch=Watch(OTHER, timedelta(hours=1), more_than=10)),
    replace(ENTRY, number=3, watch=Watch(TraceQuery(), mine=True), paused="not_approved"),
    replace(ENTRY, number=5, fault="GraphUnavailable", blind_since=NOW - timedelta(minutes=50)),
    replace(ENTRY, number=8, last_run=None),
    replace(ENTRY, number=9, quiet=NIGHTS, held=3, held_until=NOW + timedelta(hours=6)),
    replace(
        ENTRY, number=12, watch=Watch(QUERY, more_than=5, percent=20, within=timedelta(hours=1)), quiet=NIGHTS
    ),
)


def press(verb: str) -> Press:
    return Press(verb, {"watch": "x" * 22, "trouble": 1})


def alert_of(event: str, trouble: Trouble = TROUBLE, **facts: object) -> alert.Alert:
    return replace(alert.Alert(1, trouble, NOW, QUERY, event), **facts)  # type: ignore[arg-type]


def _alert(view: alert.Alert, reader: Reader) -> Card:
    return alert.render(view, press("again"), press("acknowledge"), reader)


def _reply(event: str, count: int, reader: Reader) -> Card:
    return alert.reply(alert_of(event, replace(TROUBLE, count=count)), press("again"), reader)


def opened(entry: watches.Entry, note: str = "") -> watches.Opened:
    here = press("change_watch") if entry.place else None
    return watches.Opened(entry, note, *(press("change_watch"),) * 7, press("watches"), here)


FIELDS = Fields(recipient="*@partner.com", statuses=("failed",))
OPTIONS = WatchFields("15", "", "20", "60", "22:00", "07:00", "working", ("me", "1"))


def form_of(number: int, faults: Mapping[str, str], people: Sequence[tuple[str, str]], r: Reader) -> Card:
    back = press("watches") if number else None
    view = WatchForm(number, QUERY, False, FIELDS, OPTIONS, faults, people, press("watch_form"), back)
    return watch_form.render(view, r, NOW)


MENTIONABLE = (("me", "佐藤 美咲"), ("1", "田中 太郎"))


def listing(entries: Sequence[tuple[watches.Entry, Press]], page: int = 0, note: str = "") -> watches.Listing:
    return watches.Listing(entries, page, note, show=lambda _: press("watches"))


def _listed(reader: Reader) -> Card:
    entries = [(entry, press("watches")) for entry in ENTRIES * 3]
    return watches.listed(listing(entries, page=1), reader)


def _stopped(reader: Reader) -> Card:
    return watches.listed(listing([], note=reader.say("watch.stopped", number=3)), reader)


def _lost(reader: Reader) -> Card:
    entries = [(entry, press("watches")) for entry in ENTRIES]
    return watches.listed(replace(listing(entries), lost=[press("change_watch")]), reader)


WATCHES: dict[str, Callable[[Reader], Card]] = {
    "watches, one unreadable": _lost,
    "alert": lambda r: _alert(alert_of("started"), r),
    "alert of a part": lambda r: _alert(alert_of("started", PART), r),
    "alert of a part over": lambda r: _alert(alert_of("ended", replace(PART, count=131), taken=TAKEN), r),
    "alert with mentions": lambda r: _alert(alert_of("started", PART, mentions=PEOPLE), r),
    "watch with mentions": lambda r: watches.one(
        opened(replace(ENTRY, quiet=NIGHTS, mentions=PEOPLE, place="ヘルプデスク / On call")), r
    ),
    "watch alone": lambda r: watches.begun(
        ENTRY, press("watches"), press("change_watch"), r, r.say("watch.mentions.alone")
    ),
    "alert held": lambda r: _alert(alert_of("started", held_since=NOW - timedelta(hours=9)), r),
    "alert held and over": lambda r: _alert(alert_of("ended", held_since=NOW - timedelta(hours=9)), r),
    "watch with quiet hours": lambda r: watches.one(opened(replace(ENTRY, quiet=NIGHTS)), r),
    "alert acknowledged": lambda r: _alert(alert_of("started", replace(TROUBLE, count=57), taken=TAKEN), r),
    "alert maybe twice": lambda r: _alert(alert_of("started", again=True), r),
    "alert quarantined": lambda r: _alert(
        alert_of("started", replace(TROUBLE, status="quarantined", cause="", count=1)), r
    ),
    "alert over": lambda r: _alert(alert_of("ended", replace(TROUBLE, count=131), taken=TAKEN), r),
    "alert grown": lambda r: _reply("grown", 120, r),
    "alert ended": lambda r: _reply("ended", 131, r),
    "watch blind": lambda r: alert.sight("blind", NOW, 1, r),
    "watch sees": lambda r: alert.sight("seeing", NOW, 1, r),
    "watch stranded": lambda r: alert.stranded(
        1, QUERY, "place_gone", "ヘルプデスク / On call", press("watches"), press("change_watch"), r
    ),
    "watch stranded in private": lambda r: alert.stranded(
        1, QUERY, "not_allowed", "", press("watches"), None, r
    ),
    "watch test": lambda r: alert.test(1, QUERY, r),
    "watch begun": lambda r: watches.begun(ENTRY, press("watches"), press("change_watch"), r),
    "watches": _listed,
    "watches none": _stopped,
    "watch": lambda r: watches.one(opened(ENTRIES[0]), r),
    "watch form new": lambda r: form_of(0, {}, (), r),
    "watch form": lambda r: form_of(3, {}, MENTIONABLE, r),
    "watch form with faults": lambda r: form_of(
        3, {"percent": "form_percent", "quiet_start": "form_hours", "recipient": "address"}, MENTIONABLE, r
    ),
    "watch resting": lambda r: watches.one(opened(ENTRIES[2], r.say("watch.paused_now", number=3)), r),
    "watch resting elsewhere": lambda r: watches.one(
        opened(replace(ENTRIES[0], paused="place_gone", next_run=None)), r
    ),
    "watch not yet": lambda r: watches.one(opened(ENTRIES[4]), r),
    "watch without sight": lambda r: watches.one(opened(ENTRIES[3]), r),
}
