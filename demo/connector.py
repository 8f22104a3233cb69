"""The Bot Connector's REST API over conversations that live in memory: the side of Teams a bot talks to.

    POST   v3/conversations                                 open a 1:1, or a new thread in the channel
    POST   v3/conversations/{id}/activities                 say something
    POST   v3/conversations/{id}/activities/{activityId}    reply
    PUT    v3/conversations/{id}/activities/{activityId}    replace, for everybody
    DELETE v3/conversations/{id}/activities/{activityId}
    GET    v3/conversations/{id}/members[/{memberId}], v3/conversations/{id}/pagedmembers

A bot's message is bound by Teams' size limit; places, messages, views and listeners are all bounded.
Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler

from demo.company import DIRECTORY, TENANT_ID, Employee
from demo.conversations import (
    CARD,
    CHANNEL,
    EVENTS_WAITING,
    GROUP_CHAT,
    LISTENERS,
    MESSAGE_BYTES,
    MESSAGES_PER_PLACE,
    PLACES,
    TEAM_GROUP_ID,
    TEAM_ID,
    TEAM_NAME,
    Conversations,
    Json,
    Listener,
    Message,
    Place,
    Refused,
    View,
    member_of,
    personal_id,
)

__all__ = [
    "CARD",
    "CHANNEL",
    "EVENTS_WAITING",
    "GROUP_CHAT",
    "LISTENERS",
    "MESSAGES_PER_PLACE",
    "MESSAGE_BYTES",
    "PLACES",
    "TEAM_GROUP_ID",
    "TEAM_ID",
    "TEAM_NAME",
    "ConnectorRoutes",
    "Conversations",
    "Json",
    "Listener",
    "Message",
    "Place",
    "Refused",
    "View",
    "account_of",
    "add_connector",
    "personal_id",
]


def account_of(person: Employee) -> Json:
    """A Teams channel account."""
    family, _, given = person.name.partition(" ")
    return {
        "id": person.teams_id,
        "name": person.name,
        "aadObjectId": person.aad_object_id,
        "objectId": person.aad_object_id,
        "givenName": given,
        "surname": family,
        "email": person.mail,
        "userPrincipalName": person.user_principal_name or person.mail,
        "tenantId": TENANT_ID,
        "userRole": "user",
    }


def _create(conversations: Conversations, body: Json) -> Json:
    """Open what *body* (ConversationParameters) asks for: a 1:1, or a thread in the channel."""
    channel_data = body.get("channelData") or {}
    activity = body.get("activity")
    if channel := (channel_data.get("channel") or {}).get("id"):
        if not isinstance(activity, dict):
            raise Refused(400, "BadArgument", "A new thread needs its first activity.")
        place, _ = conversations.find_place(str(channel))
        message_id = conversations.post(place.id, {"type": "message", **activity})
        return {"id": f"{place.id};messageid={message_id}", "activityId": message_id}
    tenant = (channel_data.get("tenant") or {}).get("id") or body.get("tenantId")
    if tenant != TENANT_ID:
        raise Refused(403, "TenantNotAllowed", "The tenant is missing or not the bot's.")
    members = body.get("members") or []
    wanted = {members[0].get("id")} if len(members) == 1 else set()
    for person in DIRECTORY:
        if wanted & {person.teams_id, person.aad_object_id}:
            place, _ = conversations.find_place(personal_id(person))
            created: Json = {"id": place.id}
            if isinstance(activity, dict):
                created["activityId"] = conversations.post(place.id, {"type": "message", **activity})
            return created
    raise Refused(400, "BadArgument", "A conversation is made with exactly one known member.")


@dataclass(frozen=True)
class ConnectorRoutes:
    """The requests of a bot."""

    conversations: Conversations

    async def create(self, request: web.Request) -> web.Response:
        return web.json_response(_create(self.conversations, await _body(request)), status=201)

    async def post(self, request: web.Request) -> web.Response:
        activity = await _body(request)
        if request.query.get("isTargetedActivity") == "true":
            activity["recipient"] = {**(activity.get("recipient") or {}), "isTargeted": True}
        reply_to = request.match_info.get("activity") or activity.get("replyToId")
        sent = self.conversations.post(request.match_info["conversation"], activity, reply_to)
        return web.json_response({"id": sent}, status=201)

    async def update(self, request: web.Request) -> web.Response:
        info = request.match_info
        self.conversations.update(info["conversation"], info["activity"], await _body(request))
        return web.json_response({"id": info["activity"]})

    async def delete(self, request: web.Request) -> web.Response:
        info = request.match_info
        own = self.conversations.find_own(info["conversation"], info["activity"])
        self.conversations.remove(own)
        return web.Response()

    async def members(self, request: web.Request) -> web.Response:
        place, _ = self.conversations.find_place(request.match_info["conversation"])
        accounts = [account_of(person) for person in place.members]
        paged = request.path.endswith("/pagedmembers")
        return web.json_response({"members": accounts} if paged else accounts)

    async def member(self, request: web.Request) -> web.Response:
        place, _ = self.conversations.find_place(request.match_info["conversation"])
        return web.json_response(account_of(member_of(place, request.match_info["member"])))


def _served(act: Callable[[web.Request], Awaitable[web.Response]]) -> Handler:
    async def answer(request: web.Request) -> web.Response:
        try:
            return await act(request)
        except Refused as refused:
            error = {"code": refused.code, "message": str(refused)}
            return web.json_response({"error": error}, status=refused.status)

    return answer


def add_connector(app: web.Application, conversations: Conversations, prefix: str = "/_connector") -> None:
    """Serve the connector under *prefix*."""
    routes = ConnectorRoutes(conversations)
    one = f"{prefix}/v3/conversations/{{conversation}}"
    app.router.add_post(f"{prefix}/v3/conversations", _served(routes.create))
    app.router.add_post(f"{one}/activities", _served(routes.post))
    app.router.add_post(f"{one}/activities/{{activity}}", _served(routes.post))
    app.router.add_put(f"{one}/activities/{{activity}}", _served(routes.update))
    app.router.add_delete(f"{one}/activities/{{activity}}", _served(routes.delete))
    app.router.add_get(f"{one}/members", _served(routes.members))
    app.router.add_get(f"{one}/pagedmembers", _served(routes.members))
    app.router.add_get(f"{one}/members/{{member}}", _served(routes.member))


async def _body(request: web.Request) -> Json:
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Refused(400, "BadSyntax", "The body is not a JSON object.")
    return body
