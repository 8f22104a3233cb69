"""Ways through the chat page in a real browser: by keyboard, by eye, from person to person."""

import re
from collections.abc import Awaitable, Callable
from urllib.parse import quote

import pytest
from playwright.async_api import Locator, Page, expect

from demo.company import SATO, TANAKA
from demo.connector import CARD, GROUP_CHAT, personal_id
from tests.demo.talking import SATO_CHAT, Demo, Json, card, execute, with_card

pytestmark = pytest.mark.asyncio(loop_scope="session")

Start = Callable[..., Awaitable[None]]
INPUTS: list[Json] = [
    {"type": "Input.Text", "id": "subject", "label": "Subject"},
    {"type": "Input.Date", "id": "day", "label": "Day"},
    {"type": "Input.Time", "id": "time", "label": "Time"},
    {"type": "Input.Toggle", "id": "all", "title": "All", "valueOn": "yes", "valueOff": "no"},
    {
        "type": "Input.ChoiceSet",
        "id": "match",
        "label": "Match",
        "value": "is",
        "choices": [{"title": "contains", "value": "has"}, {"title": "equals", "value": "is"}],
    },
    {
        "type": "Input.ChoiceSet",
        "id": "states",
        "label": "States",
        "isMultiSelect": True,
        "choices": [{"title": name.title(), "value": name} for name in ("failed", "pending", "delivered")],
    },
]


@pytest.fixture
def start(page: Page, demo: Demo) -> Start:
    async def at(lang: str = "en", person: object = SATO, **more: str) -> None:
        rest = "".join(f"&{name}={value}" for name, value in more.items())
        await page.goto(f"{demo.bot.url}/?lang={lang}&person={getattr(person, 'aad_object_id', '')}{rest}")

    return at


async def say(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")


def rows(count: int) -> list[Json]:
    """Rows that open on a tap, as a list of results has them."""
    return [
        {
            "type": "Container",
            "items": [{"type": "TextBlock", "text": f"row {number}"}],
            "selectAction": execute(f"Open {number}", "detail", row=number),
        }
        for number in range(count)
    ]


async def top_in_view(page: Page, node: Locator) -> bool:
    """Whether the start of *node* stands in the upper half of the messages."""
    view, box = await page.locator("#scroll").bounding_box(), await node.bounding_box()
    assert view is not None
    assert box is not None
    return view["y"] - 1 <= box["y"] <= view["y"] + view["height"] / 2


async def test_inputs_are_sent(page: Page, demo: Demo, start: Start) -> None:
    """Every kind of input is sent with the button's own data, in the shapes that Teams sends."""
    demo.bot.reply = lambda activity: with_card(card("form", execute("Go", "go", form=1), body=INPUTS))
    await start()
    await say(page, "trace")
    shown = page.get_by_test_id("card")
    await shown.get_by_label("Subject").fill("請求書 <x>")
    await shown.get_by_label("Day").fill("2026-10-15")
    await shown.get_by_label("Time").fill("09:30")
    await shown.get_by_label("All").check()
    await shown.get_by_label("Match").select_option("has")
    await shown.get_by_label("Failed").check()
    await shown.get_by_label("Delivered").check()
    await shown.get_by_role("button", name="Go").click()
    await expect(shown).not_to_have_attribute("aria-busy", "true")

    assert demo.bot.got[-1]["value"]["action"]["data"] == {
        "form": 1,
        "subject": "請求書 <x>",
        "day": "2026-10-15",
        "time": "09:30",
        "all": "yes",
        "match": "has",
        "states": "failed,delivered",
    }


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_inputs_are_readable(page: Page, demo: Demo, start: Start, theme: str) -> None:
    """Every input has text and ground of its theme, fills its width, and stands inside the card."""
    demo.bot.reply = lambda activity: with_card(card("form", body=INPUTS))
    await page.set_viewport_size({"width": 360, "height": 740})
    await start(theme=theme)
    await say(page, "trace")
    await expect(page.get_by_test_id("card")).to_be_visible()

    dark = theme == "dark"
    for name in ("Subject", "Day", "Time", "Match"):
        box = page.get_by_test_id("card").get_by_label(name)
        look = await box.evaluate(
            "box => { const look = getComputedStyle(box), light = color => color.match(/\\d+/g)"
            ".slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 3;"
            "return [light(look.color), light(look.backgroundColor), box.getBoundingClientRect().width] }"
        )
        text, ground, width = look
        assert (text > 200 and ground < 60) if dark else (text < 60 and ground > 200)
        assert 120 < width < 340


async def test_rows_open_by_keyboard(page: Page, demo: Demo, start: Start) -> None:
    """A row that opens on a tap is reached by Tab and opened by Enter; the focus stays at its card."""
    demo.bot.reply = lambda activity: with_card(card("list", body=rows(3)))
    demo.bot.invoke = lambda activity: {"statusCode": 200, "type": CARD, "value": card("detail")}
    await start()
    await say(page, "mine")
    await expect(page.get_by_test_id("card")).to_contain_text("row 2")
    await page.locator("#scroll").focus()
    for stop in ("", "", "the card", "row 0", "row 1"):
        await page.keyboard.press("Tab")
        # Ahead of the card are the menus of what was said, and of itself.
        assert stop in ("", "the card") or await page.evaluate("document.activeElement.innerText") == stop
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("card")).to_contain_text("detail")

    assert demo.bot.got[-1]["value"]["action"]["data"] == {"row": 1}
    assert await page.evaluate("document.activeElement.closest('[data-testid=message]') !== null")


async def test_tapped_card_starts_in_view(page: Page, demo: Demo, start: Start) -> None:
    """When a card replaces the tapped one, its start is in view: the reader is not left in the middle."""
    demo.bot.reply = lambda activity: with_card(card("list", body=rows(60)))
    demo.bot.invoke = lambda activity: {
        "statusCode": 200,
        "type": CARD,
        "value": card("detail", body=rows(40)),
    }
    await start()
    await say(page, "mine")
    shown = page.get_by_test_id("card")
    await shown.get_by_text("row 55").click()
    await expect(shown).to_contain_text("detail")

    assert await top_in_view(page, shown)


async def test_result_taller_than_the_view_starts_at_its_top(page: Page, demo: Demo, start: Start) -> None:
    """A result that replaces "looking" at the end shows its start; a short one leaves the end in view."""
    demo.bot.reply = lambda activity: with_card(card("looking"))
    await start()
    for body in (rows(60), rows(2)):
        await say(page, "trace")
        last = page.get_by_test_id("card").last
        await expect(last).to_contain_text("looking")
        path = f"conversations/{SATO_CHAT.replace(':', '%3A')}/activities/{demo.bot.last_id}"
        await demo.bot.call("PUT", path, with_card(card("found", body=body)))
        await expect(last).to_contain_text("found")
        if len(body) > 2:
            assert await top_in_view(page, last)
        else:
            await expect(last.get_by_text("row 1")).to_be_in_viewport()


async def test_nothing_of_another_person_stays(page: Page, demo: Demo, start: Start) -> None:
    """Who becomes another sees no message of the former 1:1, no draft, no recalled line, no notification."""
    demo.bot.reply = lambda activity: {"type": "message", "text": "for Sato only"}
    await start()
    await say(page, "secret question")
    await expect(page.get_by_text("for Sato only")).to_be_visible()
    await page.get_by_test_id(f"place-{GROUP_CHAT.id}").click()
    demo.chat.conversations.post(SATO_CHAT, {"type": "message", "text": "whispered"})
    await expect(page.locator(".toast")).to_be_visible()
    await page.get_by_test_id("composer").fill("half a thought")
    await page.get_by_test_id(f"person-{TANAKA.aad_object_id}").click()
    await expect(page.get_by_test_id(f"person-{TANAKA.aad_object_id}")).to_have_attribute(
        "aria-checked", "true"
    )

    await expect(page.locator(".toast")).to_have_count(0)
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id("composer").press("ArrowUp")
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id(f"place-{personal_id(TANAKA)}").click()
    for text in ("for Sato only", "secret question", "whispered"):
        await expect(page.get_by_text(text)).to_have_count(0)


async def test_drafts_stay_with_their_place(page: Page, demo: Demo, start: Start) -> None:
    """What was half typed waits in its place."""
    await start()
    await page.get_by_test_id("composer").fill("half")
    await page.get_by_test_id(f"place-{GROUP_CHAT.id}").click()
    await expect(page.get_by_test_id("composer")).to_have_value("")
    await page.get_by_test_id(f"place-{SATO_CHAT}").click()

    await expect(page.get_by_test_id("composer")).to_have_value("half")


async def test_people_by_keyboard(page: Page, demo: Demo, start: Start) -> None:
    """The people are one stop of Tab; arrows change who one is."""
    await start()
    await page.get_by_test_id(f"person-{SATO.aad_object_id}").focus()
    await page.keyboard.press("ArrowDown")
    chosen = page.get_by_test_id(f"person-{TANAKA.aad_object_id}")
    await expect(chosen).to_have_attribute("aria-checked", "true")
    await expect(chosen).to_be_focused()
    await page.keyboard.press("Tab")

    await expect(page.get_by_test_id(f"place-{personal_id(TANAKA)}")).to_be_focused()


@pytest.mark.parametrize("lang", ["en", "ja"])
async def test_trouble_by_keyboard(page: Page, demo: Demo, start: Start, lang: str) -> None:
    """The panel opens, switches, shows what is on, and closes, all by keyboard; one button ends it."""
    await start(lang)
    opener, panel, strip = (page.get_by_test_id(name) for name in ("trouble", "trouble-panel", "strip"))
    # A key that is pressed on a hidden button goes to whatever has the focus.
    await expect(opener).to_be_visible()
    await opener.press("Enter")
    await expect(panel).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(strip).to_contain_text({"en": "Credential refused", "ja": "資格情報の拒否"}[lang])
    await expect(page.get_by_test_id("trouble-refused")).to_be_focused()
    assert demo.chat.troubles is not None
    assert [name for name, on in demo.chat.troubles.state.items() if on] == ["refused"]
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(opener).to_be_focused()
    await page.locator("#strip-reset").press("Enter")
    await expect(strip).to_be_hidden()

    assert not any(demo.chat.troubles.state.values())


@pytest.mark.parametrize("width", [360, 1280])
async def test_trouble_fits(page: Page, demo: Demo, start: Start, width: int) -> None:
    """The panel and the strip stand inside the window, in both themes, and no word is missing."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    await page.set_viewport_size({"width": width, "height": 740})
    await start("ja")
    await page.get_by_test_id("trouble").click()
    for switch in await page.get_by_role("switch").all():
        await switch.check()
    await page.get_by_test_id("theme-toggle").click(force=True)

    box = await page.get_by_test_id("strip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    await expect(page.get_by_test_id("strip")).to_have_text(re.compile("制限.*ページ送り"))
    assert not complaints


async def test_unfolded_part_is_in_view(page: Page, demo: Demo, start: Start) -> None:
    """What a button unfolds below the view is brought into it."""
    hidden = {
        "type": "Container",
        "id": "more",
        "isVisible": False,
        "items": [{"type": "TextBlock", "text": "the rest"}],
    }
    unfold = {"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"]}
    folded = [*rows(6), {"type": "ActionSet", "actions": [unfold]}, *rows(12), hidden]
    demo.bot.reply = lambda activity: with_card(card("form", body=folded))
    await page.set_viewport_size({"width": 1280, "height": 600})
    await start()
    await say(page, "trace")
    await page.get_by_role("button", name="More").click()

    await expect(page.get_by_text("the rest")).to_be_in_viewport()


async def test_a_menu_stays_open(page: Page, demo: Demo, start: Start) -> None:
    """A message that changes while its menu is open keeps it open, and what had the focus has it still."""
    demo.bot.reply = lambda activity: with_card(card("looking"))
    await start()
    await say(page, "trace")
    answer = page.get_by_test_id("message").last
    await expect(answer).to_contain_text("looking")
    await answer.get_by_test_id("more").press("Enter")
    await page.keyboard.press("Tab")
    path = f"conversations/{quote(SATO_CHAT, safe='')}/activities/{demo.bot.last_id}"
    await demo.bot.call("PUT", path, with_card(card("found")))
    await expect(answer).to_contain_text("found")
    await expect(answer.get_by_test_id("trace-message")).to_be_focused()
    demo.bot.invoke = lambda activity: {"task": {"type": "message", "value": "opened"}}
    await page.keyboard.press("Enter")

    await expect(page.get_by_test_id("dialog")).to_contain_text("opened")
