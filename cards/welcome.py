"""What the bot says when it is added to a team or a group chat: how to be heard, and where answers go."""

from cards.elements import Card, Press, bullet, clean, finish, open_dialog, text
from cards.reader import Reader


def render(bot_name: str, form: Press, reader: Reader) -> Card:
    """The welcome for a place that many read; *form* opens the search form, for who taps alone."""
    name = f"@{clean(bot_name, 60)}"
    body = [
        text(f"📮 {reader.say('welcome.title')}", size="Large", weight="Bolder"),
        text(reader.say("help.title"), spacing="Small"),
        bullet(reader.say("welcome.mention", bot=name)),
        bullet(reader.say("welcome.slash")),
        bullet(reader.say("welcome.private")),
        bullet(reader.say("welcome.message")),
    ]
    buttons = [open_dialog(form, reader.say("button.form"))]
    return finish(body, reader.say("welcome.summary"), reader.language, buttons)
