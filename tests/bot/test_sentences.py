"""What people type in sentences is read as the table says, and what is not used is told."""

import pytest

from tests.samples.sentences import AGAIN, LATER, NEWCOMER, SENTENCES, Sentence
from tests.spoken import faults


@pytest.mark.parametrize("row", [*SENTENCES, *LATER, *NEWCOMER, *AGAIN], ids=lambda row: row.text[:60])
def test_sentence_of_the_table(row: Sentence) -> None:
    """A sentence is read as people mean it: everything used, the rest told, nothing guessed."""
    assert faults(row) == []
