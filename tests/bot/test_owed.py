"""What is kept of a turn that is owed its answer."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.owed import (
    MAX_BEGUN,
    MAX_TEXT,
    UNTIL,
    Owable,
    Owed,
    errand_of,
    is_late,
    owed_id,
    pause,
    read_owed,
    refused_once_more,
    write_owed,
)
from bot.turns import Arrived, Author, Consented, Place, PlaceKind, Said, Submitted, Tapped, Upload

NOW = datetime(2026, 11, 23, 7, 36, tzinfo=UTC)
HERE = Place("https://x", "19:c;messageid=1", PlaceKind.CHANNEL, "t", "28:b", name="General", team_id="19:t")
COMMON = ("m1", HERE, Author("29:s", "sato", "佐藤"), "ja-JP", "Asia/Tokyo")
TURNS: list[Owable] = [
    Said(*COMMON, "trace *@hoge.com", (Author("29:t", "", "田中"),), targeted=True),
    Tapped(*COMMON, card_activity_id="m0", verb="open", data={"state": "s", "at": 1}, invoked=True),
    Tapped(*COMMON, card_activity_id="", verb="form", data=None, invoked=False),
    Submitted(*COMMON, verb="form", data={"sender": ["a", 1, None]}),
    Consented(*COMMON, card_activity_id="m0", offer="o", upload=Upload("u", "c", "n", "i", "csv")),
    Consented(*COMMON, card_activity_id="m0", offer="o", upload=None),
    Arrived(*COMMON),
]


def nested(depth: int) -> object:
    """Lists in lists."""
    data: object = 1
    for _ in range(depth):
        data = [data]
    return data


@pytest.mark.parametrize("turn", TURNS)
def test_read_as_it_was(turn: Owable) -> None:
    """Each kind of turn is read as it was written, and its errand is that of its repeats."""
    owed = Owed(turn, NOW, 3)

    assert read_owed(write_owed(owed)) == owed
    assert errand_of(owed).id == owed_id(turn)


@pytest.mark.parametrize("payload", ["", "{", "[]", "null", "{}", '{"kind": "said"}', '{"kind": "other"}'])
def test_what_cannot_be_read(payload: str) -> None:
    """What is no turn is said to be none."""
    with pytest.raises(ValueError, match=r"."):
        read_owed(payload)


def test_bounds() -> None:
    """A long message is cut, a large or endless press and half a letter are kept as nothing."""
    deep: object = None
    for _ in range(3_000):
        deep = [deep]
    long = read_owed(write_owed(Owed(Said(*COMMON, "あ" * 200_000), NOW))).turn
    half = read_owed(write_owed(Owed(Said(*COMMON, "a\ud800b"), NOW))).turn
    large = [
        read_owed(write_owed(Owed(Submitted(*COMMON, verb="form", data=data), NOW))).turn
        for data in ("x" * 100_000, deep)
    ]

    assert isinstance(long, Said)
    assert len(long.text) == MAX_TEXT
    assert isinstance(half, Said)
    assert half.text == "a?b"
    assert [one.data for one in large if isinstance(one, Submitted)] == [None, None]


@pytest.mark.parametrize(
    "data", [{"\ud800": 1}, {"a": "\ud800"}, nested(300), nested(100_000), {"a": float("nan")}]
)
def test_data_that_no_button_has(data: object) -> None:
    """Whatever a client sends back, the turn is owed, and what cannot be kept of it is left out."""
    turn = Tapped(*COMMON, card_activity_id="m0", verb="open", data=data, invoked=True)
    kept = read_owed(errand_of(Owed(turn, NOW)).payload).turn

    assert isinstance(kept, Tapped)
    assert kept.verb == "open"


def test_pauses() -> None:
    """They grow from five seconds to five minutes, and are no shorter than Teams asks, within bounds."""
    owed, waits = Owed(TURNS[0], NOW), []
    for _ in range(9):
        waits.append(pause(owed, None).total_seconds())
        owed = refused_once_more(owed)

    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    assert pause(Owed(TURNS[0], NOW), timedelta(minutes=2)) == timedelta(minutes=2)
    assert pause(Owed(TURNS[0], NOW), timedelta(days=2)) == UNTIL


def test_late() -> None:
    """After a quarter of an hour, three beginnings, or by a clock that was set back far, it is too late."""
    owed = Owed(TURNS[0], NOW)

    assert not is_late(owed, MAX_BEGUN, NOW + UNTIL - timedelta(seconds=1))
    assert is_late(owed, MAX_BEGUN + 1, NOW)
    assert is_late(owed, 1, NOW + UNTIL)
    assert not is_late(owed, 1, NOW - timedelta(seconds=2))
    assert is_late(owed, 1, NOW - timedelta(hours=2))
