"""Who writes what to whom on an ordinary day, and what becomes of it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from demo import subjects
from demo.company import (
    AUDIT,
    COLLEAGUES,
    DEVELOPERS,
    DISTRIBUTION_LISTS,
    EMPLOYEES,
    EXECUTIVES,
    INFO,
    KIMURA,
    PRIMARY_DOMAIN,
    RELAYS,
    SALES_ALL,
    SALES_DOMAIN,
    STAFF,
    TANAKA,
)
from demo.events import INTERNAL_IP
from demo.partners import BULK, PARTNERS, Partner

JST = timezone(timedelta(hours=9))
PEOPLE = tuple(person.mail for person in (*EMPLOYEES, *COLLEAGUES, *STAFF))
BOSSES = frozenset(person.mail for person in EXECUTIVES)
ALIASES = (*TANAKA.aliases, f"tanaka@{SALES_DOMAIN}")
MISSPELT = ("tanka", "kimra", "nakamura", "sato.m", "recruit", "ishi")
QUIET = timedelta(0)


@dataclass(frozen=True, slots=True)
class End:
    """One recipient and what becomes of the mail there; *meanwhile* what the row says until it settles."""

    address: str
    fate: str
    status: str = "delivered"
    to_ip: str = ""
    meanwhile: str = ""
    settles: timedelta = QUIET


@dataclass(frozen=True, slots=True)
class Draft:
    """A message before it has ids."""

    sender: str
    subject: str
    from_ip: str
    ends: tuple[End, ...]

    @property
    def from_inside(self) -> bool:
        return self.from_ip == INTERNAL_IP


_ALL, _WEIGHTS = PARTNERS, tuple(partner.weight for partner in PARTNERS)
_WITHOUT_HOGE = PARTNERS[1:]
_PLACE = {partner.domain: place for place, partner in enumerate(PARTNERS)}
_CUMULATED = tuple(sum(_WEIGHTS[: end + 1]) for end in range(len(_WEIGHTS)))
_CUMULATED_WITHOUT_HOGE = tuple(weight - _WEIGHTS[0] for weight in _CUMULATED[1:])


def draft(rng: random.Random, at: datetime, room: int, without_hoge: bool = False) -> Draft:
    """Make up a message of at most *room* rows; *without_hoge*: not one that hoge.com sent."""
    kind = rng.random()
    if kind < 0.42:
        partners, weights = (_WITHOUT_HOGE, _CUMULATED_WITHOUT_HOGE) if without_hoge else (_ALL, _CUMULATED)
        [partner] = rng.choices(partners, cum_weights=weights)
        return _incoming(rng, at, partner, room)
    if kind < 0.70:
        return _outgoing(rng, at, rng.choices(_ALL, cum_weights=_CUMULATED)[0], room)
    if kind < 0.86:
        return _inside(rng, at, room)
    if kind < 0.93:
        service, reader = rng.choice(BULK), rng.choice(PEOPLE)
        sender = f"bounce+{rng.getrandbits(16):04x}={reader.replace('@', '=')}@{service.domain}"
        subject = _subject(rng, at, subjects.NEWS)
        return Draft(sender, subject, service.mx_ip, (_received(rng, reader),))
    address, ip, _ = rng.choice(RELAYS)
    return Draft(address, _subject(rng, at, subjects.RELAY), ip, (End(rng.choice(PEOPLE), "relay"),))


def _incoming(rng: random.Random, at: datetime, partner: Partner, room: int) -> Draft:
    sender, ip = rng.choice(partner.contacts), partner.sending[1]
    subject = _subject(
        rng, at, subjects.PARTNER_JA if partner.language == "ja" else subjects.PARTNER_EN, 0.45
    )
    chance = rng.random()
    if chance < 0.015:
        gone = End(f"{rng.choice(MISSPELT)}@{PRIMARY_DOMAIN}", "in, unknown", "failed")
        return Draft(sender, subject, ip, (gone,))
    if chance < 0.04:
        bad = _received(rng, rng.choice(PEOPLE), spam=True)
        return Draft(sender, _subject(rng, at, subjects.SPAM), ip, (bad,))
    if chance < 0.07:
        group = rng.choice((SALES_ALL, DEVELOPERS))
        if room > len(DISTRIBUTION_LISTS[group]):
            return Draft(sender, subject, ip, _expanded(group))
    if chance < 0.11:
        return Draft(sender, subject, ip, (End(rng.choice(ALIASES), "in, alias"),))
    if chance < 0.16 and room > 1:
        # an inbox rule of the shared mailbox sends each question on
        return Draft(sender, subject, ip, (End(INFO.mail, "in"), End(KIMURA.mail, "in, forwarded")))
    count = min(room, rng.choice((1, 1, 1, 1, 2, 2, 3)))
    to = {_usual(rng, partner) if rng.random() < 0.6 else rng.choice(PEOPLE) for _ in range(count)}
    return Draft(sender, subject, ip, tuple(_received(rng, address) for address in sorted(to)))


def _received(rng: random.Random, address: str, spam: bool = False) -> End:
    chance = rng.random()
    if spam:
        return End(
            address, *(("in, quarantined", "quarantined") if chance < 0.5 else ("in, junk", "filteredAsSpam"))
        )
    if chance < 0.01:
        return End(address, "in, late", "delivered", "", "pending", timedelta(minutes=rng.uniform(15, 90)))
    # the service is not of one mind about capitals
    return End(address, "in", "Delivered" if chance > 0.99 else "delivered")


def _outgoing(rng: random.Random, at: datetime, partner: Partner, room: int) -> Draft:
    sender = _usual(rng, partner) if rng.random() < 0.6 else rng.choice(PEOPLE)
    subject = _subject(rng, at, subjects.PARTNER_JA if partner.language == "ja" else subjects.PARTNER_EN, 0.5)
    count = min(room, len(partner.people), rng.choice((1, 1, 1, 2, 2, 3)))
    ends = [_sent(rng, address, partner) for address in rng.sample(partner.contacts, count)]
    if room > count:
        if sender in BOSSES:
            ends.append(End(AUDIT, "bcc"))
        elif rng.random() < 0.25:
            colleague = rng.choice(PEOPLE)
            ends += [End(colleague, "inside")] if colleague != sender else []
    return Draft(sender, subject, INTERNAL_IP, tuple(ends))


def _sent(rng: random.Random, address: str, partner: Partner) -> End:
    chance, ip = rng.random(), partner.mx_ip
    if chance < 0.025:
        return End(address, "out, refused", "failed", ip)
    if chance < 0.05:
        return End(address, "out, late", "delivered", ip, "pending", timedelta(minutes=rng.uniform(12, 240)))
    if chance < 0.053:
        return End(address, "out, expired", "failed", ip, "pending", timedelta(hours=24, minutes=1))
    return End(address, "out", "delivered", ip)


def _inside(rng: random.Random, at: datetime, room: int) -> Draft:
    sender, subject = rng.choice(PEOPLE), _subject(rng, at, subjects.INSIDE, 0.35)
    chance = rng.random()
    if chance < 0.06 and room > len(DISTRIBUTION_LISTS[SALES_ALL]):
        return Draft(sender, subject, INTERNAL_IP, _expanded(SALES_ALL))
    people = [
        one for one in rng.sample(PEOPLE, min(room, rng.choice((1, 1, 1, 2, 2, 3, 4))) + 1) if one != sender
    ]
    if chance < 0.08:
        back = timedelta(minutes=rng.uniform(15, 180))
        ends: tuple[End, ...] = (End(people[0], "inside, recalled", "recalled", "", "delivered", back),)
    else:
        ends = tuple(End(address, "inside") for address in people[: max(1, len(people) - 1)])
    return Draft(sender, subject, INTERNAL_IP, ends)


def _expanded(group: str) -> tuple[End, ...]:
    return End(group, "list", "expanded"), *(End(one, "member") for one in DISTRIBUTION_LISTS[group])


def _usual(rng: random.Random, partner: Partner) -> str:
    """One of the three here who look after *partner*."""
    first = _PLACE[partner.domain] * 5
    return PEOPLE[(first + rng.randrange(3) * 2) % len(PEOPLE)]


def _subject(rng: random.Random, at: datetime, choices: tuple[str, ...], answers: float = 0.0) -> str:
    local = at.astimezone(JST)
    text = rng.choice(choices).format(n=rng.randrange(1000, 9999), m=local.month, d=local.day)
    chance = rng.random()
    return ("Re: " if chance > answers / 5 else "RE: Re: " if chance > answers / 10 else "Fwd: ") * (
        chance < answers
    ) + text
