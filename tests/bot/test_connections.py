"""Who may stay connected, who makes way, and from where somebody comes."""

import asyncio
import logging
from ipaddress import ip_address

import pytest

from bot.connections import (
    HEAD_WITHIN,
    MAX_HEAD,
    TAKEN_WITHIN,
    Connection,
    Connections,
    address_of,
    capacity,
)


class Line(asyncio.Transport):
    """A connection from *peer* that carries nothing."""

    def __init__(self, peer: object) -> None:
        super().__init__({"peername": peer})
        self.aborted = False

    def abort(self) -> None:
        self.aborted = True


class Inner(asyncio.Protocol):
    """What stands behind, and how much it got."""

    def __init__(self) -> None:
        self.got = 0

    def data_received(self, data: bytes) -> None:
        self.got += len(data)


class House:
    """Connections, and what was counted of them."""

    def __init__(self, most: int) -> None:
        self.counted: list[str] = []
        self.all = Connections(most, self.counted.append)

    def comes(self, peer: str = "127.0.0.1") -> Connection:
        connection = Connection(Inner(), self.all)
        connection.connection_made(Line((peer, 1)))
        return connection

    @staticmethod
    def gone(*connections: Connection) -> list[bool]:
        return [one._transport.aborted for one in connections]  # type: ignore[union-attr]


async def test_who_waited_longest_makes_way() -> None:
    """When all are taken, the one that has longest shown no token makes way; who showed one comes last."""
    house = House(3)
    known, old, young = house.comes(), house.comes(), house.comes()
    known.asked()
    known.trusted()
    known.answered()
    newest = house.comes()

    assert house.gone(known, old, young, newest) == [False, True, False, False]
    assert len(house.all) == 3


async def test_answered_makes_way_later() -> None:
    """Who was just answered has not waited."""
    house = House(2)
    first, second = house.comes(), house.comes()
    first.asked()
    first.answered()
    house.comes()

    assert house.gone(first, second) == [False, True]


async def test_who_is_served_stays() -> None:
    """Who showed a token and waits for an answer makes way for nobody: who comes then is not taken."""
    house = House(2)
    served = [house.comes(), house.comes()]
    for one in served:
        one.asked()
        one.trusted()
    late = house.comes()

    assert house.gone(*served, late) == [False, False, True]
    assert house.counted == ["too many connections"]
    late.connection_lost(None)
    assert len(house.all) == 2


async def test_one_address() -> None:
    """One address has half at most, and its own make way; loopback, where a proxy stands, may have all."""
    house = House(8)
    strangers = [house.comes("203.0.113.9") for _ in range(6)]
    local = [house.comes() for _ in range(4)]

    assert house.gone(*strangers) == [True, True, False, False, False, False]
    assert house.gone(*local) == [False] * 4


async def test_gone_is_forgotten() -> None:
    """What is closed counts no more, once."""
    house = House(4)
    connection = house.comes("203.0.113.9")
    connection.connection_lost(None)
    connection.connection_lost(None)
    again = [house.comes("203.0.113.9") for _ in range(2)]

    assert house.gone(*again) == [False, False]
    assert len(house.all) == 2


async def test_sweep() -> None:
    """A request has its time from its first byte; an answer that nobody takes has its own."""
    house = House(9)
    mute, working, idle, deaf = (house.comes() for _ in range(4))
    working.asked()
    idle.asked()
    idle.trusted()
    idle.answered()
    deaf.asked()
    deaf.pause_writing()
    now = house.all.time()
    house.all.sweep(now + HEAD_WITHIN - 1)
    early = house.gone(mute, working, idle, deaf)
    house.all.sweep(now + max(HEAD_WITHIN, TAKEN_WITHIN) + 1)

    assert early == [False] * 4
    assert house.gone(mute, working, idle, deaf) == [True, False, False, True]
    assert house.counted == ["request too slow", "answer not taken"]


async def test_begun_again() -> None:
    """Who showed a token need not hurry; with the first byte of the next request, its time begins."""
    house = House(9)
    idle, stranger = house.comes(), house.comes()
    for one in (idle, stranger):
        one.asked()
    idle.trusted()
    for one in (idle, stranger):
        one.answered()
    house.all.sweep(house.all.time() + HEAD_WITHIN + 1)
    before = house.gone(idle, stranger)
    idle.data_received(b"G")
    house.all.sweep(house.all.time() + HEAD_WITHIN + 1)

    assert before == [False, True]
    assert house.gone(idle) == [True]


async def test_too_large_a_head() -> None:
    """Headers without end are not kept."""
    house = House(9)
    connection = house.comes()
    for _ in range(MAX_HEAD // 1_024 + 5):
        connection.data_received(bytes(1_024))

    assert house.gone(connection) == [True]
    assert "too large a head" in house.counted


@pytest.mark.parametrize(
    ("peer", "address"),
    [
        (("127.0.0.1", 5), "127.0.0.1"),
        (("::1", 5, 0, 0), "::1"),
        (("::ffff:127.0.0.1", 5, 0, 0), "127.0.0.1"),
        (("::ffff:203.0.113.9", 5, 0, 0), "203.0.113.9"),
        (("fe80::1%eth0", 5, 0, 2), "fe80::1"),
        ("", None),
        ("/run/bot.sock", None),
        (None, None),
    ],
)
def test_address(peer: object, address: str | None) -> None:
    """Where somebody comes from, as one address; a socket of this machine has none."""
    assert address_of(Line(peer)) == (None if address is None else ip_address(address))


def test_capacity() -> None:
    """There are never more connections than descriptors, and always some left for everything else."""
    assert capacity(4_096) == 1_000
    assert capacity(1_024) == 640
    assert capacity(256) == 128


async def test_descriptors_run_out(caplog: pytest.LogCaptureFixture) -> None:
    """Each attempt to accept without a descriptor counts; a line says so."""
    house = House(9)
    loop = asyncio.get_running_loop()
    with caplog.at_level(logging.WARNING):
        for _ in range(500):
            house.all.on_fault(loop, {"message": "socket.accept() out of system resource"})

    assert house.counted == ["no descriptors"] * 500
    assert len(caplog.records) == 1
