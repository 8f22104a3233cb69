"""`doctor` in a chat: the examination, for the help desk alone."""

from collections.abc import Sequence

from bot import forms
from bot.access import Refusal
from bot.asking import Asker
from bot.commands import Examine, Help
from bot.directory import Directory
from bot.doctor.examine import Examiner
from bot.doctor.findings import Finding, worst, worst_first
from cards import doctor, notes
from cards.doctor import Line
from cards.elements import Card


class Consulting:
    """Answers the help desk with what was found."""

    def __init__(self, examiner: Examiner, directory: Directory) -> None:
        self._examiner = examiner
        self._directory = directory

    async def card(self, asker: Asker) -> Card:
        """What is wrong with the installation. Raises: GraphError: nobody can be recognized."""
        person = await self._directory.who(asker.aad_object_id)
        if person is None or not person.helpdesk:
            return notes.refused(Refusal.NOT_HELPDESK, forms.press(Help()), asker.reader)
        found = await self._examiner.examine()
        return doctor.render(lines_of(found), worst(found), forms.press(Examine()), asker.reader)


def lines_of(findings: Sequence[Finding]) -> list[Line]:
    """*findings* as a card takes them, the worst first."""
    return [Line(f.check, f.reason, f.severity, f.step, f.facts) for f in worst_first(findings)]
