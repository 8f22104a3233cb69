"""The places approved for results, in the database."""

import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select

from bot.places import Approved
from bot.store.database import Database
from bot.store.tables import places, targeted_services, within
from bot.turns import Place, PlaceKind
from bot.unreadable import readable

MAX_PLACES = 1_000
MAX_SERVICES = 100
"""Connectors; a tenant has one a region."""


class StoredPlaces:
    """Meets `bot.places.PlaceStore`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def approve(self, place: Place, approved_by: str, *, details: bool = False) -> None:
        """Keep *place* as approved; once more changes who approved it. Beyond MAX_PLACES nothing is kept."""
        async with self._database.transaction() as connection:
            # One that is there already takes no more room, and may be approved for less from now on.
            others = select(func.count()).where(places.c.conversation_id != place.conversation_id)
            if (await connection.execute(others)).scalar_one() >= MAX_PLACES:
                return
            values = {
                "service_url": place.service_url,
                "kind": place.kind.value,
                "tenant_id": place.tenant_id,
                "bot_id": place.bot_id,
                "name": place.name[:200],
                "team_id": place.team_id,
                "approved_by": approved_by,
                "details": details,
                "approved_at": await self._database.now(connection),
            }
            statement = self._database.insert(places).values(
                id=secrets.token_urlsafe(16), conversation_id=place.conversation_id, **values
            )
            await connection.execute(
                statement.on_conflict_do_update(index_elements=[places.c.conversation_id], set_=values)
            )

    async def revoke(self, conversation_id: str) -> bool:
        """Whether there was an approval to take back."""
        async with self._database.transaction() as connection:
            gone = delete(places).where(places.c.conversation_id == conversation_id)
            return (await connection.execute(gone.returning(places.c.id))).first() is not None

    async def forget(self, place: Place, *, whole_team: bool) -> int:
        """Take back the approval of *place*, or of all of its team; how many there were."""
        async with self._database.transaction() as connection:
            gone = await connection.execute(delete(places).where(within(places, place, whole_team)))
            return gone.rowcount

    async def find(self, conversation_id: str) -> Approved | None:
        async with self._database.transaction() as connection:
            query = select(places).where(places.c.conversation_id == conversation_id)
            row = (await connection.execute(query)).first()
        return next(iter(_read([] if row is None else [row])), None)

    async def all(self) -> Sequence[Approved]:
        async with self._database.transaction() as connection:
            rows = (await connection.execute(select(places).order_by(places.c.name, places.c.id))).all()
        return _read(rows)

    async def learn_targeted(self, place: Place) -> None:
        """Keep that the connector of *place* knows targeted messages; beyond MAX_SERVICES nothing is kept."""
        async with self._database.transaction() as connection:
            counted = select(func.count()).select_from(targeted_services)
            if (await connection.execute(counted)).scalar_one() >= MAX_SERVICES:
                return
            statement = self._database.insert(targeted_services).values(
                service_url=place.service_url, tenant_id=place.tenant_id
            )
            await connection.execute(statement.on_conflict_do_nothing())

    async def knows_targeted(self, place: Place) -> bool:
        async with self._database.transaction() as connection:
            query = select(targeted_services.c.service_url).where(
                targeted_services.c.service_url == place.service_url,
                targeted_services.c.tenant_id == place.tenant_id,
            )
            return (await connection.execute(query)).first() is not None


def _read(rows: Sequence[Any]) -> list[Approved]:
    """The places in *rows*; an unreadable one is not approved."""
    return [place for _, place in readable(rows, _approved, lambda row: f"approved place {row.id}")[0]]


def _approved(row: Any) -> Approved:
    place = Place(
        row.service_url,
        row.conversation_id,
        PlaceKind(row.kind),
        row.tenant_id,
        row.bot_id,
        name=row.name,
        team_id=row.team_id,
    )
    return Approved(row.id, place, row.approved_by, row.details)
