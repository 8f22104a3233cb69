"""What the internet would give: Bot Framework's keys and tokens, Entra's login, TLS, and a clock.

key = SigningKey("key-1")
async with OpenIdServer(key) as openid, ClientSession() as session:
    keys = Keys(session, clock, openid.metadata_url)
    verifier = TokenVerifier(keys, APP_ID, clock)
    await verifier.verify([key.bearer(clock.now(), serviceurl=connector_url)])
"""

import asyncio
import base64
import json
import ssl
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import Self

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from jwt.algorithms import RSAAlgorithm

APP_ID = "aaaaaaaa-0000-4000-8000-000000000001"
APP_SECRET = "s3cret~of.the-app"
TENANT_ID = "11111111-1111-4111-8111-111111111111"
SERVICE_URL = "https://smba.trafficmanager.net/emea/"
NOW = datetime(2026, 11, 23, 7, 36, tzinfo=UTC)


class HeldClock:
    """Meets `tracing.model.Clock`: time passes when told to, or when somebody sleeps."""

    def __init__(self, now: datetime = NOW) -> None:
        self._now = now
        self._steady = 0.0
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._steady

    def set_by(self, duration: timedelta) -> None:
        """The wall clock is set on by *duration*, or back; no time passes."""
        self._now += duration

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.advance(timedelta(seconds=seconds))

    def advance(self, duration: timedelta) -> None:
        self._now += duration
        self._steady += duration.total_seconds()


@cache
def private_key(name: str) -> RSAPrivateKey:
    """An RSA key, the same for the same *name*: making one takes a tenth of a second."""
    return generate_private_key(public_exponent=65537, key_size=2048)


def claims(now: datetime, **changes: object) -> dict[str, object]:
    """What Bot Framework says in a token of now, with *changes*; a claim changed to None is left out."""
    usual = {
        "iss": "https://api.botframework.com",
        "aud": APP_ID,
        "serviceurl": SERVICE_URL,
        "nbf": int(now.timestamp()),
        "exp": int((now + timedelta(hours=1)).timestamp()),
    }
    return {name: value for name, value in (usual | changes).items() if value is not None}


class SigningKey:
    """A key of Bot Framework's; `endorsements=None` leaves the property out of the published key."""

    def __init__(self, kid: str = "key-1", endorsements: Iterable[str] | None = ("msteams",)) -> None:
        self.kid = kid
        self.endorsements = endorsements

    @property
    def jwk(self) -> dict[str, object]:
        """The key as it is published."""
        entry: dict[str, object] = RSAAlgorithm.to_jwk(private_key(self.kid).public_key(), as_dict=True)
        entry |= {"kid": self.kid, "use": "sig"}
        return entry if self.endorsements is None else entry | {"endorsements": list(self.endorsements)}

    def sign(self, payload: Mapping[str, object], algorithm: str = "RS256", **header: object) -> str:
        """*payload* as a token; *header* goes over the usual `kid`."""
        return jwt.encode(
            dict(payload), private_key(self.kid), algorithm=algorithm, headers={"kid": self.kid, **header}
        )

    def bearer(self, now: datetime, **changes: object) -> str:
        """The Authorization header of a request sent *now*, with *changes* to the token's claims."""
        return f"Bearer {self.sign(claims(now, **changes))}"


class OpenIdServer:
    """Publishes *keys* as Bot Framework does; everything public may be changed at any time.

    `jwks` is a text to publish in the keys' stead.
    """

    def __init__(self, *keys: SigningKey) -> None:
        self.keys = list(keys)
        self.down = False
        self.fetches = 0
        self.jwks_uri: object = None
        self.jwks: str | None = None
        self._server = TestServer(self._application())

    @property
    def metadata_url(self) -> str:
        return str(self._server.make_url("/v1/.well-known/openidconfiguration"))

    async def __aenter__(self) -> Self:
        await self._server.start_server()
        self.jwks_uri = str(self._server.make_url("/v1/.well-known/keys"))
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._server.close()

    def _application(self) -> web.Application:
        application = web.Application()
        application.router.add_get("/v1/.well-known/openidconfiguration", self._metadata)
        application.router.add_get("/v1/.well-known/keys", self._jwks)
        return application

    async def _metadata(self, request: web.Request) -> web.Response:
        self.fetches += 1
        if self.down:
            raise web.HTTPServiceUnavailable
        return web.json_response({"issuer": "https://api.botframework.com", "jwks_uri": self.jwks_uri})

    async def _jwks(self, request: web.Request) -> web.Response:
        published = json.dumps({"keys": [key.jwk for key in self.keys]})
        return web.Response(text=published if self.jwks is None else self.jwks)


def certificate(name: str, *, ca: bool = False, signer: str | None = None) -> x509.Certificate:
    """A certificate of `private_key(name)` for this machine, signed by `private_key(signer)` or by itself."""
    subject, issuer = (
        x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])
        for common_name in (name, signer or name)
    )
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    key, signing_key = private_key(name), private_key(signer or name)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        # Python 3.13 believes no authority that does not say what its key is for.
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=False,
                key_encipherment=True,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=ca,
                crl_sign=ca,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), critical=False
        )
        .sign(signing_key, hashes.SHA256())
    )


def pem(name: str, *certificates: x509.Certificate) -> bytes:
    """`private_key(name)` and *certificates* as one PEM file holds them."""
    key = private_key(name).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return b"".join((key, *(each.public_bytes(Encoding.PEM) for each in certificates)))


class LocalTls:
    """TLS for servers on this machine: `server` for them, `client` or `ca_path` for who calls them."""

    def __init__(self, folder: Path) -> None:
        self.ca_path = folder / "ca.pem"
        self.ca_path.write_bytes(certificate("ca", ca=True).public_bytes(Encoding.PEM))
        server_path = folder / "server.pem"
        server_path.write_bytes(pem("server", certificate("server", signer="ca")))
        self.server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.server.load_cert_chain(server_path)
        self.client = ssl.create_default_context(cafile=str(self.ca_path))


class TlsServer:
    """Serves *application* as https://localhost, and ends without waiting for clients to say good-bye."""

    def __init__(self, application: web.Application, tls: LocalTls) -> None:
        # What a client keeps open for its next request would otherwise outlive the test's event loop.
        self._transports: set[asyncio.Transport] = set()
        application.middlewares.append(self._note_transport)
        self._server = TestServer(application, scheme="https", host="localhost")
        self._tls = tls

    @property
    def url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    async def __aenter__(self) -> Self:
        await self._server.start_server(ssl=self._tls.server)
        return self

    async def __aexit__(self, *exc: object) -> None:
        for transport in self._transports:
            transport.abort()
        await self._server.close()

    @web.middleware
    async def _note_transport(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        if isinstance(request.transport, asyncio.Transport):
            self._transports.add(request.transport)
        return await handler(request)


_TENANT_FAULT = {
    "error": "invalid_tenant",
    "error_description": "AADSTS90002: Tenant 'x' not found. Check to make sure of the tenant ID.",
    "error_codes": [90002],
}


def _fault(code: int, words: str, error: str = "invalid_client") -> dict[str, object]:
    return {"error": error, "error_description": f"AADSTS{code}: {words}", "error_codes": [code]}


class LoginService:
    """Entra's two endpoints for the tokens of APP_ID in TENANT_ID, which has APP_SECRET and `certificate`.

    `metadata` and `answer` replace what the endpoints say, `delay` holds a token back, in seconds. With
    `said` tokens can be read, as Entra's can, and say that. `trusted` are the federated tokens it takes.
    """

    def __init__(self, tls: LocalTls) -> None:
        self.certificate = certificate("app")
        self.requests: list[dict[str, str]] = []
        self.answer: Callable[[], web.Response] | None = None
        self.metadata: Callable[[], web.Response] | None = None
        self.delay = 0.0
        self.expires_in: object = 3599
        self.said: Callable[[], dict[str, object]] | None = None
        self.trusted: set[str] | None = None
        application = web.Application()
        application.router.add_get("/{tenant}/v2.0/.well-known/openid-configuration", self._metadata)
        application.router.add_post("/{tenant}/oauth2/v2.0/token", self._token)
        self._server = TlsServer(application, tls)

    @property
    def url(self) -> str:
        return self._server.url

    async def __aenter__(self) -> Self:
        await self._server.__aenter__()
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._server.__aexit__(*exc)

    async def _metadata(self, request: web.Request) -> web.Response:
        if self.metadata is not None:
            return self.metadata()
        tenant = request.match_info["tenant"]
        if tenant != TENANT_ID:
            return web.json_response(_TENANT_FAULT, status=400)
        base = f"{self.url}/{tenant}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.requests.append(form)
        await asyncio.sleep(self.delay)
        if self.answer is not None:
            return self.answer()
        refusal = self._judge(form)
        if refusal is not None:
            return web.json_response(refusal, status=401)
        token = f"token-{len(self.requests)}-for-{form['scope']}"
        if self.said is not None:
            token = jwt.encode(self.said(), "a key that nobody looks at, of a good length", algorithm="HS256")
        return web.json_response(
            {"token_type": "Bearer", "expires_in": self.expires_in, "access_token": token}
        )

    def _judge(self, form: dict[str, str]) -> dict[str, object] | None:
        if form["client_id"] != APP_ID:
            return _fault(700016, "Application not found in the directory.", "unauthorized_client")
        if "client_assertion" in form and self.trusted is not None:
            words = "No matching federated identity record found for presented assertion subject."
            return None if form["client_assertion"] in self.trusted else _fault(700213, words)
        if "client_assertion" in form:
            return self._judge_assertion(form["client_assertion"])
        if form["client_secret"] == "expired":
            return _fault(7000222, "The provided client secret keys are expired.")
        good = form["client_secret"] == APP_SECRET
        return None if good else _fault(7000215, "Invalid client secret provided.")

    def _judge_assertion(self, assertion: str) -> dict[str, object] | None:
        thumbprint = sha256(self.certificate.public_bytes(Encoding.DER)).digest()
        header = jwt.get_unverified_header(assertion)
        if header.get("x5t#S256") != base64.urlsafe_b64encode(thumbprint).decode():
            return _fault(700027, "The certificate used to sign the assertion is not registered.")
        audience = f"{self.url}/{TENANT_ID}/oauth2/v2.0/token"
        # Raises, and so answers 500, unless the signature is really the certificate's.
        said = jwt.decode(assertion, private_key("app").public_key(), algorithms=["PS256"], audience=audience)
        assert said["iss"] == said["sub"] == APP_ID
        return None
