"""Whether an alert may hold mails: decided when they are found, and again before each post."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from bot.access import Person
from bot.glimpses import MAX_GLIMPSES, glimpses, with_glimpses
from bot.outbox import Glimpse, Telling
from bot.places import Approved, Places
from bot.turns import Place, PlaceKind, SendRefused
from bot.watch_details import WatchDetails
from bot.watching import Standing
from tests.bot.store.test_errands import ERRAND
from tracing.errors import GraphUnavailable
from tracing.model import MessageTrace, TraceQuery
from tracing.watch import Mark, Trouble, Watch, mark_of

NOW = datetime(2026, 10, 15, 3, 0, tzinfo=UTC)
CHANNEL = Place("https://x", "19:c@thread.tacv2", PlaceKind.CHANNEL, "t", "28:b")
WATCHED = replace(ERRAND, place=CHANNEL)
MAILS = tuple(Glimpse(NOW, "ceo@contoso.co.jp" if n else "a@contoso.co.jp", "x@y.z", "s") for n in range(2))
APPROVED = Approved("p", CHANNEL, "sato", details=True)
OWNER = Person("id", "Sato", (), helpdesk=True)


@dataclass
class OnePlace:
    """A store of one approval."""

    approved: Approved | None = APPROVED

    async def approve(self, place: Place, approved_by: str, *, details: bool = False) -> None: ...

    async def revoke(self, conversation_id: str) -> bool:
        return False

    async def forget(self, place: Place, *, whole_team: bool) -> int:
        return 0

    async def find(self, conversation_id: str) -> Approved | None:
        return self.approved

    async def all(self) -> Sequence[Approved]:
        return ()

    async def learn_targeted(self, place: Place) -> None: ...

    async def knows_targeted(self, place: Place) -> bool:
        return False


@dataclass
class Members:
    outsiders: bool | None = False

    async def has_outsiders(self, place: Place) -> bool:
        if self.outsiders is None:
            raise SendRefused(502, "")
        return self.outsiders

    async def is_member(self, place: Place, teams_id: str) -> bool:
        return True


@dataclass
class People:
    owner: Person | None = OWNER
    protects: frozenset[str] = frozenset()
    fails: bool = False

    async def who(self, aad_object_id: str) -> Person | None:
        if self.fails:
            raise GraphUnavailable("down")
        return self.owner

    async def domains(self) -> tuple[str, ...]:
        return ()

    async def protected(self) -> frozenset[str]:
        return self.protects


def details(
    store: OnePlace | None = None, members: Members | None = None, people: People | None = None
) -> WatchDetails:
    places = Places(store or OnePlace(), members or Members(), frozenset())
    return WatchDetails(places, people or People())


async def test_shown() -> None:
    """Where all is in order, all are shown."""
    assert await details().may_be_kept(WATCHED)
    assert list(await details().shown(WATCHED, MAILS)) == list(MAILS)


@pytest.mark.parametrize(
    "decided",
    [
        details(OnePlace(None)),
        details(OnePlace(Approved("p", CHANNEL, "sato"))),
        details(OnePlace(Approved("p", CHANNEL, "settings", details=True))),
        details(members=Members(outsiders=True)),
        details(members=Members(outsiders=None)),
        details(people=People(None)),
        details(people=People(replace(OWNER, helpdesk=False))),
        details(people=People(fails=True)),
    ],
    ids=[
        "not approved",
        "no details",
        "settings no more",
        "guests",
        "nobody knows",
        "left",
        "not help desk",
        "down",
    ],
)
async def test_not_shown(decided: WatchDetails) -> None:
    """What is missing, or cannot be said, shows nothing."""
    assert list(await decided.shown(WATCHED, MAILS)) == []


async def test_protected_meanwhile() -> None:
    """Mail of whoever is protected by now is left out."""
    shown = await details(people=People(protects=frozenset({"ceo@contoso.co.jp"}))).shown(WATCHED, MAILS)

    assert list(shown) == [MAILS[0]]


async def test_alone() -> None:
    """A 1:1 is nowhere anybody approves; nothing is kept for it."""
    assert not await details().may_be_kept(replace(ERRAND, place=replace(CHANNEL, kind=PlaceKind.PERSONAL)))


def test_the_newest() -> None:
    """Of the trouble's state and destination, the newest few; none that is known to have another cause."""
    rows = [
        MessageTrace(f"{n}", "<x>", NOW.replace(minute=n), "a@c.jp", f"r@{domain}", "s", 1, status, "", "")
        for n, (domain, status) in enumerate(
            [("Y.example", "failed")] * 5 + [("y.example", "pending"), ("z.example", "failed")]
        )
    ]

    trouble = Trouble(1, "failed", "y.example", "expired", 5, NOW, NOW, NOW)

    def minutes(causes: dict[Mark, str]) -> list[int]:
        return [one.received_date_time.minute for one in glimpses(rows, trouble, causes)]

    assert minutes({}) == [4, 3, 2]
    assert minutes({mark_of(rows[4]): "unreachable"}) == [3, 2, 1]
    assert minutes({mark_of(rows[4]): "unreachable", mark_of(rows[0]): "expired"}) == [0]
    assert MAX_GLIMPSES == 3


def test_only_of_troubles() -> None:
    """That a watch cannot see has no mails."""
    standing = Standing(
        1, Watch(TraceQuery()), NOW, "29:sato", outbox=(Telling("blind", NOW), Telling("seeing", NOW))
    )

    assert with_glimpses(standing, (), {}) == standing
