"""The corpus of what servers really say is read as a mail expert reads it, but for a few in a hundred."""

import pytest

from tests.readings import ASPECTS, Reading, readings

HELD = 0.98
"""The share that is read right in every aspect at once, and in each."""


@pytest.fixture(scope="module")
def read() -> list[Reading]:
    return list(readings())


def test_the_share_that_is_right(read: list[Reading]) -> None:
    """So many of the samples are right in every aspect."""
    wrong = [f"{one.name}: {', '.join(one.wrong)}" for one in read if one.wrong]

    assert len(wrong) <= (1 - HELD) * len(read), "\n".join(wrong)


@pytest.mark.parametrize("aspect", ASPECTS)
def test_the_share_of_an_aspect(read: list[Reading], aspect: str) -> None:
    """Each aspect on its own is right as often, so that no one carries the others."""
    wrong = [one.name for one in read if aspect in one.wrong]

    assert len(wrong) <= (1 - HELD) * len(read), "\n".join(wrong)
