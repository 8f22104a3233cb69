"""Tokens for the application itself: msal off the event loop, one request at a time per scope.

Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
"""

import asyncio
import re
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol, assert_never
from urllib.parse import urlsplit

import msal
import requests
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tracing.age import Instant, instant, is_over
from tracing.errors import CredentialsRefused, GraphUnavailable
from tracing.model import Clock
from tracing.proofs import Certificate, FederatedIdentity, FederatedToken, ManagedIdentity, Proof, Secret
from tracing.reaching import TIMEOUT, why

LOGIN_URL = "https://login.microsoftonline.com"

EARLY = timedelta(minutes=5)
"""A token is not handed out in its last minutes: it has to live through the call it is for."""

HTTP_TIMEOUT = timedelta(seconds=10)
"""For each of msal's requests: the tenant's metadata, then the token."""

FETCH_TIMEOUT = timedelta(seconds=30)
"""For both together: the most a caller waits for a token."""

EXCHANGE = "api://AzureADTokenExchange"
"""What a token is for that stands in for a secret:
https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations"""

IDENTITY_REFUSED = "managed_identity_refused"
"""CredentialsRefused says it where the host knows no such identity."""

_PASSING = frozenset({"temporarily_unavailable", "server_error"})
"""OAuth's words for a fault of the server: https://learn.microsoft.com/entra/identity-platform/reference-error-codes"""

_AADSTS = re.compile(r"AADSTS\d+")


class TokenProvider(Protocol):
    """Hands out access tokens; both methods raise CredentialsRefused or GraphUnavailable."""

    async def get(self, scope: str) -> str:
        """A token for *scope* that lives for some minutes yet."""

    async def renew(self, scope: str) -> str:
        """A token fetched anew, for when the one at hand was refused."""


@dataclass(frozen=True, repr=False)
class _Token:
    text: str
    since: Instant
    life: timedelta


class AppCredentials:
    """An app's own tokens, by whatever proves who it is."""

    def __init__(
        self,
        client_id: str,
        tenant_id: str,
        proof: Proof,
        *,
        login_url: str = LOGIN_URL,
        clock: Clock,
        timeout: timedelta = FETCH_TIMEOUT,
    ) -> None:
        """Raises ValueError unless *login_url* is https."""
        if urlsplit(login_url).scheme != "https":
            raise ValueError(f"the login service must be reached over https: {login_url}")
        authority = f"{login_url.rstrip('/')}/{tenant_id}"
        self._acquire = (
            _managed_acquirer(client_id)
            if isinstance(proof, ManagedIdentity)
            else _acquirer(client_id, authority, proof)
        )
        self._clock = clock
        self._timeout = timeout
        self._tokens: dict[str, _Token] = {}
        self._flights: dict[str, asyncio.Task[str]] = {}

    async def get(self, scope: str) -> str:
        """A token for *scope*, from memory when it lives for some minutes yet."""
        token = self._tokens.get(scope)
        if token is not None and not is_over(token.since, instant(self._clock), token.life):
            return token.text
        return await self._share(scope)

    async def renew(self, scope: str) -> str:
        """Forget the token for *scope* and fetch another."""
        self._tokens.pop(scope, None)
        return await self._share(scope)

    async def close(self) -> None:
        """End the fetches that may be under way; a thread in the network ends by its own timeout."""
        flights = list(self._flights.values())
        for flight in flights:
            flight.cancel()
        await asyncio.gather(*flights, return_exceptions=True)

    async def _share(self, scope: str) -> str:
        """Wait for the one fetch for *scope*, which goes on when a waiter gives up."""
        flight = self._flights.get(scope)
        if flight is None:
            flight = asyncio.create_task(self._fetch(scope), name=f"token for {scope}")
            self._flights[scope] = flight
            flight.add_done_callback(lambda done: self._land(scope, done))
        return await asyncio.shield(flight)

    def _land(self, scope: str, flight: asyncio.Task[str]) -> None:
        del self._flights[scope]
        # Looked at here, so that a failure nobody waited for any more is not reported as lost.
        if not flight.cancelled():
            flight.exception()

    async def _fetch(self, scope: str) -> str:
        begun = instant(self._clock)
        try:
            async with asyncio.timeout(self._timeout.total_seconds()):
                result = await asyncio.to_thread(self._acquire, scope)
        except TimeoutError:
            raise GraphUnavailable("login", TIMEOUT) from None
        text, lifetime = decode_token(result)
        # A token that lives hardly longer than the margin is still good for half its life.
        self._tokens[scope] = _Token(text, begun, max(lifetime - EARLY, lifetime / 2))
        return text


def decode_token(result: object) -> tuple[str, timedelta]:
    """The access token in msal's *result* and how long it lives.

    Raises: CredentialsRefused, GraphUnavailable.
    """
    if not isinstance(result, Mapping):
        raise GraphUnavailable("login: broken answer")
    text = result.get("access_token")
    if isinstance(text, str) and text:
        try:
            return text, timedelta(seconds=int(result.get("expires_in", 0)))
        except (TypeError, ValueError, OverflowError):
            raise GraphUnavailable("login: broken answer") from None
    error = str(result.get("error", ""))
    if error in _PASSING:
        raise GraphUnavailable(f"login: {error}")
    raise CredentialsRefused(_aadsts(str(result.get("error_description", ""))) or _numbered(result) or error)


def _numbered(result: Mapping[str, object]) -> str:
    codes = result.get("error_codes")
    return f"AADSTS{codes[0]}" if isinstance(codes, list) and codes else ""


def _aadsts(text: str) -> str:
    found = _AADSTS.search(text)
    return found[0] if found else ""


def _acquirer(
    client_id: str, authority: str, proof: Secret | Certificate | FederatedToken | FederatedIdentity
) -> Callable[[str], object]:
    """What asks the login service for a scope, blocking. The secret lives in it and nowhere else."""

    def acquire(scope: str) -> object:
        credential = _credential(proof)
        try:
            # Built anew each time, which costs one request an hour: nothing to share between threads, no
            # second cache below ours, and what was renewed in a file is taken up by itself.
            application = msal.ConfidentialClientApplication(
                client_id,
                client_credential=credential,
                authority=authority,
                instance_discovery=authority.startswith(f"{LOGIN_URL}/"),
                timeout=HTTP_TIMEOUT.total_seconds(),
            )
            with closing(application.http_client):
                return application.acquire_token_for_client([scope])
        except ValueError as error:
            raise _setup_fault(error) from None
        except (OSError, KeyError, TypeError, AttributeError, msal.exceptions.MsalError) as error:
            raise GraphUnavailable("login", why(error)) from None

    return acquire


def _credential(proof: Secret | Certificate | FederatedToken | FederatedIdentity) -> str | dict[str, Any]:
    """*proof* as msal takes it, read or fetched now. Raises: CredentialsRefused, GraphUnavailable."""
    match proof:
        case Secret(text):
            return text
        case Certificate(path):
            return read_certificate(path)
        case FederatedToken(path):
            assertion = read_assertion(path)
        case FederatedIdentity(client_id):
            assertion, _ = decode_token(_ask_host(client_id, EXCHANGE))
        case _:
            assert_never(proof)
    # msal wants it called for, as it may end; each application of ours lives for one request.
    return {"client_assertion": lambda: assertion}


class _Hurried(requests.Session):
    """A session of which no request takes longer than HTTP_TIMEOUT; msal's own has no end."""

    def request(self, *args: Any, **more: Any) -> requests.Response:
        return super().request(*args, **{"timeout": HTTP_TIMEOUT.total_seconds(), **more})


def _managed_acquirer(client_id: str) -> Callable[[str], object]:
    """What asks the host for its identity's token, blocking; nothing secret is kept."""
    return lambda scope: _ask_host(client_id, scope.removesuffix("/.default"))


def _ask_host(client_id: str, resource: str) -> object:
    """What the host says when asked for a token of its identity *client_id* for *resource*, blocking.

    Raises: CredentialsRefused: it has no such identity; GraphUnavailable: nobody answers.
    Source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
    """
    with _Hurried() as session:
        # The host is this machine's, or its link-local neighbour: no proxy stands between.
        session.trust_env = False
        try:
            application = msal.ManagedIdentityClient(
                msal.UserAssignedManagedIdentity(client_id=client_id), http_client=session
            )
            result: object = application.acquire_token_for_client(resource=resource)
        except (OSError, ValueError, msal.ManagedIdentityError) as error:
            raise GraphUnavailable("managed identity", why(error)) from None
    if isinstance(result, Mapping) and "access_token" not in result:
        raise CredentialsRefused(IDENTITY_REFUSED)
    return result


def _setup_fault(error: BaseException | None) -> CredentialsRefused | GraphUnavailable:
    """What msal means by a ValueError: the service's own words, if any, stand further down the chain."""
    while error is not None:
        if code := _aadsts(str(error)):
            return CredentialsRefused(code)
        error = error.__context__
    return GraphUnavailable("login: broken answer")


def read_certificate(path: Path) -> dict[str, Any]:
    """msal's credential from a PEM file of a private key and its certificate, in any order.

    Given the certificate and no thumbprint, msal signs PS256, names the SHA-256 thumbprint and sends the
    certificate along, so that trust by subject name works too.
    Raises: CredentialsRefused: the file cannot be read, or lacks one of the two.
    Source: https://learn.microsoft.com/entra/identity-platform/certificate-credentials
    """
    try:
        pem = path.read_bytes()
        load_pem_private_key(pem, password=None)
        x509.load_pem_x509_certificate(pem)
    except (OSError, ValueError, TypeError):
        raise CredentialsRefused("certificate_unreadable") from None
    text = pem.decode("ascii", errors="replace")
    return {"private_key": text, "public_certificate": text}


def read_assertion(path: Path) -> str:
    """The token in the file at *path*. Raises: CredentialsRefused: it cannot be read, or is empty."""
    try:
        text = path.read_text("ascii").strip()
    except (OSError, ValueError):
        text = ""
    if not text:
        raise CredentialsRefused("federated_token_unreadable")
    return text
