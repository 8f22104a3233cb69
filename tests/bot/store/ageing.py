"""Time that passes in a database, whose clock nobody can set."""

from datetime import timedelta

from sqlalchemy import delete, insert, select

from bot.store.database import Database
from bot.store.tables import Instant, metadata


async def pass_time(database: Database, duration: timedelta) -> None:
    """Move every instant that *database* holds *duration* into the past."""
    for table in metadata.tables.values():
        keys = tuple(table.primary_key)
        instants = [column for column in table.columns if isinstance(column.type, Instant)]
        if not instants:
            continue
        async with database.transaction() as connection:
            for row in (await connection.execute(select(table))).mappings().all():
                moved = {
                    column.name: row[column.name] - duration
                    for column in instants
                    if row[column.name] is not None
                }
                # Written anew, for there is a table that nobody may change.
                await connection.execute(delete(table).where(*(key == row[key.name] for key in keys)))
                await connection.execute(insert(table).values(dict(row) | moved))
