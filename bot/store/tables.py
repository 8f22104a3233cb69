"""Every table, and the database they are in."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    and_,
    false,
    or_,
    text,
)

from bot.turns import Place

UNREADABLE = datetime(1970, 1, 1, tzinfo=UTC)
"""Replaces a stored time that is earlier or unreadable: long ago, with room to calculate on either side."""
FAR = datetime(9000, 1, 1, tzinfo=UTC)
"""Replaces a later stored time."""


class Instant(TypeDecorator[datetime]):
    """An aware datetime; SQLite forgets the zone, so what is stored is UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """A column whose unreadable times become UNREADABLE, so that one bad row does not fail the others."""
        read = super().result_processor(dialect, coltype)
        if read is None:
            return None

        def tolerant(value: Any) -> datetime | None:
            try:
                return read(value)
            except (ValueError, TypeError):
                return UNREADABLE

        return tolerant

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if not UNREADABLE.year < value.year < FAR.year:
            return UNREADABLE if value.year <= UNREADABLE.year else FAR
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_ID = String(512)
"""What a client may call anything; `bot/teams/read.py` lets no longer id in."""

metadata = MetaData()

conversation_references = Table(
    "conversation_references",
    metadata,
    Column("teams_id", _ID, primary_key=True),
    Column("tenant_id", String(64), primary_key=True),
    Column("service_url", _ID, nullable=False),
    Column("conversation_id", _ID, nullable=False),
    Column("bot_id", _ID, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
"""Where a person's 1:1 with the bot is."""

card_states = Table(
    "card_states",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("reader", String(64), nullable=False),
    Column("conversation_id", _ID, nullable=False),
    Column("payload", LargeBinary, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
    Column("digest", String(64), index=True),
    Column("size", Integer, nullable=False, server_default=text("0")),
    Column("number", BigInteger, nullable=False, index=True, server_default=text("0")),
)
"""The state behind a card: bound to its reader and place, expiring. `number` increases with each new one.

The payload is the one with `digest`, of `size` bytes; rows from older versions hold their own.
"""

state_payloads = Table(
    "state_payloads",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("payload", LargeBinary, nullable=False),
)
"""Compressed payloads of card states; equal states share one."""

open_answers = Table(
    "open_answers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("service_url", _ID, nullable=False),
    Column("conversation_id", _ID, nullable=False),
    Column("tenant_id", String(64), nullable=False),
    Column("bot_id", _ID, nullable=False),
    Column("activity_id", _ID, nullable=False),
    Column("state_id", String(64), nullable=False),
    Column("locale", String(35), nullable=False),
    Column("opened_at", Instant, nullable=False, index=True),
    Column("reader_id", _ID, nullable=False, server_default=text("''")),
    Column("person", String(64), nullable=False, server_default=text("''")),
    Column("stop", Boolean, nullable=False, server_default=false()),
)
"""Cards that still say “looking”: what a kill leaves here, the next start mends.

`reader_id` is who alone sees the card, "" for everybody there; `stop` is the wish of `person`, who asked.
"""

kept_searches = Table(
    "kept_searches",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    Column("owner", String(64), nullable=False),
    Column("name", String(80)),
    Column("name_key", Text),
    Column("digest", String(64)),
    Column("payload", Text, nullable=False),
    Column("kept_at", Instant, nullable=False, index=True),
    UniqueConstraint("owner", "name_key", name="uq_kept_searches_name"),
    UniqueConstraint("owner", "digest", name="uq_kept_searches_digest"),
)
"""The searches a person saved, which have a name, and the last ones they asked, which have a digest instead.

`number` grows with each time one is asked or saved.
"""

claimed_activities = Table(
    "claimed_activities",
    metadata,
    Column("conversation_id", _ID, primary_key=True),
    Column("activity_id", _ID, primary_key=True),
    Column("claimed_at", Instant, nullable=False, index=True),
)
"""Activities that were taken on: a repeat is acknowledged and not run."""

request_stamps = Table(
    "request_stamps",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("made_at", Instant, nullable=False, index=True),
    Column("who", String(64), nullable=False, server_default="unknown"),
    Column("background", Boolean, nullable=False, server_default=false()),
    Column("employee", Boolean, nullable=False, server_default=false()),
)
"""When each request of the tenant's quota was spent, and by whom."""

waiting_tickets = Table(
    "waiting_tickets",
    metadata,
    Column("who", String(64), primary_key=True),
    Column("background", Boolean, primary_key=True),
    Column("since", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("employee", Boolean, nullable=False, server_default=false()),
    Column("back_until", Instant),
)
"""People waiting for a request of the quota; seconds old. Those who left are remembered until
`back_until`."""

errands = Table(
    "errands",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("owner", String(64), nullable=False, index=True),
    Column("service_url", _ID, nullable=False),
    Column("conversation_id", _ID, nullable=False),
    Column("place_kind", String(16), nullable=False),
    Column("tenant_id", String(64), nullable=False),
    Column("bot_id", _ID, nullable=False),
    Column("locale", String(35), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("payload", Text, nullable=False),
    Column("activity_id", _ID, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", String(32), nullable=False),
    Column("leased_until", Instant),
    Column("due_at", Instant, index=True),
    Column("ends_at", Instant, nullable=False, index=True),
    Column("team_id", _ID, nullable=False, server_default=text("''")),
)
"""Work that outlives its question; without `due_at` it rests. `lease` is its claimer's word, "" when free."""

reports = Table(
    "reports",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", String(64), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("name", String(200), nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("full", Boolean, nullable=False),
    Column("ready", Boolean, nullable=False),
    Column("offer", String(64), nullable=False, index=True),
    Column("activity_id", _ID, nullable=False),
    Column("expires_at", Instant, nullable=False, index=True),
)
"""Files in the making or waiting for a yes; `offer` is the one consent that counts, "" for none."""

report_chunks = Table(
    "report_chunks",
    metadata,
    Column("report_id", String(64), primary_key=True),
    Column("start", BigInteger, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""The bytes of a report from `start` on, `size` of them, compressed."""

record = Table(
    "record",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", Instant, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("aad_object_id", String(64), nullable=False, index=True),
    Column("name", String(256), nullable=False),
    Column("conversation_id", _ID, nullable=False),
    Column("place_kind", String(16), nullable=False),
    Column("conditions", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("requests", Integer, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("ticket", String(64), nullable=False),
    Column("outcome", String(64), nullable=False),
    Column("mark", String(32), index=True, unique=True),
    Column("late", Boolean, nullable=False, server_default=false()),
)
"""Who looked at what. Triggers refuse every change; only what is past its time is deleted.

`mark` is an entry's own, that it is not there twice; `late`: it waited on disk, and `at` is when it was due.
"""

places = Table(
    "places",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("conversation_id", _ID, nullable=False, unique=True),
    Column("service_url", _ID, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("tenant_id", String(64), nullable=False),
    Column("bot_id", _ID, nullable=False),
    Column("name", String(200), nullable=False),
    Column("approved_by", String(64), nullable=False),
    Column("approved_at", Instant, nullable=False),
    Column("team_id", _ID, nullable=False, server_default=text("''")),
    Column("details", Boolean, nullable=False, server_default=false()),
)
"""Channels and group chats that the help desk approved for results; `id` is what a card calls one."""

targeted_services = Table(
    "targeted_services",
    metadata,
    Column("service_url", _ID, primary_key=True),
    Column("tenant_id", String(64), primary_key=True),
)
"""The connectors that brought a targeted message once, and so know what one is."""

signs = Table(
    "signs",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("latest_at", Instant, nullable=False),
)
"""When each kind of thing last came to the door: `bot.signs.Sign`."""

watched_rows = Table(
    "watched_rows",
    metadata,
    Column("watch_id", String(64), primary_key=True),
    Column("message_trace_id", Text, primary_key=True),
    Column("recipient_address", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("received_date_time", Instant, nullable=False),
)
"""The rows that a watch knows: message and recipient, once for each state they were seen in."""

watched_windows = Table(
    "watched_windows",
    metadata,
    Column("watch_id", String(64), primary_key=True),
    Column("start_at", Instant, nullable=False),
    Column("end_at", Instant, nullable=False),
)
"""From when to when every row of a watch is known."""

acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("watch_id", String(64), primary_key=True),
    Column("trouble", Integer, primary_key=True, autoincrement=False),
    Column("name", String(256), nullable=False),
    Column("at", Instant, nullable=False),
)
"""Who took a trouble on first."""


def within(table: Table, place: Place, whole_team: bool) -> ColumnElement[bool]:
    """The rows of *table* that are about *place*, or about any channel of its team."""
    here = table.c.conversation_id == place.conversation_id
    if whole_team and place.team_id:
        here = or_(here, table.c.team_id == place.team_id)
    return and_(table.c.tenant_id == place.tenant_id, here)
