"""Activities shaped as Teams sends them, one file a kind."""

import json
from pathlib import Path
from typing import Any

ACTIVITIES = {path.stem: path for path in sorted((Path(__file__).parent / "activities").glob("*.json"))}
"""The samples by name: type, then what is special, then the kind of place."""


def activity(name: str, /, **changes: Any) -> dict[str, Any]:
    """A fresh copy of the sample *name*, with *changes* at its top."""
    found: dict[str, Any] = json.loads(ACTIVITIES[name].read_text("utf-8"))
    return found | changes
