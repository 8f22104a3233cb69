"""What became of a mail, over realistic routes: cause, code and rule, in whatever order the events come."""

import random
from datetime import UTC, datetime

import pytest

from demo.events import told
from tests.samples.event_routes import ROUTES
from tracing.causes import Cause
from tracing.explain import explain
from tracing.model import TraceEvent

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)


def events_of(name: str, data: bool = True) -> list[TraceEvent]:
    """The events of a route as the service gives them."""
    events = told(NOW, ROUTES[name].steps)
    return [TraceEvent(e.date_time, e.event, e.action, e.description, e.data if data else "") for e in events]


@pytest.mark.parametrize("name", ROUTES)
def test_route(name: str) -> None:
    """A route ends in one cause, with the code and the rule that it rests on."""
    route, events = ROUTES[name], events_of(name)
    for seed in range(4):
        random.Random(seed).shuffle(events)
        outcome = explain(events, route.status)

        rule = outcome.basis.rule.label if outcome.basis.rule else ""
        assert (outcome.cause, outcome.basis.code, rule) == (route.cause, route.code, route.rule)


def test_table() -> None:
    """The table holds every cause there is, and sixty routes or more."""
    assert len(ROUTES) >= 60
    assert {route.cause for route in ROUTES.values()} == set(Cause)


@pytest.mark.parametrize("name", ROUTES)
def test_without_data(name: str) -> None:
    """Without the XML there is a cause all the same, and no failure turns into a success."""
    route = ROUTES[name]
    outcome = explain(events_of(name, data=False), route.status)

    assert outcome.cause in Cause
    if route.status == "failed":
        assert outcome.cause not in (Cause.DELIVERED, Cause.ACCEPTED_REMOTE)
