"""Where the ways of several recipients, or of two messages, part."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracing.causes import Cause
from tracing.explain import Basis, Outcome, Rule, Step
from tracing.routes import beside, part

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
BLOCKED = Basis(code="5.7.171", rule=Rule("Block cards", "3", "Finance"))


def way(cause: Cause, *events: str, basis: Basis | None = None) -> Outcome:
    """An outcome whose timeline is *events*, each with what it says behind a colon."""
    steps = []
    for second, event in enumerate(events):
        name, _, detail = event.partition(": ")
        steps.append(Step(NOW + timedelta(seconds=second), name, detail))
    return Outcome(cause, basis or Basis(), timeline=tuple(steps))


DELIVERED = way(Cause.DELIVERED, "Receive", "Submit", "Deliver: here")
DLP = way(
    Cause.BLOCKED_DLP, "Receive", "Submit", "DLP rule: 'Block cards'", "Fail: 550 5.7.171", basis=BLOCKED
)
MEMBER = way(Cause.DELIVERED, "Transfer: hub", "Deliver: there")
EXPANDED = way(Cause.EXPANDED, "Receive", "Submit", "Expand DL", "Drop: 250 2.1.5")


def test_fates() -> None:
    """Three delivered, two stopped by one DLP rule: two fates, the larger first, parting after Submit."""
    ways = [("d@x.jp", DLP), *((f"{name}@x.jp", DELIVERED) for name in "abc"), ("e@x.jp", DLP)]

    parting = part(ways)
    assert [branch.recipients for branch in parting.branches] == [
        ("a@x.jp", "b@x.jp", "c@x.jp"),
        ("d@x.jp", "e@x.jp"),
    ]
    assert parting.after is not None
    assert parting.after.event == "Submit"
    assert [branch.turn.event for branch in parting.branches if branch.turn] == ["Deliver", "DLP rule"]


def test_another_rule_is_another_fate() -> None:
    """The same cause by another rule, or with another code, is told apart."""
    other = way(Cause.BLOCKED_DLP, "Receive", basis=Basis(code="5.7.171", rule=Rule("", "id")))
    third = way(Cause.BLOCKED_DLP, "Receive", basis=Basis(code="5.7.1"))

    assert len(part([("a", DLP), ("b", other), ("c", third)]).branches) == 3


def test_one_fate() -> None:
    """Where all met one fate nothing parts; and no way has no branch."""
    assert part([("a", DELIVERED), ("b", DELIVERED)]).after is None
    assert part([]).branches == ()


def test_common_beyond_submission() -> None:
    """What all went through on their way counts as common too; servers and times make no difference."""
    there = way(Cause.ACCEPTED_REMOTE, "Receive: a", "Submit", "Transfer: a", "Send external: mx.b.jp")
    refused = way(Cause.REJECTED_REMOTE, "Receive: b", "Submit", "Transfer: b", "Fail: 550 5.7.1")

    after = part([("a", there), ("b", refused)]).after
    assert after is not None
    assert after.event == "Transfer"


@pytest.mark.parametrize("order", [1, -1])
def test_member_of_a_group(order: int) -> None:
    """A member's way begins after the expansion; the group's own head tells where they parted."""
    parting = part([("group", EXPANDED), ("member", MEMBER)][::order])

    assert parting.after is not None
    assert parting.after.event == "Expand DL"


def test_no_events() -> None:
    """A recipient of whom nothing is told keeps a branch and hides nobody else's turn."""
    parting = part([("a", DELIVERED), ("b", way(Cause.OTHER)), ("c", DLP)])

    assert len(parting.branches) == 3
    assert parting.after is not None
    assert parting.after.event == "Submit"
    assert part([("a", way(Cause.OTHER)), ("b", way(Cause.IN_PROGRESS))]).after is None


@pytest.mark.parametrize(
    ("left", "right", "parts_at"),
    [
        (DELIVERED, DELIVERED, None),
        (DELIVERED, DLP, 2),
        (DELIVERED, way(Cause.DELIVERED, "Receive", "Submit"), 2),
        (DELIVERED, MEMBER, 2),
        (way(Cause.DELIVERED, "Transfer", "Deliver: x"), MEMBER, None),
        (DELIVERED, EXPANDED, 2),
        (
            way(Cause.DELIVERED, "Receive", "Spam: level 1"),
            way(Cause.QUARANTINED, "Receive", "Spam: level 8"),
            1,
        ),
        (way(Cause.OTHER, "Fail: 550 5.1.1 a"), way(Cause.OTHER, "FAIL: 550 5.1.1 b"), None),
        (way(Cause.OTHER, "Fail: 550 5.1.1 a"), way(Cause.OTHER, "Fail: 550 5.7.1 b"), 0),
        (way(Cause.OTHER), way(Cause.OTHER), None),
        (way(Cause.OTHER), DELIVERED, 2),
    ],
)
def test_beside(left: Outcome, right: Outcome, parts_at: int | None) -> None:
    """The first difference is found, either way round; a head that one lacks is none."""
    assert beside(left.timeline, right.timeline).parts_at == parts_at
    assert beside(right.timeline, left.timeline).parts_at == parts_at


STEPS = st.lists(
    st.builds(
        Step,
        st.just(NOW),
        st.sampled_from(["Receive", "Submit", "Transfer", "Spam", "Fail", "Deliver"]) | st.text(max_size=4),
        st.sampled_from(["", "550 5.1.1 x", "550 5.7.1"]) | st.text(max_size=4),
    ),
    max_size=6,
).map(tuple)


@given(left=STEPS, right=STEPS)
def test_every_step_stays(left: tuple[Step, ...], right: tuple[Step, ...]) -> None:
    """Side by side each step stands once, in its order; a way beside itself does not part."""
    ways = beside(left, right)

    assert tuple(pair.left for pair in ways.pairs if pair.left) == left
    assert tuple(pair.right for pair in ways.pairs if pair.right) == right
    assert beside(left, left).parts_at is None


@given(ways=st.lists(st.builds(Outcome, st.sampled_from(Cause), timeline=STEPS), max_size=5))
def test_nobody_is_lost(ways: list[Outcome]) -> None:
    """Each recipient stands in one branch."""
    named = [(f"r{number}", outcome) for number, outcome in enumerate(ways)]
    branches = part(named).branches

    assert sorted(r for branch in branches for r in branch.recipients) == [name for name, _ in named]
