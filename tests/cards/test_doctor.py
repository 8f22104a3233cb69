"""The examination as lines for a terminal."""

import pytest

from cards import doctor
from tests.cards.samples import FINDINGS, READERS


@pytest.mark.parametrize("language", READERS)
def test_lines(language: str) -> None:
    """What is amiss has what fails and what to do under it, what is fine one line; the verdict comes last."""
    reader = READERS[language]
    lines = list(doctor.spell(FINDINGS, "fault", reader))
    amiss = sum(line.severity != "fine" for line in FINDINGS)

    assert len(lines) == len(FINDINGS) + 2 * amiss + 1
    assert lines[0].startswith(f"❌ {reader.say('doctor.check.principal')}: ")
    assert "New-MgServicePrincipal" in lines[2]
    assert lines[-1] == reader.say("doctor.lead.fault")
