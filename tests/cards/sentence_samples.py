"""The cards that offer what a sentence may have asked for."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from cards import notes, sentence
from cards.elements import Card, Press
from cards.reader import Reader
from cards.watch_options import spelt
from tracing.model import AddressPattern, Between, DeliveryStatus, Last, TraceQuery
from tracing.quiet import Quiet
from tracing.watch import Watch

NOW = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
TO_PARTNER = TraceQuery(
    Between(datetime(2026, 11, 22, 3, tzinfo=UTC), datetime(2026, 11, 22, 9, tzinfo=UTC)),
    recipients=(AddressPattern("*@partner.com"),),
    statuses=(DeliveryStatus.FAILED,),
)
_WATCH = Watch(TO_PARTNER, timedelta(minutes=15), more_than=5, within=timedelta(hours=1))
_QUIET = Quiet(time(22), time(7), working_days=True, zone="Asia/Tokyo")


def _press(verb: str) -> Press:
    return Press(verb, {"state": "kT3vQ8sX1nYb6RmZpW4cLd"})


def _offer(kind: str, query: TraceQuery = TO_PARTNER, **more: object) -> sentence.Offer:
    told: dict[str, object] = {"run": _press("again"), "refine": _press("refine"), "help": _press("help")}
    return sentence.Offer(kind, query, **(told | more))  # type: ignore[arg-type]


def _picked(name: str, address: str) -> sentence.Pick:
    return sentence.Pick(name, address, _press("again"))


def _ja(reader: Reader, japanese: str, english: str) -> str:
    return japanese if reader.language == "ja" else english


SENTENCE_CARDS: dict[str, Callable[[Reader], Card]] = {
    "a sentence": lambda r: sentence.render(
        _offer("trace", unused=(_ja(r, "営業部", "project Falcon"), _ja(r, "添付ファイル", "attachments"))), r
    ),
    "a sentence with a wrong weekday": lambda r: sentence.render(
        _offer(
            "trace",
            bad_times=(_ja(r, "昨日の45時", "yesterday at 45:00"),),
            odd_days=((_ja(r, "2026/11/22 (水)", "Wed 11/22/2026"), 6),),
        ),
        r,
    ),
    "a sentence of one's own mail": lambda r: sentence.render(
        _offer("mine", TraceQuery(Last(timedelta(days=7))), everybody=_press("again")), r
    ),
    "a sentence for a report": lambda r: sentence.render(_offer("report"), r),
    "a watch from a sentence": lambda r: sentence.render(
        _offer("watch", options=spelt(_WATCH, _QUIET, (), None, NOW, r)), r
    ),
    "names to pick from": lambda r: sentence.render(
        _offer(
            "trace",
            run=None,
            picks=(
                _picked("田中 一郎", "tanaka@contoso.co.jp"),
                _picked("田中 さくら", "s.tanaka@contoso.co.jp"),
                _picked("田中 健", "ken.tanaka@contoso.co.jp"),
            ),
        ),
        r,
    ),
    "a name that nobody has": lambda r: sentence.render(
        _offer("trace", unknown=(_ja(r, "鈴木一郎", "Bob Smith"),)), r
    ),
    "a time that could not be read": lambda r: notes.not_understood(
        _ja(r, "追跡 宛先 *@partner.com ", "trace to *@partner.com "),
        _ja(r, "10月45日", "2026-10-45"),
        "",
        "date_time",
        "",
        _press("help"),
        r,
        refine=_press("refine"),
    ),
    "a slip": lambda r: sentence.render(
        _offer(
            "trace",
            TraceQuery(senders=(AddressPattern("*@hgoe.com"),)),
            slips=(sentence.Slip("hgoe.com", "hoge.com", _press("again")),),
        ),
        r,
    ),
}
