"""What somebody with bad intentions sends, and what changes under the bot's feet: nobody gains by it."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest

from bot import forms
from bot.access import Ground
from bot.asking import Asker
from bot.commands import (
    Compare,
    Continue,
    Kept,
    Mine,
    OpenRow,
    PickOther,
    ShowPage,
)
from bot.directory import KEPT as PEOPLE_KEPT
from bot.searching import Search
from bot.store.states import CardState
from bot.watch_commands import (
    WatchId,
)
from cards.elements import Card
from cards.reader import reader_of
from cards.texts import TEXTS
from demo.activities import invoked
from demo.company import EXECUTIVE_GROUP_ID, GUEST, SATO, TAKAHASHI, TANAKA, Employee
from demo.connector import CHANNEL, Json, account_of, personal_id
from demo.tenant import DETAILS, LIST, Tenant
from tests.commands import sample
from tests.line import NOW, Line, Message, button, buttons, place_of, sample_mailbox
from tests.test_access_line import INVOICE, shown_in_channel
from tests.test_line import asked
from tests.test_never import ME, MONTH, Mailed, Post, strings
from tests.test_surface import handlers_over
from tracing.model import Answer, TraceQuery
from tracing.plan import plan

ASKED = "trace sender *@hoge.com"
SECRETS = ("請求書", "keiri", "550 5.1.10", "hush-hush")
"""What stands on the cards of the help desk, and nothing of which is the employee's."""


def presses(ids: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    """Every button there can be, about the things of *ids*: one for each field of a kind."""
    for command in get_args(forms.Tap):
        given: Any = sample(command)
        for ident in ids.values():
            values: dict[str, Any] = {
                one.name: ident for one in fields(given) if isinstance(getattr(given, one.name), str)
            }
            values |= {one.name: Kept(ident) for one in fields(given) if one.name == "search"}
            values |= {one.name: WatchId(ident) for one in fields(given) if one.name == "watch"}
            try:
                press = forms.press(replace(given, **values))
            except (TypeError, AttributeError):
                continue
            yield {"type": "Action.Execute", "verb": press.verb, "data": dict(press.data)}


async def things_of(line: Line, person: Employee) -> dict[str, str]:
    """What *person* has of everything that a card calls by an id."""
    found = await line.ask(person, ASKED)
    await line.ask(person, "save hush-hush")
    saved = await line.ask(person, "saved")
    await line.ask(person, "watch failed to *@hoge.com every 15m")
    watch = await line.ask(person, "watches")
    await line.say(person, "report enhanced sender *@hoge.com last 2d")
    await line.offered(person)
    for _ in ("its card", "the offer"):
        await line.answer(person)
    cards = [message.card for message in line.connector.said_in(personal_id(person)) if not message.offer]
    return {
        "list": button(found.card, INVOICE)["data"]["state"],
        "kept": next(tap["data"]["kept"] for tap in buttons(saved.card) if "kept" in tap["data"]),
        "watch": next(tap["data"]["watch"] for tap in buttons(watch.card) if tap["data"].get("watch")),
        "report": next(
            tap["data"]["state"] for card in cards for tap in buttons(card) if "report" in tap["verb"]
        ),
    }


def states_on(card: Json) -> set[str]:
    return {str(tap["data"]["state"]) for tap in buttons(card) if "state" in tap["data"]}


def kinds(message: Message) -> list[tuple[str, str]]:
    """What can be tapped on it, whatever time it is."""
    return [(tap["verb"], str(tap["data"].get("kept"))) for tap in buttons(message.card)]


async def test_nothing_of_others_opens(tmp_path: Path) -> None:
    """Whatever button is made about somebody else's things: nothing of them shows, and nothing changes."""
    async with Line(tmp_path) as line:
        await line.ask(TANAKA, "help")
        theirs = await things_of(line, SATO)
        heard = len(line.connector.calls)
        before = [await line.ask(SATO, text) for text in ("watches", "saved")]
        card = await line.ask(TANAKA, "help")
        told = []
        for press in presses(theirs):
            told.append(json.dumps((await line.tap(TANAKA, card, press)).body, ensure_ascii=False))
            elsewhere = place_of(SATO)
            told.append(
                json.dumps((await line.tap(TANAKA, card, press, place=elsewhere)).body, ensure_ascii=False)
            )
        after = [await line.ask(SATO, text) for text in ("watches", "saved")]
        to_tanaka = [c for c in line.connector.calls[heard:] if c.conversation_id == personal_id(TANAKA)]

    said = "\n".join(told) + json.dumps([call.body for call in to_tanaka], ensure_ascii=False)
    assert len(told) > 100
    assert not [secret for secret in SECRETS if secret in said.replace("\u200b", "")]
    assert [kinds(one) for one in before] == [kinds(one) for one in after]
    assert "hush-hush" in after[1].words
    assert "aused" not in after[0].words


@pytest.mark.parametrize(
    "author",
    [
        {"id": TANAKA.teams_id, "name": "nobody"},
        {"id": SATO.teams_id, "aadObjectId": "", "name": SATO.name},
        {"id": SATO.teams_id, "aadObjectId": f"{SATO.aad_object_id}/../{TANAKA.aad_object_id}"},
        {"id": SATO.teams_id, "aadObjectId": f"{SATO.aad_object_id}?$select=id"},
        {"id": SATO.teams_id, "aadObjectId": ["22222222-2222-4222-8222-222222222201"]},
        {"id": SATO.teams_id, "aadObjectId": "99999999-9999-4999-8999-999999999999"},
        {"id": "28:bbbbbbbb-0000-4000-8000-000000000001", "aadObjectId": SATO.aad_object_id},
        {"id": SATO.teams_id, "aadObjectId": SATO.aad_object_id, "role": "bot"},
        {"id": SATO.teams_id, "aadObjectId": SATO.aad_object_id, "role": "skill"},
    ],
    ids=["no id", "empty", "path", "query", "list", "unknown", "bot's id", "bot", "skill"],
)
async def test_nobody_the_directory_knows(tmp_path: Path, author: Json) -> None:
    """Who has no object id, a made-up one, or is a bot, gets nothing by words or taps; nothing is read."""
    async with Line(tmp_path) as line:
        await line.send(line.typed(SATO, ASKED) | {"from": author})
        answer = await line.answer(SATO)
        verb = forms.press(Mine()).verb
        value = {"action": {"type": "Action.Execute", "verb": verb, "data": {}}}
        tap = invoked(line.scene(SATO), answer.id, "adaptiveCard/action", value) | {"from": author}
        tapped = await (await line.send(tap)).json()

    assert TEXTS["refused.unknown"]["en"].partition("{")[0] in answer.words
    assert TEXTS["refused.unknown"]["en"].partition("{")[0] in json.dumps(tapped)
    assert asked(line.tenant, LIST) == asked(line.tenant, DETAILS) == 0


DOORS: dict[str, Json] = {
    "task/fetch": {"data": {"verb": "form"}},
    "task/submit": {"data": {"verb": "search", "sender": "*@hoge.com"}},
    "composeExtension/fetchTask": {
        "commandId": "trace",
        "messagePayload": {"body": {"contentType": "text", "content": "<1@hoge.com> kato@hoge.com"}},
    },
    "composeExtension/submitAction": {"data": {"verb": "search", "sender": "*@hoge.com"}},
    "composeExtension/query": {"commandId": "x", "parameters": [{"name": "q", "value": "suzuki@hoge.com"}]},
    "fileConsent/invoke": {"type": "fileUpload", "action": "accept", "context": {"offer": "x" * 22}},
    "adaptiveCard/action": {"action": {"type": "Action.Execute", "verb": "mine", "data": {}}},
    "signin/verifyState": {"state": "1"},
    "config/fetch": {},
}


@pytest.mark.parametrize("name", DOORS)
async def test_a_guest_at_every_door(tmp_path: Path, name: str) -> None:
    """A guest gets nothing through any surface, in a 1:1 or in an approved channel; no mail is looked at."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        said = []
        for place in (None, CHANNEL):
            activity = invoked(line.scene(GUEST, place), "1", name, DOORS[name])
            response = await line.knock(json.dumps(activity).encode())
            said.append(await response.text())
            assert response.status in (200, 400)
    said += [json.dumps(call.body, ensure_ascii=False) for call in line.connector.calls]

    assert asked(line.tenant, LIST) == asked(line.tenant, DETAILS) == 0
    assert not [text for text in said if "kato@hoge.com" in text or "Input.Text" in text]


async def test_saved_mail_of_ones_own(tmp_path: Path) -> None:
    """A saved search of one's own mail is private in an approved place, too; and so is what it is called."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        await line.ask(SATO, "mine last 30d")
        await line.ask(SATO, "save hush-hush")
        await line.say(SATO, "run hush-hush", CHANNEL)
        own, neutral = await line.answer(SATO), await line.answer(CHANNEL)
        await line.say(SATO, "trace", CHANNEL)
        form = await line.answer(CHANNEL)

    assert SATO.mail in own.words
    assert neutral.text == TEXTS["notice.private"]["en"]
    assert "hush-hush" not in json.dumps(form.card, ensure_ascii=False)


@pytest.mark.parametrize("ticket", ["", " ticket INC1"])
async def test_no_guess_is_answered_by_a_tap(tmp_path: Path, ticket: str) -> None:
    """A guess at a protected subject is answered by no place, row or comparison either."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        answers = []
        for word in ("来期組織案", "nonsense"):
            found = await line.ask(SATO, f"trace from {TAKAHASHI.mail} subject {word} last 30d{ticket}")
            state = next(iter(states_on(found.card)))
            taps = []
            opens = (OpenRow(state, 0), OpenRow(state, 99), PickOther(state, 0))
            for command in (*opens, Compare(state, 0, state, 0), ShowPage(state, 0, "")):
                press = forms.press(command)
                action = {"type": "Action.Execute", "verb": press.verb, "data": dict(press.data)}
                taps.append((await line.tap(SATO, found, action)).words.replace("来期組織案", "nonsense"))
            answers.append(taps)

    assert answers[0] == answers[1]


async def test_dialogs_are_counted(tmp_path: Path) -> None:
    """What is asked through dialogs counts like messages and taps."""
    async with Line(tmp_path, TRACE_MESSAGES_PER_MINUTE="60") as line:
        for number in range(70):
            value = {"data": {"verb": "search", "sender": f"{number}@hoge.com"}}
            response = await line.send(invoked(line.scene(SATO), "1", "task/submit", value))
        last = await response.text()
        opened = await line.send(invoked(line.scene(SATO), "1", "task/fetch", DOORS["task/fetch"]))

    assert "60 a minute is the limit" in last
    assert "60 a minute is the limit" in await opened.text()
    assert len(line.connector.said_in(personal_id(SATO))) == 60


async def test_what_is_stale_is_offered_again(tmp_path: Path) -> None:
    """A stale card offers the way to its question; a stranger's and a forged one look the same."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com last 9d")
        row = button(found.card, INVOICE)
        await line.ask(TANAKA, "help")
        foreign = await line.tap(TANAKA, found, row)
        line.clock.pass_time(timedelta(hours=25))
        stale = await line.tap(SATO, found, row)
        forged = await line.tap(SATO, found, {**row, "data": {**row["data"], "state": "x" * 22}})
        recent = await line.tap(SATO, found, TEXTS["kept.recent"]["en"], stale.card)

    assert stale.card == forged.card == foreign.card
    assert "*@hoge.com" in recent.words
    assert any(tap["verb"] == "run" for tap in buttons(recent.card))


# --- rights that change while something is under way ---


def lose_the_role(line: Line) -> None:
    line.tenant.groups, line.tenant.people = {}, [replace(one, groups=()) for one in line.tenant.people]
    line.clock.pass_time(PEOPLE_KEPT)


def let_a_guest_in(line: Line) -> None:
    line.connector.members.append(account_of(GUEST) | {"userRole": "guest"})


def hide_the_roster(line: Line) -> None:
    line.connector.members = []


@pytest.mark.parametrize("change", [lose_the_role, let_a_guest_in, hide_the_roster])
async def test_what_changes_while_it_is_looked_up(tmp_path: Path, change: Callable[[Line], None]) -> None:
    """Who lost the role, or came in, while something is looked up: nothing of it is put into the place."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    async with Line(tmp_path, tenant, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        await shown_in_channel(line)
        tenant.faults.throttle, tenant.faults.retry_after = 1, 15
        await line.say(SATO, "trace sender *@hoge.com last 9d", CHANNEL)
        await line.until(lambda: len(line.connector.said_in(CHANNEL.id)) > 1)
        change(line)
        late: Message = await line.answer(CHANNEL)

    assert INVOICE not in late.words
    assert "@hoge.com →" not in late.words


async def test_revoked_while_it_is_looked_up(tmp_path: Path) -> None:
    """An approval that is taken back while something is looked up keeps it out of the place."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    async with Line(tmp_path, tenant) as line:
        await line.say(SATO, "approve", CHANNEL)
        await line.answer(CHANNEL)
        tenant.faults.throttle, tenant.faults.retry_after = 1, 19
        await line.say(SATO, ASKED, CHANNEL)
        await line.until(lambda: len(line.connector.said_in(CHANNEL.id)) > 1)
        await line.say(SATO, "revoke", CHANNEL)
        late = await line.answer(CHANNEL)

    assert INVOICE not in late.words


async def test_targeted_in_a_chat_of_two(tmp_path: Path) -> None:
    """A message that Teams calls targeted in a 1:1 is answered as any there, and its buttons work."""
    async with Line(tmp_path) as line:
        said = line.typed(SATO, ASKED)
        said["recipient"]["isTargeted"] = True
        await line.send(said)
        found = await line.answer(SATO)
        detail = await line.tap(SATO, found, INVOICE)

    assert found.only_for == ""
    assert "550 5.1.10" in detail.words


def asker(*, shared: bool = False) -> Asker:
    reader = reader_of("en-US", "Asia/Tokyo", ZoneInfo("UTC"))
    ground = Ground.APPROVED if shared else Ground.PRIVATE
    return Asker(ME.aad_object_id, reader, "here", ground=ground, shared=shared)


def partly_read(post: Post) -> Answer:
    """What somebody of the help desk found of their own mail, with more to come."""
    return Answer(tuple(post.rows), plan(TraceQuery(MONTH), NOW).window, NOW, 1, len(post.rows))


async def test_reading_on_with_less_rights() -> None:
    """Who read as the help desk and reads on as an employee begins anew, without what was found then."""
    post = Post([Mailed("me@x.jp", ["typed", "bcc", "redirected", "member"])])
    handlers = handlers_over(post)
    state = CardState(TraceQuery(MONTH), mine=True, answer=partly_read(post))
    state_id = await post.save(state, "", "")

    found = await handlers.prepare(Continue(state_id), asker())
    assert isinstance(found, Search)
    card = await handlers.searching.run(found, asker())
    assert found.begun is None
    assert not [address for address in post.forbidden if address in strings(card.content)]


async def test_own_mail_for_a_place() -> None:
    """What turns out to be an employee's question is not looked up for everybody to see."""
    post = Post([Mailed("me@x.jp", ["typed"])])
    handlers = handlers_over(post)

    answer = await handlers.searching.ask(CardState(TraceQuery(MONTH), mine=False), asker(shared=True))

    assert isinstance(answer, Card)
    assert "me@x.jp" not in strings(answer.content)
