"""A card inside a dialog, which knows `Action.Submit` alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from cards.elements import Card
from cards.reader import Reader


def in_dialog(card: Card, note: str, reader: Reader) -> Card:
    """*card* with each `Action.Execute` as the submit that stands in for it; *note*, a text's key, above."""
    content = _submitting(card.content)
    if note:
        line = {"type": "TextBlock", "text": reader.say(note), "wrap": True, "isSubtle": True}
        content["body"] = [line, *content["body"]]
    return replace(card, content=content)


def _submitting(value: Any) -> Any:
    if isinstance(value, Mapping):
        if value.get("type") == "Action.Execute":
            kept = {name: value[name] for name in ("associatedInputs", "style") if name in value}
            return _submitting({**value["fallback"], **kept})
        return {name: _submitting(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_submitting(part) for part in value]
    return value
