"""Logs as JSON, a line each, for whatever collects them; addresses and tokens are cut out of every one."""

import json
import logging
import re
from datetime import UTC, datetime

_ADDRESS = re.compile(r"[^\s@\"'<>(),;:=/]{1,128}@(?=[\w-])")
_TOKEN = re.compile(r"\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}|(?i:bearer)\s+[^\s\"']+")
_SECRET = re.compile(r"(?i)\b(client_secret|password|authorization)([\"']?\s*[=:]\s*[\"']?)[^\s\"',&]+")

MAX_TEXT = 8_000
"""Characters of a message or a traceback."""


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and the traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": scrubbed(record.getMessage()),
        }
        if record.exc_info:
            entry["traceback"] = scrubbed(self.formatException(record.exc_info))
        return json.dumps(entry, ensure_ascii=False)


def scrubbed(text: str) -> str:
    """*text* without local parts of addresses, tokens and secrets."""
    text = _TOKEN.sub("[token]", text[:MAX_TEXT])
    text = _SECRET.sub(r"\1\2[secret]", text)
    return _ADDRESS.sub("[somebody]@", text)


def set_up() -> None:
    """Log in JSON from `info` on; of libraries only what went wrong."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for quiet in ("httpx", "alembic", "asyncio", "aiohttp.access"):
        logging.getLogger(quiet).setLevel(logging.WARNING)
