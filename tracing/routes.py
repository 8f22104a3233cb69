"""Hold the ways of several recipients, or of two messages, side by side: where do they part?"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile, zip_longest

from tracing.causes import Cause
from tracing.explain import Outcome, Step, phase_of
from tracing.replies import codes_in

_ON_THE_WAY = 3
"""The first phase that a member of a group goes through alone; up to there the group's copy went for all."""

_TOLD_BY_DETAIL = ("transport rule", "dlp rule", "spam", "malware")
_TOLD_BY_CODE = ("fail", "defer", "drop")


@dataclass(frozen=True)
class Branch:
    """Recipients with the same outcome; `outcome` is that of the first.

    `turn` is the event where they diverged; None if unknown: no event after the common ones, or a different
    one for each of them.
    """

    recipients: tuple[str, ...]
    outcome: Outcome
    turn: Step | None


@dataclass(frozen=True)
class Parting:
    """The fates of one message, the most frequent first; `after` is the last step that all have in common.

    `after` is None when there is one fate only, or nothing in common is told.
    """

    branches: tuple[Branch, ...]
    after: Step | None


@dataclass(frozen=True)
class Pair:
    """Two steps at the same point of two ways; None where one has none. `same`: nothing tells them apart."""

    left: Step | None
    right: Step | None
    same: bool


@dataclass(frozen=True)
class Beside:
    """Two ways step by step; `parts_at` is the place of the first pair that differs, None when none does."""

    pairs: tuple[Pair, ...]
    parts_at: int | None


def part(ways: Sequence[tuple[str, Outcome]]) -> Parting:
    """Group *ways*, each a recipient and what became of their mail, by fate, and find where they part.

    The same cause with the same code and rule is the same fate. Returns: no branch for no ways.
    """
    fates: dict[tuple[Cause, str, str], list[tuple[str, Outcome]]] = {}
    for address, outcome in ways:
        fates.setdefault(_fate(outcome), []).append((address, outcome))
    groups = sorted(fates.values(), key=len, reverse=True)
    routes = [_split(outcome.timeline) for _, outcome in ways]
    common = _common([own for _, own in routes if own])
    after = None
    if len(groups) > 1:
        heads = [head for head, _ in routes if head]
        shared = next((own[:common] for _, own in routes if len(own) >= common), ())
        after = shared[-1] if shared else (heads[0][-1] if heads else None)
    return Parting(tuple(_branch(group, common) for group in groups), after)


def beside(left: Sequence[Step], right: Sequence[Step]) -> Beside:
    """Two timelines, each in order, pair by pair.

    A way that begins after a group was expanded lacks the steps before; that alone is no difference.
    """
    (left_head, left_own), (right_head, right_own) = _split(left), _split(right)
    pairs = []
    lacking = not left_head or not right_head
    for one, other in zip_longest(left_head, right_head):
        pairs.append(Pair(one, other, lacking or _alike(one, other)))
    pairs += [Pair(one, other, _alike(one, other)) for one, other in zip_longest(left_own, right_own)]
    return Beside(tuple(pairs), next((at for at, pair in enumerate(pairs) if not pair.same), None))


def _branch(group: Sequence[tuple[str, Outcome]], common: int) -> Branch:
    turns = [_split(outcome.timeline)[1][common : common + 1] for _, outcome in group]
    same = all(turn and turns[0] and _alike(turns[0][0], turn[0]) for turn in turns)
    return Branch(tuple(address for address, _ in group), group[0][1], turns[0][0] if same else None)


def _fate(outcome: Outcome) -> tuple[Cause, str, str]:
    rule = outcome.basis.rule
    return outcome.cause, outcome.basis.code, rule.label if rule else ""


def _split(timeline: Sequence[Step]) -> tuple[tuple[Step, ...], tuple[Step, ...]]:
    """What happened until the message was on its way to one recipient, and what since."""
    head = tuple(takewhile(lambda step: phase_of(step.event) < _ON_THE_WAY, timeline))
    return head, tuple(timeline[len(head) :])


def _common(ways: Sequence[Sequence[Step]]) -> int:
    """How many steps all of *ways* begin with."""
    count = 0
    for steps in zip(*ways, strict=False):
        if any(not _alike(steps[0], step) for step in steps[1:]):
            break
        count += 1
    return count


def _alike(one: Step | None, other: Step | None) -> bool:
    return one is not None and other is not None and _mark(one) == _mark(other)


def _mark(step: Step) -> tuple[str, object]:
    """What makes two steps the same: servers and times do not, the verdict of a filter or a rule does."""
    name = step.event.casefold()
    if name.startswith(_TOLD_BY_DETAIL):
        return name, step.detail
    return name, tuple(codes_in(step.detail)) if name.startswith(_TOLD_BY_CODE) else ""
