"""Clumsy and hostile input, activity in → card out: a clear answer, and nothing lost."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from demo.activities import invoked
from demo.company import SATO, TANAKA
from tests.line import ENGLISH, JAPANESE, Line, button, buttons, nodes, words


@pytest.fixture
async def line(tmp_path: Path) -> AsyncIterator[Line]:
    async with Line(tmp_path) as running:
        yield running


@pytest.mark.parametrize(
    ("text", "marked", "english", "japanese"),
    [
        ("trace sender suzuki@", "suzuki@", "an address", "メール アドレスが必要"),
        ("trace since 2026-02-30", "2026-02-30", "as a time", "日時として"),
        ("trace since 10/14 until 10/12", "10/12", "before", "終了"),
        ("trace colour red", "colour", "a field", "項目が必要"),
        ("trace status lost", "lost", "a status", "状態が必要"),
        ("trace sender", "▯", "an address", "メール アドレスが必要"),
        ('trace sender a@x.jp subject "open', '"open', "never closed", "閉じられていません"),
        ("frobnicate", "frobnicate", "which messages you mean", "どのメールを調べるか"),
    ],
)
async def test_marked(line: Line, text: str, marked: str, english: str, japanese: str) -> None:
    """What is not understood is marked, and what was expected there is said in the reader's language."""
    for client, expected in ((ENGLISH, english), (JAPANESE, japanese)):
        answer = await line.ask(SATO, text, client=client)

        underlined = [node["text"] for node in nodes(answer.card) if node.get("underline")]
        assert underlined == [marked]
        assert expected in answer.words


async def test_too_old(line: Line) -> None:
    """A window beyond the ninety days is no empty result: the card says how far back traces reach."""
    answer = await line.ask(SATO, "trace from *@hoge.com since 2026-01-01 until 2026-02-01")

    assert "too long ago" in answer.words
    assert "*@hoge.com" in answer.words
    assert button(answer.card, "Change")


async def test_ten_thousand_characters(line: Line) -> None:
    """A command beyond any command gets a card of bounded size that says so."""
    answer = await line.ask(SATO, "trace sender " + "x" * 10_000)

    assert "Too long" in answer.words


async def test_control_characters(line: Line) -> None:
    """Control and format characters inside a command do not keep it from being understood."""
    answer = await line.ask(SATO, "trace\u200b sender\u00a0*@\u202ehoge.com\u0007")

    assert "*@hoge.com" in answer.words


async def test_nearest_command(line: Line) -> None:
    """A slip of the pen comes back as a button that runs what was meant."""
    wrong = await line.ask(SATO, "trace sendr *@hoge.com last 2d")

    tapped = await line.tap(SATO, wrong, "trace sender *@hoge.com last 2d")

    assert "【至急】10月度請求書の件" in tapped.words


async def test_form_keeps_what_was_understood(line: Line) -> None:
    """From a command with a fault, the form opens filled with the rest of it."""
    wrong = await line.ask(SATO, "trace form *@hoge.com to tanaka@contoso.co.jp status failed subject 請求")

    form = await line.tap(SATO, wrong, "Open the form")

    values = {node["id"]: node.get("value") for node in nodes(form.card) if "id" in node}
    assert values["recipient"] == "tanaka@contoso.co.jp"
    assert values["subject"] == "請求"
    assert values["statuses"] == "failed"


async def test_form_faults(line: Line) -> None:
    """A wrong input is said beside its field, and every other input stays."""
    form = await line.ask(SATO, "trace")
    search = button(form.card, "Search")
    inputs = {
        "sender": "*@hoge.com",
        "recipient": "nobody@",
        "end_date": "2026-10-01",
        "start_date": "2026-10-02",
    }

    again = await line.tap(SATO, form, {**search, "data": search["data"] | inputs})

    values = {node["id"]: node.get("value") for node in nodes(again.card) if "id" in node}
    assert values["sender"] == "*@hoge.com"
    assert values["recipient"] == "nobody@"
    assert "Expected an address" in again.words
    assert values["end_date"] == "2026-10-01"


async def test_form_searches(line: Line) -> None:
    """What stands in the inputs is what is searched."""
    form = await line.ask(SATO, "追跡", client=JAPANESE)
    search = button(form.card, "検索")

    found = await line.tap(
        SATO, form, {**search, "data": search["data"] | {"sender": "suzuki@hoge.com"}}, client=JAPANESE
    )

    assert "【至急】10月度請求書の件" in found.words
    assert "suzuki@hoge.com" in found.words
    assert "yamada@hoge.com" not in found.words


async def test_refine_keeps_conditions(line: Line) -> None:
    """From a result, the form opens with its conditions."""
    found = await line.ask(SATO, "trace from *@hoge.com to tanaka@contoso.co.jp")

    form = await line.tap(SATO, found, "Change")

    values = {node["id"]: node.get("value") for node in nodes(form.card) if "id" in node}
    assert (values["sender"], values["recipient"]) == ("*@hoge.com", "tanaka@contoso.co.jp")


@pytest.mark.parametrize("name", ["sent", "received", "pending", "quarantined", "failed"])
async def test_default_queries(line: Line, name: str) -> None:
    """Each default query answers, typed or tapped on the form, with the same conditions."""
    typed = await line.ask(SATO, f"trace {name}")
    form = await line.ask(SATO, "trace")
    press = next(b for b in buttons(form.card) if b["verb"] == "default" and b["data"]["name"] == name)

    tapped = await line.tap(SATO, form, press)

    assert "Message trace" in typed.words
    assert words(tapped.card).splitlines()[:4] == typed.words.splitlines()[:4]


@pytest.mark.parametrize(
    "data",
    [None, [], "x", 7, {"state": {}}, {"state": "forged", "at": 0, "page": 0}, {"state": ["a"] * 1000}],
)
async def test_hostile_taps(line: Line, data: object) -> None:
    """A verb nobody sent and data of any shape get a clear card, not an error."""
    help_card = await line.ask(SATO, "help")

    for verb in ("open", "page", "again", "longer", "refine", "default", "nonsense"):
        tapped = await line.tap(SATO, help_card, {"type": "Action.Execute", "verb": verb, "data": data})
        assert "That is not possible" in tapped.words


async def test_places_in_the_list(line: Line) -> None:
    """Next, a state alone, a row and back: nobody loses their place."""
    found = await line.ask(SATO, "trace from *@hoge.com last 7d")
    second = await line.tap(SATO, found, "Next")
    assert "11–" in second.words
    press = next(b for b in buttons(second.card) if b["verb"] == "page" and b["data"]["only"] == "delivered")
    alone = await line.tap(SATO, found, press, second.card)
    row = next(b for b in buttons(alone.card) if b["verb"] == "open")

    detail = await line.tap(SATO, found, row, alone.card)
    back = await line.tap(SATO, found, "Back", detail.card)

    assert "Only Delivered" in alone.words
    assert words(back.card) == words(alone.card)


async def test_all_recipients(line: Line) -> None:
    """The detail shows everybody the message went to; a tap opens their part, and back leads to the list."""
    found = await line.ask(SATO, "trace from kato@hoge.com to sales-all@contoso.co.jp last 7d")
    detail = await line.tap(SATO, found, "新製品説明会")
    assert "kimura@contoso.co.jp" in detail.words

    other = await line.tap(SATO, found, "kimura@contoso.co.jp", detail.card)
    back = await line.tap(SATO, found, "Back", other.card)

    assert "→ kimura@contoso.co.jp" in other.words
    assert words(back.card) == found.words


async def test_same_tap_twice(line: Line) -> None:
    """A tap that the connector repeats is answered, not run again."""
    found = await line.ask(SATO, "trace from *@hoge.com")
    before = len(line.tenant.requests)
    action = {"action": button(found.card, "Refresh")}
    tap = invoked(line.scene(SATO), found.id, "adaptiveCard/action", action)

    await line.send(tap)
    repeated = await line.send(tap)

    assert (await repeated.json())["value"] == "That tap was taken already."
    assert len(line.tenant.requests) - before == 1


async def test_nothing_betrays_other_mail(line: Line) -> None:
    """An employee's answer does not count the rows that were read of other people's mail."""
    answer = await line.ask(TANAKA, "trace from *@hoge.com subject 新製品 last 7d")
    full = await line.ask(SATO, "trace from kato*@hoge.com last 7d")

    assert "read to find" not in answer.words
    assert "rows were read to find these" in full.words


async def test_message_id_from_a_detail(line: Line) -> None:
    """The Message-ID that a detail shows finds the mail when it is typed again."""
    found = await line.ask(SATO, "trace from suzuki@hoge.com status failed")
    detail = await line.tap(SATO, found, "至急")
    shown = next(word for word in detail.words.splitlines() if word.startswith("<"))

    again = await line.ask(SATO, f"trace {shown}")

    assert "【至急】10月度請求書の件" in again.words


async def test_zero_width_in_the_form(line: Line) -> None:
    """What was copied from a card with its invisible breaks is read without them."""
    form = await line.ask(SATO, "trace")
    search = button(form.card, "Search")

    found = await line.tap(
        SATO, form, {**search, "data": search["data"] | {"sender": "suzuki@\u200bhoge.com"}}
    )

    assert "【至急】10月度請求書の件" in found.words
