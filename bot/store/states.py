"""What stands behind a card: kept here, so that the card holds an id and a position and nothing else."""

import hashlib
import secrets
import zlib
from dataclasses import dataclass
from datetime import timedelta

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, bindparam, delete, exists, func, select, true
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.record import AuditQuery
from bot.store.database import Database
from bot.store.lives import lives
from bot.store.tables import card_states, state_payloads
from bot.unreadable import readable
from cards.mention import Mention
from tracing.model import Answer, TraceQuery
from tracing.quiet import Quiet
from tracing.watch import Watch

LIFETIME = timedelta(days=1)
EVERYBODY = "*"
"""The reader of a card that everybody in a place sees; what they may see behind it is decided for each."""

MAX_PAYLOAD = 4 * 1024 * 1024
"""Bytes, compressed; ten thousand rows have about a quarter of it."""


@dataclass(frozen=True)
class CardState:
    """A question as asked, before any narrowing, and its answer once there is one.

    `mine`: it was for the reader's own mail. `origin`: the list this one was opened from. `preset`: the
    default query that can be asked of all our domains instead, "" when there is none. `before`: the list from
    which this search began, "" when none. `own`: the answer was cut to the reader's own mail, the recipients
    of what they sent among it proven. `report`: the kind of file it was asked as, "" for a card.
    `meant`: domains that may be meant when the list is empty, each with the id of its search.
    `watch`: the watch that a sentence asked for, with its `quiet` hours and `mentions`.
    `shared`: its card stands where everybody sees it. `audit`, instead: what was asked of the record, of
    entries up to the number `up_to`.
    """

    query: TraceQuery
    mine: bool
    answer: Answer | None = None
    narrowed: bool = False
    origin: str = ""
    preset: str = ""
    before: str = ""
    own: bool = False
    report: str = ""
    shared: bool = False
    audit: AuditQuery | None = None
    up_to: int = 0
    watch: Watch | None = None
    quiet: Quiet | None = None
    mentions: tuple[Mention, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()


MAX_OWN, MAX_OWN_BYTES = 1_000, 32 * 1024 * 1024
"""The most states of one person, or of a place that shares answers; each counts in full, even if stored
once."""
MAX_STATES, MAX_BYTES = 50_000, 512 * 1024 * 1024
"""The most states in all. Beyond it the oldest are deleted; their cards offer to run again."""

_LOCK = 0x73746174


class TooLarge(Exception):
    """A state beyond MAX_PAYLOAD."""


_ADAPTER = TypeAdapter(CardState)


def pack(state: CardState) -> bytes:
    """*state* as it is kept. Raises: TooLarge."""
    payload = zlib.compress(_ADAPTER.dump_json(state), 3)
    if len(payload) > MAX_PAYLOAD:
        raise TooLarge
    return payload


def unpack(payload: bytes) -> CardState:
    return _ADAPTER.validate_json(zlib.decompress(payload))


class CardStates:
    """Card states under unguessable ids, bound to their reader and place."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def save(self, state: CardState, reader: str, conversation_id: str) -> str:
        """Keep *state* for *reader* (an Entra object id) in that conversation; its id. Raises: TooLarge."""
        state_id = secrets.token_urlsafe(16)
        await self.keep(state_id, pack(state), reader, conversation_id)
        return state_id

    async def keep(self, state_id: str, payload: bytes, reader: str, conversation_id: str) -> None:
        """Keep a packed state under its id; a second call changes nothing.

        The oldest states beyond the limits are deleted, per reader and in all.
        """
        digest = hashlib.sha256(payload).hexdigest()
        async with self._database.transaction() as connection:
            # Deleting a payload must not overlap with a new state that uses it.
            await self._database.lock(connection, _LOCK)
            held = self._database.insert(state_payloads).values(digest=digest, payload=payload)
            await connection.execute(held.on_conflict_do_nothing())
            newest = select(func.coalesce(func.max(card_states.c.number), 0)).scalar_subquery()
            statement = self._database.insert(card_states).values(
                id=state_id,
                reader=reader,
                conversation_id=conversation_id,
                payload=b"",
                expires_at=await self._database.now(connection) + LIFETIME,
                digest=digest,
                size=len(payload),
                number=newest + 1,
            )
            await connection.execute(statement.on_conflict_do_nothing())
            theirs = card_states.c.reader == reader
            if reader == EVERYBODY:
                # What a whole place sees counts against that place.
                theirs = and_(theirs, card_states.c.conversation_id == conversation_id)
            gone = await _let_go(connection, theirs, MAX_OWN, MAX_OWN_BYTES)
            if await _let_go(connection, true(), MAX_STATES, MAX_BYTES) or gone:
                await _forget_payloads(connection)

    async def find(self, state_id: str, reader: str, conversation_id: str) -> CardState | None:
        """The state, None when there is none, it has expired, or it is not for this reader and place."""
        async with self._database.transaction() as connection:
            own = func.coalesce(state_payloads.c.payload, card_states.c.payload)
            both = card_states.outerjoin(state_payloads, card_states.c.digest == state_payloads.c.digest)
            query = (
                select(own.label("payload"), card_states.c.digest)
                .select_from(both)
                .where(
                    card_states.c.id == state_id,
                    card_states.c.reader.in_((reader, EVERYBODY)),
                    card_states.c.conversation_id == conversation_id,
                    lives(card_states.c.expires_at, LIFETIME, await self._database.now(connection)),
                )
            )
            found = (await connection.execute(query)).first()
        rows = [] if found is None else [found]
        good, bad = readable(rows, lambda row: unpack(row.payload), lambda _: f"card state {state_id}")
        for row in bad:
            # Delete the payload, or an equal state kept later would be unreadable too.
            async with self._database.transaction() as connection:
                await connection.execute(delete(state_payloads).where(state_payloads.c.digest == row.digest))
        return good[0][1] if good else None

    async def sweep(self) -> None:
        """Forget what has expired."""
        async with self._database.transaction() as connection:
            await self._database.lock(connection, _LOCK)
            now = await self._database.now(connection)
            await connection.execute(delete(card_states).where(card_states.c.expires_at <= now))
            await _forget_payloads(connection)


async def _let_go(connection: AsyncConnection, among: ColumnElement[bool], most: int, size: int) -> bool:
    """Delete the oldest states *among* these, down to *most* and to *size* bytes; whether any were
    deleted."""
    sums = select(func.count(), func.coalesce(func.sum(card_states.c.size), 0)).where(among)
    count, held = (await connection.execute(sums)).one()
    if count <= most and held <= size:
        return False
    oldest = select(card_states.c.id, card_states.c.size).where(among).order_by(card_states.c.number)
    gone = []
    for state_id, own in (await connection.execute(oldest)).all():
        if count <= most and held <= size:
            break
        gone.append({"gone": state_id})
        count, held = count - 1, held - own
    await connection.execute(delete(card_states).where(card_states.c.id == bindparam("gone")), gone)
    return True


async def _forget_payloads(connection: AsyncConnection) -> None:
    """Delete payloads that no state uses."""
    held = exists().where(card_states.c.digest == state_payloads.c.digest)
    await connection.execute(delete(state_payloads).where(~held))
