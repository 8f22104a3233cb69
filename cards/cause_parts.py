"""What is said of a cause: its name, a sentence for an employee and one for the help desk, what to do."""

from typing import Literal

Both = dict[Literal["ja", "en"], str]
Causes = dict[str, dict[str, Both]]


def cause(
    name: tuple[str, str],
    employee: tuple[str, str],
    helpdesk: tuple[str, str],
    ask: tuple[str, str] = ("", ""),
    steps: tuple[str, str] = ("", ""),
) -> dict[str, Both]:
    """One cause, Japanese before English. `employee` and `ask` name no server and no setting.

    `ask` is what an employee does next, `steps` what the help desk does; one step a line, none where nothing
    needs doing.
    """
    parts = {"name": name, "employee": employee, "helpdesk": helpdesk, "ask": ask, "steps": steps}
    return {part: {"ja": ja, "en": en} for part, (ja, en) in parts.items()}
