"""What is said in a shared place, and of it, is what is so there."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Literal

import pytest

from bot.store.database import Database
from bot.store.places import MAX_PLACES, StoredPlaces
from cards.texts import TEXTS
from demo.activities import Client
from demo.company import EXECUTIVE_GROUP_ID, JOHN, SATO, TAKAHASHI, TANAKA
from demo.connector import CHANNEL
from demo.faults import ALWAYS
from tests.bot.store.test_errands import PLACE
from tests.line import ENGLISH, JAPANESE, Line, Message, button
from tests.signing import HeldClock
from tests.test_place_watches import Desk
from tests.test_watches import EVERY, failing

Language = Literal["ja", "en"]
BOTH: list[tuple[Client, Language]] = [(ENGLISH, "en"), (JAPANESE, "ja")]


async def in_channel(line: Line, typed: str, client: Client = ENGLISH) -> Message:
    """What Sato is answered in the channel."""
    await line.say(SATO, typed, CHANNEL, client)
    return await line.answer(CHANNEL)


# --- help ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("client", "language"), BOTH)
async def test_help_of_an_approved_place(tmp_path: Path, client: Client, language: Language) -> None:
    """Help that was asked for in an approved place says who sees results there: not “you alone”."""
    async with Line(tmp_path) as line:
        await in_channel(line, "approve")
        of_desk = await line.ask(SATO, "help", CHANNEL, client)
        of_employee = await line.ask(TANAKA, "help", CHANNEL, client)
        at_home = await line.ask(TANAKA, "help", client=client)

    def says(answer: Message, key: str) -> bool:
        return TEXTS[key][language].format(bot="@Mail Trace") in answer.words.replace("\\", "")

    assert says(of_desk, "help.mention.here")
    assert says(of_employee, "help.mention.others_here")
    assert says(at_home, "help.mention")
    assert not says(of_desk, "help.mention")


# --- approve and revoke -------------------------------------------------------------------------------


@pytest.mark.parametrize(("client", "everyone"), [(ENGLISH, "Everyone here"), (JAPANESE, "全員に表示")])
@pytest.mark.parametrize("details", [False, True])
async def test_approval_says_who_will_see(
    tmp_path: Path, client: Client, everyone: str, details: bool
) -> None:
    """Whoever approves a place reads who will see what."""
    async with Line(tmp_path) as line:
        answer = await in_channel(line, "approve details" if details else "approve", client)

    assert everyone in answer.words


@pytest.mark.parametrize("setting", ["TRACE_APPROVED_PLACES", "TRACE_DETAILED_PLACES"])
async def test_approved_by_settings(tmp_path: Path, setting: str) -> None:
    """Of a place that the settings approve, `approve` and `revoke` say the same, and name the setting."""
    # mypy would take the settings for the other arguments.
    line_of: Callable[..., Line] = Line
    async with line_of(tmp_path, **{setting: CHANNEL.id}) as line:
        again = await in_channel(line, "approve")
        taken = await in_channel(line, "revoke")
        after = await in_channel(line, "trace sender *@hoge.com")

    for answer in (again, taken):
        assert setting in answer.words
        assert TEXTS["place.approved"]["en"].format(name=SATO.name) not in answer.words
    assert "→" in after.words


async def test_details_over_settings(tmp_path: Path) -> None:
    """Details may be approved and taken back where the settings approve results, and leave nothing behind."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        given = await in_channel(line, "approve details")
        taken = await in_channel(line, "revoke details")
        line._environment["TRACE_APPROVED_PLACES"] = ""
        await line.restart()
        revoked = await in_channel(line, "revoke")

    assert TEXTS["place.details"]["en"].format(name=SATO.name) in given.words
    assert TEXTS["place.details_revoked"]["en"].format(name=SATO.name) in taken.words
    assert TEXTS["place.not_approved"]["en"].format(name=SATO.name) in revoked.words


async def test_narrowed(tmp_path: Path) -> None:
    """`approve` after `approve details` says that the details are gone."""
    async with Line(tmp_path) as line:
        await in_channel(line, "approve details")
        narrowed = await in_channel(line, "approve")

    assert TEXTS["place.details_revoked"]["en"].format(name=SATO.name) in narrowed.words


async def test_no_room(tmp_path: Path) -> None:
    """Where no more places can be approved, `approve` does not say that one was."""
    async with Line(tmp_path) as line:
        database = Database(f"sqlite+aiosqlite:///{tmp_path / 'line.sqlite3'}", HeldClock())
        stored = StoredPlaces(database)
        for number in range(MAX_PLACES):
            await stored.approve(replace(PLACE, conversation_id=f"19:{number}@x"), "somebody")
        await database.close()
        answer = await in_channel(line, "approve")

    assert TEXTS["place.full"]["en"].format(name=SATO.name) in answer.words


# --- withheld -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("client", "language"), BOTH)
async def test_withheld_is_not_missing(tmp_path: Path, client: Client, language: Language) -> None:
    """Protected mail that is withheld is not called “not found … too recent”, in the card or its summary."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        answer = await line.ask(SATO, f"trace from {TAKAHASHI.mail} last 30d", client=client)

    assert "🔒" in answer.words
    for key in ("nothing.title", "nothing.late", "nothing.summary"):
        assert TEXTS[key][language] not in answer.words + answer.summary


async def test_subject_of_protected_mail(tmp_path: Path) -> None:
    """A question by subject is told that protected mail is not found so, whether there is any or not."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        guesses = [
            await line.ask(SATO, f"trace from {TAKAHASHI.mail} subject {word} last 30d")
            for word in ("来期組織案", "nonsense")
        ]

    assert guesses[0].words.replace("来期組織案", "nonsense") == guesses[1].words
    assert TEXTS["nothing.guarded.subject"]["en"] in guesses[0].words


# --- the 1:1 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("client", "language"), BOTH)
@pytest.mark.parametrize("fails", [False, True])
async def test_neutral_line(tmp_path: Path, client: Client, language: Language, fails: bool) -> None:
    """The line in the channel promises no answer: an error may wait in the 1:1 as well."""
    async with Line(tmp_path) as line:
        line.tenant.faults.permission_missing = ALWAYS if fails else 0
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL, client)
        told = await line.answer(CHANNEL)

    assert told.text == TEXTS["notice.private"][language]
    assert not re.search("answer|result|結果", told.text)


# --- watches ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("client", "language"), BOTH)
@pytest.mark.parametrize("typed", ["unwatch 1", "pause 1", "edit 1", "test 1", "snooze 1"])
async def test_number_of_another(tmp_path: Path, client: Client, language: Language, typed: str) -> None:
    """In its place a watch's number that is another's is said to be theirs, and who may end it."""
    async with Desk(tmp_path, []) as line:
        await line.begin()
        answer = await line.ask(TANAKA, typed, CHANNEL, client)
        nowhere = await line.ask(TANAKA, typed, client=client)

    says = TEXTS["watch.anothers.some"][language]
    both = (JOHN.name, SATO.name), (SATO.name, JOHN.name)
    assert any(says.format(owner=", ".join(names)) in answer.words for names in both)
    assert TEXTS["watch.no_such"][language] not in answer.words
    assert TEXTS["watch.no_such"][language] in nowhere.words
    assert JOHN.name not in nowhere.words


async def test_help_desk_may_end_it(tmp_path: Path) -> None:
    """The help desk reads whose it is, with the button that ends it."""
    async with Desk(tmp_path, []) as line:
        await line.begin()
        await line.ask(SATO, "unwatch 1", CHANNEL)
        answer = await line.ask(SATO, "unwatch 1", CHANNEL)

    assert JOHN.name in answer.words
    assert button(answer.card, TEXTS["watch.stop"]["en"])


async def test_tap_on_a_digest_of_another(tmp_path: Path) -> None:
    """“Stop watching” on a digest in a channel tells whoever else taps it whose watch it is."""
    async with Desk(tmp_path, [failing("a", EVERY)]) as line:
        await line.begin()
        await in_channel(line, "watch failed daily at 9:00")
        # It is laid down for nine before the night passes.
        await line.runs(timedelta(0), 21 * 4 * EVERY)
        digest = next(m for m in line.connector.said_in(CHANNEL.id) if m.summary.startswith("Daily"))
        stop = await line.tap(TANAKA, digest, TEXTS["watch.stop"]["en"], place=CHANNEL)
        opened = await line.tap(TANAKA, digest, TEXTS["watch.open"]["en"], place=CHANNEL)

    says = TEXTS["watch.anothers"]["en"].format(owner=SATO.name)
    assert says in stop.words
    assert says in opened.words
