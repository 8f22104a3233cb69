"""What happened to everyday mail on its way: from a row, by the name of its fate, to its steps.

Everyday mail is many: its events are not kept, they are told anew, and the same, whenever somebody asks.
"""

import random
from collections.abc import Callable, Sequence

from demo.company import DISTRIBUTION_LISTS, INFO, KIMURA, RELAYS, TANAKA
from demo.events import (
    Event,
    Row,
    Step,
    defer,
    deliver,
    drop,
    expand,
    fail,
    receive,
    resolve,
    send_external,
    spam,
    submit,
    told,
    transfer,
    transport_rule,
)
from demo.partners import BY_DOMAIN, Partner

Route = Callable[[Row, random.Random], Sequence[Step]]
ROUTES: dict[str, Route] = {}
"""Fate → the steps of a row that met it."""
BCC_RULE = "役員の社外メールを監査に複写"
BCC_RULE_ID = "6b1f0c52-8a53-4a3e-9c1d-7d2e9f405a61"
HOST_OF_RELAY = {address: f"{host}.onprem.contoso.co.jp" for address, _, host in RELAYS}


def events_of(row: Row) -> tuple[Event, ...]:
    """The events of an everyday *row*, those still to come among them."""
    route = ROUTES[row.fate]
    second = row.received_date_time.replace(microsecond=0)
    return told(second, route(row, random.Random(row.message_trace_id)))


def fate(name: str) -> Callable[[Route], Route]:
    """Give the decorated route its name."""

    def register(route: Route) -> Route:
        ROUTES[name] = route
        return route

    return register


def domain_of(address: str) -> str:
    return address.rpartition("@")[2]


def _settled_after(row: Row) -> float:
    """The seconds from reception until the row said what it says now."""
    return (row.before[-1][0] - row.received_date_time).total_seconds() if row.before else 120.0


def _mx(row: Row) -> Partner:
    return BY_DOMAIN[domain_of(row.recipient_address)]


# --- coming in -------------------------------------------------------------------------------------


def _let_in(row: Row, level: int = 1, action: str = "", sfv: str = "NSPM") -> tuple[Step, ...]:
    host, _ = BY_DOMAIN[domain_of(row.sender_address)].sending
    return (receive(ip=row.from_ip, host=host), spam(1, level, row.from_ip, action, sfv))


@fate("in")
def _in(row: Row, rng: random.Random) -> Sequence[Step]:
    return (*_let_in(row), deliver(rng.randint(2, 9)))


@fate("in, late")
def _in_late(row: Row, rng: random.Random) -> Sequence[Step]:
    led = "432 4.3.2 STOREDRV.Deliver; recipient thread limit exceeded"
    end = _settled_after(row)
    return (*_let_in(row), defer(5, led), defer(end / 2, led), deliver(end))


@fate("in, junk")
def _in_junk(row: Row, rng: random.Random) -> Sequence[Step]:
    return (*_let_in(row, 5, sfv="SPM"), deliver(2, "JunkEmail"))


@fate("in, quarantined")
def _in_quarantined(row: Row, rng: random.Random) -> Sequence[Step]:
    return (*_let_in(row, 9, "Quarantine", "PHSH"), deliver(2, "QuarantinedEmailSecured"))


@fate("in, unknown")
def _in_unknown(row: Row, rng: random.Random) -> Sequence[Step]:
    led = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup"
    return (_let_in(row)[0], fail(1, led, "Resolver"))


@fate("in, alias")
def _in_alias(row: Row, rng: random.Random) -> Sequence[Step]:
    return (*_let_in(row), resolve(2, row.recipient_address, TANAKA.mail), deliver(3))


@fate("in, forwarded")
def _in_forwarded(row: Row, rng: random.Random) -> Sequence[Step]:
    """The copy that an inbox rule of the shared mailbox sends to a colleague."""
    return (
        resolve(4, INFO.mail, KIMURA.mail, "Redirect", "MailboxRules"),
        transfer(4),
        deliver(rng.randint(5, 9)),
    )


@fate("list")
def _list(row: Row, rng: random.Random) -> Sequence[Step]:
    start = _let_in(row) if domain_of(row.sender_address) in BY_DOMAIN else (receive(), submit())
    members = len(DISTRIBUTION_LISTS[row.recipient_address])
    gone = drop(2, "250 2.1.5 RESOLVER.GRP.Expanded; distribution list expanded")
    return (*start, expand(2, row.recipient_address, members), gone)


@fate("member")
def _member(row: Row, rng: random.Random) -> Sequence[Step]:
    return (transfer(3), deliver(rng.randint(4, 8)))


# --- going out -------------------------------------------------------------------------------------

_QUEUED = (receive(), submit(), transfer(1))


@fate("out")
def _out(row: Row, rng: random.Random) -> Sequence[Step]:
    mx = _mx(row)
    return (*_QUEUED, send_external(rng.randint(2, 6), mx.mx_host, mx.mx_ip))


@fate("out, late")
def _out_late(row: Row, rng: random.Random) -> Sequence[Step]:
    mx, end = _mx(row), _settled_after(row)
    busy = "451 4.7.1 Greylisting in action, please come back later"
    tries = (defer(4, busy, mx.mx_host, mx.mx_ip), defer(end / 2, busy, mx.mx_host, mx.mx_ip))
    return (*_QUEUED, *tries, send_external(end, mx.mx_host, mx.mx_ip))


@fate("out, expired")
def _out_expired(row: Row, rng: random.Random) -> Sequence[Step]:
    mx, end = _mx(row), _settled_after(row)
    led = "450 4.4.317 Cannot connect to remote server [Message=SocketError: TimedOut]"
    tries = (defer(62 + end * part / 4, led, mx.mx_host, mx.mx_ip) for part in range(4))
    return (
        *_QUEUED,
        *tries,
        fail(end, "550 4.4.7 QUEUE.Expired; message expired", "", "", mx.mx_host, mx.mx_ip),
    )


@fate("out, refused")
def _out_refused(row: Row, rng: random.Random) -> Sequence[Step]:
    mx = _mx(row)
    led = rng.choice(
        (
            f"550 5.1.1 <{row.recipient_address}>: Recipient address rejected: User unknown",
            f"550 5.1.1 <{row.recipient_address}>: Recipient address rejected: User unknown",
            f"552 5.2.2 <{row.recipient_address}>: user is over quota",
            "550 5.0.350 Remote server returned an error -> 550 Transaction failed",
        )
    )
    return (*_out(row, rng), fail(7, led, "", led, mx.mx_host, mx.mx_ip))


# --- within ----------------------------------------------------------------------------------------


@fate("inside")
def _inside(row: Row, rng: random.Random) -> Sequence[Step]:
    return (receive(), submit(), deliver(rng.randint(2, 4)))


@fate("inside, recalled")
def _recalled(row: Row, rng: random.Random) -> Sequence[Step]:
    taken_back = Step(_settled_after(row), "Recall", "The message was recalled by its sender.", "")
    return (*_inside(row, rng), taken_back)


@fate("bcc")
def _bcc(row: Row, rng: random.Random) -> Sequence[Step]:
    return (transport_rule(2, BCC_RULE, BCC_RULE_ID, "BlindCopyTo"), deliver(3))


@fate("relay")
def _relay(row: Row, rng: random.Random) -> Sequence[Step]:
    return (receive(ip=row.from_ip, host=HOST_OF_RELAY[row.sender_address]), deliver(rng.randint(2, 5)))
