"""What a Teams client sends about dialogs, and how it reads what the bot answers.

Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots
"""

from typing import Any

from demo.activities import marked_up
from demo.conversations import CARD, Json, Message

COMMAND = "traceMessage"
"""The command of the manifest's message action."""
_CONTEXT = {"theme": "default"}


def fetch_of(data: Any) -> tuple[str, Json]:
    """The invoke of a button that opens a dialog: its name and value."""
    return "task/fetch", {"data": data, "context": _CONTEXT}


def action_on(message: Message) -> tuple[str, Json]:
    """The invoke of the action in the menu of *message*."""
    text = str(message.activity.get("text") or "")
    body = {"contentType": "html", "content": f"<p>{marked_up(text)}</p>"}
    payload = {"id": message.id, "createdDateTime": message.at.isoformat(), "body": body}
    return "composeExtension/fetchTask", _command() | {"messagePayload": payload}


def sent_off(data: Any, *, on_message: bool) -> tuple[str, Json]:
    """The invoke of a dialog that is sent off, opened *on_message* or by a button."""
    if on_message:
        return "composeExtension/submitAction", _command() | {"data": data}
    return "task/submit", {"data": data, "context": _CONTEXT}


def read_dialog(body: Any) -> Json:
    """What the dialog shows of the bot's answer: a card and its title, or a line; "" ends it in silence."""
    task = body.get("task") if isinstance(body, dict) else None
    value = task.get("value") if isinstance(task, dict) else None
    if isinstance(value, dict):
        card = value.get("card")
        if isinstance(card, dict) and card.get("contentType") == CARD:
            return {"title": str(value.get("title") or ""), "card": card.get("content")}
    return {"text": value if isinstance(value, str) else ""}


def _command() -> Json:
    return {"commandId": COMMAND, "commandContext": "message", "context": _CONTEXT}
