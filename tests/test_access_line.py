"""Who may see whose mail, from activities to cards."""

from dataclasses import replace
from pathlib import Path

import pytest

from cards.texts import TEXTS
from demo.company import (
    AUDITOR,
    AUDITOR_GROUP_ID,
    DIRECTORY,
    EXECUTIVE_GROUP_ID,
    GUEST,
    JOHN,
    KIMURA,
    SATO,
    TAKAHASHI,
    TANAKA,
    WATANABE,
    Employee,
)
from demo.connector import CHANNEL, account_of
from demo.tenant import DETAILS, LIST, Tenant
from tests.line import JAPANESE, NOW, Line, Message, button, buttons, sample_mailbox, words
from tests.test_line import NOT_ALLOWED, asked

INVOICE = "【至急】10月度請求書の件"
MINUTES = "打合せ議事録（9/30）"
"""A mail of Tanaka's with three recipients of his own, and one whom a rule put into Bcc."""


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(sample_mailbox(), clock=lambda: NOW)


def said(key: str, **facts: object) -> str:
    """The start of a sentence, as far as it holds no facts."""
    return TEXTS[key]["en"].partition("{")[0].partition("|")[0].strip()


def plain(answer: Message) -> str:
    """What stands on a card, without the places where long words may break."""
    return answer.words.replace("\u200b", "")


# --- the table of roles ----------------------------------------------------------------------------

COMMANDS = ("trace sender *@hoge.com", "mine", "saved", "audit last 7d", "doctor", "help", "trace")
NO = {
    SATO: {"audit last 7d": "refused.auditors_only"},
    TANAKA: {"audit last 7d": "refused.auditors_only", "doctor": "refused.not_helpdesk"},
    AUDITOR: {
        **dict.fromkeys(("trace sender *@hoge.com", "mine", "saved", "trace"), "refused.no_mail"),
        "doctor": "refused.not_helpdesk",
    },
    GUEST: dict.fromkeys(COMMANDS, "refused.unknown"),
}


@pytest.mark.parametrize("person", NO, ids=lambda person: person.mail)
async def test_the_table(tmp_path: Path, person: Employee) -> None:
    """Each role gets what the table allows it, and is told why it does not get the rest."""
    async with Line(tmp_path) as line:
        answers = {text: await line.ask(person, text) for text in COMMANDS}

    for text, answer in answers.items():
        refusal = NO[person].get(text)
        assert (answer.summary == NOT_ALLOWED) == (refusal is not None)
        if refusal is not None:
            assert said(refusal) in answer.words


async def test_help_of_an_auditor(tmp_path: Path) -> None:
    """Auditors are offered what they may ask, and nothing that would be refused."""
    async with Line(tmp_path) as line:
        answers = [await line.ask(AUDITOR, text) for text in ("help", "help more")]

    for answer in answers:
        assert "audit last 7d" in answer.words
        assert "trace " not in answer.words
        assert not buttons(answer.card)


async def test_narrowed_to_recipients(tmp_path: Path) -> None:
    """Of a mail they sent, an employee sees whom they addressed, and nothing of whom a rule added."""
    async with Line(tmp_path) as line:
        whole = await line.ask(SATO, f'trace subject "{MINUTES}" last 30d')
        asked = await line.ask(TANAKA, f'trace subject "{MINUTES}" last 30d')
        found = words(await line.read_on(TANAKA, asked))

    assert KIMURA.mail in whole.words
    assert "4 messages" in whole.words
    assert KIMURA.mail not in found
    assert "3 messages" in found
    assert all(address in found for address in ("old@hoge.com", "suzuki@hoge.com", "kim@fabrikam.example"))


async def test_no_asking_for_the_hidden(tmp_path: Path) -> None:
    """Whoever asks for the recipient that a rule added learns nothing, neither that there is one."""
    async with Line(tmp_path) as line:
        hidden = await line.ask(
            TANAKA, f"trace from {TANAKA.mail} to {KIMURA.mail} subject {MINUTES} last 30d"
        )
        nobody = await line.ask(TANAKA, f"trace from {TANAKA.mail} to {JOHN.mail} subject {MINUTES} last 30d")

    assert plain(hidden).replace(KIMURA.mail, JOHN.mail) == plain(nobody)


async def test_positions_betray_nothing(tmp_path: Path) -> None:
    """The places of rows count only what the reader may see."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, f'trace subject "{MINUTES}" last 30d')

    places = [tap["data"]["at"] for tap in buttons(found.card) if tap["verb"] == "open"]
    assert places == list(range(len(places)))


async def test_events_out_of_reach(tmp_path: Path, tenant: Tenant) -> None:
    """Where no event can be read nothing is proven: the message shows, and no recipient."""
    tenant.faults.where, tenant.faults.server_error = frozenset({DETAILS}), 10_000
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(TANAKA, f'trace subject "{MINUTES}" last 30d')

    assert "1 message\n" in found.words + "\n"
    assert said("results.untold") in found.words
    assert not any(address in found.words for address in ("old@hoge.com", "suzuki@hoge.com", KIMURA.mail))


async def test_a_stand_in_opens(tmp_path: Path) -> None:
    """A message whose recipients were not looked into yet is looked into on a tap."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 30d")
        pages = [found.card]
        while said("results.untold") not in words(pages[-1]):
            pages.append((await line.tap(TANAKA, found, "Next", pages[-1])).card)
        row = next(
            tap
            for tap in buttons(pages[-1])
            if tap["verb"] == "open" and tap["title"].startswith("Not checked yet:")
        )
        opened = await line.tap(TANAKA, found, row, pages[-1])

    assert TANAKA.mail in opened.words
    assert "→" in opened.words


async def test_look_back(tmp_path: Path) -> None:
    """An employee's mail goes back as far as the installation says; before that is refused."""
    async with Line(tmp_path, TRACE_LOOK_BACK_DAYS="2") as line:
        cut = await line.ask(TANAKA, "mine last 30d")
        before = await line.ask(TANAKA, "mine since 2026-09-01 until 2026-09-20")

    assert "Oct 13" in cut.words
    assert said("refused.too_old") in before.words


async def test_shared_mailbox(tmp_path: Path) -> None:
    """Members of a shared mailbox's group trace it as their own; nobody else does."""
    shared = f"info@contoso.co.jp={AUDITOR_GROUP_ID}"
    tanaka = replace(TANAKA, groups=(AUDITOR_GROUP_ID,))
    tenant = Tenant(
        sample_mailbox(),
        people=[tanaka if one == TANAKA else one for one in DIRECTORY],
        clock=lambda: NOW,
    )
    async with Line(tmp_path, tenant, TRACE_SHARED_MAILBOXES=shared, TRACE_AUDITOR_GROUPS="") as line:
        own = await line.ask(TANAKA, "trace to info@contoso.co.jp last 7d")
        other = await line.ask(JOHN, "trace to info@contoso.co.jp last 7d")

    assert "→ info@contoso.co.jp" in own.words
    assert "→" not in other.words


# --- protected people ------------------------------------------------------------------------------


async def test_protected(tmp_path: Path) -> None:
    """Mail of protected people is withheld without a ticket, and masked with one; the count is told."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        without = await line.ask(SATO, f"trace from {TAKAHASHI.mail} last 30d")
        with_ticket = await line.ask(SATO, f"trace from {TAKAHASHI.mail} last 30d ticket INC123")
        detail = await line.tap(
            SATO, with_ticket, next(t for t in buttons(with_ticket.card) if t["verb"] == "open")
        )

    assert "withheld" in without.words
    assert "→" not in without.words
    assert "●●●●" in with_ticket.words
    assert f"{TAKAHASHI.mail} →" in with_ticket.words
    assert "組織案" not in with_ticket.words + detail.words
    assert "●●●●" in detail.words


async def test_protected_by_subject(tmp_path: Path) -> None:
    """No guess at the subject of a protected mail is answered, with a ticket or without."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        guesses = [
            await line.ask(SATO, f"trace from {TAKAHASHI.mail} subject {word} last 30d{ticket}")
            for word in ("来期組織案", "nonsense")
            for ticket in ("", " ticket INC1")
        ]

    assert len({plain(guess).replace("来期組織案", "nonsense") for guess in guesses[::2]}) == 1
    assert len({plain(guess).replace("来期組織案", "nonsense") for guess in guesses[1::2]}) == 1
    assert "withheld" not in guesses[0].words


async def test_protected_and_own(tmp_path: Path) -> None:
    """What protected people wrote to somebody is still that person's own mail."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        own = await line.ask(WATANABE, "mine subject 組織案 last 30d")

    assert "【社外秘】来期組織案" in own.words


async def test_protected_unknown(tmp_path: Path, tenant: Tenant) -> None:
    """While nobody can say who is protected, the help desk sees nothing."""
    async with Line(tmp_path, tenant, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        await line.ask(SATO, "help")
        tenant.faults.where, tenant.faults.server_error = frozenset({"directory"}), 10_000
        answer = await line.ask(SATO, f"trace from {TAKAHASHI.mail} last 30d")

    assert "→" not in answer.words
    assert "could not be looked up" in answer.words


# --- the record ------------------------------------------------------------------------------------


async def test_recorded(tmp_path: Path) -> None:
    """Looks, details, refusals and the audit itself stand in the record, in words that can be typed again."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com ticket INC-7")
        await line.tap(SATO, found, INVOICE)
        await line.ask(TANAKA, "trace from sato@contoso.co.jp to kato@hoge.com")
        record = await line.ask(AUDITOR, "audit last 7d")
        again = await line.ask(AUDITOR, "監査 期間 7日 実行者 佐藤", client=JAPANESE)
        by_ticket = await line.ask(AUDITOR, "audit ticket inc-7")

    assert "trace from *@hoge.com last 2d ticket INC-7" in plain(record)
    assert SATO.name in plain(record)
    assert "detail to keiri@contoso.co.jp" in plain(record)
    assert said("audit.outcome.not_yours") in plain(record)
    assert "not_yours" not in plain(record)
    assert "trace from sato@contoso.co.jp to kato@hoge.com last 2d" in plain(record)
    assert TANAKA.name not in plain(again)
    assert "佐藤 美咲" in plain(again)
    assert "*@hoge.com" in plain(by_ticket)
    assert TANAKA.name not in plain(by_ticket)


async def test_refusals_are_recorded_with_what_was_asked(tmp_path: Path) -> None:
    """What was refused stands in the record with its conditions, whatever kind of question it was."""
    asked_for = (
        (AUDITOR, "trace sender *@hoge.com last 3d", "trace from *@hoge.com last 3d"),
        (AUDITOR, "mine last 5d", "mine last 5d"),
        (AUDITOR, "report enhanced sender *@hoge.com", "report enhanced from *@hoge.com last 2d"),
        (AUDITOR, "watch failed to *@hoge.com", "watch to *@hoge.com status failed"),
        (TANAKA, "audit last 2d by sato", "audit last 2d by sato"),
        (JOHN, "doctor", "examine"),
        (GUEST, "saved", "show saved"),
    )
    async with Line(tmp_path) as line:
        for person, text, _ in asked_for:
            await line.ask(person, text)
        record = await line.ask(AUDITOR, "audit today")

    assert f"{len(asked_for)} entries" in plain(record)
    for person, _, spelt in asked_for:
        assert spelt in plain(record)
        assert person.name in plain(record)


async def test_record_pages(tmp_path: Path) -> None:
    """A long record has pages; a page opens for the auditor alone."""
    async with Line(tmp_path) as line:
        for _ in range(10):
            await line.ask(TANAKA, "mine")
        record = await line.ask(AUDITOR, "audit today")
        older = await line.tap(AUDITOR, record, "Older")
        stolen = await line.tap(SATO, record, button(record.card, "Older"))

    assert "10 entries" in plain(record)
    assert older.words.count("mine last 7d") == 2
    assert "mine" not in stolen.words


# --- places ----------------------------------------------------------------------------------------


async def test_approve_and_revoke(tmp_path: Path) -> None:
    """Results show in a channel from the help desk's approval until its end; both are recorded."""
    async with Line(tmp_path) as line:
        await line.say(TANAKA, "approve", CHANNEL)
        refused = await line.answer(TANAKA)
        await line.answer(CHANNEL)
        await line.say(SATO, "approve", CHANNEL)
        approved = await line.answer(CHANNEL)
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
        shown = await line.answer(CHANNEL)
        await line.say(SATO, "revoke", CHANNEL)
        revoked = await line.answer(CHANNEL)
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
        line_only = await line.answer(CHANNEL)
        record = await line.ask(AUDITOR, "audit today")

    assert said("refused.not_helpdesk") in refused.words
    assert "Results may show here" in approved.words
    assert INVOICE in shown.words
    assert "no longer" in revoked.words
    assert line_only.text == TEXTS["notice.private"]["en"]
    assert "Place approved" in plain(record)
    assert "Place revoked" in plain(record)


async def test_not_in_private(tmp_path: Path) -> None:
    """A 1:1 is no place to approve."""
    async with Line(tmp_path) as line:
        answer = await line.ask(SATO, "approve")

    assert said("refused.not_a_place") in answer.words


@pytest.mark.parametrize(
    "stranger",
    [
        account_of(GUEST) | {"userRole": "guest"},
        account_of(GUEST) | {"userPrincipalName": "kato_hoge.com#EXT#@contoso.onmicrosoft.com"},
        account_of(JOHN) | {"tenantId": "99999999-9999-4999-8999-999999999999"},
        account_of(JOHN) | {"userRole": "anonymous"},
        {"id": "29:nobody"},
    ],
    ids=["guest", "external name", "other tenant", "anonymous", "unknown"],
)
async def test_outsiders(tmp_path: Path, stranger: dict[str, str]) -> None:
    """Where guests or outsiders are, nothing is approved, and what was approved shows nothing."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        line.connector.members.append(stranger)
        await line.say(SATO, "approve", CHANNEL)
        refused = await line.answer(CHANNEL)
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
        neutral = await line.answer(CHANNEL)
        private = await line.answer(SATO)

    assert "cannot be approved" in refused.words
    assert neutral.text == TEXTS["notice.private"]["en"]
    assert INVOICE in private.words


@pytest.mark.parametrize("broken", ["empty", "refused"])
async def test_nobody_can_tell(tmp_path: Path, broken: str) -> None:
    """Where nobody can say who is in a place, nothing shows there."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        line.connector.members = (
            [] if broken == "empty" else [{"id": object()}]
        )  # what no JSON can say: a 500
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
        neutral = await line.answer(CHANNEL)
        private = await line.answer(SATO)

    assert neutral.text == TEXTS["notice.private"]["en"]
    assert INVOICE in private.words


async def test_an_approved_place_keeps_private_things_private(tmp_path: Path) -> None:
    """In an approved channel an employee's mail, one's own, and a ticket's still go to the asker alone."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        for person, text in (
            (TANAKA, "trace sender *@hoge.com"),
            (TANAKA, "mine"),
            (SATO, "mine"),
            (SATO, "trace sender *@hoge.com ticket INC1"),
        ):
            await line.say(person, text, CHANNEL)
            await line.answer(person)
            assert (await line.answer(CHANNEL)).text == TEXTS["notice.private"]["en"]


async def shown_in_channel(line: Line) -> Message:
    await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
    return await line.answer(CHANNEL)


async def test_taps_in_a_place(tmp_path: Path) -> None:
    """A tap in an approved place is answered to the tapper alone, as themselves; the card stays as it is."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        found = await shown_in_channel(line)
        before = len(found.versions)
        desk = await line.tap(SATO, found, INVOICE)
        employee = await line.tap(TANAKA, found, INVOICE)
        private = len(line.connector.said_in("a:1tanaka-sales"))
        asked_before = asked(line.tenant, LIST)
        page = await line.tap(TANAKA, found, button(found.card, "Failed"))

    assert "keiri@contoso.co.jp" in desk.words
    assert said("refused.not_yours") in employee.words
    assert "keiri" not in employee.words + page.words
    assert private == 0
    assert asked(line.tenant, LIST) == asked_before
    assert len(found.versions) == before


async def test_a_revoked_place(tmp_path: Path) -> None:
    """What stands in a place that is no longer approved opens nothing."""
    async with Line(tmp_path) as line:
        await line.say(SATO, "approve", CHANNEL)
        await line.answer(CHANNEL)
        found = await shown_in_channel(line)
        await line.say(SATO, "revoke", CHANNEL)
        await line.answer(CHANNEL)
        before = asked(line.tenant, DETAILS)
        await line.tap(SATO, found, INVOICE)
        answer = await line.answer(SATO)

    assert asked(line.tenant, DETAILS) == before
    assert "expired" in answer.words


async def test_share(tmp_path: Path) -> None:
    """A shared result shows states, times and domains; no subject, no person; and only once a place."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        await shown_in_channel(line)
        found = await line.ask(SATO, "trace sender *@hoge.com")
        confirm = await line.tap(SATO, found, "Share to a channel")
        done = await line.tap(SATO, found, "Share to", confirm.card)
        await line.tap(SATO, found, "Share to", confirm.card)
        posted = await line.answer(CHANNEL)
        count = len(line.connector.said_in(CHANNEL.id))

    assert "Shared to" in done.words
    assert "●●●@hoge.com → ●●●@contoso.co.jp" in posted.words
    for hidden in (INVOICE, "keiri", "suzuki", "請求書"):
        assert hidden not in posted.words + confirm.words
    assert not buttons(posted.card)
    assert count == 2


async def test_share_among_members(tmp_path: Path) -> None:
    """Nobody shares into a place where they are not, or where somebody from outside is."""
    async with Line(tmp_path, TRACE_APPROVED_PLACES=CHANNEL.id) as line:
        await shown_in_channel(line)
        found = await line.ask(JOHN, "mine last 30d")
        elsewhere = await line.tap(JOHN, found, "Share to a channel")
        own = await line.ask(SATO, "trace sender *@hoge.com")
        confirm = await line.tap(SATO, own, "Share to a channel")
        line.connector.members.append(account_of(GUEST) | {"userRole": "guest"})
        late = await line.tap(SATO, own, "Share to", confirm.card)

    assert said("shared.nowhere") in elsewhere.words
    assert said("refused.outsiders") in late.words
    assert len(line.connector.said_in(CHANNEL.id)) == 1


async def test_too_many(tmp_path: Path) -> None:
    """Whoever sends too much in a minute is told of each when to go on, and not worked; others are."""
    async with Line(tmp_path, TRACE_MESSAGES_PER_MINUTE="60") as line:
        for _ in range(65):
            await line.say(TANAKA, "nonsense")
        await line.until(lambda: len(line.connector.said_in("a:1tanaka-sales")) == 65)
        other = await line.ask(SATO, "help")
        told = [m.text for m in line.connector.said_in("a:1tanaka-sales") if m.text]

    assert (
        told
        == ["That was not processed: 60 a minute is the limit. Please try again at 12:01:00 (in 1 minute)."]
        * 5
    )
    assert "trace" in other.words
