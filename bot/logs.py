"""Logs as JSON, a line each, for whatever collects them; addresses and tokens are cut out of every one.

What this program logs by itself is made of fixed words. The text of a fault is not: it may quote whatever was
read, a subject among it, so that of such a text only what is plainly words of a program stays.
"""

import json
import logging
import re
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime

_ADDRESS = re.compile(r"[^\s@\"'<>(),;:=/]{1,128}(?:@|%40)(?=[\w-])")
_TOKEN = re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}|(?i:bearer)\s+[^\s\"']+")
_SECRET = re.compile(r"(?i)\b(client_secret|password|authorization)([\"']?\s*[=:]\s*[\"']?)[^\s\"',&]+")

_QUOTED = re.compile(r"""'[^']*'|"[^"]*"|“[^”]*”|「[^」]*」|['"“「].*|[^\x00-\x7f]+""", re.DOTALL)
"""What a fault quotes, to the end where the quote does not end; and what no program's words are made of."""

MAX_TEXT = 8_000
"""Characters of a message or a traceback."""

MAX_FAULT = 300
"""Of a fault's own text."""

MAX_FAULTS = 20
"""Of a chain of faults, or a group of them."""

QUIET = ("httpx", "alembic", "asyncio", "aiohttp.access")
"""Libraries that tell of every request, with its address; of them only what went wrong."""

_OURS = ("app", "bot", "cards", "tracing", "demo")


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(_message(record)),
        }
        fault = record.exc_info[1] if record.exc_info else None
        if fault is not None:
            entry["traceback"] = scrubbed("".join(_way_to(fault)))
        return json.dumps(entry, ensure_ascii=False)


def scrubbed(text: str) -> str:
    """*text* without local parts of addresses, tokens and secrets."""
    text = _TOKEN.sub("[token]", text[:MAX_TEXT])
    text = _SECRET.sub(r"\1\2[secret]", text)
    return _ADDRESS.sub("[somebody]@", text)


def told(fault: BaseException) -> str:
    """What kind of *fault* it is, and of its text what does not quote."""
    try:
        # What a KeyError is made of is what was looked for.
        parts = () if isinstance(fault, KeyError) else fault.args
        text = ", ".join(map(str, parts)) or str(fault)
    except Exception:
        text = ""
    words = _QUOTED.sub("…", text[:MAX_TEXT])[:MAX_FAULT]
    return f"{type(fault).__name__}: {words}" if words else type(fault).__name__


def _message(record: logging.LogRecord) -> str:
    if isinstance(record.args, tuple):
        arguments = tuple(told(one) if isinstance(one, BaseException) else one for one in record.args)
        message = str(record.msg) % arguments if arguments else str(record.msg)
    else:
        message = record.getMessage()
    # A library may well put what it handles into its message, or a fault with it.
    return message if record.name.partition(".")[0] in _OURS else _QUOTED.sub("…", message[:MAX_TEXT])


def _way_to(fault: BaseException) -> Iterator[str]:
    """The traceback of *fault*, of what led to it, and of what it is a group of: the first faults first."""
    chain: list[BaseException] = [fault]
    for one in chain:
        inner = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        chain += [other for other in (before, *inner) if other is not None and other not in chain]
        if len(chain) >= MAX_FAULTS:
            break
    for one in reversed(chain[:MAX_FAULTS]):
        yield from traceback.format_tb(one.__traceback__)
        yield f"{told(one)}\n"


def set_up(level: int = logging.INFO) -> None:
    """Log in JSON from *level* on; from libraries only errors."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    handler.setLevel(level)
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for quiet in QUIET:
        logging.getLogger(quiet).setLevel(logging.WARNING)
