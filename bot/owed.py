"""What is kept of a turn that was taken on, until it is answered. Pure.

The claim of an activity and this debt are one. A process that dies, or whose answer Teams refuses, leaves an
errand of kind `turn`, which is taken up later.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from bot.errands import Errand
from bot.turns import Arrived, Consented, Said, Submitted, Tapped, Turn

KIND = "turn"

HELD = timedelta(minutes=4)
"""How long a turn is its process's: its job ends within two minutes, and the word about a fault follows."""

UNTIL = timedelta(minutes=15)
"""How long an answer is tried that Teams does not take; afterwards only that is said, when it can be."""

MAX_BEGUN = 3
"""How often a turn is begun that nobody survives."""

MAX_TEXT = 30_000
"""Characters that are kept of a message: more of it is never read."""

MAX_DATA = 64 * 1024
"""Bytes that are kept of what a button sent; more is no button of ours."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)

Owable = Said | Tapped | Consented | Submitted | Arrived
_KINDS: dict[str, TypeAdapter[Any]] = {
    one.__name__.lower(): TypeAdapter(one) for one in (Said, Tapped, Consented, Submitted, Arrived)
}


@dataclass(frozen=True)
class Owed:
    """A turn whose answer is owed since `asked_at`; `refused` counts how often Teams did not take it."""

    turn: Owable
    asked_at: datetime
    refused: int = 0


def owed_id(turn: Turn) -> str:
    """The debt of *turn*, the same for its repeats."""
    return hashlib.sha256(f"{KIND}\0{turn.key}".encode("utf-8", "replace")).hexdigest()


def errand_of(owed: Owed) -> Errand:
    """*owed* as it is kept."""
    turn = owed.turn
    payload = write_owed(owed)
    return Errand(
        owed_id(turn), KIND, turn.author.aad_object_id[:64], turn.place, turn.locale, turn.time_zone, payload
    )


def write_owed(owed: Owed) -> str:
    """What `read_owed` reads."""
    turn = _bounded(owed.turn)
    kind = type(turn).__name__.lower()
    content = {
        "kind": kind,
        "asked_at": owed.asked_at.isoformat(),
        "refused": owed.refused,
        "turn": _dumped(turn, _KINDS[kind]),
    }
    return _text(content)


def read_owed(payload: str) -> Owed:
    """What `write_owed` wrote. Raises: ValueError."""
    content = json.loads(payload)
    try:
        turn = _KINDS[content["kind"]].validate_python(content["turn"])
        return Owed(turn, datetime.fromisoformat(content["asked_at"]), int(content["refused"]))
    except (KeyError, TypeError) as error:
        raise ValueError("no turn that is owed") from error


def refused_once_more(owed: Owed) -> Owed:
    return replace(owed, refused=owed.refused + 1)


def pause(owed: Owed, retry_after: timedelta | None) -> timedelta:
    """How long to wait before Teams is asked once more to take the answer."""
    own = min(_FIRST_PAUSE * (1 << min(owed.refused, 10)), _LONGEST_PAUSE)
    return min(max(own, retry_after or own), UNTIL)


def is_late(owed: Owed, begun: int, now: datetime) -> bool:
    """Whether *owed*, *begun* so often without an end, is only to be apologised for.

    A clock that was set back a little makes nothing late; one that was set back far does.
    """
    return begun > MAX_BEGUN or abs(now - owed.asked_at) >= UNTIL


def _dumped(turn: Owable, kind: TypeAdapter[Any]) -> Any:
    """*turn* as JSON. Data that cannot be written, such as lists without end, is no button's of ours."""
    try:
        return kind.dump_python(turn, mode="json")
    except (ValueError, TypeError, RecursionError):
        if not isinstance(turn, Tapped | Submitted):
            raise
        return kind.dump_python(replace(turn, data=None), mode="json")


def _bounded(turn: Owable) -> Owable:
    """*turn* with no more than is kept of it."""
    if isinstance(turn, Said):
        return replace(turn, text=turn.text[:MAX_TEXT])
    if isinstance(turn, Tapped | Submitted):
        try:
            fits = len(_text(turn.data).encode()) <= MAX_DATA
        except (ValueError, RecursionError):
            fits = False
        return turn if fits else replace(turn, data=None)
    return turn


def _text(content: object) -> str:
    """*content* as JSON; half a letter, which no database takes, is a question mark."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace").decode()
