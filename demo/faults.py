"""What can go wrong with the sample tenant, and how often it is to go wrong."""

import sys
from dataclasses import dataclass, fields
from datetime import timedelta

ALWAYS = sys.maxsize

LIST, DETAILS, DIRECTORY = "list", "details", "directory"
TRACES = frozenset({LIST, DETAILS})
EVERYWHERE = TRACES | {DIRECTORY}


@dataclass
class Faults:
    """How many of the next calls go wrong, by the way in which they do; `ALWAYS` for all of them.

    `where` names the kinds of calls that the general faults meet. Those of a cursor meet lists only,
    those of `data` details only. The counters run down as they are spent.
    """

    throttle: int = 0
    prerequisite_missing: int = 0
    token_expired: int = 0
    permission_missing: int = 0
    server_error: int = 0
    dropped: int = 0  # the connection is cut without an answer
    half_page: int = 0  # JSON that ends in the middle
    token_quoted_twice: int = 0
    invalid_starting_recipient: int = 0  # a call that carries a cursor is refused
    repeated_cursor: int = 0  # a nextLink leads to the page it came with
    foreign_origin: int = 0
    unknown_status: int = 0  # the newest row of a page has a status that no page describes
    blank_data: int = 0
    broken_data: int = 0
    where: frozenset[str] = TRACES
    page_rows: int | None = None  # no page has more rows, whatever it was asked for
    slow: timedelta = timedelta(0)  # every call takes this much longer
    retry_after: int | None = 30  # seconds; None leaves the header out
    retry_after_as_date: bool = False
    prerequisite_status: int = 401  # 403 while the service principal is still propagating
    sign_in_refused: str = ""  # the AADSTS code that signing in ends with, "" for none
    refused_path: str = ""  # calls whose path holds this are answered 400; "" for none
    changed: str = ""  # what the service no longer does as it was measured: order, domains or values
    server_error_status: int = 503  # 502 and 504 come from a gateway, as HTML

    def spend(self, name: str) -> bool:
        """Whether the fault *name* is due now; it counts as shown."""
        left: int = getattr(self, name)
        if 0 < left < ALWAYS:
            setattr(self, name, left - 1)
        return left > 0

    def clear(self) -> None:
        for one in fields(self):
            setattr(self, one.name, one.default)


FAULT_NAMES = tuple(one.name for one in fields(Faults) if one.default == 0 and one.type is int)
"""The counters of `Faults`."""
