"""The default queries as buttons, on the form and under the help."""

from collections.abc import Sequence

from adaptivecards.baseobject import BareObject

from cards.elements import MAX_ACTIONS, Press, actions, clean, container, execute, text
from cards.reader import Reader

MAX_TITLE = 18
"""Characters of a name on a button: renderers do not wrap it."""


def preset_buttons(presets: Sequence[tuple[str, Press]], reader: Reader) -> BareObject:
    """*presets*: the last part of its name's key → what its button asks, whatever stands in the inputs."""
    buttons = [
        execute(press, reader.say(f"preset.{name}"), associatedInputs="none") for name, press in presets
    ]
    return _titled("form.presets", buttons, reader)


def saved_buttons(saved: Sequence[tuple[str, Press]], reader: Reader) -> BareObject:
    """*saved*: the name that its owner gave it → what its button asks."""
    buttons = [execute(press, clean(name, MAX_TITLE), associatedInputs="none") for name, press in saved]
    return _titled("kept.saved", buttons, reader)


def _titled(key: str, buttons: Sequence[BareObject], reader: Reader) -> BareObject:
    lines = [buttons[i : i + MAX_ACTIONS - 1] for i in range(0, len(buttons), MAX_ACTIONS - 1)]
    title = text(reader.say(key), size="Small", weight="Bolder")
    return container([title, *(actions(*line, spacing="Small") for line in lines)])
