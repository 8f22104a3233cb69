"""Digests: a day with trouble and one without, one that is late; and alerts that hold mails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cards import alert, digest, notes, watches
from cards.elements import Card
from cards.reader import Reader
from tests.cards.watch_samples import ENTRY, NOW, QUERY, alert_of, press
from tracing.causes import Cause
from tracing.digest import Digest, Group
from tracing.model import Last
from tracing.timetable import Timetable
from tracing.watch import Watch

TOKYO = "Asia/Tokyo"
WEEKLY = replace(ENTRY, number=9, watch=Watch(QUERY, timetable=Timetable(zone=TOKYO, weekday=0)))
DIGEST = Digest(
    NOW - timedelta(days=1),
    NOW,
    NOW - timedelta(minutes=1),
    (("failed", 23), ("pending", 3), ("quarantined", 8)),
    (
        Group("failed", "partner.com", Cause.TLS_PROBLEM.value, 12, known=3),
        Group("quarantined", "contoso.co.jp", "", 8),
        Group("failed", "hoge.com", Cause.RECIPIENT_NOT_FOUND_REMOTE.value, 5, known=5),
        Group("failed", "hoge.com", Cause.BLOCKED_DLP.value, 1),
        Group("failed", "a-rather-long-name-of-a-subsidiary.example.co.jp", "", 2),
        Group("pending", "hoge.com", Cause.DELAYED.value, 2, known=2),
    ),
    others=4,
    before=(("failed", 18), ("pending", 3), ("filteredAsSpam", 2), ("quarantined", 9)),
)
QUIET = Digest(NOW - timedelta(days=1), NOW, NOW, ())
LATE = replace(
    DIGEST, start=NOW - timedelta(days=3), due_at=NOW - timedelta(hours=5), before=None, whole=False, others=1
)
MAILS = (
    alert.Mail(NOW - timedelta(minutes=9), "tanaka@contoso.co.jp", "ann@partner.com", "10月度請求書の件"),
    alert.Mail(NOW - timedelta(minutes=21), "a-long-name.of-somebody@contoso.co.jp", "bob@partner.com", ""),
    alert.Mail(
        NOW - timedelta(minutes=43), "info@contoso.co.jp", "ann@partner.com", "**Re:** [x](http://y.z) 納期"
    ),
)
OTHERS = replace(ENTRY, number=2, owner="John Smith", paused="by_you", next_run=None)


def place_list(r: Reader) -> watches.Listing:
    """Two watches of a channel, one of somebody else."""
    return watches.Listing(
        [(replace(ENTRY, troubles=1), press("watches")), (OTHERS, press("watches"))],
        0,
        "",
        show=lambda number: press("watches"),
        place="ヘルプデスク / On call",
        limits=r.say("watch.limits", own=20, mine=3, place=20, here=2),
    )


BUTTONS = ("alert.rows", "watch.open", "watch.stop")


def _digest(view: Digest, reader: Reader, *, weekly: bool = False, again: bool = False) -> Card:
    timetable = Timetable(zone=TOKYO, weekday=0 if weekly else None)
    buttons = [(key, press("run_again")) for key in BUTTONS[0 if view.counts else 1 :]]
    query = replace(QUERY, period=Last(timedelta(days=timetable.days)))
    return digest.render(view, 4, timetable, query, buttons, reader, again=again)


DIGESTS: dict[str, Callable[[Reader], Card]] = {
    "digest": lambda r: _digest(DIGEST, r),
    "digest quiet": lambda r: _digest(QUIET, r),
    "digest late": lambda r: _digest(LATE, r, weekly=True, again=True),
    "alert with mails": lambda r: alert.render(
        alert_of("started", mails=MAILS), press("again"), press("acknowledge"), r
    ),
    "alert grown with mails": lambda r: alert.reply(alert_of("grown", mails=MAILS), press("again"), r),
    "place details": lambda r: notes.place("details", "佐藤 美咲", r),
    "place details revoked": lambda r: notes.place("details_revoked", "佐藤 美咲", r),
    "watches of a place": lambda r: watches.listed(place_list(r), r),
    "watches of a place to others": lambda r: watches.listed(
        replace(place_list(r), entries=[], others=2, place=r.say("watch.place_list.unnamed")), r
    ),
    "watches of a place none": lambda r: watches.listed(replace(place_list(r), entries=[]), r),
    "watch of others": lambda r: watches.others(
        OTHERS, r.say("watch.of.pause", owner="John Smith", number=2), *(press("watches"),) * 4, r
    ),
    "watch stopped by others": lambda r: watches.told_by_other(
        r.say("watch.by.stop", name="佐藤 美咲", number=2), ENTRY.watch, "On call", press("watches"), r
    ),
    "digest of another zone": lambda r: watches.begun(
        replace(WEEKLY, watch=Watch(QUERY, timetable=Timetable(zone="Europe/Berlin"))),
        press("watches"),
        press("change_watch"),
        r,
    ),
    "digest begun": lambda r: watches.begun(WEEKLY, press("watches"), press("change_watch"), r),
}
