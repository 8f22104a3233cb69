"""Sentences: the same in both languages, each one that the code asks for, and none besides."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.access import Refusal
from cards.texts import TEXTS
from cards.words import SYMBOLS
from tracing.causes import Cause
from tracing.exchange_codes import EXCHANGE
from tracing.model import DeliveryStatus, Direction, Shortfall, SubjectMode

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for folder in ("cards", "bot", "manifest")
    for path in (ROOT / folder).rglob("*.py")
    if not path.name.endswith("texts.py")
]


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def asked_for() -> Iterator[tuple[str, str]]:
    """What `say` is called with, as a pattern of keys, and where."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(attr="say"), args=[argument, *_]):
                    for pattern in patterns(argument):
                        yield pattern, f"{path.relative_to(ROOT)}:{node.lineno}"


def patterns(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str(text)):
            yield re.escape(text)
        case ast.JoinedStr(values=parts):
            known = (
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w .-]+"
                for part in parts
            )
            yield "".join(known)
        case ast.IfExp(body=one, orelse=other):
            yield from patterns(one)
            yield from patterns(other)


def mentioned() -> tuple[set[str], list[re.Pattern[str]]]:
    """Every string in the code, and every formatted one that begins as a key does, as a pattern."""
    words: set[str] = set()
    formatted: set[str] = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Constant(value=str(text)):
                    words.add(text)
                case ast.JoinedStr():
                    formatted.update(patterns(node))
    return words, [re.compile(one) for one in formatted if re.match(r"[a-z_]+\\\.", one)]


def test_both_languages() -> None:
    """A sentence stands in both languages, with the same placeholders; only what needs doing may be empty."""
    for key, both in TEXTS.items():
        assert set(both) == {"ja", "en"}, key
        assert placeholders(both["ja"]) == placeholders(both["en"]), key
        assert bool(both["ja"]) == bool(both["en"]), key
        assert both["ja"] or key.endswith((".ask", ".steps")), key
        assert len(both["ja"].splitlines()) == len(both["en"].splitlines()), key


def test_style() -> None:
    """No stray spaces; a plural has two forms that show their number; a Japanese sentence ends as one."""
    for key, both in TEXTS.items():
        for sentence in both.values():
            assert sentence == sentence.strip(), key
            assert "  " not in sentence, key
        assert "|" not in both["ja"], key
        assert not both["ja"].endswith("."), key
        if "|" in both["en"]:
            assert all("{n}" in form for form in both["en"].split("|")), key


def test_every_key_asked_for_exists() -> None:
    """Whatever `say` is asked for is there."""
    asked = dict(asked_for())

    assert len(asked) > 80
    missing = [
        (pattern, place)
        for pattern, place in asked.items()
        if not any(re.fullmatch(pattern, key) for key in TEXTS)
    ]
    assert missing == []


def test_every_key_is_asked_for() -> None:
    """No sentence stands there for nobody."""
    words, formatted = mentioned()
    idle = [key for key in TEXTS if key not in words and not any(one.fullmatch(key) for one in formatted)]

    assert idle == []


@pytest.mark.parametrize(
    "key",
    [
        *(f"cause.{cause}.{part}" for cause in Cause for part in ("name", "employee", "helpdesk")),
        *(f"cause.{cause}.{part}" for cause in Cause for part in ("ask", "steps")),
        *(f"status.{status}" for status in DeliveryStatus),
        *(f"shortfall.{shortfall}" for shortfall in Shortfall),
        *(f"direction.{direction}" for direction in Direction),
        *(f"subject_mode.{mode}" for mode in SubjectMode),
        *(f"condition.subject.{mode}" for mode in SubjectMode),
        *(f"refused.{refusal}" for refusal in Refusal),
    ],
)
def test_every_value_has_words(key: str) -> None:
    """Every cause, state, shortfall, direction and refusal there is has its words."""
    assert key in TEXTS


def test_every_state_has_a_sign() -> None:
    """Each state has a symbol of its own; a word stands beside it always."""
    assert set(SYMBOLS) == set(DeliveryStatus)
    assert len(set(SYMBOLS.values())) == len(SYMBOLS)


@pytest.mark.parametrize("cause", Cause)
def test_employee_reads_of_no_server(cause: Cause) -> None:
    """What an employee reads names no product page, protocol or setting that is not theirs."""
    for part, both in ((part, TEXTS[f"cause.{cause}.{part}"]) for part in ("employee", "ask")):
        for sentence in both.values():
            assert not re.search(r"SPF|DKIM|DMARC|NDR|MX|TLS|Purview|Defender|コネクター", sentence), part


def test_every_code_has_a_phrase() -> None:
    """The phrases are those of the listed codes, all of them and no other."""
    phrases = {key.removeprefix("code.") for key in TEXTS if re.match(r"code\.\d", key)}

    assert phrases == {entry.codes for entry in EXCHANGE}
