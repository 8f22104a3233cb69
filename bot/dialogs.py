"""Dialogs: the form over a button, or what a message means; the form's faults are shown in it.

A dialog cannot be changed later, and Teams waits a few seconds for it: so it asks, and never searches; the
answer follows in the 1:1.
"""

import asyncio
from collections.abc import Callable
from datetime import timedelta

from bot import forms
from bot.asking import Asker
from bot.commands import Command, Refine, ShowForm, SubmitForm
from bot.handlers import Handlers
from bot.homes import Homes
from bot.meanings import explained_in
from bot.pasted import query_in
from bot.turns import Notice, Opened, Post, Submitted
from cards import error
from cards.dialog import in_dialog
from cards.elements import Card
from tracing.errors import GraphError

PATIENCE = timedelta(seconds=4)
"""Teams gives up on a dialog after some seconds: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards"""


class Dialogs:
    """Opens dialogs and reads what comes of them; *start* has a tap answered in its author's 1:1."""

    def __init__(self, handlers: Handlers, homes: Homes, start: Callable[[Submitted], bool]) -> None:
        self._handlers = handlers
        self._homes = homes
        self._start = start

    async def open(self, opened: Opened, asker: Asker) -> Post:
        """What the message means, where it holds a bounce, a code or headers; else the form, filled with what
        it names."""
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                return await self._opened(opened.text, asker)
        except GraphError as fault:
            return error.render(fault, None, None, "", asker.reader)
        except TimeoutError:
            return Notice(asker.reader.say("fault.busy.what"))

    async def submit(self, submitted: Submitted, asker: Asker) -> tuple[Post, bool]:
        """The form again with its errors; or, once begun, a line that says where the answer will be."""
        say = asker.reader.say
        try:
            command = forms.read(submitted.verb, submitted.data)
        except forms.BadPress:
            return Notice(say("refused.bad_tap")), False
        try:
            async with asyncio.timeout(PATIENCE.total_seconds()):
                card = await self._form(command, asker)
        except GraphError as fault:
            return error.render(fault, None, None, "", asker.reader), False
        except TimeoutError:
            return Notice(say("fault.busy.what")), False
        if card is not None:
            return in_dialog(card, "", asker.reader), False
        started = self._start(submitted)
        return Notice(say("notice.private" if started else "fault.busy.what")), started

    async def _opened(self, text: str, asker: Asker) -> Card:
        query, command = query_in(text), explained_in(text)
        if command is not None:
            # Its buttons are answered in the 1:1, so what they lean on is kept there.
            home = await self._homes.at_home(asker)
            card = await self._handlers.explain(command, query, home or asker)
            if card is not None:
                return in_dialog(card, "", asker.reader)
        note = "" if not text else "dialog.found" if query else "dialog.nothing"
        return in_dialog(await self._handlers.filling.fill(query, asker), note, asker.reader)

    async def _form(self, command: Command, asker: Asker) -> Card | None:
        """The form that *command* asks for, or sends off with faults; None when it does neither."""
        match command:
            case SubmitForm(fields):
                return await self._handlers.filling.faults_of(fields, asker)
            case Refine(state_id):
                home = await self._homes.at_home(asker) or asker
                state = await self._handlers.listing.find(state_id, home)
                return state if isinstance(state, Card) else await self._handlers.filling.refill(state, asker)
            case ShowForm():
                return await self._handlers.filling.fill(None, asker)
            case _:
                return None
