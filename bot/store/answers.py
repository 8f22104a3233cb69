"""Cards that still say “looking”; what a kill leaves here, the next start mends."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from bot.owed import KIND
from bot.store.database import Database
from bot.store.lives import SKEW
from bot.store.tables import errands, open_answers
from bot.turns import Place, PlaceKind

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class OpenAnswer:
    """A card whose last word is still owed to *person*; `state_id` holds the question."""

    place: Place
    activity_id: str
    state_id: str
    locale: str
    person: str = ""


class OpenAnswers:
    """The answers that are owed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def open(self, answer: OpenAnswer, debt_id: str = "") -> str:
        """Record *answer* as owed, in place of the debt of its turn; return the id to close it with."""
        answer_id = secrets.token_urlsafe(16)
        place = answer.place
        async with self._database.transaction() as connection:
            await connection.execute(
                self._database.insert(open_answers).values(
                    id=answer_id,
                    service_url=place.service_url,
                    conversation_id=place.conversation_id,
                    tenant_id=place.tenant_id,
                    bot_id=place.bot_id,
                    activity_id=answer.activity_id,
                    state_id=answer.state_id,
                    locale=answer.locale[:35],
                    reader_id=place.reader_id,
                    person=answer.person,
                    opened_at=await self._database.now(connection),
                )
            )
            await connection.execute(delete(errands).where(_is_debt(debt_id)))
        return answer_id

    async def show(self, debt_id: str, activity_id: str) -> None:
        """Record the card for a turn's answer, so that a process which takes the turn over uses it."""
        async with self._database.transaction() as connection:
            await connection.execute(update(errands).where(_is_debt(debt_id)).values(activity_id=activity_id))

    async def close(self, answer_id: str) -> None:
        """The last word was said."""
        async with self._database.transaction() as connection:
            await connection.execute(delete(open_answers).where(open_answers.c.id == answer_id))

    async def stop(self, state_id: str, person: str) -> bool:
        """Wish that the search of *person* behind *state_id* stops, wherever it runs; whether one does."""
        theirs = and_(open_answers.c.state_id == state_id, open_answers.c.person == person)
        async with self._database.transaction() as connection:
            found = await connection.execute(update(open_answers).where(theirs).values(stop=True))
            return found.rowcount > 0

    async def is_stopped(self, answer_id: str) -> bool:
        """Whether somebody wished so."""
        query = select(open_answers.c.stop).where(open_answers.c.id == answer_id)
        async with self._database.transaction() as connection:
            return bool(await connection.scalar(query))

    async def find_overdue(self, older_than: timedelta) -> Sequence[tuple[str, OpenAnswer]]:
        """What has been open for longer than *older_than*, and the ids to close it with."""
        async with self._database.transaction() as connection:
            now, opened_at = await self._database.now(connection), open_answers.c.opened_at
            # Times in the future are from before the clock was set back, perhaps by hours.
            overdue = or_(opened_at <= now - older_than, opened_at > now + SKEW)
            query = select(open_answers).where(overdue)
            rows = (await connection.execute(query.order_by(open_answers.c.opened_at))).all()
        return [
            (
                row.id,
                OpenAnswer(
                    # What kind of place it is no longer matters: the card is there, and is only edited.
                    Place(
                        row.service_url,
                        row.conversation_id,
                        PlaceKind.PERSONAL,
                        row.tenant_id,
                        row.bot_id,
                        row.reader_id,
                    ),
                    row.activity_id,
                    row.state_id,
                    row.locale,
                    row.person,
                ),
            )
            for row in rows
        ]

    async def sweep(self) -> None:
        """Forget the cards that nobody could be given a last word on for a whole day."""
        async with self._database.transaction() as connection:
            before = await self._database.now(connection) - KEPT
            await connection.execute(delete(open_answers).where(open_answers.c.opened_at <= before))


def _is_debt(debt_id: str) -> ColumnElement[bool]:
    return and_(errands.c.id == debt_id, errands.c.kind == KIND)
