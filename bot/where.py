"""Where an answer may stand: in place, for one person's eyes alone, or in the asker's 1:1."""

from bot import forms
from bot.access import Ground, ground_of
from bot.answering import Answering, Asked
from bot.commands import Command
from bot.handlers import Handlers
from bot.parse import ParseError
from bot.places import Places
from bot.turns import Place, PlaceKind, Said, Tapped
from cards.reader import Reader
from tracing.errors import GraphError


class Where:
    """Decides it for each turn anew: approvals and members change."""

    def __init__(self, handlers: Handlers, places: Places, answering: Answering) -> None:
        self._handlers = handlers
        self._places = places
        self._answering = answering

    async def of_tap(self, tapped: Tapped, command: Command, reader: Reader) -> Place | None:
        """Where a tap is answered in place: alone with the bot, or on a card nobody else sees; else None."""
        if tapped.place.kind is PlaceKind.PERSONAL:
            return tapped.place
        state_id = forms.state_of(command)
        asker = self._answering.begin(tapped, tapped.aside, reader).asker
        # What was kept for a card that one person alone sees opens on such a card only.
        known = state_id is not None and await self._handlers.holds(state_id, asker)
        return tapped.aside if tapped.targeted or known else None

    async def ground(self, place: Place) -> Ground:
        approved = place.kind is not PlaceKind.PERSONAL and await self._places.shows(place)
        return ground_of(place.kind, approved=approved)

    async def shows_here(self, turn: Said, asked: Asked, ground: Ground, reader: Reader) -> bool:
        """Whether the answer to *turn*, with the command *asked*, may be shown where it was asked; no if in
        doubt."""
        if ground is Ground.PRIVATE or turn.targeted or isinstance(asked, ParseError | forms.BadPress):
            return False
        asker = self._answering.begin(turn, turn.place, reader, ground=ground).asker
        try:
            return await self._handlers.shows_here(asked, asker)
        except GraphError:
            return False

    async def goes_aside(self, turn: Said | Tapped) -> bool:
        """Whether to try to answer *turn* where it was said, for its author's eyes alone."""
        if turn.place.kind is PlaceKind.PERSONAL:
            # Nobody else is there; a card is found again by its 1:1.
            return False
        return turn.targeted or (isinstance(turn, Said) and await self._places.takes_aside(turn.place))
