"""Approved places, kept by their conversation."""

from dataclasses import replace

from sqlalchemy import insert, select

from bot.store.database import Database
from bot.store.places import MAX_PLACES, MAX_SERVICES, StoredPlaces
from bot.store.tables import places
from bot.turns import Place, PlaceKind

URL = "https://smba.example/jp/"
CHANNEL = Place(URL, "19:a@thread.tacv2", PlaceKind.CHANNEL, "tenant", "28:bot", name="Help desk")
CHAT = Place(URL, "19:b@thread.v2", PlaceKind.GROUP_CHAT, "tenant", "28:bot", name="Audit")


async def test_approved(database: Database) -> None:
    """A place that was approved is found, and in the list, until that is revoked."""
    stored = StoredPlaces(database)
    await stored.approve(CHANNEL, "sato")
    await stored.approve(CHAT, "sato")
    found = await stored.find(CHANNEL.conversation_id)

    assert found is not None
    assert (found.place, found.place.name, found.approved_by) == (CHANNEL, "Help desk", "sato")
    assert [one.place for one in await stored.all()] == [CHAT, CHANNEL]
    assert await stored.revoke(CHANNEL.conversation_id)
    assert not await stored.revoke(CHANNEL.conversation_id)
    assert await stored.find(CHANNEL.conversation_id) is None


async def test_approved_again(database: Database) -> None:
    """Approving once more changes who did, and not what cards call the place."""
    stored = StoredPlaces(database)
    await stored.approve(CHANNEL, "settings")
    first = await stored.find(CHANNEL.conversation_id)
    await stored.approve(CHANNEL, "sato")
    again = await stored.find(CHANNEL.conversation_id)

    assert first is not None
    assert again is not None
    assert again.place_id == first.place_id
    assert again.approved_by == "sato"


async def test_as_many_as_may_be(database: Database) -> None:
    """Where there is room for no other place, what those there are approved for changes all the same."""
    stored, kept = StoredPlaces(database), [f"19:{number}" for number in range(MAX_PLACES)]
    await stored.approve(replace(CHANNEL, conversation_id=kept[0]), "sato", details=True)
    async with database.transaction() as connection:
        first = (await connection.execute(select(places))).one()._mapping
        rows = [{**first, "id": name, "conversation_id": name, "details": False} for name in kept[1:]]
        await connection.execute(insert(places), rows)
    await stored.approve(replace(CHANNEL, conversation_id=kept[0]), "sato")
    await stored.approve(CHAT, "sato")
    found = await stored.find(kept[0])

    assert found is not None
    assert not found.details
    assert await stored.find(CHAT.conversation_id) is None


async def test_forgotten_with_the_team(database: Database) -> None:
    """Where the bot was removed from a team the approvals of all its channels go, and nobody else's."""
    stored = StoredPlaces(database)
    general = replace(CHANNEL, conversation_id="19:general", team_id="19:team")
    other = replace(CHANNEL, conversation_id="19:other", team_id="19:other")
    for place in (replace(CHANNEL, team_id="19:team"), general, other, CHAT):
        await stored.approve(place, "sato")

    assert await stored.forget(general, whole_team=True) == 2
    assert await stored.forget(CHAT, whole_team=False) == 1
    assert [one.place for one in await stored.all()] == [other]


async def test_targeted(database: Database) -> None:
    """Which connectors know targeted messages is kept, once each, and of so many at most."""
    stored = StoredPlaces(database)
    elsewhere = replace(CHANNEL, service_url="https://smba.example/emea/")
    await stored.learn_targeted(CHANNEL)
    await stored.learn_targeted(CHAT)

    assert await stored.knows_targeted(CHAT)
    assert not await stored.knows_targeted(elsewhere)
    assert not await stored.knows_targeted(replace(CHANNEL, tenant_id="other"))
    for number in range(MAX_SERVICES + 5):
        await stored.learn_targeted(replace(CHANNEL, service_url=f"https://smba.example/{number}/"))
    assert not await stored.knows_targeted(
        replace(CHANNEL, service_url=f"https://smba.example/{MAX_SERVICES}/")
    )
