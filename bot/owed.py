"""The stored form of an accepted turn, kept until it is answered. Pure.

The claim of an activity and this debt are one row. If the process dies or Teams refuses the answer, a task
of kind `turn` remains and is run later.
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
"""How long a process holds a turn: its job ends within two minutes, and the error card follows."""

UNTIL = timedelta(minutes=15)
"""How long an answer that Teams refuses is retried; after that only an apology is sent, when possible."""

MAX_BEGUN = 3
"""How often a turn is attempted when each attempt ends with a dead process."""

MAX_TEXT = 30_000
"""Characters kept of a message: no more is ever read."""

MAX_DATA = 64 * 1024
"""Bytes kept of a button's data; our own buttons send less."""

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)

Owable = Said | Tapped | Consented | Submitted | Arrived
_KINDS: dict[str, TypeAdapter[Any]] = {
    one.__name__.lower(): TypeAdapter(one) for one in (Said, Tapped, Consented, Submitted, Arrived)
}


@dataclass(frozen=True)
class Owed:
    """A turn whose answer is owed since `asked_at`; `refused` counts Teams' refusals."""

    turn: Owable
    asked_at: datetime
    refused: int = 0


def owed_id(turn: Turn) -> str:
    """The debt of *turn*; the same id for a repeated activity."""
    return hashlib.sha256(f"{KIND}\0{turn.key}".encode("utf-8", "replace")).hexdigest()


def errand_of(owed: Owed) -> Errand:
    """*owed* in its stored form."""
    turn = owed.turn
    payload = write_owed(owed)
    return Errand(
        owed_id(turn), KIND, turn.author.aad_object_id[:64], turn.place, turn.locale, turn.time_zone, payload
    )


def write_owed(owed: Owed) -> str:
    """The content of the stored form."""
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
    """Read the stored form. Raises: ValueError."""
    content = json.loads(payload)
    try:
        turn = _KINDS[content["kind"]].validate_python(content["turn"])
        return Owed(turn, datetime.fromisoformat(content["asked_at"]), int(content["refused"]))
    except (KeyError, TypeError) as error:
        raise ValueError("not an owed turn") from error


def refused_once_more(owed: Owed) -> Owed:
    return replace(owed, refused=owed.refused + 1)


def pause(owed: Owed, retry_after: timedelta | None) -> timedelta:
    """How long to wait before the answer is sent to Teams again."""
    own = min(_FIRST_PAUSE * (1 << min(owed.refused, 10)), _LONGEST_PAUSE)
    return min(max(own, retry_after or own), UNTIL)


def is_late(owed: Owed, begun: int, now: datetime) -> bool:
    """Whether *owed*, attempted *begun* times without a result, only gets an apology.

    A clock set back a little makes nothing late; one set back far does.
    """
    return begun > MAX_BEGUN or abs(now - owed.asked_at) >= UNTIL


def _dumped(turn: Owable, kind: TypeAdapter[Any]) -> Any:
    """*turn* as JSON. Data that JSON cannot hold, such as endless nesting, is not from our buttons."""
    try:
        return kind.dump_python(turn, mode="json")
    except (ValueError, TypeError, RecursionError):
        if not isinstance(turn, Tapped | Submitted):
            raise
        return kind.dump_python(replace(turn, data=None), mode="json")


def _bounded(turn: Owable) -> Owable:
    """*turn* reduced to what is stored."""
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
    """*content* as JSON; lone surrogates, which no database accepts, become question marks."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "replace").decode()
