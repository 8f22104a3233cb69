"""Every card is one that clients take: Microsoft's schema 1.5, its size, its notification line."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft6Validator

from cards.elements import MAX_CARD_BYTES, Card
from tests.cards.extremes import every_card
from tests.cards.samples import READERS

MAX_BUTTONS = 6
"""https://learn.microsoft.com/adaptive-cards/authoring-cards/universal-action-model"""

NOT_IN_SCHEMA = {"msteams"}
"""Teams' own: the width of the card, and whom it mentions."""


@cache
def schema() -> dict[str, Any]:
    """Microsoft's schema, where "any element" asks for a known type only: each node is checked on its own.

    Whole cards would be tried against every element type at every depth, for half a minute.
    """
    package = find_spec("adaptive_cards")
    assert package is not None
    assert package.submodule_search_locations is not None
    path = Path(package.submodule_search_locations[0]) / "schemas" / "schema-1.5.json"
    whole: dict[str, Any] = json.loads(path.read_text("utf-8"))
    for name, definition in whole["definitions"].items():
        if name.startswith("ImplementationsOf."):
            kinds = [part["allOf"][0]["$ref"].rpartition("/")[2] for part in definition["anyOf"]]
            kind = {"type": "object", "required": ["type"], "properties": {"type": {"enum": kinds}}}
            whole["definitions"][name] = kind
    return whole


@cache
def validator(kind: str) -> Draft6Validator:
    return Draft6Validator({"$ref": f"#/definitions/{kind}", "definitions": schema()["definitions"]})


def nodes(value: object) -> Iterator[dict[str, Any]]:
    """Every typed object in *value*, however deep; the data of a tap is not the card's."""
    if isinstance(value, dict):
        if "type" in value:
            yield value
        for name, part in value.items():
            if name != "data" and name not in NOT_IN_SCHEMA:
                yield from nodes(part)
    elif isinstance(value, list):
        for part in value:
            yield from nodes(part)


CARDS = {language: every_card(reader) for language, reader in READERS.items()}
each_card = pytest.mark.parametrize("name", CARDS["ja"])


def in_both(name: str) -> Iterator[tuple[str, Card]]:
    """The card of that name in each language."""
    for language, cards in CARDS.items():
        yield language, cards[name]


def complaints(content: object) -> list[str]:
    return [fault for node in nodes(content) for fault in _complaints(json.dumps(_alone(node)))]


def _alone(node: dict[str, Any]) -> dict[str, Any]:
    """*node* with only the types of its children, which are checked themselves, and its words made alike."""
    return {
        name: "words"
        if name in ("text", "title", "fallbackText") and isinstance(value, str)
        else _stub(value)
        for name, value in node.items()
        if name not in NOT_IN_SCHEMA
    }


def _stub(value: object) -> object:
    if isinstance(value, dict) and "type" in value:
        return {"type": value["type"]}
    return [_stub(part) for part in value] if isinstance(value, list) else value


@cache
def _complaints(node: str) -> list[str]:
    read = json.loads(node)
    return [f"{read['type']}: {fault.message[:200]}" for fault in validator(read["type"]).iter_errors(read)]


@each_card
def test_schema(name: str) -> None:
    """Every element of every card passes the definition of its type, which allows no unknown property."""
    for _, card in in_both(name):
        assert complaints(card.content) == []


def test_schema_would_complain() -> None:
    """The check above finds a misspelt property, a wrong value and a wrong type, however deep."""
    wrong = [
        {"type": "TextBlock", "text": "x", "colour": "good"},
        {"type": "TextBlock", "text": "x", "size": "Huge"},
        {"type": "RichTextBlock", "inlines": [{"type": "TextBlock", "text": "x"}]},
        {"type": "Input.Text"},
    ]

    for element in wrong:
        assert complaints({"type": "AdaptiveCard", "body": [{"type": "Container", "items": [element]}]})


@each_card
def test_size(name: str) -> None:
    """No card is too large for Teams, whatever mail it shows."""
    assert max(card.size for _, card in in_both(name)) < MAX_CARD_BYTES


@each_card
def test_summary(name: str) -> None:
    """What a notification shows says something, holds no address, and is what old clients show as well."""
    for language, card in in_both(name):
        assert card.summary.strip()
        assert "@" not in card.summary
        assert len(card.summary) <= 150
        assert card.content["fallbackText"] == card.summary
        assert card.content["lang"] == language


@each_card
def test_serialises(name: str) -> None:
    """A card is plain JSON in UTF-8: nothing of the package, no lone surrogate, no null."""
    for _, card in in_both(name):
        text = json.dumps(card.content, ensure_ascii=False, allow_nan=False)
        assert json.loads(text.encode()) == card.content
        assert None not in [value for node in nodes(card.content) for value in node.values()]


@each_card
def test_taps(name: str) -> None:
    """Every tap has a title and an equal for older clients; no row shows more buttons than it may."""
    for _, card in in_both(name):
        for node in nodes(card.content):
            primary = [one for one in node.get("actions", ()) if one.get("mode") != "secondary"]
            assert len(primary) <= MAX_BUTTONS
            if node["type"] == "Action.Execute":
                assert node["title"]
                assert node["fallback"]["type"] == "Action.Submit"
                assert node["fallback"]["data"] == {"verb": node["verb"], **node["data"]}


@each_card
def test_inputs(name: str) -> None:
    """Every input has a label, an id of its own, and a value that it can hold."""
    for _, card in in_both(name):
        inputs = [node for node in nodes(card.content) if node["type"].startswith("Input.")]
        assert len({one["id"] for one in inputs}) == len(inputs)
        for one in inputs:
            assert one["label"]
            assert one.get("value") != ""
            assert len(one.get("value", "")) <= one.get("maxLength", 100)
            offered = {choice["value"] for choice in one.get("choices", ())}
            assert not offered or set(one.get("value", "").split(",")) - {""} <= offered
