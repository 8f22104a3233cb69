"""Where results may show: places that the help desk approved, with nobody from outside in them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot import forms
from bot.access import Person, Refusal
from bot.asking import Asker
from bot.commands import Approve, Help, Revoke
from bot.record import Entry, Kind, Record
from bot.store.database import DatabaseUnusable
from bot.turns import Place, PlaceKind, SendRefused, Turn
from cards import notes
from cards.elements import Card

log = logging.getLogger(__name__)

BY_SETTINGS = "settings"
"""Who approved a place that the settings name."""


@dataclass(frozen=True)
class Approved:
    """A place that was approved; `place_id` is its name on cards. `details`: alerts may hold mails there."""

    place_id: str
    place: Place
    approved_by: str
    details: bool = False


class PlaceStore(Protocol):
    """Where approvals are kept, by the conversation without its thread."""

    async def approve(self, place: Place, approved_by: str, *, details: bool = False) -> None: ...

    async def revoke(self, conversation_id: str) -> bool: ...

    async def forget(self, place: Place, *, whole_team: bool) -> int: ...

    async def find(self, conversation_id: str) -> Approved | None: ...

    async def all(self) -> Sequence[Approved]: ...

    async def learn_targeted(self, place: Place) -> None: ...

    async def knows_targeted(self, place: Place) -> bool: ...


class Roster(Protocol):
    """Who is in a conversation. Raises: SendRefused."""

    async def has_outsiders(self, place: Place) -> bool:
        """Whether guests, other tenants' people or anybody unknown are there."""

    async def is_member(self, place: Place, teams_id: str) -> bool: ...


class Places:
    """What is approved, and whether results may show there now."""

    def __init__(
        self,
        store: PlaceStore,
        roster: Roster,
        configured: frozenset[str],
        detailed: frozenset[str] = frozenset(),
    ) -> None:
        self._detailed = detailed
        self._store = store
        self._roster = roster
        self._configured = configured
        self._targeted: set[tuple[str, str]] = set()

    async def is_approved(self, place: Place) -> bool:
        if place.kind is PlaceKind.PERSONAL:
            return False
        whole = whole_of(place)
        known = await self._store.find(whole.conversation_id)
        if whole.conversation_id in self._configured:
            if known is None:
                # Met for the first time: from now on mail can be shared into it.
                await self._store.approve(whole, BY_SETTINGS)
            return True
        return known is not None and known.approved_by != BY_SETTINGS

    async def shows(self, place: Place) -> bool:
        """Whether results may show in *place* now; where nobody can say so, or who is there, they may not."""
        try:
            return await self.is_approved(place) and not await self.has_outsiders(place)
        except DatabaseUnusable as error:
            log.warning("nobody can say whether a place is approved: %s", error)
            return False

    async def has_details(self, place: Place) -> bool:
        """Whether alerts in *place* may hold mails, whoever is there now."""
        if not await self.is_approved(place):
            return False
        known = await self._store.find(place.whole)
        return place.whole in self._detailed or (known is not None and known.details)

    async def shows_details(self, place: Place) -> bool:
        """The same, with nobody from outside there; where nobody can say, they may not."""
        try:
            return await self.has_details(place) and not await self.has_outsiders(place)
        except DatabaseUnusable as error:
            log.warning("nobody can say whether details are approved: %s", error)
            return False

    async def lacks(self, place: Place) -> str:
        """What *place* lacks for results to show there now, as the last part of a key; "" for nothing.

        Raises: SendRefused: nobody can say who is there.
        """
        if not await self.is_approved(place):
            return "not_approved"
        return "outsiders" if await self._roster.has_outsiders(place) else ""

    async def has_outsiders(self, place: Place) -> bool:
        try:
            return await self._roster.has_outsiders(place)
        except SendRefused as refusal:
            log.warning("nobody can say who is in a place: %s %s", refusal.status, refusal.code)
            return True

    async def has_member(self, place: Place, teams_id: str) -> bool:
        """Whether *teams_id* is in *place* now; when nobody can say, they are not."""
        try:
            return await self._roster.is_member(place, teams_id)
        except SendRefused as refusal:
            log.warning("nobody can say whether somebody is in a place: %s %s", refusal.status, refusal.code)
            return False

    async def offered(self, teams_id: str) -> Sequence[Approved]:
        """The places where results may show, and where *teams_id* is."""
        found = []
        for one in await self._store.all():
            try:
                member = await self._roster.is_member(one.place, teams_id)
            except SendRefused:
                continue
            if member and await self.shows(one.place):
                found.append(one)
        return found

    async def learn(self, turn: Turn) -> None:
        """Note where a targeted message came from: whoever brings such messages takes them too."""
        key = _service(turn.place)
        if turn.targeted and key not in self._targeted:
            await self._store.learn_targeted(turn.place)
            self._targeted.add(key)

    async def takes_aside(self, place: Place) -> bool:
        """Whether an answer in *place* can be for one person's eyes alone.

        A connector that did not know targeted messages might show one to everybody, so it is believed to only
        once it brought one.
        """
        if place.kind is PlaceKind.PERSONAL:
            return False
        return _service(place) in self._targeted or await self._store.knows_targeted(place)

    async def any(self) -> bool:
        """Whether there is a place to share into, as far as can be told."""
        try:
            return bool(await self._store.all())
        except DatabaseUnusable:
            return False

    async def approve(self, place: Place, person: Person, *, details: bool = False) -> str:
        """Approve *place*, with or without *details*; return the last part of the key of the result.

        A place approved by the settings stays as set: a revoke could not undo that.
        """
        if await self.has_outsiders(place):
            return "outsiders"
        whole = whole_of(place)
        by_settings = self._detailed if details else self._configured
        if whole.conversation_id in by_settings:
            return "already_configured"
        by = BY_SETTINGS if whole.conversation_id in self._configured else person.aad_object_id
        before = await self._store.find(whole.conversation_id)
        await self._store.approve(whole, by, details=details)
        if await self._store.find(whole.conversation_id) is None:
            return "full"
        if details:
            return "details"
        return "details_revoked" if before is not None and before.details else "approved"

    async def revoke(self, place: Place, person: Person, *, details: bool = False) -> str:
        """Take the approval back, or that of *details* alone; the last part of the key of what came of it."""
        whole = whole_of(place).conversation_id
        if details:
            if whole in self._detailed:
                return "configured"
            if not await self.has_details(place):
                return "no_details"
            by = BY_SETTINGS if whole in self._configured else person.aad_object_id
            await self._store.approve(whole_of(place), by)
            return "details_revoked"
        if whole in self._configured:
            return "configured"
        approved = await self.is_approved(place)
        return "revoked" if await self._store.revoke(whole) and approved else "not_approved"

    async def forget(self, place: Place, *, whole_team: bool) -> None:
        """Take back the approvals where the bot was removed: nobody knows who will be there then."""
        await self._store.forget(whole_of(place), whole_team=whole_team)


class Governing:
    """Answers `approve` and `revoke`."""

    def __init__(self, places: Places, record: Record) -> None:
        self._places = places
        self._record = record

    async def answer(self, command: Approve | Revoke, person: Person, asker: Asker) -> Card:
        """What became of the place where it was asked."""
        place = asker.asked_in
        if place is None or place.kind is PlaceKind.PERSONAL:
            return notes.refused(Refusal.NOT_A_PLACE, forms.press(Help()), asker.reader)
        approving = isinstance(command, Approve)
        kind = Kind.APPROVAL if approving else Kind.REVOCATION
        change = self._places.approve if approving else self._places.revoke
        done = await change(place, person, details=command.details)
        outcome = "" if done in notes.PLACE_CHANGED else done
        what = f"details {place.name}".rstrip() if command.details else place.name
        await self._record.note(Entry(kind, asker.who, what, outcome=outcome))
        return notes.place(done, person.name, asker.reader)


def _service(place: Place) -> tuple[str, str]:
    return place.service_url, place.tenant_id


def whole_of(place: Place) -> Place:
    """The channel of a thread; any other place as it is."""
    return replace(place, conversation_id=place.whole)
