"""`python -m demo`: the real bot, a made-up tenant and a chat page in one process, on loopback only."""

import logging
import os
import sys
from datetime import UTC, datetime, timedelta

from aiohttp import web

import app as bot
from bot.serving import end_at_once
from bot.settings import Settings, WrongSettings, read_settings
from demo.chat import Chat, add_chat
from demo.company import AUDITOR_GROUP_ID, EXECUTIVE_GROUP_ID, HELPDESK_GROUP_ID, TENANT_ID
from demo.conversations import CHANNEL
from demo.mailbox import make_mailbox
from demo.tenant import Tenant, graph_app
from demo.troubles import SignIn, Troubles

HOST = "127.0.0.1"
MAIL_AHEAD = timedelta(days=3)
"""For so long mail goes on arriving while the demo runs."""


def demo_settings(port: int, database_url: str) -> Settings:
    """The settings of the demonstration: no app id, everything on this machine."""
    return read_settings(
        {
            "HOST": HOST,
            "PORT": str(port),
            "MicrosoftAppTenantId": TENANT_ID,
            "TRACE_GRAPH_URL": f"http://{HOST}:{port}/graph/v1.0",
            "TRACE_HELPDESK_GROUPS": HELPDESK_GROUP_ID,
            "TRACE_AUDITOR_GROUPS": AUDITOR_GROUP_ID,
            "TRACE_PROTECTED_GROUPS": EXECUTIVE_GROUP_ID,
            "TRACE_APPROVED_PLACES": CHANNEL.id,
            "TRACE_TIME_ZONE": "Asia/Tokyo",
            "TRACE_DATABASE_URL": database_url,
        }
    )


def demo_app(settings: Settings, tenant: Tenant) -> tuple[web.Application, Chat]:
    """`app.py`'s own application, with the tenant's Graph and the chat page beside its routes."""
    root = f"http://{HOST}:{settings.port}"
    app = bot.create_app(settings, graph_tokens=SignIn(tenant.faults))
    app.add_subapp("/graph", graph_app(tenant))
    chat = Chat(f"{root}/api/messages", f"{root}/_connector", troubles=Troubles(tenant.faults))
    add_chat(app, chat)
    return app, chat


def main() -> int:
    """Serve until a signal; the exit code."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    try:
        settings = demo_settings(
            int(os.environ.get("PORT", "3978")), "sqlite+aiosqlite:///mail-trace-demo.sqlite3"
        )
    except (ValueError, WrongSettings):
        sys.stderr.write("PORT: expected 1 to 65535\n")
        return 2
    tenant = Tenant(make_mailbox(datetime.now(UTC), ahead=MAIL_AHEAD))
    application, _ = demo_app(settings, tenant)
    print(f"The chat page is at http://localhost:{settings.port}/ (Ctrl+C ends it)", flush=True)
    return bot.serve(application, settings)


if __name__ == "__main__":
    end_at_once()
    sys.exit(main())
