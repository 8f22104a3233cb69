"""The pages that people read, and how tests read them."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.moments import When
from bot.vocabulary import COMMANDS, find, key_of

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
GUIDES = {language: (ROOT / "docs" / f"users.{language}.md").read_text("utf-8") for language in ("en", "ja")}
WHEN = When(datetime(2026, 11, 24, 3, 0, tzinfo=UTC), ZoneInfo("Asia/Tokyo"))
"""When it is, and where, as far as what is typed goes."""


def sources(*rooms: str) -> Iterator[tuple[Path, str]]:
    """The Python of *rooms*, and `app.py`."""
    for path in (ROOT / "app.py", *(p for room in rooms for p in sorted((ROOT / room).rglob("*.py")))):
        yield path, path.read_text("utf-8")


def documents() -> list[Path]:
    """Every page that people read."""
    return sorted(
        {*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("manifest/*.md"), *ROOT.glob("deploy/*.md")}
    )


def section(page: str, heading: str) -> str:
    """What stands in *page* below *heading*, as far as the next of its rank."""
    return page.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def rows(text: str) -> dict[str, list[str]]:
    """The tables in *text*: the code in the first column → the other cells."""
    lines = (re.split(r"(?<!\\)\|", line.strip().strip("|")) for line in text.splitlines())
    return {
        cells[0].strip().strip("`"): [cell.strip() for cell in cells[1:]]
        for cells in lines
        if cells[0].strip().startswith("`") and len(cells) > 1
    }


def commands_in(text: str) -> list[str]:
    """The inline code of *text* that begins as a command does."""
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    return [span for span in spans if find(COMMANDS, key_of(span.split()[0].lstrip("/"))) is not None]


def examples_of(text: str) -> Iterator[list[str]]:
    """The commands of each row of *text* that has some, by the column of what can be typed."""
    for line in text.splitlines():
        if line.startswith("| ") and (found := commands_in(line)):
            yield found
