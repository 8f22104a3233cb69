"""Draw the pictures of the guides, docs/users.*.md: `python -m tests.cards.guide [name…]`.

Each is one sample card in the guide's language. With `pngquant` they take a third of the space.
"""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.cards.samples import CARDS, READERS
from tests.pictures import NoBrowser, pictures

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH = 520
PICTURES = {
    "welcome": "help employee",
    "answer": "my mail",
    "detail": "employee recipient unknown here",
    "form": "form",
    "dialog": "dialog",
    "progress": "progress",
    "alert": "alert",
}
"""What a picture is called, and the sample that it shows."""


def main(only: Sequence[str] = ()) -> int:
    """Draw every picture, or those named in *only*; the exit code."""
    wanted = {name: sample for name, sample in PICTURES.items() if not only or name in only}
    try:
        with pictures(scale=1.5) as drawn:
            for language, reader in READERS.items():
                for name, sample in wanted.items():
                    path = FOLDER / f"{name}-{language}.png"
                    drawn.photograph([[CARDS[sample](reader).content]], "light", WIDTH, path)
                    _squeeze(path)
    except NoBrowser as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    return 0


def _squeeze(path: Path) -> None:
    """Make *path* smaller where the machine can: a card has few colours."""
    if (program := shutil.which("pngquant")) is not None:
        subprocess.run([program, "--force", "--skip-if-larger", "--output", path, "64", path], check=False)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
