"""Bot Framework's dispatch around the desk: its adapter, its turns, its activity handler.

The SDK's own adapters answer invokes with 500, block the loop for tokens and check too little, so this one
has only the pipeline; the door verifies, the connector sends.
Source: https://github.com/microsoft/botbuilder-python, archived
"""

from collections.abc import Mapping
from typing import Any, cast

from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from bot.teams.read import (
    read_arrival,
    read_composing,
    read_consent,
    read_departure,
    read_message,
    read_opened,
    read_submitted,
    read_tap,
)
from bot.turns import Desk, Notice, Post

_JSON = "json"
_ANSWER = "answer"
_MAX_TITLE = 64
_DISPATCHED = ("type", "id", "name", "action", "channelId")
CARD_ANSWER = "application/vnd.microsoft.card.adaptive"
TEXT_ANSWER = "application/vnd.microsoft.activity.message"
"""https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model#response-format"""


class TeamsAdapter(BotAdapter):
    """Runs a turn; the only thing a turn sends through it is the answer to an invoke."""

    async def process(self, activity: Mapping[str, Any], bot: "TeamsBot") -> InvokeResponse | None:
        """Dispatch *activity* and return what the HTTP response says, None for a plain 200."""
        # The SDK sees what it dispatches by; the rest is from outside, trips its models, and is read by us.
        known = {name: activity[name] for name in _DISPATCHED if isinstance(activity.get(name), str)}
        context = TurnContext(self, Activity().deserialize(known))
        context.turn_state[_JSON] = activity
        await self.run_pipeline(context, bot.on_turn)
        return cast("InvokeResponse | None", context.turn_state.get(_ANSWER))

    async def send_activities(
        self, context: TurnContext, activities: list[Activity]
    ) -> list[ResourceResponse]:
        for activity in activities:
            if activity.type != "invokeResponse":
                raise NotImplementedError("messages go through the connector")
            context.turn_state[_ANSWER] = activity.value
        return [ResourceResponse() for _ in activities]

    async def update_activity(self, context: TurnContext, activity: Activity) -> None:
        raise NotImplementedError("messages go through the connector")

    async def delete_activity(self, context: TurnContext, reference: ConversationReference) -> None:
        raise NotImplementedError("messages go through the connector")


class TeamsBot(ActivityHandler):
    """Hands each kind of activity to the desk; kinds it does not know pass by quietly."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await self._desk.hear(read_message(_json(turn_context)))

    async def on_installation_update(self, turn_context: TurnContext) -> None:
        """An upgrade (`add-upgrade`) is no arrival: people know the bot."""
        activity = _json(turn_context)
        if activity.get("action") == "add":
            await self._desk.arrive(read_arrival(activity))
        await self._depart(activity)

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Members and channels come and go; the SDK's own handler trips over a missing recipient."""
        await self._depart(_json(turn_context))

    async def _depart(self, activity: Mapping[str, Any]) -> None:
        departed = read_departure(activity)
        if departed is not None:
            await self._desk.depart(departed)

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        activity = _json(turn_context)
        body: dict[str, object]
        match activity.get("name"):
            case "adaptiveCard/action":
                body = _answer(await self._desk.tap(read_tap(activity)))
            case "fileConsent/invoke":
                await self._desk.consent(read_consent(activity))
                body = {}
            case "task/fetch" | "composeExtension/fetchTask":
                body = _dialog(await self._desk.open_dialog(read_opened(activity)))
            case "task/submit" | "composeExtension/submitAction":
                body = _dialog(await self._desk.submit_dialog(read_submitted(activity)))
            case "composeExtension/query":
                said = self._desk.compose(read_composing(activity)).text
                body = {"composeExtension": {"type": "message", "text": said}}
            case _:
                return InvokeResponse(status=400, body={"error": {"code": "NotSupported"}})
        return InvokeResponse(status=200, body=body)


def _json(context: TurnContext) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", context.turn_state[_JSON])


def _dialog(post: Post) -> dict[str, object]:
    """https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots"""
    if isinstance(post, Notice):
        return {"task": {"type": "message", "value": post.text}}
    card = {"contentType": CARD_ANSWER, "content": post.content}
    shown = {"title": post.summary[:_MAX_TITLE], "width": "medium", "height": "large", "card": card}
    return {"task": {"type": "continue", "value": shown}}


def _answer(post: Post) -> dict[str, object]:
    if isinstance(post, Notice):
        return {"statusCode": 200, "type": TEXT_ANSWER, "value": post.text}
    return {"statusCode": 200, "type": CARD_ANSWER, "value": post.content}
