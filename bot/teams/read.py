"""Activity JSON → the program's own turns. What does not fit is nobody's turn.

Source: https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.markup import spoken, without_hidden
from bot.turns import (
    Arrived,
    Author,
    Composing,
    Consented,
    Departed,
    Opened,
    Place,
    PlaceKind,
    Said,
    Submitted,
    Tapped,
    Turn,
    Upload,
)

MAX_ID = 512
MAX_NAME = 200
MAX_MENTIONED = 20
MAX_CONTENT = 60_000
HTML_TYPE = "text/html"
MAX_URL = 4_096
_TEAM_GONE = frozenset({"teamDeleted", "teamHardDeleted", "teamArchived"})


class NotATurn(Exception):
    """The activity lacks what every turn has."""


def read_turn(activity: Mapping[str, object]) -> Turn:
    """What every turn has: who, where, in which language and zone. Raises: NotATurn."""
    conversation = _object(activity, "conversation")
    author = _object(activity, "from")
    return Turn(
        activity_id=_required(activity, "id"),
        place=Place(
            service_url=_required(activity, "serviceUrl"),
            conversation_id=_required(conversation, "id"),
            kind=_kind(_text(conversation, "conversationType")),
            tenant_id=_tenant(activity, conversation),
            bot_id=_text(_object(activity, "recipient"), "id"),
            name=_place_name(activity, conversation),
            team_id=_text(_object(_object(activity, "channelData"), "team"), "id"),
        ),
        author=Author(
            teams_id=_required(author, "id"),
            aad_object_id=_text(author, "aadObjectId") if _is_person(author) else "",
            name=_text(author, "name"),
        ),
        locale=_text(activity, "locale"),
        time_zone=_text(activity, "localTimezone") or _client_zone(activity),
        targeted=_object(activity, "recipient").get("isTargeted") is True,
    )


def _is_person(author: Mapping[str, object]) -> bool:
    """Whether *author* is no other bot, which the directory may well know: agents have accounts there."""
    return _text(author, "role").casefold() in ("", "user") and not _text(author, "id").startswith("28:")


def read_message(activity: Mapping[str, object]) -> Said | Tapped:
    """A message: words, or the tap of a client that knows no `Action.Execute`. Raises: NotATurn."""
    turn = read_turn(activity)
    value = activity.get("value")
    if isinstance(value, Mapping) and not _text(activity, "text"):
        return _tapped(turn, activity, _text(value, "verb"), value, invoked=False)
    words = spoken(_text(activity, "text", None), _markup(activity), _own_names(activity, turn.place.bot_id))
    mentioned = _mentioned(activity, turn.place.bot_id, words)
    return Said(*_common(turn), words, mentioned, targeted=turn.targeted)


def read_tap(activity: Mapping[str, object]) -> Tapped:
    """An `adaptiveCard/action` invoke. Raises: NotATurn."""
    action = _object(_object(activity, "value"), "action")
    return _tapped(read_turn(activity), activity, _text(action, "verb"), action.get("data"), invoked=True)


def read_consent(activity: Mapping[str, object]) -> Consented:
    """A `fileConsent/invoke`; whatever is no clear yes is a no. Raises: NotATurn.

    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4
    """
    turn = read_turn(activity)
    value = _object(activity, "value")
    info = _object(value, "uploadInfo")
    upload = Upload(
        upload_url=_text(info, "uploadUrl", MAX_URL),
        content_url=_text(info, "contentUrl", MAX_URL),
        name=_text(info, "name"),
        unique_id=_text(info, "uniqueId"),
        file_type=_text(info, "fileType"),
    )
    return Consented(
        *_common(turn),
        card_activity_id=_text(activity, "replyToId"),
        offer=_text(_object(value, "context"), "offer"),
        upload=upload if _text(value, "action") == "accept" else None,
    )


def read_arrival(activity: Mapping[str, object]) -> Arrived:
    """An `installationUpdate` that adds the bot. Raises: NotATurn."""
    return Arrived(*_common(read_turn(activity)))


def read_opened(activity: Mapping[str, object]) -> Opened:
    """A `task/fetch` or `composeExtension/fetchTask`, with the words of its message. Raises: NotATurn."""
    body = _object(_object(_object(activity, "value"), "messagePayload"), "body")
    content = _text(body, "content", MAX_CONTENT)
    is_html = _text(body, "contentType").lower() == "html"
    words = spoken("" if is_html else content, content if is_html else None, ())
    return Opened(*_common(_dialog_turn(activity)), words)


def read_submitted(activity: Mapping[str, object]) -> Submitted:
    """A `task/submit` or `composeExtension/submitAction`. Raises: NotATurn."""
    data = _object(_object(activity, "value"), "data")
    return Submitted(*_common(_dialog_turn(activity)), verb=_text(data, "verb"), data=data)


def read_composing(activity: Mapping[str, object]) -> Composing:
    """A `composeExtension/query`. Raises: NotATurn."""
    return Composing(*_common(_dialog_turn(activity)))


def _dialog_turn(activity: Mapping[str, object]) -> Turn:
    """What every turn has; an extension is used in chats the bot is not in, so none counts as its 1:1."""
    turn = read_turn(activity)
    if _text(activity, "name").startswith("composeExtension/"):
        return replace(turn, place=replace(turn.place, kind=PlaceKind.GROUP_CHAT))
    return turn


def read_departure(activity: Mapping[str, object]) -> Departed | None:
    """An `installationUpdate` or a `conversationUpdate` by which the bot is gone from a place, else None.

    Raises: NotATurn.
    Source: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events
    """
    channel_data = _object(activity, "channelData")
    event, bot_id = _text(channel_data, "eventType"), _text(_object(activity, "recipient"), "id")
    removed = any(_text(member, "id") == bot_id for member in _list(activity, "membersRemoved"))
    if _text(activity, "type") == "installationUpdate":
        removed = _text(activity, "action") == "remove"
    if event == "channelDeleted":
        # It is told of in the team's own conversation.
        turn = read_turn(activity)
        channel = replace(turn.place, conversation_id=_required(_object(channel_data, "channel"), "id"))
        return Departed(*_common(replace(turn, place=channel)), whole_team=False)
    if not removed and event not in _TEAM_GONE:
        return None
    turn = read_turn(activity)
    return Departed(*_common(turn), whole_team=turn.place.kind is PlaceKind.CHANNEL)


def _common(turn: Turn) -> tuple[str, Place, Author, str, str]:
    """What every kind of turn begins with."""
    return turn.activity_id, turn.place, turn.author, turn.locale, turn.time_zone


def _tapped(turn: Turn, activity: Mapping[str, object], verb: str, data: object, *, invoked: bool) -> Tapped:
    return Tapped(
        *_common(turn),
        card_activity_id=_text(activity, "replyToId"),
        verb=verb,
        data=data,
        invoked=invoked,
        targeted=turn.targeted,
    )


def _own_names(activity: Mapping[str, object], bot_id: str) -> Sequence[str]:
    """The names under which this bot is mentioned; other people may have the same, so the id decides."""
    names = []
    for entity in _list(activity, "entities"):
        mentioned = _object(entity, "mentioned")
        if _text(entity, "type") == "mention" and bot_id and _text(mentioned, "id") == bot_id:
            shown = spoken(_text(entity, "text"), None, ())
            names += [shown, _text(mentioned, "name")]
    # A name in two parts is removed as a whole, not by its first part.
    return sorted(dict.fromkeys(filter(None, names)), key=len, reverse=True)


def _mentioned(activity: Mapping[str, object], bot_id: str, words: str) -> tuple[Author, ...]:
    """The other people mentioned, by the names in *words*, which people may shorten in Teams.

    A mention without text uses the person's full name; one in several parts counts once.
    """
    found: list[Author] = []
    for entity in _list(activity, "entities")[:MAX_MENTIONED]:
        mentioned = _object(entity, "mentioned")
        teams_id, name = _text(mentioned, "id"), spoken(_text(entity, "text"), None, ())
        name = name or without_hidden(_text(mentioned, "name")).strip()
        if _text(entity, "type") != "mention" or not teams_id or teams_id == bot_id or not name:
            continue
        before = found[-1] if found else None
        both = f"{before.name} {name}" if before is not None and before.teams_id == teams_id else ""
        if both and both in " ".join(words.split()):
            found[-1] = replace(found[-1], name=both)
        else:
            found.append(Author(teams_id, _text(mentioned, "aadObjectId"), name))
    return tuple(found)


def _markup(activity: Mapping[str, object]) -> str | None:
    for attachment in _list(activity, "attachments"):
        if _text(attachment, "contentType") == HTML_TYPE:
            return _text(attachment, "content", None)
    return None


def _client_zone(activity: Mapping[str, object]) -> str:
    info = (e for e in _list(activity, "entities") if _text(e, "type") == "clientInfo")
    return next((_text(entity, "timezone") for entity in info), "")


def _kind(name: str) -> PlaceKind:
    """An unknown kind of place counts as public: nothing private is shown there."""
    try:
        return PlaceKind(name)
    except ValueError:
        return PlaceKind.CHANNEL


def _place_name(activity: Mapping[str, object], conversation: Mapping[str, object]) -> str:
    channel_data = _object(activity, "channelData")
    names = (_text(_object(channel_data, part), "name") for part in ("channel", "team"))
    return next(filter(None, names), "") or _text(conversation, "name")


def _tenant(activity: Mapping[str, object], conversation: Mapping[str, object]) -> str:
    tenant = _object(_object(activity, "channelData"), "tenant")
    return _text(tenant, "id") or _text(conversation, "tenantId")


def _object(item: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = item.get(name)
    return value if isinstance(value, Mapping) else {}


def _list(item: Mapping[str, object], name: str) -> Sequence[Mapping[str, object]]:
    value = item.get(name)
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def _text(item: Mapping[str, object], name: str, limit: int | None = MAX_NAME) -> str:
    """The string under *name*, fit for a database: no lone surrogate, no NUL."""
    value = item.get(name)
    if not isinstance(value, str):
        return ""
    limit = MAX_ID if limit == MAX_NAME and name in ("id", "serviceUrl", "replyToId") else limit
    return value[:limit].encode("utf-8", "replace").decode().replace("\x00", "")


def _required(item: Mapping[str, object], name: str) -> str:
    value = _text(item, name)
    if not value or len(value) == MAX_ID:
        raise NotATurn(name)
    return value
