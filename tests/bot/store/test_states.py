"""What stands behind a card, and who may have it."""

import secrets
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Network, IPv6Network

import pytest
from sqlalchemy import select

from bot.store.database import Database
from bot.store.states import LIFETIME, MAX_PAYLOAD, CardState, CardStates, TooLarge
from bot.store.tables import card_states
from tests.bot.store.ageing import pass_time
from tracing.causes import Cause
from tracing.model import (
    MAX_ROWS,
    AddressPattern,
    Answer,
    Apart,
    Between,
    BlankIp,
    DeliveryStatus,
    Direction,
    Last,
    MessageTrace,
    Shortfall,
    SubjectFilter,
    SubjectMode,
    TraceQuery,
    Window,
)

ANNA, UWE = "22222222-2222-4222-8222-222222222220", "22222222-2222-4222-8222-222222222221"
HERE, THERE = "a:1", "a:2"
NOW = datetime(2026, 11, 23, 7, 36, 0, 123456, tzinfo=UTC)
STATE = CardState(TraceQuery(), mine=False)

FULL = TraceQuery(
    period=Between(NOW - timedelta(days=3), NOW),
    senders=(AddressPattern("*@hoge.com"), AddressPattern("o'brien+jp@partner.com")),
    recipients=(AddressPattern("info@with-wit.com"),),
    involving=((AddressPattern("a@x.jp"), AddressPattern("b@x.jp")), (AddressPattern("c?@x.jp"),)),
    statuses=(DeliveryStatus.FAILED, DeliveryStatus.FILTERED_AS_SPAM),
    message_ids=("<CAF9x7f2@mail.hoge.com>",),
    message_trace_ids=("469ef7e1-2a22-4f0f-8a4c-08de2a3b4c5d",),
    subject=SubjectFilter(SubjectMode.STARTS_WITH, "（株）請求書 \U0001f4e8 \\ \" '"),
    direction=Direction.INBOUND,
    domains=("contoso.co.jp", "sales.contoso.co.jp"),
    from_ips=(IPv6Network("2001:db8::/64"), BlankIp.BLANK, IPv4Network("255.255.255.255")),
    client_ip=IPv4Network("198.51.100.0/24"),
    confined_to=(AddressPattern("tanaka@contoso.co.jp"),),
    ticket="INC123",
    causes=(Cause.SENDER_AUTHENTICATION,),
    rule="Macro attachments",
    apart=Apart(frozenset({"ceo@contoso.co.jp"}), frozenset({"me@contoso.co.jp"})),
)
QUERIES = (
    TraceQuery(),
    FULL,
    TraceQuery(Last(timedelta(days=2, microseconds=1)), from_ips=(IPv4Network("192.0.2.10/32"),)),
    TraceQuery(Between(NOW)),
    *(TraceQuery(statuses=(status,)) for status in DeliveryStatus),
    *(TraceQuery(subject=SubjectFilter(mode, "x")) for mode in SubjectMode),
    *(TraceQuery(direction=direction) for direction in Direction),
)


def row(
    number: int, status: DeliveryStatus | str = DeliveryStatus.DELIVERED, subject: str = ""
) -> MessageTrace:
    return MessageTrace(
        message_trace_id=f"00000000-0000-4000-8000-{number:012}",
        message_id=f"<{number}@hoge.com>",
        received_date_time=NOW - timedelta(seconds=number),
        sender_address="suzuki@hoge.com",
        recipient_address=f"r{number}@contoso.co.jp",
        subject=subject or f"御見積書（株）ホゲ {number}",
        size=number,
        status=status,
        from_ip="192.0.2.10",
        to_ip="",
    )


def answer(*rows: MessageTrace) -> Answer:
    window = Window(NOW - timedelta(days=1), NOW)
    return Answer(rows, window, NOW, 7, 9_000, frozenset({Shortfall.ROW_LIMIT, Shortfall.HISTORY}))


def test_full_is_full() -> None:
    """The query that stands for all has every condition there is."""
    assert all(getattr(FULL, name) != getattr(TraceQuery(), name) for name in FULL.__dataclass_fields__)


async def test_every_query(database: Database) -> None:
    """A question comes back as it was asked, with every condition and the period as it was spoken."""
    states = CardStates(database)
    for query in QUERIES:
        state = CardState(query, mine=True)
        state_id = await states.save(state, ANNA, HERE)

        assert await states.find(state_id, ANNA, HERE) == state


async def test_a_full_answer(database: Database) -> None:
    """As many rows as one answer may hold come back as they were, statuses that nobody knows among them."""
    statuses = (*DeliveryStatus, "futureState", "FAILED", "")
    rows = tuple(row(number, statuses[number % len(statuses)]) for number in range(MAX_ROWS))
    state = CardState(FULL, mine=False, answer=answer(*rows), narrowed=True)
    states = CardStates(database)
    state_id = await states.save(state, ANNA, HERE)

    found = await states.find(state_id, ANNA, HERE)

    assert found == state


async def test_too_large(database: Database) -> None:
    """What is beyond the bound is refused, and nothing of it is kept."""
    # Random, so that it does not compress.
    heavy = answer(row(0, subject=secrets.token_hex(MAX_PAYLOAD + 1000)))
    with pytest.raises(TooLarge):
        await CardStates(database).save(CardState(TraceQuery(), mine=False, answer=heavy), ANNA, HERE)

    async with database.transaction() as connection:
        assert (await connection.execute(select(card_states))).first() is None


async def test_bound_to_reader_and_place(database: Database) -> None:
    """A state is there for its reader in its place, and for nobody else and nowhere else."""
    states = CardStates(database)
    state_id = await states.save(STATE, ANNA, HERE)

    assert await states.find(state_id, ANNA, HERE) == STATE
    assert await states.find(state_id, UWE, HERE) is None
    assert await states.find(state_id, ANNA, THERE) is None


@pytest.mark.parametrize("forged", ["", "x", "' OR 1=1 --", "%", "あ" * 64, "A" * 22, "x" * 10_000])
async def test_forged(database: Database, forged: str) -> None:
    """An id that was never given out leads nowhere."""
    states = CardStates(database)
    await states.save(STATE, ANNA, HERE)

    assert await states.find(forged, ANNA, HERE) is None


async def test_ids_are_unguessable(database: Database) -> None:
    """The same state saved again has another id, of 128 random bits."""
    states = CardStates(database)
    ids = {await states.save(STATE, ANNA, HERE) for _ in range(20)}

    assert len(ids) == 20
    assert min(map(len, ids)) >= 22


async def test_expires(database: Database) -> None:
    """A state is there for its lifetime; after it neither its reader nor the table has it."""
    states = CardStates(database)
    state_id = await states.save(STATE, ANNA, HERE)
    await pass_time(database, LIFETIME - timedelta(minutes=1))
    await states.sweep()
    before = await states.find(state_id, ANNA, HERE)
    await pass_time(database, timedelta(minutes=2))
    after = await states.find(state_id, ANNA, HERE)
    await states.sweep()

    assert (before, after) == (STATE, None)
    async with database.transaction() as connection:
        assert (await connection.execute(select(card_states))).first() is None


async def test_subjects_stay_out_of_sight(database: Database) -> None:
    """Nobody who looks at the table reads a subject by the way."""
    await CardStates(database).save(
        CardState(FULL, mine=False, answer=answer(*map(row, range(20)))), ANNA, HERE
    )

    async with database.transaction() as connection:
        payload = (await connection.execute(select(card_states.c.payload))).scalar_one()
    assert "見積".encode() not in payload
