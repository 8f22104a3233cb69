"""Addresses that a server listens at."""

import errno
import socket
from contextlib import closing

import pytest

from bot.serving import listen

HERE = (socket.AF_INET, ("127.0.0.1", 0))
ELSEWHERE = (socket.AF_INET, ("192.0.2.1", 0))
"""Of a range for documentation, which no machine has: https://www.rfc-editor.org/rfc/rfc5737"""


def test_address_that_is_not_there() -> None:
    """Of several addresses of a name those are listened at that this machine has."""
    [one] = listen([ELSEWHERE, HERE])

    with closing(one):
        assert one.getsockname()[0] == "127.0.0.1"


def test_no_address_is_there() -> None:
    """Where none is, that is the fault."""
    with pytest.raises(OSError, match="assign requested") as fault:
        listen([ELSEWHERE])

    assert fault.value.errno == errno.EADDRNOTAVAIL


def test_port_in_use() -> None:
    """A port that somebody has is no address that is not there, and nothing stays open."""
    [taken] = listen([HERE])
    with closing(taken), pytest.raises(OSError, match="in use") as fault:
        listen([HERE, (socket.AF_INET, taken.getsockname())])

    assert fault.value.errno == errno.EADDRINUSE
