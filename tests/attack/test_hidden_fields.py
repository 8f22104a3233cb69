"""What an employee is not shown, asked by: typed, in forms, watched, or kept from before a role was lost."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from demo.company import SATO, TANAKA, Employee
from tests.line import JAPANESE, Line, Message, Tap, buttons, nodes

WHY = "only the help desk can search by it"
KEPT = "Your other conditions are kept."
TYPED = (
    "mine ip 203.0.113.0/25 last 30d",
    "mine ip blank last 30d",
    "trace ip 203.0.113.128/25",
    f"trace from {TANAKA.mail} client-ip 198.51.100.0/25 last 7d",
    "trace client-ip 198.51.100.0/25 failed",
    "report enhanced mine ip 203.0.113.0/25",
    f"report extended from {TANAKA.mail} client-ip 198.51.100.0/25",
    "watch mine ip 203.0.113.0/25 every 15m",
    f"watch failed from {TANAKA.mail} client-ip 198.51.100.0/25 every 15m",
)
NOBODY = "99999999-9999-4999-8999-999999999999"


def inputs(card: Mapping[str, Any]) -> set[str]:
    return {str(node["id"]) for node in nodes(card) if str(node.get("type", "")).startswith("Input.")}


def verb(answer: Message | Tap, name: str) -> Mapping[str, Any]:
    return next(iter([one for one in buttons(answer.card) if one["verb"] == name]))


async def fill(line: Line, person: Employee, at: Message, press: Mapping[str, Any], **typed: str) -> Tap:
    return await line.tap(person, at, {**press, "data": {**press["data"], **typed}})


@pytest.mark.parametrize("words", TYPED)
async def test_typed(tmp_path: Path, words: str) -> None:
    """Whatever they type, the card says plainly that they may not ask by it, and keeps the rest."""
    async with Line(tmp_path) as line:
        answer = await line.ask(TANAKA, words)
        requests = [one for one in line.tenant.requests if "essageTraces" in one.path]

    assert WHY in answer.words
    assert KEPT in answer.words
    assert not requests
    # Of what they may ask, all is kept, and a tap away.
    for address in re.findall(r"\S+@\S+", words):
        assert address in answer.words.replace("\u200b", "")
    assert not re.search(r"203\.0\.113|198\.51\.100", answer.words.replace("\u200b", ""))


async def test_typed_in_japanese(tmp_path: Path) -> None:
    """In Japanese as well, and the search without it runs at a tap."""
    async with Line(tmp_path) as line:
        answer = await line.ask(TANAKA, "自分のメール 送信元IP 203.0.113.0/24", client=JAPANESE)
        without = await line.tap(TANAKA, answer, "この条件なしで検索", client=JAPANESE)

    assert "使えるのはヘルプデスクだけです: 元のクライアント IP アドレス" in answer.words
    assert "件" in without.words


async def test_form(tmp_path: Path) -> None:
    """Their form has no such input, and what is sent in its stead is refused; the help desk's has it."""
    async with Line(tmp_path) as line:
        form = await line.ask(TANAKA, "trace")
        forged = [
            await fill(line, TANAKA, form, verb(form, "search"), **{name: "203.0.113.0/24"})
            for name in ("from_ip", "client_ip")
        ]
        desk = await line.ask(SATO, "trace")

    assert not inputs(form.card) & {"from_ip", "client_ip"}
    assert inputs(desk.card) >= {"from_ip", "client_ip"}
    assert all(WHY in answer.words for answer in forged)


async def test_watch_form(tmp_path: Path) -> None:
    """Nor has the form of a watch, new or changed, and the words that change one."""
    async with Line(tmp_path) as line:
        found = await line.ask(TANAKA, "mine last 7d")
        form = await line.tap(TANAKA, found, verb(found, "watch"))
        forged = await fill(
            line,
            TANAKA,
            found,
            verb(form, "watch_form"),
            **{
                str(one["id"]): str(one["value"])
                for one in nodes(form.card)
                if "id" in one and "value" in one
            },
            from_ip="203.0.113.0/24",
        )
        await line.ask(TANAKA, "watch mine every 15m")
        edited = await line.ask(TANAKA, "edit 1 client-ip 198.51.100.0/25")

    assert not inputs(form.card) & {"from_ip", "client_ip"}
    assert WHY in forged.words
    assert WHY in edited.words


async def test_kept_from_before(tmp_path: Path) -> None:
    """Whoever is of the help desk no more may not go on asking by it, saved, recent, again or watched."""
    asked = f"trace from {SATO.mail} ip 203.0.113.0/24 last 7d"
    async with Line(tmp_path) as line:
        found = await line.ask(SATO, asked)
        await line.ask(SATO, "save by address")
        recent = await line.ask(SATO, "recent")
    async with Line(tmp_path, TRACE_HELPDESK_GROUPS=NOBODY) as line:
        answers: list[Message | Tap] = [
            await line.ask(SATO, "run by address"),
            await line.tap(SATO, found, verb(found, "again")),
            await line.tap(SATO, recent, verb(await line.tap(SATO, recent, verb(recent, "edit")), "run")),
        ]
        refined = await line.tap(SATO, found, verb(found, "refine"))
        watched = await line.tap(SATO, found, verb(found, "watch"))

    assert all(WHY in answer.words for answer in answers)
    for form in (refined, watched):
        assert "Conditions on IP addresses and rules are for the help desk only" in form.words
        assert not inputs(form.card) & {"from_ip", "client_ip"}
        assert SATO.mail in str(form.card)
