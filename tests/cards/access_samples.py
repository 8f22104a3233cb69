"""Sample cards of the record, of places and of what is shared."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bot.sight import stand_in
from cards import audit, notes, shared
from cards.elements import Card, Press
from cards.reader import Reader
from tracing.model import DeliveryStatus, MessageTrace, Window

AT = datetime(2026, 10, 15, 1, 42, 3, tzinfo=UTC)
_TAP = Press("audit", {"state": "x" * 22, "page": 1})


def line(
    number: int, name: str, kind: str, conditions: str, ticket: str = "", outcome: str = ""
) -> audit.Line:
    """An entry some minutes before the one above."""
    place = "channel" if number == 2 else "personal"
    at = AT - timedelta(minutes=7 * number)
    return audit.Line(at, name, kind, place, conditions, 12 * number, 1 + number, ticket, outcome)


LINES = [
    line(0, "佐藤 美咲", "audit", "audit last 7d by 佐藤"),
    line(1, "佐藤 美咲", "trace", "trace from *@hoge.com status failed last 7d", "INC-1042"),
    line(2, "佐藤 美咲", "trace", "trace to keiri@contoso.co.jp last 2d"),
    line(
        3,
        "佐藤 美咲",
        "detail",
        "detail to keiri@contoso.co.jp id 469ef7e1-2a22-4f0f-8a4c-08de2a3b4c5d last 2d",
    ),
    line(
        4,
        "田中 一郎",
        "refusal",
        "trace from sato@contoso.co.jp to kato@hoge.com last 2d",
        outcome="not_yours",
    ),
    line(5, "John Smith", "report", "trace from john.smith@contoso.co.jp last 30d"),
]
ROWS = [
    MessageTrace(
        f"{n}",
        "",
        AT - timedelta(hours=n),
        "suzuki@hoge.com",
        "keiri@contoso.co.jp",
        "秘密",
        1,
        status,
        "",
        "",
    )
    for n, status in enumerate((DeliveryStatus.FAILED, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED))
]
SHARED = shared.Masked(ROWS, Window(AT - timedelta(days=2), AT), partial=False)
UNTOLD = stand_in(ROWS[0])


def audited(lines: list[audit.Line], count: int) -> audit.Audited:
    """A page of the record."""
    return audit.Audited("audit last 7d by 佐藤", lines, count, 1 if count else 0, lambda number: _TAP)


ACCESS: dict[str, Callable[[Reader], Card]] = {
    "audit": lambda r: audit.render(audited(LINES, 120), r),
    "audit nothing": lambda r: audit.render(audited([], 0), r),
    "shared": lambda r: shared.render(SHARED, "佐藤 美咲", r),
    "share confirm": lambda r: shared.confirm(SHARED, [("ヘルプデスク", _TAP), ("IT", _TAP)], _TAP, r),
    "share nowhere": lambda r: shared.confirm(SHARED, [], _TAP, r),
    "share done": lambda r: shared.done("ヘルプデスク", _TAP, r),
    **{
        f"place {done}": lambda r, done=done: notes.place(done, "佐藤 美咲", r)  # type: ignore[misc]
        for done in ("approved", "revoked", "configured", "outsiders", "not_approved", "full")
    },
}
