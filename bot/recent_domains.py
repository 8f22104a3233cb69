"""Domains of mail that was seen of late, and which of them a mistyped one may mean. In memory, bounded.

Nobody is asked about a domain out of mail that they were not shown: an employee's come from their own lists,
the help desk's from theirs. A near one is asked, never used.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.slips import Slips
from tracing.model import AddressPattern, MessageTrace, TraceQuery

EVERYBODY = ""
"""Under which the help desk's are kept."""
MAX_PEOPLE = 2_000
MAX_DOMAINS = 500
"""Domains that are kept of one person; the oldest go first."""


class RecentDomains:
    """Remembers the domains of the rows that people were shown."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    def note(self, who: str, rows: Iterable[MessageTrace]) -> None:
        """*who*, EVERYBODY for the help desk, was shown *rows*."""
        known = self._seen.setdefault(who, OrderedDict())
        self._seen.move_to_end(who)
        for row in rows:
            for address in (row.sender_address, row.recipient_address):
                domain = address.rpartition("@")[2].lower()
                if domain:
                    known[domain] = None
                    known.move_to_end(domain)
        while len(known) > MAX_DOMAINS:
            known.popitem(last=False)
        while len(self._seen) > MAX_PEOPLE:
            self._seen.popitem(last=False)

    def meant(self, who: str, query: TraceQuery, own: Sequence[str] = ()) -> Sequence[tuple[str, str]]:
        """The domains of *query* that *who* never saw, each with one that is a slip away; *own* are known."""
        known = (*own, *self._seen.get(who, ()))
        slips = Slips(known)
        pairs = ((domain, slips.meant(domain)) for domain in domains_of(query) if domain not in known)
        return [(typed, meant) for typed, meant in pairs if meant]


def domains_of(query: TraceQuery) -> Sequence[str]:
    """The domains that *query* names without a wildcard."""
    patterns = (*query.senders, *query.recipients, *(one for group in query.involving for one in group))
    return tuple(dict.fromkeys(pattern.domain for pattern in patterns if pattern.domain))


def corrected(query: TraceQuery, typed: str, meant: str) -> TraceQuery:
    """*query* with the domain *meant* wherever *typed* stands."""

    def mend(patterns: tuple[AddressPattern, ...]) -> tuple[AddressPattern, ...]:
        return tuple(
            AddressPattern(f"{one.text.rpartition('@')[0]}@{meant}") if one.domain == typed else one
            for one in patterns
        )

    involving = tuple(mend(group) for group in query.involving)
    return replace(query, senders=mend(query.senders), recipients=mend(query.recipients), involving=involving)
