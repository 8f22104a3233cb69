"""Standing watches: from the words to the alerts, on a clock that moves on."""

import re
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import pytest

from cards.texts import TEXTS
from demo.activities import Client, plain
from demo.company import DIRECTORY, GUEST, KIMURA, SATO, TANAKA, Employee
from demo.connector import CHANNEL, GROUP_CHAT, Json, Place, account_of, personal_id
from demo.conversations import TEAM_ID
from demo.events import Mail, To, fail, mail, receive, send_external, submit
from demo.faults import ALWAYS, LIST
from demo.mailbox import Mailbox
from demo.tenant import Tenant
from tests.line import (
    ENGLISH,
    JAPANESE,
    NOW,
    Line,
    Message,
    RecordingConnector,
    button,
    buttons,
    nodes,
    words,
)

EVERY = timedelta(minutes=15)
TOKYO = ZoneInfo("Asia/Tokyo")
WATCH = "watch failed to *@partner.com every 15m"
UNKNOWN = "550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found"


def failing(name: str, at: timedelta, to: str = "ann@partner.com", late: timedelta = EVERY / 3) -> Mail:
    """A mail that fails *at* so long from now, and shows *late*."""
    route = (receive(), submit(), fail(2, UNKNOWN, fqdn="mx.partner.com", ip="203.0.113.9"))
    sent = To(to, "failed", route)
    return mail(name, NOW + at, TANAKA.mail, f"件名 {name}", sent, visible_after=late)


def several(count: int, at: timedelta, first: int = 0) -> list[Mail]:
    return [failing(f"m{first + n}", at, f"r{first + n}@partner.com") for n in range(count)]


def filled(card: Json, title: str, **values: str) -> Json:
    """The button of *title* as a client sends it: with what the inputs of *card* hold, or *values*."""
    action = button(card, title)
    inputs = (node for node in nodes(card) if str(node.get("type", "")).startswith("Input."))
    held = {node["id"]: node["value"] for node in inputs if "value" in node}
    return {**action, "data": {**held, **values, **action["data"]}}


class Watching(Line):
    """A line whose tenant lives by the same clock and has these *mails* alone."""

    def __init__(self, folder: Path, mails: Sequence[Mail], detailed_places: str = "") -> None:
        tenant = Tenant(Mailbox(mails), clock=lambda: self.clock.now())
        super().__init__(folder, tenant, RecordingConnector(), TRACE_DETAILED_PLACES=detailed_places)

    async def runs(self, *waits: timedelta) -> None:
        """After each of *waits*, everything that is due is looked at and told."""
        for wait in waits or (timedelta(0),):
            await self.rests()
            self.clock.pass_time(wait)
            await self.rests()

    def lists(self) -> int:
        return sum(request.kind == LIST for request in self.tenant.requests)

    def alerts(self, where: Employee | Place = SATO) -> list[Message]:
        """What the watches said, without the answers to people."""
        conversation_id = where.id if isinstance(where, Place) else personal_id(where)
        return [m for m in self.connector.said_in(conversation_id) if ALERTS.match(first_summary(m))]


ALERTS = re.compile(
    "|".join(
        re.sub(r"\\{\w+\\}", r"\\d+", re.escape(said))
        for one in ("started", "grown", "ended", "blind", "seeing", "stranded", "test")
        for said in TEXTS[f"alert.{one}"].values()
    )
)


def titles(messages: list[Message]) -> list[str]:
    return [first_summary(message) for message in messages]


def first_summary(message: Message) -> str:
    """What the notification said: edits notify nobody."""
    return str(message.versions[0].get("summary", ""))


async def approved(line: Line) -> None:
    await line.say(SATO, "approve", CHANNEL)
    await line.answer(CHANNEL)


@pytest.mark.parametrize(
    ("client", "command", "begun", "alert", "cause"),
    [
        (ENGLISH, WATCH, "Watch 1 has begun", "New trouble: 1 mail to partner.com: Failed", "en"),
        (
            JAPANESE,
            "監視 失敗 宛先 *@partner.com 15分ごと",
            "監視 1 を始めました",
            "監視のお知らせ: partner.com 宛て 1 件: 失敗",
            "ja",
        ),
    ],
)
async def test_from_words_to_alert(
    tmp_path: Path, client: Client, command: str, begun: str, alert: str, cause: Literal["ja", "en"]
) -> None:
    """A failure after the words is told of with its cause; one before them is not."""
    async with Watching(tmp_path, [failing("old", -EVERY), failing("new", EVERY)]) as line:
        answer = await line.ask(SATO, command, client=client)
        await line.runs(timedelta(0), EVERY, EVERY, EVERY)
        told = line.alerts()

    assert begun in answer.words
    assert titles(told) == [alert]
    assert TEXTS["cause.recipient_not_found_remote.name"][cause] in told[0].words
    assert "ann@partner.com" not in told[0].words


async def test_starts_grows_ends(tmp_path: Path) -> None:
    """Each tenfold growth and the end are messages of their own; counts in between change the first one."""
    mails = [*several(1, EVERY), *several(2, 2 * EVERY, 1), *several(9, 3 * EVERY, 3)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0), *[EVERY] * 10)
        told = line.alerts()

    assert titles(told) == [
        "New trouble: 1 mail to partner.com: Failed",
        "It has grown: 12 mails to partner.com: Failed",
        "It is over: 12 mails to partner.com: Failed",
    ]
    assert [words(card["attachments"][0]["content"]).split("\n")[2] for card in told[0].versions] == [
        "❌ 1 mail to partner.com: Failed",
        "❌ 3 mails to partner.com: Failed",
        "❌ 12 mails to partner.com: Failed",
        "✅ 12 mails to partner.com: Failed",
    ]


async def test_late_rows(tmp_path: Path) -> None:
    """A row that shows an hour after its mail is told of, once."""
    async with Watching(tmp_path, [failing("late", EVERY, late=timedelta(minutes=59))]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0), *[EVERY] * 7)

    assert titles(line.alerts()) == ["New trouble: 1 mail to partner.com: Failed"]


async def test_a_restart_forgets_nothing(tmp_path: Path) -> None:
    """What was told of before a restart is not told of after it; what came meanwhile is."""
    mails = [failing("a", EVERY), failing("b", 3 * EVERY, "bob@other.example")]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, "watch failed every 15m")
        await line.runs(timedelta(0), EVERY, EVERY)
        await line.restart()
        await line.runs(timedelta(minutes=40))

    assert titles(line.alerts()) == [
        "New trouble: 1 mail to partner.com: Failed",
        "New trouble: 1 mail to other.example: Failed",
    ]


async def test_in_an_approved_channel(tmp_path: Path) -> None:
    """In a channel each trouble is a thread; who takes it on is named for everybody."""
    mails = [failing("a", EVERY), *several(10, 3 * EVERY)]
    async with Watching(tmp_path, mails) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        begun = await line.answer(CHANNEL)
        await line.runs(timedelta(0), EVERY, EVERY)
        (alert,) = line.alerts(CHANNEL)
        await line.tap(SATO, alert, "I am on it", place=CHANNEL)
        await line.runs(EVERY, EVERY)
        alert, grown = line.alerts(CHANNEL)
        rows = await line.tap(SATO, alert, "Show the mails", place=CHANNEL)

    assert "Watch 1 has begun" in begun.words
    assert alert.conversation_id == grown.conversation_id == f"{CHANNEL.id};messageid={alert.id}"
    assert SATO.name in alert.words
    assert "I am on it" not in alert.words
    assert "11 mails" in grown.summary
    assert "11 messages" in rows.words


async def test_acknowledged_by_whom_it_concerns(tmp_path: Path) -> None:
    """An employee cannot take an alert of the help desk's on."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0), EVERY, EVERY)
        (alert,) = line.alerts(CHANNEL)
        tap = await line.tap(TANAKA, alert, "I am on it", place=CHANNEL)

    assert len(alert.versions) == 1
    assert TANAKA.name not in tap.words


async def test_in_a_channel_without_approval(tmp_path: Path) -> None:
    """Where results may not show, the watch tells whoever asked for it, alone."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, WATCH, CHANNEL)
        await line.runs(timedelta(0), EVERY, EVERY)

    assert line.alerts(CHANNEL) == []
    assert len(line.alerts(SATO)) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [("revoked", "not_approved"), ("guest", "outsiders"), ("removed", "place_gone")],
)
async def test_a_place_that_changed(tmp_path: Path, change: str, why: str) -> None:
    """Before each post the place is looked at: what it lacks is said to the owner, and the watch rests."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0))
        if change == "revoked":
            await line.say(SATO, "revoke", CHANNEL)
            await line.answer(CHANNEL)
        if change == "guest":
            line.connector.members.append(account_of(GUEST))
        if change == "removed":
            line.connector.gone.add(CHANNEL.id)
        await line.runs(EVERY, EVERY)
        told = line.alerts(SATO)
        listed = await line.ask(SATO, "watches")

    assert titles(told) == ["Watch 1 rests"]
    assert TEXTS[f"watch.paused.{why}"]["en"] in told[0].words
    assert TEXTS[f"watch.paused.{why}"]["en"] in listed.words
    assert line.alerts(CHANNEL) == []


async def test_removed_by_its_owner(tmp_path: Path) -> None:
    """Whose 1:1 is gone cannot be told so: the watch rests, and says why when it is asked for."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        line.connector.refusals += [403, 403]
        await line.runs(EVERY, EVERY)
        listed = await line.ask(SATO, "watches")
        await line.say(SATO, "resume 1")
        await line.until(line.alerts)

    assert TEXTS["watch.paused.place_gone"]["en"] in listed.words
    assert titles(line.alerts()) == ["New trouble: 1 mail to partner.com: Failed"]


def removal(line: Line, place: Place, how: str) -> Json:
    """What Teams says when the bot is gone from *place*."""
    scene = line.scene(TANAKA, place)
    if how == "installationUpdate":
        return plain(scene, how) | {"action": "remove"}
    said = plain(scene, "conversationUpdate")
    if how == "membersRemoved":
        return said | {"membersRemoved": [said["recipient"]]}
    said["channelData"] |= {"eventType": how}
    said["conversation"]["id"] = TEAM_ID
    return said


@pytest.mark.parametrize(
    ("place", "how"),
    [
        (CHANNEL, "installationUpdate"),
        (CHANNEL, "membersRemoved"),
        (CHANNEL, "channelDeleted"),
        (CHANNEL, "teamArchived"),
        (GROUP_CHAT, "installationUpdate"),
        (GROUP_CHAT, "membersRemoved"),
    ],
)
async def test_the_bot_is_removed(tmp_path: Path, place: Place, how: str) -> None:
    """Where the bot is removed its watches rest at once, and nothing is looked for any more; their owner
    hears of it alone, once, and can have them go on there."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.say(SATO, "approve", place)
        await line.answer(place)
        await line.say(SATO, WATCH, place)
        await line.answer(place)
        await line.runs(timedelta(0))
        for _ in range(2):
            await line.send(removal(line, place, how))
            await line.until(line.alerts)
            await line.runs()
        rests, lists = line.alerts(SATO), line.lists()
        await line.runs(EVERY, EVERY)
        still = line.lists()
        moved = await line.tap(SATO, rests[0], "Tell me here instead")
        await line.runs(timedelta(0), EVERY)
        told = line.alerts(SATO)
        approval = await line.ask(SATO, "trace sender *@hoge.com", place)

    assert titles(rests) == ["Watch 1 rests"]
    assert TEXTS["watch.paused.place_gone"]["en"] in rests[0].words
    assert lists == still
    assert "speaks in this chat" in moved.words
    assert titles(told) == ["Watch 1 rests", "New trouble: 1 mail to partner.com: Failed"]
    assert line.alerts(place) == []
    # Nothing shows there any more: the answer came to the 1:1.
    assert approval.card


async def test_removed_and_back(tmp_path: Path) -> None:
    """Once the bot is back and the place approved again, the watch can be resumed there."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0))
        await line.send(removal(line, CHANNEL, "installationUpdate"))
        await line.until(line.alerts)
        await line.arrive(TANAKA, CHANNEL)
        await line.answer(CHANNEL)
        await approved(line)
        opened = await line.tap(SATO, line.alerts()[0], "Open this watch")
        await line.tap(SATO, line.alerts()[0], "Resume", opened.card)
        await line.runs(EVERY, EVERY)

    assert titles(line.alerts(CHANNEL)) == ["New trouble: 1 mail to partner.com: Failed"]


async def test_moved_to_where_others_are(tmp_path: Path) -> None:
    """“Tell me here” is for the 1:1: sent from elsewhere it changes nothing."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0))
        await line.send(removal(line, CHANNEL, "channelDeleted"))
        await line.until(line.alerts)
        here = button(line.alerts()[0].card, "Tell me here instead")
        await line.say(SATO, "approve", GROUP_CHAT)
        card = await line.answer(GROUP_CHAT)
        tapped = await line.tap(SATO, card, here, place=GROUP_CHAT)

    assert TEXTS["watch.nowhere"]["en"] in tapped.words


async def test_removed_from_a_1_to_1(tmp_path: Path) -> None:
    """Who removes the bot is written nothing more; back again, they find their watches resting."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        await line.send(plain(line.scene(SATO), "installationUpdate") | {"action": "remove"})
        await line.runs(EVERY, EVERY)
        lists, said = line.lists(), len(line.connector.messages)
        await line.arrive(SATO)
        await line.answer(SATO)
        listed = await line.ask(SATO, "watches")
        await line.say(SATO, "resume 1")
        await line.until(line.alerts)

    assert said == 1
    assert lists == 1
    assert TEXTS["watch.paused.place_gone"]["en"] in listed.words
    assert titles(line.alerts()) == ["New trouble: 1 mail to partner.com: Failed"]


async def test_an_owner_who_left(tmp_path: Path) -> None:
    """A watch whose owner is no longer in the directory rests, and looks at nothing."""
    async with Watching(tmp_path, [failing("a", 3 * EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        line.tenant.people = tuple(person for person in DIRECTORY if person != SATO)
        line.clock.pass_time(timedelta(hours=1))
        await line.until(lambda: line.alerts(SATO))
        lists = line.lists()

    assert titles(line.alerts()) == ["Watch 1 rests"]
    assert lists == line.lists()


async def test_an_owner_who_left_the_help_desk(tmp_path: Path) -> None:
    """A watch in a channel is the help desk's: whoever leaves it takes no look with them."""
    async with Watching(tmp_path, [failing("a", 3 * EVERY)]) as line:
        await approved(line)
        await line.say(SATO, WATCH, CHANNEL)
        await line.answer(CHANNEL)
        await line.runs(timedelta(0))
        line.tenant.groups = {}
        line.clock.pass_time(timedelta(hours=1))
        await line.until(line.alerts)

    assert titles(line.alerts()) == ["Watch 1 rests"]
    assert TEXTS["watch.paused.not_allowed"]["en"] in line.alerts()[0].words
    assert line.alerts(CHANNEL) == []


async def test_an_employee_in_a_channel(tmp_path: Path) -> None:
    """A tap of an employee's on a list in a channel begins no watch there."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await approved(line)
        await line.say(SATO, "trace to *@partner.com status failed", CHANNEL)
        found = await line.answer(CHANNEL)
        form = await line.tap(TANAKA, found, "Watch this", place=CHANNEL)
        tap = await line.tap(TANAKA, found, filled(form.card, "Begin watching"), place=CHANNEL)

    assert TEXTS["watch.nowhere"]["en"] in tap.words


async def test_an_employee(tmp_path: Path) -> None:
    """An employee is told of their own mail, with no recipient but those they addressed."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(TANAKA, "watch mine every 15m")
        await line.runs(timedelta(0), EVERY, EVERY)

    assert titles(line.alerts(TANAKA)) == ["New trouble: 1 mail to partner.com: Failed"]


async def test_cannot_see(tmp_path: Path) -> None:
    """A watch that cannot look says so once, and tells later what came meanwhile."""
    async with Watching(tmp_path, [failing("a", 3 * EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        line.tenant.faults.where, line.tenant.faults.server_error = frozenset({LIST}), ALWAYS
        for _ in range(6):
            await line.runs(EVERY)
        line.tenant.faults.clear()
        await line.runs(EVERY)

    assert titles(line.alerts()) == [
        "Watch 1 cannot see",
        "Watch 1 sees again",
        "New trouble: 1 mail to partner.com: Failed",
    ]


async def test_from_a_list(tmp_path: Path) -> None:
    """A tap on a list asks how, and lets it stand."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        found = await line.ask(SATO, "trace to *@partner.com status failed")
        form = await line.tap(SATO, found, "Watch this")
        begun = await line.tap(SATO, found, filled(form.card, "Begin watching"))
        await line.runs(timedelta(0), EVERY, EVERY)

    assert "Watch 1 has begun" in begun.words
    assert len(line.alerts()) == 1


async def test_paused_and_resumed(tmp_path: Path) -> None:
    """A paused watch looks at nothing; resumed, it tells what came meanwhile."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        paused = await line.ask(SATO, "pause 1")
        lists = line.lists()
        line.clock.pass_time(timedelta(hours=3))
        await line.ask(SATO, "help")
        unseen = line.lists()
        await line.say(SATO, "resume 1")
        await line.until(line.alerts)

    assert TEXTS["watch.paused.by_you"]["en"] in paused.words
    assert unseen == lists
    assert len(line.alerts()) == 1


@pytest.mark.parametrize(
    ("words_typed", "until"), [("snooze 1", "Oct 15 13:00"), ("snooze 1 until tomorrow", "Oct 16 08:00")]
)
async def test_snoozed(tmp_path: Path, words_typed: str, until: str) -> None:
    """A snoozed watch says until when."""
    async with Watching(tmp_path, []) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        snoozed = await line.ask(SATO, words_typed)

    assert until in snoozed.words.replace(",", "")


async def test_tested_and_stopped(tmp_path: Path) -> None:
    """A test arrives where the alerts will; a stopped watch is no more."""
    async with Watching(tmp_path, []) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        listed = await line.ask(SATO, "watches")
        opened = await line.tap(SATO, listed, buttons(listed.card)[0])
        tested = await line.tap(SATO, listed, "Test now", opened.card)
        test = await line.answer(SATO)
        stopped = await line.ask(SATO, "unwatch 1")
        missing = await line.ask(SATO, "unwatch 1")

    assert "every 15 minutes" in listed.words
    assert "Last look" in opened.words
    assert "A test was sent" in tested.words
    assert test.summary == "A test of watch 1"
    assert "Watch 1 has been stopped." in stopped.words
    assert TEXTS["watch.none"]["en"] in stopped.words
    assert "There is no watch of that number." in missing.words


async def test_tested_while_paused(tmp_path: Path) -> None:
    """A test of a paused watch arrives, and the watch stays paused."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        await line.ask(SATO, "pause 1")
        await line.say(SATO, "test 1")
        told = {(await line.answer(SATO)).summary for _ in ("the test", "the answer")}
        lists = line.lists()
        await line.runs(EVERY, EVERY)
        opened = (await line.ask(SATO, "watches")).words

    assert "A test of watch 1" in told
    assert titles(line.alerts()) == ["A test of watch 1"]
    assert line.lists() == lists
    assert TEXTS["watch.paused.by_you"]["en"] in opened


async def test_threshold(tmp_path: Path) -> None:
    """Below the number that was said nothing is told."""
    mails = [*several(2, EVERY), *several(4, 6 * EVERY, 10)]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, "watch failed to *@partner.com more than 3 failures in 15m every 15m")
        await line.runs(timedelta(0), *[EVERY] * 8)

    assert titles(line.alerts()) == ["New trouble: 4 mails to partner.com: Failed"]


async def test_not_ones_own(tmp_path: Path) -> None:
    """Nobody watches what they may not look at, nor changes what others watch."""
    async with Watching(tmp_path, []) as line:
        await line.ask(SATO, WATCH)
        refused = await line.ask(TANAKA, "watch failed from sato@contoso.co.jp to *@partner.com")
        others = await line.ask(TANAKA, "unwatch 1")

    assert refused.summary == TEXTS["refused.summary"]["en"]
    assert "There is no watch of that number." in others.words


def arriving(count: int, at: timedelta) -> list[Mail]:
    """So many mails that reach the other server."""
    route = (receive(), submit(), send_external(2, "mx.partner.com", "203.0.113.9"))
    to = [To(f"ok{n}@partner.com", "delivered", route) for n in range(count)]
    return [
        mail(f"d{n}", NOW + at, TANAKA.mail, f"件名 d{n}", one, visible_after=EVERY / 3)
        for n, one in enumerate(to)
    ]


@pytest.mark.parametrize(
    ("others", "part"), [(43, "18 of 61 mails to partner.com within 1 hour (30\u00a0%)"), (90, "")]
)
async def test_a_part_of_all_mail(tmp_path: Path, others: int, part: str) -> None:
    """What fails is held against all mail to its destination; the alert says how much of it that is."""
    mails = [*several(18, EVERY), *arriving(others, EVERY - timedelta(minutes=1))]
    async with Watching(tmp_path, mails) as line:
        begun = await line.ask(SATO, "watch failed to *@partner.com more than 20 % in 1h")
        await line.runs(timedelta(0), *[EVERY] * 4)
        told, lists = line.alerts(), line.lists()

    assert (
        "more than 20\u00a0% of the mail to a destination within 1 hour (of 10 mails or more)" in begun.words
    )
    assert titles(told) == ["New trouble: 18 mails to partner.com: Failed"] * bool(part)
    assert all(part in alert.words for alert in told)
    # One read each run, and one of all mail when there was something to weigh.
    assert lists == 6


async def test_quiet_hours(tmp_path: Path) -> None:
    """What is found in quiet hours is counted then and told at their end, once: begun, or begun and over."""
    at_night = timedelta(hours=11)  # 23:00 in Tokyo
    mails = [
        *several(3, at_night),
        failing("over", at_night, "bob@other.example"),
        *[failing(f"late{n}", at_night + n * EVERY * 3, f"l{n}@partner.com") for n in range(1, 11)],
    ]
    async with Watching(tmp_path, mails) as line:
        begun = await line.ask(SATO, "watch failed every 15m quiet 22:00-7:00")
        await line.runs(timedelta(0), at_night - EVERY)
        await line.runs(*[EVERY] * 32)
        silent = line.alerts()
        listed = await line.ask(SATO, "watches")
        await line.runs(EVERY, EVERY, EVERY)
        told = line.alerts()

    assert "quiet from 22:00 to 07:00 (UTC+09:00)" in begun.words
    assert silent == []
    assert "quiet now; 2 things to tell at Oct 16 07:00" in listed.words.replace(",", "")
    assert sorted(titles(told)) == [
        "It is over: 1 mail to other.example: Failed",
        "New trouble: 13 mails to partner.com: Failed",
    ]
    assert all("held until now for the quiet hours" in one.words for one in told)
    assert line.clock.now().astimezone(TOKYO).hour == 7


async def test_days_off(tmp_path: Path) -> None:
    """On a weekend nothing is said, a growth and an end neither; a snooze is slept off first."""
    saturday = timedelta(days=2)  # NOW is a Thursday
    mails = [failing("a", saturday - EVERY), *several(10, saturday + timedelta(hours=3))]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, "監視 失敗 30分ごと 平日のみ", client=JAPANESE)
        await line.runs(timedelta(0), saturday - timedelta(hours=13), *[2 * EVERY] * 4)
        before = titles(line.alerts())
        await line.runs(*[timedelta(hours=1)] * 40)
        silent = titles(line.alerts())
        await line.runs(*[timedelta(hours=1)] * 8)

    assert before == silent
    assert len(titles(line.alerts())) == 2


async def test_a_place_that_changed_at_night(tmp_path: Path) -> None:
    """That a watch rests is said when the quiet hours end."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await line.ask(SATO, WATCH + " quiet 12:00-15:00")
        await line.runs(timedelta(0))
        line.tenant.people = tuple(person for person in DIRECTORY if person != SATO)
        await line.runs(timedelta(hours=1), timedelta(hours=1))
        silent = line.alerts()
        await line.runs(timedelta(hours=1))

    assert silent == []
    assert titles(line.alerts()) == ["Watch 1 rests"]


def told_by_teams(version: Json) -> list[str]:
    """Whom Teams tells of this version of a card; each stands in its text too."""
    card = version["attachments"][0]["content"]
    entities = card["msteams"].get("entities", [])
    assert all(entity["text"] in words(card) for entity in entities)
    return [entity["mentioned"]["id"] for entity in entities]


async def test_mentions(tmp_path: Path) -> None:
    """The start and each growth mention who was named and is there; counts, edits and the end do not."""
    mails = [*several(1, EVERY), *several(2, 2 * EVERY, 1), *several(9, 3 * EVERY, 3)]
    async with Watching(tmp_path, mails) as line:
        await approved(line)
        await line.say(SATO, WATCH + f" mention me @{TANAKA.name} @{KIMURA.name}", CHANNEL)
        begun = await line.answer(CHANNEL)
        await line.runs(timedelta(0), *[EVERY] * 10)
        started, grown, ended = line.alerts(CHANNEL)

    assert f"mentions {SATO.name}, {TANAKA.name}, and {KIMURA.name}" in begun.words
    assert [told_by_teams(version) for version in started.versions] == [
        [SATO.teams_id, TANAKA.teams_id],
        *[[]] * (len(started.versions) - 1),
    ]
    assert KIMURA.name in words(started.versions[0]["attachments"][0]["content"])
    assert told_by_teams(grown.versions[0]) == [SATO.teams_id, TANAKA.teams_id]
    assert told_by_teams(ended.versions[0]) == []


async def test_mentions_alone(tmp_path: Path) -> None:
    """In a 1:1 nobody needs to be mentioned; it says so."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        begun = await line.ask(SATO, WATCH + " mention me")
        await line.runs(timedelta(0), EVERY, EVERY)
        (alert,) = line.alerts()

    assert TEXTS["watch.mentions.alone"]["en"] in begun.words
    assert told_by_teams(alert.versions[0]) == []


async def test_the_form_of_a_new_watch(tmp_path: Path) -> None:
    """What the form says is what is watched; what cannot be is said beside its input, and nothing is lost."""
    async with Watching(tmp_path, []) as line:
        found = await line.ask(SATO, "trace to *@partner.com status failed")
        form = await line.tap(SATO, found, "Watch this")
        wrong = filled(form.card, "Begin watching", percent="200", quiet_start="22:00", every="30")
        faulty = await line.tap(SATO, found, wrong)
        right = filled(
            faulty.card, "Begin watching", percent="20", within="60", quiet_end="07:00", days="working"
        )
        begun = await line.tap(SATO, found, right)

    assert TEXTS["expected.form_percent"]["en"] in faulty.words
    assert TEXTS["expected.form_hours"]["en"] in faulty.words
    for words_shown in (
        "every 30 minutes",
        "20\u00a0% of the mail",
        "within 1 hour",
        "22:00 to 07:00",
        "working days",
    ):
        assert words_shown in begun.words


async def test_mentioned_by_the_form(tmp_path: Path) -> None:
    """In a channel the form offers to mention whoever fills it in; in a 1:1 it does not ask."""
    async with Watching(tmp_path, [failing("a", EVERY)]) as line:
        await approved(line)
        alone = await line.tap(SATO, await line.ask(SATO, "trace failed"), "Watch this")
        await line.say(SATO, "trace to *@partner.com status failed", CHANNEL)
        found = await line.answer(CHANNEL)
        form = await line.tap(SATO, found, "Watch this", place=CHANNEL)
        await line.tap(SATO, found, filled(form.card, "Begin watching", mentions="me,7"), place=CHANNEL)
        await line.runs(timedelta(0), EVERY, EVERY)
        (alert,) = line.alerts(CHANNEL)

    assert "mentions" not in [node.get("id") for node in nodes(alone.card)]
    assert told_by_teams(alert.versions[0]) == [SATO.teams_id]


@pytest.mark.parametrize(
    ("client", "command", "shown"),
    [
        (ENGLISH, "edit 1 every 30m quiet 22:00-7:00", ("every 30 minutes", "quiet from 22:00")),
        (ENGLISH, "edit 1 more than 5 in 1h", ("more than 5 within 1 hour", "every 15 minutes")),
        (JAPANESE, "変更 1 30分ごと 平日のみ", ("30 分ごと", "平日のみ")),
    ],
)
async def test_edited_by_words(tmp_path: Path, client: Client, command: str, shown: tuple[str, ...]) -> None:
    """What was said is changed, the rest stays: the number, and what the watch knows."""
    async with Watching(tmp_path, [failing("old", -EVERY), failing("new", EVERY)]) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        edited = await line.ask(SATO, command, client=client)
        await line.runs(timedelta(0), EVERY)
        listed = await line.ask(SATO, "watches", client=client)

    assert all(words_shown in edited.words for words_shown in shown)
    assert TEXTS["watch.edited"]["ja" if client is JAPANESE else "en"].format(number=1) in edited.words
    assert shown[0] in listed.words


async def test_edited_knows_what_it_knew(tmp_path: Path) -> None:
    """With the same conditions a row is told of once; old ones are not, also where it looks further back."""
    mails = [failing("old", -10 * EVERY), failing("a", EVERY), failing("b", 3 * EVERY, "bob@partner.com")]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, "watch failed to *@partner.com last 1h every 15m")
        await line.runs(timedelta(0), EVERY, EVERY)
        await line.ask(SATO, "edit 1 every 6h")
        await line.runs(timedelta(0), EVERY, EVERY, timedelta(hours=6))
        told = titles(line.alerts())

    assert told[0] == "New trouble: 1 mail to partner.com: Failed"
    assert not any("3 mails" in one for one in told)


async def test_edited_to_look_for_other_mail(tmp_path: Path) -> None:
    """Other conditions have a baseline of their own: what is there already is not told of."""
    mails = [failing("a", -EVERY, "bob@other.example"), failing("b", 4 * EVERY, "joe@other.example")]
    async with Watching(tmp_path, mails) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0), EVERY)
        edited = await line.ask(SATO, "edit 1 failed to *@other.example")
        await line.runs(timedelta(0), EVERY)
        before = line.alerts()
        await line.runs(*[EVERY] * 4)

    assert TEXTS["watch.edited.other"]["en"].format(number=1) in edited.words
    assert before == []
    assert titles(line.alerts()) == ["New trouble: 1 mail to other.example: Failed"]


async def test_edited_by_the_form(tmp_path: Path) -> None:
    """From the list to the form, filled with what stands, and back to the watch; its owner's alone."""
    async with Watching(tmp_path, []) as line:
        await line.ask(SATO, WATCH + " more than 10 in 1h quiet 22:00-7:00")
        await line.runs(timedelta(0))
        listed = await line.ask(SATO, "watches")
        opened = await line.tap(SATO, listed, buttons(listed.card)[0])
        form = await line.tap(SATO, listed, button(opened.card, "Change"))
        held = filled(form.card, "Save")["data"]
        saved = await line.tap(
            SATO, listed, filled(form.card, "Save", every="60", more_than="", recipient="*@a.example")
        )
        others = await line.ask(TANAKA, "edit 1 every 1h")
        typed = await line.ask(SATO, "edit 1")
        stolen = await line.ask(TANAKA, "help")
        theft = await line.tap(TANAKA, stolen, filled(form.card, "Save"))

    assert (held["every"], held["more_than"], held["within"], held["quiet_start"]) == (
        "15",
        "10",
        "60",
        "22:00",
    )
    assert held["recipient"] == "*@partner.com"
    assert "every 1 hour" in saved.words
    assert "*@a.example" in saved.words
    assert TEXTS["watch.edited.other"]["en"].format(number=1) in saved.words
    assert "There is no watch of that number." in others.words
    assert "Change watch 1" in typed.words
    assert "There is no watch of that number." in theft.words


async def test_edited_while_it_rests(tmp_path: Path) -> None:
    """A paused or snoozed watch stays so when it is changed."""
    async with Watching(tmp_path, []) as line:
        await line.ask(SATO, WATCH)
        await line.runs(timedelta(0))
        await line.ask(SATO, "pause 1")
        paused = await line.ask(SATO, "edit 1 every 30m")
        await line.ask(SATO, "resume 1")
        await line.runs(timedelta(0))
        await line.ask(SATO, "snooze 1")
        snoozed = await line.ask(SATO, "edit 1 every 1h")

    assert TEXTS["watch.paused.by_you"]["en"] in paused.words
    assert "Oct 15 13:00" in snoozed.words.replace(",", "")


async def test_what_may_not_be_changed_to(tmp_path: Path) -> None:
    """A change is decided as a new watch is: not beyond one's rights, nor a part of no state."""
    async with Watching(tmp_path, []) as line:
        await line.ask(TANAKA, "watch mine to *@partner.com every 15m")
        await line.runs(timedelta(0))
        part = await line.ask(TANAKA, "edit 1 more than 20 %")
        await line.ask(TANAKA, "watch failed to *@partner.com")
        refused = await line.ask(TANAKA, "edit 2 failed from sato@contoso.co.jp to *@partner.com")
        listed = await line.ask(TANAKA, "watches")
        await line.ask(SATO, "watch failed daily at 9:00")
        digest = await line.ask(SATO, "edit 1 every 30m")

    assert TEXTS["expected.percent_of"]["en"] in part.words
    assert refused.summary == TEXTS["refused.summary"]["en"]
    assert "sato@contoso.co.jp" not in listed.words
    assert TEXTS["expected.digest_alone"]["en"] in digest.words


async def test_all_mail_is_counted_once_for_many(tmp_path: Path) -> None:
    """Watches of the same conditions share the read of all mail, whatever part each asks for."""
    mails = [*several(18, EVERY), *arriving(43, EVERY - timedelta(minutes=1))]
    async with Watching(tmp_path, mails) as line:
        for percent in (10, 20, 25):
            await line.ask(SATO, f"watch failed to *@partner.com more than {percent} % in 1h")
        await line.runs(timedelta(0), *[EVERY] * 4)

    assert len(line.alerts()) == 3
    assert line.lists() == 6
