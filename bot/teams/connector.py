"""The way out: messages to Teams through the Bot Connector, on one pooled session.

Activities are written by hand as JSON: a card stays the dict it is, which costs a tenth of the SDK's models.
Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import assert_never
from urllib.parse import quote

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_random,
    wait_random_exponential,
)
from yarl import URL

from bot.teams.wire import is_loopback, parse_url, read_json
from bot.turns import (
    Author,
    FileGiven,
    FileOffer,
    Message,
    Notice,
    Place,
    PlaceKind,
    Post,
    SendRefused,
)
from cards.elements import Card
from tracing.credentials import TokenProvider
from tracing.errors import GraphError
from tracing.model import Clock

SCOPE = "https://api.botframework.com/.default"
"""https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication"""

TEAMS_HOSTS = frozenset(
    {
        "smba.trafficmanager.net",
        "smba.onyx.prod.teams.trafficmanager.net",
        "teams.microsoft.com",
        "botframework.com",
    }
)
"""Where Microsoft's connectors live, each with the names below it; anybody can rent `*.trafficmanager.net`.

Source: https://learn.microsoft.com/dotnet/api/microsoft.agents.builder.outboundhostvalidatoroptions
"""

CARD_TYPE = "application/vnd.microsoft.card.adaptive"
CONSENT_TYPE = "application/vnd.microsoft.teams.card.file.consent"
FILE_TYPE = "application/vnd.microsoft.teams.card.file.info"
"""https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4"""

HEALING = frozenset({412, 429, 502, 504})
"""https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit"""

MAX_ATTEMPTS = 4
MAX_WAIT = timedelta(seconds=30)
"""A longer Retry-After is not waited for: whoever sends decides what becomes of the message."""

MAX_MEMBER_PAGES = 50
"""Of 500 people each: a team has at most 25,000."""

MAX_BYTES = 1_000_000
TIMEOUT = ClientTimeout(total=20, connect=5)

_BACKOFF = wait_random_exponential(multiplier=1, max=8)
_JITTER = wait_random(0, 1)
_SUB_CODE = re.compile(r'subCode\\*"\s*:\s*\\*"(\w+)')


class _Passing(SendRefused):
    """A refusal worth a retry within the call."""


@dataclass(frozen=True)
class Member:
    """A person in a conversation; what Teams does not say is "".

    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
    """

    teams_id: str
    aad_object_id: str
    name: str
    email: str
    user_principal_name: str
    tenant_id: str


@dataclass(frozen=True)
class _Reply:
    status: int
    content: Mapping[str, object]
    retry_after: timedelta | None


class Connector:
    """Meets `bot.turns.Notifier`. Without *tokens* it talks to loopback alone, with them to *hosts* alone."""

    def __init__(
        self,
        session: ClientSession,
        clock: Clock,
        tokens: TokenProvider | None,
        hosts: frozenset[str] = TEAMS_HOSTS,
    ) -> None:
        self._session = session
        self._clock = clock
        self._tokens = tokens
        self._hosts = hosts

    async def send(self, place: Place, post: Message) -> str:
        """Send *post* and return its activity id, "" when the connector names none."""
        return _text(await self._call("POST", place, _activities(place), _message(place, post)), "id")

    async def update(self, place: Place, activity_id: str, post: Post) -> None:
        """Replace, for everybody who sees it, what was sent as *activity_id*."""
        message = {"id": activity_id, **_message(place, post)}
        # Whose a targeted message is cannot be edited: Teams refuses an update that names a recipient.
        message.pop("recipient", None)
        await self._call("PUT", place, _activities(place, activity_id), message)

    async def delete(self, place: Place, activity_id: str) -> None:
        """Take back, from everybody, what was sent as *activity_id*."""
        await self._call("DELETE", place, _activities(place, activity_id))

    async def typing(self, place: Place) -> None:
        """Show that an answer is being prepared, for the few seconds that Teams shows it."""
        await self._call("POST", place, _activities(place), _activity(place, "typing"))

    async def open_private(self, place: Place, author: Author) -> Place:
        """The 1:1 of *author* with the bot that stands in *place*; the same one each time."""
        body = {
            "bot": {"id": place.bot_id},
            "members": [{"id": author.teams_id}],
            "tenantId": place.tenant_id,
            "channelData": {"tenant": {"id": place.tenant_id}},
            "isGroup": False,
        }
        conversation_id = _text(await self._call("POST", place, "/v3/conversations", body), "id")
        if not conversation_id:
            raise SendRefused(0, "NoConversationId")
        # The service URL stays the vouched one: what an answer names is vouched by nobody.
        return replace(place, conversation_id=conversation_id, kind=PlaceKind.PERSONAL, reader_id="")

    async def create_thread(self, place: Place, post: Post) -> tuple[Place, str]:
        """Begin a thread in the channel *place* with *post*: where its replies go, and the activity's id.

        Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
        """
        channel = place.conversation_id.partition(";messageid=")[0]
        body = {
            "isGroup": True,
            "bot": {"id": place.bot_id},
            "tenantId": place.tenant_id,
            "channelData": {"channel": {"id": channel}, "tenant": {"id": place.tenant_id}},
            "activity": _message(place, post),
        }
        found = await self._call("POST", place, "/v3/conversations", body)
        conversation_id, activity_id = _text(found, "id"), _text(found, "activityId")
        activity_id = activity_id or conversation_id.partition(";messageid=")[2]
        if not activity_id:
            raise SendRefused(0, "NoConversationId")
        return replace(place, conversation_id=f"{channel};messageid={activity_id}"), activity_id

    async def get_member(self, place: Place, teams_id: str) -> Member:
        """Who *teams_id* is; raises SendRefused with 404 when nobody of that id is in *place*."""
        # Members belong to the channel, not to one of its threads.
        conversation_id = place.conversation_id.partition(";messageid=")[0]
        path = f"/v3/conversations/{_quote(conversation_id)}/members/{_quote(teams_id)}"
        found = await self._call("GET", place, path)
        return Member(
            teams_id=_text(found, "id"),
            aad_object_id=_text(found, "aadObjectId") or _text(found, "objectId"),
            name=_text(found, "name"),
            email=_text(found, "email"),
            user_principal_name=_text(found, "userPrincipalName"),
            tenant_id=_text(found, "tenantId"),
        )

    async def is_member(self, place: Place, teams_id: str) -> bool:
        """Whether *teams_id* is in *place*."""
        try:
            return bool((await self.get_member(place, teams_id)).teams_id)
        except SendRefused as refusal:
            if refusal.status == 404:
                return False
            raise

    async def has_outsiders(self, place: Place) -> bool:
        """Whether guests, other tenants' people or anybody unknown are in *place*.

        Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/get-teams-context
        """
        conversation_id = place.conversation_id.partition(";messageid=")[0]
        path = f"/v3/conversations/{_quote(conversation_id)}/pagedmembers?pageSize=500"
        following = ""
        for _ in range(MAX_MEMBER_PAGES):
            found = await self._call("GET", place, path + following)
            members = found.get("members")
            # An empty answer tells of nobody, and so of nobody that they belong here.
            if (
                not isinstance(members, list)
                or not members
                or any(_is_outside(member, place) for member in members)
            ):
                return True
            token = _text(found, "continuationToken")
            if not token:
                return False
            following = f"&continuationToken={_quote(token)}"
        return True

    async def _call(
        self, method: str, place: Place, path: str, body: Mapping[str, object] | None = None
    ) -> Mapping[str, object]:
        """The connector's answer, after as many attempts as may help."""
        url = self._resolve(place.service_url, path)
        data = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        # One per call: tenacity keeps the state of a run on the object.
        retrying = AsyncRetrying(
            sleep=self._clock.sleep,
            wait=_wait,
            stop=stop_after_attempt(MAX_ATTEMPTS),
            retry=retry_if_exception(_heals),
            reraise=True,
        )
        return await retrying(self._attempt, method, url, data)

    def _resolve(self, service_url: str, path: str) -> URL:
        """The address of *path*; a service URL that may not have our token gets no message either."""
        base = parse_url(service_url)
        if base is None or not (is_loopback(base) if self._tokens is None else self._trusts(base)):
            raise SendRefused(0, "ServiceUrlNotAllowed")
        return URL(str(base).rstrip("/") + path, encoded=True)

    def _trusts(self, base: URL) -> bool:
        host = base.host or ""
        return base.scheme == "https" and any(
            host == name or host.endswith(f".{name}") for name in self._hosts
        )

    async def _attempt(self, method: str, url: URL, data: bytes | None) -> Mapping[str, object]:
        reply = await self._exchange(method, url, data, await self._token())
        if reply.status == 401 and self._tokens is not None:
            reply = await self._exchange(method, url, data, await self._token(renewed=True))
        if reply.status < 300:
            return reply.content
        code = _error_code(reply.content)
        if reply.status in HEALING:
            raise _Passing(reply.status, code, reply.retry_after)
        raise SendRefused(reply.status, code, reply.retry_after)

    async def _token(self, *, renewed: bool = False) -> str | None:
        if self._tokens is None:
            return None
        try:
            return await (self._tokens.renew(SCOPE) if renewed else self._tokens.get(SCOPE))
        except GraphError as error:
            raise SendRefused(0, type(error).__name__) from error

    async def _exchange(self, method: str, url: URL, data: bytes | None, token: str | None) -> _Reply:
        """One request, one answer. A broken connection is final: the message may have got through."""
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        if data is not None:
            headers["Content-Type"] = "application/json; charset=utf-8"
        try:
            # A redirect would carry the token to wherever it points.
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=TIMEOUT, allow_redirects=False
            ) as response:
                retry_after = _retry_after(response, self._clock.now())
                return _Reply(response.status, await _content(response), retry_after)
        except (ClientError, TimeoutError) as error:
            raise SendRefused(0, "Unreachable") from error


def _activities(place: Place, activity_id: str | None = None) -> str:
    """The path of *activity_id*, or of all; a targeted one is said to be such in the query.

    Source: https://learn.microsoft.com/microsoftteams/platform/agents-in-teams/targeted-messages
    """
    path = f"/v3/conversations/{_quote(place.conversation_id)}/activities"
    path = path if activity_id is None else f"{path}/{_quote(activity_id)}"
    return f"{path}?isTargetedActivity=true" if place.reader_id else path


def _is_outside(member: object, place: Place) -> bool:
    """Whether *member*, a Teams channel account, is not plainly somebody of the tenant."""
    if not isinstance(member, dict):
        return True
    guest = _text(member, "userRole").casefold() not in ("", "user", "owner")
    external = "#ext#" in _text(member, "userPrincipalName").casefold()
    return guest or external or _text(member, "tenantId").casefold() != place.tenant_id.casefold()


def _quote(text: str) -> str:
    return quote(text, safe="")


def _activity(place: Place, kind: str) -> dict[str, object]:
    return {"type": kind, "from": {"id": place.bot_id}, "conversation": {"id": place.conversation_id}}


def _message(place: Place, post: Message) -> dict[str, object]:
    message = _activity(place, "message")
    if place.reader_id:
        message["recipient"] = {"id": place.reader_id}
    if isinstance(post, Notice):
        return message | {"text": post.text, "textFormat": "plain"}
    return message | {"summary": post.summary, "attachments": [_attachment(post)]}


def _attachment(post: Card | FileOffer | FileGiven) -> dict[str, object]:
    match post:
        case Card(content=content):
            return {"contentType": CARD_TYPE, "content": content}
        case FileOffer():
            context = {"offer": post.offer}
            content = {
                "description": post.description,
                "sizeInBytes": post.size,
                "acceptContext": context,
                "declineContext": context,
            }
            return {"contentType": CONSENT_TYPE, "name": post.name, "content": content}
        case FileGiven(upload=upload):
            return {
                "contentType": FILE_TYPE,
                "contentUrl": upload.content_url,
                "name": upload.name,
                "content": {"uniqueId": upload.unique_id, "fileType": upload.file_type},
            }
        case _:
            assert_never(post)


async def _content(response: ClientResponse) -> Mapping[str, object]:
    """The answer's object, empty when there is none: the status has said what matters."""
    try:
        document = await read_json(response, MAX_BYTES)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}


def _text(content: Mapping[str, object], name: str) -> str:
    value = content.get(name)
    return value if isinstance(value, str) else ""


def _error_code(content: Mapping[str, object]) -> str:
    """The connector's word for a refusal; a `subCode`, wherever it is buried, says more than the code.

    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/send-proactive-messages
    """
    buried = _SUB_CODE.search(json.dumps(content))
    if buried:
        return buried[1]
    error = content.get("error")
    return _text(error, "code") if isinstance(error, dict) else ""


def _retry_after(response: ClientResponse, now: datetime) -> timedelta | None:
    """The Retry-After header, which holds seconds or a date; None when it is absent or makes no sense."""
    text = response.headers.get("Retry-After", "").strip()
    try:
        if text.isdecimal():
            return timedelta(seconds=int(text))
        return max(parsedate_to_datetime(text) - now, timedelta(0))
    except (ValueError, TypeError, OverflowError):
        return None


def _heals(error: BaseException) -> bool:
    return isinstance(error, _Passing) and (error.retry_after is None or error.retry_after <= MAX_WAIT)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome is not None else None
    if isinstance(error, _Passing) and error.retry_after is not None:
        return error.retry_after.total_seconds() + _JITTER(state)
    return _BACKOFF(state)
