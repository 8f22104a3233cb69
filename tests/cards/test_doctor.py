"""The examination as lines for a terminal, and as words for programs."""

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


def test_words() -> None:
    """For programs each finding has its sentence, and one that is amiss what fails and what to do."""
    told = [doctor.words(line, READERS["en"]) for line in FINDINGS]

    assert [set(parts) for parts in told] == [
        {"what"} if line.severity == "fine" else {"what", "fails", "do"} for line in FINDINGS
    ]
    assert all(sentence for parts in told for sentence in parts.values())
