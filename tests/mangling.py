"""Activities as no client ever made them: seeded mutations of good ones."""

import copy
import json
import random
from typing import Any

_JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    10**30,
    1e308,
    float("inf"),
    float("nan"),
    "",
    "\x00",
    "\ud800",
    "a\udfffb",
    "\u202e\u200b\ufeff",
    "<at>" * 500,
    "<" * 3_000,
    "&#1114112;&#xD800;&#0;",
    "*" * 3_000,
    "x" * 20_000,
    "👩‍👩‍👧‍👦" * 300,
    [],
    {},
    [None, [None, [{}]]],
    {"": {"": None}, "id": {"id": []}},
    {"id": ["x"], "name": {"x": 1}, "text": None, "contentType": 3},
)
_WORDS = (
    "personal",
    "groupChat",
    "channel",
    "message",
    "invoke",
    "installationUpdate",
    "add",
    "remove",
    "trace *",
    "trace sender \ud800@x.jp",
    'trace "',
    "追跡 " + "＊" * 900,
    "adaptiveCard/action",
    "mine",
)


_CHECKED = frozenset(
    {"serviceUrl", "channelId", "channelData", "conversation", "tenant", "tenantId", "id", "type"}
)
"""What the door looks at first; mostly left alone, so that the rest is looked at too."""


def mangled(sample: dict[str, Any], rng: random.Random) -> bytes:
    """*sample* with one to five things wrong, as JSON or nearly."""
    activity = copy.deepcopy(sample)
    for _ in range(rng.randint(1, 5)):
        _mutate(activity, rng)
    text = json.dumps(activity)
    match rng.randrange(40):
        case 0:
            return text[: rng.randrange(len(text))].encode()
        case 1:
            return text.replace('"', "'", rng.randrange(3)).encode()
        case 2:
            return text.replace("null", "9" * 5_000).encode()
        case 3:
            return text.encode("utf-16")
        case 4:
            return text.encode().replace(b'"id"', b'"\xff\xfe"', 1)
        case 5:
            depth = rng.choice((300, 900, 20_000))
            return text.replace('"locale": "en-US"', f'"locale": {"[" * depth}{"]" * depth}').encode()
        case _:
            return text.encode()


def _mutate(activity: dict[str, Any], rng: random.Random) -> None:
    """Change one thing somewhere inside *activity*."""
    spots = list(_spots(activity))
    if not spots:
        return
    holder, key = rng.choice(spots)
    if key in _CHECKED and rng.random() < 0.95:
        return
    match rng.randrange(8):
        case 0:
            del holder[key]
        case 1:
            other, other_key = rng.choice(spots)
            holder[key] = copy.deepcopy(other[other_key])
        case 2:
            holder[key] = rng.choice(_WORDS)
        case 3:
            holder[key] = _deep(rng.choice((3, 20, 60)), rng)
        case 4:
            holder[key] = [holder[key]] * rng.choice((1, 2, 200))
        case 5 if isinstance(holder, dict):
            holder[rng.choice(("id", "text", "value", "entities", "verb", "\ud800"))] = rng.choice(_JUNK)
        case _:
            holder[key] = copy.deepcopy(rng.choice(_JUNK))


def _spots(value: Any) -> Any:
    """Every place in *value* where something stands: what holds it, and under which key."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(items):
        yield value, key
        yield from _spots(part)


def _deep(depth: int, rng: random.Random) -> Any:
    value: Any = rng.choice(("x", 1, None))
    for _ in range(depth):
        value = [value] if rng.random() < 0.5 else {"value": value}
    return value
