"""Why this one and not that one: taps on a detail, from the list to the answer."""

from pathlib import Path

import pytest

from bot.comparisons import MAX_LOOKED_AT
from demo.company import SATO, TANAKA
from demo.mailbox import CASES
from demo.tenant import DETAILS, Tenant
from tests.line import NOW, Line, button, buttons, sample_mailbox

SEVERAL = CASES["several outcomes"][0]
MANY = CASES["many recipients"][0]


def looked_at(tenant: Tenant) -> int:
    return sum(request.kind == DETAILS for request in tenant.requests)


@pytest.fixture
def tenant() -> Tenant:
    return Tenant(sample_mailbox(), clock=lambda: NOW)


async def test_where_they_part(tmp_path: Path, tenant: Tenant) -> None:
    """One message's recipients are grouped by fate, each a tap away, and it says where they part."""
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(SATO, f"trace id {SEVERAL}")
        detail = await line.tap(SATO, found, "Failed: ")
        parting = await line.tap(SATO, found, "Where they part", detail.card)
        one = await line.tap(SATO, found, "suzuki@hoge.com", parting.card)
        back = await line.tap(SATO, found, "Back", parting.card)

    assert "up to “Submitted”, and part after that" in parting.words
    assert "1 recipient: Recipient doesn't exist at the remote domain\n5.1.1" in parting.words
    assert "Accepted by the remote mail server" in one.words
    assert "old@hoge.com" in back.words
    assert looked_at(tenant) == 1 + 4 + 1 + 1


async def test_at_most_ten(tmp_path: Path, tenant: Tenant) -> None:
    """Of many recipients ten are looked at, one request each, and it says how many were not."""
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(SATO, f"trace id {MANY}")
        detail = await line.tap(SATO, found, "Delivered: ")
        before = looked_at(tenant)
        parting = await line.tap(SATO, found, "Where they part", detail.card)

    assert looked_at(tenant) - before == MAX_LOOKED_AT
    assert "15 of 25 recipients were not looked at" in parting.words


async def test_some_out_of_reach(tmp_path: Path, tenant: Tenant) -> None:
    """Where Graph stops answering midway, what was told is shown, and that it is not all."""
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(SATO, f"trace id {SEVERAL}")
        detail = await line.tap(SATO, found, "Failed: ")
        tenant.faults.where, tenant.faults.throttle = frozenset({DETAILS}), 2
        tenant.faults.retry_after = 120
        parting = await line.tap(SATO, found, "Where they part", detail.card)

    assert "stopped answering midway" in parting.words


async def test_two_recipients(tmp_path: Path) -> None:
    """From a detail another recipient is chosen, and both stand side by side, the first difference marked."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, f"trace id {SEVERAL}")
        detail = await line.tap(SATO, found, "Failed: ")
        choice = await line.tap(SATO, found, "Compare with…", detail.card)
        both = await line.tap(SATO, found, "suzuki@hoge.com", choice.card)
        again = await line.tap(SATO, found, "Compare with another", both.card)
        back = await line.tap(SATO, found, "Back", both.card)

    assert "Other recipients of this message" in choice.words
    assert "They part at step" in both.words
    assert "▼ The first difference" in both.words
    assert again.card == choice.card
    assert "old@hoge.com" in back.words


async def test_two_messages(tmp_path: Path) -> None:
    """Another message of the list will do as well; an employee sees both without servers and rules."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine")
        first = next(tap for tap in buttons(found.card) if tap.get("verb") == "open")
        detail = await line.tap(TANAKA, found, first)
        choice = await line.tap(TANAKA, found, "Compare with…", detail.card)
        second = next(tap for tap in buttons(choice.card) if tap.get("verb") == "compare")
        both = await line.tap(TANAKA, found, second)

    assert "Other messages of the list" in choice.words
    assert "Side by side" in both.words
    assert "prod.outlook.com" not in both.words
    assert "ID: (" not in both.words


async def test_nothing_of_others(tmp_path: Path) -> None:
    """An employee is not told where a message's recipients part, nor may compare by a copied tap."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, f"trace id {SEVERAL}")
        detail = await line.tap(SATO, found, "Failed: ")
        copied = [button(detail.card, title) for title in ("Where they part", "Compare with…")]
        mine = await line.ask(TANAKA, "mine")
        answers = [await line.tap(TANAKA, mine, tap) for tap in copied]

    assert all("expired" in answer.words for answer in answers)


async def test_role_taken_away(tmp_path: Path, tenant: Tenant) -> None:
    """Who was of the help desk when the card came is decided anew at each tap."""
    async with Line(tmp_path, tenant) as line:
        found = await line.ask(SATO, f"trace id {SEVERAL}")
        detail = await line.tap(SATO, found, "Failed: ")
        choice = await line.tap(SATO, found, "Compare with…", detail.card)
    taps = [button(detail.card, title) for title in ("Where they part", "Compare with…")]
    taps.append(button(choice.card, "suzuki@hoge.com"))
    tenant.groups = {}
    async with Line(tmp_path, tenant) as line:
        answers = [await line.tap(SATO, found, tap) for tap in taps]

    assert all("Not allowed" in answer.words for answer in answers)


@pytest.mark.parametrize("data", [{"at": 99_999}, {"other_at": 99_999}, {"other": "gone"}, {"state": "gone"}])
async def test_a_tap_that_leads_nowhere(tmp_path: Path, data: dict[str, str | int]) -> None:
    """A place that no kept answer has is refused in words."""
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, f"trace id {SEVERAL}")
        detail = await line.tap(SATO, found, "Failed: ")
        choice = await line.tap(SATO, found, "Compare with…", detail.card)
        tap = button(choice.card, "suzuki@hoge.com")
        answer = await line.tap(SATO, found, {**tap, "data": {**tap["data"], **data}})

    assert "Not allowed" in answer.words or "expired" in answer.words
