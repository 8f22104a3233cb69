"""The demo as a stranger meets it: a real browser, the page, the whole bot behind it."""

import csv
import re
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Literal

import pytest
from aiohttp import web
from playwright.async_api import Locator, Page, async_playwright, expect

from cards.texts import TEXTS
from demo import renderer
from demo.__main__ import demo_app, demo_settings
from demo.company import AUDITOR, SATO, TAKAHASHI, TANAKA, Employee
from demo.connector import CHANNEL
from demo.mailbox import Mailbox, make_mailbox
from demo.tenant import Tenant
from tests.browser import by_hand, find

Language = Literal["ja", "en"]
WITHIN = 45_000
"""Milliseconds for anything to appear; shared machines are slow."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UNKNOWN_RECIPIENT = "【至急】10月度請求書の件"


@dataclass
class Visit:
    """An open page and what its console complained of."""

    page: Page
    url: str
    mailbox: Mailbox
    complaints: list[str] = field(default_factory=list)

    async def enter(self, person: Employee, language: Language) -> None:
        """Come in as *person*, and be greeted."""
        await self.page.goto(f"{self.url}/?lang={language}&theme=light&person={person.aad_object_id}")
        await shows(self.card(0), "welcome.title", language)

    async def say(self, text: str) -> None:
        await self.page.get_by_test_id("composer").fill(text)
        await self.page.get_by_test_id("send").click()

    def card(self, at: int) -> Locator:
        """The card *at* that place from the top; an answer stands where “looking” stood."""
        return self.page.get_by_test_id("card").nth(at)


async def shows(card: Locator, key: str, language: Language) -> None:
    await expect(card).to_contain_text(TEXTS[key][language], timeout=WITHIN)


@pytest.fixture
async def visit(tmp_path: Path) -> AsyncIterator[Visit]:
    chromium = find()
    if chromium is None:
        pytest.fail(f"no browser here: {by_hand()}")
    renderer.install()
    mailbox = make_mailbox(datetime.now(UTC))
    # Bound before anything is told of it, so that nobody else takes the port meanwhile.
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        settings = demo_settings(port, f"sqlite+aiosqlite:///{tmp_path}/demo.sqlite3")
        application, _ = demo_app(settings, Tenant(mailbox))
        runner = web.AppRunner(application)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        try:
            async with async_playwright() as playwright:
                browser = await playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
                context = await browser.new_context(timezone_id="Asia/Tokyo")
                context.set_default_timeout(WITHIN)
                visit = Visit(await context.new_page(), f"http://127.0.0.1:{port}", mailbox)
                visit.page.on(
                    "console",
                    lambda said: (
                        visit.complaints.append(said.text) if said.type in ("error", "warning") else None
                    ),
                )
                visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
                yield visit
                await browser.close()
        finally:
            await runner.cleanup()


def from_hoge(mailbox: Mailbox, now: datetime) -> int:
    """How many rows `sender *@hoge.com` has in the two days before *now*."""
    rows = (row for row in mailbox.visible(now) if row.sender_address.lower().endswith("@hoge.com"))
    return sum(now - timedelta(days=2) <= row.received_date_time <= now for row in rows)


@pytest.mark.parametrize(
    ("language", "typed", "count", "failed"),
    [
        ("en", "/trace sender *@hoge.com", r"(\d+) messages", "Failed"),
        ("ja", "追跡 送信者 *@hoge.com", r"(\d+) 件", "失敗"),
    ],
)
async def test_helpdesk_finds_the_reason(
    visit: Visit, language: Language, typed: str, count: str, failed: str
) -> None:
    """Typed as on the tin: every row is counted, the asker's zone named, and one tap tells the reason."""
    await visit.enter(SATO, language)
    before = datetime.now(UTC)

    await visit.say(typed)
    answer = visit.card(1)
    await shows(answer, "results.complete", language)
    await expect(answer).to_contain_text(failed)
    await expect(answer).to_contain_text("UTC+09:00")
    said = re.search(count, await answer.inner_text())
    assert said
    assert int(said[1]) in {from_hoge(visit.mailbox, now) for now in (before, datetime.now(UTC))}

    await answer.get_by_text(UNKNOWN_RECIPIENT).first.click()
    await shows(answer, "cause.recipient_not_found.name", language)
    await expect(answer).to_contain_text("5.1.10")
    await expect(answer).to_contain_text(failed)

    await answer.get_by_role("button", name=TEXTS["detail.back"][language]).click()
    await shows(answer, "results.complete", language)
    assert not visit.complaints


async def test_report_is_allowed_and_opened(visit: Visit) -> None:
    """A report typed for, allowed where Teams asks, and downloaded: every row is in the file."""
    await visit.enter(SATO, "en")
    before = datetime.now(UTC)

    await visit.say("report enhanced sender *@hoge.com")
    await visit.page.get_by_role("button", name="Allow").click()
    link = visit.page.get_by_role("link", name="Download")
    await expect(link).to_be_visible(timeout=WITHIN)
    async with visit.page.expect_download() as download:
        await link.click()
    saved = await download.value
    text = (await saved.path()).read_text("utf-8-sig")

    lines = [line for line in csv.reader(StringIO(text, newline="")) if not line[0].startswith("# ")]
    assert saved.suggested_filename.endswith(".csv")
    assert lines[0][0] == "origin_timestamp_utc"
    assert len(lines) - 1 in {from_hoge(visit.mailbox, now) for now in (before, datetime.now(UTC))}
    await shows(visit.card(2), "report.saved.title", "en")
    assert not visit.complaints


async def test_auditor_reads_who_looked(visit: Visit) -> None:
    """The president's mail opens masked, with a ticket; the auditor reads who looked, and no mail."""
    await visit.enter(SATO, "en")
    await visit.page.get_by_test_id("suggestion").filter(has_text="ticket INC123").click()
    await expect(visit.card(1)).to_contain_text("●●●●")
    await expect(visit.card(1)).to_contain_text(TAKAHASHI.mail)
    await visit.enter(AUDITOR, "en")
    await visit.page.get_by_test_id("suggestion").filter(has_text="audit ticket").click()
    await shows(visit.card(1), "audit.title", "en")
    await expect(visit.card(1)).to_contain_text(SATO.name)
    await expect(visit.card(1)).to_contain_text("trace from takahashi@contoso.co.jp last 30d ticket INC123")
    await visit.say("trace sender *@hoge.com")
    await shows(visit.card(2), "refused.no_mail", "en")

    assert not visit.complaints


BOUNCE = (
    "Your message to suzuki@hoge.com couldn't be delivered.\n"
    "Remote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found'"
)


@pytest.mark.parametrize("language", ["en", "ja"])
async def test_trace_this_mail(visit: Visit, language: Language) -> None:
    """A bounce that somebody posted is explained over the page, all by keyboard; the form behind it shows its
    faults, and the answer comes as a message."""
    await visit.enter(SATO, language)
    await visit.say(BOUNCE)
    posted = visit.page.get_by_test_id("message").filter(has_text="Remote server returned").first
    menu = posted.get_by_test_id("more")
    await menu.focus()
    await menu.press("Enter")
    await visit.page.keyboard.press("Tab")
    await visit.page.keyboard.press("Enter")
    dialog = visit.page.get_by_test_id("dialog")
    await shows(dialog, "cause.recipient_not_found_remote.name", language)

    await dialog.get_by_role("button", name=TEXTS["button.form"][language]).press("Enter")
    await dialog.get_by_label(TEXTS["form.sender"][language]).first.fill("suzuki at hoge")
    search = dialog.get_by_role("button", name=TEXTS["form.search"][language], exact=True)
    await search.press("Enter")
    await shows(dialog, "form.mend", language)
    await dialog.get_by_label(TEXTS["form.sender"][language]).first.fill("*@hoge.com")
    await search.press("Enter")
    await shows(dialog, "notice.private", language)
    await visit.page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await shows(visit.page.get_by_test_id("card").last, "results.complete", language)
    assert not visit.complaints


async def test_form_as_a_dialog(visit: Visit) -> None:
    """In a channel the welcome opens the form as a dialog, for the one who taps alone."""
    await visit.page.goto(f"{visit.url}/?lang=en&theme=dark&person={SATO.aad_object_id}&place={CHANNEL.id}")
    await visit.page.get_by_role("button", name=TEXTS["button.form"]["en"]).first.click()
    dialog = visit.page.get_by_test_id("dialog")
    await shows(dialog, "form.lead", "en")
    await dialog.get_by_role("button", name="Close").click()

    await expect(dialog).to_be_hidden()
    assert not visit.complaints


async def test_employee_sees_their_own_only(visit: Visit) -> None:
    """Somebody else's mail is refused without a word of it; a wider question shows what is one's own."""
    await visit.enter(TANAKA, "en")

    await visit.say("trace from suzuki@hoge.com to keiri@contoso.co.jp")
    await shows(visit.card(1), "refused.not_yours", "en")
    await expect(visit.card(1)).not_to_contain_text("suzuki")
    await visit.say("trace sender *@hoge.com last 14d")
    await shows(visit.card(2), "results.narrowed", "en")
    await expect(visit.card(2)).to_contain_text(TANAKA.mail)
    await expect(visit.card(2)).not_to_contain_text("keiri@contoso.co.jp")

    assert not visit.complaints
