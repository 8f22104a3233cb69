"""Whether an alert may hold mails: where the help desk approved details, of an owner who may see them now."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from bot.access import Role, roles_of
from bot.directory import Directory
from bot.errands import Errand
from bot.outbox import Glimpse
from bot.places import Places
from tracing.errors import GraphError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class WatchDetails:
    """Decides it twice: when mails are found, and again whenever they are about to be shown."""

    places: Places
    directory: Directory

    async def may_be_kept(self, errand: Errand) -> bool:
        """Whether the mails of what is told may be saved with it."""
        return await self.places.has_details(errand.place)

    async def shown(self, errand: Errand, glimpses: Sequence[Glimpse]) -> Sequence[Glimpse]:
        """Those of *glimpses* that may stand where the watch speaks now; when in doubt none."""
        if not glimpses or not await self.places.shows_details(errand.place):
            return ()
        try:
            owner = await self.directory.who(errand.owner)
            protected = await self.directory.protected()
        except GraphError as error:
            log.warning("nobody can say what an owner may see: %s", type(error).__name__)
            return ()
        if Role.HELPDESK not in roles_of(owner):
            return ()
        return [
            one
            for one in glimpses
            if not {one.sender_address.lower(), one.recipient_address.lower()} & protected
        ]
