"""What `finish` sees to, whoever makes the card."""

from cards.elements import MAX_ACTIONS, Press, execute, finish, text


def test_more_buttons_than_stand_in_a_row() -> None:
    """The first six stand in the row, whatever comes behind them in the menu; none is lost."""
    buttons = [execute(Press("help"), f"Button {number}") for number in range(MAX_ACTIONS + 2)]
    actions = finish([text("A card")], "A card", "en", buttons).content["actions"]

    assert [action["title"] for action in actions] == [f"Button {n}" for n in range(MAX_ACTIONS + 2)]
    assert [action.get("mode") for action in actions] == [None] * MAX_ACTIONS + ["secondary"] * 2
