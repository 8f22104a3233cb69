"""What is left to ask for a query, and about how many requests that takes. Pure.

A list is read page by page; each page tells how much time a request covers and which states are in it. From
that follow the estimate a card shows, and whether several states are cheaper asked for one by one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from math import ceil

from tracing.model import (
    TROUBLED,
    DeliveryStatus,
    MessageTrace,
    TraceQuery,
    TraceRequest,
    Window,
    trouble_rank,
)
from tracing.plan import Way, way_of

_INSTANT = timedelta(microseconds=1)


def cut(request: TraceRequest, rows: Sequence[MessageTrace]) -> TraceRequest:
    """What is left of *request* behind *rows*, a page of it, newest first: what lies behind it in time.

    The service counts seven decimals, a datetime six: up, or the border's rows are lost.
    """
    if not rows:
        return request
    last = min(rows[-1].received_date_time, request.window.end)
    border = last + _INSTANT
    if request.before is not None and request.before < border:
        # The border rounds up: these rows lie between it and the instant it stands for.
        return request
    held = [row.key for row in rows if row.received_date_time == last]
    if request.before == border:
        held += request.held
    return replace(
        request,
        window=Window(request.window.start, min(border, request.window.end)),
        before=border,
        held=tuple(sorted(set(held))),
    )


def unread(request: TraceRequest, rows: Iterable[MessageTrace]) -> Iterator[MessageTrace]:
    """Those of *rows*, a page of *request*, that were not read before it was cut."""
    held = set(request.held)
    for row in rows:
        if (request.before is None or row.received_date_time < request.before) and row.key not in held:
            yield row


@dataclass
class _Pace:
    """How fast one way to ask has been."""

    requests: int = 0
    read: timedelta = timedelta(0)
    states: Counter[str] = field(default_factory=Counter)

    def expect(self, request: TraceRequest) -> float:
        """How many requests *request* takes, when it goes on like this; none where nothing is known."""
        return self.requests * (_span(request) / self.read) if self.read else 0.0

    def share(self, status: DeliveryStatus) -> float:
        return self.states[status] / max(1, self.states.total())


class Agenda:
    """The requests that are left for *query*, the next one first."""

    def __init__(self, query: TraceQuery, requests: Iterable[TraceRequest]) -> None:
        self._states = tuple(sorted(query.statuses, key=trouble_rank)) if len(query.statuses) > 1 else ()
        self._todo = list(requests)
        self._paces: dict[tuple[Way, DeliveryStatus | None], _Pace] = {}

    @property
    def rest(self) -> tuple[TraceRequest, ...]:
        return tuple(self._todo)

    @rest.setter
    def rest(self, requests: Iterable[TraceRequest]) -> None:
        self._todo = list(requests)

    @property
    def left(self) -> int:
        """About how many requests the rest takes; one each at the least."""
        return sum(max(1, round(self._expect(request))) for request in self._todo)

    def next(self) -> TraceRequest | None:
        """What to ask now. Several states are asked for one by one where that is fewer requests."""
        if self._todo:
            self._todo[:1] = self._by_state(self._todo[0])
        return self._todo[0] if self._todo else None

    def note(self, rows: Sequence[MessageTrace], rest: TraceRequest | None) -> bool:
        """A page of the first request was read, and *rest* is left of it.

        Returns: whether its next page is what to read now.
        """
        request = self._todo.pop(0)
        pace = self._paces.setdefault((way_of(request), request.status), _Pace())
        pace.requests += 1
        pace.read += _span(request) - (_span(rest) if rest else timedelta(0))
        pace.states.update(row.status for row in rows)
        if rest is None:
            return False
        self._todo.insert(0, rest)
        return self.next() is rest

    def _by_state(self, request: TraceRequest) -> list[TraceRequest]:
        pace = self._paces.get((way_of(request), None))
        if not self._states or request.status is not None or pace is None:
            return [request]
        whole = pace.expect(request)
        if sum(max(1, ceil(whole * pace.share(status))) for status in self._states) >= ceil(whole):
            return [request]
        return [replace(request, status=status) for status in self._states]

    def _expect(self, request: TraceRequest) -> float:
        own = self._paces.get((way_of(request), request.status))
        if own is not None:
            return own.expect(request)
        wider = self._paces.get((way_of(request), None))
        if wider is not None and request.status is not None:
            return wider.expect(request) * wider.share(request.status)
        return 1.0


def _span(request: TraceRequest) -> timedelta:
    return request.window.end - request.window.start


def troubled(query: TraceQuery, rest: Iterable[TraceRequest]) -> tuple[TraceRequest, ...]:
    """*rest* asked for the TROUBLED states one by one; none where *query* itself asks for no others."""
    states = [status for status in TROUBLED if not query.statuses or status in query.statuses]
    if set(query.statuses) == set(states):
        return ()
    return tuple(
        replace(request, status=status)
        for request in rest
        for status in states
        if request.status in (None, status)
    )


def still(asked: Iterable[TraceRequest], rest: Iterable[TraceRequest]) -> tuple[TraceRequest, ...]:
    """Those of *asked*, for single states, that *rest* leaves to be read, none further up than it does."""
    rest = tuple(rest)
    return tuple(
        request if request.window.end <= other.window.end else replace(other, status=request.status)
        for request in asked
        for other in rest
        if way_of(request) == way_of(other)
        and request.window.start == other.window.start
        and other.status in (None, request.status)
    )


def without(rest: Iterable[TraceRequest], asked: Iterable[TraceRequest]) -> tuple[TraceRequest, ...]:
    """*rest* after its states of trouble were read on their own as far as *asked* says is left of them."""
    left = {_place(request): request for request in asked}
    kept = (request if request.status not in TROUBLED else left.get(_place(request)) for request in rest)
    return tuple(request for request in kept if request is not None)


@dataclass(frozen=True)
class _Place:
    way: Way
    status: DeliveryStatus | None
    start: object


def _place(request: TraceRequest) -> _Place:
    return _Place(way_of(request), request.status, request.window.start)
