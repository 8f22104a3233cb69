"""The people's side of the demo's Teams: a page to type and tap on, in front of one bot.

What is typed or tapped becomes an activity (`demo.activities`) and is sent by real HTTP to the bot's
messaging endpoint (`demo.messenger`); what the bot says comes back through `demo.connector`. The page hears
of everything through server-sent events. Loopback only: a foreign Host or Origin is refused, on the bot's
own routes too.
"""

from aiohttp import web

from demo.connector import add_connector
from demo.files import add_files
from demo.messenger import Answer, Chat
from demo.page_files import add_page, loopback_only
from demo.page_routes import add_page_routes

__all__ = ["Answer", "Chat", "add_chat"]


def add_chat(app: web.Application, chat: Chat) -> None:
    """Serve the page at `/`, and the connector, on *app*; the guard covers all of its routes."""

    async def hang_up(_app: web.Application) -> None:
        chat.conversations.hang_up()

    app.middlewares.append(loopback_only)
    app.cleanup_ctx.append(chat.running)
    app.on_shutdown.append(hang_up)
    add_page_routes(app, chat)
    add_files(app, chat.files)
    add_page(app)
    add_connector(app, chat.conversations)
