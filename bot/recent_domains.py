"""Domains of recently seen mail, to find the one a mistyped domain may mean. In memory, bounded.

Suggestions come only from mail the person was shown: for employees from their own lists, for the help desk
from its lists. A similar domain is suggested, never used unasked.
"""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.slips import Slips
from tracing.model import AddressPattern, MessageTrace, TraceQuery

EVERYBODY = ""
"""The key for the help desk's domains."""
MAX_PEOPLE = 2_000
MAX_DOMAINS = 500
"""Domains kept per person; the oldest are dropped first."""


class RecentDomains:
    """Remembers the domains in the rows that people were shown."""

    def __init__(self) -> None:
        self._seen: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    def note(self, who: str, rows: Iterable[MessageTrace]) -> None:
        """Note that *who* was shown *rows*; EVERYBODY stands for the help desk."""
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
        """The domains of *query* that *who* never saw, each with a similar one; *own* domains count as
        known."""
        known = (*own, *self._seen.get(who, ()))
        slips = Slips(known)
        pairs = ((domain, slips.meant(domain)) for domain in domains_of(query) if domain not in known)
        return [(typed, meant) for typed, meant in pairs if meant]


def domains_of(query: TraceQuery) -> Sequence[str]:
    """The domains in *query* without a wildcard."""
    patterns = (*query.senders, *query.recipients, *(one for group in query.involving for one in group))
    return tuple(dict.fromkeys(pattern.domain for pattern in patterns if pattern.domain))


def corrected(query: TraceQuery, typed: str, meant: str) -> TraceQuery:
    """*query* with *typed* replaced by the domain *meant*."""

    def mend(patterns: tuple[AddressPattern, ...]) -> tuple[AddressPattern, ...]:
        return tuple(
            AddressPattern(f"{one.text.rpartition('@')[0]}@{meant}") if one.domain == typed else one
            for one in patterns
        )

    involving = tuple(mend(group) for group in query.involving)
    return replace(query, senders=mend(query.senders), recipients=mend(query.recipients), involving=involving)
