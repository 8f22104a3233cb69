"""Who may ask what: person + query → allowed, narrowed, or refused with a reason. Pure.

The help desk traces anything; anybody else mail they sent or were sent; nobody the directory does not know.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from tracing.model import AddressPattern, MessageTrace, TraceQuery


@dataclass(frozen=True)
class Person:
    """Somebody the directory knows. `addresses` are in lower case, the primary one first."""

    aad_object_id: str
    name: str
    addresses: tuple[str, ...]
    helpdesk: bool
    guest: bool = False


class Refusal(StrEnum):
    """Why not; the last part of a text's key."""

    UNKNOWN = "unknown"
    NOT_YOURS = "not_yours"
    NO_MAILBOX = "no_mailbox"
    NOT_HELPDESK = "not_helpdesk"


@dataclass(frozen=True)
class Allowed:
    """The query that may run; `narrowed` says that it reads less than was asked for."""

    query: TraceQuery
    narrowed: bool


def decide(person: Person | None, query: TraceQuery) -> Allowed | Refusal:
    """What *person* may have of *query*."""
    if person is None or person.guest:
        return Refusal.UNKNOWN
    if person.helpdesk:
        return Allowed(query, narrowed=False)
    if not person.addresses:
        return Refusal.NO_MAILBOX
    if not _may_concern(person, query):
        return Refusal.NOT_YOURS
    return Allowed(replace(query, involving=(*query.involving, own(person))), narrowed=True)


def decide_mine(person: Person | None, query: TraceQuery) -> Allowed | Refusal:
    """*query* over the person's own mail, whoever they are."""
    if person is None or person.guest:
        return Refusal.UNKNOWN
    if not person.addresses:
        return Refusal.NO_MAILBOX
    return Allowed(replace(query, involving=(*query.involving, own(person))), narrowed=False)


def may_see(person: Person | None, row: MessageTrace) -> bool:
    """Whether *person* may open *row*."""
    if person is None or person.guest:
        return False
    mine = set(person.addresses)
    return person.helpdesk or row.sender_address.lower() in mine or row.recipient_address.lower() in mine


def own(person: Person) -> tuple[AddressPattern, ...]:
    """The person's addresses as a group of which sender or recipient must be one."""
    return tuple(AddressPattern(address) for address in person.addresses)


def _may_concern(person: Person, query: TraceQuery) -> bool:
    """Whether a mail that meets *query* can be the person's own at all."""
    return any(
        not patterns or any(pattern.matches(address) for pattern in patterns for address in person.addresses)
        for patterns in (query.senders, query.recipients)
    )
