"""Every surface of Teams, from an activity as it comes to the answer as people see it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse

from cards.texts import TEXTS
from demo.activities import Client, plain
from demo.company import AUDITOR, GUEST, SATO, TANAKA, Employee
from demo.connector import CHANNEL, GROUP_CHAT, Json, Place, personal_id
from demo.faults import ALWAYS, LIST
from tests.line import (
    ENGLISH,
    HELD,
    JAPANESE,
    PATIENT,
    THREAD,
    Line,
    Message,
    button,
    faults_of,
    nodes,
    place_of,
    words,
)
from tests.samples import activity


def picked(line: Line, person: Employee, text: str, place: Place) -> Json:
    """*person* picks a slash command: a message that they alone see."""
    said = line.typed(person, text, place)
    said["recipient"]["isTargeted"] = True
    return said


# --- slash commands: targeted messages ---


@pytest.mark.parametrize("place", [CHANNEL, GROUP_CHAT], ids=["channel", "group chat"])
async def test_slash_command(tmp_path: Path, place: Place) -> None:
    """A slash command is answered where it was given, to the asker alone; nobody is told that they asked."""
    async with Line(tmp_path) as line:
        await line.send(picked(line, SATO, "/trace sender *@hoge.com", place))
        found = await line.answer(place)

    assert found.only_for == SATO.teams_id
    assert "suzuki@hoge.com" in found.words
    assert [message.only_for for message in line.connector.messages] == [SATO.teams_id]
    assert place is not CHANNEL or found.conversation_id.endswith(THREAD)


async def test_tap_on_what_one_sees_alone(tmp_path: Path) -> None:
    """A row of a targeted card opens in it; the same tap by somebody else opens nothing."""
    async with Line(tmp_path) as line:
        await line.send(picked(line, SATO, "/trace sender *@hoge.com", GROUP_CHAT))
        found = await line.answer(GROUP_CHAT)
        row = button(found.card, "【至急】10月度請求書の件")
        detail = await line.tap(SATO, found, row)
        other = await line.tap(TANAKA, found, row)
        refused = await line.answer(TANAKA)

    assert "550 5.1.10" in detail.words
    assert "1:1" in other.words
    assert "550 5.1.10" not in refused.words


async def test_slow_tap_aside(tmp_path: Path) -> None:
    """A tap that takes long on a targeted card is finished on it, for the same eyes alone."""
    async with Line(tmp_path, pace=replace(PATIENT, tap=timedelta(0))) as line:
        await line.send(picked(line, SATO, "/trace sender *@hoge.com", GROUP_CHAT))
        found = await line.answer(GROUP_CHAT)
        tap = await line.tap(SATO, found, "Refresh")
        await line.until(lambda: len(found.versions) > 2)

    assert tap.is_looking
    assert {message.only_for for message in line.connector.messages} == {SATO.teams_id}


@pytest.mark.parametrize("refusal", [400, 403, 404])
async def test_no_targeted_messages_there(tmp_path: Path, refusal: int) -> None:
    """Where Teams takes no targeted message the answer comes to the 1:1, and nobody else hears of it."""
    async with Line(tmp_path) as line:
        line.connector.refusals = [refusal]
        await line.send(picked(line, SATO, "/trace sender *@hoge.com", CHANNEL))
        found = await line.answer(SATO)

    assert "suzuki@hoge.com" in found.words
    assert line.connector.said_in(CHANNEL.id) == []


async def test_slash_command_of_a_stranger(tmp_path: Path) -> None:
    """Rights do not depend on the surface."""
    async with Line(tmp_path) as line:
        await line.send(picked(line, GUEST, "/trace sender *@hoge.com", GROUP_CHAT))
        refused = await line.answer(GROUP_CHAT)

    assert refused.only_for == GUEST.teams_id
    assert "suzuki" not in refused.words


@pytest.mark.parametrize("aside", [False, True], ids=["1:1", "slash command"])
async def test_what_a_stop_cuts_off(tmp_path: Path, aside: bool) -> None:
    """A search that does not end in time says so as the process stops, to the same eyes alone."""
    async with Line(tmp_path, pace=replace(PATIENT, at_stop=timedelta(0))) as line:
        await line.ask(SATO, "help")
        line.tenant.faults.slow = HELD
        place = GROUP_CHAT if aside else place_of(SATO)
        said = picked(line, SATO, "/trace sender *@hoge.com", place)
        await line.send(said if aside else line.typed(SATO, "trace sender *@hoge.com"))
        await line.until(lambda: any(m.is_looking for m in line.connector.messages))
        card = line.connector.messages[-1]
        await line.restart()
        stopped = card.words
        line.tenant.faults.slow = timedelta(0)
        again = await line.tap(SATO, card, "Run again")

    assert TEXTS["interrupted.title"]["en"] in stopped
    assert card.only_for == (SATO.teams_id if aside else "")
    assert "suzuki@hoge.com" in again.words


# --- arriving and leaving ---


@pytest.mark.parametrize("client", [ENGLISH, JAPANESE], ids=["en", "ja"])
@pytest.mark.parametrize("place", [CHANNEL, GROUP_CHAT], ids=["channel", "group chat"])
async def test_welcome_among_others(tmp_path: Path, place: Place, client: Client) -> None:
    """Where many read, the welcome says how to be heard and opens the form for who taps."""
    async with Line(tmp_path) as line:
        await line.arrive(SATO, place, client)
        hello = await line.answer(place)
    (action,) = hello.card["actions"]

    assert "@Mail Trace" in hello.words
    assert action["data"] == {"verb": "form", "msteams": {"type": "task/fetch"}}


async def test_upgrade_is_no_arrival(tmp_path: Path) -> None:
    """A new version of the app greets nobody again, and forgets nobody."""
    async with Line(tmp_path) as line:
        await line.ask(TANAKA, "help")
        for action in ("add-upgrade", "remove-upgrade", "something new"):
            await line.send(plain(line.scene(TANAKA), "installationUpdate") | {"action": action})
        await line.say(TANAKA, "mine", CHANNEL)
        await line.answer(CHANNEL)

    assert [call for call in line.connector.calls if call.conversation_id == ""] == []
    assert len(line.connector.said_in(CHANNEL.id)) == 1


async def test_removed(tmp_path: Path) -> None:
    """Where the bot was removed from a 1:1, it no longer knows it: the next question opens one anew."""
    async with Line(tmp_path) as line:
        await line.ask(TANAKA, "help")
        await line.send(plain(line.scene(TANAKA), "installationUpdate") | {"action": "remove"})
        await line.say(TANAKA, "mine", CHANNEL)
        await line.answer(CHANNEL)

    assert len([call for call in line.connector.calls if call.conversation_id == ""]) == 1


@pytest.mark.parametrize(
    "kind", ["messageReaction", "messageUpdate", "messageDelete", "typing", "event", "readReceipt", "x" * 300]
)
async def test_what_nobody_waits_for(tmp_path: Path, kind: str) -> None:
    """Reactions, edits and what is not known yet are acknowledged, and say nothing to anybody."""
    async with Line(tmp_path) as line:
        await line.send(line.typed(SATO, "trace failed") | {"type": kind})

    assert line.connector.calls == []


# --- dialogs and the message action ---

ON_A_MESSAGE: dict[str, Any] = activity("invoke_composeExtension_fetchTask__personal")["value"]


def invoke(line: Line, person: Employee, name: str, value: Json, client: Client = ENGLISH) -> Json:
    """An invoke from the person's 1:1; of an extension, from a chat of people in which the bot is not."""
    chat = Place("19:two-people@unq.gbl.spaces", "personal", (person,))
    said = line.typed(person, "", chat if name.startswith("composeExtension") else None, client)
    del said["text"], said["attachments"]
    return said | {"type": "invoke", "name": name, "value": value}


async def fetched(line: Line, person: Employee, html: str, client: Client = ENGLISH) -> Json:
    """The dialog that “Trace this mail” opens on a message of *html*."""
    message = {"id": "1", "body": {"contentType": "html", "content": html}}
    value = ON_A_MESSAGE | {
        "commandId": "traceMessage",
        "commandContext": "message",
        "messagePayload": message,
    }
    response = await line.send(invoke(line, person, "composeExtension/fetchTask", value, client))
    return await task_of(response)


async def task_of(response: ClientResponse) -> Json:
    task: Json = (await response.json())["task"]
    return task


def card_of(task: Json) -> Json:
    card: Json = task["value"]["card"]["content"]
    return card


def filled(card: Json) -> dict[str, str]:
    """What stands in the inputs."""
    return {node["id"]: node["value"] for node in nodes(card) if "value" in node and "id" in node}


async def submitted(line: Line, person: Employee, name: str, **inputs: str) -> Json:
    value = {"data": {"verb": "search", **inputs}, "context": {"theme": "default"}}
    return await task_of(await line.send(invoke(line, person, name, value)))


BOUNCE = "<div>550 5.1.10 for suzuki@hoge.com<br>Message-ID: &lt;CAF9x7f2@mail.hoge.com&gt;</div>"


async def test_message_action(tmp_path: Path) -> None:
    """“Trace this mail” reads the message, asks once more, and answers in the 1:1, wherever it was tapped."""
    async with Line(tmp_path) as line:
        task = await fetched(line, SATO, "<p>nothing came from <a>suzuki@hoge.com</a></p>")
        inputs = filled(card_of(task))
        done = await submitted(line, SATO, "composeExtension/submitAction", **inputs)
        found = await line.answer(SATO)

    assert task["type"] == "continue"
    assert inputs["either"] == "suzuki@hoge.com"
    assert "read from the message" in words(card_of(task))
    assert done == {"type": "message", "value": TEXTS["notice.private"]["en"]}
    assert "suzuki@hoge.com" in found.words
    assert {message.conversation_id for message in line.connector.messages} == {personal_id(SATO)}


HEADERS = (
    "<pre>Received: from mx.hoge.com (203.0.113.7) by TYZPR01.example; Thu, 15 Oct 2026 02:00:09 +0000<br>"
    "Received: from pc.hoge.com by mx.hoge.com; Thu, 15 Oct 2026 02:00:00 +0000<br>"
    "Message-ID: &lt;CAF9x7f2@mail.hoge.com&gt;</pre>"
)


def submits(card: Json) -> dict[str, Json]:
    """What each button of a dialog sends off, by its title."""
    return {node["title"]: node["data"] for node in nodes(card) if node.get("type") == "Action.Submit"}


async def sent_off(line: Line, person: Employee, name: str, data: Json) -> Json:
    value = {"data": data, "context": {"theme": "default"}}
    return await task_of(await line.send(invoke(line, person, name, value)))


@pytest.mark.parametrize(
    ("person", "client", "says"),
    [(SATO, ENGLISH, "5.1.10"), (TANAKA, ENGLISH, "address"), (SATO, JAPANESE, "宛先")],
)
async def test_bounce_on_a_message(tmp_path: Path, person: Employee, client: Client, says: str) -> None:
    """A bounce in a message is explained in the dialog, in the words for its reader; the trace it offers is
    answered in the 1:1."""
    async with Line(tmp_path) as line:
        card = card_of(await fetched(line, person, BOUNCE, client))
        offered = submits(card)[TEXTS["explain.trace"]["ja" if client is JAPANESE else "en"]]
        done = await sent_off(line, person, "composeExtension/submitAction", offered)
        await line.answer(person)
        asked = [request for request in line.tenant.requests if request.kind == LIST]

    name = TEXTS["cause.recipient_not_found_remote.name"]["ja" if client is JAPANESE else "en"]
    assert name in words(card)
    assert says in words(card)
    assert filled(card) == {}
    assert done["type"] == "message"
    assert asked
    assert {message.conversation_id for message in line.connector.messages} == {personal_id(person)}


async def test_headers_on_a_message(tmp_path: Path) -> None:
    """Headers in a message tell their way in the dialog."""
    async with Line(tmp_path) as line:
        card = card_of(await fetched(line, SATO, HEADERS))

    assert TEXTS["journey.title"]["en"] in words(card)


async def test_form_behind_an_explanation(tmp_path: Path) -> None:
    """From an explanation the form opens in the same dialog, filled with what the message names."""
    async with Line(tmp_path) as line:
        card = card_of(await fetched(line, SATO, BOUNCE))
        form = submits(card)[TEXTS["button.form"]["en"]]
        task = await sent_off(line, SATO, "composeExtension/submitAction", form)
        inputs = filled(card_of(task))
        other = await sent_off(line, TANAKA, "composeExtension/submitAction", form)

    assert task["type"] == "continue"
    assert "CAF9x7f2@mail.hoge.com" in inputs["message_id"]
    assert "either" not in inputs
    assert "CAF9x7f2" not in str(other)
    assert line.connector.messages == []


async def test_explanation_without_a_1_to_1(tmp_path: Path) -> None:
    """Whom nobody can write to in private is told what the bounce means all the same."""
    async with Line(tmp_path) as line:
        line.connector.strangers = {TANAKA.teams_id}
        card = card_of(await fetched(line, TANAKA, BOUNCE))

    assert TEXTS["cause.recipient_not_found_remote.name"]["en"] in words(card)


async def test_explanation_for_an_auditor(tmp_path: Path) -> None:
    """Who may look at no mail learns what a bounce means, and is offered no trace and no form."""
    async with Line(tmp_path) as line:
        card = card_of(await fetched(line, AUDITOR, BOUNCE))

    assert TEXTS["cause.recipient_not_found_remote.name"]["en"] in words(card)
    assert list(submits(card)) == [TEXTS["button.help"]["en"]]


HOSTILE = [
    "<div>" * 5_000 + "550 5.1.10 &lt;x@hoge.com&gt;",
    "<script>alert('a@hoge.com')</script><style>*{}</style><img src=x onerror=alert(1)>550 5.1.10<br>",
    "550 5.1.10 [click](https://evil.example) **bold** <a href='javascript:alert(1)'>here</a>",
    "&lt;script&gt;550 5.7.1&lt;/script&gt;\u202e\u0000\ud800" + "&amp;" * 9_000,
    "Message-ID: &lt;" + "a" * 50_000 + "@x.jp&gt;",
    "@" * 50_000,
    "<" * 50_000,
]


@pytest.mark.parametrize("html", HOSTILE, ids=range(len(HOSTILE)))
async def test_hostile_message(tmp_path: Path, html: str) -> None:
    """Whatever somebody wrote into the message is read as words: a card comes, without their links."""
    async with Line(tmp_path) as line:
        task = await fetched(line, SATO, html)
    card = card_of(task)

    assert task["type"] == "continue"
    assert not faults_of(card, task["value"]["title"])
    hosts = {node["url"].split("/")[2] for node in nodes(card) if "url" in node}
    assert all(host.endswith(".microsoft.com") for host in hosts)


async def test_message_without_mail(tmp_path: Path) -> None:
    """A message that names no mail opens the empty form, and says so, in the reader's language."""
    async with Line(tmp_path) as line:
        card = card_of(await fetched(line, TANAKA, "<p>おはようございます</p>", JAPANESE))

    assert "見つかりませんでした" in words(card)


async def test_dialog_submits(tmp_path: Path) -> None:
    """A dialog knows `Action.Submit` alone: no other action is in it, and each carries its verb."""
    async with Line(tmp_path) as line:
        value = {"data": {"verb": "form", "msteams": {"type": "task/fetch"}}}
        card = card_of(await task_of(await line.send(invoke(line, SATO, "task/fetch", value))))
    actions = [node for node in nodes(card) if str(node.get("type", "")).startswith("Action.")]

    assert {action["type"] for action in actions} == {"Action.Submit", "Action.ToggleVisibility"}
    assert all(action["data"]["verb"] for action in actions if action["type"] == "Action.Submit")


async def test_faults_in_the_dialog(tmp_path: Path) -> None:
    """What cannot be read is shown in the dialog, with what was typed; nothing is searched."""
    async with Line(tmp_path) as line:
        task = await submitted(line, SATO, "task/submit", sender="suzuki at hoge", subject="請求書")

    assert task["type"] == "continue"
    assert "⚠️" in words(card_of(task))
    assert filled(card_of(task))["subject"] == "請求書"
    assert line.connector.messages == []


async def test_default_query_from_a_dialog(tmp_path: Path) -> None:
    """The other buttons of the form work from a dialog too."""
    async with Line(tmp_path) as line:
        value = {"data": {"verb": "default", "name": "failed"}}
        task = await task_of(await line.send(invoke(line, SATO, "task/submit", value)))
        found = await line.answer(SATO)

    assert task["type"] == "message"
    assert "Failed" in found.words


@pytest.mark.parametrize(
    "value", [None, {}, {"data": None}, {"data": {"verb": "drop"}}, {"data": {"verb": 7}}]
)
async def test_strange_dialog(tmp_path: Path, value: Any) -> None:
    """Whatever a client sends off is answered with a line."""
    async with Line(tmp_path) as line:
        task = await task_of(await line.send(invoke(line, SATO, "task/submit", value)))

    assert task["type"] == "message"


async def test_dialog_of_a_guest(tmp_path: Path) -> None:
    """A guest gets no form, in a dialog as elsewhere."""
    async with Line(tmp_path) as line:
        card = card_of(await fetched(line, GUEST, BOUNCE))

    assert "CAF9x7f2" not in words(card)
    assert filled(card) == {}


async def test_directory_is_down(tmp_path: Path) -> None:
    """A dialog says why there is no form."""
    async with Line(tmp_path) as line:
        line.tenant.faults.where, line.tenant.faults.server_error = frozenset({"directory"}), ALWAYS
        fetch = card_of(await fetched(line, SATO, BOUNCE))
        task = await submitted(line, SATO, "task/submit", sender="not an address")

    assert "does not answer" in words(fetch)
    assert "does not answer" in words(card_of(task))


async def test_twice_submitted(tmp_path: Path) -> None:
    """A dialog sent off twice by Teams is worked once."""
    async with Line(tmp_path) as line:
        said = invoke(line, SATO, "task/submit", {"data": {"verb": "mine"}})
        await line.send(said)
        again = await task_of(await line.send(said))
        await line.answer(SATO)

    assert again["value"] == "That tap was taken already."
    assert len(line.connector.messages) == 1


async def test_search_from_the_compose_box(tmp_path: Path) -> None:
    """Nothing is searched from the compose box: it says politely where."""
    async with Line(tmp_path) as line:
        value = activity("invoke_composeExtension_query__personal")["value"]
        response = await line.send(invoke(line, SATO, "composeExtension/query", value, JAPANESE))
        said = (await response.json())["composeExtension"]

    assert said["type"] == "message"
    assert "追跡" in said["text"]
    assert line.tenant.requests == []


async def test_chat_of_others_is_not_taken_for_the_1_to_1(tmp_path: Path) -> None:
    """A chat between two people, where an extension was used, never becomes where the bot writes."""
    async with Line(tmp_path) as line:
        await submitted(line, SATO, "composeExtension/submitAction", sender="suzuki@hoge.com")
        await line.answer(SATO)
        await line.say(SATO, "mine", CHANNEL)
        await line.answer(SATO)

    assert {m.conversation_id for m in line.connector.messages} == {
        personal_id(SATO),
        f"{CHANNEL.id};messageid={THREAD}",
    }


# --- searches that take long ---

SOON = timedelta(milliseconds=20)
FAR = timedelta(hours=1)


async def slow_search(line: Line) -> Message:
    """A search that Graph holds up until it is let go, as soon as its card says how far it is."""
    await line.ask(SATO, "help")
    line.tenant.faults.slow = timedelta(seconds=0.4)
    await line.say(SATO, "trace sender *@hoge.com last 30d")
    await line.until(lambda: any("so far" in message.words for message in line.connector.messages))
    line.tenant.faults.slow = HELD
    return line.connector.messages[-1]


async def test_progress(tmp_path: Path) -> None:
    """A long search says on its card how far it is, and its answer takes the card's place."""
    async with Line(tmp_path, pace=replace(PATIENT, first=SOON, every=SOON, anew=FAR)) as line:
        card = await slow_search(line)
        versions = [words(version["attachments"][0]["content"]) for version in card.versions]
        line.tenant.faults.clear()
        found = await line.answer(SATO)

    assert "parts read" in card.words or any("found so far" in version for version in versions)
    assert found is card
    assert "suzuki@hoge.com" in found.words


async def test_stopped(tmp_path: Path) -> None:
    """“Stop” ends the search at once and keeps the conditions; afterwards it has nothing to stop."""
    async with Line(tmp_path, pace=replace(PATIENT, first=SOON, every=SOON, anew=FAR)) as line:
        card = await slow_search(line)
        stop = button(card.card, "Stop")
        other = await line.tap(TANAKA, card, stop)
        tapped = await line.tap(SATO, card, stop)
        await line.until(lambda: not card.is_looking)
        late = await line.tap(SATO, card, stop)

    assert "ended already" in other.words
    assert "was stopped" in tapped.words
    assert "was stopped" in card.words
    assert button(card.card, "Run again")
    assert "ended already" in late.words


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
async def test_stopped_at_another_replica(tmp_path: Path, database_url: str) -> None:
    """Of several processes any may get the tap: the search stops wherever it runs, and its card says so."""
    pace = replace(PATIENT, first=SOON, every=SOON, anew=FAR)
    async with Line(tmp_path, pace=pace, TRACE_DATABASE_URL=database_url) as line:
        second = Line(tmp_path, line.tenant, line.connector, pace=pace, TRACE_DATABASE_URL=database_url)
        async with second:
            card = await slow_search(line)
            stop = button(card.card, "Stop")
            other = await second.tap(TANAKA, card, stop)
            tapped = await second.tap(SATO, card, stop)
            await line.until(lambda: not card.is_looking)
            late = await second.tap(SATO, card, stop)

    assert "ended already" in other.words
    assert "was stopped" in tapped.words
    assert "was stopped" in card.words
    assert "ended already" in late.words


@pytest.mark.parametrize("refusal", [403, 429, 500])
async def test_progress_that_is_not_taken(tmp_path: Path, refusal: int) -> None:
    """Where Teams does not take how far a search is, its answer comes all the same."""
    async with Line(tmp_path, pace=replace(PATIENT, first=SOON, every=SOON, anew=FAR)) as line:
        card = await slow_search(line)
        line.connector.refusals = [refusal] * 4
        await line.until(lambda: not line.connector.refusals)
        line.tenant.faults.clear()
        found = await line.answer(SATO)

    assert found is card
    assert "suzuki@hoge.com" in found.words


async def test_end_notifies(tmp_path: Path) -> None:
    """After so long that nobody looks any more the answer is a message of its own, which notifies."""
    async with Line(tmp_path, pace=replace(PATIENT, first=SOON, every=SOON, anew=SOON)) as line:
        card = await slow_search(line)
        line.tenant.faults.clear()
        await line.until(lambda: line.connector.messages[-1] is not card)
        await line.until(lambda: "below" in card.words)
        found = line.connector.messages[-1]

    assert "suzuki@hoge.com" in found.words
    assert len(found.versions) == 1


async def test_no_count_for_others(tmp_path: Path) -> None:
    """Who is not help desk is not told how many rows there are: some may be other people's."""
    async with Line(tmp_path, pace=replace(PATIENT, first=SOON, every=SOON, anew=FAR)) as line:
        await line.ask(TANAKA, "help")
        line.tenant.faults.slow = HELD
        await line.say(TANAKA, "mine")
        await line.until(lambda: line.connector.messages[-1].is_looking)
        card = line.connector.messages[-1]
        await line.until(lambda: len(card.versions) > 1)
        shown = [words(version["attachments"][0]["content"]) for version in card.versions]
        line.tenant.faults.clear()
        await line.answer(TANAKA)

    assert any("new message" in text for text in shown)
    assert not any("so far" in text for text in shown)
