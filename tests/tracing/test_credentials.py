"""Tokens of the application, from a login service on this machine that speaks TLS and OAuth."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from pathlib import Path

import jwt
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography.hazmat.primitives.serialization import Encoding

from tests.signing import APP_ID, APP_SECRET, TENANT_ID, HeldClock, LocalTls, LoginService, certificate, pem
from tracing.credentials import AppCredentials, TokenProvider, decode_token, read_certificate
from tracing.errors import CredentialsRefused, GraphUnavailable
from tracing.proofs import (
    Certificate,
    FederatedIdentity,
    FederatedToken,
    ManagedIdentity,
    Proof,
    Secret,
    ends,
)

GRAPH = "https://graph.microsoft.com/.default"
BOT = "https://api.botframework.com/.default"


@pytest.fixture
async def login(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LoginService]:
    tls = LocalTls(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tls.ca_path))
    async with LoginService(tls) as service:
        yield service


def credentials(
    login: LoginService,
    *,
    secret: str = APP_SECRET,
    proof: Proof | None = None,
    client_id: str = APP_ID,
    tenant_id: str = TENANT_ID,
    clock: HeldClock | None = None,
) -> AppCredentials:
    return AppCredentials(
        client_id,
        tenant_id,
        proof or Secret(secret),
        login_url=login.url,
        clock=clock or HeldClock(),
    )


async def test_secret(login: LoginService) -> None:
    """An app with a secret gets a token for the scope it asks."""
    provider: TokenProvider = credentials(login)

    assert await provider.get(GRAPH) == f"token-1-for-{GRAPH}"
    assert login.requests[0]["grant_type"] == "client_credentials"


@pytest.mark.parametrize("key_first", [True, False])
async def test_certificate(login: LoginService, tmp_path: Path, key_first: bool) -> None:
    """An app with a certificate proves its key and sends no secret; the order in the file is free."""
    path = tmp_path / "app.pem"
    public = login.certificate.public_bytes(Encoding.PEM)
    path.write_bytes(pem("app", login.certificate) if key_first else public + pem("app"))

    token = await credentials(login, proof=Certificate(path)).get(GRAPH)

    assert token == f"token-1-for-{GRAPH}"
    assert "client_secret" not in login.requests[0]
    assert jwt.get_unverified_header(login.requests[0]["client_assertion"])["x5c"]


async def test_certificate_renewed(login: LoginService, tmp_path: Path) -> None:
    """A certificate that was replaced in its file is taken up without a new start."""
    path = tmp_path / "app.pem"
    path.write_bytes(pem("other", certificate("other")))
    provider = credentials(login, proof=Certificate(path))
    with pytest.raises(CredentialsRefused) as refusal:
        await provider.get(GRAPH)
    path.write_bytes(pem("app", login.certificate))

    assert await provider.get(GRAPH) == f"token-2-for-{GRAPH}"
    assert refusal.value.code == "AADSTS700027"


@pytest.mark.parametrize(
    "content",
    [None, b"", b"text", pem("app"), certificate("app").public_bytes(Encoding.PEM)],
    ids=["no file", "empty", "text", "key alone", "certificate alone"],
)
async def test_certificate_unreadable(login: LoginService, tmp_path: Path, content: bytes | None) -> None:
    """A file without a key and a certificate is a refusal to be mended, and nothing is asked."""
    path = tmp_path / "app.pem"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CredentialsRefused) as refusal:
        await credentials(login, proof=Certificate(path)).get(GRAPH)

    assert refusal.value.code == "certificate_unreadable"
    assert login.requests == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"secret": "expired"}, "AADSTS7000222"),
        ({"secret": "wrong"}, "AADSTS7000215"),
        ({"client_id": "bbbbbbbb-0000-4000-8000-000000000002"}, "AADSTS700016"),
        ({"tenant_id": "99999999-9999-4999-8999-999999999999"}, "AADSTS90002"),
    ],
)
async def test_refused(login: LoginService, changes: dict[str, str], code: str) -> None:
    """What an administrator has to mend is told by its number."""
    with pytest.raises(CredentialsRefused) as refusal:
        await credentials(login, **changes).get(GRAPH)  # type: ignore[arg-type]

    assert refusal.value.code == code


@pytest.fixture
async def host(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[web.Request]]:
    """A host of containers that gives its identity's tokens; the requests it was sent."""
    asked: list[web.Request] = []

    async def token(request: web.Request) -> web.Response:
        asked.append(request)
        if request.query["client_id"] != APP_ID:
            return web.json_response({"statusCode": 400, "message": "No such identity."}, status=400)
        until = str(int(time.time()) + 3600)
        return web.json_response(
            {"access_token": f"of the host for {request.query['resource']}", "expires_on": until}
        )

    application = web.Application()
    application.router.add_get("/msi/token", token)
    server = TestServer(application)
    await server.start_server()
    monkeypatch.setenv("IDENTITY_ENDPOINT", str(server.make_url("/msi/token")))
    monkeypatch.setenv("IDENTITY_HEADER", "of this container")
    yield asked
    await server.close()


def managed(client_id: str = APP_ID) -> AppCredentials:
    return AppCredentials(client_id, TENANT_ID, ManagedIdentity(), clock=HeldClock())


async def test_managed_identity(host: list[web.Request]) -> None:
    """The host's identity gives the tokens of both scopes; nothing secret is sent but the host's own word."""
    provider: TokenProvider = managed()

    assert await provider.get(GRAPH) == "of the host for https://graph.microsoft.com"
    assert await provider.get(BOT) == "of the host for https://api.botframework.com"
    assert [request.headers["X-IDENTITY-HEADER"] for request in host] == ["of this container"] * 2
    assert await provider.get(GRAPH)
    assert len(host) == 2


async def test_managed_identity_unknown(host: list[web.Request]) -> None:
    """An identity the host does not have is a refusal."""
    with pytest.raises(CredentialsRefused):
        await managed("bbbbbbbb-0000-4000-8000-000000000002").get(GRAPH)


async def test_no_host(monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside Azure there is nobody to ask, which is said soon."""
    monkeypatch.setenv("IDENTITY_ENDPOINT", "http://127.0.0.1:9/msi/token")
    monkeypatch.setenv("IDENTITY_HEADER", "of this container")
    with pytest.raises(GraphUnavailable, match="managed identity: connection_refused"):
        await managed().get(GRAPH)


async def test_federated_token(login: LoginService, tmp_path: Path) -> None:
    """The token in the file is what is shown; it is read anew each time, as whoever wrote it replaces it."""
    path = tmp_path / "token"
    path.write_text("of Kubernetes\n", "ascii")
    login.trusted = {"of Kubernetes", "of an hour later"}
    provider = credentials(login, proof=FederatedToken(path))

    assert await provider.get(GRAPH) == f"token-1-for-{GRAPH}"
    path.write_text("of an hour later", "ascii")
    assert await provider.renew(GRAPH)
    assert [form["client_assertion"] for form in login.requests] == ["of Kubernetes", "of an hour later"]
    assert {form["client_assertion_type"] for form in login.requests} == {
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    }
    assert not any("client_secret" in form for form in login.requests)


async def test_federated_token_strange(login: LoginService, tmp_path: Path) -> None:
    """A token that the app registration does not trust is refused by its number."""
    path = tmp_path / "token"
    path.write_text("of somebody else", "ascii")
    login.trusted = {"of Kubernetes"}

    with pytest.raises(CredentialsRefused) as refusal:
        await credentials(login, proof=FederatedToken(path)).get(GRAPH)

    assert refusal.value.code == "AADSTS700213"


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe"], ids=str)
async def test_federated_token_unreadable(login: LoginService, tmp_path: Path, content: bytes | None) -> None:
    """A file without a token is a refusal to be mended, and nothing is asked."""
    path = tmp_path / "token"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CredentialsRefused) as refusal:
        await credentials(login, proof=FederatedToken(path)).get(GRAPH)

    assert refusal.value.code == "federated_token_unreadable"
    assert login.requests == []


async def test_federated_identity(login: LoginService, host: list[web.Request]) -> None:
    """The host's identity gives the token that stands in for a secret; the app's own comes from Entra."""
    login.trusted = {"of the host for api://AzureADTokenExchange"}
    provider = credentials(login, proof=FederatedIdentity(APP_ID))

    assert await provider.get(BOT) == f"token-1-for-{BOT}"
    assert [request.query["resource"] for request in host] == ["api://AzureADTokenExchange"]


async def test_federated_identity_unknown(login: LoginService, host: list[web.Request]) -> None:
    """An identity that the host does not have is a refusal, and Entra is not asked."""
    with pytest.raises(CredentialsRefused) as refusal:
        await credentials(login, proof=FederatedIdentity(TENANT_ID)).get(GRAPH)

    assert refusal.value.code == "managed_identity_refused"
    assert login.requests == []


@pytest.mark.parametrize(
    ("proof", "renewed"),
    [
        (Secret("x"), True),
        (Certificate(Path("x")), True),
        (ManagedIdentity(), False),
        (FederatedToken(Path("x")), False),
        (FederatedIdentity(APP_ID), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_ends(proof: Proof, renewed: bool) -> None:
    """Secrets and certificates are renewed by somebody; the rest renews itself."""
    assert ends(proof) is renewed


def text(status: int, body: str) -> Callable[[], web.Response]:
    return lambda: web.Response(status=status, text=body, content_type="application/json")


@pytest.mark.parametrize(
    ("metadata", "answer"),
    [
        (text(503, "busy"), None),
        (text(404, "<html>"), None),
        (text(200, "<html>"), None),
        (text(200, "{}"), None),
        (text(200, "[]"), None),
        (None, text(500, "oops")),
        (None, text(503, "busy")),
        (None, text(200, "<html>")),
        (None, text(200, "[]")),
        (None, text(200, '{"access_token": "t", "expires_in": "soon"}')),
        (None, text(400, '{"error": "temporarily_unavailable", "error_description": "AADSTS90033: wait"}')),
    ],
)
async def test_unavailable(
    login: LoginService,
    metadata: Callable[[], web.Response] | None,
    answer: Callable[[], web.Response] | None,
) -> None:
    """A login service that fails or talks nonsense is no fault of the credentials: try later."""
    login.metadata, login.answer = metadata, answer

    with pytest.raises(GraphUnavailable, match="login: "):
        await credentials(login).get(GRAPH)


async def test_unreachable(login: LoginService) -> None:
    """A login service that is not there is a reason to try later."""
    provider = AppCredentials(
        APP_ID, TENANT_ID, Secret(APP_SECRET), login_url="https://localhost:1", clock=HeldClock()
    )

    with pytest.raises(GraphUnavailable, match="login: connection_refused"):
        await provider.get(GRAPH)


async def test_too_slow(login: LoginService) -> None:
    """Nobody waits for a token beyond the deadline, whatever msal's thread is waiting for."""
    login.delay = 0.3
    provider = AppCredentials(
        APP_ID,
        TENANT_ID,
        Secret(APP_SECRET),
        login_url=login.url,
        clock=HeldClock(),
        timeout=timedelta(seconds=0.1),
    )

    with pytest.raises(GraphUnavailable, match="login: timeout"):
        await provider.get(GRAPH)


async def test_untrusted_server(login: LoginService, monkeypatch: pytest.MonkeyPatch) -> None:
    """A login service whose certificate nobody vouches for never sees the secret."""
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")

    with pytest.raises(GraphUnavailable, match="login: tls_failed"):
        await credentials(login).get(GRAPH)

    assert login.requests == []


async def test_secret_kept(login: LoginService) -> None:
    """The secret stands in no error and no repr, whatever goes wrong."""
    provider = credentials(login, secret="wrong-" + APP_SECRET)
    with pytest.raises(CredentialsRefused) as refusal:
        await provider.get(GRAPH)
    error: BaseException | None = refusal.value
    texts = [repr(provider), str(vars(provider))]
    while error is not None:
        texts += [str(error), repr(error)]
        error = error.__cause__ or error.__context__

    assert not any(APP_SECRET in each for each in texts)


async def test_kept_token_hidden(login: LoginService) -> None:
    """A token in memory stands in no repr."""
    provider = credentials(login)
    token = await provider.get(GRAPH)

    assert token not in str(vars(provider))


async def test_cached(login: LoginService) -> None:
    """A token is asked for once in its life, and again five minutes before its end."""
    clock = HeldClock()
    provider = credentials(login, clock=clock)

    first = await provider.get(GRAPH)
    clock.advance(timedelta(seconds=3599 - 301))
    assert await provider.get(GRAPH) == first
    clock.advance(timedelta(seconds=1))
    assert await provider.get(GRAPH) == f"token-2-for-{GRAPH}"


async def test_short_lived(login: LoginService) -> None:
    """A token that lives for less than the margin is still used for half its life."""
    login.expires_in = 60
    clock = HeldClock()
    provider = credentials(login, clock=clock)
    first = await provider.get(GRAPH)

    clock.advance(timedelta(seconds=29))
    assert await provider.get(GRAPH) == first
    clock.advance(timedelta(seconds=1))
    assert await provider.get(GRAPH) != first


async def test_single_flight(login: LoginService) -> None:
    """Fifty who ask at once make one request for each scope."""
    login.delay = 0.05
    provider = credentials(login)

    tokens = await asyncio.gather(*(provider.get(scope) for scope in [GRAPH, BOT] * 25))

    assert len(set(tokens)) == 2
    assert sorted(form["scope"] for form in login.requests) == [BOT, GRAPH]


async def test_failure_shared_not_kept(login: LoginService) -> None:
    """All who wait for one request share its failure; the next one asks anew."""
    login.answer = text(503, "busy")
    login.delay = 0.05
    provider = credentials(login)
    results = await asyncio.gather(*(provider.get(GRAPH) for _ in range(5)), return_exceptions=True)
    login.answer = None

    assert [type(result) for result in results] == [GraphUnavailable] * 5
    assert await provider.get(GRAPH) == f"token-2-for-{GRAPH}"


async def test_waiter_leaves(login: LoginService) -> None:
    """Somebody who gives up does not take the others' request with him."""
    login.delay = 0.1
    provider = credentials(login)
    first, second = (asyncio.create_task(provider.get(GRAPH)) for _ in range(2))
    await asyncio.sleep(0.02)
    first.cancel()

    assert await second == f"token-1-for-{GRAPH}"
    assert first.cancelled()


async def test_renew(login: LoginService) -> None:
    """A refused token is forgotten, and the new one is what everybody gets."""
    provider = credentials(login)
    first = await provider.get(GRAPH)

    renewed = await provider.renew(GRAPH)

    assert renewed != first
    assert await provider.get(GRAPH) == renewed
    assert len(login.requests) == 2


async def test_renewal_fails(login: LoginService) -> None:
    """A refused token does not come back because no other could be had."""
    provider = credentials(login)
    await provider.get(GRAPH)
    login.answer = text(503, "busy")
    with pytest.raises(GraphUnavailable):
        await provider.renew(GRAPH)
    login.answer = None

    assert await provider.get(GRAPH) == f"token-3-for-{GRAPH}"


async def test_loop_not_blocked(login: LoginService) -> None:
    """While the login service is slow, the program goes on."""
    login.delay = 1.0
    waiting = asyncio.create_task(credentials(login).get(GRAPH))
    turns = 0
    while not waiting.done():
        await asyncio.sleep(0.005)
        turns += 1

    assert await waiting
    # Held up, it would have had the first and the last.
    assert turns > 5


async def test_closed_in_flight(login: LoginService) -> None:
    """Closing ends what waits for a token."""
    login.delay = 0.2
    provider = credentials(login)
    waiting = asyncio.create_task(provider.get(GRAPH))
    await asyncio.sleep(0.05)

    await provider.close()

    with pytest.raises(asyncio.CancelledError):
        await waiting


@pytest.mark.parametrize("login_url", ["http://localhost", "localhost"])
def test_settings(login_url: str) -> None:
    """The login service is reached by https: anything else does not start, and says so without the secret."""
    with pytest.raises(ValueError, match="https") as refusal:
        AppCredentials(APP_ID, TENANT_ID, Secret(APP_SECRET), login_url=login_url, clock=HeldClock())

    assert APP_SECRET not in str(refusal.value)


@pytest.mark.parametrize(
    ("result", "code"),
    [
        ({"error": "invalid_scope"}, "invalid_scope"),
        ({"error": "invalid_client", "error_codes": [7000215]}, "AADSTS7000215"),
        (
            {"error": "invalid_client", "error_description": "AADSTS50034: x", "error_codes": [1]},
            "AADSTS50034",
        ),
        ({"access_token": ""}, ""),
        ({}, ""),
    ],
)
def test_refusal_code(result: dict[str, object], code: str) -> None:
    """The number is read wherever it stands, and OAuth's word taken where there is none."""
    with pytest.raises(CredentialsRefused) as refusal:
        decode_token(result)

    assert refusal.value.code == code


@pytest.mark.parametrize("result", [None, [], {"access_token": "t", "expires_in": "soon"}])
def test_broken_result(result: object) -> None:
    """What is neither a token nor a refusal is a fault of the service."""
    with pytest.raises(GraphUnavailable, match="broken answer"):
        decode_token(result)


def test_thumbprint_left_to_msal(tmp_path: Path) -> None:
    """No thumbprint is handed over: msal would take any that is given for SHA-1."""
    path = tmp_path / "app.pem"
    path.write_bytes(pem("app", certificate("app")))

    assert set(read_certificate(path)) == {"private_key", "public_certificate"}
