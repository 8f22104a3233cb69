"""Words that are no tickets: typed, in the form, behind a tap, saved or kept, they open nobody's mail."""

from pathlib import Path
from typing import Any

import pytest

from demo.company import EXECUTIVE_GROUP_ID, SATO, TAKAHASHI
from tests.line import Line, Message, Tap, buttons

QUESTION = f"trace from {TAKAHASHI.mail} last 30d"
NO_TICKETS = ("none", "ticket", "INC", "x1", "なし", "n/a", "###")


def opened(answer: Message | Tap) -> bool:
    return "●●●●" in answer.words or f"{TAKAHASHI.mail} →" in answer.words


def refine(answer: Message | Tap) -> Any:
    return next(one for one in buttons(answer.card) if one["verb"] == "refine")


@pytest.mark.parametrize("word", NO_TICKETS)
async def test_typed(tmp_path: Path, word: str) -> None:
    """A word that is no number opens nothing; the card says what a number looks like and keeps the rest."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        answer = await line.ask(SATO, f"{QUESTION} ticket {word}")
        form = await line.tap(SATO, answer, refine(answer))

    assert not opened(answer)
    assert "at least 4 characters, one of them a digit" in answer.words
    assert TAKAHASHI.mail in str(form.card)


async def test_form(tmp_path: Path) -> None:
    """Nor does one that stands in the form, forged or not."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        answer = await line.ask(SATO, f"{QUESTION} ticket none")
        form = await line.tap(SATO, answer, refine(answer))
        search = next(one for one in buttons(form.card) if one["verb"] == "search")
        data = {"sender": TAKAHASHI.mail, "range": "30d", "ticket": "none"}
        found = await line.tap(SATO, answer, {**search, "data": {**search["data"], **data}}, form.card)

    assert not opened(found)
    assert "at least 4 characters, one of them a digit" in found.words


async def test_report(tmp_path: Path) -> None:
    """Nor does a report begin with one."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        answer = await line.ask(SATO, f"report extended from {TAKAHASHI.mail} last 30d ticket none")

    assert "at least 4 characters" in answer.words
    assert "Start" not in answer.words


async def test_pattern_of_the_organization(tmp_path: Path) -> None:
    """Where the organization has a pattern, it decides, and the card shows it."""
    async with Line(
        tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID, TRACE_TICKET_PATTERN="(INC|REQ)[0-9]{7}"
    ) as line:
        wrong = await line.ask(SATO, f"{QUESTION} ticket INC123")
        right = await line.ask(SATO, f"{QUESTION} ticket req1234567")

    assert not opened(wrong)
    assert "(INC|REQ)[0-9]{7}" in wrong.words.replace("\u200b", "")
    assert opened(right)


async def test_kept_under_another_pattern(tmp_path: Path) -> None:
    """What a ticket opened before the pattern changed is closed: its pages, rows and new runs."""
    async with Line(tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID) as line:
        before = await line.ask(SATO, f"{QUESTION} ticket INC123")
        assert opened(before)
    async with Line(
        tmp_path, TRACE_PROTECTED_GROUPS=EXECUTIVE_GROUP_ID, TRACE_TICKET_PATTERN="REQ[0-9]{7}"
    ) as line:
        taps = [one for one in buttons(before.card) if one["verb"] in ("open", "page", "again")]
        answers = [await line.tap(SATO, before, tap, before.card) for tap in taps]

    assert {tap["verb"] for tap in taps} >= {"open", "again"}
    assert not any(opened(answer) for answer in answers)
