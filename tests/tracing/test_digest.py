"""Digests: every mail counted in one of them, the largest troubles named."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracing.digest import (
    MAX_GROUPS,
    PUNCTUAL,
    Digest,
    Group,
    digested,
    ranked,
    read_from,
    start_of,
    to_explain,
    to_remember,
    uncounted,
)
from tracing.model import MessageTrace, Window
from tracing.timetable import Timetable
from tracing.watch import LATENESS, MAX_LOOKS, Memory, mark_of

DUE = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
DAY = timedelta(days=1)
DAILY = Timetable(zone="Asia/Tokyo")


def row(name: str, at: datetime, to: str = "x@one.example", status: str = "failed") -> MessageTrace:
    return MessageTrace(name, "<x>", at, "a@contoso.co.jp", to, "s", 1, status, "", "")


def made(rows: list[MessageTrace], **facts: object) -> Digest:
    window = Window(DUE - DAY, DUE)
    digest = digested(rows, {mark_of(one): "tls_problem" for one in rows[:1]}, window, DUE, None, whole=True)
    return replace(digest, **facts)  # type: ignore[arg-type]


def test_where_it_starts() -> None:
    """The first begins at the time before it was asked for; others where the last ended, and read back."""
    assert start_of(DAILY, None, DUE - timedelta(hours=3)) == DUE - DAY
    assert start_of(DAILY, DUE - 3 * DAY, DUE) == DUE - 3 * DAY
    assert read_from(DUE, None) == DUE
    assert read_from(DUE, DUE) == DUE - LATENESS


def test_counts_and_groups() -> None:
    """By state, and by destination what is trouble, the largest first; with how many a cause was read of."""
    rows = [row("a", DUE, "x@one.example"), row("b", DUE - DAY, "y@one.example")]
    rows += [row("c", DUE, "z@two.example"), row("d", DUE, "z@two.example", "delivered")]
    digest = made(rows)

    assert digest.counts == (("failed", 3), ("delivered", 1))
    assert digest.groups == (
        Group("failed", "one.example", "tls_problem", 2, known=1),
        Group("failed", "two.example", "", 1, known=0),
    )
    assert (digest.trouble, digest.unsettled, digest.others) == (3, 0, 0)


def test_several_causes() -> None:
    """Mails of one destination are told by cause where it was read; the others, of any of these, apart."""
    rows = [row(name, DUE) for name in "abcd"]
    causes = dict(zip(map(mark_of, rows), ("expired", "expired", "loop"), strict=False))
    digest = digested(rows, causes, Window(DUE - DAY, DUE), DUE, None, whole=True)

    assert [(one.cause, one.count, one.known) for one in digest.groups] == [
        ("expired", 2, 2),
        ("loop", 1, 1),
        ("", 1, 0),
    ]


def test_what_is_looked_into() -> None:
    """One mail of each large trouble before a second of any, and no more than a few in all."""
    rows = [row(f"{n}", DUE, f"x@d{n % 7}.example") for n in range(70)]
    looked = to_explain(rows)

    assert [one.recipient_address for one in looked[:MAX_GROUPS]] == [
        f"x@d{n}.example" for n in range(MAX_GROUPS)
    ]
    assert len(looked) == MAX_LOOKS


def test_small_troubles_are_counted_together() -> None:
    """Beyond the largest troubles, the mails of all others are one number."""
    digest = made([row(f"m{n}", DUE, f"x@d{n}.example") for n in range(MAX_GROUPS + 3)])

    assert len(digest.groups) == MAX_GROUPS
    assert digest.others == 3


def test_changes() -> None:
    """Against the digest before; without one there is nothing to compare."""
    digest = made([row("a", DUE)])

    assert digest.change("failed") is None
    assert replace(digest, before=(("failed", 4), ("pending", 1))).change("failed") == -3
    assert replace(digest, before=(("pending", 1),)).change("pending") == -1


@pytest.mark.parametrize(("late", "is_late"), [(PUNCTUAL, False), (2 * PUNCTUAL, True)])
def test_punctual(late: timedelta, is_late: bool) -> None:
    """One that comes much later than it was due is late."""
    assert made([], end=DUE + late).is_late is is_late


rows_of_days = st.lists(
    st.tuples(st.integers(-20 * 60, 3 * 24 * 60 - 61), st.integers(0, 60)),
    max_size=30,
    unique_by=lambda r: r[0],
)


@given(drawn=rows_of_days)
def test_every_mail_is_in_one_digest(drawn: list[tuple[int, int]]) -> None:
    """Rows that show up to an hour late, on four days in a row: each is counted once."""
    begun = DUE - DAY
    rows = [
        (row(f"m{n}", begun + timedelta(minutes=at)), begun + timedelta(minutes=at + late))
        for n, (at, late) in enumerate(drawn)
    ]
    memory, counted = Memory(), list[str]()
    for day in range(4):
        due_at = DUE + day * DAY
        start = start_of(DAILY, memory.covered_to, begun)
        since = read_from(start, memory.covered_to)
        shown = [
            one for one, shows_at in rows if shows_at <= due_at and since <= one.received_date_time <= due_at
        ]
        fresh = uncounted(memory, shown, start)
        counted += [one.message_trace_id for one in fresh]
        kept = {seen.mark: seen for seen in (*memory.seen.values(), *to_remember(fresh, due_at))}
        memory = Memory(
            due_at, seen={m: s for m, s in kept.items() if s.received_date_time >= due_at - LATENESS}
        )

    due = [one.message_trace_id for one, _ in rows if one.received_date_time >= DUE - DAY]
    assert sorted(counted) == sorted(due)


def test_only_trouble_is_ranked() -> None:
    """What arrived is no trouble."""
    assert ranked([row("a", DUE, "x@one.example", "delivered")]) == []
