"""The machine a message was written on, in the names that events give it."""

from ipaddress import ip_network

import pytest

from tests.tracing.test_model import NOW
from tracing.inside import names_client
from tracing.model import TraceEvent


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("ClientIP", "198.51.100.7", True),
        ("CIP", "198.51.100.7", True),
        ("ProxiedClientIPAddress", "198.51.100.7", True),
        ("OriginalClientIp", "10.0.0.1;198.51.100.7", True),
        ("CustomData", "S:AMA=SUM|v=0;S:SFA=SUM|CIP=198.51.100.7|SFV=NSPM", True),
        ("CustomData", "CIP:198.51.100.7;CTRY:JP", True),
        ("CustomData", "S:ProxiedClientIPAddress=198.51.100.7;S:tlsversion=x", True),
        ("ServerIP", "198.51.100.7", False),
        ("ClientIP", "203.0.113.7", False),
        ("ClientIP", "unknown", False),
        ("ClientIP", "beef", False),
        ("ClientName", "198.51.100.7", False),
    ],
)
def test_names_client(name: str, value: str, fits: bool) -> None:
    """An address counts where it is called the client's, and nowhere else."""
    event = TraceEvent(NOW, "Receive", data=f'<root><MEP Name="{name}" String="{value}"/></root>')

    assert names_client((TraceEvent(NOW, "Send"), event), ip_network("198.51.100.0/24")) is fits
