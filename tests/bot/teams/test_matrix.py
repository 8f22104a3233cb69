"""The matrix of tokens over HTTP: who gets in, and that for nobody else anything is done."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from io import BytesIO
from json import dumps
from typing import NamedTuple

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer
from multidict import CIMultiDict

from bot.teams.body import MAX_BODY
from bot.teams.door import Door
from bot.teams.keys import Keys
from bot.teams.verify import TokenVerifier
from bot.turns import (
    Arrived,
    Composing,
    Consented,
    Departed,
    Notice,
    Opened,
    Post,
    Said,
    Submitted,
    Tapped,
    Turn,
)
from tests.bot.teams.test_verify import (
    KEY,
    OTHER_TENANT_ID,
    activity,
    forged,
    hmac_with_public_key,
    in_minutes,
)
from tests.signing import APP_ID, NOW, SERVICE_URL, TENANT_ID, HeldClock, OpenIdServer, SigningKey, claims

GOOD = KEY.bearer(NOW)
UNENDORSED = SigningKey("key-unendorsed", None)
WEB_CHAT = SigningKey("key-webchat", ("webchat",))
BOTH = SigningKey("key-both", ("webchat", "msteams"))


@dataclass
class Spy:
    """Meets `bot.turns.Desk`, and only remembers what reached it."""

    turns: list[Turn] = field(default_factory=list)

    async def hear(self, turn: Said | Tapped) -> None:
        self.turns.append(turn)

    async def tap(self, tapped: Tapped) -> Post:
        self.turns.append(tapped)
        return Notice("")

    async def consent(self, consented: Consented) -> None:
        self.turns.append(consented)

    async def arrive(self, arrived: Arrived) -> None:
        self.turns.append(arrived)

    async def open_dialog(self, opened: Opened) -> Post:
        self.turns.append(opened)
        return Notice("")

    async def submit_dialog(self, submitted: Submitted) -> Post:
        self.turns.append(submitted)
        return Notice("")

    def compose(self, composing: Composing) -> Notice:
        self.turns.append(composing)
        return Notice("")

    async def depart(self, departed: Departed) -> None:
        self.turns.append(departed)


class Behind(NamedTuple):
    """A door with a spy behind it."""

    url: str
    session: ClientSession
    spy: Spy
    openid: OpenIdServer
    clock: HeldClock
    door: Door

    async def knock(self, authorization: tuple[str, ...], **changes: object) -> int:
        """The status that a message of an employee gets with those Authorization headers."""
        headers = CIMultiDict([("Authorization", one) for one in authorization])
        usual = {"id": "1", "text": "help", "from": {"id": "29:me"}, "recipient": {"id": "28:bot"}}
        body = BytesIO(dumps(activity(**{**usual, **changes})).encode())
        async with self.session.post(self.url, data=body, headers=headers) as response:
            assert await response.read() == b""
            return response.status


@pytest.fixture
async def behind() -> AsyncIterator[Behind]:
    clock, spy = HeldClock(), Spy()
    async with OpenIdServer(KEY, UNENDORSED, WEB_CHAT, BOTH) as openid, ClientSession() as session:
        keys = Keys(session, clock, openid.metadata_url)
        door = Door(TokenVerifier(keys, APP_ID, clock), spy, {TENANT_ID})
        application = web.Application(client_max_size=MAX_BODY)
        application.router.add_post("/api/messages", door.messages)
        async with TestServer(application) as server:
            yield Behind(str(server.make_url("/api/messages")), session, spy, openid, clock, door)
        await keys.close()


@dataclass(frozen=True)
class Case:
    """What is sent, and what comes of it: 200, or 401 or 403 and nothing done."""

    name: str
    status: int
    authorization: tuple[str, ...] = (GOOD,)
    changes: dict[str, object] = field(default_factory=dict)


def token(name: str, status: int = 401, **changes: object) -> Case:
    return Case(name, status, (KEY.bearer(NOW, **changes),))


def said(name: str, status: int = 403, **changes: object) -> Case:
    return Case(name, status, (GOOD,), changes)


CASES = (
    Case("valid", 200),
    token("expired within the leeway", 200, exp=in_minutes(-4.9)),
    token("begins within the leeway", 200, nbf=in_minutes(4.9)),
    Case("endorsed for more channels", 200, (BOTH.bearer(NOW),)),
    said("tenant in channelData alone", 200, conversation={"id": "a:1"}),
    said("tenant in the conversation alone", 200, channelData=None),
    said("service url without its slash", 200, serviceUrl=SERVICE_URL.rstrip("/")),
    token("expired", exp=in_minutes(-5)),
    token("nbf ahead", nbf=in_minutes(5.1)),
    token("no exp", exp=None),
    token("no nbf", nbf=None),
    token("wrong audience", aud="bbbbbbbb-0000-4000-8000-000000000002"),
    token("no audience", aud=None),
    token("wrong issuer", iss="https://api.botframework.us"),
    token("no issuer", iss=None),
    token("emulator", iss=f"https://sts.windows.net/{TENANT_ID}/", appid=APP_ID, ver="1.0"),
    token("no serviceurl", serviceurl=None),
    token("serviceurl of somewhere else", 403, serviceurl="https://smba.trafficmanager.net/amer/"),
    Case("bad signature", 401, (f"Bearer {SigningKey('stranger').sign(claims(NOW), kid='key-1')}",)),
    Case("unknown kid", 401, (SigningKey("stranger").bearer(NOW),)),
    Case("alg none", 401, (forged({"alg": "none", "kid": "key-1"}),)),
    Case(
        "alg HS256 with the public key",
        401,
        (forged({"alg": "HS256", "kid": "key-1"}, hmac_with_public_key),),
    ),
    Case("alg RS512", 401, (f"Bearer {KEY.sign(claims(NOW), algorithm='RS512')}",)),
    Case("key without endorsements", 403, (UNENDORSED.bearer(NOW),)),
    Case("key with other endorsements", 403, (WEB_CHAT.bearer(NOW),)),
    Case("no header", 401, ()),
    Case("garbage", 401, ("Bearer hello",)),
    Case("basic", 401, ("Basic Ym90OnNlY3JldA==",)),
    Case("two headers, both good", 401, (GOOD, GOOD)),
    Case("two headers, one of them good", 401, ("Bearer hello", GOOD)),
    said("serviceUrl of somewhere else", serviceUrl="https://smba.trafficmanager.net/amer/"),
    said("no serviceUrl", serviceUrl=None),
    said("no channelId", channelId=None),
    said("other channelId", channelId="webchat"),
    said("other tenant", channelData={"tenant": {"id": OTHER_TENANT_ID}}, conversation={"id": "a:1"}),
    said("disagreeing tenants", channelData={"tenant": {"id": OTHER_TENANT_ID}}),
    said("disagreeing tenants the other way", conversation={"id": "a:1", "tenantId": OTHER_TENANT_ID}),
    said("no tenant", channelData=None, conversation={"id": "a:1"}),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_the_token_matrix(behind: Behind, case: Case) -> None:
    """Only what is valid gets in; all else is refused without a word, counted, and nothing is done of it."""
    status = await behind.knock(case.authorization, **case.changes)

    let_in = case.status == 200
    assert status == case.status
    assert len(behind.spy.turns) == let_in
    assert sum(behind.door.refusals.values()) == (not let_in)


async def test_a_key_added_just_now(behind: Behind) -> None:
    """A key that was added a moment ago opens, at once where the last look is ten seconds old."""
    await behind.knock((GOOD,))
    new = SigningKey("key-new")
    behind.openid.keys.append(new)
    too_soon = await behind.knock((new.bearer(NOW),), id="2")
    behind.clock.advance(timedelta(seconds=10))
    let_in = await behind.knock((new.bearer(NOW),), id="3")
    behind.openid.down = True
    behind.clock.advance(timedelta(hours=30))
    in_an_outage = await behind.knock((new.bearer(behind.clock.now()),), id="4")

    assert (too_soon, let_in, in_an_outage) == (401, 200, 200)
    assert len(behind.spy.turns) == 3


@pytest.mark.parametrize(
    "kind", ["message", "installationUpdate", "conversationUpdate", "invoke", "event", "messageReaction", "x"]
)
async def test_every_kind_is_held_to_it(behind: Behind, kind: str) -> None:
    """No kind of activity comes in without a token, or from another tenant."""
    names = (
        "adaptiveCard/action",
        "task/fetch",
        "task/submit",
        "composeExtension/query",
        "fileConsent/invoke",
    )
    for name in names if kind == "invoke" else ("",):
        for case in (replace(CASES[0], authorization=()), CASES[-3]):
            changes = {**case.changes, "type": kind, "name": name, "action": "add"}
            assert await behind.knock(case.authorization, **changes) in (401, 403)

    assert behind.spy.turns == []
