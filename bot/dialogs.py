"""Dialogs: the form over a button or a message, its faults shown in it; the answer follows in the 1:1.

A dialog cannot be changed later, and Teams waits a few seconds for it: so it asks, and never searches.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot import forms
from bot.asking import Asker
from bot.commands import SubmitForm
from bot.handlers import Handlers
from bot.pasted import query_in
from bot.turns import Notice, Opened, Post, Submitted
from cards import error
from cards.dialog import in_dialog
from tracing.errors import GraphError

PATIENCE = timedelta(seconds=4)
"""Teams gives up on a dialog after some seconds: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards"""


class Dialogs:
    """Opens dialogs and reads what comes of them; *start* has a tap answered in its author's 1:1."""

    def __init__(self, handlers: Handlers, start: Callable[[Submitted], Notice]) -> None:
        self._handlers = handlers
        self._start = start

    async def open(self, opened: Opened, asker: Asker) -> Post:
        """The form, filled with what the message names."""
        query = query_in(opened.text)
        note = "" if not opened.text else "dialog.found" if query else "dialog.nothing"
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                card = await self._handlers.filling.fill(query, asker)
        except GraphError as fault:
            return error.render(fault, None, None, "", asker.reader)
        except TimeoutError:
            return Notice(asker.reader.say("fault.busy.what"))
        return in_dialog(card, note, asker.reader)

    async def submit(self, submitted: Submitted, asker: Asker) -> Post:
        """The form again with its faults, or a line that says where the answer will be."""
        try:
            command = forms.read(submitted.verb, submitted.data)
        except forms.BadPress:
            return Notice(asker.reader.say("refused.bad_tap"))
        if isinstance(command, SubmitForm):
            try:
                faulty = await self._handlers.filling.faults_of(command.fields, asker)
            except GraphError as fault:
                return error.render(fault, None, None, "", asker.reader)
            if faulty is not None:
                return in_dialog(faulty, "", asker.reader)
        return self._start(submitted)
