"""People in a card whom Teams tells of it: a name in the text, and who that is beside the body.

Source: https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cards.elements import clean

_MAX_NAME = 60
_READS_AS_MORE = re.compile(r"[\\`*_~\[\](){}<>#+|&]")
"""What a client could take for Markdown or a tag; a name is shown without."""


@dataclass(frozen=True)
class Mention:
    """Somebody by `name`; `teams_id` "" for one whom Teams is not to tell."""

    name: str
    teams_id: str = ""

    @property
    def shown(self) -> str:
        """As the text holds it."""
        return f"<at>{self._plain}</at>" if self.teams_id else self._plain

    @property
    def _plain(self) -> str:
        return clean(_READS_AS_MORE.sub(" ", self.name), _MAX_NAME) or "?"


def entities(mentions: Sequence[Mention]) -> list[dict[str, Any]]:
    """What stands beside the body for *mentions*, each once."""
    told = {one.shown: one for one in mentions if one.teams_id}
    return [
        {"type": "mention", "text": text, "mentioned": {"id": one.teams_id, "name": one.name}}
        for text, one in told.items()
    ]
