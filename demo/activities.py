"""What Teams sends a bot: values in, activities out, shaped as the service shapes them.

Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages
"""

import html
import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from demo.company import BOT_ID, BOT_NAME, DIRECTORY, TENANT_ID, Employee
from demo.conversations import CHANNEL, TEAM_GROUP_ID, TEAM_ID, TEAM_NAME, Json, Place

MENTION = f"@{BOT_NAME}"
_EMPHASIS = re.compile(r"(?<!\S)(\*{1,2})(?=[^\s*])([^\n]*?)(?<!\*)\1(?!\*)")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Client:
    """What a Teams client tells about itself: `timezone` is an IANA name."""

    locale: str = "en-US"
    timezone: str = "UTC"


@dataclass(frozen=True)
class Scene:
    """Who does something, where, when, with what client; `service_url` is where the bot may answer."""

    person: Employee
    place: Place
    client: Client
    service_url: str
    now: datetime
    thread: str | None = None


def plain(scene: Scene, kind: str) -> Json:
    """What every activity carries."""
    place = scene.place
    conversation: Json = {"conversationType": place.kind, "tenantId": TENANT_ID, "id": place.id}
    channel_data: Json = {"tenant": {"id": TENANT_ID}}
    if place.kind != "personal":
        conversation["isGroup"] = True
    if place.kind == "channel":
        channel_data |= {"team": {"id": TEAM_ID}, "channel": {"id": CHANNEL.id}}
        if scene.thread:
            conversation["id"] += f";messageid={scene.thread}"
    moment = scene.now.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds")
    return {
        "type": kind,
        "id": str(uuid.uuid4()),
        "timestamp": f"{moment}Z",
        "channelId": "msteams",
        "serviceUrl": scene.service_url,
        "from": {"id": scene.person.teams_id, "aadObjectId": scene.person.aad_object_id},
        "recipient": {"id": BOT_ID, "name": BOT_NAME},
        "conversation": conversation,
        "channelData": channel_data,
    }


def arrival(scene: Scene) -> tuple[Json, Json]:
    """The bot is installed at this place (installationUpdate) and joins it (conversationUpdate)."""
    place, locale = scene.place, scene.client.locale
    installed = plain(scene, "installationUpdate") | {
        "action": "add",
        "locale": locale,
        "entities": [{"type": "clientInfo", "locale": locale}],
    }
    installed["channelData"] |= {
        "source": {"name": "message"},
        "settings": {"selectedChannel": {"id": place.id}},
    }
    bot = {"id": BOT_ID}
    joined = plain(scene, "conversationUpdate") | {"membersAdded": [bot]}
    if place.kind == "personal":
        joined["membersAdded"] = [installed["from"], bot]
    if place.kind == "channel":
        team = {"id": TEAM_ID, "name": TEAM_NAME, "aadGroupId": TEAM_GROUP_ID}
        installed["channelData"]["team"] = team
        joined["conversation"]["id"] = TEAM_ID
        joined["channelData"] |= {"team": team, "eventType": "teamMemberAdded"}
    return installed, joined


def spoken(scene: Scene, kind: str) -> Json:
    """What a message or an invoke carries besides: the name, the local time, the language."""
    client = scene.client
    activity = plain(scene, kind)
    activity["from"]["name"] = scene.person.name
    local = scene.now.astimezone(ZoneInfo(client.timezone))
    activity |= {
        "localTimestamp": local.isoformat(timespec="milliseconds"),
        "localTimezone": client.timezone,
        "locale": client.locale,
        "entities": [
            {
                "type": "clientInfo",
                "locale": client.locale,
                "country": client.locale.rpartition("-")[2],
                "platform": "Web",
                "timezone": client.timezone,
            }
        ],
    }
    return activity


def typed(scene: Scene, text: str) -> Json:
    """The message *text*, in shared places behind a mention, with its html twin.

    In a 1:1 Teams drops from the text what looks like a tag; the html keeps it, escaped. Two words led by
    asterisks become emphasis: the asterisks are gone from the text, and marks in the html.
    """
    activity = spoken(scene, "message") | {"textFormat": "plain"}
    body = marked_up(text)
    text = _EMPHASIS.sub(r"\2", text)
    if scene.place.kind != "personal":
        text, body = _mentioning(activity, text, body)
    if scene.place.kind == "personal":
        activity["text"] = re.sub(r"<[^<>]*>", "", text)
    else:
        mention = f"<at>{BOT_NAME}</at>"
        activity["text"] = f"{mention} {text}"
        mentioned = {"id": BOT_ID, "name": BOT_NAME}
        activity["entities"].insert(0, {"type": "mention", "mentioned": mentioned, "text": mention})
        body = f"{_span(0)}{BOT_NAME}</span>&nbsp;{body}"
    if scene.place.kind == "channel":
        activity["channelData"] |= {"teamsChannelId": CHANNEL.id, "teamsTeamId": TEAM_ID}
    activity["attachments"] = [{"contentType": "text/html", "content": f"<p>{body}</p>"}]
    return activity


def _mentioning(activity: Json, text: str, body: str) -> tuple[str, str]:
    """*text* and *body* with each “@” before somebody's name as the mention that picking them makes of it."""
    for person in DIRECTORY:
        if f"@{person.name}" in text:
            mention = f"<at>{person.name}</at>"
            mentioned = {"id": person.teams_id, "name": person.name}
            activity["entities"].append({"type": "mention", "mentioned": mentioned, "text": mention})
            text = text.replace(f"@{person.name}", mention)
            body = body.replace(f"@{person.name}", f"{_span(len(activity['entities']))}{person.name}</span>")
    return text, body


def _span(number: int) -> str:
    return f'<span itemtype="http://schema.skype.com/Mention" itemscope="" itemid="{number}">'


def marked_up(text: str) -> str:
    """The html that Teams' box makes of *text*: `*` in pairs is emphasis, an address is a link."""
    body = _ADDRESS.sub(r'<a href="mailto:\g<0>">\g<0></a>', html.escape(text, quote=False))

    def emphasis(found: re.Match[str]) -> str:
        tag = "em" if found[1] == "*" else "strong"
        return f"<{tag}>{found[2]}</{tag}>"

    return _EMPHASIS.sub(emphasis, body).replace("\n", "<br>")


def pressed(scene: Scene, message_id: str, value: object) -> Json:
    """An Action.Submit of the card in *message_id*."""
    activity = spoken(scene, "message") | {"replyToId": message_id, "value": value}
    activity["channelData"]["source"] = {"name": "message"}
    return activity


def invoked(scene: Scene, message_id: str, name: str, value: Json) -> Json:
    """An invoke that comes from *message_id*, and waits for its HTTP answer."""
    return pressed(scene, message_id, value) | {"type": "invoke", "name": name}
