"""Who knocks: whether a request really comes from Teams, for this bot, from an allowed tenant.

In two steps, because the body is not to be parsed for strangers: `Verifier.verify` sees the header alone, and
`admit` then holds the parsed activity against what the token vouched for.

Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeGuard

import jwt
from jwt.types import Options
from yarl import URL

from bot.teams.keys import Key, Keys
from bot.teams.wire import is_loopback, is_safe, parse_url, same_url
from tracing.model import Clock

ISSUER = "https://api.botframework.com"
ALGORITHM = "RS256"
CHANNEL_ID = "msteams"

LEEWAY = timedelta(minutes=5)
"""What the page above allows clocks to differ by."""

MAX_TOKEN_CHARS = 8192


class Refused(Exception):
    """The request is not let in: answer *status*; *reason* is a few fixed words, for counters and the log."""

    def __init__(self, status: Literal[401, 403], reason: str) -> None:
        super().__init__(status, reason)
        self.status = status
        self.reason = reason


@dataclass(frozen=True)
class Principal:
    """What the token alone vouches for; `service_url` is None when nobody did: then only loopback will do."""

    service_url: str | None
    app_id: str
    endorsements: frozenset[str]


class Verifier(Protocol):
    """The first half of the door."""

    async def verify(self, authorization: Sequence[str]) -> Principal:
        """Who sent a request with these Authorization headers, all of them. Raises: Refused."""


class Anonymous:
    """Lets everybody in, to talk about this machine only: for the demonstration on loopback."""

    async def verify(self, authorization: Sequence[str]) -> Principal:
        return Principal(service_url=None, app_id="", endorsements=frozenset({CHANNEL_ID}))


class TokenVerifier:
    """Asks for a token of Bot Framework, made out to *app_id*."""

    def __init__(self, keys: Keys, app_id: str, clock: Clock) -> None:
        if not app_id:
            raise ValueError("without an app id any bot's token would do")
        self._keys = keys
        self._app_id = app_id
        self._clock = clock

    async def verify(self, authorization: Sequence[str]) -> Principal:
        token = _bearer(authorization)
        key = await self._keys.find(_key_id(token))
        if key is None:
            raise Refused(401, "unknown key")
        claims = _claims(token, key, self._app_id)
        _check_times(claims, self._clock.now())
        service_url = claims.get("serviceurl")
        if not isinstance(service_url, str) or not service_url:
            raise Refused(401, "no service url in token")
        # The vendor's page asks for 403 here: the token is good, the channel is not.
        if CHANNEL_ID not in key.endorsements:
            raise Refused(403, "key not endorsed")
        return Principal(service_url, self._app_id, key.endorsements)


def admit(principal: Principal, activity: Mapping[str, object], tenant_ids: Set[str]) -> None:
    """Hold *activity* against what the token vouched for. Raises: Refused with 403.

    Every tenant it names must be one of *tenant_ids*, and it must name one.
    """
    channel_id = activity.get("channelId")
    if channel_id != CHANNEL_ID or channel_id not in principal.endorsements:
        raise Refused(403, "other channel")
    url = parse_url(activity.get("serviceUrl"))
    if url is None or not is_safe(url) or not _vouched(principal, url):
        raise Refused(403, "other service url")
    allowed = {tenant_id.lower() for tenant_id in tenant_ids}
    tenants = _tenants(activity)
    if not tenants:
        raise Refused(403, "no tenant")
    if not all(isinstance(tenant, str) and tenant.lower() in allowed for tenant in tenants):
        raise Refused(403, "other tenant")


def _vouched(principal: Principal, url: URL) -> bool:
    if principal.service_url is None:
        return is_loopback(url)
    claimed = parse_url(principal.service_url)
    return claimed is not None and same_url(claimed, url)


def _tenants(activity: Mapping[str, object]) -> list[object]:
    """The tenant ids that stand in *activity*, as they stand there."""
    channel_data, conversation = activity.get("channelData"), activity.get("conversation")
    tenant = channel_data.get("tenant") if isinstance(channel_data, Mapping) else None
    found = (
        tenant.get("id") if isinstance(tenant, Mapping) else None,
        conversation.get("tenantId") if isinstance(conversation, Mapping) else None,
    )
    return [tenant_id for tenant_id in found if tenant_id is not None]


def _bearer(authorization: Sequence[str]) -> str:
    if not authorization:
        raise Refused(401, "no token")
    if len(authorization) > 1:
        raise Refused(401, "more than one token")
    scheme, _, token = authorization[0].partition(" ")
    if scheme.lower() != "bearer":
        raise Refused(401, "other scheme")
    if not token or len(token) > MAX_TOKEN_CHARS:
        raise Refused(401, "garbage")
    return token


def _key_id(token: str) -> str:
    """The id of the key that *token* says it is signed with, once its algorithm is the one we take."""
    try:
        header = jwt.get_unverified_header(token)
    except (jwt.PyJWTError, UnicodeError):
        # Unicode: header bytes that were no UTF-8 arrive as lone surrogates, which cannot be encoded.
        raise Refused(401, "garbage") from None
    if header.get("alg") != ALGORITHM:
        raise Refused(401, "other algorithm")
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise Refused(401, "unknown key")
    return kid


def _claims(token: str, key: Key, app_id: str) -> Mapping[str, object]:
    # Times are checked with our own clock: PyJWT knows only the machine's.
    options: Options = {
        "require": ["exp", "nbf", "iss", "aud"],
        "verify_exp": False,
        "verify_nbf": False,
        "verify_iat": False,
        "strict_aud": True,
    }
    try:
        return jwt.decode(
            token, key.public_key, algorithms=[ALGORITHM], audience=app_id, issuer=ISSUER, options=options
        )
    except jwt.InvalidSignatureError:
        raise Refused(401, "bad signature") from None
    except jwt.InvalidAudienceError:
        raise Refused(401, "other audience") from None
    except jwt.InvalidIssuerError:
        raise Refused(401, "other issuer") from None
    except jwt.MissingRequiredClaimError:
        raise Refused(401, "claim missing") from None
    except jwt.PyJWTError:
        raise Refused(401, "garbage") from None


def _check_times(claims: Mapping[str, object], now: datetime) -> None:
    expires, begins = claims["exp"], claims["nbf"]
    if not _is_number(expires) or not _is_number(begins):
        raise Refused(401, "garbage")
    leeway = LEEWAY.total_seconds()
    # Written so that a NaN, which compares as false, is refused.
    if not expires > now.timestamp() - leeway:
        raise Refused(401, "expired")
    if not begins <= now.timestamp() + leeway:
        raise Refused(401, "not yet valid")


def _is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
