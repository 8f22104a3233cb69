"""Draw the contact sheets of docs/cards.md: `python -m tests.cards.sheet`."""

import sys
from dataclasses import dataclass
from pathlib import Path

from tests.cards.samples import CARDS, READERS
from tests.pictures import NoBrowser, pictures

FOLDER = Path(__file__).parents[2] / "docs" / "cards"
PHONE, DESKTOP = 360, 720


@dataclass(frozen=True)
class Sheet:
    """One picture: columns of sample cards."""

    name: str
    language: str
    theme: str
    width: int
    columns: tuple[tuple[str, ...], ...]


SHEETS = (
    Sheet(
        "reports",
        "ja",
        "light",
        DESKTOP,
        (
            ("report cost cut", "report writing extended", "report stopped"),
            ("report ready", "report saved", "report unsaved", "report needs"),
        ),
    ),
    Sheet(
        "results",
        "ja",
        "light",
        DESKTOP,
        (("results", "nothing found"), ("results all states",)),
    ),
    Sheet(
        "details",
        "ja",
        "light",
        DESKTOP,
        (
            ("detail recipient unknown here", "employee recipient unknown here"),
            ("detail several outcomes", "detail quarantined"),
        ),
    ),
    Sheet(
        "form",
        "ja",
        "light",
        DESKTOP,
        (
            ("form with faults",),
            ("help", "not understood", "error Throttled", "refused", "looking"),
        ),
    ),
    Sheet(
        "searches",
        "ja",
        "light",
        DESKTOP,
        (
            ("saved", "recent"),
            ("save", "edit a saved search", "help more"),
        ),
    ),
    Sheet(
        "phone",
        "ja",
        "dark",
        PHONE,
        (
            ("results", "my mail"),
            ("detail deferred here",),
            ("form", "error WindowTooOld"),
            ("help employee", "interrupted"),
        ),
    ),
    Sheet(
        "english-dark",
        "en",
        "dark",
        DESKTOP,
        (
            ("results", "results not complete"),
            ("detail blocked by dlp", "error PrerequisiteMissing"),
        ),
    ),
    Sheet(
        "english-phone",
        "en",
        "light",
        PHONE,
        (
            ("results one state",),
            ("detail junk", "looking"),
            ("form", "refused"),
            ("nothing found", "employee blocked by dlp"),
        ),
    ),
)


def main() -> int:
    """Draw every sheet; the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        with pictures(scale=1.25) as drawn:
            for sheet in SHEETS:
                reader = READERS[sheet.language]
                columns = [[CARDS[name](reader).content for name in names] for names in sheet.columns]
                drawn.photograph(columns, sheet.theme, sheet.width, FOLDER / f"{sheet.name}.png")
    except NoBrowser as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
