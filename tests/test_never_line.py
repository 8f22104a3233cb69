"""What an employee never gets, whatever leaves the bot: cards, summaries, files, offers, alerts and news."""

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import pytest

from demo.company import TANAKA
from demo.connector import personal_id
from demo.events import HUB, MAILBOX_SERVER, Mail, To, fail, mail, receive, submit, transport_rule
from demo.mailbox import Mailbox
from demo.tenant import Tenant
from tests.bot.test_logs import logged as logged
from tests.line import NOW, Line, Message, buttons
from tests.test_never import ROUTES as PLAIN_ROUTES

RULE, SERVER, ADDRESS = "Watch the sales team", "mx7.hidden-partner.example", "203.0.113.77"
ROUTES = {
    **PLAIN_ROUTES,
    "refused there": (
        True,
        "failed",
        (receive(), submit(), fail(4, "550 5.7.1 no", "", "550 5.7.1 no", SERVER, ADDRESS)),
    ),
    "ruled out": (
        True,
        "failed",
        (
            receive(),
            submit(),
            transport_rule(2, RULE, "i"),
            fail(3, "550 5.7.1 TRANSPORT.RULES.RejectMessage"),
        ),
    ),
}
TECHNICAL = {HUB, MAILBOX_SERVER, RULE, SERVER, ADDRESS}
OWN = (TANAKA.mail, *TANAKA.aliases)
WORDS = (
    "mine last 30d",
    "mine status failed last 10d",
    "trace sender *@contoso.co.jp last 10d",
    "trace to *@y.example last 30d",
    f"trace from {TANAKA.mail} last 30d",
    f"trace {TANAKA.mail} last 5d",
    "trace failed",
    "report enhanced mine last 30d",
    f"report extended from {TANAKA.mail} last 30d",
    "watch mine every 5m",
    f"watch failed from {TANAKA.mail} every 5m",
    "watches",
    "recent",
    "saved",
    "explain 550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by organization policy",
    "audit last 7d",
    "doctor",
    "help more",
)


@dataclass
class Post:
    """Random mail of a few weeks and of the hours to come, and what of it the employee may know."""

    rng: random.Random
    mails: list[Mail] = field(default_factory=list)
    allowed: set[str] = field(default_factory=lambda: set(OWN))
    every: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for number in range(14):
            after = timedelta(hours=number - 4) if number > 4 else -timedelta(days=number * 4 + 1)
            self._add(number, after)

    def _add(self, number: int, after: timedelta) -> None:
        rng = self.rng
        sender = rng.choice((*OWN, OWN[0], "boss@contoso.co.jp", f"stranger{number}@z.example"))
        routes = rng.sample(sorted(ROUTES), rng.randint(1, 5))
        to, received = [], rng.random() < 0.4
        for place, route in enumerate(routes):
            named, status, steps = ROUTES[route]
            address = f"r{number}-{place}@y.example"
            self.every.add(address)
            if named and sender in OWN:
                self.allowed.add(address)
            to.append(To(address, status, steps, to_ip=ADDRESS))
        if received:
            to.append(To(rng.choice(OWN), "delivered", ROUTES["typed"][2]))
            self.allowed.add(sender)
        subject = f"number {number} " + ("for all" if received or sender in OWN else "hush-hush")
        self.every.add(sender)
        self.mails.append(mail(f"never {number}", NOW + after, sender, subject, *to))

    @property
    def forbidden(self) -> set[str]:
        return (self.every - self.allowed) | TECHNICAL | {"hush-hush"}


@dataclass
class Heard:
    """Everything that left the bot; `cards` are what can be tapped, with the message they hang on."""

    line: Line
    answers: list[str] = field(default_factory=list)
    cards: list[tuple[Message, dict[str, object]]] = field(default_factory=list)

    def texts(self) -> Iterator[str]:
        yield from self.answers
        for call in self.line.connector.calls:
            yield json.dumps(call.body, ensure_ascii=False)
        for name, data in self.line.connector.drive.files.items():
            yield name + data.decode("utf-8-sig")

    def leaks(self, forbidden: set[str]) -> set[str]:
        said = "\n".join(self.texts()).replace("\u200b", "").lower()
        return {text for text in forbidden if text.lower() in said}


async def act(heard: Heard, rng: random.Random) -> None:
    """One thing that an employee might do."""
    line = heard.line
    at_home = line.connector.said_in(personal_id(TANAKA))
    offers = [message for message in at_home if message.offer]
    chance = rng.random()
    if chance < 0.35 or not at_home:
        before = len(at_home)
        await line.say(TANAKA, rng.choice(WORDS))
        await line.until(lambda: len(line.connector.said_in(personal_id(TANAKA))) > before)
    elif chance < 0.42:
        line.clock.pass_time(timedelta(minutes=rng.choice((6, 61, 600))))
    elif chance < 0.5 and offers:
        await line.consent(TANAKA, rng.choice(offers))
    else:
        shown = [(message, message.card) for message in at_home if not message.offer and not message.file]
        message, card = rng.choice([*shown[-5:], *heard.cards[-3:]])
        if found := buttons(card):
            tap = await line.tap(TANAKA, message, rng.choice(found), card)
            heard.answers.append(json.dumps(tap.body, ensure_ascii=False))
            if tap.body.get("type", "").endswith("card.adaptive"):
                heard.cards.append((message, tap.card))
    # A search may wait for the quota, which comes back as time passes.
    line.clock.pass_time(timedelta(seconds=30))
    at_home = line.connector.said_in(personal_id(TANAKA))
    passing = passes(line, timedelta(seconds=1), 4)
    await line.until(lambda: not any(m.is_looking for m in at_home) or passing())


async def begin(heard: Heard) -> None:
    """What each run holds at least: both kinds of file, saved, and a watch that has something to tell."""
    line = heard.line

    def cards() -> list[Message]:
        at_home = line.connector.said_in(personal_id(TANAKA))
        return [message for message in at_home if not message.offer and not message.file]

    def said() -> int:
        return len(line.connector.said_in(personal_id(TANAKA)))

    async def shown(title: str) -> Message:
        await line.until(lambda: any(title in message.words for message in cards()))
        return next(message for message in cards() if title in message.words)

    await line.say(TANAKA, "report enhanced mine last 30d")
    await line.consent(TANAKA, await line.offered(TANAKA))
    await line.until(lambda: len(line.connector.drive.whole) == 1)
    # A file's name holds the second: the next would have the same.
    line.clock.pass_time(timedelta(minutes=1))
    before = said()
    await line.say(TANAKA, f"report extended from {TANAKA.mail} last 30d")
    await line.tap(TANAKA, await shown("Start"), "Start")
    await line.consent(TANAKA, await line.offered(TANAKA, before))
    await line.until(lambda: len(line.connector.drive.whole) == 2)
    await line.say(TANAKA, "watch mine every 5m")
    await shown("has begun")
    passing = passes(line, timedelta(minutes=10), 50)
    await line.until(lambda: any("trouble" in m.summary for m in cards()[4:]) or passing())


async def fail_once(heard: Heard) -> None:
    """A question that Graph refuses, so that the log has something to say of each run."""
    line = heard.line
    line.tenant.faults.prerequisite_missing = 99
    known = len(line.connector.said_in(personal_id(TANAKA)))
    await line.say(TANAKA, f"trace from {TANAKA.mail} status failed last 9d")

    def answered() -> bool:
        new = line.connector.said_in(personal_id(TANAKA))[known:]
        return bool(new) and not any(message.is_looking for message in new)

    passing = passes(line, timedelta(seconds=1), 4)
    await line.until(lambda: answered() or passing())


def passes(line: Line, by: timedelta, every: int) -> Callable[[], bool]:
    """What lets time pass *by* so much at each so many calls, so that a step may end in between; false."""
    calls = count(1)

    def passing() -> bool:
        if next(calls) % every == 0:
            line.clock.pass_time(by)
        return False

    return passing


@pytest.mark.parametrize("seed", range(3))
async def test_nothing_that_is_not_allowed_leaves(tmp_path: Path, seed: int, logged: StringIO) -> None:
    """Random mail, questions, taps, files and watches bring no address, subject, server or rule of others."""
    rng = random.Random(seed)
    post = Post(rng)
    tenant = Tenant(Mailbox(post.mails), clock=lambda: line.clock.now())
    line = Line(tmp_path, tenant)
    heard = Heard(line)
    async with line:
        await begin(heard)
        for _ in range(30):
            await act(heard, rng)
        await fail_once(heard)

    # What was still on its way when the bot stopped is heard as well.
    assert heard.leaks(post.forbidden) == set()
    assert heard.leaks(post.allowed - set(OWN))
    # Nor does the log hold whose mail it was, about what, or what a file is called.
    written = logged.getvalue()
    subjects = {f"number {number} " for number in range(len(post.mails))}
    local_parts = {
        address.partition("@")[0] + mark for address in post.every | set(OWN) for mark in ("@", "%40")
    }
    assert written.count('"logger": "bot.')
    assert not {text for text in subjects | local_parts | {"message-trace-", "/drive/"} if text in written}
