"""Where each person's 1:1 with the bot is, learnt from what they send there."""

from sqlalchemy import delete, select

from bot.store.database import Database
from bot.store.tables import conversation_references as references
from bot.turns import Author, Place, PlaceKind


class References:
    """The 1:1 conversations of people, by their Teams id and tenant."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, author: Author, place: Place) -> None:
        """Remember *place*, a 1:1, as where *author* is reached."""
        async with self._database.transaction() as connection:
            values = {
                "service_url": place.service_url,
                "conversation_id": place.conversation_id,
                "bot_id": place.bot_id,
                "updated_at": await self._database.now(connection),
            }
            statement = self._database.insert(references).values(
                teams_id=author.teams_id, tenant_id=place.tenant_id, **values
            )
            await connection.execute(
                statement.on_conflict_do_update(
                    index_elements=[references.c.teams_id, references.c.tenant_id], set_=values
                )
            )

    async def forget(self, author: Author, tenant_id: str) -> None:
        """Nobody is reached there any more."""
        async with self._database.transaction() as connection:
            await connection.execute(
                delete(references).where(
                    references.c.teams_id == author.teams_id, references.c.tenant_id == tenant_id
                )
            )

    async def any(self) -> bool:
        """Whether anybody was ever met in a 1:1."""
        async with self._database.transaction() as connection:
            return (await connection.execute(select(references.c.teams_id).limit(1))).first() is not None

    async def find(self, author: Author, tenant_id: str) -> Place | None:
        """The 1:1 of *author* in the tenant, None when they never wrote there."""
        async with self._database.transaction() as connection:
            query = select(references).where(
                references.c.teams_id == author.teams_id, references.c.tenant_id == tenant_id
            )
            row = (await connection.execute(query)).first()
        if row is None:
            return None
        return Place(row.service_url, row.conversation_id, PlaceKind.PERSONAL, tenant_id, row.bot_id)
