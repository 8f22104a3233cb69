"""What a chat question does without a database: first comers, 1:1s, owed cards and the last searches.

Each is the table while it answers, and a memory of this process, bounded, while it does not.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import Protocol

from cachetools import LRUCache, TTLCache

from bot.errands import Errand
from bot.health import Health
from bot.kept import KeptStore
from bot.places import Approved, PlaceStore
from bot.store.answers import OpenAnswer
from bot.store.database import DatabaseUnusable
from bot.store.kept import KeptSearch, Question
from bot.turns import Author, Place

log = logging.getLogger(__name__)

MAX_KNOWN = 10_000
REPEATED = timedelta(hours=1)
"""How long an activity is known here; a connector repeats within minutes."""


class ClaimTable(Protocol):
    """`bot.store.claims.Claims`."""

    async def claim(self, conversation_id: str, activity_id: str, debt: Errand | None = None) -> bool: ...

    async def close(self, debt_id: str) -> None: ...

    async def put_off(self, debt: Errand, rest: timedelta) -> None: ...

    async def sweep(self) -> None: ...


class ClaimsHere:
    """Claims of activities and answers owed: in the database, or in this process while it is away.

    A claim that hangs may be written later; if it was answered by then, it is closed before it is run again.
    """

    def __init__(self, claims: ClaimTable, health: Health) -> None:
        self._claims = claims
        self._health = health
        self._known: TTLCache[tuple[str, str], bool] = TTLCache(MAX_KNOWN, REPEATED.total_seconds())
        self._closed: LRUCache[str, bool] = LRUCache(MAX_KNOWN)

    async def claim(self, conversation_id: str, activity_id: str, debt: Errand | None = None) -> bool:
        key = conversation_id, activity_id
        if key in self._known:
            return False
        self._known[key] = True
        try:
            return await self._health.tried(lambda: self._claims.claim(*key, debt))
        except DatabaseUnusable as error:
            log.warning("an activity is worked without a word to other processes: %s", error)
            return True
        except BaseException:
            # The work did not start, so a repeat counts as the first.
            self._known.pop(key, None)
            raise

    async def close(self, debt_id: str) -> None:
        """Note that the answer was given."""
        try:
            await self._health.tried(lambda: self._claims.close(debt_id))
        except DatabaseUnusable:
            self._closed[debt_id] = True

    async def put_off(self, debt: Errand, rest: timedelta) -> None:
        """Try the answer again after *rest*; while the database is away, once the lease has run out."""
        try:
            await self._health.tried(lambda: self._claims.put_off(debt, rest))
        except DatabaseUnusable as error:
            log.warning("answer not postponed, retried when its lease ends: %s", error)

    async def sweep(self) -> None:
        """Delete claims too old to be repeated, and close answered debts. Raises: DatabaseUnusable."""
        for debt_id in list(self._closed):
            await self._claims.close(debt_id)
            self._closed.pop(debt_id, None)
        await self._claims.sweep()


class ReferenceTable(Protocol):
    """`bot.store.references.References`."""

    async def save(self, author: Author, place: Place) -> None: ...

    async def find(self, author: Author, tenant_id: str) -> Place | None: ...

    async def forget(self, author: Author, tenant_id: str) -> None: ...


class ReferencesHere:
    """Where each person's 1:1 is; who is not known here is asked for at Teams."""

    def __init__(self, references: ReferenceTable, health: Health) -> None:
        self._references = references
        self._health = health
        self._known: LRUCache[tuple[str, str], Place] = LRUCache(MAX_KNOWN)

    async def save(self, author: Author, place: Place) -> None:
        self._known[author.teams_id, place.tenant_id] = place
        try:
            await self._health.tried(lambda: self._references.save(author, place))
        except DatabaseUnusable as error:
            # They write again, or are asked for.
            log.warning("a 1:1 was not kept: %s", error)

    async def find(self, author: Author, tenant_id: str) -> Place | None:
        try:
            return await self._health.tried(lambda: self._references.find(author, tenant_id))
        except DatabaseUnusable:
            return self._known.get((author.teams_id, tenant_id))

    async def forget(self, author: Author, tenant_id: str) -> None:
        self._known.pop((author.teams_id, tenant_id), None)
        await self._references.forget(author, tenant_id)


class AnswerTable(Protocol):
    """`bot.store.answers.OpenAnswers`."""

    async def open(self, answer: OpenAnswer, debt_id: str = "") -> str: ...

    async def show(self, debt_id: str, activity_id: str) -> None: ...

    async def close(self, answer_id: str) -> None: ...

    async def stop(self, state_id: str, person: str) -> bool: ...

    async def is_stopped(self, answer_id: str) -> bool: ...

    async def find_overdue(self, older_than: timedelta) -> Sequence[tuple[str, OpenAnswer]]: ...


class AnswersHere:
    """The cards whose last word is owed.

    One that began without a database is owed by this process alone; one that got its word meanwhile is closed
    before any is mended.
    """

    def __init__(self, answers: AnswerTable, health: Health) -> None:
        self._answers = answers
        self._health = health
        self._said: LRUCache[str, bool] = LRUCache(MAX_KNOWN)

    async def open(self, answer: OpenAnswer, debt_id: str = "") -> str:
        try:
            return await self._health.tried(lambda: self._answers.open(answer, debt_id))
        except DatabaseUnusable as error:
            log.warning("a card is owed its last word by this process alone: %s", error)
            return ""

    async def show(self, debt_id: str, activity_id: str) -> None:
        try:
            await self._health.tried(lambda: self._answers.show(debt_id, activity_id))
        except DatabaseUnusable as error:
            log.warning("card not recorded, known to this process only: %s", error)

    async def close(self, answer_id: str) -> None:
        if not answer_id:
            return
        try:
            await self._health.tried(lambda: self._answers.close(answer_id))
        except DatabaseUnusable:
            self._said[answer_id] = True

    async def stop(self, state_id: str, person: str) -> bool:
        return await self._answers.stop(state_id, person)

    async def is_stopped(self, answer_id: str) -> bool:
        try:
            return bool(answer_id) and await self._health.tried(lambda: self._answers.is_stopped(answer_id))
        except DatabaseUnusable:
            return False

    async def find_overdue(self, older_than: timedelta) -> Sequence[tuple[str, OpenAnswer]]:
        for answer_id in list(self._said):
            await self._answers.close(answer_id)
            self._said.pop(answer_id, None)
        return await self._answers.find_overdue(older_than)


class PlacesHere:
    """Approved places: nobody waits long to hear that nobody can say."""

    def __init__(self, places: PlaceStore, health: Health) -> None:
        self._places = places
        self._health = health

    async def approve(self, place: Place, approved_by: str, *, details: bool = False) -> None:
        await self._places.approve(place, approved_by, details=details)

    async def revoke(self, conversation_id: str) -> bool:
        return await self._places.revoke(conversation_id)

    async def forget(self, place: Place, *, whole_team: bool) -> int:
        return await self._places.forget(place, whole_team=whole_team)

    async def learn_targeted(self, place: Place) -> None:
        try:
            await self._health.tried(lambda: self._places.learn_targeted(place))
        except DatabaseUnusable as error:
            # It is learnt again with the next one.
            log.warning("it was not kept what a connector takes: %s", error)

    async def knows_targeted(self, place: Place) -> bool:
        try:
            return await self._health.tried(lambda: self._places.knows_targeted(place))
        except DatabaseUnusable:
            return False

    async def find(self, conversation_id: str) -> Approved | None:
        return await self._health.tried(lambda: self._places.find(conversation_id))

    async def all(self) -> Sequence[Approved]:
        return await self._health.tried(self._places.all)


class KeptHere:
    """Kept searches: what was asked last is not worth a refusal, all else needs the table."""

    def __init__(self, kept: KeptStore, health: Health) -> None:
        self._kept = kept
        self._health = health

    async def remember(self, owner: str, question: Question) -> None:
        try:
            await self._health.tried(lambda: self._kept.remember(owner, question))
        except DatabaseUnusable as error:
            log.warning("a question is not among the last ones: %s", error)

    async def save(self, owner: str, name: str, question: Question) -> bool:
        return await self._kept.save(owner, name, question)

    async def rename(self, owner: str, kept_id: str, name: str) -> None:
        await self._kept.rename(owner, kept_id, name)

    async def forget(self, owner: str, kept_id: str) -> None:
        await self._kept.forget(owner, kept_id)

    async def find(self, owner: str, kept_id: str) -> KeptSearch | None:
        return await self._kept.find(owner, kept_id)

    async def find_named(self, owner: str, name: str) -> KeptSearch | None:
        return await self._kept.find_named(owner, name)

    async def saved(self, owner: str) -> Sequence[KeptSearch]:
        return await self._health.tried(lambda: self._kept.saved(owner))

    async def recent(self, owner: str) -> Sequence[KeptSearch]:
        return await self._kept.recent(owner)

    async def unreadable(self, owner: str) -> Sequence[str]:
        return await self._kept.unreadable(owner)
