"""The whole bot behind its door: signed tokens before anything is read, and an answer to whatever comes."""

import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

import app as bot
from bot.settings import read_settings
from demo.company import HELPDESK_GROUP_ID, SATO
from demo.tenant import Tenant, graph_app
from tests.line import NOW, HastyClock, sample_mailbox, words
from tests.samples import ACTIVITIES, activity
from tests.signing import APP_ID, APP_SECRET, TENANT_ID, LocalTls, LoginService, OpenIdServer, SigningKey

SERVICE_URL = "http://localhost:9/_connector"
KEY = SigningKey("key-1")
_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Answer:
    """What the door said."""

    status: int
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found

    @property
    def card(self) -> dict[str, Any]:
        assert self.json["type"] == "application/vnd.microsoft.card.adaptive", self.body
        card: dict[str, Any] = self.json["value"]
        return card


class Bot(NamedTuple):
    """A bot with an app id, the tenant it traces in, and the login service both trust."""

    url: str
    session: ClientSession
    tenant: Tenant
    login: LoginService

    async def knock(self, body: object, authorization: str | None = "good", **headers: str) -> Answer:
        """The door's answer to *body*: bytes as they are, anything else as JSON."""
        if authorization == "good":
            authorization = KEY.bearer(NOW, serviceurl=SERVICE_URL)
        if authorization is not None:
            headers["Authorization"] = authorization
        data = BytesIO(body if isinstance(body, bytes) else json.dumps(body).encode())
        async with self.session.post(f"{self.url}/api/messages", data=data, headers=headers) as response:
            return Answer(response.status, await response.read())


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> LocalTls:
    return LocalTls(tmp_path_factory.mktemp("tls"))


@pytest.fixture
async def behind(tmp_path: Path, tls: LocalTls, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tls.ca_path))
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    graph = TestServer(graph_app(tenant))
    await graph.start_server()
    async with OpenIdServer(KEY) as openid, LoginService(tls) as login:
        settings = read_settings(
            {
                "MicrosoftAppId": APP_ID,
                "MicrosoftAppPassword": APP_SECRET,
                "MicrosoftAppTenantId": TENANT_ID,
                "TRACE_GRAPH_URL": str(graph.make_url("/v1.0")),
                "TRACE_LOGIN_URL": login.url,
                "TRACE_OPENID_METADATA_URL": openid.metadata_url,
                "TRACE_HELPDESK_GROUPS": HELPDESK_GROUP_ID,
                "TRACE_DATABASE_URL": f"sqlite+aiosqlite:///{tmp_path / 'door.sqlite3'}",
            }
        )
        server = TestServer(bot.create_app(settings, HastyClock()))
        await server.start_server()
        async with ClientSession() as session:
            yield Bot(str(server.make_url("")).rstrip("/"), session, tenant, login)
        await server.close()
    await graph.close()


def mine() -> dict[str, Any]:
    """A tap on “my mail” by somebody whom the directory knows."""
    sample = activity(
        "invoke_adaptiveCard_action__personal", id=f"tap-{next(_NUMBERS)}", serviceUrl=SERVICE_URL
    )
    sample["from"] = {"id": SATO.teams_id, "name": SATO.name, "aadObjectId": SATO.aad_object_id}
    sample["value"]["action"] = {"type": "Action.Execute", "verb": "mine", "data": {}}
    return sample


async def test_a_tap_with_tokens(behind: Bot) -> None:
    """The whole way with an app id: a signed tap in, a token for Graph, the card in the answer."""
    behind.tenant.required_token = "token-1-for-https://graph.microsoft.com/.default"
    response = await behind.knock(mine())

    assert response.status == 200
    assert "sato@contoso.co.jp" in words(response.card)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (7000222, "The client secret has expired"),
        (7000215, "The client secret is wrong"),
        (700016, "does not exist"),
        (53003, "Signing in failed"),
    ],
)
async def test_refused_credentials(behind: Bot, code: int, says: str) -> None:
    """Credentials that Entra refuses have a card that says which, and Graph is not asked."""
    behind.login.answer = lambda: refusal(code)
    text = words((await behind.knock(mine())).card)

    assert says in text
    assert f"AADSTS{code}" in text
    assert behind.tenant.requests == []


def refusal(code: int) -> web.Response:
    words = {"error": "invalid_client", "error_description": f"AADSTS{code}: no", "error_codes": [code]}
    return web.json_response(words, status=401)


@pytest.mark.parametrize("body", [b"{", b"", b"null", b"[]", b"\xff\xfe", b'"x"', b"[" * 100_000, b"{}"])
async def test_verified_before_read(behind: Bot, body: bytes) -> None:
    """Nobody learns anything about a body without a good token: 401 whatever it is, and 400 with one."""
    strangers = [
        await behind.knock(body, None),
        await behind.knock(body, "Bearer x.y.z"),
        await behind.knock(body, SigningKey("key-2").bearer(NOW, serviceurl=SERVICE_URL)),
    ]

    assert [response.status for response in strangers] == [401, 401, 401]
    assert [response.body for response in strangers] == [b"", b"", b""]
    assert (await behind.knock(body)).status == 400


async def test_too_much(behind: Bot) -> None:
    """Three megabytes are refused with 413, and not even read for a stranger."""
    huge = json.dumps(mine() | {"text": "x" * 3_000_000}).encode()

    assert (await behind.knock(huge)).status == 413
    assert (await behind.knock(huge, None, Connection="close")).status == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("id", 400),
        ("from", 400),
        ("from.id", 400),
        ("conversation.id", 400),
        ("type", 400),
        ("serviceUrl", 403),
        ("channelId", 403),
        ("conversation", 400),
    ],
)
@pytest.mark.parametrize("name", ["message__personal", "invoke_adaptiveCard_action__personal"])
async def test_something_missing(behind: Bot, name: str, path: str, status: int) -> None:
    """An activity without what every turn has is nobody's turn."""
    sample = activity(name, serviceUrl=SERVICE_URL)
    parent = sample
    *parents, last = path.split(".")
    for part in parents:
        parent = parent[part]
    del parent[last]

    assert (await behind.knock(sample)).status == status


async def test_no_tenant(behind: Bot) -> None:
    """An activity that names no tenant, or another, is not let in."""
    sample = activity("message__personal", serviceUrl=SERVICE_URL)
    del sample["channelData"], sample["conversation"]["tenantId"]
    other = activity("message__personal", serviceUrl=SERVICE_URL)
    other["channelData"]["tenant"]["id"] = APP_ID

    assert (await behind.knock(sample)).status == 403
    assert (await behind.knock(other)).status == 403


@pytest.mark.parametrize("name", ACTIVITIES)
async def test_every_shape(behind: Bot, name: str, caplog: pytest.LogCaptureFixture) -> None:
    """Every kind of activity that Teams sends is answered; those nobody waits for pass by quietly."""
    response = await behind.knock(activity(name, serviceUrl=SERVICE_URL))

    assert response.status == 200
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(
    "kind",
    [
        "messageReaction",
        "messageUpdate",
        "messageDelete",
        "typing",
        "event",
        "endOfConversation",
        "command",
        "commandResult",
        "trace",
        "conversationUpdate",
        "somethingNew",
        "",
    ],
)
async def test_other_types(behind: Bot, kind: str, caplog: pytest.LogCaptureFixture) -> None:
    """Activities of other types are acknowledged, and start nothing."""
    reactions = {"reactionsAdded": [{"type": "like"}], "reactionsRemoved": [{"type": "heart"}]}
    response = await behind.knock(
        activity("message__personal", type=kind, serviceUrl=SERVICE_URL, name="tokens/response", **reactions)
    )

    assert response.status == 200
    assert behind.tenant.requests == []
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.parametrize(
    "name", ["config/fetch", "signin/verifyState", "composeExtension/selectItem", "", None, "x" * 999]
)
async def test_unknown_invokes(behind: Bot, name: str | None) -> None:
    """An invoke that nobody here knows is answered, so that no client waits for it."""
    sample = activity("invoke_adaptiveCard_action__personal", serviceUrl=SERVICE_URL, name=name)
    response = await behind.knock(sample)

    assert response.status == 400
    assert response.json["error"]["code"] == "NotSupported"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "x",
        [],
        {},
        {"action": None},
        {"action": {"verb": "open"}},
        {"action": {"verb": "open", "data": {"state": "x" * 65, "at": 0, "page": 0}}},
        {"action": {"verb": "open", "data": {"state": "x", "at": True, "page": 0}}},
        {"action": {"verb": "open", "data": {"state": "x", "at": 10**30, "page": 0}}},
        {"action": {"verb": "open", "data": {"state": "\x00\ud800", "at": 0, "page": 0}}},
        {"action": {"verb": "drop table", "data": {}}},
    ],
)
async def test_forged_taps(behind: Bot, value: object) -> None:
    """A tap that no card of ours sends is answered with a card that says so."""
    sample = mine() | {"value": value}
    response = await behind.knock(sample)

    assert response.status == 200
    assert "could not be read" in words(response.card)


async def test_a_tap_again(behind: Bot) -> None:
    """A tap that arrives twice is worked once; the second time it says so."""
    tap = mine()
    first = await behind.knock(tap)
    asked = len(behind.tenant.requests)
    second = await behind.knock(tap)

    assert "sato@" in words(first.card)
    assert second.json["value"] == "That tap was taken already."
    assert len(behind.tenant.requests) == asked


async def test_nobody_is_told_why(behind: Bot, caplog: pytest.LogCaptureFixture) -> None:
    """What was wrong with a token stands in the log, without the token, and not in the answer."""
    token = KEY.bearer(NOW, serviceurl=SERVICE_URL, aud="somebody else")
    response = await behind.knock(mine(), token)

    assert (response.status, response.body) == (401, b"")
    assert "other audience" in caplog.text
    assert token.removeprefix("Bearer ") not in caplog.text
