"""Saying no: what is said of it, and what is noted."""

import logging

from bot import forms
from bot.asking import Asker
from bot.commands import Command, Help, ShowForm, ShowRecent
from bot.meters import Meters
from bot.record import Entry, Kind, Record
from bot.spelling import spell_command
from bot.store.database import DatabaseUnusable
from cards import notes
from cards.elements import Card
from cards.reader import Reader

log = logging.getLogger(__name__)


_ASK_AGAIN = (
    (forms.press(ShowRecent()), "kept.recent"),
    (forms.press(ShowForm()), "button.form"),
)
"""What somebody asked is among their last questions; no id, of their own or not, is told from another."""


def refused(reason: str, reader: Reader) -> Card:
    """Why not; nothing of what was asked for."""
    again = _ASK_AGAIN if reason == "expired" else ()
    return notes.refused(reason, forms.press(Help()), reader, again)


class Denials:
    """Refuses, and has it on record."""

    def __init__(self, record: Record, meters: Meters) -> None:
        self._record = record
        self._meters = meters

    async def deny(self, reason: str, command: Command | None, asker: Asker, conditions: str = "") -> Card:
        """Refuse, and record the refusal."""
        spelt = conditions or (spell_command(command) if command else "")
        await self.note(reason, spelt, asker)
        return refused(reason, asker.reader)

    async def note(self, reason: str, conditions: str, asker: Asker) -> None:
        """Record a refusal; if that fails, the refusal still stands."""
        self._meters.denied(reason)
        try:
            await self._record.note(Entry(Kind.REFUSAL, asker.who, conditions, outcome=reason))
        except DatabaseUnusable:
            log.error("a refusal could not be recorded: %s", reason)
