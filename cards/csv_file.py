"""CSV files that open in Excel: UTF-8 with a byte order mark, CRLF, and no formulas.

Every file of the program is written here. Each cell is quoted, and made safe for every way a spreadsheet
may split it: one whose separator is `;` or a tab reads our quotes as text, and what follows its separator
as a cell.
Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

MARK = "\ufeff"
"""The byte order mark, by which Excel recognizes UTF-8."""

MAX_CELL = 32_000
"""Characters; Excel's cells hold 32,767.
https://support.microsoft.com/office/excel-specifications-and-limits-1672b34d-7043-467e-8e27-269d656771c3
"""

_SEPARATOR = re.compile(r"([,;|，；｜、\t\r\n\x85\u2028\u2029])")
"""Separators that a spreadsheet may split at, by its language or import settings; also full-width ones."""

_BLANK = re.compile(
    r"[\s\"'`\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0]*"
)
"""Spaces, quotes and invisible characters, which a spreadsheet may drop from the start of a cell."""

_FORMULA = frozenset("=+-@%＝＋－＠％﹦﹢﹣﹫−")
"""First characters of a formula; in Japanese also full-width ones."""

_FIRST = frozenset("|\t\r\n")
"""Other first characters that are not allowed."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def lines(cells: Iterable[Sequence[object]]) -> str:
    """A line of *cells*, each quoted and made safe."""
    text = StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows([defuse(str(cell)) for cell in line] for line in cells)
    return text.getvalue()


def defuse(cell: str) -> str:
    """*cell* as text that no spreadsheet calculates: an apostrophe before each possible formula.

    This also covers text after a separator, with only blanks and further separators in between.
    """
    # Cut long text before the check, and again for the apostrophes that were added.
    pieces = _SEPARATOR.split(_cut(_UNSTORABLE.sub("", cell)))
    risky = False
    for at in range(len(pieces) - 1, -1, -2):
        piece = pieces[at]
        if shown := _BLANK.sub("", piece, count=1):
            risky = shown[0] in _FORMULA
        if risky or (at == 0 and len(pieces) > 1 and not piece and pieces[1] in _FIRST):
            pieces[at] = f"'{piece}"
    return _cut("".join(pieces))


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…"
