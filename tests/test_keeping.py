"""Saved and recent searches, and related mail: activity in, card out."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from demo.activities import Client
from demo.company import GUEST, SATO, TANAKA
from demo.events import To, deliver, mail
from demo.mailbox import CASES, Mailbox
from demo.tenant import LIST, Tenant
from tests.line import ENGLISH, JAPANESE, NOW, Line, Message, Tap, button, buttons, nodes, sample_mailbox

INVOICE = "【至急】10月度請求書の件"
FAILED_ROW = sample_mailbox().row(CASES["recipient unknown here"])


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with Line(tmp_path) as running:
        yield running


async def fill(
    line: Line, card: Message | Tap, title: str, message: Message, client: Client = ENGLISH, **inputs: str
) -> Tap:
    """Tap what has *title* on *card* with *inputs* filled in."""
    action = button(card.card, title)
    return await line.tap(SATO, message, {**action, "data": action["data"] | inputs}, client=client)


def titled(card: Tap, title: str) -> Mapping[str, Any]:
    """The button of exactly that title."""
    return next(one for one in buttons(card.card) if one["title"] == title)


def pieces(card: Mapping[str, Any]) -> set[str]:
    """All the data that a card's buttons send."""
    return {str(value) for one in buttons(card) for value in one["data"].values()}


async def test_save_from_a_result(line: Line) -> None:
    """A result's search is saved by name and run again from the list; the card holds no condition."""
    found = await line.ask(SATO, "trace sender *@hoge.com")
    asks = await line.tap(SATO, found, "Save this search")
    saved = await fill(line, asks, "Save", found, name="Mail from hoge")
    again = await line.tap(SATO, found, button(saved.card, "Run"))

    assert "*@hoge.com" in asks.words
    assert "Saved as “Mail from hoge”" in saved.words
    assert INVOICE in again.words
    assert not any("hoge" in piece for card in (asks.card, saved.card) for piece in pieces(card))


async def test_save_in_words(line: Line) -> None:
    """What was asked last is saved, listed, run, renamed and deleted in words of either language."""
    await line.ask(SATO, "追跡 送信者 *@hoge.com", client=JAPANESE)
    saved = await line.ask(SATO, "保存 「月次 hoge」", client=JAPANESE)
    run = await line.ask(SATO, "run 月次 HOGE")
    renamed = await line.ask(SATO, "名前変更 月次 hoge → hoge", client=JAPANESE)
    again = await line.ask(SATO, "実行 ｈｏｇｅ", client=JAPANESE)
    forgotten = await line.ask(SATO, "forget hoge")
    gone = await line.ask(SATO, "run hoge")

    assert "「月次 hoge」として保存しました" in saved.words
    assert INVOICE in run.words
    assert "「月次 hoge」を「hoge」に変更しました" in renamed.words
    assert INVOICE in again.words
    assert "“hoge” was deleted" in forgotten.words
    assert "no saved search named “hoge”" in gone.words


async def test_last_ten(line: Line) -> None:
    """The last ten questions are there without being saved, the newest first, each once."""
    for number in range(11):
        await line.ask(SATO, f"trace from u{number}@hoge.com")
    await line.ask(SATO, "trace from u5@hoge.com")
    recent = await line.ask(SATO, "最近の検索", client=JAPANESE)

    asked = [
        one["text"].replace("\u200b", "") for one in nodes(recent.card) if "@hoge.com" in str(one.get("text"))
    ]
    assert [text for text in asked if "@" in text] == [
        f"u{number}@hoge.com" for number in (5, 10, 9, 8, 7, 6, 4, 3, 2, 1)
    ]


async def test_a_recent_one_is_repeated_refined_saved_deleted(line: Line) -> None:
    """Whatever can be done with a saved search can be done with a recent one; saving gives it its name."""
    await line.ask(SATO, "trace sender *@hoge.com status failed")
    recent = await line.ask(SATO, "recent")
    edit = await line.tap(SATO, recent, "Edit")
    repeated = await line.tap(SATO, recent, button(edit.card, "Run"))
    form = await line.tap(SATO, recent, button(edit.card, "Change conditions"))
    saved = await fill(line, edit, "Save", recent, name="failures")
    deleted = await line.tap(SATO, recent, button(edit.card, "Delete"))
    twice = await line.tap(SATO, recent, button(edit.card, "Delete"))

    assert INVOICE in repeated.words
    values = {node["id"]: node.get("value") for node in nodes(form.card) if "id" in node}
    assert (values["sender"], values["statuses"]) == ("*@hoge.com", "failed")
    assert "Saved as “failures”" in saved.words
    assert "deleted from the recent" in deleted.words
    assert "no longer kept" in twice.words
    assert "none yet" in (await line.ask(SATO, "recent")).words


async def test_rename_with_a_fault(line: Line) -> None:
    """A name that is in use, or none, is said beside the input, which keeps what was typed."""
    await line.ask(SATO, "trace sender *@hoge.com")
    for name in ("a", "b"):
        await line.ask(SATO, f"save {name}")
    saved = await line.ask(SATO, "saved")
    edit = await line.tap(SATO, saved, "Edit")
    taken = await fill(line, edit, "Rename", saved, name="B")
    empty = await fill(line, edit, "Rename", saved, name=" \u200b ")
    done = await fill(line, edit, "Rename", saved, name="c")

    assert "in use" in taken.words
    assert "A name is needed" in empty.words
    assert "“a” is now “c”" in done.words


async def test_as_spoken(tmp_path: Path) -> None:
    """`yesterday` is saved as yesterday: run a day later, it means the day before that one."""

    def one(day: int) -> Any:
        at = datetime(2026, 10, day, 3, 0, tzinfo=UTC)
        return mail(
            f"mail {day}", at, "suzuki@hoge.com", f"of day {day}", To(SATO.mail, "delivered", (deliver(2),))
        )

    tenant = Tenant(Mailbox([one(13), one(14), one(15)]))
    for now in (NOW, NOW + timedelta(days=1)):
        tenant.clock = partial(lambda moment: moment, now)
        async with Line(tmp_path, tenant, now=now) as line:
            if now == NOW:
                await line.ask(SATO, "trace from suzuki@hoge.com 昨日")
                await line.ask(SATO, "save morning look")
            found = await line.ask(SATO, "run morning look")

        assert f"of day {now.day - 1}" in found.words
        assert "1 message\n" in found.words


async def test_form_offers_saved_searches(line: Line) -> None:
    """The form has a button for each of the first saved searches."""
    await line.ask(SATO, "trace sender *@hoge.com")
    await line.ask(SATO, "save Mail from hoge")
    form = await line.ask(SATO, "trace")
    found = await line.tap(SATO, form, "Mail from hoge")

    assert INVOICE in found.words


async def test_kept_alone(line: Line) -> None:
    """Nobody runs what somebody else saved, by name or by a copied button; rights are decided at each run."""
    await line.ask(SATO, "trace sender suzuki@hoge.com to keiri@contoso.co.jp")
    saved = await line.ask(SATO, "save keiri")
    own = await line.ask(TANAKA, "saved")
    for action in buttons(saved.card):
        if "kept" in action["data"]:
            tap = await line.tap(TANAKA, own, action)
            assert "no longer kept" in tap.words
            assert "keiri" not in tap.words
    named = await line.ask(TANAKA, "run keiri")

    assert "You have no saved search" in named.words
    assert INVOICE not in named.words


async def test_rights_at_each_run(tmp_path: Path) -> None:
    """Who leaves the help desk runs their saved searches over their own mail only."""
    tenant = Tenant(sample_mailbox(), clock=lambda: NOW)
    async with Line(tmp_path, tenant) as line:
        await line.ask(SATO, "trace sender suzuki@hoge.com to keiri@contoso.co.jp")
        await line.ask(SATO, "save keiri")
    tenant.groups = {}
    async with Line(tmp_path, tenant) as line:
        card = await line.ask(SATO, "run keiri")

    assert card.summary == "Not allowed"
    assert "keiri@" not in card.words


@pytest.mark.parametrize("text", ["saved", "recent", "save x", "run x", "forget x", "rename a to b"])
async def test_guests_keep_nothing(line: Line, text: str) -> None:
    """Guests have no searches, and learn nothing of any."""
    assert (await line.ask(GUEST, text)).summary == "Not allowed"


async def test_hostile_name(line: Line) -> None:
    """A name is shown letter by letter, never as markup, and not in a notification."""
    await line.ask(SATO, "trace sender *@hoge.com")
    name = "**x** [y](//z) {{DATE}}"
    saved = await line.ask(SATO, f'save "{name}"')

    assert name in saved.words.replace("\u2060", "").replace("\u200b", "")
    assert saved.summary == "Saved searches"
    assert not any("](" in str(n["text"]) for n in nodes(saved.card) if n.get("type") == "TextBlock")


async def test_nothing_to_save(line: Line) -> None:
    """Before anything was asked there is nothing to save, and the card says what to do."""
    assert "Run one first" in (await line.ask(SATO, "save x")).words
    assert "Run one first" in (await line.ask(SATO, "save")).words


# --- related mail ---


@pytest.mark.parametrize("shared", ["Message ID", "Sender", "Recipient", "Subject", "Source IP"])
async def test_related(line: Line, shared: str) -> None:
    """From a message to others of the same Message-ID, sender, recipient, subject or source: one request."""
    assert FAILED_ROW is not None
    found = await line.ask(SATO, f"trace {FAILED_ROW.message_id}")
    detail = await line.tap(SATO, found, INVOICE)
    before = len(line.tenant.requests)
    related = await line.tap(SATO, found, titled(detail, shared))
    back = await line.tap(SATO, found, button(related.card, "Previous list"))

    lists = [one for one in line.tenant.requests[before:] if one.kind == LIST]
    assert len(lists) == 1
    assert INVOICE in related.words
    assert back.card == found.card
    value = {
        "Message ID": FAILED_ROW.message_id,
        "Sender": FAILED_ROW.sender_address,
        "Recipient": FAILED_ROW.recipient_address,
        "Subject": FAILED_ROW.subject,
        "Source IP": FAILED_ROW.from_ip,
    }[shared]
    assert value in lists[0].params["$filter"]
    assert not any(value in piece for piece in pieces(detail.card))


async def test_related_for_an_employee(line: Line) -> None:
    """An employee finds what is theirs of it, and is neither offered nor given the source."""
    found = await line.ask(TANAKA, "mine")
    detail = await line.tap(TANAKA, found, "契約書ドラフト")
    titles = {one["title"] for one in buttons(detail.card)}
    related = await line.tap(TANAKA, found, button(detail.card, "Subject"))
    forged = dict(button(detail.card, "Subject"))
    forged["data"] = forged["data"] | {"shared": "from_ip"}
    refused = await line.tap(TANAKA, found, forged)

    assert "Sender" in titles
    assert "Source IP" not in titles
    assert "Only mail that you sent or were sent" in related.words
    assert all("tanaka@" in each for each in related.words.splitlines() if "→" in each)
    assert "could not be read" in refused.words


async def test_related_of_another(line: Line) -> None:
    """A copied button finds nothing for anybody else."""
    found = await line.ask(SATO, "trace sender *@hoge.com")
    detail = await line.tap(SATO, found, INVOICE)
    own = await line.ask(TANAKA, "mine")
    tap = await line.tap(TANAKA, own, button(detail.card, "Sender"))

    assert "expired" in tap.words
