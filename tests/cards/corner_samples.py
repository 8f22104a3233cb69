"""Cards as they come seldom: nothing to prove, nowhere to go, one fate for all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cards import bounce, journey, routes, shared
from cards.elements import Card, Press
from cards.reader import Reader
from tests.samples.headers import PLAIN
from tracing.causes import Cause
from tracing.explain import explain
from tracing.hops import Journey, read_journey
from tracing.model import DeliveryStatus, Window
from tracing.ndr import Bounce
from tracing.routes import part

AT = datetime(2026, 11, 23, 1, 45, tzinfo=UTC)
_TAP = Press("open", {"state": "kT3vQ8sX1nYb6RmZpW4cLd", "at": 0})
_MANY = tuple(f"member{number}@contoso.co.jp" for number in range(12))


def _routes(*statuses: DeliveryStatus) -> routes.Routes:
    """Twelve recipients who met *statuses* in turn, of whose way no event is told."""
    fates = {address: statuses[n % len(statuses)] for n, address in enumerate(_MANY)}
    ways = [(address, explain((), status)) for address, status in fates.items()]
    taps: dict[str, tuple[str, Press]] = {one: (status, _TAP) for one, status in fates.items()}
    return routes.Routes("全社のお知らせ", part(ways), taps, len(_MANY), len(_MANY), False, _TAP)


def _way(change: Callable[[Journey], Journey], reader: Reader) -> Card:
    read = read_journey(PLAIN)
    assert read is not None
    return journey.render(journey.Way(change(read), True, None, _TAP), reader)


CORNERS: dict[str, Callable[[Reader], Card]] = {
    "routes one fate": lambda r: routes.render(_routes(DeliveryStatus.DELIVERED), r),
    "routes untold": lambda r: routes.render(_routes(DeliveryStatus.DELIVERED, DeliveryStatus.FAILED), r),
    "headers without hops": lambda r: _way(lambda way: replace(way, hops=(), slowest=None, total=None), r),
    "headers without delay": lambda r: _way(lambda way: replace(way, slowest=None), r),
    "explain without a code": lambda r: bounce.render(
        bounce.Meaning(Bounce(Cause.OTHER, "", "Sorry, we could not."), True, None, _TAP), r
    ),
    "shared nothing": lambda r: shared.render(
        shared.Masked((), Window(AT - timedelta(days=2), AT), partial=True), "佐藤 美咲", r
    ),
}
