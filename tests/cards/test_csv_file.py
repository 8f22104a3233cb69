"""A CSV file's cells: quoted, and never a formula, wherever a spreadsheet cuts."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.csv_file import MAX_CELL, defuse, lines


@pytest.mark.parametrize(
    "cell",
    [
        "=1",
        "+1",
        "-1",
        "@x",
        " =1",
        "'=1",
        '"=1"',
        '"" \u00a0=1',
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\ufeff=1",
        "\u200b=1",
        "\u202e=1",
        "\u3000=1",
        "|cmd",
        "%0A",
        "\tx",
        "\nx",
    ],
)
def test_formulas_are_defused(cell: str) -> None:
    """Whatever a spreadsheet might calculate, once quotes and spaces are gone, begins with an apostrophe."""
    assert defuse(cell) == f"'{cell}"


@pytest.mark.parametrize(
    ("cell", "defused"),
    [
        ("x;=1", "x;'=1"),
        ("x\t=1", "x\t'=1"),
        ("x, =1", "x,' =1"),
        ("x|=1", "x|'=1"),
        ("x\n=1\r\n+2", "x\n'=1\r'\n'+2"),
        ('x;"=1"', 'x;\'"=1"'),
        ("x;;\t＝1", "x;';'\t'＝1"),
        ("\t=1", "'\t'=1"),
        (";=1;", "';'=1;"),
    ],
)
def test_formulas_behind_separators(cell: str, defused: str) -> None:
    """What follows a separator is defused as a cell's front is, with the blank cells before it."""
    assert defuse(cell) == defused


@pytest.mark.parametrize(
    "cell", ["", "Re: = +1", "a@x.jp", "<a@x>", "【至急】-1", "1=1", "(株)", "a; b, c | d", "a;\nb"]
)
def test_text_stays(cell: str) -> None:
    """What is no formula is left as it is."""
    assert defuse(cell) == cell


@pytest.mark.parametrize("cell", ["x" * 100_000, ";=" * 50_000, "\t" * 100_000])
def test_a_cell_ends_where_excels_do(cell: str) -> None:
    """However long text is, and however much of it is defused, a cell holds no more than Excel's."""
    assert len(defuse(cell)) == MAX_CELL


def test_what_no_file_holds() -> None:
    """Characters that no file may hold are gone."""
    assert defuse("a\x00\x07\x1bb\ud800") == "ab"


@given(cells=st.lists(st.text(st.characters(codec="utf-8")), min_size=1, max_size=5))
def test_any_text_is_read_back(cells: list[str]) -> None:
    """Python's csv reads back one line, with the defused text of each cell; each stands in quotes."""
    written = lines([cells])

    assert list(csv.reader(StringIO(written, newline=""))) == [[defuse(cell) for cell in cells]]
    assert written.startswith('"')
    assert written.endswith('"\r\n')
