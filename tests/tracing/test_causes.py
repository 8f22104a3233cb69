"""The closed list of causes, as it is documented."""

import re
from pathlib import Path

from tracing.causes import Cause

PAGE = Path(__file__).parents[2] / "docs" / "causes.md"


def test_documented() -> None:
    """The page lists every cause there is, and no other."""
    rows = [line.split("|")[1] for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| `")]

    assert sorted(name for row in rows for name in re.findall(r"`(\w+)`", row)) == sorted(Cause)
