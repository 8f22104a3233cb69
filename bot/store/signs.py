"""When each kind of thing last came to the door; kept for an examination by another process."""

from collections.abc import Set

from sqlalchemy import select

from bot.signs import Sign
from bot.store.database import Database
from bot.store.tables import signs


class Signs:
    """Meets `bot.signs.Witness`. What was seen is written by `sweep`, so that no request waits for it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen: set[Sign] = set()

    def saw(self, sign: Sign) -> None:
        self._seen.add(sign)

    async def sweep(self) -> None:
        """Write what was seen since the last time."""
        seen = frozenset(self._seen)
        if not seen:
            return
        async with self._database.transaction() as connection:
            now = await self._database.now(connection)
            statement = self._database.insert(signs).values(
                [{"name": str(sign), "latest_at": now} for sign in sorted(seen)]
            )
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[signs.c.name], set_={"latest_at": now})
            )
        # Only now: what could not be written is for the next time.
        self._seen -= seen

    async def all(self) -> Set[str]:
        """The names of all that ever came, written or not."""
        async with self._database.transaction() as connection:
            written = (await connection.execute(select(signs.c.name))).scalars()
            return {*written, *map(str, self._seen)}
