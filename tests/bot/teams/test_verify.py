"""Who is let in, and who is not: really signed tokens, keys from a real OpenID server."""

import asyncio
import hashlib
import hmac
import json
import socket
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm
from yarl import URL

from bot.teams.keys import Keys, decode_keys
from bot.teams.verify import Anonymous, Principal, Refused, TokenVerifier, admit
from tests.signing import (
    APP_ID,
    NOW,
    SERVICE_URL,
    TENANT_ID,
    HeldClock,
    LocalTls,
    OpenIdServer,
    SigningKey,
    TlsServer,
    claims,
    private_key,
)

KEY = SigningKey("key-1")
OTHER_TENANT_ID = "99999999-9999-4999-8999-999999999999"
VOUCHED = Principal(SERVICE_URL, APP_ID, frozenset({"msteams"}))
ANONYMOUS = Principal(None, "", frozenset({"msteams"}))


BIG_KEY_SET = json.dumps({"keys": [KEY.jwk]}) + " " * 1_000_000


class AllHere(AbstractResolver):
    """A name service in which every name is this machine."""

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        here = ResolveResult(
            hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0
        )
        return [here]

    async def close(self) -> None: ...


@dataclass
class Door:
    verifier: TokenVerifier
    keys: Keys
    openid: OpenIdServer
    clock: HeldClock

    async def refusal(self, *authorization: str) -> tuple[int, str]:
        with pytest.raises(Refused) as refusal:
            await self.verifier.verify(authorization)
        return refusal.value.status, refusal.value.reason


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    clock = HeldClock()
    connector = TCPConnector(resolver=AllHere())
    async with OpenIdServer(KEY) as openid, ClientSession(connector=connector) as session:
        keys = Keys(session, clock, openid.metadata_url)
        yield Door(TokenVerifier(keys, APP_ID, clock), keys, openid, clock)
        await keys.close()


def in_minutes(minutes: float) -> int:
    return int((NOW + timedelta(minutes=minutes)).timestamp())


def segment(value: object) -> str:
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def forged(header: object, sign: Callable[[bytes], bytes] = lambda _: b"") -> str:
    body = f"{segment(header)}.{segment(claims(NOW))}"
    return f"Bearer {body}.{segment(sign(body.encode()))}"


def hmac_with_public_key(body: bytes) -> bytes:
    public = private_key(KEY.kid).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return hmac.new(public, body, hashlib.sha256).digest()


async def test_valid(door: Door) -> None:
    """A token of now, for this bot, opens the door and vouches for its service URL."""
    principal = await door.verifier.verify([KEY.bearer(NOW)])

    assert principal == VOUCHED


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"exp": in_minutes(-4.9)}, id="expired within leeway"),
        pytest.param({"nbf": in_minutes(4.9)}, id="begins within leeway"),
        pytest.param({"iat": in_minutes(60)}, id="issued later, which nobody asks"),
    ],
)
async def test_leeway(door: Door, changes: dict[str, object]) -> None:
    """Clocks may differ by five minutes."""
    assert await door.verifier.verify([KEY.bearer(NOW, **changes)]) == VOUCHED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exp": in_minutes(-5)}, "expired"),
        ({"exp": float("nan")}, "expired"),
        ({"exp": None}, "claim missing"),
        ({"exp": "tomorrow"}, "garbage"),
        ({"exp": True}, "garbage"),
        ({"nbf": in_minutes(5.1)}, "not yet valid"),
        ({"nbf": None}, "claim missing"),
        ({"aud": "bbbbbbbb-0000-4000-8000-000000000002"}, "other audience"),
        ({"aud": [APP_ID, "bbbbbbbb-0000-4000-8000-000000000002"]}, "other audience"),
        ({"aud": None}, "claim missing"),
        ({"iss": "https://api.botframework.us"}, "other issuer"),
        ({"iss": None}, "claim missing"),
        ({"serviceurl": None}, "no service url in token"),
        ({"serviceurl": ""}, "no service url in token"),
        ({"serviceurl": [SERVICE_URL]}, "no service url in token"),
        pytest.param(
            {"iss": f"https://sts.windows.net/{TENANT_ID}/", "appid": APP_ID, "ver": "1.0"},
            "other issuer",
            id="emulator",
        ),
    ],
)
async def test_claims(door: Door, changes: dict[str, object], reason: str) -> None:
    """A well signed token that is late, early, incomplete or meant for somebody else is refused."""
    assert await door.refusal(KEY.bearer(NOW, **changes)) == (401, reason)


@pytest.mark.parametrize(
    ("authorization", "reason"),
    [
        pytest.param([], "no token", id="none"),
        pytest.param([KEY.bearer(NOW), KEY.bearer(NOW)], "more than one token", id="two headers"),
        pytest.param(["Basic Ym90OnNlY3JldA=="], "other scheme", id="basic"),
        pytest.param([KEY.bearer(NOW).removeprefix("Bearer ")], "other scheme", id="no scheme"),
        pytest.param(["Bearer"], "garbage", id="scheme alone"),
        pytest.param(["Bearer hello"], "garbage", id="one word"),
        pytest.param(["Bearer a.b.c"], "garbage", id="three letters"),
        pytest.param([f"Bearer {segment({'alg': 'RS256', 'kid': 'key-1'})}.e30"], "garbage", id="two parts"),
        pytest.param([f"{KEY.bearer(NOW)} and more"], "garbage", id="trailing words"),
        pytest.param(["Bearer \udcff.\udcff.\udcff"], "garbage", id="not utf-8"),
        pytest.param([f"Bearer {segment(b'[' * 5000)}.e30.e30"], "garbage", id="deep"),
        pytest.param([f"Bearer {segment(['RS256'])}.e30.e30"], "garbage", id="header is a list"),
        pytest.param([f"Bearer {'a' * 100_000}"], "garbage", id="long"),
    ],
)
async def test_garbage(door: Door, authorization: list[str], reason: str) -> None:
    """What is no single bearer token is refused, never answered with a fault."""
    assert await door.refusal(*authorization) == (401, reason)


@pytest.mark.parametrize(
    "authorization",
    [
        pytest.param(forged({"alg": "none", "kid": "key-1"}), id="none"),
        pytest.param(forged({"alg": "HS256", "kid": "key-1"}, hmac_with_public_key), id="HS256"),
        pytest.param(f"Bearer {KEY.sign(claims(NOW), algorithm='RS512')}", id="RS512"),
        pytest.param(forged({"kid": "key-1"}), id="missing"),
    ],
)
async def test_algorithm(door: Door, authorization: str) -> None:
    """Any algorithm but RS256 is refused, before a key is even looked for."""
    assert await door.refusal(authorization) == (401, "other algorithm")
    assert door.openid.fetches == 0


async def test_bad_signature(door: Door) -> None:
    """A token that names a key of theirs but was signed with another is refused."""
    stranger = SigningKey("stranger")

    assert await door.refusal(f"Bearer {stranger.sign(claims(NOW), kid='key-1')}") == (401, "bad signature")


async def test_no_claims(door: Door) -> None:
    """A token that is well signed and says nothing is refused."""
    token = jwt.PyJWS().encode(b"[]", private_key(KEY.kid), algorithm="RS256", headers={"kid": KEY.kid})

    assert await door.refusal(f"Bearer {token}") == (401, "garbage")


@pytest.mark.parametrize("kid", ["", 7, None])
async def test_unusable_kid(door: Door, kid: object) -> None:
    """A token that names no key is refused without a look at the source."""
    status, _ = await door.refusal(forged({"alg": "RS256", "kid": kid}))

    assert (status, door.openid.fetches) == (401, 0)


@pytest.mark.parametrize("endorsements", [None, (), ("webchat",), ("msteams2",)])
async def test_endorsements(door: Door, endorsements: tuple[str, ...] | None) -> None:
    """A key that is not endorsed for Teams opens nothing."""
    key = SigningKey("key-2", endorsements)
    door.openid.keys.append(key)

    assert await door.refusal(key.bearer(NOW)) == (403, "key not endorsed")


async def test_endorsed_among_others(door: Door) -> None:
    """A key may be endorsed for more channels than ours."""
    key = SigningKey("key-2", ("webchat", "msteams"))
    door.openid.keys.append(key)

    principal = await door.verifier.verify([key.bearer(NOW)])

    assert principal.endorsements == {"webchat", "msteams"}


async def test_new_key(door: Door) -> None:
    """A key published after the last look is found at its first use."""
    await door.verifier.verify([KEY.bearer(NOW)])
    new = SigningKey("key-2")
    door.openid.keys.append(new)
    door.clock.advance(timedelta(seconds=10))

    await door.verifier.verify([new.bearer(NOW)])

    assert door.openid.fetches == 2


async def test_refresh_limited(door: Door) -> None:
    """Unknown keys make us look at the source once in ten seconds, not once each."""
    stranger = SigningKey("stranger")

    for seconds, fetches in [(0, 1), (9.9, 1), (0.1, 2), (5, 2), (5, 3)]:
        door.clock.advance(timedelta(seconds=seconds))
        assert await door.refusal(stranger.bearer(NOW)) == (401, "unknown key")
        assert door.openid.fetches == fetches


async def test_single_flight(door: Door) -> None:
    """A crowd at the closed door makes one fetch, and all of it is let in."""
    principals = await asyncio.gather(*(door.verifier.verify([KEY.bearer(NOW)]) for _ in range(50)))

    assert principals == [VOUCHED] * 50
    assert door.openid.fetches == 1


async def test_waiter_leaves(door: Door) -> None:
    """A request that is given up does not take the others' fetch with it."""
    first = asyncio.create_task(door.verifier.verify([KEY.bearer(NOW)]))
    second = asyncio.create_task(door.verifier.verify([KEY.bearer(NOW)]))
    await asyncio.sleep(0)
    first.cancel()

    assert await second == VOUCHED


async def test_outage(door: Door) -> None:
    """Keys once fetched serve through an outage of the metadata, for days, and without waiting for it."""
    await door.verifier.verify([KEY.bearer(NOW)])
    door.openid.down = True
    door.clock.advance(timedelta(days=3))

    assert await door.verifier.verify([KEY.bearer(door.clock.now())]) == VOUCHED


async def test_daily_refresh(door: Door) -> None:
    """After a day the keys are fetched behind the scenes, and one that was withdrawn opens nothing more."""
    await door.verifier.verify([KEY.bearer(NOW)])
    door.openid.keys = [SigningKey("key-2")]
    door.clock.advance(timedelta(hours=24))

    await door.keys.find(KEY.kid)
    await asyncio.wait([task for task in asyncio.all_tasks() if task.get_name() == "openid keys"])

    assert door.openid.fetches == 2
    assert await door.refusal(KEY.bearer(door.clock.now())) == (401, "unknown key")


@pytest.mark.parametrize(
    "jwks_uri",
    [None, 7, "", "http://keys.example.com:{port}/v1/.well-known/keys", "ftp://127.0.0.1:{port}/keys"],
)
async def test_unsafe_jwks_uri(door: Door, jwks_uri: object) -> None:
    """Keys are not fetched from where somebody on the way could change them."""
    port = URL(door.openid.metadata_url).port
    door.openid.jwks_uri = jwks_uri.format(port=port) if isinstance(jwks_uri, str) else jwks_uri

    assert await door.refusal(KEY.bearer(NOW)) == (401, "unknown key")


async def test_jwks_uri_of_this_machine(door: Door, tmp_path: Path) -> None:
    """Metadata from elsewhere cannot make us call a port of this machine."""

    async def metadata(request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": door.openid.jwks_uri})

    application, tls = web.Application(), LocalTls(tmp_path)
    application.router.add_get("/", metadata)
    connector = TCPConnector(ssl=tls.client)
    async with TlsServer(application, tls) as server, ClientSession(connector=connector) as session:
        assert await Keys(session, door.clock, server.url).find(KEY.kid) is None

    assert await door.keys.find(KEY.kid) is not None


@pytest.mark.parametrize("jwks", ["", "<html>", "[]", "{}", '{"keys": []}', BIG_KEY_SET], ids=len)
async def test_useless_keys(door: Door, jwks: str) -> None:
    """A key set that is none, empty or beyond all bounds opens nothing and breaks nothing."""
    door.openid.jwks = jwks

    assert await door.refusal(KEY.bearer(NOW)) == (401, "unknown key")


async def test_no_keys_at_all(door: Door) -> None:
    """A document without a usable key does not take away those we have."""
    await door.verifier.verify([KEY.bearer(NOW)])
    door.openid.keys = []
    door.clock.advance(timedelta(hours=25))
    now = door.clock.now()

    assert await door.refusal(SigningKey("stranger").bearer(now)) == (401, "unknown key")
    assert await door.verifier.verify([KEY.bearer(now)]) == VOUCHED


async def test_closed_in_flight() -> None:
    """Closing ends a fetch that hangs."""
    held = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await held.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with ClientSession() as session:
        keys = Keys(session, HeldClock(), f"http://127.0.0.1:{port}/")
        waiter = asyncio.create_task(keys.find("key-1"))
        await asyncio.sleep(0.05)
        await keys.close()

        with pytest.raises(asyncio.CancelledError):
            await waiter
    held.set()
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("url", ["http://login.botframework.com/", "login.botframework.com", "", "https://"])
async def test_metadata_url(url: str) -> None:
    """The metadata is fetched over https, or not at all."""
    async with ClientSession() as session:
        with pytest.raises(ValueError, match="https"):
            Keys(session, HeldClock(), url)


def test_decode_keys() -> None:
    """Of a key set, only RSA signing keys of a decent size are taken, and nothing in it can make us fail."""
    good = KEY.jwk
    weak = generate_private_key(public_exponent=65537, key_size=1024).public_key()
    entries = [
        good,
        good | {"kid": "encrypts", "use": "enc"},
        good | {"kid": "curve", "kty": "EC"},
        good | {"kid": "broken", "n": "!"},
        good | {"kid": "weak", "n": RSAAlgorithm.to_jwk(weak, as_dict=True)["n"]},
        good | {"kid": 7},
        {"kid": "empty"},
        "text",
        None,
    ]

    assert set(decode_keys({"keys": entries})) == {"key-1"}
    assert decode_keys({"keys": "text"}) == {}
    assert decode_keys({}) == {}


def activity(**changes: object) -> dict[str, object]:
    usual = {
        "type": "message",
        "channelId": "msteams",
        "serviceUrl": SERVICE_URL,
        "conversation": {"id": "a:personal-uwe", "tenantId": TENANT_ID},
        "channelData": {"tenant": {"id": TENANT_ID}},
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"serviceUrl": SERVICE_URL.rstrip("/")},
        {"serviceUrl": SERVICE_URL.replace("smba", "SMBA")},
        {"conversation": {"id": "a:personal-uwe"}},
        {"channelData": None},
        {"channelData": {"tenant": {"id": TENANT_ID.upper()}}},
    ],
)
def test_admitted(changes: dict[str, object]) -> None:
    """What the token vouched for, from an allowed tenant, is let in; spelling says nothing."""
    admit(VOUCHED, activity(**changes), {TENANT_ID})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"channelId": None}, "other channel"),
        ({"channelId": "webchat"}, "other channel"),
        ({"channelId": ["msteams"]}, "other channel"),
        ({"serviceUrl": None}, "other service url"),
        ({"serviceUrl": 7}, "other service url"),
        ({"serviceUrl": "https://smba.trafficmanager.net/amer/"}, "other service url"),
        ({"serviceUrl": "https://evil.trafficmanager.net/emea/"}, "other service url"),
        ({"serviceUrl": "http://smba.trafficmanager.net/emea/"}, "other service url"),
        ({"serviceUrl": "https://evil.example.com\\@smba.trafficmanager.net/emea/"}, "other service url"),
        ({"serviceUrl": "https://smba.trafficmanager.net@evil.example.com/emea/"}, "other service url"),
        ({"serviceUrl": SERVICE_URL + "?to=evil"}, "other service url"),
        ({"serviceUrl": "https://smba.trafficmanager.net:99999/emea/"}, "other service url"),
        ({"conversation": None, "channelData": None}, "no tenant"),
        ({"conversation": "text", "channelData": {"tenant": TENANT_ID}}, "no tenant"),
        ({"channelData": {"tenant": {"id": OTHER_TENANT_ID}}}, "other tenant"),
        ({"conversation": {"tenantId": OTHER_TENANT_ID}}, "other tenant"),
        ({"conversation": {"tenantId": ""}}, "other tenant"),
        ({"conversation": {"tenantId": [TENANT_ID]}}, "other tenant"),
    ],
)
def test_not_admitted(changes: dict[str, object], reason: str) -> None:
    """An activity from another channel, service or tenant than was vouched for or allowed is refused."""
    with pytest.raises(Refused) as refusal:
        admit(VOUCHED, activity(**changes), {TENANT_ID})

    assert (refusal.value.status, refusal.value.reason) == (403, reason)


def test_no_tenant_allowed() -> None:
    """Without allowed tenants nobody is let in."""
    with pytest.raises(Refused):
        admit(VOUCHED, activity(), set())


def test_plain_http_never_vouched() -> None:
    """Even a token's word does not make plain http to another machine good."""
    url = "http://connector.example.com/"

    with pytest.raises(Refused):
        admit(Principal(url, APP_ID, frozenset({"msteams"})), activity(serviceUrl=url), {TENANT_ID})


async def test_anonymous() -> None:
    """Without authentication everybody is let in, token or none."""
    assert await Anonymous().verify([]) == ANONYMOUS
    assert await Anonymous().verify([KEY.bearer(NOW)]) == ANONYMOUS


@pytest.mark.parametrize(
    "url", ["http://localhost:56150/_connector", "http://127.0.0.1:80/", "http://[::1]:80/"]
)
def test_anonymous_on_loopback(url: str) -> None:
    """Who is not vouched for may talk about this machine."""
    admit(ANONYMOUS, activity(serviceUrl=url), {TENANT_ID})


@pytest.mark.parametrize(
    "url",
    [
        SERVICE_URL,
        "http://10.0.0.1/",
        "http://169.254.169.254/",
        "http://localhost.example.com/",
        "http://localhost@evil.example.com/",
        "https://localhost/",
    ],
)
def test_anonymous_elsewhere(url: str) -> None:
    """Who is not vouched for cannot make us call any other machine."""
    with pytest.raises(Refused, match="other service url"):
        admit(ANONYMOUS, activity(serviceUrl=url), {TENANT_ID})


def test_app_id_needed() -> None:
    """A verifier for no bot in particular cannot be made."""

    class NoKeys(Keys):
        def __init__(self) -> None: ...

    with pytest.raises(ValueError, match="app id"):
        TokenVerifier(NoKeys(), "", HeldClock())
