"""Bot Framework's dispatch around the desk: its adapter, its turns, its activity handler.

The SDK's own adapters answer invokes with 500, block the loop for tokens and check too little, so this one
has only the pipeline; the door verifies, the connector sends.
Source: https://github.com/microsoft/botbuilder-python, archived
"""

from collections.abc import Mapping
from typing import Any, cast

from botbuilder.core import ActivityHandler, BotAdapter, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ConversationReference, ResourceResponse

from bot.teams.read import CONSENT_NAME, TAP_NAME, read_arrival, read_consent, read_message, read_tap
from bot.turns import Desk, Notice, Post

_JSON = "json"
_ANSWER = "answer"
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

    async def on_installation_update_add(self, turn_context: TurnContext) -> None:
        await self._desk.arrive(read_arrival(_json(turn_context)))

    async def on_conversation_update_activity(self, turn_context: TurnContext) -> None:
        """Members and channels come and go; the SDK's own handler trips over a missing recipient."""

    async def on_invoke_activity(self, turn_context: TurnContext) -> InvokeResponse:
        activity = _json(turn_context)
        if activity.get("name") == CONSENT_NAME:
            await self._desk.consent(read_consent(activity))
            return InvokeResponse(status=200, body={})
        if activity.get("name") != TAP_NAME:
            return InvokeResponse(status=400, body={"error": {"code": "NotSupported"}})
        return InvokeResponse(status=200, body=_answer(await self._desk.tap(read_tap(activity))))


def _json(context: TurnContext) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", context.turn_state[_JSON])


def _answer(post: Post) -> dict[str, object]:
    if isinstance(post, Notice):
        return {"statusCode": 200, "type": TEXT_ANSWER, "value": post.text}
    return {"statusCode": 200, "type": CARD_ANSWER, "value": post.content}
