"""The chat page in a real browser."""

import asyncio
from urllib.parse import quote

import pytest
from playwright.async_api import Page, Route, expect

from demo.company import JOHN, SATO
from demo.connector import CARD, CHANNEL
from tests.demo.talking import SATO_CHAT, Demo, card, execute, with_card

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_page_types_taps_and_updates(page: Page, demo: Demo) -> None:
    """Typed, answered by a card, tapped with an input, replaced, updated: with no error and no stranger."""
    complaints: list[str] = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda asked: complaints.append(asked.url) if demo.bot.url not in asked.url else None)
    field_ = {"type": "Input.Text", "id": "who", "label": "Who"}
    demo.bot.reply = lambda activity: with_card(
        card("found **3**", execute("開く", "open", n=1), body=[field_])
    )
    demo.bot.invoke = lambda activity: {
        "statusCode": 200,
        "type": CARD,
        "value": card(f"opened for {activity['value']['action']['data']['who']}"),
    }

    await page.goto(f"{demo.bot.url}/?lang=ja&theme=dark&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("追跡 <b>x</b>")
    await page.get_by_test_id("composer").press("Enter")
    shown = page.get_by_test_id("card")
    await expect(shown).to_contain_text("found 3")
    await expect(page.get_by_text("追跡 <b>x</b>")).to_be_visible()
    await shown.get_by_role("textbox").fill("me@x.jp")
    await shown.get_by_role("button", name="開く").click()
    await expect(shown).to_contain_text("opened for me@x.jp")
    path = f"conversations/{quote(SATO_CHAT, safe='')}/activities/{demo.bot.last_id}"
    await demo.bot.call("PUT", path, with_card(card("all done")))
    await expect(shown).to_contain_text("all done")

    assert demo.bot.got[-1]["value"]["action"]["data"] == {"n": 1, "who": "me@x.jp"}
    assert demo.bot.got[-1]["localTimezone"] == "Asia/Tokyo"
    assert not complaints


async def test_page_says_what_went_wrong(page: Page, demo: Demo) -> None:
    """A bot that answers with an error is told where the tap and the message stand."""
    demo.bot.reply = lambda activity: with_card(card("list", execute("Open", "open")))
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id("suggestion").first.click()
    await expect(page.get_by_test_id("card")).to_contain_text("list")
    demo.bot.status = 500
    await page.get_by_test_id("card").get_by_role("button", name="Open").click()
    await expect(page.get_by_test_id("note")).to_contain_text("error (500)")
    await page.get_by_test_id("composer").fill("mine")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("failed")).to_contain_text("Not delivered")


async def test_page_keeps_people_and_places_apart(page: Page, demo: Demo) -> None:
    """In the channel a missing mention is told; another person has their own places."""
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id(f"place-{CHANNEL.id}").click()
    await page.get_by_test_id("mention").click()
    await page.get_by_test_id("composer").fill("hello all")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("unmentioned")).to_contain_text("mention it")
    await page.get_by_test_id(f"person-{JOHN.aad_object_id}").click()
    await expect(page.get_by_test_id(f"place-{CHANNEL.id}")).to_have_count(0)
    await expect(page.get_by_test_id("message")).to_have_count(0)

    assert "message" not in demo.bot.kinds()


async def test_page_refreshes_for_those_named(page: Page, demo: Demo) -> None:
    """A card that names its reader for a refresh is refreshed once, unasked, and for that reader."""
    asks = card("for all") | {"refresh": {"action": execute("", "mine"), "userIds": [SATO.teams_id]}}
    demo.bot.reply = lambda activity: with_card(asks)
    demo.bot.invoke = lambda activity: {"statusCode": 200, "type": CARD, "value": asks | card("for you")}
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("go")
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("card")).to_contain_text("for you")
    await page.get_by_test_id("theme-toggle").click()
    await expect(page.get_by_test_id("card")).to_contain_text("for you")

    assert [activity["value"]["trigger"] for activity in demo.bot.got if activity["type"] == "invoke"] == [
        "automatic"
    ]


async def test_page_keeps_what_is_typed_into_a_card(page: Page, demo: Demo) -> None:
    """A message that comes while a form is filled leaves the form and the focus alone."""
    form = card("form", body=[{"type": "Input.Text", "id": "who", "label": "Who"}])
    demo.bot.reply = lambda activity: with_card(form)
    await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("go")
    await page.get_by_test_id("send").click()
    box = page.get_by_test_id("card").get_by_role("textbox")
    await box.fill("half")
    demo.chat.conversations.post(SATO_CHAT, {"type": "message", "text": "news"})
    await expect(page.get_by_text("news")).to_be_visible()

    await expect(box).to_have_value("half")
    await expect(box).to_be_focused()


@pytest.mark.parametrize("width", [360, 1280])
async def test_page_fits(page: Page, demo: Demo, width: int) -> None:
    """Nothing is wider than the window, on a telephone or a desk."""
    demo.bot.reply = lambda activity: with_card(card("x" * 400, execute("Open", "open")))
    await page.set_viewport_size({"width": width, "height": 740})
    await page.goto(f"{demo.bot.url}/?lang=ja&person={SATO.aad_object_id}")
    await page.get_by_test_id("composer").fill("y" * 400)
    await page.get_by_test_id("send").click()
    await expect(page.get_by_test_id("card")).to_be_visible()

    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate("document.getElementById('scroll').scrollWidth <= innerWidth")


async def test_typed_before_the_page_knows_who(page: Page, demo: Demo) -> None:
    """What is typed while the page is still loading is not lost when it has loaded."""
    go_on = await held_up(page, demo)
    await page.get_by_test_id("composer").fill("early")
    go_on.set()
    await expect(page.get_by_test_id(f"person-{SATO.aad_object_id}")).to_be_visible()

    await expect(page.get_by_test_id("composer")).to_have_value("early")
    await expect(page.get_by_test_id("send")).to_be_enabled()


async def test_sent_before_the_page_knows_who(page: Page, demo: Demo) -> None:
    """What is sent while the page is still loading is sent when it has loaded."""
    go_on = await held_up(page, demo)
    await page.get_by_test_id("composer").fill("early")
    await page.get_by_test_id("composer").press("Enter")
    await expect(page.get_by_test_id("composer")).to_have_value("early")
    go_on.set()

    await expect(page.get_by_role("log").get_by_text("early")).to_be_visible()
    await expect(page.get_by_test_id("composer")).to_have_value("")


async def held_up(page: Page, demo: Demo) -> asyncio.Event:
    """Open the page while the server does not yet say who is here; it does once the event is set."""
    go_on = asyncio.Event()

    async def late(route: Route) -> None:
        await go_on.wait()
        await route.continue_()

    await page.route("**/chat/company", late)
    async with page.expect_request("**/chat/company"):
        await page.goto(f"{demo.bot.url}/?lang=en&person={SATO.aad_object_id}", wait_until="commit")
    return go_on
