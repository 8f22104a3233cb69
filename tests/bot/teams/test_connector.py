"""What is sent to Teams, to whom, and what becomes of refusals: over real HTTP and TLS on this machine."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Self

import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.test_utils import TestServer

from bot.teams.connector import SCOPE, TEAMS_HOSTS, Connector
from bot.turns import Author, FileGiven, FileOffer, Notice, Notifier, Place, PlaceKind, SendRefused, Upload
from cards.elements import Card
from tests.signing import NOW, TENANT_ID, HeldClock, LocalTls, TlsServer
from tracing.errors import CredentialsRefused

BOT_ID = "28:aaaaaaaa-0000-4000-8000-000000000001"
THREAD_ID = "19:channel-triage@thread.tacv2;messageid=1795419468880"
UWE = Author("29:user-uwe", "22222222-2222-4222-8222-222222222221", "Uwe User")
CARD = Card(
    {"type": "AdaptiveCard", "version": "1.5", "body": [{"type": "TextBlock", "text": "配信済み"}]}, "結果"
)
NOTICE = Notice("a < b & *c*")


@dataclass(frozen=True)
class Call:
    method: str
    path: str
    authorization: str | None
    body: Mapping[str, object] | None


@dataclass(frozen=True)
class Answer:
    status: int = 201
    body: object = None
    headers: Mapping[str, str] | None = None


class ConnectorService:
    """Plays the Bot Connector: notes what it is told and gives the prepared answers, then plain success."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.answers: list[Answer] = []
        self.delay = 0.0
        self.at_once = self.most_at_once = 0
        self.application = web.Application()
        self.application.router.add_route("*", "/{path:.*}", self._answer)

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.text()
        content = json.loads(body) if body else None
        call = Call(request.method, request.raw_path, request.headers.get("Authorization"), content)
        self.calls.append(call)
        answer = self.answers.pop(0) if self.answers else Answer(body={"id": f"activity-{len(self.calls)}"})
        text = answer.body if isinstance(answer.body, str) else json.dumps(answer.body)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(self.delay)
        self.at_once -= 1
        return web.Response(status=answer.status, text=text, headers=answer.headers)


class Tokens:
    """Meets TokenProvider: `fresh-1`, and a new number with each renewal."""

    def __init__(self) -> None:
        self.renewals = 0
        self.scopes: set[str] = set()

    async def get(self, scope: str) -> str:
        self.scopes.add(scope)
        return f"fresh-{self.renewals + 1}"

    async def renew(self, scope: str) -> str:
        self.renewals += 1
        return await self.get(scope)


class NoTokens:
    """Meets TokenProvider, of an app whose secret has expired."""

    async def get(self, scope: str) -> str:
        raise CredentialsRefused("AADSTS7000222")

    async def renew(self, scope: str) -> str:
        return await self.get(scope)


class Teams:
    """The connector under test, the service it talks to, and a place in it."""

    def __init__(self, connector: Connector, service: ConnectorService, clock: HeldClock, url: str) -> None:
        self.connector = connector
        self.service = service
        self.clock = clock
        self.place = Place(f"{url}/emea/", "a:personal-uwe", PlaceKind.PERSONAL, TENANT_ID, BOT_ID)

    def answering(self, *answers: Answer) -> Self:
        self.service.answers = list(answers)
        return self

    async def refusal(self) -> tuple[int, str]:
        with pytest.raises(SendRefused) as refusal:
            await self.connector.send(self.place, NOTICE)
        return refusal.value.status, refusal.value.code


@pytest.fixture
async def teams() -> AsyncIterator[Teams]:
    """Without authentication, in plain http on loopback."""
    service, clock = ConnectorService(), HeldClock()
    server = TestServer(service.application)
    await server.start_server()
    async with ClientSession() as session:
        yield Teams(Connector(session, clock, None), service, clock, str(server.make_url("")).rstrip("/"))
    await server.close()


@pytest.fixture
async def tokens() -> Tokens:
    return Tokens()


@pytest.fixture
async def secured(tmp_path: Path, tokens: Tokens) -> AsyncIterator[Teams]:
    """With tokens, over TLS, to a host that is trusted with them."""
    service, clock, tls = ConnectorService(), HeldClock(), LocalTls(tmp_path)
    async with (
        TlsServer(service.application, tls) as server,
        ClientSession(connector=TCPConnector(ssl=tls.client)) as session,
    ):
        connector = Connector(session, clock, tokens, hosts=frozenset({"localhost"}))
        yield Teams(connector, service, clock, server.url)


async def test_card(teams: Teams) -> None:
    """A card goes out as an attachment, its summary as the notification's line; its id comes back."""
    notifier: Notifier = teams.connector

    activity_id = await notifier.send(teams.place, CARD)

    assert activity_id == "activity-1"
    (call,) = teams.service.calls
    assert (call.method, call.path) == ("POST", "/emea/v3/conversations/a%3Apersonal-uwe/activities")
    assert call.body == {
        "type": "message",
        "from": {"id": BOT_ID},
        "conversation": {"id": "a:personal-uwe"},
        "summary": "結果",
        "attachments": [
            {"contentType": "application/vnd.microsoft.card.adaptive", "content": dict(CARD.content)}
        ],
    }


async def test_notice(teams: Teams) -> None:
    """A notice goes out as plain text, so that nothing in it is taken for markup."""
    await teams.connector.send(teams.place, NOTICE)

    assert teams.service.calls[0].body == {
        "type": "message",
        "from": {"id": BOT_ID},
        "conversation": {"id": "a:personal-uwe"},
        "text": "a < b & *c*",
        "textFormat": "plain",
    }


async def test_file_offer(teams: Teams) -> None:
    """A file is offered with its size and what it is; both answers carry the offer's id and nothing else."""
    await teams.connector.send(teams.place, FileOffer("x.csv", "10 rows", 1_234, "id", "ready"))

    body = teams.service.calls[0].body or {}
    assert body["summary"] == "ready"
    assert body["attachments"] == [
        {
            "contentType": "application/vnd.microsoft.teams.card.file.consent",
            "name": "x.csv",
            "content": {
                "description": "10 rows",
                "sizeInBytes": 1_234,
                "acceptContext": {"offer": "id"},
                "declineContext": {"offer": "id"},
            },
        }
    ]


async def test_file_given(teams: Teams) -> None:
    """A file that was saved is shown where Teams said it would be."""
    upload = Upload("https://a.sharepoint.com/up", "https://a.sharepoint.com/x.csv", "x.csv", "1150", "csv")
    await teams.connector.send(teams.place, FileGiven(upload, "saved"))

    assert (teams.service.calls[0].body or {})["attachments"] == [
        {
            "contentType": "application/vnd.microsoft.teams.card.file.info",
            "contentUrl": "https://a.sharepoint.com/x.csv",
            "name": "x.csv",
            "content": {"uniqueId": "1150", "fileType": "csv"},
        }
    ]


async def test_thread(teams: Teams) -> None:
    """A reply in a channel names its thread, encoded as one step of the path."""
    await teams.connector.send(replace(teams.place, conversation_id=THREAD_ID), NOTICE)

    step = "19%3Achannel-triage%40thread.tacv2%3Bmessageid%3D1795419468880"
    assert teams.service.calls[0].path == f"/emea/v3/conversations/{step}/activities"


async def test_slash_in_id(teams: Teams) -> None:
    """An id cannot lead to another address."""
    await teams.connector.delete(teams.place, "../../../other?x=/#")

    assert teams.service.calls[0].path.endswith("/activities/..%2F..%2F..%2Fother%3Fx%3D%2F%23")


async def test_update_and_delete(teams: Teams) -> None:
    """What was sent is replaced, and taken back, under its id."""
    await teams.connector.update(teams.place, "1:abc", CARD)
    await teams.connector.delete(teams.place, "1:abc")

    update, delete = teams.service.calls
    path = "/emea/v3/conversations/a%3Apersonal-uwe/activities/1%3Aabc"
    assert (update.method, update.path) == ("PUT", path)
    assert update.body is not None
    assert update.body["id"] == "1:abc"
    assert (delete.method, delete.path, delete.body) == ("DELETE", path, None)


async def test_update_for_one_reader(teams: Teams) -> None:
    """A targeted message is sent to its reader; an update of it names none, which Teams would refuse."""
    aside = replace(teams.place, reader_id="29:me")
    await teams.connector.send(aside, CARD)
    await teams.connector.update(aside, "1:abc", CARD)

    sent, update = teams.service.calls
    assert sent.body is not None
    assert update.body is not None
    assert sent.body["recipient"] == {"id": "29:me"}
    assert "recipient" not in update.body
    assert sent.path.endswith("?isTargetedActivity=true")
    assert update.path.endswith("?isTargetedActivity=true")


async def test_typing(teams: Teams) -> None:
    """A typing sign says nothing but that."""
    await teams.connector.typing(teams.place)

    assert teams.service.calls[0].body == {
        "type": "typing",
        "from": {"id": BOT_ID},
        "conversation": {"id": "a:personal-uwe"},
    }


async def test_open_private(teams: Teams) -> None:
    """The 1:1 is opened by the person's Teams id, in the same tenant, at the URL that was vouched for."""
    teams.answering(Answer(body={"id": "a:uwe", "serviceUrl": "https://evil.example.com/"}))
    place = replace(teams.place, conversation_id=THREAD_ID, kind=PlaceKind.CHANNEL)

    private = await teams.connector.open_private(place, UWE)

    assert private == replace(teams.place, conversation_id="a:uwe")
    (call,) = teams.service.calls
    assert (call.method, call.path) == ("POST", "/emea/v3/conversations")
    assert call.body == {
        "bot": {"id": BOT_ID},
        "members": [{"id": "29:user-uwe"}],
        "tenantId": TENANT_ID,
        "channelData": {"tenant": {"id": TENANT_ID}},
        "isGroup": False,
    }


async def test_open_private_without_id(teams: Teams) -> None:
    """A 1:1 without an id is none."""
    teams.answering(Answer(body={}))

    with pytest.raises(SendRefused, match="NoConversationId"):
        await teams.connector.open_private(teams.place, UWE)


async def test_get_member(teams: Teams) -> None:
    """A member is looked up in the channel, whatever the thread; what is not said is empty."""
    teams.answering(
        Answer(200, {"id": "29:user-uwe", "objectId": UWE.aad_object_id, "email": "uwe@contoso.com"})
    )

    member = await teams.connector.get_member(replace(teams.place, conversation_id=THREAD_ID), "29:user-uwe")

    assert (member.aad_object_id, member.email, member.name) == (UWE.aad_object_id, "uwe@contoso.com", "")
    step = "19%3Achannel-triage%40thread.tacv2"
    assert teams.service.calls[0].path == f"/emea/v3/conversations/{step}/members/29%3Auser-uwe"


@pytest.mark.parametrize("body", ["", "accepted", [], {}, {"id": 7}])
async def test_no_id(teams: Teams, body: object) -> None:
    """A message that was taken was sent, even when the answer says no more."""
    assert await teams.answering(Answer(202, body)).connector.send(teams.place, NOTICE) == ""


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer(400, {"error": {"code": "BadSyntax", "message": "no"}}), "BadSyntax"),
        (Answer(403, {"error": {"code": "BotNotInConversationRoster"}}), "BotNotInConversationRoster"),
        (Answer(404, {"error": {"code": "ConversationNotFound"}}), "ConversationNotFound"),
        (Answer(413, {"error": {"code": "MessageSizeTooBig"}}), "MessageSizeTooBig"),
        (
            Answer(403, {"errorCode": 209, "message": '{\r\n  "subCode": "MessageWritesBlocked" }'}),
            "MessageWritesBlocked",
        ),
        (Answer(500, "<html>"), ""),
        (Answer(403, {"error": "text"}), ""),
        (Answer(401, {}), ""),
        (Answer(301, "", {"Location": "/elsewhere"}), ""),
    ],
)
async def test_refused(teams: Teams, answer: Answer, code: str) -> None:
    """A refusal comes through with its status and its code, at once and once."""
    assert await teams.answering(answer).refusal() == (answer.status, code)
    assert len(teams.service.calls) == 1


@pytest.mark.parametrize("status", [412, 429, 502, 504])
async def test_heals(teams: Teams, status: int) -> None:
    """What may heal is tried again, after a pause that grows and is never the same."""
    teams.answering(Answer(status), Answer(status))

    assert await teams.connector.send(teams.place, NOTICE) == "activity-3"
    assert len(teams.clock.slept) == 2
    assert all(0 <= seconds <= 8 for seconds in teams.clock.slept)


async def test_does_not_heal(teams: Teams) -> None:
    """Four attempts are enough."""
    teams.answering(*[Answer(429, {"error": {"code": "TooManyRequests"}})] * 9)

    assert await teams.refusal() == (429, "TooManyRequests")
    assert len(teams.service.calls) == 4


@pytest.mark.parametrize("header", ["7", format_datetime(NOW + timedelta(seconds=7), usegmt=True)])
async def test_retry_after(teams: Teams, header: str) -> None:
    """The connector's own pause is kept, in seconds or as a date, and a little more."""
    teams.answering(Answer(429, headers={"Retry-After": header}))

    await teams.connector.send(teams.place, NOTICE)

    (slept,) = teams.clock.slept
    assert 7 <= slept <= 8


async def test_retry_after_too_long(teams: Teams) -> None:
    """A pause longer than anybody waits for is a refusal."""
    teams.answering(Answer(429, headers={"Retry-After": "31"}))

    assert await teams.refusal() == (429, "")
    assert teams.clock.slept == []


@pytest.mark.parametrize("header", ["soon", "-1", "9" * 30, "Mon, 23 Nov 2026 07:36:07", ""])
async def test_retry_after_nonsense(teams: Teams, header: str) -> None:
    """A Retry-After that makes no sense counts for none."""
    teams.answering(Answer(429, headers={"Retry-After": header}))

    assert await teams.connector.send(teams.place, NOTICE) == "activity-2"


async def test_reset() -> None:
    """A connection that breaks after the message went out is not tried again: it may have arrived."""
    connections = 0

    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal connections
        connections += 1
        await reader.readuntil(b"\r\n\r\n")
        writer.transport.abort()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with ClientSession() as session:
        teams = Teams(Connector(session, HeldClock(), None), ConnectorService(), HeldClock(), url)
        assert await teams.refusal() == (0, "Unreachable")
    server.close()
    await server.wait_closed()

    assert connections == 1


async def test_nobody_there(teams: Teams) -> None:
    """A connector that is not there is told as such."""
    teams.place = replace(teams.place, service_url="http://127.0.0.1:1/")

    assert await teams.refusal() == (0, "Unreachable")


async def test_unauthenticated(teams: Teams) -> None:
    """Without tokens no header pretends otherwise."""
    await teams.connector.send(teams.place, NOTICE)

    assert teams.service.calls[0].authorization is None


async def test_token(secured: Teams, tokens: Tokens) -> None:
    """A trusted host gets the connector's token with every call."""
    await secured.connector.send(secured.place, NOTICE)

    assert secured.service.calls[0].authorization == "Bearer fresh-1"
    assert tokens.scopes == {SCOPE}


async def test_token_renewed(secured: Teams, tokens: Tokens) -> None:
    """A token that is refused is renewed, once, and the message sent again."""
    secured.answering(Answer(401))

    await secured.connector.send(secured.place, NOTICE)

    assert [call.authorization for call in secured.service.calls] == ["Bearer fresh-1", "Bearer fresh-2"]


async def test_token_refused_for_good(secured: Teams, tokens: Tokens) -> None:
    """A second 401 is the answer."""
    secured.answering(Answer(401), Answer(401, {"error": {"code": "BotNotRegistered"}}))

    assert await secured.refusal() == (401, "BotNotRegistered")
    assert tokens.renewals == 1


async def test_redirect_keeps_token(secured: Teams) -> None:
    """No redirect carries the token away."""
    secured.answering(Answer(307, headers={"Location": "/elsewhere"}))

    assert await secured.refusal() == (307, "")
    assert len(secured.service.calls) == 1


async def test_no_token() -> None:
    """Without a token to be had, nothing is sent, and the refusal says why."""
    async with ClientSession() as session:
        teams = Teams(
            Connector(session, HeldClock(), NoTokens()),
            ConnectorService(),
            HeldClock(),
            "https://smba.trafficmanager.net",
        )
        assert await teams.refusal() == (0, "CredentialsRefused")


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.trafficmanager.net",
        "https://smba.trafficmanager.net.evil.example.com",
        "https://evilbotframework.com",
        "https://user@smba.trafficmanager.net",
        "https://smba.trafficmanager.net?to=evil",
        "https://smba.trafficmanager.net@evil.example.com",
        "https://evil.example.com\\@smba.trafficmanager.net",
        "https://evil.example.com/smba.trafficmanager.net",
        "http://smba.trafficmanager.net",
        "http://127.0.0.1:80",
        "https://127.0.0.1",
        "//smba.trafficmanager.net",
        "smba.trafficmanager.net",
        "",
    ],
)
async def test_token_not_for_everybody(url: str, tokens: Tokens) -> None:
    """The token goes to Microsoft's connectors over https, and nowhere else; nor does the message."""
    async with ClientSession() as session:
        teams = Teams(Connector(session, HeldClock(), tokens), ConnectorService(), HeldClock(), url)
        assert await teams.refusal() == (0, "ServiceUrlNotAllowed")

    assert tokens.scopes == set()


@pytest.mark.parametrize("url", ["https://smba.trafficmanager.net", "http://10.0.0.1", "https://localhost"])
async def test_unauthenticated_stays_here(url: str) -> None:
    """Without tokens nothing leaves this machine."""
    async with ClientSession() as session:
        teams = Teams(Connector(session, HeldClock(), None), ConnectorService(), HeldClock(), url)
        assert await teams.refusal() == (0, "ServiceUrlNotAllowed")


@pytest.mark.parametrize(
    "url",
    [
        "https://smba.trafficmanager.net/emea",
        "https://SMBA.trafficmanager.net:443/teams",
        "https://smba.onyx.prod.teams.trafficmanager.net",
        "https://smba.infra.gcc.teams.microsoft.com/teams",
        "https://webchat.botframework.com",
    ],
)
async def test_trusted_hosts(url: str) -> None:
    """Microsoft's connectors are known by name."""
    async with ClientSession() as session:
        teams = Teams(Connector(session, HeldClock(), NoTokens()), ConnectorService(), HeldClock(), url)
        assert await teams.refusal() == (0, "CredentialsRefused")

    assert not any("*" in name or name.startswith(".") for name in TEAMS_HOSTS)


async def test_pooled(teams: Teams) -> None:
    """Messages go side by side: none waits for another's answer."""
    teams.service.delay = 0.2

    ids = await asyncio.gather(*(teams.connector.send(teams.place, NOTICE) for _ in range(20)))

    assert len(set(ids)) == len(teams.service.calls) == 20
    assert teams.service.most_at_once > 1
