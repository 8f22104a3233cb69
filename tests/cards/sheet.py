"""Draw the contact sheets of docs/cards.md: `python -m tests.cards.sheet [name…]`."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.cards.samples import CARDS, EIGHT_CAUSES, READERS
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
    scale: float = 1.25
    suffix: str = ".png"


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
        "sentences",
        "ja",
        "light",
        PHONE,
        (
            ("a sentence", "a sentence with a wrong weekday", "a sentence of one's own mail"),
            ("names to pick from", "a name that nobody has", "a slip"),
            ("a watch from a sentence", "a sentence for a report", "a time that could not be read"),
        ),
    ),
    Sheet(
        "sentences-english-dark",
        "en",
        "dark",
        DESKTOP,
        (
            ("a sentence", "a sentence with a wrong weekday", "a sentence of one's own mail"),
            ("names to pick from", "a name that nobody has", "a slip"),
            ("a watch from a sentence", "a sentence for a report", "a time that could not be read"),
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
        "waiting",
        "ja",
        "light",
        PHONE,
        (
            ("results continue",),
            ("landing watched", "landing in the mailbox"),
            ("landing failed", "landing late", "landing stopped"),
        ),
    ),
    Sheet(
        "watches",
        "ja",
        "light",
        PHONE,
        (
            ("alert with mentions", "alert acknowledged", "alert grown", "alert held and over"),
            ("watch form", "watch without sight", "watch blind"),
            ("watches", "watch with quiet hours", "watch begun", "watch stranded"),
        ),
    ),
    Sheet(
        "digests",
        "en",
        "light",
        PHONE,
        (
            ("digest", "digest quiet"),
            ("alert with mails", "watches of a place"),
            ("watch of others", "watch stopped by others", "results without database"),
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
        "own",
        "ja",
        "light",
        PHONE,
        (
            ("my mail not checked",),
            ("my mail under a fault",),
            ("recipients withheld", "report writing shortened"),
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
    Sheet(
        "surfaces",
        "ja",
        "light",
        DESKTOP,
        (
            ("dialog",),
            ("welcome among others", "progress", "stopped", "answer below", "doctor"),
        ),
    ),
)

WHY = Sheet(
    "why",
    "en",
    "light",
    PHONE,
    (
        ("routes", "explain employee"),
        ("compare recipients", "compare with"),
        ("headers",),
        ("explain bounce", "explain what"),
    ),
    scale=1,
    suffix=".jpg",
)
"""Why this one and not that one, and what was pasted."""

HOW_SURE = tuple(
    Sheet(
        f"causes2-{language}-{theme}",
        language,
        theme,
        width,
        (
            ("explain delay", "detail forwarded"),
            ("explain full there", "detail full here"),
            ("detail certificate",),
            ("headers spam", "explain untold"),
        ),
        scale=1,
        suffix=".jpg",
    )
    for language, theme, width in (("ja", "light", PHONE), ("en", "dark", DESKTOP))
)
"""Delayed, by design, theirs and ours, a certificate, headers with a verdict, what nobody knows."""

CAUSES = tuple(
    Sheet(
        f"causes-{audience}-{language}",
        language,
        "light",
        PHONE,
        tuple(
            tuple(f"{prefix} {case}" for case in EIGHT_CAUSES[first : first + 2]) for first in range(0, 8, 2)
        ),
        scale=1,
        suffix=".jpg",
    )
    for language in READERS
    for audience, prefix in (("helpdesk", "detail"), ("employee", "employee"))
)
"""The detail of eight causes: both languages, both audiences."""


def main(only: Sequence[str] = ()) -> int:
    """Draw every sheet, or those named in *only*; the exit code."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        for scale in sorted({sheet.scale for sheet in (*SHEETS, WHY, *HOW_SURE, *CAUSES)}):
            with pictures(scale=scale) as drawn:
                for sheet in (*SHEETS, WHY, *HOW_SURE, *CAUSES):
                    if sheet.scale != scale or (only and sheet.name not in only):
                        continue
                    reader = READERS[sheet.language]
                    columns = [[CARDS[name](reader).content for name in names] for names in sheet.columns]
                    drawn.photograph(
                        columns, sheet.theme, sheet.width, FOLDER / f"{sheet.name}{sheet.suffix}"
                    )
    except NoBrowser as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
