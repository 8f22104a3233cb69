"""Saying no: what is said of it, and what is noted."""

import logging

from bot import forms
from bot.asking import Asker
from bot.commands import Command, Help
from bot.meters import Meters
from bot.record import Entry, Kind, Record
from bot.spelling import spell_command
from bot.store.database import DatabaseUnusable
from cards import notes
from cards.elements import Card
from cards.reader import Reader

log = logging.getLogger(__name__)


def refused(reason: str, reader: Reader) -> Card:
    """Why not; nothing of what was asked for."""
    return notes.refused(reason, forms.press(Help()), reader)


class Denials:
    """Refuses, and has it on record."""

    def __init__(self, record: Record, meters: Meters) -> None:
        self._record = record
        self._meters = meters

    async def deny(self, reason: str, command: Command | None, asker: Asker, conditions: str = "") -> Card:
        """Say no, and note that it was said; a note that fails does not turn a no into a fault."""
        self._meters.denied(reason)
        spelt = conditions or (spell_command(command) if command else "")
        try:
            await self._record.note(Entry(Kind.REFUSAL, asker.who, spelt, outcome=reason))
        except DatabaseUnusable:
            log.error("a refusal could not be recorded: %s", reason)
        return refused(reason, asker.reader)
