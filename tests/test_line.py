"""What people get for what they say and tap: activities in over HTTP, cards out at a connector."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from cards.texts import TEXTS
from demo.company import GUEST, JOHN, SATO, TANAKA, Employee
from demo.connector import CHANNEL, GROUP_CHAT, Place, personal_id
from demo.mailbox import CASES
from demo.tenant import ALWAYS, DETAILS, DIRECTORY, EVERYWHERE, LIST, Tenant
from tests.line import HELD, JAPANESE, NOW, PATIENT, Line, button, buttons, place_of, sample_mailbox, words

STRANGER = Employee("22222222-2222-4222-8222-2222222222ff", "29:stranger", "Nobody", "nobody@contoso.co.jp")
INVOICE = "【至急】10月度請求書の件"
NOT_ALLOWED = "Not allowed"


def asked(tenant: Tenant, kind: str) -> int:
    """How often Graph was asked for such a thing."""
    return sum(request.kind == kind for request in tenant.requests)


def held_back(text: str) -> None:
    """Hold *text* to showing nothing of anybody's mail."""
    for piece in ("suzuki", "keiri", INVOICE, CASES["recipient unknown here"][0], "hoge.com"):
        assert piece not in text


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(sample_mailbox(), clock=lambda: NOW)


# --- alone with the bot ---


async def test_trace_by_sender(tmp_path: Path) -> None:
    """A trace shows at once that it looks, then the result in the same place; a tap on a failure says why."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        asked_for_list, asked_for_details = asked(line.tenant, LIST), asked(line.tenant, DETAILS)
        detail = await line.tap(SATO, found, INVOICE)
        back = await line.tap(SATO, found, "Back", detail.card)

    assert found.versions[0]["summary"] == "Tracing mail"
    assert [call.method for call in line.connector.calls] == ["POST", "PUT"]
    assert "suzuki@hoge.com → keiri@contoso.co.jp" in found.words
    assert (asked_for_list, asked_for_details) == (1, 0)
    assert "550 5.1.10 RESOLVER.ADR.RecipientNotFound" in detail.words
    assert back.card == found.card


async def test_acknowledged_at_once(tmp_path: Path, tenant: Tenant) -> None:
    """The door does not wait for Graph: a message is acknowledged, and its card says that it looks."""
    async with Line(tmp_path, tenant) as line:
        await line.ask(SATO, "help")
        tenant.faults.slow = HELD
        await line.say(SATO, "trace sender *@hoge.com")
        graph_has_answered = asked(tenant, LIST)
        await line.until(lambda: len(line.connector.messages) > 1)
        first = line.connector.messages[1]
        looks = first.is_looking
        tenant.faults.clear()
        found = await line.answer(SATO)

    assert graph_has_answered == 0
    assert looks
    assert found is first
    assert len(found.versions) == 2


async def test_the_how_to_page(tmp_path: Path) -> None:
    """The how-to page's example: mail received by info@with-wit.com in the past two days."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace to info@with-wit.com last 2d")

    assert "info@with-wit.com" in found.words
    assert "last 2 days" in found.words
    assert "展示会の件、承知しました" in found.words
    assert all("info@with-wit.com" in each for each in found.words.splitlines() if "→" in each)


async def test_part_of_an_address(tmp_path: Path) -> None:
    """`john*@…` finds everybody of that beginning, by whom or to whom the mail was sent."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace john*@contoso.co.jp")

    routes = [each for each in found.words.splitlines() if "→" in each]
    assert routes
    assert all("john" in each for each in routes)


async def test_message_id_in_brackets(tmp_path: Path) -> None:
    """A Message-ID in angle brackets, which Teams takes for a tag, is read from the html."""
    row = sample_mailbox().row(CASES["recipient unknown here"])
    assert row is not None
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, f"trace {row.message_id}")

    assert row.message_id.startswith("<")
    assert INVOICE in found.words
    assert "1 message\n" in found.words


async def test_mine(tmp_path: Path) -> None:
    """`mine` shows an employee's own mail, problems first, under all their addresses."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine")

    routes = [each for each in found.words.splitlines() if "→" in each]
    assert routes
    assert all("tanaka@" in each for each in routes)
    assert found.words.index("❌") < found.words.index("✅")


async def test_employee_detail(tmp_path: Path) -> None:
    """An employee learns why their own mail failed, without the names of servers."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine")
        detail = await line.tap(TANAKA, found, "契約書ドラフト")

    assert "yamada@hoge.com" in detail.words
    assert "prod.outlook.com" not in detail.words
    assert "192.0.2" not in detail.words


@pytest.mark.parametrize("text", ["", "   ", "help", "ヘルプ", "/help"])
async def test_help(tmp_path: Path, text: str) -> None:
    """Who says nothing, or asks, is told what can be typed."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, text)

    assert "trace sender" in card.words
    assert asked(line.tenant, LIST) == 0


@pytest.mark.parametrize("text", ["doctor", "診断"])
async def test_doctor(tmp_path: Path, text: str) -> None:
    """The help desk is told how the bot is set up, and a tap looks again; nobody else is."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, text)
        line.tenant.faults.prerequisite_missing = 99
        again = await line.tap(SATO, card, "Examine again")
        employee = await line.ask(TANAKA, text)

    assert "In order" in card.words
    assert "Reached from Teams" in card.words.partition("In order")[2]
    assert "❌" not in card.words
    assert "New-MgServicePrincipal" in again.words
    assert "for the help desk only" in employee.words


async def test_japanese(tmp_path: Path) -> None:
    """The whole way in Japanese, full-width letters and all."""
    async with Line(tmp_path) as line:
        found = await line.ask(
            SATO, "／追跡　送信者　＊＠ｈｏｇｅ．ｃｏｍ　状態　失敗　期間　2日", client=JAPANESE
        )
        detail = await line.tap(SATO, found, INVOICE, client=JAPANESE)

    assert found.versions[0]["summary"] == "メールを追跡しています"
    assert INVOICE in found.words
    assert "過去 2 日" in found.words
    assert "失敗" in detail.words
    assert "Failed" not in words(detail.card).replace("  Fail", "")


async def test_not_understood(tmp_path: Path) -> None:
    """What cannot be read is marked, with what was expected; Graph is not bothered."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, "trace sendr *@hoge.com")

    assert "I could not read that" in card.words
    assert "sendr" in card.words
    assert "sender" in card.words
    assert asked(line.tenant, LIST) == 0


async def test_sentence(tmp_path: Path) -> None:
    """A sentence that names mail is answered with the trace it may ask for; one tap runs it, none before."""
    async with Line(tmp_path) as line:
        card = await line.ask(SATO, "did our customer get anything from *@hoge.com?")
        before = asked(line.tenant, LIST)
        found = await line.tap(SATO, card, "Search")

    assert before == 0
    assert "Search for this?" in card.words
    assert INVOICE in found.words


async def test_old_client(tmp_path: Path) -> None:
    """A client that knows no `Action.Execute` sends a message instead, and gets a new card for it."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        await line.submit(SATO, found, INVOICE)
        detail = await line.answer(SATO)

    assert detail is not found
    assert "550 5.1.10" in detail.words


async def test_welcome(tmp_path: Path) -> None:
    """Who installs the bot is greeted with what can be typed; a channel learns how to be heard."""
    async with Line(tmp_path) as line:
        await line.arrive(SATO)
        await line.arrive(SATO, CHANNEL)
        alone, together = await line.answer(SATO), await line.answer(CHANNEL)

    assert "Hello" in alone.words
    assert "trace sender" in alone.words
    assert "@Mail Trace" in together.words


async def test_heard_once(tmp_path: Path) -> None:
    """An activity that the connector sends again is acknowledged and not run again."""
    async with Line(tmp_path) as line:
        activity = line.typed(SATO, "trace sender *@hoge.com")
        for _ in range(3):
            await line.send(activity)
        await line.answer(SATO)

    assert len(line.connector.messages) == 1
    assert asked(line.tenant, LIST) == 1


# --- among others ---


@pytest.mark.parametrize("place", [CHANNEL, GROUP_CHAT], ids=["channel", "group chat"])
async def test_private_by_default(tmp_path: Path, place: Place) -> None:
    """Asked among others, the bot answers the asker alone; the place gets one line, with nothing in it."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com", place)
        told = await line.answer(place)

    assert INVOICE in found.words
    assert told.text == TEXTS["notice.private"]["en"]
    assert len(line.connector.said_in(place.id)) == 1
    assert all(
        call.conversation_id.startswith((place.id, personal_id(SATO))) for call in line.connector.calls[1:]
    )


async def test_not_installed(tmp_path: Path) -> None:
    """Who has not installed the bot is told so where they asked, and nothing else happens."""
    async with Line(tmp_path) as line:
        line.connector.strangers.add(SATO.teams_id)
        await line.say(SATO, "trace sender *@hoge.com", CHANNEL)
        told = await line.answer(CHANNEL)

    assert "Add this app" in told.text
    assert len(line.connector.messages) == 1
    assert asked(line.tenant, LIST) == 0
    held_back(told.text)


async def test_a_tap_in_a_channel(tmp_path: Path) -> None:
    """A tap on a card in a channel answers the one who tapped; the card everybody sees stays as it is."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        shared = line.post(CHANNEL, found)
        tap = await line.tap(SATO, shared, INVOICE)
        detail = await line.answer(SATO)

    assert tap.body["type"] == "application/vnd.microsoft.activity.message"
    assert "1:1" in tap.words
    assert "550 5.1.10" in detail.words
    assert detail.conversation_id == personal_id(SATO)
    assert not [c for c in line.connector.calls if c.method == "PUT" and c.activity_id == shared.id]


# --- who may not ---


@pytest.mark.parametrize(
    "text",
    [
        "trace sender suzuki@hoge.com to keiri@contoso.co.jp",
        "trace to sato@contoso.co.jp from kato@hoge.com",
    ],
)
async def test_somebody_elses_mail(tmp_path: Path, text: str) -> None:
    """An employee who asks for other people's mail is refused, and Graph is not asked."""
    async with Line(tmp_path) as line:
        card = await line.ask(TANAKA, text)

    assert card.summary == NOT_ALLOWED
    assert asked(line.tenant, LIST) == 0
    held_back(card.words)


async def test_narrowed(tmp_path: Path) -> None:
    """An employee who asks widely gets what is theirs of it, and is told so."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "trace sender *@hoge.com")

    routes = [each for each in found.words.splitlines() if "→" in each]
    assert routes
    assert all("tanaka@" in each for each in routes)
    assert "Only mail that you sent or were sent" in found.words
    assert "keiri" not in found.words


async def test_a_copied_tap(tmp_path: Path) -> None:
    """Verb and data copied from the help desk's card open nothing for anybody else, wherever sent."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        own = await line.ask(TANAKA, "mine")
        in_channel = line.post(CHANNEL, found)
        before = asked(line.tenant, DETAILS)
        for action in buttons(found.card):
            tapped_there = await line.tap(TANAKA, in_channel, action)
            answered = await line.answer(TANAKA)
            for tap in (await line.tap(TANAKA, found, action), await line.tap(TANAKA, own, action)):
                held_back(tap.words)
                assert "expired" in tap.words or "could not be read" in tap.words
            held_back(tapped_there.words)
            held_back(answered.words)

    assert asked(line.tenant, DETAILS) == before


async def test_a_place_is_no_key(tmp_path: Path) -> None:
    """Who says that they are in somebody else's conversation gets nothing of what was said there."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        action = button(found.card, INVOICE)
        tap = await line.tap(TANAKA, found, action, place=place_of(SATO))

    held_back(tap.words)


@pytest.mark.parametrize("text", ["trace sender *@hoge.com", "mine", "trace kato@hoge.com", "help"])
@pytest.mark.parametrize("person", [STRANGER, GUEST], ids=["stranger", "guest"])
async def test_outsiders(tmp_path: Path, person: Employee, text: str) -> None:
    """Whom the directory does not know, and who is only a guest in it, gets no mail at all."""
    async with Line(tmp_path) as line:
        card = await line.ask(person, text)
        answers = [await line.tap(person, card, each) for each in buttons(card.card)]

    assert asked(line.tenant, LIST) == asked(line.tenant, DETAILS) == 0
    for shown in (card.words, *(answer.words for answer in answers)):
        assert "→" not in shown
        assert INVOICE not in shown


async def test_role_taken_away(tmp_path: Path, tenant: Tenant) -> None:
    """Rights are decided at each tap: a card from before opens nothing once its reader left the help desk."""
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
    tenant.groups = {}
    async with Line(tmp_path, tenant) as line:
        tap = await line.tap(SATO, found, INVOICE)

    held_back(tap.words)


# --- when something is wrong ---


async def test_directory_down(tmp_path: Path, tenant: Tenant) -> None:
    """While nobody can say who somebody is, nothing is shown, and the card says that it could not look."""
    tenant.faults.where, tenant.faults.server_error = frozenset({DIRECTORY}), ALWAYS
    async with Line(tmp_path, tenant) as line:
        for person in (SATO, TANAKA):
            card = await line.ask(person, "trace sender *@hoge.com")

            assert "could not be looked up" in card.words
            assert "Reference" in card.words
            assert "→" not in card.words
    assert asked(tenant, LIST) == 0


async def test_a_slow_directory(tmp_path: Path, tenant: Tenant) -> None:
    """Nobody waits in silence for the directory: the card is there before anything was searched."""
    tenant.faults.slow = HELD
    async with Line(tmp_path, tenant, pace=replace(PATIENT, silence=timedelta(0))) as line:
        await line.say(SATO, "trace sender *@hoge.com")
        await line.until(lambda: line.connector.messages)
        first, searched = line.connector.messages[0], asked(tenant, LIST)
        assert first.is_looking
        tenant.faults.clear()
        answer = await line.answer(SATO)

    assert searched == 0
    assert INVOICE in answer.words


async def test_secret_expired(tmp_path: Path, tenant: Tenant) -> None:
    """An expired secret is told as what it is, by its code, and heals as soon as there is a new one."""
    async with Line(tmp_path, tenant) as line:
        tenant.faults.sign_in_refused = "AADSTS7000222"
        card = await line.ask(SATO, "trace sender *@hoge.com")
        tenant.faults.clear()
        again = await line.ask(SATO, "trace sender *@hoge.com")

    assert "The client secret has expired" in card.words
    assert "AADSTS7000222" in card.words
    assert INVOICE in again.words


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("throttle", "Exchange Online is limiting our requests"),
        ("prerequisite_missing", "New-MgServicePrincipal -AppId 8bd644d1-64a1-4d4b-ae52-2e0cbf64e373"),
        ("permission_missing", "ExchangeMessageTrace.Read.All"),
        ("server_error", "Exchange Online does not answer"),
        ("dropped", "Exchange Online does not answer"),
        ("half_page", "Exchange Online’s answer broke off"),
        ("token_expired", "The bot's credentials are refused"),
    ],
)
async def test_graph_faults(tmp_path: Path, tenant: Tenant, fault: str, says: str) -> None:
    """Each fault of Graph has its own card: what to do, the conditions, and a button to go on."""
    setattr(tenant.faults, fault, ALWAYS)
    async with Line(tmp_path, tenant) as line:
        card = await line.ask(SATO, "trace sender *@hoge.com")
        tenant.faults.clear()
        tenant.spent.clear()
        again = await line.tap(SATO, card, "Run again")

    assert says in card.words
    assert "does not mean that nothing was found" in card.words
    assert "*@hoge.com" in card.words
    assert INVOICE in again.words


async def test_slow_graph(tmp_path: Path, tenant: Tenant) -> None:
    """A Graph that keeps people waiting too long is told as that, and answers once it has come round."""
    async with Line(tmp_path, tenant, graph_timeout=httpx.Timeout(1)) as line:
        await line.ask(SATO, "help")
        tenant.faults.slow = HELD
        card = await line.ask(SATO, "trace sender *@hoge.com")
        tenant.faults.clear()
        again = await line.tap(SATO, card, "Run again")

    assert "Exchange Online took too long to answer" in card.words
    assert "does not mean that nothing was found" in card.words
    assert "*@hoge.com" in card.words
    assert button(card.card, "Change conditions")
    assert INVOICE in again.words


async def test_a_fault_in_the_detail(tmp_path: Path, tenant: Tenant) -> None:
    """A tap that Graph fails says so above the list, which stays, and can be tried again."""
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        tenant.faults.server_error = ALWAYS
        tap = await line.tap(SATO, found, INVOICE)

    assert "Exchange Online does not answer" in tap.words
    assert "Try again" in tap.words
    assert INVOICE in tap.words
    assert len(line.connector.messages) == 1


async def test_a_slow_tap(tmp_path: Path, tenant: Tenant) -> None:
    """A tap that takes longer than Teams waits is answered with progress, then in the card itself."""
    async with Line(tmp_path, tenant, pace=replace(PATIENT, tap=timedelta(0))) as line:
        found = await line.ask(SATO, "trace sender *@hoge.com")
        tap = await line.tap(SATO, found, INVOICE)
        await line.until(lambda: len(found.versions) > 2)

    assert tap.is_looking
    assert "550 5.1.10" in found.words
    assert len(line.connector.messages) == 1


async def test_twelve_at_once(tmp_path: Path, tenant: Tenant) -> None:
    """Questions that come together are all answered, each in its own card."""
    tenant.faults.where = EVERYWHERE
    async with Line(tmp_path, tenant) as line:
        for _ in range(12):
            await line.say(SATO, "trace sender *@hoge.com")
        found = [await line.answer(SATO) for _ in range(12)]

    assert len({message.id for message in found}) == 12
    assert all(INVOICE in message.words for message in found)


async def test_a_card_that_went_away(tmp_path: Path, tenant: Tenant) -> None:
    """Who deletes the card that looks still gets the answer, as a new message."""
    async with Line(tmp_path, tenant) as line:
        await line.ask(SATO, "help")
        tenant.faults.slow = HELD
        await line.say(SATO, "trace sender *@hoge.com")
        await line.until(lambda: len(line.connector.messages) > 1)
        line.connector.messages.pop()
        tenant.faults.clear()
        found = await line.answer(SATO)

    assert INVOICE in found.words


async def test_the_connector_is_busy(tmp_path: Path) -> None:
    """A connector that is busy for a moment does not cost the answer."""
    async with Line(tmp_path) as line:
        line.connector.refusals += [429, 502]
        found = await line.ask(SATO, "trace sender *@hoge.com")

    assert INVOICE in found.words
    assert len(line.connector.messages) == 1


async def test_john(tmp_path: Path) -> None:
    """Mail to an alias is one's own."""
    async with Line(tmp_path) as line:
        found = await line.ask(JOHN, "trace to johnny@contoso.co.jp")

    assert "Lunch on Friday?" in found.words
