"""Adaptive Card primitives over the prescribed package, and the finished card.

The package (0.4.1) lacks actions, inputs and version 1.5, types some properties as `str` only, drops unknown
keywords silently and renders one level deep; everything of that is answered here and nowhere else.
Source: https://adaptivecards.io/explorer/
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from adaptivecards import AdaptiveCard
from adaptivecards.baseobject import BareObject, PropertyType
from adaptivecards.baseobject import Element as BaseElement

SCHEMA_VERSION = "1.5"
"""What Teams renders up to: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference"""

MAX_CARD_BYTES = 28_000
"""Aim of every card in UTF-8 JSON: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages"""


@dataclass(frozen=True)
class Card:
    """A finished card: its JSON content, and the notification's line, which holds no address."""

    content: Mapping[str, Any]
    summary: str

    @property
    def size(self) -> int:
        """Bytes of the card as compact UTF-8 JSON."""
        return len(json.dumps(self.content, ensure_ascii=False, separators=(",", ":")).encode())
